"""Layers: who relies on others stands above them, as far as circles allow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from slachain.analysis.order import settle

K = TypeVar("K", bound=tuple[str, str])


def ranks(tiers: Mapping[K, int], edges: Iterable[tuple[K, K]]) -> dict[K, int]:
    """How many layers each node lies below the first: one more than the lowest above it.

    Collapsing agreements to parties makes circles: an edge of one that does not go down by tier will go up, and none goes sideways.
    """
    import networkx as nx

    graph: nx.DiGraph[K] = nx.DiGraph()
    graph.add_nodes_from(sorted(tiers))
    graph.add_edges_from(sorted((tail, head) for tail, head in edges if tail in tiers and head in tiers and tail != head))
    knot = {node: n for n, found in enumerate(nx.strongly_connected_components(graph)) for node in found}
    above: dict[K, list[K]] = {node: [] for node in graph}
    for tail, head in graph.edges:
        upwards = knot[tail] == knot[head] and (tiers[tail], tail) > (tiers[head], head)
        above[tail if upwards else head].append(head if upwards else tail)
    found: dict[K, int] = {}
    for node in graph:
        settle(node, above.__getitem__, lambda one: max((found[other] + 1 for other in above[one]), default=0), found)
    return found
