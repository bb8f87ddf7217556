"""Agreements rely on one another in a circle.

## What
Following `relies_on` leads back to where it began, whatever the `metrics` of each step; or `extends`, calendars or metrics do.

## Why
A ticket in a circle is never bound to be done. The whole circle is named; promises that reach it are not judged.

## Breaks
```yaml
agreements:
  desk: {kind: ola, provider: desk, customer: engineering, calendar: 24x7, relies_on: [tier2]}
  tier2: {kind: ola, provider: engineering, customer: desk, calendar: 24x7, relies_on: [desk]}
```

## Holds
```yaml
agreements:
  desk: {kind: ola, provider: desk, customer: engineering, calendar: 24x7, relies_on: [tier2]}
  tier2: {kind: ola, provider: engineering, customer: desk, calendar: 24x7}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from slachain.language.circles import MOST_SHOWN, Circle
from slachain.language.findings import Finding, Note, Severity
from slachain.study import Study

CODE, SLUG, SEVERITY = "SC105", "cycle", Severity.ERROR


def check(study: Study) -> Iterator[Finding]:
    """Circles of extends, calendars and metrics as they were read, and those of the dependency graph."""
    yield from study.catalogue.reported(CODE)
    for circle in study.graph.circles():
        first, *rest = circle
        names = [member.agreement.value for member in circle]
        told = Circle((names[-1], *names[:-1]), first.agreement)
        notes = tuple(Note(f"and on to {member.agreement.value}", member.agreement.at) for member in rest[:MOST_SHOWN])
        yield Finding(CODE, f"a circle: {told}", first.agreement.at, names[-1], because=notes)
