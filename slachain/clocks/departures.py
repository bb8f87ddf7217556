"""What is out of the ordinary between two instants: public holidays, exceptions, clocks that change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from slachain.clocks.calendars import Calendars
from slachain.clocks.wall import date_at, local
from slachain.language.model import Combined, Hours
from slachain.language.public_holidays import closed_dates, holiday_name
from slachain.language.values import dataclass

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Departure:
    """A date and what is different on it."""

    day: date
    what: str


def departures(calendars: Calendars, id: str, start: int, end: int) -> list[Departure]:
    """Holidays and exceptions that take or change hours of a calendar between two instants (UTC seconds).

    Of calendars that stand in for one another (`any_of`), only what all of them have that day.
    """
    body = calendars.definitions[id].body
    if isinstance(body, Hours):
        return list(_of_hours(body, start, end))
    if not isinstance(body, Combined) or body.how == "not":
        return []
    found = [departures(calendars, member.value, start, end) for member in body.members]
    days = [{departure.day for departure in of_member} for of_member in found]
    shared = set.intersection(*days) if body.how == "any_of" else set.union(*days)
    return [departure for of_member in found for departure in of_member if departure.day in shared]


def _of_hours(body: Hours, start: int, end: int) -> Iterator[Departure]:
    first, last = date_at(start, body.timezone), date_at(end, body.timezone)
    closed = closed_dates(body.holidays, range(first.year, last.year + 1))
    exceptions = dict(body.exceptions)
    day = first
    while day <= last:
        ordinary = body.week[day.weekday()]
        if day in exceptions and exceptions[day] != ordinary:
            yield Departure(day, "other hours" if exceptions[day] else "closed")
        elif day in closed and ordinary and day not in exceptions:
            yield Departure(day, holiday_name(body.holidays, day) if body.holidays else "closed")
        day += ONE_DAY


def clock_changes(zone: str, start: int, end: int) -> list[Departure]:
    """The dates between two instants on which a zone's clocks go back or forward."""
    found = []
    day, last = date_at(start, zone), date_at(end, zone)
    while day <= last:
        before, after = (local(_noon(d), zone).utcoffset() or timedelta() for d in (day - ONE_DAY, day))
        if after != before:
            found.append(Departure(day, "the clocks go back" if after < before else "the clocks go forward"))
        day += ONE_DAY
    return found


def _noon(day: date) -> int:
    return (day - date(1970, 1, 1)).days * 86400 + 43200
