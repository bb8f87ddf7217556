"""`make hostile`: what each hostile catalogue takes, on a machine that does nothing else; 1 where it is too much."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.hostile.inputs import INPUTS
from tests.hostile.large import LARGE
from tests.hostile.running import MEGABYTES, run

SECONDS = 2.0


def main() -> int:
    """Print a row for each, and say which miss the bar."""
    missed = 0
    print(f"{'input':34}  seconds    MB  exit")
    for hostile in (*INPUTS, *LARGE):
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "agreements").mkdir()
            hostile.make(Path(folder) / "agreements")
            done = run(Path(folder), "check", "--as-of", "2026-01-01")
        bad = done.busy > SECONDS or done.peak > MEGABYTES or done.status not in (0, 1, 2) or "Traceback" in done.printed
        missed += bad
        print(f"{hostile.name:34} {done.busy:8.2f} {done.peak:5.0f} {done.status:5}{'  too much' if bad else ''}", flush=True)
    print(f"{len(INPUTS) + len(LARGE) - missed} of {len(INPUTS) + len(LARGE)} within {SECONDS:.0f} s of the processor and {MEGABYTES} MB")
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main())
