"""The ticket history is far better than a target: half of the time would have been enough.

## What
`slachain baseline` measured the tickets of an agreement on the target's own calendar, with its pauses taken out. The time that this
history supports for the same share of the tickets (with 95% confidence, no distribution assumed) is at most half of what is written.

## Why
Slack that nobody knows of is lost: whoever builds a promise on this target promises more time than it takes, and loses against those who
know better. Stricter targets below make stricter promises hold.

## Breaks
```yaml
agreements:
  desk: {kind: ola, provider: desk, customer: company, calendar: 24x7, targets: {resolution: {P1: {within: 8h, attainment: 50%}}}}
```
```csv
ticket,agreement,priority,opened,resolved
T1,desk,P1,2025-03-03T09:00Z,2025-03-03T10:00Z
T2,desk,P1,2025-03-04T09:00Z,2025-03-04T10:30Z
T3,desk,P1,2025-03-05T09:00Z,2025-03-05T12:00Z
T4,desk,P1,2025-03-06T09:00Z,2025-03-06T12:00Z
T5,desk,P1,2025-03-07T09:00Z,2025-03-07T13:00Z
```

## Holds
```yaml
agreements:
  desk: {kind: ola, provider: desk, customer: company, calendar: 24x7, targets: {resolution: {P1: {within: 8h, attainment: 50%}}}}
```
```csv
ticket,agreement,priority,opened,resolved
T1,desk,P1,2025-03-03T09:00Z,2025-03-03T10:00Z
T2,desk,P1,2025-03-04T09:00Z,2025-03-04T10:30Z
T3,desk,P1,2025-03-05T09:00Z,2025-03-05T12:00Z
T4,desk,P1,2025-03-06T09:00Z,2025-03-06T12:00Z
T5,desk,P1,2025-03-07T09:00Z,2025-03-07T13:00:01Z
```
"""

from __future__ import annotations

from collections.abc import Iterator

from slachain.checks.wording_history import reading_words
from slachain.language.findings import Finding, Note, Severity
from slachain.language.scalars import write_percentage
from slachain.study import Study

CODE, SLUG, SEVERITY = "SC902", "could-be-stricter", Severity.INFO
QUOTE = "less would be kept as well, if nothing changes; `slachain quote` tells what the agreements below allow"


def check(study: Study) -> Iterator[Finding]:
    """Every target that is at least twice what its history supports; none where no tickets were read."""
    for history in study.histories:
        if history.could_be_stricter:
            promise = history.promise
            share = write_percentage(promise.target.share, 6)
            found = reading_words(history, history.supported(promise.target.share))
            said = "promised" if promise.agreement.promises else "committed"
            message = f"{promise.target.within.text} {said} for {share} of the tickets, {found} supported by {history.tickets} of them"
            notes = (Note(f"for {share} of the tickets", promise.target.attainment.at),) if promise.target.attainment else ()
            help = QUOTE if promise.agreement.promises else "a commitment of less would be kept as well"
            yield Finding(
                CODE, message, promise.target.within.at, promise.agreement.id, promise.metric.id, promise.priority, notes, help=help
            )
