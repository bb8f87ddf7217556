"""Two targets of times compared for a ticket opened at any instant, each on its own clock, exactly.

A is at least as strict where `due_A(t) <= due_B(t)` for every t. Both are curves of pieces that are constant or move along
(see `clocks.curves`), so that their difference is greatest at the end of a piece, and the time during which one is later
than the other is a count of open seconds.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property, reduce

import numpy as np

from slachain.analysis.chains import Chains
from slachain.analysis.promises import Horizon
from slachain.analysis.readings import Reading, above_zero
from slachain.checks.comparing import on_clock
from slachain.clocks.curves import BEYOND, Curve
from slachain.clocks.intervals import Intervals, Ints, distinct
from slachain.decisions.comparison import Side
from slachain.language.model import TimePromise, TimeTarget
from slachain.language.values import dataclass, replace

NOWHERE = Intervals.of(())


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """One alternative of a target: its clock, and when a ticket is due that is opened at the instants it answers for."""

    target: TimeTarget
    calendar: str
    read: Reading

    @property
    def opened(self) -> Intervals:
        """The instants that it answers for."""
        return self.read.opened

    @property
    def due(self) -> Curve:
        """When a ticket opened at a tick is due."""
        return self.read.done


def answers(side: Side, promise: TimePromise, chains: Chains, whole: Intervals) -> Iterator[Answer]:
    """The alternatives in order, each for the instants that none before it answers for."""
    left = whole
    for target in promise.alternatives:
        calendar, time = on_clock(side.agreement, target)
        mine = left & chains.clock(target.opened_in.value).open if target.opened_in else left
        left = left - mine
        clock = chains.clock(calendar)
        yield Answer(target, calendar, Reading(clock.due(time), clock, mine))


@dataclass(frozen=True, slots=True, eq=False)
class Leg:
    """One alternative of each, over the instants that both answer for (not none)."""

    a: Answer
    b: Answer
    opened: Intervals

    def stretches(self) -> tuple[Ints, Ints]:
        """First and last ticks of the stretches within which both are affine."""
        return replace(self.a.read, opened=self.opened).stretches(self.a.due, self.b.due)

    def later(self, ticks: Ints) -> Ints:
        """By how many ticks A is due later; what is never due is `BEYOND` later than what is, and equal to what never is."""
        ours, theirs = self.a.due.at(ticks), self.b.due.at(ticks)
        never = (ours >= BEYOND).astype(np.int64) - (theirs >= BEYOND).astype(np.int64)
        later: Ints = np.where((ours >= BEYOND) | (theirs >= BEYOND), never * BEYOND, ours - theirs)
        return later

    def seconds_later(self) -> int:
        """For how many seconds of opening A is due later: each odd tick is one."""
        first, last = self.stretches()
        since, until = above_zero(first, last, self.later(first), self.later(last))
        return int((until // 2 - since // 2).sum())

    def worst(self) -> tuple[int, int]:
        """The greatest difference at a whole second and the first such tick; inside a second only where A is later nowhere else."""
        first, last = self.stretches()
        begins, ends = first + first % 2, last - last % 2
        whole = begins <= ends
        for ticks in (distinct(begins[whole], ends[whole]), distinct(first, last)):
            later = self.later(ticks)
            if later.max(initial=0) > 0:
                where = int(later.argmax())
                return int(later[where]), int(ticks[where])
        return 0, int(first[0])


@dataclass(frozen=True, slots=True)
class Cut:
    """A calendar of one side that ends, and the first instant at which a ticket would run past that; None where every one does."""

    side: Side
    calendar: str
    at: int | None


@dataclass(frozen=True, eq=False)
class Race:
    """Two targets over some instants, alternative by alternative, and the calendar whose end has cut those instants."""

    ours: tuple[Answer, ...]
    theirs: tuple[Answer, ...]
    cut: Cut | None = None

    @cached_property
    def legs(self) -> tuple[Leg, ...]:
        """Wherever both answer."""
        pairs = (Leg(one, other, one.opened & other.opened) for one in self.ours for other in self.theirs)
        return tuple(leg for leg in pairs if len(leg.opened.starts))

    @cached_property
    def only_a(self) -> Intervals:
        """The instants for which A alone promises anything."""
        return _answered(self.ours) - _answered(self.theirs)

    @cached_property
    def only_b(self) -> Intervals:
        """The instants for which B alone does."""
        return _answered(self.theirs) - _answered(self.ours)

    @property
    def a_later(self) -> bool:
        """Whether A is due later at any instant, or promises nothing while B does."""
        return bool(len(self.only_b.starts)) or any((leg.later(ticks) > 0).any() for leg in self.legs for ticks in leg.stretches())

    @property
    def b_later(self) -> bool:
        """The same of B."""
        return bool(len(self.only_a.starts)) or any((leg.later(ticks) < 0).any() for leg in self.legs for ticks in leg.stretches())

    @property
    def share(self) -> Fraction:
        """Of the time for which B promises anything, the part in which a ticket opened then is due later in A."""
        asked = self.only_b.length + sum(leg.opened.length for leg in self.legs)
        late = self.only_b.length + sum(leg.seconds_later() for leg in self.legs)
        return Fraction(late, asked) if asked else Fraction(0)

    def worst(self) -> tuple[int, Leg | None]:
        """The first ticket for which A is latest, and what answers for it; None where A promises nothing, which is later than any time."""
        found = [(*leg.worst(), leg) for leg in self.legs]
        ranked: list[tuple[int, int, Leg | None]] = [(-later, tick, leg) for later, tick, leg in found]
        if len(self.only_b.starts):
            ranked.append((-BEYOND, 2 * int(self.only_b.starts[0]), None))
        _, tick, leg = min(ranked, key=lambda one: one[:2])
        return tick, leg


def race(a: Side, b: Side, one: TimePromise, other: TimePromise, when: Horizon) -> Race:
    """Two targets for every ticket of a horizon; up to where a calendar ends, as nothing is known from there on."""
    whole = Intervals.of([(when.start, when.end)])
    for (ours, final), (theirs, _) in zip(a.study.views(when), b.study.views(when), strict=True):
        found = Race(tuple(answers(a, one, ours, whole)), tuple(answers(b, other, theirs, whole)))
        if not final and any(answer.read.unknown() for answer in (*found.ours, *found.theirs)):
            continue
        cut = _cut(found, a, b, when)
        if cut is not None and cut.at is not None:
            whole = whole.clipped(when.start, cut.at)
            found = Race(tuple(answers(a, one, ours, whole)), tuple(answers(b, other, theirs, whole)))
        return Race(found.ours, found.theirs, cut)
    raise AssertionError("the last view is final")


def _answered(answers: tuple[Answer, ...]) -> Intervals:
    return reduce(Intervals.__or__, (answer.opened for answer in answers), NOWHERE)


def _cut(found: Race, a: Side, b: Side, when: Horizon) -> Cut | None:
    """The calendar on which a ticket is first never done; it cuts nothing where that is the first ticket of all."""
    read = [(answer.read.first_ended(), side, answer) for side, of in ((a, found.ours), (b, found.theirs)) for answer in of]
    ended = [(tick, side, answer) for tick, side, answer in read if tick is not None]
    if not ended:
        return None
    tick, side, answer = min(ended, key=lambda one: one[0])
    return Cut(side, answer.calendar, tick // 2 if tick // 2 > when.start else None)
