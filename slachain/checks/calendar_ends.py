"""A calendar ends, and from then on nothing is known.

## What
A calendar on a promise's paths, or the promise's own, has no open time after its `until` or the last event of its rota,
within the time that is checked. The promise is judged up to there. Or the public holidays of its country are not known for a
year in which the promise is looked at, or not all of them: the promise is judged without those.

## Why
Beyond the end nobody is on duty, as far as anybody has written down. A verdict reaches no further than the calendars do. And a
holiday that nobody knows of yet is a day on which nobody will be there.

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
from datetime import date

from slachain.analysis.amounts import AmountVerdict
from slachain.analysis.promises import ONE_DAY, Horizon
from slachain.analysis.verdicts import Verdict
from slachain.checks.holidays_unknown import holidays_unknown
from slachain.clocks.wall import LAST_DAY, date_at, midnight
from slachain.language.describe import name_calendar
from slachain.language.findings import Finding, Note, Severity
from slachain.language.values import dataclass, field
from slachain.study import Study

CODE, SLUG, SEVERITY = "SC505", "calendar-ends", Severity.WARNING


def check(study: Study) -> Iterator[Finding]:
    """Each calendar once for each agreement whose promises it cuts, at its definition."""
    ends, cut = Ends(study), dict[tuple[str, str], list[Note]]()
    for verdict in study.verdicts.where(ends.of_time):
        for calendar in ends.of_time(verdict):
            cut.setdefault((calendar, verdict.promise.agreement.id), []).append(_note(study, verdict, calendar))
    for amount in study.amount_verdicts.where(ends.of_amount):
        for calendar in ends.of_amount(amount):
            note = Note(f"{amount.promise.metric.id} {amount.promise.priority} is measured with it", amount.promise.target.bound.at)
            cut.setdefault((calendar, amount.promise.agreement.id), []).append(note)
    for (id, agreement), notes in cut.items():
        message = f"{ends.told(id)}: from the next day on nothing is known for {agreement}"
        yield Finding(CODE, message, study.catalogue.calendars[id].at, agreement, because=tuple(notes))
    yield from holidays_unknown(CODE, study)


@dataclass(frozen=True, slots=True)
class Ends:
    """Which calendars end, each looked up once."""

    study: Study
    known: dict[str, date | None] = field(default_factory=dict)

    def last_day(self, calendar: str) -> date | None:
        """The last date that a calendar knows of; None where it goes on."""
        if calendar not in self.known:
            until = self.study.calendars.named_until(calendar)
            self.known[calendar] = until if until is not None and until < LAST_DAY else None
        return self.known[calendar]

    def told(self, calendar: str) -> str:
        """That a calendar ends, in words."""
        return (
            f"the calendar {name_calendar(calendar, self.study.catalogue.calendars)} ends on {self.study.calendars.named_until(calendar)}"
        )

    def within(self, calendar: str, horizon: Horizon) -> bool:
        """Whether a calendar knows of no time after a day that lies before the end of a horizon."""
        until = self.last_day(calendar)
        return until is not None and midnight(until + ONE_DAY, self.study.calendars.zone(calendar)) < horizon.end

    def of_time(self, verdict: Verdict) -> list[str]:
        """The calendars whose end falls into a promise's horizon: one on its paths, or its own."""
        found = [cut.calendar for cut in verdict.cuts]
        if self.within(verdict.promise.calendar, verdict.horizon):
            found.append(verdict.promise.calendar)
        return [id for id in dict.fromkeys(found) if not self.study.calendars.never_open(id)]

    def of_amount(self, verdict: AmountVerdict) -> list[str]:
        """The calendars that end while an amount is measured: the promise's own, and those of the commitments that count."""
        named = dict.fromkeys([verdict.promise.calendar, *self._parts(verdict)])
        return [id for id in named if self.last_day(id) and not self.study.calendars.never_open(id) and self.within(id, verdict.horizon)]

    def _parts(self, verdict: AmountVerdict) -> Iterator[str]:
        """The calendars of the commitments that count which end at some time."""
        for part in verdict.parts:
            calendar = part.target.calendar or self.study.catalogue.agreements[part.stop.agreement].calendar
            if self.last_day(calendar.value):
                yield calendar.value


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
