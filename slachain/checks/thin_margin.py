"""It holds, by less than the margin that was asked for.

## What
`policy.margin` asks for some room between what is supported and what is promised, and there is less.

## Why
A promise with no room to spare breaks with the next amendment, holiday or change of the clocks.

## Breaks
```yaml
policy: {margin: 25%}
agreements:
  acme: {kind: sla, provider: desk, customer: acme, calendar: 24x7, targets: {resolution: {P1: 4h}}, relies_on: [tier2]}
  tier2: {kind: ola, provider: engineering, customer: desk, calendar: 24x7, targets: {resolution: {P1: 3h30m}}}
```

## Holds
```yaml
policy: {margin: 25%}
agreements:
  acme: {kind: sla, provider: desk, customer: acme, calendar: 24x7, targets: {resolution: {P1: 4h}}, relies_on: [tier2]}
  tier2: {kind: ola, provider: engineering, customer: desk, calendar: 24x7, targets: {resolution: {P1: 3h}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from slachain.analysis.verdicts import HOLDS, margin_left
from slachain.checks.wording import finding, found, possible, promised
from slachain.language.findings import Finding, Severity
from slachain.study import Study

CODE, SLUG, SEVERITY = "SC208", "thin-margin", Severity.WARNING


def check(study: Study) -> Iterator[Finding]:
    """Promises that hold with less headroom than the margin."""
    policy = study.catalogue.policy
    for verdict in found(study, HOLDS) if policy.margin else ():
        left = margin_left(verdict, policy)
        if left and policy.margin and left[0] < left[1]:
            message = f"{promised(study, verdict)}, {possible(verdict)} possible: less than the margin of {policy.margin.text} is left"
            yield finding(study, CODE, verdict, message)
