"""One ticket, step by step on every clock: the worst one, or one opened at an instant of the asker's choice."""

from __future__ import annotations

from slachain.analysis.judge import Judge
from slachain.analysis.promises import Promise
from slachain.analysis.situation import Strand
from slachain.analysis.ticket import Ticket
from slachain.analysis.verdicts import Verdict
from slachain.decisions.promise_lines import promise_line, worst_case
from slachain.decisions.report import PromiseLine, Quantity, WorstCase, quantity
from slachain.language.model import ANY
from slachain.language.scalars import BusinessDays
from slachain.language.values import dataclass, replace
from slachain.study import Study


class NoSuchTicket(Exception):
    """There is no such promise, or it answers for no such ticket; the message is for the user."""


@dataclass(frozen=True, slots=True)
class Trace:
    """A promise, a ticket of it, what the customer's clock reads when it is done, and whether that keeps the promise."""

    promise: PromiseLine
    ticket: WorstCase
    reading: Quantity
    kept: bool


def trace(study: Study, agreement: str, metric: str, priority: str, opened: int | None = None) -> Trace:
    """The worst ticket of a promise, or the one opened at an instant (UTC seconds). Raises `NoSuchTicket`."""
    rows = _rows(study, agreement, metric, priority)
    judged = [(v, j) for row in rows if (found := study.judged(row)) for v, j in [found]]
    if not judged:
        raise NoSuchTicket(f"the term of {agreement} is over, or it answers for no instant of it")
    if opened is None:
        verdict, judge = min(judged, key=lambda pair: _headroom(pair[0]))
        if verdict.ticket is None:
            raise NoSuchTicket(f"{agreement} relies on nothing for {metric}: there is no ticket to follow")
        return _told(study, verdict, judge, verdict.ticket.among(judge.situation.opened))
    for verdict, judge in judged:
        if judge.situation.opened.covers_one(opened):
            ticket = _ticket_at(judge, 2 * opened, priority)
            if ticket is None:
                raise NoSuchTicket(f"{agreement} relies on nothing for {metric}: there is no ticket to follow")
            return _told(study, verdict, judge, ticket)
    raise NoSuchTicket(f"{agreement} promises nothing for a ticket opened then: it lies outside the year from --as-of, or outside its term")


def _rows(study: Study, agreement: str, metric: str, priority: str) -> list[Promise]:
    """The rows that answer for a priority: its own, or the one for every priority."""
    mine = [p for p in study.promises if p.agreement.id == agreement and p.metric.id == metric]
    rows = [p for p in mine if p.priority == priority] or [p for p in mine if p.priority == ANY]
    found = study.catalogue.metrics.get(metric)
    if found is not None and found.type != "time":
        raise NoSuchTicket(f"{metric} is an amount: there is no ticket of it to follow; 'slachain check -v' tells what is supplied")
    if not rows:
        known = ", ".join(dict.fromkeys(f"{p.agreement.id} {p.metric.id} {p.priority}" for p in (mine or study.promises)))
        raise NoSuchTicket(f"there is no judged promise {agreement} {metric} {priority}; there are: {known or 'none'}")
    return rows


def _headroom(verdict: Verdict) -> float:
    if verdict.supported is None or verdict.supported.bound is None:
        return float("-inf")
    limit = verdict.promise.target.within.value
    return (limit.days * 86400 if isinstance(limit, BusinessDays) else limit.seconds) - verdict.supported.bound


def _ticket_at(judge: Judge, tick: int, priority: str) -> Ticket | None:
    """The ticket opened then, under the asked priority where the promise answers for it by name."""
    situation = judge.situation
    strands = [strand for root in situation.roots() for strand in situation.strands(root)] if situation.supports() else []
    named = [s for s in strands if s.root.priority == priority] or strands
    if not named:
        return None
    latest: Strand = max(named, key=lambda strand: strand.done(tick))
    return situation.ticket(latest, True, judge.in_days, tick)


def _told(study: Study, verdict: Verdict, judge: Judge, ticket: Ticket) -> Trace:
    told, case = replace(verdict, ticket=ticket), ticket.case
    reading, kept = judge.reading_of(case)
    return Trace(
        promise=promise_line(study, verdict, fixes=False),
        ticket=worst_case(study, told, case),
        reading=quantity(reading, judge.in_days),
        kept=kept,
    )
