"""Amounts of different units or periods cannot be compared.

## What
A promise and a commitment below it give the same metric in different currencies, or per different periods.

## Why
120 a month may all fall into one week of a quarter: neither number says whether the other is kept.

## Breaks
```yaml
metrics:
  leads: {type: count, unit: leads, better: higher, chain: supply}
agreements:
  sales: {kind: sla, provider: marketing, customer: sales, calendar: 24x7, targets: {leads: {at_least: 100, per: month}}, relies_on: [agency]}
  agency: {kind: uc, provider: agency, customer: marketing, calendar: 24x7, targets: {leads: {at_least: 400, per: quarter}}}
```

## Holds
```yaml
metrics:
  leads: {type: count, unit: leads, better: higher, chain: supply}
agreements:
  sales: {kind: sla, provider: marketing, customer: sales, calendar: 24x7, targets: {leads: {at_least: 100, per: month}}, relies_on: [agency]}
  agency: {kind: uc, provider: agency, customer: marketing, calendar: 24x7, targets: {leads: {at_least: 130, per: month}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from slachain.analysis.amounts import unit_of
from slachain.language.findings import Finding, Note, Severity
from slachain.language.model import Agreement, AmountTarget
from slachain.study import Study

CODE, SLUG, SEVERITY = "SC107", "unit-mismatch", Severity.ERROR


def check(study: Study) -> Iterator[Finding]:
    """Every commitment below a promise of an amount that is told in another unit or per another period."""
    for agreement in study.catalogue.agreements.values():
        if agreement.promises and agreement.id not in study.graph.circular:
            for metric, targets in agreement.targets.items():
                if (known := study.catalogue.metrics[metric]).type != "time" and known.chain != "product":
                    for priority, target in targets.items():
                        if isinstance(target, AmountTarget):
                            yield from _mismatches(study, agreement, metric, priority, target)


def _mismatches(study: Study, agreement: Agreement, metric: str, priority: str, promise: AmountTarget) -> Iterator[Finding]:
    own = {unit_of(target) for target in agreement.targets[metric].values() if isinstance(target, AmountTarget)}
    for below in study.targets_below(agreement.id, metric):
        for target in below.targets[metric].values():
            if isinstance(target, AmountTarget) and unit_of(target) not in own:
                message = f"{_told(promise)} promised, {_told(target)} committed: these cannot be compared"
                note = Note(f"{below.id} commits to {_told(target)}", target.bound.at)
                yield Finding(CODE, message, promise.bound.at, agreement.id, metric, priority, (note,))


def _told(target: AmountTarget) -> str:
    return f"{target.bound.text} per {target.period}"
