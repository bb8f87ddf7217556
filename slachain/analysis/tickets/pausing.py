"""For how long a clock stood still in a ticket's time: what several reasons share counted once (section 9)."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from slachain.analysis.tickets.sheets import MISSING, Stops
from slachain.clocks.intervals import Ints
from slachain.clocks.stopwatch import Stopwatch


def paused(clock: Stopwatch, opened: Ints, ended: Ints, stops: Mapping[str, Stops], longest: Mapping[str, int | None]) -> Ints:
    """Open seconds of each ticket in which its clock stood still; `longest` says for how many it may, by reason (None: any).

    Reasons without a bound are taken together, then each other for no longer than it may. What two reasons share is
    counted once, for the first of them.
    """
    total = np.zeros(len(opened), dtype=np.int64)
    covered: list[Stops] = []
    before = total
    for reason in sorted(stops, key=lambda reason: longest[reason] is not None):
        covered.append(_within(stops[reason], opened, ended))
        if not len(covered[-1].owners):
            continue
        together = _lasting(clock, Stops.joined(covered), len(opened))
        most = longest[reason]
        total = total + (together - before if most is None else np.minimum(together - before, most))
        before = together
    return total


def _within(stops: Stops, opened: Ints, ended: Ints) -> Stops:
    """Stretches cut to their tickets' time; those that last do so until the end."""
    if not len(stops.owners):
        return stops
    ends = np.where(stops.ends == MISSING, ended[stops.owners], stops.ends)
    starts, ends = np.maximum(stops.starts, opened[stops.owners]), np.minimum(ends, ended[stops.owners])
    kept = starts < ends
    return Stops(stops.owners[kept], starts[kept], ends[kept])


def _lasting(clock: Stopwatch, stops: Stops, tickets: int) -> Ints:
    """How long each ticket's stretches last on a clock, what several share counted once."""
    total = np.zeros(tickets, dtype=np.int64)
    if not len(stops.owners):
        return total
    order = np.lexsort((stops.starts, stops.owners))
    owners, starts, ends = stops.owners[order], stops.starts[order], stops.ends[order]
    new = np.append(True, owners[1:] != owners[:-1])
    reach = _running_reach(owners, ends)
    begins = np.maximum(starts, np.append(starts[0], reach[:-1]))
    begins = np.where(new, starts, begins)
    kept = begins < ends
    np.add.at(total, owners[kept], clock.elapsed(begins[kept], ends[kept]))
    return total


def _running_reach(owners: Ints, ends: Ints) -> Ints:
    """For each stretch the latest end among those of the same ticket up to it; they are sorted by ticket."""
    span = int(ends.max() - ends.min()) + 1
    lift = (np.cumsum(np.append(0, owners[1:] != owners[:-1]))) * span
    reach: Ints = np.maximum.accumulate(ends - ends.min() + lift) - lift + ends.min()
    return reach
