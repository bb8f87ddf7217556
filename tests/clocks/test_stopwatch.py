"""What a clock reads for many tickets at once, against the oracle that reads them one by one."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slachain.clocks.calendars import Calendars
from slachain.clocks.local_times import LAST, REPEATED, SKIPPED, USUAL, LocalTimes
from slachain.clocks.stopwatch import NEVER, Stopwatch
from slachain.clocks.wall import instant
from slachain.language.loader import load
from tests import catalogues, oracle
from tests.clocks.test_rotas import rota

FIRST, UNTIL = 1_774_000_000, 1_800_000_000  # from March 2026 to January 2027
WEEK = 7 * 86400
instants = st.integers(FIRST, UNTIL) | st.integers(FIRST // 1800, UNTIL // 1800).map(lambda n: 1800 * n)


def both(body: Any) -> tuple[Stopwatch, oracle.Clock]:
    """The same calendar twice."""
    text = catalogues.to_yaml({"calendars": {"c": body}})
    found = load({"a.yaml": text.encode()})
    assert not found.findings, found.findings
    return Stopwatch(Calendars(found.calendars), "c"), oracle.Calendars({"c": body}, date(2026, 3, 1), date(2028, 1, 1)).clock("c")


tickets = st.lists(st.tuples(instants, st.integers(0, 3 * WEEK) | st.integers(0, 700).map(lambda n: 1800 * n)), min_size=1, max_size=12)


@settings(max_examples=30)
@given(catalogues.hours_calendars(), tickets)
def test_open_time_between_two_instants(body: Any, drawn: list[tuple[int, int]]) -> None:
    clock, slow = both(body)
    starts = np.array([start for start, _ in drawn])
    ends = starts + np.array([length for _, length in drawn])
    assert clock.elapsed(starts, ends).tolist() == [slow.elapsed(a, b) for a, b in zip(starts.tolist(), ends.tolist(), strict=True)]


@settings(max_examples=30)
@given(catalogues.hours_calendars(), tickets, st.lists(st.sampled_from([0, 0, 1, 1800, 7200, 86400]), min_size=12, max_size=12))
def test_business_days_with_pauses(body: Any, drawn: list[tuple[int, int]], pauses: list[int]) -> None:
    """The least n with the end no later than n business days, and then so much open time more."""
    clock, slow = both(body)
    starts = np.array([start for start, _ in drawn])
    ends = starts + np.array([length for _, length in drawn])
    paused = np.array(pauses[: len(drawn)])
    found = clock.business_days(starts, ends, paused)
    for start, end, stopped, days in zip(starts.tolist(), ends.tolist(), paused.tolist(), found.tolist(), strict=True):
        if days == NEVER:
            assert slow.closings == [] or slow.closings[-1] < end
            continue
        assert slow.due(slow.due(start, oracle.Days(days)), stopped) >= end
        assert days == 1 or slow.due(slow.due(start, oracle.Days(days - 1)), stopped) < end


@settings(max_examples=40)
@given(
    st.sampled_from(["Europe/London", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Kolkata", "America/Sao_Paulo"]),
    st.lists(st.integers(0, 60 * 366 * 24 * 60).map(lambda n: 60 * n), min_size=1, max_size=20),
)
def test_local_times_are_those_of_the_wall(zone: str, walls: list[int]) -> None:
    epoch = date(1970, 1, 1).toordinal()
    found, kinds = LocalTimes(zone).instants(np.array(walls))
    last, _ = LocalTimes(zone, LAST).instants(np.array(walls))
    for wall, one, other, kind in zip(walls, found.tolist(), last.tolist(), kinds.tolist(), strict=True):
        day, minutes = date.fromordinal(epoch + wall // 86400), wall % 86400 // 60
        assert one == instant(day, minutes, zone)
        assert other == instant(day, minutes, zone, closing=minutes > 0) or kind == USUAL
        assert (kind == REPEATED) == (other > one)


def test_the_hour_that_autumn_repeats_and_the_one_that_spring_skips() -> None:
    walls = np.array(
        [instant(date(2026, 10, 25), 90, "UTC"), instant(date(2026, 3, 29), 90, "UTC"), instant(date(2026, 3, 29), 180, "UTC")]
    )
    found, kinds = LocalTimes("Europe/London").instants(walls)
    assert kinds.tolist() == [REPEATED, SKIPPED, USUAL]
    assert found.tolist() == [walls[0] - 3600, instant(date(2026, 3, 29), 60, "UTC"), walls[2] - 3600]
    assert LocalTimes("Europe/London", LAST).instants(walls)[0].tolist()[0] == walls[0]


def test_usual_times_are_told_apart_from_both_also_on_days_on_which_clocks_change() -> None:
    """Half past midnight, half past one and noon: on the day on which the hour from one comes twice, and on the day after."""
    walls = np.array([instant(date(2026, 10, day), minutes, "UTC") for day in (25, 26) for minutes in (30, 90, 720)])
    _, kinds = LocalTimes("Europe/London").instants(walls)
    assert (kinds == REPEATED).tolist() == [False, True, False, False, False, False]
    assert (kinds == SKIPPED).tolist() == [False] * 6


def test_clocks_that_go_back_into_the_day_before_repeat_its_last_hour() -> None:
    """In St. John's, at one minute past midnight on 7 November 2010, clocks were set back to 23:01 on the 6th."""
    walls = np.array([day("2010-11-06", minutes) for minutes in (720, 1380, 1381, 1439, 1440, 1441)])
    _, kinds = LocalTimes("America/St_Johns").instants(walls)
    assert kinds.tolist() == [USUAL, USUAL, REPEATED, REPEATED, REPEATED, USUAL]


def test_times_before_1970_are_told_as_well() -> None:
    """In New York clocks go back at 02:00 on 26 October 1969: half past midnight is still summer time, four hours behind."""
    walls = np.array([instant(date(1969, 10, day), minutes, "UTC") for day in (25, 26, 27) for minutes in (30, 720)])
    found, _ = LocalTimes("America/New_York").instants(walls)
    assert ((found - walls) // 3600).tolist() == [4, 4, 4, 5, 5, 5]


def test_every_second_of_the_hour_that_spring_skips_is_the_first_after_it() -> None:
    skipped = np.arange(instant(date(2026, 3, 29), 60, "UTC"), instant(date(2026, 3, 29), 120, "UTC"), 59)
    found, kinds = LocalTimes("Europe/London").instants(skipped)
    assert set(kinds.tolist()) == {SKIPPED}
    assert set(found.tolist()) == {instant(date(2026, 3, 29), 60, "UTC")}


@pytest.mark.parametrize(("zone", "on", "kind"), [("America/Sao_Paulo", "2018-11-04", SKIPPED), ("America/Havana", "2019-11-03", REPEATED)])
def test_clocks_may_change_at_midnight(zone: str, on: str, kind: int) -> None:
    """The first hour of the day is skipped, or comes twice."""
    walls = np.array([day(on, minutes) for minutes in (-1, 0, 30, 59, 60)])
    found, kinds = LocalTimes(zone).instants(walls)
    assert kinds.tolist() == [USUAL, kind, kind, kind, USUAL]
    assert found.tolist() == [instant(date.fromisoformat(on), minutes, zone) for minutes in (-1, 0, 30, 59, 60)]


def test_a_calendar_that_ends_has_no_business_day_left() -> None:
    clock, _ = both({"timezone": "UTC", "hours": {"mon-fri": "09:00-17:00"}, "until": "2026-04-30"})
    start = np.array([instant(date(2026, 4, 30), 720, "UTC")])
    assert clock.business_days(start, start + 10 * 86400, np.array([0])).tolist() == [NEVER]
    assert clock.elapsed(start, start + 10 * 86400).tolist() == [5 * 3600]


def day(text: str, minutes: int = 0) -> int:
    return instant(date.fromisoformat(text), minutes, "UTC")


@settings(max_examples=30)
@given(st.lists(st.tuples(instants, st.integers(0, 3 * WEEK)), min_size=2, max_size=5))
def test_a_view_holds_what_was_asked_for_and_never_less_than_before(stretches: list[tuple[int, int]]) -> None:
    clock, _ = both({"timezone": "UTC", "hours": {"mon-fri": "09:00-17:00"}})
    held: list[tuple[int, int]] = []
    for first, length in stretches:
        clock.cover(first, first + length)
        held.append((first, first + length))
        assert all(clock.lo <= a and b <= clock.hi for a, b in held)
        held.append((clock.lo, clock.hi))


def test_a_view_that_grows_step_by_step_holds_each() -> None:
    clock, _ = both({"timezone": "UTC", "hours": {"mon-fri": "09:00-17:00"}})
    clock.cover(FIRST, FIRST)
    for step in range(10):
        last = clock.hi + (5 + step) * 86400
        clock.cover(FIRST, last)
        assert clock.hi >= last


def test_what_is_asked_for_again_is_not_expanded_again() -> None:
    clock, _ = both({"timezone": "UTC", "hours": {"mon-fri": "09:00-17:00"}})
    clock.cover(FIRST, FIRST + WEEK)
    open = clock.open
    forty_days = 40 * 86400
    for first, last in [(FIRST, FIRST + WEEK), (FIRST + 1, FIRST + WEEK), (FIRST - forty_days, FIRST + WEEK + forty_days)]:
        clock.cover(first, last)
        assert clock.open is open
    clock.cover(FIRST, FIRST + WEEK + forty_days + 1)
    assert clock.open is not open


@pytest.mark.parametrize("until", ["2026-04-29", "2026-04-30"])
@pytest.mark.parametrize("pause", [1, 3600, 8 * 3600, 100 * 3600])
def test_a_pause_may_be_longer_than_a_calendar_goes_on(until: str, pause: int) -> None:
    """The last close of business is that of `until`, and no open second comes after it: what ends later is never in time."""
    clock, _ = both({"timezone": "UTC", "hours": {"mon-fri": "09:00-17:00"}, "until": until})
    start = np.array([day(until, 12 * 60 - 24 * 60), day(until, 12 * 60)])
    within, after = np.full(2, day(until, 17 * 60)), np.full(2, day(until, 18 * 60))
    paused = np.full(2, pause)
    assert clock.business_days(start[:1], within[:1], paused[:1]).tolist() == [1]
    assert clock.business_days(start, after, paused).tolist()[1] == NEVER


def test_an_open_second_after_the_last_close_is_one_too_many() -> None:
    """Only Mondays are business days; the pause moves Monday's close to the last open second of Tuesday, and no further."""
    hours = {"timezone": "UTC", "hours": {"mon-tue": "09:00-17:00"}, "business_days": "mon", "until": "2026-04-28"}
    clock, _ = both(hours)
    start, paused = np.array([day("2026-04-20", 12 * 60)]), np.array([8 * 3600])
    assert clock.business_days(start, np.array([day("2026-04-28", 17 * 60)]), paused).tolist() == [1]
    assert clock.business_days(start, np.array([day("2026-04-28", 17 * 60) + 1]), paused).tolist() == [NEVER]
    assert clock.business_days(start, np.array([day("2026-04-28", 17 * 60)]), np.array([1])).tolist() == [NEVER]


@pytest.mark.parametrize(("until", "days"), [("2026-04-29", 7), ("2026-04-30", 8)])
def test_what_ends_with_the_last_close_is_in_time_of_it_whatever_the_pause_leaves(until: str, days: int) -> None:
    clock, _ = both({"timezone": "UTC", "hours": {"mon-fri": "09:00-17:00"}, "until": until})
    start, end = np.array([day("2026-04-20", 12 * 60)]), np.array([day(until, 17 * 60)])
    assert clock.business_days(start, end, np.array([3600])).tolist() == [days]


@pytest.mark.parametrize("far", ["2026-04-20", "2027-06-01", "2036-04-01"])
def test_the_next_close_of_business_may_be_years_away(far: str) -> None:
    clock, _ = both({"timezone": "UTC", "hours": {}, "exceptions": {"2026-04-10": "09:00-12:00", far: "09:00-12:00"}})
    start = np.array([day("2026-04-10", 10 * 60)])
    assert clock.business_days(start, start + 60, np.array([0])).tolist() == [1]
    ahead = {"2026-04-20": 90, "2027-06-01": 800, "2036-04-01": 4000}[far]
    assert clock.hi == start[0] + 60 + (ahead + 40) * 86400, "no further is looked than it takes"


def test_without_tickets_there_is_nothing_to_read() -> None:
    clock, _ = both({"timezone": "UTC", "hours": {"mon-fri": "09:00-17:00"}})
    none = np.zeros(0, dtype=np.int64)
    assert clock.elapsed(none, none).tolist() == clock.business_days(none, none, none).tolist() == []


def test_a_pause_may_move_the_close_to_the_last_open_second_of_another_day() -> None:
    """On call for a second on Monday and two on Tuesday: Monday's close and two seconds more is when Tuesday's end, not the hours after."""
    at_nine = ("22T090000Z DTEND:20260322T090002Z", "23T090000Z DTEND:20260323T090001Z", "24T090000Z DTEND:20260324T090002Z")
    clock = Stopwatch(rota(*(f"DTSTART:202603{times}" for times in at_nine)), "x")
    opened, closes = np.array([day("2026-03-22", 540)]), day("2026-03-24", 540) + 2
    ended = [clock.business_days(opened, np.array([end]), np.array([2])).tolist() for end in (closes, closes + 1, closes + 7200)]
    assert ended == [[1], [2], [2]]


@pytest.mark.parametrize("opened", [f"2026-02-{day:02}" for day in range(8, 16)])
@pytest.mark.parametrize("pause", [0, 3600])
def test_nothing_may_be_open_around_a_ticket(opened: str, pause: int) -> None:
    """The calendar's only day is some forty days before: whether or not that comes into view, no business day follows."""
    clock, _ = both({"timezone": "UTC", "hours": {}, "exceptions": {"2026-01-01": "09:00-12:00"}})
    start = np.array([day(opened, 10 * 60)])
    assert clock.business_days(start, start + 60, np.array([pause])).tolist() == [NEVER]
    assert clock.elapsed(start, start + 60).tolist() == [0]


@pytest.mark.parametrize(
    ("hours", "ended", "days"),
    [
        (0, "2026-03-03 17:00:00", 1),
        (0, "2026-03-03 17:00:01", 2),
        (1, "2026-03-03 17:00:01", 1),  # an hour more of open time: until Wednesday at 10:00
        (1, "2026-03-04 10:00:00", 1),
        (1, "2026-03-04 10:00:01", 2),
        (8, "2026-03-04 17:00:00", 1),  # until it closes on Wednesday
        (8, "2026-03-04 17:00:01", 2),
        (8, "2026-03-05 09:00:00", 2),
        (24, "2026-03-06 17:00:00", 1),
        (24, "2026-03-09 09:00:00", 2),
        (80, "2026-03-17 17:00:00", 1),
    ],
)
def test_a_pause_moves_the_close_of_business_on_by_open_time(hours: int, ended: str, days: int) -> None:
    """Opened on Monday at 10:00, a business day is over on Tuesday at 17:00."""
    clock, _ = both({"timezone": "UTC", "hours": {"mon-fri": "09:00-17:00"}})
    opened, end = (np.array([int(datetime.fromisoformat(f"{text}+00:00").timestamp())]) for text in ("2026-03-02 10:00:00", ended))
    assert clock.business_days(opened, end, np.array([3600 * hours])).tolist() == [days]


def test_a_day_on_which_clocks_change_has_no_offset_of_its_own() -> None:
    times, number = LocalTimes("Europe/London"), date(1970, 1, 1).toordinal()
    days = ["2026-03-28", "2026-03-29", "2026-03-30", "2026-10-24", "2026-10-25", "2026-10-26"]
    assert [times.offset(date.fromisoformat(text).toordinal() - number) for text in days] == [0, None, 3600, 3600, None, 0]
