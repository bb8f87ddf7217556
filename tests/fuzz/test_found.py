"""What ever broke a rule holds today, and so does what the search begins with."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz.replay import replay
from tests.fuzz.seeds import seeds
from tests.fuzz.targets import TARGETS

FOUND = sorted(path for path in (Path(__file__).parent / "found").iterdir() if path.name.partition("-")[0] in TARGETS)


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.name)
def test_what_was_found(path: Path) -> None:
    replay(path)


@pytest.mark.parametrize("target", [target for target in TARGETS if target != "text"])
def test_what_a_search_begins_with(target: str) -> None:
    """But for whole files as catalogues, which the tests of every check and of broken files judge."""
    for content in seeds(target):
        TARGETS[target](content)
