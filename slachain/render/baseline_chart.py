"""The picture of a trend: the share of tickets kept by month with its interval, against the attainment that is promised.

Across, places are per cent of the picture's width; down, they are px.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from slachain.decisions.baseline_lines import HistoryLine, MonthLine
from slachain.language.scalars import write_percentage
from slachain.language.values import dataclass
from slachain.render.capacity_curve import GRIDS, Level, Piece, Point, Text
from slachain.render.lettering import PLAIN, QUIET, width

TOP, PLOT, BELOW = 30, 180, 42  # px: room for a value over the highest point, the shares, and two lines of text
LEFT, RIGHT = 9, 95  # per cent: the first and the last month
ON_A_PHONE, ON_A_PAGE = 250, 640  # px of the narrowest phone's picture, and of one on paper
MOST_MONTHS = 36
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Trend:
    """The whole picture; `whiskers` are the intervals, `asked` is the line of the promised attainment."""

    title: str
    description: str
    height: int
    levels: tuple[Level, ...]
    whiskers: tuple[Piece, ...]
    pieces: tuple[Piece, ...]
    points: tuple[Point, ...]
    texts: tuple[Text, ...]
    asked: str
    below: str
    missing: str


@dataclass(frozen=True, slots=True)
class _Scale:
    grid: tuple[int, ...]
    months: int

    def across(self, n: int) -> float:
        return round(LEFT + (RIGHT - LEFT) * n / (self.months - 1), 2) if self.months > 1 else 50.0

    def down(self, share: float) -> int:
        return TOP + round(PLOT * (100 - max(100 * share, self.grid[0])) / (100 - self.grid[0]))


def trend(line: HistoryLine, name: str) -> Trend | None:
    """A target's months; None where there are not two of them."""
    months = line.months[-MOST_MONTHS:]
    if len(months) < 2:
        return None
    least = min(float(line.attainment), *(float(m.share.value) for m in months))
    scale = _Scale(next(grid for grid in GRIDS if grid[0] <= 100 * least), len(months))
    points = tuple(
        Point(scale.across(n), scale.down(float(m.share.value)), "ok" if m.share.value >= line.attainment else "few")
        for n, m in enumerate(months)
    )
    asked = Level(scale.down(float(line.attainment)), "asked")
    left = len(line.months) - len(months)
    return Trend(
        title=f"{name}: the share of tickets kept, by the month in which they were opened",
        description="; ".join(f"{m.month}: {write_percentage(m.share.value)} of {m.tickets}" for m in months) + ".",
        height=TOP + PLOT + BELOW,
        levels=(*(Level(scale.down(percent / 100), "grid") for percent in scale.grid), asked),
        whiskers=tuple(_whiskers(scale, months)),
        pieces=tuple(Piece(a.x, a.y, b.x, b.y) for a, b in pairwise(points)),
        points=points,
        texts=tuple(_texts(scale, months, points)),
        asked=write_percentage(line.attainment, 6),
        below="" if scale.grid[0] == 0 else f"The scale begins at {scale.grid[0]}%.",
        missing=f"The {left} months before are left out." if left else "",
    )


def _whiskers(scale: _Scale, months: Sequence[MonthLine]) -> Iterator[Piece]:
    for n, month in enumerate(months):
        x = scale.across(n)
        yield Piece(x, scale.down(month.share.low), x, scale.down(month.share.high))


def _texts(scale: _Scale, months: Sequence[MonthLine], points: Sequence[Point]) -> Iterator[Text]:
    yield from (Text(0, scale.down(percent / 100) - 4, f"{percent}%", "axis", "start") for percent in scale.grid if percent)
    for labels, kind, css, y in (
        ([_label(month.month) for month in months], PLAIN, "name", TOP + PLOT + 18),
        ([str(month.tickets) for month in months], QUIET, "quiet", TOP + PLOT + 36),
    ):
        on_page, on_phone = (_roomy(points, labels, kind, px) for px in (ON_A_PAGE, ON_A_PHONE))
        for n, (point, label) in enumerate(zip(points, labels, strict=True)):
            if n in on_page:
                yield Text(point.x, y, label, css, page=n not in on_phone)


def _label(month: str) -> str:
    """`Mar 25`."""
    year, number = month.split("-")
    return f"{MONTHS[int(number) - 1]} {year[2:]}"


def _roomy(points: Sequence[Point], labels: Sequence[str], kind: str, px: int) -> frozenset[int]:
    """Which labels have room in a picture of so many px: every one, every second, every third, and so on."""
    widest = max(width(label, kind) for label in labels) + 8
    apart = (points[1].x - points[0].x) * px / 100
    step = max(1, -(-widest // max(int(apart), 1)))
    inside = [n for n, point in enumerate(points) if widest / 2 - 4 <= point.x * px / 100 <= px - widest / 2 + 4]
    return frozenset(inside[::step])
