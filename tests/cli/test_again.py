"""A check that begins from what the one before left prints what a check from nothing prints, whatever has changed in between."""

from __future__ import annotations

import copy
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from slachain.cli import cache, options
from slachain.cli.main import main
from slachain.cli.shelves import Left, Shelf, unpacked
from tests import catalogues, catalogues_amounts
from tests.catalogues import Raw

Edit = Callable[[dict[str, Raw], Random, Raw], str]
"""Changes one agreement's body, given the whole catalogue; the text to put before it in its file."""


@contextmanager
def a_place_of_its_own(patch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty folder to work in, with an empty cache."""
    with TemporaryDirectory() as folder, patch.context() as patched:
        patched.chdir(folder)
        patched.setenv("XDG_CACHE_HOME", f"{folder}/.cache")
        (Path(folder) / "agreements").mkdir()
        yield Path(folder)


def check(*more: str) -> tuple[int, str]:
    """The exit status and everything that is printed."""
    done = CliRunner().invoke(main, ["check", "--as-of", catalogues.AS_OF.isoformat(), *more], catch_exceptions=False)
    return done.exit_code, done.output


def write(folder: Path, raw: Raw) -> None:
    """Each agreement in a file of its own, all else together."""
    for id, body in raw["agreements"].items():
        (folder / "agreements" / f"{id}.yaml").write_text(yaml.safe_dump({"agreements": {id: body}}, sort_keys=False))
    rest = {section: body for section, body in raw.items() if section != "agreements"}
    (folder / "agreements" / "common.yaml").write_text(yaml.safe_dump(rest or {"calendars": {}}, sort_keys=False))


# --- what may change -----------------------------------------------------------------------------------------------------


def own_words(body: dict[str, Raw], random: Random, raw: Raw) -> str:
    body["title"] = f"A title {random.random()}"
    body.pop("owner", None)
    return ""


def a_fee(body: dict[str, Raw], random: Random, raw: Raw) -> str:
    body["fee"] = f"{random.randint(1, 9)}000 EUR/month"
    body["credits"] = {
        metric: [{"below" if metric == "availability" else "over": "50%", "credit": "5%"}] for metric in body.get("targets", {})
    }
    return ""


def other_times(body: dict[str, Raw], random: Random, raw: Raw) -> str:
    body["targets"] = _with_other_times(copy.deepcopy(body.get("targets", {})), random)
    return ""


def _with_other_times(value: Raw, random: Random) -> Raw:
    if isinstance(value, dict):
        return {key: _other(inner, random) if key == "within" else _with_other_times(inner, random) for key, inner in value.items()}
    return [_with_other_times(inner, random) for inner in value] if isinstance(value, list) else value


def _other(time: str, random: Random) -> str:
    return random.choice(("30m", "5h", "4d", "9bd"))


def other_hours(body: dict[str, Raw], random: Random, raw: Raw) -> str:
    body["calendar"] = random.choice(["24x7", *raw.get("calendars", {})])
    return ""


def pauses(body: dict[str, Raw], random: Random, raw: Raw) -> str:
    body["pauses"] = ["awaiting-customer"]
    body["excludes"] = ["force-majeure"]
    return ""


def further_down(body: dict[str, Raw], random: Random, raw: Raw) -> str:
    return "# One line more, so that everything after it moves.\n"


def accepted(body: dict[str, Raw], random: Random, raw: Raw) -> str:
    body["accept"] = [{"finding": random.choice(("SC203", "SC501", "SC804")), "until": "2027-06-30", "because": "it is known"}]
    return ""


def another_term(body: dict[str, Raw], random: Random, raw: Raw) -> str:
    body["term"] = random.choice(({"until": "2025-01-01"}, {"from": "2026-06-01"}, {"until": "2027-01-31", "notice": "400d"}))
    return ""


def nobody_below(body: dict[str, Raw], random: Random, raw: Raw) -> str:
    body["relies_on"] = body.get("relies_on", [])[1:]
    return ""


def another_provider(body: dict[str, Raw], random: Random, raw: Raw) -> str:
    body["provider"] = "somebody-else"
    return ""


def wrong(body: dict[str, Raw], random: Random, raw: Raw) -> str:
    body["calendar"] = "nowhere"
    return ""


def relying_on_another(body: dict[str, Raw], random: Random, raw: Raw) -> str:
    body["relies_on"] = [random.choice(list(raw["agreements"]))]
    return ""


ALONE = (own_words, a_fee, other_times, other_hours, pauses, further_down)
WIDER = (accepted, another_term, nobody_below, another_provider, wrong, relying_on_another)


def change(folder: Path, raw: Raw, random: Random, edit: Edit) -> None:
    """One agreement, most often one that nobody relies on."""
    promising = [id for id, body in raw["agreements"].items() if id.startswith("promise")]
    id = random.choice(promising or list(raw["agreements"])) if random.random() < 0.85 else random.choice(list(raw["agreements"]))
    body = raw["agreements"][id]
    before = edit(body, random, raw)
    (folder / "agreements" / f"{id}.yaml").write_text(before + yaml.safe_dump({"agreements": {id: body}}, sort_keys=False))


several = st.lists(st.sampled_from((*ALONE, *ALONE, *WIDER)), min_size=1, max_size=4)


@settings(max_examples=25)
@given(
    st.one_of(catalogues.catalogues(), catalogues_amounts.catalogues_of_amounts()),
    several,
    st.randoms(use_true_random=False),
    st.booleans(),
)
def test_the_report_is_the_same_with_what_was_left_and_without(raw: Raw, edits: list[Edit], random: Random, stands_by: bool) -> None:
    """Whoever judges what has changed: we, or somebody who stands by."""
    raw = copy.deepcopy(raw)
    with pytest.MonkeyPatch.context() as patch, a_place_of_its_own(patch) as folder:
        if stands_by:
            patch.setattr("slachain.cli.check.MANY", 1)
            patch.setattr(threading, "active_count", lambda: 1)
            patch.setattr(os, "sched_getaffinity", lambda process: {0, 1})
        write(folder, raw)
        assert check() == check("--no-cache") == check()
        for edit in edits:
            change(folder, raw, random, edit)
            assert check() == check("--no-cache")


# --- that it does begin from there ----------------------------------------------------------------------------------------

COMMON = """
calendars:
  office: {timezone: Europe/London, hours: {mon-fri: '09:00-17:00'}}
plans:
  gold: {kind: sla, provider: us, calendar: office, targets: {resolution: {P1: {within: 8h, attainment: 90%}}}}
agreements:
  desk: {kind: ola, provider: us, customer: us, calendar: office, targets: {resolution: {P1: {within: 2h, attainment: 95%}}}}
"""
CUSTOMER = "agreements:\n  {0}: {{extends: gold, customer: {0}, relies_on: [desk], fee: {1} EUR/month, targets: {{resolution: {{P1: {{within: {2}, attainment: 90%}}}}}}}}\n"


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Eight customers over a plan, checked once."""
    with a_place_of_its_own(monkeypatch) as found:
        (found / "agreements" / "common.yaml").write_text(COMMON)
        for number in range(8):
            put(found, number)
        check()
        yield found


def put(folder: Path, number: int, fee: int = 100, within: str = "8h") -> None:
    (folder / "agreements" / f"{number}.yaml").write_text(CUSTOMER.format(f"c{number}", fee, within))


def left(folder: Path) -> tuple[Left, Shelf]:
    """What was left, all shelves together."""
    kept = cache.recall(the_file(folder))
    assert kept is not None
    assert isinstance(kept.value, Left)
    shelves = [unpacked(kept.piece(number)) for number in range(len(kept.pieces) - 1)]
    return kept.value, {file: slot for shelf in shelves for file, slot in shelf.items()}


def the_file(folder: Path) -> Path:
    (file,) = (folder / ".cache" / "slachain").glob("*.check")
    return file


def judged(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The number of agreements in each catalogue that is judged from now on."""

    found: list[int] = []

    def study(*arguments: Any) -> Any:
        made = loaded(*arguments)
        found.append(len(made.agreements))
        return made

    loaded = options.loaded
    monkeypatch.setattr("slachain.cli.again.loaded", study)
    monkeypatch.setattr("slachain.cli.leaves.loaded", study)
    return found


def test_where_nothing_changed_nothing_is_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = judged(monkeypatch)
    assert check() == (0, check("--no-cache")[1])
    assert seen == []


def test_one_customer_that_changed_is_judged_with_what_it_rests_on(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = judged(monkeypatch)
    put(folder, 3, fee=200, within="1h")
    status, told = check()
    assert seen == [2]
    assert (status, told) == check("--no-cache")
    assert "c3 resolution P1: 1h promised" in told
    put(folder, 3)
    put(folder, 5, within="2h")
    assert check() == check("--no-cache")
    assert seen == [2, 3]


OTHER = """agreements:
  {0}: {{kind: ola, provider: us, customer: us, calendar: office, relies_on: [{1}], targets: {{resolution: {{P1: 2h}}}}}}
"""
VENDOR = "agreements:\n  {0}: {{{1}kind: uc, provider: {0}, customer: us, calendar: office, targets: {{resolution: {{P1: 1h}}}}}}\n"


def test_what_a_customer_does_not_rest_on_is_not_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It relies on `first`, which relies on `deep`, which has an heir; nothing of that has to do with `second` and `far`."""
    customers = folder / "agreements"
    for desk, vendor in (("first", "deep"), ("second", "far")):
        (customers / f"{desk}.yaml").write_text(OTHER.format(desk, vendor))
        (customers / f"{vendor}.yaml").write_text(VENDOR.format(vendor, ""))
    (customers / "heir.yaml").write_text(VENDOR.format("heir", "extends: deep, "))
    (customers / "3.yaml").write_text(CUSTOMER.format("c3", 100, "8h").replace("[desk]", "[first]"))
    (customers / "4.yaml").write_text(CUSTOMER.format("c4", 100, "8h").replace("[desk]", "[second]"))
    check()
    seen = judged(monkeypatch)
    (customers / "3.yaml").write_text(CUSTOMER.format("c3", 200, "1h").replace("[desk]", "[first]"))
    assert check() == check("--no-cache")
    assert seen == [5]  # and the desk, which stands beside the plan
    _, standing = left(folder)[1]["agreements/3.yaml"]
    assert standing is not None
    assert standing.basis.rests_on == frozenset(f"agreements/{name}.yaml" for name in ("first", "deep", "heir", "common"))
    (customers / "teams.yaml").write_text("teams: {us: {calendar: office, staff: 3, handle_time: {P1: 10m}}}\n")
    check()
    (customers / "3.yaml").write_text(CUSTOMER.format("c3", 300, "2h").replace("[desk]", "[first]"))
    assert check() == check("--no-cache")
    assert seen[-1] == 7  # where there are teams, with all that are no leaves


@pytest.mark.parametrize("now", ["extends: silver", "extends: gold, relies_on: [other]", "extends: gold, options: [{id: a}]"])
def test_whatever_changes_what_a_customer_rests_on_is_judged_as_a_whole(folder: Path, now: str) -> None:
    (folder / "agreements" / "plans.yaml").write_text(COMMON[COMMON.index("plans") : COMMON.index("agreements")].replace("gold", "silver"))
    (folder / "agreements" / "other.yaml").write_text(VENDOR.format("other", ""))
    check()
    put(folder, 2)
    (folder / "agreements" / "2.yaml").write_text(f"agreements:\n  c2: {{customer: c2, {now}}}\n")
    assert check() == check("--no-cache")


@pytest.mark.parametrize("what", ["a plan", "one customer less", "one customer more", "half of them", "who relies on whom"])
def test_whatever_concerns_more_is_judged_as_a_whole(folder: Path, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    seen = judged(monkeypatch)
    customers = folder / "agreements"
    if what == "a plan":
        (customers / "common.yaml").write_text(COMMON.replace("within: 8h", "within: 7h"))
    elif what == "one customer less":
        (customers / "2.yaml").unlink()
    elif what == "one customer more":
        put(folder, 8)
    elif what == "half of them":
        for number in range(4):
            put(folder, number, fee=300)
    else:
        (customers / "1.yaml").write_text(CUSTOMER.format("c1", 100, "8h").replace("[desk]", "[c2]"))
    assert check() == check("--no-cache")
    assert seen[-1] >= 8


# --- that it can be deleted, and is never believed where it is not sound ---------------------------------------------------


@pytest.mark.parametrize("content", [b"", b"nonsense", cache.digest(b"x") + b"x", None])
def test_what_is_damaged_counts_as_not_there(folder: Path, content: bytes | None) -> None:
    (file,) = (folder / ".cache" / "slachain").glob("*.check")
    whole = file.read_bytes()
    file.write_bytes(whole[:-7] if content is None else content)
    assert check() == check("--no-cache")
    assert left(folder)[1].keys() == {f"agreements/{name}.yaml" for name in ("common", *map(str, range(8)))}


def test_what_is_of_another_format_counts_as_not_there(folder: Path) -> None:
    (file,) = (folder / ".cache" / "slachain").glob("*.check")
    cache.keep(file, {"parts": 3}, [])
    assert check() == check("--no-cache")


def test_a_shelf_that_is_damaged_counts_as_not_there(folder: Path) -> None:
    file = the_file(folder)
    file.write_bytes(b"?" + file.read_bytes()[1:])
    assert check() == check("--no-cache")  # for which no shelf is taken down
    put(folder, 3, fee=200, within="1h")
    assert check() == check("--no-cache")
    put(folder, 4, fee=200, within="1h")
    assert check() == check("--no-cache")


def test_of_two_runs_at_once_each_tells_what_it_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While one judges what it read, another reads, judges and keeps what has changed since."""
    inner: list[tuple[int, str]] = []

    def meanwhile(*arguments: Any) -> None:
        monkeypatch.setattr(cache, "amend", amend)
        put(folder, 3, within="1h")
        inner.append(check())
        assert inner[0] == check("--no-cache")
        amend(*arguments)

    amend = cache.amend
    monkeypatch.setattr(cache, "amend", meanwhile)
    put(folder, 2, within="2h")
    outer = check()
    assert inner[0] != outer
    assert check() == inner[0] == check("--no-cache")
    put(folder, 3)
    assert check() == outer == check("--no-cache")


def test_what_others_may_write_to_is_not_believed(folder: Path) -> None:
    (file,) = (folder / ".cache" / "slachain").glob("*.check")
    file.chmod(0o666)
    assert cache.recall(file) is None


def test_another_day_and_another_version_are_other_checks(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    check("--as-of", "2027-01-01")
    assert len(list((folder / ".cache" / "slachain").glob("*.check"))) == 2
    monkeypatch.setattr(cache, "_program", lambda: iter([("another",)]))
    check()
    assert len(list((folder / ".cache" / "slachain").glob("*.check"))) == 3


def test_only_so_many_checks_are_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "MOST", 2)
    for year in (2027, 2028, 2029):
        check("--as-of", f"{year}-01-01")
    assert len(list((folder / ".cache" / "slachain").glob("*.check"))) == 2


def test_where_nothing_can_be_kept_the_check_is_made_all_the_same(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "/dev/null/nowhere")
    assert check() == check("--no-cache")


def test_a_rota_beside_the_catalogue_is_a_part_of_it(folder: Path) -> None:
    event = "BEGIN:VEVENT\nUID:1\nDTSTAMP:20260101T000000Z\nDTSTART:20260101T{0}Z\nDTEND:20260101T220000Z\nRRULE:FREQ=DAILY\nEND:VEVENT\n"
    rota = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//x//x//EN\n" + event + "END:VCALENDAR\n"
    common = COMMON.replace("{timezone: Europe/London, hours: {mon-fri: '09:00-17:00'}}", "{ics: rota.ics}")
    (folder / "agreements" / "common.yaml").write_text(
        common.replace("sla, provider: us, calendar: office", "sla, provider: us, calendar: 24x7")
    )
    for number in range(8):
        put(folder, number, within="16h")
    (folder / "agreements" / "rota.ics").write_text(rota.format("080000"))
    first = check()
    assert first == check("--no-cache")
    (folder / "agreements" / "rota.ics").write_text(rota.format("213000"))
    assert check() == check("--no-cache") != first


def test_the_parts_of_a_report_are_its_own(folder: Path) -> None:
    found, files = left(folder)
    assert {file for file, (_, standing) in files.items() if standing} == {f"agreements/{number}.yaml" for number in range(8)}
    assert found.rest == found.common == {"agreements/common.yaml"}
    assert found.whole.holding == 8


# --- what may lie in the cache folder ------------------------------------------------------------------------------------


def _truncated(kept: Path, folder: Path) -> None:
    kept.write_bytes(kept.read_bytes()[:-1])


def _huge(kept: Path, folder: Path) -> None:
    os.truncate(kept, 100_000_000_000)


def _anybody_may_write(kept: Path, folder: Path) -> None:
    kept.parent.chmod(0o777)


def _link_to_another(kept: Path, folder: Path) -> None:
    kept.rename(folder / "precious")
    kept.symlink_to(folder / "precious")


def _link_to_itself(kept: Path, folder: Path) -> None:
    kept.unlink()
    kept.symlink_to(kept)


def _pipe(kept: Path, folder: Path) -> None:
    kept.unlink()
    os.mkfifo(kept)


def _folder(kept: Path, folder: Path) -> None:
    kept.unlink()
    kept.mkdir()


@pytest.mark.parametrize("spoilt", [_truncated, _huge, _anybody_may_write, _link_to_another, _link_to_itself, _pipe, _folder])
def test_what_cannot_be_relied_on_counts_as_not_there(spoilt: Callable[[Path, Path], None], monkeypatch: pytest.MonkeyPatch) -> None:
    with a_place_of_its_own(monkeypatch) as folder:
        write(
            folder,
            {"agreements": {"a": {"kind": "ola", "provider": "p", "customer": "c", "calendar": "24x7", "targets": {"response": "4h"}}}},
        )
        write_sla(folder)
        first = check()
        (kept,) = (folder / ".cache" / "slachain").glob("*.check")
        spoilt(kept, folder)
        precious = (folder / "precious").read_bytes() if (folder / "precious").exists() else b""
        assert cache.recall(kept) is None
        assert check() == first
        assert not precious or (folder / "precious").read_bytes() == precious


def write_sla(folder: Path) -> None:
    """A promise, without which nothing is kept."""
    (folder / "agreements" / "s.yaml").write_text(
        "agreements:\n  s: {kind: sla, provider: c, customer: d, calendar: 24x7, targets: {response: 8h}, relies_on: [a]}\n"
    )


def test_no_home_no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "_folder", lambda: Path("~/.cache"))
    assert cache.place((), catalogues.AS_OF) is None


def test_a_rota_that_changes_while_it_is_read_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with a_place_of_its_own(monkeypatch) as folder:
        (folder / "agreements" / "a.yaml").write_text("calendars:\n  r: {ics: r.ics}\n  s: {ics: r.ics}\n")
        states = iter(range(9))
        monkeypatch.setattr("slachain.cli.files.Gathered.attach", lambda *_: f"BEGIN:VCALENDAR{next(states)}".encode())
        assert "'r.ics' changed while it was read: check again" in " ".join(check()[1].split())
