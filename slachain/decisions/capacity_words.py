"""How the capacity plan puts numbers into words."""

from __future__ import annotations

from fractions import Fraction
from math import floor, isinf

from slachain.analysis.arrivals import Stream
from slachain.analysis.capacity import Answer
from slachain.decisions.money_at_risk import Sum
from slachain.decisions.report import Quantity, quantity
from slachain.language.model import ANY
from slachain.language.scalars import HOUR, LONGEST, MINUTE, write_number, write_time


def within(answer: Answer) -> Quantity:
    """A commitment's time, as it is written."""
    return Quantity(write_time(answer.within), floor(answer.seconds))


def money(value: Fraction, currency: str) -> Sum:
    """An exact sum, told in whole units of its currency, rounded."""
    return Sum(f"{floor(value + Fraction(1, 2))} {currency}", value, currency)


def exact(seconds: Fraction) -> Quantity:
    """An exact time, told in whole seconds, rounded."""
    return quantity_of(floor(seconds + Fraction(1, 2)))


def quantity_of(seconds: int) -> Quantity:
    """A number of seconds in words."""
    return quantity(seconds, False) if seconds else Quantity("0s", 0)


def mean(seconds: float) -> Quantity:
    """A queue's mean wait, told in whole seconds, from an hour on in whole minutes, from a hundred on in whole hours."""
    if isinf(seconds):
        return quantity(None, False)
    if seconds > LONGEST:
        return Quantity("more than 100 years", LONGEST)
    if 0 < seconds < 1:
        return Quantity("under 1s", 0)
    unit = 1 if seconds < HOUR else MINUTE if seconds < 100 * HOUR else HOUR
    return quantity_of(floor(seconds / unit + 0.5) * unit)


def tickets(month: Fraction) -> str:
    """`1 ticket`, `40.86 tickets`."""
    return f"{write_number(month)} {'ticket' if month == 1 else 'tickets'}"


def named(stream: Stream) -> str:
    """`desk P1`, or `desk` where they are of every priority."""
    return stream.agreement if stream.priority == ANY else f"{stream.agreement} {stream.priority}"
