"""Money at risk as the report tells it: by promise, and of all together."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from slachain.analysis.money import AtRisk, bands_of, cap_of, monthly
from slachain.decisions.report import MoneyLine, PromiseLine, Sum
from slachain.language.amounts import write_number
from slachain.language.model import Agreement
from slachain.study import Study


def money_line(risk: AtRisk | None, agreement: Agreement, metric: str) -> MoneyLine | None:
    """One promise's money at risk."""
    if risk is None:
        return None
    expected = None if risk.expected is None else sum_of(risk.expected, risk.currency)
    return MoneyLine(sum_of(risk.at_most, risk.currency), expected, basis(agreement, metric))


def basis(agreement: Agreement, metric: str) -> str:
    """What is agreed: `Fee 14000 EUR/month; credit of it over 5bd: 2%; at most 15% in all.`"""
    bands = ", ".join(f"{band.side} {band.edge.text}: {band.credit.text}" for band in bands_of(agreement, metric))
    cap = f"; at most {agreement.credits.cap.text} in all" if agreement.credits and agreement.credits.cap else ""
    return f"Fee {agreement.fee.text if agreement.fee else 'none'}; credit of it {bands}{cap}."


def sum_of(value: Fraction, currency: str) -> Sum:
    """Money in words."""
    return Sum(f"{write_number(value)} {currency}", value, currency)


def of_agreements(study: Study, lines: Iterable[PromiseLine]) -> dict[str, MoneyLine]:
    """Each agreement's promises together, up to its cap; expected where any promise tells."""
    by_agreement: dict[str, list[MoneyLine]] = {}
    for line in lines:
        if line.money is not None:
            by_agreement.setdefault(line.agreement, []).append(line.money)
    return {id: _capped(study, id, money) for id, money in sorted(by_agreement.items())}


def _capped(study: Study, id: str, money: list[MoneyLine]) -> MoneyLine:
    agreement, currency = study.catalogue.agreements[id], money[0].at_most.currency
    told = [line.expected.value for line in money if line.expected]
    most, expected = sum((line.at_most.value for line in money), Fraction(0)), sum(told, Fraction(0))
    if agreement.fee is not None:
        cap = monthly(agreement.fee.value) * cap_of(agreement)
        most, expected = min(most, cap), min(expected, cap)
    return MoneyLine(sum_of(most, currency), sum_of(expected, currency) if told else None)


def in_all(by_agreement: Iterable[MoneyLine]) -> tuple[MoneyLine, ...]:
    """All together, by currency."""
    by_currency: dict[str, list[MoneyLine]] = {}
    for money in by_agreement:
        by_currency.setdefault(money.at_most.currency, []).append(money)
    return tuple(_added(currency, by_currency[currency]) for currency in sorted(by_currency))


def _added(currency: str, money: list[MoneyLine]) -> MoneyLine:
    told = [line.expected.value for line in money if line.expected]
    most = sum((line.at_most.value for line in money), Fraction(0))
    return MoneyLine(sum_of(most, currency), sum_of(sum(told, Fraction(0)), currency) if told else None)
