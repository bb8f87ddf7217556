"""What an agenda finds of the promises: gaps that nobody accepts, and margins that are thin."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from slachain.decisions.agenda import GAP, MARGIN, OPEN, Broken, Item
from slachain.decisions.meeting import MOST_NOTES, Meeting
from slachain.decisions.report import FindingLine, NoteLine, PromiseLine
from slachain.language.source import Span

BROKEN = ("gap", "unsupported")
ROOM = "agree on more room below, or on a longer time in the promise"
ATTAINMENT, THIN = "SC206", "SC208"


def promised(meeting: Meeting, promises: tuple[PromiseLine, ...]) -> Iterator[tuple[Item, PromiseLine]]:
    """Each gap and each thin margin that is not accepted, with its promise."""
    by_key: dict[tuple[str | None, ...], list[FindingLine]] = {}
    for finding in meeting.found:
        by_key.setdefault((finding.agreement, finding.metric, finding.priority), []).append(finding)
    for promise in promises:
        about = by_key.get((promise.agreement, promise.metric, promise.priority), [])
        if promise.verdict in BROKEN:
            main = _nearest(promise, [f for f in about if f.code.startswith(("SC2", "SC3")) and f.code != ATTAINMENT])
            main = main or _nearest(promise, [f for f in about if f.code == ATTAINMENT])
            if main is None or not main.accepted:
                yield _item(meeting, GAP, promise, main), promise
        elif promise.verdict == "holds":
            thin = _nearest(promise, [f for f in about if f.code == THIN])
            if thin and not thin.accepted:
                yield _item(meeting, MARGIN, promise, thin), promise


def _nearest(promise: PromiseLine, found: list[FindingLine]) -> FindingLine | None:
    """Of findings on alternatives of one promise, the one that is written nearest."""
    same = [f for f in found if f.at == promise.at] if promise.alternative is not None else found
    return min(same or found, key=lambda f: _apart(promise.at, f.at), default=None)


def _apart(one: Span, other: Span) -> tuple[bool, int, int]:
    return one.file != other.file, abs(one.line - other.line), abs(one.column - other.column)


def _item(meeting: Meeting, kind: str, promise: PromiseLine, main: FindingLine | None) -> Item:
    agreement = meeting.study.catalogue.agreements[promise.agreement]
    begins = agreement.term.opens
    since = (NoteLine(f"in force from {begins.text}", begins.at),) if begins else ()
    notes = main.because[:MOST_NOTES] if main else ()
    says = main.message if main else f"{promise.promised.text} promised {promise.clock}"
    item = meeting.item(
        agreement,
        kind,
        OPEN,
        begins.value if begins else None,
        promise.at,
        subject=_subject(promise),
        says=says,
        notes=(*since, *notes),
        todo=ROOM if kind == MARGIN else main.help if main else "",
    )
    return replace(item, promise=_broken(promise, main))


def _subject(promise: PromiseLine) -> str:
    alternative = "" if promise.alternative is None else f" #{promise.alternative + 1}"
    return f"{promise.metric} {promise.priority}{alternative}"


def _broken(promise: PromiseLine, main: FindingLine | None) -> Broken:
    return Broken(
        metric=promise.metric,
        priority=promise.priority,
        alternative=promise.alternative,
        verdict=promise.verdict,
        cause=promise.cause,
        clock=promise.clock,
        promised=promise.promised,
        supported=promise.supported,
        opened=promise.worst_case.opened if promise.worst_case else None,
        zone=promise.zone,
        ticket=main.when if main else "",
        money=promise.money,
        fixes=promise.fixes,
    )
