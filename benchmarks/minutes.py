"""The slow and obvious clock: every minute of a year and a half is asked whether it is open. It judges the others; it shares no code.

Exact where every window begins and ends on a whole minute: open or closed, a minute is so throughout.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from benchmarks.instants import FIRST, LAST, Hours

Ints = NDArray[np.int64]
MARGIN = timedelta(days=60)


@dataclass(frozen=True, slots=True, eq=False)
class Minutes:
    """Whether each minute from `start` (UTC seconds) on is open, and how many are before it."""

    start: int
    open: NDArray[np.bool_]
    before: Ints

    @classmethod
    def of(cls, calendar: Hours) -> Minutes:
        """Ask every minute what the wall clock shows."""
        start, end = int((FIRST - MARGIN).timestamp()), int((LAST + MARGIN).timestamp())
        zone, off = ZoneInfo(calendar.zone), calendar.holidays()
        found = []
        for instant in range(start, end, 60):
            shown = datetime.fromtimestamp(instant, zone)
            now, day = shown.time(), shown.date()
            if not calendar.overnight:
                inside = calendar.opens <= now < calendar.closes
            else:
                inside = now >= calendar.opens or now < calendar.closes
                day -= timedelta(days=now < calendar.closes)  # the night belongs to the date on which it begins
            found.append(inside and day.weekday() in calendar.days and day not in off)
        flags = np.array(found)
        return cls(start, flags, np.concatenate(([0], np.cumsum(flags))).astype(np.int64))

    def reading(self, instant: int) -> int:
        """Open seconds before an instant."""
        minute, rest = divmod(instant - self.start, 60)
        return int(self.before[minute]) * 60 + (rest if self.open[minute] else 0)

    def elapsed(self, opened: int, closed: int) -> int:
        """Open seconds between two instants."""
        return self.reading(closed) - self.reading(opened)

    def due(self, opened: int, seconds: int) -> int:
        """The first instant by which so many open seconds have passed."""
        wanted = self.reading(opened) + seconds
        whole, rest = divmod(wanted, 60)
        if rest:
            minute = int(np.searchsorted(self.before, whole, side="right")) - 1
            return self.start + minute * 60 + rest
        return self.start + int(np.searchsorted(self.before, whole, side="left")) * 60
