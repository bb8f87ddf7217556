"""A team is too few people for the response that it commits to.

## What
With the people available (`staff` on duty at the same time less `shrinkage`, whole people) fewer tickets are answered within the time of a
`response` commitment than its attainment says. Waiting is reckoned by Erlang C, or by Erlang A where callers give up (`patience`), in
the hours in which the team is on duty: all tickets in one queue, first come, first served. Of a commitment for every ticket, 99.99%
count as all. A team that has more work than it can do has SC701 in place of this.

## Why
Tickets do not come one after another: at times several come at once, and one of them waits. A team that is busy most of the time keeps
nobody free for the next one, however quickly it works.

## Breaks
```yaml
teams:
  desk: {calendar: 24x7, staff: 1, handle_time: {"*": 2h}}
agreements:
  acme: {kind: sla, provider: company, customer: acme, calendar: 24x7, targets: {response: {P1: {within: 1h, attainment: 90%}}}, relies_on: [desk], demand: {P1: 100/month}}
  desk: {kind: ola, provider: desk, customer: company, calendar: 24x7, targets: {response: {P1: {within: 30m, attainment: 95%}}}}
```

## Holds
```yaml
teams:
  desk: {calendar: 24x7, staff: 3, handle_time: {"*": 2h}}
agreements:
  acme: {kind: sla, provider: company, customer: acme, calendar: 24x7, targets: {response: {P1: {within: 1h, attainment: 90%}}}, relies_on: [desk], demand: {P1: 100/month}}
  desk: {kind: ola, provider: desk, customer: company, calendar: 24x7, targets: {response: {P1: {within: 30m, attainment: 95%}}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from slachain.checks.wording_capacity import available, people
from slachain.language.findings import Finding, Note, Severity
from slachain.language.scalars import write_percentage, write_time
from slachain.study import Study

if TYPE_CHECKING:
    from slachain.analysis.capacity import Answer, Capacity

CODE, SLUG, SEVERITY = "SC702", "team-too-small", Severity.ERROR


def check(study: Study) -> Iterator[Finding]:
    """Every response commitment that a team's people do not reach; a team that is overloaded has its finding."""
    for found in study.capacities:
        if not found.overloaded:
            yield from (finding(found, answer) for answer in found.answers if not answer.kept)


def finding(found: Capacity, answer: Answer) -> Finding:
    """What is reached, and the people it takes."""
    reached, share = write_percentage(Fraction(answer.reached)), write_percentage(answer.share, 6)
    message = f"{found.team.id} answers {reached} within {write_time(answer.within)} with {available(found)}, {share} committed"
    notes = (Note(f"{people(found.staff)} on duty", found.team.staff.at),) if found.team.staff else ()
    return Finding(CODE, message, answer.at, answer.agreement, "response", answer.priority, notes, help=enough(found, answer))


def enough(found: Capacity, answer: Answer) -> str:
    """How many people reach it."""
    staff = found.scheduled(answer.people) if answer.people is not None else None
    if staff is None:
        return "no number of people reaches it: less shrinkage, or commit to less" if found.away == 1 else "commit to less"
    return f"staff: {staff} reach it, or commit to less; `slachain capacity` shows what each number of people reaches"
