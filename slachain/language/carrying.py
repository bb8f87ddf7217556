"""What was read from one copy of a form, carried over to the others: made anew where a blank or a place differs, shared where nothing does.
All copies are made together, part by part: `map` and `zip` put the parts together.

This rests on a law. In the clauses of `FREE` a text that is read as a single value is that value in the agreement and nothing else: no clause is read
in another way for what stands there, and no other value depends on it, but for the order of a term's dates, which is asked again. So two agreements
whose trees differ in such texts alone differ in these values alone, and in the columns of what follows them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from fractions import Fraction
from functools import partial
from itertools import repeat
from typing import Any

from slachain.language.blanks import Path
from slachain.language.forms import Copy
from slachain.language.model import Agreement, Term, Written
from slachain.language.piles import Pile
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
Making = Callable[[Pile], Iterable[Any]]  # for each copy of a pile, in order
Reader = Callable[[str], Any]
Read = tuple[Agreement, tuple[Written[str], ...]]  # an agreement, and the metrics that it names and that nothing defines


class NotCarried(Exception):
    """A value does not follow from the blanks alone."""


def is_free(path: Path | None) -> bool:
    """Whether what stands in a blank, if it is read as a single value, is that value in the agreement and nothing else."""
    return path is not None and len(path) > 2 and path[2] in FREE and not (path[2] == "relies_on" and "metrics" in path)


class Carrier:
    """Finds out how what was read from one copy is made from others."""

    def __init__(self, copy: Copy, kept: Iterable[Kept], remembering: Callable[[Reader], Reader]) -> None:
        """The copy that was read, what its single values were read as, and how a reader is taught to remember what it has read."""
        self.pile, self.remembering = Pile([copy]), remembering
        self.left = {number for number, blank in enumerate(copy.form.blanks) if is_free(blank.path)}
        places = {copy.span(number): number for number in self.left}
        self.kept = {id(one.written): (places[one.written.at], one) for one in kept if one.written.at in places}

    def agreement(self, found: Agreement, names: tuple[Written[str], ...]) -> Callable[[Pile], Iterable[Read]]:
        """How to read the agreements of a pile; raises `NotCarried` where a blank went into anything but one value."""
        agreements = self.noun(found, id=lambda pile: pile.ids)
        named = self.making(names)
        if self.left or agreements is None:
            raise NotCarried
        make = agreements
        return lambda pile: zip(make(pile), named(pile) if named else repeat(names), strict=False)

    def making(self, value: Any) -> Making | None:
        """How to make a value for each copy; None where it is the same for all."""
        if id(value) in self.kept:
            return self.blank(*self.kept[id(value)])
        if isinstance(value, Span):
            return self.place(value)
        if isinstance(value, dict):
            return _made_of([*value.values()], [*map(self.making, value.values())], partial(_mappings, tuple(value)))
        if isinstance(value, tuple):
            return _made_of(value, [*map(self.making, value)], zip)
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
        read, place = self.remembering(kept.read), self.pile.place(kept.written.at)
        return lambda pile: map(Written, map(read, pile.texts[number]), pile.texts[number], pile.spans(place))

    def place(self, at: Span) -> Making | None:
        """How to tell a place."""
        if at.file != self.pile.files[0]:
            return None
        place = self.pile.place(at)
        return lambda pile: pile.spans(place)

    def noun(self, value: Any, **known: Making) -> Making | None:
        """How to make a noun of the model, of whose parts some are `known`."""
        parts = {name: getattr(value, name) for name in names_of(value)}
        kind = _term if isinstance(value, Term) else type(value)
        return _made_of([*parts.values()], [known.get(name) or self.making(part) for name, part in parts.items()], partial(map, kind))


def _made_of(parts: Sequence[Any], makings: Sequence[Making | None], finish: Callable[..., Iterable[Any]]) -> Making | None:
    """How to make what has these parts, out of a column for each; None if all of them are the same for all copies."""
    if not any(makings):
        return None
    pairs = tuple(zip(parts, makings, strict=True))
    return lambda pile: finish(*[make(pile) if make else repeat(part) for part, make in pairs])


def _mappings(keys: tuple[Any, ...], *columns: Iterable[Any]) -> Iterable[Any]:
    return map(dict, map(zip, repeat(keys), zip(*columns, strict=False)))


def _term(*parts: Any) -> Term:
    term = Term(*parts)
    if wrong := misdated(term):
        raise ScalarError(wrong[0])
    return term
