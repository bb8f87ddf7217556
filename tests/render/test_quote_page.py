"""The quotation as a page: complete in itself, and nothing from a catalogue is ever markup."""

from __future__ import annotations

from datetime import date

import pytest

from slachain.decisions.quote import Quoter
from slachain.decisions.quote_lines import Quotation, quotation
from slachain.language.loader import load
from slachain.language.values import replace
from slachain.render.quote import quote_text
from slachain.render.quote_page import quote_html
from slachain.study import Study
from tests.decisions.test_quote import OFFICE
from tests.render.test_html import HOSTILE, read


@pytest.fixture(scope="module")
def found() -> Quotation:
    quoter = Quoter.relying_on(Study.of(load({"a.yaml": OFFICE.encode()}), date(2026, 1, 1)), ["desk"])
    return quotation(quoter, "relying on desk", quoter.quotes())


def test_the_page_tells_what_the_text_tells(found: Quotation) -> None:
    page, text = read(quote_html(found)), quote_text(found, everything=True)
    assert not page.wrong
    assert not {tag for tag, _ in page.elements} & {"script", "img", "link", "iframe", "form"}
    for line in found.lines:
        assert line.promise is not None
        assert line.promise.within.text in page.text
        assert line.clock in page.text
        assert line.clock in text
        for says in line.limited_by:
            assert says in page.text
            assert says in text
    assert "What 48h for as many would take" in page.text
    assert "tier2 works on 24x7 instead of london calendar: 24x7" in " ".join(page.text.split()) or "calendar: 24x7" in page.text


@pytest.mark.parametrize("attack", HOSTILE)
def test_no_text_becomes_markup(found: Quotation, attack: str) -> None:
    lines = tuple(
        replace(
            line,
            metric=attack,
            priority=attack,
            clock=attack,
            limited_by=(attack,),
            takes=tuple(replace(f, agreement=attack, yaml=attack) for f in line.takes),
        )
        for line in found.lines
    )
    hostile = quote_html(replace(found, purpose=attack, margin=attack, pauses=(attack,), lines=lines))
    assert attack not in hostile or attack.startswith("{{")
    assert {tag for tag, _ in read(hostile).elements} <= {tag for tag, _ in read(quote_html(found)).elements}


@pytest.mark.parametrize(
    ("desk", "row", "heading"), [('{P1: 1h, "*": 8h}', "others", "resolution others, "), ("8h", "every", "resolution, ")]
)
def test_beside_named_priorities_the_star_stands_for_the_others(desk: str, row: str, heading: str) -> None:
    written = f"agreements: {{desk: {{kind: ola, provider: us, customer: us, calendar: 24x7, targets: {{resolution: {desk}}}}}}}"
    quoter = Quoter.relying_on(Study.of(load({"a.yaml": written.encode()}), date(2026, 1, 1)), ["desk"])
    told = quotation(quoter, "relying on desk", quoter.quotes())
    text, page = quote_text(told), read(quote_html(told))
    assert f"\n{row} " in text
    assert f"\n{heading}around the clock:" in text
    assert row in page.text
    assert f"{heading}around the clock" in page.text
