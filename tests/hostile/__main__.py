"""`make hostile`: what each hostile catalogue takes, on the clock and of the processors, and is told; 1 where it is not what it must be."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.hostile.inputs import INPUTS
from tests.hostile.large import LARGE
from tests.hostile.running import MEGABYTES, run, wrong

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
        bad = [*(["more than 2 s"] if done.seconds > SECONDS else []), *wrong(done, hostile.finding, hostile.status)]
        missed += bool(bad)
        print(
            f"{hostile.name:34} {done.seconds:8.2f} {done.busy:6.2f} {done.peak:5.0f} {done.status:5}  {'; '.join(bad)}".rstrip(),
            flush=True,
        )
    total = len(INPUTS) + len(LARGE)
    print(f"{total - missed} of {total} are told as they must be, within {SECONDS:.0f} s and {MEGABYTES} MB")
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main())
