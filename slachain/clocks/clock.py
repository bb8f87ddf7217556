"""A clock: one calendar over one view of time, as curves of elapsed and due (sections 2 and 3)."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import partial

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
        lasting = xs < np.append(xs[1:], hi)
        self.elapsed = Curve(xs[lasting], values[lasting], slopes[lasting], hi)
        rises = np.append(np.ones_like(starts), 0)
        self._inverse = Curve(before + 1, np.append(starts + 1, self.after), rises, BEYOND)  # asked for no less than one tick

    @classmethod
    def of(cls, calendars: Calendars, id: str, view: View) -> Clock:
        """The clock of a calendar over a view."""
        return cls(calendars.open(id, view.lo, view.hi), view, _after(calendars, id, view), partial(calendars.dated, id, view.lo, view.hi))

    @staticmethod
    def face(calendars: Calendars, id: str, view: View) -> Hashable:
        """All that the clock of a calendar shows over a view: the clocks of two calendars with the same face are the same in everything."""
        return _after(calendars, id, view), calendars.written_out(id, view.lo, view.hi)

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


@dataclass(frozen=True, slots=True, eq=False)
class BusinessDayTable:
    """Closes of business in ticks, in order; and from each of `starts` on, the index of the first that follows.

    A clock asked at tick x starts in the window of some date, where several overlap in the one that began last; its first business day after that
    date closes at `closes[following[i]]`, with i the last of `starts` not after x.
    """

    starts: Ints
    following: Ints
    closes: Ints

    @classmethod
    def of(cls, windows: Windows, lo: int) -> BusinessDayTable:
        """From windows in order, looked at from tick `lo` on."""
        days, closes = _closings(windows)
        reach = np.maximum.accumulate(windows.ends)
        begins = 2 * np.append(np.minimum(windows.starts[1:], reach[:-1]), reach[-1:])  # of what follows each window
        later = begins > lo
        return cls(
            np.append(lo, begins[later]),
            np.append(np.searchsorted(days, windows.days[later], side="right"), len(days)),
            np.maximum.accumulate(closes),
        )


def _closings(windows: Windows) -> tuple[Ints, Ints]:
    """The business days in order, and the ticks at which the last window of each closes."""
    ends, days = 2 * windows.ends[windows.business], windows.days[windows.business]
    order = np.lexsort((ends, days))
    ends, days = ends[order], days[order]
    last = np.append(days[1:] != days[:-1], True)[: len(days)]
    return days[last], ends[last]
