"""The rows of a report: each verdict, case and step turned into the line that shows it."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from slachain.analysis.cases import Case, Step
from slachain.analysis.money import demand_of, time_at_risk
from slachain.analysis.promises import Promise
from slachain.analysis.verdicts import LatestSafe, Verdict
from slachain.checks.wording import does, place
from slachain.clocks.curves import BEYOND
from slachain.clocks.departures import clock_changes, departures
from slachain.clocks.wall import write_day
from slachain.clocks.weeks import by_hour
from slachain.decisions.money_lines import money_line
from slachain.decisions.report import (
    Attainment,
    FixLine,
    Instant,
    PromiseLine,
    Quantity,
    StepLine,
    TicketsLine,
    WeekLine,
    WorstCase,
    quantity,
)
from slachain.language.describe import describe_calendar, name_calendar
from slachain.language.model import ROUND_THE_CLOCK
from slachain.language.scalars import BusinessDays, Time
from slachain.language.values import dataclass, field, replace
from slachain.study import Study

if TYPE_CHECKING:
    from slachain.decisions.mend import Fix

MARGIN_OF_PICTURE = 6 * 3600  # seconds shown before and after a ticket
Key = tuple[str, str, str, int]
Pairs = tuple[tuple[Instant, Instant], ...]


@dataclass(frozen=True, slots=True)
class PromiseLines:
    """The rows of one study. What promises that are alike have in common is put together once.

    `for_terminal`: without what no terminal tells, the week in which tickets are late and the lines to paste.
    """

    study: Study
    for_terminal: bool = False
    _cases: dict[Key, tuple[Key, WorstCase]] = field(default_factory=dict)  # whose it is, and how it is told of that one
    _weeks: dict[Key, WeekLine | None] = field(default_factory=dict)
    _fixes: dict[Key, tuple[FixLine, ...]] = field(default_factory=dict)
    _mends: dict[Hashable, tuple[str, tuple[Fix, ...]]] = field(default_factory=dict)  # whose they are, and what mends those like it
    _pasted: dict[Fix, FixLine] = field(default_factory=dict)

    def of(self, verdict: Verdict, fixes: bool = True) -> PromiseLine:
        """One promise's row; finding its fixes is what costs most."""
        study, promise = self.study, verdict.promise
        limit, worst, case = promise.target.within.value, verdict.supported, verdict.case
        days = isinstance(limit, BusinessDays)
        bound = None if worst is None else worst.bound
        return PromiseLine(
            agreement=promise.agreement.id,
            title=promise.agreement.title_or_id,
            customer=promise.agreement.customer.value,
            provider=promise.agreement.provider.value,
            metric=promise.metric.id,
            priority=promise.priority,
            alternative=promise.alternative,
            chain=promise.metric.chain,
            calendar=promise.calendar,
            clock=describe_calendar(promise.calendar, study.catalogue.calendars),
            zone=study.calendars.zone(promise.calendar),
            verdict=verdict.verdict,
            cause=verdict.cause,
            promised=Quantity(promise.target.within.text, _amount(limit), "business_days" if days else "seconds"),
            supported=None if worst is None else quantity(bound, days),
            headroom=None if worst is None else quantity(None if bound is None else _amount(limit) - bound, days, never="none"),
            attainment=None if verdict.assured is None else Attainment(promise.target.share, verdict.assured),
            exposure=verdict.exposure,
            horizon=(Instant(2 * verdict.horizon.start), Instant(2 * verdict.horizon.end)),
            worst_case=None if case is None else self.worst_case(verdict, case),
            fixes=self.fixes(verdict) if fixes and not verdict.holds else (),
            written=study.catalogue.line(promise.target.within.at),
            at=promise.target.within.at,
            week=self.week(verdict) if verdict.exposure and not self.for_terminal else None,
            tickets=tickets_line(verdict),
            money=money_line(time_at_risk(verdict), promise.agreement, promise.metric.id),
        )

    def fixes(self, verdict: Verdict) -> tuple[FixLine, ...]:
        """What would mend a promise that does not hold, sought once."""
        if verdict.holds:
            return ()
        key = verdict.promise.key
        if key not in self._fixes:
            self._fixes[key] = tuple(self._written(fix) for fix in self._mending(verdict))
        return self._fixes[key]

    def _mending(self, verdict: Verdict) -> tuple[Fix, ...]:
        """What would mend it: what mends a promise that is like it, and says so in the same words, but for who made it."""
        from slachain.decisions.mend import Mender

        promise = verdict.promise
        like, own = (self.study.like(promise), said(promise)), promise.agreement.id
        if like not in self._mends:
            self._mends[like] = own, Mender(self.study, verdict).fixes()
        whose, found = self._mends[like]
        return found if whose == own else tuple(replace(fix, agreement=own) if fix.agreement == whose else fix for fix in found)

    def _written(self, fix: Fix) -> FixLine:
        """A fix with its lines: what mends many promises is written once."""
        if self.for_terminal:
            return fix.in_words()
        from slachain.decisions.paste import fix_line

        if fix not in self._pasted:
            self._pasted[fix] = fix_line(self.study, fix)
        return self._pasted[fix]

    def worst_case(self, verdict: Verdict, case: Case) -> WorstCase:
        """The case of a verdict; of one that is like another only its own steps are told anew."""
        like, key = self.study.like(verdict.promise), verdict.promise.key
        if like not in self._cases:
            self._cases[like] = key, worst_case(self.study, verdict, case)
        whose, found = self._cases[like]
        if whose == key:
            return found
        days = isinstance(verdict.promise.target.within.value, BusinessDays)
        own = verdict.promise.agreement.id
        steps = [
            step_line(self.study, verdict, step, safe, days, line.open) if step.stop.agreement == own else line
            for step, safe, line in zip(case.steps, verdict.latest_safe, found.steps, strict=True)
        ]
        return replace(found, path=case.path, steps=tuple(steps))

    def week(self, verdict: Verdict) -> WeekLine | None:
        """When its tickets may be late."""
        like = self.study.like(verdict.promise)
        if like not in self._weeks:
            self._weeks[like] = week_line(self.study, verdict)
        return self._weeks[like]


def promise_line(study: Study, verdict: Verdict, fixes: bool = True) -> PromiseLine:
    """One promise's row by itself."""
    return PromiseLines(study).of(verdict, fixes)


def said(promise: Promise) -> Hashable:
    """What it says itself as it is written, so far as a fix tells that: its target, its shares, and when it hands over."""
    target, items = promise.target, promise.agreement.relies_on
    after = tuple(tuple(time.text for time in (member.after or {}).values()) for item in items for member in item.members())
    attainment = target.attainment.text if target.attainment else None
    return promise.key[1:], target.within.text, attainment, after, tuple(item.share.text if item.share else None for item in items)


def _amount(time: Time) -> int:
    return time.days if isinstance(time, BusinessDays) else time.seconds


def week_line(study: Study, verdict: Verdict) -> WeekLine | None:
    """When tickets may be late, by the hours of the week on the customer's wall."""
    found = study.late(verdict.promise)
    if found is None:
        return None
    zone = study.calendars.zone(verdict.promise.calendar)
    asked, late = (by_hour(part, zone, verdict.horizon.start, verdict.horizon.end).tolist() for part in found)
    pairs = [zip(of, among, strict=True) for of, among in zip(late, asked, strict=True)]
    return WeekLine(zone, tuple(tuple(Fraction(some, all_) if all_ else None for some, all_ in day) for day in pairs))


def tickets_line(verdict: Verdict) -> TicketsLine | None:
    """How many tickets are expected in a month, and how many of them nothing assures to be in time."""
    promise = verdict.promise
    month = demand_of(promise.agreement, promise.metric.id, promise.priority)
    if month is None or verdict.assured is None:
        return None
    return TicketsLine(month, month * (1 - verdict.assured))


def worst_case(study: Study, verdict: Verdict, case: Case) -> WorstCase:
    """A case with what is needed to draw it: each step's open hours around it."""
    due = study.due(verdict.promise, case.opened)
    seen = [t for t in (case.opened, case.done, due, *(s.to for s in case.steps)) if t < BEYOND]
    first, last = min(seen) // 2, max(seen) // 2
    margin = max(MARGIN_OF_PICTURE, (last - first) // 20)
    shown = (first - margin, last + margin)
    limit_in_days = isinstance(verdict.promise.target.within.value, BusinessDays)
    opens = {id: _open(study, id, shown) for id in {verdict.promise.calendar, *(step.calendar for step in case.steps)}}
    steps = zip(case.steps, verdict.latest_safe, strict=True)
    return WorstCase(
        opened=Instant(case.opened),
        due=Instant(due) if due < BEYOND else None,
        done=Instant(case.done) if case.done < BEYOND else None,
        attained=case.attained,
        path=case.path,
        steps=tuple(step_line(study, verdict, step, safe, limit_in_days, opens[step.calendar]) for step, safe in steps),
        remarks=tuple(remarks(study, verdict, case)),
        open=opens[verdict.promise.calendar],
        shown=(Instant(2 * shown[0]), Instant(2 * shown[1])),
    )


def remarks(study: Study, verdict: Verdict, case: Case) -> Iterator[str]:
    """What is out of the ordinary while a ticket is open: the holidays, exceptions and clock changes it meets."""
    if case.done >= BEYOND:
        return
    calendars = dict.fromkeys([*(step.calendar for step in case.steps), verdict.promise.calendar])
    start, end = case.opened // 2, case.done // 2
    told: set[tuple[date, str]] = set()
    for id in calendars:
        name = name_calendar(id, study.catalogue.calendars)
        told |= {(d.day, f"{d.what} ({name})") for d in departures(study.calendars, id, start, end)}
    for zone in {study.calendars.zone(id) for id in calendars}:
        told |= {(d.day, f"{d.what} ({zone})") for d in clock_changes(zone, start, end)}
    yield from (f"{write_day(day)}: {what}" for day, what in sorted(told))


def step_line(study: Study, verdict: Verdict, step: Step, safe: LatestSafe | None, days: bool, open: Pairs) -> StepLine:
    """One step of a case."""
    paused = None if step.paused == 0 else quantity(step.paused, False, never="without limit")
    return StepLine(
        agreement=step.stop.agreement,
        does=step.does,
        start=Instant(step.start),
        to=Instant(step.to) if step.ends else None,
        allowed=step.allowed.text if step.allowed else None,
        calendar=step.calendar,
        clock=describe_calendar(step.calendar, study.catalogue.calendars),
        zone=study.calendars.zone(verdict.promise.calendar if step.calendar == ROUND_THE_CLOCK else step.calendar),
        to_agreement=step.member.agreement.value if step.member else None,
        paused=paused,
        latest_safe=None if safe is None else quantity(safe.bound, days),
        says=does(study, step, verdict.promise.metric.id),
        written=study.catalogue.line(place(study, step)),
        at=place(study, step),
        open=open,
    )


def _open(study: Study, calendar: str, shown: tuple[int, int]) -> Pairs:
    return tuple((Instant(2 * a), Instant(2 * b)) for a, b in study.calendars.open(calendar, *shown).pairs())
