"""A small history of the example catalogue in a git repository of its own: the same commits, with the same hashes, each time.

Four commits on `main`, each with a tag of its name:

- `signed`: the example as it lies in agreements/.
- `news`: the service desk commits to news within 8h on P3, which closes a gap of Novapay's.
- `later`: the desk hands P2 over after 5h instead of 1h, which opens a gap of Fenwick's.
- `tidied`: the same clauses, written otherwise: comments gone, keys in another order, an agreement in a file of its own.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import yaml

from tests.transcripts import ROOT

Files = dict[str, str]
AUTHOR = "Robin Ellis", "robin.ellis@kestrel.example"


@dataclass(frozen=True)
class History:
    """Where the repository is, and the hash of each commit by its tag."""

    folder: Path
    commits: dict[str, str]


def build(folder: Path) -> History:
    """The repository in an empty folder, its work tree at the last commit."""
    git(folder, "init", "--quiet", "--initial-branch=main", "--object-format=sha1")
    files = {f"agreements/{path.name}": path.read_text() for path in sorted((ROOT / "agreements").glob("*.yaml"))}
    commits = {}
    for day, (tag, message, change) in enumerate(COMMITS, start=1):
        files = change(files)
        write(folder, files)
        commits[tag] = commit(folder, message, f"2026-01-{day:02d}T09:00:00+00:00", tag)
    return History(folder, commits)


def write(folder: Path, files: Files) -> None:
    """Exactly these files under agreements/."""
    for path in (folder / "agreements").glob("*"):
        path.unlink()
    for name, text in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text)


def commit(folder: Path, message: str, date: str, tag: str = "") -> str:
    """Everything in the work tree, committed at a date; its hash."""
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", message, date=date)
    if tag:
        git(folder, "tag", tag)
    return git(folder, "rev-parse", "HEAD").strip()


def git(folder: Path, *arguments: str, date: str = "2026-01-01T09:00:00+00:00") -> str:
    """What git prints, whatever the machine's own settings say."""
    name, address = AUTHOR
    who = {
        f"GIT_{role}_{part}": value
        for role in ("AUTHOR", "COMMITTER")
        for part, value in (("NAME", name), ("EMAIL", address), ("DATE", date))
    }
    alone = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    done = subprocess.run(["git", *arguments], cwd=folder, env={**inherited, **who, **alone}, capture_output=True, text=True, check=True)
    return done.stdout


# --- the amendments --------------------------------------------------------------------------------------------------


def as_signed(files: Files) -> Files:
    """As it is."""
    return files


def with_news(files: Files) -> Files:
    """The desk commits to news on P3."""
    before = "        P1: {within: 30m, attainment: 95%}\n"
    return _replaced(files, "agreements/internal.yaml", before, f"{before}        P3: {{within: 8h, calendar: london, attainment: 95%}}\n")


def with_later_hand_over(files: Files) -> Files:
    """The desk keeps P2 for longer."""
    return _replaced(files, "agreements/internal.yaml", "after: {P1: 30m, P2: 1h,", "after: {P1: 30m, P2: 5h,")


def tidied(files: Files) -> Files:
    """Every file written anew by a program, its keys in the order of the alphabet, and development in a file of its own."""
    told: Files = {}
    for name, text in files.items():
        tree = yaml.load(text, Loader=yaml.BaseLoader)
        if "development" in tree.get("agreements", {}):
            told["agreements/development.yaml"] = _dumped({"agreements": {"development": tree["agreements"].pop("development")}})
        told[name] = _dumped(tree)
    return told


def _dumped(tree: object) -> str:
    return yaml.dump(tree, sort_keys=True, default_flow_style=False, allow_unicode=True)


def _replaced(files: Files, name: str, before: str, after: str) -> Files:
    assert files[name].count(before) == 1
    return {**files, name: files[name].replace(before, after)}


COMMITS: tuple[tuple[str, str, Callable[[Files], Files]], ...] = (
    ("signed", "The agreements as they were signed", as_signed),
    ("news", "News on P3 within 8h, from the service desk", with_news),
    ("later", "The service desk keeps P2 for five hours", with_later_hand_over),
    ("tidied", "Files in order; nothing is agreed anew", tidied),
)
