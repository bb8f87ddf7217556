"""What is to take the place of what, written down before the first file changes.

A run that is killed between two files leaves its journal. The next run that changes files there finishes it; every
other command tells that it is there. Who writes a journal holds a lock on it, which ends with the process.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from slachain.cli.files import JOURNAL
from slachain.cli.writing import PART

NAME = JOURNAL


class Busy(OSError):
    """Another run is changing files under the same folder."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One file, by its path from the journal's folder; the name of its new text beside it; the digests of both texts."""

    file: str
    part: str
    before: str
    after: str

    def target(self, folder: Path) -> Path:
        """Where the file lies: what a link leads to."""
        return (folder / self.file).resolve()

    def staged(self, folder: Path) -> Path:
        """Where its new text lies until it takes its place."""
        return self.target(folder).with_name(self.part)

    def state(self, folder: Path) -> str:
        """What the file says now: `before`, `after`, or `else`. Raises OSError."""
        found = digest(self.target(folder).read_bytes())
        return {self.after: "after", self.before: "before"}.get(found, "else")

    @property
    def honest(self) -> bool:
        """Whether this program can have written it: nothing outside the folder is named, and no file but one of its parts."""
        path = Path(self.file)
        return not path.is_absolute() and ".." not in path.parts and PART.fullmatch(self.part) is not None


def digest(content: bytes) -> str:
    """SHA-256 in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


@contextmanager
def kept(folder: Path, entries: list[Entry]) -> Iterator[Path]:
    """A journal of these entries, safe on the disk, and locked while the block runs. Raises `Busy` and OSError.

    Whether it is removed is for the block to say: what is not finished stays written down.
    """
    path = folder / NAME
    try:
        file = path.open("xb")
    except FileExistsError:
        raise Busy(0, "another run is changing files here, or was cut short", str(path)) from None
    with file:
        _lock(file.fileno())
        file.write(json.dumps([asdict(entry) for entry in entries]).encode())
        file.flush()
        os.fsync(file.fileno())
        yield path


@contextmanager
def left_behind(folder: Path) -> Iterator[list[Entry] | None]:
    """The entries of a journal that a killed run has left, locked while the block runs; None where there is none.

    One that was itself cut short has no entries: nothing had been changed. Raises `Busy` and OSError.
    """
    path = folder / NAME
    if not path.is_file():
        yield None
        return
    with path.open("rb") as file:
        _lock(file.fileno())
        yield _entries(file.read())


def _entries(written: bytes) -> list[Entry]:
    try:
        found = [Entry(**entry) for entry in json.loads(written)]
        return [entry for entry in found if entry.honest]
    except (ValueError, TypeError, RecursionError):
        return []


def _lock(handle: int) -> None:
    if sys.platform != "win32":
        import fcntl

        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy(0, "another run is changing files here") from None
        except OSError:
            pass  # a file system without locks
