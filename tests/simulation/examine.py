"""A whole catalogue on trial: every verdict of the package looked at by the simulation."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np

from slachain.language.loader import load
from slachain.study import Study
from tests.catalogues import to_yaml
from tests.simulation.outages import Outages
from tests.simulation.times import Trial, cell_of
from tests.simulation.wall import Sight


@dataclass(frozen=True)
class Outcome:
    """What was found of one catalogue: breaches, each with the promise that it is about, and how much was looked at."""

    breaches: tuple[str, ...]
    seen: Counter[str] = field(default_factory=Counter)


def study_of(catalogue: dict[str, Any], as_of: date) -> Study:
    """What the package finds of a well-formed catalogue."""
    read = load({"a.yaml": to_yaml(catalogue).encode()})
    assert not read.findings, read.findings
    return Study.of(read, as_of)


def times(study: Study, chance: np.random.Generator) -> Outcome:
    """Every promise of a time on trial."""
    seen: Counter[str] = Counter()
    sights: dict[tuple[int, int], Sight] = {}
    cell = cell_of(study.catalogue)
    breaches = []
    for verdict in study.verdicts:
        trial = Trial(study.catalogue, verdict, study.as_of, sights, cell, chance, seen)
        breaches += [f"{verdict.promise.key} ({verdict.verdict}): {breach}" for breach in trial.breaches()]
    return Outcome(tuple(breaches), seen)


def amounts(study: Study, chance: np.random.Generator) -> Outcome:
    """Every promise of an availability on trial."""
    seen: Counter[str] = Counter()
    sights: dict[tuple[int, int], Sight] = {}
    breaches = []
    for verdict in study.amount_verdicts:
        if verdict.promise.metric.chain == "product":
            seen[f"availability {verdict.verdict}"] += 1
            trial = Outages(study.catalogue, verdict, study.as_of, chance, seen, sights)
            breaches += [f"{verdict.promise.key} ({verdict.verdict}): {breach}" for breach in trial.breaches()]
    return Outcome(tuple(breaches), seen)
