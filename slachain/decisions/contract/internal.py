"""What the house alone may read: what an agreement rests on, what that supports, what is expected, for sale or accepted."""

from __future__ import annotations

from collections.abc import Iterator

from slachain.analysis.amounts import AmountVerdict
from slachain.analysis.verdicts import Verdict
from slachain.decisions.agreement_lines import reliance_lines
from slachain.decisions.contract.draft import Draft, metric_title
from slachain.decisions.contract.nouns import Clause, Line, Section, Table
from slachain.decisions.contract.wording import day_words, places
from slachain.decisions.report import RelianceLine, quantity
from slachain.language.amounts import write_amount
from slachain.language.model import ANY, Agreement
from slachain.language.scalars import BusinessDays, write_percentage

RELIES = ("From", "To", "Provider", "Handed over after", "Share", "Only for", "How")
SUPPORTED = ("Target", "Priority", "Promised", "Supported", "Verdict", "Assured")
NONE = "–"


def sections(draft: Draft) -> Iterator[Section]:
    """The annex."""
    yield Section("Internal: what it rests on", (reliances(draft),), internal=True)
    yield Section("Internal: what is supported", (supported(draft),), internal=True)
    yield Section("Internal: tickets expected, options, accepted risks", tuple(rest(draft)), internal=True)


# --- what lies below -------------------------------------------------------------------------------------------------


def reliances(draft: Draft) -> Clause:
    """Every hand-over below, from the top."""
    lines = tuple(line for agreement in downwards(draft) for item, line in _reliances(draft, agreement))
    if not lines:
        return Clause("It relies on no other agreement.")
    return Clause("It relies, directly or further down, on:", table=Table("What it rests on", RELIES, lines))


def downwards(draft: Draft) -> Iterator[Agreement]:
    """The agreement and all below it, nearest first, each once."""
    known, todo = {draft.agreement.id}, [draft.agreement]
    for agreement in todo:
        yield agreement
        for item in agreement.relies_on:
            for member in item.members():
                other = draft.study.catalogue.agreements.get(member.agreement.value)
                if other and other.id not in known:
                    known.add(other.id)
                    todo.append(other)


def _reliances(draft: Draft, agreement: Agreement) -> Iterator[tuple[int, Line]]:
    for index, item in enumerate(agreement.relies_on):
        for found in reliance_lines(item, index):
            yield index, reliance(draft, agreement, found)


def reliance(draft: Draft, agreement: Agreement, found: RelianceLine) -> Line:
    """One hand-over."""
    other = draft.study.catalogue.agreements.get(found.to)
    named = f"{found.to}: {other.title.value}" if other and other.title else found.to
    after = ", ".join(time if priority == ANY else f"{priority} {time}" for priority, time in found.after)
    cells = (
        agreement.id,
        named,
        other.provider.value if other else NONE,
        after or NONE,
        found.share or NONE,
        ", ".join(found.metrics) if found.metrics is not None else NONE,
        {"any_of": "any of several", "all_of": "one of several, all needed"}.get(found.how or "", NONE),
    )
    return Line(cells, places(found.at))


# --- what is supported -----------------------------------------------------------------------------------------------


def supported(draft: Draft) -> Clause:
    """The verdict on each promise; commitments are judged where they are relied on."""
    study, id = draft.study, draft.agreement.id
    if not draft.agreement.promises:
        return Clause("Its targets are commitments: they are judged with the promises that rely on them.")
    times = [v for promise in study.promises if promise.agreement.id == id and (v := study.verdict(promise))]
    amounts = [verdict for amount in study.amounts if amount.agreement.id == id and (verdict := study.amount_verdict(amount))]
    lines = (*map(time_verdict, times), *map(amount_verdict, amounts))
    skipped = tuple(f"{one.metric}: not judged, since {one.why}." for one in study.not_checked if one.agreement == id)
    if not lines:
        return Clause("None of its promises could be judged.", items=skipped)
    return Clause("On the day of this document what lies below supports:", items=skipped, table=Table("Supported", SUPPORTED, lines))


def time_verdict(verdict: Verdict) -> Line:
    """A time."""
    promise, worst = verdict.promise, verdict.supported
    days = isinstance(promise.target.within.value, BusinessDays)
    cells = (
        metric_title(promise.metric),
        promise.priority + ("" if promise.alternative is None else f" #{promise.alternative + 1}"),
        promise.target.within.text,
        NONE if worst is None else quantity(worst.bound, days).text,
        verdict.verdict,
        NONE if verdict.assured is None else write_percentage(verdict.assured),
    )
    return Line(cells, places(promise.target.within.at))


def amount_verdict(verdict: AmountVerdict) -> Line:
    """An amount."""
    promise, found = verdict.promise, verdict.supported
    cells = (
        metric_title(promise.metric),
        promise.priority,
        promise.target.bound.text,
        NONE if found is None else write_amount(found, promise.metric, promise.target),
        verdict.verdict,
        NONE,
    )
    return Line(cells, places(promise.target.bound.at))


# --- the rest --------------------------------------------------------------------------------------------------------


def rest(draft: Draft) -> Iterator[Clause]:
    """What the customer is not told, in the order of the language."""
    agreement = draft.agreement
    for priority, tickets in agreement.demand.items():
        yield Clause(f"Tickets expected, {'every priority' if priority == ANY else priority}: {tickets.text}.", places(tickets.at))
    for metric, priority, promise in draft.times():
        for one in promise.alternatives:
            if one.warn:
                told = f"People are warned of a late {metric.id} {priority} after {one.warn.text} of its time."
                yield Clause(told, places(one.warn.at))
    for option in agreement.options:
        changes = "; ".join(
            f"{change.field.text} becomes {change.value.text}" for change in option.changes if hasattr(change.value, "text")
        )
        yield Clause(f"Option {option.id.value}, {option.cost.text}{': ' if changes else ''}{changes}.", places(option.id.at))
    for accepted in agreement.accept:
        told = f"Accepted until {day_words(accepted.until.value)}: {accepted.finding.value}, because {accepted.because.value}."
        yield Clause(told, places(accepted.finding.at))
    if not (agreement.demand or agreement.options or agreement.accept):
        yield Clause("No tickets expected, no options and no accepted risks are written.")
