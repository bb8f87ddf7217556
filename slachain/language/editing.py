"""One value of one agreement changed in the files' own text: comments and layout stay, and so does everything else.

A value that an agreement only inherits is overridden in the agreement itself. What cannot be changed alone is refused, with
`CannotEdit`; nothing is ever written that would change another agreement.
"""

from __future__ import annotations

import codecs
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cached_property

import yaml

from slachain.language.characters import decoded
from slachain.language.composer import compose
from slachain.language.inheritance import Definition, Heirs, inherit
from slachain.language.layout import ALIAS, MAPPING, SCALAR, Piece, line_end, line_start, line_starts, pieces, with_plain_breaks
from slachain.language.loader import without_garbage_collection
from slachain.language.model import Metric
from slachain.language.nodes import Mapping as MappingNode
from slachain.language.nodes import Node, Scalar
from slachain.language.nodes import Sequence as SequenceNode
from slachain.language.overrides import NOTHING, CannotEdit, Override, Path
from slachain.language.rewriting import Edit, Rewriter
from slachain.language.shapes import Reading
from slachain.language.source import Span
from slachain.language.targets import BUILT_IN
from slachain.language.values import dataclass, field

__all__ = ["CannotEdit", "Change", "Edited", "Manuscript", "Page", "Place", "edited"]


@dataclass(frozen=True, slots=True)
class Change:
    """A value to be set in an agreement, at a path such as `("targets", "resolution", "P1", "within")`."""

    agreement: str
    path: Path
    value: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a change is made, and the whole lines concerned: as they were, and as they are to be, without a last line break."""

    at: Span
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Edited:
    """Files with changes made in them, and the place of each change when its turn came."""

    files: Mapping[str, bytes]
    places: tuple[Place, ...]


def edited(files: Mapping[str, bytes], changes: Iterable[Change], metrics: Mapping[str, Metric] = BUILT_IN) -> Edited:
    """The files of a catalogue with changes made one after the other; raises `CannotEdit` where one of them cannot be made."""
    marks = {file: codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) else b"" for file, content in files.items()}
    texts = {file: content.removeprefix(marks[file]).decode("utf-8", "surrogateescape") for file, content in files.items()}
    manuscript, places = Manuscript.of(texts, metrics), []
    for change in changes:
        manuscript, place = manuscript.after(change)
        places.append(place)
    written = {file: marks[file] + page.text.encode("utf-8", "surrogateescape") for file, page in manuscript.pages.items()}
    return Edited(written, tuple(places))


@dataclass(frozen=True)
class Page:
    """One file's text, read as a tree and as pieces when somebody asks."""

    file: str
    text: str

    @cached_property
    def readable(self) -> str:
        """The text as the loader reads it, character for character in the same place."""
        return decoded(self.text.encode("utf-8", "surrogateescape"), self.file)[0]

    @cached_property
    def root(self) -> Node | None:
        """Its tree."""
        with without_garbage_collection():
            return compose(self.readable, self.file)[0]

    @property
    def definitions(self) -> Iterator[tuple[str, Definition]]:
        """Its plans and agreements, each with its section."""
        for section in self.root.entries if isinstance(self.root, MappingNode) else ():
            if section.key.text in ("plans", "agreements") and isinstance(section.value, MappingNode):
                yield from ((section.key.text, Definition(e.key.text, e.key.span, e.value)) for e in section.value.entries)

    @cached_property
    def pieces(self) -> Piece | None:
        """Its pieces; None where it is not YAML to its end."""
        with suppress(yaml.YAMLError), without_garbage_collection():
            return pieces(self.readable)
        return None

    @cached_property
    def repeated(self) -> frozenset[str]:
        """The anchors that its aliases repeat."""
        found = self.pieces.within() if self.pieces else ()
        return frozenset(piece.name for piece in found if piece.kind == ALIAS and piece.name)

    @cached_property
    def written(self) -> dict[str, tuple[Piece, Piece]]:
        """By id, each agreement's section and the piece that writes its definition; of two under one id the first."""
        found: dict[str, tuple[Piece, Piece]] = {}
        for name, section in _pairs(self.pieces):
            for id, piece in _pairs(section) if name.text == "agreements" else ():
                if id.kind == SCALAR:
                    found.setdefault(id.text, (section, piece))
        return found

    @cached_property
    def lines(self) -> list[int]:
        """Where its lines begin."""
        return line_starts(self.text)

    def position(self, at: int) -> tuple[int, int]:
        """The line and column of an offset."""
        line = bisect_right(self.lines, at)
        return line, at - self.lines[line - 1] + 1

    def place(self, edit: Edit) -> Place:
        """An edit's place in the text."""
        first, last = line_start(self.text, edit.start), line_end(self.text, edit.end)
        span = Span(self.file, *self.position(edit.start), *self.position(edit.end))
        now = self.text[first : edit.start] + edit.text + self.text[edit.end : last]
        return Place(span, with_plain_breaks(self.text[first:last]), with_plain_breaks(now))


@dataclass(frozen=True)
class Manuscript:
    """The pages of a catalogue, to be changed value by value."""

    pages: Mapping[str, Page]
    metrics: Mapping[str, Metric] = field(default_factory=lambda: BUILT_IN)

    @classmethod
    def of(cls, texts: Mapping[str, str], metrics: Mapping[str, Metric] = BUILT_IN) -> Manuscript:
        """The manuscript of decoded texts, by file."""
        return cls({file: Page(file, text) for file, text in texts.items()}, metrics)

    def place(self, change: Change) -> Place:
        """Where a change is to be made and what to write there; raises `CannotEdit`."""
        return self._page(change.agreement).place(self._edit(change))

    def after(self, change: Change) -> tuple[Manuscript, Place]:
        """The manuscript with a change made, read again to see that it says what is meant; and the change's place."""
        page, edit = self._page(change.agreement), self._edit(change)
        pages = {**self.pages, page.file: Page(page.file, edit.applied(page.text))}
        changed = Manuscript(pages, self.metrics)
        meant = {**self._bodies, change.agreement: self._overridden(change)[1]}
        if meant.keys() != changed._bodies.keys() or not all(_same(body, changed._bodies[id]) for id, body in meant.items()):
            raise CannotEdit(f"{change.agreement}: its text is laid out so that the change would not be read as it is meant")
        return changed, page.place(edit)

    # --- what is written ------------------------------------------------------------------------------------------

    @cached_property
    def _sections(self) -> dict[str, tuple[str, Definition]]:
        """Plans and agreements by id, each with its section; of two under one id the first is read."""
        found: dict[str, tuple[str, Definition]] = {}
        for section, definition in (pair for page in self.pages.values() for pair in page.definitions):
            found.setdefault(definition.id, (section, definition))
        return found

    @cached_property
    def _bodies(self) -> dict[str, MappingNode | None]:
        """What each says with all that it inherits."""
        heirs = Heirs({id: definition for id, (_, definition) in self._sections.items()}, Reading()).resolved()
        return {id: heirs.body(id) for id in self._sections}

    @cached_property
    def _heirs(self) -> dict[str, list[str]]:
        """Who extends whom."""
        found: dict[str, list[str]] = {}
        for id, (_, definition) in self._sections.items():
            if parent := _parent(definition.node):
                found.setdefault(parent, []).append(id)
        return found

    def _page(self, agreement: str) -> Page:
        section, definition = self._sections.get(agreement, ("", None))
        if section != "agreements" or definition is None:
            raise CannotEdit(f"{agreement}: there is no such agreement")
        return self.pages[definition.at.file]

    # --- one change -----------------------------------------------------------------------------------------------

    def _edit(self, change: Change) -> Edit:
        """The characters of the agreement's page to be replaced."""
        page = self._page(change.agreement)
        rewriter = Rewriter(page.text, page.repeated)
        try:
            definition, body = self._overridden(change)
            self._leave_heirs(change.agreement, body)
            return rewriter.edit(self._sections[change.agreement][1].node, definition, _written(change.agreement, page, rewriter))
        except CannotEdit as error:
            raise CannotEdit(f"{change.agreement}: {error}") from None

    def _overridden(self, change: Change) -> tuple[MappingNode, MappingNode]:
        """The definition with the change in it, and all that it then says."""
        own = self._sections[change.agreement][1].node
        if not isinstance(own, MappingNode) or self._bodies[change.agreement] is None:
            raise CannotEdit("it cannot be read")
        parent = self._bodies[parent_id] if (parent_id := _parent(own)) else None
        inherited = inherit(parent, NOTHING) if parent else NOTHING
        metric = self.metrics.get(str(change.path[1])) if len(change.path) > 1 else None
        definition = Override(change.value, _bound(metric)).definition(own, inherited, change.path)
        return definition, inherit(inherited, definition)

    def _leave_heirs(self, id: str, body: MappingNode) -> None:
        """Refuse what would change an agreement that extends this one."""
        todo = [(id, body)]
        while todo:
            above, body = todo.pop()
            for heir in self._heirs.get(above, ()):
                section, definition = self._sections[heir]
                if not isinstance(definition.node, MappingNode):
                    continue
                after = inherit(body, definition.node)
                if not _same(self._bodies[heir], after):
                    if section == "agreements":
                        raise CannotEdit(f"{heir} extends it, and would change with it")
                    todo.append((heir, after))


def _written(id: str, page: Page, rewriter: Rewriter) -> Piece:
    """The piece that writes an agreement's definition, itself and all around it written for this place alone."""
    if page.pieces is None:
        raise CannotEdit(f"{page.file} cannot be read to its end")
    if id not in page.written:
        raise CannotEdit("it is not written out in its own place")
    section, found = page.written[id]
    rewriter.once(page.pieces)
    rewriter.once(section)
    return found


def _pairs(piece: Piece | None) -> Iterator[tuple[Piece, Piece]]:
    """A mapping's keys and what is written under each."""
    children = piece.children if piece and piece.kind == MAPPING else ()
    return zip(children[::2], children[1::2], strict=True)


def _parent(node: Node) -> str | None:
    named = node.get("extends") if isinstance(node, MappingNode) else None
    return named.text if isinstance(named, Scalar) else None


def _bound(metric: Metric | None) -> str:
    """The key that one value alone stands for in a target."""
    if metric is None or metric.type == "time":
        return "within"
    return "at_least" if metric.better == "higher" else "at_most"


def _same(one: Node | None, other: Node | None) -> bool:
    """Whether two trees say the same, wherever they are written."""
    if isinstance(one, MappingNode) and isinstance(other, MappingNode):
        values = {entry.key.text: entry.value for entry in other.entries}
        return len(one.entries) == len(values) and all(_same(e.value, values.get(e.key.text)) for e in one.entries)
    if isinstance(one, SequenceNode) and isinstance(other, SequenceNode):
        return len(one.items) == len(other.items) and all(map(_same, one.items, other.items))
    if isinstance(one, Scalar) and isinstance(other, Scalar):
        return one.text == other.text and one.empty == other.empty
    return one is other
