"""`extends`: plans and agreements merged as they were written, so that every value keeps its place (section 4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from slachain.language.findings import Note
from slachain.language.nodes import Entry, Mapping as MappingNode, Node, Scalar
from slachain.language.shapes import Reading, nearest
from slachain.language.source import Span
from slachain.language.targets import is_target

NOT_INHERITED = ("accept", "term", "title", "end_to_end", "extends")


@dataclass(frozen=True, slots=True)
class Definition:
    """One entry of a section: its id's place and its body."""

    id: str
    at: Span
    node: Node


@dataclass(slots=True)
class Heirs:
    """Resolves `extends` over plans and agreements, each once."""

    definitions: Mapping[str, Definition]
    reading: Reading
    unfinished: str = ""
    resolved: dict[str, MappingNode | None] = field(default_factory=dict)

    def resolve(self, id: str, path: tuple[str, ...] = ()) -> MappingNode | None:
        """The whole body of a definition; None where what it extends cannot be had."""
        if id not in self.resolved:
            self.resolved[id] = self._merged(id, path)
        return self.resolved[id]

    def _merged(self, id: str, path: tuple[str, ...]) -> MappingNode | None:
        node = self.definitions[id].node
        if not isinstance(node, MappingNode):
            self.reading.owner = id
            self.reading.malformed(f"'{id}' is a mapping of its clauses", node.span)
            return None
        parent = node.get("extends")
        if not isinstance(parent, Scalar) or parent.empty or parent.reported:
            return node
        if parent.text not in self.definitions:
            self._unknown(id, parent)
            return None
        if parent.text in (*path, id):
            self._circle(id, parent, (*path, id))
            return None
        inherited = self.resolve(parent.text, (*path, id))
        return inherit(inherited, node) if inherited else None

    def _unknown(self, id: str, parent: Scalar) -> None:
        self.reading.owner = id
        known = nearest(parent.text, self.definitions)
        self.reading.report("SC104", f"there is no plan or agreement '{parent.text}'{known}{self.unfinished}", parent.span)

    def _circle(self, id: str, parent: Scalar, path: tuple[str, ...]) -> None:
        circle = path[path.index(parent.text) :]
        notes = []
        for member in circle[:-1]:
            body = self.definitions[member].node
            extends = body.get("extends") if isinstance(body, MappingNode) else None
            if extends:
                notes.append(Note(f"{member} extends it in turn", extends.span))
        self.reading.owner = id
        self.reading.report("SC105", f"a circle of extends: {' -> '.join((*circle, parent.text))}", parent.span, *notes)


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
