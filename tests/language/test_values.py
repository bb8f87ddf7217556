"""Dataclasses made in C behave as the standard library's do."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from functools import cached_property

import pytest

from slachain.language.values import dataclass, field, is_noun, names_of, replace


@dataclass(frozen=True, slots=True, order=True)
class Band:
    """With a value that is given where none is."""

    below: int
    credit: str = "5%"


@dataclass(frozen=True)
class Bands:
    """With a place for what is made on demand."""

    bands: tuple[Band, ...]
    asked: list[str] = field(default_factory=list)

    @cached_property
    def lowest(self) -> Band:
        """Found once."""
        self.asked.append("lowest")
        return min(self.bands)


@dataclass(slots=True, eq=False)
class Counted:
    """With a field that is reckoned."""

    band: Band
    twice: int = field(init=False)

    def __post_init__(self) -> None:
        self.twice = 2 * self.band.below


def test_equal_hashed_ordered_and_written_by_what_they_hold() -> None:
    """And a class is part of what is compared."""
    assert Band(99) == Band(99, "5%") != Band(99, "10%")
    assert {Band(99): "kept"}[Band(99)] == "kept"
    assert sorted([Band(99), Band(98, "9%"), Band(98)]) == [Band(98), Band(98, "9%"), Band(99)]
    assert repr(Band(99)) == "Band(below=99, credit='5%')"
    assert Bands((Band(1),)) != Bands((Band(2),))


def test_frozen() -> None:
    """What is said stays said; another value makes another."""
    band = Band(99)
    with pytest.raises(AttributeError):
        band.below = 98  # type: ignore[misc]
    assert replace(band, below=98) == Band(98)
    assert band == Band(99)


def test_kept_on_demand() -> None:
    """Nothing is shared between two, and what is found is found once."""
    bands, others = Bands((Band(99), Band(95))), Bands(())
    assert (bands.lowest, bands.lowest) == (Band(95), Band(95))
    assert (bands.asked, others.asked) == (["lowest"], [])


def test_reckoned_after_the_others_were_given() -> None:
    """And two that are not to be compared are never equal."""
    assert Counted(Band(7)).twice == 14
    assert Counted(Band(7)) != Counted(Band(7))


def test_kept_for_the_next_time() -> None:
    """What goes into a cache comes out of it."""
    assert pickle.loads(pickle.dumps((Band(99), Bands((Band(1),))))) == (Band(99), Bands((Band(1),)))


@pytest.mark.parametrize("wrong", [Band, lambda: Band(1, "2%", "3%"), lambda: Band(1, other=2)])  # type: ignore[call-arg]
def test_what_is_given_is_asked_for(wrong: Callable[[], object]) -> None:
    """Neither less nor more."""
    with pytest.raises(TypeError):
        wrong()


def test_told_apart_from_other_values() -> None:
    """By whoever goes through a tree of them."""
    assert is_noun(Band(1))
    assert not is_noun((1, "5%"))
    assert names_of(Band) == names_of(Band(1)) == ("below", "credit")
