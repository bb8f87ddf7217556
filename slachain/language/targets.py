"""The grammar of metrics and targets (language guide, section 5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slachain.language.model import ANY, AmountTarget, Metric, Target, TimePromise, TimeTarget
from slachain.language.nodes import Mapping as MappingNode, Node, Scalar, Sequence
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
    nearest,
    one_of,
    read_identifier,
    read_text,
    scalar,
)
from slachain.language.source import Span

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


def read_priority(text: str) -> str:
    """A priority's name: an id, or `*` for every priority; never one of a target's own keys."""
    if text in TARGET_KEYS:
        raise ScalarError(f"'{text}' is a part of a target, and cannot be a priority")
    return text if text == ANY else read_identifier(text)


# --- metrics -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MetricReader:
    """Reads `metrics:`; `like` may name one that is defined anywhere in the catalogue."""

    nodes: Mapping[str, tuple[Span, Node]]
    reading: Reading

    def metrics(self) -> tuple[dict[str, Metric], frozenset[str]]:
        """Every metric by id, built-in ones included, and the ids of those that could not be read."""
        found, broken = dict(BUILT_IN), set()
        for id in self.nodes:
            metric = self.metric(id, ())
            if metric is None:
                broken.add(id)
                found.pop(id, None)
            else:
                found[id] = metric
        return found, frozenset(broken)

    def metric(self, id: str, path: tuple[str, ...]) -> Metric | None:
        at, node = self.nodes[id]
        if isinstance(node, MappingNode) and node.entry("like"):
            return self.like(id, node, path)
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
        chain = node.get("chain") if isinstance(node, MappingNode) else None
        place = chain.span if chain else at
        if metric.chain == "elapsed" and metric.type != "time":
            self.reading.malformed(f"chain 'elapsed' is for type time, not {metric.type}", place)
        elif metric.chain == "product" and (metric.type, metric.better) != ("percent", "higher"):
            self.reading.malformed("chain 'product' is for type percent where higher is better", place)
        elif metric.chain == "supply" and metric.type in ("time", "percent"):
            self.reading.malformed(f"chain 'supply' adds amounts up, and a {metric.type} cannot be added", place)
        elif metric.type == "count" and metric.unit is None:
            self.reading.malformed(f"the metric '{metric.id}' counts something: it needs 'unit'", at)
        else:
            return metric
        return None

    def like(self, id: str, node: MappingNode, path: tuple[str, ...]) -> Metric | None:
        read = fields(node, {"like": scalar(read_identifier)}, self.reading, f"the metric '{id}' with 'like'")
        if isinstance(read, Bad) or read.broken or not (like := read.get("like")):
            return None
        if like.value in (*path, id) and like.value in self.nodes and not (like.value == id and id in BUILT_IN):
            cycle = " -> ".join((*path[path.index(like.value) if like.value in path else len(path) :], id, like.value))
            self.reading.report("SC105", f"metrics are like one another in a circle: {cycle}", like.at)
            return None
        if like.value in self.nodes and like.value != id:
            model = self.metric(like.value, (*path, id))
        else:
            model = BUILT_IN.get(like.value)
            if model is None:
                known = nearest(like.value, [*BUILT_IN, *self.nodes])
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
            read = {e.key.text: self.target(metric, e.value, reading) for e in node.entries if named(e, read_priority, reading)}
            return {priority: target for priority, target in read.items() if not isinstance(target, Bad)}
        target = self.target(metric, node, reading)
        return BAD if isinstance(target, Bad) else {ANY: target}

    def target(self, metric: Metric, node: Node, reading: Reading) -> Target | Bad:
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
