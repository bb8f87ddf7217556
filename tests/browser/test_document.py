"""The contract as its readers meet it: on a phone, read aloud, and on paper to be signed."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from slachain.decisions.contract.document import document
from slachain.language.loader import load
from slachain.render.document_page import document_html
from slachain.study import Study
from tests.browser.conftest import Read
from tests.browser.reading import DESKTOP, MOST, NARROWEST, Readings
from tests.browser.reports import AS_OF, LONG, LONG_NAMES
from tests.browser.test_accessibility import keeps_nobody_out
from tests.decisions.test_document import of_folder
from tests.transcripts import ROOT


@cache
def page_of(id: str, house: bool = False) -> str:
    return document_html(document(of_folder(ROOT / "agreements"), id, house))


@cache
def long_page() -> str:
    whole = Study.of(load({"a.yaml": LONG_NAMES.replace("LONG", LONG).encode()}), AS_OF)
    return document_html(document(whole, f"acme{LONG}", for_the_house=True))


@pytest.mark.parametrize(("width", "scheme"), [(NARROWEST, "dark"), (DESKTOP, "light")])
def test_keeps_nobody_out(read: Read, axe: str, width: int, scheme: str) -> None:
    keeps_nobody_out(read(page_of("larkspur-bronze", house=True), width=width, scheme=scheme, first=axe))


@pytest.mark.parametrize("width", [NARROWEST, DESKTOP])
def test_nothing_is_cut_off(read: Read, width: int) -> None:
    for page in (page_of("fenwick-silver"), long_page()):
        reading = read(page, width=width, scripts=True)
        assert reading.page.evaluate("document.documentElement.scrollWidth") <= width
        found = reading.ask("cut_off", False)
        assert not found, "\n".join(found[:MOST])


@pytest.fixture(scope="module", params=[False, True], ids=["customer", "house"])
def printed(request: pytest.FixtureRequest, readings: Readings, tmp_path_factory: pytest.TempPathFactory) -> tuple[bool, list[str]]:
    """Each page's text."""
    file: Path = tmp_path_factory.mktemp("paper") / "contract.html"
    file.write_text(page_of("novapay-gold", request.param), encoding="utf-8")
    pdf = PdfReader(BytesIO(readings.read(file, scheme="dark").page.pdf(prefer_css_page_size=True)))
    assert readings.done() == []
    assert {(round(float(page.mediabox.width)), round(float(page.mediabox.height))) for page in pdf.pages} == {(595, 842)}
    return request.param, [page.extract_text() for page in pdf.pages]


def test_each_page_is_numbered_and_the_houses_marked(printed: tuple[bool, list[str]]) -> None:
    house, pages = printed
    for number, text in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in text
        assert ("INTERNAL" in text) is house


def test_signatures_stand_on_one_page(printed: tuple[bool, list[str]]) -> None:
    _, pages = printed
    signing = next(text for text in pages if "For the Provider" in text)
    assert signing.count("Signature\n") + signing.count("Signature ") >= 2 or signing.count("Signature") >= 3
    assert signing.count("Place, date") == 2
