"""Which rows an agreement promises, and for which instants each is checked."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from slachain.analysis.promises import expired, horizon, time_promises
from tests.catalogue import AS_OF, study

SOLD = """
calendars:
  tokyo: {{timezone: Asia/Tokyo, hours: {{mon-fri: "09:00-17:00"}}}}
  bogota: {{timezone: America/Bogota, hours: {{mon-fri: "09:00-17:00"}}}}
  new-york: {{timezone: America/New_York, hours: {{mon-fri: "09:00-17:00"}}}}
agreements:
  sold: {{kind: sla, provider: us, customer: them, calendar: new-york, targets: {{response: 4h}}, relies_on: [desk]{term}}}
  desk: {{kind: ola, provider: desk, customer: us, calendar: 24x7, targets: {{response: 1h}}}}
"""


def checked(term: str, calendar: str = "tokyo", as_of: date = AS_OF) -> tuple[str, str] | None:
    """From and to which instants, in UTC; Tokyo's midnights are at 15:00 the day before, New York's at 05:00, in summer at 04:00."""
    found = study(SOLD.format(term=f", term: {term}" if term else ""), as_of)
    assert not found.catalogue.findings
    when = horizon(found.catalogue.agreements["sold"], calendar, as_of, found.calendars)
    if when is None:
        return None
    start, end = (datetime.fromtimestamp(edge, UTC) for edge in (when.start, when.end))
    return f"{start:%Y-%m-%d %H}", f"{end:%Y-%m-%d %H}"


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        ("", ("2025-12-31 15", "2026-12-31 15")),  # a year in the zone of the promise's clock
        ("{from: 2020-07-01}", ("2025-12-31 15", "2026-12-31 15")),
        ("{from: 2026-01-01}", ("2026-01-01 05", "2027-01-01 05")),  # New Year comes to Tokyo first
        ("{from: 2026-07-01}", ("2026-07-01 04", "2027-07-01 04")),  # a year of its own, in the agreement's zone
        ("{until: 2026-06-30}", ("2025-12-31 15", "2026-07-01 04")),  # the last day is in it
        ("{until: 2026-01-01}", ("2025-12-31 15", "2026-01-02 05")),
        ("{until: 2025-12-31}", ("2025-12-31 15", "2026-01-01 05")),  # the last day in New York is not over in Tokyo
        ("{until: 2025-12-30}", None),
        ("{until: 2027-06-30}", ("2025-12-31 15", "2026-12-31 15")),
        ("{from: 2026-07-01, until: 2026-07-02}", ("2026-07-01 04", "2026-07-03 04")),
    ],
)
def test_a_promise_is_checked_for_a_year_of_its_clock_cut_to_the_term(term: str, expected: tuple[str, str] | None) -> None:
    assert checked(term) == expected


def test_at_midnight_both_beginnings_are_one() -> None:
    assert checked("{from: 2026-01-01}", "new-york") == ("2026-01-01 05", "2027-01-01 05") == checked("", "new-york")
    assert checked("{until: 2025-12-31}", "new-york") is None
    assert checked("{from: 2028-02-29}", "new-york", date(2028, 2, 1)) == ("2028-02-29 05", "2029-03-01 05")


def test_a_term_that_begins_with_the_year_of_the_clock_begins_no_year_of_its_own() -> None:
    """Bogota's midnight is New York's on 12 March 2028, the day on which New York's clocks go forward, and an hour after it a year later."""
    assert checked("{from: 2028-03-12}", "bogota", date(2028, 3, 12)) == ("2028-03-12 05", "2029-03-12 05")
    assert checked("{from: 2028-03-13}", "bogota", date(2028, 3, 12)) == ("2028-03-13 04", "2029-03-13 04")


@pytest.mark.parametrize(("until", "over"), [("2025-12-31", True), ("2026-01-01", False), ("2026-01-02", False)])
def test_a_term_is_over_on_the_day_after_its_last(until: str, over: bool) -> None:
    found = study(SOLD.format(term=f", term: {{until: {until}}}"))
    assert expired(found.catalogue.agreements["sold"], AS_OF) is over
    assert not expired(found.catalogue.agreements["desk"], AS_OF)


def test_no_term_ends_after_the_last_day_there_is() -> None:
    """A term to the end of time is not cut: there is no midnight after the last date."""
    assert checked("{until: 9999-12-31}") == checked("{until: 9990-01-01}") == checked("")


SAME = """{
    kind: sla, provider: us, customer: them, calendar: office, relies_on: [desk],
    targets: {
      availability: {at_least: 99%, per: month},
      response: {P2: 8h, P1: [{within: 1h, opened_in: office}, {within: 2h, calendar: 24x7, opened_in: night}, {within: 4h}]},
      resolution: 2d}}"""
ROWS = """
calendars: {{office: {{timezone: Europe/London, hours: {{mon-fri: "09:00-17:00"}}}}, night: {{not: office}}}}
agreements:
  one: &same {one}
  two: {two}
  desk: {{kind: ola, provider: desk, customer: us, calendar: 24x7, targets: {{response: 1h, resolution: 1d}}}}
"""


def test_rows_are_told_by_priority_as_written_and_by_alternative() -> None:
    catalogue = study(ROWS.format(one=SAME, two="*same")).catalogue
    response, resolution, availability = (
        list(time_promises(catalogue.agreements["one"], catalogue.metrics[name])) for name in ("response", "resolution", "availability")
    )
    assert [row.key for row in response] == [("one", "response", "P2", -1), *(("one", "response", "P1", number) for number in range(3))]
    assert [row.calendar for row in response] == ["office", "office", "24x7", "office"]
    assert [[rival.within.text for rival in row.rivals] for row in response] == [[], [], ["1h"], ["1h", "2h"]]
    assert [row.key for row in resolution] == [("one", "resolution", "*", -1)]
    assert availability == []
    assert list(time_promises(catalogue.agreements["one"], catalogue.metrics["update"])) == []


@pytest.mark.parametrize("two", ["*same", SAME], ids=["in one place", "in two"])
def test_the_row_in_the_same_place_of_another_agreement_is_that_agreement_s_own(two: str) -> None:
    catalogue = study(ROWS.format(one=SAME, two=two)).catalogue
    former, latter = catalogue.agreements["one"], catalogue.agreements["two"]
    for metric in ("response", "resolution"):
        rows, theirs = (list(time_promises(agreement, catalogue.metrics[metric])) for agreement in (former, latter))
        assert [row.by(latter) for row in rows] == theirs
        assert [row.by(latter).by(former) for row in rows] == rows
