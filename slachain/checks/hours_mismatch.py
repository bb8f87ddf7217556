"""The promise's clock runs while somebody below is closed.

## What
On one clock the steps of the worst path would be in time. On their own calendars (office hours, another zone, holidays) they are not.

## Why
"4 hours, around the clock" over engineers who are back on Monday is the classic promise that nobody can keep.

## Breaks
```yaml
calendars:
  london: {timezone: Europe/London, hours: {mon-fri: "09:00-17:30"}}
agreements:
  acme: {kind: sla, provider: desk, customer: acme, calendar: 24x7, targets: {resolution: {P1: 4h}}, relies_on: [tier2]}
  tier2: {kind: ola, provider: engineering, customer: desk, calendar: london, targets: {resolution: {P1: 3h}}}
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

from slachain.checks.wording import finding, of_cause, possible, promised
from slachain.language.findings import Finding, Severity
from slachain.study import Study

CODE, SLUG, SEVERITY = "SC203", "hours-mismatch", Severity.ERROR


def check(study: Study) -> Iterator[Finding]:
    """Gaps of cause `hours`."""
    for verdict in of_cause(study, "hours"):
        message = f"{promised(study, verdict)}, {possible(verdict)} possible"
        help = "have somebody on call in those hours, or promise on the hours in which they work"
        yield finding(study, CODE, verdict, message, help=help)
