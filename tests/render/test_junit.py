"""The JUnit XML is of the form that its readers share, and red exactly when the exit status is.

There is no schema that all agree on. The form is that of github.com/testmoapp/junitxml ("Common JUnit XML Format"), with the
order of elements and the attributes required by `junit-10.xsd` of Jenkins' xUnit plug-in.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given

from slachain.analysis.not_checked import NotChecked
from slachain.checks.registry import Check, all_checks, page
from slachain.cli.options import exit_status
from slachain.decisions.report import AcceptanceLine, Report
from slachain.language.findings import Severity
from slachain.language.values import replace
from slachain.render.junit import junit
from slachain.render.sentences import legible
from tests.render.attacked import ATTACKS, NOTHING, TEXTS, attacked, attacked_by_all, golden, of

OUTCOMES = {"failure": "failures", "error": "errors", "skipped": "skipped"}
COUNTS = {"name", "tests", "failures", "errors", "skipped", "time"}
GAP = """
agreements:
  promise: {kind: sla, provider: desk, customer: acme, calendar: 24x7, targets: {resolution: {P1: 4h}}, relies_on: [tier2], EXTRA}
  tier2: {kind: ola, provider: engineering, customer: desk, calendar: 24x7, targets: {resolution: {P1: 5h}}}
"""
UNREADABLE = "agreements:\n  a: {kind: foo, colour: red}\n"


def read(report: Report) -> ET.Element:
    """The root, of the form that is held to."""
    text = junit(report)
    assert text.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<testsuites ')
    root = ET.fromstring(text.encode("utf-8"))
    assert (root.tag, root.get("name"), set(root.attrib)) == ("testsuites", "slachain", COUNTS)
    for suite in root:
        assert (suite.tag, set(suite.attrib)) == ("testsuite", COUNTS)
        assert re.fullmatch("properties( testcase)*( system-out)?", " ".join(child.tag for child in suite))
        assert all(set(found.attrib) == {"name", "value"} for found in suite.find("properties") or ())
        for case in suite.findall("testcase"):
            assert {"name", "classname", "time"} <= set(case.attrib) <= {"name", "classname", "time", "file", "line"}
            assert case.get("classname") == suite.get("name")
            assert re.fullmatch("(failure|error|skipped)?( ?system-out)?", " ".join(child.tag for child in case))
            assert all(set(child.attrib) == {"type", "message"} and child.text for child in case if child.tag in OUTCOMES)
    assert_counts(root)
    return root


def assert_counts(root: ET.Element) -> None:
    """Every count is what is there, and no test took any time; of two cases of one class no name is the same."""
    for element in (root, *root):
        cases = list(element.iter("testcase"))
        assert element.get("tests") == str(len(cases))
        assert element.get("time") == "0"
        for outcome, name in OUTCOMES.items():
            assert element.get(name) == str(len(list(element.iter(outcome))))
    names = [(case.get("classname"), case.get("name")) for case in root.iter("testcase")]
    assert len(set(names)) == len(names)


def outcomes(report: Report) -> dict[str, str]:
    """The outcome of each case, by its class and name."""
    cases = read(report).iter("testcase")
    return {f"{c.get('classname')}: {c.get('name')}": next((o.tag for o in c if o.tag in OUTCOMES), "passed") for c in cases}


def of_gap(extra: str = "") -> Report:
    return of(GAP.replace(", EXTRA", f", {extra}" if extra else ""))


def test_nothing_found_is_an_empty_report() -> None:
    assert len(read(NOTHING)) == 0


def test_a_case_for_each_promise() -> None:
    assert outcomes(golden()) == {
        "acme-gold: availability *": "failure",
        "acme-gold: resolution P1": "failure",
        "acme-gold: resolution P2": "passed",
        "acme-gold: resolution P3": "passed",
        "acme-gold: response P1": "passed",
        "globex-silver: resolution P1": "passed",
        "globex-silver: update P1": "skipped",
        "initech-basic: resolution *": "failure",
    }


def test_a_failure_tells_the_whole_story() -> None:
    failure = next(read(golden()).iterfind(".//testcase[@name='resolution P1']/failure"))
    assert failure.get("type") == "SC202 chain-too-slow"
    assert failure.get("message") == "acme-gold resolution P1: 4h promised around the clock, 70h possible: the steps add up"
    told = (failure.text or "").split("\n")
    assert told[0] == f"agreements/customers.yaml:19:22: error SC202 chain-too-slow: {failure.get('message')}"
    assert told[1].startswith(
        "  because agreements/internal.yaml:12:21: desk hands over to tier2 within 30m, around the clock (2026-10-23T"
    )
    assert told[4].startswith("  ticket: opened Fri 23 Oct 2026 15:00:01 UTC")
    assert told[-1] == "  mend: promise 70h1m instead of 4h (acme-gold: targets.resolution.P1)"


def test_a_promise_that_is_tolerated_passes_and_says_so() -> None:
    said = next(read(golden()).iterfind(".//testcase[@name='resolution P3']/system-out")).text or ""
    assert said.startswith("tolerated: 60h promised around the clock\n")
    assert "warning SC207 tolerated" in said


def test_an_accepted_gap_is_skipped_with_its_reason_and_date() -> None:
    skipped = next(read(golden()).iterfind(".//testcase[@name='update P1']/skipped"))
    reason = "accepted until 2026-06-30: =the vendor signs in spring, see minutes of 12 December"
    assert (skipped.get("message") or "").startswith(reason)
    assert (skipped.text or "").endswith(reason)


def test_cases_say_where_they_stand_and_suites_on_what_they_rest() -> None:
    root = read(golden())
    case = next(root.iterfind(".//testcase[@name='resolution P1']"))
    assert (case.get("file"), case.get("line")) == ("agreements/customers.yaml", "19")
    found = {p.get("name"): p.get("value") for p in root[0].findall("properties/property")}
    assert found["as_of"] == "2026-01-01"
    assert found["time zones (tzdata)"] == "2026a"


def test_what_is_no_error_stands_in_the_output_of_its_suite() -> None:
    report = golden()
    text = "".join(element.text or "" for element in read(report).iter())
    assert all(f"{f.at}: {f.severity} {f.code}" in text for f in report.findings)


def test_what_was_not_checked_is_skipped_with_the_reason() -> None:
    report = replace(NOTHING, not_checked=(NotChecked("acme", "resolution", "its clock never runs"),))
    assert outcomes(report) == {"acme: resolution": "skipped"}
    assert next(read(report).iter("skipped")).text == "not checked: its clock never runs"


def test_errors_that_are_no_verdict_are_cases_of_their_own() -> None:
    finding = replace(golden().findings[0], severity=Severity.ERROR)
    twice = (finding, replace(finding, at=replace(finding.at, line=99)), replace(finding, agreement=None))
    report = replace(golden(), findings=(*twice, replace(finding, acceptance=AcceptanceLine(golden().as_of, "later", finding.at))))
    found = outcomes(report)
    names = {name: outcome for name, outcome in found.items() if "SC804" in name}
    assert names == {
        "acme-gold: SC804 no-review": "failure",
        "acme-gold: SC804 no-review~2": "failure",
        "acme-gold: SC804 no-review~3": "skipped",
        "agreements/customers.yaml: SC804 no-review": "failure",
    }


def test_agreements_that_cannot_be_read_are_errors() -> None:
    assert set(outcomes(of(UNREADABLE)).values()) == {"error"}
    assert outcomes(of(UNREADABLE).selecting(("SC2",), None)) == {"catalogue: readable": "error"}


def test_a_gap_whose_finding_was_not_asked_for_is_neither_red_nor_kept() -> None:
    assert outcomes(of_gap())["promise: resolution P1"] == "failure"
    assert outcomes(of_gap().selecting(None, ("SC2",)))["promise: resolution P1"] == "skipped"


def test_a_gap_that_counts_as_a_warning_passes_and_says_that_it_is_a_gap() -> None:
    report = of("policy: {severities: {SC201: warning}}" + GAP.replace(", EXTRA", ""))
    assert outcomes(report)["promise: resolution P1"] == "passed"
    assert (next(read(report).iterfind(".//testcase/system-out")).text or "").startswith("gap: 4h promised around the clock\n")


# --- as the exit status -----------------------------------------------------------------------------------------------


def assert_as_red_as_the_exit(report: Report) -> None:
    found = set(outcomes(report).values())
    status = exit_status(report, "error")
    assert ("error" in found) == (status == 2)
    assert status == 2 or ("failure" in found) == (status == 1)


@pytest.mark.parametrize("check", all_checks(), ids=lambda check: str(check.CODE))
def test_red_exactly_when_the_exit_is_red(check: Check) -> None:
    assert_as_red_as_the_exit(of(page(check).example("Breaks")))


@pytest.mark.parametrize(
    "report",
    [
        NOTHING,
        golden(),
        of_gap("accept: [{finding: SC201, until: 2026-12-31, because: known}]"),
        of_gap("accept: [{finding: SC201, until: 2025-12-31, because: over}]"),
        of_gap().selecting(("SC8",), None),
        of(UNREADABLE).selecting(None, ("SC1",)),
        of("policy: {severities: {SC102: info, SC804: error}}\n" + UNREADABLE),
        of("policy: {severities: {SC201: info}}" + GAP.replace(", EXTRA", "")),
        of("policy: {severities: {SC804: error}}" + GAP.replace(", EXTRA", "")),
    ],
)
def test_red_exactly_when_the_exit_is_red_whatever_the_policy(report: Report) -> None:
    assert_as_red_as_the_exit(report)


def test_the_same_report_gives_the_same_bytes() -> None:
    assert junit(of_gap()) == junit(of_gap())


# --- hostile text -----------------------------------------------------------------------------------------------------


def test_hostile_text_leaves_it_well_formed() -> None:
    report = attacked_by_all()
    root = read(report)
    assert len(root) >= len(ATTACKS)
    assert {element.tag for element in root.iter()} == {
        "testsuites",
        "testsuite",
        "properties",
        "property",
        "testcase",
        "system-out",
        *OUTCOMES,
    } - {"error"}


@given(TEXTS)
def test_any_text_leaves_it_well_formed(text: str) -> None:
    report = replace(golden(), findings=tuple(f for f in golden().findings if f.because or f.accepted))
    root = read(attacked(text, report))
    values = [found.get("value") for found in root[0].findall("properties/property")]
    assert " ".join(legible(text).split()) in values


def test_what_all_suites_say_is_counted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the time would grow with the square of the agreements."""
    asked: list[Report] = []

    def counted(report: Report) -> str:
        asked.append(report)
        return "as it is"

    monkeypatch.setattr("slachain.render.junit.verdict_line", counted)
    root = read(of(GAP))
    assert len(asked) == 1
    told = [found.get("value") for suite in root for found in suite.iter("property") if found.get("name") == "verdict"]
    assert told == ["as it is"] * len(root)
    assert len(root) > 1
