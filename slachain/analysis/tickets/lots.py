"""Whose each ticket of a sheet is, and what cannot be: the last thing that is asked of a row before its clocks are read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from slachain.analysis.tickets.csv_rows import Refusals, cut
from slachain.analysis.tickets.plan import Plan
from slachain.analysis.tickets.sheets import MISSING, Facts, Lot, Sheet
from slachain.clocks.intervals import Ints
from slachain.clocks.wall import local
from slachain.language.exports import Arrival, Moment, Scope
from slachain.language.model import ANY, Agreement
from slachain.language.shapes import nearest
from slachain.language.values import dataclass, field

MOST_KNOWN = 100_000  # combinations of facts that are remembered

Claim = tuple[Scope, str]
"""An agreement's tickets, and the priority that one of them has there."""


@dataclass(slots=True, eq=False)
class Sorter:
    """Deals tickets out to agreements. `until` is the instant after which nothing can have happened, where one is named."""

    plan: Plan
    agreements: Mapping[str, Agreement]
    refusals: Refusals
    until: int | None = None
    left_out: Counter[str] = field(default_factory=Counter)
    tickets: int = 0
    last: int = MISSING
    _claims: dict[Facts, tuple[Claim, ...] | str] = field(default_factory=dict)
    _scopes: dict[str, Scope] = field(default_factory=dict)

    def lots(self, sheet: Sheet) -> Iterator[Lot]:
        """The tickets of a sheet by agreement and priority, each in as many as lay claim to it."""
        numbers: dict[Facts, int] = {}
        whose = np.array([numbers.setdefault(facts, len(numbers)) for facts in sheet.facts], dtype=np.int64)
        bad: dict[int, str] = {}
        self._late(sheet, bad)
        sorted_out: dict[Claim, list[Ints]] = {}
        for facts, number in numbers.items():
            claims, places = self.claims(facts), np.flatnonzero(whose == number)
            if isinstance(claims, str):
                bad.update((at, claims) for at in places.tolist() if at not in bad)
                continue
            if not claims:
                self.left_out["no agreement lays claim to them"] += sum(at not in bad for at in places.tolist())
            for claim in claims:
                sorted_out.setdefault(claim, []).append(places)
        self._check(sheet, sorted_out, bad)
        for at in sorted(bad):
            self.refusals.add(int(sheet.lines[at]), bad[at])
        good = np.ones(len(sheet.lines), dtype=bool)
        good[list(bad)] = False
        self._note(sheet, good)
        for (scope, priority), parts in sorted_out.items():
            yield from self._lot(sheet, scope, priority, np.concatenate(parts), good)

    def _lot(self, sheet: Sheet, scope: Scope, priority: str, places: Ints, good: NDArray[np.bool_]) -> Iterator[Lot]:
        opened = sheet.moments[scope.opened]
        places = np.sort(places[good[places]])
        came = places[opened[places] != MISSING]
        if len(came) < len(places):
            self.left_out[f"they were never handed over to {scope.agreement}"] += len(places) - len(came)
        if scope.handed_over:
            came = self._in_time(sheet, scope, came)
        if len(came):
            ended = {metric: sheet.moments[moment][came] for metric, moment in self._promised(scope)}
            stops = {reason: found.of(came, len(sheet.lines)) for reason, found in sheet.stops.items()}
            yield Lot(scope.agreement, priority, opened[came], ended, stops)

    def _in_time(self, sheet: Sheet, scope: Scope, places: Ints) -> Ints:
        """Those that were not done before they were handed over."""
        opened, early = sheet.moments[scope.opened][places], np.zeros(len(places), dtype=bool)
        for _, moment in self._promised(scope):
            ended = sheet.moments[moment][places]
            early |= (ended != MISSING) & (ended < opened)
        if early.any():
            self.left_out[f"they were done before they were handed over to {scope.agreement}"] += int(early.sum())
        return places[~early]

    def _promised(self, scope: Scope) -> list[tuple[str, Moment]]:
        """What ends the clock, for the metrics that the agreement has targets of."""
        targets = self.agreements[scope.agreement].targets
        return [(metric, moment) for metric, moment in scope.metrics.items() if metric in targets]

    # --- whose ------------------------------------------------------------------------------------------------------

    def claims(self, facts: Facts) -> tuple[Claim, ...] | str:
        """The agreements that a ticket with these facts belongs to, or why it cannot be told.

        It belongs to each once, as the first entry says that fits; and once more wherever it was handed over.
        """
        if facts not in self._claims:
            if len(self._claims) >= MOST_KNOWN:
                self._claims.clear()
            self._claims[facts] = self._claim({c.value: text.strip() for c, text in zip(self.plan.facts, facts, strict=True)})
        return self._claims[facts]

    def _claim(self, facts: dict[str, str]) -> tuple[Claim, ...] | str:
        export = self.plan.export
        priority = ANY
        if export.priority:
            written = facts[export.priority.value]
            priority = export.priorities.get(written, "" if written in export.empty else written)
            if not priority:
                return f"{cut(export.priority.value)}: a ticket without a priority"
        if export.scopes:
            found = [scope for scope in export.scopes if all(c.holds(facts[c.column.value]) for c in scope.conditions)]
            first = {scope.agreement: scope for scope in reversed(found) if not scope.handed_over}
            return tuple((scope, priority) for scope in found if scope is first.get(scope.agreement, scope) or scope.handed_over)
        assert export.agreement is not None
        written = facts[export.agreement.value]
        id = export.names.get(written, written)
        if id not in self.agreements:
            if not written or written in export.empty:
                return f"{cut(export.agreement.value)}: a ticket without an agreement"
            return f"{cut(export.agreement.value)}: there is no agreement '{cut(id)}'{nearest(id, self.agreements)}"
        return ((self._scope(id), priority),)

    def _scope(self, id: str) -> Scope:
        export = self.plan.export
        if id not in self._scopes:
            self._scopes[id] = Scope(id, (), export.opened, export.metrics)
        return self._scopes[id]

    # --- what cannot be ----------------------------------------------------------------------------------------------

    def _check(self, sheet: Sheet, sorted_out: dict[Claim, list[Ints]], bad: dict[int, str]) -> None:
        """Tickets that were never opened, or ended before they were."""
        for (scope, _), parts in sorted_out.items():
            places = np.concatenate(parts)
            opened = sheet.moments[scope.opened][places]
            if not scope.handed_over:
                for at in places[opened == MISSING].tolist():
                    bad.setdefault(at, f"{_name(scope.opened)}: a ticket that was never opened")
            for metric, moment in () if scope.handed_over else self._promised(scope):
                ended = sheet.moments[moment][places]
                for n in np.flatnonzero((ended != MISSING) & (ended < opened)).tolist():
                    why = f"{metric} on {_told(ended[n])}, before it was opened on {_told(opened[n])}"
                    bad.setdefault(int(places[n]), why)

    def _late(self, sheet: Sheet, bad: dict[int, str]) -> None:
        """Tickets of which something happened after the day that is asked for."""
        if self.until is None:
            return
        for moment, times in sheet.moments.items():
            for at in np.flatnonzero(times > self.until).tolist():
                bad.setdefault(at, f"{_name(moment)}: {_told(times[at])} lies after the day of the check")
        for reason, stops in sheet.stops.items():
            for at in stops.owners[np.maximum(stops.starts, stops.ends) > self.until].tolist():
                bad.setdefault(at, f"{cut(reason)}: a time after the day of the check")

    def _note(self, sheet: Sheet, good: NDArray[np.bool_]) -> None:
        """How many there are, and the latest thing that happened."""
        self.tickets += int(good.sum())
        for times in (*(found[good] for found in sheet.moments.values()), *self._stopped(sheet, good)):
            if len(times):
                self.last = max(self.last, int(times.max()))

    def _stopped(self, sheet: Sheet, good: NDArray[np.bool_]) -> Iterator[Ints]:
        for stops in sheet.stops.values():
            kept = good[stops.owners]
            yield from (stops.starts[kept], stops.ends[kept])


def _name(moment: Moment) -> str:
    return "its events" if isinstance(moment, Arrival) else cut(moment.value)


def _told(seconds: int) -> str:
    return f"{local(int(seconds), 'UTC'):%Y-%m-%dT%H:%M:%SZ}"
