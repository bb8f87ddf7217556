"""The longest time that one step may take for a promise to hold, with few judgements."""

from __future__ import annotations

from collections.abc import Callable

from slachain.language.values import dataclass


@dataclass(frozen=True, slots=True)
class Longest:
    """A search over whole minutes or days: `judged` is whether the promise holds with so many, `late` whether a ticket is known that tells it does not."""

    judged: Callable[[int], bool]
    late: Callable[[int], bool]

    def holds(self, number: int) -> bool:
        """Whether the promise holds with so many."""
        return not self.late(number) and self.judged(number)

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

        Where the worst ticket stays the worst, the longest time for which it is not late is the answer, or the next below it.
        """
        if below <= least or self.late(least):
            return None
        most = _last(lambda n: not self.late(n), least, below)
        if self.judged(most):
            return most
        if most == least or not self.judged(least):
            return None
        if most - 1 == least:
            return least
        return most - 1 if self.judged(most - 1) else _last(self.judged, least, most - 1)


def _last(true: Callable[[int], bool], first: int, end: int) -> int:
    """The last number before `end` for which something is true that is so for `first`, and for none after one for which it is not."""
    while end - first > 1:
        middle = (first + end) // 2
        first, end = (middle, end) if true(middle) else (first, middle)
    return first
