"""Which fixes are told; that each mends its promise when it is written into the files is shown in test_paste.py."""

from __future__ import annotations

import pytest

from slachain.decisions.mend import Mender
from tests.catalogue import AS_OF, study

CHAIN = """
calendars:
  london: {timezone: Europe/London, hours: {mon-fri: "09:00-17:30"}}
agreements:
  promise: {kind: sla, provider: a, customer: b, calendar: 24x7, targets: {resolution: {P1: 4h}}, relies_on: [desk]}
  desk: {kind: ola, provider: a, customer: a, calendar: 24x7, targets: {resolution: {P1: 2h}}, relies_on: [%s]}
  tier2: {kind: ola, provider: a, customer: a, calendar: %s, targets: {resolution: {P1: 3h}}}
"""


def fixes(text: str) -> list[tuple[str, str, str, str | None, str]]:
    found = study(text)
    return [(f.change, f.agreement, f.field, f.before, f.after) for f in Mender(found, found.verdicts[0]).fixes()]


def test_the_largest_value_that_would_do_for_each_step() -> None:
    assert fixes(CHAIN % ("{agreement: tier2, after: {P1: 90m}}", "24x7")) == [
        ("promise", "promise", "targets.resolution.P1", "4h", "4h31m"),
        ("hand-over", "desk", "relies_on[0].after.P1", "90m", "59m"),
        ("commitment", "tier2", "targets.resolution.P1", "3h", "2h29m"),
    ]


def test_a_hand_over_that_is_not_written_is_one_to_add() -> None:
    assert ("hand-over", "desk", "relies_on[0].after.*", None, "59m") in fixes(CHAIN % ("tier2", "24x7")) or (
        "hand-over",
        "desk",
        "relies_on[0].after.P1",
        None,
        "59m",
    ) in fixes(CHAIN % ("tier2", "24x7"))


def test_a_calendar_on_the_path_becomes_the_promises() -> None:
    assert ("calendar", "tier2", "calendar", "london", "24x7") in fixes(CHAIN % ("{agreement: tier2, after: 30m}", "london"))


def test_a_coordinator_that_only_lacks_its_share() -> None:
    text = CHAIN.replace("targets: {resolution: {P1: 2h}}, ", "") % ("{agreement: tier2, after: 30m}", "24x7")
    assert ("share", "desk", "relies_on[0].share", None, "100%") in fixes(text)


@pytest.mark.parametrize("attainment", ["95%", "82%"])
def test_an_attainment_that_is_assured(attainment: str) -> None:
    found = study(
        f"""
agreements:
  promise: {{kind: sla, provider: a, customer: b, calendar: 24x7, targets: {{resolution: {{P1: {{within: 4h, attainment: {attainment}}}}}}}, relies_on: [tier]}}
  tier: {{kind: ola, provider: a, customer: a, calendar: 24x7, targets: {{resolution: {{P1: {{within: 3h, attainment: 81.5%}}}}}}}}
""",
        AS_OF,
    )
    assert [(f.field, f.before, f.after) for f in Mender(found, found.verdicts[0]).fixes()] == [
        ("targets.resolution.P1.attainment", attainment, "81.5%")
    ]
