"""Shares, counts and money in words, and on the grid on which people write them."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor

from slachain.language.model import AmountTarget, Metric, Written
from slachain.language.scalars import Money, write_number, write_percentage

FINEST = {"percent": Fraction(1, 100_000), "count": Fraction(1), "money": Fraction(1)}  # 0.001%, one, one unit of a currency


def write_amount(value: Fraction, metric: Metric, target: AmountTarget) -> str:
    """`99.84%`, `120 leads`, `1200 EUR`; a share is told to four digits, rounded down."""
    if metric.type == "percent":
        return write_percentage(value, 4)
    unit = target.bound.value.currency if isinstance(target.bound.value, Money) else metric.unit
    return f"{write_number(value)} {unit}" if unit else write_number(value)


def on_grid(value: Fraction, metric: Metric, upwards: bool) -> Fraction:
    """The nearest value that people would write, at least or at most so great."""
    step = FINEST[metric.type]
    return (ceil(value / step) if upwards else floor(value / step)) * step


def written_amount(value: Fraction, metric: Metric, target: AmountTarget) -> Written[Fraction] | Written[Money]:
    """Another bound of the same unit, as the language writes it."""
    at, before = target.bound.at, target.bound.value
    if isinstance(before, Money):
        per = f"/{before.per}" if before.per else ""
        return Written(Money(value, before.currency, before.per), f"{write_number(value)} {before.currency}{per}", at)
    return Written(value, write_percentage(value, 6) if metric.type == "percent" else write_number(value), at)
