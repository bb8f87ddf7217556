"""What was read from one copy of a form, carried over to the others: made anew where a blank or a place differs, shared where nothing does.

This rests on a law. In the clauses of `FREE` a text that is read as a single value is that value in the agreement and nothing else: no clause is read
in another way for what stands there, and no other value depends on it, but for the order of a term's dates, which is asked again. So two agreements
whose trees differ in such texts alone differ in these values alone, and in the columns of what follows them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from slachain.language.forms import Copy, Path
from slachain.language.model import Agreement, Term, Written
from slachain.language.scalars import ScalarError
from slachain.language.shapes import Kept
from slachain.language.source import Span
from slachain.language.terms import misdated
from slachain.language.values import is_noun, names_of

FREE = frozenset(
    [
        "title",
        "provider",
        "customer",
        "service",
        "owner",
        "calendar",
        "priorities",
        "term",
        "review",
        "excludes",
        "duties",
        "targets",
        "relies_on",
        "fee",
        "credits",
        "demand",
        "accept",
    ]
)
Making = Callable[[Copy], Any]
Read = tuple[Agreement, tuple[Written[str], ...]]  # an agreement, and the metrics that its lists and credits name


class NotCarried(Exception):
    """A value does not follow from the blanks alone."""


def is_free(path: Path | None) -> bool:
    """Whether what stands in a blank, if it is read as a single value, is that value in the agreement and nothing else."""
    return path is not None and len(path) > 2 and path[2] in FREE and not (path[2] == "relies_on" and "metrics" in path)


class Carrier:
    """Finds out how what was read from one copy is made from another."""

    def __init__(self, copy: Copy, kept: Iterable[Kept]) -> None:
        """The copy that was read, and what its single values were read as."""
        self.copy = copy
        self.left = {number for number, blank in enumerate(copy.form.blanks) if is_free(blank.path)}
        places = {copy.span(number): number for number in self.left}
        self.kept = {id(one.written): (places[one.written.at], one) for one in kept if one.written.at in places}

    def agreement(self, found: Agreement, names: tuple[Written[str], ...]) -> Callable[[Copy], Read]:
        """How to read the agreement of a copy; raises `NotCarried` where a blank went into anything but one value."""
        agreement = self.noun(found, id=lambda copy: copy.id)
        named = self.making(names)
        if self.left or agreement is None:
            raise NotCarried
        make = agreement
        return lambda copy: (make(copy), named(copy) if named else names)

    def making(self, value: Any) -> Making | None:
        """How to make a value from a copy; None where it is the same for all."""
        if id(value) in self.kept:
            return self.blank(*self.kept[id(value)])
        if isinstance(value, Span):
            return self.place(value)
        if isinstance(value, dict):
            return _filled_in(value, {key: self.making(part) for key, part in value.items()}, dict)
        if isinstance(value, tuple):
            return _filled_in(list(value), dict(enumerate(map(self.making, value))), tuple)
        if is_noun(value):
            return self.noun(value)
        if isinstance(value, (str, int, Fraction, date, frozenset, type(None))):
            return None
        raise NotCarried

    def blank(self, number: int, kept: Kept) -> Making:
        """How to make the value of a blank, which may raise `ScalarError`."""
        if number not in self.left:
            raise NotCarried
        self.left.remove(number)
        read, line = kept.read, self.copy.form.blanks[number].line

        def make(copy: Copy) -> Written[Any]:
            text, end = copy.filled[number], copy.ends[number]
            return Written(read(text), text, Span(copy.file, line, end - len(text), line, end))

        return make

    def place(self, at: Span) -> Making | None:
        """How to tell a place."""
        if at.file != self.copy.file:
            return None
        line, end_line = at.line, at.end_line
        blank, columns = self.copy.after(line, at.column)
        last, further = self.copy.after(end_line, at.end_column)
        return lambda copy: Span(copy.file, line, copy.ends[blank] + columns, end_line, copy.ends[last] + further)

    def noun(self, value: Any, **known: Making) -> Making | None:
        """How to make a noun of the model, of whose parts some are `known`."""
        parts = {name: getattr(value, name) for name in names_of(value)}
        makings = [known.get(name) or self.making(part) for name, part in parts.items()]
        kind: Callable[..., Any] = _term if isinstance(value, Term) else type(value)
        return _filled_in(list(parts.values()), dict(enumerate(makings)), lambda found: kind(*found))


def _filled_in(pattern: Any, makings: Mapping[Any, Making | None], finish: Callable[[Any], Any]) -> Making | None:
    """How to make what is like a list or a dict but in some places; None if it is in none."""
    places = tuple((place, make) for place, make in makings.items() if make)

    def filled_in(copy: Copy) -> Any:
        found = pattern.copy()
        for place, make in places:
            found[place] = make(copy)
        return finish(found)

    return filled_in if places else None


def _term(*parts: Any) -> Term:
    term = Term(*parts)
    if wrong := misdated(term):
        raise ScalarError(wrong[0])
    return term
