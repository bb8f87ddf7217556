"""It is in time, but for fewer tickets than promised.

## What
Every step is quick enough, but the commitments below are kept for a share of the tickets only, and together they assure
fewer than the promise does. Beside another cause it says that time alone would not mend the promise.

## Why
Three tiers of 90% each assure 70%, not 90%: whatever fails at one of them has failed (Boole 1854; Fréchet 1935). A promise
without a percentage means every ticket.

## Breaks
```yaml
agreements:
  acme: {kind: sla, provider: desk, customer: acme, calendar: 24x7, targets: {resolution: {P1: {within: 4h, attainment: 95%}}}, relies_on: [tier2]}
  tier2: {kind: ola, provider: engineering, customer: desk, calendar: 24x7, targets: {resolution: {P1: {within: 3h, attainment: 90%}}}}
```

## Holds
```yaml
agreements:
  acme: {kind: sla, provider: desk, customer: acme, calendar: 24x7, targets: {resolution: {P1: {within: 4h, attainment: 90%}}}, relies_on: [tier2]}
  tier2: {kind: ola, provider: engineering, customer: desk, calendar: 24x7, targets: {resolution: {P1: {within: 3h, attainment: 95%}}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from slachain.analysis.verdicts import GAP
from slachain.checks.wording import attainment_place, finding, found
from slachain.language.findings import Finding, Severity
from slachain.language.scalars import write_percentage
from slachain.study import Study

CODE, SLUG, SEVERITY = "SC206", "attainment-too-low", Severity.ERROR


def check(study: Study) -> Iterator[Finding]:
    """Gaps of cause `attainment`, and gaps of another cause that would be short of it even in time."""
    for verdict in found(study, GAP):
        asked = write_percentage(verdict.promise.target.share, 6)
        if verdict.cause == "attainment" and verdict.assured is not None:
            message = f"{asked} of the tickets promised, {write_percentage(verdict.assured)} assured"
        elif verdict.short_even_in_time:
            message = f"{asked} of the tickets promised, and fewer are assured even if every step were in time"
        else:
            continue
        help = "raise the attainment below, or promise the share that is assured"
        yield finding(study, CODE, verdict, message, attainment_place(verdict), help)
