"""What `slachain repair` writes into the files, what it refuses, and what it never touches."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from slachain.cli import journal
from slachain.cli.main import main
from slachain.cli.replacing import Replacement, replace_all
from tests.test_broken_input import KINDS

CUSTOMERS = """\
agreements:
  acme: {kind: sla, provider: desk, customer: acme, calendar: 24x7, targets: {resolution: {P1: 2h}}, relies_on: [desk]}
"""
TEAMS = """\
# Who does the work.\r
agreements:\r
  desk:   # everybody's first
    kind:     ola
    provider: desk
    customer: desk
    calendar: office   # as agreed in March
    targets: {resolution: {P1: "3h"}}    # the old time
    options:
      - {id: on-call, change: {calendar: 24x7}, cost: 900 EUR/month}
      - {id: faster, change: {targets.resolution.P1: 1h}, cost: 12000 EUR/year}
calendars: {office: {timezone: Europe/London, hours: {mon-fri: "09:00-17:00"}}}
# end"""
APPLIED = TEAMS.replace("calendar: office ", "calendar: 24x7 ").replace('"3h"', '"1h"')


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A catalogue of two files in an empty folder."""
    monkeypatch.chdir(tmp_path)
    put("customers.yaml", CUSTOMERS)
    put("teams.yaml", TEAMS)
    return tmp_path


def put(name: str, text: str) -> None:
    Path("agreements").mkdir(exist_ok=True)
    Path("agreements", name).write_bytes(text.encode())


def texts() -> dict[str, str]:
    """Everything that lies in the folder."""
    return {str(path): path.read_bytes().decode() for path in sorted(Path().rglob("*")) if path.is_file()}


def repair(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["repair", *arguments, "--as-of", "2026-01-01"], prog_name="slachain", catch_exceptions=False)


def says(*arguments: str) -> str:
    """What a usage error says, after nothing was written."""
    before = texts()
    done = repair(*arguments)
    assert done.exit_code == 2, done.output
    assert texts() == before
    return done.output.partition("Error: ")[2].strip()


def found(*arguments: str) -> Any:
    return json.loads(repair(*arguments, "--format", "json").output)


# --- written into the files


def test_two_values_change_and_nothing_else() -> None:
    done = repair("--apply")
    assert done.exit_code == 0
    assert texts() == {"agreements/customers.yaml": CUSTOMERS, "agreements/teams.yaml": APPLIED}
    again = found()
    assert (again["options"], again["broken"], again["diff"]) == ([], [], "")
    assert "is kept" in repair().output


def test_without_apply_nothing_is_written() -> None:
    before = texts()
    assert repair().exit_code == 0
    assert texts() == before


def test_the_difference_is_what_is_written() -> None:
    told = found()
    lines = [line for line in told["diff"].splitlines() if line[:1] in "+-" and line[:3] not in ("+++", "---")]
    assert lines == [
        "-    calendar: office   # as agreed in March",
        '-    targets: {resolution: {P1: "3h"}}    # the old time',
        "+    calendar: 24x7   # as agreed in March",
        '+    targets: {resolution: {P1: "1h"}}    # the old time',
    ]
    assert told["written"] == []
    assert found("--apply")["written"] == ["agreements/teams.yaml"]


def test_the_difference_is_one_that_patch_takes(tmp_path: Path) -> None:
    """Line ends of both kinds, and no end of the last line: what is shown is a unified diff all the same."""
    plain = TEAMS.replace("\r\n", "\n")
    put("teams.yaml", plain)
    lines = found()["diff"].splitlines()
    hunks = [line for line in lines if line.startswith("@@")]
    removed, added = [line[1:] for line in lines[2:] if line[0] in " -"], [line[1:] for line in lines[2:] if line[0] in " +"]
    assert hunks
    assert "\n".join(removed) in plain
    assert "\n".join(added) in plain.replace("calendar: office ", "calendar: 24x7 ").replace('"3h"', '"1h"')


def test_a_link_stays_a_link_and_permissions_stay() -> None:
    Path("elsewhere.yaml").write_bytes(TEAMS.encode())
    Path("elsewhere.yaml").chmod(0o640)
    Path("agreements/teams.yaml").unlink()
    os.symlink("../elsewhere.yaml", "agreements/teams.yaml")
    assert repair("--apply").exit_code == 0
    assert Path("agreements/teams.yaml").is_symlink()
    assert Path("elsewhere.yaml").read_bytes().decode() == APPLIED
    assert Path("elsewhere.yaml").stat().st_mode & 0o777 == 0o640


def test_a_value_that_several_lines_share_is_left_alone() -> None:
    other = "  other: {kind: ola, provider: desk, customer: desk, calendar: *when}\ncalendars:"
    put("teams.yaml", TEAMS.replace("calendar: office ", "calendar: &when office ").replace("calendars:", other))
    refused = says("--apply")
    assert refused.startswith("desk/on-call cannot be written (")
    assert refused.endswith("nothing was written")
    assert "desk/on-call cannot be written by --apply" in repair().output
    assert [refusal["option"] for refusal in found()["refused"]] == ["desk/on-call"]


def test_a_clause_that_comes_from_a_plan_is_written_where_it_holds_for_one_alone() -> None:
    """The plan's other customers keep what they have."""
    plan = "plans: {team: {kind: ola, provider: desk, calendar: 24x7, targets: {resolution: {P1: 3h}}}}\n"
    options = "options: [{id: faster, change: {targets.resolution.P1: 1h}, cost: 1 EUR/month}]"
    put(
        "teams.yaml",
        f"{plan}agreements:\n  desk: {{extends: team, customer: desk, {options}}}\n  other: {{extends: team, customer: desk}}\n",
    )
    done = repair("--apply")
    assert done.exit_code == 0, done.output
    assert plan in texts()["agreements/teams.yaml"]
    assert "is kept" in repair().output


# --- files that cannot be written


def test_all_files_or_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk fails at the second file: the first is as it was, and nothing is left behind."""
    put("a.yaml", "old a")
    put("b.yaml", "old b")
    before, replaced = texts(), Path.replace

    def failing(self: Path, target: Path) -> Path:
        if target.name == "b.yaml":
            raise OSError(28, "No space left on device", str(target))
        return replaced(self, target)

    monkeypatch.setattr(Path, "replace", failing)
    with pytest.raises(Exception, match=r"agreements/b\.yaml cannot be written: no space left on device; nothing was changed"):
        replace_all({Path(f"agreements/{name}.yaml"): Replacement(f"old {name}".encode(), b"new") for name in "ab"}, Path("agreements"))
    assert texts() == before


def test_a_file_that_somebody_else_has_changed_meanwhile() -> None:
    put("a.yaml", "theirs")
    with pytest.raises(Exception, match=r"agreements/a\.yaml cannot be written: it has been changed since it was read"):
        replace_all({Path("agreements/a.yaml"): Replacement(b"as it was read", b"ours")}, Path("agreements"))
    assert texts()["agreements/a.yaml"] == "theirs"


# --- questions that have no answer


def test_unknown_agreements_and_budgets() -> None:
    assert says("--only", "acmee") == "there is no agreement acmee (did you mean 'acme'?)"
    assert says("--only", "desk") == "desk has no promise that is judged on 2026-01-01"
    for budget in ("a lot", "10", "10 euro", "-1 EUR", "1 EUR/hour", "1e3 EUR", ""):
        assert "is no budget: write '10000 EUR/month'" in says("--budget", budget)
    assert says("--budget", "5 USD") == (
        "costs in several currencies cannot be added up: desk/on-call (agreements/teams.yaml:10:55) costs EUR, the budget is in USD"
    )


def test_costs_in_two_currencies_are_not_added_up() -> None:
    put("teams.yaml", TEAMS.replace("12000 EUR/year", "12000 USD/year"))
    assert says() == (
        "costs in several currencies cannot be added up: "
        "desk/on-call (agreements/teams.yaml:10:55) costs EUR, desk/faster (agreements/teams.yaml:11:65) costs USD"
    )


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_repaired_beside_a_broken_file(kind: str) -> None:
    Path("agreements/broken.yaml").write_bytes(KINDS[kind])
    before = {path: path.read_bytes() for path in Path("agreements").iterdir()}
    done = repair("--apply")
    assert "Traceback" not in done.output
    assert {path: path.read_bytes() for path in Path("agreements").iterdir()} == before
    assert done.exit_code in (0, 2) if kind in ("empty", "comment") else done.exit_code == 2


def test_texts_from_the_files_stay_texts() -> None:
    """Signs that change the direction of writing, or begin a terminal's command, are shown and not obeyed."""
    put("teams.yaml", TEAMS.replace("as agreed", "as \u202e agreed"))
    done = repair()
    assert "+    calendar: 24x7   # as" in done.output
    assert "\u202e" not in done.output


# --- promises kept today


def test_what_another_customer_has_is_not_taken() -> None:
    """The cheapest change would mend one promise and break another's: the dearer one is bought."""
    put(
        "customers.yaml",
        """\
agreements:
  acme: {kind: sla, provider: desk, customer: acme, calendar: 24x7, targets: {resolution: {P1: 4h}}, relies_on: [desk]}
  globex: {kind: sla, provider: desk, customer: globex, calendar: 24x7, targets: {resolution: {P2: 4h}}, relies_on: [desk]}
  desk:
    kind: ola
    provider: desk
    customer: desk
    calendar: 24x7
    targets: {resolution: {P1: 5h, P2: 3h}}
    options:
      - {id: shift, change: {targets.resolution.P1: 3h, targets.resolution.P2: 5h}, cost: 1 EUR/month}
      - {id: hire, change: {targets.resolution.P1: 3h}, cost: 5000 EUR/month}
""",
    )
    put("teams.yaml", "agreements: {}\n")
    assert [option["option"] for option in found("--only", "acme")["options"]] == ["desk/hire"]
    assert found("--only", "acme", "--budget", "10 EUR")["options"] == []


def test_a_run_that_was_killed_between_two_files_is_finished_by_the_next() -> None:
    """Until then every command tells that half a change is there."""
    put("teams.yaml", APPLIED)
    old, new = CUSTOMERS, CUSTOMERS.replace("acme: {", "acme: {title: Acme, ")
    Path("agreements/.0123456789abcdef.part").write_text(new)
    entries = [
        journal.Entry("customers.yaml", ".0123456789abcdef.part", journal.digest(old.encode()), journal.digest(new.encode())),
        journal.Entry("teams.yaml", ".0123456789abcdee.part", journal.digest(TEAMS.encode()), journal.digest(APPLIED.encode())),
    ]
    with journal.kept(Path("agreements"), entries):
        pass
    assert f"agreements/{journal.NAME}:1:1: SC101" in repair().output
    done = repair("--apply")
    assert done.exit_code == 0
    assert "agreements/customers.yaml: an earlier change, which was cut short, is finished" in done.output
    assert texts() == {"agreements/customers.yaml": new, "agreements/teams.yaml": APPLIED}
    assert repair().exit_code == 0
