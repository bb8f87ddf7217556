"""The set of options that is bought is the one that trying every subset finds best."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from random import Random

import pytest

from slachain.decisions.repair import Repairer
from slachain.language.loader import load
from slachain.language.scalars import Money
from slachain.study import Study
from tests import catalogues
from tests.priced import Enumeration, Tried, additive, small, with_prices

AS_OF = date(2026, 1, 1)


def bought(repairer: Repairer, chosen: frozenset[int]) -> tuple[Fraction, int]:
    return sum((repairer.priced[n].cost for n in chosen), Fraction(0)), len(chosen)


@pytest.mark.parametrize("sums", [False, True])
@pytest.mark.parametrize("seed", range(12))
def test_nothing_cheaper_keeps_the_promises(seed: int, sums: bool) -> None:
    """Of any catalogue, and of one that is short by a sum of small amounts."""
    rng = Random(seed)
    raw = additive(rng) if sums else with_prices(small(rng), rng, 5, AS_OF)
    read = load({"a.yaml": catalogues.to_yaml(raw).encode()})
    assert not read.findings
    every = Enumeration(read, AS_OF)
    best = every.cheapest()
    repairer = Repairer(Study.of(read, AS_OF))
    answer = repairer.answer()
    assert (answer.chosen is None) == (best is None)
    if best is not None and answer.chosen is not None:
        assert bought(repairer, answer.chosen) == (best.cost, len(best.names))
    budget = Money(Fraction(rng.randint(0, 4)), "EUR", "month")
    within = Repairer(Study.of(read, AS_OF), budget=budget)
    chosen = within.answer().chosen
    assert chosen is not None
    most = every.most(budget.amount)

    def measure(tried: Tried) -> tuple[int, int, Fraction]:
        return every.left(tried, ()), every.broken(tried, ()), tried.cost

    mine = next(t for t in every.tried if t.names == tuple(sorted(within.priced[n].key for n in chosen)))
    assert measure(mine) == measure(most)
