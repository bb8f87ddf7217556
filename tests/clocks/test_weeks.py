"""Time by the hours of the week, against counting every minute on the wall."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slachain.clocks.intervals import Intervals
from slachain.clocks.weeks import by_hour

ZONES = ("UTC", "Europe/London", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "America/Havana")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MINUTE, DAY = 60, 86400
# Weeks in which clocks go forward or back in some of the zones.
BEGINS = [
    int((datetime(2026, month, day, tzinfo=UTC) - EPOCH).total_seconds())
    for month, day in ((3, 5), (3, 26), (4, 1), (10, 22), (10, 30), (7, 1))
]


def counted(pairs: list[tuple[int, int]], zone: str) -> Counter[tuple[int, int]]:
    """Seconds by weekday and hour, minute by minute."""
    found: Counter[tuple[int, int]] = Counter()
    for start, end in pairs:
        for moment in range(start, end, MINUTE):
            wall = (EPOCH + timedelta(seconds=moment)).astimezone(ZoneInfo(zone))
            found[wall.weekday(), wall.hour] += MINUTE
    return found


@given(st.sampled_from(ZONES), st.sampled_from(BEGINS), st.lists(st.tuples(st.integers(0, 5 * 1440), st.integers(1, 900)), max_size=6))
def test_every_minute_falls_into_its_hour(zone: str, begin: int, stretches: list[tuple[int, int]]) -> None:
    instants = Intervals.of((begin + MINUTE * at, begin + MINUTE * (at + length)) for at, length in stretches)
    found = by_hour(instants, zone, begin, begin + 6 * DAY)
    assert {(d, h): int(found[d, h]) for d in range(7) for h in range(24) if found[d, h]} == dict(counted(instants.pairs(), zone))


@pytest.mark.parametrize("zone", ZONES)
def test_a_year_is_complete_and_what_lies_outside_it_is_not_counted(zone: str) -> None:
    start, end = BEGINS[0] + 1234, BEGINS[0] + 365 * DAY
    found = by_hour(Intervals.of([(start - 10 * DAY, end + 10 * DAY)]), zone, start, end)
    assert int(found.sum()) == end - start


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 5)), max_size=12))
def test_joining_drops_what_is_empty_and_joins_what_touches(steps: list[tuple[int, int]]) -> None:
    import numpy as np

    at, pairs = 0, []
    for gap, length in steps:
        pairs.append((at + gap, at + gap + length))
        at += gap + length
    starts, ends = (np.array([pair[side] for pair in pairs], dtype=np.int64) for side in (0, 1))
    assert Intervals.joining(starts, ends).pairs() == Intervals.of(pairs).pairs()
