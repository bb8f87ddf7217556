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

START = EPOCH.replace(tzinfo=UTC)
EARLIEST = datetime(1969, 1, 1, tzinfo=UTC)  # no event that the loader finds readable begins before 1970, in any zone
LAST = datetime(9000, 1, 1, tzinfo=UTC)  # what recurs most often, 5,000 years from 2199 on, is over by then
Times = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Rota:
    """The events of a file, the zone that floating times and whole days are read in, and when its last event ends.

    Where one recurs without an end there is no last one, and `begun` is when all of them have begun.

    `cancelled` is whether any event is. Where none is, a time that an event is on at is no more than its beginning and end, and
    making an event of it, which takes three times as long, is left out. Where events come to an end all of their times are told at
    once, to know that end, and kept as the `whole`.
    """

    events: Any
    zone: str
    cancelled: bool
    ends: int | None = None
    whole: Intervals | None = None
    begun: int = 0

    @classmethod
    def parse(cls, content: bytes, timezone: str | None) -> Rota:
        """The rota of a file that the loader has found readable, in the zone that it names itself; in this one, else in UTC, if it names none."""
        calendar, events = read_rota(content)
        name = str(calendar.get("X-WR-TIMEZONE") or timezone or "UTC")
        cancelled = not all(_counts(event) for event in calendar.walk("VEVENT"))
        if not _endless(calendar):
            return cls(events, name, cancelled).in_full()
        begins = [_seconds(event["DTSTART"].dt, name) for event in calendar.walk("VEVENT")]
        return cls(events, name, cancelled, begun=max(begins))

    def in_full(self) -> Rota:
        """The same with all of its times; the end of one without any is long ago."""
        stretches = [_stretch(times, self.zone) for times in self.times(EARLIEST, LAST)]
        ends = max((end for _, end in stretches), default=midnight(date(1900, 1, 1), "UTC"))
        return replace(self, ends=ends, whole=Intervals.of(stretches))

    def open(self, lo: int, hi: int) -> Intervals:
        """When an event is on, from `lo` to before `hi`, in UTC seconds."""
        if self.whole is not None:
            return self.whole.clipped(lo, hi)
        return Intervals.of(_stretch(times, self.zone) for times in self.times(_utc(lo), _utc(hi))).clipped(lo, hi)

    def times(self, lo: datetime, hi: datetime) -> Iterator[Times]:
        """When events begin and end that are on from `lo` to before `hi`, and not cancelled; some may be over just before, or begin just after."""
        if self.cancelled:
            yield from ((event.start, event.end) for event in self.events.between(lo, hi) if _counts(event))
        else:
            for series in self.events.series:
                yield from _regular(series, lo, hi) if _is_regular(series) else ((one.start, one.end) for one in series.between(lo, hi))


def _is_regular(series: Any) -> bool:
    """Whether an event is as long each time, none of its dates being added, left out or moved."""
    rule = series.recurrence
    return rule.has_core and not (series.modifications or rule.exdates or rule.rdates)


def _regular(series: Any, lo: datetime, hi: datetime) -> Iterator[Times]:
    """The times of a regular event: those of its rule, which are soon told (`between` asks of each whether it is moved)."""
    rule = series.recurrence
    for start in dict.fromkeys(series.rrule_between(lo, hi)):
        yield rule.convert_to_original_type(start), rule.convert_to_original_type(start + rule.core.duration)


def _utc(seconds: int) -> datetime:
    return START + timedelta(seconds=seconds)


def _counts(event: Any) -> bool:
    return str(event.get("STATUS", "")).upper() != "CANCELLED"


def _stretch(times: Times, name: str) -> tuple[int, int]:
    return _seconds(times[0], name), _seconds(times[1], name)


def _seconds(moment: date, name: str) -> int:
    if not isinstance(moment, datetime):
        return midnight(moment, name)
    aware = moment if moment.tzinfo else moment.replace(tzinfo=zone(name))
    return (aware - START) // SECOND


def _endless(calendar: Any) -> bool:
    """Whether an event recurs without an end."""
    rules = [rule for event in calendar.walk("VEVENT") for rule in _rules(event)]
    return any("UNTIL" not in rule and "COUNT" not in rule for rule in rules)


def _rules(event: Any) -> list[Any]:
    rule = event.get("RRULE")
    return [] if rule is None else rule if isinstance(rule, list) else [rule]
