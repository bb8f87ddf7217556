"""What one check leaves for the next, in the user's cache folder: safe to delete at any time, and never wrong.

What is kept is found by everything that a report depends on but the agreements' files: this program and what is installed beside it,
the folder it works in, the paths asked for and the day. Whoever reads it has to compare the files.

A value is kept, and pieces of which the next check reads those that it asks for. The file ends with an index: the value, and where each
piece lies, with its digest. What has changed is written behind it, with an index of its own that counts from there: the last index is
the one that is true. So a run that is killed leaves the file as it was, or an end that is no index; and of two runs that write at once
the one that was last is remembered, each of them whole. What is damaged, of another format or somebody else's counts as not there.
"""

from __future__ import annotations

import os
import pickle
import stat
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from hashlib import sha256
from pathlib import Path

from slachain.cli.writing import PART, part_of
from slachain.language.values import dataclass

LARGEST = 64_000_000  # bytes of what is kept of one check
MOST = 32  # checks of which something is kept; the oldest go first
ROOM = 65_536  # bytes that may lie in a file beside as many as are in use, before it is written anew
DIGEST, NUMBER = 32, 8  # bytes
TAIL = DIGEST + NUMBER  # of an index, behind it: its digest and its length
A_DAY = 86_400.0  # seconds: nobody takes that long to write a file
Where = tuple[int, int, bytes]
"""Of a piece: its first byte, how many there are, and their digest. What lies before its own index counts back from there, below zero."""


class Damaged(Exception):
    """A piece is not there as it was kept."""


def digest(content: bytes) -> bytes:
    """What stands for some content: equal for the same bytes alone, as far as anybody can tell."""
    return sha256(content).digest()


def place(paths: tuple[str, ...], as_of: date) -> Path | None:
    """Where a check of these paths on this day is kept; None where no cache can be had."""
    try:
        asked = (list(_program()), os.getcwd(), paths, as_of.isoformat())
        folder = _folder()
        return folder / f"{digest(repr(asked).encode()).hex()}.check" if folder.is_absolute() else None
    except (OSError, RuntimeError):
        return None


def _folder() -> Path:
    """As `platformdirs` has it, which takes longer to import than the XDG Base Directory Specification to follow."""
    if sys.platform == "linux":
        named = os.environ.get("XDG_CACHE_HOME", "")
        return Path(named if os.path.isabs(named) else os.path.expanduser("~/.cache"), "slachain")
    from platformdirs import user_cache_path

    return user_cache_path("slachain", appauthor=False)


def _program() -> Iterator[tuple[object, ...]]:
    """The interpreter, our own modules as they lie on the disk, and the versions of all packages that can be imported."""
    yield (sys.version, sys.executable)
    folders = [str(Path(__file__).parent.parent)]
    for folder in folders:
        for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
            if entry.name.endswith(".py"):
                found = entry.stat()
                yield (entry.path, found.st_size, found.st_mtime_ns)
            elif entry.is_dir() and entry.name != "__pycache__":
                folders.append(entry.path)
    for path in sys.path:
        with suppress(OSError):
            yield (path, *sorted(name for name in os.listdir(path) if name.endswith((".dist-info", ".egg-info"))))


# --- reading -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Kept:
    """What was found there: the value, where its pieces lie, how long the file was, and the tail at its end."""

    value: object
    pieces: tuple[Where, ...]
    place: Path
    length: int
    tail: bytes

    def piece(self, number: int) -> bytes:
        """One of them. Raises Damaged."""
        first, length, known = self.pieces[number]
        try:
            with open(self.place, "rb", buffering=0, opener=_opened) as file:
                file.seek(first)
                content = file.read(length)
        except (OSError, ValueError):
            raise Damaged from None
        if digest(content) != known:
            raise Damaged
        return content


def recall(place: Path) -> Kept | None:
    """What was kept there; None where nothing was, or nothing that can be relied on."""
    try:
        with open(place, "rb", buffering=0, opener=_opened) as file:
            found = os.fstat(file.fileno())
            if not (stat.S_ISREG(found.st_mode) and _ours(found) and _ours(os.stat(place.parent))) or found.st_size > LARGEST:
                return None
            file.seek(found.st_size - TAIL)
            tail = file.read(TAIL)
            begin = found.st_size - TAIL - int.from_bytes(tail[DIGEST:])
            file.seek(begin)
            index = file.read(found.st_size - TAIL - begin)
        if digest(index) != tail[:DIGEST]:
            return None
        value, pieces = pickle.loads(index)
        lying = tuple([(first + begin if first < 0 else first, length, known) for first, length, known in pieces])
        return Kept(value, lying, place, found.st_size, tail)
    except Exception:  # whatever is wrong with it: it is then found out anew
        return None


def _opened(place: str, flags: int) -> int:
    """The file itself: no link to another is followed, and no pipe is waited for."""
    return os.open(place, flags | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))


def _ours(found: os.stat_result) -> bool:
    """Whether only this user can have written it, or in it, if it is a folder: unpickling trusts who wrote."""
    return not hasattr(os, "getuid") or (found.st_uid == os.getuid() and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH))


# --- writing -----------------------------------------------------------------------------------------------------------


def keep(place: Path, value: object, pieces: Iterable[bytes]) -> None:
    """Keep a value and its pieces there for the next time; where that cannot be done, the next time takes longer."""
    with suppress(OSError, RuntimeError, MemoryError, pickle.PicklingError):
        content = _block(value, dict(enumerate(pieces)), ())
        if len(content) > LARGEST:
            return
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = part_of(place)
        try:
            with open(part, "xb", buffering=0, opener=_made) as file:
                whole = file.write(content) == len(content)
            if whole:
                part.replace(place)  # a link, a pipe: nothing is written through it
        finally:
            part.unlink(missing_ok=True)
        _tidy(place.parent)


def amend(kept: Kept, value: object, pieces: Mapping[int, bytes]) -> None:
    """Keep another value in place of what was kept, and some pieces as they are now; nothing where somebody has kept something since."""
    with suppress(OSError, RuntimeError, MemoryError, pickle.PicklingError):
        content = _block(value, pieces, kept.pieces)
        in_use = len(content) + sum(length for number, (_, length, _) in enumerate(kept.pieces) if number not in pieces)
        if kept.length + len(content) > min(2 * in_use + ROOM, LARGEST):
            with suppress(Damaged):
                keep(kept.place, value, [pieces[n] if n in pieces else kept.piece(n) for n in range(len(kept.pieces))])
            return
        with open(kept.place, "r+b", buffering=0, opener=_extended) as file:
            file.seek(kept.length - TAIL)
            if file.read(TAIL) == kept.tail:  # the index that was found lies there, so what it tells of does
                file.write(content)  # behind all else, at once: what others write meanwhile lies before or behind it


def _block(value: object, new: Mapping[int, bytes], known: tuple[Where, ...]) -> bytes:
    """New pieces, behind them an index of these and of those that lie in the file already, behind that its digest and its length."""
    pieces, first = dict(enumerate(known)), -sum(map(len, new.values()))
    for number, piece in new.items():
        pieces[number] = first, len(piece), digest(piece)
        first += len(piece)
    index = pickle.dumps((value, tuple(pieces.values())), protocol=pickle.HIGHEST_PROTOCOL)
    return b"".join((*new.values(), index, digest(index), len(index).to_bytes(NUMBER)))


def _extended(place: str, flags: int) -> int:
    return _opened(place, flags | os.O_APPEND)


def _made(place: str, flags: int) -> int:
    return os.open(place, flags, 0o600)


def _tidy(folder: Path) -> None:
    """Remove the oldest of what is kept, and what runs that were killed left half written."""
    for old in sorted(folder.glob("*.check"), key=_age)[MOST:]:
        old.unlink(missing_ok=True)
    for part in folder.glob(".*.part"):
        if PART.fullmatch(part.name) and time.time() + _age(part) > A_DAY:
            part.unlink(missing_ok=True)


def _age(file: Path) -> float:
    try:
        return -file.stat().st_mtime
    except OSError:
        return 0.0
