"""Calendar months, quarters and years of a time zone, and how long calendars are open in them (section 8)."""

from __future__ import annotations

from datetime import date
from functools import cached_property, lru_cache

import numpy as np

from slachain.clocks.intervals import Intervals, Ints
from slachain.clocks.wall import date_at, midnight
from slachain.language.values import dataclass

MONTHS_IN = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True, slots=True)
class Period:
    """One calendar period as UTC seconds, half-open."""

    start: int
    end: int


def periods(kind: str, zone: str, lo: int, hi: int) -> tuple[Period, ...]:
    """Every `month`, `quarter` or `year` of a zone that has an instant from `lo` to before `hi`, in order."""
    months = MONTHS_IN[kind]
    first = date_at(lo, zone)
    index = (first.year * 12 + first.month - 1) // months * months
    found = []
    while (start := _begins(index, zone)) < hi:
        found.append(Period(start, _begins(index + months, zone)))
        index += months
    return tuple(found)


@lru_cache(maxsize=4096)
def _begins(month: int, zone: str) -> int:
    return midnight(date(month // 12, month % 12 + 1, 1), zone)


@dataclass(frozen=True, eq=False)  # without slots: the sums are made when first asked for
class OpenTime:
    """Open time to be measured often: what lies in a period, in whole seconds."""

    intervals: Intervals

    def within(self, period: Period) -> int:
        """How many of a period's seconds are open."""
        return self._before(period.end) - self._before(period.start)

    def _before(self, instant: int) -> int:
        starts, ends = self.intervals.starts, self.intervals.ends
        index = int(np.searchsorted(starts, instant, side="left"))
        return int(self._sums[index - 1]) - max(int(ends[index - 1]) - instant, 0) if index else 0

    @cached_property
    def _sums(self) -> Ints:
        """How many seconds there are up to the end of each interval."""
        return np.cumsum(self.intervals.ends - self.intervals.starts)
