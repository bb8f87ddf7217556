"""Why a promise cannot be judged: what is wrong below it, in words, and for no metric that it has nothing to do with."""

from __future__ import annotations

import pytest

from tests.catalogue import study

CATALOGUE = """
calendars:
  office: {{timezone: UTC, hours: {{mon-fri: "09:00-17:00"}}}}
  early: {{any_of: [office, late]}}
  late: {{any_of: [office, early]}}
agreements:
  promise:
    {{kind: sla, provider: us, customer: acme, calendar: 24x7, relies_on: [desk],
     targets: {{resolution: {{P1: 80h}}, response: {{P1: 80h}}, availability: {{at_least: 50%}}}}}}
  desk: {{kind: ola, provider: us, customer: us, {desk}}}
  team: {{kind: ola, provider: us, customer: us, calendar: office, targets: {{resolution: 4h, response: 1h, availability: {{at_least: 99%}}}}}}
"""
SOUND = CATALOGUE.replace("  early: {{any_of: [office, late]}}\n  late: {{any_of: [office, early]}}\n", "")
ALL = {"availability", "resolution", "response"}


def why_not(text: str) -> dict[str, str]:
    """By metric, why what is promised is not judged."""
    return {skipped.metric: skipped.why for skipped in study(text).not_checked if skipped.agreement == "promise"}


@pytest.mark.parametrize(
    ("desk", "metrics", "why"),
    [
        ("calendar: office, targets: {resolution: soon, response: 1h}", {"resolution"}, "'desk' has errors in targets.resolution"),
        ("calendar: office, term: never, pauses: 3, targets: {response: 1h}", ALL, "'desk' has errors in pauses, term"),
        ("calendar: office, title: [one, two], targets: {response: 1h}", set(), ""),
        ("calendar: office, credits: 3, targets: {response: soon, resolution: 1h}", {"response"}, "'desk' has errors in targets.response"),
        ("calendar: office, relies_on: [team, nobody]", ALL, "'desk' names something that is not there"),
        ("calendar: nine-to-five", ALL, "'desk' names something that is not there"),
        (
            "calendar: office, relies_on: [{agreement: team, share: 60%, metrics: [response]}, {agreement: team, share: 50%}]",
            {"response"},
            "the shares of 'desk' are more than all tickets",
        ),
        (
            "calendar: office, relies_on: [{agreement: team, share: 100%, metrics: [response]}, team]",
            {"response"},
            "the shares of 'desk' are more than all tickets",
        ),
        (
            "calendar: office, targets: {resolution: 4h}, relies_on: [{agreement: team, share: 60%}, {agreement: team, share: 40%}]",
            set(),
            "",
        ),
        ("calendar: office, relies_on: [team, desk]", ALL, "it relies on itself in a circle"),
    ],
)
def test_a_promise_is_judged_unless_something_below_it_cannot_be_known(desk: str, metrics: set[str], why: str) -> None:
    assert why_not(SOUND.format(desk=desk)) == dict.fromkeys(metrics, why)


@pytest.mark.parametrize(
    ("desk", "found"),
    [
        ("calendar: early", dict.fromkeys(ALL, "early")),
        ("calendar: office, targets: {resolution: {within: 4h, calendar: late}, response: 1h}", {"resolution": "late"}),
        (
            "calendar: late, targets: {response: {P1: 1h, P2: {within: 2h, calendar: early}}}",
            {**dict.fromkeys(ALL, "late"), "response": "early"},
        ),
        (
            "calendar: office, end_to_end: true, relies_on: [team],"
            " targets: {response: [{within: 1h, opened_in: office}, {within: 2h, opened_in: late}], resolution: 4h}",
            {"response": "late"},
        ),
        ("calendar: office, targets: {availability: {at_least: 99%, calendar: early}}", {"availability": "early"}),
        ("calendar: office, targets: {response: 1h}", {}),
    ],
)
def test_clocks_made_of_one_another_run_for_nobody(desk: str, found: dict[str, str]) -> None:
    """Two calendars made of one another are wrong; the promises on whose way somebody works by one of them are not judged."""
    assert why_not(CATALOGUE.format(desk=desk)) == {metric: f"the calendar '{name}' of 'desk' has errors" for metric, name in found.items()}


def test_of_all_that_hinders_that_of_the_first_name_is_told() -> None:
    """Which is the same however the agreements are told apart; what a promise lacks itself comes before all below."""
    text = SOUND.format(desk="calendar: office, relies_on: [c, b, d]") + "".join(
        f"  {id}: {{kind: ola, provider: us, customer: us, calendar: office, {more}}}\n"
        for id, more in (
            ("c", "targets: {resolution: soon}"),
            ("b", "relies_on: [a]"),
            ("a", "targets: {resolution: late}"),
            ("d", "pauses: 3"),
        )
    )
    assert why_not(text) == {
        "resolution": "'a' has errors in targets.resolution",
        "response": "'d' has errors in pauses",
        "availability": "'d' has errors in pauses",
    }
    own = text.replace("targets: {resolution: {P1: 80h}", "pauses: [], term: never, targets: {resolution: {P1: 80h}")
    assert set(why_not(own).values()) == {"'promise' has errors in term"}
