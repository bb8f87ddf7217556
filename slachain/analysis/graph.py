"""The dependency graph of a catalogue: circles, what lies below, and what can be trusted (section 6)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from slachain.analysis.order import reached, settle
from slachain.analysis.routes import Routes
from slachain.language.catalogue import Catalogue
from slachain.language.model import Agreement, Member

if TYPE_CHECKING:
    import networkx as nx

SOUND_FIELDS = frozenset({"kind", "calendar", "relies_on", "pauses", "end_to_end", "term", "targets"})


@dataclass(frozen=True)
class Graph:
    """Agreements and what each relies on, whatever the metric."""

    catalogue: Catalogue
    _hindrances: dict[str, Mapping[str, str]] = field(default_factory=dict)

    @cached_property
    def relied_on(self) -> Mapping[str, tuple[str, ...]]:
        """Whom each agreement relies on, each once; names that are nowhere defined rely on nothing."""
        defined = {id: tuple(dict.fromkeys(m.agreement.value for m in _members(found))) for id, found in self.catalogue.agreements.items()}
        return defined | {name: () for names in defined.values() for name in names if name not in defined}

    @cached_property
    def relying(self) -> Mapping[str, list[str]]:
        """Who relies on each agreement."""
        found: dict[str, list[str]] = {id: [] for id in self.relied_on}
        for id, names in self.relied_on.items():
            for name in names:
                found[name].append(id)
        return found

    @cached_property
    def circular(self) -> frozenset[str]:
        """Agreements from which a circle is reached: those that are left when whoever relies on nothing that is left is taken away, one by one."""
        waiting = {id: len(names) for id, names in self.relied_on.items()}
        away = [id for id, names in waiting.items() if not names]
        for id in away:
            for above in self.relying[id]:
                waiting[above] -= 1
                if not waiting[above]:
                    away.append(above)
        return frozenset(waiting.keys() - away)

    @cached_property
    def digraph(self) -> nx.DiGraph[str]:
        """An edge from each agreement to each one it relies on, for whatever has to do with circles; names that are nowhere defined are nodes too."""
        import networkx as nx

        graph: nx.DiGraph[str] = nx.DiGraph()
        graph.add_nodes_from(self.catalogue.agreements)
        graph.add_edges_from((id, name) for id, names in self.relied_on.items() for name in names)
        return graph

    @cached_property
    def knots(self) -> tuple[frozenset[str], ...]:
        """The sets of agreements that all rely on one another, at any distance, by their first; one that relies on itself is a set too."""
        if not self.circular:
            return ()
        import networkx as nx

        found = (frozenset(knot) for knot in nx.strongly_connected_components(self.digraph))
        return tuple(sorted((knot for knot in found if len(knot) > 1 or self.digraph.has_edge(*(2 * tuple(knot)))), key=min))

    def circles(self) -> Iterator[tuple[Member, ...]]:
        """One circle for each set of agreements that all rely on one another: the references that close it, in order."""
        for knot in self.knots:
            path = _circle(self.digraph.subgraph(knot), min(knot))
            pairs = zip(path, [*path[1:], path[0]], strict=True)
            yield tuple(_reference(self.catalogue.agreements[a], b) for a, b in pairs)

    @cached_property
    def tiers(self) -> dict[str, int]:
        """How far below the customers each agreement lies: 0 for one that nothing relies on, else one more than the lowest above it.

        Those that all rely on one another lie equally far below.
        """
        above: dict[str, list[str]] = dict(self.relying)
        for knot in self.knots:
            above |= dict.fromkeys(knot, [other for id in knot for other in self.relying[id] if other not in knot])
        found: dict[str, int] = {}
        for id in above:
            settle(id, above.__getitem__, lambda one: max((found[other] + 1 for other in above[one]), default=0), found)
        return found

    def below(self, agreement: str) -> frozenset[str]:
        """Everything an agreement relies on, at any distance; not itself."""
        return frozenset(reached(agreement, self.relied_on.__getitem__)) - {agreement}

    def above(self, agreement: str) -> frozenset[str]:
        """Everything that relies on an agreement, at any distance, and itself."""
        return frozenset(reached(agreement, self.relying.__getitem__)) | {agreement}

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
            whys = ((id, self._hindrance(id, metric, routes)) for id in self.relied_on)
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
    import networkx as nx

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
