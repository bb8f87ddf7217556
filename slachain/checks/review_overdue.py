"""Nobody has looked at an agreement for longer than was agreed.

## What
The last review and the interval of `review` come to a day before that of the check.

## Why
Teams, hours and vendors change without a word to the agreement. A review is when somebody notices.

## Breaks
```yaml
agreements:
  desk: {kind: ola, provider: desk, customer: company, calendar: 24x7, review: {every: 6 months, last: 2025-03-31}}
```

## Holds
```yaml
agreements:
  desk: {kind: ola, provider: desk, customer: company, calendar: 24x7, review: {every: 6 months, last: 2025-09-30}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from slachain.analysis.terms import next_review
from slachain.checks.scope import current
from slachain.language.findings import Finding, Note, Severity
from slachain.study import Study

CODE, SLUG, SEVERITY = "SC503", "review-overdue", Severity.WARNING


def check(study: Study) -> Iterator[Finding]:
    """Every agreement whose next review lies before the day of the check."""
    for agreement in current(study):
        review = agreement.review
        due = next_review(review) if review else None
        if review and review.last and review.every and due and due < study.as_of:
            message = f"{agreement.id} was last reviewed on {review.last.text}, and was due again on {due}"
            notes = (Note(f"every {review.every.text}", review.every.at),)
            yield Finding(CODE, message, review.last.at, agreement.id, because=notes, help="review it, and write down the day")
