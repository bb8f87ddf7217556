"""The commands as the runner of GitHub Actions reads them: each finding where it is, the gravest first, nothing forged."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slachain.analysis.not_checked import NotChecked
from slachain.decisions.report import FindingLine, Report
from slachain.language.findings import Severity
from slachain.language.source import Span
from slachain.language.values import replace
from slachain.render.github import SHOWN, command, github
from slachain.render.sentences import legible
from tests.render.attacked import NOTHING, TEXTS, attacked, attacked_by_all, golden, of

KINDS = ("error", "warning", "notice")
IN_PROPERTIES = {"%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ",", "%25": "%"}
IN_DATA = {"%0D": "\r", "%0A": "\n", "%25": "%"}
UNREADABLE = "agreements:\n  a: {kind: foo}\n"


@dataclass(frozen=True)
class Command:
    """What the runner makes of a line."""

    name: str
    properties: dict[str, str]
    message: str


def read(line: str) -> Command | None:
    """A line as `TryParseV2` of the runner's `ActionCommand.cs` reads it; None for one that is no command."""
    line = line.lstrip()
    end = line.find("::", 2)
    if not line.startswith("::") or end < 0:
        return None
    name, _, rest = line[2:end].partition(" ")
    pairs = (part.split("=", 1) for part in rest.strip().split(",") if part)
    properties = {pair[0]: _undone(pair[1], IN_PROPERTIES) for pair in pairs if len(pair) == 2}
    return Command(name, properties, _undone(line[end + 2 :], IN_DATA))


def _undone(text: str, mappings: dict[str, str]) -> str:
    for written, meant in mappings.items():
        text = text.replace(written, meant)
    return text


def lines(report: Report) -> list[str]:
    """The lines of the output, as a process's output is split into lines."""
    text = github(report)
    assert text.endswith("\n")
    assert "\r" not in text
    text.encode("utf-8")
    return text.removesuffix("\n").split("\n")


def commands(report: Report) -> list[Command]:
    return [found for line in lines(report) if (found := read(line))]


def test_nothing_found_is_the_verdict_alone() -> None:
    assert github(NOTHING) == "No promise to judge among 0 agreements on 2026-01-01.\n"


def test_a_finding_is_told_at_its_place_with_the_whole_story() -> None:
    first = commands(golden())[0]
    assert first.name == "error"
    assert first.properties == {
        "file": "agreements/customers.yaml",
        "line": "19",
        "endLine": "19",
        "col": "22",
        "endColumn": "23",
        "title": "SC202 chain-too-slow: acme-gold resolution P1",
    }
    told = first.message.split("\n")
    assert told[0] == "acme-gold resolution P1: 4h promised around the clock, 70h possible: the steps add up"
    assert told[1] == (
        "because agreements/internal.yaml:12:21: desk hands over to tier2 within 30m, around the clock "
        "(2026-10-23T15:00:01Z to 2026-10-23T15:30:01Z)"
    )
    assert told[4].startswith("ticket: opened Fri 23 Oct 2026 15:00:01 UTC, done Mon 26 Oct 2026 13:00:01 UTC")
    assert told[-1] == "mend: promise 70h1m instead of 4h (acme-gold: targets.resolution.P1)"


def test_the_gravest_come_first_and_accepted_ones_are_the_first_notices() -> None:
    report = golden()
    found = commands(report)
    assert [c.name for c in found] == sorted((c.name for c in found), key=KINDS.index)
    assert len(found) == len(report.findings)
    for severity, kind in zip(reversed(Severity), KINDS, strict=True):
        expected = sum(f.severity is severity and not f.accepted for f in report.findings)
        assert sum(c.name == kind for c in found) == expected + (sum(f.accepted for f in report.findings) if kind == "notice" else 0)
    notice = next(c for c in found if c.name == "notice")
    assert notice.properties["title"] == "accepted until 2026-06-30: SC204 no-commitment: globex-silver update P1"
    assert notice.message.endswith("\naccepted until 2026-06-30: =the vendor signs in spring, see minutes of 12 December")


def test_the_last_line_is_the_verdict() -> None:
    assert lines(golden())[-1] == "8 promises on 2026-01-01: 3 gaps, 1 unsupported, 1 tolerated, 3 hold."


@pytest.mark.parametrize(
    ("errors", "warnings", "infos", "told"),
    [
        (10, 10, 10, None),
        (11, 0, 10, "1 more error in this log alone."),
        (12, 13, 0, "2 more errors and 3 more warnings in this log alone."),
        (30, 11, 12, "20 more errors, 1 more warning and 2 more notices in this log alone."),
    ],
)
def test_what_github_does_not_show_is_counted(errors: int, warnings: int, infos: int, told: str | None) -> None:
    finding = replace(golden().findings[0], because=())
    numbers = zip(reversed(Severity), (errors, warnings, infos), strict=True)
    many = tuple(replace(finding, severity=severity, agreement=f"a{i}") for severity, number in numbers for i in range(number))
    found = lines(replace(NOTHING, findings=many))
    assert SHOWN == 10
    assert len(found) == len(many) + 1 + (told is not None)
    assert told is None or found[-2] == f"GitHub shows 10 errors, 10 warnings and 10 notices of a step: {told}"


@pytest.mark.parametrize(
    ("at", "place"),
    [
        (Span("a.yaml", 3, 5, 3, 9), {"file": "a.yaml", "line": "3", "endLine": "3", "col": "5", "endColumn": "8"}),
        (Span("a.yaml", 3, 5, 3, 5), {"file": "a.yaml", "line": "3", "endLine": "3", "col": "5", "endColumn": "5"}),
        (Span("a.yaml", 3, 5, 6, 2), {"file": "a.yaml", "line": "3", "endLine": "6"}),
        (Span("", 0, 0, 0, 0), {}),
    ],
)
def test_places_are_those_that_the_runner_takes(at: Span, place: dict[str, str]) -> None:
    (found,) = commands(replace(NOTHING, findings=(replace(golden().findings[0], at=at),)))
    assert {key: value for key, value in found.properties.items() if key != "title"} == place


def test_what_was_not_checked_is_a_notice() -> None:
    found = commands(replace(NOTHING, not_checked=(NotChecked("acme", "resolution", "its clock never runs"),)))
    assert found == [Command("notice", {"title": "not checked: acme resolution"}, "its clock never runs")]


def test_agreements_that_cannot_be_read_are_an_error_whatever_was_asked_for() -> None:
    report = of(UNREADABLE)
    assert {c.name for c in commands(report)} == {"error"}
    (found,) = commands(report.selecting(("SC2",), None))
    assert found.name == "error"
    assert found.message.startswith("The agreements could not be read as written")


def test_the_same_report_gives_the_same_bytes() -> None:
    assert github(of(UNREADABLE)) == github(of(UNREADABLE))


# --- hostile text -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("::error file=a%2Cb%3Ac.yaml::100%25%0Anew", {"file": "a,b:c.yaml"}),
        ("::error::100%25%0Anew", {"file": ""}),
        ("::error file=%250A::100%25%0Anew", {"file": "%0A"}),
    ],
)
def test_escaped_as_by_the_toolkit(written: str, text: dict[str, str]) -> None:
    assert command("error", text, "100%\r\nnew") == written


@given(st.text(st.characters()), st.text(st.characters()))
def test_whatever_is_said_comes_back_as_it_was(title: str, message: str) -> None:
    found = read(command("notice", {"title": f"<{title}>", "line": "1"}, message))
    assert found == Command("notice", {"title": f"<{legible(title)}>", "line": "1"}, legible(message))


def check(report: Report) -> None:
    """Nothing but commands for findings, then our own words."""
    told = len(report.findings) + len(report.not_checked)
    found = lines(report)
    assert [command is not None for command in map(read, found)][:told] == [True] * told
    assert all(command is None and "##[" not in line for command, line in ((read(line), line) for line in found[told:]))
    assert {c.name for c in commands(report)} <= set(KINDS)
    assert all(set(c.properties) <= {"file", "line", "endLine", "col", "endColumn", "title"} for c in commands(report))
    assert not any(character < " " for line in found for character in line)


def test_nothing_hostile_is_a_command_of_its_own() -> None:
    check(attacked_by_all())


@given(TEXTS)
def test_no_text_is_a_command_of_its_own(text: str) -> None:
    check(attacked(text, replace(golden(), findings=_some(golden().findings))))


def _some(findings: tuple[FindingLine, ...]) -> tuple[FindingLine, ...]:
    return tuple(f for f in findings if f.because or f.accepted)
