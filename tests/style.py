"""Ruff with the settings that stand in setup.cfg. `python -m tests.style --fix` lays the code out."""

from __future__ import annotations

import configparser
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
FOLDERS = ("slachain", "tests", "benchmarks")
TESTS_NEED_NO = ("D",)


def commands(fix: bool = False) -> list[list[str]]:
    """The commands that check the code's style, or mend what they can."""
    read = configparser.ConfigParser()
    read.read(ROOT / "setup.cfg", encoding="utf-8")
    settings = read["ruff"]
    shared = ["--isolated", "--no-cache", f"--line-length={settings['line-length']}", f"--target-version={settings['target-version']}"]
    rules = [
        f"--select={settings['select']}",
        f"--ignore={settings['ignore']}",
        *(f"--per-file-ignores=tests/**:{code}" for code in TESTS_NEED_NO),
    ]
    ruff = [sys.executable, "-m", "ruff"]
    return [
        [*ruff, "check", *shared, *rules, *(["--fix"] if fix else []), *FOLDERS],
        [*ruff, "format", *shared, *([] if fix else ["--check"]), *FOLDERS],
    ]


if __name__ == "__main__":
    sys.exit(max(subprocess.run(command, cwd=ROOT, check=False).returncode for command in commands(fix="--fix" in sys.argv)))
