"""Mutation testing of clocks and analysis: `python -m tests.mutants clocks/wall analysis/money`, or a whole floor.

Prints every survivor with the line before and after, and for each module how many were tried and how many survive.
"""

from __future__ import annotations

import argparse
import importlib
import os
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.mutants.places import ROOT, Mutant, mutants
from tests.mutants.trying import NO_MISTAKE, SURVIVES, UNTOUCHED, Trying

HEADING = re.compile(r"^(\S+):\d+ (\S+) \((\d+)\)", re.MULTILINE)  # of a survivor that is told
READ_BEFORE = ("scipy.stats", "networkx", "icalendar", "recurring_ical_events", "holidays", "jinja2", "rich.console", "xlsxwriter")
NOTICING = (  # the tests that run much of clocks and analysis in their own process
    "clocks",
    "analysis",
    "checks",
    "laws",
    "simulation",
    "language/test_calendars.py",
    *(f"decisions/test_{name}.py" for name in ("alike", "capacity_plan", "compare", "longest", "mend", "quote", "repair_of_many", "week")),
    *(f"render/test_{name}.py" for name in ("amounts", "graph", "money", "timeline")),
)


def chosen_of(asked: argparse.Namespace) -> list[Mutant]:
    """The mutants to try."""
    found = [mutant for path in modules(asked.modules) for mutant in mutants(path)]
    if asked.again:
        named = set(HEADING.findall(asked.again.read_text()))
        return [one for one in found if (one.path, one.operator, str(one.occurrence)) in named]
    return random.Random(asked.seed).sample(found, min(asked.sample, len(found)))


def modules(names: list[str]) -> Iterator[Path]:
    """The files of floors and modules, in the order in which they are named."""
    for name in names:
        path = ROOT / "slachain" / name
        yield from sorted(path.glob("*.py")) if path.is_dir() else [path.with_suffix(".py")]


def main() -> int:
    """Try them, and tell."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("modules", nargs="*", default=["clocks", "analysis"], help="floors or modules: clocks, analysis/money")
    parser.add_argument("--sample", type=int, default=10**6, help="how many, drawn at random (default all)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=20, help="of tests for each mutant, at most")
    parser.add_argument(
        "--tests", nargs="*", default=NOTICING, help="rooms and files of tests/ (default: those that run much of the two floors)"
    )
    parser.add_argument("--again", type=Path, help="only those that stand in what an earlier run printed")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    asked = parser.parse_args()
    os.environ.setdefault("HYPOTHESIS_PROFILE", "brief")
    for name in READ_BEFORE:  # what the program reads when it is needed: not once more for each mutant
        importlib.import_module(name)
    chosen, counts = chosen_of(asked), dict[str, Counter[str]]()

    def told(mutant: Mutant, outcome: str) -> None:
        counts.setdefault(mutant.path, Counter())[outcome] += 1
        if outcome in (SURVIVES, UNTOUCHED):
            print(mutant, *(["  (no test runs this)"] if outcome == UNTOUCHED else []), sep="\n", file=out, flush=True)
        if not (number := sum(by_outcome.total() for by_outcome in counts.values())) % 100:
            print(f"{number} of {len(chosen)}", file=out, flush=True)

    with os.fdopen(os.dup(1), "w") as out:
        plugin = Trying(chosen, asked.seconds, asked.processes, told)
        pytest.main(
            ["-qq", "-s", "-n", "0", "-m", "not slow", "--assert=plain", "--tb=no", *(f"tests/{name}" for name in asked.tests)],
            plugins=[plugin],
        )
        for path, by_outcome in counts.items():
            tried = by_outcome.total() - by_outcome[NO_MISTAKE]
            print(f"{path}: {tried} tried, {by_outcome[SURVIVES]} survive, {by_outcome[UNTOUCHED]} that no test runs", file=out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
