"""An amendment as JSON (`slachain-diff/1`)."""

from __future__ import annotations

from typing import Any

from slachain.decisions.amendment import (
    ADDED,
    CHANGED,
    CLOSED,
    FORMAT,
    GONE,
    LOOSENED,
    MIXED,
    MOVED,
    NEW,
    OPENED,
    SAME,
    TIGHTENED,
    UNLIKE,
    WITHDRAWN,
    Amendment,
    ClauseChange,
    Mover,
    StandingChange,
)
from slachain.decisions.data import as_data
from slachain.render.amendment.clause_words import field_words
from slachain.render.amendment.words import verdict_sentence
from slachain.render.json import dump

KINDS = (TIGHTENED, LOOSENED, MIXED, SAME, ADDED, WITHDRAWN, UNLIKE)


def amendment_json(found: Amendment) -> str:
    """The whole of it, indented, with a final newline."""
    return dump(amendment_data(found))


def amendment_data(found: Amendment) -> dict[str, Any]:
    """Plain lists, maps, texts and numbers."""
    return {
        "format": FORMAT,
        "as_of": found.as_of.isoformat(),
        "old": found.old,
        "new": found.new,
        "verdict": {
            "says": verdict_sentence(found),
            "changes_nothing": found.empty,
            "opens_a_gap": found.opens_a_gap,
            "gaps": {turn: len(found.turned(turn)) for turn in (OPENED, CLOSED)},
            "promises": {kind: found.count(kind) for kind in KINDS},
            "commitments": {kind: found.count(kind, promise=False) for kind in KINDS},
            "findings": {kind: len(found.told(kind)) for kind in (NEW, GONE, CHANGED, MOVED)},
            "judged": {"from": found.promises[0], "to": found.promises[1]},
        },
        "money": as_data(found.money),
        "renamed": [{"from": old, "to": new} for old, new in found.renamed],
        "clauses": [_clause(change) for change in found.clauses],
        "targets": as_data(found.targets),
        "standings": [_standing(change) for change in found.standings],
        "findings": as_data(found.findings),
    }


def _clause(change: ClauseChange) -> dict[str, Any]:
    return {**as_data(change), "field": field_words(change.field)}


def _standing(change: StandingChange) -> dict[str, Any]:
    return {**as_data(change), "turned_by": [_mover(one) for one in change.turned_by], "movers": [_mover(one) for one in change.movers]}


def _mover(mover: Mover) -> dict[str, Any]:
    return {**as_data(mover), "changes": [_clause(one) for one in mover.changes]}
