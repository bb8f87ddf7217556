"""What checks share and what they infer, held against the long way: each agreement asked by itself, each pair of clocks looked up."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import TypeVar, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slachain.analysis.order import reached
from slachain.analysis.promises import Horizon
from slachain.analysis.readings import Reading
from slachain.checks.alike import groups
from slachain.checks.comparing import YEAR, Comparisons, Question, Staircase
from slachain.checks.registry import all_checks
from slachain.checks.scope import current
from slachain.clocks.intervals import Intervals
from slachain.clocks.wall import midnight
from slachain.language.loader import load
from slachain.language.model import Agreement
from slachain.language.scalars import BusinessDays, Duration
from slachain.study import Study
from tests import catalogues, catalogues_amounts
from tests.catalogue import found_in, study

T = TypeVar("T")


def looked_up(read: Study, asked: Question) -> bool:
    """The answer out of the later of both curves, at each instant at which either bends or they meet."""
    start = midnight(read.as_of, "UTC")
    for chains, final in read.views(Horizon(start, start + YEAR)):
        year = Intervals.of([(start, start + YEAR)])
        opened = reduce(Intervals.__and__, (chains.clock(id).open for id in asked.opened_in), year)
        clock = chains.clock(asked.one[0])
        one, other = (chains.clock(calendar).due(time) for calendar, time in (asked.one, asked.other))
        if final or not any(Reading(curve, clock, opened).unknown() for curve in (one, other)):
            ends = Reading(one | other, clock, opened).stretches(one, other)
            return any(bool((one.at(ticks) >= other.at(ticks) + (not asked.or_equal)).any()) for ticks in ends)
    raise AssertionError("the last view is final")


class LookedUp(Comparisons):
    """Infers nothing."""

    def answer(self, asked: Question) -> bool:
        return looked_up(self.study, asked)


class Alone(Study):
    """Shares nothing between agreements, and keeps nothing."""

    def once(self, make: Callable[[Study], T]) -> T:
        if make is groups:
            return cast(T, {agreement.id: [agreement] for agreement in current(self)})
        return cast(T, LookedUp(self)) if cast(object, make) is Comparisons else make(self)

    def _apart(self, agreement: Agreement) -> bool:
        return True

    def below(self, agreement: str, metric: str) -> frozenset[str]:
        return frozenset(reached(agreement, lambda id: [m.agreement.value for m in self.routes.onward(id, metric).members()]))

    def targets_below(self, agreement: str, metric: str) -> tuple[Agreement, ...]:
        found = (self.catalogue.agreements.get(id) for id in sorted(self.below(agreement, metric)))
        return tuple(one for one in found if one and metric in one.targets)


def twins(raw: catalogues.Raw) -> catalogues.Raw:
    """The catalogue with a twin of each agreement beside it."""
    return {**raw, "agreements": raw["agreements"] | {f"{id}-twin": body for id, body in raw["agreements"].items()}}


@settings(max_examples=15)
@given(st.one_of(catalogues.catalogues(), catalogues_amounts.catalogues_of_amounts()).map(twins))
def test_findings_are_those_of_each_agreement_by_itself(raw: catalogues.Raw) -> None:
    read = load({"a.yaml": catalogues.to_yaml(raw).encode()})
    together, alone = Study.of(read, catalogues.AS_OF), Alone.of(read, catalogues.AS_OF)
    for check in all_checks():
        assert list(check.check(together)) == list(check.check(alone)), check.SLUG


TIMES = st.one_of(
    st.sampled_from([0, 1, 900, 1800, 3600, 4 * 3600, 8 * 3600, 86400, 2 * 86400, 5 * 86400, 30 * 86400]).map(Duration),
    st.integers(1, 9).map(BusinessDays),
)


@settings(max_examples=40)
@given(st.data())
def test_what_is_inferred_of_two_clocks_is_what_the_calendars_say(data: st.DataObject) -> None:
    read = Study.of(load({"a.yaml": catalogues.to_yaml(data.draw(catalogues.catalogues())).encode()}), catalogues.AS_OF)
    names = st.sampled_from(sorted(id for id in read.catalogue.calendars if id not in read.catalogue.broken)[:3])
    clocks = st.tuples(names, TIMES)
    asked = st.builds(Question, clocks, clocks, st.booleans(), st.lists(names, max_size=1).map(tuple))
    questions = data.draw(st.lists(asked, min_size=1, max_size=25))
    comparisons = Comparisons(read)
    comparisons.foresee(questions[: data.draw(st.integers(0, len(questions)))])
    assert [comparisons.answer(question) for question in questions] == [looked_up(read, question) for question in questions]


PAIRS = st.lists(st.tuples(st.integers(-5, 5), st.integers(-5, 5)), max_size=12)


@given(PAIRS, PAIRS)
def test_a_staircase_covers_what_one_of_its_pairs_covers(known: list[tuple[int, int]], asked: list[tuple[int, int]]) -> None:
    stairs = Staircase()
    for pair in known:
        stairs.add(*pair)
    for first, second in asked:
        assert stairs.covers(first, second) == any(first <= one and other <= second for one, other in known)


PLAN = """
plans:
  gold:
    kind: sla
    provider: desk
    calendar: office
    priorities: [P1, P2]
    excludes: [strikes]
    targets:
      response: {P1: 5h}
      resolution: {P1: {within: 4h, attainment: 100%}, P2: 2d}
      availability: {at_least: 99%}
    credits: {availability: [{below: 98%, credit: 10%}, {below: 97%, credit: 5%}]}
    relies_on: [tier2]
calendars:
  office: {timezone: UTC, hours: {mon-fri: "09:00-17:30"}}
agreements:
  tier2:
    kind: ola
    provider: engineering
    customer: desk
    calendar: office
    excludes: [floods]
    targets: {resolution: 1h}
    pauses: [awaiting-customer]
    term: {notice: 30d, until: 2026-03-31}
  acme: {extends: gold, customer: acme, term: {notice: 60d}}
  birch: {extends: gold, customer: birch, term: {notice: 60d}}
  cedar:
    extends: gold
    customer: cedar
    excludes: [strikes, floods]
    targets: {response: {P1: 1h}, resolution: {P1: {within: 4h, attainment: 99%}, P2: 17h}}
    credits: {availability: [{below: 99%, credit: 5%}]}
    pauses: [awaiting-customer]
    term: {notice: 10d, until: 2026-02-28}
"""


def test_each_customer_of_a_plan_is_told_of_its_mistakes_and_nobody_else() -> None:
    read = study(PLAN)
    found = [(finding.code, finding.agreement) for check in all_checks() for finding in check.check(read)]
    wrong = ["SC401", "SC404", "SC601", "SC601", "SC801", "SC802", "SC811"]
    for customer in ("acme", "birch"):
        assert [code for code, agreement in found if agreement == customer and code in wrong] == wrong
    assert not [code for code, agreement in found if agreement == "cedar" and code in wrong]
    terms = [f for check in all_checks() if check.CODE in ("SC501", "SC502") for f in check.check(read)]
    assert [[note.message.split()[0] for note in finding.because] for finding in terms] == [["acme", "birch"], ["acme", "birch"]]


@pytest.mark.parametrize(
    "clock",
    [
        "calendar: europe, targets: {response: 1h, resolution: 4h}",
        "calendar: london, targets: {response: [{within: 1h, opened_in: europe}], resolution: 4h}",
    ],
)
def test_no_check_looks_at_a_calendar_that_is_made_of_one_with_an_error(clock: str) -> None:
    """It is told where the error is, and what is not checked for it."""
    text = f"""
calendars:
  london: {{timezone: Europe/London, hours: {{mon-fri: "09:00-17:30"}}}}
  berlin: {{timezone: Europe/Berln, hours: {{mon-fri: "09:00-17:30"}}}}
  europe: {{any_of: [london, berlin]}}
agreements:
  acme: {{kind: sla, provider: desk, customer: acme, {clock}, relies_on: [team]}}
  team: {{kind: ola, provider: desk, customer: desk, calendar: london, targets: {{response: 30m, resolution: 2h}}}}
"""
    assert [(f.code, f.at.line) for f in found_in(text) if f.code < "SC2"] == [("SC102", 4)]
