"""Sets of intervals are sets of seconds: each second looked at by itself, in worlds that begin long before and after 1970."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from slachain.clocks.intervals import Intervals, distinct

LENGTH = 40
origins = st.sampled_from([-1_000_003, -20, 0, 1_774_000_001])
pairs = st.lists(st.tuples(st.integers(0, LENGTH), st.integers(0, LENGTH)), max_size=6)


def at(origin: int, drawn: list[tuple[int, int]]) -> list[tuple[int, int]]:
    return [(origin + start, origin + end) for start, end in drawn]


def members(of: list[tuple[int, int]]) -> set[int]:
    return {second for start, end in of for second in range(start, end)}


def runs(seconds: set[int]) -> list[tuple[int, int]]:
    """The one way to write a set of seconds: in order, apart from one another, none empty."""
    begins, ends = sorted(seconds - {s + 1 for s in seconds}), sorted({s + 1 for s in seconds} - seconds)
    return list(zip(begins, ends, strict=True))


@given(origins, pairs, pairs)
def test_they_are_written_in_one_way_and_two_make_what_their_seconds_make(
    origin: int, first: list[tuple[int, int]], second: list[tuple[int, int]]
) -> None:
    first, second = at(origin, first), at(origin, second)
    a, b, ours, theirs = Intervals.of(first), Intervals.of(second), members(first), members(second)
    assert (a.pairs(), b.pairs()) == (runs(ours), runs(theirs))
    assert [made.pairs() for made in (a | b, a & b, a - b)] == [runs(ours | theirs), runs(ours & theirs), runs(ours - theirs)]
    assert a.length == len(ours)


@given(origins, pairs)
def test_a_second_lies_inside_and_so_many_lie_before_it(origin: int, drawn: list[tuple[int, int]]) -> None:
    drawn = at(origin, drawn)
    found, inside = Intervals.of(drawn), members(drawn)
    seconds = np.arange(origin - 2, origin + LENGTH + 3)
    assert found.covers(seconds).tolist() == [second in inside for second in seconds.tolist()]
    assert [found.covers_one(second) for second in seconds.tolist()] == found.covers(seconds).tolist()
    assert found.before(seconds).tolist() == [sum(one < second for one in inside) for second in seconds.tolist()]


@given(origins, pairs, st.integers(-2, LENGTH + 2), st.integers(-2, LENGTH + 2))
def test_a_part_is_what_lies_from_one_second_to_before_another(origin: int, drawn: list[tuple[int, int]], lo: int, hi: int) -> None:
    lo, hi, drawn = origin + lo, origin + hi, at(origin, drawn)
    part = Intervals.of(drawn).clipped(lo, hi)
    assert part.pairs() == runs({second for second in members(drawn) if lo <= second < hi})
    assert all(Intervals.of(drawn).clipped(lo, no_later).pairs() == [] for no_later in (lo, lo - 1))


@given(origins, st.lists(st.tuples(st.integers(0, 3), st.integers(0, 5)), max_size=8))
def test_stretches_in_order_are_joined_where_they_touch(origin: int, gaps_and_lengths: list[tuple[int, int]]) -> None:
    drawn, end = [], origin
    for gap, length in gaps_and_lengths:
        drawn.append((end + gap, end + gap + length))
        end += gap + length
    starts, ends = np.array(drawn, dtype=np.int64).reshape(-1, 2).T
    assert Intervals.joining(starts, ends).pairs() == Intervals.of(drawn).pairs() == runs(members(drawn))


@given(st.lists(st.lists(st.integers(-5, 5), max_size=6), min_size=1, max_size=3))
def test_each_value_once_and_in_order(values: list[list[int]]) -> None:
    arrays = [np.array(one, dtype=np.int64) for one in values]
    assert distinct(*arrays).tolist() == sorted({value for one in values for value in one})
    assert [one.tolist() for one in arrays] == values, "what was given is left as it was"


@pytest.mark.parametrize("made", [Intervals.of([]), Intervals.of([(5, 5), (7, 6)]), Intervals.of([(3, 4)]) - Intervals.of([(0, 9)])])
def test_an_empty_set_has_nothing_in_it(made: Intervals) -> None:
    whole = Intervals.of([(0, 9)])
    assert (made.pairs(), made.length) == ([], 0)
    assert [each.pairs() for each in (made | whole, made & whole, whole & made, whole - made, made - whole)] == [
        [(0, 9)],
        [],
        [],
        [(0, 9)],
        [],
    ]
    assert (made & made).pairs() == (made - made).pairs() == (made | made).pairs() == made.clipped(0, 9).pairs() == []
