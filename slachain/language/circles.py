"""What refers to what: an order in which everything comes after what it refers to, and the circles in the way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from slachain.language.model import Written
from slachain.language.values import dataclass, field

MOST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Circle:
    """Names that refer to one another in a circle, and the reference that closes it."""

    members: tuple[str, ...]
    closing: Written[str]

    def __str__(self) -> str:
        shown = self.members
        if len(shown) > MOST_SHOWN:
            left_out = f"({len(shown) - MOST_SHOWN:,} more)"
            shown = (*shown[: MOST_SHOWN // 2], left_out, *shown[-MOST_SHOWN // 2 :])
        return " -> ".join((*shown, self.members[0]))


@dataclass(slots=True)
class Walk:
    """Depth first through references, without recursion: a chain may be as long as a file."""

    references: Mapping[str, Sequence[Written[str]]]
    order: list[str] = field(default_factory=list)
    circles: list[Circle] = field(default_factory=list)
    depth: dict[str, int] = field(default_factory=dict)  # of what is on the path
    path: list[str] = field(default_factory=list)
    left: list[Iterator[Written[str]]] = field(default_factory=list)
    done: set[str] = field(default_factory=set)
    in_circle: set[str] = field(default_factory=set)

    def through(self) -> Walk:
        """The walk from every name, in the order given."""
        for start in self.references:
            if start in self.done:
                continue
            if all(map(self.is_done, self.references[start])):  # as of most: there is no path to go
                self.done.add(start)
                self.order.append(start)
                continue
            self.enter(start)
            while self.path:
                self.step()
        return self

    def is_done(self, reference: Written[str]) -> bool:
        """Whether there is nothing to do for a reference: it leads to what is done, or to nothing that is defined."""
        return reference.value in self.done or reference.value not in self.references

    def enter(self, name: str) -> None:
        """Go one name deeper."""
        self.depth[name] = len(self.path)
        self.path.append(name)
        self.left.append(iter(self.references[name]))

    def step(self) -> None:
        """Follow the next reference of the name that the path ends at."""
        reference = next(self.left[-1], None)
        if reference is None:
            self.leave()
        elif reference.value in self.depth:
            self.close(reference)
        elif reference.value in self.references and reference.value not in self.done:
            self.enter(reference.value)

    def leave(self) -> None:
        """Turn back: everything that the name refers to comes before it in the order."""
        self.left.pop()
        name = self.path.pop()
        del self.depth[name]
        self.done.add(name)
        self.order.append(name)

    def close(self, reference: Written[str]) -> None:
        """Keep a circle that shares no member with another: whoever mends that one sees the next, and the cost stays linear."""
        if self.path[-1] in self.in_circle or reference.value in self.in_circle:
            return
        members = tuple(self.path[self.depth[reference.value] :])
        if self.in_circle.isdisjoint(members):
            self.in_circle.update(members)
            self.circles.append(Circle(members, reference))


def walk(references: Mapping[str, Sequence[Written[str]]]) -> Walk:
    """The order and the circles of these references; names that nothing defines are passed over."""
    return Walk(references).through()
