"""The picture of a ladder: people on duty, and what they cost, against the share of tickets that they answer in time.

Across, places are per cent of the picture's width, so that one drawing fits a phone and a page with text of the same size. Down, they are px.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from slachain.decisions.capacity_lines import Ladder, Rung
from slachain.language.scalars import write_percentage
from slachain.render.capacity import ladder_words, share
from slachain.render.lettering import BOLD, PLAIN, QUIET, fitted, width

TOP, PLOT, BELOW, MONEY_BELOW = 46, 190, 24, 42  # px: room for the flag, the curve, and the lines of text under it
LEFT, RIGHT = 9, 91  # per cent: the first and the last point
ON_A_PHONE, ON_A_PAGE = 250, 640  # px of the narrowest phone's picture, and of one on paper
GRID = (0, 25, 50, 75, 100)


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
    """The whole picture; `now` is the place of those who are on duty now."""

    title: str
    description: str
    height: int
    levels: tuple[Level, ...]
    pieces: tuple[Piece, ...]
    points: tuple[Point, ...]
    texts: tuple[Text, ...]
    now: float
    priced: bool
    now_top: int
    bottom: int
    keys: tuple[tuple[str, str], ...]


def curve(team: str, ladder: Ladder, priced: bool) -> Curve:
    """A team's ladder as a picture."""
    rungs, what = ladder.rungs, ladder_words(ladder)
    points = tuple(Point(across(rung, rungs), down(rung.within), "few" if falls_short(rung, ladder) else "ok") for rung in rungs)
    now = next(point.x for point, rung in zip(points, rungs, strict=True) if rung.now)
    asked = [] if ladder.asked is None else [Level(down(float(ladder.asked)), "asked")]
    return Curve(
        title=f"{team}: the share of tickets that {'are ' if ladder.asked is not None else ''}{what}, by people on duty",
        description="; ".join(f"{rung.on_duty} on duty: {share(rung.within)}" for rung in rungs) + ".",
        height=TOP + PLOT + (MONEY_BELOW if priced else BELOW),
        levels=(*(Level(down(share / 100), "grid") for share in GRID), *asked),
        pieces=tuple(Piece(a.x, a.y, b.x, b.y) for a, b in zip(points, points[1:], strict=False)),
        points=points,
        texts=tuple(texts(ladder, points, priced)),
        now=now,
        priced=priced,
        now_top=TOP - 24,
        bottom=TOP + PLOT,
        keys=tuple(keys(ladder, points)),
    )


def across(rung: Rung, rungs: Sequence[Rung]) -> float:
    """Where so many people stand, in per cent."""
    first, last = rungs[0].on_duty, rungs[-1].on_duty
    return round(LEFT + (RIGHT - LEFT) * (rung.on_duty - first) / (last - first), 2) if last > first else 50.0


def down(of: float) -> int:
    """Where a share of the tickets lies, in px."""
    return TOP + round(PLOT * (1 - of))


def falls_short(rung: Rung, ladder: Ladder) -> bool:
    """Whether so few answer fewer tickets in time than is asked."""
    return ladder.asked is not None and not any(other.on_duty <= rung.on_duty and ladder.asked in kept(other) for other in ladder.rungs)


def kept(rung: Rung) -> tuple[object, ...]:
    """The shares that this rung is the first to reach."""
    return rung.enough_for


def texts(ladder: Ladder, points: Sequence[Point], priced: bool) -> Iterator[Text]:
    """The scale, the flag, and the numbers at each point."""
    yield from (Text(0, down(percent / 100) - 4, f"{percent}%", "axis", "start") for percent in GRID if percent)
    values = tuple(share(rung.within) for rung in ladder.rungs)
    on_page = roomy(points, values, PLAIN, ON_A_PAGE, ladder)
    on_phone = roomy(points, values, PLAIN, ON_A_PHONE, ladder)
    for n, (point, value) in enumerate(zip(points, values, strict=True)):
        if n in on_page:
            yield Text(point.x, point.y - 10, value, "value", page=n not in on_phone)
    yield from ticks(ladder, points, tuple(str(rung.on_duty) for rung in ladder.rungs), BOLD, TOP + PLOT + 18, "name")
    if priced:
        money = tuple(rung.price.month.text if rung.price else "" for rung in ladder.rungs)
        yield from ticks(ladder, points, money, QUIET, TOP + PLOT + 36, "quiet")
    here = next(point for point, rung in zip(points, ladder.rungs, strict=True) if rung.now)
    yield Text(here.x, 14, "now", "flag")


def ticks(ladder: Ladder, points: Sequence[Point], labels: Sequence[str], kind: str, y: int, css: str) -> Iterator[Text]:
    """Labels under the points: those there is room for."""
    on_page, on_phone = (roomy(points, labels, kind, px, ladder) for px in (ON_A_PAGE, ON_A_PHONE))
    for n, (point, label) in enumerate(zip(points, labels, strict=True)):
        if n in on_page:
            yield Text(point.x, y, fitted(label, ON_A_PHONE // 2, kind), css, page=n not in on_phone)


def roomy(points: Sequence[Point], labels: Sequence[str], kind: str, px: int, ladder: Ladder) -> frozenset[int]:
    """Which labels have room in a picture of so many px: now first, then what is enough for something, then the others in turn."""
    order = sorted(range(len(points)), key=lambda n: (not ladder.rungs[n].now, not ladder.rungs[n].enough_for, n))
    taken: dict[int, tuple[float, float]] = {}
    for n in order:
        half = width(labels[n], kind) / 2 + 3
        start, end = points[n].x * px / 100 - half, points[n].x * px / 100 + half
        if all(end <= a or b <= start for a, b in taken.values()):
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
