"""A calendar ends, and from then on nothing is known.

## What
A calendar on a promise's paths, or the promise's own, has no open time after its `until` or the last event of its rota,
within the time that is checked. The promise is judged up to there.

## Why
Beyond the end nobody is on duty, as far as anybody has written down. A verdict reaches no further than the calendars do.

## Breaks
```yaml
calendars:
  rota: {timezone: UTC, hours: {mon-sun: "00:00-24:00"}, until: 2026-06-30}
agreements:
  acme: {kind: sla, provider: desk, customer: acme, calendar: 24x7, targets: {resolution: {P1: 4h}}, relies_on: [tier2]}
  tier2: {kind: ola, provider: engineering, customer: desk, calendar: rota, targets: {resolution: {P1: 3h}}}
```

## Holds
```yaml
calendars:
  rota: {timezone: UTC, hours: {mon-sun: "00:00-24:00"}, until: 2026-06-30}
agreements:
  acme: {kind: sla, provider: desk, customer: acme, calendar: 24x7, term: {until: 2026-06-29}, targets: {resolution: {P1: 4h}}, relies_on: [tier2]}
  tier2: {kind: ola, provider: engineering, customer: desk, calendar: rota, targets: {resolution: {P1: 3h}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from slachain.analysis.amounts import AmountVerdict
from slachain.analysis.verdicts import Verdict
from slachain.clocks.wall import date_at
from slachain.language.describe import name_calendar
from slachain.language.findings import Finding, Note, Severity
from slachain.study import Study

CODE, SLUG, SEVERITY = "SC505", "calendar-ends", Severity.WARNING


def check(study: Study) -> Iterator[Finding]:
    """Each calendar once for each agreement whose promises it cuts, at its definition."""
    cut: dict[tuple[str, str], list[Note]] = {}
    for verdict in study.verdicts:
        for calendar in study.ending_calendars(verdict):
            cut.setdefault((calendar, verdict.promise.agreement.id), []).append(_note(study, verdict, calendar))
    for amount in study.amount_verdicts:
        for calendar in _of_amount(study, amount):
            note = Note(f"{amount.promise.metric.id} {amount.promise.priority} is measured with it", amount.promise.target.bound.at)
            cut.setdefault((calendar, amount.promise.agreement.id), []).append(note)
    for (id, agreement), notes in cut.items():
        name = name_calendar(id, study.catalogue.calendars)
        until = study.calendars.named_until(id)
        message = f"the calendar {name} ends on {until}: from the next day on nothing is known for {agreement}"
        yield Finding(CODE, message, study.catalogue.calendars[id].at, agreement, because=tuple(notes))


def _of_amount(study: Study, verdict: AmountVerdict) -> list[str]:
    """The calendars that end while an amount is measured: the promise's own, and those of the commitments that count."""
    agreements = study.catalogue.agreements
    theirs = [(part.target.calendar or agreements[part.stop.agreement].calendar).value for part in verdict.parts]
    named = dict.fromkeys([verdict.promise.calendar, *theirs])
    return [id for id in named if not study.calendars.never_open(id) and study.ends_within(id, verdict.horizon)]


def _note(study: Study, verdict: Verdict, calendar: str) -> Note:
    promise = verdict.promise
    told = f"{promise.metric.id} {promise.priority}"
    cuts = [cut.at for cut in verdict.cuts if cut.calendar == calendar]
    if not cuts:
        return Note(f"{told} is measured on it", promise.target.within.at)
    if None in cuts:
        return Note(f"{told}: no ticket is done before that", promise.target.within.at)
    last = date_at(min(at for at in cuts if at is not None), study.calendars.zone(promise.calendar))
    return Note(f"{told} is judged for tickets opened until {last}", promise.target.within.at)
