"""What the tests here look for is found where it is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.conftest import Read
from tests.browser.reading import DESKTOP, PHONE, Readings

DEEDS = {
    '<img src="https://example.org/a.png" alt="">': "request: https://example.org/a.png",
    '<link rel="stylesheet" href="other.css">': "request: file://",
    "<script>fetch('https://example.org/b').catch(() => 0)</script>": "request: https://example.org/b",
    "<script>console.log('hello')</script>": "console log: hello",
    "<script>nothing.there</script>": "error: nothing is not defined",
    "<script>alert(1)</script>": "alert: 1",
    "<script>setTimeout(() => confirm('sure?'))</script>": "confirm: sure?",
}
FLAWS = {
    '<p style="width: 600px">wide</p>': ("cut_off", "ends at"),
    '<div style="overflow: hidden"><p style="width: 600px">wide</p></div>': ("cut_off", "cut off at"),
    '<svg width="90" viewBox="0 0 90 20"><text x="80" y="15">too long</text></svg>': ("cut_off", "outside of its picture"),
    '<a href="#nowhere">to</a>': ("dead_links", "leads nowhere"),
    '<a href="https://example.org">to</a>': ("dead_links", "leads nowhere"),
    '<a href="#b">to</a><p style="height: 2000px"></p><p id="b" hidden>b</p>': ("dead_links", "is at"),
    "<p>a\u202eb<b>words</b>": ("turned", "words in words"),
}


@pytest.mark.parametrize("deed", DEEDS)
def test_deeds_are_noticed(readings: Readings, tmp_path: Path, deed: str) -> None:
    file = tmp_path / "page.html"
    file.write_text(deed, encoding="utf-8")
    readings.read(file).page.wait_for_timeout(50)
    assert any(told.startswith(DEEDS[deed]) for told in readings.done())


@pytest.mark.parametrize("flaw", FLAWS)
def test_flaws_are_found(read: Read, flaw: str) -> None:
    function, told = FLAWS[flaw]
    start = '<!DOCTYPE html><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    assert told in "\n".join(read(start + flaw, width=PHONE).ask(function, function == "dead_links"))


@pytest.mark.parametrize(
    ("flaw", "told"),
    [
        ('<a href="#" style="outline: none">a</a>', "looks as it does without the focus"),
        ('<a href="#" style="position: absolute; left: -999px">a</a>', "outside of the window"),
        ('<a href="#">a</a><p style="position: absolute; inset: 0">over</p>', "covered by p: over"),
    ],
)
def test_a_hidden_focus_is_found(read: Read, flaw: str, told: str) -> None:
    reading = read(f"<!DOCTYPE html>{flaw}")
    reading.page.keyboard.press("Tab")
    assert reading.ask("focus") == {"stop": "0 a: a", "wrong": [told]}


def test_a_page_that_is_used_again_remembers_nothing(read: Read, readings: Readings) -> None:
    first = read("<!DOCTYPE html>")
    first.page.evaluate("localStorage.kept = sessionStorage.kept = 'kept'")
    first.on_paper()
    assert readings.done() == []
    again = read("<!DOCTYPE html>")
    assert again is first
    assert again.page.evaluate("[localStorage.length, sessionStorage.length, innerWidth]") == [0, 0, DESKTOP]
    assert again.page.evaluate("matchMedia('screen').matches")
