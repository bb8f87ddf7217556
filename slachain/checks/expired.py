"""An agreement's term is over.

## What
The last day of its term lies before the day of the check. A promise that has ended is not judged, and has no row.

## Why
It is listed so that nobody takes silence for a verdict.

## Breaks
```yaml
agreements:
  desk: {kind: ola, provider: desk, customer: company, calendar: 24x7, term: {until: 2025-12-31}}
```

## Holds
```yaml
agreements:
  desk: {kind: ola, provider: desk, customer: company, calendar: 24x7, term: {until: 2026-12-31}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from slachain.analysis.promises import expired
from slachain.language.findings import Finding, Severity
from slachain.study import Study

CODE, SLUG, SEVERITY = "SC504", "expired", Severity.INFO


def check(study: Study) -> Iterator[Finding]:
    """Every agreement whose term has ended."""
    for agreement in study.catalogue.agreements.values():
        closes = agreement.term.closes
        if closes and expired(agreement, study.as_of):
            what = ": its promises are not judged" if agreement.promises else ""
            yield Finding(CODE, f"{agreement.id} ended on {closes.text}{what}", closes.at, agreement.id)
