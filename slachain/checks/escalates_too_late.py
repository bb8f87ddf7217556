"""A ticket is handed over after the agreement's own time is up.

## What
`after` comes later than the agreement's own target for the same metric and priority.

## Why
By the time it escalates, it has broken its own commitment; the hand-over was meant to save it.

## Breaks
```yaml
agreements:
  desk:
    kind: ola
    provider: desk
    customer: company
    calendar: 24x7
    targets: {resolution: {P1: 1h}}
    relies_on: [{agreement: tier2, after: {P1: 2h}}]
  tier2: {kind: ola, provider: engineering, customer: desk, calendar: 24x7, targets: {resolution: {P1: 3h}}}
```

## Holds
```yaml
agreements:
  desk:
    kind: ola
    provider: desk
    customer: company
    calendar: 24x7
    targets: {resolution: {P1: 1h}}
    relies_on: [{agreement: tier2, after: {P1: 30m}}]
  tier2: {kind: ola, provider: engineering, customer: desk, calendar: 24x7, targets: {resolution: {P1: 3h}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from slachain.language.findings import Finding, Severity
from slachain.study import Study

from slachain.language.findings import Note
from slachain.language.model import Agreement, Member, TimePromise

CODE, SLUG, SEVERITY = "SC403", "escalates-too-late", Severity.WARNING


def check(study: Study) -> Iterator[Finding]:
    """Every explicit hand-over that at some instant comes later than the agreement's own target, where chains elapse."""
    for agreement in study.catalogue.agreements.values():
        for metric, targets in agreement.targets.items():
            if study.catalogue.metrics[metric].chain == "elapsed" and not study.obstacle(agreement.id, metric):
                for member in study.routes.onward(agreement.id, metric).members():
                    for priority, target in targets.items():
                        if isinstance(target, TimePromise):
                            yield from _late(study, agreement, member, metric, priority, target)


def _late(study: Study, agreement: Agreement, member: Member, metric: str, priority: str, target: TimePromise) -> Iterator[Finding]:
    after = (member.after or {}).get(priority) or (member.after or {}).get("*")
    one = target.alternatives[-1]
    if after is None:
        return
    calendar = (one.calendar or agreement.calendar).value
    if study.ever_later((agreement.calendar.value, after.value), (calendar, one.within.value)):
        message = f"handed over after {after.text}, when its own {one.within.text} are over"
        notes = (Note(f"its own {metric} of {priority}", one.within.at),)
        yield Finding(CODE, message, after.at, agreement.id, metric, priority, notes, help="hand over earlier")
