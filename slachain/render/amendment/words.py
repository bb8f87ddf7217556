"""An amendment in sentences that all formats share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
from slachain.language.values import dataclass
from slachain.render.amendment.clause_words import NOTHING, mover_words
from slachain.render.words import counted

SMALLEST = Fraction(1, 10_000)  # of the time: what is less is told as less
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
