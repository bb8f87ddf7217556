"""The page of an amendment as its readers meet it: on a phone, on a desk, on paper, with whatever eyes."""

from __future__ import annotations

import pytest

from slachain.render.amendment.page import amendment_html
from tests.browser.conftest import Read
from tests.browser.reading import DESKTOP, PHONE
from tests.browser.test_accessibility import keeps_nobody_out
from tests.render.test_amendment import example, rewritten

NARROWEST = 320


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_it_keeps_nobody_out(read: Read, axe: str, width: int, scheme: str) -> None:
    keeps_nobody_out(read(amendment_html(example()), width=width, scheme=scheme, first=axe))


@pytest.mark.parametrize("width", [NARROWEST, PHONE, DESKTOP])
@pytest.mark.parametrize("more", ["", "_unbreakably_long" * 4])
def test_nothing_sticks_out(read: Read, width: int, more: str) -> None:
    reading = read(amendment_html(rewritten(example(), more)), width=width)
    assert not reading.ask("cut_off", False)


def test_it_is_all_there_on_paper(read: Read) -> None:
    reading = read(amendment_html(example()))
    reading.on_paper()
    assert not reading.ask("cut_off", True)
    for words in ("opens 1 gap", "only by these together", "7h30m possible", "term.notice", "SC209"):
        assert words in reading.text()
