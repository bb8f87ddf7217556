"""Curves are functions of ticks: every tick of them looked at, from any first tick on, with pieces as short as one tick."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from slachain.clocks.curves import BEYOND, ENDED, NEVER, UNBOUNDED, Curve, constant, earliest, identity, latest, pieces

LENGTH = 60
NEVERS = (BEYOND, ENDED, UNBOUNDED, NEVER)
lengths = st.sampled_from([1, 1, 2, 3, 7, 20])
bends = st.lists(st.tuples(st.integers(0, 1), lengths, st.sampled_from([0, 0, 1, 5])), min_size=1, max_size=12)


@st.composite
def written(draw: st.DrawFn, lo: int) -> list[tuple[int, int, int]]:
    """Pieces from `lo` on, as start, value and slope, of which some may only go on with the one before; the last may be never."""
    found, x, y = [], lo, lo + draw(st.integers(0, 12))
    for slope, length, jump in draw(bends):
        if x < lo + LENGTH:
            found.append((x, y, slope))
            x, y = x + length, y + slope * length + jump
    if draw(st.booleans()) and x < lo + LENGTH:
        found.append((x, draw(st.sampled_from(NEVERS)), 0))
    return found


@st.composite
def several(draw: st.DrawFn, number: int) -> list[list[tuple[int, int, int]]]:
    """What stands for some curves over the same ticks."""
    lo = draw(st.sampled_from([-1_001, 0, 5_000]))
    return [draw(written(lo)) for _ in range(number)]


def curve_of(rows: list[tuple[int, int, int]]) -> Curve:
    starts, values, slopes = zip(*rows, strict=True)
    return pieces(starts, values, slopes, starts[0] + LENGTH)


def told(rows: list[tuple[int, int, int]]) -> list[int]:
    """The value at each tick, by the piece that was begun last."""
    ticks = range(rows[0][0], rows[0][0] + LENGTH)
    last = [max(row for row in rows if row[0] <= tick) for tick in ticks]
    return [value + slope * (tick - start) for tick, (start, value, slope) in zip(ticks, last, strict=True)]


def whole(of: Curve) -> list[int]:
    return [int(value) for value in of.at(np.arange(of.start, of.end))]


def in_few_pieces(of: Curve) -> bool:
    """No piece is empty or only goes on with the one before it, and none of one tick could."""
    reach = of.values[:-1] + of.slopes[:-1] * np.diff(of.starts)
    alike = (of.slopes[1:] == of.slopes[:-1]) | (of.nexts[1:] - of.starts[1:] == 1)
    return bool((of.nexts > of.starts).all() and not ((of.values[1:] == reach) & alike).any())


@given(several(1))
def test_it_says_at_each_tick_what_its_pieces_say_one_by_one_or_all_at_once(rows: list[list[tuple[int, int, int]]]) -> None:
    f = curve_of(rows[0])
    assert whole(f) == [f(tick) for tick in range(f.start, f.end)] == told(rows[0])
    assert (f.start, f.end, f.nexts.tolist()) == (rows[0][0][0], rows[0][0][0] + LENGTH, [*f.starts[1:].tolist(), f.end])
    assert in_few_pieces(f)


@given(several(1))
def test_a_slope_tells_the_next_tick_of_the_same_piece(rows: list[list[tuple[int, int, int]]]) -> None:
    f = curve_of(rows[0])
    values, slopes = f.with_slopes(np.arange(f.start, f.end))
    for tick, (now, following) in enumerate(pairwise(values.tolist())):
        assert f.start + tick + 1 in f.starts or following - now == slopes[tick]


@given(several(1), st.integers(0, 5))
def test_beyond_its_end_nothing_is_known_and_what_never_comes_stays_so(rows: list[list[tuple[int, int, int]]], later: int) -> None:
    f = curve_of(rows[0])
    for tick, expected in [(f.end + later, BEYOND), *((never, never) for never in NEVERS)]:
        values, slopes = f.with_slopes(np.array([f.end - 1, tick]))
        assert (f(tick), values[1], slopes[1]) == (expected, expected, 0)
        assert values[0] == f(f.end - 1)


@given(several(2))
def test_one_after_the_other(rows: list[list[tuple[int, int, int]]]) -> None:
    f, g = map(curve_of, rows)
    both = f.then(g)
    assert whole(both) == [g(arrival) for arrival in whole(f)]
    assert (both.start, both.end) == (f.start, f.end)
    assert in_few_pieces(both)


@given(several(1), st.integers(0, 5), st.integers(-20, 5))
def test_what_comes_after_it_may_be_known_for_another_stretch(rows: list[list[tuple[int, int, int]]], earlier: int, later: int) -> None:
    """From before on, and for longer or shorter: one after the other they are known from where the first is to where it is."""
    f = curve_of(rows[0])
    for value in (*NEVERS, f.end):
        g = constant(f.start - earlier, f.end + later, value)
        both = f.then(g)
        assert whole(both) == [g(arrival) for arrival in whole(f)]
        assert (both.start, both.end) == (f.start, f.end)


@given(several(1), st.integers(1, LENGTH - 1), st.sampled_from(list(pairwise(NEVERS))))
def test_what_is_never_done_may_be_so_for_two_reasons(rows: list[list[tuple[int, int, int]]], cut: int, reasons: tuple[int, int]) -> None:
    f = curve_of(rows[0])
    g = pieces([f.start, f.start + cut], reasons, [0, 0], f.end)
    assert whole(f.then(g)) == [g(arrival) for arrival in whole(f)]
    assert g.then(f) is g, "nothing follows it: what is made of it is found again, whatever would have come after"


def test_what_is_beyond_wherever_one_arrives_is_so_from_the_start() -> None:
    """The very same curve, whatever comes before it; but where that has a better reason for never, it keeps it."""
    beyond = constant(0, LENGTH, BEYOND)
    for arriving in (identity(0, LENGTH), constant(0, LENGTH, LENGTH), pieces([0, 5], [0, BEYOND], [1, 0], LENGTH)):
        assert arriving.then(beyond) is beyond
    for reason in (ENDED, UNBOUNDED, NEVER):
        ending = pieces([0, 5], [0, reason], [1, 0], LENGTH)
        assert whole(ending.then(beyond)) == [BEYOND] * 5 + [reason] * (LENGTH - 5)


@given(several(3))
def test_the_latest_and_the_earliest_of_some(rows: list[list[tuple[int, int, int]]]) -> None:
    made = list(map(curve_of, rows))
    every = [told(of) for of in rows]
    for found, expected in ((latest(made), map(max, *every)), (earliest(made), map(min, *every))):
        assert whole(found) == list(expected)
        assert (found.start, found.end) == (made[0].start, made[0].end)
        assert in_few_pieces(found)


def test_no_piece_begins_at_the_end() -> None:
    """Though there two would meet; and what comes after would bend where the first is about to arrive."""
    f, g = identity(0, LENGTH), pieces([0, 3], [0, LENGTH], [0, 0], LENGTH)
    assert whole(f | g) == [0, 1, 2] + [LENGTH] * (LENGTH - 3)
    assert whole(f & g) == [0, 0, 0, *range(3, LENGTH)]
    assert (f | g).starts.tolist() == (f & g).starts.tolist() == [0, 3]
    assert f.then(g).starts.tolist() == [0, 3]


@given(several(2))
def test_never_before_is_at_no_tick_before(rows: list[list[tuple[int, int, int]]]) -> None:
    f, g = map(curve_of, rows)
    for one, other in ((f, g), (g, f), (f, f), (f | g, g), (g, f & g)):
        assert one.never_before(other) == all(a >= b for a, b in zip(whole(one), whole(other), strict=True))


@given(several(2))
def test_where_one_is_never_before_another_it_is_itself_the_later_of_the_two(rows: list[list[tuple[int, int, int]]]) -> None:
    """The very same curve: what is made of it is found again by whoever asks with the other."""
    f, g = map(curve_of, rows)
    later = f | g
    if not f.never_before(later):
        assert later | f is f | later is later
        assert later & f is f & later is f


@given(several(1))
def test_a_piece_is_least_ahead_where_it_begins_to_rise_or_stops_being_flat(rows: list[list[tuple[int, int, int]]]) -> None:
    f = curve_of(rows[0])
    assert f.lowest.tolist() == [
        a if slope else b - 1 for a, b, slope in zip(f.starts.tolist(), f.nexts.tolist(), f.slopes.tolist(), strict=True)
    ]


@pytest.mark.parametrize("lo", [-7, 0, 2_000_000_000])
def test_at_once_and_never(lo: int) -> None:
    ticks = range(lo, lo + LENGTH)
    assert whole(identity(lo, lo + LENGTH)) == list(ticks)
    assert whole(constant(lo, lo + LENGTH, NEVER)) == [NEVER for _ in ticks]


def test_the_reasons_for_which_something_never_comes_are_later_the_less_would_mend_them() -> None:
    """A longer view; a calendar that goes on; a bound of a pause; a commitment. And a century of ticks comes before them all."""
    a_century = 2 * 100 * 366 * 86400
    reasons = [constant(0, LENGTH, reason) for reason in (a_century, BEYOND, ENDED, UNBOUNDED, NEVER)]
    for sooner, later in pairwise(reasons):
        assert whole(sooner & later) == whole(sooner) != whole(later) == whole(sooner | later)
    assert NEVER + a_century < np.iinfo(np.int64).max
