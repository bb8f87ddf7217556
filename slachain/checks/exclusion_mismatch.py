"""Something below is excluded that the promise covers.

## What
An agreement on the promise's path `excludes` something that the promise does not.

## Why
"Not in the case of force majeure" frees the vendor of its commitment, and leaves the promise to the customer as it was. No
number changes by it: what is supported holds as long as nothing of the kind happens.

## Breaks
```yaml
agreements:
  acme: {kind: sla, provider: desk, customer: acme, calendar: 24x7, targets: {resolution: {P1: 4h}}, relies_on: [hosting]}
  hosting: {kind: uc, provider: vendor, customer: desk, calendar: 24x7, targets: {resolution: {P1: 3h}}, excludes: [force-majeure]}
```

## Holds
```yaml
agreements:
  acme: {kind: sla, provider: desk, customer: acme, calendar: 24x7, targets: {resolution: {P1: 4h}}, relies_on: [hosting], excludes: [force-majeure]}
  hosting: {kind: uc, provider: vendor, customer: desk, calendar: 24x7, targets: {resolution: {P1: 3h}}, excludes: [force-majeure]}
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from slachain.checks.scope import Ground, paths
from slachain.language.findings import Finding, Note, Severity
from slachain.language.model import Agreement
from slachain.study import Study

CODE, SLUG, SEVERITY = "SC404", "exclusion-mismatch", Severity.WARNING


def check(study: Study) -> Iterator[Finding]:
    """For every agreement that promises, each exclusion on its paths that it does not share."""
    excluded: dict[Ground, frozenset[str]] = {}
    shared: dict[int, frozenset[str]] = {}  # what was handed down is one object for all who have it
    for promise, ground in paths(study):
        if ground not in excluded:
            excluded[ground] = frozenset().union(*map(_excluded, ground.agreements))
        own = id(promise.excludes)
        if own not in shared:
            shared[own] = _excluded(promise)
        if "excludes" not in promise.broken and not excluded[ground] <= shared[own]:
            for agreement in ground.agreements:
                yield from _mismatches(promise, shared[own], agreement)


def _mismatches(promise: Agreement, shared: frozenset[str], below: Agreement) -> Iterator[Finding]:
    for exclusion in below.excludes:
        if _same(exclusion.value) not in shared:
            message = f"{below.id} excludes '{exclusion.value}', and {promise.id} promises it all the same"
            notes = (Note(f"{promise.id} excludes {_listed(promise)}", promise.excludes[0].at if promise.excludes else promise.at),)
            help = f"exclude it from {promise.id} too, or have {below.id} cover it"
            yield Finding(CODE, message, exclusion.at, promise.id, because=notes, help=help)


def _excluded(agreement: Agreement) -> frozenset[str]:
    return frozenset([_same(exclusion.value) for exclusion in agreement.excludes])


@lru_cache(maxsize=4096)
def _same(exclusion: str) -> str:
    """`Force majeure` and `force-majeure` are one."""
    return re.sub(r"[\s_-]+", "-", exclusion.casefold())


def _listed(promise: Agreement) -> str:
    return ("only " + ", ".join(f"'{exclusion.value}'" for exclusion in promise.excludes)) if promise.excludes else "nothing"
