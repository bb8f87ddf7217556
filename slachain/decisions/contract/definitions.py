"""The words that a contract uses and that its readers may understand in more than one way; the glossary has them too."""

from __future__ import annotations

from collections.abc import Iterator

from slachain.decisions.contract.draft import CUSTOMER, PROVIDER, Draft
from slachain.decisions.contract.nouns import Clause, Section
from slachain.decisions.contract.targets import in_business_days
from slachain.language.model import ANY, ROUND_THE_CLOCK


def section(draft: Draft) -> Section:
    """Those that occur."""
    return Section("Definitions", (Clause("In this document these words mean:", items=tuple(terms(draft))),))


def terms(draft: Draft) -> Iterator[str]:
    """In alphabetical order."""
    metrics = {metric.id for metric, _, _ in draft.metrics()}
    shares = any(metric.chain == "product" for metric, _, _ in draft.metrics())
    timed = any(True for _ in draft.times())
    named = any(priority != ANY for _, priority, _ in draft.metrics())
    if "availability" in metrics:
        yield "Availability: the share of the time agreed in which the service works."
    if in_business_days(draft):
        yield (
            "Business day: a date on which the hours named begin at least once, unless the hours say that it does not count; its close of "
            "business is the end of the last of them."
        )
    if timed:
        yield "Clock: what measures the time of a ticket; it runs in the hours that a target names, and at no other time."
    if draft.agreement.credits:
        yield "Credit: what the Customer gets back for a target that is missed, as a share of the fee of that month."
    yield f"Customer: {draft.agreement.customer.value}, who receives the service."
    if shares:
        yield "Downtime: the time agreed in which the service does not work."
    if len(draft.clocks.names) > 1 or ROUND_THE_CLOCK not in draft.clocks.names:
        yield "Hours: the times at which a clock runs, as set out under “Service hours”, with their holidays and exceptions."
    if named:
        yield "Priority: how urgent a ticket is."
    yield f"Provider: {draft.agreement.provider.value}, who provides the service."
    yield "Target: a number that this agreement sets, with the hours on which it is measured and the share of tickets it is for."
    if timed:
        yield f"Ticket: anything that the {CUSTOMER} opens with the {PROVIDER} and waits for, such as a fault, a request or a question."
