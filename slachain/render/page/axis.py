"""A line of time: where instants lie on it, what stretches of it are drawn, and the calendar along it.

Places are per cent of the picture's width; instants are UTC seconds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta

from slachain.clocks.wall import DAY_NAMES, MONTHS, date_at, instant, local, midnight
from slachain.decisions.report import Instant
from slachain.language.values import dataclass, replace

NARROWEST = 0.25  # per cent: closed stretches below this are not drawn
MOST_LINES = 8
MINUTE, DAY = 60, 86400
MINUTE_STEPS = (1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720)

Open = tuple[tuple[Instant, Instant], ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the line, in per cent from the left; `kind` is closed, promised, late, works, waits or unbounded."""

    kind: str
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class GridLine:
    """A line of the calendar; `label` is empty where there is no room for one, `phone` says whether a phone has some."""

    x: float
    label: str
    phone: bool
    day: bool


@dataclass(frozen=True, slots=True)
class Axis:
    """The stretch of time that is shown, in UTC seconds, and the zone whose dates stand along it."""

    start: int
    end: int
    zone: str

    def x(self, seconds: int) -> float:
        """Per cent from the left."""
        return round(100 * (min(max(seconds, self.start), self.end) - self.start) / (self.end - self.start), 2)

    def stretch(self, kind: str, start: int, end: int, at_least: float = 0) -> Stretch:
        """A part of the line, wide enough to be seen."""
        width = max(self.x(end) - self.x(start), at_least)
        return Stretch(kind, round(min(self.x(start), 100 - width), 2), round(width, 2))


# --- stretches -------------------------------------------------------------------------------------------------------


def joined(open: Open, axis: Axis) -> list[tuple[int, int]]:
    """Open stretches inside the picture, those apart by less than can be drawn made one."""
    found: list[tuple[int, int]] = []
    for first, last in open:
        start, end = max(first.tick // 2, axis.start), min(last.tick // 2, axis.end)
        if start < end and found and not too_long_to_hide(found[-1][1], start, axis):
            found[-1] = (found[-1][0], end)
        elif start < end:
            found.append((start, end))
    return found


def too_long_to_hide(start: int, end: int, axis: Axis) -> bool:
    """Whether a closed stretch is wide enough to be drawn."""
    return 100 * (end - start) >= NARROWEST * (axis.end - axis.start)


def hides(open: Open, axis: Axis) -> bool:
    """Whether some closed stretch is too short to be drawn."""
    inside = [(a.tick // 2, b.tick // 2) for a, b in open if b.tick // 2 > axis.start and a.tick // 2 < axis.end]
    return len(inside) > len(joined(open, axis))


def closed(drawn: Iterable[tuple[int, int]], axis: Axis) -> Iterator[Stretch]:
    """What lies between the open stretches."""
    at = axis.start
    for start, end in (*drawn, (axis.end, axis.end)):
        shut = axis.stretch("closed", at, max(start, at))
        if shut.width:
            yield shut
        at = end


def within(drawn: Iterable[tuple[int, int]], start: int, end: int, kind: str, axis: Axis, *, at_least: float = 0) -> Iterator[Stretch]:
    """The open stretches between two instants, but for those too short to be seen; none narrower than `at_least`."""
    room = max(axis.x(end), axis.x(start) + at_least)
    for first, last in drawn:
        if max(first, start) < min(last, end):
            found = axis.stretch(kind, max(first, start), min(last, end), at_least)
            if found.width:
                yield replace(found, x=round(max(min(found.x, room - found.width), 0), 2))


# --- the calendar along it -------------------------------------------------------------------------------------------

# How many days apart, on which dates, and the label's form; the first that gives few enough lines is taken.
DateRule = tuple[int, Callable[[date], bool], Callable[[date], str]]


def day_label(day: date) -> str:
    """`Sat 24 Oct`."""
    return f"{DAY_NAMES[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"


def month_label(day: date) -> str:
    """`Oct 2026`."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def _years(apart: int) -> DateRule:
    return 366 * apart, lambda day: day.month == day.day == 1 and day.year % apart == 0, lambda day: str(day.year)


def _months(apart: int) -> DateRule:
    return 31 * apart, lambda day: day.day == 1 and day.month % apart == 1 % apart, month_label


DATE_RULES: tuple[DateRule, ...] = (
    (1, lambda day: True, day_label),
    (2, lambda day: day.toordinal() % 2 == 0, day_label),
    (7, lambda day: day.weekday() == 0, day_label),
    (14, lambda day: day.toordinal() % 14 == 1, day_label),
    *(_months(apart) for apart in (1, 2, 3, 6)),
    *(_years(apart) for apart in (1, 2, 5, 10, 20, 50)),
)


def grid_of(axis: Axis) -> Iterator[GridLine]:
    """Lines at minutes, hours, days, weeks, months or years of the axis's zone, as its length asks for."""
    found = [(moment, text, day) for moment, text, day in _moments(axis) if axis.start < moment < axis.end]
    for number, (moment, text, day) in enumerate(found):
        x = axis.x(moment)
        spaced = len(found) <= 4 or number % 2 == 0
        yield GridLine(x, text if 5 <= x <= 95 else "", spaced and 11 <= x <= 89, day)


def _moments(axis: Axis) -> Iterator[tuple[int, str, bool]]:
    most = axis.end - axis.start
    days = list(_days(axis))
    for step in MINUTE_STEPS:
        if most <= MOST_LINES * step * MINUTE:
            yield from _times(axis, days, step)
            return
    _, takes, write = next((rule for rule in DATE_RULES if most <= MOST_LINES * rule[0] * DAY), DATE_RULES[-1])
    yield from ((midnight(day, axis.zone), write(day), True) for day in days if takes(day))


def _days(axis: Axis) -> Iterator[date]:
    day, last = date_at(axis.start, axis.zone), date_at(axis.end, axis.zone)
    while day <= last:
        yield day
        day += timedelta(days=1)


def _times(axis: Axis, days: Iterable[date], step: int) -> Iterator[tuple[int, str, bool]]:
    # A wall time that the clocks skip is the instant after the gap: two of them may be one line, told by what it then is.
    at = {instant(day, minutes, axis.zone): minutes == 0 for day in days for minutes in range(0, 24 * 60, step)}
    for moment, begins_day in sorted(at.items()):
        then = local(moment, axis.zone)
        yield moment, day_label(then.date()) if begins_day else f"{then:%H:%M}", begins_day
