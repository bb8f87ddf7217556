"""The workbook, read back: real numbers and dates, filters that work, and never a formula or a link of somebody else's."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime, timedelta
from fractions import Fraction
from hashlib import sha256
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook

from slachain.decisions.report import FixLine, Instant, PromiseLine, Quantity, Report
from slachain.language.values import replace
from slachain.render import xlsx as workbook
from slachain.render.workbook import cells
from slachain.render.xlsx import xlsx
from tests.golden import golden_report
from tests.render.reports import EVERYTHING, everything, little, poisoned, report_of
from tests.style import ROOT

NAMES = ["Summary", "Promises", "Findings", "Steps", "Supplies", "Fixes", "Agreements"]
HOSTILE = [
    '=HYPERLINK("https://evil.example";"click")',
    "+1",
    "-1",
    "@SUM(A1:A9)",
    "\t=1+1",
    "\r=1+1",
    "=cmd|' /C calc'!A0",
    "https://evil.example",
    "internal:'Findings'!A1",
    "{=1+1}",
    "<r><t>rich</t></r>",
    "</t></si></sst>",
    "_x000D_ and _x0041_",
    "\x00\x0b\ud800\ufffe",
    "007",
    "1e5",
    "2026-01-01",
    "TRUE",
    "  space  ",
    "line\nbreak",
    "\U0001f4a5 \u202eturned",
]


def read(content: bytes) -> Workbook:
    return load_workbook(BytesIO(content))


def rows(book: Workbook, sheet: str) -> list[dict[str, Any]]:
    """The rows of a table by heading, empty cells left out."""
    heads, *lines = [list(line) for line in book[sheet].iter_rows(values_only=True)]
    return [{str(head): value for head, value in zip(heads, line, strict=True) if value is not None} for line in lines]


def row(book: Workbook, sheet: str, **wanted: str) -> dict[str, Any]:
    return next(found for found in rows(book, sheet) if wanted.items() <= {k.lower(): v for k, v in found.items()}.items())


def form(book: Workbook, sheet: str, title: str, number: int) -> str:
    """The number format in a column of the so-manieth row."""
    page = book[sheet]
    column = next(cell.column for cell in page[1] if cell.value == title)
    return str(page.cell(number + 2, column).number_format)


def index(book: Workbook, sheet: str, **wanted: str) -> int:
    return rows(book, sheet).index(row(book, sheet, **wanted))


def links(book: Workbook) -> list[tuple[str | None, str | None]]:
    """What links lead to outside the workbook, and within."""
    found = [cell.hyperlink for page in book.worksheets for line in page.iter_rows() for cell in line if cell.hyperlink]
    return [(link.target, link.location) for link in found]


@pytest.fixture(scope="module")
def found() -> Report:
    return everything()


@pytest.fixture(scope="module")
def book(found: Report) -> Workbook:
    return read(xlsx(found))


# --- the sheets ------------------------------------------------------------------------------------------------------


def test_the_sheets(found: Report, book: Workbook) -> None:
    assert book.sheetnames == NAMES
    counts = {name: len(rows(book, name)) for name in NAMES[1:]}
    assert counts["Promises"] == len(found.promises)
    assert counts["Findings"] == len(found.findings)
    assert counts["Agreements"] == len(found.agreements)
    assert counts["Steps"] == sum(len(p.worst_case.steps) for p in found.promises if p.worst_case)
    assert counts["Supplies"] == sum(len(p.supplies) for p in found.promises)
    assert counts["Fixes"] == sum(len(p.fixes) for p in found.promises)


@pytest.mark.parametrize("name", NAMES[1:])
def test_headings_stay_in_sight_and_filters_reach_every_row(book: Workbook, name: str) -> None:
    page = book[name]
    assert page.freeze_panes is not None
    assert page.freeze_panes.endswith("2")
    assert page.auto_filter.ref == page.dimensions
    assert page.print_title_rows == "$1:$1"
    heads = [cell.value for cell in page[1]]
    assert len(set(heads)) == len(heads)
    assert all(cell.font.b for cell in page[1])
    assert all(8 < dimension.width < 80 for dimension in page.column_dimensions.values())


def test_the_summary(found: Report, book: Workbook) -> None:
    lines = [[cell.value for cell in line if cell.value is not None] for line in book["Summary"].iter_rows()]
    assert lines[1] == ["5 of 10 promises cannot be kept as written, and 1 more has nobody behind it."]
    for line in (["As of", datetime(2026, 1, 1)], ["Holds", 3], ["Tolerated", 1], ["Gap", 5], ["Unsupported", 1], ["Accepted", 1]):
        assert line in lines
    assert ["EUR", 1800, pytest.approx(591.2876, abs=1e-4)] in lines
    assert ["gold", "restore", "its calendar was not read"] in lines
    assert ["time zones (tzdata)", "2026a"] in lines
    assert ["Fixes", sum(len(p.fixes) for p in found.promises), "single changes, each enough to make its promise hold"] in lines
    assert links(book) == [(None, f"'{name}'!A1") for name in NAMES[1:]]


# --- values ----------------------------------------------------------------------------------------------------------


def test_times_are_durations(book: Workbook) -> None:
    gap, at = row(book, "Promises", metric="resolution", priority="P1", agreement="gold"), 2
    assert (gap["Verdict"], gap["Unit"], gap["Promised"], gap["Supported"]) == ("Gap", "time", timedelta(hours=4), timedelta(hours=68))
    assert gap["Headroom (times in hours)"] == -64
    assert form(book, "Promises", "Promised", at) == form(book, "Promises", "Supported", at) == "[h]:mm:ss"
    assert form(book, "Promises", "Headroom (times in hours)", at) == '#,##0.00##" h"'
    assert (gap["Tickets a month"], gap["Late a month, at most"]) == (4, pytest.approx(3.2854, abs=1e-3))


def test_what_is_lacking_is_marked(found: Report) -> None:
    kinds = {cells.left(p.headroom, cells.unit(p)).kind for p in found.promises if p.verdict == "holds"}
    assert kinds == {""}
    assert {cells.left(p.headroom, cells.unit(p)).kind for p in found.promises if p.metric in ("leads", "availability")} == {"lacking"}


def test_business_days_are_numbers_with_their_unit(book: Workbook) -> None:
    silver = row(book, "Promises", agreement="silver", priority="P1")
    assert (silver["Unit"], silver["Promised"], silver["Supported"], silver["Headroom (times in hours)"]) == ("business days", 2, 1, 1)
    assert form(book, "Promises", "Promised", index(book, "Promises", agreement="silver", priority="P1")) == '#,##0" bd"'


def test_amounts_are_numbers_with_their_unit(book: Workbook) -> None:
    share, leads, money = (row(book, "Promises", metric=name) for name in ("availability", "leads", "revenue"))
    assert (share["Unit"], share["Promised"], share["Supported"], share["Headroom (times in hours)"]) == ("share", 0.999, 0.995, -0.004)
    assert (leads["Unit"], leads["Promised"], leads["Supported"], leads["Headroom (times in hours)"]) == ("leads", 120, 110, -10)
    assert (money["Unit"], money["Promised"], money["Supported"]) == ("EUR", 500, 400)
    assert share["Downtime promised"] == "40m19s to 44m38s"
    assert row(book, "Supplies", metric="availability")["Comes to, on the promise's clock"] == 0.995


def test_never_is_told_in_words_where_all_others_are_numbers(book: Workbook) -> None:
    never = row(book, "Promises", metric="update")
    assert (never["Supported"], never["Headroom (times in hours)"], never["Done (UTC)"], never["Done (local)"]) == (
        "never",
        "none",
        "never",
        "never",
    )
    step = row(book, "Steps", metric="update")
    assert (step["Allowed"], step["Takes, on the customer's clock"], step["To (UTC)"]) == ("no time agreed", "for ever", "never")


def test_instants_are_dates_in_utc_and_on_the_wall(book: Workbook) -> None:
    gold = row(book, "Promises", agreement="gold", metric="resolution", priority="P1")
    assert gold["Worst ticket opened (UTC)"] == gold["Opened (local)"] == datetime(2026, 10, 23, 13, 0, 1)
    step = next(found for found in rows(book, "Steps") if found["Who"] == "tier2" and found["Agreement"] == "gold")
    assert (step["From (UTC)"], step["From (local)"]) == (datetime(2026, 10, 23, 13, 30, 1), datetime(2026, 10, 23, 14, 30, 1))
    assert step["Zone of local times"] == "Europe/London"
    silver = row(book, "Promises", agreement="silver", priority="P1")
    assert silver["Opened (local)"] - silver["Worst ticket opened (UTC)"] == timedelta(hours=5, minutes=45)


def test_half_a_second_is_kept(found: Report) -> None:
    gap = next(p for p in found.promises if p.cause == "hours")
    assert gap.worst_case
    half = replace(gap, worst_case=replace(gap.worst_case, opened=Instant(gap.worst_case.opened.tick + 1), attained=False))
    told = read(xlsx(replace(found, promises=(half,))))
    line = row(told, "Promises")
    assert line["Worst ticket opened (UTC)"] == datetime(2026, 10, 23, 13, 0, 1, 500_000)
    assert form(told, "Promises", "Worst ticket opened (UTC)", 0) == "yyyy-mm-dd hh:mm:ss.0"
    assert line["Supported, in words"] == "just under 68h"


def test_money_stands_beside_its_currency_so_that_it_can_be_added_up(found: Report, book: Workbook) -> None:
    for total in found.money:
        mine = [line for line in rows(book, "Agreements") if line.get("Currency") == total.at_most.currency]
        assert sum(line["Money at risk a month, at most"] for line in mine) == float(total.at_most.value)
    promises = [line for line in rows(book, "Promises") if line.get("Currency") == "EUR"]
    assert sum(line["Money at risk a month, at most"] for line in promises) == 6300
    assert form(book, "Promises", "Money at risk a month, at most", 1) == "#,##0.00"


def test_verdicts_and_severities_are_coloured_and_in_words(book: Workbook) -> None:
    colours = {page.cell(n, 1).value: page.cell(n, 1).fill.fgColor.rgb for page in [book["Promises"]] for n in range(2, page.max_row + 1)}
    assert set(colours) == {"Gap", "Unsupported", "Tolerated", "Holds"}
    assert len(set(colours.values())) == 4
    accepted = row(book, "Findings", code="SC204")
    assert (accepted["Severity"], accepted["Accepted"], accepted["Accepted until"]) == ("Error", "yes", datetime(2026, 6, 30))
    assert accepted["Accepted because"] == "the vendor signs in spring"


def test_fixes_and_what_an_agreement_relies_on(found: Report) -> None:
    gap = next(p for p in found.promises if p.cause == "hours")
    fix = FixLine("promise", "gold", "targets.resolution.P1", "4h", "68h1m", gap.at, "P1: 4h", "P1: 68h1m")
    told = read(xlsx(replace(found, promises=(replace(gap, fixes=(fix,)),))))
    line = row(told, "Fixes")
    assert (line["In words"], line["Lines as they are"], line["Lines as they are to be"]) == (
        "Promise 68h1m instead of 4h",
        "P1: 4h",
        "P1: 68h1m",
    )
    assert (line["File"], line["Line"]) == (gap.at.file, gap.at.line)
    assert row(told, "Agreements", agreement="desk")["Relies on"] == "tier2 (after P1 30m, * 1h, share 100%)"


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        (Fraction(1), "0.00%"),
        (Fraction(0), "0.00%"),
        (Fraction(95, 100), "0.00%"),
        (Fraction(9995, 10_000), "0.000%"),
        (Fraction(99995, 100_000), "0.0000%"),
        (Fraction(1, 7), "0.0000%"),
        (1 - Fraction(1, 10**8), "0.0000000%"),
        (Fraction(1, 31_536_000), "0.0000000%"),
        (Fraction(-1, 250), "0.00%"),
    ],
)
def test_percentages_have_digits_enough_to_be_told_from_all_and_nothing(share: Fraction, shown: str) -> None:
    assert cells.share(share) == cells.Cell(float(share), shown)


@pytest.mark.parametrize(
    ("moment", "zone", "value"),
    [
        (datetime(2026, 1, 1, 12), "UTC", 46023.5),
        (datetime(1900, 1, 1), "UTC", 1.0),
        (datetime(1900, 2, 28), "UTC", 59.0),
        (datetime(1900, 3, 1), "UTC", 61.0),
        (datetime(9999, 12, 31), "UTC", 2958465.0),
        (datetime(1900, 1, 1), "America/New_York", "1899-12-31T19:00:00-05:00"),
    ],
)
def test_excels_calendar(moment: datetime, zone: str, value: float | str) -> None:
    tick = 2 * int((moment - datetime(1970, 1, 1)).total_seconds())
    assert cells.moment(Instant(tick), zone).value == value


@pytest.mark.parametrize(
    ("written", "value"),
    [("4h", 4 / 24), ("0m", 0.0), ("2bd", 2.0), ("1w", 7.0), ("PT90S", 90 / 86400), (None, "no time agreed"), ("soon", "soon")],
)
def test_allowed_times(written: str | None, value: float | str) -> None:
    assert cells.allowed(written).value == value


def test_units_of_amounts_without_one(found: Report) -> None:
    leads = next(p for p in found.promises if p.metric == "leads")
    bare: PromiseLine = replace(leads, supported=Quantity("110", Fraction(110), "value"))
    assert cells.unit(bare) == "number"
    assert cells.unit(replace(leads, supported=Quantity("never", None, "value"), promised=Quantity("5 EUR", Fraction(5), "value"))) == "EUR"


# --- nothing of a catalogue is a formula -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def plain() -> list[tuple[str, str, str, str]]:
    return kinds(read(xlsx(poisoned(little(), "word"))))


def kinds(book: Workbook) -> list[tuple[str, str, str, str]]:
    return [(page.title, c.coordinate, c.data_type, c.number_format) for page in book for line in page.iter_rows() for c in line]


@pytest.mark.parametrize("attack", HOSTILE)
def test_hostile_texts_are_texts(plain: list[tuple[str, str, str, str]], attack: str) -> None:
    content = xlsx(poisoned(little(), attack))
    told = read(content)
    assert kinds(told) == plain
    assert not [kind for kind in kinds(told) if kind[2] not in ("s", "n", "d")]
    shown = cells.text(attack).value
    assert sum(cell.value == shown for page in told for line in page.iter_rows() for cell in line) > 100
    assert links(told) == [(None, f"'{name}'!A1") for name in NAMES[1:]]
    with ZipFile(BytesIO(content)) as archive:
        assert not [name for name in archive.namelist() if "external" in name.lower() or "vba" in name.lower()]
        assert not [name for name in archive.namelist() if name.startswith("xl/worksheets/") and b"<f>" in archive.read(name)]
        assert b"evil.example" not in b"".join(archive.read(name) for name in archive.namelist() if name.endswith(".rels"))


@pytest.mark.parametrize("text", ["x" * 40_000, "\U0001f4a5" * 20_000, "=" * 32_768], ids=["long", "wide", "equal"])
def test_a_cell_is_cut_where_excels_end(text: str) -> None:
    cut = cells.text(text).value
    assert isinstance(cut, str)
    assert len(cut.encode("utf-16-le")) // 2 <= cells.MOST_CHARACTERS
    kept, told = cut.split("… (cut: ")
    assert text.startswith(kept)
    assert told == f"{len(text) - len(kept)} more characters)"
    assert cells.text("x" * cells.MOST_CHARACTERS).value == "x" * cells.MOST_CHARACTERS


def test_a_sheet_holds_what_it_can_and_says_so(found: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 10)
    told = read(xlsx(found))["Promises"]
    assert told.max_row == 10
    assert told["A10"].value == "… and 2 more rows: an Excel sheet ends here, the JSON report has them all"
    assert told.auto_filter.ref.endswith("9")
    monkeypatch.setattr(workbook, "MOST_ROWS", 11)
    assert read(xlsx(found))["Promises"]["A11"].value != told["A10"].value


# --- the same bytes --------------------------------------------------------------------------------------------------


def test_an_empty_catalogue_and_one_that_cannot_be_read() -> None:
    empty = read(xlsx(report_of("calendars: {london: {timezone: Europe/London, hours: {mon: '09:00-17:00'}}}\n")))
    assert empty["Summary"]["A2"].value == "There is no promise to judge."
    assert [len(rows(empty, name)) for name in NAMES[1:]] == [0] * 6
    broken = read(xlsx(report_of(EVERYTHING.replace("calendar: 24x7", "calendar: nowhere") + "  oops: [\n")))
    assert "part of them could not be read as written" in str(broken["Summary"]["A3"].value)
    assert "SC101" in {line["Code"] for line in rows(broken, "Findings")}


def test_members_of_the_archive_bear_a_fixed_date(found: Report) -> None:
    content = xlsx(found)
    assert content == xlsx(found)
    with ZipFile(BytesIO(content)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert read(content).properties.created == datetime(2026, 1, 1)


def test_another_process_gives_the_same_bytes() -> None:
    program = (
        "from hashlib import sha256\nfrom tests.golden import golden_report\nfrom slachain.render.xlsx import xlsx\n"
        "print(sha256(xlsx(golden_report()[0])).hexdigest())"
    )
    other = {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT, env=other)
    assert done.stdout.strip() == sha256(xlsx(golden_report()[0])).hexdigest()
