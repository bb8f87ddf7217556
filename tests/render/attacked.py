"""A report in which everything that a catalogue can say is hostile."""

from __future__ import annotations

from datetime import date
from functools import cache

from hypothesis import strategies as st

from slachain.analysis.not_checked import NotChecked
from slachain.decisions.report import FindingLine, FixLine, PromiseLine, Report
from slachain.decisions.reporting import report
from slachain.language.loader import load
from slachain.language.source import Span
from slachain.language.values import replace
from slachain.study import Study
from tests.golden import AS_OF, golden_report

ATTACKS = (
    "<script>alert(1)</script>",
    "]]></failure><!--",
    '"><img src=x onerror=1>',
    "'\"&amp;&#0;",
    "a\n::set-output name=x::y",
    "\r\n::error::forged\r",
    "%0A::stop-commands::x%25%0D",
    "##[add-mask]x",
    "x,line=1::title=y:",
    "NUL \0 bell \a escape \x1b[31m next line \x85",
    "\u200f\u202eright to left\u2066",
    "line\u2028paragraph\u2029",
    "half \ud800 of a character \udfff",
    "not \ufffe characters \uffff",
    "[here](http://example.org) and [there](1)",
    "back\\slash [bracket] \\](9)",
    "{0} {1} {{2}} {",
    "../../etc/passwd",
    "/etc/passwd",
    "C:\\Windows",
    "https://example.org/x?y#z",
    "   ",
)
TEXTS = st.sampled_from(ATTACKS) | st.text(st.characters(), min_size=1)
NOTHING = Report(date(2026, 1, 1), (), (), (), (), (), (), (), False)


@cache
def of(*files: str, as_of: date = AS_OF) -> Report:
    """The report of files, `agreements/1.yaml` and so on."""
    named = {f"agreements/{number}.yaml": text.encode() for number, text in enumerate(files, 1)}
    return report(Study.of(load(named), as_of), (("holidays", "0.1"),))


def golden() -> Report:
    """The report that the golden files show."""
    return golden_report()[0]


def attacked(text: str, whole: Report | None = None) -> Report:
    """A report with a text in every place that a catalogue, or a file's name, can fill."""
    whole = whole or golden()
    return replace(
        whole,
        agreements=tuple(replace(line, id=line.id + text, at=_in(line.at, text)) for line in whole.agreements),
        promises=tuple(_promise(promise, text) for promise in whole.promises),
        findings=tuple(_finding(finding, text) for finding in whole.findings),
        not_checked=(NotChecked(text, text, text),),
        assumptions=(text,),
        data_used=((text, text),),
    )


@cache
def attacked_by_all() -> Report:
    """One report in which every text of `ATTACKS` has its own promises and findings."""
    each = [attacked(text) for text in ATTACKS]
    return replace(
        golden(),
        agreements=tuple(line for report in each for line in report.agreements),
        promises=tuple(line for report in each for line in report.promises),
        findings=tuple(line for report in each for line in report.findings if line.because or line.accepted or not line.metric),
        not_checked=tuple(line for report in each for line in report.not_checked),
        assumptions=ATTACKS,
        data_used=tuple((text, text) for text in ATTACKS),
    )


def _promise(promise: PromiseLine, text: str) -> PromiseLine:
    return replace(
        promise,
        agreement=promise.agreement + text,
        metric=promise.metric + text,
        priority=promise.priority + text,
        clock=text,
        promised=replace(promise.promised, text=text),
        at=_in(promise.at, text),
        fixes=tuple(FixLine("promise", text, text, text, text, _in(promise.at, text), text, text) for _ in promise.fixes),
        worst_case=promise.worst_case and replace(promise.worst_case, remarks=(text,)),
    )


def _finding(finding: FindingLine, text: str) -> FindingLine:
    return replace(
        finding,
        agreement=finding.agreement and finding.agreement + text,
        metric=finding.metric and finding.metric + text,
        priority=finding.priority and finding.priority + text,
        message=text,
        help=text,
        when=text,
        at=_in(finding.at, text),
        because=tuple(replace(note, message=text, at=_in(note.at, text)) for note in finding.because),
        acceptance=finding.acceptance and replace(finding.acceptance, because=text, at=_in(finding.acceptance.at, text)),
    )


def _in(at: Span, file: str) -> Span:
    return replace(at, file=file)
