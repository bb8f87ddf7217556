"""Every check over broken input, and the whole program over it: a finding and exit status 2, never a traceback."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from slachain.checks.registry import Check, all_checks, page
from slachain.cli.main import main

GOOD = """
agreements:
  whole: {kind: sla, provider: desk, customer: acme, calendar: 24x7, targets: {resolution: {P1: 4h}}, relies_on: [tier]}
  tier: {kind: ola, provider: tier, customer: desk, calendar: 24x7, targets: {resolution: {P1: 5h}}}
"""
BOMB = "a: &a0 [x,x,x,x,x,x,x,x,x,x]\n" + "".join(f"b{i}: &a{i + 1} [{','.join([f'*a{i}'] * 10)}]\n" for i in range(12))
KINDS = {
    "tabs": b"agreements:\n\tdesk: 1\n",
    "utf16": "agreements: {}\n".encode("utf-16"),
    "latin1": "agreements: {ü: 1}\n".encode("latin-1"),
    "nul": b"agreements: {a: \0}\n",
    "duplicate": b"agreements:\n  a: {kind: ola}\n  a: {kind: ola}\n",
    "tag": b"agreements: !!python/object:os.system {}\n",
    "bomb": BOMB.encode(),
    "self": b"agreements: &a [*a]\n",
    "deep": b"agreements: " + b"[" * 100_000,
    "deep-block": b"".join(b" " * i + b"a:\n" for i in range(200)),
    "large": b"agreements:\n  a: {title: '" + b"x" * 5_000_000 + b"'}\n",
    "empty": b"",
    "comment": b"# nothing here\n",
    "documents": b"agreements: {}\n---\nagreements: {}\n",
    "list": b"- a\n",
    "null": b"agreements:\n",
    "nulls": b"agreements:\n  a:\n    kind:\n    targets:\n    relies_on:\n",
    "ics": b"calendars: {a: {ics: ../../etc/passwd}, b: {ics: /etc/passwd}, c: {ics: nowhere.ics}}\n",
    "never-open": b"calendars: {a: {all_of: [x, {not: x}]}, x: {timezone: UTC, hours: {mon: '09:00-10:00'}}}\n",
    "unclosed": b"agreements: {a: [\n",
    "year-9999": b"agreements: {a: {kind: sla, provider: b, customer: c, calendar: 24x7, term: {from: 9999-12-31}, targets: {resolution: 1h}}}\nx: 1",
}


def check(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["check", *arguments, "--as-of", "2026-01-01"], prog_name="slachain", catch_exceptions=False)


@pytest.mark.parametrize("kind", KINDS)
def test_a_broken_file_beside_a_whole_one(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The broken file has its finding, and what is wrong in the whole one is found all the same."""
    monkeypatch.chdir(tmp_path)
    Path("agreements").mkdir()
    Path("agreements/broken.yaml").write_bytes(KINDS[kind])
    Path("agreements/whole.yaml").write_text(GOOD)
    done = check()
    assert done.exit_code == 2
    assert "agreements/broken.yaml:" in done.output
    assert "SC1" in done.output
    assert "SC201 commitment-looser: whole resolution P1: 4h promised around the clock, 5h possible" in done.output


def test_links_that_lead_in_a_circle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("agreements/inner").mkdir(parents=True)
    Path("agreements/whole.yaml").write_text(GOOD)
    os.symlink("..", "agreements/inner/up")
    os.symlink("self.yaml", "agreements/self.yaml")
    done = check()
    assert done.exit_code == 2
    assert "agreements/inner/up:1:1: SC101" in done.output
    assert "agreements/self.yaml:1:1: SC101" in done.output
    assert "SC201" in done.output


def test_a_folder_named_like_a_file_and_a_pipe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("agreements/folder.yaml").mkdir(parents=True)
    Path("agreements/folder.yaml/a.yaml").write_text(GOOD)
    os.mkfifo("agreements/pipe.yaml")
    done = check()
    assert done.exit_code == 2
    assert "agreements/pipe.yaml:1:1: SC101" in done.output
    assert "agreements/folder.yaml/a.yaml:" in done.output


@pytest.mark.parametrize("arguments", [("nowhere",), ("--as-of", "yesterday"), ("--select", "SC999"), ("--format", "pdf")])
def test_misuse_is_told_in_a_sentence(arguments: tuple[str, ...]) -> None:
    done = CliRunner().invoke(main, ["check", *arguments], prog_name="slachain", catch_exceptions=False)
    assert done.exit_code == 2
    assert "Error:" in done.output


@pytest.mark.parametrize("check_of_one", all_checks(), ids=lambda c: c.CODE)
def test_every_example_cut_off_anywhere(check_of_one: Check, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each check's own example, cut after every tenth character: whatever is left is judged without a traceback."""
    monkeypatch.chdir(tmp_path)
    text = page(check_of_one).example("Breaks")
    for end in range(10, len(text), max(len(text) // 12, 1)):
        Path("a.yaml").write_text(text[:end])
        assert check("a.yaml").exit_code in (0, 1, 2)
