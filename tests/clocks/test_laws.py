"""Laws of clocks and curves, on random calendars, each against what it says and not against another calculation."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from slachain.clocks.clock import Clock, View
from slachain.clocks.curves import BEYOND, ENDED, NEVER, UNBOUNDED, Curve, constant, pieces
from slachain.clocks.hours import Windows
from slachain.clocks.intervals import Intervals
from slachain.language.scalars import BusinessDays, Duration

LENGTH = 400  # seconds of a small world, so that every tick of it can be looked at


@st.composite
def clocks(draw: st.DrawFn) -> Clock:
    pairs = draw(st.lists(st.tuples(st.integers(0, LENGTH), st.integers(1, 60)), max_size=8))
    open = Intervals.of((start, min(start + length, LENGTH)) for start, length in pairs)
    dated = Windows.of((start, end, day, True) for day, (start, end) in enumerate(open.pairs()))
    return Clock(open, View(0, LENGTH), BEYOND, lambda: dated)


@st.composite
def curves(draw: st.DrawFn) -> Curve:
    """Any non-decreasing curve of flat and rising pieces, the last of which goes on to the end."""
    bends = st.tuples(st.integers(0, 1), st.integers(1, 120), st.sampled_from([0, 1, 7, 30]))
    drawn = draw(st.lists(bends, min_size=1, max_size=8))
    starts, values, x, y = [], [], 0, draw(st.integers(0, 50))
    for slope, length, jump in drawn:
        starts.append(x)
        values.append(y)
        x, y = x + length, y + slope * length + jump
    return pieces(starts, values, [slope for slope, _, _ in drawn], 2 * LENGTH)


@st.composite
def ending_curves(draw: st.DrawFn) -> Curve:
    """Any curve, from some tick on never."""
    curve, end = draw(curves()), draw(st.integers(1, 2 * LENGTH))
    kept = curve.starts < end
    starts, values, slopes = (of[kept].tolist() for of in (curve.starts, curve.values, curve.slopes))
    if end == 2 * LENGTH:
        return pieces(starts, values, slopes, end)
    never = draw(st.sampled_from([BEYOND, ENDED, UNBOUNDED, NEVER]))
    return pieces([*starts, end], [*values, never], [*slopes, 0], 2 * LENGTH)


ticks = st.integers(0, 2 * LENGTH - 1)
durations = st.integers(1, 200)


@given(clocks(), ticks, durations)
def test_due_is_the_earliest_instant_at_which_so_much_has_elapsed(clock: Clock, t: int, seconds: int) -> None:
    due = clock.due(Duration(seconds))(t)
    if due < BEYOND:
        assert clock.elapsed(min(due, 2 * LENGTH - 1)) - clock.elapsed(t) in (2 * seconds, 2 * seconds - 1)
        open_before = sum(bool(clock.open.covers_one(x // 2)) for x in range(t, due))
        assert open_before == 2 * seconds
        assert clock.open.covers_one((due - 1) // 2)
    else:
        assert sum(bool(clock.open.covers_one(x // 2)) for x in range(t, 2 * LENGTH)) < 2 * seconds


@given(clocks(), ticks, durations, durations)
def test_one_time_after_another_is_their_sum(clock: Clock, t: int, first: int, second: int) -> None:
    assert clock.due(Duration(first)).then(clock.due(Duration(second)))(t) == clock.due(Duration(first + second))(t)


@given(clocks(), durations, ticks, ticks)
def test_later_in_later_out(clock: Clock, seconds: int, a: int, b: int) -> None:
    due = clock.due(Duration(seconds))
    assert due(min(a, b)) <= due(max(a, b))


@given(clocks(), st.integers(1, 3), ticks, ticks)
def test_business_days_too_are_later_out_the_later_in(clock: Clock, days: int, a: int, b: int) -> None:
    due = clock.due(BusinessDays(days))
    assert due(min(a, b)) <= due(max(a, b))
    assert due(a) > a or not clock.open.pairs()


@given(curves(), curves(), ticks)
def test_composition_is_one_after_the_other(f: Curve, g: Curve, x: int) -> None:
    arrival = f(x)
    assert f.then(g)(x) == (g(arrival) if arrival < g.end else BEYOND)


@given(curves(), curves(), ticks)
def test_the_later_and_the_earlier_of_two(f: Curve, g: Curve, x: int) -> None:
    assert (f | g)(x) == max(f(x), g(x))
    assert (f & g)(x) == min(f(x), g(x))


@given(ending_curves(), ending_curves())
def test_at_every_tick_what_two_make_is_made_of_what_each_says(f: Curve, g: Curve) -> None:
    """Composition, the later and the earlier, and whether one is never before the other: which is looked at in a few ticks only."""
    every = np.arange(2 * LENGTH)
    of_f, of_g = f.at(every), g.at(every)
    beyond = np.maximum(of_f, BEYOND)
    assert (f.then(g).at(every) == np.where(of_f < 2 * LENGTH, g.at(np.minimum(of_f, 2 * LENGTH - 1)), beyond)).all()
    assert ((f | g).at(every) == np.maximum(of_f, of_g)).all()
    assert ((f & g).at(every) == np.minimum(of_f, of_g)).all()
    assert f.never_before(g) == bool((of_f >= of_g).all())
    assert (f | g).never_before(f)
    assert g.never_before(f & g)


@given(curves(), curves())
def test_many_ticks_at_once_and_one_by_one_are_the_same(f: Curve, g: Curve) -> None:
    xs = np.arange(0, 2 * LENGTH)
    both = f.then(g) | f
    assert both.at(xs).tolist() == [both(int(x)) for x in xs]


@given(curves())
def test_as_few_pieces_as_say_the_same_do(f: Curve) -> None:
    """However finely it is cut: whole again, and the same at every tick."""
    xs = np.arange(0, 2 * LENGTH)
    values, slopes = f.with_slopes(xs)
    again = pieces(xs.tolist(), values.tolist(), slopes.tolist(), f.end)
    assert again.at(xs).tolist() == values.tolist()
    assert len(again.starts) <= len(f.starts)


@pytest.mark.parametrize(("start", "end"), [(1, 2), (2, 3), (7, 8), (7, 15), (7, 22), (8, 15)])
def test_where_it_goes_flat_it_stays_so(start: int, end: int) -> None:
    found = pieces([0, start], [0, start], [1, 0], end)
    assert found.at(np.arange(end)).tolist() == [min(x, start) for x in range(end)]
    assert len(found.starts) == (2 if end - start > 1 else 1), "a last tick only goes on"


@given(curves(), curves())
def test_no_piece_only_goes_on_with_the_one_before(f: Curve, g: Curve) -> None:
    made = (f | g).then(f & g)
    ends = made.values[:-1] + made.slopes[:-1] * np.diff(made.starts)
    assert not ((ends == made.values[1:]) & (made.slopes[:-1] == made.slopes[1:])).any()


intervals = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6).map(Intervals.of)


@given(intervals, intervals)
def test_sets_of_intervals_are_sets(a: Intervals, b: Intervals) -> None:
    def members(of: Intervals) -> set[int]:
        return {t for t in range(61) if of.covers_one(t)}

    assert members(a | b) == members(a) | members(b)
    assert members(a & b) == members(a) & members(b)
    assert members(a - b) == members(a) - members(b)
    assert (a | b).length == len(members(a | b))


@given(ending_curves(), st.sampled_from([BEYOND, ENDED, UNBOUNDED, NEVER]))
def test_nothing_follows_what_is_never_done(f: Curve, never: int) -> None:
    """Whichever it is; what is not known to arrive in time for it is beyond; but where nobody has committed it does not matter who arrives."""
    every, flat = np.arange(2 * LENGTH), constant(0, 2 * LENGTH, never)
    assert (flat.then(f).at(every) == never).all()
    arriving = f.at(every)
    known = (arriving < 2 * LENGTH) | (never == NEVER)
    assert (f.then(flat).at(every) == np.where(known, never, np.maximum(arriving, BEYOND))).all()
