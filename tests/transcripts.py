"""Transcripts: what a person types, what is printed, and the files it is about, in one readable text.

    What this shows, in a sentence.

    $ slachain check --as-of 2026-01-01
    (what is printed)
    [exit 1]

    -- agreements/a.yaml --
    (the file)

Without files of its own a transcript runs in the repository.
"""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from click.testing import CliRunner

from slachain.cli.main import main

ROOT = Path(__file__).parent.parent
CASES = sorted((ROOT / "tests" / "cases").rglob("*.txt"))
FILE = re.compile(r"^-- (\S+) --\n", re.MULTILINE)


@dataclass(frozen=True)
class Transcript:
    """A text before the first command, the commands, and the files."""

    says: str
    commands: tuple[str, ...]
    files: tuple[tuple[str, str], ...]

    @classmethod
    def parse(cls, text: str) -> Transcript:
        head, *parts = FILE.split(text)
        says, *typed = re.split(r"^\$ ", head, flags=re.MULTILINE)
        return cls(says, tuple(t.split("\n", 1)[0] for t in typed), tuple(zip(parts[::2], parts[1::2], strict=True)))

    def run(self) -> str:
        """The same text with what is printed now."""
        with self._folder():
            told = "\n".join(f"$ {command}\n{_printed(command)}" for command in self.commands)
        files = "".join(f"\n-- {name} --\n{content.rstrip()}\n" for name, content in self.files)
        return f"{self.says}{told}{files}"

    @contextmanager
    def _folder(self) -> Iterator[None]:
        before = Path.cwd()
        with TemporaryDirectory() as folder:
            for name, content in self.files:
                path = Path(folder) / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(content.rstrip() + "\n")
            os.chdir(folder if self.files else ROOT)
            try:
                yield
            finally:
                os.chdir(before)


def _printed(command: str) -> str:
    program, *arguments = shlex.split(command)
    if program == "cat":
        return "".join(Path(name).read_text() for name in arguments)
    assert program == "slachain"
    done = CliRunner().invoke(main, arguments, prog_name="slachain", catch_exceptions=False)
    return done.output + (f"[exit {done.exit_code}]\n" if done.exit_code else "")
