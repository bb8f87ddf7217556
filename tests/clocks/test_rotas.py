"""Events of an iCalendar file as open time, in every way in which a file writes an instant."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slachain.clocks.calendars import Calendars
from slachain.clocks.intervals import Intervals
from slachain.language.loader import load
from slachain.language.model import OnCall
from slachain.language.values import replace

WEEK = "2026-03-23", "2026-04-06"  # London's clocks go forward on 29 March


def seconds(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


def rota(*events: str, timezone: str | None = "Europe/London", own: str | None = None) -> Calendars:
    """The calendar `x` of a file with these events."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//made//up//EN", *([f"X-WR-TIMEZONE:{own}"] if own else [])]
    for n, event in enumerate(events):
        lines += ["BEGIN:VEVENT", f"UID:{n}", "DTSTAMP:20260101T000000Z", *event.split(), "END:VEVENT"]
    content = "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()
    named = f", timezone: {timezone}" if timezone else ""
    found = load({"a.yaml": f"calendars: {{x: {{ics: a.ics{named}}}}}".encode()}, lambda *_: content)
    assert not found.findings
    return Calendars(found.calendars)


def told(calendars: Calendars) -> list[tuple[str, str]]:
    pairs = calendars.open("x", *map(seconds, WEEK)).pairs()
    return [(_written(start), _written(end)) for start, end in pairs]


def _written(instant: int) -> str:
    return datetime.fromtimestamp(instant, UTC).strftime("%d %H:%M:%S")


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ("DTSTART:20260324T090000Z DTEND:20260324T170000Z", ("24 09:00:00", "24 17:00:00")),
        ("DTSTART:20260331T090000Z DTEND:20260331T170007Z", ("31 09:00:00", "31 17:00:07")),
        ("DTSTART:20260324T090000 DTEND:20260324T170000", ("24 09:00:00", "24 17:00:00")),
        ("DTSTART:20260331T090000 DTEND:20260331T170000", ("31 08:00:00", "31 16:00:00")),
        ("DTSTART;VALUE=DATE:20260331 DTEND;VALUE=DATE:20260402", ("30 23:00:00", "01 23:00:00")),
        ("DTSTART:20260322T000000Z DTEND:20260323T120000Z", ("23 00:00:00", "23 12:00:00")),
        ("DTSTART:20260405T120000Z DTEND:20260409T000000Z", ("05 12:00:00", "06 00:00:00")),
    ],
)
def test_an_event_is_on_from_its_start_to_before_its_end(event: str, expected: tuple[str, str]) -> None:
    """With an offset as it is; without, and for whole days, in the zone of the calendar; and cut to what is asked for."""
    assert told(rota(event)) == [expected]


def test_what_is_cancelled_is_not_on_and_what_touches_is_one() -> None:
    first, second = "DTSTART:20260324T090000Z DTEND:20260324T120000Z", "DTSTART:20260324T120000Z DTEND:20260324T170000Z"
    assert told(rota(first, second)) == [("24 09:00:00", "24 17:00:00")]
    assert told(rota(first, second + " STATUS:CANCELLED")) == [("24 09:00:00", "24 12:00:00")]
    assert told(rota(first, second + " STATUS:CONFIRMED")) == [("24 09:00:00", "24 17:00:00")]


@pytest.mark.parametrize(
    ("timezone", "own", "zone", "begins"),
    [
        ("Asia/Kolkata", None, "Asia/Kolkata", "24 03:30:00"),
        (None, "America/New_York", "America/New_York", "24 13:00:00"),
        (None, None, "UTC", "24 09:00:00"),
    ],
)
def test_floating_times_are_of_the_calendars_zone_or_else_the_files(timezone: Any, own: Any, zone: str, begins: str) -> None:
    calendars = rota("DTSTART:20260324T090000 DTEND:20260324T100000", timezone=timezone, own=own)
    assert (calendars.zone("x"), told(calendars)[0][0]) == (zone, begins)


DAILY = "DTSTART:20260324T090000Z DTEND:20260324T100000Z RRULE:FREQ=DAILY"


@pytest.mark.parametrize(
    ("events", "end"),
    [
        ((DAILY,), None),
        ((f"{DAILY};COUNT=3",), "2026-03-26 10:00"),
        ((f"{DAILY};UNTIL=20260327T235959Z",), "2026-03-27 10:00"),
        ((f"{DAILY};COUNT=3", "DTSTART:20260325T090000Z DTEND:20260325T230000Z"), "2026-03-26 10:00"),
        ((f"{DAILY};COUNT=3", "DTSTART:20260401T090000Z DTEND:20260401T230000Z STATUS:CANCELLED"), "2026-03-26 10:00"),
        ((f"{DAILY};COUNT=3", DAILY), None),
    ],
)
def test_it_ends_with_its_last_event(events: tuple[str, ...], end: str | None) -> None:
    calendars = rota(*events)
    assert calendars.ends("x") == (None if end is None else seconds(end))
    assert not calendars.never_open("x")


def test_a_rota_without_events_is_never_open() -> None:
    for calendars in (rota(), rota("DTSTART:20260324T090000Z DTEND:20260324T100000Z STATUS:CANCELLED")):
        assert calendars.never_open("x")
        assert told(calendars) == []


def test_local_dates_of_a_rota_are_cut_at_midnight() -> None:
    """From Saturday evening to Monday morning in London, over the night in which the clocks go forward."""
    dated = rota("DTSTART:20260328T200000 DTEND:20260330T080000").dated("x", *map(seconds, WEEK))
    edges = [seconds(text) for text in ("2026-03-28 20:00", "2026-03-29 00:00", "2026-03-29 23:00", "2026-03-30 07:00")]
    assert Intervals(dated.starts, dated.ends).pairs() == list(pairwise(edges))
    assert (dated.days - dated.days[0]).tolist() == [0, 1, 2]
    assert dated.business.all()


@st.composite
def events(draw: st.DrawFn) -> str:
    """An event with or without a zone, or of whole days, that may recur, be left out on a date or be held on another."""
    day = draw(st.dates(date(2025, 10, 1), date(2026, 11, 30)))
    hour, zone = draw(st.integers(0, 23)), draw(st.sampled_from(["Z", "", ";TZID=Europe/London", ";TZID=America/New_York", "whole"]))
    begins = f";VALUE=DATE:{day:%Y%m%d}" if zone == "whole" else f"{zone.strip('Z')}:{day:%Y%m%d}T{hour:02}3000{'Z' if zone == 'Z' else ''}"
    lasts = draw(st.sampled_from(["P1D", "P3D"] if zone == "whole" else ["PT0S", "PT90M", "PT8H", "P2DT1H"]))
    unit = draw(st.sampled_from(["DAILY", "WEEKLY;BYDAY=SU,MO", "MONTHLY;BYMONTHDAY=-1", "YEARLY", "DAILY;INTERVAL=5"]))
    rule = draw(st.sampled_from(["", f" RRULE:FREQ={unit};COUNT=9", f" RRULE:FREQ={unit};UNTIL=20270101T000000Z", f" RRULE:FREQ={unit}"]))
    other = begins.replace(f"{day:%Y%m%d}", "20260328")
    moved = draw(st.sampled_from(["", "", f" EXDATE{other}", f" RDATE{other}", f" EXDATE{begins}"]))
    return f"DTSTART{begins} DURATION:{lasts}{rule}{moved}"


@settings(max_examples=60)
@given(st.lists(events(), min_size=1, max_size=3), st.integers(0, 400), st.integers(1, 200))
def test_a_regular_event_is_on_at_the_times_of_its_rule(several: list[str], begins: int, days: int) -> None:
    """The short way against the long one, on which every time is asked whether it is moved or left out."""
    calendars = rota(*several)
    body = calendars.definitions["x"].body
    assert isinstance(body, OnCall)
    short = calendars.rota("x", body)
    long = replace(short, cancelled=True, whole=None)
    lo = seconds("2025-10-01") + begins * 86400
    assert short.open(lo, lo + days * 86400).pairs() == long.open(lo, lo + days * 86400).pairs()
    if short.ends is not None:
        assert short.ends == long.in_full().ends
