"""The house rules that a machine can hold us to: floors, types, style, sizes, what start-up may import."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.style import ROOT, commands

HEAVY = ("numpy", "networkx", "jinja2", "holidays", "icalendar", "yaml", "rich")
LONGEST_MODULE = 300


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_each_floor_imports_only_from_below() -> None:
    done = run(sys.executable, "-c", "from importlinter.cli import lint_imports; raise SystemExit(lint_imports('setup.cfg'))")
    assert done.returncode == 0, done.stdout


def test_types_are_strict() -> None:
    done = run(sys.executable, "-m", "mypy", "--no-incremental")
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("command", commands(), ids=["rules", "layout"])
def test_style(command: list[str]) -> None:
    done = run(*command)
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_module_has_grown_into_two() -> None:
    sizes = {
        path.relative_to(ROOT): len(path.read_text().splitlines())
        for folder in ("slachain", "benchmarks")
        for path in (ROOT / folder).rglob("*.py")
    }
    assert not {path: size for path, size in sizes.items() if size > LONGEST_MODULE}


@pytest.mark.parametrize("arguments", [["--help"], ["check", "--help"], ["--version"]])
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    program = (
        "import sys\n"
        "from slachain.cli.main import main\n"
        f"main({arguments!r}, standalone_mode=False)\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])\n"
    )
    done = run(sys.executable, "-c", program)
    assert done.stdout.splitlines()[-1] == "[]", done.stdout + done.stderr


def test_pyproject_holds_the_build_system_alone() -> None:
    sections = [line for line in (ROOT / "pyproject.toml").read_text().splitlines() if line.startswith("[")]
    assert sections == ["[build-system]"]


def test_make_alone_lists_the_verbs() -> None:
    listed = run("make").stdout.splitlines()
    assert {"make report", "make test"} <= {" ".join(line.split()[:2]) for line in listed}
