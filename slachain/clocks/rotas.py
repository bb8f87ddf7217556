"""On-call rotas: the events of an iCalendar file as open time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from slachain.clocks.intervals import Intervals
from slachain.clocks.wall import EPOCH, SECOND, midnight
from slachain.language.rotas import read_rota
from slachain.language.values import dataclass
from slachain.language.zones import zone

FAR = datetime(2200, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Rota:
    """A parsed file, the zone that floating times and whole days are read in, and when its last event ends."""

    calendar: Any
    zone: str
    ends: int | None

    @classmethod
    def parse(cls, content: bytes, timezone: str | None) -> Rota:
        """The rota of a file that the loader has found readable."""
        calendar = read_rota(content)
        name = timezone or str(calendar.get("X-WR-TIMEZONE") or "UTC")
        return cls(calendar, name, _last_end(calendar, name))

    def open(self, lo: int, hi: int) -> Intervals:
        """When an event is on, from `lo` to before `hi`, in UTC seconds."""
        import recurring_ical_events

        events = recurring_ical_events.of(self.calendar).between(_utc(lo), _utc(hi))
        return Intervals.of(_stretch(event, self.zone) for event in events if _counts(event)).clipped(lo, hi)


def _utc(seconds: int) -> datetime:
    return EPOCH.replace(tzinfo=UTC) + timedelta(seconds=seconds)


def _counts(event: Any) -> bool:
    return str(event.get("STATUS", "")).upper() != "CANCELLED"


def _stretch(event: Any, name: str) -> tuple[int, int]:
    return _seconds(event.start, name), _seconds(event.end, name)


def _seconds(moment: date, name: str) -> int:
    if not isinstance(moment, datetime):
        return midnight(moment, name)
    aware = moment if moment.tzinfo else moment.replace(tzinfo=zone(name))
    return (aware.astimezone(UTC).replace(tzinfo=None) - EPOCH) // SECOND


def _last_end(calendar: Any, name: str) -> int | None:
    """When the last event ends, or None where one recurs without an end."""
    import recurring_ical_events

    rules = [rule for event in calendar.walk("VEVENT") for rule in _rules(event)]
    if any("UNTIL" not in rule and "COUNT" not in rule for rule in rules):
        return None
    ends = [_stretch(event, name)[1] for event in recurring_ical_events.of(calendar).all() if _counts(event)]
    return max(ends, default=midnight(date(1900, 1, 1), "UTC"))


def _rules(event: Any) -> list[Any]:
    rule = event.get("RRULE")
    return [] if rule is None else rule if isinstance(rule, list) else [rule]
