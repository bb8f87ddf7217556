"""The finer points of terms: which dates are not covered, what a notice is compared with, when a review is due."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slachain.analysis.terms import Days, add, days_promised, merged, shorter, uncovered
from slachain.language.model import Term, Written
from slachain.language.scalars import BusinessDays, Duration
from slachain.language.source import Span
from tests.catalogue import AS_OF, found_in

DATES = st.dates(date(2020, 1, 1), date(2035, 12, 31))


def term(opens: date | None = None, closes: date | None = None) -> Term:
    first, last = (Written(day, str(day), Span("a.yaml", 1, 1, 1, 1)) if day else None for day in (opens, closes))
    return Term(first, last)


def told(code: str, promise: str, below: str, more: str = "") -> list[str]:
    """What is found of one code in a promise and what it relies on, with these clauses."""
    text = f"""
agreements:
  acme: {{kind: sla, provider: desk, customer: acme, calendar: 24x7, {promise}, targets: {{resolution: {{P1: 4h}}}}, relies_on: [hosting]}}
  hosting: {{kind: uc, provider: vendor, customer: desk, calendar: 24x7, {below}, targets: {{resolution: {{P1: 3h}}}}}}
{more}"""
    return [finding.message for finding in found_in(text) if finding.code == code]


def not_in_force(promise: str, below: str) -> list[str]:
    return told("SC501", f"term: {{{promise}}}", f"term: {{{below}}}")


# --- in force --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("promise", "below", "missing"),
    [
        ("until: 2026-12-31", "until: 2026-12-31", None),
        ("until: 2026-12-31", "until: 2026-12-30", "on 2026-12-31"),
        ("until: 2026-12-31", "until: 2026-09-30", "from 2026-10-01 to 2026-12-31"),
        ("until: 2028-06-30", "until: 2028-03-31", "from 2028-04-01 to 2028-06-30"),  # past the horizon, to its last day
        ("from: 2025-01-01", "until: 2026-12-31", None),  # a promise without a last day: one year
        ("from: 2025-01-01", "until: 2026-11-30", "from 2026-12-01 to 2026-12-31"),
        ("from: 2026-07-01", "until: 2026-12-31", "from 2027-01-01 to 2027-06-30"),  # its year begins with it
        ("from: 2026-07-01", "from: 2026-07-01", None),
        ("from: 2026-07-01", "from: 2026-07-03", "from 2026-07-01 to 2026-07-02"),
        ("from: 2025-01-01, until: 2026-12-31", "from: 2025-06-01", None),  # what was not covered before today is over
        ("until: 2026-06-30", "from: 2027-01-01", "from 2026-01-01 to 2026-06-30"),
        ("from: 2026-07-01, until: 2026-12-31", "until: 2026-03-31", "from 2026-07-01 to 2026-12-31"),
        ("until: 2026-12-31", "until: 2025-12-31", "from 2026-01-01 to 2026-12-31"),
        ("until: 9999-12-31", "until: 9999-12-30", "on 9999-12-31"),
        ("until: 2025-12-31", "until: 2025-06-30", None),  # a promise that is over
        ("until: 2026-12-31", "", None),  # no dates: always in force
    ],
)
def test_the_dates_that_are_not_covered(promise: str, below: str, missing: str | None) -> None:
    expected = [f"hosting is not in force {missing}, while acme relies on it"] if missing else []
    assert not_in_force(promise, below) == expected


def test_both_ends_of_a_term_are_findings_of_their_own() -> None:
    found = not_in_force("until: 2026-12-31", "from: 2026-02-01, until: 2026-11-30")
    assert [message.split("force ")[1].split(",")[0] for message in found] == [
        "from 2026-01-01 to 2026-01-31",
        "from 2026-12-01 to 2026-12-31",
    ]


def test_promises_are_told_together_and_their_dates_joined() -> None:
    more = """
  fenwick: {kind: sla, provider: desk, customer: fenwick, calendar: 24x7, term: {until: 2026-12-31}, targets: {resolution: {P1: 4h}}, relies_on: [hosting]}
  later: {kind: sla, provider: desk, customer: later, calendar: 24x7, term: {from: 2027-06-01, until: 2027-06-30}, targets: {resolution: {P1: 4h}}, relies_on: [hosting]}
"""
    found = told("SC501", "term: {until: 2026-10-31}", "term: {until: 2026-09-30}", more)
    dates = "from 2026-10-01 to 2026-12-31 and from 2027-06-01 to 2027-06-30"
    assert found == [f"hosting is not in force {dates}, while acme and 2 others rely on it"]


def test_a_coordinator_that_is_over_counts_though_it_commits_to_nothing() -> None:
    text = """
agreements:
  acme: {kind: sla, provider: desk, customer: acme, calendar: 24x7, term: {until: 2026-12-31}, targets: {resolution: {P1: 4h}}, relies_on: [desk]}
  desk: {kind: ola, provider: desk, customer: desk, calendar: 24x7, term: {until: 2026-06-30}, relies_on: [{agreement: tier2, after: 10m, share: 100%}]}
  tier2: {kind: ola, provider: tier2, customer: desk, calendar: 24x7, targets: {resolution: {P1: 3h}}}
"""
    found = [f for f in found_in(text) if f.code == "SC501"]
    assert [(f.agreement, f.at.line) for f in found] == [("desk", 4)]
    assert [note.message for note in found[0].because] == ["acme is promised until 2026-12-31: not covered from 2026-07-01 to 2026-12-31"]


def test_what_no_judged_metric_leads_to_is_not_on_a_path() -> None:
    text = """
agreements:
  acme: {kind: sla, provider: desk, customer: acme, calendar: 24x7, targets: {resolution: {P1: 4h}}, relies_on: [tier2, {agreement: line, metrics: [availability]}]}
  tier2: {kind: ola, provider: tier2, customer: desk, calendar: 24x7, targets: {resolution: {P1: 3h}}}
  line: {kind: uc, provider: line, customer: desk, calendar: 24x7, term: {until: 2026-06-30, notice: 1d}, excludes: [storms]}
"""
    assert not [f for f in found_in(text) if f.code in ("SC404", "SC501", "SC502")]


@given(DATES, st.none() | DATES, st.none() | DATES, st.none() | DATES, st.none() | DATES)
def test_a_day_is_covered_or_it_is_told(as_of: date, a: date | None, b: date | None, c: date | None, d: date | None) -> None:
    """Day by day: what is told is exactly what lies in the promise's days and outside the other's term."""
    if (a and b and a > b) or (c and d and c > d) or (b and b < as_of):
        return
    days = days_promised(term(a, b), as_of)
    missing = [gap for _, gap in uncovered(term(c, d), days)]
    for gap in missing:
        assert days.first <= gap.first <= gap.last <= days.last
    edges = {days.first, days.last, *(day for day in (c, d) if day), *(edge for gap in missing for edge in (gap.first, gap.last))}
    for number in {day.toordinal() + step for day in edges for step in (-1, 0, 1)}:
        day = date.fromordinal(number)
        bare = days.first <= day <= days.last and not ((c is None or c <= day) and (d is None or day <= d))
        assert any(gap.first <= day <= gap.last for gap in missing) == bare


def test_days_that_overlap_or_touch_are_one_stretch() -> None:
    first, second, third, apart = (Days(date(2026, 1, a), date(2026, 1, b)) for a, b in ((1, 5), (3, 4), (6, 9), (11, 12)))
    assert merged([apart, third, second, first]) == (Days(date(2026, 1, 1), date(2026, 1, 9)), apart)


# --- notice ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("promise", "below", "short"),
    [
        ("notice: 90d", "notice: 30d", True),
        ("notice: 90d", "notice: 90d", False),
        ("notice: 30d", "notice: 90d", False),
        ("notice: 4w", "notice: 28d", False),
        ("notice: 4w", "notice: 27d", True),
        ("notice: 90d", "", False),  # none is written: nothing to compare
        ("", "notice: 30d", False),
    ],
)
def test_notices_are_compared_as_amounts_of_time(promise: str, below: str, short: bool) -> None:
    assert bool(told("SC502", f"term: {{{promise}}}", f"term: {{{below}}}")) == short


def test_business_days_and_durations_are_not_compared() -> None:
    assert shorter(BusinessDays(2), BusinessDays(3))
    assert shorter(Duration(2), Duration(3))
    assert not shorter(BusinessDays(1), Duration(10**6))
    assert not shorter(Duration(1), BusinessDays(100))


# --- reviews ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "count", "unit", "then"),
    [
        ("2026-01-31", 1, "month", "2026-02-28"),
        ("2028-01-31", 1, "month", "2028-02-29"),
        ("2026-01-31", 3, "month", "2026-04-30"),
        ("2026-01-31", 12, "month", "2027-01-31"),
        ("2026-11-30", 3, "month", "2027-02-28"),
        ("2026-12-15", 1, "month", "2027-01-15"),
        ("2028-02-29", 1, "year", "2029-02-28"),
        ("2028-02-29", 4, "year", "2032-02-29"),
        ("2026-02-27", 2, "day", "2026-03-01"),
        ("2026-12-28", 1, "week", "2027-01-04"),
        ("9990-01-01", 9999, "year", "9999-12-31"),
        ("9999-12-31", 9999, "week", "9999-12-31"),
        ("9999-12-31", 1, "month", "9999-12-31"),
    ],
)
def test_intervals_of_the_calendar(day: str, count: int, unit: str, then: str) -> None:
    assert add(date.fromisoformat(day), count, unit) == date.fromisoformat(then)


@given(DATES, st.integers(1, 60))
def test_months_later_in_later_out_and_never_more_than_31_days_each(day: date, count: int) -> None:
    later = add(day, count, "month")
    assert 28 * count <= (later - day).days <= 31 * count
    assert later.day == day.day or (later.day < day.day and add(later, 1, "day").day == 1)


@pytest.mark.parametrize(
    ("review", "due"),
    [
        ("{every: 1 year, last: 2025-01-01}", None),  # on the day itself it is not overdue
        ("{every: 1 year, last: 2024-12-31}", "2025-12-31"),
        ("{every: 1 month, last: 2025-11-30}", "2025-12-30"),
        ("{every: 90 days, last: 2025-10-03}", None),
        ("{every: 90 days, last: 2025-10-02}", "2025-12-31"),
        ("{last: 2001-01-01}", None),
        ("{every: 1 year}", None),
    ],
)
def test_a_review_is_overdue_the_day_after(review: str, due: str | None) -> None:
    text = f"agreements:\n  desk: {{kind: ola, provider: desk, customer: company, calendar: 24x7, review: {review}}}\n"
    found = [f.message for f in found_in(text, AS_OF) if f.code == "SC503"]
    assert [message.rsplit(" ", 1)[1] for message in found] == ([due] if due else [])


# --- exclusions ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("promise", "below", "found"),
    [
        ("[force-majeure]", "[Force majeure]", 0),
        ("[]", "[force-majeure, planned-maintenance]", 2),
        ("[force-majeure]", "[force-majeure, planned-maintenance]", 1),
        ("[force-majeure, planned-maintenance]", "[force-majeure]", 0),
    ],
)
def test_exclusions_are_compared_by_their_words(promise: str, below: str, found: int) -> None:
    assert len(told("SC404", f"excludes: {promise}", f"excludes: {below}")) == found
