"""Who agrees with whom, on what, in which kind of agreement."""

from __future__ import annotations

from slachain.decisions.contract.draft import CUSTOMER, PROVIDER, Draft
from slachain.decisions.contract.nouns import Clause, Section, Side
from slachain.decisions.contract.wording import places
from slachain.language.model import Agreement

KINDS = {"sla": "Service level agreement", "ola": "Operational level agreement", "uc": "Underpinning contract"}


def sides(draft: Draft) -> tuple[Side, Side]:
    """Provider and customer."""
    provider, customer = draft.agreement.provider, draft.agreement.customer
    return Side(PROVIDER, provider.value, provider.at), Side(CUSTOMER, customer.value, customer.at)


def section(draft: Draft) -> Section:
    """The parties, the kind, the service."""
    agreement, kind = draft.agreement, draft.agreement.kind.value
    provider, customer = sides(draft)
    what = KINDS[kind][0].lower() + KINDS[kind][1:]
    between = f"This {what} is between {provider.name} (the “{PROVIDER}”) and {customer.name} (the “{CUSTOMER}”)."
    clauses = [Clause(between, places(provider.at, customer.at, agreement.kind.at))]
    if agreement.service:
        clauses.append(Clause(f"The service is: {agreement.service.value.rstrip(chr(46))}.", places(agreement.service.at)))
    else:
        clauses.append(Clause("The service is not named beyond the title of this document."))
    if any(True for _ in draft.times()):
        clauses.append(Clause(covered(agreement)))
    return Section("Parties and service", tuple(clauses))


def covered(agreement: Agreement) -> str:
    """What a target is for: the whole way of a ticket, or the provider's own work."""
    if agreement.promises:
        return "Its targets cover all that happens to a ticket, from when it is opened and whoever works on it."
    return f"Its targets cover the {PROVIDER}’s own work, from when a ticket reaches it."


def heading(draft: Draft) -> str:
    """The title; of an agreement without one, what it is and who it is between."""
    agreement = draft.agreement
    if agreement.title:
        return agreement.title.value
    service = f", {agreement.service.value}" if agreement.service else ""
    return f"{agreement.provider.value} for {agreement.customer.value}{service}"
