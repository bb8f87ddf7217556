"""The agenda in a browser and on paper: it fits, keeps nobody out, and leaves room to write."""

from __future__ import annotations

from datetime import date
from functools import cache
from io import BytesIO

import pytest
from pypdf import PdfReader

from slachain.decisions.reporting import report
from slachain.decisions.review import review
from slachain.language.loader import load
from slachain.language.scalars import read_duration
from slachain.render.agenda_page import agenda_html
from slachain.study import Study
from tests.browser.conftest import Read
from tests.browser.reading import DESKTOP, MOST, NARROWEST, PHONE, TABLET
from tests.browser.reports import LONG, LONG_NAMES, plain
from tests.browser.test_accessibility import keeps_nobody_out
from tests.transcripts import ROOT, Transcript

DAY = date(2026, 3, 2)


@cache
def page_of(name: str) -> str:
    """The page of a catalogue: the one of the transcript, in which everything occurs, or one of unbreakable names."""
    files = Transcript.parse((ROOT / "tests" / "cases" / "review.txt").read_text()).files
    if name == "long-names":
        files = ((f"agreements/names{LONG}.yaml", LONG_NAMES.replace("LONG", LONG)),)
    study = Study.of(load({file: text.encode() for file, text in files}), DAY)
    return agenda_html(review(study, report(study), read_duration("60d"), "60d"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_keeps_nobody_out(read: Read, axe: str, width: int, scheme: str) -> None:
    keeps_nobody_out(read(page_of("everything"), width=width, scheme=scheme, first=axe))


@pytest.mark.parametrize("name", ["everything", "long-names"])
def test_fits_its_window_and_its_paper(read: Read, name: str) -> None:
    reading, found = read(page_of(name)), []
    for width in (DESKTOP, TABLET, PHONE, NARROWEST):
        reading.resize(width)
        found += [f"{width}: {told}" for told in reading.ask("cut_off")]
    assert found + reading.ask("dead_links", True) == [], "\n".join(found[:MOST])
    reading.on_paper()
    assert reading.ask("cut_off", True) == []


def test_there_is_room_to_write_on_paper(read: Read) -> None:
    """Each item has a field for the decision, for who, and for when, with space for a hand: 9 mm at least."""
    reading = read(page_of("everything"), width=PHONE, scheme="dark")
    assert reading.page.locator(".a-decision:visible").count() == 0
    reading.on_paper()
    rows, fields = reading.page.locator(".agenda tbody tr").count(), reading.page.locator(".a-decision p")
    assert fields.count() == 3 * rows
    sizes = fields.evaluate_all("fields => fields.map(field => [field.clientWidth, field.clientHeight])")
    assert min(width for width, _ in sizes) > 150
    assert min(height for _, height in sizes) > 33
    assert reading.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_no_owner_stands_alone_at_the_foot_of_a_page(read: Read) -> None:
    reading = read(page_of("everything"))
    printed = PdfReader(BytesIO(reading.page.pdf(prefer_css_page_size=True, outline=True, tagged=True)))
    assert {(round(float(p.mediabox.width)), round(float(p.mediabox.height))) for p in printed.pages} == {(595, 842)}
    texts = [plain(page.extract_text()) for page in printed.pages]
    for owner, first in (
        ("purchasing@example.com", "old-line"),
        ("service-management", "acmeacceptance"),
        ("Nobody (no owner", "tier2review"),
    ):
        page = next(number for number, text in enumerate(texts) if f"{plain(owner)}" in text and f"{plain(first)}" in text)
        assert texts[page].rindex(plain(owner)) < texts[page].rindex(plain(first))
