"""Each rendering is as it was when somebody last looked at it: `make golden` draws them anew, to be read as a difference."""

from __future__ import annotations

import pytest

from slachain.cli.formats import FORMATS
from tests.golden import drawn, files


@pytest.mark.parametrize("form", FORMATS)
def test_drawn_as_before(form: str) -> None:
    assert files()[form].read_text(encoding="utf-8") == drawn(form)
