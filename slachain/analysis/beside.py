"""Who may do some of a row of tasks beside us, as those see it whose tasks they are."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

Found = Callable[[int], bytes | None]
"""What somebody else has made of a task by now, by its number; None for nothing."""
Beside = Callable[[int, Callable[[int], bytes]], AbstractContextManager[Found]]
"""Who may do some of so many tasks beside us, and how one is done."""


def nothing(number: int) -> bytes | None:
    """Nobody has done a task."""
    return None


def nobody(tasks: int, do: Callable[[int], bytes]) -> AbstractContextManager[Found]:
    """All is left to us."""
    return nullcontext(nothing)
