"""`make hostile`: what each hostile catalogue takes, on the clock and of the processors, and is told; 1 where it is not what it must be."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from benchmarks.timing import MEGABYTE
from tests.hostile.inputs import INPUTS
from tests.hostile.large import LARGE
from tests.hostile.running import MEMORY, run, wrong

SECONDS = 2.0


def main() -> int:
    """Print a row for each, and say which miss the bar."""
    missed = 0
    print(f"{'input':34}  seconds   busy    MB  exit")
    for hostile in (*INPUTS, *LARGE):
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "agreements").mkdir()
            hostile.make(Path(folder) / "agreements")
            done = run(Path(folder), "check", "--as-of", "2026-01-01")
        bad = [*(["more than 2 s"] if done.cost.wall > SECONDS else []), *wrong(done, hostile.finding, hostile.status)]
        missed += bool(bad)
        took = f"{done.cost.wall:8.2f} {done.cost.cpu:6.2f} {done.cost.memory / MEGABYTE:5.0f}"
        print(f"{hostile.name:34} {took} {done.status:5}  {'; '.join(bad)}".rstrip(), flush=True)
    total = len(INPUTS) + len(LARGE)
    print(f"{total - missed} of {total} are told as they must be, within {SECONDS:.0f} s and {MEMORY // MEGABYTE} MB")
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main())
