"""Which priorities a promise for all of them is checked for: those that are named below, and all others where somebody counts with any."""

from __future__ import annotations

import pytest

from slachain.analysis.promises import priorities_of
from slachain.checks import no_commitment
from slachain.study import Study
from tests.catalogue import study

AGREEMENT = "  {0}: {{kind: {1}, provider: us, customer: us, calendar: 24x7, targets: {{{2}}}, relies_on: [{3}]}}\n"
Row = tuple[str, str, str]  # of an agreement: its name, its targets, and what it relies on


def study_of(*agreements: Row) -> Study:
    """A promise and what lies below it."""
    written = "".join(AGREEMENT.format(name, "sla" if name == "promise" else "ola", *more) for name, *more in agreements)
    found = study(f"agreements:\n{written}")
    assert not found.catalogue.findings
    return found


def checked(found: Study, priority: str = "*") -> str:
    """For which of its own priorities its promise to resolve is checked."""
    return " ".join(priorities_of(found.catalogue.agreements["promise"], "resolution", priority, found.routes))


# --- those that are named ------------------------------------------------------------------------------------------------


VENDOR = ("vendor", "resolution: {S1: 1h, S2: 2h}, response: {R9: 1h}", "")


def middle(relies_on: str, resolution: str = "") -> Row:
    """Between the promise and the vendor."""
    return "middle", "response: 1h" + (f", resolution: {resolution}" if resolution else ""), relies_on


@pytest.mark.parametrize(
    ("relies_on", "between", "expected"),
    [
        ("vendor", [], "S1 S2"),
        ("middle", [middle("vendor")], "S1 S2"),
        ("middle", [middle("vendor", "{P1: 1h, S2: 1h}")], "P1 S1 S2"),
        ("{agreement: vendor, after: {P7: 1h, '*': 2h}}", [], "P7 S1 S2"),
        ("middle", [middle("{agreement: vendor, after: {P7: 1h}}")], "P7 S1 S2"),
        ("{agreement: vendor, priorities: {P1: S1, P2: S1, P3: S2}}", [], "P1 P2 P3"),
        ("{agreement: vendor, priorities: {P1: S1}}", [], "P1 S2"),
        ("{agreement: vendor, after: {P1: 1h, P2: 2h}, priorities: {P1: S1}}", [], "P1 P2 S2"),
        ("{agreement: vendor, priorities: {S1: S2}}", [], "S1"),  # what they call S1 nobody is handed over as
        ("{agreement: vendor, priorities: {P1: other}}", [], "P1 S1 S2"),
        ("{agreement: middle, priorities: {P1: M1}}", [middle("{agreement: vendor, priorities: {M1: S1, M2: S2}}")], "M2 P1"),
        ("vendor, {agreement: middle, priorities: {P1: S1}}", [middle("vendor")], "P1 S1 S2"),
        ("{any_of: [vendor, {agreement: middle, after: {P5: 0m}}]}", [middle("vendor")], "P5 S1 S2"),
        ("{agreement: vendor, metrics: [response]}", [], "*"),
        ("middle", [middle("", '{"*": 1h}')], "*"),
    ],
)
def test_every_priority_that_is_named_below_is_checked_under_the_promise_s_own_name(
    relies_on: str, between: list[Row], expected: str
) -> None:
    assert checked(study_of(("promise", 'resolution: {"*": 8h}', relies_on), *between, VENDOR)) == expected


@pytest.mark.parametrize(
    ("own", "priority", "expected"),
    [
        ('{S1: 4h, P3: 6h, "*": 8h}', "*", "S2"),
        ('{S1: 4h, S2: 6h, "*": 8h}', "*", "*"),
        ('{S1: 4h, "*": 8h}', "S1", "S1"),
    ],
)
def test_priorities_with_a_promise_of_their_own_are_not_those_of_all_others(own: str, priority: str, expected: str) -> None:
    assert checked(study_of(("promise", f"resolution: {own}", "vendor"), VENDOR), priority) == expected


# --- all others ----------------------------------------------------------------------------------------------------------


OTHERS = '{P1: 1h, "*": 8h}'


@pytest.mark.parametrize(
    ("own", "relies_on", "desk", "tier2", "expected"),
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
        ("4h", "{agreement: desk, priorities: {S1: S2}}", '{S1: 1h, S2: 2h, "*": 8h}', "", "S1 *"),  # nobody comes as their S1
    ],
)
def test_others_are_checked_where_somebody_counts_with_any(own: str, relies_on: str, desk: str, tier2: str, expected: str) -> None:
    below = [("desk", f"resolution: {desk}", "")] + ([("tier2", f"resolution: {tier2}", "")] if tier2 else [])
    assert checked(study_of(("promise", f"resolution: {own}", relies_on), *below)) == expected


def test_others_are_looked_for_all_the_way_down() -> None:
    found = study_of(
        ("promise", "resolution: 9h", "{agreement: desk, priorities: {Q1: P1}}"),
        ("desk", "resolution: {P1: 1h, P2: 1h}", "{agreement: tier2, priorities: {P2: S2}}"),
        ("tier2", "resolution: {P1: 1h, S2: 1h}", "vendor"),
        ("vendor", 'resolution: {P1: 1h, S2: 1h, S3: 1h, "*": 8h}', ""),
    )
    assert checked(found) == "P2 Q1 S3 *"


# --- what is found of the others ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("promised", "verdict"), [("4h", "gap"), ("8h", "gap"), ("9h", "holds")])
def test_a_promise_for_all_is_as_good_as_what_is_agreed_for_the_others(promised: str, verdict: str) -> None:
    (found,) = study_of(("promise", f"resolution: {promised}", "desk"), ("desk", f"resolution: {OTHERS}", "")).verdicts
    assert (found.verdict, found.supported and found.supported.bound) == (verdict, 8 * 3600)


@pytest.mark.parametrize(("promised", "verdict"), [("99.5%", "gap"), ("98.5%", "holds")])
def test_so_is_an_amount(promised: str, verdict: str) -> None:
    (found,) = study_of(("promise", f"availability: {promised}", "web"), ("web", 'availability: {P1: 99.9%, "*": 99%}', "")).amount_verdicts
    assert found.verdict == verdict


def test_who_has_nothing_for_the_others_is_told_so() -> None:
    found = study_of(
        ("promise", "resolution: 9h", "desk, tier2"), ("desk", f"resolution: {OTHERS}", ""), ("tier2", "resolution: {P1: 1h}", "")
    )
    (told,) = no_commitment.check(found)
    assert told.message.endswith(", but tier2 commits to no resolution for other priorities")
