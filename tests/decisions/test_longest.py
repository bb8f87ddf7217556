"""The longest time that would do: found from above and with a witness as it is found by climbing and judging every time."""

from __future__ import annotations

from unittest import mock

from hypothesis import given, settings
from hypothesis import strategies as st

from slachain.decisions.longest import Longest
from slachain.decisions.mend import Mender
from slachain.language.loader import load
from slachain.study import Study
from tests import catalogues


@given(st.integers(0, 5), st.integers(0, 300), st.integers(-1, 300), st.integers(0, 300), st.floats(0, 3))
def test_both_ways_find_the_last_that_holds(least: int, below: int, last: int, seen_from: int, guess: float) -> None:
    """However wrong the guesses are of how much is too much."""
    longest = Longest(lambda n: 0 if n <= last else max(1, round((n - last) * guess)), lambda n: n > max(last, seen_from))
    found = min(last, below - 1)
    expected = found if found >= least else None
    assert longest.climbing(least, below) == longest.descending(least, below) == expected


@given(st.integers(0, 500_000), st.floats(0, 3))
def test_few_are_judged(last: int, guess: float) -> None:
    judged: list[int] = []

    def over(n: int) -> int:
        judged.append(n)
        return 0 if n <= last else max(1, round((n - last) * guess))

    assert Longest(over, lambda n: False).descending(0, 527_040) == last
    assert len(judged) <= (3 if guess == 1 else 45)


@settings(max_examples=25)
@given(catalogues.catalogues())
def test_what_mends_is_what_would_be_found_without_a_witness_from_below(raw: catalogues.Raw) -> None:
    study = Study.of(load({"a.yaml": catalogues.to_yaml(raw).encode()}), catalogues.AS_OF)
    menders = [Mender(study, verdict) for verdict in study.verdicts if not verdict.holds]
    found = [mender.fixes() for mender in menders]
    with (
        mock.patch.object(Longest, "descending", Longest.climbing),
        mock.patch.object(Mender, "endless", new=False),
        mock.patch.object(Mender, "late_from", return_value=lambda time: False),
    ):
        assert [Mender(study, mender.verdict).fixes() for mender in menders] == found
