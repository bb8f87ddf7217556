"""An id is defined twice.

## What
The same id stands twice among the agreements and plans, or twice among the calendars, metrics or teams, of all files together.

## Why
References would mean one or the other by the order of the files. Only the first is read.

## Breaks
```yaml
plans:
  gold: {calendar: 24x7}
agreements:
  gold: {kind: ola, provider: desk, customer: company, calendar: 24x7}
```

## Holds
```yaml
plans:
  gold: {calendar: 24x7}
agreements:
  acme-gold: {extends: gold, kind: ola, provider: desk, customer: company}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from slachain.language.findings import Finding, Severity
from slachain.study import Study

CODE, SLUG, SEVERITY = "SC103", "duplicate-id", Severity.ERROR


def check(study: Study) -> Iterator[Finding]:
    """As the files were read."""
    yield from study.catalogue.reported(CODE)
