"""One promise in words: its numbers, its worst ticket step by step, and what would mend it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from slachain.clocks.wall import write_instant
from slachain.decisions.report import FixLine, Instant, PromiseLine, StepLine, WorstCase
from slachain.language.scalars import write_percentage
from slachain.render.amounts import NOTHING_AGREED, is_amount
from slachain.render.page import NOTHING, Fact, FixRow, Row, StepRow, Ticket
from slachain.render.timeline import deed, timeline
from slachain.render.words import fix_words


def supported(promise: PromiseLine) -> str:
    """What is supported in words, `just under 17h` where a time is only approached."""
    found, case = promise.supported, promise.worst_case
    if found is None:
        return NOTHING
    if is_amount(promise) and found.amount is None:
        return NOTHING_AGREED
    approached = case is not None and not case.attained and found.amount is not None and not found.in_days
    return f"just under {found.text}" if approached else found.text


def write_exposure(share: Fraction) -> str:
    """A share of times at which tickets would be late, rounded up (never flattering)."""
    return write_percentage(-share).lstrip("-")


def facts(row: Row) -> Iterator[Fact]:
    """A promise's numbers, the three that say most first."""
    promise = row.promise
    yield Fact("Promised", promise.promised.text)
    if promise.supported is None:
        return
    yield Fact("Supported", row.supported)
    yield Fact("Headroom", row.headroom)
    yield Fact("In time, promised", row.asked)
    yield Fact("In time, assured", row.assured)
    yield Fact("Exposure", row.exposure)


def ticket(promise: PromiseLine, case: WorstCase) -> Ticket:
    """The worst ticket of a promise."""
    times = (
        Fact("Opened", written(case.opened, promise.zone)),
        Fact("Due", written(case.due, promise.zone)),
        Fact("Done", written(case.done, promise.zone)),
    )
    # The agreement that promises is a station of its own only where it keeps the ticket for a while.
    root = () if case.path and all(step.agreement != case.path[0] for step in case.steps) else case.path[:1]
    path = (promise.customer, *root, *case.path[1:])
    return Ticket(path, times, case.remarks, timeline(promise, case), tuple(step_row(step, promise.metric) for step in case.steps))


def written(moment: Instant | None, zone: str) -> str:
    """An instant on a wall clock, or never."""
    return write_instant(moment.tick, zone) if moment else "never"


def step_row(step: StepLine, metric: str) -> StepRow:
    """One step in words."""
    pause = f"; its clock may stop for {step.paused.text} more" if step.paused else ""
    return StepRow(
        who=step.agreement,
        does=deed(step, metric) + pause,
        start=written(step.start, step.zone),
        to=written(step.to, step.zone),
        never=step.to is None,
        allowed=step.allowed or "no time agreed",
        clock=step.clock,
        latest_safe=latest_safe(step),
        at=step.at,
    )


def latest_safe(step: StepLine) -> str:
    """How late a hand-over may be on the customer's clock."""
    if step.latest_safe is None:
        return NOTHING
    if step.latest_safe.amount is None:
        return "even at once is too late"
    return f"after {step.latest_safe.text}" if step.latest_safe.amount else "at once"


def fix_row(promise: PromiseLine, fix: FixLine) -> FixRow:
    """One fix as a sentence."""
    words = fix_words(fix)
    if fix.change == "calendar" and promise.clock != fix.after:
        words = f"{fix.agreement} works on {fix.after} ({promise.clock})" + (f" instead of {fix.before}" if fix.before else "")
    if fix.field.endswith(".attainment"):
        words += " of the tickets in time"
    return FixRow(words[0].upper() + words[1:] if fix.change == "promise" else words, fix.agreement, fix.field)
