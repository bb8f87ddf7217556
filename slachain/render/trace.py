"""A traced ticket as text that can be followed with a calendar in hand, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from slachain.clocks.wall import write_instant
from slachain.decisions.data import as_data
from slachain.decisions.report import Instant, Quantity, StepLine
from slachain.decisions.trace import Trace
from slachain.language.scalars import write_duration
from slachain.render.words import name_of

MOST_RUNS = 8
Runs = tuple[tuple[Instant, Instant], ...]


def trace_data(found: Trace) -> dict[str, Any]:
    """The fields of the published interface."""
    promise = found.promise
    return {
        "promise": {
            "agreement": promise.agreement,
            "metric": promise.metric,
            "priority": promise.priority,
            "promised": promise.promised.data(),
        },
        "ticket": {**as_data(found.ticket), "reading": found.reading.data(), "kept": found.kept},
    }


def trace_text(found: Trace) -> str:
    """Each step with the stretches in which its clock runs, then the customer's clock, then the verdict."""
    return "\n".join(_lines(found)) + "\n"


def _lines(found: Trace) -> Iterator[str]:
    promise, ticket = found.promise, found.ticket
    yield f"{name_of(promise)}: {promise.promised.text} promised {promise.clock}"
    yield f"path: {' -> '.join(ticket.path)}"
    yield ""
    yield f"opened {write_instant(ticket.opened.tick, promise.zone)}"
    for step in ticket.steps:
        yield from _step(step)
    yield f"done   {write_instant(ticket.done.tick, promise.zone)}" if ticket.done else "never done"
    if ticket.due:
        yield f"due    {write_instant(ticket.due.tick, promise.zone)}"
    yield ""
    yield from _customer(found)
    yield from (f"note: {remark}" for remark in ticket.remarks)
    read = "it is never done" if found.ticket.done is None else f"the customer's clock reads {found.reading.text}"
    yield f"{'Kept' if found.kept else 'Broken'}: {read}, and {promise.promised.text} is promised."


def _step(step: StepLine) -> Iterator[str]:
    yield f"  {step.says}"
    if step.paused:
        yield f"    and its clock may stop for {step.paused.text} more"
    if step.to is None:
        yield f"    from {write_instant(step.start.tick, step.zone)}, without end"
        return
    yield from _runs(step.open, step.start, step.to, step.zone)
    if step.latest_safe:
        yield f"    latest safe hand-over: {_latest_safe(step.latest_safe)}"


def _latest_safe(found: Quantity) -> str:
    """In words: how long after the opening, on the customer's clock."""
    if found.amount is None:
        return "none: even at once is too late"
    return f"{found.text} after the opening, on the customer's clock" if found.amount else "at once"


def _customer(found: Trace) -> Iterator[str]:
    ticket = found.ticket
    if ticket.done is not None:
        yield f"the customer's clock, {found.promise.clock}:"
        yield from _runs(ticket.open, ticket.opened, ticket.done, found.promise.zone)


def _runs(open: Runs, start: Instant, to: Instant, zone: str) -> Iterator[str]:
    """The stretches in which a clock runs between two instants, each with how long."""
    runs = [(max(a.tick, start.tick), min(b.tick, to.tick)) for a, b in open]
    runs = [(a, b) for a, b in runs if a < b]
    shown = runs if len(runs) <= MOST_RUNS else [*runs[: MOST_RUNS - 1], runs[-1]]
    for index, (a, b) in enumerate(shown):
        if index == len(shown) - 1 and len(shown) < len(runs):
            left_out = runs[MOST_RUNS - 1 : -1]
            yield f"    … {len(left_out)} more stretches, {_length(sum(y - x for x, y in left_out))}"
        yield f"    {write_instant(a, zone)} to {write_instant(b, zone)}: {_length(b - a)}"


def _length(ticks: int) -> str:
    return write_duration(ticks // 2) + (" and a half second" if ticks % 2 else "")
