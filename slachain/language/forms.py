"""Files that were filled in from the same form: the same text but for what stands in its blanks.

A blank is a plain text of harmless characters on one line, or a comment. The parser goes from left to right, and comes out of one such text in the
state in which it comes out of any other: what follows is read alike, only so many columns further right. So if each blank is exactly one value in
the tree of one copy, the tree of every other copy is the same with other texts in it. Whatever else is written makes a form of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from slachain.language.composer import compose
from slachain.language.nodes import Mapping, Node, Scalar
from slachain.language.nodes import Sequence as SequenceNode
from slachain.language.source import Span
from slachain.language.values import often_made

FEW = 40  # files: to make the pattern of blanks takes as long as reading so many one by one
MOST_FORMS = 1_000  # that are kept: what is written on further ones is read file by file
MOST_BLANKS, LONGEST = 1_000, 100_000  # in a form, and characters of a file: what is larger nobody fills in
LONGEST_ID = 500  # YAML reads no key of more than 1,024 characters
_LETTER = "0-9A-Za-z_\xa1-\u2027\u202a-\ud7ff"
_TEXT = rf"(?!null\b)[{_LETTER}][{_LETTER}.%/@+-]*+(?: [{_LETTER}.%/@+&()'-]++)*+(?=[\r\n,}}\]]|\Z| +(?:[\r\n,}}\]\#]|\Z))"
_ID = rf"(?<=\n  )[{_LETTER}][{_LETTER}.-]*+(?=:\r?\n)"
_BLANK = rf"(: |, |\[|  - |[ \n]\#|\nagreements:\r?\n  )({_TEXT}|(?<=\#)[^\r\n]*+|{_ID})"  # and what is before it
_STRANGE = re.compile(r"""[&!|>%@`?\\\t]|(?<!["'])\*|\r(?!\n)""")  # between blanks: YAML beyond lists, maps and texts
Path = tuple[str, ...]
KEY = ""  # ends the path of a key: that of the map in which it stands, and this
ID, EXTENDS = ("agreements", KEY), ("extends",)


@dataclass(frozen=True, slots=True)
class Blank:
    """A blank: its line, whether it is the first there, how far it is from the one before (from 0, if it is the first), and its path in the tree.

    A comment has no path.
    """

    line: int
    first: bool
    gap: int
    path: Path | None


@dataclass(frozen=True, eq=False)
class Form:
    """The blanks of a form, in order."""

    blanks: tuple[Blank, ...]

    @cached_property
    def id(self) -> int:
        """The blank that names the agreement."""
        return next(number for number, blank in enumerate(self.blanks) if blank.path == ID)

    @cached_property
    def extends(self) -> int | None:
        """The blank that names what it extends, where it does."""
        return next((number for number, blank in enumerate(self.blanks) if blank.path and blank.path[2:] == EXTENDS), None)


@often_made(frozen=True, slots=True)
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
        body = _only_agreement(compose(self.text, self.file)[0])
        assert body is not None  # as of every copy of the form
        return body

    @property
    def extends(self) -> Node | None:
        """What stands in `extends`; None where that is not written."""
        blank = self.form.extends
        return None if blank is None else Scalar(self.filled[blank], False, self.span(blank))

    def span(self, number: int) -> Span:
        """Where a blank stands."""
        first = next(n for n in range(number, -1, -1) if self.form.blanks[n].first)
        column = end = 0
        for blank, text in zip(self.form.blanks[first : number + 1], self.filled[first : number + 1], strict=True):
            column = end + blank.gap
            end = column + len(text)
        line = self.form.blanks[number].line
        return Span(self.file, line, column, line, end)


@dataclass(slots=True)
class Forms:
    """The forms of a catalogue of so many files: one that is seen for the second time is learnt; among few none is looked for."""

    files: int
    seen: set[int] = field(default_factory=set)
    known: dict[str, Form | None] = field(default_factory=dict)

    def copy(self, file: str, text: str) -> Copy | None:
        """A file as a copy of its form; None where it has to be read by itself."""
        if self.files < FEW or len(text) > LONGEST:
            return None
        parts = re.split(_BLANK, f"\n{text}")
        filled = parts[2::3]
        del parts[2::3]
        if len(filled) > MOST_BLANKS:
            return None
        fixed = "\0".join(parts)  # which no text has in it
        form = self.known.get(fixed)
        if form is None and fixed not in self.known:
            form = self.meet(fixed, filled, text)
        if form is None or len(filled[form.id]) > LONGEST_ID:
            return None
        return Copy(form, file, text, filled)

    def meet(self, fixed: str, filled: list[str], text: str) -> Form | None:
        """A form that is not known yet."""
        if hash(fixed) not in self.seen:
            self.seen.add(hash(fixed))
            return None
        if len(self.known) >= MOST_FORMS:
            return None
        self.known[fixed] = form = learnt(fixed.split("\0"), filled, text)
        return form


# --- learning a form -------------------------------------------------------------------------------------------------


def learnt(fixed: list[str], filled: list[str], text: str) -> Form | None:
    """The form of a text, cut where its blanks are; None where it says more than one agreement, or a blank is not exactly one value of that."""
    root, problems, whole = compose(text, "")
    agreement = _only_agreement(root)
    if problems or not whole or root is None or agreement is None or any(map(_STRANGE.search, fixed)):
        return None
    leaves = list(_leaves(root, ()))
    if any(leaf.span.line != leaf.span.end_line for _, leaf in leaves):
        return None
    values = {(leaf.span.line, leaf.span.column): (path, leaf) for path, leaf in leaves}
    blanks = []
    for line, column, first, gap, comment, written in _laid_out(fixed, filled):
        path, leaf = values.get((line, column), (None, None))
        if comment:
            if any(other.span.line == line and other.span.end_column > column for _, other in leaves):
                return None
        elif (
            leaf is None
            or leaf.quoted
            or leaf.text != written
            or leaf.span.end_column != column + len(written)
            or (path and path[-1] == KEY and path != ID)
        ):
            return None
        blanks.append(Blank(line, first, gap, path))
    paths = [blank.path for blank in blanks]
    extends = agreement.entry("extends")
    if ID not in paths or (extends is not None and not any(path and path[2:] == EXTENDS for path in paths)):
        return None
    return Form(tuple(blanks))


def _laid_out(fixed: list[str], filled: list[str]) -> Iterator[tuple[int, int, bool, int, bool, str]]:
    """Line and column of each blank (from 1), whether it is the first of its line, how far it is from what it is measured from, and its text."""
    line, column = 0, 0
    for before, mark, written in zip(fixed[::2], fixed[1::2], filled, strict=False):
        lead = before + mark
        first = "\n" in lead
        line += lead.count("\n")
        gap = len(lead) - lead.rfind("\n") if first else len(lead)
        column = gap if first else column + gap
        yield line, column, first, gap, mark[-1] == "#", written
        column += len(written)


def _only_agreement(root: Node | None) -> Mapping | None:
    """The body of the agreement that a file defines; None where it defines anything else."""
    if not isinstance(root, Mapping) or [entry.key.text for entry in root.entries] != ["agreements"]:
        return None
    section = root.entries[0].value
    if not isinstance(section, Mapping) or len(section.entries) != 1:
        return None
    body = section.entries[0].value
    return body if isinstance(body, Mapping) else None


def _leaves(node: Node, path: Path) -> Iterator[tuple[Path, Scalar]]:
    """Every text of a tree with its path, keys included."""
    if isinstance(node, Scalar):
        yield path, node
    elif isinstance(node, SequenceNode):
        for index, item in enumerate(node.items):
            yield from _leaves(item, (*path, str(index)))
    else:
        for entry in node.entries:
            yield (*path, KEY), entry.key
            yield from _leaves(entry.value, (*path, entry.key.text))
