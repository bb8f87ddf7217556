"""The SARIF log is valid, tells everything, and names each finding the same tomorrow.

`sarif-schema-2.1.0.json` is the schema of OASIS (Static Analysis Results Interchange Format 2.1.0) as the npm package
`@microsoft/sarif-multitool-linux` 5.7.0 (MIT licence) holds it, but for the ends of its lines.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from slachain import __version__
from slachain.analysis.not_checked import NotChecked
from slachain.checks.registry import all_checks, page
from slachain.decisions.ordering import by_money
from slachain.decisions.report import FixLine, NoteLine, Report
from slachain.language.findings import Severity
from slachain.language.source import Span
from slachain.language.values import replace
from slachain.render import sarif as module
from slachain.render.fingerprints import fingerprints
from slachain.render.sarif import FINGERPRINT, sarif
from tests.render.attacked import ATTACKS, NOTHING, TEXTS, attacked, attacked_by_all, golden, of

GAP = """
agreements:
  promise: {kind: sla, provider: desk, customer: acme, calendar: 24x7, targets: {resolution: {P1: 4h, P2: 4h}}, relies_on: [tier2]}
  other: {kind: sla, provider: desk, customer: hooli, calendar: 24x7, targets: {resolution: {P1: 3h}}, relies_on: [tier2]}
"""
TIER2 = """
agreements:
  tier2: {kind: ola, provider: engineering, customer: desk, calendar: 24x7, targets: {resolution: 5h}}
"""
UNREADABLE = "agreements:\n  a: {kind: foo, colour: red, colour: blue}\n  b: {kind: sla\n"


@cache
def validator() -> Draft202012Validator:
    return Draft202012Validator(json.loads((Path(__file__).parent / "sarif-schema-2.1.0.json").read_text(encoding="utf-8")))


def run(report: Report) -> dict[str, Any]:
    """The one run of a log that is valid, and that any encoder takes."""
    text = sarif(report)
    log = json.loads(text.encode("utf-8"))
    assert text.endswith("}\n")
    problems = [f"{list(error.absolute_path)}: {error.message[:200]}" for error in validator().iter_errors(log)]
    assert not problems
    (only,) = log["runs"]
    return dict(only)


def results(report: Report) -> list[dict[str, Any]]:
    return list(run(report)["results"])


def by_name(report: Report) -> dict[tuple[str, str | None, str | None, str | None], str]:
    names = [(f.code, f.agreement, f.metric, f.priority) for f in report.findings]
    assert len(set(names)) == len(names)
    return dict(zip(names, fingerprints(report), strict=True))


# --- the document -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "report", [golden(), NOTHING, of(UNREADABLE), of(GAP, TIER2), of("")], ids=["golden", "none", "bad", "gap", "empty"]
)
def test_it_is_valid(report: Report) -> None:
    assert len(results(report)) == len(report.findings)


def test_the_schema_finds_fault() -> None:
    assert list(validator().iter_errors({"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "x"}}, "columnKind": "bytes"}]}))


def test_every_check_is_declared_found_or_not() -> None:
    for report in (NOTHING, golden()):
        driver = run(report)["tool"]["driver"]
        assert (driver["name"], driver["version"], driver["semanticVersion"]) == ("slachain", __version__, __version__)
        assert [rule["id"] for rule in driver["rules"]] == [check.CODE for check in all_checks()]


def test_a_rule_tells_what_its_page_tells() -> None:
    rules = {rule["id"]: rule for rule in run(NOTHING)["tool"]["driver"]["rules"]}
    for check in all_checks():
        rule, parts = rules[check.CODE], page(check)
        assert rule["name"] == check.SLUG
        assert rule["shortDescription"]["text"] == parts.title
        assert 0 < len(rule["fullDescription"]["text"]) <= 1024
        assert parts.example("Breaks") in rule["help"]["markdown"]
        assert parts.example("Breaks").strip() in rule["help"]["text"]
        assert "```" not in rule["help"]["text"]
        assert "helpUri" not in rule
        assert rule["defaultConfiguration"]["level"] == {"error": "error", "warning": "warning", "info": "note"}[check.SEVERITY]
        assert rule["properties"]["problem.severity"] in ("error", "warning", "recommendation")
        assert "security-severity" not in rule["properties"]
        assert 0 < len(rule["properties"]["tags"]) <= 10


def test_the_run_says_on_what_it_rests() -> None:
    found = run(golden())
    assert found["properties"]["as_of"] == "2026-01-01"
    assert found["properties"]["data_used"] == {"holidays": "0.0", "time zones (tzdata)": "2026a"}
    assert found["properties"]["assumptions"]
    assert found["columnKind"] == "unicodeCodePoints"
    assert found["invocations"] == [{"executionSuccessful": True, "toolExecutionNotifications": []}]
    assert "uri" not in found["originalUriBaseIds"]["%SRCROOT%"]


def test_what_could_not_be_read_or_judged_is_no_success_and_is_said() -> None:
    (invocation,) = run(of(UNREADABLE))["invocations"]
    assert not invocation["executionSuccessful"]
    assert [n["level"] for n in invocation["toolExecutionNotifications"]] == ["error"]
    (invocation,) = run(replace(golden(), not_checked=(NotChecked("acme", "resolution", "its clock never runs"),)))["invocations"]
    (notification,) = invocation["toolExecutionNotifications"]
    assert invocation["executionSuccessful"]
    assert notification["message"]["text"] == "acme resolution is not checked: its clock never runs."


def test_the_same_report_gives_the_same_bytes() -> None:
    assert sarif(of(GAP, TIER2)) == sarif(of(GAP, TIER2))


# --- results ----------------------------------------------------------------------------------------------------------


def test_a_result_tells_both_numbers_the_other_side_the_ticket_and_what_to_do() -> None:
    result = next(r for r in results(golden()) if r["ruleId"] == "SC202")
    assert result["level"] == "error"
    assert result["message"]["text"] == (
        "acme-gold resolution P1: 4h promised around the clock, 70h possible: the steps add up. "
        "Because [desk hands over to tier2 within 30m, around the clock](1); "
        "[tier2 hands over to hosting within 1h, Mon-Fri 09:00-17:30 Europe/London](2); "
        "[hosting finishes within 4h, around the clock](3). "
        "The ticket: opened Fri 23 Oct 2026 15:00:01 UTC, done Mon 26 Oct 2026 13:00:01 UTC: 70h on the customer's clock; "
        "meanwhile, Sun 25 Oct 2026: the clocks go back (Europe/London). "
        "What to do: promise 70h1m instead of 4h (acme-gold: targets.resolution.P1)."
    )
    assert [r["message"]["text"] for r in result["relatedLocations"]] == re.findall(r"\[(.*?)\]\(", result["message"]["text"])


def test_results_stand_where_their_findings_do() -> None:
    report = golden()
    for finding, result in zip(report.findings, results(report), strict=True):
        (location,) = result["locations"]
        place = location["physicalLocation"]
        at = finding.at
        assert unquote(place["artifactLocation"]["uri"]) == at.file
        assert place["region"] == {"startLine": at.line, "startColumn": at.column, "endLine": at.end_line, "endColumn": at.end_column}
        assert result["ruleId"] == finding.code == all_checks()[result["ruleIndex"]].CODE
        assert [r["physicalLocation"]["region"]["startLine"] for r in result.get("relatedLocations", [])] == [
            note.at.line for note in finding.because
        ]


def test_columns_count_characters() -> None:
    text = GAP.replace(
        "kind: sla, provider: desk, customer: acme", 'title: "\U0001f6df \U0001f6df é", kind: sla, provider: desk, customer: acme'
    )
    line = text.split("\n")[2]
    region = next(r for r in results(of(text, TIER2)) if r["ruleId"] == "SC201")["locations"][0]["physicalLocation"]["region"]
    assert line[region["startColumn"] - 1 : region["endColumn"] - 1] == "4h"


def test_what_stands_in_no_file_has_no_place() -> None:
    nowhere = Span("", 0, 0, 0, 0)
    finding = replace(of(GAP, TIER2).findings[0], at=nowhere, because=(NoteLine("built in", nowhere),))
    (result,) = results(replace(NOTHING, findings=(finding,)))
    assert "physicalLocation" not in result["locations"][0]
    assert "relatedLocations" not in result
    assert "Because built in." in result["message"]["text"]


def test_no_more_locations_than_readers_show() -> None:
    finding = golden().findings[0]
    note = NoteLine("one more", finding.at)
    (result,) = results(replace(NOTHING, findings=(replace(finding, because=(note,) * 120),)))
    assert [r["id"] for r in result["relatedLocations"]] == list(range(1, 100))
    assert result["message"]["text"].count("one more") == 120
    assert "[one more](99); one more; " in result["message"]["text"]


def test_artifacts_are_the_files_and_every_place_names_one() -> None:
    found = run(golden())
    files = [artifact["location"]["uri"] for artifact in found["artifacts"]]
    assert files == ["agreements/customers.yaml", "agreements/internal.yaml"]
    for result in found["results"]:
        for location in [*result["locations"], *result.get("relatedLocations", [])]:
            named = location["physicalLocation"]["artifactLocation"]
            assert files[named["index"]] == named["uri"]
            assert named["uriBaseId"] == "%SRCROOT%"


@pytest.mark.parametrize("file", ["agreements/ä b/c#d?%.yaml", "a:b.yaml", "/etc/passwd", "../other/x.yaml", "//host/x"])
def test_a_files_name_is_a_relative_reference(file: str) -> None:
    report = golden()
    found = replace(report, findings=tuple(replace(f, at=replace(f.at, file=file)) for f in report.findings[:1]))
    uri = results(found)[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    parts = urlsplit(uri)
    assert (parts.scheme, parts.netloc, parts.query, parts.fragment) == ("", "", "", "")
    assert not uri.startswith("/")
    assert unquote(uri) == file.lstrip("/")


def test_an_accepted_finding_is_suppressed_and_counts_for_no_more_than_a_note() -> None:
    report = golden()
    for finding, result in zip(report.findings, results(report), strict=True):
        if finding.acceptance is None:
            assert result["suppressions"] == []
            continue
        assert finding.severity is Severity.ERROR
        assert result["level"] == "note"
        (suppression,) = result["suppressions"]
        reason = "accepted until 2026-06-30: =the vendor signs in spring, see minutes of 12 December"
        assert (suppression["kind"], suppression["status"], suppression["justification"]) == ("inSource", "accepted", reason)
        assert suppression["location"]["physicalLocation"]["region"]["startLine"] == finding.acceptance.at.line
        assert result["message"]["text"].endswith(f"It is {reason}.")


def test_brackets_and_braces_of_a_catalogue_make_no_link_and_hold_no_place() -> None:
    finding = golden().findings[0]
    note = NoteLine("shares [50%, 60%] \\ {0}", finding.at)
    crafted = replace(finding, message="[click](http://example.org)", because=(note,), help="write {every: 1 year}, not {0}")
    (result,) = results(replace(NOTHING, findings=(crafted,)))
    assert result["message"]["text"] == (
        "\\[click\\](http://example.org). Because [shares \\[50%, 60%\\] \\\\ {{0}}](1). What to do: write {every: 1 year}, not {{0}}."
    )


def test_a_fix_that_can_be_written_as_it_stands_is_a_replacement() -> None:
    report = golden()
    old = next(p for p in report.promises if p.verdict == "gap" and p.metric == "resolution")
    line = "        P1: {within: 4h, attainment: 95%}"
    at = Span(old.at.file, old.at.line, 22, old.at.line, 24)
    whole = FixLine("promise", "acme-gold", "targets.resolution.P1", "4h", "70h1m", at, line, line.replace("4h", "70h1m"))
    others = (
        replace(whole, at=None),
        replace(whole, was="", yaml=""),
        replace(whole, yaml="something else"),
        replace(whole, was=f"{line}\n"),
    )
    new = replace(old, fixes=(whole, *others))
    found = results(replace(report, promises=tuple(new if p is old else p for p in report.promises)))
    (fix,) = next(r for r in found if r["ruleId"] == "SC202")["fixes"]
    ((replacement,),) = [change["replacements"] for change in fix["artifactChanges"]]
    region = replacement["deletedRegion"]
    assert line[region["startColumn"] - 1 : region["endColumn"] - 1] == "4h"
    assert replacement["insertedContent"] == {"text": "70h1m"}


def test_beyond_what_readers_take_the_gravest_stay_and_the_rest_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    report = golden()
    assert module.MOST_RESULTS == 25_000
    monkeypatch.setattr(module, "MOST_RESULTS", 5)
    found = run(report)
    counting = [f for f in report.findings if not f.accepted]
    errors, warnings = ([f for f in counting if f.severity is s] for s in (Severity.ERROR, Severity.WARNING))
    kept = [*errors, *warnings][:5]
    assert [r["ruleId"] for r in found["results"]] == [f.code for f in report.findings if f in kept]
    everything = dict(zip(report.findings, fingerprints(report), strict=True))
    assert [r["partialFingerprints"][FINGERPRINT] for r in found["results"]] == [everything[f] for f in report.findings if f in kept]
    (notification,) = found["invocations"][0]["toolExecutionNotifications"]
    assert f"{len(report.findings) - 5} of {len(report.findings)} findings are left out" in notification["message"]["text"]


# --- fingerprints -----------------------------------------------------------------------------------------------------


def test_fingerprints_are_told_in_a_versioned_key_and_are_unique() -> None:
    report = golden()
    found = [result["partialFingerprints"] for result in results(report)]
    assert all(list(told) == ["slachainFinding/v1"] for told in found)
    assert [told["slachainFinding/v1"] for told in found] == fingerprints(report)
    assert len(set(fingerprints(report))) == len(report.findings)


@pytest.mark.parametrize(
    ("change", "files"),
    [
        ("lines moved", ("# a comment\n\n" + GAP, TIER2)),
        ("files in another order", (TIER2, GAP)),
        ("one file", (GAP + TIER2.replace("\nagreements:\n", ""),)),
        ("numbers written otherwise", (GAP.replace("P1: 4h", "P1: 240m").replace("3h", "180m"), TIER2.replace("5h", "300m"))),
        ("other numbers", (GAP.replace("P1: 4h", "P1: 1h30m").replace("3h", "2h"), TIER2.replace("5h", "6h30m"))),
        ("laid out otherwise", (GAP.replace("resolution: {P1: 3h}", "resolution:   {  'P1':   3h }"), TIER2)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_fingerprints_survive(change: str, files: tuple[str, ...]) -> None:
    assert by_name(of(*files)) == by_name(of(GAP, TIER2)), change


def test_fingerprints_do_not_depend_on_the_order_of_the_findings() -> None:
    report = of(GAP, TIER2)
    other = by_money(report)
    assert dict(zip(report.findings, fingerprints(report), strict=True)) == dict(zip(other.findings, fingerprints(other), strict=True))


def test_mending_one_clause_leaves_the_fingerprints_of_the_others_alone() -> None:
    broken = (
        "agreements:\n  a: {kind: foo, provider: p, customer: c, calendar: 24x7, colour: red, size: 3, targets: {resolution: {P1: 4h}}}\n"
    )
    mended = broken.replace("colour: red, ", "")
    before, after = of(broken), of(mended)
    assert len([f for f in before.findings if f.code == "SC102"]) == 3
    assert set(fingerprints(after)) < set(fingerprints(before))


def test_alternatives_have_fingerprints_of_their_own() -> None:
    text = GAP.replace("P1: 4h,", "P1: [{within: 1h, opened_in: day}, {within: 2h}],")
    text += 'calendars:\n  day: {timezone: Europe/London, hours: {mon-fri: "09:00-17:30"}}\n'

    def named(report: Report) -> dict[str, str]:
        pairs = zip(report.findings, fingerprints(report), strict=True)
        return {
            f.message.split(" ")[0]: print for f, print in pairs if f.agreement == "promise" and f.code[:3] == "SC2" and f.priority == "P1"
        }

    found = named(of(text, TIER2))
    assert set(found) == {"1h", "2h"}
    assert len(set(found.values())) == 2
    alone = named(of(text.replace("{within: 1h, opened_in: day}", "{within: 9h, opened_in: day}"), TIER2))
    assert {key: alone[key] for key in ("2h",)} == {"2h": found["2h"]}


def test_what_is_alike_in_all_is_counted() -> None:
    finding = golden().findings[0]
    twice = replace(NOTHING, findings=(finding, replace(finding, at=replace(finding.at, line=99))))
    first, second = fingerprints(twice)
    assert first != second
    assert [first] == fingerprints(replace(NOTHING, findings=(finding,)))


# --- hostile text -----------------------------------------------------------------------------------------------------


def test_hostile_text_leaves_it_valid() -> None:
    found = run(attacked_by_all())
    assert len({r["partialFingerprints"][FINGERPRINT] for r in found["results"]}) == len(found["results"]) > len(ATTACKS)
    for result in found["results"]:
        told = re.sub(r"\\.", "", result["message"]["text"])
        ids = {str(location["id"]) for location in result.get("relatedLocations", [])}
        assert set(re.findall(r"\[[^\]]*\]\(([^)]*)\)", told)) == ids


@settings(max_examples=20, deadline=None)
@given(TEXTS)
def test_any_text_leaves_it_readable(text: str) -> None:
    report = replace(golden(), findings=tuple(f for f in golden().findings if f.because or f.accepted))
    log = json.loads(sarif(attacked(text, report)).encode("utf-8"))
    uris = [artifact["location"]["uri"] for artifact in log["runs"][0]["artifacts"]]
    assert all(re.fullmatch(r"[A-Za-z0-9_.~/%-]*", uri) and not uri.startswith("/") for uri in uris)
    assert len(log["runs"][0]["results"]) == len(report.findings)
