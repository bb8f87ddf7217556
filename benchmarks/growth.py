"""How time and memory grow with the number of agreements: `check` as a whole, in a process of its own."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.generate import write
from benchmarks.reading import AS_OF
from benchmarks.table import Line, Met, judged, unmeasured
from benchmarks.timing import Cost, Failed, TookTooLong, child, seconds, slachain

FULL, QUICK = (1_000, 10_000, 100_000), (50, 100)
LINEAR = 1.2  # times what it takes for each agreement of the smallest
MEMORY = 2 << 30  # bytes
AT = 100_000  # agreements: what both bars are for
PATIENCE = 1800.0  # seconds on the wall for one size; a larger one that is bound to take longer is not begun


def measure(sizes: tuple[int, ...], patience: float = PATIENCE) -> Iterator[Line]:
    """A line for each size, then how it grew, then the memory of the largest."""
    costs: dict[int, Cost] = {}
    for size in sizes:
        why = _hopeless(costs, size, patience)
        if not why:
            try:
                costs[size] = checked(size, patience)
            except (Failed, TookTooLong) as error:
                why = str(error) or f"not done within {seconds(patience)}"
        yield unmeasured(f"check of {size:,} agreements", why) if why else _size(size, costs[size])
    yield from judgements(costs)


def judgements(costs: dict[int, Cost]) -> Iterator[Line]:
    """Linear growth and bounded memory: told of what was measured, judged once that reaches the size that the bars are for."""
    few, many = min(costs, default=0), max(costs, default=0)
    if many == few:
        yield unmeasured("growth", "fewer than two sizes were measured", f"at most {LINEAR} times")
        return
    each = (costs[many].cpu / many) / (costs[few].cpu / few)
    what = f"processor time for an agreement of {many:,}, against one of {few:,}"
    if many >= AT:
        yield judged(what, each, LINEAR, f"{each:.2f} times")
    else:
        yield Line(what, f"{each:.2f} times")
        yield unmeasured(f"the same at {AT:,}", _foretold(costs, AT), f"at most {LINEAR} times")
    yield _memory(costs, few, many)


def _memory(costs: dict[int, Cost], few: int, many: int) -> Line:
    bar = f"below {MEMORY >> 20:,} MB at {AT:,}"
    if many >= AT:
        met: Met = "met" if costs[many].memory < MEMORY else "missed"
        return Line(f"memory at {many:,} agreements", f"{costs[many].memory >> 20:,} MB", bar, met)
    foretold = costs[few].memory + (costs[many].memory - costs[few].memory) * (AT - few) // (many - few)
    return unmeasured(f"memory at {AT:,} agreements", f"{foretold >> 20:,} MB, if it goes on as from {few:,} to {many:,}", bar)


def checked(size: int, patience: float = PATIENCE) -> Cost:
    """What one first check of a catalogue of this size costs. Raises TookTooLong and Failed."""
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder) / "agreements", size)
        command = slachain("check", str(Path(folder) / "agreements"), "--as-of", AS_OF)
        return child(command, patience, cache=Path(folder) / "cache").cost


def _size(size: int, cost: Cost) -> Line:
    measured = f"{seconds(cost.cpu)} of processor time, {seconds(cost.wall)} on the wall, {cost.memory >> 20:,} MB"
    return Line(f"check of {size:,} agreements", f"{measured}, {cost.cores:.1f} cores busy")


def _foretold(costs: dict[int, Cost], size: int) -> str:
    largest = max(costs)
    return f"not begun: about {seconds(costs[largest].wall * size / largest)}, as long as {largest:,} took for each"


def _hopeless(costs: dict[int, Cost], size: int, patience: float) -> str:
    """Why a size is not begun; empty where it may be done in time."""
    if not costs or costs[max(costs)].wall * size / max(costs) <= patience:
        return ""
    return f"{_foretold(costs, size)}; {seconds(patience)} are waited for at most (--patience)"
