"""One promise in words: its numbers, its worst ticket step by step, and what would mend it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import ceil

from slachain.clocks.wall import write_instant
from slachain.decisions.report import FixLine, Instant, PromiseLine, StepLine, WorstCase
from slachain.language.scalars import write_duration, write_number, write_percentage
from slachain.render.page.amounts import NOTHING_AGREED, is_amount
from slachain.render.page.nouns import NOTHING, Fact, FixRow, Row, StepRow, Ticket
from slachain.render.page.timeline import deed, timeline
from slachain.render.words import changed_lines, fix_words


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


def write_tickets(promise: PromiseLine) -> str:
    """`2.85 of 3`: how many of the tickets expected in a month may be late; empty where no demand is written."""
    expected = promise.tickets
    return f"{write_number(Fraction(ceil(100 * expected.late), 100))} of {write_number(expected.month)}" if expected else ""


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
    if row.tickets:
        yield Fact("Late a month, at most", f"{row.tickets} tickets")


def ticket(promise: PromiseLine, case: WorstCase, parties: Mapping[str, str], *, drawn: bool) -> Ticket:
    """The worst ticket of a promise; `parties` are providers by agreement."""
    times = (
        Fact("Opened", written(case.opened, promise.zone)),
        Fact("Due", written(case.due, promise.zone)),
        Fact("Done", written(case.done, promise.zone)),
    )
    # The agreement that promises is a station of its own only where it keeps the ticket for a while.
    root = () if case.path and all(step.agreement != case.path[0] for step in case.steps) else case.path[:1]
    path = (promise.customer, *root, *case.path[1:])
    spent = [taken(case, step) for step in case.steps]
    most = max((ticks for ticks in spent if ticks is not None), default=None)
    steps = tuple(
        step_row(promise, step, parties, ticks, longest=(ticks == most) if None not in spent else ticks is None)
        for step, ticks in zip(case.steps, spent, strict=True)
    )
    return Ticket(path, times, case.remarks, timeline(promise, case) if drawn else None, steps)


def taken(case: WorstCase, step: StepLine) -> int | None:
    """How long a step has the ticket on the customer's clock, in ticks; None for ever."""
    if step.to is None:
        return None
    start, end = step.start.tick, step.to.tick
    return sum(max(0, min(until.tick, end) - max(since.tick, start)) for since, until in case.open)


def written(moment: Instant | None, zone: str) -> str:
    """An instant on a wall clock, or never."""
    return write_instant(moment.tick, zone) if moment else "never"


def step_row(promise: PromiseLine, step: StepLine, parties: Mapping[str, str], ticks: int | None, *, longest: bool) -> StepRow:
    """One step in words."""
    pause = f"; its clock may stop for {step.paused.text} more" if step.paused else ""
    return StepRow(
        who=step.agreement,
        party=parties.get(step.agreement, ""),
        does=deed(step, promise.metric) + pause,
        start=written(step.start, step.zone),
        to=written(step.to, step.zone),
        never=step.to is None,
        allowed=step.allowed or "no time agreed",
        clock=step.clock,
        takes="for ever" if ticks is None else write_duration((ticks + 1) // 2),
        longest=longest and ticks != 0,
        latest_safe=latest_safe(step),
        written=step.written,
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
    elsewhere = fix.change == "promise" and fix.at is not None and (fix.at.file, fix.at.line) != (promise.at.file, promise.at.line)
    remark = f"Written for {fix.agreement} alone: what it shares with others stays as it is." if elsewhere else ""
    if fix.field.endswith(".attainment"):
        words += " of the tickets in time"
    return FixRow(
        words[0].upper() + words[1:] if fix.change == "promise" else words,
        fix.agreement,
        fix.field,
        fix.at,
        fix.yaml,
        changed_lines(fix),
        remark,
    )
