"""Money at risk as the report tells it: by promise, and of all together."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from slachain.analysis.money import AtRisk, cap_of, monthly
from slachain.decisions.report import MoneyLine, PromiseLine, Sum
from slachain.language.amounts import write_number
from slachain.study import Study


def money_line(risk: AtRisk | None) -> MoneyLine | None:
    """One promise's money at risk."""
    if risk is None:
        return None
    expected = None if risk.expected is None else sum_of(risk.expected, risk.currency)
    return MoneyLine(sum_of(risk.at_most, risk.currency), expected)


def sum_of(value: Fraction, currency: str) -> Sum:
    """Money in words."""
    return Sum(f"{write_number(value)} {currency}", value, currency)


def in_all(study: Study, lines: Iterable[PromiseLine]) -> tuple[MoneyLine, ...]:
    """By currency, each agreement's promises together up to its cap; expected where any promise tells."""
    by_agreement: dict[tuple[str, str], list[MoneyLine]] = {}
    for line in lines:
        if line.money is not None:
            by_agreement.setdefault((line.money.at_most.currency, line.agreement), []).append(line.money)
    currencies = sorted({currency for currency, _ in by_agreement})
    return tuple(_total(study, currency, {id: m for (c, id), m in by_agreement.items() if c == currency}) for currency in currencies)


def _total(study: Study, currency: str, by_agreement: dict[str, list[MoneyLine]]) -> MoneyLine:
    pairs = [_capped(study, id, money) for id, money in sorted(by_agreement.items())]
    most, expected = (sum(amounts, Fraction(0)) for amounts in zip(*pairs, strict=True))
    told = any(line.expected for money in by_agreement.values() for line in money)
    return MoneyLine(sum_of(most, currency), sum_of(expected, currency) if told else None)


def _capped(study: Study, id: str, money: list[MoneyLine]) -> tuple[Fraction, Fraction]:
    agreement = study.catalogue.agreements[id]
    most = sum((line.at_most.value for line in money), Fraction(0))
    expected = sum((line.expected.value for line in money if line.expected), Fraction(0))
    if agreement.fee is None:
        return most, expected
    cap = monthly(agreement.fee.value) * cap_of(agreement)
    return min(most, cap), min(expected, cap)
