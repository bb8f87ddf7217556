"""The dependency graph of a catalogue: circles, what lies below, and what can be trusted (section 6)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from slachain.analysis.order import reached, settle, spread
from slachain.analysis.routes import Routes
from slachain.language.catalogue import Catalogue
from slachain.language.model import Agreement, Member
from slachain.language.values import dataclass, field

if TYPE_CHECKING:
    import networkx as nx

MOST_ABOVE = 16
SOUND_FIELDS = frozenset({"kind", "calendar", "relies_on", "pauses", "end_to_end", "term", "targets"})


@dataclass(frozen=True)
class Graph:
    """Agreements and what each relies on, whatever the metric."""

    catalogue: Catalogue
    _hindrances: dict[str, Mapping[str, str]] = field(default_factory=dict)
    _firsts: dict[str, dict[str, str | None]] = field(default_factory=dict)
    _above: dict[str, frozenset[str]] = field(default_factory=dict)

    @cached_property
    def relied_on(self) -> Mapping[str, Sequence[str]]:
        """The names that each agreement relies on, each once, in order; names that are nowhere defined rely on nothing."""
        found = {id: _names(agreement) for id, agreement in self.catalogue.agreements.items()}
        undefined = {name: () for names in found.values() for name in names if name not in found}
        return {**found, **undefined}

    @cached_property
    def relying(self) -> Mapping[str, Sequence[str]]:
        """The same from below: who relies on each, directly."""
        found: dict[str, list[str]] = {id: [] for id in self.relied_on}
        for id, names in self.relied_on.items():
            for name in names:
                found[name].append(id)
        return found

    @cached_property
    def _layers(self) -> dict[str, int]:
        """The tiers of everything that is in no circle and below none: each after all that rely on it (Kahn 1962)."""
        waiting = {id: len(above) for id, above in self.relying.items()}
        found = {id: 0 for id, above in waiting.items() if not above}
        todo = list(found)
        while todo:
            id = todo.pop()
            for name in self.relied_on[id]:
                waiting[name] -= 1
                found[name] = max(found.get(name, 0), found[id] + 1)
                if not waiting[name]:
                    todo.append(name)
        return {id: tier for id, tier in found.items() if not waiting[id]}

    @cached_property
    def _digraph(self) -> nx.DiGraph[str]:
        """The same as networkx has it, which is asked only where there are circles."""
        import networkx as nx  # takes longer to import than a catalogue without circles to look at

        graph: nx.DiGraph[str] = nx.DiGraph()
        graph.add_nodes_from(self.relied_on)
        graph.add_edges_from((id, name) for id, names in self.relied_on.items() for name in names)
        return graph

    @cached_property
    def _tangled(self) -> Mapping[str, Sequence[str]]:
        """What stands in a circle or between two, neither above all circles nor below them, and whom of these each relies on."""
        left = self.relied_on.keys() - self._layers.keys()
        onward = {id: sum(name in left for name in self.relied_on[id]) for id in left}
        todo = [id for id, names in onward.items() if not names]
        while todo:
            id = todo.pop()
            left.remove(id)
            for above in self.relying[id]:
                if above in left:
                    onward[above] -= 1
                    if not onward[above]:
                        todo.append(above)
        return {id: [name for name in self.relied_on[id] if name in left] for id in left}

    @cached_property
    def _rings(self) -> list[list[str]] | None:
        """All circles, by their first, each from its first on, where none shares a member with another or leads to one; None elsewhere.

        Each that is tangled relies on some of these, and some rely on it. Where each relies on one alone one alone relies on each.
        """
        if any(len(names) > 1 for names in self._tangled.values()):
            return None
        found: dict[str, list[str]] = {}
        for start in sorted(self._tangled):
            if start not in found:
                ring = [start]
                while (name := self._tangled[ring[-1]][0]) != start:
                    ring.append(name)
                found.update(dict.fromkeys(ring, ring))
        return [ring for first, ring in found.items() if first == ring[0]]

    @cached_property
    def _knots(self) -> list[set[str]]:
        """The sets of agreements that all rely on one another, by their first."""
        if self._rings is not None:
            return [set(ring) for ring in self._rings]
        import networkx as nx

        knots = (set(knot) for knot in nx.strongly_connected_components(self._digraph))
        return sorted((knot for knot in knots if len(knot) > 1 or self._digraph.has_edge(*(2 * tuple(knot)))), key=min)

    def amended(self, catalogue: Catalogue) -> Graph:
        """The graph of a catalogue with other agreements under the same ids, who rely on the same ones: what was found of that stays."""
        found = Graph(catalogue)
        kept = ("relied_on", "relying", "_layers", "_digraph", "_tangled", "_rings", "_knots", "circular", "tiers")
        found.__dict__.update({name: self.__dict__[name] for name in kept if name in self.__dict__})
        return found

    def circles(self) -> Iterator[tuple[Member, ...]]:
        """One circle for each set of agreements that all rely on one another: the references that close it, in order."""
        paths = self._rings if self._rings is not None else (_circle(self._digraph.subgraph(knot), min(knot)) for knot in self._knots)
        for path in paths:
            pairs = zip(path, [*path[1:], path[0]], strict=True)
            yield tuple(_reference(self.catalogue.agreements[a], b) for a, b in pairs)

    @cached_property
    def circular(self) -> frozenset[str]:
        """Agreements from which a circle is reached."""
        return self.all_above(id for knot in self._knots for id in knot)

    @cached_property
    def tiers(self) -> Mapping[str, int]:
        """How far below the customers each agreement lies: 0 for one that nothing relies on, else one more than the lowest above it."""
        if not self._knots:
            return self._layers
        import networkx as nx

        knots = nx.condensation(self._digraph)
        found: dict[int, int] = {}
        for knot in nx.topological_sort(knots):
            found[knot] = max((found[above] + 1 for above in knots.predecessors(knot)), default=0)
        return {id: found[knot] for id, knot in knots.graph["mapping"].items()}

    def below(self, agreement: str) -> frozenset[str]:
        """Everything an agreement relies on, at any distance."""
        return frozenset(reached(agreement, self.relied_on.__getitem__)) - {agreement}

    def above(self, agreement: str) -> frozenset[str]:
        """Everything that relies on an agreement, at any distance, and itself: the last few are remembered, since one is tried again and again."""
        if agreement not in self._above:
            if len(self._above) >= MOST_ABOVE:
                del self._above[next(iter(self._above))]
            self._above[agreement] = self.all_above([agreement])
        return self._above[agreement]

    def all_above(self, agreements: Iterable[str]) -> frozenset[str]:
        """Everything that relies on any of some agreements, at any distance, and themselves."""
        return spread(agreements, self.relying.__getitem__)

    def all_below(self, agreements: Iterable[str]) -> frozenset[str]:
        """Everything that any of some agreements relies on, at any distance, and themselves."""
        return spread(agreements, self.relied_on.__getitem__)

    def obstacle(self, agreement: str, metric: str, routes: Routes) -> str | None:
        """Why a promise cannot be judged on this metric: a circle, or something on its paths that could not be read."""
        if agreement in self.circular:
            return "it relies on itself in a circle"
        hindered = self._hindered(metric, routes)
        if agreement in hindered or not hindered:
            return hindered.get(agreement)
        return hindered.get(self._first_hindered(agreement, metric, hindered) or "")

    def _first_hindered(self, agreement: str, metric: str, hindered: Mapping[str, str]) -> str | None:
        """The first by name of the hindered ones below an agreement: of those it relies on, and of the first below each of them."""
        known = self._firsts.setdefault(metric, {})

        def first(id: str) -> str | None:
            names = self.relied_on[id]
            candidates = (*(name for name in names if name in hindered), *(known[name] for name in names))
            return min((name for name in candidates if name is not None), default=None)

        return settle(agreement, self.relied_on.__getitem__, first, known)

    def _hindered(self, metric: str, routes: Routes) -> Mapping[str, str]:
        """Why nothing above can be judged, by agreement: those that could not be read, or not all of what the metric needs."""
        if metric not in self._hindrances:
            whys = ((id, self._hindrance(id, metric, routes)) for id in self._suspects)
            self._hindrances[metric] = {id: why for id, why in whys if why}
        return self._hindrances[metric]

    @cached_property
    def _suspects(self) -> Sequence[str]:
        """What may hinder for some metric: where nothing is broken, only what is not there and what divides its tickets into shares."""
        agreements, broken = self.catalogue.agreements, self.catalogue.broken
        if broken:
            return list(self.relied_on)
        return [
            id for id in self.relied_on if id not in agreements or agreements[id].broken or any(i.share for i in agreements[id].relies_on)
        ]

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
        if self.catalogue.broken and (broken := sorted(c for c in calendars_named(found, metric) if c in self.catalogue.broken)):
            return f"the calendar '{broken[0]}' of '{id}' has errors"
        return None


def _members(agreement: Agreement) -> Iterator[Member]:
    for item in agreement.relies_on:
        yield from item.members()


def _names(agreement: Agreement) -> Sequence[str]:
    return tuple(dict.fromkeys([member.agreement.value for member in _members(agreement)]))


def _reference(agreement: Agreement, id: str) -> Member:
    return next(member for member in _members(agreement) if member.agreement.value == id)


def _circle(knot: nx.DiGraph[str], start: str) -> list[str]:
    """A shortest circle through an agreement, as agreements in order; of several the one that goes on to the first name."""
    import networkx as nx

    away = nx.single_source_shortest_path_length(knot.reverse(copy=False), start)
    after = min(knot.successors(start), key=lambda name: (away[name], name))
    return [start, *nx.shortest_path(knot, after, start)[:-1]]


def calendars_named(agreement: Agreement, metric: str) -> Iterator[str]:
    """Every calendar on which an agreement's clauses for a metric run, by id."""
    yield agreement.calendar.value
    for target in agreement.targets.get(metric, {}).values():
        timed: tuple[object, ...] = getattr(target, "alternatives", (target,))
        for one in timed:
            for name in (getattr(one, "calendar", None), getattr(one, "opened_in", None)):
                if name:
                    yield name.value
