"""How many tickets a month reach each agreement: the demand of the promises, times the shares down each path.

A ticket is one ticket, whatever is measured of it: of the ways that two agreements have to one another, those for one metric add up,
and of several metrics the largest sum counts. No more than all tickets ever go from one agreement to another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction

from slachain.analysis.graph import Graph
from slachain.analysis.promises import expired
from slachain.analysis.routes import their_priority
from slachain.language.catalogue import Catalogue
from slachain.language.model import Agreement, Item, Member
from slachain.language.values import dataclass, field

WHOLE = Fraction(1)
NOT_OF_TICKETS = frozenset({"outage"})  # a time that begins by itself: nobody opens it


@dataclass(frozen=True, slots=True, order=True)
class Stream:
    """Tickets of one priority that reach one agreement."""

    agreement: str
    priority: str


@dataclass(slots=True)
class Arrivals:
    """Tickets a month by agreement and priority, exact; `whole` are the ways that were counted for all tickets, as no share is written."""

    month: dict[str, dict[str, Fraction]] = field(default_factory=dict)
    whole: set[tuple[str, str]] = field(default_factory=set)  # who hands over, to whom
    provided: dict[str, list[Agreement]] = field(default_factory=dict)  # by the provider

    def add(self, agreement: str, priority: str, month: Fraction) -> None:
        """Further tickets of an agreement."""
        if month:
            mine = self.month.setdefault(agreement, {})
            mine[priority] = mine.get(priority, Fraction(0)) + month


def arrivals(catalogue: Catalogue, graph: Graph, as_of: date) -> Arrivals:
    """From the demand of every promise in force or to come. What relies on itself in a circle is left out."""
    found, timed = Arrivals(), metrics_of_tickets(catalogue)
    for agreement in catalogue.agreements.values():
        found.provided.setdefault(agreement.provider.value, []).append(agreement)
    sound = [agreement for agreement in catalogue.agreements.values() if agreement.id not in graph.circular]
    for agreement in sound:
        if agreement.promises and not expired(agreement, as_of):
            for priority, tickets in agreement.demand.items():
                found.add(agreement.id, priority, tickets.value)
    # Each agreement after all that rely on it: then everything that reaches it is known.
    for agreement in sorted(sound, key=lambda agreement: (graph.tiers[agreement.id], agreement.id)):
        _hand_on(found, catalogue, agreement, timed)
    return found


def metrics_of_tickets(catalogue: Catalogue) -> frozenset[str]:
    """The metrics of a time that somebody with a ticket waits for."""
    return frozenset(name for name, metric in catalogue.metrics.items() if metric.type == "time") - NOT_OF_TICKETS


def _hand_on(found: Arrivals, catalogue: Catalogue, agreement: Agreement, timed: frozenset[str]) -> None:
    streams = found.month.get(agreement.id, {})
    if not streams:
        return
    known = [(item, [m for m in with_tickets(item, timed) if m.agreement.value in catalogue.agreements]) for item in agreement.relies_on]
    for item, members in known:
        if item.share is None:
            found.whole |= {(agreement.id, member.agreement.value) for member in members}
    for priority, month in list(streams.items()):
        for stream, share in _shares(known, priority, timed).items():
            found.add(stream.agreement, stream.priority, month * share)


def _shares(ways: Iterable[tuple[Item, Iterable[Member]]], priority: str, timed: frozenset[str]) -> Mapping[Stream, Fraction]:
    """Of the tickets of one priority, the share that each way takes, under the priority's name there."""
    sums: dict[Stream, dict[str, Fraction]] = {}
    for item, members in ways:
        share = item.share.value if item.share else WHOLE
        for member in members:
            below = sums.setdefault(Stream(member.agreement.value, their_priority(member, priority)), {})
            for metric in timed if member.metrics is None else timed & member.metrics:
                below[metric] = below.get(metric, Fraction(0)) + share
    return {stream: min(WHOLE, max(by_metric.values())) for stream, by_metric in sums.items()}


def with_tickets(item: Item, timed: frozenset[str]) -> Iterator[Member]:
    """The members of an item that tickets go to: those relied on for some metric that a ticket has."""
    return (member for member in item.members() if member.metrics is None or member.metrics & timed)


def handles(catalogue: Catalogue, agreement: Agreement, timed: frozenset[str]) -> bool:
    """Whether an agreement's tickets are work for its provider: a promise hands what it relies on others for on at once."""
    return not (agreement.promises and any(True for item in agreement.relies_on for _ in with_tickets(item, timed)))


def of_provider(found: Arrivals, catalogue: Catalogue, team: str) -> Mapping[Stream, Fraction]:
    """What a team has to handle: the tickets of the agreements that it provides."""
    timed = metrics_of_tickets(catalogue)
    mine = [agreement for agreement in found.provided.get(team, ()) if handles(catalogue, agreement, timed)]
    return {Stream(a.id, priority): month for a in mine for priority, month in sorted(found.month.get(a.id, {}).items())}
