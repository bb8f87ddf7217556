"""The one place in a text in which two trees differ, and what is to be written there.

Comments and layout around it are left alone. What is repeated elsewhere by an alias is never changed, since the other place
would change with it.
"""

from __future__ import annotations

import json
import re

from slachain.language.layout import ALIAS, MAPPING, SCALAR, SEQUENCE, Piece, line_break, line_end, line_start
from slachain.language.nodes import Entry, Mapping, Node, Scalar, Sequence
from slachain.language.overrides import CannotEdit
from slachain.language.values import dataclass

WIDEST = 120
STEP = "  "
_PLAIN = re.compile(r"\w(?:[\w./%+@()\- ]*[\w%)])?")


@dataclass(frozen=True, slots=True)
class Edit:
    """The characters from `start` to `end` of a text, and what is to stand there instead."""

    start: int
    end: int
    text: str

    def applied(self, text: str) -> str:
        """The text with the edit made."""
        return text[: self.start] + self.text + text[self.end :]


@dataclass(frozen=True, slots=True)
class Rewriter:
    """Works in one file's text; `repeated` are the anchors that an alias of the file repeats."""

    text: str
    repeated: frozenset[str]

    def edit(self, old: Node, new: Node, piece: Piece) -> Edit:
        """What turns the old tree, which the piece writes, into the new one; they differ in one place."""
        self.once(piece)
        entry = _only_change(old, new)
        if piece.kind == ALIAS:
            written = f"{{<<: *{piece.name}, {_pair(entry)}}}" if entry else one_line(new)
            return Edit(piece.start, piece.end, written)
        if entry and isinstance(old, Mapping) and piece.kind == MAPPING:
            at, before = piece.value(entry.key.text), old.get(entry.key.text)
            return self.edit(before, entry.value, at) if at and before else self.added(entry, new, piece)
        if isinstance(old, Sequence) and isinstance(new, Sequence) and len(old.items) == len(new.items) == len(piece.children):
            index = next(i for i, item in enumerate(new.items) if item is not old.items[i])
            return self.edit(old.items[index], new.items[index], piece.children[index])
        return self.replaced(new, piece)

    def once(self, piece: Piece) -> None:
        """Refuse what an alias repeats."""
        if piece.kind != ALIAS and piece.name in self.repeated:
            raise CannotEdit(f"what stands here as &{piece.name} is repeated elsewhere as *{piece.name}, and would change there too")

    def added(self, entry: Entry, whole: Node, piece: Piece) -> Edit:
        """A key at the end of a mapping, before a comment that follows it."""
        if piece.bracketed:
            at = piece.children[-1].end if piece.children else piece.end - 1
            return Edit(at, at, f", {_pair(entry)}" if piece.children else _pair(entry))
        if piece.flow:
            return self.replaced(whole, piece)
        first = piece.children[0].start
        prefix = self.text[line_start(self.text, first) : first]
        if prefix.strip(" -"):
            raise CannotEdit("the mapping begins on a line with something else before it")
        at = line_end(self.text, piece.end)
        return Edit(at, at, "".join(line_break(self.text, at) + line for line in block(entry, " " * len(prefix))))

    def replaced(self, new: Node, piece: Piece) -> Edit:
        """A value for another, in the quotes that it stood in; on the line of its key where it was a block below."""
        for inner in piece.within():
            self.once(inner)
        before = self.text[piece.start : piece.end]
        if "#" in before and ("\n" in before or "\r" in before):
            raise CannotEdit("comments stand inside what would be replaced")
        if piece.kind == SCALAR and isinstance(new, Scalar) and before[:1] in ("'", '"'):
            return Edit(piece.start, piece.end, _in_quotes(new, before[0]))
        above = len(self.text[: piece.start].rstrip())
        if piece.kind != SCALAR and not piece.flow and self.text[above - 1] == ":":
            return Edit(above, piece.end, f" {one_line(new)}")
        below = STEP if piece.kind == SEQUENCE and not piece.flow else ""  # alone of all, it may stand right below its key
        return Edit(piece.start, piece.end, below + one_line(new))


def _only_change(old: Node, new: Node) -> Entry | None:
    """The entry that alone is new or another; None where more than one differs, or where these are no mappings."""
    if not isinstance(old, Mapping) or not isinstance(new, Mapping):
        return None
    changed = [entry for entry in new.entries if old.get(entry.key.text) is not entry.value]
    kept = all(new.entry(entry.key.text) for entry in old.entries)
    return changed[0] if kept and len(changed) == 1 else None


# --- nodes as text ---------------------------------------------------------------------------------------------------


def one_line(node: Node) -> str:
    """A node in one line, safe inside brackets."""
    if isinstance(node, Scalar):
        return _scalar(node)
    if isinstance(node, Sequence):
        return f"[{', '.join(map(one_line, node.items))}]"
    if node.entry("ics"):
        raise CannotEdit("a rota's file is named from the file in which it is written: give the calendar an id first")
    return f"{{{', '.join(map(_pair, node.entries))}}}"


def block(entry: Entry, indent: str) -> list[str]:
    """A key and its value as lines, on one if they fit."""
    line, key = indent + _pair(entry), f"{indent}{_scalar(entry.key)}:"
    if len(line) <= WIDEST or isinstance(entry.value, Scalar):
        return [line]
    if isinstance(entry.value, Sequence):
        return [key, *(f"{indent}{STEP}- {one_line(item)}" for item in entry.value.items)]
    return [key, *(line for inner in entry.value.entries for line in block(inner, indent + STEP))]


def _pair(entry: Entry) -> str:
    return f"{_scalar(entry.key)}: {one_line(entry.value)}"


def _scalar(node: Scalar) -> str:
    if node.reported or node.empty:
        raise CannotEdit("something beside it cannot be read")
    plain = _PLAIN.fullmatch(node.text) and not node.quoted and node.text != "null"
    return node.text if plain else json.dumps(node.text, ensure_ascii=False)


def _in_quotes(node: Scalar, quote: str) -> str:
    """A scalar in the quotes that were there before."""
    return f"'{node.text.replace(chr(39), chr(39) * 2)}'" if quote == "'" else json.dumps(node.text, ensure_ascii=False)
