"""Sixty options at once: what is bought is what adding up minutes by hand, chain by chain, finds cheapest."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import product
from random import Random

import pytest

from slachain.decisions.repair import Repairer
from slachain.language.loader import load
from slachain.language.scalars import Money
from slachain.study import Study
from tests.catalogues import to_yaml

CHAINS = 10
NOW = (60, 60, 120)  # minutes: two hand-overs, and the vendor's own time
FIELDS = ("relies_on[0].after.*", "relies_on[0].after.*", "targets.resolution.*")
SHORTER = ((45, 20), (45, 20), (90, 60))


class Chain:
    """One customer over two teams and a vendor, with six options: two for each of the three times."""

    def __init__(self, rng: Random, number: int) -> None:
        self.limit = rng.choice([150, 170, 185, 200, 230])
        self.costs = [(rng.randint(1, 40) * 100, rng.randint(20, 90) * 100) for _ in NOW]
        self.ids = [f"{kind}{number}" for kind in ("team", "tier", "vendor")]
        self.customer = f"customer{number}"

    def agreements(self) -> dict[str, object]:
        """What is written of it."""
        team, tier, vendor = self.ids
        common = {"provider": "us", "customer": "us", "calendar": "24x7"}
        written: dict[str, dict[str, object]] = {
            self.customer: {**common, "kind": "sla", "targets": {"resolution": f"{self.limit}m"}, "relies_on": [team]},
            team: {**common, "kind": "ola", "relies_on": [{"agreement": tier, "after": "60m", "share": "100%"}]},
            tier: {**common, "kind": "ola", "relies_on": [{"agreement": vendor, "after": "60m", "share": "100%"}]},
            vendor: {**common, "kind": "uc", "targets": {"resolution": "120m"}},
        }
        for id, field, times, costs in zip(self.ids, FIELDS, SHORTER, self.costs, strict=True):
            written[id]["options"] = [
                {"id": f"in-{minutes}", "change": {field: f"{minutes}m"}, "cost": f"{cost} EUR/month"}
                for minutes, cost in zip(times, costs, strict=True)
            ]
        return dict(written)

    def cheapest(self) -> int:
        """The least that brings the three times together under the limit."""
        ways = [[(now, 0), *zip(times, costs, strict=True)] for now, times, costs in zip(NOW, SHORTER, self.costs, strict=True)]
        return min(sum(cost for _, cost in way) for way in product(*ways) if sum(minutes for minutes, _ in way) < self.limit)


def read(seed: int) -> tuple[list[Chain], Study]:
    rng = Random(seed)
    chains = [Chain(rng, number) for number in range(CHAINS)]
    agreements = {id: body for chain in chains for id, body in chain.agreements().items()}
    catalogue = load({"a.yaml": to_yaml({"agreements": agreements}).encode()})
    assert not catalogue.findings
    return chains, Study.of(catalogue, date(2026, 1, 1))


def cost(repairer: Repairer, chosen: frozenset[int]) -> Fraction:
    return sum((repairer.priced[number].cost for number in chosen), Fraction(0))


@pytest.mark.parametrize("seed", range(3))
def test_sixty_options(seed: int) -> None:
    chains, study = read(seed)
    repairer = Repairer(study)
    chosen = repairer.answer().chosen
    assert len(repairer.candidates) == 60
    assert chosen is not None
    assert cost(repairer, chosen) == sum(chain.cheapest() for chain in chains)


def test_most_promises_within_a_budget() -> None:
    """Without money at risk the most promises are kept: the cheapest chains first, as far as the budget goes."""
    chains, study = read(7)
    each = sorted(chain.cheapest() for chain in chains)
    budget = sum(each[:6]) + each[6] // 2
    repairer = Repairer(study, budget=Money(Fraction(budget), "EUR", "month"))
    chosen = repairer.answer().chosen
    assert chosen is not None
    kept = [row for row in repairer.broken if repairer.trials.kept(row, chosen)]
    assert len(kept) == 6 + sum(chain.limit > sum(NOW) for chain in chains)
    assert cost(repairer, chosen) == sum(each[:6])


def test_part_of_it() -> None:
    """For one customer alone only its own chain is paid for."""
    chains, study = read(11)
    repairer = Repairer(study, only=(chains[0].customer,))
    chosen = repairer.answer().chosen
    assert chosen is not None
    assert cost(repairer, chosen) == chains[0].cheapest()
