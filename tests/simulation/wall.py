"""Calendars as rows of cells, open or closed, as a clock on the wall shows them.

Time is counted in *beats*, two to a second, from the first cell, so that a worst case that comes just after a second can be
replayed. Every edge and every duration of a catalogue is a multiple of a cell, so nothing changes inside of one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import accumulate
from zoneinfo import ZoneInfo

import holidays
import numpy as np
from numpy.typing import NDArray

from slachain.language.model import Calendar, Combined, Hours
from slachain.language.scalars import BusinessDays, Time, Window
from slachain.language.zones import zone as time_zone  # the same release of the IANA database

DAY = 86_400
UNSEEN = 1 << 62  # the beat of what does not happen within sight
EPOCH = date(1970, 1, 1)

Beats = NDArray[np.int64]
Cells = NDArray[np.bool_]


def days_since_epoch(day: date) -> int:
    return (day - EPOCH).days


@lru_cache(maxsize=512)
def begins(day: date, zone: str) -> int:
    """The first second of a local date."""
    return int(datetime(day.year, day.month, day.day, tzinfo=time_zone(zone)).timestamp())


def shown(second: int, zone: ZoneInfo) -> int:
    """What a wall clock there shows at an instant, in seconds since its own 1970."""
    offset = datetime.fromtimestamp(second, UTC).astimezone(zone).utcoffset()
    assert offset is not None
    return second + int(offset.total_seconds())


@lru_cache(maxsize=64)
def wall(zone: str, first: int, cells: int, cell: int) -> Beats:
    """What a wall clock shows at the beginning of each cell; asked at each cell only on days on which it is put forward or back."""
    tz = time_zone(zone)
    per_day = DAY // cell
    found = []
    for start in range(first, first + cells * cell, DAY):
        here, there = shown(start, tz), shown(start + DAY, tz)
        if there - here == DAY:
            found.append(here + cell * np.arange(per_day, dtype=np.int64))
        else:
            found.append(np.array([shown(start + cell * i, tz) for i in range(per_day)], dtype=np.int64))
    return np.concatenate(found)[:cells]


@lru_cache(maxsize=256)
def public(country: str, subdivision: str | None, year: int) -> frozenset[date]:
    """The public holidays of a year; those of the next that are observed in this one among them."""
    years = range(year - 1, year + 2)
    return frozenset(day for day in holidays.country_holidays(country, subdiv=subdivision, years=years) if day.year == year)


@dataclass(eq=False)
class WallClock:
    """One calendar in sight."""

    open: Cells
    dated: Beats  # by cell: the date of the window that began last, -1 where closed
    closings: list[tuple[int, int]]  # business days and the beats at which they close, in order
    cell: int  # beats
    before: Beats = field(init=False)
    following: Beats = field(init=False)
    days: Beats = field(init=False)
    ends: Beats = field(init=False)

    def __post_init__(self) -> None:
        self.before = np.concatenate(([0], np.cumsum(self.open, dtype=np.int64)))
        places = np.where(self.open, np.arange(len(self.open)), len(self.open))
        self.following = np.minimum.accumulate(places[::-1])[::-1]
        self.days = np.array([day for day, _ in self.closings], dtype=np.int64)
        self.ends = np.array([end for _, end in self.closings], dtype=np.int64)

    def run(self, at: Beats) -> Beats:
        """Beats for which the clock has run since the first cell; what is out of sight counts as the end of sight."""
        at = np.minimum(at, len(self.open) * self.cell)
        which = at // self.cell
        part = np.append(self.open, False)[which] * (at % self.cell)
        return np.asarray(self.before[which] * self.cell + part, dtype=np.int64)

    def spent(self, start: Beats, end: Beats) -> Beats:
        """For how many beats the clock runs between two instants."""
        return self.run(end) - self.run(start)

    def after(self, start: Beats, time: Time) -> Beats:
        """The first beat at which so much time has been spent; UNSEEN where that is out of sight."""
        if isinstance(time, BusinessDays):
            return self.after_days(start, time.days)
        if time.seconds == 0:
            return start
        wanted = self.run(start) + 2 * time.seconds
        which = np.searchsorted(self.before[1:] * self.cell, wanted, side="left")
        seen = (which < len(self.open)) & (start < UNSEEN)
        which = np.minimum(which, len(self.open) - 1)
        return np.where(seen, which * self.cell + wanted - self.before[which] * self.cell, UNSEEN)

    def after_days(self, start: Beats, days: int) -> Beats:
        """The close of the n-th business day after the date in whose window the clock starts."""
        cells = np.minimum(start // self.cell, len(self.open) - 1)
        first = self.following[cells]
        seen = (first < len(self.open)) & (start < len(self.open) * self.cell)
        day = self.dated[np.minimum(first, len(self.open) - 1)]
        nth = np.searchsorted(self.days, day, side="right") + days - 1
        seen &= nth < len(self.days)
        return np.where(seen, self.ends[np.minimum(nth, len(self.ends) - 1)] if len(self.ends) else UNSEEN, UNSEEN)

    def days_spent(self, start: Beats, end: Beats, most: int = 200) -> Beats:
        """The least number of business days at whose close it is over; UNSEEN for what is over out of sight."""
        found = np.where(end >= UNSEEN, UNSEEN, 0)
        days = 1
        while (waiting := found == 0).any() and days <= most:
            found = np.where(waiting & (end <= self.after_days(start, days)), days, found)
            days += 1
        return np.where(found == 0, UNSEEN, found)


@dataclass(eq=False)
class Sight:
    """The stretch of time that is simulated: so many cells of so many seconds from a first second, a midnight in UTC."""

    calendars: Mapping[str, Calendar]
    first: int
    cells: int
    seconds: int
    known: dict[str, WallClock] = field(default_factory=dict)

    def beat(self, second: int) -> int:
        return 2 * (second - self.first)

    @property
    def end(self) -> int:
        """The beat at which sight ends."""
        return 2 * self.seconds * self.cells

    def clock(self, id: str) -> WallClock:
        if id not in self.known:
            body = self.calendars[id].body
            self.known[id] = self.by_hours(body) if isinstance(body, Hours) else self.combined(id, body)
        return self.known[id]

    def zone(self, id: str) -> str:
        body = self.calendars[id].body
        assert isinstance(body, Hours | Combined)
        if isinstance(body, Hours) or body.timezone:
            return str(body.timezone)
        return self.zone(body.members[0].value)

    def by_hours(self, body: Hours) -> WallClock:
        """A window is open once the wall clock has shown its beginning, for as long as it will show less than its end again."""
        shows = wall(body.timezone, self.first, self.cells, self.seconds)
        has_shown = np.maximum.accumulate(shows)
        will_show = np.minimum.accumulate(shows[::-1])[::-1]
        open, dated = np.zeros(self.cells, dtype=np.bool_), np.full(self.cells, -1, dtype=np.int64)
        closings: dict[int, int] = {}
        windows = [(day, window) for day in range(int(shows[0]) // DAY - 1, int(shows[-1]) // DAY + 2) for window in on(body, day)]
        for day, window in sorted(windows, key=lambda w: (w[0] * 1440 + w[1].opens, w[1].closes)):
            start = int(np.searchsorted(has_shown, day * DAY + window.opens * 60, side="left"))
            stop = int(np.searchsorted(will_show, day * DAY + window.closes * 60, side="left"))
            if start < stop:
                open[start:stop], dated[start:] = True, day
                if body.business_days is None or (day + 3) % 7 in body.business_days:
                    closings[day] = max(closings.get(day, 0), 2 * self.seconds * stop)
        days = sorted(closings)
        ends = accumulate((closings[day] for day in days), max)  # none ends before an earlier one
        return WallClock(open, np.where(open, dated, -1), list(zip(days, ends, strict=True)), 2 * self.seconds)

    def combined(self, id: str, body: object) -> WallClock:
        assert isinstance(body, Combined)
        rows = [self.clock(member.value).open for member in body.members]
        open = ~rows[0] if body.how == "not" else (np.any if body.how == "any_of" else np.all)(rows, axis=0)
        dates = wall(self.zone(id), self.first, self.cells, self.seconds) // DAY
        last = {int(day): i for i, day in enumerate(dates) if open[i]}
        closings = sorted((day, 2 * self.seconds * (i + 1)) for day, i in last.items())
        return WallClock(open, np.where(open, dates, -1), closings, 2 * self.seconds)


def on(body: Hours, number: int) -> tuple[Window, ...]:
    """The windows that begin on a date."""
    day = EPOCH + timedelta(number)
    if (body.opens_on and day < body.opens_on) or (body.closes_after and day > body.closes_after):
        return ()
    for other, windows in body.exceptions:
        if other == day:
            return windows
    return () if off(body, day) else body.week[day.weekday()]


def off(body: Hours, day: date) -> bool:
    """Whether a date is a holiday there."""
    named = body.holidays
    if named is None or day in [written.value for written in named.remove]:
        return False
    if day in [written.value for written in named.add]:
        return True
    subdivision = named.subdivision.value if named.subdivision else None
    return named.country is not None and day in public(named.country.value, subdivision, day.year)
