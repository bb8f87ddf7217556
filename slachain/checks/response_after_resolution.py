"""A first answer may come after the problem is solved.

## What
At some instant a response, acknowledge or update target is due no earlier than the resolution or restore target of the same
agreement and priority, each on its own clock.

## Why
One of the two numbers is a slip: nobody needs an acknowledgement within four hours of what is restored within one.

## Breaks
```yaml
agreements:
  desk: {kind: ola, provider: desk, customer: company, calendar: 24x7, targets: {acknowledge: {P1: 4h}, restore: {P1: 1h}}}
```

## Holds
```yaml
agreements:
  desk: {kind: ola, provider: desk, customer: company, calendar: 24x7, targets: {acknowledge: {P1: 15m}, restore: {P1: 1h}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from slachain.analysis.routes import target_for
from slachain.checks.alike import first_of_each, where
from slachain.checks.comparing import Comparisons, Question, alternatives
from slachain.checks.scope import usable
from slachain.language.findings import Finding, Note, Severity
from slachain.language.model import Agreement, TimePromise, TimeTarget
from slachain.study import Study

CODE, SLUG, SEVERITY = "SC811", "response-after-resolution", Severity.WARNING


Pair = tuple[str, str, str, TimeTarget, TimeTarget, Question]
"""What is due first and last, for which priority, both targets, and the question whether that is so."""

EARLY, LATE = ("response", "acknowledge", "update"), ("resolution", "restore")


def check(study: Study) -> Iterator[Finding]:
    """Every pair of such targets of an agreement and priority."""
    comparisons = study.once(Comparisons)
    asked = {agreement.id: [question for *_, question in _pairs(study, agreement)] for agreement in first_of_each(study)}
    comparisons.foresee(question for questions in asked.values() for question in questions)
    for agreement in where(study, lambda agreement: any(map(comparisons.answer, asked[agreement.id]))):
        yield from _findings(comparisons, agreement, _pairs(study, agreement))


def _pairs(study: Study, agreement: Agreement) -> Iterator[Pair]:
    """Each alternative of the one with each of the other."""
    for first, last in product(EARLY, LATE):
        if first in agreement.targets and last in agreement.targets and usable(study, agreement, first, last):
            for priority in sorted({*agreement.targets[first], *agreement.targets[last]}):
                early, late = target_for(agreement, first, priority), target_for(agreement, last, priority)
                if isinstance(early, TimePromise) and isinstance(late, TimePromise):
                    for one, other in product(early.alternatives, late.alternatives):
                        yield first, last, priority, one, other, alternatives(agreement, one, other, or_equal=True)


def _findings(comparisons: Comparisons, agreement: Agreement, pairs: Iterator[Pair]) -> Iterator[Finding]:
    """One for each alternative of the first, with the first of the last that may be due by then."""
    told: set[tuple[str, str, str, int]] = set()
    for first, last, priority, one, other, asked in pairs:
        key = (first, last, priority, id(one))
        if key not in told and comparisons.answer(asked):
            told.add(key)
            message = f"{first} within {one.within.text}, {last} within {other.within.text}: at some time the first is due no earlier"
            note = Note(f"{last} of {priority}", other.within.at)
            yield Finding(CODE, message, one.within.at, agreement.id, first, priority, (note,))
