"""Money at risk, with the numbers that can be reckoned by hand from the agreement."""

from __future__ import annotations

from fractions import Fraction

from slachain.analysis.money import AtRisk, amount_at_risk, time_at_risk
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


def test_what_holds_costs_nothing() -> None:
    assert timed("3h") == AtRisk(Fraction(0), Fraction(0), "EUR")


def test_a_fee_is_told_by_the_month() -> None:
    assert timed(fee="12000 EUR/year") == timed()
    assert timed(fee="3000 EUR/quarter") == timed()


def test_of_a_promise_that_rests_on_nothing_nothing_is_proved() -> None:
    found = study(TIMED.format(within="3h", fee="1000 EUR/month", cap="", demand="3/month", relies_on="")).verdicts[0]
    assert found.verdict == "unsupported"
    risk = time_at_risk(found)
    assert risk is not None
    assert risk.at_most == 150


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
    """1% reaches no band, 3% the first, 5% the second; the bands are in order, so nothing is said of them."""
    costs = {}
    for share in ("1%", "3%", "5%"):
        found = study(AMOUNT.format(share=share))
        risk = amount_at_risk(found.amount_verdicts[0])
        assert risk is not None
        costs[share] = risk.at_most
    assert costs == {"1%": 0, "3%": 50, "5%": 100}
