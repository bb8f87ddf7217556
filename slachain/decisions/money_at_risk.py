"""Money at risk, as a report tells it."""

from __future__ import annotations

from fractions import Fraction

from slachain.language.scalars import write_number
from slachain.language.values import dataclass


@dataclass(frozen=True, slots=True)
class Sum:
    """An amount of money in words, exact, and its currency."""

    text: str
    value: Fraction
    currency: str


@dataclass(frozen=True, slots=True)
class MoneyLine:
    """Money at risk in a month: at most, and as is to be expected (None where no demand is written)."""

    at_most: Sum
    expected: Sum | None
    basis: str = ""  # the fee, credits and cap that it comes from, for one promise


def sum_of(value: Fraction, currency: str) -> Sum:
    """Money in words."""
    return Sum(f"{write_number(value)} {currency}", value, currency)
