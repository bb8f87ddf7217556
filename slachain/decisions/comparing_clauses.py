"""What two agreements say beside their targets: pauses, which have an order; and hours, exclusions, duties and terms, which have none."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator

from slachain.analysis.promises import Horizon
from slachain.decisions.comparing_words import calendars_of, hours_words, open_hours
from slachain.decisions.comparison import PAUSE, Beside, Pair, Row, Side, verdict_of
from slachain.language.model import Term
from slachain.language.scalars import write_duration

CLOCK_STOPS = "clock stops"  # in the place of a metric, whose id has no space in it
Item = tuple[Hashable, str]
"""What makes two items one, and the words for it."""


# --- pauses ----------------------------------------------------------------------------------------------------------


def pause_rows(a: Side, b: Side) -> Iterator[Row]:
    """A row for each reason for which either clock stops: who stops for longer is the less strict for such a ticket."""
    ours, theirs = a.agreement.pauses, b.agreement.pauses
    for reason in dict.fromkeys([*ours, *theirs]):
        one, other = (pauses[reason].value if reason in pauses else 0 for pauses in (ours, theirs))
        longer, shorter = _exceeds(one, other), _exceeds(other, one)
        yield Row(PAUSE, CLOCK_STOPS, Pair(reason, reason), (_longest(one),), (_longest(other),), verdict_of(longer, shorter))


def _exceeds(one: int | None, other: int | None) -> bool:
    """Whether a pause may last longer than another; None is without limit."""
    return other is not None and (one is None or one > other)


def _longest(pause: int | None) -> str:
    return "without limit" if pause is None else f"up to {write_duration(pause)}" if pause else "no pause"


# --- side by side ----------------------------------------------------------------------------------------------------


def side_by_side(a: Side, b: Side, when: Horizon, compared: bool) -> Iterator[Beside]:
    """The clauses that either has, without a verdict; pauses only where they are not `compared`."""
    clauses: dict[str, Callable[[Side], Iterable[Item]]] = {
        "service hours": lambda side: _hours(side, when),
        "pauses": lambda side: () if compared else _pauses(side),
        "excludes": lambda side: ((_same(e.value), e.value) for e in side.agreement.excludes),
        "duties": _duties,
        "term": lambda side: _alone(_dates(side.agreement.term)),
        "notice": lambda side: _alone(side.agreement.term.notice.text if side.agreement.term.notice else ""),
        "fee": lambda side: _alone(side.agreement.fee.text if side.agreement.fee else ""),
    }
    for clause, tell in clauses.items():
        ours, theirs = list(tell(a)), list(tell(b))
        if ours or theirs:
            yield _beside(clause, ours, theirs)


def _beside(clause: str, ours: list[Item], theirs: list[Item]) -> Beside:
    """What both have, and what only one of them has, each in the order in which it is written."""
    first, second = dict(ours), dict(theirs)
    return Beside(
        clause,
        both=tuple(words for key, words in first.items() if key in second),
        a=tuple(words for key, words in first.items() if key not in second),
        b=tuple(words for key, words in second.items() if key not in first),
    )


def _alone(words: str) -> list[Item]:
    return [(words, words)] if words else []


def _hours(side: Side, when: Horizon) -> Iterator[Item]:
    """Every calendar that its targets run on; two are one if they are told alike and are open at the same instants."""
    for id in calendars_of(side.agreement):
        words = hours_words(side, id)
        yield (words, open_hours(side, id, when)), words


def _pauses(side: Side) -> Iterator[Item]:
    for reason, pause in side.agreement.pauses.items():
        words = f"{reason}, {_longest(pause.value)}"
        yield words, words


def _duties(side: Side) -> Iterator[Item]:
    for duty in side.agreement.duties:
        within = f", within {duty.within.text}" if duty.within else ""
        words = f"{duty.who.value}: {duty.what.value}{within}"
        yield _same(words), words


def _dates(term: Term) -> str:
    begins = f"from {term.opens.value}" if term.opens else ""
    ends = f"to {term.closes.value}" if term.closes else "with no end" if begins else ""
    return " ".join(part for part in (begins, ends) if part)


def _same(text: str) -> str:
    """`Force majeure` and `force-majeure` are one."""
    return re.sub(r"[\s_-]+", "-", text.casefold())
