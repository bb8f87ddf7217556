"""Where a key or an item of a section stands in the files: of values that are read without their places."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from slachain.language.catalogue import Catalogue
from slachain.language.composer import compose
from slachain.language.nodes import Mapping, Node, Scalar, Sequence
from slachain.language.source import Span
from slachain.language.values import dataclass


@dataclass(eq=False)
class Places:
    """The files of a catalogue as trees, read again when the first place is asked for."""

    catalogue: Catalogue

    @cached_property
    def roots(self) -> tuple[Node, ...]:
        """The tree of each file, in their order."""
        trees = (compose("\n".join(source.lines), file)[0] for file, source in self.catalogue.sources.items())
        return tuple(tree for tree in trees if tree is not None)

    def of(self, path: tuple[str, ...]) -> Span | None:
        """The place of the last key or item of a path, or of as much of it as is written; None where its section is nowhere."""
        found = [place for root in self.roots for place in _along(root, path)]
        return max(found, key=lambda one: one[0])[1] if found else None


def _along(node: Node, path: tuple[str, ...], depth: int = 0) -> Iterator[tuple[int, Span]]:
    """How many steps of a path are found, and where; a map that is written twice is followed twice."""
    if not path:
        return
    if isinstance(node, Mapping):
        for entry in node.entries:
            if entry.key.text == path[0]:
                yield depth + 1, entry.key.span if isinstance(entry.value, (Mapping, Sequence)) else entry.value.span
                yield from _along(entry.value, path[1:], depth + 1)
    if isinstance(node, Sequence):
        yield from ((depth + 1, item.span) for item in node.items if isinstance(item, Scalar) and item.text == path[0])
