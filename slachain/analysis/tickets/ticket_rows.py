"""An export with one row for each ticket, as sheets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import blake2b

import numpy as np

from slachain.analysis.tickets.csv_rows import Refusals, Row, Table, cut
from slachain.analysis.tickets.plan import Plan, TimeReader
from slachain.analysis.tickets.sheets import MISSING, Facts, Sheet, Stops
from slachain.clocks.intervals import Ints
from slachain.language.exports import Listed, Moment, Pair
from slachain.language.model import Written
from slachain.language.values import dataclass, field


def sheets_of_tickets(table: Table, plan: Plan) -> Iterator[Sheet]:
    """A sheet for each stretch of rows; rows that cannot be used are refused."""
    reading = RowReader(plan, TimeReader(plan.export, plan.counts), table.refusals)
    for rows in table.stretches():
        yield reading.sheet(rows)


@dataclass(slots=True)
class RowReader:
    """Reads rows that each tell a whole ticket, or what stands in the columns of its last event."""

    plan: Plan
    times: TimeReader
    refusals: Refusals
    seen: Seen = field(init=False)
    known: dict[str, Ints] = field(default_factory=dict)  # the columns of these rows that were read

    def __post_init__(self) -> None:
        self.seen = Seen()

    def sheet(self, rows: list[Row], events: Mapping[Moment, Ints] | None = None, pauses: Mapping[str, Stops] | None = None) -> Sheet:
        """The tickets of a stretch of rows that can be used; with what their events tell, where there are any."""
        bad = self.twice(rows)
        self.known.clear()
        moments: dict[Moment, Ints] = dict(events or {})
        moments.update((moment, self.column(rows, moment, bad)) for moment in self.plan.moments if isinstance(moment, Written))
        stops = {reason: self.stops(rows, reason, bad) for reason in self.plan.export.pauses}
        stops = {reason: Stops.joined([found, *([pauses[reason]] if pauses else [])]) for reason, found in stops.items()}
        for at in sorted(bad):
            self.refusals.add(rows[at][0], bad[at])
        facts = self.facts(rows)
        lines = np.array([line for line, _ in rows], dtype=np.int64)
        if not bad:
            return Sheet(lines, facts, moments, stops)
        good = np.delete(np.arange(len(rows)), sorted(bad))
        return Sheet(
            lines[good],
            [facts[at] for at in good.tolist()],
            {moment: times[good] for moment, times in moments.items()},
            {reason: found.of(good, len(rows)) for reason, found in stops.items()},
        )

    def facts(self, rows: list[Row]) -> list[Facts]:
        """What tells whose each ticket is and how urgent."""
        columns = ([cells[at] for _, cells in rows] for at in (self.plan.at[column.value] for column in self.plan.facts))
        return list(zip(*columns, strict=True)) or [()] * len(rows)

    def twice(self, rows: list[Row]) -> dict[int, str]:
        """The rows of a ticket that was there before, or that has no id."""
        ticket = self.plan.export.ticket
        if ticket is None:
            return {}
        names = [cells[self.plan.at[ticket.value]].strip() for _, cells in rows]
        bad = {at: f"{cut(ticket.value)}: a ticket without an id" for at, name in enumerate(names) if not name}
        for at in self.seen.again(names):
            bad.setdefault(at, f"the ticket '{cut(names[at])}' is there already, further up")
        return bad

    def column(self, rows: list[Row], column: Written[str], bad: dict[int, str]) -> Ints:
        """One column of times, read once wherever the map speaks of it."""
        if column.value not in self.known:
            at = self.plan.at[column.value]
            self.known[column.value], wrong = self.times.instants([cells[at] for _, cells in rows], cut(column.value))
            for place, why in wrong.items():
                bad.setdefault(place, why)
        return self.known[column.value]

    # --- stretches in which clocks stood still ------------------------------------------------------------------------

    def stops(self, rows: list[Row], reason: str, bad: dict[int, str]) -> Stops:
        """One reason's stretches."""
        parts = []
        for pause in self.plan.export.pauses[reason]:
            if isinstance(pause, Pair):
                parts.append(self.pair(rows, pause, reason, bad))
            elif isinstance(pause, Listed):
                parts.append(self.listed(rows, pause, reason, bad))
        return Stops.joined(parts)

    def pair(self, rows: list[Row], pause: Pair, reason: str, bad: dict[int, str]) -> Stops:
        """From one column to another."""
        starts, ends = self.column(rows, pause.start, bad), self.column(rows, pause.end, bad)
        for at in np.flatnonzero((starts == MISSING) & (ends != MISSING)).tolist():
            bad.setdefault(at, f"{cut(reason)}: an end in {cut(pause.end.value)} without a beginning in {cut(pause.start.value)}")
        self.backwards(starts, ends, np.arange(len(rows)), reason, bad)
        owners = np.flatnonzero(starts != MISSING)
        return Stops(owners, starts[owners], ends[owners])

    def listed(self, rows: list[Row], pause: Listed, reason: str, bad: dict[int, str]) -> Stops:
        """Out of one cell that lists them."""
        at, owners, cells = self.plan.at[pause.column.value], [], []
        for place, (_, row) in enumerate(rows):
            for stretch in row[at].split(pause.separator) if row[at].strip() not in self.plan.export.empty else ():
                first, sign, last = stretch.strip().partition(pause.between)
                if not sign and stretch.strip():
                    bad.setdefault(
                        place, f"{cut(pause.column.value)}: '{cut(stretch.strip())}' is no stretch such as start{pause.between}end"
                    )
                elif sign:
                    owners.append(place)
                    cells += [first.strip(), last.strip()]
        found, wrong = self.times.instants(cells, cut(pause.column.value))
        for place, why in wrong.items():
            bad.setdefault(owners[place // 2], why)
        whose = np.array(owners, dtype=np.int64)
        for place in np.flatnonzero(found[::2] == MISSING).tolist():
            bad.setdefault(owners[place], f"{cut(pause.column.value)}: a stretch without a beginning")
        self.backwards(found[::2], found[1::2], whose, reason, bad)
        return Stops(whose, found[::2], found[1::2])

    def backwards(self, starts: Ints, ends: Ints, owners: Ints, reason: str, bad: dict[int, str]) -> None:
        """Stretches that end before they begin."""
        for at in np.flatnonzero((ends != MISSING) & (ends < starts)).tolist():
            bad.setdefault(int(owners[at]), f"{cut(reason)}: it ends before it begins")


class Seen:
    """Which texts were there before, in 8 bytes for each: a digest of 64 bits, which two of a million share once in 10^7 logs."""

    def __init__(self) -> None:
        self.runs: list[Ints] = []

    def again(self, names: list[str]) -> list[int]:
        """The places of those that were, among these or before them; the first of several is none."""
        digests = np.array(
            [int.from_bytes(blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big", signed=True) for name in names],
            dtype=np.int64,
        )
        ordered, first = np.unique(digests, return_index=True)
        old = np.zeros(len(digests), dtype=bool)
        for run in self.runs:
            place = np.minimum(np.searchsorted(run, digests), len(run) - 1)
            old |= run[place] == digests
        new = np.zeros(len(digests), dtype=bool)
        new[first] = True
        self._keep(ordered)
        return np.flatnonzero(old | ~new).tolist()

    def _keep(self, run: Ints) -> None:
        """Sorted runs, each more than twice as long as the next, so that there are few."""
        while self.runs and len(self.runs[-1]) <= 2 * len(run):
            run = np.union1d(self.runs.pop(), run)
        if len(run):
            self.runs.append(run)
