"""The findings as GitHub Actions workflow commands: annotations on the lines of a pull request, and a readable log.

A command is one line, `::error file=…,line=…,title=…::message`. Texts are escaped as the Actions toolkit does it
(`packages/core/src/command.ts`): `%`, carriage return and line feed everywhere, `:` and `,` in properties too. So nothing
that a catalogue says can end a command or begin another, and every line that holds such a text is a command.

Of the annotations of one step the runner shows the first 10 errors, the first 10 warnings and the first 10 notices
(`_maxIssueCount` in its `ExecutionContext.cs`); all others stand in the log alone. So the gravest come first, and a line at
the end says how many are not shown.
"""

from __future__ import annotations

from collections import Counter

from slachain.analysis.not_checked import NotChecked
from slachain.decisions.report import FindingLine, PromiseLine, Report
from slachain.language.findings import Severity
from slachain.language.source import Span
from slachain.render.sentences import UNREADABLE, concerned, headline, legible, one_line, story, subject
from slachain.render.words import counted, verdict_line

SHOWN = 10  # of each kind, for one step
LONGEST_TITLE = 255  # of a check run's annotation
COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
KINDS = tuple(COMMANDS.values())


def github(report: Report) -> str:
    """A command for each finding and each promise that was not checked, the gravest first, then the verdict."""
    report = report.in_full()
    promises = concerned(report)
    told = sorted(report.findings, key=lambda f: (KINDS.index(_kind(f)), -f.severity.weight))
    commands = [_finding(finding, promises.get(finding)) for finding in told]
    if report.unreadable and not any(finding.code.startswith("SC1") for finding in told):  # which were not asked for
        commands.insert(0, command("error", {"title": "unreadable"}, UNREADABLE))
    commands += [_not_checked(skipped) for skipped in report.not_checked]
    kinds = Counter(line.split("::")[1].split(" ")[0] for line in commands)
    return "".join(f"{line}\n" for line in [*commands, *_not_shown(kinds), verdict_line(report)])


def _kind(finding: FindingLine) -> str:
    """The command for a finding. One that is accepted does not count, and is no more than a notice."""
    return "notice" if finding.accepted else COMMANDS[finding.severity]


def _finding(finding: FindingLine, promise: PromiseLine | None) -> str:
    whom = subject(finding) or finding.agreement or ""
    title = f"{finding.code} {finding.slug}" + (f": {whom}" if whom else "")
    if finding.acceptance is not None:
        title = f"accepted until {finding.acceptance.until.isoformat()}: {title}"
    message = "\n".join([headline(finding), *story(finding, promise)])
    return command(_kind(finding), {**_place(finding.at), "title": _title(title)}, message)


def _not_checked(skipped: NotChecked) -> str:
    return command("notice", {"title": _title(f"not checked: {skipped.agreement} {skipped.metric}")}, skipped.why)


def _title(text: str) -> str:
    return one_line(text)[:LONGEST_TITLE]


def _place(at: Span) -> dict[str, str]:
    """Where it is to be shown. Columns are for a stretch within one line alone, and the last one is inside it."""
    place = {"file": at.file} if at.file else {}
    if not place or at.line < 1:
        return place
    lines = {"line": str(at.line), "endLine": str(max(at.end_line, at.line))}
    if at.end_line > at.line or at.column < 1:
        return place | lines
    return place | lines | {"col": str(at.column), "endColumn": str(max(at.end_column - 1, at.column))}


def _not_shown(kinds: Counter[str]) -> list[str]:
    """What the runner leaves out of its annotations, in a sentence; none where it shows them all."""
    over = [counted(kinds[kind] - SHOWN, f"more {kind}") for kind in KINDS if kinds[kind] > SHOWN]
    if not over:
        return []
    beyond = " and ".join([", ".join(over[:-1]), over[-1]]) if len(over) > 1 else over[0]
    return [f"GitHub shows {SHOWN} errors, {SHOWN} warnings and {SHOWN} notices of a step: {beyond} in this log alone."]


def command(name: str, properties: dict[str, str], message: str) -> str:
    """One workflow command, in one line; properties without a value are left out."""
    written = ",".join(f"{key}={_in_property(value)}" for key, value in properties.items() if value)
    return f"::{name}{' ' if written else ''}{written}::{_in_data(message)}"


def _in_data(text: str) -> str:
    return legible(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _in_property(text: str) -> str:
    return _in_data(text).replace(":", "%3A").replace(",", "%2C")
