"""What is relied on was agreed with somebody else.

## What
The customer of an agreement relied on is not the provider of the agreement that relies on it.

## Why
A commitment binds its provider to its customer. Whoever else counts on it has nothing in hand.

## Breaks
```yaml
agreements:
  acme: {kind: sla, provider: desk, customer: acme, calendar: 24x7, targets: {resolution: {P1: 4h}}, relies_on: [tier2]}
  tier2: {kind: ola, provider: engineering, customer: sales, calendar: 24x7, targets: {resolution: {P1: 3h}}}
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

from slachain.checks.scope import current, told
from slachain.language.findings import Finding, Note, Severity
from slachain.language.model import Agreement
from slachain.study import Study

CODE, SLUG, SEVERITY = "SC809", "party-mismatch", Severity.WARNING


def check(study: Study) -> Iterator[Finding]:
    """Each customer once for each provider that is another, with every agreement of that provider that relies on it."""
    found: dict[tuple[str, str], list[Agreement]] = {}
    for agreement in current(study):
        for id in sorted(study.graph.relied_on[agreement.id]):
            below = study.catalogue.agreements.get(id)
            if below and below.customer.value != agreement.provider.value:
                found.setdefault((id, agreement.provider.value), []).append(agreement)
    for (id, provider), above in found.items():
        yield _finding(study.catalogue.agreements[id], provider, above)


def _finding(below: Agreement, provider: str, above: list[Agreement]) -> Finding:
    message = f"{below.id} is agreed with {below.customer.value}, not with {provider}, and {told([a.id for a in above])}"
    notes = tuple(dict.fromkeys(Note(f"{provider} is the provider who relies on it", a.provider.at) for a in above))
    help = f"agree on it with {provider}, or rely on what {provider} has agreed"
    return Finding(CODE, message, below.customer.at, below.id, because=notes, help=help)
