"""The dependency graph of a catalogue: circles, what lies below, and what can be trusted (section 6)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import networkx as nx

from slachain.analysis.routes import Routes
from slachain.language.catalogue import Catalogue
from slachain.language.model import Agreement, Member

SOUND_FIELDS = frozenset({"kind", "calendar", "relies_on", "pauses", "end_to_end", "term", "targets"})


@dataclass(frozen=True)
class Graph:
    """Agreements and what each relies on, whatever the metric."""

    catalogue: Catalogue
    _hindrances: dict[str, Mapping[str, str]] = field(default_factory=dict)

    @cached_property
    def digraph(self) -> nx.DiGraph[str]:
        """An edge from each agreement to each one it relies on; names that are nowhere defined are nodes too."""
        graph: nx.DiGraph[str] = nx.DiGraph()
        graph.add_nodes_from(self.catalogue.agreements)
        for agreement in self.catalogue.agreements.values():
            graph.add_edges_from((agreement.id, member.agreement.value) for member in _members(agreement))
        return graph

    def circles(self) -> Iterator[tuple[Member, ...]]:
        """One circle for each set of agreements that all rely on one another: the references that close it, in order."""
        for knot in sorted(nx.strongly_connected_components(self.digraph), key=min):
            start = min(knot)
            if len(knot) > 1 or self.digraph.has_edge(start, start):
                path = _circle(self.digraph.subgraph(knot), start)
                pairs = zip(path, [*path[1:], path[0]], strict=True)
                yield tuple(_reference(self.catalogue.agreements[a], b) for a, b in pairs)

    @cached_property
    def circular(self) -> frozenset[str]:
        """Agreements from which a circle is reached."""
        knots = [k for k in nx.strongly_connected_components(self.digraph) if len(k) > 1 or self.digraph.has_edge(*(2 * tuple(k)))]
        above = set().union(*(nx.ancestors(self.digraph, min(k)) | k for k in knots))
        return frozenset(above)

    @cached_property
    def tiers(self) -> dict[str, int]:
        """How far below the customers each agreement lies: 0 for one that nothing relies on, else one more than the lowest above it."""
        knots = nx.condensation(self.digraph)
        found: dict[int, int] = {}
        for knot in nx.topological_sort(knots):
            found[knot] = max((found[above] + 1 for above in knots.predecessors(knot)), default=0)
        return {id: found[knot] for id, knot in sorted(knots.graph["mapping"].items())}

    def below(self, agreement: str) -> frozenset[str]:
        """Everything an agreement relies on, at any distance."""
        return frozenset(nx.descendants(self.digraph, agreement))

    def above(self, agreement: str) -> frozenset[str]:
        """Everything that relies on an agreement, at any distance, and itself."""
        return frozenset(nx.ancestors(self.digraph, agreement) | {agreement})

    def obstacle(self, agreement: str, metric: str, routes: Routes) -> str | None:
        """Why a promise cannot be judged on this metric: a circle, or something on its paths that could not be read."""
        if agreement in self.circular:
            return "it relies on itself in a circle"
        hindered = self._hindered(metric, routes)
        if agreement in hindered or not hindered:
            return hindered.get(agreement)
        return hindered.get(min(hindered.keys() & self.below(agreement), default=""))

    def _hindered(self, metric: str, routes: Routes) -> Mapping[str, str]:
        """Why nothing above can be judged, by agreement: those that could not be read, or not all of what the metric needs."""
        if metric not in self._hindrances:
            whys = ((id, self._hindrance(id, metric, routes)) for id in self.digraph)
            self._hindrances[metric] = {id: why for id, why in whys if why}
        return self._hindrances[metric]

    def _hindrance(self, id: str, metric: str, routes: Routes) -> str | None:
        found = self.catalogue.agreements.get(id)
        if found is None:
            return f"'{id}' could not be read"
        if unreadable := found.broken & (SOUND_FIELDS | {f"targets.{metric}"}):
            return f"'{id}' has errors in {', '.join(sorted(unreadable))}"
        if id in self.catalogue.broken:
            return f"'{id}' names something that is not there"
        if routes.onward(id, metric).excessive:
            return f"the shares of '{id}' are more than all tickets"
        if self.catalogue.broken and (broken := sorted(c for c in _calendars(found, metric) if c in self.catalogue.broken)):
            return f"the calendar '{broken[0]}' of '{id}' has errors"
        return None


def _members(agreement: Agreement) -> Iterator[Member]:
    for item in agreement.relies_on:
        yield from item.members()


def _reference(agreement: Agreement, id: str) -> Member:
    return next(member for member in _members(agreement) if member.agreement.value == id)


def _circle(knot: nx.DiGraph[str], start: str) -> list[str]:
    """A shortest circle through an agreement, as agreements in order."""
    ways = [nx.shortest_path(knot, after, start) for after in sorted(knot.successors(start))]
    best = min(ways, key=lambda way: (len(way), way))
    return [start, *best[:-1]]


def _calendars(agreement: Agreement, metric: str) -> Iterator[str]:
    yield agreement.calendar.value
    for target in agreement.targets.get(metric, {}).values():
        timed: tuple[object, ...] = getattr(target, "alternatives", (target,))
        for one in timed:
            for name in (getattr(one, "calendar", None), getattr(one, "opened_in", None)):
                if name:
                    yield name.value
