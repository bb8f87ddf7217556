"""A curve read on a clock, in a world of seven minutes: every number against every tick of it, one after another."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import reduce
from random import Random

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from slachain.analysis.readings import Reading, Worst, above_zero
from slachain.clocks.clock import Clock, View
from slachain.clocks.curves import BEYOND, ENDED, NEVER, Curve, pieces
from slachain.clocks.hours import Windows
from slachain.clocks.intervals import Intervals
from slachain.language.scalars import BusinessDays, Duration, Time

MANY = settings(max_examples=max(120, settings().max_examples))
LENGTH, DAY = 400, 40  # seconds of a small world, so that every tick of it can be looked at


def a_clock(chance: Random, always: float) -> Clock:
    """Open in some hours of most days, or all day long; some of these are business days. It may end with the world."""
    open = [(d * DAY + chance.randrange(DAY // 2), d * DAY + chance.randint(DAY // 2, DAY), d) for d in range(10) if chance.random() < 0.8]
    if chance.random() < always:
        open = [(d * DAY, (d + 1) * DAY, d) for d in range(10)]
    windows = Windows.of((start, end, day, chance.random() < 0.8) for start, end, day in open)
    hours = Intervals.of((start, end) for start, end, _ in open)
    return Clock(hours, View(0, LENGTH), chance.choice([BEYOND, ENDED]), lambda: windows)


def a_time(chance: Random, days: float = 0.5) -> Time:
    return BusinessDays(chance.randint(1, 3)) if chance.random() < days else Duration(chance.choice([0, 1, 2, 10, 20, 30, 45]))


def work(chance: Random, always: float, days: float) -> Curve:
    """When somebody is done who works on a clock of their own, or who is never done with what comes late."""
    done = a_clock(chance, always).due(a_time(chance, days))
    late = chance.randrange(1, 2 * LENGTH)
    return done | pieces([0, late], [0, NEVER], [0, 0], 2 * LENGTH) if chance.random() < 0.1 else done


def a_reading(chance: Random, until: Sequence[int] = (2, 2, 2, 9)) -> Reading:
    """What is done by one after another, or by whoever is last or first, most often by the end of the world; asked about in the first days."""
    ours, theirs = chance.choice([(0.8, 0.1), (0.1, 0.8)])
    how = chance.choice([Curve.then, Curve.then, Curve.__or__, Curve.__and__])
    done = reduce(how, [work(chance, theirs, days) for days in chance.choice([[0.5], [0, 0.7], [0, 0.7], [0.3, 0.3, 0.3]])])
    latest, number, grid = chance.choice(until) * DAY, chance.choice([1, 1, 3]), chance.choice([1, DAY])
    asked = [(start, start + chance.randint(1, 3 * DAY // number)) for start in chance.choices(range(0, latest, grid), k=number)]
    return Reading(done, a_clock(chance, ours), Intervals.of((start, min(end, LENGTH)) for start, end in asked))


readings = st.randoms(use_true_random=True).map(a_reading)
near_the_end = st.randoms(use_true_random=True).map(lambda chance: a_reading(chance, (8, 9)))
times = st.randoms(use_true_random=True).map(a_time)


class Naive:
    """The same, tick by tick."""

    def __init__(self, reading: Reading) -> None:
        self.clock = reading.clock
        self.ticks = [tick for start, end in reading.opened.pairs() for tick in range(2 * start, 2 * end)]
        asked = np.array(self.ticks, dtype=np.int64)
        self.done = dict(zip(self.ticks, reading.done.at(asked).tolist(), strict=True))
        self.never = [tick for tick, done in self.done.items() if done >= BEYOND]
        counted = self.clock.elapsed.at(reading.done.at(asked)) - self.clock.elapsed.at(asked)
        self.spent = dict(zip(self.ticks, counted.tolist(), strict=True))  # ticks that the clock counts until it is done
        self.running = [tick for tick in self.ticks if tick % 2 and self.clock.open.covers_one(tick // 2)]  # by the open second

    def days(self) -> dict[int, int]:
        """How many business days are enough, at least one, for what is done some time."""
        needed = dict[int, int]()
        for days in range(1, LENGTH):
            needed |= {tick: days for tick, more in self.excess(BusinessDays(days)).items() if more <= 0 and tick not in needed}
            if len(needed) == len(self.ticks):
                break
        return needed

    def due(self, limit: Time) -> dict[int, int]:
        """When each is due."""
        return {tick: self.clock.due(limit)(tick) for tick in self.ticks}

    def excess(self, limit: Time) -> dict[int, int]:
        """By how many ticks of the clock it passes a limit, or of any clock the close of business; never is late, though that be not known."""
        if isinstance(limit, Duration):
            return {tick: spent - 2 * limit.seconds for tick, spent in self.spent.items()}
        due = self.due(limit)
        return {t: BEYOND if done >= BEYOND else -1 if due[t] >= BEYOND else done - due[t] for t, done in self.done.items()}


@MANY
@example(a_reading(Random(374)))  # worst where the clock begins to run, or just before, and nowhere else
@example(a_reading(Random(6233)))
@given(readings)
def test_supported_is_the_most_that_any_ticket_takes(reading: Reading) -> None:
    """2n ticks are n seconds; 2n - 1 are n seconds but for as little as one likes."""
    naive = Naive(reading)
    assert reading.settled == (not naive.never)
    if naive.never:
        assert reading.supported(days=False) == reading.supported(days=True) == Worst(None, True)
        return
    most = max(naive.spent.values())
    assert reading.supported(days=False) == Worst((most + 1) // 2, most % 2 == 0)
    assert reading.longest == most
    assert reading.supported(days=True) == Worst(max(naive.days().values()), True)


def test_where_nobody_asks_nothing_is_supported_and_every_limit_is_kept() -> None:
    clock = Clock(Intervals.of([(10, 20)]), View(0, LENGTH), BEYOND, lambda: Windows.of([(10, 20, 0, True)]))
    reading = Reading(pieces([0], [NEVER], [0], 2 * LENGTH), clock, Intervals.of([]))
    assert reading.supported(days=False) is reading.supported(days=True) is None
    assert (reading.first_ended(), reading.unknown(), reading.days) == (None, False, (0, 0))
    for limit in (Duration(0), BusinessDays(1)):
        assert reading.within(limit) == (True, True)
        assert reading.over(limit) == 1
        assert reading.exposure(limit) is None
        assert reading.may_be_late(limit, "any") == 0


@MANY
@given(readings)
def test_the_worst_ticket_is_one_that_takes_the_most(reading: Reading) -> None:
    """The first whole instant that does. Where only a limit is, the first of those next to it, or a whole one beside that, within a second."""
    naive = Naive(reading)
    shown, days = reading.worst_tick(days=False), reading.worst_tick(days=True)
    if naive.never:
        assert shown == days
        assert the_first_or_the_whole_instant_after_it(shown, naive.never)
        return
    spent, needed = naive.spent, naive.days()
    most = max(spent.values())
    whole = [tick for tick in naive.ticks if tick % 2 == 0 and spent[tick] == most]
    first = next(tick for tick in naive.ticks if spent[tick] >= most - (most % 2 == 0))
    beside = [tick for tick in (first + 1, first - 1) if most % 2 and spent.get(tick, -1) >= most - 1]
    assert shown == [*whole, *beside, first][0]
    assert the_first_or_the_whole_instant_after_it(days, [tick for tick in naive.ticks if needed[tick] == max(needed.values())])


@pytest.mark.parametrize("work", [45, 85, 125])
@pytest.mark.parametrize(("until", "more", "shown"), [(15, 0, 20), (16, 1, 31), (17, 1, 32)])
def test_the_first_whole_instant_that_takes_another_day_is_shown_if_it_is_asked_about(work: int, until: int, more: int, shown: int) -> None:
    """Work takes 45 seconds around the clock; the business day after the one from 10 to 20 closes at 60, the others every 40 seconds.

    So what is opened after second 15 takes another day. Of the second that follows, only what comes after its first instant does.
    """
    opens = [(10 + 40 * day, 20 + 40 * day, day, True) for day in range(6)]
    days = work // 40 + more
    shown = shown if days > 1 else 20
    clock = Clock(Intervals.of((start, end) for start, end, _, _ in opens), View(0, LENGTH), BEYOND, lambda: Windows.of(opens))
    done = Clock(Intervals.of([(0, LENGTH)]), View(0, LENGTH), BEYOND, lambda: Windows.of([])).due(Duration(work))
    reading = Reading(done, clock, Intervals.of([(10, until)]))
    assert reading.supported(days=True) == Worst(days, True)
    assert reading.worst_tick(days=True) == shown
    assert reading.over(BusinessDays(work // 40)) == 1  # at most a second and a half, told in whole ones


@pytest.mark.parametrize(("never", "until", "shown"), [(4, 5, 4), (3, 5, 4), (3, 2, 3)])
def test_what_is_never_done_is_shown_at_a_whole_instant_if_one_is_asked_about(never: int, until: int, shown: int) -> None:
    """From instant 2 on, or from just after second 1 on, nothing is done."""
    clock = Clock(Intervals.of([(0, LENGTH)]), View(0, LENGTH), BEYOND, lambda: Windows.of([]))
    reading = Reading(pieces([0, never], [0, NEVER], [1, 0], 2 * LENGTH), clock, Intervals.of([(0, until)]))
    assert reading.worst_tick(days=False) == shown
    assert reading.supported(days=False) == Worst(None, True)


@pytest.mark.parametrize(
    ("after", "slope", "until", "worst", "shown"),
    [
        (200, 0, 15, Worst(65, True), 0),  # up to and at instant 15 all is done at 65
        (200, 0, 16, Worst(85, False), 31),  # after it at 100: nobody who opens a ticket at a whole instant waits for so long
        (200, 0, 17, Worst(85, False), 32),
        (201, 1, 16, Worst(85, True), 31),  # after it 85 seconds later, whenever that is
        (201, 1, 17, Worst(85, True), 32),
        (161, 1, 16, Worst(65, True), 0),  # or only 65 seconds later
    ],
)
def test_what_is_shown_of_a_jump(after: int, slope: int, until: int, worst: Worst, shown: int) -> None:
    clock = Clock(Intervals.of([(0, LENGTH)]), View(0, LENGTH), BEYOND, lambda: Windows.of([]))
    done = pieces([0, 31], [130, after], [0, slope], 2 * LENGTH)
    reading = Reading(done, clock, Intervals.of([(0, until)]))
    assert (reading.supported(days=False), reading.worst_tick(days=False)) == (worst, shown)


def test_of_several_that_are_as_bad_the_first_is_shown() -> None:
    """Work is handed in at 10, 30 and 50: who comes just after waits for the next, as good as 20 seconds; at 11 and 31 it is 19."""
    clock = Clock(Intervals.of([(0, LENGTH)]), View(0, LENGTH), BEYOND, lambda: Windows.of([]))
    reading = Reading(pieces([0, 21, 61], [20, 60, 100], [0, 0, 0], 2 * LENGTH), clock, Intervals.of([(0, 50)]))
    assert (reading.supported(days=False), reading.worst_tick(days=False)) == (Worst(20, False), 2 * 11)


def test_of_two_whole_instants_beside_a_jump_the_one_after_it_is_shown() -> None:
    """Who comes by 15 is done at 29, who comes later at 30: that is as good as 15 seconds just after 15, and 14 both at 15 and at 16."""
    clock = Clock(Intervals.of([(0, LENGTH)]), View(0, LENGTH), BEYOND, lambda: Windows.of([]))
    reading = Reading(pieces([0, 31], [58, 60], [0, 0], 2 * LENGTH), clock, Intervals.of([(15, 17)]))
    assert (reading.supported(days=False), reading.worst_tick(days=False)) == (Worst(15, False), 2 * 16)


@pytest.mark.parametrize(("at", "after", "slope", "attained"), [(60, 63, 1, True), (58, 62, 0, False)])
def test_a_whole_instant_a_second_short_does_not_stand_for_what_some_ticket_takes(at: int, after: int, slope: int, attained: bool) -> None:
    """At 15 it takes 15 seconds or 14, from just after that on 16, or as good as 16; nobody is asked about who comes at 16."""
    clock = Clock(Intervals.of([(0, LENGTH)]), View(0, LENGTH), BEYOND, lambda: Windows.of([]))
    reading = Reading(pieces([0, 31], [at, after], [0, slope], 2 * LENGTH), clock, Intervals.of([(15, 16)]))
    assert (reading.supported(days=False), reading.worst_tick(days=False)) == (Worst(16, attained), 31)


def test_what_is_shown_where_the_clock_is_not_yet_open() -> None:
    """It opens at second 20, and the work takes 15: who comes at 15 would have spent ten seconds, but is not asked about; who comes at 14, nine."""
    clock = Clock(Intervals.of([(20, LENGTH)]), View(0, LENGTH), BEYOND, lambda: Windows.of([]))
    work = Clock(Intervals.of([(0, LENGTH)]), View(0, LENGTH), BEYOND, lambda: Windows.of([])).due(Duration(15))
    reading = Reading(work, clock, Intervals.of([(5, 15)]))
    assert (reading.supported(days=False), reading.worst_tick(days=False)) == (Worst(10, False), 2 * 14)
    assert [reading.may_be_late(Duration(limit), "even") for limit in (9, 10)] == [1, 0]  # no second of it counts: any, or none


def test_the_last_of_several_stretches_tells_whether_all_is_done() -> None:
    """Tickets come from 0 to 5, and from 10 to 15; those after 12 are never done, those after 13 it is not known when."""
    clock = Clock(Intervals.of([(0, LENGTH)]), View(0, LENGTH), BEYOND, lambda: Windows.of([]))
    done = pieces([0, 24, 26], [8, ENDED, BEYOND], [1, 0, 0], 2 * LENGTH)
    reading = Reading(done, clock, Intervals.of([(0, 5), (10, 15)]))
    assert (reading.settled, reading.unknown(), reading.first_ended()) == (False, True, 24)
    assert (reading.supported(days=False), reading.worst_tick(days=False)) == (Worst(None, True), 24)
    assert [reading.within(limit) for limit in (Duration(100), BusinessDays(9))] == [(False, False)] * 2
    sooner = Reading(done, clock, Intervals.of([(0, 5), (10, 12)]))
    assert (sooner.settled, sooner.unknown(), sooner.first_ended()) == (True, False, None)
    assert sooner.supported(days=False) == Worst(4, True)


@pytest.mark.parametrize("slope", [-1, 0, 1])
@pytest.mark.parametrize("value", range(-6, 7))
def test_the_part_of_a_stretch_in_which_a_value_is_above_zero(value: int, slope: int) -> None:
    for first, last in ((20, 20 + length) for length in range(8)):
        since, until = above_zero(*(np.array([number]) for number in (first, last, value, value + slope * (last - first))))
        found = [tick for start, end in zip(since, until, strict=True) for tick in range(start, end)]
        assert found == [tick for tick in range(first, last + 1) if value + slope * (tick - first) > 0]


def the_first_or_the_whole_instant_after_it(shown: int, ticks: list[int]) -> bool:
    """What is shown of all that are as bad."""
    return shown == ticks[0] or (ticks[0] % 2 == 1 and shown == ticks[0] + 1 in ticks)


@MANY
@given(readings, times)
def test_within_a_limit_is_every_ticket_and_over_it_is_the_one_that_passes_it_most(reading: Reading, limit: Time) -> None:
    """In seconds a limit is kept strictly by a second at least, since what is less is only approached."""
    naive = Naive(reading)
    for near in (-1, 0, 1) if not naive.never else ():
        within_a_limit(reading, naive, Duration(max(max(naive.spent.values()) // 2 + near, 0)))
    within_a_limit(reading, naive, limit)
    assert reading.first_ended() == next((tick for tick in naive.ticks if naive.done[tick] == ENDED), None)
    assert reading.unknown() == any(naive.done[tick] == BEYOND for tick in naive.ticks)


def within_a_limit(reading: Reading, naive: Naive, limit: Time) -> None:
    """One after another."""
    excess = naive.excess(limit).values()
    least = 0 if isinstance(limit, BusinessDays) else -1
    assert reading.within(limit) == (all(more < least for more in excess), all(more <= 0 for more in excess))
    over = max([1, *(more // 2 for more in excess)])
    assert reading.over(limit) == over if not naive.never else reading.over(limit) > 10**9


@MANY
@given(near_the_end, times)
def test_a_ticket_of_which_nothing_is_known_may_be_in_time_until_it_is_due(reading: Reading, limit: Time) -> None:
    """Of each that runs past the view: whether the clock passes the limit by the last tick of the view."""
    naive, elapsed = Naive(reading), reading.clock.elapsed
    past = [tick for tick in naive.ticks if naive.done[tick] == BEYOND]
    left = [elapsed(2 * LENGTH - 1) - elapsed(tick) for tick in past]
    for seconds in limits_near(left):
        assert reading.undecided(Duration(seconds)) == any(more <= 2 * seconds for more in left)
    due = naive.due(days := BusinessDays(limit.days if isinstance(limit, BusinessDays) else 4))
    assert reading.undecided(days) == any(due[tick] >= BEYOND for tick in past)


@MANY
@given(near_the_end, times)
def test_surely_late_is_what_passes_a_limit_unless_the_clock_ends_before_it_is_due(reading: Reading, limit: Time) -> None:
    naive = Naive(reading)
    for one in (limit, *map(Duration, limits_near([spent for spent in naive.spent.values() if spent < BEYOND]))):
        due, excess = naive.due(one), naive.excess(one)
        late = [tick for tick in naive.ticks if excess[tick] > 0]
        assert reading.surely_late(one) == any(naive.done[tick] != ENDED or due[tick] < BEYOND for tick in late)


def limits_near(spent: Sequence[int]) -> list[int]:
    """Seconds close to the most and to the least of what is spent, in ticks."""
    return [max(0, most // 2 + near) for most in (max(spent), min(spent)) for near in (-1, 0, 1)] if spent else []


@MANY
@given(readings, times)
def test_exposure_counts_the_seconds_at_which_a_ticket_would_be_late(reading: Reading, limit: Time) -> None:
    naive = Naive(reading)
    running, excess = naive.running, naive.excess(limit)
    late = [tick for tick in running if excess[tick] > 0]
    share = Fraction(len(late), len(running)) if running else None
    assert reading.exposure(limit) == share
    assert [seconds_of(of) for of in reading.late(limit)] == [[tick // 2 for tick in ticks] for ticks in (running, late)]
    assert reading.may_be_late(limit, "even") == (share if share is not None else not reading.within(limit)[1])
    assert reading.may_be_late(limit, "any") == (bool(late) if running else not reading.within(limit)[1])


def seconds_of(intervals: Intervals) -> list[int]:
    """One after another."""
    return [second for start, end in intervals.pairs() for second in range(start, end)]
