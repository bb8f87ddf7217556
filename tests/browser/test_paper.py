"""Printed, the report is complete: each gap on a page of its own, nothing cut off, nothing folded away."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from tests.browser.conftest import Read
from tests.browser.reading import MOST, Readings
from tests.browser.reports import REPORTS, anchor, broken, every_verdict, page_of, plain, untold


@pytest.fixture(scope="module", params=[True, False], ids=["scripts", "no-scripts"])
def printed(request: pytest.FixtureRequest, readings: Readings, tmp_path_factory: pytest.TempPathFactory) -> PdfReader:
    """A report as a PDF, as a reader in the dark prints it."""
    file = tmp_path_factory.mktemp("paper") / "report.html"
    file.write_text(page_of("every-verdict"), encoding="utf-8")
    reading = readings.read(file, scheme="dark", scripts=request.param)
    pdf = reading.page.pdf(prefer_css_page_size=True, outline=True, tagged=True)
    assert readings.done() == []
    return PdfReader(BytesIO(pdf))


def headings(printed: PdfReader) -> Iterator[tuple[str, int, float]]:
    """Each heading in order: its words, its page, and how far up on it, from 0 at the foot to 1 at the top."""

    def walk(outline: Any) -> Iterator[Any]:
        for item in outline:
            yield from walk(item) if isinstance(item, list) else [item]

    for item in walk(printed.outline):
        number = printed.get_destination_page_number(item) or 0
        yield plain(item.title), number, float(item.top) / float(printed.pages[number].mediabox.height)


def test_paper_tells_everything(printed: PdfReader) -> None:
    texts = [page.extract_text() for page in printed.pages]
    assert untold(every_verdict(), "".join(texts)) == []
    assert not [number for number, text in enumerate(texts, start=1) if len(text.split()) < 10], "pages with hardly a word"


def test_each_gap_begins_a_page(read: Read, printed: PdfReader) -> None:
    reading, found, gaps = read(page_of("every-verdict")), list(headings(printed)), broken(every_verdict())
    pages = []
    for gap in gaps:
        heading = plain(reading.ask("heading", anchor(gap)))
        number, height = next(where for words, *where in found if words == heading)
        assert height > 0.8, f"{anchor(gap)} begins in the middle of page {number + 1:.0f}"
        pages.append(number)
    assert len(set(pages)) == len(gaps) == 3


def test_is_a4_with_a_title_and_its_structure(read: Read, printed: PdfReader) -> None:
    """For those who have a PDF read to them."""
    assert {(round(float(page.mediabox.width)), round(float(page.mediabox.height))) for page in printed.pages} == {(595, 842)}
    assert printed.metadata
    assert printed.metadata.title == read(page_of("every-verdict")).page.title()
    assert printed.root_object["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert str(printed.root_object["/Lang"]) == "en-GB"


@pytest.mark.parametrize("name", REPORTS)
def test_nothing_is_cut_off_on_paper(read: Read, name: str) -> None:
    reading = read(page_of(name))
    reading.on_paper()
    found = reading.ask("cut_off", True)
    assert not found, "\n".join(found[:MOST])


def test_paper_is_white_in_the_dark_too(read: Read) -> None:
    reading = read(page_of("every-verdict"), scheme="dark")
    reading.on_paper()
    assert reading.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert reading.page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
