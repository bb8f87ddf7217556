"""What a ticket log shows of each target: how long each ticket took on its clock, and how many were kept.

Of a ticket 8 bytes are kept for each target that it is measured against, and some more while it is open.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from slachain.analysis.order_statistics import Interval, interval, nearest_rank, supported_rank, tickets_needed
from slachain.analysis.promises import Promise, time_promises
from slachain.analysis.routes import target_key
from slachain.analysis.tickets.pausing import paused
from slachain.analysis.tickets.sheets import MISSING, Lot, Stops
from slachain.clocks.calendars import Calendars
from slachain.clocks.intervals import Ints
from slachain.clocks.periods import periods
from slachain.clocks.stopwatch import NEVER, Stopwatch
from slachain.clocks.wall import date_at
from slachain.language.catalogue import Catalogue
from slachain.language.model import Agreement
from slachain.language.scalars import BusinessDays
from slachain.language.values import dataclass, field

FAR = 2  # a target that is so many times what history supports could be stricter
KEPT, NOT_KEPT, UNDECIDED, NO_TICKETS = "kept", "not-kept", "undecided", "no-tickets"


@dataclass(frozen=True, slots=True)
class Month:
    """The tickets opened in a month of the agreement's zone, and how many of them were kept."""

    first: date
    tickets: int
    kept: int


@dataclass(frozen=True, eq=False)
class History:
    """One target and its tickets. `readings` are seconds or business days in order, NEVER for those that are open and late.

    `open` ones were opened so late in the log that it is not known yet.
    """

    promise: Promise
    readings: Ints
    months: tuple[Month, ...]
    open: int
    overdue: int

    @property
    def limit(self) -> int:
        """What is promised, in seconds or business days."""
        within = self.promise.target.within.value
        return within.days if isinstance(within, BusinessDays) else within.seconds

    @property
    def in_days(self) -> bool:
        """Whether it is told in business days."""
        return isinstance(self.promise.target.within.value, BusinessDays)

    @property
    def tickets(self) -> int:
        """How many it is known of whether they were kept."""
        return len(self.readings)

    @cached_property
    def kept(self) -> int:
        """How many of them were kept."""
        return int(np.searchsorted(self.readings, self.limit, side="right"))

    @property
    def share(self) -> Fraction | None:
        """The share that was kept, exact; None without tickets."""
        return Fraction(self.kept, self.tickets) if self.tickets else None

    @property
    def interval(self) -> Interval | None:
        """Where that share lies with 95% confidence, the tickets taken as a sample; None without tickets."""
        return interval(self.kept, self.tickets) if self.tickets else None

    @property
    def verdict(self) -> str:
        """`kept` or `not-kept` where the interval lies on one side of the attainment, else `undecided`.

        Where every ticket is promised, one that is late is a contradiction, and no interval shows more than that there is none.
        """
        if self.interval is None:
            return NO_TICKETS
        asked = self.promise.target.share
        if self.interval.high < asked:
            return NOT_KEPT
        return KEPT if self.interval.low >= asked or asked == 1 else UNDECIDED

    def quantile(self, share: Fraction) -> int | None:
        """The time within which that share of the tickets was done; None where that is not known (yet), or without tickets."""
        return self._at(nearest_rank(self.tickets, share)) if self.tickets else None

    def supported(self, share: Fraction) -> int | None:
        """The least time that, with 95% confidence, is kept for a share of all such tickets; None where history tells none."""
        rank = supported_rank(self.tickets, share)
        return None if rank is None else self._at(rank)

    def needed(self, share: Fraction) -> int | None:
        """How many tickets it takes to support anything for a share; None where there are enough, or no number is."""
        needed = tickets_needed(share)
        return needed if needed is not None and needed > self.tickets else None

    @property
    def could_be_stricter(self) -> bool:
        """Whether what is promised is at least twice what history supports for the same share."""
        found = self.supported(self.promise.target.share)
        return found is not None and FAR * found <= self.limit

    def _at(self, rank: int) -> int | None:
        found = int(self.readings[rank - 1])
        return None if found == NEVER else found


@dataclass(slots=True, eq=False)
class _Tally:
    promise: Promise
    zone: str
    pauses: Mapping[str, int | None]
    readings: list[Ints] = field(default_factory=list)
    months: dict[int, list[int]] = field(default_factory=dict)
    waiting: list[tuple[Ints, Mapping[str, Stops]]] = field(default_factory=list)
    open: int = 0
    overdue: int = 0


@dataclass(slots=True, eq=False)
class Histories:
    """Takes lots of tickets, and gives the history of each target."""

    catalogue: Catalogue
    calendars: Calendars
    without_target: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    _tallies: dict[tuple[str, str, str, int], _Tally] = field(default_factory=dict)
    _clocks: dict[str, Stopwatch] = field(default_factory=dict)

    def add(self, lot: Lot) -> None:
        """The tickets of one agreement and priority, for every metric that is mapped."""
        agreement = self.catalogue.agreements[lot.agreement]
        for metric, ended in lot.metrics():
            rows = self._rows(agreement, metric, lot.priority)
            left = np.ones(len(lot.opened), dtype=bool)
            for promise in rows:
                answers = self._answers(promise, lot.opened) & left
                left &= ~answers
                if answers.any():
                    places = np.flatnonzero(answers)
                    stops = {reason: found.of(places, len(answers)) for reason, found in lot.stops.items()}
                    self._take(promise, lot.opened[places], ended[places], stops)
            if left.any():
                self.without_target[lot.agreement, metric, lot.priority] += int(left.sum())

    def histories(self, end: int) -> tuple[History, ...]:
        """What is known when the log ends: tickets that are open then are late, or it is not known of them."""
        for tally in self._tallies.values():
            self._close(tally, end)
        return tuple(_history(tally) for _, tally in sorted(self._tallies.items()))

    # --- targets ----------------------------------------------------------------------------------------------------

    def _rows(self, agreement: Agreement, metric: str, priority: str) -> list[Promise]:
        key = target_key(agreement, metric, priority)
        return [row for row in time_promises(agreement, self.catalogue.metrics[metric]) if row.priority == key]

    def _answers(self, promise: Promise, opened: Ints) -> NDArray[np.bool_]:
        """Which tickets a target is for: those opened while its `opened_in` calendar is open."""
        only = promise.target.opened_in
        if only is None:
            return np.ones(len(opened), dtype=bool)
        clock = self._clock(only.value)
        clock.cover(int(opened.min()), int(opened.max()) + 1)
        return clock.open.covers(opened)

    def _tally(self, promise: Promise) -> _Tally:
        if promise.key not in self._tallies:
            pauses = {reason: pause.value for reason, pause in promise.agreement.pauses.items()}
            zone = self.calendars.zone(promise.agreement.calendar.value)
            self._tallies[promise.key] = _Tally(promise, zone, pauses)
        return self._tallies[promise.key]

    def _clock(self, id: str) -> Stopwatch:
        return self._clocks.setdefault(id, Stopwatch(self.calendars, id))

    # --- readings ---------------------------------------------------------------------------------------------------

    def _take(self, promise: Promise, opened: Ints, ended: Ints, stops: Mapping[str, Stops]) -> None:
        tally = self._tally(promise)
        stops = {reason: stops[reason] for reason in tally.pauses if reason in stops}
        done = np.flatnonzero(ended != MISSING)
        waiting = np.flatnonzero(ended == MISSING)
        if len(done):
            part = {reason: found.of(done, len(opened)) for reason, found in stops.items()}
            self._count(tally, opened[done], self._read(tally, opened[done], ended[done], part))
        if len(waiting):
            tally.waiting.append((opened[waiting], {reason: found.of(waiting, len(opened)) for reason, found in stops.items()}))

    def _read(self, tally: _Tally, opened: Ints, ended: Ints, stops: Mapping[str, Stops]) -> Ints:
        """What the clock reads when each ticket is done, its pauses taken out."""
        clock = self._clock(tally.promise.calendar)
        elapsed = clock.elapsed(opened, ended)
        stopped = paused(clock, opened, ended, stops, tally.pauses)
        if isinstance(tally.promise.target.within.value, BusinessDays):
            return clock.business_days(opened, ended, stopped)
        return elapsed - stopped

    def _count(self, tally: _Tally, opened: Ints, readings: Ints) -> None:
        tally.readings.append(readings)
        within = tally.promise.target.within.value
        kept = readings <= (within.days if isinstance(within, BusinessDays) else within.seconds)
        starts = np.array([month.start for month in periods("month", tally.zone, int(opened.min()), int(opened.max()) + 1)])
        at = np.searchsorted(starts, opened, side="right") - 1
        for month in np.unique(at).tolist():
            of = tally.months.setdefault(int(starts[month]), [0, 0])
            of[0] += int((at == month).sum())
            of[1] += int(kept[at == month].sum())

    def _close(self, tally: _Tally, end: int) -> None:
        """Tickets that are open when the log ends."""
        for opened, stops in tally.waiting:
            readings = self._read(tally, opened, np.full(len(opened), end, dtype=np.int64), stops)
            within = tally.promise.target.within.value
            late = readings > (within.days if isinstance(within, BusinessDays) else within.seconds)
            tally.overdue += int(late.sum())
            tally.open += len(opened) - int(late.sum())
            if late.any():
                self._count(tally, opened[late], np.full(int(late.sum()), NEVER, dtype=np.int64))
        tally.waiting.clear()


def _history(tally: _Tally) -> History:
    readings = np.sort(np.concatenate(tally.readings)) if tally.readings else np.zeros(0, dtype=np.int64)
    tally.readings.clear()
    return History(tally.promise, readings, tuple(_months(tally)), tally.open, tally.overdue)


def _months(tally: _Tally) -> Iterator[Month]:
    for start, (tickets, kept) in sorted(tally.months.items()):
        yield Month(date_at(start, tally.zone), tickets, kept)
