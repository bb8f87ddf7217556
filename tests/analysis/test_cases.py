"""A ticket followed step by step: it goes where it is done last, and each step takes what it is allowed."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slachain.analysis.cases import FINISHES, HANDS_OVER, LEAVES_OUT, Case, alone, follow
from slachain.analysis.chains import Chains, Stop
from slachain.clocks.curves import BEYOND, NEVER
from slachain.clocks.wall import instant_at
from slachain.language.loader import load
from slachain.study import Study
from tests import catalogues
from tests.catalogue import study, verdict

HOUR = 3600


@settings(max_examples=settings().max_examples // 3)
@given(catalogues.catalogues(), st.randoms(use_true_random=False))
def test_a_ticket_opened_at_any_time_is_done_when_its_curve_says_and_each_step_takes_what_it_may(
    raw: catalogues.Raw, random: catalogues.Raw
) -> None:
    found = Study.of(load({"a.yaml": catalogues.to_yaml(raw).encode()}), catalogues.AS_OF)
    supported = [promise for promise in found.promises if found.routes.onward(promise.agreement.id, promise.metric.id).items]
    for judge in filter(None, map(found.judge_of, supported)):
        for root in judge.situation.roots():
            for tick in random.sample(range(2 * judge.horizon.start, 2 * judge.horizon.end), 3):
                in_turn(judge.chains, follow(judge.chains, root, tick, attained=True), root, tick, judge.chains.promised(root)(tick))
            for stop in judge.chains.reached(root):
                own = judge.chains.own(stop)
                in_turn(
                    judge.chains, alone(judge.chains, root, stop, tick, attained=False), root, tick, NEVER if own is None else own(tick)
                )


def in_turn(chains: Chains, case: Case, root: Stop, opened: int, done: int) -> None:
    """Each step begins where the one before has ended, takes time, and ends when it has to by its own clock; every one goes where the list says."""
    assert (case.opened, case.done, case.path[0]) == (opened, done, root.agreement)
    assert [case.opened, *(step.to for step in case.steps)] == [*(step.start for step in case.steps), case.done]
    for above, below in pairwise(case.path):
        assert below in {member.agreement.value for member in chains.routes.onward(above, root.metric).members()}
    for step in case.steps:
        allowed = step.start
        for curve in step.on(chains.clock(step.calendar)):
            allowed = curve(allowed)
        assert step.to == (allowed if step.allowed is not None and step.paused is not None else step.to)
        assert step.ends == (step.to < BEYOND)
        assert step.ends or step is case.steps[-1]
        assert step.missing == (step.allowed is None)
        assert step.to == NEVER if step.missing else step.to > step.start
        assert (step.member is not None) == (step.does == HANDS_OVER)


def case_of(text: str, metric: str = "resolution") -> Case:
    """The worst ticket of the one promise there is."""
    case = verdict(text, metric=metric).case
    assert case is not None
    return case


CHOICE = """
agreements:
  promise: {{kind: sla, provider: us, customer: acme, calendar: 24x7, targets: {{resolution: {{P1: 9h}}}}, relies_on: {relies_on}}}
  slow: {{kind: uc, provider: v, customer: us, calendar: 24x7, targets: {{resolution: 4h}}}}
  late: {{kind: uc, provider: v, customer: us, calendar: 24x7, targets: {{resolution: 4h}}}}
  fast: {{kind: uc, provider: v, customer: us, calendar: 24x7, targets: {{resolution: 2h}}}}
  soon: {{kind: uc, provider: v, customer: us, calendar: 24x7, targets: {{resolution: 2h}}}}
  mute: {{kind: uc, provider: v, customer: us, calendar: 24x7, targets: {{response: 1h}}}}
"""


@pytest.mark.parametrize(
    ("relies_on", "path", "hours"),
    [
        ("[fast, slow, late, soon]", "slow", 4),  # any way: the one that is done last, of equals the first
        ("[late, fast, slow]", "late", 4),
        ("[{any_of: [slow, fast, soon, late]}]", "fast", 2),  # whoever is first does for all
        ("[{any_of: [late, soon, fast]}]", "soon", 2),
        ("[{any_of: [mute, slow]}]", "slow", 4),
        ("[{all_of: [fast, slow, late]}]", "slow", 4),
        ("[{all_of: [late, soon, slow]}]", "late", 4),
        ("[{any_of: [{all_of: [fast, slow]}, {all_of: [soon, late]}]}]", "slow", 4),
        ("[{all_of: [{any_of: [slow, soon]}, {any_of: [late, fast]}]}]", "soon", 2),
        ("[fast, {agreement: soon, after: 1h}]", "soon", 3),
        ("[fast, {agreement: soon, after: 3h}, slow]", "soon", 5),
    ],
)
def test_of_ways_that_take_as_long_the_first_in_the_list_is_told(relies_on: str, path: str, hours: int) -> None:
    case = case_of(CHOICE.format(relies_on=relies_on))
    assert case.path == ("promise", path)
    assert case.done - case.opened == 2 * hours * HOUR


@pytest.mark.parametrize(
    ("relies_on", "path", "does"),
    [
        ("[{agreement: slow, share: 60%}, {agreement: fast, share: 20%}]", "promise", LEAVES_OUT),
        ("[{agreement: slow, share: 60%}, fast]", "promise slow", FINISHES),
        ("[{agreement: slow, share: 60%}, {agreement: fast, share: 40%}]", "promise slow", FINISHES),
        ("[{agreement: mute, share: 60%}, {agreement: fast, share: 20%}]", "promise mute", FINISHES),  # it is never done there either
    ],
)
def test_what_is_left_to_nobody_is_never_done(relies_on: str, path: str, does: str) -> None:
    case = case_of(CHOICE.format(relies_on=relies_on))
    assert (" ".join(case.path), case.steps[-1].does) == (path, does)
    assert (case.done == NEVER) == (does == LEAVES_OUT or "mute" in path)
    assert case.steps[-1].missing == (case.done == NEVER)


TIERS = """
calendars: {{office: {{timezone: UTC, hours: {{mon-fri: "09:00-17:00"}}}}}}
agreements:
  promise: {{kind: sla, provider: us, customer: acme, calendar: 24x7, targets: {{resolution: {{P1: 30h}}}}, relies_on: [desk]}}
  desk: {{kind: ola, provider: us, customer: us, calendar: 24x7, relies_on: [{{agreement: tier2{after}}}]{targets}}}
  tier2: {{kind: ola, provider: us, customer: us, calendar: 24x7, targets: {{resolution: 6h}}, relies_on: [{{agreement: vendor, after: 0m}}]}}
  vendor: {{kind: uc, provider: v, customer: us, calendar: 24x7, targets: {{resolution: {vendor}}}}}
"""


@pytest.mark.parametrize(
    ("after", "targets", "vendor", "told"),
    [
        # handed over when the desk's own time is up, unless it says when; at tier 2 it stops where passing on takes no longer
        ("", ", targets: {resolution: {within: 8h}}", "6h", [("desk", 8), ("tier2", 6)]),
        (", after: 1h", ", targets: {resolution: 2h}", "7h", [("desk", 1), ("vendor", 7)]),
        (", after: 1h", "", "5h", [("desk", None)]),  # nor says anybody how long it takes who does not pass it on
        (", after: 1h, share: 100%", "", "5h", [("desk", 1), ("tier2", 6)]),
        (", after: 0m", ", targets: {resolution: 6h}", "2h", [("desk", 6)]),
        (", after: 0m", ", targets: {resolution: 5h}", "2h", [("tier2", 6)]),
        ("", "", "2h", [("desk", None)]),  # nothing says how long the desk may keep it
    ],
)
def test_a_tier_keeps_a_ticket_as_long_as_it_may(after: str, targets: str, vendor: str, told: list[tuple[str, int | None]]) -> None:
    case = case_of(TIERS.format(after=after, targets=targets, vendor=vendor))
    took = [(step.stop.agreement, (step.to - step.start) // 2 // HOUR if step.ends else None) for step in case.steps]
    assert took == told
    assert took == [(step.stop.agreement, None if step.seconds is None else step.seconds // HOUR) for step in case.steps]


@pytest.mark.parametrize(("day", "always", "pauses"), [("4h", "5h", ""), ("3h", "4h", "{awaiting-parts: 1h}")])
@pytest.mark.parametrize(
    ("opened", "hours", "done"),
    [
        ("2026-03-02T10:00:00", 5, "2026-03-02T15:00:00"),
        ("2026-03-02T16:00:00", 5, "2026-03-02T21:00:00"),  # by day four hours, which are just over as the day is
        ("2026-03-02T16:00:01", 4, "2026-03-03T08:00:01"),
    ],
)
def test_of_the_alternatives_of_a_promise_that_is_relied_on_the_latest_is_told(
    opened: str, hours: int, done: str, day: str, always: str, pauses: str
) -> None:
    """What it does by day, and what around the clock: whichever is over later, for as long as either may pause besides."""
    found = study(f"""
calendars: {{day: {{timezone: UTC, hours: {{mon-sun: "08:00-20:00"}}}}}}
agreements:
  promise: {{kind: sla, provider: us, customer: acme, calendar: 24x7, targets: {{resolution: {{P1: 30h}}}}, relies_on: [bought]}}
  bought:
    {{kind: sla, provider: v, customer: us, calendar: 24x7, relies_on: [desk], pauses: [{pauses}],
     targets: {{resolution: [{{within: {day}, opened_in: day, calendar: day}}, {{within: {always}}}]}}}}
  desk: {{kind: ola, provider: v, customer: v, calendar: 24x7, targets: {{resolution: 1h}}}}
""")
    promise = found.promise("promise", "resolution", "P1")
    judge = found.judge_of(promise) if promise else None
    assert judge is not None
    (root,) = judge.situation.roots()
    (step,) = follow(judge.chains, root, 2 * at(opened), attained=True).steps
    assert (step.does, step.seconds, step.to) == (FINISHES, hours * HOUR, 2 * at(done))
    assert step.calendar == ("24x7" if hours == 5 else "day")


def at(text: str) -> int:
    return instant_at(datetime.fromisoformat(text), "UTC")


@pytest.mark.parametrize(("pauses", "paused", "hours"), [("{awaiting-parts: 1h}", HOUR, 5), ("awaiting-parts", None, None), ("", 0, 4)])
def test_pauses_that_the_promise_does_not_share_are_told_with_the_step(pauses: str, paused: int | None, hours: int | None) -> None:
    case = case_of(f"""
agreements:
  promise: {{kind: sla, provider: us, customer: acme, calendar: 24x7, targets: {{resolution: {{P1: 9h}}}}, relies_on: [desk]}}
  desk: {{kind: ola, provider: us, customer: us, calendar: 24x7, pauses: [{pauses}], targets: {{resolution: 4h}}}}
""")
    (step,) = case.steps
    assert (step.paused, step.seconds, step.missing) == (paused, hours and hours * HOUR, False)
    assert step.ends == (hours is not None)
    assert not hours or case.done - case.opened == 2 * hours * HOUR


ALIKE = """{kind: sla, provider: us, customer: acme, calendar: 24x7, targets: {resolution: {P1: 3h}},
     relies_on: [{agreement: soon, priorities: {P1: S1}}, {agreement: desk, after: 30m}]}"""


@pytest.mark.parametrize("order", ["acme zenith", "zenith acme"])
def test_a_ticket_of_another_customer_who_was_promised_the_same_is_told_with_its_own_names_and_places(order: str) -> None:
    found = study(f"""
agreements:
  acme: {ALIKE}
  soon: {{kind: ola, provider: us, customer: us, calendar: 24x7, targets: {{resolution: 1h}}}}
  zenith: {ALIKE}
  desk: {{kind: ola, provider: us, customer: us, calendar: 24x7, targets: {{resolution: 4h}}}}
""")
    for id in order.split():
        promise = found.promise(id, "resolution", "P1")
        judged = found.verdict(promise) if promise else None
        assert judged is not None
        assert judged.case is not None
        assert judged.case.path == (id, "desk")
        assert [(step.stop.agreement, step.does) for step in judged.case.steps] == [(id, HANDS_OVER), ("desk", FINISHES)]
        handing = judged.case.steps[0]
        assert handing.member is found.catalogue.agreements[id].relies_on[1].route
        assert handing.allowed is not None
        assert (handing.allowed.text, handing.allowed.at.line) == ("30m", {"acme": 4, "zenith": 7}[id])


def test_what_is_kept_each_by_itself_is_told_along_the_shortest_path_to_it() -> None:
    text = """
agreements:
  promise: {{kind: sla, provider: us, customer: acme, calendar: 24x7, targets: {{response: {{P1: 1h}}}}, relies_on: [desk, help]}}
  desk: {{kind: ola, provider: us, customer: us, calendar: 24x7, targets: {{response: 10m}}, relies_on: [tier2]}}
  help: {{kind: ola, provider: us, customer: us, calendar: 24x7, targets: {{response: 10m}}, relies_on: [tier3, tier2]}}
  tier2: {{kind: ola, provider: us, customer: us, calendar: 24x7, targets: {{response: {}}}, relies_on: [tier3]}}
  tier3: {{kind: ola, provider: us, customer: us, calendar: 24x7, targets: {{response: {}}}}}
"""
    case = case_of(text.format("10m", "20m"), metric="response")
    assert case.path == ("promise", "help", "tier3")
    assert [step.stop.agreement for step in case.steps] == ["tier3"]
    assert case.done - case.opened == 2 * 20 * 60
    assert case_of(text.format("15m", "5m"), metric="response").path == ("promise", "desk", "tier2")


def test_who_commits_to_nothing_directly_is_never_done() -> None:
    """Who is only reached through others may commit to nothing: they answer for what they pass on."""
    found = study("""
agreements:
  promise: {kind: sla, provider: us, customer: acme, calendar: 24x7, targets: {response: {P1: 1h, P2: 1h}}, relies_on: [desk]}
  desk: {kind: ola, provider: us, customer: us, calendar: 24x7, targets: {response: {P2: 10m}}, relies_on: [tier2]}
  tier2: {kind: ola, provider: us, customer: us, calendar: 24x7, targets: {resolution: 20m}}
""")
    first, second = (one for one in found.verdicts)
    assert (first.verdict, first.cause) == ("gap", "missing")
    assert first.case is not None
    assert first.case.path == ("promise", "desk")
    assert first.case.done == NEVER
    assert second.holds
