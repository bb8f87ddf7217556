"""A team has more work than its people can do.

## What
The tickets that reach a team, times the effort that each takes (`handle_time`), are as much work as the people available can do, or more:
those on duty at the same time (`staff`) less the share of them that is away (`shrinkage`), whole people. Tickets come from the `demand` of
the promises, times the shares down each path, spread over the hours in which the team is on duty. Tickets whose effort nobody has
written do not count.

## Why
Work that comes in faster than it is done waits longer every week, whatever the agreement commits to. A team that has exactly as much as it
can do falls behind as well: what is lost in a quiet hour is never caught up. No target below is worth anything until the load is less
than the people.

## Breaks
```yaml
teams:
  engineering: {calendar: 24x7, staff: 1, handle_time: {"*": 4h}}
agreements:
  acme: {kind: sla, provider: desk, customer: acme, calendar: 24x7, targets: {resolution: {P1: 8h}}, relies_on: [tier2], demand: {P1: 200/month}}
  tier2: {kind: ola, provider: engineering, customer: desk, calendar: 24x7, targets: {resolution: {P1: 5h}}}
```

## Holds
```yaml
teams:
  engineering: {calendar: 24x7, staff: 2, handle_time: {"*": 4h}}
agreements:
  acme: {kind: sla, provider: desk, customer: acme, calendar: 24x7, targets: {resolution: {P1: 8h}}, relies_on: [tier2], demand: {P1: 200/month}}
  tier2: {kind: ola, provider: engineering, customer: desk, calendar: 24x7, targets: {resolution: {P1: 5h}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator
from math import floor
from typing import TYPE_CHECKING

from slachain.checks.wording_capacity import available, tickets, work
from slachain.language.findings import Finding, Note, Severity
from slachain.study import Study

if TYPE_CHECKING:
    from slachain.analysis.capacity import Capacity

CODE, SLUG, SEVERITY = "SC701", "team-overloaded", Severity.ERROR


def check(study: Study) -> Iterator[Finding]:
    """Every team whose load reaches its people."""
    yield from (finding(study, found) for found in study.capacities if found.overloaded)


def finding(study: Study, found: Capacity) -> Finding:
    """The work and the people, and all that brings the work. A team is no agreement: nobody has accepted this for one."""
    at = found.team.staff.at if found.team.staff else found.team.at
    notes = tuple(Note(tickets(found, stream), study.catalogue.agreements[stream.agreement].at) for stream in found.told)
    return Finding(CODE, f"{found.team.id} has {work(found)} for {available(found)}", at, because=notes, help=enough(found))


def enough(found: Capacity) -> str:
    """How many people it takes at least."""
    least = found.scheduled(floor(found.load) + 1)
    if not found.year.open_seconds:
        return "a calendar on which it works, or another team for these tickets"
    if least is None:
        return "somebody who is not away: less shrinkage"
    return (
        f"staff: {least} at least, fewer or easier tickets, or longer hours; `slachain capacity` shows what each number of people reaches"
    )
