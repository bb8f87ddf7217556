"""The report as JUnit XML: a suite for each agreement, a test case for each promise.

The format has no standard; this holds to what its readers have in common: the description at github.com/testmoapp/junitxml,
what GitLab reads (docs.gitlab.com, "Unit test reports"), and the order of elements in Jenkins' `junit-10.xsd`. GitLab shows
the text of an element and not its `message`, so the text says it all. GitLab drops a second case of a name, so names are told
apart.

There is a red case when the exit status is red, as `--fail-on error` counts it, and none otherwise:

- `<failure>`: a finding that counts as an error and that nobody accepts, exit status 1. A promise with nothing behind it is
  one too: it was judged, and cannot be kept, whereas an `<error>` says that something could not be tested;
- `<error>`: the agreements could not be read as written (SC1xx), so that what rests on them was not judged: exit status 2;
- `<skipped>`: a gap that its owner accepts, one whose finding was not asked for, and what was not checked;
- everything else passes, and says in `<system-out>` what was found of it, such as a promise that is tolerated.

Errors that are not a promise's verdict are cases of their own. Warnings and infos that are none stand in the suite's output.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.etree import ElementTree as ET

from slachain.decisions.report import FindingLine, PromiseLine, Report
from slachain.language.findings import Severity
from slachain.language.source import Span
from slachain.language.values import dataclass, field
from slachain.render.anchors import apart, by_promise, key_of
from slachain.render.sentences import UNREADABLE, accepted_words, headline, legible, one_line, story
from slachain.render.words import clock_words, verdict_line

COUNTED = {"failure": "failures", "error": "errors", "skipped": "skipped"}
CATALOGUE = "catalogue"  # the suite of what belongs to no agreement and no file


@dataclass(frozen=True, slots=True)
class Case:
    """A test case: where it stands, its outcome (None for passed) with its type, message and text, and what it says besides."""

    name: str
    at: Span | None
    outcome: str | None = None
    kind: str = ""
    message: str = ""
    text: str = ""
    said: str = ""


@dataclass(slots=True)
class Suite:
    """The cases of an agreement, or of a file where the agreement is not known, and what is said of it besides."""

    cases: list[Case] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def count(self, outcome: str) -> int:
        """How many cases came to an outcome."""
        return sum(case.outcome == outcome for case in self.cases)


def junit(report: Report) -> str:
    """JUnit XML, indented, with a final newline. No time is told, since a verdict has none."""
    report = report.in_full()
    suites = _suites(report)
    root = ET.Element("testsuites", {"name": "slachain", **_counts(suites.values())})
    properties = [(one_line(key), one_line(value)) for key, value in _properties(report)]
    for name, suite in suites.items():
        root.append(_suite_element(legible(name), suite, properties))
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


# --- cases ------------------------------------------------------------------------------------------------------------


def _suites(report: Report) -> dict[str, Suite]:
    """The suites by name: agreements in their order, then files."""
    suites = {line.id: Suite() for line in report.agreements}
    verdicts = by_promise(report)
    for promise in report.promises:
        case = _promise_case(promise, verdicts.get(key_of(promise), []))
        suites.setdefault(promise.agreement, Suite()).cases.append(case)
    for skipped in report.not_checked:
        case = Case(skipped.metric, None, "skipped", "not checked", f"not checked: {skipped.why}")
        suites.setdefault(skipped.agreement, Suite()).cases.append(case)
    judged = {id(finding) for found in verdicts.values() for finding in found}
    for finding in report.findings:
        if id(finding) not in judged:
            _place(finding, suites.setdefault(finding.agreement or finding.at.file or CATALOGUE, Suite()))
    if report.unreadable and not any(suite.count("error") for suite in suites.values()):
        suites.setdefault(CATALOGUE, Suite()).cases.append(Case("readable", None, "error", "unreadable", UNREADABLE, UNREADABLE))
    return {name: suite for name, suite in suites.items() if suite.cases or suite.said}


def _place(finding: FindingLine, suite: Suite) -> None:
    """A finding that is no verdict: an error as a case of its own, all others in what the suite says."""
    name = " ".join(part for part in (finding.code, finding.slug, finding.metric, finding.priority) if part)
    if finding.severity is not Severity.ERROR and not _unread(finding):
        suite.said.append(_told(finding, None))
    elif finding.accepted:
        suite.cases.append(_accepted(name, finding.at, finding, None))
    else:
        suite.cases.append(_red(name, finding.at, [finding], None))


def _unread(finding: FindingLine) -> bool:
    """Whether it makes the exit status 2, whatever its severity."""
    return finding.code.startswith("SC1")


def _promise_case(promise: PromiseLine, found: list[FindingLine]) -> Case:
    """A promise's case, from the findings on whether it is kept."""
    alternative = "" if promise.alternative is None else f" #{promise.alternative + 1}"
    name = f"{promise.metric} {promise.priority}{alternative}"
    errors = [finding for finding in found if finding.severity is Severity.ERROR]
    counting = [finding for finding in errors if not finding.accepted]
    if counting:
        return _red(name, promise.at, counting, promise, [finding for finding in found if finding not in counting])
    if errors:
        return _accepted(name, promise.at, errors[0], promise)
    told = one_line(f"{promise.verdict}: {promise.promised.text} promised {clock_words(promise)}")
    if promise.verdict in ("gap", "unsupported") and not found:
        return Case(name, promise.at, "skipped", promise.verdict, f"{told}; its finding was not asked for")
    return Case(name, promise.at, said="\n".join([told, *(_told(finding, promise) for finding in found)]) if found else "")


def _red(name: str, at: Span, found: list[FindingLine], promise: PromiseLine | None, besides: Iterable[FindingLine] = ()) -> Case:
    """A case for findings that count; `besides` are others on the same promise."""
    outcome = "error" if _unread(found[0]) else "failure"
    text, said = ("\n".join(_told(finding, promise) for finding in several) for several in (found, besides))
    return Case(name, at, outcome, f"{found[0].code} {found[0].slug}", headline(found[0]), text, said)


def _accepted(name: str, at: Span, finding: FindingLine, promise: PromiseLine | None) -> Case:
    words = accepted_words(finding.acceptance) if finding.acceptance else ""
    return Case(name, at, "skipped", f"{finding.code} {finding.slug}", f"{words} ({headline(finding)})", _told(finding, promise))


def _told(finding: FindingLine, promise: PromiseLine | None) -> str:
    """A finding with the other side, the ticket and what would mend it, line by line."""
    place = f"{finding.at}: " if finding.at.file else ""
    first = one_line(f"{place}{finding.severity} {finding.code} {finding.slug}: {headline(finding)}")
    return "\n".join([first, *(f"  {line}" for line in story(finding, promise))])


# --- elements ---------------------------------------------------------------------------------------------------------


def _counts(suites: Iterable[Suite]) -> dict[str, str]:
    """The counts of one suite or of several, and no time."""
    several = list(suites)
    totals = {name: str(sum(suite.count(outcome) for suite in several)) for outcome, name in COUNTED.items()}
    return {"tests": str(sum(len(suite.cases) for suite in several)), **totals, "time": "0"}


def _suite_element(name: str, suite: Suite, properties: Iterable[tuple[str, str]]) -> ET.Element:
    element = ET.Element("testsuite", {"name": name, **_counts([suite])})
    told = ET.SubElement(element, "properties")
    for key, value in properties:
        ET.SubElement(told, "property", {"name": key, "value": value})
    for case, called in zip(suite.cases, apart(one_line(case.name) for case in suite.cases), strict=True):
        element.append(_case_element(case, called, name))
    if suite.said:
        ET.SubElement(element, "system-out").text = legible("\n".join(suite.said))
    return element


def _properties(report: Report) -> Iterator[tuple[str, str]]:
    yield "as_of", report.as_of.isoformat()
    yield "verdict", verdict_line(report)
    yield from report.data_used


def _case_element(case: Case, name: str, classname: str) -> ET.Element:
    place = {"file": legible(case.at.file), "line": str(max(case.at.line, 1))} if case.at and case.at.file else {}
    element = ET.Element("testcase", {"name": name, "classname": classname, "time": "0", **place})
    if case.outcome:
        outcome = ET.SubElement(element, case.outcome, {"type": one_line(case.kind), "message": one_line(case.message)})
        outcome.text = legible(case.text or case.message)
    if case.said:
        ET.SubElement(element, "system-out").text = legible(case.said)
    return element
