"""A clock: one calendar over one view of time, as curves of elapsed and due (sections 2 and 3)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

import numpy as np

from slachain.clocks.calendars import Calendars, DatedWindow
from slachain.clocks.curves import BEYOND, ENDED, Curve, identity, pieces
from slachain.clocks.intervals import Intervals, Ints
from slachain.language.scalars import BusinessDays, Time


@dataclass(frozen=True, slots=True)
class View:
    """The stretch of time that is looked at, in UTC seconds, half-open."""

    lo: int
    hi: int


@dataclass(slots=True, eq=False)
class Clock:
    """One calendar's clock. Everything it gives is in ticks."""

    open: Intervals
    view: View
    after: int  # what a due time past the view is: BEYOND, or ENDED where the calendar has ended by then
    dated: list[DatedWindow]
    elapsed: Curve = field(init=False)
    _inverse: Curve = field(init=False)
    _due: dict[Time, Curve] = field(default_factory=dict)
    _days: BusinessDayTable | None = None

    def __post_init__(self) -> None:
        starts, ends = 2 * self.open.starts, 2 * self.open.ends
        before = np.concatenate(([0], np.cumsum(ends - starts)))
        lo, hi = 2 * self.view.lo, 2 * self.view.hi
        xs = np.concatenate(([lo], np.column_stack((starts, ends)).ravel()))
        values = np.concatenate(([0], np.column_stack((before[:-1], before[1:])).ravel()))
        slopes = np.concatenate(([0], np.tile([1, 0], len(starts))))
        first = 1 if len(starts) and starts[0] == lo else 0
        last = -1 if len(ends) and ends[-1] == hi else len(xs)
        self.elapsed = Curve(xs[first:last], values[first:last], slopes[first:last], hi)
        self._inverse = pieces(
            [0, *(before[:-1] + 1).tolist(), int(before[-1]) + 1],
            [self.after, *(starts + 1).tolist(), self.after],
            [0, *([1] * len(starts)), 0],
            BEYOND,
        )

    @classmethod
    def of(cls, calendars: Calendars, id: str, view: View) -> Clock:
        """The clock of a calendar over a view."""
        ends = calendars.ends(id)
        over = ends is not None and ends <= view.hi
        windows = calendars.dated(id, view.lo - 3 * 86400, view.hi + 3 * 86400)
        return cls(calendars.open(id, view.lo, view.hi), view, ENDED if over else BEYOND, windows)

    def due(self, time: Time) -> Curve:
        """From a tick to the first tick at which so much time has elapsed, or the business days are over."""
        if time not in self._due:
            self._due[time] = self._due_days(time.days) if isinstance(time, BusinessDays) else self._due_after(2 * time.seconds)
        return self._due[time]

    def _due_after(self, ticks: int) -> Curve:
        if ticks == 0:
            return identity(2 * self.view.lo, 2 * self.view.hi)
        counted = self.elapsed
        shifted = Curve(counted.starts, counted.values + ticks, counted.slopes, counted.end)
        return shifted.then(self._inverse)

    @property
    def days(self) -> BusinessDayTable:
        """Its business days."""
        if self._days is None:
            self._days = BusinessDayTable.of(self.dated, 2 * self.view.lo)
        return self._days

    def _due_days(self, days: int) -> Curve:
        table, end = self.days, 2 * self.view.hi
        nth = table.following + days - 1
        known = nth < len(table.closes)
        values = np.full(len(nth), self.after)
        values[known] = table.closes[nth[known]]
        values = np.where(known & (values > end), BEYOND, values)
        within = table.starts < end
        return pieces(table.starts[within].tolist(), values[within].tolist(), [0] * int(within.sum()), end)


@dataclass(frozen=True, slots=True, eq=False)
class BusinessDayTable:
    """Closes of business in ticks, in order; and from each of `starts` on, the index of the first that follows.

    A clock asked at tick x starts in the window of some date; its first business day after that date closes at
    `closes[following[i]]`, with i the last of `starts` not after x.
    """

    starts: Ints
    following: Ints
    closes: Ints

    @classmethod
    def of(cls, windows: list[DatedWindow], lo: int) -> BusinessDayTable:
        """From windows in order, looked at from tick `lo` on."""
        closes: dict[date, int] = {}
        for window in windows:
            if window.business:
                closes[window.day] = max(2 * window.end, closes.get(window.day, 0))
        ordered = sorted(closes)
        reached: dict[int, int] = {}
        covered = lo
        for until, day in _starting_days(windows):
            if until > covered:
                reached[covered] = bisect_right(ordered, day)
                covered = until
        reached[covered] = len(ordered)
        return cls(
            np.array(list(reached), dtype=np.int64),
            np.array(list(reached.values()), dtype=np.int64),
            np.maximum.accumulate(np.array([closes[day] for day in ordered], dtype=np.int64)),
        )


def _starting_days(windows: list[DatedWindow]) -> Iterator[tuple[int, date]]:
    """Up to which tick a clock starts in a window of which date; where several are open, in the one that began last."""
    edges = sorted({edge for window in windows for edge in (window.start, window.end)})
    waiting, running = windows[::-1], []
    for edge, following in pairwise(edges):
        while waiting and waiting[-1].start <= edge:
            running.append(waiting.pop())
        while running and running[-1].end <= edge:
            running.pop()
        if running:
            yield 2 * following, running[-1].day
