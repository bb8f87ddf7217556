"""The second process: all that it finds comes back, it never speaks, and whatever happens to it is only a loss of time."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.generate import write
from slachain.analysis.beside import Beside, Found, nobody
from slachain.cli import cores
from slachain.cli.main import main
from slachain.decisions import judging
from slachain.decisions.data import as_data
from slachain.decisions.reporting import report
from slachain.language.loader import load
from slachain.study import Study
from tests import catalogues, catalogues_amounts

LONG = b"found " * 50_000  # more than a pipe holds


@pytest.fixture(autouse=True, scope="module")
def helped() -> Iterator[None]:
    """Any number of groups is enough, there are two cores, and the threads of who runs the tests do not count."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(judging, "FEWEST", 0)
        patch.setattr(threading, "active_count", lambda: 1)
        patch.setattr(os, "sched_getaffinity", lambda process: {0, 1})
        yield


@contextmanager
def once_done(beside: Beside, tasks: int, do: Callable[[int], bytes], first: int = 0) -> Iterator[Found]:
    """What is found, once all tasks from the first on were done: who is asked for one takes it that we have begun it, and would leave it to us."""
    reading, writing = os.pipe()

    def told(number: int) -> bytes:
        if number == first - 1:
            os.write(writing, b"done")
        found = do(number)
        if number == first:
            os.write(writing, b"done")
        return found

    with beside(tasks, told) as found:
        os.read(reading, 1)
        yield found
    os.close(reading)
    os.close(writing)


def patiently(found: Found, number: int) -> bytes:
    """What was found of a task, when it comes."""
    for _ in range(60_000):
        if (come := found(number)) is not None:
            return come
        time.sleep(0.001)
    raise AssertionError(number)


def waiting(beside: Beside) -> Beside:
    """The same, but waited for, so that nothing is left to us."""

    @contextmanager
    def beside_patiently(tasks: int, do: Callable[[int], bytes]) -> Iterator[Found]:
        with once_done(beside, tasks, do) as found:
            yield lambda number: patiently(found, number)

    return beside_patiently


def no_child_is_left() -> bool:
    """Whether no process waits for us to hear that it ended."""
    try:
        return os.waitpid(-1, os.WNOHANG) == (0, 0)
    except ChildProcessError:
        return True


def test_all_that_is_found_comes_back() -> None:
    with once_done(cores.beside(2), 9, lambda number: LONG * number) as found:
        assert [patiently(found, number) == LONG * number for number in range(9)] == [True] * 9
        assert found(4) is None, "it is told once"
    assert no_child_is_left()


@settings(max_examples=4)
@given(st.one_of(catalogues.catalogues(), catalogues_amounts.catalogues_of_amounts()))
def test_a_report_is_the_same_on_two_cores(raw: catalogues.Raw) -> None:
    catalogue = load({"a.yaml": catalogues.to_yaml(raw).encode()})
    alone, together, waited = (
        as_data(report(Study.of(catalogue, catalogues.AS_OF), beside=beside).in_full())
        for beside in (nobody, cores.beside(2), waiting(cores.beside(2)))
    )
    assert alone == together == waited
    assert no_child_is_left()


def dies(number: int) -> bytes:
    """A task in which the second process is killed."""
    os.kill(os.getpid(), signal.SIGKILL)
    return b""


def takes_long(number: int) -> bytes:
    """One that takes longer than anybody would wait."""
    time.sleep(600)
    return b""


def is_interrupted(number: int) -> bytes:
    """One in which somebody interrupts it alone."""
    os.kill(os.getpid(), signal.SIGINT)
    return b"done"


@pytest.mark.parametrize("do", [dies, takes_long])
def test_whoever_does_not_answer_is_not_waited_for(do: Callable[[int], bytes], capfd: pytest.CaptureFixture[str]) -> None:
    with cores.beside(2)(3, do) as found:
        time.sleep(0.05)
        assert [found(number) for number in range(3)] == [None] * 3
    assert no_child_is_left()
    assert capfd.readouterr() == ("", "")


def test_whoever_fails_says_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    def do(number: int) -> bytes:
        os.write(1, b"this is not seen")
        os.write(2, b"nor is this")
        if number == 1:
            raise ValueError(number)
        return b"done"

    with once_done(cores.beside(2), 3, do, first=2) as found:
        assert patiently(found, 2) == b"done"
        time.sleep(0.05)
        assert found(1) is found(0) is None
    assert no_child_is_left()
    assert capfd.readouterr() == ("", "")


def test_an_interrupt_is_left_to_whoever_started_it() -> None:
    with once_done(cores.beside(2), 2, is_interrupted) as found:
        assert (patiently(found, 1), patiently(found, 0)) == (b"done", b"done")
    with pytest.raises(KeyboardInterrupt), cores.beside(2)(2, takes_long):
        raise KeyboardInterrupt
    assert no_child_is_left()
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, set())


def test_nobody_helps_where_that_is_not_safe_or_not_worth_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def of(beside: Beside) -> bool:
        with beside(1, lambda number: b"") as found:
            time.sleep(0.05)
            return found(0) is not None

    assert of(cores.beside(2))
    assert not of(cores.beside(1))
    monkeypatch.setattr(threading, "active_count", lambda: 2)
    assert not of(cores.beside(2))
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    monkeypatch.setattr(os, "fork", refused)
    assert not of(cores.beside(2))
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: {0})
    assert cores.beside(2) is nobody
    monkeypatch.delattr(os, "sched_getaffinity")
    assert cores.beside(2) is nobody


def refused() -> int:
    """No process can be had."""
    raise BlockingIOError


def test_a_damaged_result_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cores, "crc32", lambda content: len(content) + os.getpid() % 2**20)
    with cores.beside(2)(1, lambda number: b"done") as found:
        time.sleep(0.05)
        assert found(0) is None


@pytest.mark.parametrize("command", ["check --no-cache", "check --no-cache --format json", "review --format json", "report -o {}"])
def test_commands_print_the_same(command: str, tmp_path: Path) -> None:
    write(tmp_path / "agreements", 20)
    written = command.format(tmp_path / "page.html")
    arguments = [*written.split(), str(tmp_path / "agreements"), "--as-of", "2026-01-01"]

    def printed(cores: str) -> tuple[int, str, bytes]:
        done = CliRunner().invoke(main, [*arguments, "--cores", cores])
        return done.exit_code, done.output, (tmp_path / "page.html").read_bytes() if command != written else b""

    assert printed("1") == printed("2")


def test_what_we_have_begun_is_left_to_us_and_what_comes_afterwards_is_waited_for() -> None:
    (hears, tells), (waits, goes_on) = os.pipe(), os.pipe()

    def do(number: int) -> bytes:
        os.write(tells, b"begun")
        os.read(waits, 1)
        return b"done"

    with cores.second(2, lambda: LONG) as somebody:
        with somebody.beside(3, do) as found:
            os.read(hears, len(b"begun"))
            assert found(0) is found(1) is None
            os.write(goes_on, b"!")
            assert patiently(found, 2) == b"done"
            assert found(0) is found(1) is None
        assert somebody.afterwards() == LONG
    assert no_child_is_left()


@pytest.mark.parametrize("later", [dies, takes_long, None])
def test_what_does_not_come_afterwards_we_do_ourselves(later: Callable[[int], bytes] | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cores, "PATIENCE", 0.1)
    ours = os.getpid()

    def afterwards() -> bytes:
        return b"ours" if os.getpid() == ours or later is None else later(0)

    with cores.second(2 if later else 1, afterwards) as somebody:
        with somebody.beside(1, lambda number: b"done"):
            pass
        assert somebody.afterwards() == b"ours"
    assert no_child_is_left()
