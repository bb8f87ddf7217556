"""The capacity plan: what each team reaches, what stricter targets cost, and what a change does to it."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction

import pytest

from slachain.decisions.capacity_change import NotReckoned, WhatIf, change, without
from slachain.decisions.capacity_lines import (
    ENOUGH,
    LESS,
    MORE,
    NO_WORK,
    OVERLOADED,
    PUSHED,
    RELIEVED,
    SAME,
    STILL,
    TOO_SMALL,
    Plan,
    TeamLine,
)
from slachain.decisions.capacity_plan import plan
from slachain.render.capacity import capacity_data, capacity_text, change_data, change_text
from tests.catalogue import study

TEXT = """
teams:
  desk: {calendar: 24x7, staff: 20, shrinkage: 30%, handle_time: {"*": 180s}, cost: 30 EUR/hour}
  engineers: {calendar: 24x7, staff: 2, handle_time: {"*": 2h}}
  idle: {calendar: 24x7, staff: 3}
  vague: {handle_time: {"*": 1h}}
agreements:
  acme:
    kind: sla
    provider: company
    customer: acme
    calendar: 24x7
    targets: {response: {P1: 1m, P2: 1h}}
    relies_on: [desk]
    demand: {P1: 800/day, P2: 4000/day}
  globex: {kind: sla, provider: company, customer: globex, calendar: 24x7, targets: {response: 1m}, relies_on: [desk], demand: {P1: 40/day}}
  silent: {kind: sla, provider: company, customer: silent, calendar: 24x7, targets: {response: 1m}, relies_on: [desk]}
  desk:
    kind: ola
    provider: desk
    customer: company
    calendar: 24x7
    targets: {response: {P1: {within: 20s, attainment: 80%}, P2: {within: 10m, attainment: 99%}}}
    relies_on: [{agreement: tier2, share: 0.2%}, {agreement: field, share: 1%}]
    demand: {P1: 9/month}
  tier2: {kind: ola, provider: engineers, customer: desk, calendar: 24x7, targets: {resolution: 1h}}
  field: {kind: ola, provider: fitters, customer: desk, calendar: 24x7, targets: {resolution: 1h}}
"""


@pytest.fixture(scope="module")
def found() -> Plan:
    return plan(study(TEXT))


def team(found: Plan, id: str) -> TeamLine:
    return next(line for line in found.teams if line.id == id)


def test_each_team_has_its_verdict(found: Plan) -> None:
    assert [(line.id, line.verdict) for line in found.teams] == [("desk", ENOUGH), ("engineers", ENOUGH), ("idle", NO_WORK)]
    assert not found.falls_short
    assert found.findings == ()


def test_a_commitment_tells_what_is_reached_and_what_it_takes(found: Plan) -> None:
    first, second = team(found, "desk").commitments
    assert [first.priority, first.within.text, first.asked, first.kept, first.people, first.on_duty] == [
        "P1",
        "20s",
        Fraction(4, 5),
        True,
        14,
        20,
    ]
    assert round(first.reached, 2) == 0.88
    assert first.price
    assert first.price.month.text == "438000 EUR"
    assert second.month == Fraction(4000 * 365, 12)


def test_the_ladder_is_that_of_the_strictest_commitment_and_goes_from_too_few_to_enough_for_99(found: Plan) -> None:
    ladder = team(found, "desk").ladder
    assert ladder
    assert [ladder.agreement, ladder.priority, ladder.asked] == ["desk", "P1", Fraction(4, 5)]
    assert [rung.on_duty for rung in ladder.rungs if rung.now] == [20]
    assert ladder.rungs[0].within == 0
    assert ladder.rungs[0].reached.answer.amount is None
    assert ladder.rungs[-1].within >= 0.99
    assert Fraction(99, 100) in ladder.rungs[-1].enough_for
    shares = [rung.within for rung in ladder.rungs]
    assert shares == sorted(shares)
    costs = [rung.price.month.value for rung in ladder.rungs if rung.price]
    assert costs == sorted(costs)
    assert [rung.price.more.value for rung in ladder.rungs if rung.now and rung.price] == [0]


def test_each_share_is_marked_where_it_is_first_reached(found: Plan) -> None:
    for line in found.teams:
        for rung in line.ladder.rungs if line.ladder else ():
            fewer = [other.within for other in line.ladder.rungs if other.on_duty < rung.on_duty] if line.ladder else []
            for level in rung.enough_for:
                assert rung.within >= level
                assert all(share < level for share in fewer)


def test_stricter_times_for_the_same_share_need_no_fewer_people(found: Plan) -> None:
    ladder = team(found, "desk").ladder
    assert ladder
    assert [step.within.text for step in ladder.sooner] == ["10s"]
    assert ladder.sooner[0].on_duty >= 20


def test_without_a_commitment_the_ladder_tells_who_need_not_wait(found: Plan) -> None:
    line = team(found, "engineers")
    assert line.ladder
    assert line.ladder.asked is None
    assert all(abs(rung.within - (1 - rung.reached.waits)) < 1e-6 for rung in line.ladder.rungs)
    assert line.price is None
    assert "No response commitment is compared" in " ".join(line.notes)


def test_what_is_assumed_or_left_out_is_said(found: Plan) -> None:
    told = {left.who: left.why for left in found.left_out}
    assert list(told) == ["vague", "fitters"]
    assert "no team of that name" in told["fitters"]
    assert told["vague"] == "it has no calendar and no staff"
    assert "No demand is written for silent: their tickets do not count." in found.notes
    assert "The demand of desk does not count: only that of promises does." in found.notes
    assert "Every ticket of acme and globex counts for desk: no share is written." in found.notes
    assert team(found, "idle").notes == ("No agreement names it as its provider, so no tickets reach it.",)


def test_a_team_that_is_too_small_has_its_finding_and_its_acceptance() -> None:
    short = plan(study(TEXT.replace("staff: 20", "staff: 17")))
    line = team(short, "desk")
    assert [line.verdict, line.needed, short.falls_short] == [TOO_SMALL, 20, True]
    assert [(finding.code, finding.priority) for finding in short.findings] == [("SC702", "P1"), ("SC702", "P2")]
    accepted = TEXT.replace("staff: 20", "staff: 17").replace(
        "demand: {P1: 9/month}", "accept: [{finding: SC702, until: 2026-06-30, because: two start in May}]"
    )
    known = plan(study(accepted))
    assert not known.falls_short
    assert [c.acceptance.until for c in team(known, "desk").commitments if c.acceptance] == 2 * [date(2026, 6, 30)]
    assert "accepted until 2026-06-30" in capacity_text(known)


def test_a_policy_may_take_it_for_a_warning() -> None:
    assert not plan(study(TEXT.replace("staff: 20", "staff: 17") + "policy: {severities: {SC702: warning}}\n")).falls_short


def test_an_overloaded_team_is_told_what_it_takes() -> None:
    short = plan(study(TEXT.replace("staff: 20", "staff: 14")))
    line = team(short, "desk")
    assert [line.verdict, line.people, line.needed] == [OVERLOADED, 9, 20]
    assert line.reached
    assert line.reached.answer.text == "never"
    assert [finding.code for finding in short.findings] == ["SC701"]


def test_patience_is_reckoned_with_and_told() -> None:
    line = team(plan(study(TEXT.replace("cost: 30 EUR/hour", "patience: 1m"))), "desk")
    assert line.reached
    assert line.reached.given_up
    assert line.patience
    assert line.patience.text == "1m"


def test_many_people_are_thinned_out() -> None:
    line = team(plan(study(TEXT.replace("staff: 20", "staff: 999999999"))), "desk")
    assert line.ladder
    assert len(line.ladder.rungs) < 25
    assert [rung.on_duty for rung in line.ladder.rungs if rung.now] == [999999999]


def test_people_who_are_always_away_have_no_ladder() -> None:
    line = team(plan(study(TEXT.replace("shrinkage: 30%", "shrinkage: 100%"))), "desk")
    assert [line.ladder, line.needed, line.people] == [None, None, 0]


# --- before and after ---------------------------------------------------------------------------------------------------


def effects(text: str, asked: WhatIf) -> dict[str, str]:
    return {line.id: line.effect for line in change(study(text), asked).teams}


def test_another_demand_replaces_what_is_written() -> None:
    found = change(study(TEXT), WhatIf(demand={"globex": {"P1": Fraction(40_000)}}))
    assert {line.id: line.effect for line in found.teams} == {"desk": PUSHED, "engineers": MORE, "idle": SAME}
    desk = next(line for line in found.teams if line.id == "desk")
    assert desk.latter.month - desk.former.month == 40_000 - Fraction(40 * 365, 12)
    assert found.what == ("globex has 40000 tickets a month (P1 40000), instead of 1216.66 tickets a month (P1 1216.66)",)
    assert found.latter.falls_short
    assert effects(TEXT, WhatIf(demand={"acme": {"P1": Fraction(1)}})) == {"desk": LESS, "engineers": LESS, "idle": SAME}
    assert set(effects(TEXT, WhatIf(demand={"globex": {"P1": Fraction(40 * 365, 12)}})).values()) == {SAME}


def test_what_is_new_is_left_out_before() -> None:
    found = change(study(TEXT), WhatIf(("acme",)))
    assert {line.id: line.effect for line in found.teams} == {"desk": MORE, "engineers": MORE, "idle": SAME}
    assert team(found.former, "desk").month == Fraction(40 * 365, 12)
    assert team(found.latter, "desk") == team(plan(study(TEXT)), "desk")
    assert found.what == ("acme is new: 146000 tickets a month (P1 24333.33, P2 121666.66)",)
    assert list(without(study(TEXT).catalogue, ["acme"]).agreements) == ["desk", "field", "globex", "silent", "tier2"]


def test_what_is_short_before_is_not_blamed_on_what_is_new() -> None:
    text = TEXT.replace("staff: 20", "staff: 14")
    assert effects(text, WhatIf(("globex",)))["desk"] == STILL
    assert effects(text, WhatIf(demand={"acme": {"P1": Fraction(1)}}))["desk"] == RELIEVED


def test_what_is_new_and_brings_nothing_says_so() -> None:
    assert change(study(TEXT), WhatIf(("silent",))).what == ("silent is new, and no demand is written for it",)
    assert change(study(TEXT), WhatIf(("tier2",))).what[0].endswith("it is no promise, and has no tickets of its own")


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (WhatIf(("acne",)), "there is no agreement 'acne' in the catalogue (did you mean 'acme'?)"),
        (WhatIf(demand={"acne": {"P1": Fraction(1)}}), "there is no agreement 'acne' in the catalogue (did you mean 'acme'?)"),
        (
            WhatIf(demand={"desk": {"P1": Fraction(1)}}),
            "desk is no promise: its tickets come from the promises that rely on it, so name one of those",
        ),
        (WhatIf(demand={"acme": {"P11": Fraction(1)}}), "acme has no priority 'P11' (did you mean 'P1'?)"),
    ],
)
def test_a_slip_of_the_pen_is_refused(asked: WhatIf, why: str) -> None:
    with pytest.raises(NotReckoned) as refused:
        change(study(TEXT), asked)
    assert str(refused.value) == why


def test_demand_of_what_has_ended_is_refused() -> None:
    with pytest.raises(NotReckoned):
        change(
            study(TEXT.replace("relies_on: [desk]\n", "relies_on: [desk]\n    term: {until: 2025-12-31}\n")),
            WhatIf(demand={"acme": {"P1": Fraction(1)}}),
        )


# --- text and data ------------------------------------------------------------------------------------------------------


def test_the_text_fits_and_is_the_same_each_time(found: Plan) -> None:
    both = change(study(TEXT), WhatIf(demand={"globex": {"P1": Fraction(40_000)}}))
    for told in (capacity_text(found), change_text(both)):
        assert max(map(len, told.splitlines())) <= 100
    assert capacity_text(found) == capacity_text(plan(study(TEXT)))
    assert change_text(both) == change_text(change(study(TEXT), WhatIf(demand={"globex": {"P1": Fraction(40_000)}})))


def test_long_names_do_not_widen_the_tables() -> None:
    long = "d" * 150
    told = capacity_text(plan(study(TEXT.replace("desk", long))))
    assert max(len(line) for line in told.splitlines() if long not in line) <= 100


def test_the_data_is_json(found: Plan) -> None:
    data = json.loads(json.dumps(capacity_data(found)))
    assert data["format"] == "slachain-capacity/1"
    assert [line["verdict"] for line in data["teams"]] == ["enough", "enough", "no work"]
    both = json.loads(json.dumps(change_data(change(study(TEXT), WhatIf(("acme",))))))
    assert [line["effect"] for line in both["changes"]] == ["more work", "more work", "unchanged"]
    assert both["before"]["teams"][0]["month"] < both["after"]["teams"][0]["month"]


def test_a_catalogue_without_teams_says_so() -> None:
    assert capacity_text(plan(study("agreements: {}\n"))) == "There is no team to reckon with on 2026-01-01.\n"
