"""Where the columns of a map stand in an export's header, and how its cells are read."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence

import numpy as np

from slachain.analysis.tickets.csv_rows import NoTable, cut, places
from slachain.analysis.tickets.quick_times import quick
from slachain.analysis.tickets.sheets import MISSING
from slachain.clocks.intervals import Ints
from slachain.clocks.local_times import REPEATED, SKIPPED, LocalTimes
from slachain.language.exports import REFUSE, Arrival, During, Export, Listed, Moment, Pair
from slachain.language.model import Written
from slachain.language.time_texts import reader
from slachain.language.values import dataclass, field

EARLIEST, LATEST = 86400, 16_725_225_600  # 2 January 1970 and 1 January 2500, as for every date that is asked for


@dataclass(slots=True)
class Counts:
    """What had to be chosen for times, and how often."""

    repeated: int = 0
    skipped: int = 0


@dataclass(slots=True, eq=False)
class Plan:
    """An export's map applied to a header. Raises `NoTable` for a column that is not there."""

    export: Export
    header: tuple[str, ...]
    counts: Counts = field(default_factory=Counts)
    at: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        self.at = {column.value: self._place(column) for column in columns(self.export)}

    def _place(self, column: Written[str]) -> int:
        found = places(self.header, column.value)
        where = f"{column.at}: " if column.at.line else f"{column.at.file}: " if column.at.file else ""
        if len(found) > 1:
            raise NoTable(f"{where}the header names '{cut(column.value)}' {len(found)} times: which one is meant?", bool(where))
        if found:
            return found[0]
        raise NoTable(f"{where}there is no column '{cut(column.value)}'{self._hint(column.value)}", bool(where))

    def _hint(self, name: str) -> str:
        if len(self.header) == 1 and (sign := next((s for s in ";\t|," if s in self.header[0]), "")):
            return f": the header is one cell with '{'tab' if sign == chr(9) else sign}' in it; is that the delimiter?"
        near = difflib.get_close_matches(name.casefold(), [known.casefold() for known in self.header], n=1)
        meant = next((known for known in self.header if near and known.casefold() == near[0]), None)
        listed = ", ".join(cut(known) for known in self.header[:12]) + (", …" if len(self.header) > 12 else "")
        return f" (did you mean '{cut(meant)}'?)" if meant else f": there are {listed}"

    @property
    def facts(self) -> tuple[Written[str], ...]:
        """The columns that tell whose a ticket is and how urgent."""
        found: dict[str, Written[str]] = {}
        for column in (self.export.agreement, self.export.priority):
            if column:
                found.setdefault(column.value, column)
        for scope in self.export.scopes:
            for condition in scope.conditions:
                found.setdefault(condition.column.value, condition.column)
        return tuple(found.values())

    @property
    def moments(self) -> tuple[Moment, ...]:
        """Every moment that any agreement asks for, once."""
        return tuple(dict.fromkeys(_asked(self.export)))


def _asked(export: Export) -> Iterator[Moment]:
    """When each agreement's clock starts, and what ends it."""
    for opened, ends in [(scope.opened, scope.metrics) for scope in export.scopes] or [(export.opened, export.metrics)]:
        yield from (opened, *ends.values())


def columns(export: Export) -> Iterator[Written[str]]:
    """Every column that a map speaks of."""
    single = (export.ticket, export.agreement, export.priority)
    yield from (column for column in single if column)
    if export.events:
        yield from (column for column in (export.events.time, export.events.state) if column)
    for scope in export.scopes:
        yield from (condition.column for condition in scope.conditions)
    for moment in _asked(export):
        yield from (c.column for c in moment.conditions) if isinstance(moment, Arrival) else (moment,)
    for pause in (pause for of in export.pauses.values() for pause in of):
        if isinstance(pause, Pair):
            yield from (pause.start, pause.end)
        elif isinstance(pause, Listed):
            yield pause.column
        elif isinstance(pause, During):
            yield from (condition.column for condition in pause.conditions)


class TimeReader:
    """Reads cells of times as UTC seconds."""

    def __init__(self, export: Export, counts: Counts) -> None:
        self.read = reader(export.times)
        self.export, self.counts = export, counts
        self.zone = LocalTimes(export.zone, export.repeated) if export.zone else None

    def instants(self, cells: list[str], name: str) -> tuple[Ints, dict[int, str]]:
        """The instants (MISSING for an empty cell), and why some cells hold none, by place."""
        if self.export.empty:  # a time may stand for none as well: 9999-12-31
            cells = ["" if cell.strip() in self.export.empty else cell for cell in cells]
        found, fits = quick(cells, self.export.times)
        bad: dict[int, str] = {}
        for at in np.flatnonzero(~fits).tolist():
            cell = cells[at].strip()
            try:
                found[at] = self.read(cell) if cell else MISSING
            except ValueError:
                found[at] = MISSING
                bad[at] = f"{name}: '{cut(cells[at])}' is no time in the form {' or '.join(self.export.times)}"
        return self._utc(found, name, bad), bad

    def _utc(self, read: Ints, name: str, bad: dict[int, str]) -> Ints:
        given = read != MISSING
        local = given & (read & 1 == 0)
        found = np.where(given, read >> 1, MISSING)
        outside = np.flatnonzero(given & ((found < EARLIEST) | (found >= LATEST)))
        for at in outside.tolist():
            bad[at] = f"{name}: the time lies outside 1970 to 2500"
        found[outside] = MISSING
        local[outside] = False
        places = np.flatnonzero(local)
        if not len(places):
            return found
        if self.zone is None:
            for at in places.tolist():
                bad[at] = f"{name}: a local time, and no zone is named: add 'zone' (--zone), such as Europe/London"
            found[places] = MISSING
            return found
        found[places], kinds = self.zone.instants(found[places])
        self._choose(found, places, kinds.tolist() if kinds.any() else (), name, bad)
        return found

    def _choose(self, found: Ints, places: Ints, kinds: Sequence[int], name: str, bad: dict[int, str]) -> None:
        """Counts the times that are there twice or not at all, and refuses them where the map says so."""
        for at, kind in zip(places.tolist(), kinds, strict=False):
            if kind == REPEATED and self.export.repeated == REFUSE:
                bad[at] = f"{name}: this local time is there twice, as the clocks go back"
                found[at] = MISSING
            elif kind == SKIPPED and self.export.skipped == REFUSE:
                bad[at] = f"{name}: this local time does not exist, as the clocks go forward"
                found[at] = MISSING
            elif kind:
                self.counts.repeated += kind == REPEATED
                self.counts.skipped += kind == SKIPPED
