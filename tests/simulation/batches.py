"""Random catalogues by the batch, each batch from a seed of its own, so that what is found can be found again."""

from __future__ import annotations

import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import numpy as np
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.strategies import SearchStrategy

from tests import catalogues, catalogues_amounts
from tests.simulation.examine import Outcome, amounts, study_of, times

BATCH = 50  # catalogues drawn from one seed
AVAILABILITY = 10  # of them


@dataclass
class Batch:
    """What came of the catalogues of one seed."""

    seed: int
    findings: list[str] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)
    drawn: set[str] = field(default_factory=set)

    def try_all(self, drawn: SearchStrategy[dict[str, Any]], number: int, one: Callable[[dict[str, Any]], Outcome]) -> None:
        @seed(self.seed)
        @settings(max_examples=number, database=None, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
        @given(drawn)
        def each(catalogue: dict[str, Any]) -> None:
            text = catalogues.to_yaml(catalogue)
            self.drawn.add(sha256(text.encode()).hexdigest())
            try:
                outcome = one(catalogue)
            except Exception:
                outcome = Outcome((traceback.format_exc(),))
            self.seen.update(outcome.seen)
            self.findings += [f"seed {self.seed}\n{breach}\n\n{text}" for breach in outcome.breaches]

        each()


def batch(number: int) -> Batch:
    """The catalogues of one seed, on trial."""
    made, chance = Batch(number), np.random.default_rng(number)
    made.try_all(catalogues.catalogues(), BATCH - AVAILABILITY, lambda raw: times(study_of(raw, catalogues.AS_OF), chance))
    made.try_all(
        catalogues_amounts.catalogues_of_amounts(), AVAILABILITY, lambda raw: amounts(study_of(raw, catalogues_amounts.AS_OF), chance)
    )
    return made
