"""How targets are measured: where each clock starts and ends, when it stands still, over which period one counts."""

from __future__ import annotations

from collections.abc import Iterator

from slachain.decisions.contract.draft import Draft, metric_title
from slachain.decisions.contract.nouns import Clause, Line, Section, Table
from slachain.decisions.contract.targets import in_business_days
from slachain.decisions.contract.wording import duration_words, places, plain, titled
from slachain.language.describe import listed
from slachain.language.model import Metric
from slachain.language.targets import BUILT_IN, PERIODS

OPENED, REACHED = "the ticket is opened", "the ticket reaches the Provider"
SPANS = {
    "response": (OPENED, "somebody answers"),
    "acknowledge": (OPENED, "somebody who was alerted answers"),
    "restore": (OPENED, "the service works again"),
    "resolution": (OPENED, "the ticket is solved"),
    "update": ("the ticket is opened, and again with every news", "the next news is given"),
    "outage": ("the interruption begins", "the service works again"),
}


def section(draft: Draft) -> Section:
    """What the numbers mean."""
    return Section("How targets are measured", tuple(clauses(draft)))


def clauses(draft: Draft) -> Iterator[Clause]:
    """Only what concerns the targets there are."""
    timed = list(dict.fromkeys(metric.id for metric, _, _ in draft.times()))
    if timed:
        lines = tuple(span_line(draft.study.catalogue.metrics[id], draft.agreement.promises) for id in timed)
        table = Table("When each clock starts and ends", ("Target", "The clock starts when", "and ends when"), lines)
        yield Clause("The time of a target is measured for every ticket by itself:", table=table)
        yield Clause("A clock runs only in the hours that its target names. Outside them it stands still.")
        if in_business_days(draft):
            yield Clause(business_days())
        yield pauses(draft)
        yield from shares(draft)
    yield from amounts(draft)


def span_line(metric: Metric, promise: bool) -> Line:
    """From when to when; a commitment is for tickets from when they reach it."""
    known = SPANS.get(metric.id) if BUILT_IN.get(metric.id) == metric else None
    start, end = known or (OPENED, f"the {plain(metric.id)} is done")
    return Line((metric_title(metric), start if promise else start.replace(OPENED, REACHED), end))


def business_days() -> str:
    """Section 3 of the language, for those who sign."""
    return (
        "A time in business days ends at close of business of the last of them. Counting begins with the business day after the one on "
        "which the clock starts: one business day from a Monday within hours is over at close of business on Tuesday, if that is a "
        "business day. A clock that is started outside the hours starts when they next begin."
    )


def pauses(draft: Draft) -> Clause:
    """The reasons for which the clock stands still."""
    found = draft.agreement.pauses
    if not found:
        return Clause("No reason is agreed for which the clock of a ticket stands still within its hours.")
    told = [plain(reason) + (f", for at most {duration_words(p.value)}" if p.value else "") for reason, p in found.items()]
    at = places(*(pause.at for pause in found.values()))
    head = "Within its hours the clock of a ticket stands still while the ticket is paused for"
    return Clause(f"{head} this reason: {told[0]}." if len(told) == 1 else f"{head} one of these reasons:", at, tuple(told[1:] and told))


def shares(draft: Draft) -> Iterator[Clause]:
    """What a percentage of tickets is a percentage of."""
    targets = [one for _, _, promise in draft.times() for one in promise.alternatives]
    if any(one.attainment for one in targets):
        yield Clause(
            "A share of tickets is a share of all tickets that the target is for. The period over which it is counted is not agreed."
        )
    if any(one.attainment is None for one in targets):
        yield Clause("A target without a share of tickets is for every ticket.")


def amounts(draft: Draft) -> Iterator[Clause]:
    """Periods, and what is divided by what."""
    found = list(draft.amounts())
    used = {target.period for _, _, target in found}
    kinds = [f"a {kind}" for kind in PERIODS if kind in used]
    if shares := list(dict.fromkeys(metric_title(metric) for metric, _, _ in found if metric.chain == "product")):
        yield Clause(
            f"{listed(shares)} {'is' if len(shares) == 1 else 'are each'} the time within the hours of the target in which the "
            "service works, divided by all the time within those hours in the period. Downtime told beside it is rounded down to seconds; the percentage counts."
        )
    if kinds:
        yield Clause(f"{titled(listed(kinds, 'or'))} is one of the calendar, and each counts by itself.")
