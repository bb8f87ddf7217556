"""What the findings on a promise of an amount have in common."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from slachain.analysis.amounts import AmountVerdict
from slachain.checks.wording import commits_to_none
from slachain.language.amounts import write_amount
from slachain.language.describe import describe_calendar
from slachain.language.findings import Finding, Note
from slachain.study import Study


def of_amount_cause(study: Study, cause: str) -> Sequence[AmountVerdict]:
    """The promises of amounts that have a cause."""
    return [one for one in study.once(_with_a_cause) if one.cause == cause]


def _with_a_cause(study: Study) -> Sequence[AmountVerdict]:
    return study.amount_verdicts.where(lambda one: one.cause is not None)


def amount_finding(study: Study, code: str, verdict: AmountVerdict, message: str, help: str = "") -> Finding:
    """A finding on a promise of an amount, with the commitments that count as the other side."""
    promise = verdict.promise
    return Finding(
        code=code,
        message=message,
        at=promise.target.bound.at,
        agreement=promise.agreement.id,
        metric=promise.metric.id,
        priority=promise.priority,
        because=tuple(_notes(study, verdict)),
        help=help,
    )


def amount_promised(study: Study, verdict: AmountVerdict) -> str:
    """`99.9% a month promised around the clock`."""
    target, calendar = verdict.promise.target, verdict.promise.calendar
    per = target.period
    return f"{target.bound.text} a {per} promised {describe_calendar(calendar, study.catalogue.calendars)}"


def amount_possible(verdict: AmountVerdict) -> str:
    """What is supported, in words."""
    if verdict.supported is None:
        return "nothing"
    return write_amount(verdict.supported, verdict.promise.metric, verdict.promise.target)


def _notes(study: Study, verdict: AmountVerdict) -> Iterator[Note]:
    metric = verdict.promise.metric
    for stop in verdict.missing:
        yield Note(commits_to_none(study, stop), study.catalogue.agreements[stop.agreement].at)
    for part in verdict.parts:
        per = part.target.period
        supplied = write_amount(part.supplies, metric, part.target)
        comes_to = "" if supplied == part.target.bound.text else f", which comes to {supplied} on the promise's clock"
        yield Note(f"{part.stop.agreement} commits to {part.target.bound.text} a {per}{comes_to}", part.target.bound.at)
