"""What a target is for: which tickets, of which priority, and how many of them."""

from __future__ import annotations

import re

from slachain.decisions.contract.draft import Draft
from slachain.decisions.contract.nouns import Line
from slachain.language.describe import listed
from slachain.language.model import ANY, Metric
from slachain.language.values import dataclass


@dataclass(frozen=True, slots=True)
class Told:
    """A target in a sentence, and its line of the table."""

    says: str
    line: Line


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


def priority_cell(draft: Draft, metric: Metric, priority: str) -> str:
    """`P1`, `all`, `any other (P3, P4)`."""
    if priority != ANY:
        return priority
    return other_priorities(draft, metric).removeprefix(" of ").replace(" priority", "", 1) or "all"
