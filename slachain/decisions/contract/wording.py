"""Dates, times, names and lists as a contract writes them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from slachain.language.describe import listed
from slachain.language.scalars import DAY, HOUR, MINUTE, BusinessDays, Time
from slachain.language.source import Span

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
UNITS = ((HOUR, "hour"), (MINUTE, "minute"), (1, "second"))


def day_words(day: date) -> str:
    """`1 January 2026`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def number(count: int, one: str) -> str:
    """`1 hour`, `2 hours`."""
    return f"{count} {one if count == 1 else one + 's'}"


def duration_words(seconds: int) -> str:
    """`1 hour 30 minutes`; nothing is rounded."""
    parts = []
    for size, name in UNITS:
        count, seconds = divmod(seconds, size)
        parts += [number(count, name)] if count else []
    return " ".join(parts) or "0 minutes"


def time_words(time: Time) -> str:
    """`3 business days`, `15 minutes`, `48 hours`."""
    return number(time.days, "business day") if isinstance(time, BusinessDays) else duration_words(time.seconds)


def notice_words(seconds: int) -> str:
    """A time in which nights and weekends count: `90 days` where it is whole days."""
    return duration_words(seconds) if seconds % DAY else number(seconds // DAY, "day")


def plain(id: str) -> str:
    """An id as words: `first-call-resolution` is `first call resolution`."""
    return " ".join(id.replace("-", " ").replace("_", " ").split()) or id


def titled(text: str) -> str:
    """The same with a capital letter in front, and the others as they are."""
    return text[:1].upper() + text[1:]


def lettered(index: int) -> str:
    """`a` to `z`, then `aa`."""
    return (lettered(index // 26 - 1) if index >= 26 else "") + chr(ord("a") + index % 26)


def places(*spans: Span | None) -> tuple[Span, ...]:
    """Those that lie in a file, each once."""
    return tuple(dict.fromkeys(span for span in spans if span is not None and span.file))


def same(text: str) -> str:
    """What makes two names one: capitals, spaces and hyphens make no difference."""
    return plain(text).casefold()


def day_ranges(days: Iterable[int]) -> str:
    """`Monday to Friday`, `Monday, Wednesday and Friday`: of weekdays, 0 for Monday."""
    runs: list[list[int]] = []
    for day in sorted(days):
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    told = [name for run in runs for name in ([DAYS[n] for n in run] if len(run) < 3 else [f"{DAYS[run[0]]} to {DAYS[run[-1]]}"])]
    return listed(told)
