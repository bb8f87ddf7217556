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
    ends = np.where(stops.ends == MISSING, ended[stops.owners], stops.ends)
    return Stops(stops.owners, np.maximum(stops.starts, opened[stops.owners]), np.minimum(ends, ended[stops.owners]))


def _lasting(clock: Stopwatch, stops: Stops, tickets: int) -> Ints:
    """How long each ticket's stretches (there are some) last on a clock, what several share counted once."""
    order = np.lexsort((stops.starts, stops.owners))
    owners, starts, ends = stops.owners[order], stops.starts[order], stops.ends[order]
    apart = owners * (ends.max() - starts.min())  # moved so far, no ticket's stretches reach into those of the next
    reached = np.maximum.accumulate(ends + apart)
    begins = np.maximum(starts, np.append(starts[0], reached[:-1]) - apart)
    kept = begins < ends
    total = np.zeros(tickets, dtype=np.int64)
    np.add.at(total, owners[kept], clock.elapsed(begins[kept], ends[kept]))
    return total
