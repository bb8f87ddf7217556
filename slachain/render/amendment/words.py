"""An amendment in sentences that all formats share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from slachain.clocks.wall import write_instant
from slachain.decisions.amendment import (
    ADDED,
    CLOSED,
    LOOSENED,
    MIXED,
    OPENED,
    TIGHTENED,
    UNLIKE,
    WITHDRAWN,
    Amendment,
    ClauseChange,
    MoneyChange,
    Mover,
    Shift,
    Standing,
    StandingChange,
    TargetChange,
)
from slachain.decisions.comparison import Due
from slachain.decisions.report import Quantity
from slachain.language.model import ANY
from slachain.language.scalars import write_percentage
from slachain.language.source import Span
from slachain.render.words import counted

NOTHING = "–"
SMALLEST = Fraction(1, 10_000)  # of the time: what is less is told as less
BRACKETED = frozenset({"relies_on", "excludes", "duties", "accept", "options", "exceptions", "holidays.add", "holidays.remove"})
CHANGES = {
    TIGHTENED: "tightened",
    LOOSENED: "loosened",
    MIXED: "both ways",
    ADDED: "added",
    WITHDRAWN: "withdrawn",
    UNLIKE: "not comparable",
}


# --- the verdict -----------------------------------------------------------------------------------------------------


def verdict_sentence(found: Amendment) -> str:
    """The verdict on gaps: `This amendment opens 1 gap and closes 2.`"""
    if found.empty:
        return "This amendment changes nothing: both versions say the same."
    opened, closed = found.turned(OPENED), found.turned(CLOSED)
    accepted = sum(change.accepted for change in opened)
    opens = f"opens {counted(len(opened), 'gap')}" if opened else "opens no gap"
    opens += f" ({accepted} of them accepted)" if accepted else ""
    closes = f" and closes {len(closed) if opened else counted(len(closed), 'gap')}" if closed else ""
    return f"This amendment {opens}{closes}."


def money_sentence(found: Amendment) -> str:
    """What is at risk on both sides; empty where nothing is on either."""
    told = [_money(change) for change in found.money if change.before.at_most.value or change.after.at_most.value]
    return f"Money at risk in a month: {'; '.join(told)}." if told else ""


def _money(change: MoneyChange) -> str:
    before, after = change.before, change.after
    most = f"{_from_to(before.at_most.text, after.at_most.text)} at most"
    if not (before.expected or after.expected):
        return most
    expected = [line.expected.text if line.expected else f"0 {change.currency}" for line in (before, after)]
    return f"{most}, {_from_to(*expected)} to be expected"


def _from_to(before: str, after: str) -> str:
    return f"from {before} to {after}" if before != after else f"still {before}"


def counts_sentence(found: Amendment) -> str:
    """How many promises and commitments become stricter or looser: `Promises: 2 tightened, 1 loosened.`; empty for none."""
    told = [
        f"{name}: {', '.join(counts)}."
        for name, promise in (("Promises", True), ("Commitments", False))
        if (counts := _counts(found, promise))
    ]
    return " ".join(told)


def _counts(found: Amendment, promise: bool) -> list[str]:
    return [f"{number} {words}" for change, words in CHANGES.items() if (number := found.count(change, promise))]


# --- clauses ---------------------------------------------------------------------------------------------------------


def field_words(field: Sequence[str]) -> str:
    """`targets.resolution.P1.within`, `relies_on[tier2].after.P1`: as one would look for it in the file."""
    told = ""
    for index, key in enumerate(field):
        inside = index and field[index - 1] in BRACKETED and not (field[0] == "relies_on" and index > 1)
        told += f"[{key}]" if inside else key if key.startswith("[") or not told else f".{key}"
    return told


def subject_words(change: ClauseChange) -> str:
    """`novapay-gold`, `a, b and 3 more`, `calendar london`, `policy`."""
    names = change.subjects
    if change.section == "policy":
        return "policy"
    told = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
    if change.section == "agreements":
        return told
    return _calendar_name(told) if "/" in told else f"{change.section.removesuffix('s')} {told}"


def _calendar_name(id: str) -> str:
    """`office`; of one that was written in place, `the calendar of desk`, `the calendar of desk resolution.P1`."""
    owner, inside, clause = id.partition("/")
    return f"the calendar of {owner}{'' if clause == 'calendar' else f' {clause}'}" if inside else id


def clause_words(change: ClauseChange) -> tuple[str, str, str]:
    """The clause, and what it says on both sides."""
    field = f": {field_words(change.field)}" if change.field else ""
    return f"{subject_words(change)}{field}", change.before or NOTHING, change.after or NOTHING


def mover_words(change: ClauseChange) -> str:
    """A change as something that somebody does: `desk hands over to tier2 for P1 within 20m instead of 30m`."""
    who, field, before, after = ", ".join(change.subjects), change.field, change.before, change.after
    told = _hand_over(who, field, before, after) or _commitment(who, field, before, after) or _calendar(change, who)
    if told:
        return told
    clause, old, new = clause_words(change)
    return f"{clause}: {new} instead of {old}" if before and after else f"{clause}: {new} is new" if after else f"{clause}: {old} is gone"


def _instead(before: str | None) -> str:
    return f" instead of {before}" if before else ""


def _hand_over(who: str, field: tuple[str, ...], before: str | None, after: str | None) -> str:
    if field[:1] != ("relies_on",):
        return ""
    if len(field) == 2:
        return f"{who} relies on {after}{_instead(before)}" if after else f"{who} relies on {before} no longer"
    if field[2] == "after":
        whom = f"{who} hands over to {field[1]}{'' if field[3] == ANY else f' for {field[3]}'}"
        return f"{whom} {f'within {after}' if after else 'by its own target'}{f' instead of {before}' if before else ''}"
    if field[2] == "share":
        return f"{who} hands {after or 'any number'} of the tickets to {field[1]} instead of {before or 'any number'}"
    return ""


def _commitment(who: str, field: tuple[str, ...], before: str | None, after: str | None) -> str:
    if field[:1] == ("pauses",):
        return f"{who} pauses while {field[1]} {after or 'no longer'}{f' instead of {before}' if before and after else ''}"
    if field == ("calendar",):
        return f"{who} works on {after}{_instead(before)}"
    if field[:1] != ("targets",):
        return ""
    what = f"{field[1]}{'' if field[2] == ANY else f' {field[2]}'}"
    if len(field) == 3:
        return f"{who}: {what} is {after}{_instead(before)}" if after else f"{who}: no {what} any more ({before})"
    ties = {"within": "within", "at_least": "of at least", "at_most": "of at most", "calendar": "on", "attainment": "for", "per": "per"}
    if field[-1] not in ties or not (before and after):
        return ""
    return f"{who}: {what} {ties[field[-1]]} {after} instead of {before}"


def _calendar(change: ClauseChange, who: str) -> str:
    if change.section != "calendars" or not change.field:
        return ""
    who, kind, before, after = _calendar_name(who), change.field[0], change.before, change.after
    if kind in ("holidays.add", "holidays.remove"):
        closed = (kind == "holidays.add") == bool(after)
        return f"{who} {'is closed' if closed else 'is open'} on {after or before}"
    if kind == "exceptions":
        return f"{who} on {change.field[1]}: {after or 'as usual'} instead of {before or 'as usual'}"
    if kind == "holidays":
        return f"{who} keeps the holidays of {after or 'nowhere'} instead of {before or 'nowhere'}"
    return f"{who} is open {after} instead of {before}" if kind == "hours" else ""


# --- promises --------------------------------------------------------------------------------------------------------


def promise_name(change: StandingChange | TargetChange) -> str:
    """`novapay-gold resolution P1`, with the alternative's number."""
    number = getattr(change, "alternative", None)
    priority = "" if change.priority == ANY else f" {change.priority}"
    return f"{change.agreement} {change.metric}{priority}{'' if number is None else f' #{number + 1}'}"


def supported_words(quantity: Quantity | None) -> str:
    """`68h possible`, `99.8% supplied`, `never done`, `nothing behind it`."""
    if quantity is None:
        return "nothing behind it"
    if quantity.unit == "value":
        return f"{quantity.text} supplied" if quantity.amount is not None else "nothing supplied"
    return f"{quantity.text} possible" if quantity.amount is not None else "never done for certain"


def standing_words(standing: Standing | None) -> str:
    """`gap: 4h promised, 68h possible, 17.9% assured`."""
    if standing is None:
        return "not promised on this day"
    share = f", {write_percentage(standing.attainment.assured)} assured" if standing.attainment else ""
    return f"{standing.verdict}: {standing.promised.text} promised, {supported_words(standing.supported)}{share}"


@dataclass(frozen=True, slots=True)
class Cause:
    """A heading, and the changes under it: each in words, what it does by itself, and where it is written."""

    head: str
    lines: tuple[tuple[str, str, Span | None], ...]


def causes(change: StandingChange) -> Iterator[Cause]:
    """What opened or closed a gap, and what moved the support; once, where that is the same."""
    if change.why_not:
        yield Cause(change.why_not, ())
    turned, moved = ([mover.changes for mover in movers if mover.needed] for movers in (change.turned_by, change.movers))
    if turned and turned != moved:
        yield Cause(_head(change.turn, change.turned_by), tuple(_lines(change.turned_by, of_gap=True)))
    if change.movers:
        head = _head(change.turn, change.turned_by) if turned == moved else _head("moved", change.movers)
        yield Cause(head, tuple(_lines(change.movers, of_gap=False)))


def _head(verb: str, movers: Sequence[Mover]) -> str:
    needed = [mover for mover in movers if mover.needed]
    if len(needed) <= 1:
        return f"{verb} by"
    return f"{verb} by these together" if any(mover.moves for mover in needed) else f"{verb} only by these together"


def _lines(movers: Sequence[Mover], of_gap: bool) -> Iterator[tuple[str, str, Span | None]]:
    needed = sum(mover.needed for mover in movers)
    for mover in movers:
        words, first = "; ".join(mover_words(change) for change in mover.changes), mover.changes[0]
        yield words, "" if of_gap else _by_itself(mover, needed), first.after_at or first.before_at


def _by_itself(mover: Mover, needed: int) -> str:
    share = f", {write_percentage(mover.assured)} assured" if mover.assured is not None else ""
    alone = f"{supported_words(mover.supported)}{share}" if mover.moves else "nothing"
    if not mover.needed:
        return f"would by itself do so too: {alone}"
    return "" if needed == 1 else f"by itself: {alone}"


# --- tightened and loosened ------------------------------------------------------------------------------------------


def often(shift: Shift) -> str:
    """For how much of the time, or in how many periods; empty where it is about shares of tickets alone."""
    if shift.downtime:
        return f"in {shift.downtime.some} of {counted(shift.downtime.periods, shift.downtime.kind)}"
    share = shift.share
    if share is None:
        return ""
    if share in (0, 1):
        return "at any time" if share else "at single instants"
    return f"{write_percentage(share)} of the time" if share >= SMALLEST else f"less than {write_percentage(SMALLEST)} of the time"


def shift_lines(change: TargetChange) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """What is to be said of each direction: `tighter` or `looser`, a sentence, and what is out of the ordinary meanwhile."""
    for name, shift in (("tighter", change.tighter), ("looser", change.looser)):
        if shift is not None:
            yield from ((name, *told) for told in _shift(shift))


def _shift(shift: Shift) -> Iterator[tuple[str, tuple[str, ...]]]:
    when = often(shift)
    if shift.moment:
        moment = shift.moment
        apart = f", {moment.apart.text} apart" if moment.apart else ""
        opened = write_instant(moment.opened.tick, moment.after.zone)
        yield f"{when}; most for a ticket opened {opened}: {_due(moment.before)} before, {_due(moment.after)} now{apart}", moment.remarks
    elif when and not shift.downtime:
        yield when, ()
    if shift.attainment:
        before, after = shift.attainment
        yield f"kept for {write_percentage(after, 6)} of the tickets instead of {write_percentage(before, 6)}", ()
    if shift.downtime:
        down = shift.downtime
        yield f"{when}; most in {down.period}: {down.after.text} of downtime allowed instead of {down.before.text}", ()


def target_words(change: TargetChange) -> tuple[str, str]:
    """What is promised on both sides."""
    return "; ".join(change.before) or NOTHING, "; ".join(change.after) or NOTHING


def _due(side: Due) -> str:
    return f"due {write_instant(side.due.tick, side.zone)}" if side.due else "never due"
