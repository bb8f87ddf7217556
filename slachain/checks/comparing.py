"""Clauses of one agreement compared with one another: times on different clocks, and what an availability leaves."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from fractions import Fraction
from functools import reduce
from operator import itemgetter
from typing import NamedTuple

import numpy as np

from slachain.analysis.availability import Downtime
from slachain.analysis.promises import Horizon, horizon
from slachain.analysis.readings import Reading
from slachain.clocks.curves import BEYOND
from slachain.clocks.intervals import Intervals
from slachain.clocks.wall import midnight
from slachain.language.model import Agreement, AmountTarget, TimeTarget
from slachain.language.scalars import BusinessDays, Time
from slachain.language.values import dataclass, field
from slachain.study import Study

YEAR = 366 * 86400
OnClock = tuple[str, Time]
"""A calendar's id, and a time on it."""


def on_clock(agreement: Agreement, target: TimeTarget) -> OnClock:
    """A target with the clock it runs on."""
    return (target.calendar or agreement.calendar).value, target.within.value


class Question(NamedTuple):
    """Whether at some instant of the coming year one clock's time is up later than the other's (or no earlier).

    Only instants count at which all calendars of `opened_in` are open. A tuple is soon made: there are thousands of questions.
    """

    one: OnClock
    other: OnClock
    or_equal: bool = False
    opened_in: tuple[str, ...] = ()

    @property
    def clocks(self) -> tuple[object, ...]:
        """Everything but how much time it is on each of the two."""
        kinds = isinstance(self.one[1], BusinessDays), isinstance(self.other[1], BusinessDays)
        return self.one[0], self.other[0], *kinds, self.or_equal, self.opened_in

    @property
    def amounts(self) -> tuple[int, int]:
        """How much time it is on each, in seconds or business days."""
        return amount(self.one[1]), amount(self.other[1])

    @property
    def answer(self) -> bool | None:
        """What can be told without looking at a calendar: on one clock more time is never up before less. None for nothing."""
        if self.one[0] != self.other[0] or type(self.one[1]) is not type(self.other[1]):
            return None
        one, other = self.amounts
        if self.or_equal:
            return True if one >= other and not self.opened_in else None
        return False if one <= other else None


def amount(time: Time) -> int:
    """So many seconds or business days."""
    return time.days if isinstance(time, BusinessDays) else time.seconds


@dataclass(frozen=True, slots=True)
class Staircase:
    """Pairs of which something is known that goes for every pair with a smaller first and a larger second too: those that no other covers.

    From corner to corner both rise.
    """

    corners: list[tuple[int, int]] = field(default_factory=list)

    def covers(self, first: int, second: int) -> bool:
        """Whether it is known of a pair."""
        nearest = bisect_left(self.corners, first, key=itemgetter(0))
        return nearest < len(self.corners) and self.corners[nearest][1] <= second

    def add(self, first: int, second: int) -> None:
        """Further knowledge; what it covers is not needed any more."""
        if self.covers(first, second):
            return
        end = start = bisect_right(self.corners, first, key=itemgetter(0))
        while start and self.corners[start - 1][1] >= second:
            start -= 1
        self.corners[start:end] = [(first, second)]


@dataclass(frozen=True, slots=True)
class Comparisons:
    """What was found of pairs of clocks, and goes for others: more time on a clock is never up before less.

    So what is never later than something else is not when it is less, or the other is more; and what is later at some instant is
    when it is more, or the other is less.
    """

    study: Study
    never: dict[tuple[object, ...], Staircase] = field(default_factory=dict)
    ever: dict[tuple[object, ...], Staircase] = field(default_factory=dict)  # of amounts less than nothing, the other way round

    def answer(self, asked: Question) -> bool:
        """The answer to a question, looked for only where none before implies it."""
        if (told := asked.answer) is not None:
            return told
        clocks, (one, other) = asked.clocks, asked.amounts
        if clocks not in self.never:
            self.never[clocks], self.ever[clocks] = Staircase(), Staircase()
        never, ever = self.never[clocks], self.ever[clocks]
        if never.covers(one, other):
            return False
        if not ever.covers(-one, -other):
            if not looked_up(self.study, asked):
                never.add(one, other)
                return False
            ever.add(-one, -other)
        return True

    def foresee(self, questions: Iterable[Question]) -> None:
        """Ask first what answers most of these, if no time of theirs is later: of each two clocks, the longest time against the shortest."""
        boldest: dict[tuple[object, ...], Question] = {}
        for asked in questions:
            clocks = asked.clocks
            known = boldest.setdefault(clocks, asked)
            (one, other), (longest, shortest) = asked.amounts, known.amounts
            if one > longest or other < shortest:
                bolder = asked.one if one > longest else known.one, asked.other if other < shortest else known.other
                boldest[clocks] = Question(*bolder, asked.or_equal, asked.opened_in)
        for asked in boldest.values():
            self.answer(asked)


def ever_later(study: Study, one: OnClock, other: OnClock) -> bool:
    """Whether at some instant of the coming year one clock's time is up later than the other's."""
    return study.once(Comparisons).answer(Question(one, other))


def looked_up(study: Study, asked: Question) -> bool:
    """The answer to a question by looking at the calendars."""
    start = midnight(study.as_of, "UTC")
    year = Intervals.of([(start, start + YEAR)])
    for chains, final in study.views(Horizon(start, start + YEAR)):
        opened = reduce(Intervals.__and__, (chains.clock(id).open for id in asked.opened_in), year)
        first, second = (chains.clock(calendar).due(time) for calendar, time in (asked.one, asked.other))
        # within a stretch both are affine, and so is what lies between them: it is most at an end
        ticks = np.concatenate(Reading(first, chains.clock(asked.one[0]), opened).stretches(first, second))
        one, other = first.at(ticks), second.at(ticks)
        if final or not ((one == BEYOND) | (other == BEYOND)).any():
            return bool((one >= other + (0 if asked.or_equal else 1)).any())
    raise AssertionError("the last view is final")


def alternatives(agreement: Agreement, one: TimeTarget, other: TimeTarget, or_equal: bool = False) -> Question:
    """The same of two targets of one agreement, at the instants that both answer for."""
    opened_in = tuple(target.opened_in.value for target in (one, other) if target.opened_in)
    return Question(on_clock(agreement, one), on_clock(agreement, other), or_equal, opened_in)


@dataclass(frozen=True, slots=True)
class Downtimes:
    """The shortest downtimes that availabilities leave, each found once."""

    study: Study
    known: dict[tuple[object, ...], Fraction | None] = field(default_factory=dict)

    def least(self, agreement: Agreement, target: AmountTarget) -> Fraction | None:
        """In seconds, in any period that counts; None where none does."""
        calendar = (target.calendar or agreement.calendar).value
        when = horizon(agreement, calendar, self.study.as_of, self.study.calendars)
        if when is None or not isinstance(target.bound.value, Fraction):
            return None
        key = (calendar, target.period, when, target.bound.value)
        if key not in self.known:
            measured = Downtime(self.study.calendars, calendar, target.period, when)
            share = 1 - target.bound.value
            self.known[key] = min((share * measured.open(calendar).within(period) for period in measured.counted()), default=None)
        return self.known[key]
