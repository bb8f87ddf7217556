"""A first answer may come after the problem is solved.

## What
At some instant a response, acknowledge or update target is due no earlier than the resolution or restore target of the same
agreement and priority, each on its own clock.

## Why
One of the two numbers is a slip: nobody needs an acknowledgement within four hours of what is restored within one.

## Breaks
```yaml
agreements:
  desk: {kind: ola, provider: desk, customer: company, calendar: 24x7, targets: {acknowledge: {P1: 4h}, restore: {P1: 1h}}}
```

## Holds
```yaml
agreements:
  desk: {kind: ola, provider: desk, customer: company, calendar: 24x7, targets: {acknowledge: {P1: 15m}, restore: {P1: 1h}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from slachain.analysis.routes import target_for
from slachain.checks.comparing import alternatives_later
from slachain.checks.scope import current
from slachain.language.findings import Finding, Note, Severity
from slachain.language.model import Agreement, TimePromise
from slachain.study import Study

CODE, SLUG, SEVERITY = "SC811", "response-after-resolution", Severity.WARNING


EARLY, LATE = ("response", "acknowledge", "update"), ("resolution", "restore")


def check(study: Study) -> Iterator[Finding]:
    """Every pair of such targets of an agreement and priority."""
    for agreement in current(study):
        for first in EARLY:
            for last in LATE:
                if first in agreement.targets and last in agreement.targets and study.usable(agreement, first, last):
                    yield from _pairs(study, agreement, first, last)


def _pairs(study: Study, agreement: Agreement, first: str, last: str) -> Iterator[Finding]:
    for priority in sorted({*agreement.targets[first], *agreement.targets[last]}):
        early, late = target_for(agreement, first, priority), target_for(agreement, last, priority)
        if isinstance(early, TimePromise) and isinstance(late, TimePromise):
            for one in early.alternatives:
                other = next((o for o in late.alternatives if alternatives_later(study, agreement, one, o, or_equal=True)), None)
                if other is not None:
                    message = (
                        f"{first} within {one.within.text}, {last} within {other.within.text}: at some time the first is due no earlier"
                    )
                    note = Note(f"{last} of {priority}", other.within.at)
                    yield Finding(CODE, message, one.within.at, agreement.id, first, priority, (note,))
