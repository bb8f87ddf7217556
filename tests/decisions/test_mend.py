"""Every fix that is told makes its promise hold, on its own, when it is written into the files and everything is read again."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given

from slachain.decisions.mend import Fix, Mender
from slachain.language.loader import load
from slachain.study import Study
from tests import catalogues
from tests.catalogue import AS_OF, study

PLACE = re.compile(r"[^.\[\]]+|\[\d+\]")


def written(catalogue: dict[str, Any], fix: Fix) -> dict[str, Any]:
    """A copy of a catalogue of plain texts with a fix typed into it, as a person would."""
    import copy

    changed = copy.deepcopy(catalogue)
    keys: list[Any] = [int(k[1:-1]) if k.startswith("[") else k for k in PLACE.findall(fix.field)]
    at: Any = changed["agreements"][fix.agreement]
    for key, following in pairwise(keys):
        at = _inside(at, key, following)
    last = keys[-1]
    if isinstance(at[last] if isinstance(at, list) else at.get(last), dict) and fix.change != "calendar":
        at[last]["within"] = fix.after
    else:
        at[last] = fix.after
    return changed


def _inside(at: Any, key: Any, following: Any) -> Any:
    """What a key leads to, written out as a mapping where it was one value."""
    if isinstance(key, int):
        if not isinstance(at[key], dict):
            at[key] = {"within" if following in ("attainment", "calendar") else "agreement": at[key]}
        return at[key]
    value = at.get(key)
    if isinstance(value, str) and key == "after":
        at[key] = {"*": value}
    elif isinstance(value, str):
        at[key] = {"within": value} if following in ("attainment", "calendar") else {"*": value}
    elif following == "*" and (isinstance(value, list) or (isinstance(value, dict) and "within" in value)):
        at[key] = {"*": value}
    elif value is None:
        at[key] = {}
    return at[key]


def inherits(catalogue: dict[str, Any], fix: Fix) -> bool:
    """Whether the clause comes from a plan, so that typing it into the agreement means more than one line."""
    return "extends" in catalogue["agreements"][fix.agreement]


@given(catalogues.catalogues())
def test_a_fix_written_into_the_file_mends(catalogue: dict[str, Any]) -> None:
    found = Study.of(load({"a.yaml": catalogues.to_yaml(catalogue).encode()}), catalogues.AS_OF)
    for verdict in found.verdicts:
        promise = verdict.promise
        for fix in Mender(found, verdict).fixes():
            if inherits(catalogue, fix) or "@" in fix.after or " " in fix.after:
                continue
            again = Study.of(load({"a.yaml": catalogues.to_yaml(written(catalogue, fix)).encode()}), catalogues.AS_OF)
            assert not again.catalogue.findings, (fix, again.catalogue.findings)
            row = again.promise(promise.agreement.id, promise.metric.id, promise.priority, promise.alternative)
            assert row is not None
            assert again.holds(row), fix


CHAIN = """
calendars:
  london: {timezone: Europe/London, hours: {mon-fri: "09:00-17:30"}}
agreements:
  promise: {kind: sla, provider: a, customer: b, calendar: 24x7, targets: {resolution: {P1: 4h}}, relies_on: [desk]}
  desk: {kind: ola, provider: a, customer: a, calendar: 24x7, targets: {resolution: {P1: 2h}}, relies_on: [%s]}
  tier2: {kind: ola, provider: a, customer: a, calendar: %s, targets: {resolution: {P1: 3h}}}
"""


def fixes(text: str) -> list[tuple[str, str, str, str | None, str]]:
    found = study(text)
    return [(f.change, f.agreement, f.field, f.before, f.after) for f in Mender(found, found.verdicts[0]).fixes()]


def test_the_largest_value_that_would_do_for_each_step() -> None:
    assert fixes(CHAIN % ("{agreement: tier2, after: {P1: 90m}}", "24x7")) == [
        ("promise", "promise", "targets.resolution.P1", "4h", "4h31m"),
        ("hand-over", "desk", "relies_on[0].after.P1", "90m", "59m"),
        ("commitment", "tier2", "targets.resolution.P1", "3h", "2h29m"),
    ]


def test_a_hand_over_that_is_not_written_is_one_to_add() -> None:
    assert ("hand-over", "desk", "relies_on[0].after.*", None, "59m") in fixes(CHAIN % ("tier2", "24x7")) or (
        "hand-over",
        "desk",
        "relies_on[0].after.P1",
        None,
        "59m",
    ) in fixes(CHAIN % ("tier2", "24x7"))


def test_a_calendar_on_the_path_becomes_the_promises() -> None:
    assert ("calendar", "tier2", "calendar", "london", "24x7") in fixes(CHAIN % ("{agreement: tier2, after: 30m}", "london"))


def test_a_coordinator_that_only_lacks_its_share() -> None:
    text = CHAIN.replace("targets: {resolution: {P1: 2h}}, ", "") % ("{agreement: tier2, after: 30m}", "24x7")
    assert ("share", "desk", "relies_on[0].share", None, "100%") in fixes(text)


@pytest.mark.parametrize("attainment", ["95%", "82%"])
def test_an_attainment_that_is_assured(attainment: str) -> None:
    found = study(
        f"""
agreements:
  promise: {{kind: sla, provider: a, customer: b, calendar: 24x7, targets: {{resolution: {{P1: {{within: 4h, attainment: {attainment}}}}}}}, relies_on: [tier]}}
  tier: {{kind: ola, provider: a, customer: a, calendar: 24x7, targets: {{resolution: {{P1: {{within: 3h, attainment: 81.5%}}}}}}}}
""",
        AS_OF,
    )
    assert [(f.field, f.before, f.after) for f in Mender(found, found.verdicts[0]).fixes()] == [
        ("targets.resolution.P1.attainment", attainment, "81.5%")
    ]
