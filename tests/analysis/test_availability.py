"""What agreements supply together of an availability, worked out by hand: on one clock, each part as long as its commitment says."""

from __future__ import annotations

from fractions import Fraction

import pytest

from slachain.analysis.amounts import AmountVerdict
from slachain.analysis.availability import Downtime
from slachain.study import Study
from tests.catalogue import study

HEAD = """
policy: {{failures: {failures}}}
agreements:
  promise: {{kind: sla, provider: us, customer: acme, calendar: 24x7, targets: {{availability: {{at_least: 1%}}}}, relies_on: [{relies_on}]}}
"""
BELOW = {
    "half": "targets: {availability: {at_least: 50%}}",
    "forty": "targets: {availability: {at_least: 40%}}",
    "ninety": "targets: {availability: {at_least: 90%}}",
    "full": "targets: {availability: {at_least: 100%}}",
    "none": "targets: {availability: {at_least: 0%}}",
    "silent": "title: commits to nothing",
    "list": "relies_on: [ninety, half]",  # has no commitment itself
    "better": "targets: {availability: {at_least: 95%}}, relies_on: [ninety]",  # commits to more than it can have
    "worse": "targets: {availability: {at_least: 30%}}, relies_on: [ninety]",
    "by_name": "targets: {availability: {P1: {at_least: 60%}, S1: {at_least: 80%}}}",
}


def catalogue(relies_on: str, failures: str = "independent") -> Study:
    lines = [f"  {id}: {{kind: ola, provider: us, customer: us, calendar: 24x7, {rest}}}\n" for id, rest in BELOW.items()]
    return study(HEAD.format(relies_on=relies_on, failures=failures) + "".join(lines))


def judged(relies_on: str, failures: str = "independent") -> AmountVerdict:
    found = catalogue(relies_on, failures)
    assert not found.catalogue.findings
    (row,) = found.amount_verdicts
    return row


@pytest.mark.parametrize(
    ("relies_on", "independent", "unknown"),
    [
        # all are needed: shares multiply, or at worst downtimes follow one another
        ("half, forty", ".2", "0"),  # 50% and 60% are more than all the time there is
        ("ninety, half", ".45", ".4"),
        ("{all_of: [ninety, half]}", ".45", ".4"),
        ("full, full", "1", "1"),
        ("ninety, none", "0", "0"),
        ("half, half", ".5", ".5"),  # the same twice is down but once
        ("half, {all_of: [ninety, half]}", ".45", ".4"),
        # one is enough: down only when all are, or as good as the best where they may fail together
        ("{any_of: [half, forty]}", ".7", ".5"),
        ("{any_of: [forty, ninety]}", ".94", ".9"),
        ("{any_of: [none, forty]}", ".4", ".4"),
        ("{any_of: [none, none, full]}", "1", "1"),
        ("{any_of: [forty]}", ".4", ".4"),
        ("{any_of: [forty, {all_of: [half, ninety]}]}", ".67", ".4"),
        ("{any_of: [forty, {any_of: [half, ninety]}]}", ".97", ".9"),
        ("{any_of: [half, half]}", ".5", ".5"),  # nobody stands in for themselves
        ("{any_of: [list, half]}", ".5", ".5"),
        ("{any_of: [better, worse]}", ".9", ".9"),  # both need `ninety`
        ("{any_of: [{all_of: [half, forty]}, {all_of: [forty, ninety]}]}", ".36", ".3"),
        ("ninety, {any_of: [ninety, half]}", ".855", ".8"),  # a group is a part of its own
        ("{any_of: [half, forty]}, {any_of: [half, forty]}", ".49", "0"),
        # who commits to nothing stands for what it relies on, or adds nothing
        ("list", ".45", ".4"),
        ("list, half", ".45", ".4"),
        ("list, forty", ".18", "0"),
        ("silent, half", ".5", ".5"),
        ("{any_of: [silent, half]}", ".5", ".5"),
        ("{all_of: [silent, {any_of: [silent]}]}, forty", ".4", ".4"),
        # who commits to more than it can have supplies what it can have
        ("better", ".9", ".9"),
        ("worse", ".3", ".3"),
        ("better, ninety", ".81", ".8"),
    ],
)
def test_what_is_needed_together_and_what_stands_in_for_each_other(relies_on: str, independent: str, unknown: str) -> None:
    assert judged(relies_on).supported == Fraction(independent)
    assert judged(relies_on, "unknown").supported == Fraction(unknown)


@pytest.mark.parametrize("relies_on", ["silent", "silent, {any_of: [silent, {all_of: [silent]}]}"])
def test_where_nobody_commits_to_anything_nothing_is_known(relies_on: str) -> None:
    found = judged(relies_on)
    assert (found.verdict, found.cause, found.supported, found.parts) == ("gap", "missing", None, ())


def test_each_part_is_told_with_what_it_supplies_by_itself() -> None:
    """What is below a commitment is told as well, and each once."""
    found = judged("better, {any_of: [list, half]}")
    told = {part.stop.agreement: (part.target.bound.value, part.supplies) for part in found.parts}
    assert told == {
        "better": (Fraction(95, 100), Fraction(95, 100)),
        "ninety": (Fraction(9, 10), Fraction(9, 10)),
        "half": (Fraction(1, 2), Fraction(1, 2)),
    }
    assert len(found.parts) == 3


def test_the_same_agreement_under_another_priority_is_another_part() -> None:
    """As P1 it supplies 60%, as S1 80%; side by side 48%, and neither stands in for the other."""
    other = "{agreement: by_name, priorities: {P1: S1}}"
    assert judged(f"by_name, {other}").supported == Fraction(48, 100)
    assert judged(f"{{any_of: [by_name, {other}]}}").supported == Fraction(8, 10)


CLOCKS = """
calendars:
  office: {timezone: Europe/London, hours: {mon-fri: "09:00-17:00"}}
  long: {timezone: Europe/London, hours: {mon-fri: "08:00-18:00"}}
  nights: {timezone: Europe/London, hours: {mon-fri: "18:00-24:00"}}
agreements:
  promise:
    {kind: sla, provider: us, customer: acme, calendar: office, targets: {availability: {at_least: 1%, per: quarter}}, relies_on: [vendor],
     term: {from: 2026-04-01, until: 2026-09-30}}
  vendor: {kind: uc, provider: v, customer: us, calendar: CLOCK, targets: {availability: {at_least: 99%, per: PERIOD}}}
"""


@pytest.mark.parametrize(
    ("clock", "period", "supported"),
    [
        # April to June have 65 working days, July to September 66; the months 22, 21, 22 and 23, 21, 22
        ("office", "quarter", "99%"),
        ("office", "month", "99%"),
        ("office", "year", 1 - Fraction(1, 100) * 261 / 65),  # all that is allowed in a year of 261 days may fall into the shorter quarter
        ("long", "quarter", 1 - Fraction(1, 100) * 10 / 8),  # and all of ten hours' into the eight that count
        ("24x7", "quarter", 1 - Fraction(1, 100) * 91 * 24 / (65 * 8)),
        ("24x7", "month", 1 - Fraction(1, 100) * 91 * 24 / (65 * 8)),
        ("nights", "quarter", 0),  # whenever the customer's clock runs, the vendor is not there
    ],
)
def test_an_outage_may_fall_where_it_hurts_most(clock: str, period: str, supported: Fraction | str | int) -> None:
    (found,) = study(CLOCKS.replace("CLOCK", clock).replace("PERIOD", period)).amount_verdicts
    assert found.supported == (Fraction(99, 100) if supported == "99%" else supported)
    assert [part.supplies for part in found.parts] == [found.supported]


def test_how_long_both_clocks_run_in_each_period_that_counts() -> None:
    """The customer's, both together, and the vendor's in its own periods: of two quarters in one year all of that year, twice."""
    found = study(CLOCKS.replace("CLOCK", "office").replace("PERIOD", "year"))
    (verdict,) = found.amount_verdicts
    downtime = Downtime(found.calendars, "office", "quarter", verdict.horizon)
    assert [promised for promised, _, _ in downtime.seconds("office", "quarter")] == [65 * 8 * 3600, 66 * 8 * 3600]
    assert {theirs for _, _, theirs in downtime.seconds("office", "year")} == {261 * 8 * 3600}
    assert [downtime.seconds(clock, "month") for clock in ("nights", "long")] == [
        tuple((days * 8 * 3600, 0, days * 6 * 3600) for days in (65, 66)),
        tuple((days * 8 * 3600, days * 8 * 3600, days * 10 * 3600) for days in (65, 66)),
    ]


@pytest.mark.parametrize(
    ("opens", "closes"),
    [("2026-01-01", "2026-01-31"), ("2026-03-10", "2026-03-11"), ("2026-06-30", "2026-07-01"), ("2026-12-15", "2026-12-31")],
)
def test_a_term_shorter_than_the_period_is_judged_by_the_whole_of_that_in_which_it_begins(opens: str, closes: str) -> None:
    """Some days of a term and a promise by the year: that is 2026, with its 261 working days, whichever days of it the term has."""
    text = CLOCKS.replace("CLOCK", "office").replace("PERIOD", "year").replace("per: quarter", "per: year")
    found = study(text.replace("from: 2026-04-01, until: 2026-09-30", f"from: {opens}, until: {closes}"))
    (verdict,) = found.amount_verdicts
    assert verdict.supported == Fraction(99, 100)
    downtime = Downtime(found.calendars, "office", "year", verdict.horizon)
    assert downtime.seconds("long", "quarter") == ((261 * 8 * 3600, 261 * 8 * 3600, 261 * 10 * 3600),)
