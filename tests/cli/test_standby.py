"""Somebody who stands by answers what is asked; where nobody does, nothing but time is lost."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from slachain.cli import cores, leaves, options
from slachain.cli.files import are_many
from slachain.cli.standby import standby
from tests.cli.test_again import CUSTOMER, check, folder, put
from tests.cli.test_cores import no_child_is_left, refused

__all__ = ["folder"]
LONG = b"question " * 50_000  # more than a pipe holds


@pytest.fixture(autouse=True)
def helped(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Few files are enough, there are two cores, and the threads of who runs the tests do not count."""
    monkeypatch.setattr("slachain.cli.check.MANY", 1)
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: {0, 1})
    handles = set(os.listdir("/proc/self/fd"))
    yield
    assert no_child_is_left()
    assert set(os.listdir("/proc/self/fd")) <= handles


def prepared() -> None:
    """Nothing to prepare."""


def twice(question: bytes) -> bytes:
    """An answer that tells the question."""
    return question * 2


def dies(question: bytes = b"") -> bytes:
    """Instead of an answer."""
    os.kill(os.getpid(), signal.SIGKILL)
    return b""


def takes_long(question: bytes = b"") -> bytes:
    """Longer than anybody would wait."""
    time.sleep(600)
    return b""


def fails(question: bytes = b"") -> bytes:
    """With a traceback that nobody sees."""
    raise ValueError(question)


@pytest.mark.parametrize("question", [b"", b"?", LONG])
def test_a_question_is_answered_once(question: bytes) -> None:
    with standby(2, prepared, twice) as somebody:
        assert somebody.ask(question)
        assert somebody.answer() == question * 2
        assert not somebody.ask(question)


def test_whoever_is_not_asked_ends_with_us() -> None:
    with standby(2, prepared, twice):
        pass
    with pytest.raises(KeyboardInterrupt), standby(2, prepared, twice):
        raise KeyboardInterrupt


@pytest.mark.parametrize("instead", [dies, takes_long, fails])
@pytest.mark.parametrize("question", [b"?", LONG])
@pytest.mark.parametrize("when", ["preparing", "answering"])
def test_who_does_not_answer_is_not_waited_for(
    instead: Callable[[bytes], bytes], question: bytes, when: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("slachain.cli.standby.PATIENCE", 0.1)
    monkeypatch.setattr(cores, "PATIENCE", 0.1)
    asked = {"preparing": (lambda: instead(b""), twice), "answering": (prepared, instead)}[when]
    with standby(2, *asked) as somebody:
        taken = somebody.ask(question)
        assert taken or when == "preparing" or instead is dies
        assert somebody.answer() is None
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("what", ["one core", "threads", "no process", "no pipe"])
def test_nobody_stands_by_where_nobody_can(what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if what == "threads":
        monkeypatch.setattr(threading, "active_count", lambda: 2)
    elif what == "no process":
        monkeypatch.setattr(os, "fork", refused)
    elif what == "no pipe":
        monkeypatch.setattr(os, "pipe", refused)
    with standby(1 if what == "one core" else 2, prepared, twice) as somebody:
        assert not somebody.ask(b"?")
        assert somebody.answer() is None


# --- who judges the leaves that changed ---------------------------------------------------------------------------------


@pytest.fixture
def judges(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where each process notes that it loads leaves to judge them."""
    noted, loaded = tmp_path / "judges", options.loaded

    def noting(*arguments: object) -> object:
        with noted.open("a") as file:
            file.write(f"{'we' if os.getpid() == ours else 'somebody'} ")
        return loaded(*arguments)  # type: ignore[arg-type]

    ours = os.getpid()
    monkeypatch.setattr("slachain.cli.leaves.loaded", noting)
    return noted


def test_somebody_judges_the_leaves_that_changed(folder: Path, judges: Path) -> None:
    put(folder, 3, fee=200, within="1h")
    told = check()[1]
    assert judges.read_text() == "somebody "
    assert "c3 resolution P1: 1h promised" in told
    put(folder, 5, within="2h")
    assert check() == check("--no-cache")
    assert judges.read_text() == "somebody somebody "
    put(folder, 5, within="3h")
    assert check("--cores", "1") == check("--no-cache")
    assert judges.read_text() == "somebody somebody we "


ROTA = (
    "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART:20260105T080000Z\nDTEND:20260105T180000Z\nRRULE:FREQ=DAILY\nEND:VEVENT\nEND:VCALENDAR\n"
)


def test_we_judge_leaves_with_files_beside_them(folder: Path, judges: Path) -> None:
    (folder / "agreements" / "r.ics").write_text(ROTA)
    with_rota = CUSTOMER.format("c3", 100, "8h").replace("relies_on", "calendar: {ics: r.ics, timezone: Europe/London}, relies_on")
    (folder / "agreements" / "3.yaml").write_text(with_rota)
    told = check()
    assert judges.read_text() == "somebody we "
    assert told == check("--no-cache")
    put(folder, 5, within="2h")
    assert check() == check("--no-cache")
    assert judges.read_text() == "somebody we we "


def test_who_fails_to_judge_is_replaced(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ours, judged = os.getpid(), leaves.Changed.judged
    monkeypatch.setattr(leaves.Changed, "judged", lambda *arguments: judged(*arguments) if os.getpid() == ours else fails())
    put(folder, 3, fee=200, within="1h")
    assert check() == check("--no-cache")


# --- how many there are ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("many", "are"), [(3, True), (4, False)])
def test_how_many_files_there_are_is_seen_at_a_glance(tmp_path: Path, many: int, are: bool) -> None:
    for name in ("a.yaml", "in/b.yml", "in/c.yaml", "in/d.txt", ".hidden/e.yaml", "in/loop"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch() if name != "in/loop" else (tmp_path / name).symlink_to(tmp_path)
    assert are_many((str(tmp_path),), many) is are
    assert not are_many((str(tmp_path / "a.yaml"), str(tmp_path / "nowhere"), "\0"), 1)
