"""A time is promised without saying for how many tickets.

## What
A target of an SLA has no `attainment`. It is taken for 100%: every ticket.

## Why
Few mean every ticket when they sign "within 4 hours". Say the share, and both sides know what a breach is.

## Breaks
```yaml
agreements:
  acme: {kind: sla, provider: desk, customer: acme, calendar: 24x7, targets: {resolution: {P1: 4h}}, relies_on: [tier2]}
  tier2: {kind: ola, provider: engineering, customer: desk, calendar: 24x7, targets: {resolution: {P1: 3h}}}
```

## Holds
```yaml
agreements:
  acme: {kind: sla, provider: desk, customer: acme, calendar: 24x7, targets: {resolution: {P1: {within: 4h, attainment: 95%}}}, relies_on: [tier2]}
  tier2: {kind: ola, provider: engineering, customer: desk, calendar: 24x7, targets: {resolution: {P1: 3h}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from slachain.checks.alike import where
from slachain.checks.scope import time_targets
from slachain.language.findings import Finding, Severity
from slachain.study import Study

CODE, SLUG, SEVERITY = "SC803", "no-attainment", Severity.INFO


def check(study: Study) -> Iterator[Finding]:
    """Every target of a time in an SLA that names no percentage."""
    for agreement in where(study, lambda agreement: any(not target.attainment for *_, target in time_targets(agreement))):
        for metric, priority, target in time_targets(agreement) if agreement.kind.value == "sla" else ():
            if not target.attainment:
                message = f"{target.within.text} promised, and no percentage: for every ticket, 100%"
                help = f"write {{within: {target.within.text}, attainment: 95%}}, or the share that you mean"
                yield Finding(CODE, message, target.within.at, agreement.id, metric, priority, help=help)
