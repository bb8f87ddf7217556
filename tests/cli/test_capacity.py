"""`slachain capacity`: what its page shows is what is printed; its files and its exit status."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from slachain.cli.main import main
from tests.generated import shown
from tests.transcripts import ROOT

DOCUMENT = (ROOT / "docs" / "capacity.md").read_text()
DRAFT = "agreements:\n  orchid-gold: {extends: gold, customer: orchid, demand: {P1: 6/month, P2: 400/month}}\n"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["capacity", "--as-of", "2026-01-01", *arguments], prog_name="slachain", catch_exceptions=False)


@pytest.fixture(autouse=True)
def _in_the_repository(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def test_the_document_shows_what_is_printed() -> None:
    assert shown(DOCUMENT) == DOCUMENT


def test_every_row_of_the_document_can_be_read_without_scrolling() -> None:
    blocks = DOCUMENT.split("```console\n")[1:]
    assert max(len(line) for block in blocks for line in block.split("```")[0].splitlines() if not line.startswith("$")) <= 100


def test_a_draft_is_added_from_outside_the_catalogue(tmp_path: Path) -> None:
    draft = tmp_path / "draft.yaml"
    draft.write_text(DRAFT)
    done = run("--add", str(draft), "--format", "json")
    assert done.exit_code == 1
    data = json.loads(done.output)
    assert {team["id"]: team["effect"] for team in data["changes"]} == {"engineering": "pushed over", "service-desk": "pushed over"}
    assert run("--add", str(draft), "--demand", "orchid-gold=P1:1/month").exit_code == 0


def test_a_draft_inside_the_catalogue_is_new_as_well(tmp_path: Path) -> None:
    for name, text in ((path.name, path.read_text()) for path in (ROOT / "agreements").glob("*.yaml")):
        (tmp_path / name).write_text(text)
    (tmp_path / "draft.yaml").write_text(DRAFT)
    assert run("-c", str(tmp_path)).exit_code == 1
    data = json.loads(run("-c", str(tmp_path), "--add", str(tmp_path / "draft.yaml"), "--format", "json").output)
    assert data["before"]["teams"][0]["verdict"] == "enough"


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("--demand", "novapay-gold"), "is no demand of an agreement"),
        (("--demand", "novapay-gold=P1:1/month,P1:2/month"), "P1 is written twice"),
        (("--demand", "novapay-gold=within:1/month"), "cannot be a priority"),
        (("--demand", "novapay-gold=P1:1/month", "--demand", "novapay-gold=P2:1/month"), "written twice for novapay-gold"),
        (("--add", "no/such"), "there is no file no/such"),
        (("--add", "agreements/policy.yaml"), "holds no agreement"),
        (("--add", "novapay"), "there is no agreement 'novapay' in the catalogue (did you mean"),
        (("-c", "tests/published/nowhere"), "there is no tests/published/nowhere"),
    ],
)
def test_misuse_is_told_and_exits_with_2(arguments: tuple[str, ...], why: str) -> None:
    done = run(*arguments)
    assert done.exit_code == 2
    assert why in " ".join(done.output.split())


def test_a_page_is_written_whole(tmp_path: Path) -> None:
    for arguments in ((), ("--add", "novapay-gold")):
        assert run(*arguments, "--format", "html", "-o", str(tmp_path / "capacity.html")).exit_code == 0
        page = (tmp_path / "capacity.html").read_text()
        assert page.startswith("<!DOCTYPE html>")
        assert page.endswith("</html>")
