"""The browser, and how a test opens a page in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.reading import AXE, Reading, Readings, chromium, launch

Read = Callable[..., Reading]


@pytest.fixture(scope="package")
def readings() -> Iterator[Readings]:
    """One browser for all tests here; they are skipped where there is none."""
    path = chromium()
    if path is None:
        pytest.skip("needs Chromium (apt install chromium)")
    with sync_playwright() as playwright:
        browser = launch(playwright, path)
        yield Readings(browser)
        browser.close()


@pytest.fixture
def read(readings: Readings, tmp_path: Path) -> Iterator[Read]:
    """Opens a page's text from a file: `read(html, width=375, scheme="dark", scripts=False)`, see `Readings.read`.

    When the test is over, nothing may have happened that no report does.
    """

    def opened(html: str, **how: Any) -> Reading:
        file = tmp_path / f"report-{len(readings.used)}.html"
        file.write_text(html, encoding="utf-8")
        return readings.read(file, **how)

    yield opened
    assert readings.done() == []


@pytest.fixture(scope="package")
def axe() -> str:
    """The script of axe-core, which finds what keeps people out: for `read(..., first=axe)`."""
    if not AXE.is_file():
        pytest.skip("needs axe-core, which make test fetches where there is npm (apt install npm)")
    return AXE.read_text(encoding="utf-8")
