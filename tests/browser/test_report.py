"""The page opens from a file and asks for nothing; it fits its window, its links lead somewhere, and a keyboard is enough."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Read
from tests.browser.reading import DESKTOP, MOST, NARROWEST, PHONE, TABLET
from tests.browser.reports import REPORTS, page_of, untold

scripts_or_none = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])


@scripts_or_none
@pytest.mark.parametrize("name", REPORTS)
def test_opens_and_tells_everything(read: Read, name: str, scripts: bool) -> None:
    """What it asks for, complains of or pops up fails this test, like any other here."""
    reading = read(page_of(name), scripts=scripts)
    assert reading.page.title()
    assert reading.page.locator("h1:visible").count() == 1
    assert reading.page.evaluate("document.getAnimations().length") == 0  # for those who have asked for less motion
    reading.unfold()
    assert untold(REPORTS[name](), reading.text()) == []


@pytest.mark.parametrize("name", REPORTS)
def test_fits_its_window(read: Read, name: str) -> None:
    """Nothing is scrolled sideways and nothing is cut off, from a phone to a desktop, and on a desktop at 400%."""
    reading, found = read(page_of(name)), []
    for state in ("folded", "unfolded"):
        for width in (DESKTOP, TABLET, PHONE, NARROWEST):
            reading.resize(width)
            found += [f"{width}, {state}: {told}" for told in reading.ask("cut_off")]
        reading.unfold()
    assert not found, "\n".join(found[:MOST])


@scripts_or_none
@pytest.mark.parametrize("name", ["example", "every-verdict"])
def test_every_link_leads_somewhere(read: Read, name: str, scripts: bool) -> None:
    found = read(page_of(name), scripts=scripts).ask("dead_links", scripts)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_a_keyboard_is_enough(read: Read, width: int) -> None:
    """Tab goes through all there is to use, in the order of the page, shows where it is, and leaves at the end; Shift+Tab goes back."""
    reading = read(page_of("every-verdict"), width=width)
    stops, reached = reading.ask("stops_named"), list[str]()
    for _ in stops:
        reading.page.keyboard.press("Tab")
        found = reading.ask("focus")
        assert found, f"the focus is lost after {reached[-1:]}"
        assert found["wrong"] == [], found["stop"]
        reached.append(found["stop"])
    assert reached == stops
    reading.page.keyboard.press("Shift+Tab")
    assert reading.ask("focus")["stop"] == stops[-2]
    reading.page.keyboard.press("Tab")
    reading.page.keyboard.press("Tab")
    left = reading.ask("focus")
    assert left is None or left["stop"] == stops[0]
