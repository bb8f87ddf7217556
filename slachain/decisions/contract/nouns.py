"""A contract as plain values: sections of numbered clauses, with their tables and the pictures of their weeks."""

from __future__ import annotations

from datetime import date

from slachain.language.source import Span
from slachain.language.values import dataclass

FORMAT = "slachain-document/1"
OPEN, SOME = "open", "some"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table, and where it is written."""

    cells: tuple[str, ...]
    at: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table: what it is about, its columns, its lines."""

    caption: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Minutes of a day, half-open: `open` in every week or in `some`."""

    kind: str
    opens: int
    closes: int


@dataclass(frozen=True, slots=True)
class Week:
    """A calendar's usual week in its time zone: seven days, Monday first, holidays and exceptions left aside."""

    name: str
    zone: str
    days: tuple[tuple[Stretch, ...], ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """Something that is agreed. `items` are the parts of a list; `number` is given when the contract is put together."""

    text: str
    at: tuple[Span, ...] = ()
    items: tuple[str, ...] = ()
    table: Table | None = None
    week: Week | None = None
    number: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Clauses on one subject; those that are `internal` stand in the copy for the house alone."""

    title: str
    clauses: tuple[Clause, ...]
    number: int = 0
    internal: bool = False


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two parties: `Provider` or `Customer`, and its name."""

    role: str
    name: str
    at: Span


@dataclass(frozen=True, slots=True)
class Document:
    """The whole contract."""

    as_of: date
    title: str
    kind: str
    provider: Side
    customer: Side
    sections: tuple[Section, ...]
    internal: bool
    id: str
    at: Span
