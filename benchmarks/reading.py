"""`check` as a whole, against the time that reading the same files as YAML nodes takes; then once more, unchanged and after a change."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
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


def measure(agreements: int, times: int = 3) -> Iterator[Line]:
    """Both lines, for a catalogue of so many agreements; the ratios are of time on the wall, since `check` works on both cores."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write(root / "agreements", agreements)
        try:
            yield from _compared(root, agreements, times)
        except (Failed, TookTooLong) as error:
            yield unmeasured(f"check of {agreements:,} agreements", str(error) or "took too long", f"at most {FIRST} times")


def _compared(root: Path, agreements: int, times: int) -> Iterator[Line]:
    read, first = best_of(root, times)
    yield ratio(f"check of {agreements:,} agreements, against reading them", first, read, FIRST)
    warm = root / "warm"
    _check(root, warm)
    unchanged = quickest(_check(root, warm)[0] for _ in range(times))
    yield ratio("the second run, nothing changed", unchanged, read, None)
    changed = [_changed(root, warm) for _ in range(times)]
    again, report = quickest(cost for cost, _ in changed), changed[-1][1]
    _, afresh = _check(root, root / "fresh")
    note = "the report after the change is the same, byte for byte" if report == afresh else "the report after the change is WRONG"
    line = ratio("the second run, one file changed", again, read, AGAIN, note)
    yield line if report == afresh else Line(line.what, line.measured, line.bar, "missed", line.notes)


def best_of(root: Path, times: int) -> tuple[Cost, Cost]:
    """The best of alternating runs: reading all files, and the first check of them, without a cache from before."""
    pairs = [(_read(root), _check(root, root / f"cold-{n}")[0]) for n in range(times)]
    return quickest(read for read, _ in pairs), quickest(checked for _, checked in pairs)


def ratio(what: str, cost: Cost, read: Cost, most: float | None, *notes: str) -> Line:
    """One line: so many times the reading; without a bar where none is asked for."""
    times = cost.wall / read.wall
    measured = f"{times:.2f} times ({seconds(cost.wall)} on the wall against {seconds(read.wall)})"
    work = f"{what}: {seconds(cost.cpu)} of processor time against {seconds(read.cpu)}, {cost.memory >> 20} MB of memory at most"
    return Line(what, measured, notes=(work, *notes)) if most is None else judged(what, times, most, measured, (work, *notes))


def _read(root: Path) -> Cost:
    return child(python("-c", COMPOSE, str(root / "agreements"))).cost


def _check(root: Path, cache: Path) -> tuple[Cost, bytes]:
    done = child(slachain("check", str(root / "agreements"), "--as-of", AS_OF), cache=cache)
    return done.cost, done.output


def _changed(root: Path, cache: Path) -> tuple[Cost, bytes]:
    """The check after a change: the last customer pays ten times as much, so more money is at risk."""
    last = max((root / "agreements" / "customers").rglob("*.yaml"))
    last.write_text(last.read_text(encoding="utf-8").replace("00 EUR/month", "000 EUR/month"), encoding="utf-8")
    return _check(root, cache)
