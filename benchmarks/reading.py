"""`check` as a whole, against the time that reading the same files as YAML nodes takes; then once more, unchanged and after a change."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.generate import write
from benchmarks.table import Line, judged, unmeasured
from benchmarks.timing import Cost, Failed, TookTooLong, child, python, quickest, seconds, slachain

AS_OF = "2026-01-01"
FULL, QUICK = 10_000, 60
FIRST, AGAIN = 1.6, 0.2  # times the reading
COMPOSE = """
import sys
from pathlib import Path
import yaml
files = sorted(Path(sys.argv[1]).rglob("*.yaml"))
print(sum(yaml.compose(file.read_bytes(), Loader=yaml.CSafeLoader) is not None for file in files))
"""


@dataclass(frozen=True, slots=True)
class Round:
    """What each of them cost, one after the other: reading all files, a check without a cache from before, another, and one after a change; and its report."""

    read: Cost
    first: Cost
    unchanged: Cost
    changed: Cost
    report: bytes


def measure(agreements: int, times: int = 7) -> Iterator[Line]:
    """Each line, for a catalogue of so many agreements; the ratios are of time on the wall, since `check` works on both cores."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write(root / "agreements", agreements)
        try:
            yield from _compared(root, agreements, times)
        except (Failed, TookTooLong) as error:
            yield unmeasured(f"check of {agreements:,} agreements", str(error) or "took too long", f"at most {FIRST} times")


def _compared(root: Path, agreements: int, times: int) -> Iterator[Line]:
    rounds = [_round(root, root / f"cache-{n}") for n in range(times)]
    _, afresh = _check(root, root / "afresh")
    yield ratio(f"check of {agreements:,} agreements, against reading them", rounds, lambda one: one.first, FIRST)
    yield ratio("the second run, nothing changed", rounds, lambda one: one.unchanged, None)
    right = rounds[-1].report == afresh
    note = f"the report after the change is {'the same, byte for byte' if right else 'WRONG'}"
    line = ratio("the second run, one file changed", rounds, lambda one: one.changed, AGAIN, note)
    yield line if right else replace(line, met="missed")


def ratio(what: str, rounds: Sequence[Round], of: Callable[[Round], Cost], most: float | None, *notes: str) -> Line:
    """One line: the best of all rounds, so many times the best reading; without a bar where none is asked for."""
    cost, read = quickest(map(of, rounds)), quickest(one.read for one in rounds)
    times = cost.wall / read.wall
    each = sorted(of(one).wall / one.read.wall for one in rounds)
    measured = f"{times:.2f} times ({seconds(cost.wall)} on the wall against {seconds(read.wall)})"
    work = f"{what}: {seconds(cost.cpu)} of processor time against {seconds(read.cpu)}, {cost.memory >> 20} MB of memory at most"
    spread = f"{what}: {each[0]:.2f} to {each[-1]:.2f} times in each of {len(each)} rounds"
    told = (work, spread, *notes)
    return Line(what, measured, notes=told) if most is None else judged(what, times, most, measured, told)


def _round(root: Path, cache: Path) -> Round:
    read = child(python("-c", COMPOSE, str(root / "agreements"))).cost
    first, unchanged = (_check(root, cache)[0] for _ in range(2))
    return Round(read, first, unchanged, *_changed(root, cache))


def _check(root: Path, cache: Path) -> tuple[Cost, bytes]:
    done = child(slachain("check", str(root / "agreements"), "--as-of", AS_OF), cache=cache)
    return done.cost, done.output


def _changed(root: Path, cache: Path) -> tuple[Cost, bytes]:
    """The check after a change: the last customer pays ten times as much, so more money is at risk."""
    last = max((root / "agreements" / "customers").rglob("*.yaml"))
    last.write_text(last.read_text(encoding="utf-8").replace("00 EUR/month", "000 EUR/month"), encoding="utf-8")
    return _check(root, cache)
