"""Wall-clock times to instants: the only place where local time is turned into UTC seconds."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from slachain.language.zones import zone

EPOCH = datetime(1970, 1, 1)
SECOND = timedelta(seconds=1)
MIDNIGHT = datetime.min.time()
DAY_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(9990, 1, 1)


def instant(day: date, minutes: int, name: str, closing: bool = False) -> int:
    """UTC seconds of a wall time, in minutes after midnight of a date (1440 and more run into the next).

    A time skipped in spring is the first instant after the gap; one repeated in autumn is its first occurrence, or
    its last when it closes a window; but 24:00 is the first instant of the next date.
    """
    local = datetime.combine(day, MIDNIGHT) + timedelta(minutes=minutes)
    tz = zone(name)
    first = local.replace(tzinfo=tz, fold=0).utcoffset() or timedelta()
    second = local.replace(tzinfo=tz, fold=1).utcoffset() or timedelta()
    seconds = (local - EPOCH) // SECOND
    if second > first:
        return _after_gap(seconds - second // SECOND, seconds - first // SECOND, tz)
    return seconds - (second if closing and minutes != 1440 else first) // SECOND


def _after_gap(before: int, after: int, tz: ZoneInfo) -> int:
    """The instant at which the zone's offset changes, between two instants on either side of it."""
    target = _offset(after, tz)
    while after - before > 1:
        middle = (before + after) // 2
        before, after = (before, middle) if _offset(middle, tz) == target else (middle, after)
    return after


def _offset(seconds: int, tz: ZoneInfo) -> timedelta:
    return (EPOCH.replace(tzinfo=UTC) + timedelta(seconds=seconds)).astimezone(tz).utcoffset() or timedelta()


@lru_cache(maxsize=64)
def _midnights(year: int) -> list[datetime]:
    """On the wall, from the year's first to the third of the next: the same in all zones."""
    begins = datetime(year, 1, 1)
    return [begins + timedelta(days=day) for day in range((date(year + 1, 1, 1) - date(year, 1, 1)).days + 3)]


@lru_cache(maxsize=4096)
def steady_offsets(name: str, year: int) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """By date of a year: the zone's offset at its midnight in seconds, and whether it stays that up to the end of the next date.

    Clocks that change do not change back between two midnights, so that it is enough to look at these. (A test asks all zones for that.)
    A midnight that is repeated or skipped is first read as before the change, and the next one as after it: three midnights tell of the end.
    """
    number = (date(year + 1, 1, 1) - date(year, 1, 1)).days
    told = map(zone(name).utcoffset, _midnights(year))
    offsets = np.array([offset.days * 86400 + offset.seconds if offset else 0 for offset in told], dtype=np.int64)
    now = offsets[:number]
    return now, np.logical_and.reduce([now == offsets[later : number + later] for later in (1, 2, 3)])


def day_number(day: date) -> int:
    """A date in days since 1970."""
    return day.toordinal() - EPOCH.toordinal()


def date_of(number: int) -> date:
    """The date so many days after 1 January 1970."""
    return date.fromordinal(number + EPOCH.toordinal())


@lru_cache(maxsize=8192)
def midnight(day: date, name: str) -> int:
    """UTC seconds at which a date begins."""
    return instant(day, 0, name)


def local(seconds: int, name: str) -> datetime:
    """The wall time of an instant, with its zone."""
    return (EPOCH.replace(tzinfo=UTC) + timedelta(seconds=seconds)).astimezone(zone(name))


def date_at(seconds: int, name: str) -> date:
    """The local date of an instant."""
    return local(seconds, name).date()


def a_year_after(day: date) -> date:
    """The same date of the next year; 1 March after a 29 February."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 3, 1)


def write_instant(tick: int, name: str) -> str:
    """`Fri 23 Oct 2026 14:00:01 BST`: a tick on a wall clock, half a second told as such."""
    moment = local(tick // 2, name)
    half = ".5" if tick % 2 else ""
    return f"{write_day(moment)} {moment:%H:%M:%S}{half} {_readable(moment.tzname() or '')}"


def write_day(day: date) -> str:
    """`Fri 23 Oct 2026`."""
    return f"{DAY_NAMES[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def _readable(zone_name: str) -> str:
    return f"UTC{zone_name}" if zone_name[:1] in "+-" else zone_name


def instant_at(moment: datetime, name: str) -> int:
    """UTC seconds of a moment with an offset, or of a wall time in the zone (its first occurrence), whole seconds."""
    if moment.tzinfo is not None:
        return (moment.astimezone(UTC).replace(tzinfo=None) - EPOCH) // SECOND
    return instant(moment.date(), moment.hour * 60 + moment.minute, name) + moment.second
