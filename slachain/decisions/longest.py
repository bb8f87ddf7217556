"""The longest time that one step may take for a promise to hold, with few judgements."""

from __future__ import annotations

from collections.abc import Callable

from slachain.language.values import dataclass


@dataclass(frozen=True, slots=True)
class Longest:
    """A search over whole minutes or days: `over` is nothing where the promise holds with so many, else about how many fewer it takes, at least
    one; `late` is whether a ticket is known that tells it does not hold.
    """

    over: Callable[[int], int]
    late: Callable[[int], bool]

    def holds(self, number: int) -> bool:
        """Whether the promise holds with so many."""
        return not self.late(number) and not self.over(number)

    def climbing(self, least: int, below: int) -> int | None:
        """The number before the first that fails, from `least` on, found by longer and longer steps; None where that fails itself."""
        if below <= least or not self.holds(least):
            return None
        good, step = least, 1
        while good + step < below and self.holds(good + step):
            good, step = good + step, step * 2
        return _last(self.holds, good, min(good + step, below))

    def descending(self, least: int, below: int) -> int | None:
        """The same where what holds for some time holds for every shorter one (later in, later out).

        Where the worst ticket stays the worst, the longest time for which it is not late is the answer. Where another becomes the worst,
        what that is late by tells what to try next: the answer if a shorter time moves the end by as much. That is a guess alone; whatever
        is tried next, there is one longest time, and it is known when the next longer one is known to fail.
        """
        if below <= least or self.late(least):
            return None
        good = _last(lambda n: not self.late(n), least, below)
        fails, step = good + 1, 0
        while over := self.over(good):
            if good == least:
                return None
            fails, good = good, max(least, good - max(over, step))
            step = 2 * step or 1  # so that it comes to an end soon, however the guesses are
        if fails - good > 1 and not self.over(good + 1):
            return _last(lambda n: not self.over(n), good + 1, fails)
        return good


def _last(true: Callable[[int], bool], first: int, end: int) -> int:
    """The last number before `end` for which something is true that is so for `first`, and for none after one for which it is not."""
    while end - first > 1:
        middle = (first + end) // 2
        first, end = (middle, end) if true(middle) else (first, middle)
    return first
