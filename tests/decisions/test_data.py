"""What is published as JSON loses nothing."""

from __future__ import annotations

from typing import Any

import pytest

from slachain.decisions import money_at_risk, report
from slachain.decisions.data import published
from slachain.language.values import names_of

NOUNS = [
    noun
    for module in (report, money_at_risk)
    for noun in vars(module).values()
    if hasattr(noun, "__struct_fields__") and isinstance(noun, type)
]


@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: noun.__name__)
def test_no_two_fields_are_published_under_one_name(noun: Any) -> None:
    names = list(names_of(noun))
    assert len({published(name, names) for name in names}) == len(names)


def test_who_is_relied_on_stands_beside_when_it_is_handed_over() -> None:
    names = list(names_of(report.RelianceLine))
    assert [published(name, names) for name in ("to", "after")] == ["to", "after"]
