"""Files that were filled in from the same form: the same text but for what stands in its blanks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from slachain.language.blanks import MARGIN, Form, cut, learnt, only_agreement
from slachain.language.composer import compose
from slachain.language.nodes import Node, Scalar
from slachain.language.source import Span
from slachain.language.values import dataclass, field

FEW = 40  # files: to make the pattern of blanks takes as long as reading so many one by one
OFTEN = 150  # copies: to make the pattern of a form takes as long as cutting so many
MOST_ALIKE = 8  # forms of as many lines that a file is held against
MOST_FORMS = 1_000  # that are kept: what is written on further ones is read file by file
MOST_BLANKS, LONGEST = 1_000, 100_000  # in a form, and characters of a file: what is larger nobody fills in
LONGEST_ID = 500  # YAML reads no key of more than 1,024 characters


@dataclass(frozen=True, slots=True)
class Copy:
    """A file of a known form, which defines one agreement: what stands in the blanks."""

    form: Form
    file: str
    text: str
    filled: Sequence[str]

    @property
    def id(self) -> str:
        """The id of its agreement."""
        return self.filled[self.form.id]

    @property
    def at(self) -> Span:
        """Where the id stands."""
        return self.span(self.form.id)

    @property
    def key(self) -> Scalar:
        """The id with its place."""
        return Scalar(self.id, False, self.at)

    @property
    def node(self) -> Node:
        """The body of the definition as a tree: out of the text, as that of any other file."""
        body = only_agreement(compose(self.text, self.file)[0])
        assert body is not None  # as of every copy of the form
        return body

    @property
    def extends(self) -> Node | None:
        """What stands in `extends`; None where that is not written."""
        blank = self.form.extends
        return None if blank is None else Scalar(self.filled[blank], False, self.span(blank))

    def span(self, number: int) -> Span:
        """Where a blank stands."""
        line, (before, column) = self.form.blanks[number].line, self.form.blanks[number].start
        while before != MARGIN:
            column += len(self.filled[before])
            before, further = self.form.blanks[before].start
            column += further
        return Span(self.file, line, column, line, column + len(self.filled[number]))


@dataclass(slots=True)
class Forms:
    """The forms of a catalogue of so many files: one that is seen for the second time is learnt; among few none is looked for."""

    files: int
    seen: set[int] = field(default_factory=set)
    known: dict[str, Form | None] = field(default_factory=dict)
    met: Counter[Form] = field(default_factory=Counter)
    often: dict[int, list[Form]] = field(default_factory=dict)  # those met often, by the number of their lines

    def fitting(self, file: str, content: bytes) -> Copy | None:
        """A file as a copy of a form that is met often; None where it is to be looked at more closely."""
        if not self.often:
            return None
        try:
            text = content.decode()
        except UnicodeDecodeError:
            return None
        for form in self.often.get(text.count("\n"), ()):
            if match := form.pattern.fullmatch(text):
                return _copy(form, file, text, match.groups())
        return None

    def copy(self, file: str, text: str) -> Copy | None:
        """A file as a copy of its form; None where it has to be read by itself."""
        if self.files < FEW or len(text) > LONGEST:
            return None
        parts = cut(f"\n{text}")
        filled = parts[2::3]
        del parts[2::3]
        if len(filled) > MOST_BLANKS:
            return None
        fixed = "\0".join(parts)  # which no text has in it
        form = self.known.get(fixed)
        if form is None and fixed not in self.known:
            form = self.meet(fixed, filled, text)
        if form is None:
            return None
        self.count(form, text.count("\n"))
        return _copy(form, file, text, filled)

    def count(self, form: Form, lines: int) -> None:
        """Count one more copy of a form that is not met often so far."""
        self.met[form] += 1
        alike = self.often.setdefault(lines, []) if self.met[form] == OFTEN else []
        if self.met[form] == OFTEN and len(alike) < MOST_ALIKE:
            alike.append(form)

    def meet(self, fixed: str, filled: list[str], text: str) -> Form | None:
        """A form that is not known yet."""
        if hash(fixed) not in self.seen:
            self.seen.add(hash(fixed))
            return None
        if len(self.known) >= MOST_FORMS:
            return None
        self.known[fixed] = form = learnt(fixed.split("\0"), filled, text)
        return form


def _copy(form: Form, file: str, text: str, filled: Sequence[str]) -> Copy | None:
    return Copy(form, file, text, filled) if len(filled[form.id]) <= LONGEST_ID else None
