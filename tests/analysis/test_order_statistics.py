"""The statistics of a history, against sums of exact fractions."""

from __future__ import annotations

from fractions import Fraction
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slachain.analysis.order_statistics import CONFIDENCE, interval, nearest_rank, supported_rank, tickets_needed

SHARES = [Fraction(n, 1000) for n in (0, 1, 50, 500, 700, 800, 900, 950, 990, 995, 999)]
sizes = st.integers(1, 200)


def at_most(k: int, n: int, p: Fraction) -> Fraction:
    """P(Bin(n, p) <= k), term by term."""
    return sum((comb(n, i) * p**i * (1 - p) ** (n - i) for i in range(k + 1)), Fraction(0))


@given(sizes, st.data())
def test_the_interval_is_that_of_clopper_and_pearson(tickets: int, data: st.DataObject) -> None:
    """At each end the sample is as unlikely as half of what is left of the confidence; a little further in it is likelier."""
    kept = data.draw(st.integers(0, tickets))
    found, tail, near = interval(kept, tickets), (1 - CONFIDENCE) / 2, Fraction(1, 10**9)
    low, high = Fraction(found.low), Fraction(found.high)
    assert 0 <= low <= Fraction(kept, tickets) <= high <= 1
    assert (low == 0) == (kept == 0)
    assert (high == 1) == (kept == tickets)
    if kept:
        assert abs(1 - at_most(kept - 1, tickets, low) - tail) < near
    if kept < tickets:
        assert abs(at_most(kept, tickets, high) - tail) < near


@given(st.integers(0, 100), st.sampled_from(SHARES))
def test_the_rank_is_the_least_that_supports_a_share(tickets: int, share: Fraction) -> None:
    found = supported_rank(tickets, share)
    enough = [k for k in range(1, tickets + 1) if at_most(k - 1, tickets, share) >= CONFIDENCE]
    assert found == (enough[0] if enough else None)


@pytest.mark.parametrize("share", SHARES)
def test_so_many_tickets_are_needed_before_the_longest_supports_anything(share: Fraction) -> None:
    needed = tickets_needed(share)
    assert needed is not None
    assert 1 - share**needed >= CONFIDENCE
    assert needed == 1 or 1 - share ** (needed - 1) < CONFIDENCE
    assert supported_rank(needed, share) == needed


def test_what_the_books_print() -> None:
    """59 tickets for 95%, 29 for 90%, 299 for 99% (Hahn and Meeker, table A.15); and 100% is never shown."""
    assert [tickets_needed(Fraction(n, 100)) for n in (90, 95, 99)] == [29, 59, 299]
    assert tickets_needed(Fraction(1)) is None
    assert supported_rank(10**6, Fraction(1)) is None
    assert supported_rank(100, Fraction(1, 2)) == 59
    assert supported_rank(0, Fraction(1, 2)) is None
    assert nearest_rank(5, Fraction(0)) == 1


@given(
    st.lists(st.integers(0, 50), min_size=1, max_size=40), st.sampled_from([Fraction(1, 2), Fraction(9, 10), Fraction(19, 20), Fraction(1)])
)
def test_the_nearest_rank_is_the_least_time_within_which_such_a_share_was_done(times: list[int], share: Fraction) -> None:
    found = sorted(times)[nearest_rank(len(times), share) - 1]
    assert sum(t <= found for t in times) >= share * len(times)
    assert sum(t < found for t in times) < share * len(times)
