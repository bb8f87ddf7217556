"""Stretches in which clocks stood still, many tickets' at a time: laws of putting them together and taking some out."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from slachain.analysis.tickets.sheets import Stops

Stretch = tuple[int, int, int]
TICKETS = 6
STRETCHES = st.lists(st.tuples(st.integers(0, TICKETS - 1), st.integers(0, 99), st.integers(0, 99)), max_size=8)


def stops(stretches: list[Stretch]) -> Stops:
    """These, each with its ticket, its beginning and its end."""
    return Stops(*np.array(stretches, dtype=np.int64).reshape(-1, 3).T)


def told(found: Stops) -> list[Stretch]:
    """The same as numbers."""
    return list(zip(found.owners.tolist(), found.starts.tolist(), found.ends.tolist(), strict=True))


@given(st.lists(STRETCHES, max_size=3))
def test_joined_are_all_of_them_and_no_other(parts: list[list[Stretch]]) -> None:
    """Of no parts there is none."""
    assert told(Stops.joined([stops(part) for part in parts])) == [stretch for part in parts for stretch in part]


@given(STRETCHES, st.sets(st.integers(0, TICKETS - 1)))
def test_those_of_some_tickets_follow_them_to_their_new_places(stretches: list[Stretch], kept: set[int]) -> None:
    places = sorted(kept)
    expected = [(places.index(owner), start, end) for owner, start, end in stretches if owner in kept]
    assert told(stops(stretches).of(np.array(places, dtype=np.int64), TICKETS)) == expected
