"""Nobody owns an agreement.

## What
An agreement without `owner`.

## Why
Somebody has to notice when it is not kept any more, and to answer when others ask what it means.

## Breaks
```yaml
agreements:
  desk: {kind: ola, provider: desk, customer: company, calendar: 24x7}
```

## Holds
```yaml
agreements:
  desk: {kind: ola, provider: desk, customer: company, calendar: 24x7, owner: head-of-service@example.com}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from slachain.checks.scope import current, lacks
from slachain.language.findings import Finding, Severity
from slachain.study import Study

CODE, SLUG, SEVERITY = "SC805", "no-owner", Severity.INFO


def check(study: Study) -> Iterator[Finding]:
    """Every agreement that names no owner."""
    for agreement in current(study):
        if lacks(agreement, "owner"):
            message = f"{agreement.id} has no owner"
            yield Finding(CODE, message, agreement.at, agreement.id, help="add owner: and whom to ask about it")
