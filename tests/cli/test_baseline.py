"""`slachain baseline` as it is typed: options, maps, files as they come, and the exit status."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from slachain.cli.main import main

CATALOGUE = """
agreements:
  desk:
    kind: ola
    provider: desk
    customer: company
    calendar: 24x7
    targets: {resolution: {P1: {within: 4h, attainment: 90%}}, response: 1h}
    accept: [{finding: SC901, until: 2026-12-31, because: it is known}]
  shop: {kind: sla, provider: company, customer: shop, calendar: 24x7, targets: {resolution: {P1: {within: 4h, attainment: 90%}}}}
"""
ROWS = "".join(f"T{n},shop,P1,2025-03-0{n}T09:00Z,2025-03-0{n}T23:00Z\n" for n in range(1, 8))
TICKETS = "ticket,agreement,priority,opened,resolved\n" + ROWS


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("agreements").mkdir()
    Path("agreements/a.yaml").write_text(CATALOGUE)
    Path("tickets.csv").write_text(TICKETS)


def baseline(*arguments: str) -> Result:
    given = ("--as-of", "2026-01-01", *arguments) if "--as-of" not in arguments else arguments
    return CliRunner().invoke(main, ["baseline", *given], prog_name="slachain", catch_exceptions=False)


def test_the_exit_status_is_that_of_the_findings() -> None:
    assert baseline("tickets.csv").exit_code == 1
    assert baseline("tickets.csv", "--fail-on", "never").exit_code == 0
    assert baseline("tickets.csv", "--ignore", "SC901").exit_code == 0
    assert baseline("tickets.csv", "--select", "SC902").exit_code == 0
    assert baseline("tickets.csv", "--select", "SC9").exit_code == 1


def test_what_is_accepted_does_not_count() -> None:
    Path("tickets.csv").write_text(TICKETS.replace(",shop,", ",desk,"))
    done = baseline("tickets.csv")
    assert done.exit_code == 0
    assert "accepted: agreements/a.yaml:8:" in done.output
    assert "0 errors, 0 warnings, 0 info" in done.output


def test_columns_by_options_say_the_same_as_a_map() -> None:
    Path("map.yaml").write_text(
        "columns: {ticket: ticket, priority: priority, opened: opened}\nagreements: [{agreement: shop}]\nmetrics: {resolution: resolved}\n"
    )
    options = ("--for", "shop", "--opened", "opened", "--resolved", "resolved", "--priority", "priority", "--ticket", "ticket")
    by_options, by_map, plain = (baseline("tickets.csv", *how, "--format", "json").output for how in (options, ("--map", "map.yaml"), ()))
    assert by_options == by_map == plain
    found = json.loads(plain)
    assert found["format"] == "slachain-baseline/1"
    assert found["targets"][0]["tickets"] == 7
    assert found["targets"][0]["verdict"] == "not-kept"


@pytest.mark.parametrize("form", ["text", "json", "html"])
def test_the_same_log_gives_the_same_bytes(form: str) -> None:
    assert baseline("tickets.csv", "--format", form).output == baseline("tickets.csv", "--format", form).output


def test_other_encodings_delimiters_marks_and_packed_files() -> None:
    said = baseline("tickets.csv", "--format", "json").output
    Path("tickets.csv").write_bytes(b"\xef\xbb\xbf" + TICKETS.replace("\n", "\r\n").encode())
    assert baseline("tickets.csv", "--format", "json").output == said
    Path("tickets.csv").write_bytes(gzip.compress(TICKETS.encode()))
    assert baseline("tickets.csv", "--format", "json").output == said
    Path("tickets.csv").write_bytes(TICKETS.replace(",", ";").replace("resolved", "gelöst").encode("latin-1"))
    given = ("--agreement", "agreement", "--opened", "opened", "--resolved", "gelöst", "--priority", "priority", "--ticket", "ticket")
    assert baseline("tickets.csv", *given, "--delimiter", ";", "--encoding", "latin1", "--format", "json").output == said


def test_every_bad_row_is_in_the_file_of_rejects_and_some_in_the_text() -> None:
    Path("tickets.csv").write_text(TICKETS + "".join(f'B{n},shop,P1,"say ""x""",\n' for n in range(30)))
    done = baseline("tickets.csv", "--rejects", "bad.csv")
    assert "30 rows could not be used:" in done.output
    assert "and 20 more: --rejects FILE writes all of them" in done.output
    written = Path("bad.csv").read_text().splitlines()
    assert len(written) == 31
    assert written[1] == '9,"opened: \'say ""x""\' is no time in the form iso"'
    assert len(json.loads(baseline("tickets.csv", "--format", "json").output)["refused"]) == 30


def test_without_a_day_the_log_ends_with_what_happened_last() -> None:
    Path("tickets.csv").write_text(TICKETS + "open,shop,P1,2025-03-07T22:00Z,\n")
    done = CliRunner().invoke(main, ["baseline", "tickets.csv", "--format", "json"], catch_exceptions=False)
    found = json.loads(done.output)
    assert found["log"]["ends"] == "2025-03-07T23:00:00Z"
    assert found["targets"][0]["open"] == 1
    assert json.loads(baseline("tickets.csv", "--format", "json").output)["targets"][0]["overdue"] == 1
    assert "opened: 2025-03-07T09:00:00Z lies after the day of the check" in baseline("tickets.csv", "--as-of", "2025-03-06").output


def test_names_from_anywhere_do_no_harm_in_the_page() -> None:
    hostile = '"<script>alert(1)</script>"'
    Path("agreements/a.yaml").write_text(CATALOGUE.replace("kind: ola", f"kind: ola\n    title: {hostile}"))
    Path("tickets.csv").write_text(TICKETS.replace(",shop,", ",desk,") + "X,desk,P1,<img src=x onerror=alert(2)>,\n")
    page = baseline("tickets.csv", "--format", "html").output
    assert "<script>" not in page
    assert "<img" not in page
    assert "&lt;img src=x onerror=alert(2)&gt;" in page
    assert "http" not in page.replace("Content-Security-Policy", "").replace("http-equiv", "")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("nowhere.csv",), "nowhere.csv: there is no such file"),
        (("agreements",), "agreements: it is no regular file"),
        (("tickets.csv", "--map", "nowhere.yaml"), "there is no file nowhere.yaml"),
        (("tickets.csv", "--opened", "opened"), "name the columns with --opened and --resolved or --responded"),
        (("tickets.csv", "--opened", "opened", "--resolved", "resolved"), "whose tickets are these?"),
        (
            ("tickets.csv", "--opened", "opened", "--resolved", "resolved", "--for", "shp"),
            "there is no agreement shp (did you mean 'shop'?)",
        ),
        (("tickets.csv", "--opened", "begun", "--resolved", "resolved", "--for", "shop"), "--opened: there is no column 'begun'"),
        (("tickets.csv", "--opened", "opened", "--resolved", "resolved", "--for", "shop", "--zone", "Mars"), "'Mars' is no time zone"),
        (("tickets.csv", "--map", "agreements/a.yaml", "--zone", "UTC"), "write --zone there"),
        (("tickets.csv", "--map", "agreements/a.yaml"), "the map cannot be read as written:"),
        (("agreements/a.yaml",), "it has no column 'ticket'"),
    ],
)
def test_misuse_is_told_in_a_sentence(arguments: tuple[str, ...], says: str) -> None:
    done = baseline(*arguments)
    assert done.exit_code == 2
    assert says in done.output


def test_a_packed_file_that_is_cut_off() -> None:
    Path("tickets.csv").write_bytes(gzip.compress(TICKETS.encode() * 100)[:-20])
    done = baseline("tickets.csv")
    assert done.exit_code == 2
    assert "tickets.csv: it cannot be read" in done.output


def test_a_catalogue_that_cannot_be_read_measures_nothing() -> None:
    Path("agreements/a.yaml").write_text(CATALOGUE + "  broken: {kind: sla}\n")
    done = baseline("tickets.csv")
    assert done.exit_code == 2
    assert "the catalogue cannot be read as written, so nothing is measured:" in done.output
