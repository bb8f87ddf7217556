"""Each step is quick enough, and all of them together are not.

## What
The hand-overs and commitments of the worst path add up to more than is promised, though none of them does alone.

## Why
Every team looks at its own number and finds it within the promise; nobody adds them up.

## Breaks
```yaml
agreements:
  acme: {kind: sla, provider: desk, customer: acme, calendar: 24x7, targets: {resolution: {P1: 4h}}, relies_on: [desk]}
  desk: {kind: ola, provider: desk, customer: desk, calendar: 24x7, targets: {resolution: 2h}, relies_on: [tier2]}
  tier2: {kind: ola, provider: engineering, customer: desk, calendar: 24x7, targets: {resolution: 3h}}
```

## Holds
```yaml
agreements:
  acme: {kind: sla, provider: desk, customer: acme, calendar: 24x7, targets: {resolution: {P1: 4h}}, relies_on: [desk]}
  desk:
    kind: ola
    provider: desk
    customer: desk
    calendar: 24x7
    targets: {resolution: 2h}
    relies_on: [{agreement: tier2, after: 30m}]
  tier2: {kind: ola, provider: engineering, customer: desk, calendar: 24x7, targets: {resolution: 3h}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from slachain.checks.wording import finding, of_cause, possible, promised
from slachain.language.findings import Finding, Severity
from slachain.study import Study

CODE, SLUG, SEVERITY = "SC202", "chain-too-slow", Severity.ERROR


def check(study: Study) -> Iterator[Finding]:
    """Gaps of cause `sum`."""
    for verdict in of_cause(study, "sum"):
        message = f"{promised(study, verdict)}, {possible(verdict)} possible: the steps add up"
        yield finding(study, CODE, verdict, message, help="hand over earlier, tighten a commitment, or promise the sum")
