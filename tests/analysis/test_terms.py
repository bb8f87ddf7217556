"""Terms as sets of days: what lies outside of one, what stretches are together, and which time is the shorter."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from slachain.analysis.terms import Days, add, merged, shorter, uncovered
from slachain.language.model import Term, Written
from slachain.language.scalars import BusinessDays, Duration, Time
from slachain.language.source import Span

NOWHERE = Span("a.yaml", 1, 1, 1, 2)
FIRST = date(2026, 2, 20)
dates = st.integers(0, 25).map(lambda n: FIRST + timedelta(days=n))
stretches = st.tuples(dates, st.integers(0, 4)).map(lambda drawn: Days(drawn[0], drawn[0] + timedelta(days=drawn[1])))


def each(stretch: Days) -> set[date]:
    return {stretch.first + timedelta(days=n) for n in range((stretch.last - stretch.first).days + 1)}


def written(day: date | None) -> Written[date] | None:
    return None if day is None else Written(day, str(day), NOWHERE)


@given(st.none() | dates, st.none() | dates, stretches)
def test_uncovered_are_the_days_before_a_term_and_those_after_it(opens: date | None, closes: date | None, days: Days) -> None:
    term = Term(opens=written(opens), closes=written(closes))
    told = [(end, each(found)) for end, found in uncovered(term, days)]
    before, after = ({day for day in each(days) if opens and day < opens}, {day for day in each(days) if closes and day > closes})
    assert told == [(end, left) for end, left in ((term.opens, before), (term.closes, after)) if left]


def days(first: int, last: int) -> Days:
    return Days(FIRST + timedelta(days=first), FIRST + timedelta(days=last))


@example([days(0, 1), days(5, 9), days(6, 7)])  # the last within the one before it
@example([days(0, 9), days(11, 12), days(13, 14)])
@given(st.lists(stretches, max_size=8))
def test_merged_stretches_are_the_same_days_in_order_with_days_between_them(drawn: list[Days]) -> None:
    found = merged(drawn)
    assert {day for one in found for day in each(one)} == {day for one in drawn for day in each(one)}
    assert all(one.last + timedelta(days=1) < other.first for one, other in pairwise(found))


@pytest.mark.parametrize("number", [2, 10**6])
def test_a_time_is_shorter_than_a_longer_one_of_its_unit_alone(number: int) -> None:
    units: list[type[BusinessDays] | type[Duration]] = [BusinessDays, Duration]
    for unit in units:
        one, more, other = unit(number), unit(number + 1), unit(number)
        assert [shorter(one, more), shorter(more, one), shorter(one, other)] == [True, False, False]
    mixed: list[tuple[Time, Time]] = [(BusinessDays(number), Duration(number + 1)), (Duration(number), BusinessDays(number + 1))]
    assert not any(shorter(one, other) for one, other in mixed)


@pytest.mark.parametrize(("day", "years", "later"), [("9998-06-30", 1, "9999-06-30"), ("9998-06-30", 2, "9999-12-31")])
def test_no_date_is_later_than_the_last_there_is(day: str, years: int, later: str) -> None:
    assert add(date.fromisoformat(day), years, "year") == date.fromisoformat(later)
