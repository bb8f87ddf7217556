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
    lo: int = 0
    hi: int = 0
    open: Intervals = field(init=False)
    _sums: Ints = field(init=False)
    _days: BusinessDayTable | None = None

    def cover(self, first: int, last: int) -> None:
        """Look at no less than this stretch."""
        if self.lo < self.hi and self.lo <= first and last <= self.hi:
            return
        known = self.lo < self.hi
        self.lo = min(first - MARGIN, self.lo) if known else first - MARGIN
        self.hi = max(last + MARGIN, self.hi) if known else last + MARGIN
        self.open = self.calendars.open(self.id, self.lo, self.hi)
        self._sums = np.concatenate(([0], np.cumsum(self.open.ends - self.open.starts))).astype(np.int64)
        self._days = None

    def readings(self, instants: Ints) -> Ints:
        """How many seconds of the view are open before each instant."""
        if not len(self.open.starts):
            return np.zeros(len(instants), dtype=np.int64)
        at = np.searchsorted(self.open.starts, instants, side="right")
        last = np.maximum(at - 1, 0)
        short = np.maximum(self.open.ends[last] - instants, 0)
        return np.where(at > 0, self._sums[at] - short, 0)

    def elapsed(self, starts: Ints, ends: Ints) -> Ints:
        """Open seconds from each start to its end."""
        if len(starts):
            self.cover(int(min(starts.min(), ends.min())), int(max(starts.max(), ends.max())))
        else:
            return np.zeros(0, dtype=np.int64)
        return self.readings(ends) - self.readings(starts)

    def business_days(self, starts: Ints, ends: Ints, paused: Ints) -> Ints:
        """The least n from 1 on with each end no later than n business days after its start and so many open seconds of pause more."""
        if not len(starts):
            return np.zeros(0, dtype=np.int64)
        first, last = int(min(starts.min(), ends.min())), int(max(starts.max(), ends.max()))
        for ahead in AHEAD:
            self.cover(first, last + ahead)
            found = self._least(starts, ends, paused)
            if (found != NEVER).all():
                break
        return found

    def _least(self, starts: Ints, ends: Ints, paused: Ints) -> Ints:
        table = self._table()
        if not len(table.closes):
            return np.full(len(starts), NEVER, dtype=np.int64)
        closes = table.closes // 2
        following = table.following[np.maximum(np.searchsorted(table.starts, 2 * starts, side="right") - 1, 0)]
        nth = np.searchsorted(closes, ends, side="left")
        stopped = paused > 0
        nth[stopped] = self._with_pauses(closes, ends[stopped], paused[stopped])
        nth = np.maximum(nth, following)
        return np.where(nth < len(closes), nth - following + 1, NEVER)

    def _with_pauses(self, closes: Ints, ends: Ints, paused: Ints) -> Ints:
        """Which close of business is the first that, moved on by the pause, is no earlier than the end."""
        read = self.readings(closes)
        nth = np.searchsorted(read, self.readings(ends) - paused, side="left")
        known = nth < len(closes)
        due = self._after(read[np.minimum(nth, len(closes) - 1)] + paused)
        # Ended in closed time after it: the same reading, and yet late. The next close with a greater reading is the one.
        late = known & (due < ends)
        later = np.searchsorted(read, read[np.minimum(nth, len(closes) - 1)], side="right")
        return np.where(late, later, nth)

    def _after(self, readings: Ints) -> Ints:
        """The first instant at which so many seconds of the view have been open."""
        at = np.minimum(np.searchsorted(self._sums, readings, side="left"), len(self._sums) - 1) - 1
        at = np.maximum(at, 0)
        return np.where(readings > self._sums[-1], NEVER, self.open.starts[at] + (readings - self._sums[at]))

    def _table(self) -> BusinessDayTable:
        if self._days is None:
            self._days = BusinessDayTable.of(self.calendars.dated(self.id, self.lo, self.hi), 2 * self.lo)
        return self._days
