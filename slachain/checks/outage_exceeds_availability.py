"""One outage may last longer than all that the availability allows.

## What
The `outage` target of an agreement permits a single interruption that is longer than the downtime which its `availability` target
leaves in some whole period.

## Why
99.5% of 30 days are 3 h 36 min: a permitted outage of 4 h breaks it by itself.

## Breaks
```yaml
agreements:
  desk: {kind: ola, provider: desk, customer: company, calendar: 24x7, targets: {outage: 4h, availability: {at_least: 99.5%}}}
```

## Holds
```yaml
agreements:
  desk: {kind: ola, provider: desk, customer: company, calendar: 24x7, targets: {outage: 3h, availability: {at_least: 99.5%}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from slachain.analysis.routes import target_for
from slachain.checks.comparing import Downtimes
from slachain.checks.scope import usable
from slachain.language.findings import Finding, Note, Severity
from slachain.language.model import Agreement, AmountTarget, TimePromise
from slachain.language.scalars import Duration, write_duration
from slachain.study import Study

CODE, SLUG, SEVERITY = "SC813", "outage-exceeds-availability", Severity.WARNING


def check(study: Study) -> Iterator[Finding]:
    """Every agreement and priority with both targets."""
    for agreement in study.catalogue.agreements.values():
        if "outage" in agreement.targets and "availability" in agreement.targets and usable(study, agreement, "outage", "availability"):
            for priority in sorted({*agreement.targets["outage"], *agreement.targets["availability"]}):
                yield from _compared(study, agreement, priority)


def _compared(study: Study, agreement: Agreement, priority: str) -> Iterator[Finding]:
    outage, available = target_for(agreement, "outage", priority), target_for(agreement, "availability", priority)
    if not isinstance(outage, TimePromise) or not isinstance(available, AmountTarget):
        return
    least = study.once(Downtimes).least(agreement, available)
    for one in outage.alternatives:
        if least is not None and isinstance(one.within.value, Duration) and one.within.value.seconds > least:
            message = f"one outage may last {one.within.text}, and {available.bound.text} leave {write_duration(int(least))} in some {available.period}"
            note = (Note("the availability", available.bound.at),)
            yield Finding(CODE, message, one.within.at, agreement.id, "outage", priority, note)
