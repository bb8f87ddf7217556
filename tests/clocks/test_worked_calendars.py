"""Due and elapsed times that others have published, each with its source."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from slachain.clocks.calendars import Calendars
from slachain.clocks.clock import Clock, View
from slachain.clocks.curves import BEYOND
from slachain.clocks.wall import instant_at, local
from slachain.language.loader import load
from slachain.language.scalars import BusinessDays, Duration, Time


def clock(hours: str, zone: str = "UTC", around: str = "2026-03-01") -> Clock:
    """A clock of weekly hours, looked at for two months from a date on."""
    catalogue = load({"a.yaml": f"calendars: {{c: {{timezone: {zone}, hours: {hours}}}}}".encode()})
    assert not catalogue.findings
    start = instant_at(datetime.fromisoformat(around), "UTC") - 3 * 86400
    return Clock.of(Calendars(catalogue.calendars), "c", View(start, start + 60 * 86400))


def due(on: Clock, opened: str, time: Time, zone: str = "UTC") -> str:
    tick = on.due(time)(2 * instant_at(datetime.fromisoformat(opened), zone))
    assert tick % 2 == 0
    assert tick < BEYOND
    return local(tick // 2, zone).strftime("%Y-%m-%d %H:%M")


OFFICE = '{mon-fri: "09:00-17:00"}'


@pytest.mark.parametrize(("zone", "expected"), [("America/New_York", "2007-01-02 15:00"), ("Europe/Moscow", "2007-01-02 08:00")])
def test_request_tracker_time_zones(zone: str, expected: str) -> None:
    """bestpractical/rt, t/sla/timezone.t: Mon-Fri 09-18 local, 120 business minutes from 2007-01-01T22:00Z."""
    office = clock('{mon-fri: "09:00-18:00"}', zone, "2007-01-01")
    assert due(office, "2007-01-01T22:00", Duration(7200)) == expected


@pytest.mark.parametrize(("day", "expected"), [("sun", "2007-01-07 10:00"), ("mon", "2007-01-01 10:00")])
def test_request_tracker_business_hours(day: str, expected: str) -> None:
    """bestpractical/rt, t/sla/business_hours.t: 60 minutes from Monday 2007-01-01T00:00Z."""
    assert due(clock(f'{{{day}: "09:00-17:00"}}', around="2007-01-01"), "2007-01-01T00:00", Duration(3600)) == expected


def test_glpi_four_hours_from_monday_at_five() -> None:
    """GLPI pull request 22678: Mon-Fri 08-18, 4 h from Monday 17:00 is Tuesday 11:00."""
    assert due(clock('{mon-fri: "08:00-18:00"}'), "2026-03-02T17:00", Duration(4 * 3600)) == "2026-03-03 11:00"


@pytest.mark.parametrize(
    ("opened", "hours", "expected"),
    [("2026-03-02T15:30", 8, "2026-03-03 15:30"), ("2026-03-02T16:30", 1, "2026-03-03 09:30")],
)
def test_dated_one_liners(opened: str, hours: int, expected: str) -> None:
    """The dated one-liners of the worked examples, number 4: Mon-Fri 09-17."""
    assert due(clock(OFFICE), opened, Duration(hours * 3600)) == expected


def test_gstp_next_business_day_is_never_further_than_96_hours() -> None:
    """GSTP (Bettini, Wang, Jajodia): from Friday 00h to the last hour of the next business day is 95 whole hours."""
    days = clock('{mon-fri: "00:00-24:00"}')
    friday = 2 * instant_at(datetime(2026, 3, 6, tzinfo=UTC), "UTC")
    assert (days.due(BusinessDays(1))(friday) - friday) // 2 == 96 * 3600
    week = range(friday, friday + 14 * 86400, 1800)
    assert max(days.due(BusinessDays(1))(tick) - tick for tick in week) == 2 * 96 * 3600


def test_a_spring_night_in_berlin_lasts_seven_hours() -> None:
    """Europe/Berlin 2026-03-28 22:00 to 2026-03-29 06:00 is 7 hours of real time."""
    night = clock('{sat: "22:00-06:00"}', "Europe/Berlin")
    opens, closes = (2 * instant_at(datetime.fromisoformat(t), "Europe/Berlin") for t in ("2026-03-28T20:00", "2026-03-29T08:00"))
    assert night.elapsed(closes) - night.elapsed(opens) == 2 * 7 * 3600


def test_what_two_calculators_on_a_package_index_get_wrong() -> None:
    """Worked example 7: after hours on a Friday, and over a weekend."""
    office = clock(OFFICE)
    assert due(office, "2026-03-06T17:31", Duration(4 * 3600)) == "2026-03-09 13:00"
    summer = clock(OFFICE, around="2016-06-17")
    first, last = (2 * instant_at(datetime.fromisoformat(t), "UTC") for t in ("2016-06-17T18:00", "2016-06-20T18:00"))
    assert summer.elapsed(last) - summer.elapsed(first) == 2 * 8 * 3600


@pytest.mark.parametrize(("opened", "expected"), [("2026-03-06T16:00", "2026-03-09 17:30"), ("2026-03-06T18:00", "2026-03-10 17:30")])
def test_next_business_day_as_the_language_tells_it(opened: str, expected: str) -> None:
    """Section 3 of the language: `1bd` on Mon-Fri 09:00-17:30, asked on Friday at 16:00 and at 18:00."""
    assert due(clock('{mon-fri: "09:00-17:30"}'), opened, BusinessDays(1)) == expected


def test_a_midnight_that_is_skipped_begins_after_the_gap() -> None:
    """America/Santiago skips 00:00 to 01:00 on 2026-09-06: a day that opens at 00:00 lasts 23 hours."""
    day = clock('{sun: "00:00-24:00"}', "America/Santiago", "2026-09-01")
    first, last = (2 * instant_at(datetime.fromisoformat(t), "UTC") for t in ("2026-09-05T00:00", "2026-09-08T00:00"))
    assert day.elapsed(last) - day.elapsed(first) == 2 * 23 * 3600
    assert date(2026, 9, 6).weekday() == 6
