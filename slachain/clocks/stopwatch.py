"""What a clock reads for many tickets at once: open seconds between two instants, or business days (sections 2 and 3).

Everything is exact, in int64 seconds; NEVER stands for a reading that the calendar has no time for.
"""

from __future__ import annotations

import numpy as np

from slachain.clocks.calendars import Calendars
from slachain.clocks.clock import BusinessDayTable
from slachain.clocks.intervals import Intervals, Ints
from slachain.language.values import dataclass, field

DAY = 86400
MARGIN = 40 * DAY  # beyond the tickets, so that the next ones need no new view
NEVER = np.iinfo(np.int64).max
AHEAD = (90 * DAY, 800 * DAY, 4000 * DAY)  # how far past a ticket a close of business is looked for


@dataclass(slots=True, eq=False)
class Stopwatch:
    """One calendar, looked at from `lo` to `hi`; the view grows as tickets ask for it."""

    calendars: Calendars
    id: str
    lo: int = NEVER
    hi: int = -NEVER
    open: Intervals = field(init=False)
    _days: BusinessDayTable | None = None

    def cover(self, first: int, last: int) -> None:
        """Look at no less than this stretch."""
        if self.lo <= first and last <= self.hi:
            return
        self.lo, self.hi = min(first - MARGIN, self.lo), max(last + MARGIN, self.hi)
        self.open = self.calendars.open(self.id, self.lo, self.hi)
        self._days = None

    def elapsed(self, starts: Ints, ends: Ints) -> Ints:
        """Open seconds from each start to its end."""
        if not len(starts):
            return np.zeros(0, dtype=np.int64)
        self.cover(*_from_first_to_last(starts, ends))
        return self.open.before(ends) - self.open.before(starts)

    def business_days(self, starts: Ints, ends: Ints, paused: Ints) -> Ints:
        """The least n from 1 on with each end no later than n business days after its start and so many open seconds of pause more."""
        if not len(starts):
            return np.zeros(0, dtype=np.int64)
        first, last = _from_first_to_last(starts, ends)
        for ahead in AHEAD:
            self.cover(first, last + ahead)
            found = self._least(starts, ends, paused)
            if (found != NEVER).all():
                break
        return found

    def _least(self, starts: Ints, ends: Ints, paused: Ints) -> Ints:
        table = self._table()
        closes = table.closes // 2
        following = table.following[np.searchsorted(table.starts, 2 * starts, side="right") - 1]
        nth = np.searchsorted(closes, ends, side="left")
        stopped = paused > 0
        nth[stopped] = self._with_pauses(closes, ends[stopped], paused[stopped])
        nth = np.maximum(nth, following)
        return np.where(nth < len(closes), nth - following + 1, NEVER)

    def _with_pauses(self, closes: Ints, ends: Ints, paused: Ints) -> Ints:
        """Which close of business is the first that, moved on by the pause, is no earlier than the end.

        What ends in closed time is later than the last open second before, though the clock reads the same.
        """
        closed = ~self.open.covers(ends - 1)
        return np.searchsorted(self.open.before(closes), self.open.before(ends) - paused + closed, side="left")

    def _table(self) -> BusinessDayTable:
        if self._days is None:
            self._days = BusinessDayTable.of(self.calendars.dated(self.id, self.lo, self.hi), 2 * self.lo)
        return self._days


def _from_first_to_last(starts: Ints, ends: Ints) -> tuple[int, int]:
    return int(min(starts.min(), ends.min())), int(max(starts.max(), ends.max()))
