"""What the documents show is what the program prints."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from slachain.cli.main import COMMANDS
from tests.generated import CHECKS, SHOWING, checks, shown
from tests.transcripts import ROOT, Transcript

README = (ROOT / "README.md").read_text()


def test_the_checks_are_documented_as_they_are() -> None:
    assert CHECKS.read_text() == checks()


@pytest.mark.parametrize("document", SHOWING, ids=lambda path: path.name)
def test_documents_show_what_is_printed(document: Path) -> None:
    """Every block that types a `slachain` command."""
    text = document.read_text()
    assert "```console\n$ slachain" in text
    assert shown(text) == text


def test_readme_shows_the_agreement_that_is_in_the_example() -> None:
    """The fifteen lines that it shows are lines of the example catalogue."""
    shown = re.findall(r"```yaml\n(.*?)```", README, flags=re.DOTALL)[0]
    example = "".join(path.read_text() for path in sorted((ROOT / "agreements").glob("*.yaml")))
    kept = [line for line in shown.splitlines() if line.strip() and line.strip() != "..."]
    assert kept
    assert not [line for line in kept if line not in example.splitlines()]


def test_readme_names_every_command() -> None:
    assert not [name for name in COMMANDS if f"slachain {name}" not in README]


def test_make_report_prints_what_the_readme_shows() -> None:
    """The command that `make report` runs, with its day, and the lines that the README shows under it."""
    makefile = (ROOT / "Makefile").read_text()
    day = re.search(r"^AS_OF \?= (\S+)$", makefile, flags=re.MULTILINE)
    shown = re.search(r"```console\n\$ make report\n(.*?)```", README, flags=re.DOTALL)
    assert day
    assert shown
    command = f"slachain report agreements --as-of {day[1]} --output build/gap-report.html --fail-on never"
    assert f"$ {command}\n{shown[1]}" == Transcript.parse(f"$ {command}\n").run()


def test_readme_shows_how_many_tests_there_are(request: pytest.FixtureRequest) -> None:
    """What `make test` prints last; told when everything is run, and not for a part."""
    shown = re.search(r"^(\d+) passed, 0 failed$", README, flags=re.MULTILINE)
    assert shown
    collected = len(request.session.items)
    if collected < int(shown[1]) // 2:
        pytest.skip("only a part of the tests is run")
    assert collected == int(shown[1])
