"""Columns of the workbook's sheets, and those that several of them have."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from slachain.decisions.money_at_risk import MoneyLine
from slachain.decisions.report import PromiseLine
from slachain.language.source import Span
from slachain.language.values import dataclass
from slachain.render.page.nouns import BADGES
from slachain.render.workbook import cells
from slachain.render.workbook.cells import NOTHING, Cell, text

T = TypeVar("T")
S = TypeVar("S")

NARROW, SHORT, NAMED, SENTENCE, LONG = 10, 14, 22, 48, 70  # widths, in characters


@dataclass(frozen=True, slots=True)
class Column(Generic[T]):
    """A column: its heading, its width in characters, and what stands in it."""

    title: str
    width: int
    cell: Callable[[T], Cell]

    def of(self, owner: Callable[[S], T]) -> Column[S]:
        """The same column in a sheet whose rows belong to what this one is about."""
        return Column(self.title, self.width, lambda row: self.cell(owner(row)))


def place(at: Callable[[T], Span | None]) -> tuple[Column[T], ...]:
    """Where something is written."""

    def part(tell: Callable[[Span], Cell]) -> Callable[[T], Cell]:
        return lambda row: tell(span) if (span := at(row)) else NOTHING

    return (
        Column("File", NAMED, part(lambda span: text(span.file))),
        Column("Line", NARROW, part(lambda span: cells.number(span.line))),
        Column("Column", NARROW, part(lambda span: cells.number(span.column))),
    )


def risk(money: Callable[[T], MoneyLine | None]) -> tuple[Column[T], ...]:
    """Money at risk in a month, with its currency beside it."""

    def at_most(row: T) -> Cell:
        line = money(row)
        return cells.money(line.at_most.value) if line else NOTHING

    def expected(row: T) -> Cell:
        line = money(row)
        return cells.money(line.expected.value) if line and line.expected else NOTHING

    def currency(row: T) -> Cell:
        line = money(row)
        return text(line.at_most.currency) if line else NOTHING

    return (
        Column("Money at risk a month, at most", SHORT, at_most),
        Column("Money at risk a month, expected", SHORT, expected),
        Column("Currency", NARROW, currency),
    )


def verdict(promise: PromiseLine) -> Cell:
    """The verdict in words, coloured."""
    return text(BADGES[promise.verdict].word, promise.verdict)


NAME: tuple[Column[PromiseLine], ...] = (
    Column("Verdict", SHORT, verdict),
    Column("Agreement", NAMED, lambda p: text(p.agreement)),
    Column("Metric", SHORT, lambda p: text(p.metric)),
    Column("Priority", NARROW, lambda p: text(p.priority)),
    Column("Alternative", SHORT, lambda p: cells.number(None if p.alternative is None else p.alternative + 1)),
    Column("Customer", NAMED, lambda p: text(p.customer)),
)
NUMBERS: tuple[Column[PromiseLine], ...] = (
    Column("Unit", SHORT, lambda p: text(cells.unit(p))),
    Column("Promised", SHORT, lambda p: cells.quantity(p.promised, cells.unit(p))),
    Column("Supported", SHORT, lambda p: cells.quantity(p.supported, cells.unit(p))),
)
RISK: tuple[Column[PromiseLine], ...] = risk(lambda promise: promise.money)
