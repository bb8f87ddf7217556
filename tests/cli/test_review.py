"""What `slachain review` takes, and with what it exits."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from slachain.cli.main import main
from tests.test_broken_input import KINDS
from tests.test_house import HEAVY
from tests.transcripts import ROOT

QUIET = "agreements: {a: {kind: uc, provider: v, customer: c, owner: o, calendar: 24x7, review: {every: 1 year, last: 2025-03-01}}}\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A catalogue in an empty folder."""
    monkeypatch.chdir(tmp_path)
    Path("agreements").mkdir()
    Path("agreements/a.yaml").write_text(QUIET)
    return tmp_path


def asked(*arguments: str, as_of: str = "2026-01-01") -> Result:
    return CliRunner().invoke(main, ["review", *arguments, "--as-of", as_of], prog_name="slachain", catch_exceptions=False)


def test_exit_status() -> None:
    assert (asked().exit_code, asked(as_of="2026-03-02").exit_code) == (0, 1)
    Path("agreements/b.yaml").write_text("agreements: {a: 1}")
    assert asked().exit_code == 2
    assert "the catalogue could not be read as written, and what is missing may be due too" in asked().output


@pytest.mark.parametrize("kind", KINDS)
def test_a_broken_file(kind: str) -> None:
    Path("agreements/b.yaml").write_bytes(KINDS[kind] + b"\n")
    for form in ("text", "html", "ics", "markdown", "json"):
        assert asked("--format", form).exit_code in (0, 1, 2)


def test_how_far_it_looks_ahead() -> None:
    assert "2026-03-01, in 59 days: a: review" in asked().output
    assert "nothing is due" in asked("--within", "58d").output
    assert "1 due" in asked("--within", "9w").output
    assert "1 due" in asked("--within", "PT1416H").output
    for wrong in ("90", "5bd", "0d", "", "tomorrow"):
        assert asked("--within", wrong).exit_code == 2


def test_where_it_reads() -> None:
    Path("agreements/a.yaml").rename("b.yaml")
    Path("agreements").rmdir()
    assert asked().exit_code == 2
    assert asked("b.yaml").output == asked("-c", "b.yaml").output
    assert "1 due" in asked("b.yaml").output


def test_every_format_to_a_file_and_to_the_terminal() -> None:
    for form, begins in (
        ("text", "Agenda"),
        ("html", "<!DOCTYPE"),
        ("ics", "BEGIN:VCALENDAR\r\n"),
        ("markdown", "# Agenda"),
        ("json", "{"),
    ):
        printed = asked("--format", form)
        assert printed.stdout_bytes.decode().startswith(begins)
        assert asked("--format", form, "-o", "out").exit_code == printed.exit_code
        assert Path("out").read_bytes() == printed.stdout_bytes


def test_owner() -> None:
    assert json.loads(asked("--owner", "O", "--format", "json").output)["owner"] == "O"
    assert asked("--owner", "nobody").exit_code == 2


def test_help_imports_nothing_heavy() -> None:
    program = (
        "import sys\n"
        "from slachain.cli.main import main\n"
        "main(['review', '--help'], standalone_mode=False)\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.splitlines()[-1] == "[]", done.stdout + done.stderr
