"""What is possible is exactly what is promised.

## What
The worst ticket takes the whole of the promised time: nothing breaks, and nothing is left.

## Why
Strictly better is what a chain needs: at equality each delay of a second below is a breach above. `policy: {equal: kept}`
takes equality for kept.

## Breaks
```yaml
agreements:
  acme: {kind: sla, provider: desk, customer: acme, calendar: 24x7, targets: {resolution: {P1: 4h}}, relies_on: [tier2]}
  tier2: {kind: ola, provider: engineering, customer: desk, calendar: 24x7, targets: {resolution: {P1: 4h}}}
```

## Holds
```yaml
agreements:
  acme: {kind: sla, provider: desk, customer: acme, calendar: 24x7, targets: {resolution: {P1: 4h}}, relies_on: [tier2]}
  tier2: {kind: ola, provider: engineering, customer: desk, calendar: 24x7, targets: {resolution: {P1: 3h}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from slachain.checks.wording import finding, of_cause, promised
from slachain.checks.wording_amounts import amount_finding, amount_promised, of_amount_cause
from slachain.language.findings import Finding, Severity
from slachain.study import Study

CODE, SLUG, SEVERITY = "SC209", "no-headroom", Severity.ERROR


def check(study: Study) -> Iterator[Finding]:
    """Gaps of cause `equal`."""
    for verdict in of_cause(study, "equal"):
        message = f"{promised(study, verdict)}, and all of it is needed: nothing is left"
        yield finding(study, CODE, verdict, message, help="tighten any step, or promise a little more time")
    for amount in of_amount_cause(study, "equal"):
        message = f"{amount_promised(study, amount)}, and exactly that is supplied: nothing is left"
        yield amount_finding(study, CODE, amount, message, help="commit to a little more below, or promise a little less")
