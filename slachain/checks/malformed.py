"""A clause is not one that the language has, or its value is none.

## What
An unknown or missing key, a wrong type, a bad value; a calendar that is never open; a target's alternative that never applies.

## Why
A clause with a slip of the pen in it would otherwise be a clause that is not there. The nearest known one is suggested.

## Breaks
```yaml
agreements:
  desk: {kind: ola, provider: desk, customer: company, calendar: 24x7, targets: {resolution: {P1: 4}}}
```

## Holds
```yaml
agreements:
  desk: {kind: ola, provider: desk, customer: company, calendar: 24x7, targets: {resolution: {P1: 4h}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from slachain.analysis.promises import Promise
from slachain.checks.registry import by_code
from slachain.language.describe import name_calendar
from slachain.language.findings import Finding, Severity
from slachain.study import Study

CODE, SLUG, SEVERITY = "SC102", "malformed", Severity.ERROR


def check(study: Study) -> Iterator[Finding]:
    """As the files were read; and what never happens on the calendars that were."""
    yield from study.catalogue.reported(CODE)
    calendars = study.catalogue.calendars
    for id, calendar in calendars.items():
        if id not in study.catalogue.broken and study.calendars.never_open(id):
            yield Finding(CODE, f"the calendar {name_calendar(id, calendars)} is never open", calendar.at)
    for code, severity in study.catalogue.policy.severities.items():
        if code not in by_code():
            yield Finding(CODE, f"there is no finding {code}: 'slachain explain' lists them", severity.at)
    for promise in _never_apply(study):
        target, id = promise.target, promise.agreement.id
        at = target.opened_in.at if target.opened_in else target.at
        message = "this alternative never applies: those before it answer whenever it could"
        yield Finding(CODE, message, at, id, promise.metric.id, promise.priority)


def _never_apply(study: Study) -> Iterator[Promise]:
    """Alternatives that answer for no instant of their horizon."""
    if len(study.verdicts) < len(study.promises):
        judged = {verdict.promise.key for verdict in study.verdicts}
        yield from (p for p in study.promises if p.key not in judged and study.horizon(p) is not None)
