"""Chains without calendars, as depth grows: against Pacti's composition and refinement, and against listing all simple paths."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.util import find_spec

from benchmarks.graphs import chain, diamonds, ours, theirs
from benchmarks.table import Line, unmeasured
from benchmarks.timing import Cost, Failed, TookTooLong, seconds

Sizes = tuple[tuple[int, ...], tuple[int, ...], float]  # steps in a row, layers of diamonds, seconds to wait for the others
FULL: Sizes = ((5, 10, 20, 40, 80, 160), (4, 8, 12, 16, 20, 24), 120.0)
QUICK: Sizes = ((5, 20), (8, 14), 15.0)
BAR = "the same answer, sooner"
TIMES = 3


def measure(sizes: Sizes) -> Iterator[Line]:
    """A line for each depth; the bar is for the deepest."""
    steps, layers, patience = sizes
    yield from _growth("steps in a row", "Pacti", "pacti", steps, chain, patience)
    yield from _growth("layers of two", "all simple paths", "networkx", layers, diamonds, patience)


def _growth(what: str, name: str, module: str, depths: tuple[int, ...], text: Callable[[int], str], patience: float) -> Iterator[Line]:
    for depth in depths:
        cost, hours = min(ours(text(depth)) for _ in range(TIMES))
        title, bar = f"{depth} {what}", BAR if depth == max(depths) else ""
        if hours != depth:
            yield Line(title, f"slachain says {hours}h, not {depth}h", BAR, "missed")
        elif find_spec(module) is None:
            yield unmeasured(title, f"slachain {seconds(cost.cpu)}; {name}: not installed", bar)
        else:
            yield _compared(title, bar, cost, hours, lambda depth=depth: theirs(module, depth, patience), name, patience)  # type: ignore[misc]


def _compared(title: str, bar: str, cost: Cost, hours: int, ask: Callable[[], tuple[Cost, int]], name: str, patience: float) -> Line:
    said = f"slachain {seconds(cost.cpu)}, {name} "
    try:
        other, found = ask()
    except TookTooLong:
        return Line(title, f"{said}stopped after {seconds(patience)}", bar, "met" if bar else "")
    except Failed as error:
        return unmeasured(title, f"{said}failed: {error}", bar)
    wrong = "" if found == hours else f", which says {found}h"
    met = "met" if cost.cpu <= other.cpu else "missed"
    return Line(title, f"{said}{seconds(other.cpu)} ({other.cpu / cost.cpu:.1f} times ours){wrong}", bar, met if bar else "")  # type: ignore[arg-type]
