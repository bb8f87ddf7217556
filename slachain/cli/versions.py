"""The two versions that `slachain diff` is asked about: paths, or revisions and a path."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from slachain.cli.files import Gathered, gather, shown
from slachain.cli.revisions import RANGE, Repository, UnknownRevision, committed
from slachain.language.values import dataclass

if TYPE_CHECKING:
    from slachain.decisions.diff import Version

DEFAULT = ("agreements/",)
WORK_TREE = "the work tree"
USAGE = "name two paths (OLD NEW), or a range of revisions and a path (main.. agreements/)"


@dataclass(frozen=True, slots=True)
class Revisions:
    """Two revisions of the repository here, and paths in them; an empty `new` is the work tree."""

    old: str
    new: str
    since_parting: bool
    paths: tuple[str, ...]


def versions(arguments: tuple[str, ...], from_nothing: bool) -> tuple[Version, Version]:
    """The old and the new version. Raises a usage error."""
    asked = revisions(arguments)
    if asked is None:
        old, new = arguments
        _there(old, from_nothing)
        _there(new, False)
        return on_disk((old,), old, _root(old), from_nothing), on_disk((new,), new, _root(new))
    repository = Repository.here()
    old = _old_commit(repository, asked.old, from_nothing)
    new = repository.commit(asked.new) if asked.new else ""
    if asked.since_parting:
        old = repository.merge_base(old, new or repository.commit("HEAD"))
    before = in_git(repository, old, asked.old, asked.paths, from_nothing) if old else on_disk((), asked.old, "", True)
    if not asked.new:
        return before, on_disk(asked.paths, WORK_TREE, "")
    return before, in_git(repository, new, asked.new, asked.paths, False)


def revisions(arguments: tuple[str, ...]) -> Revisions | None:
    """The revisions that are meant; None where two paths are. What is there as a path is a path."""
    first, *rest = arguments
    if not os.path.lexists(first) and (match := RANGE.fullmatch(first)) and _plausible(match["old"], match["new"]):
        return Revisions(match["old"] or "HEAD", match["new"], match["dots"] == "...", tuple(rest) or DEFAULT)
    if len(arguments) > 2 and not any(os.path.lexists(name) for name in arguments[:2]):
        return Revisions(first, rest[0], False, tuple(rest[1:]))
    if len(arguments) != 2:
        raise click.UsageError(USAGE)
    return None


def _old_commit(repository: Repository, revision: str, may_lack: bool) -> str:
    """The commit of the old side; empty where nothing has been committed yet and that is allowed."""
    try:
        return repository.commit(revision)
    except UnknownRevision:
        if may_lack and revision == "HEAD":
            return ""
        raise


def _plausible(old: str, new: str) -> bool:
    """Whether `old..new` is a range, and no path through the folder above."""
    return bool(old or new) and not old.endswith(("/", "\\")) and not new.startswith(("/", "\\"))


def _there(path: str, may_lack: bool) -> None:
    """A path that is not there may be a revision that somebody meant to write."""
    if os.path.lexists(path) or may_lack:
        return
    try:
        Repository.here().commit(path)
    except click.UsageError:
        raise click.UsageError(f"there is no {path}") from None
    raise click.UsageError(f"there is no {path}: for the revision of that name, write {path}.. and a path, or {path}..HEAD")


def _root(path: str) -> str:
    """What the names of a path's files begin with, as they are shown."""
    return shown(Path(path)) + ("/" if Path(path).is_dir() else "")


def on_disk(paths: tuple[str, ...], name: str, root: str, may_lack: bool = False) -> Version:
    """The catalogue at paths on this machine."""
    from slachain.decisions.diff import Version
    from slachain.language.loader import load

    lacking = may_lack and not any(os.path.lexists(path) for path in paths)
    found = Gathered() if lacking else gather(paths)
    return Version(load(found.files, found.attach, tuple(found.findings)), name, root)


def in_git(repository: Repository, commit: str, revision: str, paths: tuple[str, ...], may_lack: bool) -> Version:
    """The catalogue at paths in a commit."""
    from slachain.decisions.diff import Version
    from slachain.language.loader import load

    found = committed(repository, commit, revision, paths, may_lack)
    return Version(load(found.files, found.attach, tuple(found.findings)), revision)
