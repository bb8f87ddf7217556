"""What a promise relies on can be given notice of sooner than the promise.

## What
The notice of an agreement on the promise's path is shorter than the promise's own.

## Why
A vendor that leaves with 30 days' notice leaves a promise that still has 60 days to run, and nothing below it.

## Breaks
```yaml
agreements:
  acme: {kind: sla, provider: desk, customer: acme, calendar: 24x7, term: {notice: 90d}, targets: {resolution: {P1: 4h}}, relies_on: [hosting]}
  hosting: {kind: uc, provider: vendor, customer: desk, calendar: 24x7, term: {notice: 30d}, targets: {resolution: {P1: 3h}}}
```

## Holds
```yaml
agreements:
  acme: {kind: sla, provider: desk, customer: acme, calendar: 24x7, term: {notice: 90d}, targets: {resolution: {P1: 4h}}, relies_on: [hosting]}
  hosting: {kind: uc, provider: vendor, customer: desk, calendar: 24x7, term: {notice: 90d}, targets: {resolution: {P1: 3h}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce

from slachain.analysis.terms import shorter
from slachain.checks.scope import Ground, relied_on
from slachain.language.findings import Finding, Note, Severity
from slachain.language.model import Agreement
from slachain.language.scalars import Time
from slachain.study import Study

CODE, SLUG, SEVERITY = "SC502", "notice-too-short", Severity.WARNING


def check(study: Study) -> Iterator[Finding]:
    """Each notice once, with every promise whose own is longer; where either has none, nothing is compared."""
    given: dict[Ground, set[Time]] = {}

    def concerned(promise: Agreement, ground: Ground) -> bool:
        if ground not in given:
            given[ground] = {agreement.term.notice.value for agreement in ground.agreements if agreement.term.notice}
        own = promise.term.notice
        return own is not None and any(shorter(notice, own.value) for notice in given[ground])

    for agreement, promises in relied_on(study, concerned):
        notice = agreement.term.notice
        if notice:
            longer = [p for p in promises if p.term.notice and shorter(notice.value, p.term.notice.value)]
            if longer:
                message = f"{agreement.id} has {notice.text} of notice, {_longer(longer)}"
                help = "agree on a longer notice here, or on a shorter one for the promise"
                yield Finding(CODE, message, notice.at, agreement.id, because=tuple(_notes(longer)), help=help)


def _longer(promises: list[Agreement]) -> str:
    """`and acme, which relies on it, has 90d`; the longest where there are several."""
    notices = [promise.term.notice for promise in promises if promise.term.notice]
    longest = reduce(lambda one, other: other if shorter(one.value, other.value) else one, notices).text
    if len(promises) == 1:
        return f"and {promises[0].id}, which relies on it, has {longest}"
    return f"and the {len(promises)} that rely on it up to {longest}"


def _notes(promises: list[Agreement]) -> Iterator[Note]:
    for promise in promises:
        if promise.term.notice:
            yield Note(f"{promise.id} has {promise.term.notice.text}", promise.term.notice.at)
