"""Laws of an amendment: nothing changes in what is the same, whatever it looks like; backwards is the mirror image; what moved is what moved."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from slachain.decisions.amendment import (
    ADDED,
    CHANGED,
    CLOSED,
    GONE,
    LOOSENED,
    MIXED,
    MOVED,
    NEW,
    OPENED,
    SAME,
    STAYS,
    TIGHTENED,
    UNLIKE,
    WITHDRAWN,
    Amendment,
)
from slachain.decisions.attribution import NOTHING, Tracer, outcome_of, support
from slachain.decisions.clause_changes import Teller, differing
from slachain.decisions.comparison import TIME
from slachain.decisions.diff import Unreadable, diff
from slachain.language.loader import load
from slachain.study import Study
from tests import compared
from tests.amended import amendment, amendments, dumped, rewritten, version
from tests.catalogues import AS_OF, catalogues, to_yaml

FEW = settings(max_examples=max(4, settings().max_examples // 15))
MIRRORED = {TIGHTENED: LOOSENED, LOOSENED: TIGHTENED, ADDED: WITHDRAWN, WITHDRAWN: ADDED, MIXED: MIXED, SAME: SAME, UNLIKE: UNLIKE}
TURNED = {OPENED: CLOSED, CLOSED: OPENED, STAYS: STAYS}
BACK = {NEW: GONE, GONE: NEW, CHANGED: CHANGED, MOVED: MOVED}


def of(old: Any, new: Any) -> Amendment:
    """The amendment, of versions that can be read."""
    try:
        return amendment(old, new)
    except Unreadable:
        assume(False)
        raise


@FEW
@given(st.data())
def test_what_is_written_otherwise_is_no_change(data: st.DataObject) -> None:
    """Of itself, too: then no finding has moved either."""
    catalogue = data.draw(catalogues())
    itself = of(catalogue, catalogue)
    assert itself.empty
    assert (itself.targets, itself.findings) == ((), ())
    files = data.draw(rewritten(catalogue))
    found = diff(version({"a.yaml": to_yaml(catalogue)}), version(files), AS_OF)
    assert (found.clauses, found.targets, found.standings, found.renamed) == ((), (), (), ())
    assert {change.change for change in found.findings} <= {MOVED}


@FEW
@given(amendments())
def test_backwards_is_the_mirror_image(pair: tuple[Any, Any]) -> None:
    there, back = of(*pair), of(*reversed(pair))
    assert {(c.subjects, c.field, c.before, c.after) for c in there.clauses} == {
        (c.subjects, c.field, c.after, c.before) for c in back.clauses
    }
    assert _targets(there, mirrored=False) == _targets(back, mirrored=True)
    assert _standings(there, mirrored=False) == _standings(back, mirrored=True)
    assert sorted(c.change for c in there.findings) == sorted(BACK[c.change] for c in back.findings)
    assert [(m.before, m.after) for m in there.money] == [(m.after, m.before) for m in back.money]
    for target in there.targets:
        event(target.change)


def _targets(found: Amendment, mirrored: bool) -> set[tuple[object, ...]]:
    told: set[tuple[object, ...]] = set()
    for t in found.targets:
        sides = (t.before, t.after, t.tighter and t.tighter.share, t.looser and t.looser.share)
        one = (*reversed(sides[:2]), *reversed(sides[2:])) if mirrored else sides
        told.add((t.agreement, t.metric, t.priority, MIRRORED[t.change] if mirrored else t.change, *one))
    return told


def _standings(found: Amendment, mirrored: bool) -> set[tuple[object, ...]]:
    told: set[tuple[object, ...]] = set()
    for s in found.standings:
        sides = tuple(side and (side.verdict, side.supported) for side in (s.before, s.after))
        turn, sides = (TURNED[s.turn], sides[::-1]) if mirrored else (s.turn, sides)
        told.add((s.agreement, s.metric, s.priority, s.alternative, turn, *sides))
    return told


@FEW
@given(amendments())
def test_all_elements_together_make_the_new_catalogue_and_no_mover_can_be_left_out(pair: tuple[Any, Any]) -> None:
    old, new = (Study.of(load({"a.yaml": dumped(one).encode()}), AS_OF) for one in pair)
    of(*pair)
    told = Teller(old.catalogue, new.catalogue).changes(differing(old.catalogue, new.catalogue))
    paths = {(change.section, subject, *change.field): change for change in told for subject in change.subjects}
    tracer = Tracer(old, new, paths)
    before = {verdict.promise.key: outcome_of(verdict) for verdict in old.verdicts}
    for verdict in new.verdicts:
        key = verdict.promise.key
        if key in before:
            elements = tracer.elements(key)
            everything = NOTHING.union(*(element.keys for element in elements))
            assert tracer.outcome(key, NOTHING) == before[key]
            assert tracer.outcome(key, everything) == outcome_of(verdict)
            if support(before[key]) != support(outcome_of(verdict)):
                needed = [element.keys for element in tracer.least(key, elements, support)]
                event(f"{len(needed)} moved it")
                together = NOTHING.union(*needed)
                assert support(tracer.outcome(key, together)) == support(outcome_of(verdict))
                assert all(support(tracer.outcome(key, together - one)) != support(outcome_of(verdict)) for one in needed)


@settings(max_examples=max(5, settings().max_examples // 10))
@given(compared.in_force())
def test_tightened_and_loosened_are_what_minute_by_minute_comes_to(catalogue: dict[str, Any]) -> None:
    """The second of two agreements is amended into the first, and both are followed with the oracle's clocks."""
    agreements = catalogue["agreements"]
    old, new = (version({"a.yaml": to_yaml({**catalogue, "agreements": {"x": agreements[name]}})}) for name in "ba")
    try:
        found = diff(old, new, compared.AS_OF)
    except Unreadable:
        pytest.skip("not as written")
    naive = compared.Naive(catalogue)
    for target in found.targets:
        if target.kind == TIME and target.change in (TIGHTENED, LOOSENED, MIXED, SAME):
            expected = naive.expected(target.metric, target.priority)
            event(target.change)
            assert target.change == {(False, True): TIGHTENED, (True, False): LOOSENED, (True, True): MIXED}.get(
                (expected.a_later, expected.b_later), SAME
            )
            if target.looser:
                assert (target.looser.share or 0) == expected.share
