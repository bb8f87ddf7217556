"""Where the nodes and curves of a picture go: Graphviz `dot`, run inside this process by pygraphviz.

Nothing of a catalogue gets there: nodes are numbers with sizes, labels are empty boxes, so no text can be taken for syntax
and no font of the machine moves anything. A px is one of Graphviz's points. Graphviz is not safe in threads, hence the lock.
"""

from __future__ import annotations

import json
import re
from functools import cache, lru_cache
from itertools import pairwise
from threading import Lock
from typing import Any

from slachain.language.values import dataclass

INCH = 72
BETWEEN_NODES = 18  # px
BETWEEN_RANKS = (44, 110)  # px, at least and at most
LABEL_ABOVE = 12  # px from a straight line up to the middle of its label
STRAIGHT_DOWN = 50  # how hard the plumb line pulls
PER_LINE = 0.25  # px that every line puts between the ranks, so that many of them do not run flat
LABEL = (
    '<<TABLE BORDER="0" CELLBORDER="0" CELLPADDING="0" CELLSPACING="0" FIXEDSIZE="TRUE" WIDTH="{}" HEIGHT="{}"><TR><TD></TD></TR></TABLE>>'
)
KEPT = 512  # layouts in memory: a report draws some hundred pictures, many of them alike

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Frame:
    """The room that a node takes, in px, and its rank: 0 is on top. In its rank, one that `leads` stands left of those that do not.

    Where any leads, those that do so alone in their ranks stand under one another, at the left of the picture. A line leaves a
    `round` one in the middle below.
    """

    width: int
    height: int
    rank: int
    leads: bool = False
    round: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """What joins two nodes, by their places: the room for its label in px, and how hard it pulls (`weight`) at the layout.

    A `free` one arrives wherever it meets the other's box, else it does in the middle above.
    """

    tail: int
    head: int
    label: tuple[int, int] | None
    weight: int = 1
    free: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be laid out; `upright` where all lines leave in the middle below. Equal plans are laid out once."""

    frames: tuple[Frame, ...]
    lines: tuple[Line, ...]
    upright: bool


@dataclass(frozen=True, slots=True)
class Curve:
    """Cubic Bézier curves through every third point, the tip of the arrow, and the middle of the label."""

    points: tuple[Point, ...]
    tip: Point
    label: Point | None


@dataclass(frozen=True, slots=True)
class Layout:
    """The picture's size, the middles of the nodes, and the lines, in the plan's order; down is positive."""

    size: Point
    middles: tuple[Point, ...]
    curves: tuple[Curve, ...]


@cache
def drawable() -> bool:
    """Whether there is a Graphviz: pygraphviz brings it along, but not for every platform."""
    try:
        import pygraphviz  # noqa: F401
    except (ImportError, OSError):
        return False
    return True


@lru_cache(maxsize=KEPT)
def layout(plan: Plan) -> Layout:
    """The layout of a plan that has at least one node."""
    with _LOCK:
        drawn = json.loads(_dot(plan))
    width, height = (float(part) for part in drawn["bb"].split(",")[2:])
    places = {node["name"]: _points(node["pos"], height)[0] for node in drawn["objects"] if "pos" in node}
    middles = tuple(places[f"n{index}"] for index in range(len(plan.frames)))
    lines = {edge["id"]: edge for edge in drawn.get("edges", ()) if "id" in edge and "pos" in edge}
    curves = (
        _curve(lines[f"e{index}"], height) if f"e{index}" in lines else _straight(plan, middles, line)
        for index, line in enumerate(plan.lines)
    )
    return Layout((width, height), middles, tuple(curves))


_LOCK = Lock()


def _dot(plan: Plan) -> bytes:
    """What dot makes of a plan. Lines within a rank are kept from it: with labels, they have ended its process."""
    import pygraphviz

    least, most = BETWEEN_RANKS
    between = min(least + PER_LINE * len(plan.lines), most)
    graph = pygraphviz.AGraph(directed=True, strict=False, nodesep=BETWEEN_NODES / INCH, ranksep=between / INCH, **_EFFORT)
    try:
        graph.node_attr.update(shape="box", fixedsize="true", label="")
        graph.edge_attr.update(arrowsize="0.8")
        _add_ranks(graph, plan)
        for index, line in enumerate(plan.lines):
            _add_line(graph, plan, line, f"e{index}")
        drawn: bytes = graph.draw(format="json0", prog="dot")
        return drawn
    finally:
        graph.close()


def _add_line(graph: Any, plan: Plan, line: Line, id: str) -> None:
    """A line, from above to below in any case: for dot, one that goes up is one down with its head at the tail."""
    tail, head = plan.frames[line.tail], plan.frames[line.head]
    label = {"label": LABEL.format(*line.label)} if line.label else {}
    ports = ({} if line.free else {"headport": "n"}) | ({"tailport": "s"} if plan.upright or tail.round else {})
    if tail.rank < head.rank:
        graph.add_edge(f"n{line.tail}", f"n{line.head}", id, id=id, weight=line.weight, **label, **ports)
    elif tail.rank > head.rank:
        graph.add_edge(f"n{line.head}", f"n{line.tail}", id, id=id, weight=0, dir="back", **label)


# Bounds on the searches for few crossings and short lines, without which dot takes minutes for hundreds of nodes.
_EFFORT = {"mclimit": "0.5", "nslimit": "3", "searchsize": "30"}


def _add_ranks(graph: Any, plan: Plan) -> None:
    """The nodes, rank by rank, the ranks held apart by a line through one node of each: the one that leads, or one that nobody sees."""
    ranks: dict[int, list[int]] = {}
    for index, frame in enumerate(plan.frames):
        graph.add_node(f"n{index}", width=frame.width / INCH, height=frame.height / INCH)
        ranks.setdefault(frame.rank, []).append(index)
    spine = []
    for rank, indices in sorted(ranks.items()):
        leading = [index for index in indices if plan.frames[index].leads]
        passing = _passing(plan, rank)
        alone = len(leading) == 1 and not passing
        name = f"n{leading[0]}" if alone else f"r{rank}"
        if not alone:
            graph.add_node(name, style="invis", width="0.01", height="0.01")
        graph.add_subgraph([name, *(f"n{index}" for index in indices)], rank="same")
        plumb = alone or (any(frame.leads for frame in plan.frames) and len(leading) + passing != 1)
        if plumb:
            _add_order(graph, plan, name, indices)
        spine.append((name, plumb))
    joined = {(f"n{line.tail}", f"n{line.head}") for line in plan.lines}
    for (above, one), (below, other) in pairwise(spine):
        if (above, below) not in joined:
            graph.add_edge(above, below, style="invis", weight=STRAIGHT_DOWN if one and other else 0)


def _passing(plan: Plan, rank: int) -> int:
    """How many lines that pull harder than others, between nodes that lead, pass through a rank."""
    ends = ((plan.frames[line.tail], plan.frames[line.head]) for line in plan.lines if line.weight > 1)
    return sum(tail.leads and head.leads and tail.rank < rank < head.rank for tail, head in ends)


def _add_order(graph: Any, plan: Plan, first: str, rank: list[int]) -> None:
    """Who stands left of whom in a rank: dot keeps the tail of a line within it left of its head.

    Two lines between neighbours of one rank would be one too many for it: where there is one, it has to do.
    """
    left = [f"n{index}" for index in rank if plan.frames[index].leads]
    right = [f"n{index}" for index in rank if not plan.frames[index].leads]
    pairs = [(first, name) for name in left if name != first] + [(one, other) for one in dict.fromkeys([first, *left]) for other in right]
    joined = {frozenset((f"n{line.tail}", f"n{line.head}")) for line in plan.lines}
    graph.add_edges_from((pair for pair in pairs if frozenset(pair) not in joined), style="invis")


def _points(text: str, height: float) -> list[Point]:
    """`x,y x,y` with down as positive."""
    pairs = (found.split(",") for found in _PAIR.findall(text))
    return [(float(x), height - float(y)) for x, y in pairs]


_PAIR = re.compile(r"-?[\d.]+(?:e[-+]?\d+)?,-?[\d.]+(?:e[-+]?\d+)?")


def _curve(edge: dict[str, str], height: float) -> Curve:
    """The tip of the arrow stands first: `e,x,y` at the end of the line, `s,x,y` at the start of one that goes up."""
    tip, *points = _points(edge["pos"], height)
    label = _points(edge["lp"], height)[0] if "lp" in edge else None
    return Curve(tuple(points[::-1] if edge["pos"].startswith("s") else points), tip, label)


def _straight(plan: Plan, middles: tuple[Point, ...], line: Line) -> Curve:
    """What dot has no line for: straight from the one box's side to the other's."""
    (x, y), (to_x, to_y) = middles[line.tail], middles[line.head]
    side = 1 if x < to_x else -1
    start, tip = (x + side * plan.frames[line.tail].width / 2, y), (to_x - side * plan.frames[line.head].width / 2, to_y)
    return Curve((start,), tip, ((start[0] + tip[0]) / 2, (y + to_y) / 2 - LABEL_ABOVE) if line.label else None)
