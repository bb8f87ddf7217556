"""Money at risk, with the numbers that can be reckoned by hand from the agreement."""

from __future__ import annotations

from fractions import Fraction

import pytest

from slachain.analysis.money import AtRisk, amount_at_risk, demand_of, owed, time_at_risk
from tests.catalogue import study, verdict

TIMED = """
agreements:
  promise:
    kind: sla
    provider: us
    customer: them
    calendar: 24x7
    targets: {{resolution: {{P1: {{within: 4h, attainment: 90%}}}}}}
    relies_on: [{relies_on}]
    fee: {fee}
    credits: {{resolution: [{{over: 4h, credit: 2%}}, {{over: 8h, credit: 5%}}]{cap}}}
    demand: {{P1: {demand}}}
  team: {{kind: ola, provider: team, customer: us, calendar: 24x7, targets: {{resolution: {{P1: {{within: {within}, attainment: 90%}}}}}}}}
"""


def timed(
    within: str = "6h", fee: str = "1000 EUR/month", cap: str = "", demand: str = "3/month", relies_on: str = "team"
) -> AtRisk | None:
    return time_at_risk(verdict(TIMED.format(within=within, fee=fee, cap=cap, demand=demand, relies_on=relies_on)))


def test_a_ticket_costs_the_worst_band_that_it_reaches() -> None:
    """6 h is over 4 h and not over 8 h: 2% for each of three tickets; all are late, so all are expected."""
    assert timed() == AtRisk(Fraction(60), Fraction(60), "EUR")


def test_the_next_band_is_reached_beyond_its_edge() -> None:
    assert timed("8h") == AtRisk(Fraction(60), Fraction(60), "EUR")
    assert timed("9h") == AtRisk(Fraction(150), Fraction(150), "EUR")


def test_a_cap_is_what_can_be_lost() -> None:
    """With a cap the number of tickets has no other end; what is expected stays below it."""
    assert timed(cap=", cap: 30%") == AtRisk(Fraction(300), Fraction(60), "EUR")


def test_so_many_are_expected_as_may_be_late() -> None:
    """Of 100 tickets 40 go to a team that is always late, and of the other 60 one in ten is: 46 at 2% each."""
    slow = "{agreement: slow, share: 40%}, {agreement: team, share: 60%}"
    more = "  slow: {{kind: ola, provider: slow, customer: us, calendar: 24x7, targets: {{resolution: {{P1: {{within: 6h, attainment: 90%}}}}}}}}\n"
    text = (TIMED + more).format(within="3h", fee="100 EUR", cap=", cap: 100%", demand="10/month", relies_on=slow)
    assert time_at_risk(verdict(text)) == AtRisk(Fraction(100), 100 * Fraction(2, 100) * 10 * Fraction(46, 100), "EUR")


def test_what_holds_costs_nothing() -> None:
    assert timed("3h") == AtRisk(Fraction(0), Fraction(0), "EUR")


def test_a_fee_is_told_by_the_month() -> None:
    assert timed(fee="12000 EUR/year") == timed()
    assert timed(fee="3000 EUR/quarter") == timed()
    assert timed(fee="1000 EUR") == timed()
    assert timed(fee="1000 EUR/quarter") == AtRisk(Fraction(20), Fraction(20), "EUR")


def test_without_a_fee_or_credits_nothing_can_be_told() -> None:
    for text, lines in ((TIMED, ("    fee: ", "    credits: ")), (AMOUNT, ("    fee: ", "    credits: "))):
        for line in lines:
            less = "\n".join(one for one in text.splitlines() if not one.startswith(line))
            found = study(less.format(within="6h", fee="1 EUR", cap="", demand="3/month", relies_on="team", share="5%"))
            assert [time_at_risk(one) for one in found.verdicts] + [amount_at_risk(one) for one in found.amount_verdicts] == [None]


def test_a_fee_by_the_hour_is_one_of_a_twelfth_of_the_year() -> None:
    """8760 hours of a year are 730 of a month."""
    risk = timed(fee="1 EUR/hour")
    assert risk is not None
    assert risk.at_most == 730 * Fraction(6, 100)


def test_without_a_cap_no_more_than_the_fee_is_lost() -> None:
    """60 late tickets at 2% would be 1200."""
    assert timed(demand="60/month") == AtRisk(Fraction(1000), Fraction(1000), "EUR")


def test_of_a_promise_that_rests_on_nothing_nothing_is_proved() -> None:
    found = study(TIMED.format(within="3h", fee="1000 EUR/month", cap="", demand="3/month", relies_on="")).verdicts[0]
    assert found.verdict == "unsupported"
    assert time_at_risk(found) == AtRisk(Fraction(150), None, "EUR")


DAYS = """
calendars:
  office: {{timezone: UTC, hours: {{mon-fri: "09:00-17:00"}}}}
agreements:
  promise:
    kind: sla
    provider: us
    customer: them
    calendar: office
    targets: {{resolution: {{P1: 1bd}}}}
    relies_on: [team]
    fee: 1000 EUR/month
    credits: {{resolution: [{{over: {first}, credit: 2%}}, {{over: {second}, credit: 5%}}]}}
  team: {{kind: ola, provider: team, customer: us, calendar: office, targets: {{resolution: {{P1: {within}}}}}}}
"""


@pytest.mark.parametrize(
    ("within", "first", "second", "at_most"),
    [
        ("1bd", "1bd", "3bd", 0),
        ("2bd", "1bd", "3bd", 20),
        ("3bd", "1bd", "3bd", 20),
        ("4bd", "1bd", "3bd", 50),
        ("4bd", "1h", "2h", 0),  # of days nothing is told in hours
    ],
)
def test_a_band_in_business_days_is_reached_by_a_ticket_that_takes_more(within: str, first: str, second: str, at_most: int) -> None:
    risk = time_at_risk(verdict(DAYS.format(within=within, first=first, second=second)))
    assert risk is not None
    assert [risk.at_most, risk.expected] == [at_most, None]


def test_a_share_is_no_edge_for_a_ticket_nor_a_time_one_for_a_share() -> None:
    shares = TIMED.replace("{{over: 4h, credit: 2%}}, {{over: 8h, credit: 5%}}", "{{below: 99%, credit: 2%}}")
    found = time_at_risk(verdict(shares.format(within="6h", fee="1000 EUR", cap="", demand="3/month", relies_on="team")))
    assert found == AtRisk(Fraction(0), Fraction(0), "EUR")
    times = AMOUNT.replace("{{over: 2%, credit: 5%}}, {{over: 4%, credit: 10%}}", "{{over: 4h, credit: 5%}}")
    assert amount_at_risk(study(times.format(share="5%")).amount_verdicts[0]) == AtRisk(Fraction(0), Fraction(0), "EUR")


def test_a_row_for_every_priority_has_the_tickets_that_no_other_row_has() -> None:
    demand = "3/month, P2: 4/month, P3: 5/month"
    promise = study(TIMED.format(within="6h", fee="1 EUR", cap="", demand=demand, relies_on="team")).catalogue.agreements["promise"]
    assert demand_of(promise, "resolution", "P2") == 4
    assert demand_of(promise, "resolution", "P4") is None
    assert demand_of(promise, "resolution", "*") == 9
    assert demand_of(promise, "response", "*") == 12
    some = TIMED.format(within="6h", fee="1 EUR", cap="", demand="3/month, '*': 7/month", relies_on="team")
    assert demand_of(study(some).catalogue.agreements["promise"], "resolution", "*") == 7
    assert [owed(promise, "resolution"), owed(promise, "response")] == [Fraction(5, 100), 0]


AMOUNT = """
metrics:
  errors: {{type: percent, better: lower, chain: each}}
agreements:
  promise:
    kind: sla
    provider: us
    customer: them
    calendar: 24x7
    targets: {{errors: {{at_most: 2%}}}}
    relies_on: [team]
    fee: 1000 EUR/month
    credits: {{errors: [{{over: 2%, credit: 5%}}, {{over: 4%, credit: 10%}}]}}
  team: {{kind: ola, provider: team, customer: us, calendar: 24x7, targets: {{errors: {{at_most: {share}}}}}}}
"""


def test_where_less_is_better_more_costs_more() -> None:
    """1% and 2% reach no band, 3% and 4% the first, 5% the second; the bands are in order, so nothing is said of them."""
    costs = {}
    for share in ("1%", "2%", "3%", "4%", "5%"):
        found = study(AMOUNT.format(share=share))
        risk = amount_at_risk(found.amount_verdicts[0])
        assert risk is not None
        costs[share] = risk.at_most
    assert costs == {"1%": 0, "2%": 0, "3%": 50, "4%": 50, "5%": 100}


def test_where_more_is_better_less_costs_more() -> None:
    """An edge itself is not below itself."""
    text = AMOUNT.replace("better: lower", "better: higher").replace("at_most: 2%", "at_least: 90%").replace("at_most:", "at_least:")
    text = text.replace("{{over: 2%, credit: 5%}}, {{over: 4%, credit: 10%}}", "{{below: 90%, credit: 5%}}, {{below: 80%, credit: 10%}}")
    costs = []
    for share in ("95%", "90%", "85%", "80%", "79%"):
        risk = amount_at_risk(study(text.format(share=share)).amount_verdicts[0])
        assert risk is not None
        costs.append(risk.at_most)
    assert costs == [0, 0, 50, 50, 100]
