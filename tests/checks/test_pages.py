"""Every check's page is its test: what Breaks yields exactly its code, what Holds yields nothing.

Findings on a history have a ticket log beside the agreements. Examples are terse: that they name no owner, review or credits is told as info, and counts only on the pages of those findings.
"""

from __future__ import annotations

import re

import pytest

from slachain.checks.registry import Check, all_checks, page, text
from slachain.decisions.report import FindingLine
from tests.catalogue import found_in

CHECKS = pytest.mark.parametrize("check", all_checks(), ids=lambda check: check.CODE)


def that_count(check: Check, heading: str) -> list[FindingLine]:
    """What is found in an example, but for what other checks say for information."""
    found = found_in(page(check).example(heading), tickets=page(check).tickets(heading))
    return [finding for finding in found if finding.severity.weight or finding.code == check.CODE]


@CHECKS
def test_breaks_yields_exactly_this_code(check: Check) -> None:
    found = that_count(check, "Breaks")
    assert {finding.code for finding in found} == {check.CODE}
    assert found[0].severity == check.SEVERITY


@CHECKS
def test_holds_yields_nothing(check: Check) -> None:
    assert that_count(check, "Holds") == []


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
    for finding in found_in(example, tickets=page(check).tickets("Breaks")):
        for at in (finding.at, *(note.at for note in finding.because)):
            assert at.file == "a.yaml"
            assert lines[at.line - 1][at.column - 1 : at.end_column - 1 if at.end_line == at.line else None].strip()
