"""The chain as a picture, in numbers and words without markup: the whole catalogue by parties, and one promise's part of it.

Every picture is layered from the customer down to the vendors. Without a Graphviz there are none.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from slachain.decisions.report import PromiseLine, Report
from slachain.language.values import dataclass
from slachain.render.anchors import Key as PromiseKey
from slachain.render.chain import focus as focused
from slachain.render.chain import overview as collapsed
from slachain.render.chain.drawing import BASELINE, MARGIN, Arrow, Box, Text, draw
from slachain.render.chain.layout import drawable
from slachain.render.chain.neighbours import surroundings
from slachain.render.chain.sketch import Key, Row, Sketch
from slachain.render.lettering import BOLD, width

__all__ = ["Graph", "drawable", "focus", "overview"]

NO_LINKS: Mapping[str, str] = MappingProxyType({})
NO_PROMISES: Mapping[PromiseKey, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Graph:
    """A drawn picture. Places are whole px: x from 0 (the names of layers lie left of that, `left` px wide), y from 0 downwards.

    `kind` are the classes of the whole; `linked` is whether anything in it leads anywhere; `rows` are the table behind it.
    """

    kind: str
    title: str
    description: str
    left: int
    width: int
    height: int
    layers: tuple[Text, ...]
    arrows: tuple[Arrow, ...]
    boxes: tuple[Box, ...]
    linked: bool
    keys: tuple[Key, ...]
    notes: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def view(self) -> str:
        """The viewBox."""
        return f"{-self.left} 0 {self.width} {self.height}"


def overview(
    report: Report,
    links: Mapping[str, str],
    *,
    promises: Mapping[PromiseKey, str] = NO_PROMISES,
    parties: Mapping[str, str] = NO_LINKS,
) -> Graph | None:
    """The whole catalogue by customers and providers; None where there is nothing to draw, or nothing to draw with.

    Links (`#…`) are by agreement, and where the page has them, by promise and by the name of a customer or provider.
    """
    return graph(collapsed.sketch(report, links, promises, parties)) if report.agreements and drawable() else None


def focus(report: Report, promise: PromiseLine, links: Mapping[str, str]) -> Graph | None:
    """A promise, the way of its worst ticket and what is next to that; None where there is nothing to draw with. Links are by agreement."""
    if not drawable():
        return None
    around = surroundings(promise, {agreement.id: agreement for agreement in report.agreements})
    return graph(focused.sketch(promise, around, links))


def graph(sketch: Sketch) -> Graph:
    """A sketch with a place for everything."""
    drawing = draw(sketch)
    left = max((width(name, BOLD) + 2 * MARGIN for _, name in sketch.layers), default=0)
    middles = {node.rank: box.y for node, box in zip(sketch.nodes, drawing.boxes, strict=True)}
    return Graph(
        kind=sketch.tone,
        title=sketch.title,
        description=sketch.description,
        left=left,
        width=left + drawing.width,
        height=drawing.height,
        layers=tuple(Text(MARGIN - left, middles[rank] + BASELINE, name, BOLD) for rank, name in sketch.layers),
        arrows=drawing.arrows,
        boxes=drawing.boxes,
        linked=any(box.link for box in drawing.boxes),
        keys=sketch.keys,
        notes=sketch.notes,
        rows=sketch.rows,
    )
