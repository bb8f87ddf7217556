"""An export with one row for each event of a ticket, as sheets: the events are put in order, and tell when what happened.

Of an event 24 bytes are kept, and of a ticket the columns that are asked for, as its latest event has them.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from slachain.analysis.tickets.csv_rows import STRETCH, Row, Table, cut
from slachain.analysis.tickets.plan import Plan, TimeReader, columns
from slachain.analysis.tickets.sheets import MISSING, Sheet, Stops
from slachain.analysis.tickets.ticket_rows import RowReader
from slachain.clocks.intervals import Ints
from slachain.language.exports import LAST, Arrival, Condition, During
from slachain.language.values import dataclass, field

Rule = tuple[Condition, ...]


@dataclass(slots=True)
class Latest:
    """The latest event of a ticket: when, its line, and the cells that are asked for."""

    time: int
    line: int
    cells: list[str]


@dataclass(slots=True, eq=False)
class EventLog:
    """The events of a log; `spoiled` tickets have one that cannot be read, `changed` ones did not keep their facts.

    After each event some of the rules hold: a mask has a bit for each, and a state is the number of a mask.
    """

    table: Table
    plan: Plan
    index: dict[str, int] = field(default_factory=dict)
    latest: list[Latest] = field(default_factory=list)
    spoiled: set[int] = field(default_factory=set)
    changed: set[int] = field(default_factory=set)
    owners: array[int] = field(default_factory=lambda: array("q"))
    times: array[int] = field(default_factory=lambda: array("q"))
    states: array[int] = field(default_factory=lambda: array("q"))
    masks: dict[int, int] = field(default_factory=dict)
    slim: Plan = field(init=False)
    reader: TimeReader = field(init=False)
    rules: tuple[Rule, ...] = ()
    asked: tuple[int, ...] = ()  # where the columns stand that the rules ask for

    def __post_init__(self) -> None:
        export = self.plan.export
        used = dict.fromkeys(column.value for column in columns(export))
        self.slim = Plan(export, tuple(used), self.plan.counts)
        self.reader = TimeReader(export, self.plan.counts)
        self.rules = tuple(dict.fromkeys(rule for rule in _rules(self.plan) if rule))
        self.asked = tuple(dict.fromkeys(self.plan.at[c.column.value] for rule in self.rules for c in rule))

    def sheets(self) -> Iterator[Sheet]:
        """Every ticket, in the order of the first events in the file."""
        for rows in self.table.stretches():
            self.take(rows)
        owners, times, states = (np.array(part, dtype=np.int64) for part in (self.owners, self.times, self.states))
        order = np.lexsort((times, owners))
        log = _Ordered(owners[order], times[order], states[order], tuple(self.masks), len(self.latest))
        moments = {m: log.arrivals(self._bit(m.conditions), m.which) for m in self.plan.moments if isinstance(m, Arrival)}
        stops = {reason: self.stops(log, reason) for reason in self.plan.export.pauses}
        reading = RowReader(self.slim, self.reader, self.table.refusals)
        kept = np.delete(np.arange(len(self.latest)), sorted(self.spoiled))
        for first in range(0, len(kept), STRETCH):
            part = kept[first : first + STRETCH]
            rows = [(self.latest[at].line, self.latest[at].cells) for at in part.tolist()]
            part_stops = {reason: found.of(part, len(self.latest)) for reason, found in stops.items()}
            yield reading.sheet(rows, {moment: times[part] for moment, times in moments.items()}, part_stops)

    @property
    def last(self) -> int:
        """The latest event's instant, MISSING where there is none."""
        return max(self.times, default=MISSING)

    def take(self, rows: list[Row]) -> None:
        """A stretch of events."""
        export = self.plan.export
        assert export.events is not None
        assert export.ticket is not None
        at, ticket = self.plan.at[export.events.time.value], self.plan.at[export.ticket.value]
        times, bad = self.reader.instants([cells[at] for _, cells in rows], cut(export.events.time.value))
        known: dict[tuple[str, ...], int] = {}
        for place, ((line, cells), time) in enumerate(zip(rows, times.tolist(), strict=True)):
            name = cells[ticket].strip()
            if not name or time == MISSING:
                why = bad.get(place) or (
                    f"{cut(export.events.time.value)}: an event without a time" if name else "an event without a ticket"
                )
                self.table.refusals.add(line, why)
                if name:
                    self.spoiled.add(self.owner(name, time, line, cells))
                continue
            owner = self.owner(name, time, line, cells)
            self.owners.append(owner)
            self.times.append(time)
            self.states.append(self.state(cells, known))

    def owner(self, name: str, time: int, line: int, cells: list[str]) -> int:
        """The ticket's number; what it is like is told by its latest event, by the later line of two at a time."""
        slim = [cells[self.plan.at[column]] for column in self.slim.header]
        owner = self.index.setdefault(name, len(self.latest))
        if owner == len(self.latest):
            self.latest.append(Latest(time, line, slim))
            return owner
        before = self.latest[owner]
        if any(slim[self.slim.at[column.value]] != before.cells[self.slim.at[column.value]] for column in self.slim.facts):
            self.changed.add(owner)
        if time >= before.time:
            before.time, before.line, before.cells = time, line, slim
        return owner

    def state(self, cells: list[str], known: dict[tuple[str, ...], int]) -> int:
        """Which rules hold after an event."""
        texts = tuple([cells[at] for at in self.asked])
        if texts not in known:
            mask = sum(
                1 << bit for bit, rule in enumerate(self.rules) if all(c.holds(cells[self.plan.at[c.column.value]].strip()) for c in rule)
            )
            known[texts] = self.masks.setdefault(mask, len(self.masks))
        return known[texts]

    def stops(self, log: _Ordered, reason: str) -> Stops:
        """When a reason held, by events."""
        found = [log.stretches(self._bit(pause.conditions)) for pause in self.plan.export.pauses[reason] if isinstance(pause, During)]
        return Stops.joined(found)

    def _bit(self, rule: Rule) -> int | None:
        return self.rules.index(rule) if rule else None


def _rules(plan: Plan) -> Iterator[Rule]:
    yield from (moment.conditions for moment in plan.moments if isinstance(moment, Arrival))
    yield from (pause.conditions for of in plan.export.pauses.values() for pause in of if isinstance(pause, During))


@dataclass(frozen=True, slots=True, eq=False)
class _Ordered:
    """Events by ticket and time."""

    owners: Ints
    times: Ints
    states: Ints
    masks: tuple[int, ...]
    tickets: int

    def arrivals(self, bit: int | None, which: str) -> Ints:
        """When each ticket first or last came to where a rule holds (MISSING: never); without a rule, at its first event."""
        found = np.full(self.tickets, MISSING, dtype=np.int64)
        at = np.flatnonzero(self._enters(bit) if bit is not None else self._begins())
        at = at if which == LAST and bit is not None else at[::-1]  # of several, the one written last is kept
        found[self.owners[at]] = self.times[at]
        return found

    def stretches(self, bit: int | None) -> Stops:
        """From each event after which a rule holds to the next of that ticket after which it does not."""
        assert bit is not None
        at = np.flatnonzero(self._enters(bit))
        over = np.append(np.flatnonzero(~self._holds(bit)), len(self.owners))
        leaves = over[np.searchsorted(over, at)]
        same = leaves < len(self.owners)
        same[same] = self.owners[leaves[same]] == self.owners[at[same]]
        ends = np.full(len(at), MISSING, dtype=np.int64)
        ends[same] = self.times[leaves[same]]
        return Stops(self.owners[at], self.times[at], ends)

    def _holds(self, bit: int) -> NDArray[np.bool_]:
        return np.array([mask >> bit & 1 for mask in self.masks], dtype=bool)[self.states]

    def _begins(self) -> NDArray[np.bool_]:
        return np.diff(self.owners, prepend=-1) > 0

    def _enters(self, bit: int) -> NDArray[np.bool_]:
        holds = self._holds(bit)
        return holds & (self._begins() | ~np.roll(holds, 1))
