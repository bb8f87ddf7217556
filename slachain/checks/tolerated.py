"""Not always in time, but within what was promised.

## What
The worst ticket breaks the time, and still no more tickets are late than the promised percentage leaves.

## Why
The promise is kept as it is worded. Know that it is kept by its percentage and not by its time: which tickets are late is
not by chance, but all those opened at the wrong hour.

## Breaks
```yaml
calendars:
  london: {timezone: Europe/London, hours: {mon-fri: "09:00-17:30"}}
agreements:
  acme: {kind: sla, provider: desk, customer: acme, calendar: 24x7, targets: {resolution: {P1: {within: 4h, attainment: 10%}}}, relies_on: [tier2]}
  tier2: {kind: ola, provider: engineering, customer: desk, calendar: london, targets: {resolution: {P1: 3h}}}
```

## Holds
```yaml
agreements:
  acme: {kind: sla, provider: desk, customer: acme, calendar: 24x7, targets: {resolution: {P1: {within: 4h, attainment: 10%}}}, relies_on: [tier2]}
  tier2: {kind: ola, provider: engineering, customer: desk, calendar: 24x7, targets: {resolution: {P1: 3h}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from slachain.analysis.verdicts import TOLERATED
from slachain.checks.wording import finding, found, possible, promised
from slachain.language.findings import Finding, Severity
from slachain.language.scalars import write_percentage
from slachain.study import Study

CODE, SLUG, SEVERITY = "SC207", "tolerated", Severity.WARNING


def check(study: Study) -> Iterator[Finding]:
    """Every tolerated promise."""
    for verdict in found(study, TOLERATED):
        if verdict.assured is not None:
            assured, asked = write_percentage(verdict.assured), write_percentage(verdict.promise.target.share, 6)
            message = f"{promised(study, verdict)}, {possible(verdict)} possible; {assured} of the tickets are assured, {asked} promised"
            yield finding(study, CODE, verdict, message)
