"""Each hostile catalogue: its finding at its place, its exit status, no traceback, and no more than 500 MB."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from benchmarks.timing import MEGABYTE, Run
from tests.hostile.inputs import INPUTS, Hostile, agreement, climbing, rota, text
from tests.hostile.large import LARGE
from tests.hostile.running import run, wrong

PLACED = re.compile(r"^agreements/\S+:\d+:\d+: SC1\d\d ", re.MULTILINE)
LIGHT = [hostile for hostile in (*INPUTS, *LARGE) if not hostile.heavy]


def told(folder: Path, hostile: Hostile, *command: str) -> Run:
    """What is said of a hostile catalogue, in bounds and without a traceback."""
    (folder / "agreements").mkdir(parents=True, exist_ok=True)
    hostile.make(folder / "agreements")
    done = run(folder, *command, "--as-of", "2026-01-01")
    assert wrong(done, hostile.finding, hostile.status) == [], done.printed[-2000:]
    return done


@pytest.mark.parametrize("hostile", LIGHT, ids=lambda hostile: hostile.name)
def test_hostile_input(hostile: Hostile, tmp_path: Path) -> None:
    printed = told(tmp_path, hostile, "check").printed
    assert hostile.status < 2 or PLACED.search(printed)


def test_every_path_that_climbs_out_is_told_at_its_place(tmp_path: Path) -> None:
    printed = told(tmp_path, Hostile("", climbing, "outside"), "check").printed
    assert [line for line in range(2, 11) if f"agreements/a.yaml:{line}:13: SC102" not in printed] == []
    assert "root:" not in printed


COMMANDS = {
    "report": ("report", "-o", "page.html"),
    "trace": ("trace", "a", "resolution", "P1"),
    "quote": ("quote", "a"),
    "capacity": ("capacity",),
    "compare": ("compare", "a", "b"),
    "repair": ("repair", "--apply"),
    "review": ("review",),
}


SAYS = {
    "trace": "there is no judged promise a resolution P1",
    "quote": "there is no agreement 'a'",
    "report": "",
    "capacity": "",
    "review": "",
}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_that_reads(command: str, tmp_path: Path) -> None:
    """One catalogue with much that is hostile in it, for each command that reads one."""

    def make(folder: Path) -> None:
        rota("BEGIN:VEVENT\r\nDTSTART:20260101T000000Z\r\nRRULE:FREQ=SECONDLY\r\nEND:VEVENT")(folder)
        (folder / "b.yaml").write_text(
            "agreements:\n" + agreement("b", "1" + "0" * 30 + "h") + agreement("\u202e") + agreement("c", more=", extends: c")
        )
        (folder / "c.yaml").write_bytes(b"agreements: " + b"[" * 100_000)

    told(tmp_path, Hostile("", make, SAYS.get(command, "SC1")), *COMMANDS[command])


@pytest.mark.parametrize("name", ["a\0b", "x" * 5000, "\udcff", "/dev/zero", "."])
def test_catalogues_that_are_no_path(name: str, tmp_path: Path) -> None:
    if "\0" in name:
        return  # no command line can hold it
    done = run(tmp_path, "check", name)
    assert (done.status, "Traceback" in done.printed) == (2, False)


def test_the_peak_that_is_told_is_that_of_the_program_alone(tmp_path: Path) -> None:
    held = bytearray(b"x") * (600 << 20)
    peak = run(tmp_path, "--version").cost.memory
    del held
    assert 5 * MEGABYTE < peak < 100 * MEGABYTE


def test_text_makes_one_file(tmp_path: Path) -> None:
    text("x")(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["a.yaml"]
