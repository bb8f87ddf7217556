"""What the findings on a promise have in common: where they point, both sides, the instant, both numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from slachain.analysis.cases import FINISHES, LEAVES_OUT, Step
from slachain.analysis.chains import Stop
from slachain.analysis.verdicts import GAP, Verdict
from slachain.clocks.wall import write_instant
from slachain.language.describe import describe_calendar
from slachain.language.findings import Finding, Note
from slachain.language.model import ANY
from slachain.language.scalars import BusinessDays, write_duration
from slachain.language.source import Span
from slachain.study import Study

VERBS = {"response": "responds", "acknowledge": "acknowledges", "update": "updates", "restore": "restores", "outage": "is out for at most"}


def found(study: Study, verdict: str) -> Sequence[Verdict]:
    """The promises of times of which this is the verdict, other than that they hold, in their order."""
    return [one for one in study.once(_not_held) if one.verdict == verdict]


def of_cause(study: Study, cause: str) -> Sequence[Verdict]:
    """The gaps of one cause."""
    return [one for one in study.once(_not_held) if one.verdict == GAP and one.cause == cause]


def _not_held(study: Study) -> Sequence[Verdict]:
    return study.verdicts.where(lambda one: not one.holds)


def finding(study: Study, code: str, verdict: Verdict, message: str, at: Span | None = None, help: str = "") -> Finding:
    """A finding on a promise, with the steps of its worst case as the other side."""
    promise = verdict.promise
    return Finding(
        code=code,
        message=message,
        at=at or promise.target.within.at,
        agreement=promise.agreement.id,
        metric=promise.metric.id,
        priority=promise.priority,
        because=tuple(notes(study, verdict)),
        help=help,
        when=when(study, verdict),
    )


def promised(study: Study, verdict: Verdict) -> str:
    """`4h promised around the clock`."""
    target = verdict.promise.target
    return f"{target.within.text} promised {describe_calendar(verdict.promise.calendar, study.catalogue.calendars)}"


def possible(verdict: Verdict) -> str:
    """What is supported, in words: `68h`, `up to 10h`, `4bd`, `never`."""
    worst = verdict.supported
    if worst is None or worst.bound is None:
        return "never"
    if isinstance(verdict.promise.target.within.value, BusinessDays):
        return f"{worst.bound}bd"
    return write_duration(worst.bound) if worst.attained else f"just under {write_duration(worst.bound)}"


def notes(study: Study, verdict: Verdict) -> Iterator[Note]:
    """One for every step of the worst case, at the value that bounds it."""
    for step in verdict.case.steps if verdict.case else ():
        yield Note(does(study, step, verdict.promise.metric.id), place(study, step))
        if step.paused is None or step.paused > 0:
            yield from _pause_notes(study, step)


def _pause_notes(study: Study, step: Step) -> Iterator[Note]:
    shared = dict(step.stop.pauses)
    for reason, pause in study.catalogue.agreements[step.stop.agreement].pauses.items():
        if reason not in shared or (shared[reason] is not None and (pause.value is None or pause.value > (shared[reason] or 0))):
            longest = "without limit" if pause.value is None else f"for up to {write_duration(pause.value)}"
            yield Note(f"its clock may stop {longest} for '{reason}', and the promise's does not", pause.at)


def commits_to_none(study: Study, stop: Stop) -> str:
    """`tier2 commits to no resolution for P1`; for all priorities that nobody names where it commits to some for others."""
    named = stop.metric in study.catalogue.agreements[stop.agreement].targets
    whose = f" for {stop.priority}" if stop.priority != ANY else " for other priorities" if named else ""
    return f"{stop.agreement} commits to no {stop.metric}{whose}"


def does(study: Study, step: Step, metric: str) -> str:
    """`tier2 finishes within 3h, Mon-Fri 09:00-17:30 Europe/London`."""
    agreement = step.stop.agreement
    if step.does == LEAVES_OUT:
        return f"the shares of {agreement} leave tickets to nobody"
    if step.allowed is None:
        return commits_to_none(study, step.stop)
    clock = describe_calendar(step.calendar, study.catalogue.calendars)
    if step.does == FINISHES:
        return f"{agreement} {VERBS.get(metric, 'finishes')} within {step.allowed.text}, {clock}"
    to = step.member.agreement.value if step.member else ""
    default = " (its own time: no 'after' is written)" if step.target is not None else ""
    return f"{agreement} hands over to {to} within {step.allowed.text}, {clock}{default}"


def place(study: Study, step: Step) -> Span:
    """Where a step's bound is written, or the agreement that lacks one."""
    return step.allowed.at if step.allowed is not None else study.catalogue.agreements[step.stop.agreement].at


def when(study: Study, verdict: Verdict) -> str:
    """The ticket that shows it, on the customer's wall clock."""
    case = verdict.case
    if case is None or verdict.cause == "missing":
        return ""
    zone = study.calendars.zone(verdict.promise.calendar)
    opened = f"opened {write_instant(case.opened, zone)}"
    if not case.steps[-1].ends:
        return f"{opened}, and never done"
    read = possible(verdict)
    return f"{opened}, done {write_instant(case.done, zone)}: {read} on the customer's clock"


def attainment_place(verdict: Verdict) -> Span:
    """The written percentage, or the promise where none is written."""
    target = verdict.promise.target
    return target.attainment.at if target.attainment else target.within.at
