"""A team has more work than its people can do.

## What
The tickets that reach a team, times the effort that each takes, are as much work as the people available can do or more: staff less
shrinkage, whole people. Tickets come from the `demand` of the promises, times the shares down each path.

## Why
Work that comes in faster than it is done waits longer every week, whatever the agreement commits to. No target below is worth anything
until the load is less than the people.

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

from slachain.checks.wording_capacity import available, tickets
from slachain.language.amounts import write_number
from slachain.language.findings import Finding, Note, Severity
from slachain.study import Study

CODE, SLUG, SEVERITY = "SC701", "team-overloaded", Severity.ERROR


def check(study: Study) -> Iterator[Finding]:
    """Every team whose load reaches its people."""
    for found in study.capacities:
        if found.overloaded:
            load = f"{write_number(found.load)} people's work" if found.open_seconds else "work, and is never open,"
            message = f"{found.team.id} has {load} for {available(found)}"
            help = "more people, fewer or easier tickets, or longer hours: `slachain capacity` shows how many it takes"
            at = found.team.staff.at if found.team.staff else found.team.at
            notes = tuple(Note(tickets(found, stream), study.catalogue.agreements[stream.agreement].at) for stream in found.told)
            yield Finding(CODE, message, at, because=notes, help=help)
