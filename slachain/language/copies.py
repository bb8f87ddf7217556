"""Agreements in files of known forms: two of a kind are read clause by clause, and if the first tells what the second is, the others are made like it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from operator import itemgetter
from typing import Any

from slachain.language.agreements import AgreementGrammar
from slachain.language.blanks import ID, Form
from slachain.language.carrying import Carrier, NotCarried, Read, Reader, is_free
from slachain.language.forms import Copy
from slachain.language.inheritance import Defined
from slachain.language.model import Agreement
from slachain.language.piles import Pile
from slachain.language.scalars import ScalarError
from slachain.language.shapes import Kept, Reading
from slachain.language.values import dataclass, field

HANDFUL = 200  # copies that are made together: of more, the processor has not everything at hand
ByClauses = Callable[[Defined], Agreement | None]


@dataclass(eq=False, slots=True)
class Kind:
    """Copies of one form that say the same wherever it matters how they are read.

    `waiting` are those still to be read, until it is known what one tells of the others; `first` is the first in which nothing is wrong.
    """

    waiting: deque[Copy] = field(default_factory=deque)
    first: tuple[Copy, list[Kept], Read] | None = None


@dataclass(slots=True)
class Copies:
    """Reads agreements one after the other; of copies, in the order in which they were named before."""

    grammar: AgreementGrammar
    reading: Reading
    kinds: dict[str, Kind] = field(default_factory=dict)  # by the ids of the copies
    made: dict[str, Read] = field(default_factory=dict)
    remembering: Callable[[Reader], Reader] = field(default_factory=lambda: cache(cache))  # one memory for each reader

    def expect(self, copies: Iterable[Copy]) -> None:
        """Name the copies that are going to be read."""
        bound: dict[Form, Callable[[Sequence[str]], Any]] = {}
        kinds: dict[tuple[Form, Any], Kind] = {}
        for copy in copies:
            form = copy.form
            if form not in bound:
                bound[form] = _bound(form)
            key = form, bound[form](copy.filled)
            kind = kinds.get(key) or kinds.setdefault(key, Kind())
            kind.waiting.append(copy)
            self.kinds[copy.id] = kind

    def read(self, definition: Defined, by_clauses: ByClauses) -> Agreement | None:
        """The agreement of the next definition: made as others of its kind, or read by its clauses; None where it cannot be read."""
        made = self.made.pop(definition.id, None)
        if made is not None:
            self.grammar.metric_names.names.extend(made[1])
            return made[0]
        kind = self.kinds.get(definition.id)
        if kind is None or not kind.waiting:
            return by_clauses(definition)
        copy = kind.waiting.popleft()
        return self.observed(kind, copy, by_clauses) if kind.waiting else by_clauses(copy)

    def observed(self, kind: Kind, copy: Copy, by_clauses: ByClauses) -> Agreement | None:
        """Read an agreement by its clauses, and see what that tells of others of its kind."""
        names, problems, calendars = self.grammar.metric_names.names, self.reading.problems, len(self.grammar.calendars.found)
        before, kept = len(names), list[Kept]()
        self.reading.watched = kept
        found = by_clauses(copy)
        self.reading.watched = None
        if found is None or self.reading.problems > problems or len(self.grammar.calendars.found) > calendars:
            return found  # a mistake is told once, and a calendar written in place is its agreement's own
        read = found, tuple(names[before:])
        if kind.first is None:
            kind.first = copy, kept, read
        else:
            self.settle(kind, kind.first, copy, read)
        return found

    def settle(self, kind: Kind, first: tuple[Copy, list[Kept], Read], copy: Copy, read: Read) -> None:
        """Make all others of a kind, if what its first copy tells of another is what has been read from that."""
        others = tuple(kind.waiting)
        kind.waiting.clear()
        try:
            make = Carrier(*first[:2], self.remembering).agreement(*first[2])
        except NotCarried:
            return
        if _made(make, [copy]) != [read]:
            return
        for start in range(0, len(others), HANDFUL):
            handful = others[start : start + HANDFUL]
            self.made.update((other.id, made) for other, made in zip(handful, _made(make, handful), strict=True) if made)


def _bound(form: Form) -> Callable[[Sequence[str]], Any]:
    """What stands in those blanks of a copy that are not free, as a key."""
    bound = [n for n, blank in enumerate(form.blanks) if blank.path not in (None, ID) and not is_free(blank.path)]
    return itemgetter(*bound) if bound else lambda _: None


def _made(make: Callable[[Pile], Iterable[Read]], copies: Sequence[Copy]) -> list[Read | None]:
    """The agreements; None where something stands in a blank that is no such value, which whoever reads it will tell."""
    try:
        return list(make(Pile(copies)))
    except ScalarError:
        half = len(copies) // 2
        return [*_made(make, copies[:half]), *_made(make, copies[half:])] if half else [None]
