"""Random catalogues judged by the package and by an oracle that shares no code with it: the same numbers, or one is wrong."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import count, pairwise
from typing import Any

from hypothesis import assume, event, given, settings

from slachain.analysis.verdicts import Verdict
from slachain.clocks.curves import BEYOND
from slachain.language.loader import load
from slachain.language.scalars import BusinessDays
from slachain.study import Study
from tests import catalogues, oracle

Row = dict[str, Any]


def judged(catalogue: dict[str, Any]) -> tuple[dict[tuple[Any, ...], Verdict], dict[tuple[Any, ...], Row]]:
    text = catalogues.to_yaml(catalogue)
    read = load({"a.yaml": text.encode()})
    assert not read.findings
    study = Study.of(read, catalogues.AS_OF)
    assert not study.not_checked
    ours = {_key(v): v for v in study.verdicts}
    theirs = {(r["agreement"], r["metric"], r["priority"], r["alternative"]): r for r in oracle.judge(catalogue, catalogues.AS_OF)}
    assert set(ours) == set(theirs)
    known = {key: row for key, row in theirs.items() if row["verdict"] is not None}
    return {key: ours[key] for key in known}, known


def _key(verdict: Verdict) -> tuple[Any, ...]:
    promise = verdict.promise
    return promise.agreement.id, promise.metric.id, promise.priority, promise.alternative


def _supported(verdict: Verdict) -> Any:
    if verdict.supported is None:
        return None
    if verdict.supported.bound is None:
        return "never"
    days = isinstance(verdict.promise.target.within.value, BusinessDays)
    return ("bd", verdict.supported.bound) if days else verdict.supported.bound


@given(catalogues.catalogues())
def test_verdicts_and_their_numbers(catalogue: dict[str, Any]) -> None:
    ours, theirs = judged(catalogue)
    for key, row in theirs.items():
        verdict = ours[key]
        event(f"{verdict.verdict} {verdict.cause}")
        assert _supported(verdict) == row["supported"], key
        assert verdict.exposure == row["exposure"], key
        assert verdict.assured == row["assured"], key
        assert verdict.verdict == row["verdict"], key
        assert verdict.verdict == "holds" or verdict.cause in {row["cause"], *row["causes"]}, key
        assert (verdict.horizon.start, verdict.horizon.end) == tuple(int(t) for t in row["horizon"]), key


def _fewest_days(asked: tuple[dict[str, Any], date, str, str, str, int | None], opened: Fraction, done: Fraction) -> int:
    """The least number of business days, from one on, that are enough for a ticket."""
    return next(n for n in count(1) if (due := oracle.due_c(*asked, opened, n)) == "never" or done <= Fraction(due))


@settings(max_examples=settings().max_examples // 2)
@given(catalogues.catalogues())
def test_whoever_recomputes_the_worst_instant_gets_that_reading(catalogue: dict[str, Any]) -> None:
    ours, _ = judged(catalogue)
    replayed = 0
    for (agreement, metric, priority, alternative), verdict in ours.items():
        case, worst = verdict.case, verdict.supported
        if case is None or worst is None:
            continue
        replayed += 1
        asked = (catalogue, catalogues.AS_OF, agreement, metric, priority, alternative)
        opened = Fraction(case.opened, 2)
        done = oracle.done(*asked, opened)
        if case.done >= BEYOND:
            assert done == "never"
            continue
        if verdict.priority_below is not None:
            continue
        assert isinstance(done, Fraction)
        assert worst.bound is not None
        # of commitments judged each by itself that are equally bad the first is shown, which need not be the last to be done
        assert done == Fraction(case.done, 2) if verdict.promise.metric.chain == "elapsed" else done >= Fraction(case.done, 2)
        if isinstance(verdict.promise.target.within.value, BusinessDays):
            assert _fewest_days(asked, opened, Fraction(case.done, 2)) == _fewest_days(asked, opened, done) == worst.bound
            continue
        reading = oracle.read(*asked, opened)
        assert isinstance(reading, Fraction)
        assert (reading == worst.bound) if worst.attained else (worst.bound - 1 <= reading < worst.bound)
    assume(replayed > 0)


@settings(max_examples=settings().max_examples // 2)
@given(catalogues.catalogues())
def test_steps_follow_one_another_and_end_where_the_case_does(catalogue: dict[str, Any]) -> None:
    ours, _ = judged(catalogue)
    for verdict in ours.values():
        if verdict.case is None:
            continue
        steps = verdict.case.steps
        assert steps[0].start == verdict.case.opened
        assert steps[-1].to == verdict.case.done
        assert all(a.to == b.start for a, b in pairwise(steps))
