"""Something is named that is not there.

## What
An agreement, plan, calendar or metric is referred to by an id that no file defines. The nearest known one is suggested.

## Why
A chain with a link missing proves nothing, so the promises above it are not judged until it is there.

## Breaks
```yaml
agreements:
  acme: {kind: ola, provider: desk, customer: acme, calendar: 24x7, relies_on: [tier-two]}
  tier2: {kind: ola, provider: engineering, customer: desk, calendar: 24x7}
```

## Holds
```yaml
agreements:
  acme: {kind: ola, provider: desk, customer: acme, calendar: 24x7, relies_on: [tier2]}
  tier2: {kind: ola, provider: engineering, customer: desk, calendar: 24x7}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from slachain.language.findings import Finding, Severity
from slachain.study import Study

CODE, SLUG, SEVERITY = "SC104", "unknown-reference", Severity.ERROR


def check(study: Study) -> Iterator[Finding]:
    """As the files were read."""
    yield from study.catalogue.reported(CODE)
