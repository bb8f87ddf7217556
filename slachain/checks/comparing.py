"""Clauses of one agreement compared with one another: times on different clocks, and what an availability leaves."""

from __future__ import annotations

from fractions import Fraction
from functools import reduce

from slachain.analysis.availability import Downtime
from slachain.analysis.promises import Horizon, horizon
from slachain.analysis.readings import Reading
from slachain.clocks.intervals import Intervals
from slachain.clocks.wall import midnight
from slachain.language.model import Agreement, AmountTarget, TimeTarget
from slachain.language.scalars import Time
from slachain.study import Study

YEAR = 366 * 86400
OnClock = tuple[str, Time]
"""A calendar's id, and a time on it."""


def on_clock(agreement: Agreement, target: TimeTarget) -> OnClock:
    """A target with the clock it runs on."""
    return (target.calendar or agreement.calendar).value, target.within.value


def ever_later(study: Study, one: OnClock, other: OnClock, or_equal: bool = False, opened_in: tuple[str, ...] = ()) -> bool:
    """Whether at some instant of the coming year one clock's time is up later than the other's (or no earlier).

    Only instants count at which all calendars of `opened_in` are open.
    """
    key = (one, other, or_equal, opened_in)
    if key not in study.compared:
        study.compared[key] = _ever_later(study, one, other, or_equal, opened_in)
    return study.compared[key]


def _ever_later(study: Study, one: OnClock, other: OnClock, or_equal: bool, opened_in: tuple[str, ...]) -> bool:
    start = midnight(study.as_of, "UTC")
    year = Intervals.of([(start, start + YEAR)])
    for chains, final in study.views(Horizon(start, start + YEAR)):
        opened = reduce(Intervals.__and__, (chains.clock(id).open for id in opened_in), year)
        clock = chains.clock(one[0])
        first, second = (chains.clock(calendar).due(time) for calendar, time in (one, other))
        if not final and any(Reading(curve, clock, opened).unknown() for curve in (first, second)):
            continue
        cuts, last = Reading(first | second, clock, opened).stretches(first, second)
        margin = 0 if or_equal else 1
        return any(bool((first.at(ticks) >= second.at(ticks) + margin).any()) for ticks in (cuts, last))
    raise AssertionError("the last view is final")


def alternatives_later(study: Study, agreement: Agreement, one: TimeTarget, other: TimeTarget, or_equal: bool = False) -> bool:
    """The same of two targets of one agreement, at the instants that both answer for."""
    opened_in = tuple(target.opened_in.value for target in (one, other) if target.opened_in)
    return ever_later(study, on_clock(agreement, one), on_clock(agreement, other), or_equal, opened_in)


def least_downtime(study: Study, agreement: Agreement, target: AmountTarget) -> Fraction | None:
    """The shortest downtime, in seconds, that an availability leaves in any period that counts; None where none does."""
    calendar = (target.calendar or agreement.calendar).value
    when = horizon(agreement, calendar, study.as_of, study.calendars)
    if when is None or not isinstance(target.bound.value, Fraction):
        return None
    measured = Downtime(study.calendars, calendar, target.period, when)
    share = 1 - target.bound.value
    return min((share * measured.open(calendar).within(period) for period in measured.counted()), default=None)
