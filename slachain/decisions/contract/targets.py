"""The targets of a contract: each in a sentence and in a line of the table, with the same numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from slachain.analysis.availability import Downtime
from slachain.analysis.promises import horizon
from slachain.clocks.periods import Period
from slachain.clocks.wall import date_at
from slachain.decisions.contract.draft import Draft, metric_title
from slachain.decisions.contract.nouns import Clause, Line, Section, Table
from slachain.decisions.contract.wording import MONTHS, duration_words, listed, places, plain, time_words
from slachain.language.model import ANY, ROUND_THE_CLOCK, AmountTarget, Metric, TimeTarget
from slachain.language.scalars import BusinessDays
from slachain.language.targets import BUILT_IN

BOUNDS = {"at_least": "at least", "at_most": "at most"}
EVERY = "every"
# Of a ticket: what is done within the time. Singular and plural; the rest of the sentence is the time.
DEEDS = {
    "response": ("is answered within", "are answered within"),
    "acknowledge": ("is acknowledged within", "are acknowledged within"),
    "resolution": ("is solved within", "are solved within"),
    "update": ("is updated with news at least every", "are updated with news at least every"),
}
COLUMNS = ("Target", "Priority", "Agreed", "Share of tickets", "Clock")


@dataclass(frozen=True, slots=True)
class Told:
    """A target in a sentence, and its line of the table."""

    says: str
    line: Line


def section(draft: Draft) -> Section:
    """Targets in words, then as a table."""
    times = list(time_targets(draft))
    amounts = list(amount_targets(draft))
    if not times and not amounts:
        return Section("Service level targets", (Clause("No targets are agreed."),))
    clauses = [Clause(told.says, told.line.at) for told in (*times, *amounts)]
    clauses += [Clause(gap.says, gap.line.at) for gap in never_agreed(draft)]
    table = Table("The targets at a glance", COLUMNS, tuple(told.line for told in (*times, *amounts)))
    return Section("Service level targets", (*clauses, Clause("The same targets at a glance:", table=table)))


# --- times -----------------------------------------------------------------------------------------------------------


def time_targets(draft: Draft) -> Iterator[Told]:
    """Each alternative of each target by itself, in the order in which they answer."""
    for metric, priority, promise in draft.times():
        others = other_priorities(draft, metric)
        for index, target in enumerate(promise.alternatives):
            opened = opened_words(draft, promise.alternatives, index)
            yield Told(f"{time_says(draft, metric, priority, target, others, opened)}.", time_line(draft, metric, priority, target, opened))


def opened_words(draft: Draft, alternatives: Sequence[TimeTarget], index: int) -> str:
    """For which tickets an alternative answers: ` opened in London hours`, ` opened at any other time`."""
    named = [draft.clocks.names[one.opened_in.value] for one in alternatives[: index + 1] if one.opened_in]
    if not alternatives[index].opened_in:
        return " opened at any other time" if index else ""
    before = f", but not in {' or '.join(named[:-1])}," if named[:-1] else ""
    return f" opened in {named[-1]}{before}"


def time_says(draft: Draft, metric: Metric, priority: str, target: TimeTarget, others: str, opened: str) -> str:
    """`95% of P1 tickets are answered within 15 minutes, at any time of any day`."""
    outage = metric.id == "outage" and BUILT_IN["outage"] == metric
    thing = "interruption of the service" if outage else "ticket"
    share = target.attainment.text if target.attainment else ""
    whom = subject(priority, thing, share, others) + opened
    time = time_words(target.within.value)
    if metric.id == "update" and BUILT_IN["update"] == metric:
        time = interval(time)
    return f"{deed(metric, whom, bool(share))} {time}{draft.clocks.counted(draft.clock(target))}"


def interval(time: str) -> str:
    """What follows `every`: `hour`, `2 hours`, `1 hour 30 minutes`."""
    return time.removeprefix("1 ") if time in ("1 hour", "1 minute", "1 second", "1 business day") else time


def other_priorities(draft: Draft, metric: Metric) -> str:
    """What `*` answers for beside named priorities: ` of any other priority (P3, P4)`; empty where it stands alone."""
    named = draft.agreement.targets[metric.id]
    if len(named) == 1:
        return ""
    rest = [written.value for written in draft.agreement.priorities if written.value not in named]
    return f" of any other priority{f' ({listed(rest)})' if rest else ''}"


def subject(priority: str, thing: str, share: str, others: str) -> str:
    """`Every P1 ticket`, `95% of all tickets`, `95% of the tickets of any other priority`."""
    many = thing.replace("ticket", "tickets").replace("interruption", "interruptions")
    if priority != ANY:
        return f"{share} of {of_priority(priority, many)}" if share else f"Every {of_priority(priority, thing)}"
    return f"{share} of {'the' if others else 'all'} {many}{others}" if share else f"Every {thing}{others}"


def of_priority(priority: str, thing: str) -> str:
    """`P1 tickets`, `tickets of priority high`."""
    return f"{priority} {thing}" if re.fullmatch(r"[A-Z]+\d+", priority) else f"{thing} of priority {priority}"


def deed(metric: Metric, whom: str, many: bool) -> str:
    """Whom it concerns and what is done, up to the time."""
    if BUILT_IN.get(metric.id) == metric:
        if metric.id in DEEDS:
            return f"{whom} {DEEDS[metric.id][many]}"
        if metric.id == "outage":
            return f"{whom} {'last' if many else 'lasts'} no longer than"
        if metric.id == "restore":
            return f"For {whom[0].lower()}{whom[1:]}, the service works again within"
    name = plain(metric.id)
    noun = name if name.endswith("time") else f"{name} time"
    bound = "at most" if metric.better == "lower" else "at least"
    return f"For {whom[0].lower()}{whom[1:]}, the {noun} is {bound}"


def time_line(draft: Draft, metric: Metric, priority: str, target: TimeTarget, opened: str) -> Line:
    """The same for the table."""
    time = time_words(target.within.value)
    agreed = f"at least {time}" if metric.better == "higher" else f"within {time}"
    if metric.id == "update" and BUILT_IN["update"] == metric:
        agreed = f"every {interval(time)}"
    cells = (
        metric_title(metric),
        priority_cell(draft, metric, priority) + (f",{opened}".rstrip(",") if opened else ""),
        agreed,
        target.attainment.text if target.attainment else EVERY,
        draft.clocks.names[draft.clock(target)],
    )
    return Line(cells, places(target.within.at, target.attainment.at if target.attainment else None))


def priority_cell(draft: Draft, metric: Metric, priority: str) -> str:
    """`P1`, `all`, `any other (P3, P4)`."""
    if priority != ANY:
        return priority
    return other_priorities(draft, metric).removeprefix(" of ").replace(" priority", "", 1) or "all"


def never_agreed(draft: Draft) -> Iterator[Told]:
    """Times of day at which none of a target's alternatives answers."""
    for metric, priority, promise in draft.times():
        if all(one.opened_in for one in promise.alternatives):
            whose = f"tickets{other_priorities(draft, metric)}" if priority == ANY else of_priority(priority, "tickets")
            says = f"For {whose} opened at any other time, no {plain(metric.id)} is agreed."
            yield Told(says, Line((), places(promise.alternatives[-1].at)))


# --- amounts ---------------------------------------------------------------------------------------------------------


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


def in_business_days(draft: Draft) -> bool:
    """Whether any target is told in business days."""
    return any(isinstance(one.within.value, BusinessDays) for _, _, promise in draft.times() for one in promise.alternatives)
