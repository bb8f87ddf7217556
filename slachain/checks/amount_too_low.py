"""The amounts below do not come to what is promised.

## What
For a metric whose chain is `each`, a commitment below is not strictly better than the promise; for `supply`, the amounts of the
list do not add up to it.

## Why
120 leads a month are promised to sales, and 80 and 30 are agreed with those who are to bring them.

## Breaks
```yaml
metrics:
  leads: {type: count, unit: leads, better: higher, chain: supply}
agreements:
  sales: {kind: sla, provider: marketing, customer: sales, calendar: 24x7, targets: {leads: {at_least: 120, per: month}}, relies_on: [web, agency]}
  web: {kind: ola, provider: web, customer: marketing, calendar: 24x7, targets: {leads: {at_least: 80, per: month}}}
  agency: {kind: uc, provider: agency, customer: marketing, calendar: 24x7, targets: {leads: {at_least: 30, per: month}}}
```

## Holds
```yaml
metrics:
  leads: {type: count, unit: leads, better: higher, chain: supply}
agreements:
  sales: {kind: sla, provider: marketing, customer: sales, calendar: 24x7, targets: {leads: {at_least: 120, per: month}}, relies_on: [web, agency]}
  web: {kind: ola, provider: web, customer: marketing, calendar: 24x7, targets: {leads: {at_least: 80, per: month}}}
  agency: {kind: uc, provider: agency, customer: marketing, calendar: 24x7, targets: {leads: {at_least: 50, per: month}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from slachain.checks.wording_amounts import amount_finding, amount_possible, amount_promised, of_amount_cause
from slachain.language.findings import Finding, Severity
from slachain.study import Study

CODE, SLUG, SEVERITY = "SC302", "amount-too-low", Severity.ERROR


def check(study: Study) -> Iterator[Finding]:
    """Gaps of cause `amount`."""
    for verdict in of_amount_cause(study, "amount"):
        message = f"{amount_promised(study, verdict)}, {amount_possible(verdict)} supplied"
        higher = verdict.promise.metric.better == "higher"
        help = "commit to more below, or promise less" if higher else "commit to less below, or promise more"
        yield amount_finding(study, CODE, verdict, message, help=help)
