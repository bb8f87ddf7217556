"""Without holidays or changes of the clocks every week is like any other: what is shifted by one has its worst case a week later."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings

from tests.catalogues import AS_OF, ZONES, Raw, catalogues
from tests.laws.altering import FOREVER, Row, rewritten, rows

FEW = settings(max_examples=max(8, settings().max_examples // 5))
WEEK = timedelta(weeks=1)
SECONDS = 7 * 86_400


def plain(raw: Raw) -> Raw:
    """The same with neither holidays nor changes of the clocks."""
    zones = dict(zip(ZONES, ("UTC", "Africa/Lagos", "Asia/Dubai", "America/Panama", "Asia/Kolkata"), strict=True))
    return without(rewritten(raw, lambda text: zones.get(text, text)), "holidays")


def without(node: Raw, key: str) -> Raw:
    if isinstance(node, dict):
        return {name: without(value, key) for name, value in node.items() if name != key}
    return [without(one, key) for one in node] if isinstance(node, list) else node


def a_week_later(text: str) -> str:
    return (date.fromisoformat(text) + WEEK).isoformat() if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else text


def shifted(row: Row) -> Row:
    def later(tick: int | None) -> int | None:
        return tick if tick is None or tick >= FOREVER else tick + 2 * SECONDS

    start, end = row.horizon
    return replace(row, horizon=(start + SECONDS, end + SECONDS), opened=later(row.opened), done=later(row.done))


@FEW
@given(catalogues())
def test_what_is_shifted_by_a_week_has_its_worst_case_a_week_later(raw: Raw) -> None:
    before = rows({"a.yaml": plain(raw)})
    after = rows({"a.yaml": rewritten(plain(raw), a_week_later)}, AS_OF + WEEK)
    assert after == {key: shifted(row) for key, row in before.items()}
