"""What share of tickets is assured, worked out by hand: who lacks how much, what is late by the clock, and which ways tickets go.

`half` works from midnight to noon: its two hours are over within the four that are promised unless a ticket is opened between 10:00 and 22:00.
`other` works from noon to midnight, and is late just when `half` is not. All others are always quick enough, and lack what they are named after.
"""

from __future__ import annotations

from fractions import Fraction

import pytest

from slachain.analysis.attainment import Lateness
from slachain.analysis.chains import Stop
from tests.catalogue import study, verdict

CATALOGUE = """
policy: {{arrivals: {arrivals}}}
calendars:
  mornings: {{timezone: UTC, hours: {{mon-sun: "00:00-12:00"}}}}
  afternoons: {{timezone: UTC, hours: {{mon-sun: "12:00-24:00"}}}}
agreements:
  promise:
    {{kind: sla, provider: us, customer: acme, calendar: 24x7, targets: {{resolution: {{P1: {{within: 4h, attainment: 1%}}}}}}, relies_on: [{relies_on}]}}
  desk: {{kind: ola, provider: us, customer: us, calendar: 24x7, {desk}}}
  sure: {{kind: uc, provider: v, customer: us, calendar: 24x7, targets: {{resolution: 1h}}}}
  ten: {{kind: uc, provider: v, customer: us, calendar: 24x7, targets: {{resolution: {{within: 1h, attainment: 90%}}}}}}
  twenty: {{kind: uc, provider: v, customer: us, calendar: 24x7, targets: {{resolution: {{within: 1h, attainment: 80%}}}}}}
  slow: {{kind: uc, provider: v, customer: us, calendar: 24x7, targets: {{resolution: {{within: 5h, attainment: 90%}}}}}}
  half: {{kind: uc, provider: v, customer: us, calendar: mornings, targets: {{resolution: {{within: 2h, attainment: 90%}}}}}}
  other: {{kind: uc, provider: v, customer: us, calendar: afternoons, targets: {{resolution: {{within: 2h, attainment: 90%}}}}}}
"""


def assured(relies_on: str, desk: str = "title: nobody", arrivals: str = "even") -> Fraction | None:
    return verdict(CATALOGUE.format(relies_on=relies_on, desk=desk, arrivals=arrivals)).assured


@pytest.mark.parametrize(
    ("relies_on", "share"),
    [
        ("ten", ".9"),
        ("ten, twenty", ".8"),  # any ticket may go to the worse
        ("{agreement: ten, share: 60%}, {agreement: twenty, share: 40%}", ".86"),
        ("{agreement: ten, share: 60%}, twenty", ".86"),
        ("{agreement: ten, share: 60%}, twenty, sure", ".86"),
        ("{agreement: ten, share: 60%}, {agreement: twenty, share: 30%}", ".78"),  # a tenth goes to nobody
        ("half", ".4"),  # half of all by the clock, and a tenth besides
        ("slow", "0"),
        ("{agreement: slow, share: 25%}, ten", ".675"),
        ("{agreement: slow, share: 25%}, {agreement: sure, share: 75%}", ".75"),
    ],
)
def test_of_one_that_a_ticket_goes_to_its_own_lateness_counts_and_of_several_the_worst_or_their_shares(relies_on: str, share: str) -> None:
    assert assured(relies_on) == Fraction(share)


@pytest.mark.parametrize(
    ("relies_on", "share"),
    [
        ("{all_of: [ten, twenty]}", ".7"),  # whether or not they fail together: a ticket may miss the one or the other
        ("{all_of: [ten, ten]}", ".8"),
        ("{all_of: [half, twenty]}", ".2"),
        ("{all_of: [half, other]}", "0"),
        ("{any_of: [ten, twenty]}", ".9"),  # as good as the better
        ("{any_of: [slow, twenty]}", ".8"),
        ("{any_of: [half, other]}", ".8"),  # one of the two is always in time; which one misses nobody knows
        ("{any_of: [half, other, sure]}", "1"),
        ("{any_of: [half, {all_of: [other, sure]}]}", ".8"),
        ("{any_of: [half, {all_of: [other, twenty]}]}", ".6"),
        ("{any_of: [half, {any_of: [other, slow]}]}", ".7"),
        ("{any_of: [half, slow]}", ".4"),
        ("{all_of: [{any_of: [half, other]}, ten]}", ".7"),
        ("{any_of: [half, other], share: 50%}, {agreement: ten, share: 50%}", ".85"),
    ],
)
def test_groups_are_late_where_all_are_or_where_the_one_misses_that_was_in_time(relies_on: str, share: str) -> None:
    assert assured(relies_on) == Fraction(share)


@pytest.mark.parametrize(
    ("desk", "share"),
    [
        ("targets: {resolution: {within: 1h, attainment: 95%}}", ".95"),
        ("targets: {resolution: {within: 1h, attainment: 95%}}, relies_on: [{agreement: ten, after: 30m}]", ".9"),
        ("targets: {resolution: {within: 1h, attainment: 85%}}, relies_on: [{agreement: ten, after: 30m}]", ".85"),  # it may stop there
        ("targets: {resolution: {within: 1h, attainment: 85%}}, relies_on: [{agreement: ten, after: 30m, share: 100%}]", ".9"),
        ("targets: {resolution: {within: 1h, attainment: 85%}}, relies_on: [{agreement: ten, after: 30m, share: 40%}]", ".87"),
        # without a time of its own the hand-over is the desk's target, and lacks what that lacks
        ("targets: {resolution: {within: 1h, attainment: 95%}}, relies_on: [ten]", ".85"),
        ("targets: {resolution: {within: 1h, attainment: 95%}}, relies_on: [{agreement: ten, after: {P2: 5m}}]", ".85"),
        ("targets: {resolution: {within: 1h, attainment: 95%}}, relies_on: [{agreement: ten, share: 50%}]", ".9"),
        ("targets: {resolution: {within: 1h, attainment: 95%}}, relies_on: [{all_of: [ten, {agreement: twenty, after: 5m}]}]", ".65"),
        ("targets: {resolution: {within: 1h, attainment: 5%}}, relies_on: [twenty]", "0"),
        ("relies_on: [{agreement: ten, after: 30m, share: 100%}]", ".9"),
        ("relies_on: [{agreement: ten, after: 30m, share: 70%}]", ".63"),  # the rest may stop where nothing is committed
        ("relies_on: [{agreement: ten, after: 30m}]", "0"),
        ("relies_on: [{agreement: ten, share: 100%}]", "0"),
        # what is promised to another hands on at once, and keeps a ticket as long as the worst of its alternatives
        ("end_to_end: true, targets: {resolution: {within: 1h, attainment: 85%}}, relies_on: [ten]", ".85"),
        (
            "end_to_end: true, relies_on: [{agreement: ten, share: 50%}],"
            " targets: {resolution: [{within: 1h, attainment: 70%, opened_in: mornings}, {within: 1h, attainment: 85%}]}",
            ".8",
        ),
        # by the clock: what stops there, and what goes on
        ("targets: {resolution: 4h30m}, relies_on: [{agreement: sure, share: 60%, after: 1h}]", ".6"),
        ("targets: {resolution: 1h}, relies_on: [{agreement: sure, share: 60%, after: 3h30m}]", ".4"),
        ("targets: {resolution: 1h}, relies_on: [{agreement: half, share: 60%, after: 0m}]", ".64"),
    ],
)
def test_what_an_agreement_does_itself_counts_beside_what_it_hands_on(desk: str, share: str) -> None:
    assert assured("desk", desk) == Fraction(share)


@pytest.mark.parametrize(("after", "share"), [("2h", 1), ("3h", 1), ("3h01m", 0)])
def test_at_a_stop_a_ticket_arrives_by_the_latest_of_all_ways_there(after: str, share: int) -> None:
    """By the desk the vendor has it later, and no ticket says which way it came: all that stop there are late if those are."""
    desk = f"relies_on: [{{agreement: sure, after: {after}, share: 100%}}]"
    assert assured("{agreement: sure, share: 50%}, {agreement: desk, share: 50%}", desk) == share
    assert assured("{agreement: desk, share: 50%}, {agreement: sure, share: 50%}", desk) == share


@pytest.mark.parametrize(
    ("relies_on", "share"), [("half", 0), ("sure", 1), ("{agreement: half, share: 30%}, {agreement: ten, share: 70%}", ".63")]
)
def test_where_tickets_may_come_at_any_instant_all_may_be_late_that_are_at_some(relies_on: str, share: str) -> None:
    assert assured(relies_on, arrivals="any") == Fraction(share)


@pytest.mark.parametrize(
    ("relies_on", "absent", "share"),
    [
        ("ten", 1, ".9"),
        ("desk", 1, 0),
        ("desk", "1/4", ".75"),
        ("{agreement: desk, share: 20%}, {agreement: ten, share: 80%}", "1/4", ".87"),
        ("{agreement: ten, share: 60%}", "1/4", ".84"),
        ("{all_of: [ten, desk]}", "1/4", ".65"),
        ("half", 1, ".9"),  # by attainments alone it does not matter when it works
    ],
)
def test_by_attainments_alone_a_commitment_that_is_missing_counts_as_much_as_is_said(relies_on: str, absent: str, share: str) -> None:
    found = study(CATALOGUE.format(relies_on=relies_on, desk="title: nobody", arrivals="even"))
    judge = found.judge_of(found.promises[0])
    assert judge is not None
    lateness = Lateness(judge.chains, Stop("promise", "resolution", "P1", ()), absent=Fraction(absent))
    assert 1 - lateness.of_promise() == Fraction(share)
