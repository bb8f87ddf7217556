"""The grammar of agreements and plans."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache, partial
from typing import Any

from slachain.language.alterations import AlterationGrammar
from slachain.language.calendars import CalendarGrammar
from slachain.language.chains import Named, relies_on
from slachain.language.handing_down import HandedDown
from slachain.language.model import Acceptance, Agreement, Band, Credits, Duty, Metric, Option, Target, Written
from slachain.language.nodes import Mapping as MappingNode
from slachain.language.nodes import Node, Sequence
from slachain.language.pricing import OptionGrammar
from slachain.language.scalars import (
    MOST_KEPT,
    ScalarError,
    Time,
    read_date,
    read_duration,
    read_flag,
    read_money,
    read_percentage,
    read_time,
)
from slachain.language.shapes import (
    BAD,
    Bad,
    Fields,
    Reading,
    Shape,
    fields,
    kind_of,
    list_of,
    map_of,
    named,
    one_of,
    read_identifier,
    read_text,
    scalar,
)
from slachain.language.source import Span
from slachain.language.targets import TargetGrammar, priorities, read_priority
from slachain.language.terms import review, term
from slachain.language.values import dataclass, field, replace

A_MONTH = {"day": Fraction(365, 12), "week": Fraction(365, 84), "month": Fraction(1), "quarter": Fraction(1, 3), "year": Fraction(1, 12)}
REQUIRED = ("kind", "provider", "customer", "calendar")


@lru_cache(maxsize=MOST_KEPT)
def read_demand(text: str) -> Fraction:
    """Tickets a month, exact: `3/month`, `1200/year`, `5/week`, `2/day` (a month is a twelfth of 365 days)."""
    match = re.fullmatch(r"(\d{1,12}(?:\.\d{1,9})?) ?/ ?(day|week|month|quarter|year)", text, re.ASCII)
    if not match:
        raise ScalarError(f"'{text}' is no demand: write 3/month")
    return Fraction(match[1]) * A_MONTH[match[2]]


def read_code(text: str) -> str:
    """A finding's code."""
    if not re.fullmatch(r"SC\d{3}", text, re.ASCII):
        raise ScalarError(f"'{text}' is no finding's code: write SC207")
    return text


def pauses(node: Node, reading: Reading) -> dict[str, Written[int | None]] | Bad:
    """Reasons, each with the longest time in seconds or None where nothing bounds it."""
    if reading.told(node):
        return BAD
    if not isinstance(node, Sequence):
        return reading.malformed(f"pauses are a list of reasons, not {kind_of(node)}", node.span)
    found: dict[str, Written[int | None]] = {}
    for item in node.items:
        if isinstance(item, MappingNode):
            for e in item.entries:
                longest = scalar(read_duration)(e.value, reading)
                if named(e, read_identifier, reading) and not isinstance(longest, Bad):
                    _once(found, Written(longest.value.seconds, e.key.text, e.key.span.to(e.value.span)), reading)
        else:
            reason = scalar(read_identifier)(item, reading)
            if not isinstance(reason, Bad):
                _once(found, Written(None, reason.value, reason.at), reading)
    return found


def _once(found: dict[str, Written[int | None]], pause: Written[int | None], reading: Reading) -> None:
    if pause.text in found:
        reading.malformed(f"'{pause.text}' is written twice", pause.at)
    else:
        found[pause.text] = pause


def duty(node: Node, reading: Reading) -> Duty | Bad:
    """`{who, what, within}`."""
    schema = {"who": scalar(read_text), "what": scalar(read_text), "within": scalar(read_time)}
    read = fields(node, schema, reading, "a duty", ("who", "what"))
    if isinstance(read, Bad) or not {"who", "what"} <= read.values.keys():
        return BAD
    return Duty(read.values["who"], read.values["what"], read.get("within"))


def acceptance(node: Node, reading: Reading) -> Acceptance | Bad:
    """`{finding, until, because}`; one that is not whole accepts nothing."""
    schema = {"finding": scalar(read_code), "until": scalar(read_date), "because": scalar(read_text)}
    read = fields(node, schema, reading, "an acceptance", schema)
    return BAD if isinstance(read, Bad) or read.broken else Acceptance(**read.values)


def _edge(text: str) -> Fraction | Time:
    return read_percentage(text) if text.endswith("%") else read_time(text)


def band(node: Node, reading: Reading) -> Band | Bad:
    """`{below: 99.9%, credit: 10%}` or `{over: 4h, credit: 5%}`."""
    below = isinstance(node, MappingNode) and node.entry("below") is not None
    edge = "below" if below else "over"
    read = fields(node, {edge: scalar(_edge), "credit": scalar(read_percentage)}, reading, "a credit band", (edge, "credit"))
    if isinstance(read, Bad) or read.broken:
        return BAD
    return Band(edge, read.values[edge], read.values["credit"], node.span)


def credits(names: Named) -> Shape:
    """Bands by metric, and a cap; the metrics are kept in `names`."""

    def shape(node: Node, reading: Reading) -> Credits | Bad:
        if reading.told(node):
            return BAD
        if not isinstance(node, MappingNode):
            return reading.malformed(f"credits are a mapping, not {kind_of(node)}", node.span)
        cap = node.get("cap")
        read_cap = scalar(read_percentage)(cap, reading) if cap else None
        bands = MappingNode(tuple(e for e in node.entries if e.key.text != "cap"), node.span)
        found = map_of(read_identifier, list_of(band, "credit bands"), "metrics and credit bands")(bands, reading)
        names.keep(Written(e.key.text, e.key.text, e.key.span) for e in bands.entries if e.key.text in found)
        return Credits(found, None if isinstance(read_cap, Bad) else read_cap)

    return shape


PLAIN: Mapping[str, Shape] = {
    "kind": one_of("sla", "ola", "uc"),
    "title": scalar(read_text),
    "provider": scalar(read_identifier),
    "customer": scalar(read_identifier),
    "service": scalar(read_text),
    "owner": scalar(read_text),
    "end_to_end": scalar(read_flag),
    "priorities": priorities,
    "term": term,
    "review": review,
    "pauses": pauses,
    "excludes": list_of(scalar(read_text), "exclusions"),
    "duties": list_of(duty, "duties"),
    "fee": scalar(read_money),
    "demand": map_of(read_priority, scalar(read_demand), "priorities and demand"),
    "accept": list_of(acceptance, "acceptances"),
}
KNOWN = (*PLAIN, "credits", "calendar", "targets", "relies_on", "options", "extends")


@dataclass(slots=True)
class AgreementGrammar:
    """Reads agreements whose `extends` has been resolved; remembers the names they use, and what they inherit."""

    metrics: Mapping[str, Metric]
    unreadable_metrics: frozenset[str]
    calendars: CalendarGrammar
    handed_down: HandedDown = field(default_factory=HandedDown)
    metric_names: Named = field(init=False)
    clauses: dict[str, Shape] = field(init=False)  # those that say the same in every agreement

    def __post_init__(self) -> None:
        self.metric_names = Named(self.unreadable_metrics.union(self.metrics))
        alike = {**PLAIN, "relies_on": relies_on(self.metric_names), "credits": credits(self.metric_names)}
        self.clauses = {key: self.handed_down.once(key, shape) for key, shape in alike.items()}

    def read(self, id: str, at: Span, node: MappingNode, reading: Reading, plan: bool = False) -> Agreement | None:
        """The agreement, its unreadable fields named in `broken`; None where not even its parties can be told."""
        broken: set[str] = set()
        schema: dict[str, Shape] = {
            **{key: self.clauses[key] for key in PLAIN},
            "calendar": self.calendars.reference(id),
            "targets": lambda inner, _: inner,
            "relies_on": self.clauses["relies_on"],
            "options": lambda inner, _: inner,
            "credits": self.clauses["credits"],
            "extends": scalar(read_identifier),
        }
        read = fields(node, schema, reading, "an agreement", () if plan else REQUIRED, at)
        if isinstance(read, Bad):
            return None
        broken |= read.broken
        targets = self.targets(id, read, reading, broken)
        options = self.options(read, targets, reading, broken, plan)
        if plan or not all(key in read.values for key in REQUIRED):
            return None
        found = self.agreement(id, at, node, read, targets, frozenset(broken))
        return replace(found, options=options) if options else found

    def agreement(
        self, id: str, at: Span, node: MappingNode, read: Fields, targets: Mapping[str, Mapping[str, Target]], broken: frozenset[str]
    ) -> Agreement:
        """The agreement out of its fields."""
        plain = ("kind", "provider", "customer", "calendar", "title", "service", "owner", "fee", "credits", "review")
        more = ("priorities", "relies_on", "pauses", "excludes", "duties", "demand", "accept", "term")
        values: dict[str, Any] = {key: read.values[key] for key in (*plain, *more) if key in read.values}
        flag = read.get("end_to_end")
        entry = node.entry("relies_on")
        return Agreement(
            id=id,
            at=at,
            targets=targets,
            end_to_end=bool(flag and flag.value),
            relies_on_at=entry.key.span if entry else None,
            broken=broken,
            **values,
        )

    def targets(self, id: str, read: Fields, reading: Reading, broken: set[str]) -> dict[str, Mapping[str, Target]]:
        """Targets by metric; what cannot be read is named in `broken`."""
        node = read.get("targets")
        if node is None:
            return {}
        if not isinstance(node, MappingNode):
            broken.add("targets")
            if not reading.told(node):
                reading.malformed(f"targets are a mapping from metrics, not {kind_of(node)}", node.span)
            return {}
        promises = _promises(read)
        grammar = TargetGrammar(self.metrics, self.calendars.reference(id, "targets"), promises)
        found: dict[str, Mapping[str, Target]] = {}
        for entry in node.entries:
            before = reading.problems
            name = entry.key.text
            if name in self.metrics:
                by_priority = partial(grammar.targets, self.metrics[name], entry.value, reading)
                read_targets = self.handed_down.read(entry.value, (name, promises), reading, by_priority)
                if not isinstance(read_targets, Bad):
                    found[name] = read_targets
            elif not entry.key.reported and name not in self.unreadable_metrics:
                reading.report("SC104", f"there is no metric '{name}'{reading.nearest(name, self.metrics)}", entry.key.span)
            if reading.problems > before or name not in self.metrics:
                broken.add(f"targets.{name}")
        return found

    def options(
        self, read: Fields, targets: Mapping[str, Mapping[str, Target]], reading: Reading, broken: set[str], plan: bool
    ) -> tuple[Option, ...]:
        """What can be bought, read beside the clauses that it would change."""
        if "options" not in read.values:
            return ()
        before, known, relied_on = reading.problems, frozenset(broken), read.get("relies_on", ())
        changes = AlterationGrammar(self.metrics, self.unreadable_metrics, _promises(read), targets, relied_on, known, plan)
        found = OptionGrammar(changes).options(read.values["options"], reading)
        if reading.problems > before:
            broken.add("options")
        return found


def _promises(read: Fields) -> bool:
    """Whether what is read is a promise, or may yet become one."""
    kind, flag = read.get("kind"), read.get("end_to_end")
    return kind is None or kind.value == "sla" or bool(flag and flag.value)
