"""The report's lines on promises of amounts."""

from __future__ import annotations

from fractions import Fraction

from slachain.analysis.amounts import AmountVerdict, Part
from slachain.analysis.availability import Downtime
from slachain.analysis.money import amount_at_risk
from slachain.decisions.mend_amounts import AmountMender
from slachain.decisions.money_lines import money_line
from slachain.decisions.paste import fix_line
from slachain.decisions.report import Instant, PartLine, PromiseLine, Quantity
from slachain.language.amounts import write_amount
from slachain.language.describe import describe_calendar
from slachain.language.scalars import write_duration
from slachain.study import Study


def amount_line(study: Study, verdict: AmountVerdict) -> PromiseLine:
    """One promise's row: its amount, what is supplied, and by whom."""
    promise, calendars = verdict.promise, study.catalogue.calendars
    supported = verdict.supported
    return PromiseLine(
        agreement=promise.agreement.id,
        title=promise.agreement.title_or_id,
        customer=promise.agreement.customer.value,
        provider=promise.agreement.provider.value,
        metric=promise.metric.id,
        priority=promise.priority,
        alternative=None,
        chain=promise.metric.chain,
        calendar=promise.calendar,
        clock=describe_calendar(promise.calendar, calendars),
        zone=study.calendars.zone(promise.calendar),
        verdict=verdict.verdict,
        cause=verdict.cause,
        promised=Quantity(promise.target.bound.text, promise.amount, "value"),
        supported=_supported(verdict),
        headroom=None if supported is None else _headroom(verdict, supported),
        attainment=None,
        exposure=None,
        horizon=(Instant(2 * verdict.horizon.start), Instant(2 * verdict.horizon.end)),
        worst_case=None,
        fixes=tuple(fix_line(study, fix) for fix in AmountMender(study, verdict).fixes()),
        written=study.catalogue.line(promise.target.bound.at),
        at=promise.target.bound.at,
        period=promise.target.period,
        supplies=tuple(part_line(study, verdict, part) for part in verdict.parts),
        money=money_line(amount_at_risk(verdict), promise.agreement, promise.metric.id),
        downtime=_downtime(study, verdict),
    )


def _supported(verdict: AmountVerdict) -> Quantity | None:
    if verdict.supported is None:
        return Quantity("never", None, "value") if verdict.cause == "missing" else None
    promise = verdict.promise
    return Quantity(write_amount(verdict.supported, promise.metric, promise.target), verdict.supported, "value")


def _headroom(verdict: AmountVerdict, supported: Fraction) -> Quantity:
    promise = verdict.promise
    left = supported - promise.amount if promise.metric.better == "higher" else promise.amount - supported
    return Quantity(write_amount(left, promise.metric, promise.target), left, "value")


def part_line(study: Study, verdict: AmountVerdict, part: Part) -> PartLine:
    """One commitment, and what it comes to on the promise's clock."""
    metric = verdict.promise.metric
    calendar = (part.target.calendar or study.catalogue.agreements[part.stop.agreement].calendar).value
    bound = part.target.bound
    return PartLine(
        agreement=part.stop.agreement,
        commits=bound.text,
        period=part.target.period,
        clock=describe_calendar(calendar, study.catalogue.calendars),
        supplies=Quantity(write_amount(part.supplies, metric, part.target), part.supplies, "value"),
        written=study.catalogue.line(bound.at),
        at=bound.at,
    )


def _downtime(study: Study, verdict: AmountVerdict) -> tuple[str, str] | None:
    """How long it may be down in a period: as promised, and as supported."""
    promise = verdict.promise
    if promise.metric.chain != "product" or verdict.supported is None:
        return None
    kind = promise.target.period
    measured = Downtime(study.calendars, promise.calendar, kind, verdict.horizon)
    open_time = [measured.open(promise.calendar).within(period) for period in measured.counted()]
    return _told(promise.amount, open_time), _told(verdict.supported, open_time)


def _told(share: Fraction, open_time: list[int]) -> str:
    """The shortest and the longest downtime that a share leaves in a period, in whole seconds."""
    downs = [int((1 - share) * seconds) for seconds in open_time] or [0]
    least, most = write_duration(min(downs)), write_duration(max(downs))
    return least if least == most else f"{least} to {most}"
