"""The grammar of `relies_on`: members, groups and items."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from slachain.language.model import ANY, Group, Item, Member, Route, Written
from slachain.language.nodes import Mapping as MappingNode
from slachain.language.nodes import Node, Scalar, Sequence
from slachain.language.scalars import Time, read_percentage, read_time
from slachain.language.shapes import BAD, Bad, Fields, Reading, Shape, fields, kind_of, list_of, map_of, read_identifier, scalar
from slachain.language.source import Span
from slachain.language.targets import read_priority
from slachain.language.values import dataclass, field

GROUPS = ("any_of", "all_of")


def _read_after(text: str) -> Time:
    return read_time(text, zero=True)


def after(node: Node, reading: Reading) -> dict[str, Written[Time]] | Bad:
    """Hand-over times by priority; one value alone is for every priority."""
    shape = scalar(_read_after)
    if isinstance(node, Scalar):
        value = shape(node, reading)
        return BAD if value is BAD else {ANY: value}
    read: dict[str, Written[Time]] | Bad = map_of(read_priority, shape, "priorities and hand-over times")(node, reading)
    return read


priority_map: Shape = map_of(read_identifier, scalar(read_identifier), "priorities, this agreement's to theirs")


def metric_list(node: Node, reading: Reading) -> tuple[Written[str], ...] | Bad:
    """The metrics an item is for."""
    read: tuple[Written[str], ...] | Bad = list_of(scalar(read_identifier), "metrics")(node, reading)
    return read


@dataclass(frozen=True, slots=True)
class Defaults:
    """What a group hands down to its members."""

    after: Mapping[str, Written[Time]] | None = None
    priorities: Mapping[str, Written[str]] | None = None
    metrics: frozenset[str] | None = None

    def under(self, read: Fields) -> Defaults:
        """These defaults with a member's or group's own: `after` replaces, `priorities` merge, `metrics` intersect."""
        own = frozenset(m.value for m in read.values["metrics"]) if "metrics" in read.values else None
        both = own if self.metrics is None else self.metrics if own is None else self.metrics & own
        return Defaults(read.get("after", self.after), {**(self.priorities or {}), **read.get("priorities", {})}, both)


COMMON: Mapping[str, Shape] = {"after": after, "priorities": priority_map, "metrics": metric_list}


@dataclass(frozen=True, slots=True)
class Named:
    """Metric names used in `metrics:` lists and credits that are not `known`: there is no such metric."""

    known: frozenset[str]
    names: list[Written[str]] = field(default_factory=list)

    def keep(self, names: Iterable[Written[str]]) -> None:
        """Remember those that are not known."""
        self.names.extend(name for name in names if name.value not in self.known)


def relies_on(named: Named) -> Shape:
    """The shape of the list; metrics that it names are kept in `named`."""

    def shape(node: Node, reading: Reading) -> tuple[Item, ...] | Bad:
        if reading.told(node):
            return BAD
        if not isinstance(node, Sequence):
            return reading.malformed(f"'relies_on' is a list of agreements, not {kind_of(node)}", node.span)
        items = [_item(n, f"relies_on[{i}]", named, reading) for i, n in enumerate(node.items)]
        return tuple(item for item in items if item is not None)

    return shape


def _item(node: Node, place: str, named: Named, reading: Reading) -> Item | None:
    share: Written[Fraction] | None = None
    if isinstance(node, MappingNode) and (entry := node.entry("share")):
        value = scalar(read_percentage)(entry.value, reading)
        share = None if isinstance(value, Bad) else value
        node = MappingNode(tuple(e for e in node.entries if e is not entry), node.span)
    route = _route(node, place, Defaults(), named, reading)
    if route is None:
        return None
    return Item(route, route.at if isinstance(route, Group) else route.agreement.at, share)


def _route(node: Node, place: str, defaults: Defaults, named: Named, reading: Reading) -> Route | None:
    if isinstance(node, Scalar):
        id = scalar(read_identifier)(node, reading)
        return None if isinstance(id, Bad) else _member(id, place, defaults)
    how = [key for key in GROUPS if isinstance(node, MappingNode) and node.entry(key)]
    if how:
        return _group(node, how[0], place, defaults, named, reading)
    schema = {"agreement": scalar(read_identifier), **COMMON}
    read = fields(node, schema, reading, "what is relied on", ("agreement",))
    if isinstance(read, Bad) or "agreement" not in read.values:
        return None
    named.keep(read.get("metrics", ()))
    return _member(read.values["agreement"], place, defaults.under(read))


def _member(id: Written[str], place: str, given: Defaults) -> Member:
    return Member(id, place, given.after, given.priorities or {}, given.metrics)


def _group(node: Node, how: str, place: str, defaults: Defaults, named: Named, reading: Reading) -> Group | None:
    def as_it_is(inner: Node, _: Reading) -> Node:
        return inner

    read = fields(node, {how: as_it_is, **COMMON}, reading, f"a group '{how}'")
    if isinstance(read, Bad):
        return None
    named.keep(read.get("metrics", ()))
    inner = read.values[how]
    if not isinstance(inner, Sequence) or not inner.items:
        if not reading.told(inner):
            reading.malformed(f"'{how}' is a list of at least one agreement, not {kind_of(inner)}", inner.span)
        return None
    under = defaults.under(read)
    routes = [_route(n, f"{place}.{how}[{i}]", under, named, reading) for i, n in enumerate(inner.items)]
    kept = tuple(route for route in routes if route is not None)
    return Group(how, kept, _place(node, how)) if kept else None


def _place(node: Node, how: str) -> Span:
    entry = node.entry(how) if isinstance(node, MappingNode) else None
    return entry.key.span if entry else node.span
