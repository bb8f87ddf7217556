"""How a report comes about: each verdict, case, step and finding turned into the line that shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from slachain.analysis.amounts import AmountVerdict
from slachain.analysis.beside import Beside, nobody
from slachain.analysis.verdicts import Verdict
from slachain.checks.registry import all_checks, by_code
from slachain.decisions.agreement_lines import agreement_lines
from slachain.decisions.amount_lines import AmountLines
from slachain.decisions.judging import judged
from slachain.decisions.lines import Lines
from slachain.decisions.money_lines import of_all, together
from slachain.decisions.part import in_order
from slachain.decisions.promise_lines import PromiseLines
from slachain.decisions.report import (
    AcceptanceLine,
    FindingLine,
    NoteLine,
    PromiseLine,
    Report,
)
from slachain.language.findings import Finding
from slachain.study import Study

Progress = Callable[[int, int], None]


def report(
    study: Study,
    data_used: tuple[tuple[str, str], ...] = (),
    progress: Progress = lambda done, of: None,
    beside: Beside = nobody,
    for_terminal: bool = False,
) -> Report:
    """The whole report of a study, or as much of it as a terminal tells.

    `progress` is told how many promises are done of how many, and whoever is `beside` us may judge some.
    """
    total = len(study.promises) + len(study.amounts)
    apart = judged(study, lambda done: progress(done, total), beside)
    progress(total, total)
    found = findings(study, apart)
    money = study.once(of_all)
    return Report(
        as_of=study.as_of,
        agreements=agreement_lines(study, money),
        promises=promise_lines(study, for_terminal),
        findings=tuple(found),
        not_checked=study.not_checked,
        assumptions=tuple(assumptions(study)),
        data_used=data_used,
        money=together(money.values()),
        unreadable=any(f.code.startswith("SC1") for f in found),
    )


def promise_lines(study: Study, for_terminal: bool = False) -> Sequence[PromiseLine]:
    """The line of every promise, by agreement, metric and priority, once it is looked at."""
    of_times, of_amounts = PromiseLines(study, for_terminal), AmountLines(study, for_terminal)

    def tell(verdict: Verdict | AmountVerdict) -> PromiseLine:
        return of_times.of(verdict) if isinstance(verdict, Verdict) else of_amounts.of(verdict)

    return Lines(study.all_verdicts, tell)


def assumptions(study: Study) -> Iterator[str]:
    """What the numbers rest on that no agreement says."""
    if study.catalogue.policy.arrivals == "even":
        yield "Tickets are opened evenly over the customer's open hours (policy: arrivals)."
    else:
        yield "Tickets may all be opened at the worst time (policy: arrivals)."
    if any(promise.metric.chain == "product" for promise, _ in study.amounts.kinds()):
        if study.catalogue.policy.failures == "independent":
            yield "Failures of different agreements are independent of one another (policy: failures)."
        else:
            yield "Failures of different agreements may have a cause in common (policy: failures)."
    yield "Every commitment is used up to its last second, and every hand-over happens at the latest it may."


# --- findings --------------------------------------------------------------------------------------------------------


def findings(study: Study, apart: Mapping[str, Sequence[Finding]] | None = None) -> list[FindingLine]:
    """Every finding of every check, in the order of the files; `apart` has what some were asked for already, by their codes."""
    known = apart or {}
    each = (known[check.CODE] if check.CODE in known else check.check(study) for check in all_checks())
    return in_order(finding_line(study, finding) for told in each for finding in told)


def finding_line(study: Study, finding: Finding) -> FindingLine:
    """A finding with what its check and the agreement's acceptances make of it."""
    check = by_code()[finding.code]
    chosen = study.catalogue.policy.severities.get(finding.code)
    severity = chosen.value if chosen else check.SEVERITY
    return FindingLine(
        code=finding.code,
        slug=check.SLUG,
        severity=severity,
        agreement=finding.agreement,
        metric=finding.metric,
        priority=finding.priority,
        message=finding.message,
        at=finding.at,
        because=tuple([NoteLine(note.message, note.at) for note in finding.because]) if finding.because else (),
        when=finding.when,
        help=finding.help,
        acceptance=acceptance_line(study, finding),
    )


def acceptance_line(study: Study, finding: Finding) -> AcceptanceLine | None:
    """The acceptance under which a finding stands on this day, the longest where there are several; None for none."""
    agreement = study.catalogue.agreements.get(finding.agreement or "")
    if agreement is None or not agreement.accept or finding.code.startswith("SC1"):
        return None
    valid = [a for a in agreement.accept if a.finding.value == finding.code and study.as_of <= a.until.value]
    longest = max(valid, key=lambda a: a.until.value, default=None)
    return AcceptanceLine(longest.until.value, longest.because.value, longest.finding.at) if longest else None
