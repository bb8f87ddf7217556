"""On-call rotas as files: whether the bytes are an iCalendar file that can be read (RFC 5545)."""

from __future__ import annotations

import warnings
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from slachain.language.recurrence import refuse_boundless, refuse_large
from slachain.language.scalars import ScalarError

ZONED = ("DTSTART", "DTEND", "RECURRENCE-ID", "RDATE", "EXDATE")
WHEN = frozenset({*ZONED, "DURATION", "RRULE", "SEQUENCE", "STATUS"})  # what tells when an event is on
ONCE = ("UID", "DTSTART", "DTEND", "DURATION", "RECURRENCE-ID", "SEQUENCE", "STATUS")
TRIAL = datetime(2026, 1, 1, tzinfo=UTC)
MOST_REMEMBERED = 16  # files, each read when the calendar is, and asked when somebody wants to know when it is open


@lru_cache(maxsize=MOST_REMEMBERED)
def read_rota(content: bytes) -> tuple[Any, Any]:
    """The calendar component of an iCalendar file, and its events to be asked for. Raises `ScalarError` where it is none, or they cannot be told."""
    import icalendar
    import recurring_ical_events

    refuse_large(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # they are written for programmers, and tell of zones that are named in the way of one vendor
            calendar = icalendar.Calendar.from_ical(content)
        if calendar.name != "VCALENDAR":
            raise ScalarError(f"it holds a {_printable(calendar.name)}, not a VCALENDAR")
        _refuse_unclear(calendar)
        refuse_boundless(calendar)
        events = recurring_ical_events.of(calendar)
        events.between(TRIAL, TRIAL + timedelta(days=1))
    except ScalarError:
        raise
    except Exception as error:  # two packages with exceptions of their own: whatever they refuse is refused here
        raise ScalarError(_no_icalendar(str(error) or type(error).__name__)) from None
    return calendar, events


def _refuse_unclear(calendar: Any) -> None:
    """Raise `ScalarError` where the packages would pass over something of an event, or guess at it: what RFC 5545 does not allow (3.2.19, 3.6.1)."""
    events = calendar.walk("VEVENT")
    if len(events) != sum(component.name == "VEVENT" for component in calendar.subcomponents):
        raise ScalarError("an event lies inside of something other than the calendar")
    for event in events:
        for name, reason in event.errors:
            if name is None or name.upper() in WHEN:
                raise ScalarError(_no_icalendar(f"{name}: {reason}" if name else reason))
        if "DTSTART" not in event:
            raise ScalarError("an event does not say when it begins (DTSTART)")
        if several := [name for name in ONCE if isinstance(event.get(name), list)]:
            raise ScalarError(f"an event has more than one {several[0]}")
        if "EXRULE" in event:
            raise ScalarError("an event leaves times out by an EXRULE, which RFC 5545 has dropped: list them in an EXDATE")
        for name in ZONED:
            _refuse_unknown_zone(event.get(name))
        _refuse_backwards(event)
    _refuse_namesakes(events)


def _refuse_namesakes(events: Any) -> None:
    """Of several events with one name the package tells one alone: that of the highest SEQUENCE, or where that does not decide, any."""
    known = dict[tuple[str, Any, int], Any]()
    for event in events:
        if "UID" in event:
            key = str(event["UID"]), getattr(event.get("RECURRENCE-ID"), "dt", None), int(event.get("SEQUENCE", 0))
            first = known.setdefault(key, event)
            if first is not event and first.to_ical() != event.to_ical():
                raise ScalarError(f"several events have the UID {_printable(key[0])[:100]!r}, and nothing says which of them counts")


def _refuse_unknown_zone(values: Any) -> None:
    """A time in a zone that nobody knows, the file least of all, would be read as one without a zone."""
    for value in values if isinstance(values, list) else [values] if values else []:
        moments = [one.dt for one in getattr(value, "dts", [value])]
        name = value.params.get("TZID")
        if name and any(isinstance(moment, datetime) and moment.tzinfo is None for moment in moments):
            raise ScalarError(f"an event names the time zone {_printable(str(name))[:100]!r}, which is neither known nor in the file")


def _refuse_backwards(event: Any) -> None:
    begins, ends, lasts = (getattr(event.get(name), "dt", None) for name in ("DTSTART", "DTEND", "DURATION"))
    if ends is not None and lasts is not None:
        raise ScalarError("an event has both a DTEND and a DURATION")
    if begins is not None and ends is not None and _kind(begins) != _kind(ends):
        raise ScalarError("the DTSTART and the DTEND of an event are not of one kind: dates, times of a zone or times without one")
    if (lasts is not None and lasts < timedelta(0)) or (begins is not None and ends is not None and ends < begins):
        raise ScalarError("an event ends before it begins")


def _kind(moment: Any) -> tuple[bool, bool]:
    return isinstance(moment, datetime), getattr(moment, "tzinfo", None) is not None


def _no_icalendar(reason: str) -> str:
    return f"it is no iCalendar file: {_printable(reason.splitlines()[0][:200])}"


def _printable(text: str) -> str:
    """What a file says, to be told: without characters that do something to a terminal."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
