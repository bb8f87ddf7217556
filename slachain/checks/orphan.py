"""A commitment that no promise rests on.

## What
An ola or uc that no promise relies on, neither directly nor by way of others.

## Why
Either the promise that needs it does not name it, and is judged without it; or nobody needs it, and it is paid for all the same.

## Breaks
```yaml
agreements:
  acme: {kind: sla, provider: desk, customer: acme, calendar: 24x7, targets: {resolution: {P1: 4h}}, relies_on: [tier2]}
  tier2: {kind: ola, provider: engineering, customer: desk, calendar: 24x7, targets: {resolution: {P1: 3h}}}
  hosting: {kind: uc, provider: vendor, customer: engineering, calendar: 24x7, targets: {resolution: {P1: 1h}}}
```

## Holds
```yaml
agreements:
  acme: {kind: sla, provider: desk, customer: acme, calendar: 24x7, targets: {resolution: {P1: 4h}}, relies_on: [tier2]}
  tier2:
    kind: ola
    provider: engineering
    customer: desk
    calendar: 24x7
    targets: {resolution: {P1: 3h}}
    relies_on: [{agreement: hosting, after: {P1: 1h}}]
  hosting: {kind: uc, provider: vendor, customer: engineering, calendar: 24x7, targets: {resolution: {P1: 1h}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from slachain.checks.scope import current
from slachain.language.findings import Finding, Severity
from slachain.study import Study

CODE, SLUG, SEVERITY = "SC806", "orphan", Severity.INFO


def check(study: Study) -> Iterator[Finding]:
    """Every ola or uc that is no promise itself and below none; with a word of warning where not everything could be read."""
    needed = study.graph.all_below(agreement.id for agreement in current(study) if agreement.promises)
    caveat = ", as far as the catalogue could be read" if study.catalogue.findings else ""
    for agreement in current(study):
        if agreement.id not in needed:
            message = f"no promise relies on {agreement.id}{caveat}"
            help = "name it under 'relies_on' where it is needed, or end it"
            yield Finding(CODE, message, agreement.at, agreement.id, help=help)
