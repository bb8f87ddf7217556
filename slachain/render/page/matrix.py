"""The coverage matrix: what each agreement promises, by metric and priority, and what is supported."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from slachain.language.model import ANY
from slachain.language.values import dataclass
from slachain.render.page.nouns import Row

EVERY = "every priority"


@dataclass(frozen=True, slots=True)
class Line:
    """One metric of an agreement: its promises by column, several where a target has alternatives."""

    metric: str
    cells: tuple[tuple[Row, ...], ...]


@dataclass(frozen=True, slots=True)
class Block:
    """One agreement."""

    title: str
    id: str
    customer: str
    lines: tuple[Line, ...]
    tokens: str


@dataclass(frozen=True, slots=True)
class Matrix:
    """Blocks over the columns, which are priorities."""

    columns: tuple[str, ...]
    blocks: tuple[Block, ...]


def matrix(rows: Sequence[Row]) -> Matrix:
    """All promises, by agreement, metric and priority; `*` is the last column."""
    ordered = sorted(rows, key=lambda row: (row.promise.agreement, row.promise.metric))
    priorities = sorted({row.promise.priority for row in rows}, key=in_order)
    blocks = tuple(block(list(of), priorities) for _, of in groupby(ordered, key=lambda row: row.promise.agreement))
    return Matrix(tuple(EVERY if priority == ANY else priority for priority in priorities), blocks)


def in_order(priority: str) -> tuple[bool, list[tuple[bool, int, str]]]:
    """P2 before P10, `*` after all."""
    parts = re.findall(r"[0-9]+|[^0-9]+", priority)
    return priority == ANY, [
        (part.isascii() and part.isdigit(), int(part) if part.isascii() and part.isdigit() else 0, part) for part in parts
    ]


def block(rows: list[Row], priorities: Sequence[str]) -> Block:
    """One agreement's part."""
    first = rows[0].promise
    lines = []
    for metric, of in groupby(rows, key=lambda row: row.promise.metric):
        same = list(of)
        lines.append(Line(metric, tuple(tuple(row for row in same if row.promise.priority == name) for name in priorities)))
    return Block(first.title, first.agreement, first.customer, tuple(lines), ";".join(row.tokens for row in rows))
