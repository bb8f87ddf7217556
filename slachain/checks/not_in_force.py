"""Something on the path is not in force while the promise is.

## What
The term of an agreement on the promise's path begins later or ends sooner than the promise does, from the day of the check on; a
promise without a last day is looked at for a year.

## Why
On the days that are not covered nobody is bound by the commitment, and the promise rests on good will. Renewals of vendors are
where chains break in silence.

## Breaks
```yaml
agreements:
  acme: {kind: sla, provider: desk, customer: acme, calendar: 24x7, term: {until: 2026-12-31}, targets: {resolution: {P1: 4h}}, relies_on: [hosting]}
  hosting: {kind: uc, provider: vendor, customer: desk, calendar: 24x7, term: {until: 2026-09-30}, targets: {resolution: {P1: 3h}}}
```

## Holds
```yaml
agreements:
  acme: {kind: sla, provider: desk, customer: acme, calendar: 24x7, term: {until: 2026-12-31}, targets: {resolution: {P1: 4h}}, relies_on: [hosting]}
  hosting: {kind: uc, provider: vendor, customer: desk, calendar: 24x7, term: {until: 2026-12-31}, targets: {resolution: {P1: 3h}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from slachain.analysis.terms import Days, days_promised, merged, uncovered
from slachain.checks.scope import Ground, relied_on, told
from slachain.language.findings import Finding, Note, Severity
from slachain.language.model import Agreement, Term, Written
from slachain.study import Study

CODE, SLUG, SEVERITY = "SC501", "not-in-force", Severity.ERROR


def check(study: Study) -> Iterator[Finding]:
    """Each end of a term once, with every promise that it leaves uncovered."""
    shared: dict[Ground, Term] = {}

    def concerned(promise: Agreement, ground: Ground) -> bool:
        if ground not in shared:
            shared[ground] = _shared(ground)
        return any(uncovered(shared[ground], days_promised(promise.term, study.as_of)))

    for agreement, promises in relied_on(study, concerned):
        left: dict[Written[date], list[tuple[Agreement, Days]]] = {}
        for promise in promises:
            for end, days in uncovered(agreement.term, days_promised(promise.term, study.as_of)):
                left.setdefault(end, []).append((promise, days))
        for end, bare in left.items():
            yield _finding(study, agreement, end, bare)


def _shared(ground: Ground) -> Term:
    """The days on which everything is in force: to the day it is wider than no term of them."""
    terms = [agreement.term for agreement in ground.agreements]
    opens, closes = [term.opens for term in terms if term.opens], [term.closes for term in terms if term.closes]
    return Term(max(opens, key=lambda day: day.value, default=None), min(closes, key=lambda day: day.value, default=None))


def _finding(study: Study, agreement: Agreement, end: Written[date], bare: list[tuple[Agreement, Days]]) -> Finding:
    missing = " and ".join(str(days) for days in merged(days for _, days in bare))
    message = f"{agreement.id} is not in force {missing}, while {told([promise.id for promise, _ in bare])}"
    notes = tuple(_note(study, promise, days) for promise, days in bare)
    help = f"let {agreement.id} cover these days, or put something in its place for them"
    return Finding(CODE, message, end.at, agreement.id, because=notes, help=help)


def _note(study: Study, promise: Agreement, missing: Days) -> Note:
    days, term = days_promised(promise.term, study.as_of), promise.term
    if term.closes:
        return Note(f"{promise.id} is promised until {days.last}: not covered {missing}", term.closes.at)
    at = term.opens.at if term.opens else promise.at
    return Note(f"{promise.id} has no last day, and is checked until {days.last}: not covered {missing}", at)
