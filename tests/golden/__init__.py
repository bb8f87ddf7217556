"""One report, drawn in every format: what it was when somebody last looked at it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

from slachain.cli.files import gather
from slachain.cli.formats import FORMATS
from slachain.cli.rendering import Terminal, rendered
from slachain.decisions.report import Report
from slachain.decisions.reporting import report
from slachain.language.loader import load
from slachain.language.source import Source
from slachain.language.values import replace
from slachain.study import Study

FOLDER = Path(__file__).parent
SUFFIXES = {
    "text": "txt",
    "json": "json",
    "html": "html",
    "sarif": "sarif",
    "junit": "xml",
    "github": "github",
    "markdown": "md",
    "xlsx": "xlsx.txt",
}
AS_OF = date(2026, 1, 1)
VERSIONS = (("holidays", "0.0"), ("time zones (tzdata)", "2026a"))  # a newer one changes no golden file


@cache
def golden_report() -> tuple[Report, dict[str, Source]]:
    """The report of the catalogue here, and its files' texts by the names that it shows."""
    gathered = gather((str(FOLDER / "agreements"),))
    files = {f"agreements/{Path(name).name}": content for name, content in gathered.files.items()}
    catalogue = load(files)
    found = report(Study.of(catalogue, AS_OF), VERSIONS)
    return replace(found, data_used=VERSIONS), dict(catalogue.sources)


def drawn(form: str) -> str:
    """The report in one format, as text."""
    found, sources = golden_report()
    content = rendered(found, Terminal(sources, verbose=True, infos=True), form)
    return content if isinstance(content, str) else sheets(content)


def sheets(workbook: bytes) -> str:
    """A spreadsheet as text: each sheet's cells with their types and number formats."""
    from io import BytesIO

    from openpyxl import load_workbook

    book = load_workbook(BytesIO(workbook))

    def lines() -> Iterator[str]:
        for sheet in book.worksheets:
            yield f"== {sheet.title}: {sheet.dimensions}, frozen at {sheet.freeze_panes}, filter {sheet.auto_filter.ref}"
            for row in sheet.iter_rows():
                yield " | ".join(f"{cell.data_type}:{cell.value}:{cell.number_format}" for cell in row if cell.value is not None)

    return "\n".join(lines()) + "\n"


def files() -> dict[str, Path]:
    """Where each format's file lies."""
    return {form: FOLDER / f"report.{SUFFIXES[form]}" for form in FORMATS}
