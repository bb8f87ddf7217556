"""Two targets of amounts compared: availabilities by the downtime that they allow, all others by their numbers.

A is at least as available as B where, in every period of B, the downtime that A allows on B's clock is at most what B allows.
What A allows there is, for each of its own periods, no more than its budget and no more than the hours that all three have in
common; and every hour of B's clock outside A's. Periods are told in B's time zone on both sides, as in section 8 of the
language; there, budgets of several periods are added before they are bounded, which allows more where A's periods are shorter.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from slachain.analysis.amounts import amount_of, unit_of
from slachain.analysis.availability import Downtime
from slachain.analysis.promises import Horizon
from slachain.clocks.calendars import YEAR
from slachain.clocks.periods import MONTHS_IN, OpenTime, Period, periods
from slachain.clocks.wall import MONTHS, date_at, midnight
from slachain.decisions.comparing_words import calendar_of
from slachain.decisions.comparison import UNLIKE, Excess, Row, Side, verdict_of
from slachain.decisions.report import Quantity
from slachain.language.model import AmountTarget, Metric
from slachain.language.scalars import write_duration
from slachain.language.values import dataclass, replace

Owned = tuple[Side, AmountTarget]


def amount_row(row: Row, a: Side, b: Side, one: AmountTarget, other: AmountTarget, days: tuple[date, date]) -> Row:
    """A row completed with what comparing its two amounts comes to, from a day to before another."""
    metrics = tuple(side.study.catalogue.metrics[row.metric] for side in (a, b))
    if _kind(metrics[0]) != _kind(metrics[1]):
        return replace(row, verdict=UNLIKE, why="they measure it in different ways")
    if metrics[0].chain == "product":
        return _availability_row(row, (a, one), (b, other), days)
    if why := unlike_amounts(metrics[0], one, other):
        return replace(row, verdict=UNLIKE, why=why)
    return replace(row, verdict=verdict_of(not enough(metrics[0], one, other), not enough(metrics[1], other, one)))


def _kind(metric: Metric) -> tuple[str | bool | None, ...]:
    return metric.type, metric.better, metric.unit, metric.chain == "product"


def _availability_row(row: Row, one: Owned, other: Owned, days: tuple[date, date]) -> Row:
    here, there = list(downtimes(one, other, *days)), list(downtimes(other, one, *days))
    worse = [allowed for allowed in here if allowed.excess > 0]
    if not worse:
        return replace(row, verdict=verdict_of(False, any(allowed.excess > 0 for allowed in there)))
    worst = max(worse, key=lambda allowed: allowed.excess)
    side, target = other
    name = name_period(worst.period, target.period, side.study.calendars.zone(calendar_of(side, target)))
    ours, theirs, outside = (_downtime(down) for down in (worst.by_one, worst.by_other, Fraction(worst.outside)))
    return replace(
        row,
        verdict=verdict_of(True, any(allowed.excess > 0 for allowed in there)),
        share=Fraction(len(worse), len(here)),
        downtime=Excess(name, ours, theirs, outside, target.period, len(worse), len(here)),
    )


def _downtime(seconds: Fraction) -> Quantity:
    """In words to the whole second, rounded down."""
    return Quantity(write_duration(int(seconds)), seconds)


@dataclass(frozen=True, slots=True)
class Allowed:
    """The downtime, in seconds of the other's clock, that two availabilities allow in one period of the second's.

    Of the first's, so many seconds lie `outside` its own hours.
    """

    period: Period
    by_one: Fraction
    by_other: Fraction
    outside: int

    @property
    def excess(self) -> Fraction:
        """By how much the first allows more."""
        return self.by_one - self.by_other


def downtimes(one: Owned, other: Owned, first: date, until: date) -> Iterator[Allowed]:
    """What both allow in every whole period of the second from a day to before another, on the second's clock."""
    (side, target), (their_side, theirs) = one, other
    clock, zone = calendar_of(their_side, theirs), their_side.study.calendars.zone(calendar_of(their_side, theirs))
    when = Horizon(midnight(first, zone), midnight(until, zone))
    measured = Downtime(their_side.study.calendars, clock, theirs.period, when)
    asked = measured.open(clock)
    ours = side.study.calendars.measured(when.start - YEAR, when.end + YEAR, calendar_of(side, target))
    shared = OpenTime(asked.intervals & ours.intervals)
    for period in measured.counted():
        budgets = ((cell, (1 - amount_of(target)) * ours.within(whole)) for cell, whole in _cells(period, target.period, zone))
        down = sum((min(budget, Fraction(shared.within(cell))) for cell, budget in budgets), Fraction(0))
        open_time = asked.within(period)
        outside = open_time - shared.within(period)
        yield Allowed(period, down + outside, (1 - amount_of(theirs)) * open_time, outside)


def _cells(period: Period, kind: str, zone: str) -> Iterator[tuple[Period, Period]]:
    """A period cut by those of another kind: each part, and the whole that it is of."""
    for whole in periods(kind, zone, period.start, period.end):
        yield Period(max(whole.start, period.start), min(whole.end, period.end)), whole


def name_period(period: Period, kind: str, zone: str) -> str:
    """`Feb 2026`, `Q1 2026`, `2026`."""
    day = date_at(period.start, zone)
    if kind == "month":
        return f"{MONTHS[day.month - 1]} {day.year}"
    return f"Q{(day.month + 2) // 3} {day.year}" if kind == "quarter" else str(day.year)


def unlike_amounts(metric: Metric, one: AmountTarget, other: AmountTarget) -> str | None:
    """Why the numbers of two amounts that are no availabilities cannot be compared, or None.

    Shares of different periods can: the share in a year lies between the least and the greatest of its months.
    """
    if metric.type == "percent" or unit_of(one) == unit_of(other):
        return None
    if unit_of(one)[:-1] != unit_of(other)[:-1]:
        return "they are told in different currencies or units"
    return f"one is told per {one.period}, the other per {other.period}: the numbers alone do not say"


def enough(metric: Metric, one: AmountTarget, other: AmountTarget) -> bool:
    """Whether who keeps the first keeps the second; of shares in a longer period, only the best says anything of a shorter one."""
    ours, theirs = amount_of(one), amount_of(other)
    if metric.type == "percent" and MONTHS_IN[one.period] > MONTHS_IN[other.period]:
        best, worst = (Fraction(1), Fraction(0)) if metric.better == "higher" else (Fraction(0), Fraction(1))
        return ours == best or theirs == worst
    return ours >= theirs if metric.better == "higher" else ours <= theirs
