"""The findings as SARIF 2.1.0, for code scanning and for editors.

What readers make of it decides what is written. GitHub code scanning, for one:

- shows `message.text` alone, its first sentence where there is little room, and makes links of `[text](id)` to the related
  locations: so there is one message in plain sentences, and no Markdown beside it;
- closes an alert when its rule is declared and finds it no more: so every check is declared, found or not;
- reads no `suppressions` and would show an accepted finding as an open error: so that is a `note` that says who accepts it,
  as it counts for the exit status, beside the suppression, which other readers honour;
- tells alerts apart by `primaryLocationLineHash`, which its upload action reckons from the file and warns of when somebody
  else has: so that one is left to it, and `slachainFinding/v1` is for readers that take a tool's own word;
- refuses more than 25,000 results: so the gravest stay, and a notification says how many did not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from slachain import __version__
from slachain.checks.registry import Check, all_checks, page, text
from slachain.decisions.report import FindingLine, FixLine, NoteLine, PromiseLine, Report
from slachain.language.findings import Severity
from slachain.language.source import Span
from slachain.render.fingerprints import fingerprints
from slachain.render.json import dump
from slachain.render.sentences import UNREADABLE, accepted_words, concerned, fix_sentence, headline, legible, mending, one_line, remarks
from slachain.render.words import verdict_line

Data = dict[str, Any]

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
PROBLEMS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "recommendation"}
FAMILIES = {"1": "language", "2": "time", "3": "amount", "4": "clauses", "5": "term", "6": "money", "7": "capacity", "8": "practice"}
FINGERPRINT = "slachainFinding/v1"
MOST_RESULTS = 25_000
MOST_RELATED = 99  # locations of a result; with its own, as many as are shown
ROOT = "%SRCROOT%"


def sarif(report: Report) -> str:
    """A SARIF log of one run."""
    return dump(_legible({"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(report.in_full())]}))


def _run(report: Report) -> Data:
    kept = _gravest(report.findings)
    prints, promises = fingerprints(report), concerned(report)
    rules = {check.CODE: index for index, check in enumerate(all_checks())}
    files = {file: index for index, file in enumerate(sorted(set(_files(report))))}
    return {
        "tool": {"driver": _driver()},
        "invocations": [_invocation(report, len(kept))],
        "originalUriBaseIds": {ROOT: {"description": {"text": "The folder in which slachain was run; every path is told from there."}}},
        "artifacts": [{"location": _artifact(file, files), "mimeType": "application/yaml", "roles": ["analysisTarget"]} for file in files],
        "results": [_result(report.findings[index], rules, files, prints[index], promises.get(report.findings[index])) for index in kept],
        "columnKind": "unicodeCodePoints",
        "properties": {
            "as_of": report.as_of.isoformat(),
            "verdict": verdict_line(report),
            "assumptions": list(report.assumptions),
            "data_used": dict(report.data_used),
        },
    }


def _gravest(findings: tuple[FindingLine, ...]) -> list[int]:
    """The places of the findings that are told, in their order; accepted ones are the first to be left out."""
    ranked = sorted(range(len(findings)), key=lambda index: (findings[index].accepted, -findings[index].severity.weight))
    return sorted(ranked[:MOST_RESULTS])


def _files(report: Report) -> Iterator[str]:
    """Every file that the report names."""
    for finding in report.findings:
        yield from (place.file for place in (finding.at, *(note.at for note in finding.because)) if place.file)
        yield from [finding.acceptance.at.file] if finding.acceptance else []
    yield from (line.at.file for lines in (report.agreements, report.promises) for line in lines if line.at.file)
    yield from (fix.at.file for promise in report.promises for fix in promise.fixes if fix.at)


# --- the tool and its run ---------------------------------------------------------------------------------------------


def _driver() -> Data:
    return {
        "name": "slachain",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [_rule(check) for check in all_checks()],
    }


def _rule(check: Check) -> Data:
    told, parts = text(check), page(check)
    family = FAMILIES.get(check.CODE[2])
    return {
        "id": check.CODE,
        "name": check.SLUG,
        "shortDescription": {"text": parts.title},
        "fullDescription": {"text": one_line(parts.parts["What"])},
        "help": {"text": re.sub(r"^(#+ |```\w*\n)", "", told, flags=re.MULTILINE), "markdown": told},
        "defaultConfiguration": {"level": LEVELS[check.SEVERITY]},
        "properties": {
            "tags": ["sla", *([family] if family else [])],
            "precision": "very-high",  # reckoned exactly from what is written, never guessed
            "problem.severity": PROBLEMS[check.SEVERITY],
        },
    }


def _invocation(report: Report, told: int) -> Data:
    notes = []
    if report.unreadable:
        notes.append(("error", UNREADABLE))
    if told < len(report.findings):
        left = f"{len(report.findings) - told} of {len(report.findings)} findings are left out, none graver than those told"
        notes.append(("warning", f"{left}: readers refuse more than {MOST_RESULTS}. The JSON report has them all."))
    notes += [("warning", f"{n.agreement} {n.metric} is not checked: {n.why}.") for n in report.not_checked]
    return {
        "executionSuccessful": not report.unreadable,
        "toolExecutionNotifications": [{"level": level, "message": {"text": _unlinked(told)}} for level, told in notes],
    }


# --- a result ---------------------------------------------------------------------------------------------------------


def _result(finding: FindingLine, rules: dict[str, int], files: dict[str, int], fingerprint: str, promise: PromiseLine | None) -> Data:
    linked = [(index, note) for index, note in enumerate(finding.because) if note.at.file][:MOST_RELATED]
    ids = {index: number for number, (index, _) in enumerate(linked, 1)}
    place = _place(finding.at, files)
    where = ".".join(name for name in (finding.agreement, finding.metric, finding.priority) if name)
    named = {"logicalLocations": [{"fullyQualifiedName": where, "kind": "promise" if finding.priority else "agreement"}]} if where else {}
    related = [{"id": ids[index], **_place(note.at, files), "message": {"text": _unlinked(note.message)}} for index, note in linked]
    return {
        "ruleId": finding.code,
        "ruleIndex": rules[finding.code],
        "level": "note" if finding.accepted else LEVELS[finding.severity],
        "message": {"text": " ".join(_sentences(finding, promise, ids))},
        "locations": [place | named] if place or named else [],
        **({"relatedLocations": related} if related else {}),
        "suppressions": _suppressions(finding, files),
        "partialFingerprints": {FINGERPRINT: fingerprint},
        **({"fixes": fixes} if (fixes := _fixes(promise, files)) else {}),
    }


def _sentences(finding: FindingLine, promise: PromiseLine | None, ids: dict[int, int]) -> Iterator[str]:
    """What is wrong, by whose doing, on which ticket, what to do, and whether somebody accepts it. `ids` are of notes, by index."""
    yield _sentence(_unlinked(headline(finding)))
    if finding.because:
        yield _sentence("Because " + "; ".join(_linked(note, ids.get(index)) for index, note in enumerate(finding.because)))
    if finding.when:
        meanwhile = "".join(f"; meanwhile, {remark}" for remark in remarks(promise))
        yield _sentence(_unlinked(f"The ticket: {finding.when}{meanwhile}"))
    if changes := mending(finding, promise):
        yield _sentence(_unlinked(f"What to do: {'; or '.join(changes)}"))
    if finding.acceptance:
        yield _sentence(_unlinked(f"It is {accepted_words(finding.acceptance)}"))


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _linked(note: NoteLine, number: int | None) -> str:
    """A note as a link to its location (SARIF 2.1.0, 3.11.6: brackets and backslashes inside are escaped)."""
    if number is None:
        return _unlinked(note.message)
    return f"[{_escaped(_unheld(one_line(note.message)))}]({number})"


def _unlinked(text: str) -> str:
    """A text as it is, but for brackets that would make a link of it."""
    told = _unheld(one_line(text))
    return _escaped(told) if "](" in told else told


def _escaped(text: str) -> str:
    return re.sub(r"([][\\])", r"\\\1", text)


def _unheld(text: str) -> str:
    """A text in which nothing holds the place of an argument. Other braces stay single: no reader undoes them without arguments."""
    return re.sub(r"\{(\d+)\}", r"{{\1}}", text)


def _suppressions(finding: FindingLine, files: dict[str, int]) -> list[Data]:
    """Empty where nobody accepts it, since a run in which one result has them has them everywhere (3.27.23)."""
    if finding.acceptance is None:
        return []
    said, place = accepted_words(finding.acceptance), _place(finding.acceptance.at, files)
    return [{"kind": "inSource", "status": "accepted", "justification": said, **({"location": place} if place else {})}]


def _fixes(promise: PromiseLine | None, files: dict[str, int]) -> list[Data]:
    """Each change that is enough by itself and can be written as it stands."""
    found = []
    for fix in promise.fixes if promise else ():
        if fix.at is not None and (written := _inserted(fix, fix.at)) is not None:
            replacement = {"deletedRegion": _region(fix.at)["region"], "insertedContent": {"text": written}}
            change = {"artifactLocation": _artifact(fix.at.file, files), "replacements": [replacement]}
            told = {"description": {"text": _unlinked(fix_sentence(fix))}, "artifactChanges": [change]}
            found += [told] if told not in found else []
    return found


def _inserted(fix: FixLine, at: Span) -> str | None:
    """What is written between the start and the end of a fix's place; None where its lines do not fit that place."""
    lines = fix.was.split("\n")
    before, after = lines[0][: at.column - 1], lines[-1][at.end_column - 1 :]
    placed = fix.was and at.line >= 1 and len(lines) == at.end_line - at.line + 1
    inside = len(lines[0]) >= at.column - 1 and len(lines[-1]) >= at.end_column - 1
    kept = fix.yaml.startswith(before) and fix.yaml.endswith(after) and len(fix.yaml) >= len(before) + len(after)
    return fix.yaml[len(before) : len(fix.yaml) - len(after)] if placed and inside and kept else None


# --- places -----------------------------------------------------------------------------------------------------------


def _place(at: Span, files: dict[str, int]) -> Data:
    """A location; empty for what stands in no file."""
    return {"physicalLocation": {"artifactLocation": _artifact(at.file, files), **_region(at)}} if at.file else {}


def _region(at: Span) -> Data:
    if at.line < 1:
        return {}
    end_line = max(at.end_line, at.line)
    start = max(at.column, 1)
    end = max(at.end_column, start if end_line == at.line else 1)
    return {"region": {"startLine": at.line, "startColumn": start, "endLine": end_line, "endColumn": end}}


def _artifact(file: str, files: dict[str, int]) -> Data:
    return {"uri": quote(legible(file).lstrip("/"), safe="/"), "uriBaseId": ROOT, "index": files[file]}


def _legible(data: Any) -> Any:
    """The same data with texts that every reader can take."""
    if isinstance(data, dict):
        return {legible(key): _legible(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_legible(value) for value in data]
    return legible(data) if isinstance(data, str) else data
