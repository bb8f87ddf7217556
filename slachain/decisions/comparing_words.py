"""Targets and clocks of a compared agreement in words."""

from __future__ import annotations

from collections.abc import Hashable

from slachain.analysis.promises import Horizon
from slachain.checks.comparing import on_clock
from slachain.decisions.comparison import Side
from slachain.language.describe import describe_calendar, name_calendar
from slachain.language.model import ROUND_THE_CLOCK, Agreement, AmountTarget, Hours, Metric, Target, TimePromise, TimeTarget

BOUNDS = {"at_least": "at least", "at_most": "at most"}


def target_words(side: Side, metric: Metric, target: Target) -> tuple[str, ...]:
    """A line for each alternative: `20m on 24x7 for 90% if opened in europe`, `else 45m on 24x7 for 90%`."""
    if isinstance(target, AmountTarget):
        return (amount_words(side, metric, target),)
    told = [time_words(side, one) for one in target.alternatives]
    return (told[0], *(f"else {words}" for words in told[1:]))


def time_words(side: Side, target: TimeTarget) -> str:
    """`8h on london for 95%`; with the calendar that it applies in, where it is one of several."""
    attained = f" for {target.attainment.text}" if target.attainment else ""
    applies = f" if opened in {clock_name(side, target.opened_in.value)}" if target.opened_in else ""
    return f"{target.within.text} on {clock_name(side, on_clock(side.agreement, target)[0])}{attained}{applies}"


def amount_words(side: Side, metric: Metric, target: AmountTarget) -> str:
    """`99.9% a month on london`; of what is no availability `at least 120 leads a month`."""
    if metric.chain == "product":
        return f"{target.bound.text} a {target.period} on {clock_name(side, calendar_of(side, target))}"
    unit = f" {metric.unit}" if metric.unit else ""
    return f"{BOUNDS[target.direction]} {target.bound.text}{unit} a {target.period}"


def clock_name(side: Side, calendar: str) -> str:
    """`london`; `london of offer` where the other side's is another, and its hours for one that was written in place."""
    name = name_calendar(calendar, side.study.catalogue.calendars)
    return f"{name} of {side.label}" if calendar in side.own else name


def calendar_of(side: Side, target: AmountTarget) -> str:
    """The clock that an amount is measured on, by calendar id."""
    return (target.calendar or side.agreement.calendar).value


def zone_of(side: Side, calendar: str) -> str:
    """The zone in which a due time is told: the clock's own, and of one around the clock the agreement's."""
    return side.study.calendars.zone(side.agreement.calendar.value if calendar == ROUND_THE_CLOCK else calendar)


def hours_words(side: Side, calendar: str) -> str:
    """`london: Mon-Fri 09:00-17:30 Europe/London, but for the holidays of GB ENG`."""
    calendars = side.study.catalogue.calendars
    name, described = clock_name(side, calendar), describe_calendar(calendar, calendars)
    body = calendars[calendar].body
    holidays = body.holidays if isinstance(body, Hours) else None
    of = [part.value for part in (holidays.country, holidays.subdivision) if part] if holidays else []
    closed = f", but for the holidays of {' '.join(of)}" if of else ""
    return described + closed if name == described else f"{name}: {described}{closed}"


def calendars_of(agreement: Agreement) -> tuple[str, ...]:
    """Every calendar that an agreement and its targets name, by id, in the order in which they do."""
    targets = [target for by_priority in agreement.targets.values() for target in by_priority.values()]
    alone = [one for target in targets for one in (target.alternatives if isinstance(target, TimePromise) else (target,))]
    named = [name for one in alone for name in (one.calendar, getattr(one, "opened_in", None))]
    return tuple(dict.fromkeys([agreement.calendar.value, *(name.value for name in named if name)]))


def open_hours(side: Side, calendar: str, when: Horizon) -> Hashable:
    """When a calendar is open within a horizon, and when its business days close: equal for two on which any time ends together."""
    chains, _ = next(side.study.views(when))
    clock = chains.clock(calendar)
    open, closes = clock.open.clipped(when.start, when.end), clock.days.closes
    return open.starts.tobytes(), open.ends.tobytes(), closes[(closes >= 2 * when.start) & (closes <= 2 * when.end)].tobytes()
