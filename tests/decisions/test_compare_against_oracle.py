"""Random agreements compared by the package and minute by minute: the same verdicts, shares and downtimes, and true counterexamples."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hypothesis import assume, event, given, settings

from slachain.decisions.comparison import LOOSER, MIXED, ONLY_A, ONLY_B, TIME, Row, verdict_of
from tests.catalogues import to_yaml
from tests.compared import Expected, Naive, answer, compared, downtimes, in_force, only, several
from tests.oracle import ENDED

FEWER = settings().max_examples // 2


@settings(max_examples=FEWER)
@given(in_force())
def test_no_minute_contradicts_a_verdict_and_each_ticket_is_a_true_counterexample(catalogue: dict[str, Any]) -> None:
    """Nor is anything said to be later that is not, at some minute: all clocks bend at quarters of an hour only."""
    naive, found = Naive(catalogue), compared(to_yaml(catalogue))
    assert found.days == naive.days()
    for row in found.rows:
        if row.kind == TIME and row.verdict not in (ONLY_A, ONLY_B):
            expected = naive.expected(row.metric, row.priority.a or "*")
            event(row.verdict)
            assert row.verdict == verdict_of(expected.a_later, expected.b_later), row
            assert (row.share or 0) == expected.share, row
            assert (row.ticket is None) == (expected.most == 0)
            if row.ticket:
                is_true_and_the_worst(naive, row, expected)


def is_true_and_the_worst(naive: Naive, row: Row, expected: Expected) -> None:
    """The ticket told of a row, followed with the oracle's clocks."""
    assert row.ticket is not None
    opened = Fraction(row.ticket.opened.tick, 2)
    ours, theirs = (answer(naive.alternatives(name, row.metric, row.priority.a or "*"), opened) for name in "ab")
    for one, due in ((ours, row.ticket.a.due), (theirs, row.ticket.b.due)):
        assert (None if due is None else Fraction(due.tick, 2)) == (one[0] if one and one[0] < ENDED else None)
    assert theirs is not None
    assert ours is None or ours[0] > theirs[0]
    if ours is None or ours[0] == ENDED:
        event("never due in A")
        assert row.ticket.later is None
        assert expected.most == ENDED
    else:
        assert expected.most <= ours[0] - theirs[0] < expected.most + 60


@settings(max_examples=FEWER)
@given(several(2, lasting=True, available=True))
def test_availability_period_by_period(catalogue: dict[str, Any]) -> None:
    row = only(compared(to_yaml(catalogue)), "availability", "*")
    here, there = list(downtimes(catalogue, "a", "b")), list(downtimes(catalogue, "b", "a"))
    worse = [one - other for one, other in here if one > other]
    event(row.verdict)
    assume(here and there)
    assert row.verdict == verdict_of(bool(worse), any(one > other for one, other in there))
    assert (row.downtime is None) == (row.verdict not in (LOOSER, MIXED))
    if row.downtime:
        assert (row.downtime.more, row.downtime.periods) == (len(worse), len(here))
        assert Fraction(row.downtime.a.amount or 0) - Fraction(row.downtime.b.amount or 0) == max(worse)
