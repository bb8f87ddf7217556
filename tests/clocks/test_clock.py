"""One calendar over one view: its curves from end to end of it, and its business days, against dates counted one by one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from slachain.clocks.clock import Clock, View
from slachain.clocks.curves import BEYOND, ENDED
from slachain.clocks.hours import Windows
from slachain.clocks.intervals import Intervals
from slachain.language.scalars import BusinessDays, Duration
from tests.clocks.written import read, seconds

DAY = 20  # seconds of a small world's day
Row = tuple[int, int, int, bool]


@st.composite
def worlds(draw: st.DrawFn) -> tuple[list[Row], View, int]:
    """The windows of some dates, which may run past midnight and overlap; a view of them; and what comes after it."""
    first = draw(st.sampled_from([-500, 0, 7_000]))
    rows = []
    for day in range(first, first + 16):
        windows = draw(st.lists(st.tuples(st.integers(0, DAY - 1), st.integers(1, 30)), max_size=2))
        business = draw(st.booleans())
        rows += [(DAY * day + opens, DAY * day + opens + length, day, business) for opens, length in windows]
    lo = DAY * first + draw(st.integers(0, 5 * DAY))
    return sorted(rows), View(lo, lo + draw(st.integers(1, 14 * DAY))), draw(st.sampled_from([BEYOND, ENDED]))


def clock_of(rows: list[Row], view: View, after: int) -> Clock:
    open = Intervals.of((start, end) for start, end, _, _ in rows).clipped(view.lo, view.hi)
    return Clock(open, view, after, lambda: Windows.of(rows))


def begun_last(rows: list[Row], tick: int) -> int | None:
    """The date of the window in which a clock starts: while any is open the one that began last, or else the next one's."""
    open = any(2 * start <= tick < 2 * end for start, end, _, _ in rows)
    begun, waiting = [row for row in rows if 2 * row[0] <= tick], [row for row in rows if tick < 2 * row[0]]
    return begun[-1][2] if open else waiting[0][2] if waiting else None


def closings(rows: list[Row]) -> Iterator[tuple[int, int]]:
    """Each business day and the tick at which it closes, which is no earlier than that of the business day before."""
    close = -(10**9)
    for day in sorted({day for _, _, day, business in rows if business}):
        close = max(close, *(end for _, end, date, business in rows if date == day and business))
        yield day, 2 * close


@given(worlds(), st.integers(1, 4))
def test_business_days_are_those_after_the_date_in_which_the_clock_starts(world: tuple[list[Row], View, int], days: int) -> None:
    rows, view, after = world
    clock, closes = clock_of(rows, view, after), list(closings(rows))
    due = clock.due(BusinessDays(days))
    for tick in range(2 * view.lo, 2 * view.hi):
        date = begun_last(rows, tick)
        following = [close for day, close in closes if date is not None and day > date]
        expected = following[days - 1] if len(following) >= days else after
        assert due(tick) == (BEYOND if expected != after and expected > 2 * view.hi else expected), tick
    assert (np.diff(due.values) >= 0).all(), "later in, later out"


@given(worlds(), st.sampled_from([Duration(0), Duration(1), Duration(30), Duration(10_000), BusinessDays(1)]))
def test_every_curve_of_a_clock_begins_and_ends_with_its_view(world: tuple[list[Row], View, int], time: Any) -> None:
    rows, view, after = world
    clock = clock_of(rows, view, after)
    for curve in (clock.elapsed, clock.due(time)):
        assert (curve.start, curve.end) == (2 * view.lo, 2 * view.hi)
        assert (np.diff(curve.starts) > 0).all()
        assert curve.starts[-1] < curve.end


@given(worlds(), st.sampled_from([0, 0, 1, 2, 7, 30, 60]))
def test_elapsed_counts_open_seconds_and_due_is_when_they_are_over(world: tuple[list[Row], View, int], seconds: int) -> None:
    rows, view, after = world
    clock = clock_of(rows, view, after)
    ticks = np.arange(2 * view.lo, 2 * view.hi)
    passes = clock.open.covers(ticks // 2)
    counted = np.append(0, np.cumsum(passes))
    due = clock.due(Duration(seconds))
    assert clock.elapsed.at(ticks).tolist() == counted[:-1].tolist()
    for tick, before in zip(ticks.tolist(), counted.tolist(), strict=False):
        until = np.searchsorted(counted, before + 2 * seconds, side="left")
        assert due(tick) == (tick if not seconds else 2 * view.lo + until if until < len(counted) else after), tick


@given(worlds(), st.lists(st.tuples(st.integers(-10, 400), st.integers(-10, 400)), min_size=2, max_size=8))
def test_open_seconds_within_any_instants(world: tuple[list[Row], View, int], drawn: list[tuple[int, int]]) -> None:
    rows, view, after = world
    clock = clock_of(rows, view, after)
    instants = Intervals.of((view.lo + start, view.lo + end) for start, end in drawn)
    assert [clock.open_within(instants), clock.open_within(instants)] == [(clock.open & instants).length] * 2


CALENDARS = read(
    office={"timezone": "UTC", "hours": {"mon-fri": "09:00-12:00, 13:00-17:00"}},
    alike={"any_of": ["office"]},
    until={"timezone": "UTC", "hours": {"mon-fri": "09:00-17:00"}, "until": "2026-04-30"},
    night={"timezone": "UTC", "hours": {"mon-fri": "22:00-06:00"}},
    relieved={"timezone": "UTC", "hours": {"mon-fri": "22:00-06:00", "sat": "01:00-03:00"}},
    shifts={"timezone": "UTC", "hours": {"mon-sun": "00:00-14:00, 12:00-02:00"}},
)


@pytest.mark.parametrize("id", ["office", "alike"])
@pytest.mark.parametrize(
    ("opened", "days", "view_ends", "due"),
    [
        ("2026-03-04 10:00", 1, "2026-03-05 17:00", "2026-03-05 17:00"),  # closes with the view: known
        ("2026-03-04 10:00", 1, "2026-03-05 16:59", None),
        ("2026-03-04 10:00", 1, "2026-03-05 12:30", None),  # not at noon: that day goes on after the view
        ("2026-03-04 10:00", 2, "2026-03-06 17:00", "2026-03-06 17:00"),
        ("2026-03-02 00:00", 1, "2026-03-06 17:00", "2026-03-03 17:00"),  # begins with the view
    ],
)
def test_business_days_that_close_within_the_view_are_known_and_no_others(
    id: str, opened: str, days: int, view_ends: str, due: str | None
) -> None:
    clock = Clock.of(CALENDARS, id, View(seconds("2026-03-02 00:00"), seconds(view_ends)))
    found = clock.due(BusinessDays(days))
    assert found(2 * seconds(opened)) == (BEYOND if due is None else 2 * seconds(due))
    assert found.starts[-1] < found.end == 2 * seconds(view_ends)


def test_a_shift_that_began_before_the_view_is_of_the_date_on_which_it_began() -> None:
    """Asked on Saturday at 02:00, in Friday's night: the next night is Monday's. On Tuesday at 02:00, in Monday's: that of Tuesday."""
    for opened, due in [("2026-03-07 02:00", "2026-03-10 06:00"), ("2026-03-10 02:00", "2026-03-11 06:00")]:
        clock = Clock.of(CALENDARS, "night", View(seconds(opened), seconds(opened) + 14 * 86400))
        assert clock.due(BusinessDays(1))(2 * seconds(opened)) == 2 * seconds(due)


@pytest.mark.parametrize(("view_ends", "after"), [("2026-04-30 16:59", BEYOND), ("2026-04-30 17:00", ENDED), ("2026-05-20 00:00", ENDED)])
def test_past_its_last_second_a_calendar_has_ended_and_until_then_nothing_is_known(view_ends: str, after: int) -> None:
    clock = Clock.of(CALENDARS, "until", View(seconds("2026-04-20 00:00"), seconds(view_ends)))
    assert {clock.due(time)(2 * seconds("2026-04-30 12:00")) for time in (Duration(6 * 3600), BusinessDays(1))} == {after}


def test_where_shifts_overlap_the_newer_one_has_the_ticket() -> None:
    """Each goes on for two hours after the next has begun. At 01:00 on Tuesday that is Tuesday's first, though Monday's second still works."""
    clock = Clock.of(CALENDARS, "shifts", View(seconds("2026-03-02 06:00"), seconds("2026-03-09 00:00")))
    for opened, due in [("2026-03-02 23:00", "2026-03-04 02:00"), ("2026-03-03 01:00", "2026-03-05 02:00")]:
        assert clock.due(BusinessDays(1))(2 * seconds(opened)) == 2 * seconds(due)


def test_a_short_shift_within_a_night_has_every_ticket_from_then_on() -> None:
    """From Saturday at 01:00 on, though Friday's night outlasts it: what comes in at 04:00 is not due before what came in at 02:00."""
    clock = Clock.of(CALENDARS, "relieved", View(seconds("2026-03-06 00:00"), seconds("2026-03-20 00:00")))
    for opened, due in [("07 00:30", "07 06:00"), ("07 02:00", "10 06:00"), ("07 04:00", "10 06:00"), ("07 06:00", "11 06:00")]:
        assert clock.due(BusinessDays(1))(2 * seconds(f"2026-03-{opened}")) == 2 * seconds(f"2026-03-{due}")


def test_a_view_may_begin_as_a_window_ends() -> None:
    """On Monday at 17:00 the clock starts on Tuesday, and the next business day is Wednesday."""
    clock = Clock.of(CALENDARS, "office", View(seconds("2026-03-02 17:00"), seconds("2026-03-09 00:00")))
    due = clock.due(BusinessDays(1))
    assert due(2 * seconds("2026-03-02 17:00")) == 2 * seconds("2026-03-04 17:00")
    assert (np.diff(due.starts) > 0).all()


def test_a_date_of_whose_only_window_nothing_is_left_is_no_business_day() -> None:
    """In London, at a quarter past one on the Sunday on which the clocks go forward, it is past two: the next is Saturday a week later."""
    night = {"timezone": "Europe/London", "hours": {"sat-sun": "01:15-01:45"}}
    calendars = read(x=night, y={"any_of": ["x"]})
    for id in ("x", "y"):
        clock = Clock.of(calendars, id, View(seconds("2026-03-21 00:00"), seconds("2026-04-11 00:00")))
        due = [clock.due(BusinessDays(days))(2 * seconds("2026-03-28 01:30")) for days in (1, 2)]
        assert due == [2 * seconds(text) for text in ("2026-04-04 00:45", "2026-04-05 00:45")]
