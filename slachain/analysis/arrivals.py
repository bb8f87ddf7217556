"""How many tickets a month reach each agreement: the demand of the promises, times the shares down each path."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from slachain.analysis.graph import Graph
from slachain.analysis.promises import expired
from slachain.analysis.routes import their_priority
from slachain.language.catalogue import Catalogue
from slachain.language.model import Item, Member

WHOLE = Fraction(1)


@dataclass(frozen=True, slots=True, order=True)
class Stream:
    """Tickets of one priority that reach one agreement."""

    agreement: str
    priority: str


@dataclass(slots=True)
class Arrivals:
    """Tickets a month by stream, exact; `whole` are the agreements that were counted for all tickets as no share is written."""

    month: dict[Stream, Fraction] = field(default_factory=dict)
    whole: set[tuple[str, str]] = field(default_factory=set)  # who hands over, to whom
    origins: dict[Stream, set[str]] = field(default_factory=dict)  # the promises they come from


def arrivals(catalogue: Catalogue, graph: Graph, as_of: date) -> Arrivals:
    """From the demand of every promise in force or to come. What relies on itself in a circle is left out."""
    found = Arrivals()
    for agreement in catalogue.agreements.values():
        if agreement.promises and not expired(agreement, as_of) and agreement.id not in graph.circular:
            for priority, tickets in agreement.demand.items():
                _add(found, Stream(agreement.id, priority), tickets.value, {agreement.id})
    # Each agreement after all that rely on it: then everything that reaches it is known.
    for id in sorted(graph.tiers, key=lambda id: (graph.tiers[id], id)):
        if id in catalogue.agreements and id not in graph.circular:
            _hand_on(found, catalogue, id)
    return found


def _hand_on(found: Arrivals, catalogue: Catalogue, id: str) -> None:
    streams = [(stream, month) for stream, month in found.month.items() if stream.agreement == id]
    for item in catalogue.agreements[id].relies_on:
        for member in timed(item, catalogue):
            if member.agreement.value not in catalogue.agreements or not streams:
                continue
            if item.share is None:
                found.whole.add((id, member.agreement.value))
            for stream, month in streams:
                below = Stream(member.agreement.value, their_priority(member, stream.priority))
                _add(found, below, month * (item.share.value if item.share else WHOLE), found.origins[stream])


def timed(item: Item, catalogue: Catalogue) -> Iterator[Member]:
    """The members of an item that tickets go to: those relied on for some metric of a time."""
    for member in item.members():
        metrics = member.metrics
        if metrics is None or any(catalogue.metrics[name].type == "time" for name in metrics if name in catalogue.metrics):
            yield member


def _add(found: Arrivals, stream: Stream, month: Fraction, origins: set[str]) -> None:
    if month:
        found.month[stream] = found.month.get(stream, Fraction(0)) + month
        found.origins.setdefault(stream, set()).update(origins)


def of_provider(found: Arrivals, catalogue: Catalogue, team: str) -> Mapping[Stream, Fraction]:
    """What a team has to handle: the tickets of the agreements that it provides.

    A promise that relies on others hands its tickets on at once, which takes nobody's time.
    """

    def handled(id: str) -> bool:
        agreement = catalogue.agreements[id]
        return agreement.provider.value == team and not (agreement.promises and agreement.relies_on)

    return {stream: month for stream, month in sorted(found.month.items()) if handled(stream.agreement)}
