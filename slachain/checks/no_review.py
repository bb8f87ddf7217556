"""Nobody has to look at an agreement again.

## What
An agreement without `review`, or with one that names no interval.

## Why
What nobody looks at drifts away from what is done. Put a date on it.

## Breaks
```yaml
agreements:
  desk: {kind: ola, provider: desk, customer: company, calendar: 24x7}
```

## Holds
```yaml
agreements:
  desk: {kind: ola, provider: desk, customer: company, calendar: 24x7, review: {every: 6 months, last: 2025-12-01}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from slachain.checks.scope import current, lacks
from slachain.language.findings import Finding, Severity
from slachain.study import Study

CODE, SLUG, SEVERITY = "SC804", "no-review", Severity.INFO


def check(study: Study) -> Iterator[Finding]:
    """Every agreement that names no interval of reviews."""
    for agreement in current(study):
        review = agreement.review
        if lacks(agreement, "review") or (review and not review.every and "review" not in agreement.broken):
            at = review.last.at if review and review.last else agreement.at
            message = f"{agreement.id} does not say how often it is reviewed"
            yield Finding(CODE, message, at, agreement.id, help=f"add review: {{every: 1 year, last: {study.as_of}}}")
