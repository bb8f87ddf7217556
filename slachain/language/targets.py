"""The grammar of metrics and targets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from slachain.language.circles import walk
from slachain.language.model import ANY, AmountTarget, Metric, Target, TimePromise, TimeTarget, Written
from slachain.language.nodes import Mapping as MappingNode
from slachain.language.nodes import Node, Scalar, Sequence
from slachain.language.scalars import ScalarError, read_money, read_number, read_percentage, read_time
from slachain.language.shapes import (
    BAD,
    Bad,
    Reading,
    Shape,
    fields,
    kind_of,
    list_of,
    named,
    one_of,
    read_identifier,
    read_text,
    scalar,
)
from slachain.language.source import Span
from slachain.language.values import dataclass

BUILT_IN = {
    metric.id: metric
    for metric in (
        Metric("response", "time", "lower", "each"),
        Metric("update", "time", "lower", "each"),
        Metric("acknowledge", "time", "lower", "elapsed"),
        Metric("restore", "time", "lower", "elapsed"),
        Metric("resolution", "time", "lower", "elapsed"),
        Metric("outage", "time", "lower", "each"),
        Metric("availability", "percent", "higher", "product"),
    )
}
TARGET_KEYS = ("within", "calendar", "attainment", "warn", "opened_in", "at_least", "at_most", "per")
PERIODS = ("month", "quarter", "year")
MOST_PRIORITIES = 100  # in an agreement: each is a promise of its own in every metric
TOO_MANY = f"more than {MOST_PRIORITIES} priorities in one agreement"


def read_priority(text: str) -> str:
    """A priority's name: an id, or `*` for every priority; never one of a target's own keys."""
    if text in TARGET_KEYS:
        raise ScalarError(f"'{text}' is a part of a target, and cannot be a priority")
    return text if text == ANY else read_identifier(text)


def too_many(names: Sequence | MappingNode) -> Span | None:
    """Where priorities are more than anybody tells apart; None where they are not."""
    nodes = names.items if isinstance(names, Sequence) else [entry.key for entry in names.entries]
    return nodes[MOST_PRIORITIES].span if len(nodes) > MOST_PRIORITIES else None


def priorities(node: Node, reading: Reading) -> tuple[Written[str], ...] | Bad:
    """The priorities of an agreement."""
    if isinstance(node, Sequence) and (at := too_many(node)):
        return reading.malformed(TOO_MANY, at)
    read: tuple[Written[str], ...] | Bad = list_of(scalar(read_identifier), "priorities")(node, reading)
    return read


# --- metrics -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MetricReader:
    """Reads `metrics:`; `like` may name one that is defined anywhere in the catalogue."""

    nodes: Mapping[str, tuple[Span, Node]]
    reading: Reading

    def metrics(self) -> tuple[dict[str, Metric], frozenset[str]]:
        """Every metric by id, built-in ones included, and the ids of those that could not be read."""
        likes = {id: self.like(id, node) for id, (_, node) in self.nodes.items() if isinstance(node, MappingNode) and node.entry("like")}
        walked = walk({id: self.models(id, likes.get(id)) for id in self.nodes})
        for circle in walked.circles:
            self.reading.report("SC105", f"metrics are like one another in a circle: {circle}", circle.closing.at)
        found: dict[str, Metric] = {}
        for id in walked.order:
            metric = self.alike(id, likes[id], found) if id in likes else self.metric(id)
            if metric:
                found[id] = metric
        broken = frozenset(self.nodes) - found.keys()
        built_in = {id: metric for id, metric in BUILT_IN.items() if id not in broken}
        return {**built_in, **{id: found[id] for id in self.nodes if id in found}}, broken

    def metric(self, id: str) -> Metric | None:
        """One metric by id, through what it is like; None where it cannot be read."""
        at, node = self.nodes[id]
        schema = {
            "type": one_of("time", "percent", "count", "money"),
            "unit": scalar(read_text),
            "better": one_of("lower", "higher"),
            "chain": one_of("each", "elapsed", "product", "supply"),
        }
        before = self.reading.problems
        read = fields(node, schema, self.reading, f"the metric '{id}'", ("type", "better", "chain"), at)
        if isinstance(read, Bad) or self.reading.problems > before:
            return None
        word = {key: value.value for key, value in read.values.items()}
        return self.consistent(Metric(id, word["type"], word["better"], word["chain"], word.get("unit")), node, at)

    def consistent(self, metric: Metric, node: Node, at: Span) -> Metric | None:
        """The metric, if its type, chain and direction go together."""
        chain = node.get("chain") if isinstance(node, MappingNode) else None
        place = chain.span if chain else at
        if metric.chain == "elapsed" and metric.type != "time":
            self.reading.malformed(f"chain 'elapsed' is for type time, not {metric.type}", place)
        elif metric.chain == "product" and (metric.type, metric.better) != ("percent", "higher"):
            self.reading.malformed("chain 'product' is for type percent where higher is better", place)
        elif metric.type == "time" and (metric.chain == "supply" or metric.better == "higher"):
            self.reading.malformed("a time is judged where lower is better, by chain 'each' or 'elapsed'", place)
        elif metric.type == "count" and metric.unit is None:
            self.reading.malformed(f"the metric '{metric.id}' counts something: it needs 'unit'", at)
        else:
            return metric
        return None

    def like(self, id: str, node: Node) -> Written[str] | None:
        """A metric that behaves as another does."""
        read = fields(node, {"like": scalar(read_identifier)}, self.reading, f"the metric '{id}' with 'like'")
        return None if isinstance(read, Bad) or read.broken else read.get("like")

    def models(self, id: str, like: Written[str] | None) -> tuple[Written[str], ...]:
        """What a metric is like, unless that is the built-in one that it stands for."""
        return () if like is None or (like.value == id and id in BUILT_IN) else (like,)

    def alike(self, id: str, like: Written[str] | None, found: Mapping[str, Metric]) -> Metric | None:
        """The metric that is like another; None where that cannot be had, with a finding where nothing is called so."""
        if like is None:
            return None
        ours = like.value in self.nodes and (like.value != id or id not in BUILT_IN)
        model = (found if ours else BUILT_IN).get(like.value)
        if model is None and not ours:
            known = self.reading.nearest(like.value, [*BUILT_IN, *self.nodes], but=id)
            self.reading.report("SC104", f"there is no metric '{like.value}'{known}", like.at)
        return Metric(id, model.type, model.better, model.chain, model.unit) if model else None


# --- targets -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TargetGrammar:
    """Reads an agreement's `targets` by what its metrics are."""

    metrics: Mapping[str, Metric]
    calendar: Shape
    promises: bool

    def targets(self, metric: Metric, node: Node, reading: Reading) -> dict[str, Target] | Bad:
        """Targets by priority; one value alone is for every priority."""
        if isinstance(node, MappingNode) and not is_target(node):
            if not node.entries:
                return reading.malformed(f"'{metric.id}' has no priority and no target", node.span)
            if at := too_many(node):
                return reading.malformed(TOO_MANY, at)
            read = {e.key.text: self.target(metric, e.value, reading) for e in node.entries if named(e, read_priority, reading)}
            return {priority: target for priority, target in read.items() if not isinstance(target, Bad)}
        target = self.target(metric, node, reading)
        return BAD if isinstance(target, Bad) else {ANY: target}

    def target(self, metric: Metric, node: Node, reading: Reading) -> Target | Bad:
        """One target by the metric's type."""
        if metric.type != "time":
            return self.amount(metric, node, reading)
        if not isinstance(node, Sequence):
            one = self.time(node, reading)
            return BAD if isinstance(one, Bad) else TimePromise((one,))
        before = reading.problems
        alternatives = list_of(self.time, "alternatives")(node, reading)
        if isinstance(alternatives, Bad) or reading.problems > before:
            return BAD
        if not alternatives:
            return reading.malformed("a list of alternatives holds at least one", node.span)
        return TimePromise(alternatives, listed=True)

    def time(self, node: Node, reading: Reading) -> TimeTarget | Bad:
        """A time, plain or with its clauses."""
        if isinstance(node, Scalar):
            within = scalar(read_time)(node, reading)
            return BAD if within is BAD else TimeTarget(within, node.span)
        schema = {
            "within": scalar(read_time),
            "calendar": self.calendar,
            "attainment": scalar(read_percentage),
            "warn": scalar(read_percentage),
            "opened_in": self.calendar,
        }
        before = reading.problems
        read = fields(node, schema, reading, "a target", ("within",))
        if isinstance(read, Bad) or reading.problems > before:
            return BAD
        opened_in = read.get("opened_in")
        if opened_in and not self.promises:
            return reading.malformed("'opened_in' may stand only in a promise: kind sla, or end_to_end: true", opened_in.at)
        within = read.values["within"]
        return TimeTarget(within, node.span, read.get("calendar"), read.get("attainment"), read.get("warn"), opened_in)

    def amount(self, metric: Metric, node: Node, reading: Reading) -> AmountTarget | Bad:
        """An amount, plain or with its clauses."""
        bound = scalar(AMOUNTS[metric.type])
        direction = "at_least" if metric.better == "higher" else "at_most"
        if isinstance(node, Scalar):
            value = bound(node, reading)
            return BAD if value is BAD else AmountTarget(value, direction, node.span)
        if not isinstance(node, MappingNode):
            return reading.malformed(f"'{metric.id}' is an amount: write {{{direction}: …}}, not {kind_of(node)}", node.span)
        before = reading.problems
        schema = {direction: bound, "per": one_of(*PERIODS), "calendar": self.calendar}
        read = fields(node, schema, reading, f"a target of '{metric.id}'", (direction,))
        if isinstance(read, Bad) or reading.problems > before:
            return BAD
        return AmountTarget(read.values[direction], direction, node.span, read.get("per"), read.get("calendar"))


AMOUNTS: Mapping[str, Any] = {"percent": read_percentage, "count": read_number, "money": read_money}


def is_target(node: MappingNode) -> bool:
    """Whether a mapping is one target rather than targets by priority."""
    return any(entry.key.text in TARGET_KEYS for entry in node.entries)
