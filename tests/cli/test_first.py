"""The files of a first check are the same whoever reads them."""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path

import click
import pytest

from benchmarks.generate import write
from slachain.cli import cores, first
from slachain.cli.files import Gathered, gather
from tests.cli.test_cores import no_child_is_left, refused


@pytest.fixture(autouse=True)
def two_cores(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """There are two cores, the threads of who runs the tests do not count, and there are agreements, one of which cannot be read."""
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: {0, 1})
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "agreements", 20)
    (tmp_path / "agreements" / "loop.yaml").symlink_to("loop.yaml")


@pytest.fixture
def readers(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where each process notes that it reads."""
    ours, noted = os.getpid(), tmp_path / "readers"

    def noting(paths: tuple[str, ...]) -> Gathered:
        with noted.open("a") as file:
            file.write("we " if os.getpid() == ours else "somebody ")
        return gather(paths)

    monkeypatch.setattr(first, "gather", noting)
    return noted


def test_somebody_reads_while_we_prepare(readers: Path) -> None:
    assert first.gathered(("agreements",), 2) == gather(("agreements",))
    assert readers.read_text() == "somebody "
    assert no_child_is_left()


@pytest.mark.parametrize("why", ["one core", "no process"])
def test_where_nobody_can_we_read(why: str, readers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if why == "no process":
        monkeypatch.setattr(os, "fork", refused)
    found = first.gathered(("agreements",), 1 if why == "one core" else 2)
    assert found == gather(("agreements",))
    assert [finding.code for finding in found.findings] == ["SC101"]
    assert readers.read_text() == "we "


def test_who_dies_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = os.getpid()

    def dying(paths: tuple[str, ...]) -> Gathered:
        if os.getpid() != ours:
            os.kill(os.getpid(), signal.SIGKILL)
        return gather(paths)

    monkeypatch.setattr(first, "gather", dying)
    monkeypatch.setattr(cores, "PATIENCE", 0.1)
    assert first.gathered(("agreements",), 2) == gather(("agreements",))
    assert no_child_is_left()


def test_a_path_that_is_not_there_is_told_as_ever() -> None:
    with pytest.raises(click.UsageError, match="there is no elsewhere"):
        first.gathered(("elsewhere",), 2)
