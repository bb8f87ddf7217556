"""Random catalogues of amounts judged by the package and by an oracle that shares no code with it."""

from __future__ import annotations

from typing import Any

from hypothesis import event, given

from slachain.analysis.amounts import AmountVerdict
from slachain.decisions.mend_amounts import AmountMender
from slachain.language.loader import load
from slachain.study import Study
from tests import catalogues, catalogues_amounts, oracle_amounts


def studied(catalogue: dict[str, Any]) -> Study:
    read = load({"a.yaml": catalogues.to_yaml(catalogue).encode()})
    assert not read.findings
    study = Study.of(read, catalogues_amounts.AS_OF)
    assert not study.not_checked
    return study


def _supported(verdict: AmountVerdict) -> Any:
    return "never" if verdict.cause == "missing" else verdict.supported


@given(catalogues_amounts.catalogues_of_amounts())
def test_verdicts_and_what_is_supplied(catalogue: dict[str, Any]) -> None:
    ours = {v.promise.key[:3]: v for v in studied(catalogue).amount_verdicts}
    rows = oracle_amounts.judge_amounts(catalogue, catalogues_amounts.AS_OF)
    theirs = {(r["agreement"], r["metric"], r["priority"]): r for r in rows}
    assert set(ours) == set(theirs)
    for key, row in theirs.items():
        verdict = ours[key]
        event(f"{verdict.promise.metric.chain} {verdict.verdict} {verdict.cause}")
        assert _supported(verdict) == row["supported"], key
        assert (verdict.verdict, verdict.cause) == (row["verdict"], row["cause"]), key
        assert (verdict.horizon.start, verdict.horizon.end) == tuple(int(t) for t in row["horizon"]), key


@given(catalogues_amounts.catalogues_of_amounts())
def test_the_fix_of_a_promise_leaves_the_least(catalogue: dict[str, Any]) -> None:
    """What is told has been judged; the fix of a promise is looser than it was, one of a commitment tighter."""
    study = studied(catalogue)
    for verdict in study.amount_verdicts:
        for fix in AmountMender(study, verdict).fixes():
            assert not verdict.holds
            assert fix.before != fix.after
