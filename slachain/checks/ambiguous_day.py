"""A day that the one side takes for a working day and the other for 24 hours.

## What
`d` or `w` in a target or a hand-over on a calendar that is not open around the clock: `2d` is 48 hours of that calendar's open
time. Or `bd` on a calendar that is always open, where every day is a working day (unless its `business_days` say which are).

## Why
"Two days" on office hours is Wednesday to one, and next Tuesday to the other. It is taken as the language says, but the people
who signed it may each have meant something else.

## Breaks
```yaml
calendars:
  london: {timezone: Europe/London, hours: {mon-fri: "09:00-17:30"}}
agreements:
  desk: {kind: ola, provider: desk, customer: company, calendar: london, targets: {resolution: {P3: 2d}}}
```

## Holds
```yaml
calendars:
  london: {timezone: Europe/London, hours: {mon-fri: "09:00-17:30"}}
agreements:
  desk: {kind: ola, provider: desk, customer: company, calendar: london, targets: {resolution: {P3: 2bd}}}
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from slachain.checks.alike import where
from slachain.checks.scope import current, handing_over, time_targets
from slachain.clocks.wall import a_year_after, midnight
from slachain.language.describe import describe_calendar
from slachain.language.findings import Finding, Note, Severity
from slachain.language.model import Agreement, Hours, Written
from slachain.language.scalars import WEEK, BusinessDays, Duration, Time, write_duration
from slachain.language.source import Span
from slachain.language.values import dataclass, field
from slachain.study import Study

CODE, SLUG, SEVERITY = "SC802", "ambiguous-day", Severity.WARNING

Place = tuple[str | None, str | None, Written[Time], Written[str]]


def check(study: Study) -> Iterator[Finding]:
    """Every target and hand-over of an agreement once, on its own clock."""
    hours = _Hours(study)
    doubted = where(study, lambda agreement: any(hours.doubt(time, calendar.value) for _, _, time, calendar in _targets(agreement)))
    ids = {agreement.id for agreement in (*doubted, *handing_over(study))}
    for agreement in current(study) if ids else ():
        if agreement.id in ids:
            yield from _findings(hours, agreement)


def _findings(hours: _Hours, agreement: Agreement) -> Iterator[Finding]:
    seen: set[Span] = set()
    for metric, priority, time, calendar in (*_targets(agreement), *_hand_overs(agreement)):
        if time.at not in seen and (message := hours.doubt(time, calendar.value)):
            seen.add(time.at)
            help = "write hours around the clock" if isinstance(time.value, BusinessDays) else "write hours, or business days as 2bd"
            notes = (Note("on this clock", calendar.at),)
            yield Finding(CODE, message, time.at, agreement.id, metric, priority, notes, help=help)


def _targets(agreement: Agreement) -> Iterator[Place]:
    """Each time of a target, its metric and priority, and its calendar as named."""
    for metric, priority, target in time_targets(agreement):
        yield metric, priority, target.within, target.calendar or agreement.calendar


def _hand_overs(agreement: Agreement) -> Iterator[Place]:
    for item in agreement.relies_on:
        for member in item.members():
            for after in (member.after or {}).values():
                yield None, None, after, agreement.calendar


@dataclass(frozen=True, slots=True)
class _Hours:
    """Which calendars are open around the clock in the year that is checked: True, False, or None where it cannot be told."""

    study: Study
    known: dict[str, bool | None] = field(default_factory=dict)

    def doubt(self, time: Written[Time], calendar: str) -> str | None:
        """What may be misunderstood in a time on a calendar."""
        days, always = isinstance(time.value, BusinessDays), self.always(calendar)
        if days and always and not self.says_which(calendar):
            return f"{time.text} {self.told(calendar)}: every day is a business day there, and ends at midnight"
        if isinstance(time.value, Duration) and always is False and re.search("[dw]", time.text.casefold()):
            return f"{time.text} is {write_duration(time.value.seconds)} of open time {self.told(calendar)}"
        return None

    def told(self, calendar: str) -> str:
        return describe_calendar(calendar, self.study.catalogue.calendars)

    def says_which(self, calendar: str) -> bool:
        body = self.study.catalogue.calendars[calendar].body
        return isinstance(body, Hours) and body.business_days is not None

    def always(self, calendar: str) -> bool | None:
        if calendar not in self.known:
            self.known[calendar] = self.unbroken(calendar)
        return self.known[calendar]

    def unbroken(self, calendar: str) -> bool | None:
        """Whether its open time is one stretch of more than a week, wherever it begins and ends; None if it has none."""
        catalogue, calendars = self.study.catalogue, self.study.calendars
        if calendar in catalogue.broken or calendar not in catalogue.calendars:
            return None
        zone, as_of = calendars.zone(calendar), self.study.as_of
        start, end = midnight(as_of, zone), midnight(a_year_after(as_of), zone)
        if len(calendars.open(calendar, start, start + 2 * WEEK).starts) > 1:
            return False
        stretches = calendars.open(calendar, start, end).pairs()
        return len(stretches) == 1 and stretches[0][1] - stretches[0][0] > WEEK if stretches else None
