"""The report as a workbook: a summary, and a sheet for each kind of row, with real numbers to filter, sort and add up.

Nothing of a catalogue is ever a formula or a link: texts are written as texts, numbers as numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

import slachain
from slachain.decisions.report import FORMAT, VERDICTS, Report
from slachain.language.findings import Severity
from slachain.language.values import dataclass, field
from slachain.render.page.nouns import BADGES, SEVERITIES
from slachain.render.page.summary import headline, unread
from slachain.render.workbook import cells
from slachain.render.workbook.cells import Cell, text
from slachain.render.workbook.sheets import Sheet, sheets

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

MOST_ROWS = 1_048_576  # of a sheet, with its headings
HEADING_HEIGHT = 48
SUMMARY_WIDTHS = (34, 18, 18, 80)

# What a verdict or severity looks like; its word stands in the cell, so nothing is told by colour alone.
COLOURS: dict[str, dict[str, Any]] = {
    "gap": {"bg_color": "#FFC7CE", "font_color": "#9C0006"},
    "unsupported": {"bg_color": "#E4DFEC", "font_color": "#403151"},
    "tolerated": {"bg_color": "#FFEB9C", "font_color": "#7F4F00"},
    "holds": {"bg_color": "#C6EFCE", "font_color": "#006100"},
    "info": {"bg_color": "#DDEBF7", "font_color": "#1F4E79"},
    "accepted": {"bg_color": "#EDEDED", "font_color": "#595959"},
    "lacking": {"font_color": "#9C0006"},
    "heading": {"bg_color": "#1F3864", "font_color": "#FFFFFF", "bold": True, "text_wrap": True, "valign": "vcenter", "border": 1},
    "title": {"bold": True, "font_size": 16},
    "verdict": {"bold": True, "font_size": 12},
    "part": {"bold": True, "font_color": "#1F3864", "bottom": 1},
    "alarm": {"bold": True, "font_color": "#9C0006"},
    "link": {"font_color": "#0563C1", "underline": 1},
}


def xlsx(report: Report) -> bytes:
    """The report as an Excel workbook; the same report gives the same bytes."""
    from xlsxwriter import Workbook

    report = report.in_full()
    file = BytesIO()
    never_guess = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    # In memory the archive's members bear a fixed date.
    with Workbook(file, {"in_memory": True, **never_guess}) as book:
        midnight = datetime(report.as_of.year, report.as_of.month, report.as_of.day)
        made_by = f"slachain {slachain.__version__} ({FORMAT})"
        book.set_properties({"title": f"Gap report as of {report.as_of}", "comments": made_by, "created": midnight})
        writer = _Writer(book)
        found = tuple(sheets(report))
        writer.summary(report, found)
        for sheet in found:
            writer.sheet(sheet)
    return file.getvalue()


@dataclass(slots=True)
class _Writer:
    """Writes sheets into a workbook, each format made once."""

    book: Workbook
    formats: dict[tuple[str, str], Format] = field(default_factory=dict)

    def style(self, form: str, kind: str) -> Format:
        """A number format in a colour."""
        if (form, kind) not in self.formats:
            self.formats[form, kind] = self.book.add_format({"num_format": form, "valign": "top", **COLOURS.get(kind, {})})
        return self.formats[form, kind]

    def put(self, page: Worksheet, row: int, column: int, cell: Cell) -> None:
        """One cell: a text is always written as a text."""
        if isinstance(cell.value, str):
            page.write_string(row, column, cell.value, self.style(cell.form, cell.kind))
        elif cell.value is not None:
            page.write_number(row, column, cell.value, self.style(cell.form, cell.kind))

    def sheet(self, sheet: Sheet) -> None:
        """A table: frozen headings, a filter over every row, and as many rows as a sheet can hold."""
        page, last = self.book.add_worksheet(sheet.name), len(sheet.columns) - 1
        for index, column in enumerate(sheet.columns):
            page.set_column(index, index, column.width)
            self.put(page, 0, index, text(column.title, "heading"))
        page.set_row(0, HEADING_HEIGHT)
        shown = fitting(sheet.rows)
        for number, row in enumerate(shown, 1):
            for index, column in enumerate(sheet.columns):
                self.put(page, number, index, column.cell(row))
        if len(shown) < len(sheet.rows):
            left_out = f"… and {len(sheet.rows) - len(shown)} more rows: an Excel sheet ends here, the JSON report has them all"
            self.put(page, len(shown) + 1, 0, text(left_out, "alarm"))
        page.freeze_panes(1, sheet.frozen)
        page.autofilter(0, 0, len(shown), last)
        # A priority may well be called 1: that is its name, no number to be mended.
        page.ignore_errors({"number_stored_as_text": f"A1:XFD{MOST_ROWS}"})
        _printed(page)

    def summary(self, report: Report, found: Sequence[Sheet]) -> None:
        """What is read first; the sheets' names lead to them."""
        page = self.book.add_worksheet("Summary")
        for index, width in enumerate(SUMMARY_WIDTHS):
            page.set_column(index, index, width)
        row = 0
        for row, line in enumerate(summary_lines(report)):
            for index, cell in enumerate(line):
                self.put(page, row, index, cell)
        self.put(page, row + 2, 0, text("Sheets", "part"))
        for number, sheet in enumerate(found, row + 3):
            page.write_url(number, 0, f"internal:'{sheet.name}'!A1", self.style(cells.TEXT, "link"), sheet.name)
            self.put(page, number, 1, cells.number(len(sheet.rows)))
            self.put(page, number, 3, text(sheet.says))
        _printed(page)


def fitting(rows: Sequence[Any]) -> Sequence[Any]:
    """As many rows as fit under the headings, with a line left to say what is missing."""
    return rows if len(rows) < MOST_ROWS else rows[: MOST_ROWS - 2]


def _printed(page: Worksheet) -> None:
    """On paper: across, as wide as the sheet, the headings on every page."""
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    if page.get_name() != "Summary":
        page.repeat_rows(0)
    page.set_footer("&L&A&R&P / &N")


# --- the summary -----------------------------------------------------------------------------------------------------

Line = tuple[Cell, ...]
EMPTY: Line = ()


def summary_lines(report: Report) -> Iterator[Line]:
    """The verdict, the counts, the money, and what all of it rests on, line by line."""
    yield (text("Can we keep what we promise?", "title"),)
    yield (text(headline(report).word, "verdict"),)
    if told := unread(report):
        yield (text(told, "alarm"),)
    yield EMPTY
    yield text("As of"), cells.day(report.as_of)
    yield text("Agreements"), cells.number(len(report.agreements))
    yield from verdict_lines(report)
    yield from finding_lines(report)
    yield from money_lines(report)
    yield from method_lines(report)


def verdict_lines(report: Report) -> Iterator[Line]:
    """How many promises have which verdict."""
    yield EMPTY
    yield text("Promises", "part"), text("How many", "part")
    for verdict in VERDICTS:
        yield text(BADGES[verdict].word, verdict), cells.number(report.count(verdict))
    yield text("All"), cells.number(len(report.promises))


def finding_lines(report: Report) -> Iterator[Line]:
    """How many findings there are of which severity."""
    yield EMPTY
    yield text("Findings", "part"), text("How many", "part")
    for severity in reversed(Severity):
        badge = SEVERITIES[severity]
        yield text(badge.word, badge.kind), cells.number(sum(f.severity is severity and not f.accepted for f in report.findings))
    yield text("Accepted", "accepted"), cells.number(sum(f.accepted for f in report.findings))


def money_lines(report: Report) -> Iterator[Line]:
    """Money at risk in a month, by currency."""
    if report.money:
        yield EMPTY
        yield text("Money at risk in a month", "part"), text("At most", "part"), text("Expected", "part")
    for money in report.money:
        expected = cells.money(money.expected.value) if money.expected else text("not known")
        yield text(money.at_most.currency), cells.money(money.at_most.value), expected
    if report.money:
        yield (text("Each agreement up to its cap: less than the promises' sums where several of one agreement are missed."),)


def method_lines(report: Report) -> Iterator[Line]:
    """What was not judged, what the numbers rest on, and with which data they were made."""
    yield EMPTY
    yield (text("Not checked", "part"),)
    for skipped in report.not_checked:
        yield text(skipped.agreement), text(skipped.metric), cells.NOTHING, text(skipped.why)
    if not report.not_checked:
        yield (text("Nothing was left out."),)
    yield EMPTY
    yield (text("Assumptions", "part"),)
    yield from ((text(assumption),) for assumption in report.assumptions)
    yield EMPTY
    yield (text("Data used", "part"),)
    yield from ((text(name), text(version)) for name, version in report.data_used)
