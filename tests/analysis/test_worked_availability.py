"""Availabilities that others have published, each with its source (worked examples 12 to 16)."""

from __future__ import annotations

from fractions import Fraction

import pytest

from slachain.analysis.amounts import AmountVerdict
from tests.catalogue import study

HEAD = """
agreements:
  promise:
    {{kind: sla, provider: us, customer: them, calendar: 24x7, targets: {{availability: {{at_least: {promised}, per: {per}}}}}, relies_on: {relies_on}}}
"""
PART = "  {id}: {{kind: uc, provider: {id}, customer: us, calendar: 24x7, targets: {{availability: {{at_least: {share}, per: {per}}}}}}}\n"


def judged(relies_on: str, parts: dict[str, str], promised: str = "50%", per: str = "month", below: str = "month") -> AmountVerdict:
    text = HEAD.format(promised=promised, per=per, relies_on=relies_on)
    text += "".join(PART.format(id=id, share=share, per=below) for id, share in parts.items())
    found = study(text)
    assert not found.catalogue.findings
    return found.amount_verdicts[0]


def percent(text: str) -> Fraction:
    return Fraction(text) / 100


@pytest.mark.parametrize(
    ("relies_on", "parts", "expected"),
    [
        ("[app, sql]", {"app": "99.95%", "sql": "99.99%"}, Fraction("0.99940005")),
        ("[app, {any_of: [sql, queue]}]", {"app": "99.95%", "sql": "99.99%", "queue": "99.9%"}, Fraction("0.9994999")),
        ("[app, sql]", {"app": "99.95%", "sql": "99.9%"}, Fraction("0.9985005")),
    ],
)
def test_microsoft_composite(relies_on: str, parts: dict[str, str], expected: Fraction) -> None:
    """Microsoft, Azure application architecture: 99.95% x 99.99%; web with (database or queue), published as 0.9994999; 0.9985005."""
    supported = judged(relies_on, parts).supported
    assert supported is not None
    assert abs(supported - expected) < Fraction(1, 10**9)  # as many digits as are published


def test_aws_reliability_pillar() -> None:
    """AWS Reliability Pillar: three of 99.99% are .9997; 52 min 37 s becomes 2 h 37 min 47 s in a year of 365.25 days."""
    supported = judged("[a, b, c]", dict.fromkeys("abc", "99.99%")).supported
    assert supported == Fraction(9999, 10000) ** 3 == Fraction("0.999700029999")
    year = Fraction(36525, 100) * 86400
    published = {Fraction(9999, 10000): 52 * 60 + 37, supported: 2 * 3600 + 37 * 60 + 47}
    for share, seconds in published.items():
        assert abs((1 - share) * year - seconds) < 2  # they round on the way


def test_the_calculus_of_service_availability() -> None:
    """Google, The Calculus of Service Availability: 99.99% a year is 52.56 min; five of 99.999% use 26.28 of them."""
    parts = dict.fromkeys("abcde", "99.999%")
    found = judged("[a, b, c, d, e]", parts, "99.99%", "year", "year")
    assert found.verdict == "holds"
    assert found.supported is not None
    used = (1 - found.supported) * 365 * 24 * 60
    assert abs(float(used) - 26.28) < 0.001
    assert (1 - percent("99.99")) * 365 * 24 * 60 == Fraction("52.56")


def test_a_year_may_fall_into_one_month() -> None:
    """Worked example 15: 99.9% a year (8.76 h) may all fall into one 30-day month: 98.783% there; a February is worse."""
    supported = judged("[vendor]", {"vendor": "99.9%"}, "99.9%", "month", "year").supported
    budget = Fraction(876, 100)
    assert 1 - budget / (30 * 24) == Fraction("0.98783333") + Fraction(1, 300_000_000)
    assert supported == 1 - budget / (28 * 24)


def test_a_month_under_a_year_is_the_month() -> None:
    """The other way round nothing is lost: twelve months of 99.9% are a year of 99.9%, and equal is not enough."""
    found = judged("[vendor]", {"vendor": "99.9%"}, "99.9%", "year", "month")
    assert (found.verdict, found.cause, found.supported) == ("gap", "equal", percent("99.9"))


def test_sre_book_downtimes() -> None:
    """SRE book, appendix A: 99.9% is 8.76 h a year and 43.2 min per 30 days; 99.999% is 5.26 min a year."""
    assert (1 - percent("99.9")) * 365 * 24 == Fraction("8.76")
    assert (1 - percent("99.9")) * 30 * 24 * 60 == Fraction("43.2")
    assert round(float((1 - percent("99.999")) * 365 * 24 * 60), 2) == 5.26


@pytest.mark.parametrize(("power", "supported"), [("availability: 99.99%", "99.5"), ("resolution: 4h", "99.5"), (None, "99.995")])
def test_two_racks_on_one_supply_of_power_are_no_better_than_one(power: str | None, supported: str) -> None:
    """Whether it says how often it fails or not. On two supplies 1% x 0.5% of the time is left in which both are down."""
    relies_on = ", relies_on: [power]" if power else ""
    found = study(f"""
agreements:
  promise: {{kind: sla, provider: desk, customer: acme, calendar: 24x7, targets: {{availability: 99%}}, relies_on: [any_of: [rack-a, rack-b]]}}
  rack-a: {{kind: ola, provider: platform, customer: desk, calendar: 24x7, targets: {{availability: 99%}}{relies_on}}}
  rack-b: {{kind: ola, provider: platform, customer: desk, calendar: 24x7, targets: {{availability: 99.5%}}{relies_on}}}
  power: {{kind: uc, provider: grid, customer: platform, calendar: 24x7, targets: {{{power or "response: 1h"}}}}}
""")
    assert not found.catalogue.findings
    assert found.amount_verdicts[0].supported == percent(supported)
