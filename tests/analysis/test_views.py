"""Views: long enough for what is asked, and the same for as many as may be."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slachain.analysis.promises import Horizon
from slachain.analysis.views import views_of
from slachain.clocks.clock import View
from slachain.clocks.wall import LAST_DAY, midnight

DAY = 86_400
NEW_YEAR = 20_454 * DAY  # 1 January 2026
LAST = midnight(LAST_DAY, "UTC") - 30 * DAY  # windows are looked up some days past a view


@pytest.mark.parametrize("shift", [0, 20 * DAY + 1, -40 * DAY - 3_600, -12 * DAY])  # the last begins two days after a block
def test_horizons_of_so_many_days(shift: int) -> None:
    for days in range(1, 470):
        long_enough(Horizon(NEW_YEAR + shift, NEW_YEAR + shift + days * DAY))


@given(st.integers(-400 * DAY, 400 * DAY), st.integers(1, 500 * DAY))
def test_each_view_is_longer_and_all_begin_with_a_block_two_days_before(shift: int, length: int) -> None:
    long_enough(Horizon(NEW_YEAR + shift, NEW_YEAR + shift + length))


def long_enough(when: Horizon) -> None:
    """Blocks are 28 days; two days are more than any two zones are apart, and more than a window that began before lasts."""
    views = [view for view, _ in views_of(when)]
    assert {view.lo % (28 * DAY) for view in views} == {0}
    assert len({view.lo for view in views}) == 1
    assert 2 * DAY <= when.start - views[0].lo < 30 * DAY
    looked_at = views[0].hi - views[0].lo - 90 * DAY
    assert looked_at == next(
        (n * DAY for n in (50, 100, 400) if views[0].lo + n * DAY >= when.end + 2 * DAY), when.end + 2 * DAY - views[0].lo
    )
    assert [after.hi - before.hi for before, after in pairwise(views)] == [n * DAY for n in (310, 1_200, 4_800, 30_200)]
    assert [final for _, final in views_of(when)] == [False] * 4 + [True]


def test_a_year_is_looked_at_in_views_of_one_length_wherever_it_begins() -> None:
    """So what is sold in the same four weeks shares all it can."""
    lengths = {
        view.hi - view.lo for day in range(0, 700, 3) for view, _ in views_of(Horizon(NEW_YEAR + day * DAY, NEW_YEAR + (day + 365) * DAY))
    }
    assert sorted(lengths) == [n * DAY for n in (490, 800, 2_000, 6_800, 37_000)]
    assert len({views_of(Horizon(NEW_YEAR + day * DAY, NEW_YEAR + (day + 365) * DAY)) for day in range(280)}) in (10, 11)


def test_no_view_goes_beyond_the_last_days_there_are() -> None:
    when = Horizon(LAST - 400 * DAY, LAST - 35 * DAY)
    assert views_of(when)[-1] == (View(views_of(when)[0][0].lo, LAST), True)
