"""Calendars by hours of the week as windows, a year of dates at a time (section 3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from slachain.clocks.intervals import Intervals, Ints
from slachain.clocks.wall import FIRST_DAY, LAST_DAY, date_of, day_number, instant, steady_offsets
from slachain.language.model import Hours
from slachain.language.public_holidays import closed_dates
from slachain.language.scalars import Window
from slachain.language.values import dataclass, replace

DAY = 86400


@dataclass(frozen=True, slots=True, eq=False)
class Windows:
    """Open windows of UTC seconds by start and end, the dates they belong to (in days since 1970), and which of those are business days."""

    starts: Ints
    ends: Ints
    days: Ints
    business: NDArray[np.bool_]

    @classmethod
    def of(cls, rows: Iterable[tuple[int, int, int, bool]]) -> Windows:
        """From rows in any order."""
        array = np.array(list(rows), dtype=np.int64).reshape(-1, 4)
        return cls.joined([cls(array[:, 0], array[:, 1], array[:, 2], array[:, 3] == 1)])

    @classmethod
    def joined(cls, parts: list[Windows]) -> Windows:
        """All the windows of some; of windows with the same start and end the first comes first."""
        starts, ends = np.concatenate([part.starts for part in parts]), np.concatenate([part.ends for part in parts])
        days, business = np.concatenate([part.days for part in parts]), np.concatenate([part.business for part in parts])
        order = np.lexsort((ends, starts))
        return cls(starts[order], ends[order], days[order], business[order])

    def within(self, first: int, last: int) -> Windows:
        """Those of the dates from the first to the last."""
        kept = (first <= self.days) & (self.days <= last)
        return Windows(self.starts[kept], self.ends[kept], self.days[kept], self.business[kept])

    def as_bytes(self) -> tuple[bytes, ...]:
        """All of them, soon compared."""
        return tuple([column.tobytes() for column in (self.starts, self.ends, self.days, self.business)])

    @property
    def open(self) -> Intervals:
        """When any of them is open."""
        return Intervals.together(self.starts, self.ends)


def windows_of_years(body: Hours, years: Sequence[int]) -> Windows:
    """Every window that begins on a date of some years, whole: found once for all calendars that say the same."""
    closed = closed_dates(body.holidays, years)
    return _windows(replace(body, holidays=None) if body.holidays else body, closed, tuple(years))


@lru_cache(maxsize=512)
def _windows(body: Hours, closed: frozenset[date], years: tuple[int, ...]) -> Windows:
    """The same, where these dates are closed whatever the week says.

    Most dates are like any other of their weekday, and the zone's offset is the same from their midnight to the end of the next date: their windows are
    found all at once. The others, on which clocks change or that the calendar names, are looked at one by one.
    """
    dates = dates_of(body.timezone, years)
    first, last = max(FIRST_DAY, body.opens_on or FIRST_DAY), min(LAST_DAY, body.closes_after or LAST_DAY)
    inside = slice(*dates.days.searchsorted([day_number(first), day_number(last) + 1]))
    days, midnights, weekdays, usual = dates.days[inside], dates.midnights[inside], dates.weekdays[inside], dates.steady[inside].copy()
    exceptions = dict(body.exceptions)
    named = np.array([day_number(day) for day in (*closed, *exceptions)], dtype=np.int64)
    usual &= ~np.isin(days, named)
    business = np.array([_business(body, weekday) for weekday in range(7)])[weekdays]
    parts = []
    for windows in dict.fromkeys(body.week):
        mine = usual & np.array([windows == of_day for of_day in body.week])[weekdays]
        begins = midnights[mine]
        parts += [Windows(begins + 60 * w.opens, begins + 60 * w.closes, days[mine], business[mine]) for w in windows]
    others = (date_of(day) for day in days[~usual].tolist())
    at_hours = ((day, exceptions.get(day, () if day in closed else body.week[day.weekday()])) for day in others)
    return Windows.joined([*parts, Windows.of(row for day, windows in at_hours for row in windows_on(body, day, windows))])


@dataclass(frozen=True, slots=True, eq=False)
class Dates:
    """Dates in a zone in order, in days since 1970: the UTC seconds of their midnights, their weekdays from Monday on, and which are `steady`.

    On these the zone's offset stays the same from midnight to the end of the next date.
    """

    days: Ints
    midnights: Ints
    weekdays: Ints
    steady: NDArray[np.bool_]


@lru_cache(maxsize=1024)
def dates_of(zone: str, years: tuple[int, ...]) -> Dates:
    """The dates of some years: the same for all calendars of a zone."""
    days = np.concatenate([np.arange(day_number(date(year, 1, 1)), day_number(date(year, 12, 31)) + 1) for year in years])
    found = [steady_offsets(zone, year) for year in years]
    offsets, steady = np.concatenate([offsets for offsets, _ in found]), np.concatenate([steady for _, steady in found])
    return Dates(days, days * DAY - offsets, (days + 3) % 7, steady)  # 1 January 1970 was a Thursday


def windows_on(body: Hours, day: date, windows: tuple[Window, ...]) -> Iterator[tuple[int, int, int, bool]]:
    """The windows of one date, by the clock on the wall; one that the change of the clocks leaves nothing of is dropped."""
    for window in windows:
        start = instant(day, window.opens, body.timezone)
        end = instant(day, window.closes, body.timezone, closing=True)
        if start < end:
            yield start, end, day_number(day), _business(body, day.weekday())


def _business(body: Hours, weekday: int) -> bool:
    return body.business_days is None or weekday in body.business_days
