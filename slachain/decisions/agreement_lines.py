"""The report's lines on the agreements themselves: who relies on whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from slachain.analysis.money import AtRisk
from slachain.decisions.lines import Lines
from slachain.decisions.money_at_risk import MoneyLine
from slachain.decisions.money_lines import total_line
from slachain.decisions.report import AgreementLine, RelianceLine
from slachain.language.describe import describe_calendar
from slachain.language.model import ANY, Agreement, Item, Member, Route
from slachain.study import Study


def agreement_lines(study: Study, money: Mapping[str, AtRisk]) -> Sequence[AgreementLine]:
    """Every agreement that was read, by id, with its money at risk."""

    def tell(agreement: Agreement) -> AgreementLine:
        risk = money.get(agreement.id)
        return agreement_line(study, agreement, total_line(risk) if risk else None)

    return Lines([agreement for _, agreement in sorted(study.catalogue.agreements.items())], tell)


def agreement_line(study: Study, agreement: Agreement, money: MoneyLine | None) -> AgreementLine:
    """One agreement."""
    calendar, calendars = agreement.calendar.value, study.catalogue.calendars
    return AgreementLine(
        id=agreement.id,
        title=agreement.title_or_id,
        kind=agreement.kind.value,
        provider=agreement.provider.value,
        customer=agreement.customer.value,
        service=agreement.service.value if agreement.service else None,
        owner=agreement.owner.value if agreement.owner else None,
        clock=describe_calendar(calendar, calendars) if calendar in calendars else calendar,
        tier=study.graph.tiers[agreement.id],
        promises=agreement.promises,
        at=agreement.at,
        relies_on=tuple(line for index, item in enumerate(agreement.relies_on) for line in reliance_lines(item, index)),
        money=money,
    )


def reliance_lines(item: Item, index: int) -> Iterator[RelianceLine]:
    """One line for each agreement that an item names."""

    def walk(route: Route, how: str | None, place: str) -> Iterator[RelianceLine]:
        if isinstance(route, Member):
            yield reliance_line(route, item, how, place)
        else:
            group = f"{place}.{route.how}"
            for number, inner in enumerate(route.members):
                yield from walk(inner, route.how, group if isinstance(inner, Member) else f"{group}[{number}]")

    return walk(item.route, None, f"relies_on[{index}]")


def reliance_line(member: Member, item: Item, how: str | None, place: str) -> RelianceLine:
    """One agreement relied on; the hand-over for every priority is told as `*`."""
    return RelianceLine(
        to=member.agreement.value,
        after=tuple((priority or ANY, time.text) for priority, time in (member.after or {}).items()),
        share=item.share.text if item.share else None,
        metrics=tuple(sorted(member.metrics)) if member.metrics is not None else None,
        how=how,
        place=place,
        at=member.agreement.at,
    )
