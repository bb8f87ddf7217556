"""The real program in a process of its own, with bounds on what it may take, and what it took."""

from __future__ import annotations

import os
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks.timing import launched, slachain, took

ADDRESSES = 4 << 30  # bytes: libraries reserve more than they use, and the peak is what counts
SECONDS = 60  # of the processor: that a run ends at all
MEGABYTES = 500


@dataclass(frozen=True, slots=True)
class Run:
    """What a run printed and took: processor seconds, seconds on the clock, and megabytes at its peak."""

    status: int
    printed: str
    busy: float
    seconds: float
    peak: float


def run(folder: Path, *arguments: str) -> Run:
    """`slachain` with these arguments, in a folder."""
    with tempfile.TemporaryFile() as told, tempfile.TemporaryFile() as answer:
        subprocess.run(
            launched(slachain(*arguments), answer, (ADDRESSES, SECONDS)),
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=told,
            stderr=subprocess.STDOUT,
            pass_fds=[answer.fileno()],
            env={**os.environ, "COLUMNS": "200"},
            check=True,
        )
        told.seek(0)
        printed = told.read().decode("utf-8", "replace")
        status, cost = took(answer)
    return Run(status, printed, cost.cpu, cost.wall, cost.memory / (1 << 20))


def wrong(done: Run, finding: str, status: int) -> list[str]:
    """What a run did that it must not do, whatever it was given."""
    printed = " ".join(done.printed.split())
    found = {
        "a traceback": "Traceback" in printed,
        f"exit status {done.status}, not {status}": done.status != status,
        f"does not say: {finding}": finding not in printed,
        f"{done.peak:.0f} MB": done.peak > MEGABYTES,
    }
    return [what for what, so in found.items() if so]
