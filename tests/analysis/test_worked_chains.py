"""Chains whose outcome others have published or computed, each with its source."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction

import pytest

from slachain.analysis.readings import Worst
from slachain.clocks.curves import NEVER, UNBOUNDED
from slachain.clocks.wall import instant_at, write_instant
from slachain.decisions.trace import trace
from tests.catalogue import study, verdict

BERLIN_NEW_YORK = """
calendars:
  berlin: {timezone: Europe/Berlin, hours: {mon-fri: "09:00-18:00"}}
  new-york: {timezone: America/New_York, hours: {mon-fri: "09:00-17:00"}}
agreements:
  promise: {kind: sla, provider: desk, customer: acme, calendar: berlin, targets: {resolution: {P1: 8h}}, relies_on: [tier1]}
  tier1:
    kind: ola
    provider: desk
    customer: desk
    calendar: berlin
    relies_on: [{agreement: vendor, after: 1h, share: 100%}]
  vendor: {kind: uc, provider: vendor, customer: desk, calendar: new-york, targets: {resolution: {P1: 4h}}}
"""


def test_eight_hours_over_one_and_four_on_another_clock() -> None:
    """Worked example 8: at 17:00 sharp in time; just after, done on Tuesday 19:00, and 9 h 59 min and more on the clock."""
    found = study(BERLIN_NEW_YORK)
    sharp, after = (instant_at(datetime.fromisoformat(t), "Europe/Berlin") for t in ("2026-03-02T17:00:00", "2026-03-02T17:01:00"))
    assert trace(found, "promise", "resolution", "P1", sharp).kept
    late = trace(found, "promise", "resolution", "P1", after)
    assert not late.kept
    assert late.ticket.done is not None
    assert write_instant(late.ticket.done.tick, "Europe/Berlin") == "Tue 3 Mar 2026 19:00:00 CET"
    assert late.reading.amount == 9 * 3600 + 59 * 60
    due = late.ticket.due
    assert due is not None
    assert (late.ticket.done.tick - due.tick) // 2 == 2 * 3600 + 59 * 60


def test_its_supremum_is_a_limit_that_no_ticket_reaches() -> None:
    judged = verdict(BERLIN_NEW_YORK)
    assert (judged.verdict, judged.cause) == ("gap", "hours")
    assert judged.supported is not None
    assert judged.supported.bound == 10 * 3600
    assert not judged.supported.attained


SERIES = """
agreements:
  promise: {{kind: sla, provider: a, customer: b, calendar: 24x7, targets: {{resolution: {{P1: {promised}}}}}, relies_on: [one]}}
  one: {{kind: ola, provider: a, customer: a, calendar: 24x7, relies_on: [{{agreement: two, after: {first}, share: 100%}}]}}
  two: {{kind: ola, provider: a, customer: a, calendar: 24x7, relies_on: [{{agreement: three, after: {second}, share: 100%}}]}}
  three: {{kind: ola, provider: a, customer: a, calendar: 24x7, targets: {{resolution: {{P1: {third}}}}}}}
"""


@pytest.mark.parametrize(
    ("promised", "steps", "expected"),
    [
        ("8h", ("1h", "4h", "4h"), ("gap", "sum")),  # Pacti 0.3.1: the last step may take just under t3 - t2 = 3 h
        ("8h", ("1h", "4h", "3h"), ("gap", "equal")),
        ("8h", ("1h", "4h", "2h59m"), ("holds", None)),
        ("120h", ("24h", "48h", "48h"), ("gap", "equal")),  # a forum's 1 then 2 then 2 days under 5
        ("40h", ("10h", "0m", "30h"), ("gap", "equal")),  # frappe/helpdesk issue 1895
        ("2h", ("90m", "0m", "60m"), ("gap", "sum")),  # glpi issue 1911: 30 minutes too long
    ],
)
def test_series_on_one_clock(promised: str, steps: tuple[str, str, str], expected: tuple[str, str | None]) -> None:
    """Worked examples 9, 10 and 11."""
    judged = verdict(SERIES.format(promised=promised, first=steps[0], second=steps[1], third=steps[2]))
    assert (judged.verdict, judged.cause) == expected


def test_glpi_is_thirty_minutes_too_long() -> None:
    """glpi issue 1911: 2 h promised, handed over after 90 min, 60 min there."""
    judged = verdict(SERIES.format(promised="2h", first="90m", second="0m", third="60m"))
    assert judged.supported is not None
    assert judged.supported.bound == 2 * 3600 + 30 * 60


def test_side_by_side_is_the_longer_of_two_and_not_their_sum() -> None:
    """Worked example 10: 3 and 2 days side by side under 3 come out equal; a plain sum would call it 5."""
    judged = verdict("""
agreements:
  promise: {kind: sla, provider: a, customer: b, calendar: 24x7, targets: {resolution: {P1: 72h}}, relies_on: [{all_of: [three, two]}]}
  three: {kind: ola, provider: a, customer: a, calendar: 24x7, targets: {resolution: 72h}}
  two: {kind: ola, provider: a, customer: a, calendar: 24x7, targets: {resolution: 48h}}
""")
    assert (judged.verdict, judged.cause) == ("gap", "equal")
    assert judged.supported is not None
    assert judged.supported.bound == 72 * 3600


def test_three_tiers_of_ninety_per_cent_assure_seventy() -> None:
    """Worked example 17 (Boole 1854, Fréchet 1935): nothing better than 70% whatever their dependence; 72.9% were they independent."""
    judged = verdict("""
agreements:
  promise: {kind: sla, provider: a, customer: b, calendar: 24x7, targets: {resolution: {P1: {within: 12h, attainment: 90%}}}, relies_on: [one]}
  one: {kind: ola, provider: a, customer: a, calendar: 24x7, targets: {resolution: {P1: {within: 1h, attainment: 90%}}}, relies_on: [two]}
  two: {kind: ola, provider: a, customer: a, calendar: 24x7, targets: {resolution: {P1: {within: 1h, attainment: 90%}}}, relies_on: [three]}
  three: {kind: ola, provider: a, customer: a, calendar: 24x7, targets: {resolution: {P1: {within: 1h, attainment: 90%}}}}
""")
    assert judged.assured == Fraction(7, 10)
    assert (judged.verdict, judged.cause) == ("gap", "attainment")


def test_the_weekend_that_is_an_hour_longer() -> None:
    """The published interface's example: 68 h, in time for 0.179 of the tickets."""
    judged = verdict("""
calendars:
  london: {timezone: Europe/London, hours: {mon-fri: "09:00-17:30"}}
agreements:
  promise: {kind: sla, provider: desk, customer: acme, calendar: 24x7, targets: {resolution: {P1: 4h}}, relies_on: [desk]}
  desk: {kind: ola, provider: desk, customer: desk, calendar: 24x7, relies_on: [{agreement: tier2, after: {P1: 30m}, share: 100%}]}
  tier2: {kind: ola, provider: engineering, customer: desk, calendar: london, targets: {resolution: {P1: 3h}}}
""")
    assert judged.supported is not None
    assert judged.case is not None
    assert judged.supported.bound == 68 * 3600
    assert (judged.verdict, judged.cause) == ("gap", "hours")
    assert round(float(judged.exposure or 0), 3) == 0.821
    assert round(float(judged.assured or 0), 3) == 0.179
    assert write_instant(judged.case.opened, "UTC") == "Fri 23 Oct 2026 13:00:01 UTC"
    assert write_instant(judged.case.done, "UTC") == "Mon 26 Oct 2026 09:00:01 UTC"


def test_a_diamond_of_forty_layers_has_few_pieces() -> None:
    """2^40 paths: the curve at the top bends no oftener than the calendars and their preimages make it."""
    layers = "\n".join(
        f"  {side}{i}: {{kind: ola, provider: a, customer: a, calendar: {calendar}, targets: {{resolution: 2h}}"
        + (f", relies_on: [{{agreement: l{i + 1}, after: 1h}}, {{agreement: r{i + 1}, after: 30m}}]}}" if i < 39 else "}")
        for i in range(40)
        for side, calendar in (("l", "london"), ("r", "new-york" if i % 2 else "kolkata"))
    )
    found = study(f"""
calendars:
  london: {{timezone: Europe/London, hours: {{mon-fri: "09:00-17:30"}}, holidays: {{country: GB, subdivision: ENG}}}}
  new-york: {{timezone: America/New_York, hours: {{mon-sat: "08:00-18:00"}}}}
  kolkata: {{timezone: Asia/Kolkata, hours: {{mon-fri: "09:00-20:00"}}}}
agreements:
  promise: {{kind: sla, provider: a, customer: b, calendar: 24x7, targets: {{resolution: {{P1: 80h}}}}, relies_on: [l0, r0]}}
{layers}
""")
    judged = found.verdicts[0]
    assert judged.case is not None
    assert len(judged.case.path) == 41
    chains = next(iter(found._chains.values()))
    assert max(len(curve.starts) for curve in chains._done.values()) < 2000


def test_of_groups_in_groups_whoever_is_in_time_may_be_the_one_that_misses() -> None:
    """`sure` alone is always in time, and misses one ticket in ten; the others are never in time at worst, so they cannot stand in
    for it. Counting what the inner group lacks as the least of its members would assure 92% and hold."""
    judged = verdict("""
agreements:
  promise:
    {kind: sla, provider: a, customer: b, calendar: 24x7, targets: {resolution: {P1: {within: 10h, attainment: 91%}}},
     relies_on: [{any_of: [{any_of: [sure, slow]}, slower], share: 100%}]}
  sure: {kind: uc, provider: a, customer: a, calendar: 24x7, targets: {resolution: {within: 4h, attainment: 90%}}}
  slow: {kind: uc, provider: a, customer: a, calendar: 24x7, targets: {resolution: {within: 20h, attainment: 93%}}}
  slower: {kind: uc, provider: a, customer: a, calendar: 24x7, targets: {resolution: {within: 30h, attainment: 99%}}}
""")
    assert (judged.verdict, judged.cause, judged.assured) == ("gap", "attainment", Fraction(9, 10))


@pytest.mark.parametrize(("vendor", "cause"), [("8h", "hours"), ("9h", "commitment")])
def test_on_one_clock_durations_add_up_even_where_it_ends_before(vendor: str, cause: str) -> None:
    """What is opened in the last hours of the customer's calendar has no eight hours left on it; the vendor works on Saturdays alone."""
    found = verdict(f"""
calendars:
  office: {{timezone: UTC, hours: {{mon-fri: "09:00-17:00"}}, until: 2026-03-31}}
  saturdays: {{timezone: UTC, hours: {{sat: "09:00-17:00"}}}}
agreements:
  promise: {{kind: sla, provider: us, customer: acme, calendar: office, targets: {{resolution: {{P1: 8h}}}}, relies_on: [vendor]}}
  vendor: {{kind: uc, provider: v, customer: us, calendar: saturdays, targets: {{resolution: {{P1: {vendor}}}}}}}
""")
    assert (found.verdict, found.cause) == ("gap", cause)


@pytest.mark.parametrize(
    ("promised", "vendor", "cause"),
    [
        ("1bd", "3h", "hours"),
        ("2bd", "2bd", "hours"),
        ("24h", "2bd", "hours"),
        ("23h", "2bd", "commitment"),
        ("2bd", "3bd", "commitment"),
        ("1bd", "16h", "commitment"),
    ],
)
def test_a_business_day_that_the_customers_calendar_no_longer_has_is_no_reason(promised: str, vendor: str, cause: str) -> None:
    """What is opened after Monday's close of business is due by none, once the office closes for good on Tuesday; nor would the vendor's
    hours, at the office, end then. On all days before, three hours fit into a day at the office, and two business days into two, or into 24 hours: that day's and theirs."""
    found = verdict(f"""
calendars:
  office: {{timezone: UTC, hours: {{mon-fri: "09:00-17:00"}}, until: 2026-03-31}}
  saturdays: {{timezone: UTC, hours: {{sat: "09:00-17:00"}}}}
agreements:
  promise: {{kind: sla, provider: us, customer: acme, calendar: office, targets: {{resolution: {{P1: {promised}}}}}, relies_on: [vendor]}}
  vendor: {{kind: uc, provider: v, customer: us, calendar: saturdays, targets: {{resolution: {{P1: {vendor}}}}}}}
""")
    assert (found.verdict, found.cause) == ("gap", cause)


@pytest.mark.parametrize(
    ("takes", "reads", "kept"), [("7h", "7h", True), ("8h", "8h", True), ("20h", "8h", True), ("24h", "8h", True), ("25h", "9h", False)]
)
def test_a_ticket_that_reads_just_what_is_promised_is_kept_though_its_clock_has_stopped_since(takes: str, reads: str, kept: bool) -> None:
    """Twenty hours around the clock from Monday, 09:00: Tuesday, 05:00. The office closed at 17:00, when eight hours were due; its clock reads eight."""
    found = study(f"""
calendars:
  office: {{timezone: UTC, hours: {{mon-fri: "09:00-17:00"}}}}
agreements:
  promise: {{kind: sla, provider: us, customer: acme, calendar: office, targets: {{resolution: {{P1: 8h}}}}, relies_on: [team]}}
  team: {{kind: ola, provider: us, customer: us, calendar: 24x7, targets: {{resolution: {{P1: {takes}}}}}}}
""")
    told = trace(found, "promise", "resolution", "P1", instant_at(datetime(2026, 3, 2, 9), "UTC"))
    assert (told.reading.text, told.kept) == (reads, kept)


@pytest.mark.parametrize(
    ("promised", "verdict_", "assured"), [("1h", "tolerated", 5), ("1bd", "tolerated", 5), ("30m", "tolerated", 5), ("29m", "gap", 0)]
)
def test_tickets_that_wait_long_for_the_customers_hours_are_followed_until_they_are_done(
    promised: str, verdict_: str, assured: int
) -> None:
    """The office opens in October; what is opened in March is done there after half an hour. Of one ticket in twenty somebody sees to that."""
    found = verdict(f"""
calendars:
  office: {{timezone: UTC, hours: {{mon-fri: "09:00-17:30"}}, from: 2026-10-26}}
agreements:
  promise:
    {{kind: sla, provider: us, customer: acme, calendar: office, term: {{from: 2026-03-16, until: 2026-04-05}},
     targets: {{resolution: {{P1: {{within: {promised}, attainment: 5%}}}}}}, relies_on: [{{any_of: [one, other], share: 5%}}]}}
  one: {{kind: ola, provider: us, customer: us, calendar: office, targets: {{resolution: 30m}}}}
  other: {{kind: ola, provider: us, customer: us, calendar: office, targets: {{resolution: 30m}}}}
""")
    assert (found.verdict, found.assured, found.supported) == (verdict_, Fraction(assured, 100), Worst(None, attained=True))


@pytest.mark.parametrize("pauses", ["", "pauses: [awaiting-vendor],"])
@pytest.mark.parametrize("share", ["", "share: 100%,"])
def test_a_missing_commitment_is_told_though_nobody_may_ever_hand_over_to_it(pauses: str, share: str) -> None:
    """The desk's clock may stop without limit, or its calendar ends within the term; behind it nobody has committed, and that is so at any time."""
    found = verdict(f"""
calendars:
  office: {{timezone: UTC, hours: {{mon-fri: "09:00-17:30"}}}}
  rota: {{timezone: UTC, hours: {{mon-fri: "09:00-17:30"}}, until: 2026-03-27}}
agreements:
  promise:
    {{kind: sla, provider: us, customer: acme, calendar: office, term: {{from: 2026-03-16, until: 2026-04-05}}, targets: {{resolution: {{P1: 1h}}}},
     relies_on: [desk]}}
  desk: {{kind: ola, provider: us, customer: us, calendar: rota, {pauses} targets: {{resolution: 30m}}, relies_on: [{{{share} agreement: vendor}}]}}
  vendor: {{kind: uc, provider: v, customer: us, calendar: office, targets: {{response: 30m}}}}
""")
    assert (found.cause, found.horizon.end) == ("missing", instant_at(datetime(2026, 4, 6), "UTC"))
    assert found.case is not None
    assert found.case.path == ("promise", "desk", "vendor")
    assert [step.missing for step in found.case.steps][-1]


@pytest.mark.parametrize("committed", ["resolution", "response"])
def test_who_has_not_committed_hands_over_never_and_the_ticket_ends_there(committed: str) -> None:
    """The coordinator has no time of its own and names none to hand over: the ticket stays with it, whatever the vendor commits to."""
    found = verdict(f"""
agreements:
  promise: {{kind: sla, provider: us, customer: acme, calendar: 24x7, targets: {{resolution: {{P1: 4h}}}}, relies_on: [coordinator]}}
  coordinator: {{kind: ola, provider: us, customer: us, calendar: 24x7, targets: {{response: 1h}}, relies_on: [{{agreement: vendor, share: 100%}}]}}
  vendor: {{kind: uc, provider: v, customer: us, calendar: 24x7, targets: {{{committed}: 1h}}}}
""")
    assert (found.cause, found.supported) == ("missing", Worst(None, attained=True))
    assert found.case is not None
    assert found.case.done == NEVER
    assert [(step.stop.agreement, step.missing) for step in found.case.steps] == [("coordinator", True)]


@pytest.mark.parametrize(("share", "does"), [("", "finishes"), ("share: 100%,", "hands over")])
def test_a_ticket_that_is_never_handed_over_ends_with_whoever_has_it(share: str, does: str) -> None:
    """The desk's clock may stop without limit: where all tickets go on, none need ever reach the vendor."""
    found = verdict(f"""
agreements:
  promise: {{kind: sla, provider: us, customer: acme, calendar: 24x7, targets: {{resolution: {{P1: 4h}}}}, relies_on: [desk]}}
  desk:
    {{kind: ola, provider: us, customer: us, calendar: 24x7, pauses: [awaiting-vendor], targets: {{resolution: 30m}},
     relies_on: [{{{share} agreement: vendor}}]}}
  vendor: {{kind: uc, provider: v, customer: us, calendar: 24x7, targets: {{resolution: 30m}}}}
""")
    assert (found.cause, found.supported) == ("commitment", Worst(None, attained=True))
    assert found.case is not None
    assert (found.case.path, found.case.done) == (("promise", "desk"), UNBOUNDED)
    assert [(step.stop.agreement, step.does, step.to) for step in found.case.steps] == [("desk", does, UNBOUNDED)]
