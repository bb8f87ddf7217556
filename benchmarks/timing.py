"""What something costs: processor time, time on the wall, memory. Ratios are taken between runs that alternate, the best of each."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
MEGABYTE = 1 << 20
MAXRSS_UNIT = 1 if sys.platform == "darwin" else 1024  # bytes there, kilobytes elsewhere


@dataclass(frozen=True, slots=True, order=True)
class Cost:
    """Seconds of processor time (of all cores) and on the wall; the most memory that was held, in bytes (0 where it was not asked for)."""

    cpu: float
    wall: float = field(compare=False)
    memory: int = field(default=0, compare=False)

    @property
    def cores(self) -> float:
        """How many cores were busy on average."""
        return self.cpu / self.wall if self.wall else 0.0


@dataclass(frozen=True, slots=True)
class Run:
    """A program that has ended: what it cost, wrote, and its exit status."""

    cost: Cost
    output: bytes
    status: int


class TookTooLong(Exception):
    """It did not end in the time that it was given, and was stopped."""


class Failed(Exception):
    """It could not do what it was asked for; the message is its last line."""


def python(*arguments: str) -> list[str]:
    """A command of this interpreter."""
    return [sys.executable, *arguments]


def slachain(*arguments: str) -> list[str]:
    """The command as it is installed beside this interpreter."""
    installed = Path(sys.executable).with_name("slachain")
    return [str(installed) if installed.exists() else sys.executable, *([] if installed.exists() else ["-m", "slachain"]), *arguments]


def child(command: Sequence[str], patience: float = 3600.0, cache: Path | None = None, fine: Sequence[int] = (0, 1)) -> Run:
    """Run a program to its end, with its caches in a folder of its own where one is named.

    Raises TookTooLong after `patience` seconds, Failed for an exit status that is not fine.
    """
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    if cache is not None:
        environment |= {"XDG_CACHE_HOME": str(cache)}
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)
    assert process.stdout is not None
    assert process.stderr is not None
    complaints: list[bytes] = []
    reading = threading.Thread(target=lambda pipe: complaints.append(pipe.read()), args=(process.stderr,))
    stopping = threading.Timer(patience, process.kill)
    reading.start()
    stopping.start()
    output = process.stdout.read()
    reading.join()
    _, status, used = os.wait4(process.pid, 0)
    in_time = stopping.is_alive()
    stopping.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    cost = Cost(used.ru_utime + used.ru_stime, time.perf_counter() - began, used.ru_maxrss * MAXRSS_UNIT)
    if not in_time:
        raise TookTooLong
    if process.returncode not in fine:
        raise Failed((complaints[0].decode(errors="replace").strip() or "it told no reason").splitlines()[-1])
    return Run(cost, output, process.returncode)


def timed(work: Callable[[], T]) -> tuple[Cost, T]:
    """What some work costs in this process, and what it gives."""
    cpu, wall = time.process_time(), time.perf_counter()
    found = work()
    return Cost(time.process_time() - cpu, time.perf_counter() - wall), found


def alternating(first: Callable[[], Cost], second: Callable[[], Cost], times: int) -> tuple[Cost, Cost]:
    """The best of several runs of each of two things, one after the other in turn."""
    pairs = [(first(), second()) for _ in range(times)]
    return min(cost for cost, _ in pairs), min(cost for _, cost in pairs)


def quickest(costs: Iterable[Cost]) -> Cost:
    """That which took the least time on the wall."""
    return min(costs, key=lambda cost: cost.wall)


def seconds(value: float) -> str:
    """So long, as people read it."""
    for bound, factor, unit, digits in ((1e-3, 1e6, "µs", 0), (1.0, 1e3, "ms", 1), (120.0, 1.0, "s", 2)):
        if value < bound:
            return f"{value * factor:.{digits}f} {unit}"
    return f"{value / 60:.0f} min" if value < 7200 else f"{value / 3600:,.0f} h"
