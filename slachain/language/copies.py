"""Agreements in files of known forms: the first of its kind is read clause by clause, the second as well and held against what the first tells of it."""

from __future__ import annotations

from collections.abc import Callable

from slachain.language.agreements import AgreementGrammar
from slachain.language.carrying import Carrier, NotCarried, Read, is_free
from slachain.language.forms import ID, Copy, Form
from slachain.language.model import Agreement
from slachain.language.scalars import ScalarError
from slachain.language.shapes import Kept, Reading
from slachain.language.values import dataclass, field

MOST_KINDS = 2_000  # that are remembered: what is of no such kind is read by itself
Kind = tuple[Form, tuple[str, ...]]


@dataclass(slots=True)
class Sample:
    """How to make an agreement of a kind, and whether one has been made as it was read."""

    make: Callable[[Copy], Read]
    proved: bool = False


@dataclass(slots=True)
class Copies:
    """Reads agreements in files of known forms. Those of one form are of one kind if they say the same wherever it matters how they are read."""

    grammar: AgreementGrammar
    reading: Reading
    bound: dict[Form, tuple[int, ...]] = field(default_factory=dict)
    samples: dict[Kind, Sample | None] = field(default_factory=dict)

    def read(self, copy: Copy, by_clauses: Callable[[], Agreement | None]) -> Agreement | None:
        """The agreement of a copy: made as others of its kind, or read by its clauses; None where it cannot be read."""
        kind = self.kind(copy)
        sample = self.samples.get(kind)
        made = _made(sample, copy) if sample else None
        if made is None or sample is None or not sample.proved:
            return self.observed(copy, kind, by_clauses, made)
        self.grammar.metric_names.names.extend(made[1])
        return made[0]

    def kind(self, copy: Copy) -> Kind:
        """The form, and what stands in the blanks that are not free."""
        if copy.form not in self.bound:
            self.bound[copy.form] = tuple(
                n for n, blank in enumerate(copy.form.blanks) if blank.path not in (None, ID) and not is_free(blank.path)
            )
        return copy.form, tuple([copy.filled[number] for number in self.bound[copy.form]])

    def observed(self, copy: Copy, kind: Kind, by_clauses: Callable[[], Agreement | None], made: Read | None) -> Agreement | None:
        """Read an agreement by its clauses, and see what that tells of others of its kind."""
        names, problems, calendars = self.grammar.metric_names.names, self.reading.problems, len(self.grammar.calendars.found)
        before, kept = len(names), list[Kept]()
        self.reading.watched = kept
        found = by_clauses()
        self.reading.watched = None
        if found is None or self.reading.problems > problems or len(self.grammar.calendars.found) > calendars:
            return found  # a mistake is told once, and a calendar written in place is its agreement's own
        read = found, tuple(names[before:])
        if kind not in self.samples:
            if len(self.samples) < MOST_KINDS:
                self.samples[kind] = _sample(copy, kept, read)
        elif (sample := self.samples[kind]) and made:
            sample.proved = made == read
            self.samples[kind] = sample if sample.proved else None
        return found


def _made(sample: Sample, copy: Copy) -> Read | None:
    """The agreement; None where something stands in a blank that is no such value, which whoever reads it will tell."""
    try:
        return sample.make(copy)
    except ScalarError:
        return None


def _sample(copy: Copy, kept: list[Kept], read: Read) -> Sample | None:
    try:
        return Sample(Carrier(copy, kept).agreement(*read))
    except NotCarried:
        return None
