"""What needs what, and in which order: against the same told by going from one to the next, as one would by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slachain.analysis.order import reached, settle, spread

Needs = Mapping[int, Sequence[int]]

webs = st.dictionaries(st.integers(0, 7), st.lists(st.integers(0, 7), max_size=4), min_size=8, max_size=8)
chains = webs.map(lambda web: {key: [need for need in needs if need > key] for key, needs in web.items()})  # no circle


def by_hand(start: int, web: Needs, met: list[int]) -> list[int]:
    """Everything in the order in which one meets it: each need, and all that it needs, before the next."""
    for need in web[start]:
        if need not in met:
            met.append(need)
            by_hand(need, web, met)
    return met


@given(webs)
def test_all_that_is_needed_is_reached_in_the_order_in_which_needs_lead_there(web: Needs) -> None:
    for start in web:
        assert reached(start, web.__getitem__) == by_hand(start, web, [])


@given(webs, st.sets(st.integers(0, 7)))
def test_what_spreads_from_some_is_they_and_all_that_each_reaches_looked_at_once(web: Needs, some: set[int]) -> None:
    looked_at: list[int] = []

    def needs(key: int) -> Sequence[int]:
        looked_at.append(key)
        return web[key]

    assert spread(some, needs) == some.union(*(by_hand(start, web, []) for start in some))
    assert len(looked_at) == len(set(looked_at))


@given(chains, st.sets(st.integers(0, 7)))
def test_each_value_is_settled_once_after_those_that_it_needs_and_none_that_is_not_needed(web: Needs, before: set[int]) -> None:
    """The length of the longest chain; for some of them it is known."""
    settled: list[int] = []
    longest: dict[int, int] = {}
    for key in sorted(web, reverse=True):
        longest[key] = 1 + max((longest[need] for need in web[key]), default=0)

    def compute(key: int) -> int:
        settled.append(key)
        return 1 + max((memo[need] for need in web[key]), default=0)

    for goal in web:
        settled, memo = [], {key: longest[key] for key in before}
        assert settle(goal, web.__getitem__, compute, memo) == longest[goal]
        assert len(settled) == len(set(settled))
        assert set(settled) == set(memo) - before <= {goal, *by_hand(goal, web, [])} - before
        assert all(memo[key] == longest[key] for key in memo)


@pytest.mark.parametrize("order", [[1, 2], [2, 1]])
def test_needs_are_settled_in_the_order_in_which_they_are_told(order: list[int]) -> None:
    settled: list[int] = []
    settle(0, lambda key: [] if key else order, settled.append, {})
    assert settled == [*order, 0]


def test_a_chain_of_ten_thousand_needs_no_recursion() -> None:
    def needs(key: int) -> Sequence[int]:
        return [key + 1] if key < 10_000 else []

    assert reached(0, needs) == list(range(1, 10_001))
    assert spread([9_990], needs) == frozenset(range(9_990, 10_001))
    assert settle(0, needs, lambda key: 10_000 - key, {}) == 10_000
