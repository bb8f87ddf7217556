"""Public holidays that the package does not know yet: who is told of them, and for which years."""

from __future__ import annotations

from datetime import date

import pytest
from holidays import country_holidays

from tests.catalogue import found_in

LAST = country_holidays("GB").end_year  # the last year for which the package lists any


def told(term: str = "", add: str = "", calendar: str = "london", as_of: date = date(LAST, 6, 1)) -> list[str]:
    """Which agreements are told of holidays that nobody knows, where which calendar stands, and from when on."""
    text = f"""calendars:
  london: {{timezone: Europe/London, hours: {{mon-fri: "09:00-17:30"}},
    holidays: {{country: GB, subdivision: ENG{add}}}}}
  evenings: {{all_of: [24x7, {{not: london}}]}}
agreements:
  promise: {{kind: sla, provider: desk, customer: acme, calendar: 24x7, {term} targets: {{resolution: {{P1: 9d}}, availability: 99%}}, relies_on: [tier2]}}
  tier2: {{kind: ola, provider: engineering, customer: desk, calendar: 24x7, targets: {{resolution: {{P1: 6d}}}}, relies_on: [tier3]}}
  tier3: {{kind: ola, provider: development, customer: desk, calendar: {calendar}, targets: {{resolution: {{P1: 8h}}, availability: 99.9%}}}}
"""
    return [
        f"{f.at.line}:{f.at.column} {f.agreement} {f.message.split(' from ')[1][:10]}" for f in found_in(text, as_of) if f.code == "SC505"
    ]


@pytest.mark.parametrize(
    ("term", "add", "calendar", "as_of", "year"),
    [
        ("", "", "london", date(LAST, 6, 1), LAST + 1),  # half of the year that is looked at
        ("", "", "london", date(LAST - 1, 6, 1), None),
        ("", "", "london", date(LAST + 3, 1, 1), LAST + 3),
        ("", "", "evenings", date(LAST, 6, 1), LAST + 1),  # made of one, two levels deep
        ("", "", "24x7", date(LAST, 6, 1), None),  # nobody who is relied on reads it
        (f"term: {{until: {LAST}-11-29}},", "", "london", date(LAST, 6, 1), None),
        (f"term: {{until: {LAST}-12-31}},", "", "london", date(LAST, 6, 1), LAST + 1),  # its last tickets are worked on in January
        (f"term: {{from: {LAST + 1}-02-01}},", "", "london", date(LAST - 1, 6, 1), LAST + 1),  # its year begins with it
        ("", f", add: [{LAST + 1}-04-05]", "london", date(LAST, 6, 1), None),  # somebody has written that year's down
        ("", f", add: [{LAST}-04-05]", "london", date(LAST, 6, 1), LAST + 1),
    ],
)
def test_who_reads_a_calendar_in_a_year_without_known_holidays_is_told(
    term: str, add: str, calendar: str, as_of: date, year: int | None
) -> None:
    assert told(term, add, calendar, as_of) == ([f"3:25 promise {year}-01-01"] if year else [])
