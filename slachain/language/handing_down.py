"""What is handed down to many is read for the first of them: to read it again would tell the same."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from slachain.language.nodes import Node
from slachain.language.shapes import Reading, Shape
from slachain.language.values import dataclass, field


@dataclass(slots=True)
class HandedDown:
    """The nodes (by identity) that are inherited as they are, and what they were read as.

    Each with the number of problems in it: they are told once, and are every heir's.
    """

    shared: set[int] = field(default_factory=set)
    values: dict[tuple[int, Hashable], tuple[Any, int]] = field(default_factory=dict)

    def read(self, node: Node, clause: Hashable, reading: Reading, read: Callable[[], Any]) -> Any:
        """What a node is read as in a clause: an alias may stand in several."""
        if id(node) not in self.shared:
            return read()
        known = self.values.get((id(node), clause))
        if known is None:
            before = reading.problems
            value = read()
            self.values[id(node), clause] = value, reading.problems - before
            return value
        reading.problems += known[1]
        return known[0]

    def once(self, clause: str, shape: Shape) -> Shape:
        """A clause's shape that reads what is inherited once."""
        return lambda node, reading: self.read(node, clause, reading, lambda: shape(node, reading))
