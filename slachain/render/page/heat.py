"""The week as a picture: for each hour at which a ticket may be opened, whether it is kept or may be late.

Across, places are per cent of the picture's width; down, they are px.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import groupby

from slachain.clocks.wall import DAY_NAMES
from slachain.decisions.report import WeekLine
from slachain.language.scalars import write_percentage
from slachain.language.values import dataclass

ROW_HEIGHT, STRIP_HEIGHT = 24, 20
HOURS = 24
LABELLED = (0, 6, 12, 18, 24)
WORDS = {"kept": "in time", "some": "late in some weeks", "late": "late every week", "shut": "the customer's clock stands still"}


@dataclass(frozen=True, slots=True)
class Stretch:
    """Hours of a day that are alike: `kind` is one of `WORDS`."""

    kind: str
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Day:
    """One weekday: what is drawn, and the same in words."""

    name: str
    y: int
    stretches: tuple[Stretch, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Heat:
    """The whole picture; `height` and `strip` in px."""

    zone: str
    height: int
    strip: int
    description: str
    days: tuple[Day, ...]
    words: tuple[tuple[str, str], ...]  # of days that are alike, together
    hours: tuple[str, ...]
    kinds: tuple[tuple[str, str], ...]


def heat(week: WeekLine) -> Heat:
    """A week's exposure as a picture."""
    days = tuple(day(DAY_NAMES[n], n * ROW_HEIGHT, shares) for n, shares in enumerate(week.late))
    drawn = {stretch.kind for found in days for stretch in found.stretches}
    late = sum(share is not None and share > 0 for shares in week.late for share in shares)
    asked = sum(share is not None for shares in week.late for share in shares)
    return Heat(
        zone=week.zone,
        height=ROW_HEIGHT * len(days),
        strip=STRIP_HEIGHT,
        description=f"Of the {asked} hours of the week in which tickets are opened, those opened in {late} may be late.",
        days=days,
        words=tuple(in_words(days)),
        hours=tuple(f"{hour:02d}:00" for hour in LABELLED),
        kinds=tuple((kind, words) for kind, words in WORDS.items() if kind in drawn),
    )


def day(name: str, y: int, shares: tuple[Fraction | None, ...]) -> Day:
    """One day, hours that are alike made one."""
    runs = [(kind, list(hours)) for kind, hours in groupby(range(HOURS), key=lambda hour: kind_of(shares[hour]))]
    stretches = tuple(Stretch(kind, per_cent(hours[0]), per_cent(len(hours))) for kind, hours in runs)
    return Day(name, y, stretches, "; ".join(told(kind, hours, shares) for kind, hours in runs))


def in_words(days: Sequence[Day]) -> Iterator[tuple[str, str]]:
    """`Mon-Fri` and what those days have in common."""
    for words, alike in groupby(days, key=lambda day: day.words):
        names = [day.name for day in alike]
        yield names[0] if len(names) == 1 else f"{names[0]}-{names[-1]}", words


def kind_of(share: Fraction | None) -> str:
    """What an hour counts as."""
    if share is None:
        return "shut"
    return "kept" if share == 0 else "late" if share == 1 else "some"


def told(kind: str, hours: list[int], shares: tuple[Fraction | None, ...]) -> str:
    """`09:00-17:00 in time`; with the shares where only some are late."""
    words = WORDS[kind] if kind != "some" else " to ".join(_shares(hours, shares)) + " late"
    return f"{hours[0]:02d}:00-{hours[-1] + 1:02d}:00 {words}"


def _shares(hours: list[int], shares: tuple[Fraction | None, ...]) -> Iterator[str]:
    known = sorted({share for hour in hours if (share := shares[hour]) is not None})
    yield from dict.fromkeys(write_percentage(share) for share in (known[0], known[-1]))


def per_cent(hours: int) -> float:
    """Hours as per cent of a day."""
    return round(100 * hours / HOURS, 2)
