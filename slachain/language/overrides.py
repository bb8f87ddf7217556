"""An agreement's definition with another value in it, as a tree: what must be written so that only this value changes.

What an agreement inherits is never changed where it stands. Mappings are merged with it, so that one key is enough; a target,
a calendar written in place and a list are replaced whole, and are copied with the change in them.
"""

from __future__ import annotations

from collections.abc import Callable

from slachain.language.chains import GROUPS
from slachain.language.model import ANY
from slachain.language.nodes import Entry, Mapping, Node, Scalar, Sequence
from slachain.language.source import Span
from slachain.language.targets import is_target
from slachain.language.values import dataclass

NOWHERE = Span("", 0, 0, 0, 0)
NOTHING = Mapping((), NOWHERE)

Path = tuple[str | int, ...]


class CannotEdit(Exception):
    """A value cannot be changed in the text alone; the message says why, for people."""


@dataclass(frozen=True, slots=True)
class Override:
    """Sets a value; `bound` is the key that one value alone stands for in a target: `within`, `at_least` or `at_most`."""

    value: str
    bound: str

    def definition(self, own: Mapping, inherited: Mapping, path: Path) -> Mapping:
        """The definition, of which `own` is written and `inherited` comes from what it extends, with the value at a path."""
        key = str(path[0])
        mine, theirs = own.get(key), inherited.get(key)
        if key == "targets" and len(path) > 2:
            return _with_entry(own, key, self.targets(mine, theirs, str(path[1]), str(path[2]), path[3:]))
        if key == "relies_on" and len(path) > 2:
            return _with_entry(own, key, _with_item(mine or theirs, path[1], lambda item: self.route(item, path[2:], None)))
        if key == "calendar":
            mine, theirs = mine or theirs, None
        return _with_entry(own, key, self.clause(mine, theirs, path[1:]))

    @property
    def scalar(self) -> Scalar:
        """The value itself."""
        return _text(self.value)

    def clause(self, own: Node | None, inherited: Node | None, rest: Path) -> Node:
        """Anything that is merged as plain maps are."""
        if not rest:
            return self.scalar
        if isinstance(rest[0], int):
            return _with_item(own or inherited, rest[0], lambda item: self.clause(item, None, rest[1:]))
        mine, theirs = _mapping(own), inherited if isinstance(inherited, Mapping) else NOTHING
        return _with_entry(mine, rest[0], self.clause(mine.get(rest[0]), theirs.get(rest[0]), rest[1:]))

    # --- targets --------------------------------------------------------------------------------------------------

    def targets(self, own: Node | None, inherited: Node | None, metric: str, priority: str, rest: Path) -> Node:
        """The targets by metric."""
        mine, theirs = _mapping(own), inherited if isinstance(inherited, Mapping) else NOTHING
        return _with_entry(mine, metric, self.priorities(mine.get(metric), theirs.get(metric), priority, rest))

    def priorities(self, own: Node | None, inherited: Node | None, priority: str, rest: Path) -> Node:
        """The targets of one metric: one for every priority, or by priority."""
        if own is None and inherited is not None and _single(inherited):
            own, inherited = inherited, None
        if own is not None and _single(own):
            return self.split(own, inherited, priority, rest)
        mine = _mapping(own)
        theirs = inherited if isinstance(inherited, Mapping) and not _single(inherited) else NOTHING
        if not mine.entries and not theirs.entries and priority == ANY:
            return self.target(None, rest)
        known = (mine.get(priority), theirs.get(priority), mine.get(ANY), theirs.get(ANY))
        return _with_entry(mine, priority, self.target(next((node for node in known if node), None), rest))

    def split(self, own: Node, inherited: Node | None, priority: str, rest: Path) -> Node:
        """One target for every priority: changed for all of them, or beside one for a single priority."""
        if priority == ANY:
            return self.target(own, rest)
        if isinstance(inherited, Mapping) and not _single(inherited):
            back = sorted({entry.key.text for entry in inherited.entries} - {priority, ANY})
            if back:
                raise CannotEdit(
                    f"one target is written for every priority: beside one for {priority}, those inherited for {', '.join(back)} would return"
                )
        return Mapping((Entry(_text(priority), self.target(own, rest)), Entry(_text(ANY), own)), own.span)

    def target(self, node: Node | None, rest: Path) -> Node:
        """One target, or one of several alternatives."""
        if not rest:
            return self.scalar
        key = rest[0]
        if isinstance(key, int):
            return _with_item(node, key, lambda item: self.target(item, rest[1:]))
        if key == self.bound and (node is None or isinstance(node, Scalar)):
            return self.scalar
        if node is None:
            raise CannotEdit(f"there is no target whose '{key}' could be set")
        if isinstance(node, Sequence):
            raise CannotEdit("the target has several alternatives: say which of them")
        mine = node if isinstance(node, Mapping) else Mapping((Entry(_text(self.bound), node),), NOWHERE)
        return _with_entry(mine, key, self.clause(mine.get(key), None, rest[1:]))

    # --- what it relies on ----------------------------------------------------------------------------------------

    def route(self, node: Node, rest: Path, handed_down: Node | None) -> Node:
        """An item, a member or a group; `handed_down` is the `after` of the group around it, which a member's own replaces."""
        key = str(rest[0])
        mine = node if isinstance(node, Mapping) else Mapping((Entry(_text("agreement"), node),), NOWHERE)
        after = mine.get("after") or handed_down
        if key in GROUPS and len(rest) > 2:
            return _with_entry(mine, key, _with_item(mine.get(key), rest[1], lambda inner: self.route(inner, rest[2:], after)))
        if key == "after" and len(rest) > 1:
            return _with_entry(mine, key, self.after(after, str(rest[1])))
        return _with_entry(mine, key, self.clause(mine.get(key), None, rest[1:]))

    def after(self, node: Node | None, priority: str) -> Node:
        """A hand-over time: one for every priority, or by priority."""
        if priority == ANY and not isinstance(node, Mapping):
            return self.scalar
        if isinstance(node, Scalar):
            return Mapping((Entry(_text(priority), self.scalar), Entry(_text(ANY), node)), NOWHERE)
        mine = _mapping(node)
        return _with_entry(mine, priority, self.scalar)


def _single(node: Node) -> bool:
    """Whether targets of a metric are one for every priority."""
    return not isinstance(node, Mapping) or is_target(node)


def _mapping(node: Node | None) -> Mapping:
    if node is None:
        return NOTHING
    if not isinstance(node, Mapping):
        raise CannotEdit("a mapping belongs where something else stands")
    return node


def _text(text: str) -> Scalar:
    """A key or a value that stands nowhere yet."""
    return Scalar(text, False, NOWHERE)


def _with_entry(node: Mapping, key: str, value: Node) -> Mapping:
    """The mapping with a value under a key: in its place, or at the end."""
    if node.entry(key) is None:
        return Mapping((*node.entries, Entry(_text(key), value)), node.span)
    return Mapping(tuple(Entry(e.key, value) if e.key.text == key else e for e in node.entries), node.span)


def _with_item(node: Node | None, index: str | int, change: Callable[[Node], Node]) -> Sequence:
    """The list with one item changed."""
    if not isinstance(node, Sequence) or not isinstance(index, int) or not 0 <= index < len(node.items):
        raise CannotEdit(f"there is no list with an item {index} here")
    return Sequence((*node.items[:index], change(node.items[index]), *node.items[index + 1 :]), node.span)
