"""Priorities, what either side has to do, what is excluded, and whom to turn to."""

from __future__ import annotations

from collections.abc import Iterator

from slachain.decisions.contract.draft import CUSTOMER, PROVIDER, Draft
from slachain.decisions.contract.nouns import Clause, Section
from slachain.decisions.contract.wording import places, plain, same, time_words, titled
from slachain.language.describe import listed
from slachain.language.model import ANY, Duty


def priorities(draft: Draft) -> Section | None:
    """Which priorities there are, in which order; what makes a ticket one of them no agreement says."""
    order = draft.agreement.priorities
    used = [priority for _, priority, _ in draft.metrics() if priority != ANY]
    names = [written.value for written in order] or list(dict.fromkeys(used))
    if not names:
        return None
    told = f"Tickets have one of these priorities{', the most urgent first' if order else ''}: {listed(names, 'or')}."
    clauses = [Clause(told, places(*(written.at for written in order)))]
    clauses.append(Clause("What makes a ticket one of a certain priority, and who decides on it, is not agreed in this document."))
    return Section("Priorities", tuple(clauses))


def duties(draft: Draft, internal: bool) -> Section:
    """Both sides' duties; one that names nobody but what lies below is for the house alone."""
    found = [duty for duty in draft.agreement.duties if internal or same(duty.who.value) not in draft.below]
    sides: dict[str, list[Duty]] = {PROVIDER: [], CUSTOMER: []}
    for duty in found:
        sides.setdefault(draft.role(duty.who.value) or duty.who.value, []).append(duty)
    clauses = [Clause(f"The {PROVIDER} keeps the targets of this agreement.")] if draft.agreement.targets else []
    for who, of in sides.items():
        name = f"The {who} has to" if who in (PROVIDER, CUSTOMER) else titled(who)
        clauses += [duty_clause(name, duty) for duty in of]
        if not of and who == CUSTOMER:
            clauses.append(Clause(f"No duties of the {CUSTOMER} are agreed."))
    return Section("Duties of both sides", tuple(clauses))


def duty_clause(who: str, duty: Duty) -> Clause:
    """`The Customer has to: answer questions, within 4 hours.`."""
    within = f", within {time_words(duty.within.value)}" if duty.within else ""
    return Clause(
        f"{who}: {duty.what.value.rstrip('.')}{within}.",
        places(duty.who.at, duty.what.at, duty.within.at if duty.within else None),
    )


def exclusions(draft: Draft) -> Section:
    """What the provider does not answer for."""
    return Section("Exclusions and planned maintenance", tuple(excluded(draft)))


def excluded(draft: Draft) -> Iterator[Clause]:
    """Each in the agreement's own words."""
    found = draft.agreement.excludes
    if found:
        told = listed([plain(written.value) for written in found])
        yield Clause(f"The {PROVIDER} does not answer for {told}.", places(*(written.at for written in found)))
    else:
        yield Clause("Nothing is excluded from the targets.")
    yield Clause("No times for planned maintenance, and no notice of it, are agreed in this document.")


def contacts(draft: Draft) -> Section:
    """Who answers for the agreement; for the customer of a vendor's contract that is somebody of its own."""
    owner = draft.agreement.owner
    if owner is None:
        return Section("Contact and escalation", (Clause("No contact for this agreement is named."),))
    side = CUSTOMER if draft.agreement.kind.value == "uc" else PROVIDER
    told = f"Responsible for this agreement, for the {side}: {owner.value}"
    further = Clause("Further steps of escalation are not agreed in this document.")
    return Section("Contact and escalation", (Clause(told, places(owner.at)), further))
