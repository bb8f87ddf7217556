"""The real program in a process of its own, with bounds on what it may take, and what it took."""

from __future__ import annotations

import os
from pathlib import Path

from benchmarks.timing import MEGABYTE, Run, ended, slachain

ADDRESSES = 4 << 30  # bytes: libraries reserve more than they use, and the peak is what counts
SECONDS = 60  # of the processor: that a run ends at all
MEMORY = 500 * MEGABYTE  # at the peak


def run(folder: Path, *arguments: str) -> Run:
    """`slachain` with these arguments, in a folder."""
    return ended(slachain(*arguments), {**os.environ, "COLUMNS": "200"}, folder, (ADDRESSES, SECONDS))


def wrong(done: Run, finding: str, status: int) -> list[str]:
    """What a run did that it must not do, whatever it was given."""
    printed = " ".join(done.printed.split())
    found = {
        "a traceback": "Traceback" in printed,
        f"exit status {done.status}, not {status}": done.status != status,
        f"does not say: {finding}": finding not in printed,
        f"{done.cost.memory / MEGABYTE:.0f} MB": done.cost.memory > MEMORY,
    }
    return [what for what, so in found.items() if so]
