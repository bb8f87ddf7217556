"""The pre-commit hooks and the GitHub workflow, run as their users run them: by pre-commit itself, and step by step in bash."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.history import History, build, git
from tests.transcripts import ROOT

HOOKS = ROOT / ".pre-commit-hooks.yaml"
WORKFLOW = ROOT / "docs" / "github-workflow.yml"
DAY = ["--as-of", "2026-01-01"]
GH = """#!/bin/sh
echo "$*" >> gh.txt
case "$*" in *--edit-last*) exit 1 ;; esac
cat "$5" >> comment.txt
"""


def tool(*command: str, cwd: Path = ROOT, **more: str) -> subprocess.CompletedProcess[str]:
    """A program of the environment that the tests run in."""
    inherited = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "GITHUB_"))}
    env = {**inherited, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}", "NO_COLOR": "1", **more}
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)


@pytest.fixture
def history(tmp_path: Path) -> History:
    """A repository to work in."""
    folder = tmp_path / "work"
    folder.mkdir()
    return build(folder)


# --- pre-commit ------------------------------------------------------------------------------------------------------


def test_pre_commit_accepts_the_hooks() -> None:
    done = tool(sys.executable, "-m", "pre_commit", "validate-manifest", str(HOOKS))
    assert done.returncode == 0, done.stdout


def test_the_hooks_stop_a_commit_that_opens_a_gap(history: History) -> None:
    """Installed by pre-commit into a repository, from their own manifest; `language: system` stands for the installation."""
    hooks = [{**hook, "language": "system", "args": [*DAY, *hook["args"]]} for hook in yaml.safe_load(HOOKS.read_text())]
    hooks = [hook for hook in hooks if hook["id"] == "slachain-diff"]
    folder, cache = history.folder, {"PRE_COMMIT_HOME": str(history.folder.parent / "cache")}
    git(folder, "checkout", "--quiet", "news")
    (folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump({"repos": [{"repo": "local", "hooks": hooks}]}))
    git(folder, "add", "--all")
    assert tool(sys.executable, "-m", "pre_commit", "install", cwd=folder, **cache).returncode == 0
    file = folder / "agreements" / "internal.yaml"
    before = file.read_text()
    file.write_text(before.replace("P2: 1h, P3: 4h", "P2: 5h, P3: 4h"))
    stopped = commit(folder, cache)
    assert stopped.returncode == 1
    assert "This amendment opens 1 gap." in stopped.stdout + stopped.stderr
    file.write_text(before.replace("P2: 1h, P3: 4h", "P2: 50m, P3: 4h"))
    done = commit(folder, cache)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "This amendment opens no gap." in done.stdout + done.stderr


def commit(folder: Path, more: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """What people type."""
    tool("git", "add", "--all", cwd=folder)
    who = ["-c", "user.name=Robin", "-c", "user.email=robin@kestrel.example"]
    return tool("git", *who, "commit", "--message", "An amendment", cwd=folder, **more)


def test_the_check_hook_is_the_command_of_that_name(history: History) -> None:
    hook = next(hook for hook in yaml.safe_load(HOOKS.read_text()) if hook["id"] == "slachain-check")
    done = tool(*hook["entry"].split(), *DAY, *hook["args"], cwd=history.folder)
    assert done.returncode == 1
    assert "promises on 2026-01-01" in done.stdout


# --- GitHub Actions --------------------------------------------------------------------------------------------------


def workflow() -> Any:
    """As GitHub reads it: `on` is a key, not a truth."""
    return yaml.load(WORKFLOW.read_text(), Loader=yaml.BaseLoader)


def test_the_workflow_is_one() -> None:
    """By the schema of GitHub's workflows that check-jsonschema brings along."""
    done = tool(sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows", str(WORKFLOW))
    assert done.returncode == 0, done.stdout


def test_nothing_from_a_pull_request_is_typed_into_a_script() -> None:
    """Expressions reach the scripts as variables alone, and only those are used that there are."""
    known = r"github\.event\.pull_request\.(base\.sha|number)|github\.token|steps\.amendment\.outputs\.status"
    for step in workflow()["jobs"]["amendment"]["steps"]:
        assert "${{" not in step.get("run", "")
        for value in step.get("env", {}).values():
            assert re.fullmatch(rf"\$\{{\{{ ({known}) \}}\}}", value)


@pytest.mark.parametrize(
    ("base", "head", "says", "status"),
    [
        ("news", "later", "This amendment opens 1 gap.", 1),
        ("signed", "news", "This amendment opens no gap and closes 1 gap.", 0),
        ("news", "broken", "The agreements could not be compared", 2),
    ],
)
def test_the_workflow_runs(base: str, head: str, says: str, status: int, history: History) -> None:
    """Each `run` step in the shell that GitHub takes, with the files that it gives; all but the installation."""
    folder = history.folder
    git(folder, "checkout", "--quiet", "--detach", "later" if head == "broken" else head)
    if head == "broken":
        (folder / "agreements" / "internal.yaml").write_text("agreements: [\n")
        git(folder, "commit", "--quiet", "--all", "--message", "broken")
    found = run_steps(folder, history.commits[base])
    assert found == status
    assert says in (folder / "summary.md").read_text()
    assert says in (folder / "comment.txt").read_text()
    assert (folder / "gh.txt").read_text().splitlines() == [
        "pr comment 7 --edit-last --body-file amendment.md",
        "pr comment 7 --body-file amendment.md",
    ]
    assert (folder / "amendment.html").exists() == (status < 2)


def run_steps(folder: Path, base: str) -> int:
    """The exit status of the last step, after all others ended well."""
    (folder / "bin").mkdir()
    (folder / "bin" / "gh").write_text(GH.replace('"$5"', "amendment.md"))
    (folder / "bin" / "gh").chmod(0o755)
    path = os.pathsep.join([str(folder / "bin"), str(Path(sys.executable).parent), os.environ["PATH"]])
    files = {"GITHUB_STEP_SUMMARY": str(folder / "summary.md"), "GITHUB_OUTPUT": str(folder / "output.txt")}
    given = {"github.event.pull_request.base.sha": base, "github.event.pull_request.number": "7", "github.token": "x"}
    steps = [step for step in workflow()["jobs"]["amendment"]["steps"] if "run" in step]
    assert steps.pop(0)["run"] == "python -m pip install slachain"
    for step in steps:
        env = {key: given[value[4:-3]] for key, value in step.get("env", {}).items()}
        script = folder / "step.sh"
        script.write_text(step["run"].replace("slachain diff", f"slachain diff {' '.join(DAY)}"))
        done = tool(
            "bash", "--noprofile", "--norc", "-eo", "pipefail", str(script), cwd=folder, PATH=path, **workflow()["env"], **files, **env
        )
        if step is steps[-1]:
            return done.returncode
        assert done.returncode == 0, done.stdout + done.stderr
        told = Path(files["GITHUB_OUTPUT"]).read_text() if Path(files["GITHUB_OUTPUT"]).exists() else ""
        given |= {f"steps.amendment.outputs.{line.partition('=')[0]}": line.partition("=")[2] for line in told.splitlines()}
    raise AssertionError("no step")
