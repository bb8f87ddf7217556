"""What a check leaves, on shelves: a hundred files lie together, in the order in which they were read, under one digest.

So where nothing changed a digest for each hundred is compared and nothing else is read, and of what was left of thousands of files only
the shelves are taken down on which something changed.
"""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from typing import TYPE_CHECKING

from slachain.cli.cache import digest
from slachain.decisions.part import Basis, Part, Standing
from slachain.language.values import dataclass

if TYPE_CHECKING:
    from slachain.language.public_holidays import Learned

SHELF = 100  # files that lie together
Shelf = dict[str, tuple[bytes, Standing | None]]
"""By file the digest of its content, and its standing where it is a leaf."""


@dataclass(frozen=True, slots=True)
class Left:
    """What a check leaves beside its shelves: their digests and those of what the files name, the whole of its report, and who is no leaf."""

    digests: tuple[bytes, ...]
    attached: Mapping[tuple[str, str], bytes]
    whole: Part
    common: frozenset[str]
    rest: frozenset[str]


def shelves_of(files: Mapping[str, bytes]) -> list[list[str]]:
    """Which files lie on which shelf."""
    names = list(files)
    return [names[first : first + SHELF] for first in range(0, len(names), SHELF)]


def digest_of(shelf: list[str], files: Mapping[str, bytes]) -> bytes:
    """What stands for the names and contents of the files on a shelf: their names and lengths tell where each of them ends."""
    contents = [files[name] for name in shelf]
    names, lengths = "\0".join(shelf), " ".join([str(len(content)) for content in contents])
    return digest(b"".join([f"{names}\0\0{lengths}\0".encode(errors="surrogatepass"), *contents]))


def grounds(shelves: list[list[str]], files: Mapping[str, bytes], bases: Mapping[str, Basis]) -> bytes:
    """The lower half of each shelf, which can be told before anything is judged: what is on it, and which of it are leaves; and who is no leaf."""
    lower = [_dumped({file: (digest(files[file]), bases.get(file)) for file in shelf}) for shelf in shelves]
    return _dumped((lower, frozenset(files.keys() - bases.keys())))


def packed(shelves: list[list[str]], grounds: bytes, parts: Mapping[str, Part]) -> tuple[list[bytes], frozenset[str]]:
    """Each shelf as it is kept, with what its leaves bring laid on top; and who is no leaf."""
    lower, rest = pickle.loads(grounds)
    upper = ({file: parts[file] for file in shelf if file in parts} for shelf in shelves)
    return [_dumped(halves) for halves in zip(lower, upper, strict=True)], rest


def pack(shelf: Shelf) -> bytes:
    """One shelf as it is kept."""
    lower = {file: (digest, standing and standing.basis) for file, (digest, standing) in shelf.items()}
    return _dumped((_dumped(lower), {file: standing.part for file, (_, standing) in shelf.items() if standing}))


def pack_holidays(learned: Learned) -> bytes:
    """What was learned of public holidays, which lies behind the shelves."""
    return _dumped(learned)


def _dumped(value: object) -> bytes:
    return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)


def unpacked_holidays(kept: bytes) -> Learned:
    """What was learned of public holidays."""
    found: Learned = pickle.loads(kept)
    return found


def unpacked(kept: bytes) -> Shelf:
    """A shelf that was kept."""
    below, parts = pickle.loads(kept)
    lower: dict[str, tuple[bytes, Basis | None]] = pickle.loads(below)
    return {file: (digest, Standing(basis, parts[file]) if basis else None) for file, (digest, basis) in lower.items()}
