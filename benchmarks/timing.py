"""What something costs: processor time, time on the wall, memory. Ratios are taken between runs that alternate, the best of each."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, TypeVar

T = TypeVar("T")
MEGABYTE = 1 << 20
LAUNCH = Path(__file__).with_name("launch.py")
ANY = (-1, -1)  # bytes of addresses and seconds of the processor: as many as it likes


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

    @property
    def printed(self) -> str:
        """What it wrote, as text."""
        return self.output.decode("utf-8", "replace")


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
    with TemporaryFile() as complaints:
        done = ended(command, environment, patience=patience, complaints=complaints)
        if done.status not in fine:
            raise Failed((_whole(complaints).decode(errors="replace").strip() or "it told no reason").splitlines()[-1])
    return done


def ended(
    command: Sequence[str],
    environment: Mapping[str, str],
    folder: Path | None = None,
    most: tuple[int, int] = ANY,
    patience: float = 3600.0,
    complaints: IO[bytes] | int = subprocess.STDOUT,
) -> Run:
    """Run a program in a folder to its end, whatever that is; it may take so many bytes of addresses and seconds of the processor.

    Raises TookTooLong after `patience` seconds on the wall.
    """
    with TemporaryFile() as output, TemporaryFile() as answer:
        process = subprocess.Popen(
            [*python("-S", "-I", str(LAUNCH), str(answer.fileno()), *map(str, most)), *command],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=complaints,
            pass_fds=[answer.fileno()],
            start_new_session=True,
        )
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            raise TookTooLong from None
        told = json.loads(_whole(answer))
        return Run(Cost(told["cpu"], told["wall"], told["memory"]), _whole(output), told["status"])


def _whole(file: IO[bytes]) -> bytes:
    file.seek(0)
    return file.read()


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
