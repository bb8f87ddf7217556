"""A comparison as text that sales can read out, and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import zip_longest
from typing import Any

from slachain.clocks.wall import write_instant
from slachain.decisions.comparison import (
    AMOUNT,
    BETTER_B,
    EQUAL,
    FORMAT,
    LOOSER,
    MIXED,
    ONLY_A,
    ONLY_B,
    PAUSE,
    STRICTER,
    UNLIKE,
    Beside,
    Comparison,
    Credit,
    Due,
    Excess,
    Party,
    Row,
    Ticket,
)
from slachain.decisions.data import as_data
from slachain.decisions.report import Instant
from slachain.language.scalars import write_percentage
from slachain.render.words import counted

HEADINGS = ("metric", "priority", "A", "B", "verdict")
VERDICTS = {
    EQUAL: "equal",
    STRICTER: "A stricter",
    LOOSER: "B stricter",
    MIXED: "each in part",
    ONLY_A: "only A",
    ONLY_B: "only B",
    UNLIKE: "not comparable",
}
NOTHING = "–"
SMALLEST = Fraction(1, 10_000)  # of the time: what is less is told as less


def compare_data(found: Comparison) -> dict[str, Any]:
    """`slachain-compare/1`."""
    return {
        "format": FORMAT,
        "as_of": found.as_of.isoformat(),
        "days": {"first": found.days[0].isoformat(), "last": found.days[1].isoformat()},
        "a": as_data(found.a),
        "b": as_data(found.b),
        "verdict": {
            "at_least_as_strict": found.at_least_as_strict,
            "says": verdict_sentence(found),
            "points": len(found.points),
            "better_b": len(found.better_b),
            "unlike": len(found.unlike),
        },
        "rows": as_data(found.rows),
        "beside": as_data(found.beside),
        "credits": as_data(found.credits),
        "remarks": list(found.remarks),
    }


def verdict_sentence(found: Comparison) -> str:
    """The whole verdict in a sentence."""
    a, b, points, better, unlike = found.a.label, found.b.label, len(found.points), len(found.better_b), len(found.unlike)
    if not points:
        return f"{b} promises nothing in which {a} could be less strict."
    if better:
        beside = f", and {unlike} cannot be compared" if unlike else ""
        return f"{b} is better than {a} in {better} of {counted(points, 'point')}{beside}."
    if unlike:
        return f"{a} is not shown to be at least as strict as {b}: {unlike} of {counted(points, 'point')} cannot be compared."
    equal = sum(row.verdict == EQUAL for row in found.points)
    parts = [f"{words} in {counted(number, 'point')}" for words, number in (("stricter", points - equal), ("equal", equal)) if number]
    return f"{a} is at least as strict as {b} in everything that {b} promises: {', '.join(parts)}."


def compare_text(found: Comparison) -> str:
    """The verdict, the table, each point in which B is better, and the rest side by side."""
    return "\n".join(_lines(found)) + "\n"


def _lines(found: Comparison) -> Iterator[str]:
    yield verdict_sentence(found)
    yield ""
    width = max(len(party.label) for party in (found.a, found.b))
    yield from (_party(name, party, width) for name, party in (("A", found.a), ("B", found.b)))
    yield f"Tickets opened from {found.days[0]} to {found.days[1]}, each on its own clocks."
    yield from (f"note: {remark}" for remark in found.remarks)
    if found.rows:
        yield ""
        yield from _table(found.rows)
    for row in found.rows:
        if row.verdict in BETTER_B or row.verdict == UNLIKE or row.remarks:
            yield ""
            yield from _point(row)
    if found.beside or found.credits:
        yield ""
        yield "Side by side, without a verdict:"
        yield from (line for beside in found.beside for line in _beside(beside))
        yield from _credits(found.credits)


def _party(name: str, party: Party, width: int) -> str:
    """`A  novapay-gold  Novapay, Gold (sla, kestrel for novapay, agreements/customers.yaml)`."""
    title = "" if party.title == party.id else f"{party.title} "
    return f"{name}  {party.label:<{width}}  {title}({party.kind}, {party.provider} for {party.customer}, {party.file})"


def _table(rows: Iterable[Row]) -> Iterator[str]:
    """Columns as wide as they have to be; a target with alternatives takes a line for each."""
    cells = [HEADINGS, *(line for row in rows for line in _cells(row))]
    widths = [max(len(line[i]) for line in cells) for i in range(len(HEADINGS))]
    for line in cells:
        yield "  ".join(f"{cell:<{width}}" for cell, width in zip(line, widths, strict=True)).rstrip()


def _cells(row: Row) -> Iterator[tuple[str, ...]]:
    lines = list(zip_longest(row.a or (NOTHING,), row.b or (NOTHING,), fillvalue=""))
    for index, (a, b) in enumerate(lines):
        yield ("", "", a, b, "") if index else (row.metric, row.priority.name, a, b, VERDICTS[row.verdict])


# --- where B is better -----------------------------------------------------------------------------------------------


def _point(row: Row) -> Iterator[str]:
    """What is to be said of one row, beyond the table."""
    told = f" {_how_often(row)}" if row.share is not None else ""
    verdict = f"B is better{told}" if row.verdict in BETTER_B else row.why or VERDICTS[row.verdict]
    yield f"{row.metric} {row.priority.name}: {verdict}"
    if row.verdict == ONLY_B:
        yield "  A promises nothing"
    if row.kind == PAUSE:
        yield f"  A: {row.a[0]}, B: {row.b[0]}; such a ticket is due later in A by as long as its clock stops for longer"
    if row.kind == AMOUNT and row.verdict in (LOOSER, MIXED) and not row.downtime:
        yield f"  A: {row.a[0]}, B: {row.b[0]}"
    if row.ticket:
        yield from _ticket(row.ticket)
    if row.attainment:
        yield f"  to be kept for {write_percentage(row.attainment.a, 6)} of the tickets in A, for {write_percentage(row.attainment.b, 6)} in B"
    if row.downtime:
        yield f"  {_downtime(row.downtime)}"
    yield from (f"  note: {remark}" for remark in row.remarks)


def _how_often(row: Row) -> str:
    if row.downtime:
        return f"in {row.downtime.more} of {counted(row.downtime.periods, row.downtime.kind)}"
    share = row.share or Fraction(0)
    if share == 1:
        return "at any time"
    if share == 0:
        return "at single instants"
    return f"{write_percentage(share)} of the time" if share >= SMALLEST else f"less than {write_percentage(SMALLEST)} of the time"


def _ticket(ticket: Ticket) -> Iterator[str]:
    """The ticket for which A is latest, told on both sides' clocks."""
    yield f"  A  {_due(ticket.opened, ticket.a)}"
    yield f"  B  {_due(ticket.opened, ticket.b)}"
    if ticket.later:
        yield f"  due {ticket.later.text} later in A"
    yield from (f"     {remark}" for remark in ticket.remarks)


def _due(opened: Instant, side: Due) -> str:
    due = f"due {write_instant(side.due.tick, side.zone)}" if side.due else "never due"
    return f"opened {write_instant(opened.tick, side.zone)}, {due}: {side.says}"


def _downtime(excess: Excess) -> str:
    """`most in Feb 2026: A allows 8h45m36s of downtime on B's clock, B 40m19s`."""
    outside = f" ({excess.outside.text} of it outside A's own hours)" if excess.outside.amount else ""
    finer = ", which is less than a second apart" if excess.a.text == excess.b.text else ""
    return f"most in {excess.period}: A allows {excess.a.text} of downtime on B's clock{outside}, B {excess.b.text}{finer}"


# --- side by side ----------------------------------------------------------------------------------------------------


def _beside(beside: Beside) -> Iterator[str]:
    """One clause: what both say first, then what only one of them does; nothing at all is told as such."""
    yield f"  {beside.clause}"
    yield from (f"    both  {words}" for words in beside.both)
    for name, told in (("A", beside.a), ("B", beside.b)):
        yield from (f"    {name:<4}  {words}" for words in (told if told or beside.both else (NOTHING,)))


def _credits(credits: Iterable[Credit]) -> Iterator[str]:
    """What a breach just beyond each edge costs whom, in per cent of the fee."""
    more = {"a": "A pays more", "b": "B pays more", "equal": "equal", None: "on other clocks or in other units"}
    for index, credit in enumerate(credits):
        if not index:
            yield "  credits, of each one's own fee"
        paid = f"A {write_percentage(credit.a, 6)}, B {write_percentage(credit.b, 6)}"
        yield f"    {credit.metric} {credit.breach}: {paid}: {more[credit.more]}"
