"""A finding in plain sentences, for the formats that other programs read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from slachain.decisions.report import AcceptanceLine, FindingLine, FixLine, NoteLine, PromiseLine, Report, StepLine
from slachain.render.anchors import by_promise, key_of
from slachain.render.words import fix_words

UNREADABLE = "The agreements could not be read as written, so promises that rest on what is missing are not judged."
_ILLEGIBLE = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def legible(text: str) -> str:
    """A text that every format can carry: a mark for each control character and half of a character, line ends alike."""
    return _ILLEGIBLE.sub("\N{REPLACEMENT CHARACTER}", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str) -> str:
    """The same in one line."""
    return " ".join(legible(text).split())


def concerned(report: Report) -> dict[FindingLine, PromiseLine]:
    """The promise of each finding that says whether one is kept."""
    lines = {key_of(promise): promise for promise in report.promises}
    return {finding: lines[key] for key, found in by_promise(report).items() for finding in found}


def subject(finding: FindingLine) -> str:
    """`acme-gold resolution P1`; empty where the finding is about no metric, since its message names the agreement itself."""
    return " ".join(name for name in (finding.agreement, finding.metric, finding.priority) if name) if finding.metric else ""


def headline(finding: FindingLine) -> str:
    """Whom it is about, and what is wrong: `acme-gold resolution P1: 4h promised around the clock, 68h possible`."""
    whom = subject(finding)
    return one_line(f"{whom}: {finding.message}" if whom else finding.message)


def accepted_words(acceptance: AcceptanceLine) -> str:
    """`accepted until 2026-06-30: the vendor signs in spring`."""
    return f"accepted until {acceptance.until.isoformat()}: {one_line(acceptance.because)}"


def mending(finding: FindingLine, promise: PromiseLine | None) -> list[str]:
    """Changes that are each enough; the check's advice where none is known."""
    if promise is not None and promise.fixes:
        return [fix_sentence(fix) for fix in promise.fixes]
    return [one_line(finding.help)] if finding.help else []


def fix_sentence(fix: FixLine) -> str:
    """`promise 68h1m instead of 4h (acme-gold: targets.resolution.P1)`."""
    return one_line(f"{fix_words(fix)} ({fix.agreement}: {fix.field})")


def remarks(promise: PromiseLine | None) -> tuple[str, ...]:
    """What is out of the ordinary while a promise's worst ticket is open."""
    return promise.worst_case.remarks if promise is not None and promise.worst_case is not None else ()


def story(finding: FindingLine, promise: PromiseLine | None) -> Iterator[str]:
    """What follows the headline, a line each: the other side with its times, the ticket, what would mend it, and who accepts it."""
    steps = promise.worst_case.steps if finding.when and promise is not None and promise.worst_case is not None else ()
    when = {(step.says, step.at): step for step in steps}
    for note in finding.because:
        yield _other_side(note, when.get((note.message, note.at)))
    if finding.when:
        yield one_line(f"ticket: {finding.when}")
        yield from (one_line(f"meanwhile: {remark}") for remark in remarks(promise))
    for index, change in enumerate(mending(finding, promise)):
        yield f"{'or' if index else 'mend'}: {change}"
    if finding.acceptance is not None:
        yield accepted_words(finding.acceptance)


def _other_side(note: NoteLine, step: StepLine | None) -> str:
    place = f"{note.at}: " if note.at.file else ""
    times = f" ({step.start.data()} to {step.to.data() if step.to else 'never'})" if step else ""
    return one_line(f"because {place}{note.message}{times}")
