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

from slachain.analysis.verdicts import HOLDS, Verdict, margin_left
from slachain.checks.wording import finding, possible, promised
from slachain.language.catalogue import Policy
from slachain.language.findings import Finding, Severity
from slachain.study import Study

CODE, SLUG, SEVERITY = "SC208", "thin-margin", Severity.WARNING


def check(study: Study) -> Iterator[Finding]:
    """Promises that hold with less headroom than the margin."""
    policy = study.catalogue.policy
    if policy.margin:
        for verdict in study.verdicts.where(lambda one: one.verdict == HOLDS and _thin(one, policy)):
            message = f"{promised(study, verdict)}, {possible(verdict)} possible: less than the margin of {policy.margin.text} is left"
            yield finding(study, CODE, verdict, message)


def _thin(verdict: Verdict, policy: Policy) -> bool:
    left = margin_left(verdict, policy)
    return left is not None and left[0] < left[1]
