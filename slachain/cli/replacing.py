"""Files changed where they are: all of them, or none, even where the run is killed between two of them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

import click

from slachain.cli.files import shown
from slachain.cli.journal import NAME, Entry, digest, kept, left_behind
from slachain.cli.writing import discard, settle, stage, write_whole
from slachain.language.values import dataclass

Changes = Mapping[Path, "Replacement"]


@dataclass(frozen=True, slots=True)
class Replacement:
    """What a file said when it was read, and what it is to say."""

    before: bytes
    after: bytes


def replace_all(files: Changes, folder: Path) -> None:
    """Each new text is written whole beside its file, and told in the folder's journal, before the first takes its place.

    Raises a usage error, after what was done has been undone.
    """
    staged: list[Entry] = []
    under_way = False
    try:
        for path, change in files.items():
            staged.append(_staged(path, change, folder))
        for below in sorted({entry.target(folder).parent for entry in staged}):
            settle(below)
        with kept(folder, staged) as journal:
            under_way = True
            failed = _failure(staged, list(files.values()), folder)
            journal.unlink()
            under_way = False
        if failed:
            raise failed
    except OSError as error:
        raise click.UsageError(f"{_named(error)} cannot be written: {_reason(error)}; nothing was changed") from None
    finally:
        if not under_way:  # what is killed here is finished by the next run
            _discard(staged, folder)


def finish(folder: Path) -> list[str]:
    """Do what a killed run has left undone; the names of the files concerned, by the folder's journal. Raises a usage error.

    Where that run had changed nothing yet, and somebody else has since, its work is dropped.
    """
    try:
        with left_behind(folder) as found:
            staged = found or []
            states = [entry.state(folder) for entry in staged]
            if "else" in states and "after" in states:
                changed = str(staged[states.index("else")].target(folder))
                raise OSError(0, f"it has been changed since a run was cut short: {shown(folder / NAME)} tells which files", changed)
            meant = [] if "else" in states else staged
            for entry in meant:
                _put_in_place(entry, folder)
            if found is not None:
                (folder / NAME).unlink()
            _discard(staged, folder)
    except OSError as error:
        raise click.UsageError(f"{_named(error)} cannot be written: {_reason(error)}") from None
    return [shown(folder / entry.file) for entry in meant]


def _staged(path: Path, change: Replacement, folder: Path) -> Entry:
    """The new text in a file beside the old one, with its permissions; a link stays one."""
    target = path.resolve()
    if target.read_bytes() != change.before:
        raise OSError(0, "it has been changed since it was read", str(path))
    file = Path(os.path.relpath(path, folder)).as_posix()
    return Entry(file, stage(target, [change.after]).name, digest(change.before), digest(change.after))


def _failure(staged: Iterable[Entry], changes: Iterable[Replacement], folder: Path) -> OSError | None:
    """Put every new text in its place. If one cannot be: why, after the others have been given their old text back."""
    done: list[tuple[Path, bytes]] = []
    for entry, change in zip(staged, changes, strict=True):
        try:
            _put_in_place(entry, folder)
        except OSError as error:
            for target, before in done:
                write_whole(target, [before])
            return error
        done.append((entry.target(folder), change.before))
    return None


def _put_in_place(entry: Entry, folder: Path) -> None:
    state, target = entry.state(folder), entry.target(folder)
    if state == "else":
        raise OSError(0, "it has been changed since it was read", str(target))
    if state == "before":
        entry.staged(folder).replace(target)
        settle(target.parent)


def _discard(staged: Iterable[Entry], folder: Path) -> None:
    for entry in staged:
        discard(entry.staged(folder))


def _named(error: OSError) -> str:
    return shown(Path(error.filename)) if isinstance(error.filename, str) else "a file"


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
