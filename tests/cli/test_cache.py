"""What is kept in the cache folder is found whole, as it was before, or not at all: whoever is killed, writes beside others or is damaged."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from platformdirs import user_cache_path

from slachain.cli import cache

Pieces = tuple[bytes, ...]
some_pieces = st.lists(st.binary(max_size=40), min_size=1, max_size=6).map(tuple)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "slachain" / "a.check"


def kept(place: Path, pieces: Pieces) -> cache.Kept:
    """Kept under a value that tells what the pieces are."""
    cache.keep(place, pieces, pieces)
    return recalled(place)


def recalled(place: Path) -> cache.Kept:
    found = cache.recall(place)
    assert found is not None
    return found


def amended(found: cache.Kept, number: int, piece: bytes) -> Pieces:
    """Another piece there, and the value that tells of it."""
    assert isinstance(found.value, tuple)
    pieces = (*found.value[:number], piece, *found.value[number + 1 :])
    cache.amend(found, pieces, {number: piece})
    return pieces


def told(place: Path) -> Iterator[tuple[Pieces, Pieces]]:
    """What the value there tells of the pieces, and what they are; nothing where it counts as not there."""
    if (found := cache.recall(place)) is not None:
        assert isinstance(found.value, tuple)
        with suppress(cache.Damaged):
            yield found.value, tuple(found.piece(number) for number in range(len(found.pieces)))


@settings(max_examples=30)
@given(some_pieces, st.lists(st.tuples(st.integers(0, 5), st.binary(max_size=40)), max_size=6))
def test_what_changes_is_found_in_place_of_what_was(pieces: Pieces, changes: list[tuple[int, bytes]]) -> None:
    with TemporaryDirectory() as folder:
        place = Path(folder) / "kept" / "a.check"
        found = kept(place, pieces)
        for number, piece in changes:
            pieces = amended(found, number % len(pieces), piece)
            assert list(told(place)) == [(pieces, pieces)]
            found = recalled(place)


@settings(max_examples=10)
@given(some_pieces, st.binary(max_size=40), st.randoms(use_true_random=False))
def test_whoever_is_killed_leaves_what_was_there_or_nothing(pieces: Pieces, piece: bytes, random: Random) -> None:
    with TemporaryDirectory() as folder:
        place = Path(folder) / "kept" / "a.check"
        found = kept(place, pieces)
        before = place.read_bytes()
        now = amended(found, 0, piece)
        after = place.read_bytes()
        assert after.startswith(before)
        for end in (len(before), *random.sample(range(len(before), len(after)), 20), len(after)):
            place.write_bytes(after[:end])
            assert list(told(place)) == [(pieces, pieces)] * (end == len(before)) + [(now, now)] * (end == len(after))


@settings(max_examples=30)
@given(some_pieces, st.randoms(use_true_random=False))
def test_no_damage_is_believed(pieces: Pieces, random: Random) -> None:
    with TemporaryDirectory() as folder:
        place = Path(folder) / "kept" / "a.check"
        now = amended(kept(place, pieces), 0, b"another")
        content = bytearray(place.read_bytes())
        for _ in range(random.randint(1, 3)):
            content[random.randrange(len(content))] ^= random.randint(1, 255)
        place.write_bytes(content)
        assert all(value == read == now for value, read in told(place))


@settings(max_examples=30)
@given(some_pieces, st.randoms(use_true_random=False))
def test_of_runs_that_write_at_once_one_is_remembered_whole(pieces: Pieces, random: Random) -> None:
    """Each begins from what it found, some time before it writes; now and then one writes everything anew."""
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(cache, "ROOM", random.choice((0, cache.ROOM)))
        place = Path(folder) / "kept" / "a.check"
        running = [kept(place, pieces)]
        for step in range(12):
            match random.randrange(4):
                case 0:
                    running.append(kept(place, tuple(b"%d" % step + piece for piece in pieces)))
                case 1:
                    running.append(recalled(place))
                case _:
                    amended(random.choice(running), random.randrange(len(pieces)), b"%d" % step * random.randint(0, 9))
            ((value, read),) = told(place)
            assert value == read


def test_a_file_that_has_grown_is_written_anew(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "ROOM", 0)
    pieces: Pieces = (b"a" * 5000, b"b" * 5000)
    kept(place, pieces)
    largest = 0
    for number in range(20):
        pieces = amended(recalled(place), 0, b"%4d" % number * 1250)
        largest = max(largest, place.stat().st_size)
    assert list(told(place)) == [(pieces, pieces)]
    assert largest < 50_000
    assert [file.name for file in place.parent.iterdir()] == ["a.check"]


def test_nothing_is_written_into_what_somebody_else_has_kept_since(place: Path) -> None:
    found = kept(place, (b"a",))
    place.rename(place.with_name("older"))
    kept(place, (b"b",))
    amended(found, 0, b"c")
    assert list(told(place)) == [((b"b",), (b"b",))]


def test_what_is_too_large_is_not_kept(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = kept(place, (b"a",))
    monkeypatch.setattr(cache, "LARGEST", 900)
    amended(found, 0, b"b" * 1000)
    cache.keep(place, (), [b"b" * 1000])
    assert list(told(place)) == [((b"a",), (b"a",))]


def test_a_full_disk_leaves_nothing_behind(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept(place, (b"a",))
    monkeypatch.setattr("os.replace", _no_space)
    monkeypatch.setattr(Path, "replace", _no_space)
    cache.keep(place, (), [b"b"])
    assert list(told(place)) == [((b"a",), (b"a",))]
    assert [file.name for file in place.parent.iterdir()] == ["a.check"]


def _no_space(*_: object) -> None:
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("named", ["/somewhere/else", "", " ", "relative", "~/there", None])
def test_the_folder_is_where_caches_belong(named: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    if named is not None:
        monkeypatch.setenv("XDG_CACHE_HOME", named)
    found = cache.place((), date(2026, 1, 1))
    assert found is not None
    assert found.parent == user_cache_path("slachain", appauthor=False)
