"""Promises that are alike: judged once, told each with its own names and places, whichever is asked about first."""

from __future__ import annotations

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from slachain.analysis.verdicts import Verdict
from slachain.decisions.data import as_data
from slachain.decisions.judging import judged
from slachain.decisions.promise_lines import PromiseLines, promise_line
from slachain.language.loader import load
from slachain.language.values import replace
from slachain.study import Study
from tests import catalogues, catalogues_amounts


def twins(raw: catalogues.Raw) -> catalogues.Raw:
    """The catalogue with a twin of each agreement beside it: the same words under another name."""
    return {**raw, "agreements": raw["agreements"] | {f"{id}-twin": body for id, body in raw["agreements"].items()}}


def told(verdict: Verdict) -> tuple[object, ...]:
    """All that a verdict says, its ticket followed."""
    return replace(verdict, ticket=None), verdict.case, verdict.latest_safe


@settings(max_examples=12)
@given(catalogues.catalogues(), st.randoms(use_true_random=False))
def test_in_any_order_each_is_told_as_if_it_were_alone(raw: catalogues.Raw, random: Random) -> None:
    read = load({"a.yaml": catalogues.to_yaml(twins(raw)).encode()})
    together = Study.of(read, catalogues.AS_OF)
    promises = random.sample(together.promises, len(together.promises))
    verdicts = [together.verdict(promise) for promise in promises]
    lines = PromiseLines(together)
    for mine in random.sample(verdicts, len(verdicts)):
        if mine is not None:
            alone = Study.of(read, catalogues.AS_OF)
            by_itself = alone.verdict(mine.promise)
            assert by_itself is not None
            assert told(mine) == told(by_itself)
            assert as_data(lines.of(mine, fixes=False)) == as_data(promise_line(alone, mine, fixes=False))


@settings(max_examples=12)
@given(catalogues_amounts.catalogues_of_amounts(), st.randoms(use_true_random=False))
def test_amounts_too(raw: catalogues.Raw, random: Random) -> None:
    read = load({"a.yaml": catalogues.to_yaml(twins(raw)).encode()})
    together = Study.of(read, catalogues_amounts.AS_OF)
    for promise in random.sample(together.amounts, len(together.amounts)):
        assert together.amount_verdict(promise) == Study.of(read, catalogues_amounts.AS_OF).amount_verdict(promise)


@settings(max_examples=12)
@given(st.one_of(catalogues.catalogues(), catalogues_amounts.catalogues_of_amounts()))
def test_all_verdicts_together_are_those_that_each_has_by_itself(raw: catalogues.Raw) -> None:
    read = load({"a.yaml": catalogues.to_yaml(twins(raw)).encode()})
    together, alone = Study.of(read, catalogues.AS_OF), Study.of(read, catalogues.AS_OF)
    times = [verdict for promise in alone.promises if (verdict := alone.verdict(promise))]
    amounts = [found for amount in alone.amounts if (found := alone.amount_verdict(amount))]
    judged(together)
    assert list(map(told, together.verdicts)) == list(map(told, times))
    assert list(together.amount_verdicts) == amounts
    in_order = sorted([*(verdict.promise.key for verdict in times), *(verdict.promise.key for verdict in amounts)])
    assert [verdict.promise.key for verdict in together.all_verdicts] == in_order
    for of_one in (together.verdicts, together.amount_verdicts):
        assert len({verdict.promise.key for verdict in of_one}) == len(of_one)
