"""What a command imports before it does anything, and what a check does without."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.style import ROOT

SOUND = """\
calendars:
  office:
    timezone: Europe/London
    hours: {mon-fri: "09:00-17:00"}
    holidays: {country: GB, subdivision: ENG}
agreements:
  promise:
    kind: sla
    provider: us
    customer: them
    owner: Ann
    review: {every: 1 year, last: 2025-12-01}
    calendar: 24x7
    targets: {resolution: {P1: {within: 3d, attainment: 90%}}}
    relies_on: [desk]
  desk:
    kind: ola
    provider: desk
    customer: us
    owner: Bob
    review: {every: 1 year, last: 2025-12-01}
    calendar: 24x7
    targets: {resolution: {P1: {within: 4h, attainment: 90%}}}
"""
NEEDLESS = ("networkx", "jinja2", "icalendar", "recurring_ical_events", "scipy", "rich", "importlib.metadata", "holidays.countries.france")
PROGRAM = """
import sys
from slachain.cli.main import main

try:
    main.main(sys.argv[1:], standalone_mode=False)
except SystemExit as done:
    print(done.code)
print(sorted(sys.modules))
"""


def imported(*arguments: str) -> tuple[str, list[str]]:
    """What a command prints before the modules it has imported."""
    done = subprocess.run([sys.executable, "-c", PROGRAM, *arguments], cwd=ROOT, capture_output=True, text=True, check=True)
    told, _, modules = done.stdout.rstrip().rpartition("\n")
    return told, modules[2:-2].split("', '")


def test_the_list_of_commands_imports_none_of_them() -> None:
    _, modules = imported("--help")
    assert [name for name in modules if name.startswith("slachain.")] == ["slachain.cli", "slachain.cli.main"]


def test_a_sound_catalogue_is_checked_without_what_others_need(tmp_path: Path) -> None:
    (tmp_path / "sound.yaml").write_text(SOUND)
    told, modules = imported("check", str(tmp_path), "--as-of", "2026-01-01")
    assert told.splitlines()[-1] == "0", told
    assert not {*NEEDLESS, "slachain.decisions.mend", "slachain.decisions.paste", "slachain.language.editing"} & {*modules}


def test_nor_does_the_example_need_most_of_it() -> None:
    _, modules = imported("check", "agreements", "--as-of", "2026-01-01")
    assert not set(NEEDLESS) & set(modules)


INSTALLED = "from slachain.cli.main import main; main()"


@pytest.mark.parametrize(
    ("arguments", "status"), [(("--version",), 0), (("check", "agreements", "--as-of", "2026-01-01"), 1), (("chek",), 2)]
)
def test_the_installed_command_ends_with_the_same_status_when_all_is_written(arguments: tuple[str, ...], status: int) -> None:
    """Though it ends without taking apart what it made."""
    done = [
        subprocess.run([sys.executable, *how, *arguments], cwd=ROOT, capture_output=True, check=False)
        for how in (("-c", INSTALLED), ("-m", "slachain"))
    ]
    assert {run.returncode for run in done} == {status}
    assert done[0].stdout == done[1].stdout
    assert done[0].stdout or done[0].stderr


def test_who_stops_reading_is_told_of() -> None:
    with subprocess.Popen([sys.executable, "-c", INSTALLED, "schema"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        assert run.stdout is not None
        run.stdout.close()
        assert run.wait() != 0


JUDGING = ("numpy", "yaml", "holidays", "zoneinfo", "slachain.study", "slachain.language.loader", "slachain.decisions.parts")


def test_where_nothing_changed_nothing_that_judges_is_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    first, modules = imported("check", "agreements", "--as-of", "2026-01-01")
    assert "numpy" in modules
    again, modules = imported("check", "agreements", "--as-of", "2026-01-01")
    assert again == first
    assert not {name for name in modules if name.startswith((*JUDGING, "slachain.checks.", "slachain.clocks."))}


def test_where_one_customer_changed_no_country_is_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "agreements").mkdir()
    for number in range(4):
        written = SOUND.replace("office", f"office-{number}").replace("promise:", f"promise-{number}:").replace("desk", f"desk-{number}")
        (tmp_path / "agreements" / f"{number}.yaml").write_text(written.replace("calendar: 24x7", f"calendar: office-{number}", 1))
    (tmp_path / "agreements" / "b.yaml").write_text(
        SOUND[SOUND.index("agreements:") :].split("  desk:", maxsplit=1)[0].replace("desk", "desk-0")
    )
    checked = ("check", str(tmp_path / "agreements"), "--as-of", "2026-01-01")
    _, modules = imported(*checked)
    assert "holidays.registry" in modules
    changed = tmp_path / "agreements" / "b.yaml"
    changed.write_text(changed.read_text().replace("calendar: 24x7", "calendar: office-0"))
    now, modules = imported(*checked)
    assert now == imported(*checked, "--no-cache")[0]
    assert "numpy" in modules
    assert not {name for name in modules if name.startswith(("holidays", "dateutil"))}
