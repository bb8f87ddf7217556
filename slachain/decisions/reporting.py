"""How a report comes about: each verdict, case, step and finding turned into the line that shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction

from slachain.analysis.cases import Case, Step
from slachain.analysis.money import demand_of, time_at_risk
from slachain.analysis.verdicts import LatestSafe, Verdict
from slachain.checks.registry import all_checks, by_code
from slachain.checks.wording import does, place
from slachain.clocks.curves import BEYOND
from slachain.clocks.departures import clock_changes, departures
from slachain.clocks.wall import write_day
from slachain.clocks.weeks import by_hour
from slachain.decisions.agreement_lines import agreement_lines
from slachain.decisions.amount_lines import amount_line
from slachain.decisions.mend import Mender
from slachain.decisions.money_lines import in_all, money_line, of_agreements
from slachain.decisions.paste import fix_line
from slachain.decisions.report import (
    AcceptanceLine,
    Attainment,
    FindingLine,
    Instant,
    NoteLine,
    PromiseLine,
    Quantity,
    Report,
    StepLine,
    TicketsLine,
    WeekLine,
    WorstCase,
    quantity,
)
from slachain.language.describe import describe_calendar, name_calendar
from slachain.language.findings import Finding
from slachain.language.model import ROUND_THE_CLOCK
from slachain.language.scalars import BusinessDays, Time
from slachain.study import Study

MARGIN_OF_PICTURE = 6 * 3600  # seconds shown before and after a ticket

Progress = Callable[[int, int], None]


def report(study: Study, data_used: tuple[tuple[str, str], ...] = (), progress: Progress = lambda done, of: None) -> Report:
    """The whole report of a study; `progress` is told how many promises are done of how many."""
    total = len(study.promises) + len(study.amounts)
    lines = []
    for index, verdict in enumerate(study.verdicts_one_by_one()):
        progress(index, total)
        lines.append(promise_line(study, verdict))
    lines += [amount_line(study, verdict) for verdict in study.amount_verdicts]
    progress(total, total)
    found = findings(study)
    money = of_agreements(study, lines)
    return Report(
        as_of=study.as_of,
        agreements=agreement_lines(study, money),
        promises=tuple(sorted(lines, key=lambda p: (p.agreement, p.metric, p.priority, p.alternative or 0))),
        findings=tuple(found),
        not_checked=study.not_checked,
        assumptions=tuple(assumptions(study)),
        data_used=data_used,
        money=in_all(money.values()),
        unreadable=any(f.code.startswith("SC1") for f in found),
    )


def assumptions(study: Study) -> Iterator[str]:
    """What the numbers rest on that no agreement says."""
    if study.catalogue.policy.arrivals == "even":
        yield "Tickets are opened evenly over the customer's open hours (policy: arrivals)."
    else:
        yield "Tickets may all be opened at the worst time (policy: arrivals)."
    if any(promise.metric.chain == "product" for promise in study.amounts):
        if study.catalogue.policy.failures == "independent":
            yield "Failures of different agreements are independent of one another (policy: failures)."
        else:
            yield "Failures of different agreements may have a cause in common (policy: failures)."
    yield "Every commitment is used up to its last second, and every hand-over happens at the latest it may."


# --- promises --------------------------------------------------------------------------------------------------------


def promise_line(study: Study, verdict: Verdict, fixes: bool = True) -> PromiseLine:
    """One promise's row; finding its fixes is what costs most."""
    promise = verdict.promise
    mends = Mender(study, verdict).fixes() if fixes else ()
    limit, worst = promise.target.within.value, verdict.supported
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
        worst_case=None if verdict.case is None else worst_case(study, verdict, verdict.case),
        fixes=tuple(fix_line(study, fix) for fix in mends),
        written=study.catalogue.line(promise.target.within.at),
        at=promise.target.within.at,
        week=week_line(study, verdict) if verdict.exposure else None,
        tickets=tickets_line(verdict),
        money=money_line(time_at_risk(verdict), promise.agreement, promise.metric.id),
    )


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
    steps = zip(case.steps, verdict.latest_safe, strict=True)
    return WorstCase(
        opened=Instant(case.opened),
        due=Instant(due) if due < BEYOND else None,
        done=Instant(case.done) if case.done < BEYOND else None,
        attained=case.attained,
        path=case.path,
        steps=tuple(step_line(study, verdict, step, safe, limit_in_days, shown) for step, safe in steps),
        remarks=tuple(remarks(study, verdict, case)),
        open=_open(study, verdict.promise.calendar, shown),
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


def step_line(study: Study, verdict: Verdict, step: Step, safe: LatestSafe | None, days: bool, shown: tuple[int, int]) -> StepLine:
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
        open=_open(study, step.calendar, shown),
    )


def _open(study: Study, calendar: str, shown: tuple[int, int]) -> tuple[tuple[Instant, Instant], ...]:
    return tuple((Instant(2 * a), Instant(2 * b)) for a, b in study.calendars.open(calendar, *shown).pairs())


# --- findings --------------------------------------------------------------------------------------------------------


def findings(study: Study) -> list[FindingLine]:
    """Every finding of every check, in the order of the files."""
    found = (finding_line(study, finding) for check in all_checks() for finding in check.check(study))
    return sorted(found, key=lambda f: (f.at, f.code, f.message, f.agreement or "", f.priority or ""))


def finding_line(study: Study, finding: Finding) -> FindingLine:
    """A finding with what its check and the agreement's acceptances make of it."""
    check = by_code()[finding.code]
    chosen = study.catalogue.policy.severities.get(finding.code)
    severity = chosen.value if chosen else check.SEVERITY
    return FindingLine(
        code=finding.code,
        slug=check.SLUG,
        severity=severity,
        agreement=finding.agreement,
        metric=finding.metric,
        priority=finding.priority,
        message=finding.message,
        at=finding.at,
        because=tuple(NoteLine(note.message, note.at) for note in finding.because),
        when=finding.when,
        help=finding.help,
        acceptance=acceptance_line(study, finding),
    )


def acceptance_line(study: Study, finding: Finding) -> AcceptanceLine | None:
    """The acceptance under which a finding stands on this day, the longest where there are several; None for none."""
    agreement = study.catalogue.agreements.get(finding.agreement or "")
    if agreement is None or finding.code.startswith("SC1"):
        return None
    valid = [a for a in agreement.accept if a.finding.value == finding.code and study.as_of <= a.until.value]
    longest = max(valid, key=lambda a: a.until.value, default=None)
    return AcceptanceLine(longest.until.value, longest.because.value, longest.finding.at) if longest else None
