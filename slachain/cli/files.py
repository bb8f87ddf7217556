"""The catalogue's files on disk: which there are, what is in them, and what they name beside them."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from operator import attrgetter
from pathlib import Path

import click

from slachain.language.attachments import AttachmentError
from slachain.language.findings import Finding
from slachain.language.source import Span
from slachain.language.values import dataclass, field

JOURNAL = ".slachain.journal"  # what tells of a change of several files that is under way
SUFFIXES = (".yaml", ".yml")
LARGEST, LARGEST_TOGETHER = 8_000_000, 200_000_000  # bytes of a file, of all of them
MOST_REFUSED = 100
MOST_ENTRIES, DEEPEST = 250_000, 64  # what lies in the folders, hidden or not, and how deep they lie in one another
MOST_LINKS = 10_000  # to folders, each as often as it is met: through links among themselves there are more ways than anybody can go
Identity = tuple[int, int]  # of a folder, whatever way leads to it
AT_ONCE = 1 << 13  # bytes: nearly every file ends before, and what is read with room to spare is known to have ended
READING = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


@dataclass(slots=True)
class Gathered:
    """File contents by the names to be shown, findings about those that could not be had, where each file lies, and the folder around all."""

    files: dict[str, bytes] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    places: dict[str, tuple[str, Path]] = field(default_factory=dict)
    home: Path = Path()
    entries: int = 0
    links: int = 0
    size: int = 0

    def attach(self, file: str, path: str) -> bytes:
        """The bytes of a file named in another; it must lie inside the catalogue."""
        place, root = self.places[file]
        if Path(path).is_absolute() or "\0" in path:
            raise AttachmentError(f"'{path}' is to be a path from this file, inside the catalogue")
        try:
            target = (Path(place).parent / path).resolve()
            if not target.is_relative_to(root.resolve()):
                raise AttachmentError(f"'{path}' lies outside the catalogue: copy the file into it")
            return _content(target)
        except (OSError, RuntimeError) as error:
            raise AttachmentError(f"'{path}' cannot be read: {_reason(error)}") from None

    def add(self, path: str, name: str, root: Path, regular: bool = False) -> None:
        """Read one file, to be shown under a name; whether it is a regular one is looked at where its folder did not tell."""
        if name in self.files:
            return
        try:
            content = _bytes_of(path) if regular else _content(path)
            if self.size + len(content) > LARGEST_TOGETHER:
                raise OSError(0, f"all files together are larger than {LARGEST_TOGETHER // 1_000_000} MB")
            self.size += len(content)
            self.files[name] = content
            self.places[name] = (path, root)
        except (OSError, RuntimeError) as error:
            self.refuse(Path(path), f"cannot be read: {_reason(error)}")

    def refuse(self, path: Path, why: str) -> None:
        """A finding at a path as a whole."""
        if len(self.findings) < MOST_REFUSED:
            more = f" (it is the {MOST_REFUSED}th: no more of its kind are told)" if len(self.findings) + 1 == MOST_REFUSED else ""
            self.findings.append(Finding("SC101", f"{path.name} {why}{more}", Span(shown(path), 1, 1, 1, 2)))


def gather(paths: tuple[str, ...]) -> Gathered:
    """Every catalogue file under these paths, in sorted order. Raises a usage error for a path that is not there."""
    for given in paths:
        _refuse_no_path(given)
    gathered = Gathered(home=home_of(paths))
    if (gathered.home / JOURNAL).is_file():
        gathered.refuse(
            gathered.home / JOURNAL, "tells of a change that is under way or was cut short: 'slachain repair --apply' finishes it"
        )
    for given in paths:
        path = Path(given)
        if path.is_dir():
            _walk(str(path), path, gathered, ())
        elif path.exists() or path.is_symlink():
            gathered.add(given, shown(path), path.parent)
        else:
            hint = ": 'slachain init' writes a first catalogue there" if given == "agreements/" else ""
            raise click.UsageError(f"there is no {given}{hint}")
    if not gathered.files and not gathered.findings:
        raise click.UsageError(f"no *.yaml or *.yml file in {', '.join(paths)}")
    return gathered


def are_many(paths: tuple[str, ...], many: int) -> bool:
    """Whether so many files or more seem to lie under these paths, by a look at no more of what lies there than that takes."""
    seen, folders = 0, list(paths)
    for folder in folders:
        with suppress(OSError, ValueError):
            for entry in os.scandir(folder):
                if entry.name.endswith(SUFFIXES):
                    seen += 1
                elif entry.name[0] != "." and entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
        if seen >= many or len(folders) > many:
            break
    return seen >= many


def _refuse_no_path(given: str) -> None:
    """Raise a usage error for what can be no path here: too long, or through a file."""
    try:
        os.lstat(given)
    except FileNotFoundError:
        pass  # told where it is missed
    except (OSError, ValueError) as error:
        raise click.UsageError(f"{given[:60]!r} cannot be read: {_reason(error)}") from None


def home_of(paths: tuple[str, ...]) -> Path:
    """The folder around all these paths, where the journal of a change lies."""
    folders = [Path(given) if Path(given).is_dir() else Path(given).parent for given in paths]
    return Path(os.path.relpath(os.path.commonpath([folder.absolute() for folder in folders])))


def _walk(folder: str, root: Path, gathered: Gathered, above: tuple[Identity, ...]) -> None:
    """Read the files of a folder and of those below, in order; hidden ones are left out. A link back to a folder above is a finding."""
    if len(above) > DEEPEST:
        gathered.refuse(Path(folder), f"lies more than {DEEPEST} folders deep: what is in it is not read")
        return
    try:
        here = _identity(folder)
        if here in above:
            gathered.refuse(Path(folder), "leads back to a folder that it lies in: the link is not followed")
            return
        entries = sorted(os.scandir(folder), key=attrgetter("name"))
    except OSError as error:
        gathered.refuse(Path(folder), f"cannot be read: {_reason(error)}")
        return
    gathered.entries += len(entries)
    if gathered.entries > MOST_ENTRIES:
        gathered.refuse(Path(folder), f"has more in it than the {MOST_ENTRIES:,} files and folders that are looked at: it is not read")
        return
    within = "" if (name := shown(Path(folder))) == "." else f"{name}/"
    for entry in entries:
        name = entry.name
        if name[0] == ".":
            continue
        regular = _is_regular(entry)
        if not regular and _is_folder(entry):
            gathered.links += entry.is_symlink()
            if gathered.links > MOST_LINKS and entry.is_symlink():
                gathered.refuse(Path(entry.path), f"is a link to a folder, and {MOST_LINKS:,} have been followed: this one is not")
                continue
            _walk(entry.path, root, gathered, (*above, here))
        elif name.endswith(SUFFIXES):
            gathered.add(entry.path, within + name, root, regular)


def _identity(folder: str) -> Identity:
    found = os.stat(folder)
    return found.st_dev, found.st_ino


def _is_regular(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file(follow_symlinks=False)
    except OSError:
        return False


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False  # a link to itself: reading it as a file tells what is wrong


def _content(path: str | Path) -> bytes:
    if not stat.S_ISREG(os.stat(path).st_mode):
        raise OSError(0, "it is no regular file")
    return _bytes_of(path)


def _bytes_of(path: str | Path) -> bytes:
    """The content of a regular file, in three calls of the system where it is no long one: thousands are read one after the other."""
    handle = os.open(path, READING)
    try:
        content = os.read(handle, AT_ONCE)
        return content if len(content) < AT_ONCE else _all(handle, content)
    finally:
        os.close(handle)


def _all(handle: int, beginning: bytes) -> bytes:
    """The whole content of a long file, of which the beginning was read."""
    pieces = [beginning]
    while pieces[-1]:
        if sum(map(len, pieces)) > LARGEST:
            raise OSError(0, f"it is larger than {LARGEST // 1_000_000} MB")
        pieces.append(os.read(handle, LARGEST))
    return b"".join(pieces)


def _reason(error: Exception) -> str:
    """What is wrong, to stand within a sentence; what is said here (without a number) as it is."""
    if isinstance(error, OSError) and error.errno:
        return (error.strerror or str(error)).lower()
    return getattr(error, "strerror", None) or str(error)


def shown(path: Path) -> str:
    """A path as it is shown: from the working folder, never absolute, with forward slashes."""
    return Path(os.path.relpath(path)).as_posix()


def write(path: Path, content: str | bytes | Iterator[str]) -> None:
    """Write a file, of pieces as they come, whole or not at all: the old one stays until the new one is complete. Raises a usage error."""
    from slachain.cli.writing import write_whole

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, _bytes(content))
    except (OSError, RuntimeError, ValueError) as error:
        raise click.UsageError(f"{shown(path)} cannot be written: {_reason(error)}") from None


def _bytes(content: str | bytes | Iterator[str]) -> Iterable[bytes]:
    if isinstance(content, bytes):
        return (content,)
    return (content.encode(),) if isinstance(content, str) else (piece.encode() for piece in content)
