"""A second process that stands by: it prepares itself while we find out what there is to ask, and then answers one question.

What it needs for its answer is imported in the time in which we read. Where it cannot be had, or does not answer, we answer ourselves.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from select import select

from slachain.cli.cores import PATIENCE, PIECE, Second, second
from slachain.language.values import dataclass


@dataclass(slots=True)
class Standby:
    """Somebody to ask, once, for as long as there is somewhere for a question to go."""

    process: Second | None = None
    to: int | None = None

    def ask(self, question: bytes) -> bool:
        """Put a question; whether it was taken."""
        if self.to is None:
            return False
        to, self.to = self.to, None
        try:
            return _taken(question, to)
        finally:
            os.close(to)  # which ends the question

    def answer(self) -> bytes | None:
        """The answer, waited for; None where none comes."""
        return self.process.heard() if self.process else None


@contextmanager
def standby(cores: int, prepare: Callable[[], object], answer: Callable[[bytes], bytes]) -> Iterator[Standby]:
    """Somebody who prepares on a second core from now on."""
    try:
        asked, to = os.pipe()
    except OSError:
        yield Standby()
        return

    def later() -> bytes:
        os.close(to)  # else the question would not end where we do
        prepare()
        return answer(_whole(asked))

    with second(cores, later) as process:
        somebody = Standby(process, to) if process.begin() else Standby()
        os.close(asked)
        try:
            yield somebody
        finally:
            if somebody.process is None or somebody.to is not None:
                os.close(to)


def _taken(question: bytes, to: int) -> bool:
    """Whether a question was written whole: who does not take it is not waited for."""
    left = memoryview(question)
    os.set_blocking(to, False)
    with suppress(OSError):
        while left and select([], [to], [], PATIENCE)[1]:
            with suppress(BlockingIOError):
                left = left[os.write(to, left) :]
    return not left


def _whole(asked: int) -> bytes:
    """A question up to its end."""
    return b"".join(iter(lambda: os.read(asked, PIECE), b""))
