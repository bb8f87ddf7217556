"""What a picture of the chain is to show, before anything has a place: nodes with words, ties between them, and a table of these."""

from __future__ import annotations

from slachain.language.values import dataclass
from slachain.render.lettering import PLAIN

CUSTOMER, TEAM, VENDOR, GROUP = "c", "t", "v", "g"  # shapes, and classes in graph.css
FAILS, ON_THE_WAY, ASIDE, BREAKS, OTHER_METRIC = "f", "w", "o", "k", "x"  # marks of nodes and ties, and classes in graph.css


@dataclass(frozen=True, slots=True)
class Words:
    """A text in a node, plain, bold or quiet, on at most so many `lines`."""

    text: str
    kind: str = PLAIN
    lines: int = 1


@dataclass(frozen=True, slots=True)
class Node:
    """A node on a rank, 0 the uppermost: `marks` are classes beside its shape, `link` leads to where it is told (empty: nowhere).

    Its words are cut where they are wider than `widest` px. One that `leads` stands left of the others, where a phone shows it first.
    """

    shape: str
    rank: int
    words: tuple[Words, ...]
    marks: str = ""
    link: str = ""
    widest: int = 180
    leads: bool = False


@dataclass(frozen=True, slots=True)
class Tie:
    """An arrow between two nodes, by their places; `weight` is how much it wants to be short and straight.

    A `free` one may arrive from the side, out of the way of others.
    """

    tail: int
    head: int
    label: str
    marks: str = ""
    weight: int = 1
    free: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """An arrow in words: from whom to whom, handed over within, for which share, and the promises that break this way.

    The `remark` tells the group it stands in, and for which metrics alone it holds.
    """

    start: str
    to: str
    hand_over: str
    share: str
    breaks: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Key:
    """What a shape or kind of line stands for."""

    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Sketch:
    """A whole picture. `tone` is the verdict it is about, empty for none; `layers` name ranks from above.

    In an `upright` one all lines leave in the middle below: many of them are told apart more easily so.
    """

    tone: str
    title: str
    description: str
    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]
    rows: tuple[Row, ...]
    keys: tuple[Key, ...]
    notes: tuple[str, ...]
    layers: tuple[tuple[int, str], ...] = ()
    upright: bool = False


KEYS = {
    CUSTOMER: "customer",
    TEAM: "team",
    VENDOR: "vendor",
    FAILS: "✗ on the way of a promise that cannot be kept",
    ON_THE_WAY: "on the way of this promise",
    OTHER_METRIC: "relied on for other metrics alone",
}
JUDGED = Key("s", "✗ gaps · ? unsupported · ≈ tolerated · ✓ kept promises")
HAND_OVER = Key("h", "30m · 15%: handed over within 30m, for 15% of the tickets")


def keys_of(nodes: tuple[Node, ...], ties: tuple[Tie, ...], *, labelled: bool) -> tuple[Key, ...]:
    """What is to be explained: the shapes and marks that occur, and how labels are read."""
    occurring = {node.shape for node in nodes} | {mark for tie in ties for mark in tie.marks.split()}
    keys = tuple(Key(kind, words) for kind, words in KEYS.items() if kind in occurring)
    return (*keys, HAND_OVER) if labelled else keys
