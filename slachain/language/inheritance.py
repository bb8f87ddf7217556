"""`extends`: plans and agreements merged as they were written, so that every value keeps its place (section 4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from slachain.language.circles import MOST_SHOWN, Circle, walk
from slachain.language.findings import Note
from slachain.language.model import Written
from slachain.language.nodes import Entry, Node, Scalar, Sequence
from slachain.language.nodes import Mapping as MappingNode
from slachain.language.shapes import Reading, is_identifier, kind_of
from slachain.language.source import Span
from slachain.language.targets import is_target

NOT_INHERITED = ("accept", "term", "title", "end_to_end", "extends")
MOST_HANDED_DOWN = 1_000_000


@dataclass(frozen=True, slots=True)
class Definition:
    """One entry of a section: its id's place and its body."""

    id: str
    at: Span
    node: Node


@dataclass(slots=True)
class Heirs:
    """Resolves `extends` over plans and agreements."""

    definitions: Mapping[str, Definition]
    reading: Reading
    unfinished: str = ""
    handed_down: int = 0

    def bodies(self) -> dict[str, MappingNode | None]:
        """The whole body of each definition; None where what it extends cannot be had."""
        parents = {id: self.parent(definition.node) for id, definition in self.definitions.items()}
        walked = walk({id: (parent,) if parent else () for id, parent in parents.items()})
        for circle in walked.circles:
            self.circle(circle, parents)
        found: dict[str, MappingNode | None] = {}
        sizes: dict[str, int] = {}
        for id in walked.order:
            found[id] = self.body(id, parents[id], found, sizes)
        return found

    def parent(self, node: Node) -> Written[str] | None:
        """The name in `extends`, where one can be read; what else stands there is told with the other clauses."""
        named = node.get("extends") if isinstance(node, MappingNode) else None
        if not isinstance(named, Scalar) or named.empty or not is_identifier(named.text):
            return None
        return Written(named.text, named.text, named.span)

    def body(
        self, id: str, parent: Written[str] | None, found: Mapping[str, MappingNode | None], sizes: dict[str, int]
    ) -> MappingNode | None:
        """One definition's whole body, once what it extends has its own."""
        node = self.definitions[id].node
        self.reading.owner = id
        if not isinstance(node, MappingNode):
            if not (isinstance(node, Scalar) and node.reported):
                self.reading.malformed(f"'{id}' is a mapping of its clauses, not {kind_of(node)}", node.span)
            return None
        if parent is None:
            return None if node.entry("extends") else node
        if parent.value not in self.definitions:
            known = self.reading.nearest(parent.value, self.definitions, but=id)
            self.reading.report("SC104", f"there is no plan or agreement '{parent.value}'{known}{self.unfinished}", parent.at)
            return None
        inherited = found.get(parent.value)  # None for one that cannot be had, or that comes later in a circle
        if inherited is None or self.too_much(parent, inherited, sizes):
            return None
        return inherit(inherited, node)

    def too_much(self, parent: Written[str], inherited: MappingNode, sizes: dict[str, int]) -> bool:
        """Whether all that is handed down has grown out of all proportion to what is written."""
        if parent.value not in sizes:
            sizes[parent.value] = _size(inherited)
        told = self.handed_down > MOST_HANDED_DOWN
        self.handed_down += sizes[parent.value]
        if self.handed_down > MOST_HANDED_DOWN and not told:
            message = f"the plans of this catalogue hand down more than {MOST_HANDED_DOWN:,} values: extend less"
            self.reading.malformed(message, parent.at)
        return self.handed_down > MOST_HANDED_DOWN

    def circle(self, circle: Circle, parents: Mapping[str, Written[str] | None]) -> None:
        """Report a circle at the reference that closes it, with every other one beside it."""
        self.reading.owner = circle.members[-1]
        pairs = ((id, parents[id]) for id in circle.members[:-1][:MOST_SHOWN])
        notes = [Note(f"{id} extends it in turn", parent.at) for id, parent in pairs if parent]
        self.reading.report("SC105", f"a circle of extends: {circle}", circle.closing.at, *notes)


def _size(node: Node) -> int:
    """How many values a node holds, itself included."""
    if isinstance(node, MappingNode):
        return 1 + sum(_size(entry.value) for entry in node.entries)
    return 1 + sum(map(_size, node.items)) if isinstance(node, Sequence) else 1


def inherit(parent: MappingNode, child: MappingNode) -> MappingNode:
    """The child over what it extends, less what is not inherited."""
    kept = tuple(e for e in parent.entries if e.key.text not in NOT_INHERITED)
    return _merge(MappingNode(kept, parent.span), child, ())


def _merge(parent: MappingNode, child: MappingNode, path: tuple[str, ...]) -> MappingNode:
    own = {entry.key.text: entry for entry in child.entries}
    merged = [_over(entry, own.pop(entry.key.text), path) if entry.key.text in own else entry for entry in parent.entries]
    return MappingNode((*merged, *own.values()), child.span)


def _over(parent: Entry, child: Entry, path: tuple[str, ...]) -> Entry:
    path = (*path, child.key.text)
    if not isinstance(parent.value, MappingNode) or not isinstance(child.value, MappingNode) or _whole(path, parent.value, child.value):
        return child
    return Entry(child.key, _merge(parent.value, child.value, path))


def _whole(path: tuple[str, ...], parent: MappingNode, child: MappingNode) -> bool:
    """A single target and a calendar written in place are replaced whole."""
    if path == ("calendar",):
        return True
    if path[0] != "targets":
        return False
    return len(path) > 2 or (len(path) == 2 and (is_target(parent) or is_target(child)))
