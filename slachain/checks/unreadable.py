"""A file cannot be read as it is written.

## What
The file is not YAML, not UTF-8, not a mapping, empty, holds a second document, or has a key twice.

## Why
What cannot be read cannot be checked, and of two equal keys YAML would silently drop one. Everything else in the
catalogue is still read and checked.

## Breaks
```yaml
agreements:
  desk: {kind: ola, provider: desk, customer: company, calendar: 24x7}
  desk: {kind: ola, provider: desk, customer: company, calendar: 24x7}
```

## Holds
```yaml
agreements:
  desk: {kind: ola, provider: desk, customer: company, calendar: 24x7}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from slachain.language.findings import Finding, Severity
from slachain.study import Study

CODE, SLUG, SEVERITY = "SC101", "unreadable", Severity.ERROR


def check(study: Study) -> Iterator[Finding]:
    """As the files were read."""
    yield from study.catalogue.reported(CODE)
