"""Files written whole or not at all: whoever looks, whenever, finds the old text or the new one.

The new text is written beside the old one and forced to the disk before it takes its place, in one step of the file
system. What is killed on the way leaves a hidden file at most, which no command reads.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

PART = re.compile(r"\.[0-9a-f]{16}\.part")  # what is on its way to a file's place


def part_of(target: Path) -> Path:
    """A new hidden name beside a file, for what is on its way to its place."""
    return target.with_name(f".{os.urandom(8).hex()}.part")


def write_whole(path: Path, content: Iterable[bytes]) -> None:
    """Write a file, piece by piece, or nothing; a link stays one, and permissions stay. What is no file (a pipe, /dev/null) is written to.

    Raises OSError.
    """
    target = path.resolve()
    if target.exists() and not target.is_dir() and not stat.S_ISREG(target.stat().st_mode):
        with path.open("wb") as pipe:
            pipe.writelines(content)
        return
    part = stage(target, content)
    try:
        part.replace(target)
    except BaseException:
        discard(part)
        raise
    settle(target.parent)


def stage(target: Path, content: Iterable[bytes]) -> Path:
    """The content in a new hidden file beside its target, with the target's permissions, safe on the disk. Raises OSError."""
    if target.exists() and not os.access(target, os.W_OK):
        raise OSError(0, "it may not be written to", str(target))
    part = part_of(target)
    try:
        with part.open("xb") as file:
            file.writelines(content)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            part.chmod(stat.S_IMODE(target.stat().st_mode))
            _keep_owner(target, part)
    except BaseException as error:
        discard(part)
        if isinstance(error, OSError):
            error.filename = str(target)  # what people know it by
        raise
    return part


def _keep_owner(target: Path, part: Path) -> None:
    if hasattr(os, "chown"):
        found = target.stat()
        with suppress(OSError):  # who may not give files away keeps them
            os.chown(part, found.st_uid, found.st_gid)


def settle(folder: Path) -> None:
    """Force to the disk which files a folder holds, where the platform can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def discard(part: Path) -> None:
    """Remove what was staged, if it is still there."""
    with suppress(OSError):
        part.unlink()
