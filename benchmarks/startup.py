"""How long one waits for nothing: `slachain --help`, and `check` of the example, first and again, against starting Python."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.table import Line, judged
from benchmarks.timing import Cost, child, python, seconds, slachain

EXAMPLE = Path(__file__).parent.parent / "agreements"
FULL, QUICK = 15, 5
HELP, CHECK = 5.0, 25.0


def measure(times: int) -> Iterator[Line]:
    """A line each; the best of so many runs that alternate, after one each that compiles what is imported.

    A first check finds an empty cache, the next what the first left; the bar is for both.
    """
    check = slachain("check", str(EXAMPLE), "--as-of", "2026-01-01")
    commands = {
        "python -c pass": python("-c", "pass"),
        "slachain --help": slachain("--help"),
        "slachain check of the example, the first": check,
        "slachain check of the example, again": check,
    }
    costs: dict[str, list[Cost]] = {name: [] for name in commands}
    for _ in range(times + 1):
        with tempfile.TemporaryDirectory() as cache:
            for name, command in commands.items():
                costs[name].append(child(command, cache=Path(cache)).cost)
    nothing, *asked = (min(found[1:]) for found in costs.values())
    for name, cost, most in zip(list(commands)[1:], asked, (HELP, CHECK, CHECK), strict=True):
        ratio = cost.cpu / nothing.cpu
        yield judged(
            f"{name}, against python -c pass", ratio, most, f"{ratio:.1f} times ({seconds(cost.cpu)} against {seconds(nothing.cpu)})"
        )
