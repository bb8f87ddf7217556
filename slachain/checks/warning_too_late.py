"""People are warned when it is too late to hand over.

## What
`warn` of a promise comes after the latest safe hand-over on its worst path, both on the customer's clock.

## Why
A warning is there to save the ticket. After the latest safe hand-over whoever gets it next cannot be in time any more.

## Breaks
```yaml
agreements:
  acme: {kind: sla, provider: desk, customer: acme, calendar: 24x7, targets: {resolution: {P1: {within: 4h, attainment: 95%, warn: 80%}}}, relies_on: [desk]}
  desk:
    kind: ola
    provider: tier1
    customer: desk
    calendar: 24x7
    relies_on: [{agreement: tier2, after: 1h, share: 100%}]
  tier2: {kind: ola, provider: engineering, customer: tier1, calendar: 24x7, targets: {resolution: {P1: 2h30m}}}
```

## Holds
```yaml
agreements:
  acme: {kind: sla, provider: desk, customer: acme, calendar: 24x7, targets: {resolution: {P1: {within: 4h, attainment: 95%, warn: 30%}}}, relies_on: [desk]}
  desk:
    kind: ola
    provider: tier1
    customer: desk
    calendar: 24x7
    relies_on: [{agreement: tier2, after: 1h, share: 100%}]
  tier2: {kind: ola, provider: engineering, customer: tier1, calendar: 24x7, targets: {resolution: {P1: 2h30m}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from slachain.analysis.cases import Step
from slachain.analysis.verdicts import Verdict
from slachain.checks.scope import current, time_targets
from slachain.checks.wording import does, place
from slachain.language.findings import Finding, Note, Severity
from slachain.language.scalars import BusinessDays, write_duration
from slachain.study import Study

CODE, SLUG, SEVERITY = "SC402", "warning-too-late", Severity.WARNING


def check(study: Study) -> Iterator[Finding]:
    """Every promise with a `warn` that comes later than a hand-over on its worst path may."""
    for _, verdict in study.verdicts.of(_warned(study)):
        target = verdict.promise.target
        if target.warn and (first := _tightest(verdict)):
            step, safe = first
            days = isinstance(target.within.value, BusinessDays)
            warned = target.warn.value * (
                target.within.value.days if isinstance(target.within.value, BusinessDays) else target.within.value.seconds
            )
            if warned > safe:
                message = f"warned after {_told(warned, days)}, when the latest safe hand-over was after {_told(safe, days)}"
                note = Note(does(study, step, verdict.promise.metric.id), place(study, step))
                promise = verdict.promise
                yield Finding(
                    CODE, message, target.warn.at, promise.agreement.id, promise.metric.id, promise.priority, (note,), help="warn earlier"
                )


def _warned(study: Study) -> frozenset[str]:
    """The agreements that name any `warn`; targets that were handed down are one object, and looked at once."""
    known: dict[int, bool] = {}
    for agreement in current(study):
        if id(agreement.targets) not in known:
            known[id(agreement.targets)] = any(target.warn for _, _, target in time_targets(agreement))
    return frozenset(agreement.id for agreement in current(study) if known[id(agreement.targets)])


def _tightest(verdict: Verdict) -> tuple[Step, int] | None:
    """The hand-over of the worst path that has to come first, where there is still a safe one."""
    steps = zip(verdict.case.steps if verdict.case else (), verdict.latest_safe, strict=True)
    safe = [(step, latest.bound) for step, latest in steps if latest is not None and latest.bound is not None]
    return min(safe, key=lambda pair: pair[1], default=None)


def _told(amount: Fraction | int, days: bool) -> str:
    return f"{float(amount):g}bd" if days else write_duration(int(amount))
