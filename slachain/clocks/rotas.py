"""On-call rotas: the events of an iCalendar file as open time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from slachain.clocks.intervals import Intervals
from slachain.clocks.wall import EPOCH, SECOND, midnight
from slachain.language.rotas import read_rota
from slachain.language.values import dataclass, replace
from slachain.language.zones import zone

EARLIEST, ONE_YEAR = datetime(1970, 1, 1, tzinfo=UTC), timedelta(days=366)
LAST = datetime(9000, 1, 1, tzinfo=UTC)  # what recurs most often, 5,000 years from 2199 on, is over by then
ZONES_APART = timedelta(days=3)  # more than floating times are away from UTC
Times = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Rota:
    """The events of a file, the zone that floating times and whole days are read in, and when its last event ends.

    `cancelled` is whether any event is. Where none is, a time that an event is on at is no more than its beginning and end, and
    making an event of it, which takes three times as long, is left out.
    """

    events: Any
    zone: str
    cancelled: bool
    ends: int | None

    @classmethod
    def parse(cls, content: bytes, timezone: str | None) -> Rota:
        """The rota of a file that the loader has found readable, in the zone that it names itself; in this one, else in UTC, if it names none."""
        calendar, events = read_rota(content)
        name = str(calendar.get("X-WR-TIMEZONE") or timezone or "UTC")
        cancelled = not all(_counts(event) for event in calendar.walk("VEVENT"))
        found = cls(events, name, cancelled, None)
        return found if _endless(calendar) else replace(found, ends=found.last_end())

    def open(self, lo: int, hi: int) -> Intervals:
        """When an event is on, from `lo` to before `hi`, in UTC seconds."""
        return Intervals.of(_stretch(times, self.zone) for times in self.times(_utc(lo), _utc(hi))).clipped(lo, hi)

    def times(self, lo: datetime, hi: datetime) -> Iterator[Times]:
        """When events begin and end that are on from `lo` to before `hi`, and not cancelled."""
        if self.cancelled:
            yield from ((event.start, event.end) for event in self.events.between(lo, hi) if _counts(event))
        else:
            yield from ((one.start, one.end) for series in self.events.series for one in series.between(lo, hi))

    def last_end(self) -> int:
        """When the last event ends; long ago where there is none. Sought from the end, further and further back."""
        first = LAST
        while first > EARLIEST:
            first = max(EARLIEST, LAST - 2 * (LAST - first) - ONE_YEAR)
            if next(self.times(first, LAST), None):
                return max(_stretch(times, self.zone)[1] for times in self.times(first - ZONES_APART, LAST))
        return midnight(date(1900, 1, 1), "UTC")


def _utc(seconds: int) -> datetime:
    return EPOCH.replace(tzinfo=UTC) + timedelta(seconds=seconds)


def _counts(event: Any) -> bool:
    return str(event.get("STATUS", "")).upper() != "CANCELLED"


def _stretch(times: Times, name: str) -> tuple[int, int]:
    return _seconds(times[0], name), _seconds(times[1], name)


def _seconds(moment: date, name: str) -> int:
    if not isinstance(moment, datetime):
        return midnight(moment, name)
    aware = moment if moment.tzinfo else moment.replace(tzinfo=zone(name))
    return (aware.astimezone(UTC).replace(tzinfo=None) - EPOCH) // SECOND


def _endless(calendar: Any) -> bool:
    """Whether an event recurs without an end."""
    rules = [rule for event in calendar.walk("VEVENT") for rule in _rules(event)]
    return any("UNTIL" not in rule and "COUNT" not in rule for rule in rules)


def _rules(event: Any) -> list[Any]:
    rule = event.get("RRULE")
    return [] if rule is None else rule if isinstance(rule, list) else [rule]
