"""A calendar's usual week, minute by minute, holidays and exceptions left aside.

A set of minutes is one whole number with a bit for each minute of the week, so that uniting and intersecting are `|` and `&`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby

from slachain.clocks.calendars import Calendars
from slachain.clocks.wall import local, midnight
from slachain.decisions.contract.nouns import OPEN, SOME, Stretch, Week
from slachain.language.model import Calendar, Combined, Hours
from slachain.language.scalars import Window
from slachain.language.values import replace

DAY, WEEK = 1440, 7 * 1440
WEEKS = 52
SECONDS = 7 * 86400


def usual_week(calendars: Calendars, id: str, name: str, first: date) -> Week:
    """The week of a calendar; one made of others is looked at for the year from the Monday of that date."""
    body = calendars.definitions[id].body
    zone = calendars.zone(id)
    if isinstance(body, Hours):
        always = _written(body.week)
        return Week(name, zone, _days(always, always))
    stripped = Calendars({key: _stripped(calendar) for key, calendar in calendars.definitions.items()})
    masks = list(_masks(stripped, id, zone, first - timedelta(days=first.weekday())))
    always, ever = masks[0], masks[0]
    for mask in masks[1:]:
        always, ever = always & mask, ever | mask
    return Week(name, zone, _days(always, ever))


def _stripped(calendar: Calendar) -> Calendar:
    body = calendar.body
    if not isinstance(body, Hours):
        return calendar
    return replace(calendar, body=replace(body, holidays=None, exceptions=(), opens_on=None, closes_after=None))


def _written(week: tuple[tuple[Window, ...], ...]) -> int:
    """The minutes of windows as they are written; one of a Sunday may run into Monday."""
    mask = 0
    for day, windows in enumerate(week):
        for window in windows:
            mask |= _bits(day * DAY + window.opens, day * DAY + window.closes)
    return (mask | mask >> WEEK) & _bits(0, WEEK)


def _bits(start: int, end: int) -> int:
    return ((1 << end - start) - 1) << start if end > start else 0


def _masks(calendars: Calendars, id: str, zone: str, monday: date) -> Iterator[int]:
    """The local minutes of each week; of a week in which some clock is changed only where there is no other."""
    zones = {zone, *_zones(calendars, id)}
    days = [monday + timedelta(weeks=n) for n in range(WEEKS)]
    starts = [midnight(day, zone) for day in days]
    quiet = [start for start in starts if all(_offset(start, z) == _offset(start + SECONDS, z) for z in zones)]
    for start in quiet or starts:
        open = calendars.open(id, start, start + SECONDS)
        mask = 0
        for opens, closes in open.pairs():
            mask |= _bits((opens - start) // 60, min(-(-(closes - start) // 60), WEEK))
        yield mask


def _zones(calendars: Calendars, id: str) -> Iterator[str]:
    body = calendars.definitions[id].body
    yield calendars.zone(id)
    for member in body.members if isinstance(body, Combined) else ():
        yield from _zones(calendars, member.value)


def _offset(seconds: int, zone: str) -> timedelta:
    return local(seconds, zone).utcoffset() or timedelta()


def _days(always: int, ever: int) -> tuple[tuple[Stretch, ...], ...]:
    return tuple(tuple(_stretches(always >> day * DAY, ever >> day * DAY)) for day in range(7))


def _stretches(always: int, ever: int) -> Iterator[Stretch]:
    def kind(minute: int) -> str:
        return OPEN if always >> minute & 1 else SOME if ever >> minute & 1 else ""

    for found, minutes in groupby(range(DAY), key=kind):
        run = list(minutes)
        if found:
            yield Stretch(found, run[0], run[-1] + 1)
