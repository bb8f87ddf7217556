"""A second process on a second core that does some of a row of tasks, where that helps and can be done safely.

It is a copy of this one (`fork`), so that nothing has to be carried there, and begins with the last task while we begin with the first. What it
finds comes back through a pipe. Nobody waits for it: a task whose result is not there when we come to it we do ourselves, and when no task is
left it is ended, whatever it is doing. So whatever may happen to it costs time, and nothing else. It prints nothing and writes nothing but
to the pipe, and leaves by `os._exit`: nothing that was waiting to be printed or cleaned up is printed or cleaned up twice.
"""

from __future__ import annotations

import gc
import os
import signal
import struct
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from zlib import crc32

from slachain.analysis.parcels import Beside, Found, nobody, nothing
from slachain.language.values import dataclass, field

HEAD = struct.Struct("<III")  # before each result: the number of its task, its length, and its checksum
PIECE = 1 << 20  # bytes read at a time


def beside(cores: int) -> Beside:
    """Who does some of the tasks beside us on so many cores; nobody where there is but one, or where a copy of this process is not safe."""
    can = hasattr(os, "fork") and hasattr(os, "sched_getaffinity") and len(os.sched_getaffinity(0)) > 1
    return _second if cores > 1 and can else nobody


@contextmanager
def _second(tasks: int, do: Callable[[int], bytes]) -> Iterator[Found]:
    """What a second process finds, from the last task on; beside other threads, nothing."""
    if threading.active_count() > 1:
        yield nothing
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # until it is known who is who, and how to end the other
    started = _started(tasks, do)
    try:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        yield _Results(started[1]).of if started else nothing
    finally:
        if started:
            _ended(*started)


def _started(tasks: int, do: Callable[[int], bytes]) -> tuple[int, int] | None:
    """The second process, and where its results can be read; None where no more processes or pipes can be had."""
    try:
        reading, writing = os.pipe()
    except OSError:
        return None
    try:
        process = os.fork()
    except OSError:
        os.close(reading)
        return None
    else:
        if process == 0:
            _work(tasks, do, writing)
    finally:
        os.close(writing)
    os.set_blocking(reading, False)
    return process, reading


def _ended(process: int, results: int) -> None:
    """End the second process, whatever it is doing, and hear that it has ended."""
    os.close(results)
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)
    with suppress(ChildProcessError):
        os.waitpid(process, 0)


def _work(tasks: int, do: Callable[[int], bytes], to: int) -> None:
    """Do one task after another, the last first, and say what is found; never returns. An interrupt is left to whoever started it."""
    try:
        gc.disable()  # to look for garbage would be to copy whatever is looked at
        sys.dont_write_bytecode = True
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nowhere, stream)
        os.set_blocking(to, False)
        left = b""
        for number in reversed(range(tasks)):
            found = do(number)
            left = _written(to, left + HEAD.pack(number, len(found), crc32(found)) + found)
        os.set_blocking(to, True)
        while left:
            left = _written(to, left)
    finally:
        os._exit(0)


def _written(to: int, left: bytes) -> bytes:
    """What could not be written now of what is left."""
    try:
        return left[os.write(to, left) :]
    except BlockingIOError:
        return left


@dataclass(slots=True)
class _Results:
    """What has come through a pipe so far."""

    pipe: int
    come: bytearray = field(default_factory=bytearray)
    found: dict[int, bytes] = field(default_factory=dict)

    def of(self, number: int) -> bytes | None:
        """What was found of a task; None where nothing has come yet, or not whole."""
        with suppress(BlockingIOError):
            while piece := os.read(self.pipe, PIECE):
                self.come += piece
        while len(self.come) >= HEAD.size:
            task, length, checksum = HEAD.unpack_from(self.come)
            found = bytes(self.come[HEAD.size : HEAD.size + length])
            if len(found) < length:
                break
            del self.come[: HEAD.size + length]
            if crc32(found) == checksum:
                self.found[task] = found
        return self.found.pop(number, None)
