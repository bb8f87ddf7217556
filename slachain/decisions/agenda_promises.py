"""What an agenda finds of the promises: gaps that nobody accepts, and margins that are thin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from slachain.decisions.agenda import GAP, MARGIN, OPEN, REVIEW, Broken, Item
from slachain.decisions.meeting import MOST_NOTES, Meeting
from slachain.decisions.money_lines import in_all
from slachain.decisions.report import FindingLine, NoteLine, PromiseLine
from slachain.language.source import Span
from slachain.language.values import replace

BROKEN = ("gap", "unsupported")
ROOM = "agree on more room below, or on a longer time in the promise"
ATTAINMENT, THIN = "SC206", "SC208"


def promised(meeting: Meeting, promises: Sequence[PromiseLine]) -> Iterator[tuple[Item, PromiseLine]]:
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


def told_together(items: Iterable[Item]) -> Iterator[Item]:
    """What one owner has to decide once: promises of one clause that break in the same way (since the oldest of them, at the cost of
    all), and reviews whose date stands in one line, that of a plan."""
    groups: dict[tuple[object, ...], list[Item]] = {}
    for item in sorted(items, key=lambda item: item.order):
        groups.setdefault(_alike(item), []).append(item)
    return (_together(group) if len(group) > 1 else group[0] for group in groups.values())


def _alike(item: Item) -> tuple[object, ...]:
    """What is the same for those that are told together; nothing is, of what has a date of its own."""
    broken = item.promise
    if item.kind == REVIEW:
        return (item.owner, item.kind, item.at, item.says, item.zone)
    if broken is None:
        return (id(item),)
    currency = broken.money and broken.money.at_most.currency
    outcome = (broken.verdict, broken.cause, broken.clock, broken.promised, broken.supported, broken.ticket, broken.opened)
    below = tuple(fix for fix in broken.fixes if fix.agreement != item.concerns[0].agreement)
    return (item.owner, item.kind, item.at, item.subject, item.says, currency, outcome, below)


def _together(group: list[Item]) -> Item:
    """The first of them, for all."""
    first = group[0]
    found = replace(first, concerns=tuple(one for item in group for one in item.concerns))
    if first.promise is None:
        return found
    money = in_all(item.promise.money for item in group if item.promise and item.promise.money)
    since = [replace(item.notes[0], message=f"{item.name}: {item.notes[0].message}") for item in group if item.day is not None]
    steps = first.notes[1:] if first.day is not None else first.notes
    return replace(
        found,
        notes=(*since[:1], *steps, *since[1:]),
        promise=replace(first.promise, money=money[0] if money else None),
    )


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
