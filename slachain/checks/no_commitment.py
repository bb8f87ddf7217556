"""Somebody on the path has committed to nothing.

## What
A ticket of this priority can reach or stay with an agreement that has no commitment for the metric and priority, or be
left to nobody by the shares.

## Why
What nobody is bound to do by any time may take for ever. Often a priority was added to the customer's agreement only; or a
coordinator hands every ticket on, and only lacks `share: 100%` to say so.

## Breaks
```yaml
agreements:
  acme: {kind: sla, provider: desk, customer: acme, calendar: 24x7, targets: {resolution: {P3: 4h}}, relies_on: [tier2]}
  tier2: {kind: ola, provider: engineering, customer: desk, calendar: 24x7, targets: {resolution: {P1: 3h}}}
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

from slachain.checks.wording import commits_to_none, does, finding, of_cause, promised
from slachain.checks.wording_amounts import amount_finding, amount_promised, of_amount_cause
from slachain.language.findings import Finding, Severity
from slachain.study import Study

CODE, SLUG, SEVERITY = "SC204", "no-commitment", Severity.ERROR


def check(study: Study) -> Iterator[Finding]:
    """Gaps of cause `missing`."""
    for verdict in of_cause(study, "missing"):
        step = next(s for s in verdict.case.steps if s.missing) if verdict.case else None
        who = does(study, step, verdict.promise.metric.id) if step else ""
        coordinates = step is not None and bool(study.routes.onward(step.stop.agreement, step.stop.metric).items)
        help = "agree on a time there"
        if coordinates and step is not None and step.member is None:
            help = f"say 'share: 100%' if {step.stop.agreement} hands every ticket on, or agree on a time there"
        yield finding(study, CODE, verdict, f"{promised(study, verdict)}, but {who}", help=help)
    for amount in of_amount_cause(study, "missing"):
        metric = amount.promise.metric.id
        who = commits_to_none(study, amount.missing[0]) if amount.missing else f"nobody below commits to any {metric}"
        message = f"{amount_promised(study, amount)}, but {who}"
        yield amount_finding(study, CODE, amount, message, help="agree on an amount there")
