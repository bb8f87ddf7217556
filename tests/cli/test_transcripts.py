"""Every transcript prints what it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.transcripts import CASES, ROOT, Transcript


@pytest.mark.parametrize("case", CASES, ids=lambda path: str(path.relative_to(ROOT / "tests" / "cases")))
def test_transcript(case: Path) -> None:
    text = case.read_text()
    assert Transcript.parse(text).run() == text
