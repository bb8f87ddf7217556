"""Copies of one form in a pile, seen blank by blank: what stands in one blank of each, and where.

Each question is answered for all copies at once, in their order, which takes Python a fraction of what it takes to ask copy by copy.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import repeat
from operator import add

from slachain.language.blanks import MARGIN, Form, Point
from slachain.language.forms import Copy
from slachain.language.source import Span
from slachain.language.values import dataclass, field

Place = tuple[int, Point, int, Point]  # where something stands in every copy: its lines, and the points at which it begins and ends


@dataclass(eq=False)
class Pile:
    """Copies of one form, at least one."""

    copies: Sequence[Copy]
    known_ends: dict[int, list[int]] = field(default_factory=dict)
    known_columns: dict[Point, list[int]] = field(default_factory=dict)
    known_spans: dict[Place, list[Span]] = field(default_factory=dict)

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

    def ends(self, blank: int) -> list[int]:
        """The column in which a blank ends."""
        if blank not in self.known_ends:
            chain = [blank]  # back to the margin
            while (before := self.form.blanks[chain[-1]].start[0]) != MARGIN and before not in self.known_ends:
                chain.append(before)
            for number in reversed(chain):
                starts = self.columns(self.form.blanks[number].start)
                self.known_ends[number] = list(map(add, starts, map(len, self.texts[number])))
        return self.known_ends[blank]

    def columns(self, point: Point) -> Iterable[int]:
        """The column of a point."""
        blank, further = point
        if blank == MARGIN:
            return repeat(further)
        if not further:
            return self.ends(blank)
        if point not in self.known_columns:
            self.known_columns[point] = list(map(further.__add__, self.ends(blank)))
        return self.known_columns[point]

    def spans(self, place: Place) -> list[Span]:
        """Where a place is."""
        if place not in self.known_spans:
            line, start, end_line, end = place
            columns, ends = self.columns(start), self.columns(end)
            self.known_spans[place] = list(map(Span, self.files, repeat(line), columns, repeat(end_line), ends))
        return self.known_spans[place]

    def place(self, at: Span) -> Place:
        """Something that stands in the first copy as a place in all of them."""
        return at.line, self.point(at.line, at.column), at.end_line, self.point(at.end_line, at.end_column)

    def point(self, line: int, column: int) -> Point:
        """A point in the first copy as a point in all of them."""
        before = [n for n in self.form.on_lines.get(line, ()) if self.ends(n)[0] <= column]
        return (before[-1], column - self.ends(before[-1])[0]) if before else (MARGIN, column)
