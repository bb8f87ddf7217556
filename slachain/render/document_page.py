"""A contract as one self-contained page that prints well; its weeks are drawn.

Across, places are per cent of a picture's width; down, they are px.
"""

from __future__ import annotations

import slachain
from slachain.decisions.contract.nouns import OPEN, Document, Week
from slachain.decisions.contract.wording import DAYS, day_words
from slachain.language.values import dataclass
from slachain.render.document import BLANKS, HOUSE, week_lines, written
from slachain.render.templates import fill

ROW, STRIP = 18, 14
MINUTES = 1440
SHORT = 17  # characters: 30 September 2026
LABELLED = (0, 6, 12, 18, 24)


@dataclass(frozen=True, slots=True)
class Bar:
    """Hours that are open, `every` week or `some`."""

    kind: str
    x: float
    width: float
    y: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A week: a row for each day, its bars, and the same in words."""

    title: str
    zone: str
    days: tuple[str, ...]
    rows: tuple[int, ...]
    bars: tuple[Bar, ...]
    hours: tuple[str, ...]
    height: int
    strip: int
    some: bool
    words: tuple[tuple[str, str], ...]


def document_html(found: Document) -> str:
    """The contract as HTML without a script or a request; the same contract gives the same text."""
    return fill(
        "document.html.j2",
        document=found,
        as_of=day_words(found.as_of),
        picture=picture,
        written=written,
        width=width,
        blanks=BLANKS,
        house=HOUSE,
        made_with=f"slachain {slachain.__version__}",
    )


def picture(week: Week) -> Picture:
    """A week as it is drawn."""
    bars = tuple(
        Bar("every" if s.kind == OPEN else "some", per_cent(s.opens), per_cent(s.closes - s.opens), n * ROW)
        for n, day in enumerate(week.days)
        for s in day
    )
    return Picture(
        title=f"The usual week of {week.name}",
        zone=week.zone,
        days=tuple(day[:3] for day in DAYS),
        rows=tuple(range(0, 7 * ROW, ROW)),
        bars=bars,
        hours=tuple(f"{hour:02d}:00" for hour in LABELLED),
        height=7 * ROW,
        strip=STRIP,
        some=any(bar.kind == "some" for bar in bars),
        words=tuple(week_lines(week)),
    )


def width(cell: str) -> str:
    """How a table's cell may be broken: not at all, between words, or anywhere."""
    longest = max(map(len, cell.split()), default=0)
    return "short" if len(cell) <= SHORT else "words" if longest <= SHORT else ""


def per_cent(minutes: int) -> float:
    """Minutes as per cent of a day."""
    return round(100 * minutes / MINUTES, 3)
