"""A catalogue as it was committed: its files out of git, without touching the work tree or the index."""

from __future__ import annotations

import os
import posixpath
import re
import subprocess
from collections.abc import Iterable, Iterator

import click

from slachain.cli.files import LARGEST, SUFFIXES
from slachain.language.attachments import AttachmentError
from slachain.language.findings import Finding
from slachain.language.source import Span
from slachain.language.values import dataclass, field

RANGE = re.compile(r"(?P<old>.*?)(?P<dots>\.\.\.?)(?P<new>.*)", re.DOTALL)
ENTRY = re.compile(rb"(\d+) (\w+) ([0-9a-f]+)\t(.*)", re.DOTALL)
LINK, SUBMODULE = b"120000", b"160000"
MOST_LINKS = 8
TOO_LARGE = f"it is larger than {LARGEST // 1_000_000} MB"
ELSEWHERE = "it is a link to a folder or to elsewhere, or a submodule"


class UnknownRevision(click.UsageError):
    """Git knows no commit by a name."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What git has at a path: its mode, and the name of its content."""

    mode: bytes
    content: bytes


@dataclass(frozen=True, slots=True)
class Repository:
    """The repository around the working folder; `prefix` is that folder's path in it, empty or with a slash at its end."""

    prefix: str

    @classmethod
    def here(cls) -> Repository:
        """The repository that the working folder lies in. Raises a usage error."""
        try:
            found = _git("rev-parse", "--show-prefix")
        except subprocess.CalledProcessError as error:
            raise click.UsageError(f"a revision is read with git, and {_reason(error)}") from None
        return cls(os.fsdecode(found).removesuffix("\n"))

    def commit(self, revision: str) -> str:
        """The commit that a revision names, by its hash. Raises `UnknownRevision`."""
        if not revision or revision.startswith("-") or "\0" in revision:
            raise UnknownRevision(f"{revision!r} is no revision")
        try:
            return _git("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}").decode().strip()
        except subprocess.CalledProcessError:
            raise UnknownRevision(f"git knows no revision {revision!r}{self._hint(revision)}") from None

    def _hint(self, revision: str) -> str:
        if revision != "HEAD":
            shallow = _git("rev-parse", "--is-shallow-repository").strip() == b"true"
            return ": this clone is shallow, fetch the history first (git fetch --unshallow)" if shallow else ""
        return ": nothing has been committed yet"

    def merge_base(self, one: str, other: str) -> str:
        """The commit at which two have parted. Raises a usage error."""
        try:
            return _git("merge-base", one, other).decode().split("\n", 1)[0]
        except subprocess.CalledProcessError:
            raise click.UsageError("the two revisions have no commit in common") from None

    def inside(self, path: str) -> str:
        """A path from the working folder as one from the top of the repository; empty for the top. Raises a usage error."""
        given = os.path.relpath(path) if os.path.isabs(path) else path
        found = posixpath.normpath(posixpath.join(self.prefix, given.replace(os.sep, "/")))
        if found == ".." or found.startswith("../"):
            raise click.UsageError(f"{path} lies outside the repository")
        return "" if found == "." else found

    def shown(self, name: str) -> str:
        """A path from the top of the repository as it is shown: from the working folder."""
        return posixpath.relpath(name or ".", self.prefix or ".")

    def entries(self, commit: str) -> dict[str, Entry]:
        """Everything in a commit, by path from the top."""
        listed = _git("ls-tree", "-r", "-z", "--full-tree", commit)
        found = (ENTRY.fullmatch(line) for line in listed.split(b"\0") if line)
        return {os.fsdecode(m[4]): Entry(m[1], m[3]) for m in found if m}


def contents(entries: Iterable[Entry]) -> dict[bytes, bytes]:
    """The bytes of some entries by the names of their contents; without those that are too large.

    Raises a usage error for what a clone of a part of the repository lacks.
    """
    names = list(dict.fromkeys(entry.content for entry in entries))
    sizes = {name: _size(name, line) for name, line in zip(names, _batch("--batch-check", names).splitlines(), strict=True)}
    wanted = [name for name in names if sizes[name] <= LARGEST]
    told, found, at = _batch("--batch", wanted), {}, 0
    for name in wanted:
        begins = told.index(b"\n", at) + 1
        found[name], at = told[begins : begins + sizes[name]], begins + sizes[name] + 1
    return found


def _batch(how: str, names: list[bytes]) -> bytes:
    return _git("cat-file", how, send=b"".join(name + b"\n" for name in names)) if names else b""


def _size(name: bytes, line: bytes) -> int:
    """How many bytes a content has, out of `name kind size`."""
    size = line.rsplit(b" ", 1)[1]
    if not size.isdigit():
        raise click.UsageError(f"git does not have the content {name.decode()} of a file: this clone is a part of the repository")
    return int(size)


def _git(*arguments: str, send: bytes = b"") -> bytes:
    """What git prints: no shell, no question asked, no lock taken. Raises a usage error where there is no git."""
    quiet = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
    try:
        return subprocess.run(["git", *arguments], input=send, capture_output=True, check=True, env=quiet).stdout
    except FileNotFoundError:
        raise click.UsageError("git is not installed: a range of revisions is read with it") from None


def _reason(error: subprocess.CalledProcessError) -> str:
    told = error.stderr.decode(errors="replace").strip().split("\n", 1)[0].removeprefix("fatal: ")
    return "this is no repository" if told.startswith("not a git repository") else f"it says: {told}"


# --- a catalogue in a commit -----------------------------------------------------------------------------------------


@dataclass(slots=True)
class Committed:
    """The files of a catalogue in a commit by the names to be shown, and what is wrong with those that cannot be had."""

    repository: Repository
    entries: dict[str, Entry] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    roots: dict[str, str] = field(default_factory=dict)

    def attach(self, file: str, path: str) -> bytes:
        """The bytes of a file named in another, of the same commit; it must lie inside the catalogue."""
        root = self.roots[file]
        here = posixpath.dirname(self.repository.inside(file))
        target = posixpath.normpath(posixpath.join(here, path))
        if path.startswith("/") or "\0" in path:
            raise AttachmentError(f"'{path}' is to be a path from this file, inside the catalogue")
        if (root and not target.startswith(f"{root}/")) or target.startswith("../"):
            raise AttachmentError(f"'{path}' lies outside the catalogue: copy the file into it")
        entry = self.followed(target)
        if entry is None:
            raise AttachmentError(f"'{path}' cannot be read: there is no such file in this revision")
        found = contents([entry])
        if entry.content not in found:
            raise AttachmentError(f"'{path}' cannot be read: {TOO_LARGE}")
        return found[entry.content]

    def followed(self, name: str) -> Entry | None:
        """The file at a path, links followed within the commit; None where there is none."""
        for _ in range(MOST_LINKS):
            entry = self.entries.get(name)
            if entry is None or entry.mode != LINK:
                return None if entry is None or entry.mode == SUBMODULE else entry
            target = os.fsdecode(contents([entry])[entry.content])
            name = posixpath.normpath(posixpath.join(posixpath.dirname(name), target))
        return None

    def add(self, below: str) -> None:
        """The catalogue files at or below a path from the top, in sorted order, hidden ones left out."""
        single = below in self.entries
        wanted = {name: self.followed(name) for name in _named(self.entries, below, single)}
        for name in () if single else _visible((n for n, entry in self.entries.items() if entry.mode == LINK), below):
            if name not in wanted and self.followed(name) is None:
                self.refuse(name, ELSEWHERE)
        found = contents(entry for entry in wanted.values() if entry)
        for name, entry in wanted.items():
            if entry and entry.content in found:
                self.files[self.repository.shown(name)] = found[entry.content]
                self.roots[self.repository.shown(name)] = posixpath.dirname(below) if single else below
            else:
                self.refuse(name, TOO_LARGE if entry else ELSEWHERE)

    def refuse(self, name: str, why: str) -> None:
        """A finding at a file as a whole."""
        shown = self.repository.shown(name)
        self.findings.append(Finding("SC101", f"{posixpath.basename(name)} cannot be read from a revision: {why}", Span(shown, 1, 1, 1, 2)))


def _named(entries: Iterable[str], below: str, single: bool) -> Iterator[str]:
    """The paths of catalogue files; a path that names a file is one."""
    return iter([below]) if single else (name for name in _visible(entries, below) if name.endswith(SUFFIXES))


def _visible(names: Iterable[str], below: str) -> Iterator[str]:
    """The paths below a folder in sorted order, those of hidden files and folders left out."""
    start = f"{below}/" if below else ""
    for name in sorted(names, key=lambda path: path.split("/")):
        inner = name.removeprefix(start).split("/")
        if name.startswith(start) and not any(part.startswith(".") for part in inner):
            yield name


def committed(repository: Repository, commit: str, revision: str, paths: tuple[str, ...], may_lack: bool) -> Committed:
    """The catalogue at some paths in a commit. Raises a usage error for a path that is not there, unless that is allowed."""
    found = Committed(repository)
    found.entries = repository.entries(commit)
    for path in paths:
        below = repository.inside(path)
        there = not below or below in found.entries or any(name.startswith(f"{below}/") for name in found.entries)
        if there:
            found.add(below)
        elif not may_lack:
            raise click.UsageError(f"there is no {path} in {revision}")
    if not found.files and not found.findings and not may_lack:
        raise click.UsageError(f"no *.yaml or *.yml file in {', '.join(paths)} in {revision}")
    return found
