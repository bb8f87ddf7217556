"""axe-core finds nothing that keeps people out."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Read
from tests.browser.reading import DESKTOP, PHONE, Reading
from tests.browser.reports import page_of

# The success criteria of WCAG 2.0 to 2.2, levels A and AA.
MUST = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SHOULD = "best-practice"  # told with a failure, but none by itself


def keeps_nobody_out(reading: Reading) -> None:
    found = reading.ask("axe_violations", [*MUST, SHOULD])
    failures = [rule for rule in found if SHOULD not in rule["tags"]]
    assert not failures, "\n".join(rule["told"] for rule in sorted(found, key=lambda rule: SHOULD in rule["tags"]))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_unfolded(read: Read, axe: str, width: int, scheme: str) -> None:
    """All that there is to see, in each scheme, at both widths."""
    reading = read(page_of("every-verdict"), width=width, scheme=scheme, first=axe)
    reading.unfold()
    keeps_nobody_out(reading)


@pytest.mark.parametrize(("name", "scheme"), [("every-verdict", "dark"), ("example", "light"), ("empty", "light")])
def test_as_it_opens(read: Read, axe: str, name: str, scheme: str) -> None:
    keeps_nobody_out(read(page_of(name), scheme=scheme, first=axe))
