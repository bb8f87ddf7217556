"""What one check leaves for the next, in the user's cache folder: safe to delete at any time, and never wrong.

What is kept is found by everything that a report depends on but the agreements' files: this program and what is installed beside it,
the folder it works in, the paths asked for and the day. Whoever reads it has to compare the files. What is damaged, of another
format or somebody else's counts as not there.
"""

from __future__ import annotations

import os
import pickle
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from hashlib import blake2b
from pathlib import Path

from slachain.cli.writing import PART, write_whole

LARGEST = 64_000_000  # bytes of what is kept of one check
MOST = 32  # checks of which something is kept; the oldest go first
DIGEST = 32  # bytes
A_DAY = 86_400.0  # seconds: nobody takes that long to write a file


def digest(content: bytes) -> bytes:
    """What stands for some content: equal for the same bytes alone, as far as anybody can tell."""
    return blake2b(content, digest_size=DIGEST).digest()


def place(paths: tuple[str, ...], as_of: date) -> Path | None:
    """Where a check of these paths on this day is kept; None where no cache can be had."""
    try:
        asked = (list(_program()), os.getcwd(), paths, as_of.isoformat())
        folder = _folder()
        return folder / f"{digest(repr(asked).encode()).hex()}.check" if folder.is_absolute() else None
    except (OSError, RuntimeError):
        return None


def _folder() -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("slachain", appauthor=False)


def _program() -> Iterator[tuple[str, ...]]:
    """The interpreter, our own modules as they lie on the disk, and the versions of all packages that can be imported."""
    yield (sys.version, sys.executable)
    own = Path(__file__).parent.parent
    for folder, _, names in sorted(os.walk(own)):
        for name in sorted(names):
            if name.endswith(".py"):
                found = os.stat(os.path.join(folder, name))
                yield (folder, name, str(found.st_size), str(found.st_mtime_ns))
    for entry in sys.path:
        with suppress(OSError):
            yield (entry, *sorted(name for name in os.listdir(entry) if name.endswith((".dist-info", ".egg-info"))))


def recall(place: Path) -> object | None:
    """What was kept there; None where nothing was, or nothing that can be relied on."""
    try:
        with open(place, "rb", opener=_opened) as file:
            found = os.fstat(file.fileno())
            if not (stat.S_ISREG(found.st_mode) and _ours(found) and _ours(os.stat(place.parent))) or found.st_size > LARGEST:
                return None
            content = file.read()
        return pickle.loads(content[DIGEST:]) if digest(content[DIGEST:]) == content[:DIGEST] else None
    except Exception:  # whatever is wrong with it: it is then found out anew
        return None


def _opened(place: str, flags: int) -> int:
    """The file itself: no link to another is followed, and no pipe is waited for."""
    return os.open(place, flags | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))


def _ours(found: os.stat_result) -> bool:
    """Whether only this user can have written it, or in it, if it is a folder: unpickling trusts who wrote."""
    return not hasattr(os, "getuid") or (found.st_uid == os.getuid() and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH))


def keep(place: Path, value: object) -> None:
    """Keep something there for the next time; where that cannot be done, the next time takes longer."""
    with suppress(OSError, RuntimeError, MemoryError, pickle.PicklingError):
        content = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
        if len(content) > LARGEST - DIGEST:
            return
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if os.path.lexists(place) and not stat.S_ISREG(place.lstat().st_mode):  # a link, a pipe: nothing is written through it
            place.unlink()
        write_whole(place, (digest(content), content))
        os.chmod(place, 0o600)
        _tidy(place.parent)


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
