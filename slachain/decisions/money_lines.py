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
    totals: dict[str, list[tuple[Fraction, Fraction]]] = {}
    for (currency, id), money in sorted(by_agreement.items()):
        totals.setdefault(currency, []).append(_capped(study, id, money))
    return tuple(
        MoneyLine(sum_of(sum((m for m, _ in pairs), Fraction(0)), currency), sum_of(sum((e for _, e in pairs), Fraction(0)), currency))
        for currency, pairs in totals.items()
    )


def _capped(study: Study, id: str, money: list[MoneyLine]) -> tuple[Fraction, Fraction]:
    agreement = study.catalogue.agreements[id]
    most = sum((line.at_most.value for line in money), Fraction(0))
    expected = sum((line.expected.value for line in money if line.expected), Fraction(0))
    if agreement.fee is None:
        return most, expected
    cap = monthly(agreement.fee.value) * cap_of(agreement)
    return min(most, cap), min(expected, cap)
