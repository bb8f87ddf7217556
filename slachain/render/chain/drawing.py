"""Nodes with words and ties between them, drawn: boxes, curves with arrowheads and labels, in whole px.

The words are fitted first, the boxes made around them, and only then laid out, so that no text ever leaves its box.
"""

from __future__ import annotations

from math import hypot

from slachain.language.values import dataclass
from slachain.render.chain.layout import Curve, Frame, Line, Plan, Point, layout
from slachain.render.chain.sketch import CUSTOMER, FAILS, GROUP, OTHER_METRIC, VENDOR, Node, Sketch, Tie
from slachain.render.lettering import QUIET, fitted, one_line, width, wrapped

MARGIN = 12  # px around the picture
NARROWEST = 56  # px of text in a node
LINE_HEIGHT, ABOVE_TEXT, BESIDE_TEXT = 17, 9, 12
BASELINE = 4  # px from the middle of a line down to where its letters stand
LABEL_HEIGHT, BESIDE_LABEL, WIDEST_LABEL = 18, 5, 200
ARM, SPREAD = 7, 4  # px of an arrowhead
STRAIGHT = 1.0  # px by which a curve may bend and still be drawn as a line
CORNER = 6
NAMELESS = "–"

Px = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text whose middle is at x (in a box: at its middle), and whose letters stand on y."""

    x: int
    y: int
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Box:
    """A drawn node: its middle, the outline `d` and the texts around that; `full` is what it says where a text was cut."""

    kind: str
    x: int
    y: int
    width: int
    height: int
    d: str
    texts: tuple[Text, ...]
    full: str
    link: str


@dataclass(frozen=True, slots=True)
class Arrow:
    """A drawn tie: its path with the head (a dotted line's `head` by itself), and its label."""

    kind: str
    d: str
    head: str
    label: Text | None


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything that is drawn, in the order given, and the size of it."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]


Written = tuple[tuple[str, str], ...]  # lines of text with their kinds


def draw(sketch: Sketch) -> Drawing:
    """The drawing of a sketch that has at least one node."""
    written = [_written(node) for node in sketch.nodes]
    frames = tuple(_frame(node, lines) for node, lines in zip(sketch.nodes, written, strict=True))
    labels = [fitted(tie.label, WIDEST_LABEL, QUIET) if tie.label else "" for tie in sketch.ties]
    lines = tuple(Line(tie.tail, tie.head, _room(label), tie.weight, tie.free) for tie, label in zip(sketch.ties, labels, strict=True))
    places = layout(Plan(frames, lines, sketch.upright))
    boxes = (_box(*found) for found in zip(sketch.nodes, written, frames, places.middles, strict=True))
    arrows = (_arrow(*found) for found in zip(sketch.ties, labels, places.curves, strict=True))
    across, down = (round(side) + 2 * MARGIN for side in places.size)
    return Drawing(across, down, tuple(boxes), tuple(arrows))


def _written(node: Node) -> Written:
    """A node's words as they fit; something is always told."""
    return tuple(
        (line or NAMELESS, words.kind) for words in node.words for line in wrapped(words.text, node.widest, words.kind, words.lines)
    )


def _frame(node: Node, written: Written) -> Frame:
    """The room a node takes: even numbers, so that its middle is on a px."""
    widest = max((width(line, kind) for line, kind in written), default=0)
    if node.shape == GROUP:
        return Frame(_even(widest + BESIDE_TEXT), LINE_HEIGHT + 5, node.rank, node.leads)
    high = LINE_HEIGHT * len(written) + 2 * ABOVE_TEXT
    round_ends = high // 4 if node.shape == CUSTOMER else 0
    return Frame(
        _even(max(widest, NARROWEST) + 2 * (BESIDE_TEXT + round_ends)), _even(high), node.rank, node.leads, round=node.shape == CUSTOMER
    )


def _even(px: int) -> int:
    return px + px % 2


def _room(label: str) -> tuple[int, int] | None:
    return (width(label, QUIET) + 2 * BESIDE_LABEL, LABEL_HEIGHT) if label else None


def _box(node: Node, written: Written, frame: Frame, middle: Point) -> Box:
    x, y = _px(middle)
    first = -LINE_HEIGHT * (len(written) - 1) // 2 + BASELINE
    whole = [one_line(words.text) for words in node.words]
    return Box(
        kind=f"{node.shape} {node.marks}".strip(),
        x=x,
        y=y,
        width=frame.width,
        height=frame.height,
        d=outline(node.shape, frame.width, frame.height),
        texts=tuple(Text(0, first + LINE_HEIGHT * n, line, kind) for n, (line, kind) in enumerate(written)),
        full="\n".join(whole) if " ".join(line for line, _ in written) != " ".join(whole) else "",
        link=node.link,
    )


def outline(shape: str, width: int, height: int) -> str:
    """A shape around its middle: a customer has round ends, a team round corners, a vendor cut ones."""
    round_by = min(height // 2, 26) if shape == CUSTOMER else height // 2 if shape == GROUP else CORNER
    across, down = width - 2 * round_by, height - 2 * round_by
    right, under = (f"h{across}", f"v{down}" if down else "")
    left, over = (f"h-{across}", f"v-{down}" if down else "")
    corners = _cut(round_by) if shape == VENDOR else _rounded(round_by)
    start = f"M{round_by - width // 2}-{height // 2}"
    return start + right + corners[0] + under + corners[1] + left + corners[2] + over + corners[3] + "z"


def _rounded(by: int) -> tuple[str, str, str, str]:
    arc = f"a{by} {by} 0 0 1"
    return f"{arc} {by} {by}", f"{arc}-{by} {by}", f"{arc}-{by}-{by}", f"{arc} {by}-{by}"


def _cut(by: int) -> tuple[str, str, str, str]:
    return f"l{by} {by}", f"l-{by} {by}", f"l-{by}-{by}", ""


def _px(point: Point) -> Px:
    return round(point[0]) + MARGIN, round(point[1]) + MARGIN


# --- arrows ----------------------------------------------------------------------------------------------------------


def _arrow(tie: Tie, label: str, curve: Curve) -> Arrow:
    text = None
    if label and curve.label:
        x, y = _px(curve.label)
        text = Text(x, y + BASELINE, label, f"{QUIET} {FAILS}" if tie.marks == FAILS else QUIET)
    *before, tip = (_px(point) for point in (*curve.points, curve.tip))
    line, (arm, strokes) = line_to(before, tip), head(before[-1], tip)
    if tie.marks == OTHER_METRIC:
        return Arrow(tie.marks, line, f"M{_pair(tip[0] + arm[0], tip[1] + arm[1])}{strokes}", text)
    return Arrow(tie.marks, f"{line}m{_pair(*arm)}{strokes}", "", text)


def line_to(points: list[Px], tip: Px) -> str:
    """The line as the data of a path, relative but for its start."""
    start, middle = points[0], points[1:]
    if all(_apart(point, start, tip) <= STRAIGHT for point in middle):
        middle = []
    steps, at = f"M{_pair(*start)}", start
    for n in range(0, len(middle), 3):
        steps += "c" + "".join(_joined(point[0] - at[0], point[1] - at[1], first=k == 0) for k, point in enumerate(middle[n : n + 3]))
        at = middle[n + 2]
    return f"{steps}l{_pair(tip[0] - at[0], tip[1] - at[1])}"


def head(before: Px, tip: Px) -> tuple[Px, str]:
    """Two strokes that meet at the tip, and where they begin, seen from there."""
    length = hypot(tip[0] - before[0], tip[1] - before[1]) or 1
    x, y = (tip[0] - before[0]) / length, (tip[1] - before[1]) / length
    one = round(-ARM * x - SPREAD * y), round(-ARM * y + SPREAD * x)
    other = round(-ARM * x + SPREAD * y), round(-ARM * y - SPREAD * x)
    return one, f"l{_pair(-one[0], -one[1])}l{_pair(*other)}"


def _apart(point: Px, start: Px, end: Px) -> float:
    """How far a point lies from the line through two others."""
    x, y = end[0] - start[0], end[1] - start[1]
    return abs((point[0] - start[0]) * y - (point[1] - start[1]) * x) / (hypot(x, y) or 1)


def _pair(x: int, y: int) -> str:
    return _joined(x, y, first=True)


def _joined(x: int, y: int, *, first: bool) -> str:
    """Two numbers with a space only where a minus does not part them."""
    return f"{'' if first or x < 0 else ' '}{x}{'' if y < 0 else ' '}{y}"
