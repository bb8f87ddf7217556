"""The times that people write into agreements."""

from __future__ import annotations

from collections.abc import Iterator

from slachain.language.scalars import DAY, HOUR, MINUTE, BusinessDays, Duration, Time, write_time

SHORT = (5, 10, 15, 20, 30, 45)  # minutes
HOURS = (1, 2, 3, 4, 6, 8)
LONGER_HOURS = (12, 16, 24, 36, 48, 72)  # where no business day says it better
DAYS = (1, 2, 3, 4, 5, 7, 10, 15, 20, 25, 30, 40, 60, 90, 120, 180, 250)
LONGER_DAYS = (4, 5, 7, 10, 14, 21, 30, 45, 60, 90, 120, 180, 270, 366)
ROOM = 3  # times the bound: a rung beyond leaves room for any sensible margin


def ladder(bound: int, in_days: bool) -> Iterator[Time]:
    """The rungs up to some beyond a bound in seconds; from a business day on in business days where the clock has them."""
    yield from (Duration(n * MINUTE) for n in SHORT)
    yield from (Duration(n * HOUR) for n in HOURS)
    if in_days:
        yield from (BusinessDays(n) for n in DAYS)
        return
    for seconds in (*(n * HOUR for n in LONGER_HOURS), *(n * DAY for n in LONGER_DAYS)):
        yield Duration(seconds)
        if seconds > ROOM * bound:
            return


def write_rung(time: Time) -> str:
    """A time as one would write it: `72h`, from four days on `5d`."""
    if isinstance(time, Duration) and time.seconds % DAY == 0 and time.seconds > LONGER_HOURS[-1] * HOUR:
        return f"{time.seconds // DAY}d"
    return write_time(time)
