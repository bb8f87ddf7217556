"""The sheets of the workbook: what each has a row for, and what stands in its columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from slachain.decisions.report import AgreementLine, FindingLine, FixLine, PartLine, PromiseLine, RelianceLine, Report, StepLine, WorstCase
from slachain.language.values import dataclass
from slachain.render.page.case import fix_row, supported, taken
from slachain.render.page.nouns import SEVERITIES
from slachain.render.page.timeline import deed
from slachain.render.workbook import cells
from slachain.render.workbook.cells import NOTHING, Cell, text
from slachain.render.workbook.columns import LONG, NAME, NAMED, NARROW, NUMBERS, RISK, SENTENCE, SHORT, Column, place, risk


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet with one row for each of something; `frozen` columns stay in sight, `says` is told of it on the first sheet."""

    name: str
    says: str
    frozen: int
    columns: tuple[Column[Any], ...]
    rows: Sequence[Any]


def sheets(report: Report) -> Iterator[Sheet]:
    """All but the summary; those without rows too, so that whatever is built on a workbook finds what it expects."""
    yield Sheet("Promises", "every promise, what is supported, and its worst ticket", 4, PROMISES, report.promises)
    yield Sheet("Findings", "everything that was found, accepted or not", 2, FINDINGS, report.findings)
    yield Sheet("Steps", "the worst ticket of every promise of a time, step by step", 4, STEPS, steps(report))
    yield Sheet("Supplies", "the commitments behind every promise of an amount", 4, SUPPLIES, supplies(report))
    yield Sheet("Fixes", "single changes, each enough to make its promise hold", 4, FIXES, fixes(report))
    yield Sheet("Agreements", "every agreement, what it relies on, and its money at risk up to its cap", 1, AGREEMENTS, report.agreements)


# --- promises --------------------------------------------------------------------------------------------------------


def _case(tell: Callable[[WorstCase, PromiseLine], Cell]) -> Callable[[PromiseLine], Cell]:
    return lambda promise: tell(promise.worst_case, promise) if promise.worst_case else NOTHING


PROMISES: tuple[Column[PromiseLine], ...] = (
    *NAME,
    Column("Title", NAMED, lambda p: text(p.title)),
    Column("Provider", NAMED, lambda p: text(p.provider)),
    *NUMBERS,
    Column("Supported, in words", NAMED, lambda p: text(supported(p) if p.supported else None)),
    Column("Headroom (times in hours)", SHORT, lambda p: cells.left(p.headroom, cells.unit(p))),
    Column("Cause", SHORT, lambda p: text(p.cause)),
    Column("Per", NARROW, lambda p: text(p.period)),
    Column("Clock", SENTENCE, lambda p: text(p.clock)),
    Column("In time, promised", SHORT, lambda p: cells.share(p.attainment.promised if p.attainment else None)),
    Column("In time, assured", SHORT, lambda p: cells.share(p.attainment.assured if p.attainment else None)),
    Column("Exposure", SHORT, lambda p: cells.share(p.exposure)),
    Column("Tickets a month", SHORT, lambda p: cells.number(p.tickets.month if p.tickets else None)),
    Column("Late a month, at most", SHORT, lambda p: cells.number(p.tickets.late if p.tickets else None)),
    *RISK,
    Column("Worst ticket opened (UTC)", NAMED, _case(lambda case, p: cells.moment(case.opened))),
    Column("Due (UTC)", NAMED, _case(lambda case, p: cells.moment(case.due))),
    Column("Done (UTC)", NAMED, _case(lambda case, p: cells.moment(case.done))),
    Column("Opened (local)", NAMED, _case(lambda case, p: cells.moment(case.opened, p.zone))),
    Column("Due (local)", NAMED, _case(lambda case, p: cells.moment(case.due, p.zone))),
    Column("Done (local)", NAMED, _case(lambda case, p: cells.moment(case.done, p.zone))),
    Column("Zone of local times", NAMED, lambda p: text(p.zone)),
    Column("Path", SENTENCE, _case(lambda case, p: text(" > ".join(case.path)))),
    Column("Meanwhile", SENTENCE, _case(lambda case, p: text("; ".join(case.remarks)))),
    Column("Downtime promised", NAMED, lambda p: text(p.downtime[0] if p.downtime else None)),
    Column("Downtime supplied", NAMED, lambda p: text(p.downtime[1] if p.downtime else None)),
    Column("Judged from (UTC)", NAMED, lambda p: cells.moment(p.horizon[0])),
    Column("Judged until (UTC)", NAMED, lambda p: cells.moment(p.horizon[1])),
    Column("Written", SENTENCE, lambda p: text(p.written)),
    *place(lambda p: p.at),
)


# --- findings --------------------------------------------------------------------------------------------------------


def severity(finding: FindingLine) -> Cell:
    """The severity in words, coloured; an accepted finding counts as none."""
    badge = SEVERITIES[finding.severity]
    return text(badge.word, "accepted" if finding.accepted else badge.kind)


def because(finding: FindingLine) -> Cell:
    """The other side of a finding."""
    return text("; ".join(f"{note.message} ({note.at})" for note in finding.because))


FINDINGS: tuple[Column[FindingLine], ...] = (
    Column("Severity", SHORT, severity),
    Column("Code", NARROW, lambda f: text(f.code)),
    Column("Agreement", NAMED, lambda f: text(f.agreement)),
    Column("Metric", SHORT, lambda f: text(f.metric)),
    Column("Priority", NARROW, lambda f: text(f.priority)),
    Column("Finding", NAMED, lambda f: text(f.slug)),
    Column("What is wrong", LONG, lambda f: text(f.message)),
    Column("Ticket that shows it", SENTENCE, lambda f: text(f.when)),
    Column("Because of", LONG, because),
    Column("What helps", SENTENCE, lambda f: text(f.help)),
    Column("Accepted", NARROW, lambda f: text("yes" if f.accepted else "no")),
    Column("Accepted until", SHORT, lambda f: cells.day(f.acceptance.until if f.acceptance else None)),
    Column("Accepted because", SENTENCE, lambda f: text(f.acceptance.because if f.acceptance else None)),
    *place(lambda f: f.at),
)


# --- steps -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a promise's worst ticket, counted from 1, and how long it has the ticket on the customer's clock."""

    promise: PromiseLine
    number: int
    line: StepLine
    ticks: int | None
    provider: str


def steps(report: Report) -> list[Step]:
    """The steps of all worst tickets, in the order of the promises."""
    providers = {agreement.id: agreement.provider for agreement in report.agreements}
    return [
        Step(promise, n, line, taken(promise.worst_case, line), providers.get(line.agreement, ""))
        for promise in report.promises
        if promise.worst_case
        for n, line in enumerate(promise.worst_case.steps, 1)
    ]


STEPS: tuple[Column[Step], ...] = (
    *(column.of(lambda step: step.promise) for column in (*NAME, *NUMBERS)),
    Column("Step", NARROW, lambda s: cells.number(s.number)),
    Column("Who", NAMED, lambda s: text(s.line.agreement)),
    Column("Provider", NAMED, lambda s: text(s.provider)),
    Column("Does what", NAMED, lambda s: text(deed(s.line, s.promise.metric))),
    Column("Allowed", SHORT, lambda s: cells.allowed(s.line.allowed)),
    Column("Clock", SENTENCE, lambda s: text(s.line.clock)),
    Column("Takes, on the customer's clock", SHORT, lambda s: text("for ever") if s.ticks is None else cells.duration(s.ticks)),
    Column("Its clock may stop for", SHORT, lambda s: cells.clock_time(s.line.paused, "without limit")),
    Column("Latest safe hand-over", SHORT, lambda s: cells.clock_time(s.line.latest_safe, "even at once is too late")),
    Column("From (UTC)", NAMED, lambda s: cells.moment(s.line.start)),
    Column("To (UTC)", NAMED, lambda s: cells.moment(s.line.to)),
    Column("From (local)", NAMED, lambda s: cells.moment(s.line.start, s.line.zone)),
    Column("To (local)", NAMED, lambda s: cells.moment(s.line.to, s.line.zone)),
    Column("Zone of local times", NAMED, lambda s: text(s.line.zone)),
    Column("In words", LONG, lambda s: text(s.line.says)),
    Column("Written", SENTENCE, lambda s: text(s.line.written)),
    *place(lambda s: s.line.at),
)


# --- what is supplied, what would mend, who relies on whom -------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Part:
    """One commitment to an amount, and the promise that it is behind."""

    promise: PromiseLine
    line: PartLine


def supplies(report: Report) -> list[Part]:
    """The commitments behind promises of amounts, in the order of the promises."""
    return [Part(promise, line) for promise in report.promises for line in promise.supplies]


SUPPLIES: tuple[Column[Part], ...] = (
    *(column.of(lambda part: part.promise) for column in (*NAME, *NUMBERS)),
    Column("Who", NAMED, lambda s: text(s.line.agreement)),
    Column("Commits to", SHORT, lambda s: text(s.line.commits)),
    Column("Per", NARROW, lambda s: text(s.line.period)),
    Column("Clock", SENTENCE, lambda s: text(s.line.clock)),
    Column("Comes to, on the promise's clock", SHORT, lambda s: cells.quantity(s.line.supplies, cells.unit(s.promise))),
    Column("Written", SENTENCE, lambda s: text(s.line.written)),
    *place(lambda s: s.line.at),
)


@dataclass(frozen=True, slots=True)
class Fix:
    """One change that is enough, and the promise that it mends."""

    promise: PromiseLine
    line: FixLine


def fixes(report: Report) -> list[Fix]:
    """What would mend each promise by itself, in the order of the promises."""
    return [Fix(promise, line) for promise in report.promises for line in promise.fixes]


FIXES: tuple[Column[Fix], ...] = (
    *(column.of(lambda fix: fix.promise) for column in (*NAME, *RISK)),
    Column("Change of", SHORT, lambda f: text(f.line.change)),
    Column("In agreement", NAMED, lambda f: text(f.line.agreement)),
    Column("Field", NAMED, lambda f: text(f.line.field)),
    Column("From", SHORT, lambda f: text(f.line.before)),
    Column("To", SHORT, lambda f: text(f.line.after)),
    Column("In words", LONG, lambda f: text(fix_row(f.promise, f.line).words)),
    Column("Lines as they are", SENTENCE, lambda f: text(f.line.was)),
    Column("Lines as they are to be", SENTENCE, lambda f: text(f.line.yaml)),
    *place(lambda f: f.line.at),
)


def relies_on(agreement: AgreementLine) -> Cell:
    """What an agreement relies on: `tier2 (after P1 30m, * 1h; share 100%)`."""
    return text("; ".join(_reliance(line) for line in agreement.relies_on))


def _reliance(line: RelianceLine) -> str:
    told = [
        f"after {', '.join(f'{priority} {time}' for priority, time in line.after)}" if line.after else "",
        f"share {line.share}" if line.share else "",
        f"for {', '.join(line.metrics)}" if line.metrics else "",
        f"one of {line.place}" if line.how else "",
    ]
    known = ", ".join(part for part in told if part)
    return f"{line.to} ({known})" if known else line.to


AGREEMENTS: tuple[Column[AgreementLine], ...] = (
    Column("Agreement", NAMED, lambda a: text(a.id)),
    Column("Title", NAMED, lambda a: text(a.title)),
    Column("Kind", NARROW, lambda a: text(a.kind)),
    Column("Provider", NAMED, lambda a: text(a.provider)),
    Column("Customer", NAMED, lambda a: text(a.customer)),
    Column("Service", SHORT, lambda a: text(a.service)),
    Column("Owner", NAMED, lambda a: text(a.owner)),
    Column("Levels below the customers", SHORT, lambda a: cells.number(a.tier)),
    Column("Promises are judged", SHORT, lambda a: text("yes" if a.promises else "no")),
    Column("Clock", SENTENCE, lambda a: text(a.clock)),
    Column("Relies on", LONG, relies_on),
    *risk(lambda a: a.money),
    *place(lambda a: a.at),
)
