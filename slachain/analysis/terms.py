"""When agreements are in force, and when they are to be reviewed: arithmetic on local dates (section 11).

Dates of different agreements are compared as they are written, whatever their time zones: two terms that end on the same
date end together.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import lru_cache

from slachain.analysis.promises import ONE_DAY
from slachain.clocks.wall import a_year_after
from slachain.language.model import Review, Term, Written
from slachain.language.scalars import BusinessDays, Duration, Time
from slachain.language.values import dataclass

MONTHS_IN = {"month": 1, "year": 12}
DAYS_IN = {"day": 1, "week": 7}


@dataclass(frozen=True, slots=True, order=True)
class Days:
    """Whole days from the first to the last, both inclusive; never empty."""

    first: date
    last: date

    def __str__(self) -> str:
        """`on 2026-07-01`, `from 2026-07-01 to 2026-12-31`."""
        return f"on {self.first}" if self.first == self.last else f"from {self.first} to {self.last}"


def days_promised(term: Term, as_of: date) -> Days:
    """The days on which a promise that is not over has to be kept: to its last, or for a year where it names none."""
    first = max(as_of, term.opens.value) if term.opens else as_of
    return Days(first, term.closes.value if term.closes else a_year_after(first) - ONE_DAY)


def uncovered(term: Term, days: Days) -> Iterator[tuple[Written[date], Days]]:
    """The stretches of some days that lie outside a term, each with the date of the term that leaves it out."""
    if term.opens and term.opens.value > days.first:
        yield term.opens, Days(days.first, min(term.opens.value - ONE_DAY, days.last))
    if term.closes and term.closes.value < days.last:
        yield term.closes, Days(max(term.closes.value + ONE_DAY, days.first), days.last)


def merged(stretches: Iterable[Days]) -> tuple[Days, ...]:
    """The same days as stretches in order that neither overlap nor touch."""
    found: list[Days] = []
    for days in sorted(stretches):
        if found and days.first - ONE_DAY <= found[-1].last:
            found[-1] = Days(found[-1].first, max(found[-1].last, days.last))
        else:
            found.append(days)
    return tuple(found)


def shorter(one: Time, other: Time) -> bool:
    """Whether a time is shorter than another; never of times told in different units."""
    if isinstance(one, BusinessDays) and isinstance(other, BusinessDays):
        return one.days < other.days
    return isinstance(one, Duration) and isinstance(other, Duration) and one.seconds < other.seconds


def next_review(review: Review) -> date | None:
    """The last day for the next review, or None where the last one or the interval is not written."""
    return add(review.last.value, *review.every.value) if review.last and review.every else None


@lru_cache(maxsize=4096)
def add(day: date, count: int, unit: str) -> date:
    """So many days, weeks, months or years later; the last day of the month where it has no such day, the last date there is at most."""
    if unit in DAYS_IN:
        return day + min(timedelta(days=count * DAYS_IN[unit]), date.max - day)
    year, month = divmod(day.year * 12 + day.month - 1 + count * MONTHS_IN[unit], 12)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
