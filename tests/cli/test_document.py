"""`slachain document`: formats, files, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from slachain.cli.main import main
from tests.transcripts import ROOT

GOOD = "agreements: {acme: {kind: sla, provider: desk, customer: acme, calendar: 24x7, targets: {response: 1h}}}"
BROKEN = {
    "SC101": "agreements: {acme: {kind: sla",
    "SC102": GOOD.replace("1h", "1x"),
    "SC103": GOOD,
    "SC104": GOOD.replace("24x7", "london"),
    "SC105": GOOD.replace("{response: 1h}}", "{response: 1h}, relies_on: [acme]}"),
    "SC106": "agreements: {b: {kind: uc, provider: x, customer: y, calendar: 24x7, targets: {response: 1m}}, "
    "acme: {kind: sla, provider: desk, customer: acme, calendar: 24x7, targets: {response: 1h}, "
    "relies_on: [{agreement: b, share: 60%}, {agreement: b, share: 60%}]}}",
}


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["document", *arguments, "--as-of", "2026-01-01"], catch_exceptions=False)


@pytest.mark.parametrize("code", BROKEN)
def test_an_agreement_with_errors_is_no_contract(tmp_path: Path, code: str) -> None:
    (tmp_path / "a.yaml").write_text(BROKEN[code])
    if code == "SC103":
        (tmp_path / "b.yaml").write_text(GOOD)
    done = run("acme", "-c", str(tmp_path))
    assert done.exit_code == 2
    assert ".yaml:1:" in done.output
    assert code in done.output
    assert "no contract is made of it" in done.output


def test_errors_of_others_do_not_matter(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(GOOD)
    (tmp_path / "b.yaml").write_text(BROKEN["SC102"].replace("acme:", "bolt:"))
    assert run("acme", "-c", str(tmp_path)).exit_code == 0


@pytest.mark.parametrize("form", ["html", "markdown", "json"])
def test_a_file_has_what_is_printed(tmp_path: Path, form: str) -> None:
    file = tmp_path / "contract"
    printed = run("novapay-gold", "-c", str(ROOT / "agreements"), "--format", form)
    assert run("novapay-gold", "-c", str(ROOT / "agreements"), "--format", form, "-o", str(file)).output == ""
    assert file.read_text(encoding="utf-8") == printed.output


def test_the_data_have_every_clause_with_its_place() -> None:
    data = json.loads(run("novapay-gold", "-c", str(ROOT / "agreements"), "--format", "json").output)
    assert data["format"] == "slachain-document/1"
    assert (data["id"], data["internal"], data["provider"]["name"], data["customer"]["name"]) == (
        "novapay-gold",
        False,
        "kestrel",
        "novapay",
    )
    for section in data["sections"]:
        for clause in section["clauses"]:
            assert clause["number"].startswith(f"{section['number']}.")
            assert clause["at"][0]["line"] > 0
