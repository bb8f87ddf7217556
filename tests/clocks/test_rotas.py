"""Events of an iCalendar file as open time, in every way in which a file writes an instant."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slachain.clocks.calendars import Calendars
from slachain.clocks.intervals import Intervals
from slachain.clocks.rotas import EARLIEST, LAST, Rota
from slachain.clocks.rotas import _seconds as seconds_of
from slachain.clocks.wall import date_of, midnight
from slachain.language.loader import load
from slachain.language.model import OnCall
from slachain.language.rotas import read_rota
from slachain.language.scalars import ScalarError
from slachain.language.values import replace
from tests.clocks.written import seconds

WEEK = "2026-03-23", "2026-04-06"  # London's clocks go forward on 29 March


def rota(*events: str, timezone: str | None = "Europe/London", own: str | None = None) -> Calendars:
    """The calendar `x` of a file with these events."""
    content = content_of(*events, own=own)
    named = f", timezone: {timezone}" if timezone else ""
    found = load({"a.yaml": f"calendars: {{x: {{ics: a.ics{named}}}}}".encode()}, lambda *_: content)
    assert not found.findings
    return Calendars(found.calendars)


def content_of(*events: str, own: str | None = None) -> bytes:
    """A file with these events."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//made//up//EN", *([f"X-WR-TIMEZONE:{own}"] if own else [])]
    for n, event in enumerate(events):
        lines += ["BEGIN:VEVENT", f"UID:{n}", "DTSTAMP:20260101T000000Z", *event.split(), "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


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
    ("timezone", "own", "zone", "times", "days"),
    [
        ("Asia/Kolkata", None, "Asia/Kolkata", "24 03:30:00", "25 18:30:00"),
        (None, "America/New_York", "America/New_York", "24 13:00:00", "26 04:00:00"),
        ("Asia/Kolkata", "America/New_York", "Asia/Kolkata", "24 13:00:00", "26 04:00:00"),
        (None, None, "UTC", "24 09:00:00", "26 00:00:00"),
    ],
)
def test_what_is_told_without_a_zone_is_of_the_files_or_else_the_calendars(
    timezone: Any, own: Any, zone: str, times: str, days: str
) -> None:
    calendars = rota(
        "DTSTART:20260324T090000 DTEND:20260324T100000",
        "DTSTART;VALUE=DATE:20260326 DTEND;VALUE=DATE:20260327",
        timezone=timezone,
        own=own,
    )
    assert (calendars.zone("x"), [begins for begins, _ in told(calendars)]) == (zone, [times, days])


def test_a_file_that_names_no_zone_is_read_in_that_of_each_calendar() -> None:
    content = content_of("DTSTART:20260324T090000 DTEND:20260324T100000")
    zones = {"x": "Asia/Kolkata", "y": "Europe/London"}
    written = ", ".join(f"{id}: {{ics: a.ics, timezone: {zone}}}" for id, zone in zones.items())
    calendars = Calendars(load({"a.yaml": f"calendars: {{{written}}}".encode()}, lambda *_: content).calendars)
    assert [_written(calendars.open(id, *map(seconds, WEEK)).pairs()[0][0]) for id in zones] == ["24 03:30:00", "24 09:00:00"]


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


@st.composite
def shifts(draw: st.DrawFn) -> str:
    """An event that ends some time: once, or again and again, at any time of the day in any zone."""
    begins = datetime(draw(st.integers(1970, 2060)), draw(st.integers(1, 12)), draw(st.integers(1, 28)), draw(st.integers(0, 23)))
    ends = begins + timedelta(hours=draw(st.integers(1, 80)))
    zoned = draw(st.sampled_from([":{}Z", ":{}", ";TZID=America/New_York:{}"]))
    rule = f"RRULE:FREQ={draw(st.sampled_from(['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY']))};INTERVAL={draw(st.integers(1, 9))}"
    until = begins + timedelta(days=draw(st.integers(0, 4_000)))
    last = draw(st.sampled_from(["", f"{rule};COUNT={draw(st.integers(1, 12))}", f"{rule};UNTIL={until:%Y%m%dT%H%M%SZ}"]))
    status = draw(st.sampled_from(["", "", " STATUS:CANCELLED"]))
    return f"DTSTART{zoned.format(f'{begins:%Y%m%dT%H%M%S}')} DTEND{zoned.format(f'{ends:%Y%m%dT%H%M%S}')} {last}{status}"


@settings(max_examples=60)
@given(st.lists(shifts(), min_size=1, max_size=4))
def test_no_event_ends_after_the_last_end(events: list[str]) -> None:
    """Which is sought from the end: of all that is on from the first year to the last there is none later, and one as late."""
    found = Rota.parse(content_of(*events), "Australia/Sydney")
    ends = [seconds_of(times[1], "Australia/Sydney") for times in found.times(EARLIEST, LAST)]
    assert found.ends == (max(ends) if ends else seconds("1900-01-01"))


@pytest.mark.parametrize("year", [1970, 1971, 1999, 2026, 2150, 2198])
@pytest.mark.parametrize("status", ["", " STATUS:CANCELLED"])
def test_the_last_event_is_found_in_whatever_year_it_is(year: int, status: str) -> None:
    """Also one that goes on past others which begin later; and one that is cancelled, later still, changes nothing."""
    last = f"DTSTART:{year}0301T090000Z DTEND:{year}0704T170000Z"
    within = f"DTSTART:{year}0601T090000Z DTEND:{year}0602T170000Z"
    cancelled = f"DTSTART:{year}0901T090000Z DTEND:{year}0902T170000Z{status}" if status else last
    calendars = rota(within, last, cancelled)
    assert calendars.ends("x") == seconds(f"{year}-07-04 17:00")
    assert calendars.named_until("x") == date(year, 7, 4)


MOVED = "RECURRENCE-ID:20260325T090000Z DTSTART:20260327T090000Z DTEND:20260327T100000Z"


@pytest.mark.parametrize(
    ("events", "days"),
    [
        ((f"{DAILY};COUNT=3",), [24, 25, 26]),
        ((f"{DAILY};COUNT=3 EXDATE:20260325T090000Z",), [24, 26]),
        ((f"{DAILY};COUNT=3 RDATE:20260328T090000Z",), [24, 25, 26, 28]),
        ((f"{DAILY};COUNT=3", MOVED), [24, 26, 27]),
    ],
)
def test_dates_may_be_left_out_added_or_moved(events: tuple[str, ...], days: list[int]) -> None:
    found = Rota.parse(content_of(*events).replace(b"UID:1", b"UID:0"), None)
    nine = seconds("2026-03-01 09:00")
    assert found.open(*map(seconds, WEEK)).pairs() == [(nine + 86400 * (day - 1), nine + 86400 * (day - 1) + 3600) for day in days]


@pytest.mark.parametrize("years", [1, 2, 5, 9])
def test_one_that_is_on_every_few_years_goes_on(years: int) -> None:
    assert rota(f"DTSTART:20270324T090000Z DTEND:20270324T100000Z RRULE:FREQ=YEARLY;INTERVAL={years}").ends("x") is None


def test_what_is_open_with_a_rota_ends_with_it_whatever_the_other_names_later() -> None:
    """Closed on a day three centuries later: a slip of the pen."""
    office = "{timezone: UTC, hours: {mon-fri: '09:00-17:00'}, exceptions: {2326-12-24: closed}}"
    text = f"calendars: {{x: {{ics: a.ics}}, office: {office}, both: {{all_of: [office, x]}}, either: {{any_of: [office, x]}}}}"
    found = load({"a.yaml": text.encode()}, lambda *_: content_of(f"{DAILY};COUNT=3"))
    calendars = Calendars(found.calendars)
    assert [calendars.ends(id) for id in ("both", "either")] == [seconds("2026-03-26 10:00"), None]


@pytest.mark.parametrize("year", [1970, 2026, 2062, 2199])
def test_one_that_goes_on_without_an_end_may_begin_at_any_time(year: int) -> None:
    """Also in 2062, a slip of the pen: that is no calendar that is never open."""
    calendars = rota(f"DTSTART:{year}0324T090000Z DTEND:{year}0324T100000Z RRULE:FREQ=WEEKLY", "DTSTART:20260301T090000Z")
    assert (calendars.ends("x"), calendars.never_open("x")) == (None, False)


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_the_first_hour_that_can_be_told_is_not_too_early(zone: str) -> None:
    calendars = rota("DTSTART:19700101T000000 DTEND:19700101T010000", timezone=zone)
    start = midnight(date(1970, 1, 1), zone)
    assert calendars.ends("x") == start + 3600
    for lo in (start, -(10**9)):
        assert calendars.open("x", lo, start + 7200).pairs() == [(start, start + 3600)]


def test_what_recurs_often_ends_in_thousands_of_years() -> None:
    yearly = "DTSTART:20260324T090000Z DTEND:20260324T100000Z RRULE:FREQ=YEARLY;COUNT=3000"
    assert rota(yearly).ends("x") == seconds("5025-03-24 10:00")


def test_one_that_recurs_without_an_end_goes_on_whatever_else_ends() -> None:
    twice = "DTSTART:20260324T090000Z DTEND:20260324T100000Z RRULE:FREQ=WEEKLY;COUNT=2"
    for events in ((DAILY, twice), (twice, DAILY), (DAILY,)):
        calendars = rota(*events)
        assert (calendars.ends("x"), calendars.never_open("x"), calendars.named_until("x")) == (None, False, None)
    assert rota(twice).ends("x") == seconds("2026-03-31 10:00")


@pytest.mark.parametrize(
    "line", ["DTEND:20260324T170000Z", "RRULE:FREQ=DAILY", "RDATE:20260325T090000Z", "EXDATE:20260326T090000Z", "SEQUENCE:2", "RECURRENCE-ID:20260324T090000Z", "STATUS:CANCELLED"]
)  # fmt: skip
def test_a_line_that_cannot_be_read_is_not_passed_over(line: str) -> None:
    """Without its colon, or with a value that is none: it might have said that nobody is on call."""
    name, value = line.split(":")
    begins = "DTSTART:20260324T090000Z"
    read_rota(content_of(f"{begins} {line}"))
    for broken in [f"{name}{value}", *([f"{name}:{value[:-1]}~"] if name != "STATUS" else [])]:
        with pytest.raises(ScalarError, match="it is no iCalendar file"):
            read_rota(content_of(f"{begins} DTEND:20260324T160000Z {broken}"))


@pytest.mark.parametrize(
    "line", ["DTSTART20260324T090000Z", "DTSTART:2026~", "", "DTSVART:20260324T090000Z", "DTSTART:20260324T090000Z DURATION:8~"]
)
def test_an_event_says_when_it_begins_and_how_long_it_lasts(line: str) -> None:
    with pytest.raises(ScalarError, match=r"it is no iCalendar file|an event does not say when it begins"):
        read_rota(content_of(f"{line} RRULE:FREQ=DAILY DTEND:20260324T170000Z"))


def test_what_says_nothing_of_when_it_is_on_is_nobodys_business() -> None:
    calendars = rota("DTSTART:20260324T090000Z DTEND:20260324T170000Z GEO:here URL:there X-SHIFT:night DTSTAMP:then")
    assert told(calendars) == [("24 09:00:00", "24 17:00:00")]


@pytest.mark.parametrize(
    ("event", "why"),
    [
        ("DTSTART:20260324T170000Z DTEND:20260324T090000Z", "an event ends before it begins"),
        ("DTSTART;VALUE=DATE:20260324 DTEND;VALUE=DATE:20260323", "an event ends before it begins"),
        ("DTSTART:20260324T170000Z DURATION:-PT1S", "an event ends before it begins"),
        ("DTSTART:20260324T170000Z DTEND:20260325T090000Z DURATION:PT16H", "an event has both a DTEND and a DURATION"),
        ("DTSTART:20260324T170000Z DTEND:20260325T090000", "the DTSTART and the DTEND of an event are not of one kind"),
        ("DTSTART:20260324T170000Z DTEND;VALUE=DATE:20260325", "the DTSTART and the DTEND of an event are not of one kind"),
        ("DTSTART:20260324T090000Z RRULE:FREQ=DAILY EXRULE:FREQ=WEEKLY;BYDAY=SU", "an event leaves times out by an EXRULE"),
        ("DTSTART:20260324T090000Z STATUS:CANCELLED STATUS:CONFIRMED", "an event has more than one STATUS"),
        ("DTSTART:20260324T090000Z DTSTART:20260325T090000Z", "an event has more than one DTSTART"),
        ("DTSTART;TZID=Nowhere/City:20260324T090000", "an event names the time zone 'Nowhere/City', which is neither known nor in the file"),
        ("DTSTART:20260324T090000Z RRULE:FREQ=DAILY EXDATE:20260325T090000Z EXDATE;TZID=Customized:20260326T090000", "time zone 'Customized'"),
        ("DTSTART:20260324T090000Z RDATE;TZID=Customized:20260325T090000,20260326T090000", "time zone 'Customized'"),
    ],
)  # fmt: skip
def test_what_could_be_read_in_two_ways_is_refused(event: str, why: str) -> None:
    with pytest.raises(ScalarError, match=why):
        read_rota(content_of(event))


@pytest.mark.parametrize(
    "event",
    [
        "DTSTART:20260324T090000Z DTEND:20260324T090000Z",
        "DTSTART:20260324T090000Z DURATION:PT0S",
        "DTSTART:20260324T090000 RRULE:FREQ=DAILY RDATE;VALUE=PERIOD:20260324T120000/PT1H EXDATE:20260325T090000 EXDATE:20260326T090000",
        "DTSTART;TZID=America/New_York:20260324T090000 DTEND;TZID=Europe/London:20260324T170000",
        "DTSTART;TZID=/vendor.example/Europe/Berlin:20260324T090000",
    ],
)
def test_what_can_be_read_in_one_way_is_not(event: str, recwarn: pytest.WarningsRecorder) -> None:
    """Nor is anything said of it to the terminal."""
    read_rota(content_of(event))
    assert not recwarn.list


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ("UID:x DTSTART:20260324T090000Z", "UID:x DTSTART:20260325T090000Z", False),
        ("UID:x SEQUENCE:1 DTSTART:20260324T090000Z", "UID:x SEQUENCE:1 DTSTART:20260325T090000Z", False),
        ("UID:x SEQUENCE:1 DTSTART:20260324T090000Z", "UID:x SEQUENCE:2 DTSTART:20260325T090000Z", True),
        ("UID:x DTSTART:20260324T090000Z", "UID:x DTSTART:20260324T090000Z", True),
        ("UID:x DTSTART:20260324T090000Z RRULE:FREQ=DAILY", "UID:x RECURRENCE-ID:20260325T090000Z DTSTART:20260325T100000Z", True),
        ("UID:x RECURRENCE-ID:20260325T090000Z DTSTART:20260325T100000Z", "UID:x RECURRENCE-ID:20260325T090000Z DTSTART:20260325T110000Z", False),
        ("DTSTART:20260324T090000Z", "DTSTART:20260325T090000Z", True),
    ],
)  # fmt: skip
def test_of_two_events_of_one_name_it_has_to_be_clear_which_counts(one: str, other: str, said: bool) -> None:
    lines = [line for event in (one, other) for line in ("BEGIN:VEVENT", *event.split(), "END:VEVENT")]
    content = "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", *lines, "END:VCALENDAR", ""]).encode()
    if said:
        read_rota(content)
        return
    with pytest.raises(ScalarError, match="several events have the UID 'x', and nothing says which of them counts"):
        read_rota(content)


def test_an_event_inside_of_another_is_refused() -> None:
    """Whether it is on, nobody says: the package that tells events passes it over."""
    inner = "BEGIN:VEVENT UID:9 DTSTART:20260324T170000Z DTEND:20260324T200000Z END:VEVENT"
    with pytest.raises(ScalarError, match="an event lies inside of something other than the calendar"):
        read_rota(content_of(f"DTSTART:20260324T090000Z DTEND:20260324T170000Z {inner}"))


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


@pytest.mark.parametrize(
    ("begins", "dates"), [("02:29:59", [6, 7, 8]), ("02:30:00", [7, 8]), ("02:30:59", [7, 8]), ("02:31:00", [7, 8]), ("03:30:01", [7, 8])]
)
def test_a_date_that_has_begun_goes_on_though_clocks_are_set_back_into_the_day_before(begins: str, dates: list[int]) -> None:
    """In St. John's, at one minute past midnight on 7 November 2010, 02:31 UTC, clocks were set back to 23:01 on the 6th."""
    start, end = f"2010-11-07 {begins}", "2010-11-08 04:00"
    written = [text.replace("-", "").replace(":", "").replace(" ", "T") for text in (start, f"{end}:00")]
    calendars = rota("DTSTART:{}Z DTEND:{}Z".format(*written), timezone="America/St_Johns")
    dated = calendars.dated("x", seconds("2010-11-01"), seconds("2010-11-14"))
    midnights = ["2010-11-07 02:30", "2010-11-08 03:30"][-len(dates) + 1 :]
    assert [date_of(day).day for day in dated.days.tolist()] == dates
    assert Intervals(dated.starts, dated.ends).pairs() == list(pairwise(map(seconds, [start, *midnights, end])))


@pytest.mark.parametrize(("ends", "day"), [("24T235959", 24), ("25T000000", 24), ("25T000001", 25)])
def test_a_second_of_a_date_is_enough_to_be_known_until_it(ends: str, day: int) -> None:
    assert rota(f"DTSTART:20260324T200000 DTEND:202603{ends}", timezone="Asia/Kolkata").named_until("x") == date(2026, 3, day)


def test_a_date_that_is_left_out_has_no_open_time() -> None:
    """Samoa went from 29 to 31 December 2011, over the date line."""
    dated = rota("DTSTART:20111229T120000 DTEND:20111231T120000", timezone="Pacific/Apia").dated(
        "x", *map(seconds, ("2011-12-25", "2012-01-05"))
    )
    assert [(date_of(day).day, end - start) for start, end, day in zip(dated.starts, dated.ends, dated.days.tolist(), strict=True)] == [
        (29, 12 * 3600),
        (31, 12 * 3600),
    ]


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
