"""What an agreement relies on for one metric, worked out by hand: shares, pauses, and the priorities that something below tells apart."""

from __future__ import annotations

from fractions import Fraction

import pytest

from slachain.analysis.routes import Onward, extra_pause, target_key
from slachain.analysis.verdicts import Verdict
from slachain.study import Study
from tests.catalogue import study, verdict

HOUR = 3600
OLA = "kind: ola, provider: us, customer: us, calendar: 24x7"


def listed(items: str) -> tuple[Study, Onward]:
    """What a promise with that list relies on for the resolution."""
    found = study(f"""
agreements:
  promise: {{kind: sla, provider: us, customer: acme, calendar: 24x7, targets: {{resolution: {{P1: 8h}}}}, relies_on: [{items}]}}
  desk: {{{OLA}, targets: {{resolution: 1h}}}}
  team: {{{OLA}, targets: {{resolution: 2h}}}}
""")
    return found, found.routes.onward("promise", "resolution")


@pytest.mark.parametrize(
    ("items", "shared", "may_stop", "leaves_out", "excessive"),
    [
        ("desk, team", 0, True, False, False),
        ("{agreement: desk, share: 60%}", 60, True, True, False),
        ("{agreement: desk, share: 60%}, {agreement: team, share: 39.9%}", Fraction("99.9"), True, True, False),
        ("{agreement: desk, share: 60%}, {agreement: team, share: 40%}", 100, False, False, False),
        ("{agreement: desk, share: 60%}, team", 60, True, False, False),
        ("{agreement: desk, share: 60%}, {agreement: team, metrics: [response]}", 60, True, True, False),
        ("{agreement: desk, share: 100%}, team", 100, False, False, True),
        ("{agreement: desk, share: 60%}, {agreement: team, share: 40.1%}", Fraction("100.1"), False, False, True),
        ("{agreement: desk, metrics: [response]}", 0, True, False, False),
    ],
)
def test_where_the_tickets_go_that_no_share_speaks_of(
    items: str, shared: Fraction, may_stop: bool, leaves_out: bool, excessive: bool
) -> None:
    """To the items without a share; where there are none they stay, with an agreement that others rely on, and with nobody below a promise."""
    _, onward = listed(items)
    assert onward.shared == Fraction(shared) / 100
    assert onward.rest == 1 - Fraction(shared) / 100
    assert (onward.may_stop, onward.leaves_out, onward.excessive) == (may_stop, leaves_out, excessive)


@pytest.mark.parametrize(("share", "found"), [("99.9%", ("gap", "missing")), ("100%", ("holds", None))])
def test_tickets_that_a_promise_leaves_to_nobody_are_never_done(share: str, found: tuple[str, str | None]) -> None:
    """One ticket in a thousand goes nowhere: nothing bounds how long it takes, however quick the desk is."""
    judged = next(iter(listed(f"{{agreement: desk, share: {share}}}")[0].verdicts))
    assert (judged.verdict, judged.cause) == found
    assert judged.assured == Fraction(share[:-1]) / 100


def test_a_group_of_which_nothing_concerns_the_metric_is_no_item() -> None:
    _, onward = listed("{any_of: [{agreement: desk, metrics: [response]}, {agreement: team, metrics: [availability]}]}, team")
    assert [member.agreement.value for member in onward.members()] == ["team"]
    assert not onward.grouped
    _, onward = listed("{any_of: [{agreement: desk, metrics: [response]}, {agreement: team, metrics: [resolution]}]}")
    assert [member.agreement.value for member in onward.members()] == ["team"]
    assert onward.grouped


PAUSING = """
agreements:
  promise: {{kind: sla, provider: us, customer: acme, calendar: 24x7, targets: {{resolution: {{P1: 40h}}}}, relies_on: [vendor], pauses: [{ours}]}}
  vendor: {{kind: uc, provider: them, customer: us, calendar: 24x7, targets: {{resolution: 4h}}, pauses: [{theirs}]}}
"""


def paused(ours: str, theirs: str) -> tuple[Verdict, int | None]:
    """The verdict on a promise with these pauses, over a vendor of four hours with those; and what they add."""
    text = PAUSING.format(ours=ours, theirs=theirs)
    both = study(text).catalogue.agreements
    mine = {reason: pause.value for reason, pause in both["promise"].pauses.items()}
    return verdict(text), extra_pause(both["vendor"].pauses, mine)


@pytest.mark.parametrize(
    ("ours", "theirs", "hours"),
    [
        ("", "", 0),
        ("", "parts: 3h", 3),
        ("parts: 2h", "parts: 3h", 1),
        ("parts: 3h", "parts: 2h", 0),
        ("parts: 3h", "parts: 2h, access: 5h", 5),  # what one reason leaves unused is no use to another
        ("parts", "parts: 90h, access: 5h", 5),  # ours has no limit: as long as theirs likes
        ("parts, access", "parts, access, weather: 2h", 2),
        ("access: 7h", "parts: 3h, access: 9h, weather: 1h", 6),
    ],
)
def test_pauses_that_the_promise_does_not_share_lengthen_what_others_commit_to(ours: str, theirs: str, hours: int) -> None:
    """Reason by reason, by as much as theirs is longer; the promise's own clock stands still in what it does share."""
    judged, extra = paused(ours, theirs)
    assert extra == hours * HOUR
    assert judged.supported is not None
    assert judged.supported.bound == (4 + hours) * HOUR


@pytest.mark.parametrize(("ours", "theirs"), [("", "parts"), ("parts: 90h", "parts"), ("access", "access: 1h, parts")])
def test_a_pause_without_a_limit_that_the_promise_does_not_share_bounds_nothing(ours: str, theirs: str) -> None:
    judged, extra = paused(ours, theirs)
    assert extra is None
    assert judged.supported is not None
    assert judged.supported.bound is None


APART = f"""
agreements:
  promise:
    {{kind: sla, provider: us, customer: acme, calendar: 24x7, targets: {{availability: {{at_least: 90%}}}},
     relies_on: [{{agreement: desk, priorities: {{P1: S1, P2: S2}}}}, {{agreement: other, metrics: [resolution], priorities: {{P9: S9}}}}]}}
  desk:
    {{{OLA}, targets: {{availability: {{S1: {{at_least: 99%}}, "*": {{at_least: 95%}}}}, resolution: {{S8: 4h}}}},
     relies_on: [{{agreement: line, priorities: {{S3: red, P1: red}}}}]}}
  line: {{{OLA}, targets: {{availability: {{red: {{at_least: 99%}}, blue: {{at_least: 99%}}}}}}}}
  other: {{{OLA}, targets: {{resolution: {{S9: 1h}}}}}}
"""


def test_priorities_are_told_apart_by_who_hands_them_over_under_other_names_and_by_targets_of_their_own() -> None:
    """For the metric alone; what is told apart twice is told apart."""
    routes = study(APART).routes
    assert routes.told_apart("promise", "availability") == {"P1", "P2", "S1", "*", "S3", "red", "blue"}
    assert routes.told_apart("desk", "availability") == {"S3", "P1", "red", "blue"}
    assert routes.told_apart("line", "availability") == frozenset()
    assert routes.told_apart("promise", "resolution") == {"P1", "P2", "P9", "S3", "S8", "S9"}
    assert routes.told_apart("nobody", "resolution") == frozenset()


def test_what_lies_below_and_who_of_that_commits_to_something() -> None:
    routes = study(APART).routes
    assert routes.below("promise", "availability") == {"desk", "line"}
    assert routes.below("promise", "resolution") == {"desk", "line", "other"}
    assert [agreement.id for agreement in routes.committed_below("promise", "resolution")] == ["desk", "other"]
    assert [agreement.id for agreement in routes.committed_below("promise", "availability")] == ["desk", "line"]


def test_a_target_stands_under_the_priority_or_under_that_for_all_of_them() -> None:
    desk = study(APART).catalogue.agreements["desk"]
    keys = [target_key(desk, metric, name) for metric, name in (("availability", "S1"), ("availability", "S2"), ("resolution", "S1"))]
    assert keys == ["S1", "*", None]
