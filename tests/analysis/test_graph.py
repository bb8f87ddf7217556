"""The dependency graph against networkx, on random graphs with and without circles."""

from __future__ import annotations

import networkx as nx
from hypothesis import example, given
from hypothesis import strategies as st

from slachain.analysis.graph import Graph, _circle
from tests.catalogue import study

IDS = "abcdefg"


def graph_of(edges: set[tuple[str, str]]) -> Graph:
    """Agreements that rely on one another; `g` is named, and nowhere defined."""
    lines = ["agreements:"]
    for id in IDS[:-1]:
        names = sorted(head for tail, head in edges if tail == id)
        relies_on = f", relies_on: [{', '.join(names)}]" if names else ""
        lines.append(f"  {id}: {{kind: ola, provider: {id}, customer: us, calendar: 24x7{relies_on}}}")
    return study("\n".join(lines) + "\n").graph


@given(st.sets(st.tuples(st.sampled_from(IDS[:-1]), st.sampled_from(IDS)), max_size=12))
def test_what_lies_around_an_agreement_is_as_networkx_has_it(edges: set[tuple[str, str]]) -> None:
    graph, other = graph_of(edges), nx.DiGraph(sorted(edges))
    other.add_nodes_from(IDS[:-1])
    assert set(graph.relied_on) == set(other)
    assert {(id, name) for id, names in graph.relied_on.items() for name in names} == edges
    for id in other:
        assert graph.below(id) == nx.descendants(other, id)
        assert graph.above(id) == nx.ancestors(other, id) | {id}


RINGS = {("a", "a"), ("c", "e"), ("e", "d"), ("d", "c"), ("f", "a"), ("b", "f")}  # two, and a way to one
EVERYBODY = {(one, other) for one in "abc" for other in "abc" if one != other}  # each relies on both of the others


@given(st.sets(st.tuples(st.sampled_from(IDS[:-1]), st.sampled_from(IDS)), max_size=12))
@example(RINGS)
@example(RINGS | {("a", "b"), ("c", "g")})
@example(EVERYBODY)
@example(EVERYBODY | {("d", "d"), ("e", "d")})
def test_circles_and_tiers_are_as_networkx_has_them(edges: set[tuple[str, str]]) -> None:
    graph, other = graph_of(edges), nx.DiGraph(sorted(edges))
    other.add_nodes_from(IDS[:-1])
    knots = [knot for knot in nx.strongly_connected_components(other) if len(knot) > 1 or other.has_edge(min(knot), min(knot))]
    assert graph.circular == {id for id in other if any(nx.has_path(other, id, min(knot)) for knot in knots)}
    assert [[m.agreement.value for m in circle][-1] for circle in graph.circles()] == sorted(min(knot) for knot in knots)
    long = [_circle(graph._digraph.subgraph(knot), min(knot)) for knot in sorted(knots, key=min)]
    assert [[circle[-1].agreement.value, *(m.agreement.value for m in circle[:-1])] for circle in graph.circles()] == long
    condensed = nx.condensation(other)
    tiers: dict[int, int] = {}
    for knot in nx.topological_sort(condensed):
        tiers[knot] = max((tiers[above] + 1 for above in condensed.predecessors(knot)), default=0)
    assert graph.tiers == {id: tiers[knot] for id, knot in condensed.graph["mapping"].items()}


def test_a_circle_is_told_by_the_references_that_close_it() -> None:
    """Each stands in the list of the one before, wherever in it: by them the lines are shown that have to change."""
    found = study("""
agreements:
  a: {kind: ola, provider: a, customer: us, calendar: 24x7, relies_on: [z, {any_of: [y, c]}, b]}
  b: {kind: ola, provider: b, customer: us, calendar: 24x7, relies_on: [{agreement: a, after: 1h}, a]}
  c: {kind: ola, provider: c, customer: us, calendar: 24x7, relies_on: [y]}
  y: {kind: ola, provider: y, customer: us, calendar: 24x7, relies_on: [z, y]}
  z: {kind: ola, provider: z, customer: us, calendar: 24x7}
""")
    circles = list(found.graph.circles())
    assert [[member.agreement.value for member in circle] for circle in circles] == [["b", "a"], ["y"]]
    assert [[member.agreement.at.line for member in circle] for circle in circles] == [[3, 4], [6]]
    assert found.graph.circular == {"a", "b", "c", "y"}
