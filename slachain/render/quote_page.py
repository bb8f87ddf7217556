"""What can be promised, as one page to hand over."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import slachain
from slachain.clocks.wall import write_day
from slachain.decisions.quote_lines import Quotation, QuoteLine
from slachain.language.scalars import write_percentage
from slachain.language.values import dataclass
from slachain.render.quote import NONE, name, priority, remarks
from slachain.render.templates import fill
from slachain.render.words import changed_lines, fix_words


@dataclass(frozen=True, slots=True)
class Row:
    """One metric and priority on one clock; `levels` are shares and times."""

    priority: str
    clock: str
    promise: str
    assured: str
    possible: str
    levels: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One metric."""

    metric: str
    anchor: str
    shares: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """A stricter time and what is assured within it, also as per cent of a width."""

    within: str
    assured: str
    width: float


@dataclass(frozen=True, slots=True)
class Takes:
    """A change, and the lines to paste."""

    words: str
    lines: tuple[tuple[str, str], ...]
    at: object


@dataclass(frozen=True, slots=True)
class Details:
    """What limits one promise, and what the next step takes."""

    name: str
    says: str
    limits: tuple[str, ...]
    curve: tuple[Bar, ...]
    next: str
    takes: tuple[Takes, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """The whole quotation, ready to be set."""

    title: str
    as_of: str
    remarks: tuple[str, ...]
    tables: tuple[Table, ...]
    details: tuple[Details, ...]
    made_with: str


def quote_html(found: Quotation) -> str:
    """The quotation as one HTML page without a script or a request."""
    metrics = [(metric, list(of)) for metric, of in groupby(found.lines, key=lambda line: line.metric)]
    page = Page(
        title=f"What can be promised {found.purpose}",
        as_of=write_day(found.as_of),
        remarks=tuple(remark[0].upper() + remark[1:] for remark in remarks(found)),
        tables=tuple(table(metric, lines, f"metric-{n}") for n, (metric, lines) in enumerate(metrics)),
        details=tuple(details(line, found.lines) for line in found.lines),
        made_with=f"slachain {slachain.__version__}",
    )
    return fill("quote.html.j2", page=page)


def table(metric: str, lines: list[QuoteLine], anchor: str) -> Table:
    """One metric's table."""
    shares = tuple(write_percentage(level.share) for level in lines[0].levels)
    return Table(metric, anchor, shares, tuple(row(line, lines) for line in lines))


def row(line: QuoteLine, lines: Sequence[QuoteLine]) -> Row:
    """One line of several."""
    return Row(
        priority=priority(line, lines),
        clock=line.clock,
        promise=line.promise.within.text if line.promise else NONE,
        assured=write_percentage(line.promise.assured) if line.promise and line.promise.assured is not None else "",
        possible=line.possible.text if line.possible else NONE,
        levels=tuple((write_percentage(level.share), level.within.text if level.within else NONE) for level in line.levels),
    )


def details(line: QuoteLine, lines: Sequence[QuoteLine]) -> Details:
    """Why one of several is no stricter."""
    promise = line.promise
    share = f" for {write_percentage(promise.assured)} of the tickets" if promise and promise.assured is not None else ""
    says = f"{promise.within.text}{share}" if promise else "Nothing can be promised"
    return Details(
        name=name(line, lines),
        says=says,
        limits=line.limited_by or (("Nothing below commits to it.",) if promise is None else ()),
        curve=tuple(
            Bar(step.within.text, write_percentage(step.assured), round(100 * float(step.assured), 2))
            for step in line.curve
            if step.assured
        ),
        next=f"What {line.next.text}{' for as many' if share else ''} would take" if line.next else "",
        takes=tuple(Takes(fix_words(fix), changed_lines(fix), fix.at) for fix in line.takes),
    )
