"""A hundred per cent is promised.

## What
A promise says 100% outright: as its attainment, its availability or another percentage of which more is better.

## Why
Nothing is kept always. One late ticket, one second of downtime breaks it, and no chain of commitments can support it; a figure
that is meant to be missed is no promise.

## Breaks
```yaml
agreements:
  acme: {kind: sla, provider: desk, customer: acme, calendar: 24x7, targets: {resolution: {P1: {within: 4h, attainment: 100%}}}, relies_on: [tier2]}
  tier2: {kind: ola, provider: engineering, customer: desk, calendar: 24x7, targets: {resolution: {P1: 3h}}}
```

## Holds
```yaml
agreements:
  acme: {kind: sla, provider: desk, customer: acme, calendar: 24x7, targets: {resolution: {P1: {within: 4h, attainment: 99%}}}, relies_on: [tier2]}
  tier2: {kind: ola, provider: engineering, customer: desk, calendar: 24x7, targets: {resolution: {P1: 3h}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from slachain.checks.alike import where
from slachain.checks.scope import time_targets
from slachain.language.findings import Finding, Severity
from slachain.language.model import Agreement, AmountTarget, Written
from slachain.language.scalars import Money
from slachain.study import Study

CODE, SLUG, SEVERITY = "SC801", "promises-100-percent", Severity.WARNING


ROOM = {
    "a single late ticket": "promise a share that leaves room: 99% may miss one ticket in a hundred",
    "a second of downtime": "promise a share that leaves room: 99.9% of a month of 30 days leaves 43m",
    "a single exception": "promise a share that leaves room for some",
}
TICKET, SECOND, EXCEPTION = ROOM

Percentage = tuple[str, str, Written[Fraction] | Written[Money], str]


def check(study: Study) -> Iterator[Finding]:
    """Every percentage of a promise that is written as 100%."""
    for agreement in where(study, lambda agreement: any(written.value == 1 for _, _, written, _ in _percentages(study, agreement))):
        for metric, priority, written, breaks in _percentages(study, agreement) if agreement.promises else ():
            if written.value == 1:
                message = f"{written.text} promised: {breaks} breaks it"
                yield Finding(CODE, message, written.at, agreement.id, metric, priority, help=ROOM[breaks])


def _percentages(study: Study, agreement: Agreement) -> Iterator[Percentage]:
    """Metric, priority and percentage of each target that has one, and what is too much for 100% of it."""
    for metric, priority, target in time_targets(agreement):
        if target.attainment:
            yield metric, priority, target.attainment, TICKET
    for metric, by_priority in agreement.targets.items():
        known = study.catalogue.metrics[metric]
        for priority, amount in by_priority.items():
            if isinstance(amount, AmountTarget) and (known.type, known.better) == ("percent", "higher"):
                yield metric, priority, amount.bound, SECOND if known.chain == "product" else EXCEPTION
