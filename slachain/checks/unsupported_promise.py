"""A promise relies on nothing.

## What
The agreement names nothing that it relies on for this metric.

## Why
A promise that rests on no commitment may be kept or not; nobody has agreed to keep it, and nothing can be proved of it.

## Breaks
```yaml
agreements:
  acme: {kind: sla, provider: desk, customer: acme, calendar: 24x7, targets: {resolution: {P1: 4h}}}
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

from slachain.analysis.verdicts import UNSUPPORTED
from slachain.checks.wording import finding, found, promised
from slachain.checks.wording_amounts import amount_finding, amount_promised, of_amount_cause
from slachain.language.findings import Finding, Severity
from slachain.study import Study

CODE, SLUG, SEVERITY = "SC205", "unsupported-promise", Severity.ERROR


def check(study: Study) -> Iterator[Finding]:
    """Every unsupported promise."""
    for verdict in found(study, UNSUPPORTED):
        message = f"{promised(study, verdict)}, and nothing is relied on for {verdict.promise.metric.id}"
        yield finding(study, CODE, verdict, message, help="name under 'relies_on' who does the work")
    for amount in of_amount_cause(study, "unsupported"):
        message = f"{amount_promised(study, amount)}, and nothing is relied on for {amount.promise.metric.id}"
        yield amount_finding(study, CODE, amount, message, help="name under 'relies_on' who supplies it")
