"""What the customer has to do, and what comes of it if not, is said on one side only.

## What
An SLA's clock stops for the customer (a reason that names the customer), and no duty says what the customer owes and by when;
or an SLA promises a time, and its clock never stops for the customer.

## Why
With a pause and no duty a ticket can wait for an answer for ever, and nobody is late. Without a pause the provider answers
for days on which the customer does not.

## Breaks
```yaml
agreements:
  acme: {kind: sla, provider: desk, customer: acme, calendar: 24x7, targets: {resolution: {P1: 4h}}, relies_on: [tier2], pauses: [awaiting-customer]}
  tier2: {kind: ola, provider: engineering, customer: desk, calendar: 24x7, targets: {resolution: {P1: 3h}}}
```

## Holds
```yaml
agreements:
  acme:
    kind: sla
    provider: desk
    customer: acme
    calendar: 24x7
    targets: {resolution: {P1: 4h}}
    relies_on: [tier2]
    pauses: [awaiting-customer]
    duties: [{who: customer, what: answer questions, within: 4h}]
  tier2: {kind: ola, provider: engineering, customer: desk, calendar: 24x7, targets: {resolution: {P1: 3h}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from slachain.checks.scope import current, time_targets
from slachain.language.findings import Finding, Severity
from slachain.language.model import Agreement
from slachain.study import Study

CODE, SLUG, SEVERITY = "SC808", "one-sided", Severity.INFO


def check(study: Study) -> Iterator[Finding]:
    """Every SLA that speaks of the customer's part on one side only."""
    for agreement in current(study):
        if agreement.kind.value == "sla" and agreement.broken.isdisjoint({"pauses", "duties"}):
            pauses = [pause for reason, pause in agreement.pauses.items() if _names_customer(reason, agreement)]
            if not pauses and any(time_targets(agreement)):
                message = f"the clock of {agreement.id} never stops for the customer, whatever is awaited"
                help = "add pauses: [awaiting-customer], and the duty to answer"
                yield Finding(CODE, message, agreement.at, agreement.id, help=help)
            elif pauses and not any(_names_customer(duty.who.value, agreement) for duty in agreement.duties):
                message = f"{agreement.id} stops its clock for '{pauses[0].text}', and no duty says by when the customer answers"
                help = "add duties: [{who: customer, what: answer questions, within: 4h}]"
                yield Finding(CODE, message, pauses[0].at, agreement.id, help=help)


def _names_customer(text: str, agreement: Agreement) -> bool:
    """`awaiting-customer`, `Customer`, or the customer's own id in either's place."""
    words = "-".join(text.casefold().split())
    return "customer" in words or f"-{agreement.customer.value.casefold()}-" in f"-{words}-"
