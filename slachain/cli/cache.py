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
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from hashlib import blake2b
from pathlib import Path

from slachain.cli.writing import write_whole

LARGEST = 64_000_000  # bytes of what is kept of one check
MOST = 32  # checks of which something is kept; the oldest go first
DIGEST = 32  # bytes


def digest(content: bytes) -> bytes:
    """What stands for some content: equal for the same bytes alone, as far as anybody can tell."""
    return blake2b(content, digest_size=DIGEST).digest()


def place(paths: tuple[str, ...], as_of: date) -> Path | None:
    """Where a check of these paths on this day is kept; None where no cache can be had."""
    try:
        asked = (list(_program()), os.getcwd(), paths, as_of.isoformat())
        return _folder() / f"{digest(repr(asked).encode()).hex()}.check"
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
        with place.open("rb") as file:
            found = os.fstat(file.fileno())
            if not _ours(found) or found.st_size > LARGEST:
                return None
            content = file.read()
        return pickle.loads(content[DIGEST:]) if digest(content[DIGEST:]) == content[:DIGEST] else None
    except Exception:  # whatever is wrong with it: it is then found out anew
        return None


def _ours(found: os.stat_result) -> bool:
    """Whether it is a file that only this user can have written: unpickling trusts who wrote."""
    mine = not hasattr(os, "getuid") or (found.st_uid == os.getuid() and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH))
    return stat.S_ISREG(found.st_mode) and mine


def keep(place: Path, value: object) -> None:
    """Keep something there for the next time; where that cannot be done, the next time takes longer."""
    content = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    if len(content) > LARGEST - DIGEST:
        return
    with suppress(OSError):
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(place, (digest(content), content))
        os.chmod(place, 0o600)
        for old in sorted(place.parent.glob("*.check"), key=_age)[MOST:]:
            old.unlink()


def _age(file: Path) -> float:
    try:
        return -file.stat().st_mtime
    except OSError:
        return 0.0
