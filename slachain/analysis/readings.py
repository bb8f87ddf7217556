"""The customer's clock read over a whole horizon: supported, exposure, the worst instant (section 7), exactly.

Between two neighbouring breakpoints every curve is affine, so a supremum is attained at one end of such a stretch,
and the measure of the instants that are late is a count of open seconds.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property

import numpy as np

from slachain.clocks.clock import Clock
from slachain.clocks.curves import BEYOND, ENDED, Bools, Curve
from slachain.clocks.intervals import Intervals, Ints, distinct
from slachain.language.scalars import BusinessDays, Time
from slachain.language.values import dataclass, field


@dataclass(frozen=True, slots=True)
class Worst:
    """The least upper bound of a reading, in seconds or business days, None for never; and whether any ticket takes as much."""

    bound: int | None
    attained: bool


@dataclass(frozen=True, eq=False)  # without slots: what it keeps of the whole horizon is a few numbers, found when first asked for
class Reading:
    """One completion curve read on one clock, for tickets opened within a set of instants (UTC seconds).

    What is promised has no part in it, and so one reading answers for every limit. `longest` and `days` are all that `within` has
    to know; `supported` is the same for all limits in seconds, and for all in business days.
    """

    done: Curve
    clock: Clock
    opened: Intervals
    _exposures: dict[Time, Fraction] = field(default_factory=dict)  # of the limits that were asked about

    def stretches(self, *curves: Curve) -> tuple[Ints, Ints]:
        """First and last ticks of the stretches within which everything is affine."""
        starts, ends = 2 * self.opened.starts, 2 * self.opened.ends
        if not len(starts):
            return starts, ends
        cuts = distinct(starts, ends, self.clock.elapsed.starts, *(c.starts for c in curves))
        at = starts.searchsorted(cuts, side="right") - 1
        inside = (at >= 0) & (cuts < ends[at])
        cuts, last = cuts[inside], ends[at[inside]]
        np.minimum(last[:-1], cuts[1:], out=last[:-1])
        return cuts, last - 1

    @cached_property
    def settled(self) -> bool:
        """Whether every ticket is done at some time, and that is known: so it is if the last one is, since later in is later out."""
        return bool(len(self.opened.ends)) and self.done(2 * int(self.opened.ends[-1]) - 1) < BEYOND

    def first_ended(self) -> int | None:
        """The first tick opened within at which the ticket would run past a calendar's end."""
        if self.settled:
            return None
        first, _ = self.stretches(self.done)
        ended = self.done.at(first) == ENDED
        return int(first[ended][0]) if ended.any() else None

    def unknown(self) -> bool:
        """Whether some ticket runs past the view, so that a longer one is needed."""
        if self.settled:
            return False
        first, _ = self.stretches(self.done)
        return bool((self.done.at(first) == BEYOND).any())

    def supported(self, days: bool) -> Worst | None:
        """The least upper bound of the reading, in seconds or in business days; None where nothing is opened."""
        return self._worst_in_days if days else self._worst_in_seconds

    @cached_property
    def _worst_in_seconds(self) -> Worst | None:
        """A difference of ticks is 2n seconds attained, or 2n - 1: n seconds approached."""
        if self.settled:
            return Worst((self._most + 1) // 2, self._most % 2 == 0)
        return Worst(None, True) if len(self.opened.starts) else None

    @cached_property
    def _worst_in_days(self) -> Worst | None:
        if self.settled:
            return Worst(max(self._counted[0], 1), True)
        return self._worst_in_seconds

    @property
    def _read(self) -> Curve:
        """When a ticket is done, as the clock reads it; not kept, since there are many readings."""
        return self.done.then(self.clock.elapsed)

    @cached_property
    def _most(self) -> int:
        """The most ticks that the clock reads between opened and done, where all are done.

        Both readings rise by nothing or one for one. So their difference is greatest where the later one bends, where the clock begins to run,
        just before it does, or at the ends of what is asked about.
        """
        read, elapsed = self._read, self.clock.elapsed
        ends = np.concatenate((2 * self.opened.starts, 2 * self.opened.ends - 1))
        at_ends = (read.at(ends) - elapsed.at(ends)).max()
        at_bends = (read.values - elapsed.at(read.starts))[self._asked_about(read.starts)]
        at_turns = (read.at(elapsed.lowest) - elapsed.values)[self._asked_about(elapsed.lowest)]
        return int(max(at_ends, at_bends.max(initial=at_ends), at_turns.max(initial=at_ends)))

    def _asked_about(self, ticks: Ints) -> slice | Bools:
        """Which of some ticks in order lie inside of what is asked about."""
        if len(self.opened.starts) == 1:
            return slice(*ticks.searchsorted([2 * int(self.opened.starts[0]), 2 * int(self.opened.ends[0])]))
        return self.opened.covers(ticks // 2)

    def worst_tick(self, days: bool) -> int:
        """A tick at which it reads as much as is supported, or as near to that as any."""
        if not self.settled:
            first, last = self.stretches(self.done)
            never = int(np.flatnonzero(self.done.at(first) >= BEYOND)[0])
            return _whole_from(int(first[never]), int(last[never]))
        return self._counted[2] if days else self._tick_in_seconds

    @cached_property
    def _tick_in_seconds(self) -> int:
        read, elapsed, bound = self._read, self.clock.elapsed, (self._most + 1) // 2
        first, last = self.stretches(read)
        # whole seconds first: the first and last instants of each stretch, then what only the open seconds reach
        candidates = distinct(first, np.minimum(first + 1, last), last)
        differences = read.at(candidates) - elapsed.at(candidates)
        exact = candidates[(differences == 2 * bound) & (candidates % 2 == 0)]
        if len(exact):
            return int(exact[0])
        best = int(candidates[(differences + 1) // 2 == bound][0])
        beside = [x for x in (best + 1, best - 1) if self.opened.covers_one(x // 2) and read(x) - elapsed(x) >= 2 * bound - 2]
        return beside[0] if self._most % 2 and beside else best

    @cached_property
    def _counted(self) -> tuple[int, int, int]:
        """The least numbers of business days that are always enough, and always more than enough, and where the first from 1 on is needed.

        n are enough with `done <= due(n bd)`: n is the rank of the close of business that done reaches.
        """
        (first, last), following = self._day_stretches()
        closes, done = self.clock.days.closes, self.done.at(last)
        enough, more = (closes.searchsorted(done, side=side) - following + 1 for side in ("left", "right"))
        needed = np.maximum(enough, 1)
        where = int(needed.argmax())
        shown = self._first_day(int(needed[where]), int(first[where]), int(last[where]), int(following[where]))
        return int(enough.max()), int(more.max()), shown

    def _day_stretches(self) -> tuple[tuple[Ints, Ints], Ints]:
        """Stretches within which business days are counted from the same date on, and the first of them that follows each."""
        table = self.clock.days
        edges = Curve(table.starts, table.starts, np.zeros(len(table.starts), dtype=np.int64), BEYOND)
        first, last = self.stretches(self.done, edges)
        return (first, last), table.following[np.searchsorted(table.starts, last, side="right") - 1]

    def _first_day(self, bound: int, first: int, last: int, following: int) -> int:
        """The first whole instant of a stretch that needs so many days, or the first tick that does."""
        if bound == 1:
            return first
        too_early = int(self.clock.days.closes[following + bound - 2])
        return _whole_from(max(first, first + too_early + 1 - self.done(first)), last)

    def excess(self, limit: Time) -> tuple[Ints, Ints, Ints, Ints]:
        """By how much the reading passes a limit, at the first and last ticks of each stretch: (first, last, there, there).

        In ticks of the reading for a duration; in ticks of time after the close of business for business days.
        """
        if isinstance(limit, BusinessDays):
            due = self.clock.due(limit)
            first, last = self.stretches(self.done, due)
            return first, last, _after(self.done.at(first), due.at(first)), _after(self.done.at(last), due.at(last))
        read = self._read
        first, last = self.stretches(read)
        elapsed, allowed = self.clock.elapsed, 2 * limit.seconds
        return first, last, read.at(first) - elapsed.at(first) - allowed, read.at(last) - elapsed.at(last) - allowed

    def over(self, limit: Time) -> int:
        """The most seconds by which the reading passes a limit; one where it does not, or by less."""
        if not isinstance(limit, BusinessDays):
            return max(1, self.longest // 2 - limit.seconds)
        _, _, *most = self.excess(limit)
        return max(1, *(int(there.max(initial=0)) // 2 for there in most))

    def within(self, limit: Time) -> tuple[bool, bool]:
        """Whether it is always strictly under the limit, and whether it is always at most the limit.

        A difference of 2n ticks is n seconds attained, and one of 2n - 1 is n seconds approached: strictly under n are 2n - 2 and less.
        So many business days are too few for a ticket that is done after the close of business, and not strictly enough for
        one that is done just then; what is never done is late even where that close is not known.
        """
        if isinstance(limit, BusinessDays):
            at_most, under = self.days
            return limit.days >= under, limit.days >= at_most
        left = 2 * limit.seconds - self.longest
        return left >= 2, left >= 0

    @cached_property
    def longest(self) -> int:
        """The most that the clock reads, in ticks; negative where nothing is opened, beyond all limits for what is never done."""
        worst = self._worst_in_seconds
        if worst is None or worst.bound is None:
            return -BEYOND if worst is None else BEYOND
        return 2 * worst.bound - (not worst.attained)

    @property
    def days(self) -> tuple[int, int]:
        """The least numbers of business days that are always enough, and always more than enough; 0 where nothing is opened."""
        worst = self._worst_in_days
        if worst is None or worst.bound is None:
            return (0, 0) if worst is None else (BEYOND, BEYOND)
        enough, more, _ = self._counted
        return enough, more

    def undecided(self, limit: Time) -> bool:
        """Whether some ticket runs past the view and may be in time all the same: the limit is not passed before the view ends."""
        if self.settled:
            return False
        first, last = self.stretches(self.done)
        past = last[self.done.at(first) == BEYOND]
        if isinstance(limit, BusinessDays):
            return bool((self.clock.due(limit).at(past) >= BEYOND).any())
        elapsed = self.clock.elapsed
        return bool((elapsed(elapsed.end - 1) - elapsed.at(past) <= 2 * limit.seconds).any())

    def surely_late(self, limit: Time) -> bool:
        """Whether the reading passes a limit, other than for tickets that are never done since the clock ends, which do so before they would be due."""
        first, last, *over = self.excess(limit)
        due = self.clock.due(limit)
        known = [(self.done.at(ticks) != ENDED) | (due.at(ticks) < BEYOND) for ticks in (first, last)]
        return any(bool((by[where] > 0).any()) for by, where in zip(over, known, strict=True))

    def exposure(self, limit: Time) -> Fraction | None:
        """Of the instants at which the clock is open, the share at which the reading is past the limit; None without any."""
        if not self.asked:
            return None
        if self.within(limit)[1]:  # at no instant more than the limit: nothing to count
            return Fraction(0)
        return self._exposed(limit)

    def _exposed(self, limit: Time) -> Fraction:
        if limit not in self._exposures:
            _, late = self.seconds(limit)
            self._exposures[limit] = Fraction(int((late[1] - late[0]).sum()), self.asked)
        return self._exposures[limit]

    @cached_property
    def asked(self) -> int:
        """How many seconds of the instants the clock is open."""
        return self.clock.open_within(self.opened)

    def late(self, limit: Time) -> tuple[Intervals, Intervals]:
        """The seconds at which the clock is open, and those of them at which the reading is past the limit."""
        asked, late = self.seconds(limit)
        return Intervals.joining(*asked), Intervals.joining(*late)

    def seconds(self, limit: Time) -> tuple[tuple[Ints, Ints], tuple[Ints, Ints]]:
        """The same as first seconds and ends of many stretches in order, some of them empty.

        Each odd tick is one open second: from tick a to before tick b lie the seconds a // 2 to before b // 2.
        """
        first, last, at_first, at_last = self.excess(limit)
        running = self.clock.elapsed.with_slopes(first)[1] == 1
        first, last, at_first, at_last = first[running], last[running], at_first[running], at_last[running]
        since, until = above_zero(first, last, at_first, at_last)
        return (first // 2, (last + 1) // 2), (since // 2, until // 2)

    def may_be_late(self, limit: Time, arrivals: str) -> Fraction:
        """The share of tickets that may be past the limit: the exposure, or any at all where arrivals may be `any`.

        Where the clock is never open no instant counts, and only a limit that is kept at all of them is safe.
        """
        if not self.asked:
            return Fraction(not self.within(limit)[1])
        exposed = self._exposed(limit)
        return exposed if arrivals == "even" else Fraction(exposed > 0)


def above_zero(first: Ints, last: Ints, at_first: Ints, at_last: Ints) -> tuple[Ints, Ints]:
    """The parts of stretches in which a value is above zero: their first ticks, and the ticks after their last.

    The value is told at the first and the last tick of each stretch, between which it stays, or rises or falls by one a tick.
    """
    since, until = np.maximum(first, first - at_first + 1), np.minimum(last + 1, last + at_last)
    found = (at_first > 0) | (at_last > 0)
    return since[found], until[found]


def _after(done: Ints, due: Ints) -> Ints:
    """How long after due; what is never done is late whenever it is due, and what is done some time is in time for never."""
    return np.where(done >= BEYOND, BEYOND, done - due)


def _whole_from(tick: int, last: int) -> int:
    """The first whole instant from a tick to the last of its stretch, where there is one."""
    return min(tick + tick % 2, last)
