"""Which two versions `slachain diff` reads, from paths and from git, and what it says of those that cannot be had."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from slachain.cli.main import main
from slachain.cli.versions import Revisions, revisions
from tests.history import History, build, commit, git, write
from tests.test_broken_input import KINDS

SMALL = """
calendars: {rota: {ics: rota.ics}}
agreements:
  a: {kind: sla, provider: p, customer: c, calendar: rota, targets: {resolution: {P1: 4h}}, relies_on: [b]}
  b: {kind: ola, provider: q, customer: p, calendar: rota, targets: {resolution: {P1: 3h}}}
"""
ROTA = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//x//y//EN
BEGIN:VEVENT
UID:1
DTSTAMP:20260101T000000Z
DTSTART:20260105T090000Z
DTEND:20260105T{end}0000Z
RRULE:FREQ=DAILY
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> History:
    """The repository, which no test changes."""
    return build(tmp_path_factory.mktemp("history"))


@pytest.fixture
def here(history: History, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same as the working folder."""
    monkeypatch.chdir(history.folder)
    return history.folder


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["diff", "--as-of", "2026-01-01", *arguments], catch_exceptions=False)


def told(*arguments: str) -> dict[str, object]:
    """The verdict in JSON."""
    done = run(*arguments, "--format", "json")
    assert done.exit_code in (0, 1), done.output
    return json.loads(done.output)["verdict"]  # type: ignore[no-any-return]


def test_the_history_is_the_same_each_time(history: History, tmp_path: Path) -> None:
    assert build(tmp_path).commits == history.commits


@pytest.mark.parametrize(
    ("asked", "status", "gaps"),
    [
        ("signed..news", 0, (0, 1)),
        ("news..signed", 1, (1, 0)),
        ("news..later", 1, (1, 0)),
        ("later..tidied", 0, (0, 0)),
        ("signed..", 1, (1, 1)),
        ("..signed", 1, (1, 1)),
        ("news...later", 1, (1, 0)),
        ("HEAD~3..HEAD~2", 0, (0, 1)),
    ],
)
@pytest.mark.usefixtures("here")
def test_ranges(asked: str, status: int, gaps: tuple[int, int]) -> None:
    """The exit status is 1 where a gap is opened."""
    done = run(asked, "agreements/", "--format", "json")
    found = json.loads(done.output)["verdict"]
    assert done.exit_code == status
    assert (found["gaps"]["opened"], found["gaps"]["closed"]) == gaps


@pytest.mark.usefixtures("here")
def test_formatting_is_told_to_change_nothing() -> None:
    found = told("later..tidied")
    assert found["changes_nothing"]
    assert found["findings"] == {"new": 0, "gone": 0, "changed": 0, "moved": 11}


@pytest.mark.usefixtures("here")
def test_two_revisions_and_a_path() -> None:
    assert run("signed", "news", "agreements/").output == run("signed..news", "agreements/").output


def test_from_a_folder_inside_the_repository(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Paths are told from the working folder, as everywhere."""
    monkeypatch.chdir(here / "agreements")
    done = run("signed..news", ".")
    assert "(internal.yaml:21)" in done.output
    assert told("signed..news", "../agreements") == told("signed..news", str(here / "agreements"))


def test_neither_the_work_tree_nor_the_index_is_touched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(tmp_path)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "agreements" / "internal.yaml").write_text("staged: {}\n")
    git(tmp_path, "add", "--all")
    (tmp_path / "agreements" / "internal.yaml").write_text("written: {}\n")
    before = _state(tmp_path)
    assert run("signed..news").exit_code == 0
    assert _state(tmp_path) == before


def _state(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {str(path): (path.read_bytes(), path.stat().st_mtime_ns) for path in sorted(folder.rglob("*")) if path.is_file()}


def test_a_rota_is_of_the_same_revision(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its new content is told, and moves what is supported."""
    git(tmp_path, "init", "--quiet")
    write(tmp_path, {"agreements/a.yaml": SMALL, "agreements/rota.ics": ROTA.format(end="17")})
    commit(tmp_path, "one", "2026-01-01T09:00:00+00:00", "one")
    write(tmp_path, {"agreements/a.yaml": SMALL, "agreements/rota.ics": ROTA.format(end="10")})
    commit(tmp_path, "two", "2026-01-02T09:00:00+00:00", "two")
    (tmp_path / "agreements" / "rota.ics").unlink()
    monkeypatch.chdir(tmp_path)
    output = run("one..two").output
    assert "calendar rota: ics: rota.ics (content " in output
    assert "loosened        a resolution P1" in output


def test_names_that_git_would_quote(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Spaces, letters beyond ASCII, tabs and line ends in a file's name."""
    git(tmp_path, "init", "--quiet")
    name = 'agreements/Verträge \t\n"x".yaml'
    for end in ("17", "18"):
        write(tmp_path, {name: SMALL.replace("4h", f"{end}h"), "agreements/rota.ics": ROTA.format(end="17")})
        commit(tmp_path, end, "2026-01-01T09:00:00+00:00")
    monkeypatch.chdir(tmp_path)
    assert "targets.resolution.P1.within: 17h -> 18h" in run("HEAD~1..").output


def test_links_are_followed_within_the_revision(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git(tmp_path, "init", "--quiet")
    write(tmp_path, {"agreements/rota.ics": ROTA.format(end="17")})
    (tmp_path / "shared.yaml").write_text(SMALL)
    (tmp_path / "agreements" / "a.yaml").symlink_to("../shared.yaml")
    commit(tmp_path, "one", "2026-01-01T09:00:00+00:00", "one")
    (tmp_path / "shared.yaml").unlink()
    (tmp_path / "agreements" / "a.yaml").unlink()
    (tmp_path / "agreements" / "a.yaml").symlink_to("/etc/hostname")
    commit(tmp_path, "two", "2026-01-02T09:00:00+00:00", "two")
    monkeypatch.chdir(tmp_path)
    assert told("one..one")["changes_nothing"]
    refused = run("one..two")
    assert refused.exit_code == 2
    assert "a.yaml cannot be read from a revision" in refused.output


def test_a_link_to_a_folder_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What lies behind it would be read from the work tree, and not from the revision: nothing is left out unseen."""
    git(tmp_path, "init", "--quiet")
    write(tmp_path, {"agreements/a.yaml": SMALL, "agreements/rota.ics": ROTA.format(end="17"), "others/b.yaml": "agreements: {}\n"})
    (tmp_path / "agreements" / "others").symlink_to("../others")
    (tmp_path / "agreements" / "notes").symlink_to("rota.ics")
    commit(tmp_path, "one", "2026-01-01T09:00:00+00:00", "one")
    monkeypatch.chdir(tmp_path)
    refused = run("one..one")
    assert refused.exit_code == 2
    assert "agreements/others:1:1: SC101" in refused.output
    assert "others cannot be read from a revision: it is a link to a folder or to elsewhere" in refused.output
    assert "notes" not in refused.output


# --- what is asked ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "meant"),
    [
        (("a..b",), Revisions("a", "b", False, ("agreements/",))),
        (("a..", "x", "y"), Revisions("a", "", False, ("x", "y"))),
        (("..b", "x"), Revisions("HEAD", "b", False, ("x",))),
        (("a...b", "x"), Revisions("a", "b", True, ("x",))),
        (("v1.0..v1.1", "x"), Revisions("v1.0", "v1.1", False, ("x",))),
        (("a", "b", "x"), Revisions("a", "b", False, ("x",))),
        (("old", "new"), None),
        (("../old", "new"), None),
        (("old/../older", "new"), None),
    ],
)
def test_what_is_meant(arguments: tuple[str, ...], meant: Revisions | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert revisions(arguments) == meant


def test_what_is_there_is_a_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a..b", "c"):
        write(tmp_path, {"agreements/a.yaml": "agreements: {}\n"})
        (tmp_path / "agreements").rename(tmp_path / name)
    assert told("a..b", "c")["changes_nothing"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("nowhere..",), "git knows no revision 'nowhere'"),
        (("signed..--output=x",), "is no revision"),
        (("signed..news", "agremeents/"), "there is no agremeents/ in signed"),
        (("signed..news", "../elsewhere"), "../elsewhere lies outside the repository"),
        (("signed..news", "README.md"), "there is no README.md in signed"),
        (("signed", "agreements/"), "there is no signed: for the revision of that name, write signed.. and a path"),
        (("nowhere", "agreements/"), "there is no nowhere"),
        (("agreements/",), "name two paths"),
        (("agreements/", "agreements/", "agreements/"), "name two paths"),
        (("signed..news", "agreements/internal.yaml"), "signed cannot be read as written, so nothing is compared:"),
    ],
)
@pytest.mark.usefixtures("here")
def test_what_cannot_be_had(arguments: tuple[str, ...], says: str) -> None:
    done = run(*arguments)
    assert done.exit_code == 2
    assert says in done.output


def test_no_repository_and_nothing_committed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert "this is no repository" in run("HEAD..").output
    git(tmp_path, "init", "--quiet")
    assert "git knows no revision 'HEAD': nothing has been committed yet" in run("HEAD..").output
    write(tmp_path, {"agreements/a.yaml": SMALL, "agreements/rota.ics": ROTA.format(end="17")})
    assert told("HEAD..", "--from-nothing")["promises"] == {
        "tightened": 0, "loosened": 0, "mixed": 0, "same": 0, "added": 1, "withdrawn": 0, "unlike": 0,
    }  # fmt: skip


def test_no_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    done = run("HEAD..")
    assert done.exit_code == 2
    assert "git is not installed" in done.output


@pytest.mark.parametrize("content", KINDS.values(), ids=KINDS)
def test_a_side_that_cannot_be_read_as_written(content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Either side: exit 2 and the place, or it says nothing at all; never a traceback."""
    monkeypatch.chdir(tmp_path)
    Path("good.yaml").write_text("agreements: {}\n")
    Path("bad.yaml").write_bytes(content)
    for pair in (("good.yaml", "bad.yaml"), ("bad.yaml", "good.yaml")):
        done = run(*pair)
        assert done.exit_code in (0, 2)
        assert done.exit_code == 0 or "bad.yaml cannot be read as written" in done.output


def test_an_accepted_gap_does_not_fail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told as what it is."""
    monkeypatch.chdir(tmp_path)
    text = SMALL.replace("rota}", "24x7}").replace("calendars: {rota: {ics: rota.ics}}\n", "").replace("calendar: rota", "calendar: 24x7")
    Path("old.yaml").write_text(text)
    Path("new.yaml").write_text(text.replace("3h", "5h"))
    accepted = "accept: [{finding: SC201, until: 2026-12-31, because: the rota starts in autumn}], relies_on: [b]"
    Path("accepted.yaml").write_text(text.replace("3h", "5h").replace("relies_on: [b]", accepted))
    assert run("old.yaml", "new.yaml").exit_code == 1
    done = run("old.yaml", "accepted.yaml")
    assert done.exit_code == 0
    assert done.output.startswith("This amendment opens 1 gap (1 of them accepted).\n")


def test_nothing_depends_on_where_it_is_run(here: Path) -> None:
    """Inside a hook git says where its index is: another folder's repository is still the one that is asked."""
    done = subprocess.run(
        [sys.executable, "-m", "slachain", "diff", "signed..news", "--as-of", "2026-01-01"],
        cwd=here,
        env={**os.environ, "GIT_INDEX_FILE": str(here / "nowhere"), "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == run("signed..news").output


def test_a_content_that_git_does_not_have(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a clone of a part of the repository."""
    git(tmp_path, "init", "--quiet")
    write(tmp_path, {"agreements/a.yaml": "agreements: {}\n"})
    commit(tmp_path, "one", "2026-01-01T09:00:00+00:00")
    name = git(tmp_path, "rev-parse", "HEAD:agreements/a.yaml").strip()
    (tmp_path / ".git" / "objects" / name[:2] / name[2:]).unlink()
    monkeypatch.chdir(tmp_path)
    done = run("HEAD..HEAD")
    assert done.exit_code == 2
    assert f"git does not have the content {name}" in done.output
