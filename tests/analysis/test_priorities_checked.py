"""Which priorities a promise for all of them is checked for: those that are named below, and all others where somebody counts with any."""

from __future__ import annotations

import pytest

from slachain.analysis.promises import priorities_of
from slachain.checks import no_commitment
from slachain.language.loader import load
from slachain.study import Study
from tests import catalogues

AGREEMENT = "  {0}: {{kind: {1}, provider: us, customer: us, calendar: 24x7, targets: {{{2}}}, relies_on: [{3}]}}\n"


def study_of(*agreements: tuple[str, str, str]) -> Study:
    """A promise and what lies below it: name, targets, list."""
    written = "".join(AGREEMENT.format(name, "sla" if name == "promise" else "ola", *more) for name, *more in agreements)
    catalogue = load({"a.yaml": f"agreements:\n{written}".encode()})
    assert not catalogue.findings
    return Study.of(catalogue, catalogues.AS_OF)


OTHERS = '{P1: 1h, "*": 8h}'


@pytest.mark.parametrize(
    ("own", "relies_on", "desk", "tier2", "checked"),
    [
        ("4h", "desk", "1h", "", "*"),
        ("4h", "desk", "{P1: 1h, P2: 2h}", "", "P1 P2"),
        ("4h", "desk", OTHERS, "", "P1 *"),
        ("4h", "{agreement: desk, metrics: [response]}", OTHERS, "", "*"),
        ("4h", "desk, tier2", OTHERS, "{P1: 1h, P2: 2h, P3: 3h}", "P1 P2 P3"),
        ("4h", "desk, tier2", OTHERS, "{P1: 1h}", "P1 *"),
        ("4h", "desk, tier2", OTHERS, "1h", "P1 *"),
        ('{P1: 2h, "*": 4h}', "desk", OTHERS, "", "*"),
        ('{P1: 2h, "*": 4h}', "desk", '{P2: 1h, "*": 8h}', "", "P2"),
        ('{P1: 2h, "*": 4h}', "desk", '{P1: 1h, P2: 1h, "*": 8h}', "", "P2 *"),
        ("4h", "{agreement: desk, after: {P1: 10m}}", "1h", "", "P1"),
        ("4h", '{agreement: desk, after: {P1: 10m, "*": 2h}}', "1h", "", "P1 *"),
        ("4h", '{agreement: desk, after: {P1: 10m, "*": 2h}}', "{P1: 1h, P2: 1h}", "", "P1 P2"),
        ("4h", "{agreement: desk, priorities: {P1: S1}}", '{S1: 1h, "*": 8h}', "", "P1 *"),
        ("4h", "{agreement: desk, priorities: {P1: S1, P2: S2}}", '{S1: 1h, "*": 8h}', "", "P1 P2"),
        ("4h", "{agreement: desk, priorities: {P1: S1}}", '{S1: 1h, S2: 2h, "*": 8h}', "", "P1 S2 *"),
    ],
)
def test_others_are_checked_where_somebody_counts_with_any(own: str, relies_on: str, desk: str, tier2: str, checked: str) -> None:
    below = [("desk", f"resolution: {desk}", "")] + ([("tier2", f"resolution: {tier2}", "")] if tier2 else [])
    study = study_of(("promise", f"resolution: {own}", relies_on), *below)
    assert " ".join(priorities_of(study.catalogue.agreements["promise"], "resolution", "*", study.routes)) == checked


def test_others_are_looked_for_all_the_way_down() -> None:
    study = study_of(
        ("promise", "resolution: 9h", "{agreement: desk, priorities: {Q1: P1}}"),
        ("desk", "resolution: {P1: 1h, P2: 1h}", "{agreement: tier2, priorities: {P2: S2}}"),
        ("tier2", "resolution: {P1: 1h, S2: 1h}", "vendor"),
        ("vendor", 'resolution: {P1: 1h, S2: 1h, S3: 1h, "*": 8h}', ""),
    )
    assert priorities_of(study.catalogue.agreements["promise"], "resolution", "*", study.routes) == ["P2", "Q1", "S3", "*"]


@pytest.mark.parametrize(("promised", "verdict"), [("4h", "gap"), ("8h", "gap"), ("9h", "holds")])
def test_a_promise_for_all_is_as_good_as_what_is_agreed_for_the_others(promised: str, verdict: str) -> None:
    (found,) = study_of(("promise", f"resolution: {promised}", "desk"), ("desk", f"resolution: {OTHERS}", "")).verdicts
    assert (found.verdict, found.supported and found.supported.bound) == (verdict, 8 * 3600)


@pytest.mark.parametrize(("promised", "verdict"), [("99.5%", "gap"), ("98.5%", "holds")])
def test_so_is_an_amount(promised: str, verdict: str) -> None:
    (found,) = study_of(("promise", f"availability: {promised}", "web"), ("web", 'availability: {P1: 99.9%, "*": 99%}', "")).amount_verdicts
    assert found.verdict == verdict


def test_who_has_nothing_for_the_others_is_told_so() -> None:
    study = study_of(
        ("promise", "resolution: 9h", "desk, tier2"), ("desk", f"resolution: {OTHERS}", ""), ("tier2", "resolution: {P1: 1h}", "")
    )
    (found,) = no_commitment.check(study)
    assert found.message.endswith(", but tier2 commits to no resolution for other priorities")
