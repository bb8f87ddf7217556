"""Windows of hours on their dates: which there are, in which order, and how long they are when clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime

import numpy as np
import pytest

from slachain.clocks.calendars import Calendars
from slachain.clocks.hours import Windows
from slachain.clocks.wall import date_of, day_number
from tests.clocks.written import read, seconds


def told(calendars: Calendars, lo: str, hi: str) -> list[str]:
    pairs = calendars.open("x", seconds(lo), seconds(hi)).pairs()
    return ["-".join(datetime.fromtimestamp(edge, UTC).strftime("%d %H:%M") for edge in pair) for pair in pairs]


@pytest.mark.parametrize(
    ("zone", "hours", "day", "expected"),
    [
        ("Europe/London", "00:30-01:30", "2026-10-25", "24 23:30-25 01:30"),  # closes when it is half past one for the second time
        ("Europe/London", "01:15-03:00", "2026-10-25", "25 00:15-25 03:00"),  # opens when it is a quarter past one for the first time
        ("Europe/London", "00:30-01:30", "2026-03-29", "29 00:30-29 01:00"),  # what would be half past one is half past two
        ("Europe/London", "01:15-03:00", "2026-03-29", "29 01:00-29 02:00"),
        ("America/Havana", "20:00-24:00", "2019-11-02", "03 00:00-03 04:00"),  # to the first of two midnights
        ("America/Havana", "00:00-02:00", "2019-11-03", "03 04:00-03 07:00"),  # and from it, three hours
        ("Europe/London", "22:00-06:00", "2026-10-24", "24 21:00-25 06:00"),
        ("Europe/London", "22:00-06:00", "2026-03-28", "28 22:00-29 05:00"),
    ],
)
def test_a_window_when_clocks_change(zone: str, hours: str, day: str, expected: str) -> None:
    """Written as an exception, as hours of that weekday, and as both of them in two ways."""
    weekday, two_days = date.fromisoformat(day).strftime("%a").lower(), 2 * 86400
    for body in ({"hours": {}, "exceptions": {day: hours}}, {"hours": {weekday: hours}}):
        calendars = read(x={"timezone": zone} | body)
        pairs = calendars.open("x", seconds(day) - two_days, seconds(day) + two_days).pairs()
        assert ["-".join(datetime.fromtimestamp(edge, UTC).strftime("%d %H:%M") for edge in pair) for pair in pairs] == [expected]


def test_hours_are_the_same_however_they_are_written() -> None:
    written = {"mon": "09:00-12:00, 13:00-17:00", "tue": "09:00-12:00,13:00-17:00", "wed": "13:00 - 17:00, 09:00 - 12:00"}
    found = told(read(x={"timezone": "UTC", "hours": written}), "2026-03-01", "2026-03-08")
    assert found == [
        f"{day:02} {opens}-{day:02} {closes}" for day in (2, 3, 4) for opens, closes in (("09:00", "12:00"), ("13:00", "17:00"))
    ]


def test_business_days_are_those_named_on_which_it_is_open() -> None:
    """An exception on a day that is not named is open time, and no business day."""
    body = {"timezone": "UTC", "hours": {"mon-wed": "09:00-17:00"}, "business_days": "tue-thu"}
    exceptions = {"2026-03-03": "10:00-12:00", "2026-03-05": "10:00-12:00", "2026-03-06": "10:00-12:00", "2026-03-11": "closed"}
    dated = read(x=body | {"exceptions": exceptions}).dated("x", seconds("2026-03-02"), seconds("2026-03-13"))
    days = {date_of(day): business for day, business in zip(dated.days.tolist(), dated.business.tolist(), strict=True)}
    march = {day.day: business for day, business in days.items() if date(2026, 3, 2) <= day < date(2026, 3, 13)}
    assert march == {2: False, 3: True, 4: True, 5: True, 6: False, 9: False, 10: True}


def test_windows_come_in_order_of_time_and_stay_of_their_dates() -> None:
    rows = [(50, 60, 2, True), (10, 55, 1, False), (10, 20, 1, False), (0, 5, 0, True)]
    windows = Windows.of(rows)
    columns = (windows.starts, windows.ends, windows.days, windows.business)
    assert list(zip(*(column.tolist() for column in columns), strict=True)) == sorted(rows)
    assert windows.open.pairs() == [(0, 5), (10, 60)]
    for first in range(4):
        for last in range(4):
            kept = windows.within(first, last)
            assert list(zip(kept.starts.tolist(), kept.business.tolist(), strict=True)) == [
                (start, business) for start, _, day, business in sorted(rows) if first <= day <= last
            ]
    assert Windows.of([]).open.pairs() == Windows.of([]).within(0, 9).open.pairs() == []


@pytest.mark.parametrize("made_of", [None, "any_of", "all_of"])
def test_dated_windows_are_whole_around_what_is_asked_for(made_of: str | None) -> None:
    """A day that goes on after lunch is known to do so though nobody asks for longer than until noon; nights are cut at midnight but for hours."""
    bodies = {"office": {"timezone": "UTC", "hours": {"mon-thu": "09:00-12:00, 13:00-17:00", "fri": "22:00-06:00"}}}
    calendars = read(**bodies, x={made_of: ["office"]}) if made_of else read(x=bodies["office"])
    dated = calendars.dated("x", seconds("2026-03-03 11:00"), seconds("2026-03-06 12:00"))
    told = {
        day: [(start // 3600 % 24, end // 3600 % 24) for start, end in zip(dated.starts[on].tolist(), dated.ends[on].tolist(), strict=True)]
        for day, on in ((day, dated.days == day_number(date(2026, 3, day))) for day in range(2, 8))
    }
    office = [(9, 12), (13, 17)]
    friday = {6: [(22, 0)], 7: [(0, 6)]} if made_of else {6: [(22, 6)], 7: []}
    assert told == {2: office, 3: office, 4: office, 5: office} | friday
    assert dated.business.all()
    assert (np.diff(dated.starts) > 0).all()
