"""`slachain schema`: printed or written, the same every time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from slachain.cli.files import SUFFIXES
from slachain.cli.main import main
from slachain.cli.schema import COMMENT
from slachain.language.schema import json_schema
from tests.style import ROOT
from tests.test_house import HEAVY


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["schema", *arguments], prog_name="slachain", catch_exceptions=False)


def test_it_is_printed() -> None:
    done = run()
    assert done.exit_code == 0
    assert json.loads(done.output) == json_schema()
    assert done.output.startswith('{\n  "$schema": "https://json-schema.org/draft/2020-12/schema",\n')


def test_it_is_written_beside_the_agreements(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = run("-o", "agreements/slachain.schema.json")
    assert done.exit_code == 0
    assert done.output.splitlines() == [
        "wrote agreements/slachain.schema.json",
        "Now begin each file beside it with: # yaml-language-server: $schema=slachain.schema.json",
    ]
    assert Path("agreements/slachain.schema.json").read_text(encoding="utf-8") == run().output
    assert not "slachain.schema.json".endswith(SUFFIXES)  # no catalogue takes it for one of its files


def test_where_it_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = run("-o", str(tmp_path))
    assert done.exit_code == 2
    assert "Error:" in done.output
    assert not list(tmp_path.iterdir())


def test_help_tells_how_to_switch_it_on() -> None:
    done = run("--help")
    assert "slachain schema -o agreements/slachain.schema.json\n" in done.output
    assert f"{COMMENT}slachain.schema.json\n" in done.output
    assert COMMENT == "# yaml-language-server: $schema="


def test_the_same_bytes_whatever_the_hash_seed() -> None:
    told = {
        subprocess.run(
            [sys.executable, "-m", "slachain", "schema"],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(told) == 1


def test_help_imports_nothing_heavy() -> None:
    program = (
        "import sys\n"
        "from slachain.cli.main import main\n"
        "main(['schema', '--help'], standalone_mode=False)\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
