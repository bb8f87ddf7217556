"""The picture of a ladder: people on duty, and what they cost, against the share of tickets that they answer in time.

Across, places are per cent of the picture's width, so that one drawing fits a phone and a page with text of the same size. Down, they are px.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from slachain.decisions.capacity_lines import Ladder, Rung
from slachain.language.scalars import write_percentage
from slachain.language.values import dataclass
from slachain.render.capacity_words import ladder_words, share
from slachain.render.lettering import BOLD, PLAIN, QUIET, fitted, width

TOP, PLOT, BELOW, MONEY_BELOW = 46, 190, 24, 42  # px: room for the flag, the curve, and the lines of text under it
LEFT, RIGHT = 9, 91  # per cent: the first and the last point
ON_A_PHONE, ON_A_PAGE = 250, 640  # px of the narrowest phone's picture, and of one on paper
GRIDS = ((90, 92, 94, 96, 98, 100), (75, 80, 85, 90, 95, 100), (50, 60, 70, 80, 90, 100), (0, 25, 50, 75, 100))  # per cent


@dataclass(frozen=True, slots=True)
class Text:
    """A text in a picture; `page` where a phone has no room for it."""

    x: float
    y: int
    text: str
    kind: str
    anchor: str = "middle"
    page: bool = False


@dataclass(frozen=True, slots=True)
class Level:
    """A line across, at a share of the tickets."""

    y: int
    kind: str


@dataclass(frozen=True, slots=True)
class Point:
    """So many people on duty: enough for what is asked, or too few."""

    x: float
    y: int
    kind: str


@dataclass(frozen=True, slots=True)
class Piece:
    """The curve from one point to the next."""

    x1: float
    y1: int
    x2: float
    y2: int


@dataclass(frozen=True, slots=True)
class Curve:
    """The whole picture; `now` is the place of those who are on duty now, None where they are so many that they lie far beyond it."""

    title: str
    description: str
    height: int
    levels: tuple[Level, ...]
    pieces: tuple[Piece, ...]
    points: tuple[Point, ...]
    texts: tuple[Text, ...]
    now: float | None
    beyond: str
    priced: bool
    now_top: int
    bottom: int
    keys: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Scale:
    """What lies where: the rungs that are drawn, from left to right, and the shares from the bottom to the top."""

    rungs: tuple[Rung, ...]
    grid: tuple[int, ...]

    @classmethod
    def of(cls, rungs: tuple[Rung, ...]) -> Scale:
        """Far too many people now would press all others together: they are told in words. Where all shares are high, the scale begins there."""
        if len(rungs) > 2 and rungs[-1].now and rungs[-1].on_duty - rungs[-2].on_duty > rungs[-2].on_duty - rungs[0].on_duty:
            rungs = rungs[:-1]
        least = min(rung.within for rung in rungs)
        return cls(rungs, next(grid for grid in GRIDS if grid[0] <= 100 * least))

    def across(self, rung: Rung) -> float:
        """Where so many people stand, in per cent."""
        first, last = self.rungs[0].on_duty, self.rungs[-1].on_duty
        return round(LEFT + (RIGHT - LEFT) * (rung.on_duty - first) / (last - first), 2) if last > first else 50.0

    def down(self, share: float) -> int:
        """Where a share of the tickets lies, in px."""
        return TOP + round(PLOT * (100 - 100 * share) / (100 - self.grid[0]))


def curve(team: str, ladder: Ladder, priced: bool) -> Curve:
    """A team's ladder as a picture."""
    scale, what = Scale.of(ladder.rungs), ladder_words(ladder)
    rungs = scale.rungs
    points = tuple(Point(scale.across(rung), scale.down(rung.within), "ok" if rung.enough else "few") for rung in rungs)
    here = next((point for point, rung in zip(points, rungs, strict=True) if rung.now), None)
    there = next(rung for rung in ladder.rungs if rung.now)
    asked = [] if ladder.asked is None or 100 * ladder.asked < scale.grid[0] else [Level(scale.down(float(ladder.asked)), "asked")]
    return Curve(
        title=f"{team}: the share of tickets that {'are ' if ladder.asked is not None else ''}{what}, by people on duty",
        description="; ".join(f"{rung.on_duty} on duty: {share(rung.within)}" for rung in ladder.rungs) + ".",
        height=TOP + PLOT + (MONEY_BELOW if priced else BELOW),
        levels=(*(Level(scale.down(percent / 100), "grid") for percent in scale.grid), *asked),
        pieces=tuple(Piece(a.x, a.y, b.x, b.y) for a, b in pairwise(points)),
        points=points,
        texts=tuple(texts(scale, points, priced)),
        now=here.x if here else None,
        beyond="" if here else f"Now, far beyond the right: {there.on_duty} on duty, {share(there.within)}.",
        priced=priced,
        now_top=TOP - 24,
        bottom=TOP + PLOT,
        keys=tuple(keys(ladder, points)),
    )


def texts(scale: Scale, points: Sequence[Point], priced: bool) -> Iterator[Text]:
    """The scale, the flag, and the numbers at each point."""
    yield from (Text(0, scale.down(percent / 100) - 4, f"{percent}%", "axis", "start") for percent in scale.grid if percent)
    values = tuple(share(rung.within) for rung in scale.rungs)
    on_page, on_phone = (roomy(scale, points, values, PLAIN, px) for px in (ON_A_PAGE, ON_A_PHONE))
    for n, (point, value) in enumerate(zip(points, values, strict=True)):
        if n in on_page:
            yield Text(point.x, point.y - 10, value, "value", page=n not in on_phone)
    yield from ticks(scale, points, tuple(str(rung.on_duty) for rung in scale.rungs), BOLD, TOP + PLOT + 18, "name")
    if priced:
        money = tuple(rung.price.month.text if rung.price else "" for rung in scale.rungs)
        yield from ticks(scale, points, money, QUIET, TOP + PLOT + 36, "quiet")
    yield from (Text(point.x, 14, "now", "flag") for point, rung in zip(points, scale.rungs, strict=True) if rung.now)


def ticks(scale: Scale, points: Sequence[Point], labels: Sequence[str], kind: str, y: int, css: str) -> Iterator[Text]:
    """Labels under the points: those there is room for."""
    on_page, on_phone = (roomy(scale, points, labels, kind, px) for px in (ON_A_PAGE, ON_A_PHONE))
    for n, (point, label) in enumerate(zip(points, labels, strict=True)):
        if n in on_page:
            yield Text(point.x, y, fitted(label, ON_A_PHONE // 2, kind), css, page=n not in on_phone)


def roomy(scale: Scale, points: Sequence[Point], labels: Sequence[str], kind: str, px: int) -> frozenset[int]:
    """Which labels have room in a picture of so many px: now first, then what is enough for something, then the others in turn."""
    order = sorted(range(len(points)), key=lambda n: (not scale.rungs[n].now, not scale.rungs[n].enough_for, n))
    taken: dict[int, tuple[float, float]] = {}
    for n in order:
        half = width(labels[n], kind) / 2 + 3
        start, end = points[n].x * px / 100 - half, points[n].x * px / 100 + half
        if start >= 0 and end <= px and all(end <= a or b <= start for a, b in taken.values()):
            taken[n] = (start, end)
    return frozenset(taken)


def keys(ladder: Ladder, points: Sequence[Point]) -> Iterator[tuple[str, str]]:
    """What the signs mean, as far as they are used."""
    kinds = {point.kind for point in points}
    if ladder.asked is None:
        yield "c-ok", f"tickets that {ladder_words(ladder)}"
        return
    if "ok" in kinds:
        yield "c-ok", "enough people"
    if "few" in kinds:
        yield "c-few", "too few"
    yield "c-asked", f"{write_percentage(ladder.asked, 6)} committed"
