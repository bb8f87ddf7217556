"""Two calendars, and the tickets to be timed on them: at any time, at opening and closing, around holidays and clock changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

YEAR = 2026
FIRST, LAST = datetime(YEAR, 1, 1, tzinfo=UTC), datetime(YEAR + 1, 1, 1, tzinfo=UTC)
WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


@dataclass(frozen=True, slots=True)
class Hours:
    """One window a day, on some weekdays, but for holidays."""

    name: str
    zone: str
    opens: time
    closes: time
    days: tuple[int, ...]  # Monday 0
    country: str
    subdivision: str | None
    switches: tuple[date, ...]  # when clocks are put forward and back, in YEAR

    @property
    def overnight(self) -> bool:
        """Whether a window ends on the next date."""
        return self.closes <= self.opens

    def holidays(self) -> frozenset[date]:
        """Its public holidays from a year before to two after."""
        import holidays

        years = range(YEAR - 1, YEAR + 3)
        return frozenset(holidays.country_holidays(self.country, subdiv=self.subdivision, years=years))

    def yaml(self) -> str:
        """The same in the agreement language."""
        subdivision = f", subdivision: {self.subdivision}" if self.subdivision else ""
        days = f"{WEEKDAYS[self.days[0]]}-{WEEKDAYS[self.days[-1]]}"
        hours = f'"{self.opens:%H:%M}-{self.closes:%H:%M}"'
        return f"{{timezone: {self.zone}, hours: {{{days}: {hours}}}, holidays: {{country: {self.country}{subdivision}}}}}"


OFFICE = Hours("office", "Europe/London", time(9), time(17, 30), tuple(range(5)), "GB", "ENG", (date(YEAR, 3, 29), date(YEAR, 10, 25)))
NIGHT = Hours("night", "America/New_York", time(22), time(6), tuple(range(7)), "US", None, (date(YEAR, 3, 8), date(YEAR, 11, 1)))
CALENDARS = (OFFICE, NIGHT)


@dataclass(frozen=True, slots=True)
class Ticket:
    """When it is opened and closed (UTC seconds), the hours in which it is due, and what is special about it."""

    opened: int
    closed: int
    hours: int
    kind: str

    @property
    def span(self) -> tuple[int, int]:
        """From opened to closed."""
        return self.opened, self.closed


ANY, EDGE, HOLIDAY, SWITCH = "at any time", "at opening or closing time", "around a holiday", "across a clock change"


def tickets(calendar: Hours, number: int, seed: int = 1) -> list[Ticket]:
    """So many tickets of a year, in random order: seven in ten at any time, one in ten of each other kind."""
    rng = Random(f"{seed} {calendar.name}")
    found = [_ticket(calendar, kind, rng) for kind, _ in zip(_kinds(), range(number), strict=False)]
    rng.shuffle(found)
    return found


def _kinds() -> Iterator[str]:
    while True:
        yield from (ANY, EDGE, ANY, ANY, HOLIDAY, ANY, ANY, SWITCH, ANY, ANY)


def _ticket(calendar: Hours, kind: str, rng: Random) -> Ticket:
    opened = _opened(calendar, kind, rng)
    closed = opened + rng.randint(60, 12 * 86400)
    if kind == SWITCH:
        closed = opened + rng.randint(86400, 3 * 86400)
    return Ticket(opened, closed, rng.choice((1, 2, 4, 8, 17)), kind)


def _opened(calendar: Hours, kind: str, rng: Random) -> int:
    day = date(YEAR, 1, 1) + timedelta(days=rng.randrange(340))
    if kind == EDGE:
        return _instant(calendar, day, rng.choice((calendar.opens, calendar.closes)))
    if kind == HOLIDAY:
        day = rng.choice([holiday for holiday in sorted(calendar.holidays()) if holiday.year == YEAR and holiday.month < 12])
        day -= timedelta(days=rng.randrange(3))
    if kind == SWITCH:
        day = rng.choice(calendar.switches) - timedelta(days=1)
    return _instant(calendar, day, time()) + rng.randrange(86400)


def _instant(calendar: Hours, day: date, at: time) -> int:
    return int(datetime.combine(day, at, ZoneInfo(calendar.zone)).timestamp())
