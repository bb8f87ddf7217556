"""A file's text piece by piece, as the parser marks it: brackets, anchors and aliases, which the tree of nodes leaves out."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from slachain.language.values import dataclass

SCALAR, SEQUENCE, MAPPING, ALIAS = "scalar", "sequence", "mapping", "alias"
_ANCHOR = re.compile(r"&\S+\s+")
_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Piece:
    """What stands from `start` to `end` of a text (offsets in characters), an anchor before it left out.

    A mapping's children are its keys and values in turn. `text` is a scalar's value, `name` that of the anchor or, for an
    alias, of what it repeats. `bracketed` tells `{a: b}` and `[a]` from what stands on lines of its own, and `flow` what
    stands inside brackets.
    """

    kind: str
    start: int
    end: int
    children: tuple[Piece, ...] = ()
    text: str = ""
    name: str | None = None
    flow: bool = False
    bracketed: bool = False

    def value(self, key: str) -> Piece | None:
        """What is written under a key here; None for what only a merge brings in."""
        pairs = zip(self.children[::2], self.children[1::2], strict=True) if self.kind == MAPPING else ()
        return next((value for name, value in pairs if name.kind == SCALAR and name.text == key), None)

    def within(self) -> Iterator[Piece]:
        """The piece itself and every piece in it."""
        stack = [self]
        while stack:
            piece = stack.pop()
            yield piece
            stack.extend(piece.children)


def pieces(text: str) -> Piece | None:
    """The pieces of a text's first document, None for a text that says nothing; raises `yaml.YAMLError` where it is not YAML."""
    begun: list[yaml.CollectionStartEvent] = []
    found: list[list[Piece]] = [[]]
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            begun.append(event)
            found.append([])
        elif isinstance(event, yaml.CollectionEndEvent):
            children = tuple(found.pop())
            found[-1].append(_collection(begun.pop(), event, children, text))
        elif isinstance(event, yaml.NodeEvent):
            found[-1].append(_leaf(event, text))
    return found[0][0] if found[0] else None


def _leaf(event: yaml.NodeEvent, text: str) -> Piece:
    start, end = _marks(event, text)
    if not isinstance(event, yaml.ScalarEvent):
        return Piece(ALIAS, start, end, name=event.anchor)
    written = text[start:end].rstrip()  # a text under `|` or `>` is marked to the beginning of the next line
    return Piece(SCALAR, start, start + len(written), text=event.value, name=event.anchor)


def _collection(begin: yaml.CollectionStartEvent, finish: yaml.CollectionEndEvent, children: tuple[Piece, ...], text: str) -> Piece:
    kind, start = MAPPING if isinstance(begin, yaml.MappingStartEvent) else SEQUENCE, _marks(begin, text)[0]
    flow = bool(begin.flow_style)
    bracketed = flow and text[start] in "{["  # in `[desk: 4h]` the mapping has no brackets of its own
    end = _marks(finish, text)[1] if bracketed or not children else children[-1].end
    return Piece(kind, start, end, children, "", begin.anchor, flow, bracketed)


def _marks(event: yaml.Event, text: str) -> tuple[int, int]:
    """Where an event's text begins, after its anchor, and where it ends."""
    first, last = event.start_mark, event.end_mark
    assert first is not None  # the C parser always sets both
    assert last is not None
    named = isinstance(event, (yaml.ScalarEvent, yaml.CollectionStartEvent)) and event.anchor
    anchor = _ANCHOR.match(text, first.index) if named else None
    return anchor.end() if anchor else first.index, last.index


# --- lines -----------------------------------------------------------------------------------------------------------


def line_starts(text: str) -> list[int]:
    """Where each line begins, the first of them at 0."""
    return [0, *(found.end() for found in _LINE_END.finditer(text))]


def line_start(text: str, at: int) -> int:
    """Where the line begins that holds an offset."""
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1


def line_end(text: str, at: int) -> int:
    """Where that line ends, its line break left out."""
    found = _LINE_END.search(text, at)
    return found.start() if found else len(text)


def line_break(text: str, at: int) -> str:
    """How lines end from an offset on: CRLF, CR or LF."""
    found = _LINE_END.search(text, at) or _LINE_END.search(text)
    return found[0] if found else "\n"


def with_plain_breaks(text: str) -> str:
    """The text with every line ended by LF alone."""
    return _LINE_END.sub("\n", text)
