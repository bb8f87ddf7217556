"""Copies of one form in a pile, seen blank by blank: what stands in one blank of each, and where.

Each question is answered for all copies at once, in their order, which takes Python a fraction of what it takes to ask copy by copy.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import repeat
from operator import add

from slachain.language.blanks import Form
from slachain.language.forms import Copy
from slachain.language.source import Span
from slachain.language.values import dataclass, field

MARGIN = -1
Point = tuple[int, int]  # the last blank before it on its line (or the margin), and how many columns it is from the end of that
Place = tuple[int, Point, int, Point]  # where something stands in every copy: its lines, and the points at which it begins and ends


@dataclass(eq=False)
class Pile:
    """Copies of one form, at least one."""

    copies: Sequence[Copy]
    told: dict[Place, list[Span]] = field(default_factory=dict)

    @property
    def form(self) -> Form:
        """What they are copies of."""
        return self.copies[0].form

    @property
    def ids(self) -> Iterable[str]:
        """The id of each."""
        return self.texts[self.form.id]

    @cached_property
    def files(self) -> list[str]:
        """The file of each."""
        return [copy.file for copy in self.copies]

    @cached_property
    def texts(self) -> list[tuple[str, ...]]:
        """For each blank, what stands in it."""
        return list(zip(*[copy.filled for copy in self.copies], strict=True))

    @cached_property
    def ends(self) -> list[list[int]]:
        """For each blank, the columns in which it ends."""
        ends: list[list[int]] = []
        for blank, texts in zip(self.form.blanks, self.texts, strict=True):
            further = map(blank.gap.__add__, map(len, texts))
            ends.append(list(further if blank.first else map(add, ends[-1], further)))
        return ends

    def spans(self, place: Place) -> list[Span]:
        """Where a place is."""
        if place not in self.told:
            line, start, end_line, end = place
            columns, ends = self.columns(*start), self.columns(*end)
            self.told[place] = list(map(Span, self.files, repeat(line), columns, repeat(end_line), ends))
        return self.told[place]

    def columns(self, blank: int, columns: int) -> Iterable[int]:
        """The column of a point."""
        return repeat(columns) if blank == MARGIN else map(columns.__add__, self.ends[blank])

    def place(self, at: Span) -> Place:
        """Something that stands in the first copy as a place in all of them."""
        return at.line, self.point(at.line, at.column), at.end_line, self.point(at.end_line, at.end_column)

    def point(self, line: int, column: int) -> Point:
        """A point in the first copy as a point in all of them."""
        before = [n for n, blank in enumerate(self.form.blanks) if blank.line == line and self.ends[n][0] <= column]
        return (before[-1], column - self.ends[before[-1]][0]) if before else (MARGIN, column)
