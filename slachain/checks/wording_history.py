"""What the findings on a history say: shares, intervals and times, never rounded so that they flatter."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from slachain.language.scalars import write_duration, write_percentage

if TYPE_CHECKING:
    from slachain.analysis.order_statistics import Interval
    from slachain.analysis.tickets.history import History

SCALE = 10_000  # hundredths of a per cent


def kept_words(history: History) -> str:
    """`61.2% of 757 tickets kept within 8h`."""
    share = write_percentage(history.share or Fraction(0))
    return (
        f"{share} of {history.tickets} {'ticket' if history.tickets == 1 else 'tickets'} kept within {history.promise.target.within.text}"
    )


def interval_words(found: Interval) -> str:
    """`58.1% to 64.3%`, rounded outwards."""
    high = Fraction(found.high) * SCALE
    return f"{write_percentage(Fraction(found.low))} to {write_percentage(Fraction(-(-high.numerator // high.denominator), SCALE))}"


def reading_words(history: History, reading: int | None) -> str:
    """A time on the history's clock, or `never`."""
    if reading is None:
        return "never"
    return f"{reading}bd" if history.in_days else write_duration(reading)
