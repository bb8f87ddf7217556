"""What a form is: the text that files have in common, and the blanks between.

A blank is a plain text of harmless characters on one line, or a comment. The parser goes from left to right, and comes out of one such text in the
state in which it comes out of any other: what follows is read alike, only so many columns further right. So if each blank is exactly one value in
the tree of one copy, the tree of every other copy is the same with other texts in it. Whatever else is written makes a form of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, cached_property

from slachain.language.composer import compose
from slachain.language.nodes import Mapping, Node, Scalar, Sequence
from slachain.language.values import dataclass

_ASCII, _LATIN = "0-9A-Za-z_", "0-9A-Za-z_\xa1-\xff"  # letters, digits and signs; patterns of few are made sooner
_ANY = "0-9A-Za-z_\xa1-\u2027\u202a-\ud7ff"
_AFTER = r"(?=[\r\n,}\]]|\Z| +(?:[\r\n,}\]\#]|\Z))"  # a plain text


def _text(letter: str) -> str:
    """The pattern of a plain text."""
    return rf"(?!null\b)[{letter}][{letter}.%/@+-]*+(?: [{letter}.%/@+&()'-]++)*+"


def _id(letter: str) -> str:
    """The pattern of an id."""
    return rf"[{letter}][{letter}.-]*+"


@cache
def _blank(letter: str) -> re.Pattern[str]:
    texts = rf"{_text(letter)}{_AFTER}|(?<=\#)[^\r\n]*+|(?<=\n  ){_id(letter)}(?=:\r?\n)"
    return re.compile(rf"(: |, |\[|  - |[ \n]\#|\nagreements:\r?\n  )({texts})")


def cut(text: str) -> list[str]:
    """A text in pieces: what is between the blanks, what stands right before a blank and tells of it, the blank, and so on."""
    return _blank(_ASCII if text.isascii() else _ANY).split(text)


_STRANGE = re.compile(r"""[&!|>%@`?\\\t]|(?<!["'])\*|\r(?!\n)""")  # between blanks: YAML beyond lists, maps and texts
Path = tuple[str, ...]
MARGIN = -1
Point = tuple[int, int]  # the last blank before it on its line (or the margin), and how many columns it is from the end of that
KEY = ""  # ends the path of a key: that of the map in which it stands, and this
ID, EXTENDS = ("agreements", KEY), ("extends",)


@dataclass(frozen=True, slots=True)
class Blank:
    """A blank: its line, where it starts on that, and its path in the tree, which a comment has not."""

    line: int
    start: Point
    path: Path | None


@dataclass(frozen=True, eq=False)
class Form:
    """The blanks of a form, in order, and what is before each and after the last."""

    blanks: tuple[Blank, ...]
    fixed: tuple[str, ...]

    @cached_property
    def id(self) -> int:
        """The blank that names the agreement."""
        return next(number for number, blank in enumerate(self.blanks) if blank.path == ID)

    @cached_property
    def extends(self) -> int | None:
        """The blank that names what it extends, where it does."""
        return next((number for number, blank in enumerate(self.blanks) if blank.path and blank.path[2:] == EXTENDS), None)

    @cached_property
    def on_lines(self) -> dict[int, list[int]]:
        """By line, the blanks on it."""
        found: dict[int, list[int]] = {}
        for number, blank in enumerate(self.blanks):
            found.setdefault(blank.line, []).append(number)
        return found

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What fits a copy, its blanks as groups: those only that are written in Latin letters, and without a character that no file may hold.

        What has to come before and after a blank needs no looking for, since it is part of what all copies have in common.
        """
        before = [re.escape(lead) for lead in (self.fixed[0].removeprefix("\n"), *self.fixed[1:])]
        return re.compile("".join(f"{lead}({_pattern(blank)})" for lead, blank in zip(before, self.blanks, strict=False)) + before[-1])


def _pattern(blank: Blank) -> str:
    if blank.path is None:
        return r"[\t -~\xa0-\xff]*+"
    return _id(_LATIN) if blank.path == ID else _text(_LATIN)


# --- learning a form -------------------------------------------------------------------------------------------------


def learnt(fixed: list[str], filled: list[str], text: str) -> Form | None:
    """The form of a text, cut where its blanks are; None where it says more than one agreement, or a blank is not exactly one value of that."""
    root, problems, whole = compose(text, "")
    agreement = only_agreement(root)
    if problems or not whole or root is None or agreement is None or any(map(_STRANGE.search, fixed)):
        return None
    leaves = list(leaves_of(root, ()))
    if any(leaf.span.line != leaf.span.end_line for _, leaf in leaves):
        return None
    values = {(leaf.span.line, leaf.span.column): (path, leaf) for path, leaf in leaves}
    blanks = []
    for line, column, start, comment, written in _laid_out(fixed, filled):
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
        blanks.append(Blank(line, start, path))
    paths = [blank.path for blank in blanks]
    extends = agreement.entry("extends")
    if ID not in paths or (extends is not None and not any(path and path[2:] == EXTENDS for path in paths)):
        return None
    leads = ("".join(pair) for pair in zip(fixed[::2], [*fixed[1::2], ""], strict=True))
    return Form(tuple(blanks), tuple(leads))


def _laid_out(fixed: list[str], filled: list[str]) -> Iterator[tuple[int, int, Point, bool, str]]:
    """Line and column of each blank (from 1), the point at which it starts, whether it is a comment, and its text."""
    line, column = 0, 0
    for number, (before, mark, written) in enumerate(zip(fixed[::2], fixed[1::2], filled, strict=False)):
        lead = before + mark
        first = "\n" in lead
        line += lead.count("\n")
        gap = len(lead) - lead.rfind("\n") if first else len(lead)
        column = gap if first else column + gap
        yield line, column, (MARGIN if first else number - 1, gap), mark[-1] == "#", written
        column += len(written)


def only_agreement(root: Node | None) -> Mapping | None:
    """The body of the agreement that a file defines; None where it defines anything else."""
    if not isinstance(root, Mapping) or [entry.key.text for entry in root.entries] != ["agreements"]:
        return None
    section = root.entries[0].value
    if not isinstance(section, Mapping) or len(section.entries) != 1:
        return None
    body = section.entries[0].value
    return body if isinstance(body, Mapping) else None


def leaves_of(node: Node, path: Path) -> Iterator[tuple[Path, Scalar]]:
    """Every text of a tree with its path, keys included."""
    if isinstance(node, Scalar):
        yield path, node
    elif isinstance(node, Sequence):
        for index, item in enumerate(node.items):
            yield from leaves_of(item, (*path, str(index)))
    else:
        for entry in node.entries:
            yield (*path, KEY), entry.key
            yield from leaves_of(entry.value, (*path, entry.key.text))
