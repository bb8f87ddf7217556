"""A second process on a second core that does some of a row of tasks, where that helps and can be done safely.

It is a copy of this one (`fork`), so that nothing has to be carried there, and begins with the last task while we begin with the first. What it
finds comes back through a pipe. Nobody waits for it: a task whose result is not there when we come to it we do ourselves. When no task is
left it does what is to be done afterwards, while we go on; and that is waited for, since it was begun in time. At the end it is ended, whatever it
is doing. So whatever may happen to it costs time, and nothing else. It prints nothing and writes nothing but
to the pipe, and leaves by `os._exit`: nothing that was waiting to be printed or cleaned up is printed or cleaned up twice.
"""

from __future__ import annotations

import gc
import os
import signal
import struct
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from mmap import mmap
from select import select
from zlib import crc32

from slachain.analysis.beside import Beside, Found, nobody, nothing
from slachain.language.values import dataclass, field

COUNT = struct.Struct("<I")
HEAD = struct.Struct("<III")  # before each result: the number of its task, its length, and its checksum
PIECE = 1 << 20  # bytes read at a time
PATIENCE = 20.0  # seconds in which nothing comes of what is waited for


def beside(cores: int) -> Beside:
    """Who does some of the tasks beside us on so many cores; nobody where there is but one, or where a copy of this process is not safe."""

    @contextmanager
    def somebody(tasks: int, do: Callable[[int], bytes]) -> Iterator[Found]:
        with second(cores, bytes) as process, process.beside(tasks, do) as found:
            yield found

    return somebody if _can(cores) else nobody


@contextmanager
def second(cores: int, later: Callable[[], bytes]) -> Iterator[Second]:
    """Somebody who does some of a row of tasks, and then what is to be done `later`."""
    process = Second(later, _can(cores))
    try:
        yield process
    finally:
        process.end()


def _can(cores: int) -> bool:
    return cores > 1 and hasattr(os, "fork") and hasattr(os, "sched_getaffinity") and len(os.sched_getaffinity(0)) > 1


@dataclass(slots=True)
class Second:
    """A second process, from the first row of tasks on, if one can be had."""

    later: Callable[[], bytes]
    can: bool
    _process: int = 0
    _results: _Results | None = None

    @contextmanager
    def beside(self, tasks: int, do: Callable[[int], bytes]) -> Iterator[Found]:
        """What it finds, from the last task on."""
        begun = self.begin([partial(do, number) for number in range(tasks)])
        yield self._results.of if begun and self._results else nothing
        if begun and self._results:
            self._results.begun(tasks)

    def begin(self, tasks: Sequence[Callable[[], bytes]] = ()) -> bool:
        """Have it do some of these tasks and then what is to be done later, if it may: once, and beside no other threads."""
        if not self.can or self._results or threading.active_count() > 1:
            return False
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # until it is known who is who, and how to end the other
        try:
            self._start([*tasks, self.later])
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        return self._results is not None

    def heard(self) -> bytes | None:
        """What was to be done later, as it was found; None where it will not come."""
        return self._results.last() if self._results else None

    def afterwards(self) -> bytes:
        """What was to be done later: as it was found, else what we find."""
        found = self.heard()
        return self.later() if found is None else found

    def _start(self, tasks: Sequence[Callable[[], bytes]]) -> None:
        """Begin, unless no more processes or pipes can be had."""
        try:
            reading, writing = os.pipe()
        except OSError:
            return
        _widen(writing)
        results = _Results(reading, len(tasks) - 1)
        try:
            process = os.fork()
        except OSError:
            os.close(reading)
            return
        else:
            if process == 0:
                _work(tasks, results.shared, writing)
        finally:
            os.close(writing)
        os.set_blocking(reading, False)
        self._process, self._results = process, results

    def end(self) -> None:
        """End it, whatever it is doing, and hear that it has ended."""
        if not self._results:
            return
        os.close(self._results.pipe)
        self._results = None
        with suppress(ProcessLookupError):
            os.kill(self._process, signal.SIGKILL)
        with suppress(ChildProcessError):
            os.waitpid(self._process, 0)


def _widen(pipe: int) -> None:
    """Have much go through at once, where the system can."""
    with suppress(ImportError, AttributeError, OSError):
        import fcntl

        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, PIECE)


def _work(tasks: Sequence[Callable[[], bytes]], begun: mmap, to: int) -> None:
    """Do one task after another until it is one that was begun, the last first but for that which comes afterwards, and say what is found.

    Never returns. An interrupt is left to whoever started it.
    """
    try:
        gc.disable()  # to look for garbage would be to copy whatever is looked at
        sys.dont_write_bytecode = True
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nowhere, stream)
        os.set_blocking(to, False)
        left, last = memoryview(b""), len(tasks) - 1
        for number in (*reversed(range(last)), last):
            if number == last or number >= COUNT.unpack_from(begun)[0]:
                found = tasks[number]()
                left = _written(to, memoryview(b"".join((left, HEAD.pack(number, len(found), crc32(found)), found))))
        os.set_blocking(to, True)
        while left:
            left = _written(to, left)
    finally:
        os._exit(0)


def _written(to: int, left: memoryview) -> memoryview:
    """What could not be written now of what is left."""
    try:
        return left[os.write(to, left) :]
    except BlockingIOError:
        return left


@dataclass(slots=True)
class _Results:
    """What has come through a pipe so far, and in shared memory how many tasks we have begun."""

    pipe: int
    later: int  # the number of what comes afterwards
    shared: mmap = field(default_factory=partial(mmap, -1, COUNT.size))
    come: bytearray = field(default_factory=bytearray)
    found: dict[int, bytes] = field(default_factory=dict)
    ended: bool = False

    def of(self, number: int) -> bytes | None:
        """What was found of a task, which is now begun; None where nothing has come yet, or not whole."""
        self.begun(number + 1)
        self._read()
        return self.found.pop(number, None)

    def begun(self, tasks: int) -> None:
        """Say that so many tasks need nobody any more."""
        COUNT.pack_into(self.shared, 0, tasks)

    def last(self) -> bytes | None:
        """What was found afterwards, waited for; None where it will not come."""
        self._read()
        while self.later not in self.found and not self.ended and select([self.pipe], [], [], PATIENCE)[0]:
            self._read()
        return self.found.pop(self.later, None)

    def _read(self) -> None:
        with suppress(BlockingIOError):
            while piece := os.read(self.pipe, PIECE):
                self.come += piece
            self.ended = True
        while len(self.come) >= HEAD.size:
            task, length, checksum = HEAD.unpack_from(self.come)
            if len(self.come) < HEAD.size + length:
                break
            found = bytes(self.come[HEAD.size : HEAD.size + length])
            del self.come[: HEAD.size + length]
            if crc32(found) == checksum:
                self.found[task] = found
