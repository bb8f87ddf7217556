"""Files changed where they are: all of them, or none as far as the file system allows."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import click

from slachain.cli.files import shown


@dataclass(frozen=True, slots=True)
class Replacement:
    """What a file said when it was read, and what it is to say."""

    before: bytes
    after: bytes


def replace_all(files: Mapping[Path, Replacement]) -> None:
    """Each new text is written whole beside its file before the first takes its place. Raises a usage error, and undoes what was done."""
    parts: dict[Path, Path] = {}
    done: list[tuple[Path, bytes]] = []
    try:
        for path, change in files.items():
            target = path.resolve()  # a link stays one
            parts[target] = _beside(target, change)
        for (target, part), change in zip(parts.items(), files.values(), strict=True):
            part.replace(target)
            done.append((target, change.before))
    except OSError as error:
        for target, before in done:
            _restore(target, before)
        raise click.UsageError(
            f"{_named(error)} cannot be written: {(error.strerror or str(error)).lower()}; nothing was changed"
        ) from None
    finally:
        for part in parts.values():
            with suppress(OSError):
                part.unlink()


def _beside(target: Path, change: Replacement) -> Path:
    """The new text in a file beside the old one, with its permissions."""
    if target.read_bytes() != change.before:
        raise OSError(0, "it has been changed since it was read", str(target))
    if not os.access(target, os.W_OK):
        raise OSError(0, "it may not be written to", str(target))
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    part.write_bytes(change.after)
    shutil.copymode(target, part)
    return part


def _restore(target: Path, before: bytes) -> None:
    with suppress(OSError):
        part = target.with_name(f".{target.name}.{os.getpid()}.part")
        part.write_bytes(before)
        shutil.copymode(target, part)
        part.replace(target)


def _named(error: OSError) -> str:
    return shown(Path(error.filename)) if isinstance(error.filename, str) else "a file"
