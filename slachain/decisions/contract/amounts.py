"""Targets that are no time, an availability with the downtime that it leaves."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from slachain.analysis.availability import Downtime
from slachain.analysis.promises import horizon
from slachain.clocks.periods import Period
from slachain.clocks.wall import date_at
from slachain.decisions.contract.draft import Draft, metric_title
from slachain.decisions.contract.nouns import Line
from slachain.decisions.contract.subjects import Told, priority_cell
from slachain.decisions.contract.wording import MONTHS, duration_words, places, plain
from slachain.language.model import ANY, ROUND_THE_CLOCK, AmountTarget, Metric

BOUNDS = {"at_least": "at least", "at_most": "at most"}


def amount_targets(draft: Draft) -> Iterator[Told]:
    """Each amount, an availability with what it comes to."""
    for metric, priority, target in draft.amounts():
        others = len(draft.agreement.targets[metric.id]) > 1
        whom = "" if priority == ANY and not others else "For any other priority: " if priority == ANY else f"For priority {priority}: "
        yield Told(f"{whom}{amount_says(draft, metric, target)}", amount_line(draft, metric, priority, target))


def amount_says(draft: Draft, metric: Metric, target: AmountTarget) -> str:
    """`The service is available for at least 99.9% of the time in every calendar month. …`."""
    clock, every = draft.clock(target), f"in every calendar {target.period}"
    if metric.chain != "product":
        return f"{metric_title(metric)}: {BOUNDS[target.direction]} {target.bound.text}{unit(metric)} {every}."
    time = "the time" if clock == ROUND_THE_CLOCK else f"the time within {draft.clocks.names[clock]}"
    what = "The service is available for" if metric.id == "availability" else f"{metric_title(metric)} is"
    says = f"{what} {BOUNDS[target.direction]} {target.bound.text} of {time} {every} ({draft.study.calendars.zone(clock)})."
    return says + downtime_words(draft, metric, target)


def unit(metric: Metric) -> str:
    """` leads`, of a count."""
    return f" {plain(metric.unit)}" if metric.unit else ""


def downtime_words(draft: Draft, metric: Metric, target: AmountTarget) -> str:
    """What an availability permits: in the period with the least open time of the coming year, and in that with the most."""
    measured = downtimes(draft, target)
    if metric.better != "higher" or not measured:
        return ""
    (least, short), (most, long) = min(measured, key=lambda d: d[0]), max(measured, key=lambda d: d[0])
    if least == most:
        return f" That leaves at most {least_words(most)} of downtime in {'a ' + target.period if len(measured) > 1 else short}."
    return f" That leaves at most {least_words(least)} of downtime in {short}, and {least_words(most)} in {long}; other {target.period}s lie between."


def least_words(seconds: Fraction) -> str:
    """Whole seconds, rounded down."""
    return duration_words(int(seconds)) if seconds >= 1 else ("less than a second" if seconds else "no time")


def downtimes(draft: Draft, target: AmountTarget) -> list[tuple[Fraction, str]]:
    """The seconds of downtime that each period of the coming year leaves, exact, with the period's name."""
    if isinstance(target.bound.value, Fraction):
        clock, share = draft.clock(target), target.bound.value
        when = horizon(draft.agreement, clock, draft.as_of, draft.study.calendars)
        if when is not None:
            measured = Downtime(draft.study.calendars, clock, target.period, when)
            open = measured.open(clock)
            return [((1 - share) * open.within(p), period_name(p, target.period, measured.zone)) for p in measured.counted()]
    return []


def period_name(period: Period, kind: str, zone: str) -> str:
    """`February 2026`, `the first quarter of 2026`, `2026`."""
    first = date_at(period.start, zone)
    if kind == "month":
        return f"{MONTHS[first.month - 1]} {first.year}"
    quarter = ("first", "second", "third", "fourth")[(first.month - 1) // 3]
    return f"the {quarter} quarter of {first.year}" if kind == "quarter" else str(first.year)


def amount_line(draft: Draft, metric: Metric, priority: str, target: AmountTarget) -> Line:
    """The same for the table."""
    cells = (
        metric_title(metric),
        priority_cell(draft, metric, priority),
        f"{BOUNDS[target.direction]} {target.bound.text}{unit(metric)} a {target.period}",
        "–",
        draft.clocks.names[draft.clock(target)] if metric.chain == "product" else "–",
    )
    return Line(cells, places(target.bound.at, target.per.at if target.per else None))
