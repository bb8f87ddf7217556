"""The ticket history contradicts a target: it was kept for fewer tickets than its attainment says.

## What
`slachain baseline` measured the tickets of an agreement on the target's own calendar, with its pauses taken out, and found too many of
them late for that to be chance: the whole exact 95% interval (Clopper and Pearson) of the share kept lies below the attainment that is
written; where none is written, one late ticket is enough. Tickets that are still open, and later than the target already, count as late.

## Why
A promise that is built on this target rests on something that does not happen. Every number that follows from it (what can be promised,
how many tickets are late, what a breach costs) is better than life.

## Breaks
```yaml
agreements:
  desk: {kind: ola, provider: desk, customer: company, calendar: 24x7, targets: {resolution: {P1: {within: 4h, attainment: 90%}}}}
```
```csv
ticket,agreement,priority,opened,resolved
T1,desk,P1,2025-03-03T09:00Z,2025-03-03T15:00Z
T2,desk,P1,2025-03-04T09:00Z,2025-03-04T14:30Z
T3,desk,P1,2025-03-05T09:00Z,2025-03-05T16:00Z
T4,desk,P1,2025-03-06T09:00Z,2025-03-07T09:00Z
T5,desk,P1,2025-03-07T09:00Z,2025-03-07T11:00Z
```

## Holds
```yaml
agreements:
  desk: {kind: ola, provider: desk, customer: company, calendar: 24x7, targets: {resolution: {P1: {within: 4h, attainment: 90%}}}}
```
```csv
ticket,agreement,priority,opened,resolved
T1,desk,P1,2025-03-03T09:00Z,2025-03-03T12:00Z
T2,desk,P1,2025-03-04T09:00Z,2025-03-04T12:30Z
T3,desk,P1,2025-03-05T09:00Z,2025-03-05T11:00Z
T4,desk,P1,2025-03-06T09:00Z,2025-03-06T12:00Z
T5,desk,P1,2025-03-07T09:00Z,2025-03-07T11:00Z
```
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from slachain.checks.wording_history import interval_words, kept_words, reading_words
from slachain.language.findings import Finding, Note, Severity
from slachain.language.scalars import write_percentage
from slachain.study import Study

if TYPE_CHECKING:
    from slachain.analysis.tickets.history import History

CODE, SLUG, SEVERITY = "SC901", "not-kept", Severity.ERROR


def check(study: Study) -> Iterator[Finding]:
    """Every target whose history lies below its attainment; none where no tickets were read."""
    for history in study.histories:
        if history.verdict == "not-kept" and history.interval:
            promise = history.promise
            asked = write_percentage(promise.target.share, 6)
            message = f"{kept_words(history)}, {asked} {'promised' if promise.agreement.promises else 'committed'}"
            if promise.target.share < 1:
                message += f" (95% sure: between {interval_words(history.interval).replace(' to ', ' and ')})"
            notes = (Note(f"for {asked} of the tickets", promise.target.attainment.at),) if promise.target.attainment else ()
            at = promise.target.within.at
            yield Finding(CODE, message, at, promise.agreement.id, promise.metric.id, promise.priority, notes, help=advice(history))


def advice(history: History) -> str:
    """What the history does support."""
    asked = history.promise.target.share
    found = history.supported(asked)
    if asked == 1:
        return "write an attainment: no history supports a target for every ticket"
    if found is not None:
        return f"what history supports for {write_percentage(asked, 6)} is {reading_words(history, found)}"
    needed = history.needed(asked)
    if needed is not None:
        return f"{history.tickets} tickets support no time for {write_percentage(asked, 6)}: it takes {needed}"
    return f"history supports no time for {write_percentage(asked, 6)}: too many tickets are open and late"
