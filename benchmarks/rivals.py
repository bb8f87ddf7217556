"""Other libraries' answers to the same questions, asked as their documentation says; None where one does not answer it.

`businesstimedelta` 1.0 (elapsed, due), `business-duration` 0.68 (elapsed), pandas' `CustomBusinessHour` (due, in whole hours).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.util import find_spec
from typing import Any
from zoneinfo import ZoneInfo

from benchmarks.instants import WEEKDAYS, Hours, Ticket

Answer = Callable[[Ticket], int]  # seconds elapsed, or the instant at which it is due


@dataclass(frozen=True, slots=True)
class Rival:
    """A library that answers a question, made ready for a calendar."""

    name: str
    module: str
    question: str  # elapsed or due
    prepared: Callable[[Hours], Answer]

    @property
    def installed(self) -> bool:
        """Whether it can be imported."""
        return find_spec(self.module) is not None


def rivals() -> Iterator[Rival]:
    """All of them, installed or not."""
    yield Rival("businesstimedelta", "businesstimedelta", "elapsed", _delta_elapsed)
    yield Rival("business-duration", "business_duration", "elapsed", _duration_elapsed)
    yield Rival("businesstimedelta", "businesstimedelta", "due", _delta_due)
    yield Rival("pandas CustomBusinessHour", "pandas", "due", _pandas_due)


def _rules(calendar: Hours) -> Any:
    import businesstimedelta
    import pytz

    zone = pytz.timezone(calendar.zone)
    work = businesstimedelta.WorkDayRule(calendar.opens, calendar.closes, list(calendar.days), tz=zone)
    return businesstimedelta.Rules([work, businesstimedelta.HolidayRule(calendar.holidays(), tz=zone)])


def _delta_elapsed(calendar: Hours) -> Answer:
    rules = _rules(calendar)

    def elapsed(ticket: Ticket) -> int:
        return int(rules.difference(_utc(ticket.opened), _utc(ticket.closed)).timedelta.total_seconds())

    return elapsed


def _delta_due(calendar: Hours) -> Answer:
    import businesstimedelta

    rules = _rules(calendar)

    def due(ticket: Ticket) -> int:
        return int((_utc(ticket.opened) + businesstimedelta.BusinessTimeDelta(rules, hours=ticket.hours)).timestamp())

    return due


def _duration_elapsed(calendar: Hours) -> Answer:
    from business_duration import businessDuration

    zone, off = ZoneInfo(calendar.zone), calendar.holidays()
    weekend = [day for day in range(7) if day not in calendar.days]

    def elapsed(ticket: Ticket) -> int:
        shown = [datetime.fromtimestamp(instant, zone).replace(tzinfo=None) for instant in ticket.span]  # it takes no zones
        return int(businessDuration(shown[0], shown[1], calendar.opens, calendar.closes, weekend, off, "sec"))

    return elapsed


def _pandas_due(calendar: Hours) -> Answer:
    import pandas

    mask = " ".join(WEEKDAYS[day].capitalize() for day in calendar.days)
    offsets = {
        hours: pandas.offsets.CustomBusinessHour(
            hours, start=calendar.opens, end=calendar.closes, weekmask=mask, holidays=sorted(calendar.holidays())
        )
        for hours in (1, 2, 4, 8, 17)
    }

    def due(ticket: Ticket) -> int:
        return int((pandas.Timestamp(ticket.opened, unit="s", tz=calendar.zone) + offsets[ticket.hours]).timestamp())

    return due


def _utc(instant: int) -> datetime:
    return datetime.fromtimestamp(instant, UTC)
