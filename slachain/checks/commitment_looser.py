"""A commitment is looser than the promise that rests on it.

## What
A single commitment or hand-over on the worst path is, on the customer's own clock, already more than what is promised.

## Why
Whoever keeps that commitment to the letter breaks the promise. No hand-over can make up for it.

## Breaks
```yaml
agreements:
  acme: {kind: sla, provider: desk, customer: acme, calendar: 24x7, targets: {resolution: {P1: 4h}}, relies_on: [tier2]}
  tier2: {kind: ola, provider: engineering, customer: desk, calendar: 24x7, targets: {resolution: {P1: 8h}}}
```

## Holds
```yaml
agreements:
  acme: {kind: sla, provider: desk, customer: acme, calendar: 24x7, targets: {resolution: {P1: 8h}}, relies_on: [tier2]}
  tier2: {kind: ola, provider: engineering, customer: desk, calendar: 24x7, targets: {resolution: {P1: 4h}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from slachain.checks.wording import finding, of_cause, possible, promised
from slachain.language.findings import Finding, Severity
from slachain.study import Study

CODE, SLUG, SEVERITY = "SC201", "commitment-looser", Severity.ERROR


def check(study: Study) -> Iterator[Finding]:
    """Gaps of cause `commitment`."""
    for verdict in of_cause(study, "commitment"):
        message = f"{promised(study, verdict)}, {possible(verdict)} possible: a commitment below is looser"
        yield finding(study, CODE, verdict, message, help="tighten the commitment, or promise what it allows")
