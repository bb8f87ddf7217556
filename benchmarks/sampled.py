"""The usual way to check a chain: open a ticket in every minute of a year, follow it, and keep the longest.

As fast as that is with arrays: all minutes of a year at once, each step a search among the sums of open time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from slachain.clocks.intervals import Intervals, Ints

MINUTE = 60


@dataclass(slots=True, eq=False)
class Timetable:
    """When something is open, in UTC seconds, to be read at many instants."""

    open: Intervals
    sums: Ints = field(init=False)

    def __post_init__(self) -> None:
        self.sums = np.concatenate(([0], np.cumsum(self.open.ends - self.open.starts))).astype(np.int64)

    def reading(self, instants: Ints) -> Ints:
        """Open seconds before each."""
        at = np.searchsorted(self.open.starts, instants, side="right")
        short = np.maximum(self.open.ends[at - 1] - instants, 0)
        return np.where(at > 0, self.sums[at] - short, 0)

    def due(self, instants: Ints, seconds: int) -> Ints:
        """The first instants by which so many open seconds have passed."""
        wanted = self.reading(instants) + seconds
        at = np.searchsorted(self.sums, wanted, side="left") - 1
        return self.open.starts[at] + wanted - self.sums[at]

    def window(self, instants: Ints) -> Ints:
        """Which of the windows a clock starts in that is asked then: the one that is open, or the next."""
        return np.searchsorted(self.open.ends, instants, side="right")


Steps = Sequence[tuple[Timetable, int]]


def done(opened: Ints, steps: Steps) -> Ints:
    """When tickets are done that go through steps, each so many seconds on its clock."""
    for clock, allowed in steps:
        opened = clock.due(opened, allowed)
    return opened


def next_day(clock: Timetable, arrived: Ints) -> Ints:
    """The close of the next business day, for a calendar with one window on each."""
    return clock.open.ends[clock.window(arrived) + 1]


def longest(first: int, last: int, chain: Callable[[Ints], Ints], customer: Timetable) -> int:
    """The most seconds on the customer's clock of any ticket opened in a whole minute from `first` to before `last`."""
    opened = np.arange(first, last, MINUTE, dtype=np.int64)
    return int((customer.reading(chain(opened)) - customer.reading(opened)).max())


def most_days(first: int, last: int, steps: Steps, customer: Timetable) -> int:
    """The most business days of any such ticket, for a calendar with one window on each."""
    opened = np.arange(first, last, MINUTE, dtype=np.int64)
    closes = np.searchsorted(customer.open.ends, done(opened, steps), side="left")
    return max(1, int((closes - customer.window(opened)).max()))
