"""On-call rotas as files: whether the bytes are an iCalendar file that can be read (RFC 5545)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from slachain.language.recurrence import refuse_boundless, refuse_large
from slachain.language.scalars import ScalarError

WHEN = {
    "DTSTART",
    "DTEND",
    "DURATION",
    "RRULE",
    "EXRULE",
    "RDATE",
    "EXDATE",
    "RECURRENCE-ID",
    "SEQUENCE",
    "STATUS",
}  # what tells when an event is on
TRIAL = datetime(2026, 1, 1, tzinfo=UTC)
MOST_REMEMBERED = 16  # files, each read when the calendar is, and asked when somebody wants to know when it is open


@lru_cache(maxsize=MOST_REMEMBERED)
def read_rota(content: bytes) -> tuple[Any, Any]:
    """The calendar component of an iCalendar file, and its events to be asked for. Raises `ScalarError` where it is none, or they cannot be told."""
    import icalendar
    import recurring_ical_events

    refuse_large(content)
    try:
        calendar = icalendar.Calendar.from_ical(content)
        if calendar.name != "VCALENDAR":
            raise ScalarError(f"it holds a {_printable(calendar.name)}, not a VCALENDAR")
        _refuse_incomplete(calendar)
        refuse_boundless(calendar)
        events = recurring_ical_events.of(calendar)
        events.between(TRIAL, TRIAL + timedelta(days=1))
    except ScalarError:
        raise
    except Exception as error:  # two packages with exceptions of their own: whatever they refuse is refused here
        raise ScalarError(_no_icalendar(str(error) or type(error).__name__)) from None
    return calendar, events


def _refuse_incomplete(calendar: Any) -> None:
    """Raise `ScalarError` where something of an event is lost: both packages pass over its lines that they cannot read, and events in others."""
    events = calendar.walk("VEVENT")
    if len(events) != sum(component.name == "VEVENT" for component in calendar.subcomponents):
        raise ScalarError("an event lies inside of something other than the calendar")
    for name, reason in (error for event in events for error in event.errors):
        if name is None or name.upper() in WHEN:
            raise ScalarError(_no_icalendar(f"{name}: {reason}" if name else reason))


def _no_icalendar(reason: str) -> str:
    return f"it is no iCalendar file: {_printable(reason.splitlines()[0][:200])}"


def _printable(text: str) -> str:
    """What a file says, to be told: without characters that do something to a terminal."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
