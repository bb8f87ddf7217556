"""A clock: one calendar over one view of time, as curves of elapsed and due (sections 2 and 3)."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from functools import partial
from itertools import pairwise

import numpy as np

from slachain.clocks.calendars import Calendars
from slachain.clocks.curves import BEYOND, ENDED, Curve, identity, pieces
from slachain.clocks.hours import Windows
from slachain.clocks.intervals import Intervals, Ints
from slachain.language.scalars import BusinessDays, Time
from slachain.language.values import dataclass, field


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
    windows: Callable[[], Windows]  # around the view, with their dates: only business days need them
    elapsed: Curve = field(init=False)
    _inverse: Curve = field(init=False)
    _due: dict[Time, Curve] = field(default_factory=dict)
    _days: BusinessDayTable | None = None
    _open_within: dict[Intervals, int] = field(default_factory=dict)

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
        return cls(calendars.open(id, view.lo, view.hi), view, _after(calendars, id, view), partial(calendars.dated, id, *_around(view)))

    @staticmethod
    def face(calendars: Calendars, id: str, view: View) -> Hashable:
        """All that the clock of a calendar shows over a view: the clocks of two calendars with the same face are the same in everything."""
        return _after(calendars, id, view), calendars.written_out(id, *_around(view))

    def open_within(self, instants: Intervals) -> int:
        """How many seconds of some instants it is open."""
        if instants not in self._open_within:
            before = self.open.before
            self._open_within[instants] = int((before(instants.ends) - before(instants.starts)).sum())
        return self._open_within[instants]

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
            self._days = BusinessDayTable.of(self.windows(), 2 * self.view.lo)
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


def _after(calendars: Calendars, id: str, view: View) -> int:
    ends = calendars.ends(id)
    return ENDED if ends is not None and ends <= view.hi else BEYOND


def _around(view: View) -> tuple[int, int]:
    return view.lo - 3 * 86400, view.hi + 3 * 86400


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
    def of(cls, windows: Windows, lo: int) -> BusinessDayTable:
        """From windows in order, looked at from tick `lo` on."""
        days, which = _closings(windows)
        until, starting = _starting_days(windows)
        later = until > lo
        return cls(
            np.append(lo, until[later]),
            np.append(np.searchsorted(days, starting[later], side="right"), len(days)),
            np.maximum.accumulate(which),
        )


def _closings(windows: Windows) -> tuple[Ints, Ints]:
    """The business days in order, and the ticks at which the last window of each closes."""
    ends, days = 2 * windows.ends[windows.business], windows.days[windows.business]
    order = np.lexsort((ends, days))
    ends, days = ends[order], days[order]
    last = np.append(days[1:] != days[:-1], True)[: len(days)]
    return days[last], ends[last]


def _starting_days(windows: Windows) -> tuple[Ints, Ints]:
    """Up to which ticks a clock starts in a window of which date, in order; where several are open, in the one that began last."""
    if (windows.starts[1:] >= windows.ends[:-1]).all():
        return 2 * windows.ends, windows.days
    found = np.array(list(_one_by_one(windows)), dtype=np.int64).reshape(-1, 2)
    return found[:, 0], found[:, 1]


def _one_by_one(windows: Windows) -> Iterator[tuple[int, int]]:
    rows = list(zip(windows.starts.tolist(), windows.ends.tolist(), windows.days.tolist(), strict=True))
    edges = sorted({edge for start, end, _ in rows for edge in (start, end)})
    waiting: list[tuple[int, int, int]] = rows[::-1]
    running: list[tuple[int, int, int]] = []
    for edge, following in pairwise(edges):
        while waiting and waiting[-1][0] <= edge:
            running.append(waiting.pop())
        while running and running[-1][1] <= edge:
            running.pop()
        if running:
            yield 2 * following, running[-1][2]
