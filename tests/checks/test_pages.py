"""Every check's page is its test: what Breaks yields exactly its code, what Holds yields nothing."""

from __future__ import annotations

import re

import pytest

from slachain.checks.registry import Check, all_checks, page, text
from tests.catalogue import found_in

CHECKS = pytest.mark.parametrize("check", all_checks(), ids=lambda check: check.CODE)


@CHECKS
def test_breaks_yields_exactly_this_code(check: Check) -> None:
    found = found_in(page(check).example("Breaks"))
    assert {finding.code for finding in found} == {check.CODE}
    assert found[0].severity == check.SEVERITY


@CHECKS
def test_holds_yields_nothing(check: Check) -> None:
    assert found_in(page(check).example("Holds")) == []


@CHECKS
def test_a_page_has_its_parts_and_its_file_its_name(check: Check) -> None:
    parts = page(check)
    assert list(parts.parts) == ["What", "Why", "Breaks", "Holds"]
    assert all(parts.parts.values())
    assert re.fullmatch(r"SC\d{3}", check.CODE)
    assert getattr(check, "__name__", "").rsplit(".", 1)[-1] == check.SLUG.replace("-", "_")
    assert check.SLUG in text(check)


def test_codes_and_slugs_are_each_used_once() -> None:
    assert len({check.CODE for check in all_checks()}) == len(all_checks()) == len({check.SLUG for check in all_checks()})


@CHECKS
def test_a_finding_points_at_a_value_of_the_file(check: Check) -> None:
    """The span of every finding and of its other side covers text that is there."""
    example = page(check).example("Breaks")
    lines = example.split("\n")
    for finding in found_in(example):
        for at in (finding.at, *(note.at for note in finding.because)):
            assert at.file == "a.yaml"
            assert lines[at.line - 1][at.column - 1 : at.end_column - 1 if at.end_line == at.line else None].strip()
