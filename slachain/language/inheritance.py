"""`extends`: plans and agreements merged as they were written, so that every value keeps its place (section 4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from slachain.language.circles import MOST_SHOWN, Circle, walk
from slachain.language.findings import Note
from slachain.language.lineage import Lineage
from slachain.language.model import Written
from slachain.language.nodes import Entry, Node, Scalar, Sequence
from slachain.language.nodes import Mapping as MappingNode
from slachain.language.shapes import Reading, is_identifier, kind_of
from slachain.language.source import Span
from slachain.language.targets import is_target
from slachain.language.values import dataclass, field

NOT_INHERITED = ("accept", "term", "title", "end_to_end", "extends")
ORDINARY = 250  # values in a plan: so many may be handed down to however many agreements are written
MOST_HANDED_DOWN = 1_000_000  # beyond those


class Defined(Protocol):
    """One entry of a section: its id's place, its body, and what stands in `extends`."""

    @property
    def id(self) -> str:
        """What it is called."""

    @property
    def file(self) -> str:
        """The file in which it is written."""

    @property
    def at(self) -> Span:
        """Where its id stands."""

    @property
    def node(self) -> Node:
        """What it says."""

    @property
    def extends(self) -> Node | None:
        """What stands in `extends`; None where that is not written."""


@dataclass(frozen=True, slots=True)
class Definition:
    """One that was read as a tree."""

    id: str
    at: Span
    node: Node

    @property
    def file(self) -> str:
        """The file in which it is written."""
        return self.at.file

    @property
    def extends(self) -> Node | None:
        """What stands in `extends`; None where that is not written."""
        return self.node.get("extends") if isinstance(self.node, MappingNode) else None


@dataclass(slots=True)
class Heirs:
    """Resolves `extends` over plans and agreements."""

    definitions: Mapping[str, Defined]
    reading: Reading
    unfinished: str = ""
    handed_down: int = 0
    parents: dict[str, Written[str] | None] = field(default_factory=dict)
    sound: set[str] = field(default_factory=set)  # what they extend, if anything, can be had
    extended: dict[str, MappingNode | None] = field(default_factory=dict)  # the bodies of those that others extend
    sizes: dict[int, int] = field(default_factory=dict)

    def resolved(self) -> Heirs:
        """These, with a finding for each circle and each name that is not there."""
        self.parents = {id: self.parent(definition) for id, definition in self.definitions.items()}
        extended = {parent.value for parent in self.parents.values() if parent}
        walked = walk({id: (parent,) if parent else () for id, parent in self.parents.items()})
        for circle in walked.circles:
            self.circle(circle, self.parents)
        for id in walked.order:
            self.reading.owner = id
            if self.stands(id, self.parents[id]):
                self.sound.add(id)
            if id in extended:
                self.extended[id] = self.body(id)
        return self

    def lineage(self) -> Lineage:
        """Where each is written, and what it extends."""
        files = {id: definition.file for id, definition in self.definitions.items()}
        return Lineage(files, {id: parent.value for id, parent in self.parents.items() if parent})

    def parent(self, definition: Defined) -> Written[str] | None:
        """The name in `extends`, where one can be read; what else stands there is told with the other clauses."""
        named = definition.extends
        if not isinstance(named, Scalar) or named.empty or not (named.text in self.definitions or is_identifier(named.text)):
            return None
        return Written(named.text, named.text, named.span)

    def stands(self, id: str, parent: Written[str] | None) -> bool:
        """Whether a definition is a mapping, and what it extends, if anything, has its body."""
        definition = self.definitions[id]
        if isinstance(definition, Definition) and not isinstance(node := definition.node, MappingNode):
            if not (isinstance(node, Scalar) and node.reported):
                self.reading.malformed(f"'{id}' is a mapping of its clauses, not {kind_of(node)}", node.span)
            return False
        if parent is None:
            return definition.extends is None
        if parent.value not in self.definitions:
            known = self.reading.nearest(parent.value, self.definitions, but=id)
            self.reading.report("SC104", f"there is no plan or agreement '{parent.value}'{known}{self.unfinished}", parent.at)
            return False
        inherited = self.extended.get(parent.value)  # None for one that cannot be had, or that comes later in a circle
        return inherited is not None and not self.too_much(parent, inherited)

    def body(self, id: str) -> MappingNode | None:
        """All that a definition says, what it inherits included; None where what it extends cannot be had."""
        if id in self.extended:
            return self.extended[id]
        node, parent = self.definitions[id].node, self.parents[id]
        if id not in self.sound or not isinstance(node, MappingNode):
            return None
        if parent is None:
            return node
        inherited = self.extended[parent.value]
        return inherit(inherited, node) if inherited else None

    def too_much(self, parent: Written[str], inherited: MappingNode) -> bool:
        """Whether all that is handed down has grown out of all proportion to what is written."""
        told = self.handed_down > MOST_HANDED_DOWN
        self.handed_down += max(0, self.size(inherited) - ORDINARY)
        if self.handed_down > MOST_HANDED_DOWN and not told:
            message = f"the plans of this catalogue hand down more than {MOST_HANDED_DOWN:,} values: extend less"
            self.reading.malformed(message, parent.at)
        return self.handed_down > MOST_HANDED_DOWN

    def shared(self) -> set[int]:
        """The values, by identity, that mean the same to whoever inherits them as they are: clauses, and targets of one metric."""
        found: set[int] = set()
        for body in self.extended.values():
            for entry in body.entries if body else ():
                if id(entry.value) in found:
                    continue
                if entry.key.text == "targets" and isinstance(entry.value, MappingNode):
                    found.update(id(target.value) for target in entry.value.entries if not _has_calendar(target))
                found.add(id(entry.value))
        return found

    def size(self, node: Node) -> int:
        """How many values a node of an inherited body holds, itself included."""
        if isinstance(node, Scalar):
            return 1
        if id(node) not in self.sizes:
            inner = node.items if isinstance(node, Sequence) else tuple(entry.value for entry in node.entries)
            self.sizes[id(node)] = 1 + sum(map(self.size, inner))
        return self.sizes[id(node)]

    def circle(self, circle: Circle, parents: Mapping[str, Written[str] | None]) -> None:
        """Report a circle at the reference that closes it, with every other one beside it."""
        self.reading.owner = circle.members[-1]
        pairs = ((id, parents[id]) for id in circle.members[:-1][:MOST_SHOWN])
        notes = [Note(f"{id} extends it in turn", parent.at) for id, parent in pairs if parent]
        self.reading.report("SC105", f"a circle of extends: {circle}", circle.closing.at, *notes)


def _has_calendar(entry: Entry) -> bool:
    """Whether a calendar, which would be the heir's own, is written in place somewhere in a target."""
    if isinstance(entry.value, Scalar):
        return False
    if isinstance(entry.value, MappingNode) and entry.key.text in ("calendar", "opened_in"):
        return True
    inner = (entry.value,) if isinstance(entry.value, MappingNode) else entry.value.items
    return any(_has_calendar(within) for node in inner if isinstance(node, MappingNode) for within in node.entries)


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
