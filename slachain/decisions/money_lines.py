"""Money at risk as the report tells it: by promise, and of all together."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import chain

from slachain.analysis.amounts import AmountVerdict
from slachain.analysis.money import AtRisk, amount_at_risk, bands_of, cap_of, monthly, time_at_risk
from slachain.analysis.verdicts import Verdict
from slachain.decisions.money_at_risk import MoneyLine, sum_of
from slachain.decisions.report import PromiseLine
from slachain.language.model import Agreement
from slachain.language.values import replace
from slachain.study import Study

Judged = Verdict | AmountVerdict | PromiseLine  # a promise as it was found, or as it is told


def money_line(risk: AtRisk | None, agreement: Agreement, metric: str) -> MoneyLine | None:
    """One promise's money at risk."""
    return None if risk is None else replace(total_line(risk), basis=basis(agreement, metric))


def basis(agreement: Agreement, metric: str) -> str:
    """What is agreed: `Fee 14000 EUR/month; credit of it over 5bd: 2%; at most 15% in all.`"""
    bands = ", ".join(f"{band.side} {band.edge.text}: {band.credit.text}" for band in bands_of(agreement, metric))
    cap = f"; at most {agreement.credits.cap.text} in all" if agreement.credits and agreement.credits.cap else ""
    return f"Fee {agreement.fee.text if agreement.fee else 'none'}; credit of it {bands}{cap}."


def at_risk(judged: Judged) -> AtRisk | None:
    """What a promise can cost in a month, whether it has been told or not."""
    if isinstance(judged, PromiseLine):
        return risk_of(judged.money) if judged.money else None
    return time_at_risk(judged) if isinstance(judged, Verdict) else amount_at_risk(judged)


def of_all(study: Study) -> dict[str, AtRisk]:
    """Every agreement's promises together, by id: to be asked for through the study's `once`."""
    return of_agreements(study, chain(study.verdicts, study.amount_verdicts))


def of_agreements(study: Study, promises: Iterable[Judged]) -> dict[str, AtRisk]:
    """Each agreement's promises together, up to its cap, by id; expected where any promise tells."""
    by_agreement: dict[str, list[AtRisk]] = {}
    for judged in promises:
        risk = at_risk(judged)
        if risk is not None:
            by_agreement.setdefault(judged.named[0], []).append(risk)
    return {id: _capped(study.catalogue.agreements[id], _added(found)) for id, found in sorted(by_agreement.items())}


def _capped(agreement: Agreement, risk: AtRisk) -> AtRisk:
    if agreement.fee is None or not (risk.at_most or risk.expected):
        return risk
    cap = monthly(agreement.fee.value) * cap_of(agreement)
    return replace(risk, at_most=min(risk.at_most, cap), expected=None if risk.expected is None else min(risk.expected, cap))


def together(risks: Iterable[AtRisk]) -> tuple[MoneyLine, ...]:
    """All together, by currency."""
    by_currency: dict[str, list[AtRisk]] = {}
    for risk in risks:
        by_currency.setdefault(risk.currency, []).append(risk)
    return tuple(total_line(_added(by_currency[currency])) for currency in sorted(by_currency))


def in_all(money: Iterable[MoneyLine]) -> tuple[MoneyLine, ...]:
    """The same of what has been told."""
    return together(map(risk_of, money))


def _added(risks: list[AtRisk]) -> AtRisk:
    """Of one currency; most of them are nothing, which is passed over."""
    told = [risk.expected for risk in risks if risk.expected is not None]
    most = sum((risk.at_most for risk in risks if risk.at_most), Fraction(0))
    return AtRisk(most, sum(filter(None, told), Fraction(0)) if told else None, risks[0].currency)


def total_line(risk: AtRisk) -> MoneyLine:
    """Money at risk of several promises, in words."""
    return MoneyLine(sum_of(risk.at_most, risk.currency), None if risk.expected is None else sum_of(risk.expected, risk.currency))


def risk_of(line: MoneyLine) -> AtRisk:
    """What a line tells, as numbers."""
    return AtRisk(line.at_most.value, line.expected.value if line.expected else None, line.at_most.currency)
