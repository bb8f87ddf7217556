"""What can be promised, as text: a table for each metric, then what limits each promise and what the next step takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from slachain.decisions.quote_lines import Quotation, QuoteLine
from slachain.language.model import ANY
from slachain.language.scalars import write_percentage
from slachain.render.words import fix_words

NONE = "–"
EVERY, OTHERS = "every", "others"
MOST_TOLD = 4  # rows with what limits them, unless all are asked for


def quote_text(found: Quotation, everything: bool = False) -> str:
    """The whole quotation."""
    return "\n".join(lines(found, everything)) + "\n"


def lines(found: Quotation, everything: bool) -> Iterator[str]:
    """Line by line."""
    yield f"What can be promised {found.purpose}, on {found.as_of}"
    yield from remarks(found)
    for metric, of in groupby(found.lines, key=lambda line: line.metric):
        rows = list(of)
        yield ""
        yield from table(metric, rows)
    told = found.lines if everything else found.lines[:MOST_TOLD]
    for line in told:
        yield ""
        yield from details(line, found.lines)
    if len(told) < len(found.lines):
        yield ""
        yield f"What limits the other {len(found.lines) - len(told)}: --verbose, or --metric and --priority for some of them"


def remarks(found: Quotation) -> Iterator[str]:
    """What holds for all of them."""
    if found.margin:
        yield f"each with a margin of {found.margin} left"
    if found.pauses:
        yield f"with a clock that stops while {' or '.join(found.pauses)}"
    yield from (f"note: {proviso}" for proviso in found.provisos)


def table(metric: str, rows: Sequence[QuoteLine]) -> Iterator[str]:
    """One metric: what is possible at worst, what can be promised, and the strictest time for a share of the tickets."""
    shares = [level.share for level in rows[0].levels]
    head = [metric, "on the clock", "possible", "promise", *(f"for {write_percentage(share)}" for share in shares)]
    body = [[priority(row, rows), row.clock, *numbers(row)] for row in rows]
    previous = ""
    for cells in body:
        cells[0], previous = ("" if cells[0] == previous else cells[0]), cells[0]
    widths = [max(len(cells[n]) for cells in [head, *body]) for n in range(len(head))]
    for cells in [head, *body]:
        yield "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()


def numbers(row: QuoteLine) -> Iterator[str]:
    """What stands in a row."""
    yield row.possible.text if row.possible else NONE
    yield row.promise.within.text if row.promise else NONE
    yield from (level.within.text if level.within else NONE for level in row.levels)


def details(line: QuoteLine, lines: Sequence[QuoteLine]) -> Iterator[str]:
    """What limits a promise, one of several, what is assured with stricter ones, and what the next takes."""
    yield f"{name(line, lines)}:"
    if line.promise is None:
        yield "  nothing can be promised: " + (line.limited_by[0] if line.limited_by else "nothing below commits to it")
        return
    share = "" if line.promise.assured is None else f" for {write_percentage(line.promise.assured)} of the tickets"
    yield f"  promise {line.promise.within.text}{share}: it holds"
    yield from (f"  {'limited by' if n == 0 else 'and by'} {says}" for n, says in enumerate(line.limited_by))
    if line.curve:
        told = ", ".join(f"{step.within.text} {write_percentage(step.assured)}" for step in line.curve if step.assured is not None)
        yield f"  stricter times are kept for fewer: {told}"
    if line.next:
        takes = "; or ".join(fix_words(fix) for fix in line.takes) or "more than one change below"
        yield f"  {line.next.text}{' for as many' if line.promise.assured is not None else ''} would take: {takes}"


def name(line: QuoteLine, lines: Sequence[QuoteLine]) -> str:
    """`resolution P1, around the clock`."""
    whose = priority(line, lines)
    return f"{line.metric}{'' if whose == EVERY else f' {whose}'}, {line.clock}"


def priority(line: QuoteLine, lines: Sequence[QuoteLine]) -> str:
    """Whose it is: beside named priorities of its metric `*` stands for the others."""
    if line.priority != ANY:
        return line.priority
    return OTHERS if any(one.metric == line.metric and one.priority != ANY for one in lines) else EVERY
