"""The targets of a contract: each in a sentence and in a line of the table, with the same numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from slachain.decisions.contract.amounts import amount_targets
from slachain.decisions.contract.draft import Draft, metric_title
from slachain.decisions.contract.nouns import Clause, Line, Section, Table
from slachain.decisions.contract.subjects import Told, of_priority, other_priorities, priority_cell, subject
from slachain.decisions.contract.wording import places, plain, time_words
from slachain.language.model import ANY, Metric, TimeTarget
from slachain.language.scalars import BusinessDays
from slachain.language.targets import BUILT_IN

EVERY = "every"
# Of a ticket: what is done within the time. Singular and plural; the rest of the sentence is the time.
DEEDS = {
    "response": ("is answered within", "are answered within"),
    "acknowledge": ("is acknowledged within", "are acknowledged within"),
    "resolution": ("is solved within", "are solved within"),
    "update": ("is updated with news at least every", "are updated with news at least every"),
}
COLUMNS = ("Target", "Priority", "Agreed", "Share of tickets", "Clock")


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


def never_agreed(draft: Draft) -> Iterator[Told]:
    """Times of day at which none of a target's alternatives answers."""
    for metric, priority, promise in draft.times():
        if all(one.opened_in for one in promise.alternatives):
            whose = f"tickets{other_priorities(draft, metric)}" if priority == ANY else of_priority(priority, "tickets")
            says = f"For {whose} opened at any other time, no {plain(metric.id)} is agreed."
            yield Told(says, Line((), places(promise.alternatives[-1].at)))


def in_business_days(draft: Draft) -> bool:
    """Whether any target is told in business days."""
    return any(isinstance(one.within.value, BusinessDays) for _, _, promise in draft.times() for one in promise.alternatives)
