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

from slachain.analysis.routes import hand_over_time, target_for
from slachain.checks.comparing import ever_later, on_clock
from slachain.checks.scope import handing_over
from slachain.language.describe import describe_calendar
from slachain.language.findings import Finding, Note, Severity
from slachain.language.model import Agreement, Member, TimePromise, TimeTarget
from slachain.language.scalars import Time
from slachain.language.source import Span
from slachain.study import Study

CODE, SLUG, SEVERITY = "SC403", "escalates-too-late", Severity.WARNING


def check(study: Study) -> Iterator[Finding]:
    """Every explicit hand-over that at some instant comes later than the agreement's own target, where chains elapse."""
    for agreement in handing_over(study):
        for metric in agreement.targets:
            if study.catalogue.metrics[metric].chain == "elapsed" and not study.obstacle(agreement.id, metric):
                for member in study.routes.onward(agreement.id, metric).members():
                    if member.after:
                        yield from _late(study, agreement, member, metric)


def _late(study: Study, agreement: Agreement, member: Member, metric: str) -> Iterator[Finding]:
    """By priority, those of the targets and those of the hand-over; each value of `after` once."""
    told: set[Span] = set()
    for priority in sorted({*agreement.targets[metric], *(member.after or {})}):
        after, target = hand_over_time(member, priority), target_for(agreement, metric, priority)
        own = _sooner(study, agreement, after.value, target) if after and isinstance(target, TimePromise) else None
        if after and own and after.at not in told:
            told.add(after.at)
            message = _told(study, agreement, after.text, own)
            notes = (Note(f"its own {metric} of {priority}", own.within.at),)
            yield Finding(CODE, message, after.at, agreement.id, metric, priority, notes, help="hand over earlier")


def _told(study: Study, agreement: Agreement, after: str, own: TimeTarget) -> str:
    ours, theirs = agreement.calendar.value, (own.calendar or agreement.calendar).value
    if ours == theirs:
        return f"handed over after {after}, when its own {own.within.text} are over"
    clocks = [describe_calendar(calendar, study.catalogue.calendars) for calendar in (ours, theirs)]
    return f"handed over after {after} {clocks[0]}, which may come after its own {own.within.text} {clocks[1]}"


def _sooner(study: Study, agreement: Agreement, after: Time, target: TimePromise) -> TimeTarget | None:
    """The first of the target's alternatives that at some instant is due before the hand-over."""
    ours = agreement.calendar.value
    return next((one for one in target.alternatives if ever_later(study, (ours, after), on_clock(agreement, one))), None)
