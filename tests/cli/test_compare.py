"""Where the agreements of `slachain compare` are read from, and what it says of those that cannot be."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from slachain.cli.main import main
from tests.generated import shown
from tests.test_broken_input import KINDS
from tests.test_house import HEAVY
from tests.transcripts import ROOT

OURS = """
calendars:
  office: {timezone: Europe/London, hours: {mon-fri: "09:00-17:00"}}
metrics:
  call-back: {like: response}
plans:
  gold: {kind: sla, provider: desk, calendar: office, targets: {resolution: {P1: 4h}}}
agreements:
  acme: {extends: gold, customer: acme}
  beta: {extends: gold, customer: beta, targets: {resolution: {P1: 5h}}}
"""
THEIRS = """
agreements:
  offer: {kind: sla, provider: rival, customer: acme, calendar: office, targets: {resolution: {P1: 4h}}}
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A catalogue in an empty folder."""
    monkeypatch.chdir(tmp_path)
    Path("agreements").mkdir()
    Path("agreements/ours.yaml").write_text(OURS)
    return tmp_path


def compare(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["compare", *arguments, "--as-of", "2026-01-01"], prog_name="slachain", catch_exceptions=False)


def says(*arguments: str) -> str:
    """The first line of what is printed, the last of a usage error."""
    done = compare(*arguments)
    return done.output.partition("Error: ")[2].strip() if done.exit_code == 2 else done.output.partition("\n")[0]


def written(text: str, name: str = "offer.yaml") -> str:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text)
    return name


def test_two_of_the_catalogue() -> None:
    assert compare("acme", "beta").exit_code == 0
    assert says("acme", "beta") == "acme is at least as strict as beta in everything that beta promises: stricter in 1 point."
    assert compare("beta", "acme").exit_code == 1
    assert says("beta", "acme") == "acme is better than beta in 1 of 1 point."


def test_a_file_may_use_what_the_catalogue_defines() -> None:
    assert "equal in 1 point" in says("acme", written(THEIRS))
    plan = "agreements: {offer: {extends: gold, provider: rival, customer: c, targets: {call-back: {P1: 1h}}}}"
    assert says("acme", written(plan)) == "offer is better than acme in 1 of 2 points."


def test_a_name_in_a_file_means_what_the_file_says_for_its_side_alone() -> None:
    longer = 'calendars: {office: {timezone: Europe/London, hours: {mon-sun: "00:00-24:00"}}}'
    assert says("acme", written(THEIRS + longer)) == "offer is better than acme in 1 of 1 point."
    assert "resolution  P1        4h on office of acme  4h on office of offer  B stricter" in compare("acme", "offer.yaml").output
    assert "stricter in 1 point" in says("offer.yaml", "acme")
    extended = longer + "\nagreements: {offer: {extends: gold, customer: c}}"  # the plan is the catalogue's, its calendar the file's
    assert "stricter in 1 point" in says(written(extended), "acme")
    assert "equal in 1 point" in says("acme", "acme")


def test_an_agreement_of_the_same_name() -> None:
    """Last year's, say: told apart by their files."""
    found = says("acme", written(THEIRS.replace("offer:", "acme:").replace("4h", "8h"), "old/acme.yml"))
    assert found.startswith("acme (agreements/ours.yaml) is at least as strict as acme (old/acme.yml)")


def test_files_alone_need_no_catalogue() -> None:
    Path("agreements/ours.yaml").rename("ours.yaml")
    Path("agreements").rmdir()
    whole = written(THEIRS.replace("office", "24x7"))
    assert says("ours.yaml:acme", whole) == "offer is better than acme in 1 of 1 point."
    assert says("acme", whole).startswith("there is no agreements/")
    assert says("acme", whole, "-c", "ours.yaml") == says("ours.yaml:acme", whole)


def test_a_file_of_the_catalogue_itself() -> None:
    assert "stricter in 1 point" in says("agreements/ours.yaml:acme", "beta")


@pytest.mark.parametrize(
    ("argument", "why"),
    [
        ("acne", "there is no agreement acne in the catalogue (did you mean 'acme'?)"),
        ("zzz", "there is no agreement zzz in the catalogue (a plan is compared by an agreement that extends it, a file by its path)"),
        ("nowhere.yaml", "there is no nowhere.yaml"),
        ("nowhere/offer", "there is no nowhere/offer"),
        ("agreements/", "agreements/ is a folder: name a file, or name it with -c and an agreement by its id"),
        ("agreements/ours.yaml", "agreements/ours.yaml holds acme, beta: write agreements/ours.yaml:acme for one of them"),
        ("agreements/ours.yaml:acne", "there is no agreement acne in agreements/ours.yaml (did you mean 'acme'?)"),
        ("empty.yaml", "empty.yaml holds no agreement"),
        ("\0.yaml", "there is no \0.yaml"),
        ("x" * 5000 + ".yaml", ""),
    ],
)
def test_what_cannot_be_found(argument: str, why: str) -> None:
    written("policy: {equal: kept}", "empty.yaml")
    done = compare("acme", argument)
    assert done.exit_code == 2
    assert says("acme", argument) == why or not why


@pytest.mark.parametrize("kind", KINDS)
def test_a_broken_file(kind: str) -> None:
    """Nothing is compared with what may lack a clause; nor is anything beside a file that cannot be read."""
    Path("offer.yaml").write_bytes(KINDS[kind] + b"\n")
    assert compare("acme", "offer.yaml").exit_code == 2
    Path("offer.yaml").rename("agreements/broken.yaml")
    assert compare("acme", "beta").exit_code in (0, 2)


def test_what_is_wrong_is_told_at_its_place() -> None:
    assert says("acme", written(THEIRS.replace("4h", "4q"))) == (
        "offer.yaml could not be read as written, so nothing is compared:\n"
        "  offer.yaml:3:100: SC102: '4q' is no duration: write 90s, 15m, 4h, 1h30m, 2d, 1w, PT4H or business days 2bd"
    )
    circle = "calendars: {x: {any_of: [y]}, y: {any_of: [x]}}\nagreements: {loop: {kind: sla, provider: p, customer: c, calendar: x}}"
    written(circle, "agreements/circle.yaml")
    assert "calendars made of one another" in says("loop", "beta")
    assert "stricter" in says("acme", "beta")  # which has nothing to do with that


def test_a_file_cut_off_anywhere() -> None:
    for end in range(0, len(OURS), 7):
        assert compare("acme", written(OURS[:end])).exit_code in (0, 1, 2)


@pytest.mark.parametrize("names", ["P1", "P1=", "=P1", "P1=S1,P1=S2", "*=P1", "P1=*", "P1=S1,", ""])
def test_names_that_are_no_pairs(names: str) -> None:
    assert compare("acme", "beta", "--priorities", names).exit_code == 2


def test_json_tells_what_the_text_does() -> None:
    done = compare("beta", "acme", "--format", "json")
    found = json.loads(done.output)
    assert found["format"] == "slachain-compare/1"
    assert found["verdict"] == {
        "at_least_as_strict": False,
        "says": "acme is better than beta in 1 of 1 point.",
        "points": 1,
        "better_b": 1,
        "unlike": 0,
    }
    (row,) = found["rows"]
    assert (row["metric"], row["priority"], row["verdict"], row["share"]) == ("resolution", {"a": "P1", "b": "P1"}, "looser", 1.0)
    assert row["ticket"]["later"]["seconds"] > 3600
    assert row["ticket"]["a"]["zone"] == "Europe/London"


def test_help_imports_nothing_heavy() -> None:
    program = (
        "import sys\n"
        "from slachain.cli.main import main\n"
        "main(['compare', '--help'], standalone_mode=False)\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.splitlines()[-1] == "[]", done.stdout + done.stderr


def test_the_page_for_sales_shows_what_is_printed() -> None:
    page = (ROOT / "docs" / "compare.md").read_text()
    assert "```console\n$ slachain compare" in page
    assert shown(page) == page
    tender = (ROOT / "docs" / "tender.yaml").read_text()
    assert f"```yaml\n{tender}```" in page
