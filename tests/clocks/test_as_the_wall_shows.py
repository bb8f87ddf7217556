"""Calendars are open when a clock on the wall says so: every shape of week, in every zone, around the days on which clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from slachain.clocks.calendars import Calendars
from slachain.clocks.clock import Clock, View
from slachain.clocks.curves import BEYOND, ENDED, NEVER, UNBOUNDED
from slachain.clocks.departures import clock_changes, departures
from slachain.clocks.intervals import Intervals
from slachain.clocks.periods import OpenTime, Period, periods
from slachain.clocks.wall import a_year_after, date_of, day_number, instant, instant_at, midnight, steady_offsets, write_instant
from slachain.language.loader import load
from slachain.language.scalars import BusinessDays, Duration
from tests.catalogues import HOLIDAYS, WEEKS, ZONES, to_yaml
from tests.clocks.written import read, seconds
from tests.simulation.wall import UNSEEN, Sight

CELL = 900
AROUND = ["2026-03-24", "2026-10-20", "2026-12-22", "2027-03-09"]
DAYS = 14


BODIES: dict[str, Any] = {f"w{i}": {"hours": week} for i, week in enumerate(WEEKS)}
BODIES |= {f"h{i}": {"hours": WEEKS[0], "holidays": holidays} for i, holidays in enumerate(HOLIDAYS)}
BODIES |= {
    "two": {"hours": {"mon-fri": "09:00-17:00"}, "exceptions": {"2026-03-28": "09:00-12:00, 20:00-23:00", "2026-10-26": "closed"}},
    "from": {"hours": WEEKS[0], "from": "2026-03-27", "until": "2026-10-27"},
    "days": {"hours": WEEKS[4], "business_days": "tue-thu"},
}


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("around", AROUND)
def test_open_and_dated_as_the_wall_shows(zone: str, around: str) -> None:
    """The same spans to the second, and the same business days, closed at the same instants."""
    bodies = {id: {"timezone": zone} | body for id, body in BODIES.items()}
    bodies |= {"not": {"not": "w0"}, "any": {"any_of": ["w0", "w10"]}, "all": {"all_of": ["w2", "w4"]}}
    calendars, first = read(**bodies), seconds(around)
    sight = Sight(calendars.definitions, first - 4 * 86400, (DAYS + 8) * 96, CELL)
    lo, hi = first, first + DAYS * 86400
    for id in bodies:
        shown = sight.clock(id)
        open = Intervals.of((sight.first + CELL * i, sight.first + CELL * (i + 1)) for i in np.flatnonzero(shown.open).tolist())
        assert calendars.open(id, lo, hi).pairs() == open.clipped(lo, hi).pairs(), id
        clock = Clock.of(calendars, id, View(lo, hi))
        instants = np.arange(0, 6 * 86400, CELL // 3) + lo
        for days in (1, 2):
            theirs = shown.after_days(2 * (instants - sight.first), days)
            ours = clock.due(BusinessDays(days)).at(2 * instants)
            near = (theirs < 2 * (hi - 86400 - sight.first)) & (theirs < UNSEEN)
            assert (ours[near] - 2 * sight.first == theirs[near]).all(), (id, days)
        theirs = shown.after(2 * (instants - sight.first), Duration(5400))
        ours = clock.due(Duration(5400)).at(2 * instants)
        near = theirs <= 2 * (hi - sight.first)
        assert (ours[near] - 2 * sight.first == theirs[near]).all(), id


def test_whole_periods_or_else_the_one_that_is_begun() -> None:
    calendars = read(
        a={"timezone": "UTC", "hours": WEEKS[0]}, b={"timezone": "UTC", "hours": {}, "exceptions": {"2026-02-27": "09:00-12:00"}}
    )

    def told(id: str, lo: str, hi: str) -> list[tuple[int, int]]:
        return [(period.start, period.end) for period in calendars.periods(id, "month", seconds(lo), seconds(hi))]

    months = [seconds(f"2026-0{month}-01") for month in (1, 2, 3, 4)]
    january, february, march = pairwise(months)
    assert told("a", "2026-01-01", "2026-04-01") == [january, february, march]
    assert told("a", "2026-01-01 00:00:01", "2026-04-01") == [february, march]
    assert told("a", "2026-01-01", "2026-03-31 23:59:59") == [january, february]
    assert told("a", "2026-02-10", "2026-03-20") == [february]
    assert told("b", "2026-01-01", "2026-04-01") == [february]
    assert told("b", "2026-03-10", "2026-03-20") == []


ENDS: list[tuple[dict[str, Any], str | None]] = [
    ({"a": {"timezone": "UTC", "hours": WEEKS[0]}}, None),
    ({"a": {"timezone": "UTC", "hours": WEEKS[0], "until": "2026-03-29"}}, "2026-03-27 17:30"),
    ({"a": {"timezone": "UTC", "hours": {}, "exceptions": {"2026-03-28": "09:00-12:00"}}}, "2026-03-28 12:00"),
    ({"b": {"timezone": "UTC", "hours": WEEKS[5]}, "a": {"not": "b"}}, "never"),
    ({"b": {"timezone": "UTC", "hours": WEEKS[0], "until": "2026-03-29"}, "a": {"not": "b"}}, None),
    ({"b": {"timezone": "UTC", "hours": WEEKS[0], "until": "2026-03-29"}, "a": {"all_of": ["b", "24x7"]}}, "2026-03-27 17:30"),
    ({"b": {"timezone": "UTC", "hours": WEEKS[0], "until": "2026-03-29"}, "a": {"any_of": ["b", "24x7"]}}, None),
    ({"b": {"timezone": "UTC", "hours": {"mon": "09:00-12:00"}}, "c": {"timezone": "UTC", "hours": {"tue": "09:00-12:00"}}, "a": {"all_of": ["b", "c"]}}, "never"),
    ({"b": {"timezone": "UTC", "hours": WEEKS[5], "exceptions": {"2026-03-28": "09:00-12:00"}}, "a": {"not": "b"}}, "2026-03-29 00:00"),
    ({"b": {"timezone": "UTC", "hours": WEEKS[5], "from": "2026-03-28"}, "a": {"not": "b"}}, "2026-03-28 00:00"),
    ({"b": {"timezone": "UTC", "hours": {"sun": "00:00-24:00"}, "holidays": {"country": "DE"}}, "c": {"not": "b"},
      "d": {"timezone": "UTC", "hours": {"sun": "09:00-12:00"}}, "a": {"all_of": ["c", "d"]}}, None),
]  # fmt: skip


@pytest.mark.parametrize(("bodies", "expected"), ENDS)
def test_the_instant_after_which_a_calendar_is_never_open_again(bodies: dict[str, Any], expected: str | None) -> None:
    calendars = Calendars(load({"a.yaml": to_yaml({"calendars": bodies}).encode()}).calendars)
    assert calendars.never_open("a") == (expected == "never")
    if expected != "never":
        assert calendars.ends("a") == (None if expected is None else seconds(expected))
        last = bodies["a"].get("until")
        assert calendars.named_until("a") == (
            None if expected is None else date.fromisoformat(last) if last else datetime.fromtimestamp(seconds(expected) - 1, UTC).date()
        )


@pytest.mark.parametrize(("until", "never"), [("2026-03-29", ENDED), ("2027-12-31", BEYOND)])
def test_what_comes_after_a_view_is_never_only_where_the_calendar_has_ended(until: str, never: int) -> None:
    calendars = read(a={"timezone": "UTC", "hours": WEEKS[0], "until": until})
    view = View(seconds("2026-03-23"), seconds("2026-04-20"))
    clock = Clock.of(calendars, "a", view)
    assert clock.due(Duration(400 * 3600))(2 * view.lo) == never
    assert clock.due(BusinessDays(30))(2 * view.lo) == never


@pytest.mark.parametrize(
    ("asked", "closes"),
    [
        ("2026-03-23 12:00", "2026-03-24 12:00"),
        ("2026-03-23 23:00", "2026-03-24 12:00"),
        ("2026-03-24 04:59:59", "2026-03-24 12:00"),
        ("2026-03-24 05:00", "2026-03-25 17:00"),
        ("2026-03-24 05:59:59", "2026-03-25 17:00"),
        ("2026-03-24 11:59:59", "2026-03-25 17:00"),
        ("2026-03-24 12:00", "2026-03-31 06:00"),
    ],
)
def test_where_two_windows_are_open_a_clock_starts_in_the_one_that_began_last(asked: str, closes: str) -> None:
    """Monday's night lasts until 06:00, Tuesday's morning begins at 05:00. Monday closes when its last window does, on Tuesday."""
    calendars = read(a={"timezone": "UTC", "hours": {"mon": "22:00-06:00", "tue": "05:00-12:00", "wed": "09:00-17:00"}})
    clock = Clock.of(calendars, "a", View(seconds("2026-03-20"), seconds("2026-04-10")))
    assert clock.due(BusinessDays(1))(2 * seconds(asked)) == 2 * seconds(closes)


def test_wall_times_that_are_skipped_or_shown_twice() -> None:
    """London 2026: at 01:00 on 29 March clocks show 02:00; at 02:00 on 25 October they show 01:00 again."""
    spring, autumn, zone = date(2026, 3, 29), date(2026, 10, 25), "Europe/London"
    change = seconds("2026-03-29 01:00")
    assert {instant(spring, minutes, zone) for minutes in (60, 61, 90, 119, 120)} == {change}
    assert [instant(spring, minutes, zone) - change for minutes in (59, 121)] == [-60, 60]
    assert instant(date(1969, 4, 27), 150, "America/New_York") == seconds("1969-04-27 07:00")
    assert [instant(autumn, minutes, zone) for minutes in (60, 90)] == [seconds("2026-10-25 00:00"), seconds("2026-10-25 00:30")]
    assert [instant(autumn, m, zone, closing=True) for m in (60, 90)] == [seconds("2026-10-25 01:00"), seconds("2026-10-25 01:30")]
    assert instant(autumn, 1440, zone, closing=True) == seconds("2026-10-26 00:00") == midnight(date(2026, 10, 26), zone)


def test_a_midnight_that_comes_twice_closes_at_its_first() -> None:
    """Havana's clocks go back from 01:00 to midnight; 24:00 is the first instant of the next date."""
    assert instant(date(2020, 10, 31), 1440, "America/Havana", closing=True) == seconds("2020-11-01 04:00")
    assert instant(date(2020, 10, 31), 1470, "America/Havana", closing=True) == seconds("2020-11-01 05:30")


def test_a_window_of_two_dates_closes_after_the_hour_that_comes_twice_on_the_second() -> None:
    """In St. John's, at one minute past midnight on Sunday 7 November 2010, clocks were set back to 23:01 on Saturday."""
    calendars = read(
        a={"timezone": "America/St_Johns", "hours": {"fri": "23:45-23:30"}},
        b={"timezone": "America/St_Johns", "hours": {"sat": "09:00-23:30"}},
    )
    week = seconds("2010-11-05"), seconds("2010-11-12")
    assert calendars.open("a", *week).pairs() == [(seconds("2010-11-06 02:15"), seconds("2010-11-07 03:00"))]
    assert calendars.open("b", *week).pairs() == [(seconds("2010-11-06 11:30"), seconds("2010-11-07 03:00"))]


def test_instants_as_people_write_them() -> None:
    tick = 2 * seconds("2026-10-25 00:30")
    assert write_instant(tick, "Europe/London") == "Sun 25 Oct 2026 01:30:00 BST"
    assert write_instant(tick + 2, "Europe/London") == "Sun 25 Oct 2026 01:30:01 BST"
    assert write_instant(tick + 2 * 3600 + 1, "Europe/London") == "Sun 25 Oct 2026 01:30:00.5 GMT"
    assert write_instant(tick, "America/Sao_Paulo") == "Sat 24 Oct 2026 21:30:00 UTC-03"
    assert instant_at(datetime(2026, 10, 25, 1, 30, 7), "Europe/London") == seconds("2026-10-25 00:30:07")
    assert instant_at(datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "Europe/London") == seconds("2026-10-25 01:30")
    quarters = [instant_at(datetime(2026, 3, 24, 9, minute, second), "UTC") for minute in (0, 1, 16, 45) for second in range(60)]
    assert quarters == [seconds("2026-03-24 09:00") + 60 * minute + second for minute in (0, 1, 16, 45) for second in range(60)]
    assert (a_year_after(date(2028, 2, 29)), a_year_after(date(2026, 2, 28))) == (date(2029, 3, 1), date(2027, 2, 28))
    assert (a_year_after(date(2027, 2, 28)), a_year_after(date(2027, 12, 31))) == (date(2028, 2, 28), date(2028, 12, 31))


def test_days_on_which_clocks_change_or_hours_depart() -> None:
    found = clock_changes("Europe/London", seconds("2026-03-01"), seconds("2026-10-25 12:00"))
    assert [(str(one.day), one.what) for one in found] == [("2026-03-29", "the clocks go forward"), ("2026-10-25", "the clocks go back")]
    assert not clock_changes("Europe/London", seconds("2026-03-30"), seconds("2026-10-24"))
    hours = {"timezone": "UTC", "hours": WEEKS[0], "holidays": {"add": ["2026-03-26", "2026-03-28"]}}
    calendars = read(a=hours | {"exceptions": {"2026-03-25": "closed", "2026-03-27": "09:00-17:30", "2026-03-24": "10:00-14:00"}}, b=hours,
                     either={"any_of": ["a", "b"]}, both={"all_of": ["a", "b"]}, never={"not": "a"})  # fmt: skip
    start, end = seconds("2026-03-23"), seconds("2026-03-30")

    def told(id: str) -> list[tuple[int, str]]:
        return sorted((one.day.day, one.what) for one in departures(calendars, id, start, end) if one.day.day != 26)

    assert told("a") == [(24, "other hours"), (25, "closed")] == told("both")
    assert [one.day.day for one in departures(calendars, "b", start, end)] == [26]
    assert {one.day.day for one in departures(calendars, "either", start, end)} == {26}
    assert told("never") == []


@pytest.mark.parametrize("zone", ["Europe/London", "Europe/Helsinki"])
@pytest.mark.parametrize("first", [2020, 2095])
def test_clocks_change_on_the_last_sundays_of_march_and_october(zone: str, first: int) -> None:
    told = [one.day for one in clock_changes(zone, seconds(f"{first}-01-01"), seconds(f"{first + 9}-12-31"))]
    sundays = [date(year, month, day) for year in range(first, first + 10) for month in (3, 10) for day in range(25, 32)]
    assert told == [day for day in sundays if day.weekday() == 6]


@pytest.mark.parametrize("last", [2026, 2027])
def test_holidays_are_those_of_every_year_between(last: int) -> None:
    calendars = read(a={"timezone": "UTC", "hours": {"mon-sun": "09:00-17:00"}, "holidays": {"country": "GB"}})
    found = departures(calendars, "a", seconds("2025-12-20"), seconds(f"{last}-12-25 12:00"))
    christmas = [one for one in found if (one.day.month, one.day.day) == (12, 25)]
    assert [(one.day.year, one.what) for one in christmas] == [(year, "Christmas Day") for year in range(2025, last + 1)]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("month", ["2026-02-01", "2026-03-01", "2026-04-01"]), ("quarter", ["2026-01-01", "2026-04-01"]), ("year", ["2026-01-01"])],
)
def test_calendar_periods(kind: str, expected: list[str]) -> None:
    found = list(periods(kind, "UTC", seconds("2026-02-10"), seconds("2026-04-01 00:00:01")))
    assert [period.start for period in found] == [seconds(day) for day in expected]
    assert all(a.end == b.start for a, b in pairwise(found))
    assert [p.start for p in periods("month", "UTC", seconds("2026-12-31"), seconds("2027-01-01"))] == [seconds("2026-12-01")]


def test_open_time_within_a_period() -> None:
    time = OpenTime(Intervals.of([(10, 20), (30, 40)]))
    cells = [(0, 10), (0, 15), (10, 20), (15, 35), (20, 30), (35, 50), (40, 50), (0, 50), (12, 13)]
    assert [time.within(Period(a, b)) for a, b in cells] == [0, 5, 10, 10, 0, 5, 0, 20, 1]
    assert OpenTime(Intervals.of([])).within(Period(0, 9)) == 0


def test_reasons_for_never_are_later_than_any_instant_and_the_stronger_the_later() -> None:
    assert 2 * seconds("9990-01-01") < BEYOND < ENDED < UNBOUNDED < NEVER < 1 << 63


def test_a_period_has_the_open_seconds_that_lie_in_it() -> None:
    """From any instant to any other, before, within and after five stretches."""
    open = Intervals.of((100 * n, 100 * n + 10 * (n + 1)) for n in range(1, 6))
    for start in range(90, 600, 7):
        for end in range(start, 620, 13):
            assert OpenTime(open).within(Period(start, end)) == open.clipped(start, end).length


def test_dates_are_numbered_from_1970_on_and_before() -> None:
    assert [day_number(date(1969, 12, 31)), day_number(date(1970, 1, 2))] == [-1, 1]
    for day in (date(1900, 1, 1), date(1969, 12, 31), date(2026, 3, 29), date(9990, 1, 1)):
        assert date_of(day_number(day)) == day
        assert midnight(day, "UTC") == 86400 * day_number(day)


@pytest.mark.parametrize(("zone", "winter", "summer"), [("America/New_York", -5, -4), ("Europe/London", 0, 1), ("Asia/Tokyo", 9, 9)])
def test_offsets_of_a_year_are_those_of_its_midnights(zone: str, winter: int, summer: int) -> None:
    offsets, _ = steady_offsets(zone, 2026)
    assert [len(offsets), offsets[0], offsets[180], offsets[-1]] == [365, 3600 * winter, 3600 * summer, 3600 * winter]
