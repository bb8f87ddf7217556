"""Nothing is said of what a breach costs.

## What
An SLA without `credits`, or with a cap on credits and none to cap.

## Why
Without a remedy both sides find out what the promise is worth when it is broken, and in anger.

## Breaks
```yaml
agreements:
  acme: {kind: sla, provider: desk, customer: acme, calendar: 24x7, targets: {availability: {at_least: 99.9%}}, relies_on: [hosting]}
  hosting: {kind: uc, provider: vendor, customer: desk, calendar: 24x7, targets: {availability: {at_least: 99.95%}}, fee: 500 EUR/month, credits: {availability: [{below: 99.95%, credit: 20%}]}}
```

## Holds
```yaml
agreements:
  acme:
    kind: sla
    provider: desk
    customer: acme
    calendar: 24x7
    targets: {availability: {at_least: 99.9%}}
    relies_on: [hosting]
    fee: 1000 EUR/month
    credits: {availability: [{below: 99.9%, credit: 10%}]}
  hosting: {kind: uc, provider: vendor, customer: desk, calendar: 24x7, targets: {availability: {at_least: 99.95%}}, fee: 500 EUR/month, credits: {availability: [{below: 99.95%, credit: 20%}]}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from slachain.checks.scope import current, lacks
from slachain.language.findings import Finding, Severity
from slachain.language.model import Agreement
from slachain.study import Study

CODE, SLUG, SEVERITY = "SC807", "no-remedy", Severity.INFO


def check(study: Study) -> Iterator[Finding]:
    """Every SLA that credits nothing."""
    for agreement in current(study):
        if agreement.kind.value == "sla" and (lacks(agreement, "credits") or _caps_nothing(agreement)):
            cap = agreement.credits.cap if agreement.credits else None
            message = f"{agreement.id} says nothing of what a breach costs"
            help = "add credits: by metric, such as availability: [{below: 99.9%, credit: 5%}]"
            yield Finding(CODE, message, cap.at if cap else agreement.at, agreement.id, help=help)


def _caps_nothing(agreement: Agreement) -> bool:
    return agreement.credits is not None and not any(agreement.credits.bands.values()) and "credits" not in agreement.broken
