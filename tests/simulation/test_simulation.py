"""The simulation on a few random catalogues; `make soundness` tries ten thousand. And would it see a verdict that is wrong?"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from slachain.analysis.readings import Worst
from slachain.analysis.verdicts import Verdict
from slachain.language.values import replace
from slachain.study import Study
from tests import catalogues, catalogues_amounts
from tests.catalogue import AS_OF
from tests.catalogue import study as read
from tests.simulation.examine import amounts, study_of, times

FEW = settings(max_examples=max(10, settings().max_examples // 4))


@FEW
@given(catalogues.catalogues())
def test_no_ticket_breaks_what_holds_and_every_worst_case_breaks_as_predicted(catalogue: dict[str, Any]) -> None:
    assert not times(study_of(catalogue, catalogues.AS_OF), np.random.default_rng(1)).breaches


@FEW
@given(catalogues_amounts.catalogues_of_amounts())
def test_no_outage_that_is_allowed_breaks_what_holds(catalogue: dict[str, Any]) -> None:
    assert not amounts(study_of(catalogue, catalogues_amounts.AS_OF), np.random.default_rng(1)).breaches


WEEKEND = """
calendars:
  london: {timezone: Europe/London, hours: {mon-fri: "09:00-17:30"}}
agreements:
  promise:
    {kind: sla, provider: us, customer: them, calendar: 24x7, term: {until: 2026-03-31}, relies_on: [desk],
     targets: {resolution: {P1: {within: 4h, attainment: 20%}, P2: {within: 80h, attainment: 80%}}}}
  desk:
    {kind: ola, provider: a, customer: us, calendar: 24x7, relies_on: [{agreement: tier2, after: 30m, share: 30%}],
     targets: {resolution: {within: 3h, attainment: 90%}}}
  tier2: {kind: uc, provider: b, customer: a, calendar: london, targets: {resolution: {within: 3h, attainment: 95%}}}
"""


def judged(priority: str) -> tuple[Study, Verdict]:
    study = read(WEEKEND, AS_OF)
    return study, next(v for v in study.verdicts if v.promise.priority == priority)


def on_trial(study: Study, verdict: Verdict) -> tuple[str, ...]:
    """With another verdict put into the study's mouth."""
    study.__dict__["verdicts"] = (verdict,)
    return times(study, np.random.default_rng(1)).breaches


@pytest.mark.parametrize("priority", ["P1", "P2"])
def test_it_agrees_with_what_is_true(priority: str) -> None:
    assert on_trial(*judged(priority)) == ()


def test_it_sees_a_promise_that_does_not_hold() -> None:
    study, verdict = judged("P1")
    assert any("holds, but" in breach for breach in on_trial(study, replace(verdict, verdict="holds")))


@pytest.mark.parametrize("shift", [-1, 1])
def test_it_sees_a_second_too_many_or_too_few(shift: int) -> None:
    study, verdict = judged("P1")
    assert verdict.supported is not None
    assert verdict.supported.bound is not None
    other = Worst(verdict.supported.bound + shift, verdict.supported.attained)
    assert any("is the worst of all instants" in breach for breach in on_trial(study, replace(verdict, supported=other)))


def test_it_sees_an_exposure_that_is_not_what_is_counted() -> None:
    study, verdict = judged("P1")
    assert verdict.exposure is not None
    other = replace(verdict, exposure=verdict.exposure - Fraction(1, 10**6))
    assert any("exposure" in breach for breach in on_trial(study, other))


def test_it_sees_tickets_that_are_not_assured() -> None:
    study, verdict = judged("P1")
    assert verdict.assured is not None
    assert any("is assured" in breach for breach in on_trial(study, replace(verdict, assured=verdict.assured + Fraction(1, 1000))))


def test_it_sees_a_worst_case_that_is_none() -> None:
    study, verdict = judged("P1")
    assert verdict.ticket is not None
    assert verdict.case is not None
    ticket = replace(verdict.ticket)
    ticket.__dict__["case"] = replace(verdict.case, opened=verdict.case.opened + 2)
    assert any("worst case" in breach for breach in on_trial(study, replace(verdict, ticket=ticket)))


DOWN = """
policy: {failures: unknown}
agreements:
  promise:
    {kind: sla, provider: us, customer: them, calendar: 24x7, relies_on: [network, {any_of: [one, two]}],
     targets: {availability: 99.4%}}
  network: {kind: uc, provider: a, customer: us, calendar: 24x7, targets: {availability: 99.9%}}
  one: {kind: uc, provider: b, customer: us, calendar: 24x7, targets: {availability: 99%}}
  two: {kind: uc, provider: c, customer: us, calendar: 24x7, targets: {availability: 99.5%}}
"""


@pytest.mark.parametrize(("more", "breaks"), [("0", False), ("0.01%", True)])
def test_it_sees_an_outage_that_is_not_accounted_for(more: str, breaks: bool) -> None:
    study = read(DOWN, AS_OF)
    (verdict,) = study.amount_verdicts
    assert verdict.supported == Fraction(994, 1000)
    added = Fraction(more.removesuffix("%")) / 100
    study.__dict__["amount_verdicts"] = (replace(verdict, supported=verdict.supported + added),)
    assert any("is supported" in breach for breach in amounts(study, np.random.default_rng(1)).breaches) == breaks
