"""What promises of amounts share, held against each worked out by itself."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from slachain.analysis.amounts import AmountJudge, goodness
from slachain.analysis.availability import left
from slachain.analysis.chains import Stop
from slachain.analysis.promises import priorities_of
from slachain.language.loader import load
from slachain.study import Study
from tests import catalogues, catalogues_amounts


@settings(max_examples=40)
@given(catalogues_amounts.catalogues_of_amounts())
def test_priorities_that_nothing_below_tells_apart_are_supplied_alike(raw: catalogues.Raw) -> None:
    study = Study.of(load({"a.yaml": catalogues.to_yaml(raw).encode()}), catalogues_amounts.AS_OF)
    for promise in study.amounts:
        when = study.horizon(promise)
        if when is None or not study.routes.onward(promise.agreement.id, promise.metric.id).items:
            continue
        below = priorities_of(promise.agreement, promise.metric.id, promise.priority, study.routes)
        names = (*below, "told-by-nobody", "nor-this-one")
        judge = AmountJudge(promise, when, names, study.catalogue, study.routes, study.calendars)
        assert set(judge.told_apart()) < set(names)
        every = [judge._of(Stop(promise.agreement.id, promise.metric.id, name, ())) for name in names]
        known = [found.amount for found in every]
        worst = (
            None if None in known else min((amount for amount in known if amount is not None), key=lambda a: goodness(promise.metric, a))
        )
        assert judge.supplied().amount == worst
        assert judge.supplied() in every
        assert every[-1].amount == every[-2].amount


@given(st.fractions(0, 1), st.integers(1, 10**7), st.integers(0, 10**7), st.integers(0, 10**8))
def test_what_is_left_is_all_but_the_outage_and_the_hours_of_the_promise_alone(
    share: Fraction, promised: int, less: int, theirs: int
) -> None:
    both = max(0, promised - less)
    assert left(share, promised, both, theirs) == 1 - (min(Fraction(both), (1 - share) * theirs) + promised - both) / promised
