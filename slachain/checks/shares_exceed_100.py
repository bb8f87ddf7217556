"""The shares of a list are more than all tickets.

## What
The shares of the items that concern a metric add up to more than 100%, or to exactly 100% beside an item that has none.

## Why
Tickets would be counted twice, and what is assured would be wrong; nothing is left for an item without a share.

## Breaks
```yaml
agreements:
  desk:
    kind: ola
    provider: desk
    customer: company
    calendar: 24x7
    targets: {resolution: 1h}
    relies_on: [{agreement: tier2, share: 70%}, {agreement: vendor, share: 40%}]
  tier2: {kind: ola, provider: engineering, customer: desk, calendar: 24x7, targets: {resolution: 1h}}
  vendor: {kind: uc, provider: vendor, customer: desk, calendar: 24x7, targets: {resolution: 1h}}
```

## Holds
```yaml
agreements:
  desk:
    kind: ola
    provider: desk
    customer: company
    calendar: 24x7
    targets: {resolution: 1h}
    relies_on: [{agreement: tier2, share: 70%}, {agreement: vendor, share: 30%}]
  tier2: {kind: ola, provider: engineering, customer: desk, calendar: 24x7, targets: {resolution: 1h}}
  vendor: {kind: uc, provider: vendor, customer: desk, calendar: 24x7, targets: {resolution: 1h}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from slachain.analysis.routes import Onward
from slachain.language.findings import Finding, Note, Severity
from slachain.language.scalars import write_percentage
from slachain.language.source import Span
from slachain.study import Study

CODE, SLUG, SEVERITY = "SC106", "shares-exceed-100", Severity.ERROR


def check(study: Study) -> Iterator[Finding]:
    """Each list once for each set of items that a metric concerns."""
    for agreement in study.catalogue.agreements.values():
        told: set[tuple[Span, ...]] = set()
        for metric in study.catalogue.metrics if any(item.share for item in agreement.relies_on) else ():
            onward = study.routes.onward(agreement.id, metric)
            items = tuple(item.at for item in onward.items)
            if onward.excessive and items not in told:
                told.add(items)
                yield _finding(agreement.id, onward)


def _finding(agreement: str, onward: Onward) -> Finding:
    shares = [item.share for item in onward.items if item.share]
    total = write_percentage(onward.shared, 6)
    message = f"the shares add up to {total}" + ("" if onward.shared > 1 else ", and an item beside them has none")
    notes = [Note("with this share", share.at) for share in shares[:-1]]
    notes += [Note("this item has no share", item.at) for item in onward.open_items if onward.shared == 1]
    return Finding(CODE, message, shares[-1].at, agreement, because=tuple(notes))
