"""The real program in a process of its own, with bounds on what it may take, and what it took."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

LAUNCH = Path(__file__).with_name("launch.py")
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
    with tempfile.TemporaryFile() as told, tempfile.TemporaryFile() as took:
        began = time.monotonic()
        subprocess.run(
            [
                *(sys.executable, "-S", "-I", str(LAUNCH), str(took.fileno()), str(ADDRESSES), str(SECONDS)),
                *(sys.executable, "-m", "slachain", *arguments),
            ],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=told,
            stderr=subprocess.STDOUT,
            pass_fds=[took.fileno()],
            env={**os.environ, "COLUMNS": "200"},
            check=True,
        )
        seconds = time.monotonic() - began
        told.seek(0)
        took.seek(0)
        printed = told.read().decode("utf-8", "replace")
        used = json.load(took)
    return Run(used["status"], printed, used["busy"], seconds, used["peak"] / 1024)


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
