"""The last day to give notice, against counting the days one by one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slachain.analysis.notice import DAY, ends_when_given, last_day
from slachain.language.model import Term, Written
from slachain.language.scalars import BusinessDays, Duration, Time, read_duration
from slachain.language.source import Span

NOWHERE = Span("a.yaml", 1, 1, 1, 2)
ONE_DAY = timedelta(days=1)
DATES = st.dates(date(1990, 1, 1), date(2120, 12, 31))


def term(until: date, notice: str) -> Term:
    return Term(closes=Written(until, str(until), NOWHERE), notice=Written(read_duration(notice), notice, NOWHERE))


def lasting(seconds: int) -> Written[Time]:
    return Written(Duration(seconds), "", NOWHERE)


def counted_back(until: date, seconds: int) -> tuple[date, int]:
    """The slow way: an hour hand of seconds is turned back from the last midnight of the term, a page of the calendar at a time."""
    day, left = until, DAY
    while seconds >= left:
        seconds -= left
        day, left = day - ONE_DAY, DAY
    return day, left - seconds


@given(DATES, st.integers(0, 800), st.integers(0, DAY - 1))
def test_as_counted_page_by_page(until: date, days: int, rest: int) -> None:
    seconds = max(days * DAY + rest, 1)
    found = last_day(Term(closes=Written(until, "", NOWHERE), notice=lasting(seconds)))
    assert found
    assert (found.day, found.left) == counted_back(until, seconds)


@given(DATES, st.integers(1, 800 * DAY))
def test_what_is_given_on_the_last_day_ends_it_in_time(given_on: date, seconds: int) -> None:
    """Of an agreement without an end: its last day, once notice is given, is the first whose last day to give notice is no earlier."""
    notice = lasting(seconds)

    def enough(until: date) -> bool:
        found = last_day(Term(closes=Written(until, "", NOWHERE), notice=notice))
        assert found
        return found.day > given_on or (found.day == given_on and found.left == DAY)

    ends = ends_when_given(notice, given_on)
    assert enough(ends)
    assert not enough(ends - ONE_DAY)


@pytest.mark.parametrize(
    ("until", "notice", "day", "before"),
    [
        (date(2026, 12, 31), "90d", date(2026, 10, 2), "24:00"),
        (date(2028, 3, 31), "31d", date(2028, 2, 29), "24:00"),  # a leap day
        (date(2027, 3, 31), "31d", date(2027, 2, 28), "24:00"),
        (date(2028, 2, 29), "366d", date(2027, 2, 28), "24:00"),
        (date(2026, 3, 29), "1d", date(2026, 3, 28), "24:00"),  # the clocks go forward that night in Europe
        (date(2026, 4, 30), "36h", date(2026, 4, 29), "12:00"),
        (date(2026, 4, 30), "1h30m", date(2026, 4, 30), "22:30"),
        (date(2026, 4, 30), "1s", date(2026, 4, 30), "23:59:59"),
        (date(2026, 4, 30), "24h", date(2026, 4, 29), "24:00"),
        (date(2026, 12, 31), "12w", date(2026, 10, 8), "24:00"),
        (date(50, 1, 1), "36500d", date.min, "24:00"),
    ],
)
def test_worked_examples(until: date, notice: str, day: date, before: str) -> None:
    found = last_day(term(until, notice))
    assert found
    assert (found.day, found.before) == (day, before)


def test_what_has_no_last_day() -> None:
    assert last_day(Term()) is None
    assert last_day(Term(closes=Written(date(2026, 1, 1), "", NOWHERE))) is None
    assert last_day(Term(notice=lasting(DAY))) is None
    with pytest.raises(TypeError):
        last_day(Term(closes=Written(date(2026, 1, 1), "", NOWHERE), notice=Written(BusinessDays(3), "3bd", NOWHERE)))


@pytest.mark.parametrize(("seconds", "ends"), [(1, date(2026, 10, 3)), (90 * DAY, date(2026, 12, 31)), (90 * DAY + 1, date(2027, 1, 1))])
def test_days_of_notice_are_whole_days_after_the_one_it_is_given_on(seconds: int, ends: date) -> None:
    assert ends_when_given(lasting(seconds), date(2026, 10, 2)) == ends
