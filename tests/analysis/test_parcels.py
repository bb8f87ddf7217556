"""Verdicts carried to another process: what is unpacked there says what was packed here, and what is damaged says nothing."""

from __future__ import annotations

import pickle
from typing import NoReturn

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slachain.analysis.parcels import packed, take_over, unpacked
from slachain.language.catalogue import Catalogue
from slachain.language.loader import load
from slachain.study import Study
from tests import catalogues, catalogues_amounts
from tests.decisions.test_alike import told, twins

EACH = """
agreements:
  sold: {kind: sla, provider: us, customer: them, calendar: 24x7, targets: {update: {P1: 2h, P2: 8h}}, relies_on: [desk, team]}
  desk: {kind: ola, provider: desk, customer: us, calendar: 24x7, targets: {update: {P1: 1h, P2: 4h}}}
  team: {kind: ola, provider: team, customer: us, calendar: 24x7, targets: {update: {P1: 3h}}}
"""


def carried(catalogue: Catalogue) -> tuple[Study, Study]:
    """A study that judges everything, and one that is told all of it."""
    here, there = (Study.of(catalogue, catalogues.AS_OF) for _ in range(2))
    for ours, theirs in zip(here.promised.groups(here.routes), there.promised.groups(there.routes), strict=True):
        for alike in ours:
            here.all_verdicts.told(alike)
        unpacked(packed(ours), theirs, there.chains)
    return here, there


def judged_anew() -> NoReturn:
    """What has arrived is not asked for again."""
    raise AssertionError


@settings(max_examples=12)
@given(st.one_of(catalogues.catalogues(), catalogues_amounts.catalogues_of_amounts()))
def test_what_arrives_is_what_was_sent(raw: catalogues.Raw) -> None:
    """Every number, the worst ticket step by step, and the latest safe hand-overs; nothing is left to judge."""
    here, there = carried(load({"a.yaml": catalogues.to_yaml(twins(raw)).encode()}))
    for alike in there.promised.sizes:
        for verdict in alike.told or ():
            assert there.promised.likeness.time(verdict.promise, verdict.horizon, judged_anew) is verdict
        for found in alike.told_of_amounts or ():
            assert there.promised.likeness.amount(found.promise, found.horizon, judged_anew, "gap") == found
        assert None not in (alike.told, alike.told_of_amounts)
    assert list(map(told, there.verdicts)) == list(map(told, here.verdicts))
    assert list(there.amount_verdicts) == list(here.amount_verdicts)


def test_a_ticket_of_one_commitment_or_of_a_missing_one_arrives_too() -> None:
    """Nobody has promised an update on a P2 within any time to the desk's second team: that ticket is never done, there as here."""
    here, there = carried(load({"a.yaml": EACH.encode()}))
    cases = [verdict.case for verdict in there.verdicts]
    assert cases == [verdict.case for verdict in here.verdicts]
    assert [(step.stop.agreement, step.missing) for case in cases if case for step in case.steps] == [("team", False), ("team", True)]


@pytest.mark.parametrize("damaged", [None, b"", b"rubbish", pickle.dumps([]), pickle.dumps([([(0, ("holds",))], [])])])
def test_what_is_lost_or_damaged_is_not_taken_over(damaged: bytes | None) -> None:
    found = Study.of(load({"a.yaml": EACH.encode()}), catalogues.AS_OF)
    classes = list(found.promised.sizes)
    take_over(damaged, classes, found.chains)
    assert [(alike.told, alike.told_of_amounts) for alike in classes] == [(None, None)] * len(classes)
    assert len(found.all_verdicts) == 2


def test_what_arrives_whole_is_taken_over() -> None:
    here, there = (Study.of(load({"a.yaml": EACH.encode()}), catalogues.AS_OF) for _ in range(2))
    ours, theirs = (list(study.promised.sizes) for study in (here, there))
    assert len(here.all_verdicts) == 2
    take_over(packed([*ours, *ours]), theirs, there.chains)  # meant for somebody else
    assert [alike.told for alike in theirs] == [None]
    take_over(packed(ours), theirs, there.chains)
    assert [verdict.verdict for alike in theirs for verdict in alike.told or ()] == ["gap", "gap"]
