"""A full disk, a kill at any moment, two runs at once: what is found afterwards is the old text or the new one."""

from __future__ import annotations

import os
import resource
import signal
import stat
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

import click
import pytest

from slachain.cli import journal
from slachain.cli.files import gather, write
from slachain.cli.replacing import Replacement, finish, replace_all
from slachain.cli.writing import PART

OLD, NEW, OTHER = ({f"{name}.yaml": f"{name} {text}\n".encode() * 500 for name in "abc"} for text in ("old", "new", "other"))
STEPS = {"open", "write", "flush", "fsync", "close", "replace", "rename", "unlink", "chmod", "chown", "flock", "__exit__"}
FULL = 2000  # bytes that a file may have where the disk is full


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def put(texts: dict[str, bytes]) -> None:
    for name, text in texts.items():
        Path(name).write_bytes(text)


def there() -> dict[str, bytes]:
    return {name: Path(name).read_bytes() for name in OLD}


def hidden() -> list[str]:
    return sorted(name for name in os.listdir() if name.startswith("."))


def change(after: dict[str, bytes]) -> None:
    replace_all({Path(name): Replacement(OLD[name], text) for name, text in after.items()}, Path())


def child(work: Callable[[], None]) -> int:
    """A process of its own that does the work; its id. It ends with 0, or with 1 where the work is refused."""
    if (pid := os.fork()) == 0:
        try:
            work()
        except click.UsageError:
            os._exit(1)
        except BaseException:
            os._exit(3)
        os._exit(0)
    return pid


def ended(pid: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def killed_at(step: int, work: Callable[[], None]) -> bool:
    """Whether the work was killed (kill -9) before its nth step that a disk sees."""
    left = step

    def count(frame: FrameType, event: str, function: Any) -> None:
        nonlocal left
        if event == "c_call" and getattr(function, "__name__", "") in STEPS:
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)

    def hooked() -> None:
        sys.setprofile(count)
        work()
        sys.setprofile(None)

    status = ended(child(hooked))
    assert status in (0, -signal.SIGKILL)
    return status != 0


# --- one file


def test_a_file_that_is_killed_while_it_is_written_is_old_or_new() -> None:
    step, seen = 0, set()
    put(OLD)
    while killed_at(step, lambda: write(Path("a.yaml"), NEW["a.yaml"])):
        assert there()["a.yaml"] in (OLD["a.yaml"], NEW["a.yaml"])
        assert len(hidden()) <= 1
        assert all(PART.fullmatch(name) for name in hidden())
        seen.add(there()["a.yaml"])
        for name in hidden():
            os.unlink(name)
        put(OLD)
        step += 1
    assert seen == {OLD["a.yaml"], NEW["a.yaml"]}


def often(path: Path, text: bytes) -> None:
    for _ in range(60):
        write(path, text)


def limited(work: Callable[[], None]) -> Callable[[], None]:
    def on_a_full_disk() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (FULL, FULL))
        work()

    return on_a_full_disk


def test_on_a_full_disk_the_old_file_stays() -> None:
    put(OLD)
    assert ended(child(limited(lambda: write(Path("a.yaml"), NEW["a.yaml"])))) == 1
    assert ended(child(limited(lambda: change(NEW)))) == 1
    assert (there(), hidden()) == (OLD, [])


def test_two_runs_that_write_one_file_leave_one_of_both() -> None:
    put(OLD)
    both = [child(partial(often, Path("a.yaml"), text["a.yaml"])) for text in (NEW, OTHER)]
    for _ in range(200):
        assert Path("a.yaml").read_bytes() in (OLD["a.yaml"], NEW["a.yaml"], OTHER["a.yaml"])
    assert [ended(pid) for pid in both] == [0, 0]
    assert hidden() == []


def test_a_link_stays_a_link_and_permissions_stay() -> None:
    put(OLD)
    Path("a.yaml").chmod(0o640)
    os.symlink("a.yaml", "link.yaml")
    write(Path("link.yaml"), "new\n")
    assert Path("link.yaml").is_symlink()
    assert Path("a.yaml").read_text() == "new\n"
    assert stat.S_IMODE(os.stat("a.yaml").st_mode) == 0o640


def test_what_is_no_file_is_written_to() -> None:
    """`-o /dev/stdout`, `-o >(less)`: a pipe is not replaced by a file."""
    os.mkfifo("pipe")
    reader = os.open("pipe", os.O_RDONLY | os.O_NONBLOCK)
    write(Path("pipe"), "told\n")
    assert os.read(reader, 100) == b"told\n"
    os.close(reader)
    assert stat.S_ISFIFO(os.stat("pipe").st_mode)


@pytest.mark.parametrize("name", ["folder", "loop", "a\0b", "x" * 300, "a.yaml/b"])
def test_what_cannot_be_written_is_told(name: str) -> None:
    put(OLD)
    os.mkdir("folder")
    os.symlink("loop", "loop")
    with pytest.raises(click.UsageError, match="cannot be written: "):
        write(Path(name), "x")
    assert hidden() == []


# --- several files


def test_several_files_killed_at_any_step_are_all_old_or_all_new_after_the_next_run() -> None:
    step, seen = 0, set()
    put(OLD)
    while killed_at(step, lambda: change(NEW)):
        torn = len({there()[name] == NEW[name] for name in OLD}) == 2
        assert not torn or Path(journal.NAME).exists()
        assert all(there()[name] in (OLD[name], NEW[name]) for name in OLD)
        told = Path(journal.NAME).exists()
        assert any(finding.at.file == journal.NAME for finding in gather((".",)).findings) == told
        finish(Path())
        assert there() in (OLD, NEW)
        assert journal.NAME not in hidden()
        seen.add((told, there() == NEW))
        for name in hidden():
            os.unlink(name)
        put(OLD)
        step += 1
    assert seen == {(False, False), (True, False), (True, True), (False, True)}
    assert hidden() == []


def finishing() -> None:
    finish(Path())


def test_finishing_that_is_killed_can_be_finished() -> None:
    put(OLD)
    step = 0
    while True:
        put(OLD)
        _cut_short()
        done = not killed_at(step, finishing)
        finish(Path())
        assert (there(), hidden()) == (NEW, [])
        if done:
            return
        step += 1


def _cut_short() -> None:
    """A run that was killed when everything was written down and no file changed yet."""
    parts = {name: f".{number:016x}.part" for number, name in enumerate(OLD)}
    put({part: NEW[name] for name, part in parts.items()})
    entries = [journal.Entry(name, part, journal.digest(OLD[name]), journal.digest(NEW[name])) for name, part in parts.items()]
    with journal.kept(Path(), entries):
        pass


def test_two_runs_that_change_several_files_leave_those_of_one() -> None:
    for _ in range(10):
        put(OLD)
        both = [child(lambda: change(NEW)), child(lambda: change(OTHER))]
        done = [ended(pid) for pid in both]
        assert (sorted(done), there(), hidden()) in [([0, 1], NEW, []), ([0, 1], OTHER, [])]


def test_what_somebody_else_has_changed_since_is_left_alone() -> None:
    put(OLD)
    _cut_short()
    put({"b.yaml": b"mine"})
    assert finish(Path()) == []
    assert (there(), hidden()) == ({**OLD, "b.yaml": b"mine"}, [])


def test_what_cannot_be_finished_is_told() -> None:
    put(OLD)
    _cut_short()
    put({"a.yaml": NEW["a.yaml"], "b.yaml": b"mine"})
    with pytest.raises(click.UsageError, match=r"b\.yaml cannot be written: it has been changed since a run was cut short"):
        finish(Path())
    assert Path("b.yaml").read_bytes() == b"mine"


@pytest.mark.parametrize("file", ["../victim.yaml", "/victim.yaml"])
def test_a_journal_that_somebody_made_up_changes_nothing_outside(file: str) -> None:
    os.mkdir("agreements")
    put({"victim.yaml": b"old", "agreements/.0123456789abcdef.part": b"new"})
    at = file if file.startswith("..") else str(Path("victim.yaml").absolute())
    with journal.kept(Path("agreements"), [journal.Entry(at, ".0123456789abcdef.part", journal.digest(b"old"), journal.digest(b"new"))]):
        pass
    finish(Path("agreements"))
    assert Path("victim.yaml").read_bytes() == b"old"


@pytest.mark.parametrize("written", [b"", b"[", b"[1]", b"[{}]", b"{}", b"[" * 100_000, b"\xff"])
def test_a_journal_that_was_cut_short_itself_is_dropped(written: bytes) -> None:
    put({journal.NAME: written, **OLD})
    assert finish(Path()) == []
    assert (there(), hidden()) == (OLD, [])
