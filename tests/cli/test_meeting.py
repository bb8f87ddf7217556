"""A meeting prepared with the README's four commands, on a small git history of the example: each statement leads to a file, a line and a date."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from html import unescape
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from slachain.cli.main import main
from tests.history import build
from tests.transcripts import ROOT

README = (ROOT / "README.md").read_text()
MEETING = re.search(r"## Before a meeting\n.*?```sh\n(.*?)```\n(.*?)\n## ", README, re.DOTALL)
COMMANDS = MEETING[1].splitlines() if MEETING else []
STATUS = {"review": 1, "diff": 1, "document": 0, "baseline": 1}
DAY = "2026-01-05"
PLACE = re.compile(r"([\w./-]+\.(?:yaml|csv)):(\d+)")
WRITTEN = re.compile(r"\b\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* \d{4}\b|\b\d{4}-\d{2}-\d{2}\b")


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example with its history, and the tickets beside it."""
    folder = build(tmp_path_factory.mktemp("kestrel")).folder
    (folder / "docs").mkdir()
    for name in ("tickets.csv", "tickets-map.yaml"):
        shutil.copy(ROOT / "docs" / name, folder / "docs" / name)
    return folder


def run(command: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Result:
    monkeypatch.chdir(folder)
    program, *arguments = shlex.split(command)
    assert program == "slachain"
    return CliRunner().invoke(main, [*arguments, "--as-of", DAY], prog_name="slachain", catch_exceptions=False)


def text_of(page: Path) -> str:
    body = re.sub(r"<(style|script)\b.*?</\1>", " ", page.read_text(), flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body.replace("<wbr>", ""))).split())


def test_four_commands() -> None:
    assert [shlex.split(command)[1] for command in COMMANDS] == list(STATUS)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_paper(command: str, repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is written, says first what the README quotes of it, and every place that it names is there."""
    _, name, *_ = shlex.split(command)
    done = run(command, repository, monkeypatch)
    assert (done.exit_code, done.output) == (STATUS[name], done.output)
    said = text_of(repository / shlex.split(command)[-1])
    assert MEETING is not None
    (quoted,) = re.findall(rf"\| \[`slachain {name}`\]\([^)]+\) \| “(.*?)” \|", MEETING[2])
    assert quoted in said
    assert WRITTEN.search(said)
    if name != "document":  # what a customer signs names no files
        assert PLACE.search(said)
    for file, line in PLACE.findall(said):
        assert 1 <= int(line) <= len((repository / file).read_text().splitlines()), f"{file}:{line}"


def test_a_contract_can_be_followed(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beside each clause that a customer signs, the data name its line."""
    done = run("slachain document novapay-gold --format json", repository, monkeypatch)
    assert done.exit_code == 0
    sections = json.loads(done.output)["sections"]
    clauses = [clause for section in sections for clause in section["clauses"]]
    assert all(clause["at"] for clause in clauses)
    for at in (at for clause in clauses for at in clause["at"]):
        assert 1 <= at["line"] <= len((repository / at["file"]).read_text().splitlines())
