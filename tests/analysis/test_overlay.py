"""A memo over that of before a change holds what a copy without the changed would hold, after any number of changes."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from slachain.analysis.overlay import Overlay

KEYS = st.integers(0, 5)
FOUND = st.dictionaries(KEYS, st.integers(), max_size=6)


@example({0: 1}, [(frozenset({0}), {}), (frozenset(), {})])  # what a change has taken away does not come back with the next
@given(FOUND, st.lists(st.tuples(st.frozensets(KEYS, max_size=3), FOUND), max_size=4))
def test_it_holds_what_a_copy_would(first: dict[int, int], changes: list[tuple[frozenset[int], dict[int, int]]]) -> None:
    memo, copy = first, dict(first)
    for changed, found in changes:
        memo = Overlay.of(memo, lambda key, changed=changed: key not in changed)  # type: ignore[misc]
        copy = {key: value for key, value in copy.items() if key not in changed} | found
        for key, value in found.items():
            memo[key] = value
        assert {key: memo[key] for key in range(6) if key in memo} == copy
