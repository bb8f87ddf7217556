"""What `slachain new` writes can be read back, alone and beside a catalogue, with every optional clause too."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from slachain.cli.main import main
from slachain.decisions.reporting import findings
from slachain.language.loader import load
from slachain.language.model import Agreement
from slachain.study import Study
from tests.transcripts import ROOT

DAY = date(2026, 1, 1)
KINDS = ("sla", "ola", "uc")
CATALOGUE = str(ROOT / "agreements")
OPTIONAL = re.compile(r"^ *#\w")


def new(*arguments: str, catalogue: str = CATALOGUE) -> str:
    done = CliRunner().invoke(main, ["new", *arguments, "-c", catalogue, "--as-of", "2026-01-01"], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def studied(*texts: str, folder: Path | None = None) -> Study:
    there = {path.name: path.read_bytes() for path in sorted(folder.glob("*.yaml"))} if folder else {}
    return Study.of(load({**there, **{f"new-{n}.yaml": text.encode() for n, text in enumerate(texts)}}), DAY)


def errors(study: Study) -> list[str]:
    return [f"{found.code} {found.message}" for found in findings(study) if found.severity == "error" and "new-" in found.at.file]


def agreement(study: Study, id: str) -> Agreement:
    return study.catalogue.agreements[id]


def without_sign(text: str, line: int) -> str:
    lines = text.split("\n")
    lines[line] = lines[line].replace("#", "", 1)
    return "\n".join(lines)


@pytest.mark.parametrize("kind", KINDS)
def test_checks_without_errors_alone_and_beside_a_catalogue(kind: str) -> None:
    text = new(kind)
    assert errors(studied(text)) == []
    beside = studied(text, folder=ROOT / "agreements")
    assert errors(beside) == []
    assert not beside.catalogue.findings


@pytest.mark.parametrize("kind", KINDS)
def test_every_optional_clause_can_be_uncommented(kind: str) -> None:
    text = new(kind)
    optional = [n for n, line in enumerate(text.split("\n")) if OPTIONAL.match(line)]
    assert len(optional) >= 7
    whole = text
    for line in optional:
        alone, whole = without_sign(text, line), without_sign(whole, line)
        assert not studied(alone).catalogue.findings, alone.split("\n")[line]
        assert studied(alone).catalogue.agreements != studied(text).catalogue.agreements
    assert not studied(whole).catalogue.findings


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_asked_for_is_filled_in(kind: str) -> None:
    hostile = 'web shop: "#1" \\ $id {x}'
    text = new(kind, "the-id", "--customer", "no", "--provider", "true", "--service", hostile, "--calendar", "london")
    found = agreement(studied(text, folder=ROOT / "agreements"), "the-id")
    assert (found.kind.value, found.customer.value, found.provider.value, found.calendar.value) == (kind, "no", "true", "london")
    assert found.service
    assert found.service.value == hostile


BEHIND = """
metrics: {leads: {type: count, unit: leads, better: higher, chain: supply}, cost: {type: money, better: lower, chain: each}}
calendars: {london: {timezone: Europe/London, hours: {mon-fri: "09:00-17:30"}, holidays: {country: GB}}}
agreements:
  desk:
    kind: ola
    provider: desk
    customer: kestrel
    calendar: 24x7
    targets: {response: {within: 10m, attainment: 97%}, availability: 99.95%, leads: 120, cost: 300 EUR}
    relies_on: [{agreement: tier2, after: 1h, share: 100%, metrics: [resolution]}]
    pauses: [awaiting-customer]
    excludes: [force majeure, "floods: all"]
  tier2:
    kind: ola
    provider: tier2
    customer: desk
    calendar: london
    targets: {resolution: {P1: {within: 3h, attainment: 95%}, P2: 2bd}}
    pauses: [{awaiting-vendor: 4h}]
"""


@pytest.mark.parametrize("calendar", ["24x7", "london"])
def test_a_new_promise_holds_with_what_it_relies_on(tmp_path: Path, calendar: str) -> None:
    (tmp_path / "behind.yaml").write_text(BEHIND)
    text = new("sla", "acme", "--relies-on", "desk", "--calendar", calendar, catalogue=str(tmp_path))
    beside = studied(text, folder=tmp_path)
    own = [found for found in findings(beside) if found.agreement == "acme"]
    assert {found.code for found in own} <= {"SC802", "SC803", "SC807"}, own
    kept = {(v.promise.metric.id, v.verdict) for v in beside.verdicts} | {(v.promise.metric.id, v.verdict) for v in beside.amount_verdicts}
    assert kept == {(metric, "holds") for metric in ("response", "resolution", "availability", "leads", "cost")}


@pytest.mark.parametrize("kind", ["ola", "uc"])
def test_a_commitment_relies_on_what_it_is_told_to(kind: str) -> None:
    beside = studied(new(kind, "x", "--relies-on", "tier2"), folder=ROOT / "agreements")
    assert [m.agreement.value for item in agreement(beside, "x").relies_on for m in item.members()] == ["tier2"]
    assert errors(beside) == []


def test_ids_are_free(tmp_path: Path) -> None:
    file = tmp_path / "all.yaml"
    file.write_text("plans: {a-customer: {}}\nagreements: {a-customer-2: {}, a-customer-3-team: {}}\n")
    text = new("sla", catalogue=str(tmp_path))
    assert not [found for found in load({"all.yaml": file.read_bytes(), "b.yaml": text.encode()}).findings if found.code == "SC103"]
    assert "  a-customer-3:" in text
    assert "  a-customer-3-team-2:" in text


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("sla", "desk"), "desk-2 is free"),
        (("sla", "a b"), "is no id"),
        (("uc", "--provider", "x/y"), "is no id"),
        (("sla", "--calendar", "londn"), "did you mean 'london'?"),
        (("sla", "--relies-on", "dessk"), "did you mean 'desk'?"),
        (("ola", "--service", "  "), "a text belongs here"),
        (("sla", "--service", "a\u202eb"), "invisible characters"),
        (("contract",), "is not one of"),
    ],
)
def test_mistakes_are_told(arguments: tuple[str, ...], says: str) -> None:
    done = CliRunner().invoke(main, ["new", *arguments, "-c", CATALOGUE])
    assert done.exit_code == 2
    assert says in done.output


def test_a_file_is_written_over_only_when_told(tmp_path: Path) -> None:
    file = tmp_path / "acme.yaml"
    file.write_text("mine")
    for force in ([], ["--force"]):
        done = CliRunner().invoke(main, ["new", "ola", "-c", CATALOGUE, "-o", str(file), *force])
        assert done.exit_code == (0 if force else 2)
        assert (file.read_text() == "mine") is not bool(force)
