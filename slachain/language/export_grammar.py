"""The grammar of an export's map: which column means what, told in YAML and read by the language's own rules."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from slachain.language.calendars import read_timezone
from slachain.language.characters import decoded
from slachain.language.composer import compose
from slachain.language.export_scalars import read_delimiter, read_encoding
from slachain.language.exports import (
    AFTER,
    FIRST,
    ISO,
    LAST,
    REFUSE,
    Arrival,
    Condition,
    During,
    Events,
    Export,
    Listed,
    Moment,
    Pair,
    Pause,
    Scope,
)
from slachain.language.findings import Finding
from slachain.language.model import Metric, Written
from slachain.language.nodes import Mapping as MappingNode
from slachain.language.nodes import Node, Scalar, Sequence
from slachain.language.scalars import ScalarError
from slachain.language.shapes import BAD, Bad, Fields, Reading, Shape, fields, kind_of, map_of, one_of, scalar
from slachain.language.targets import read_priority
from slachain.language.time_texts import read_format
from slachain.language.values import dataclass, field


@dataclass(slots=True)
class ExportGrammar:
    """Reads a map for a catalogue's agreements and metrics; what is wrong with it is in `reading`."""

    agreements: Collection[str]
    metrics: Mapping[str, Metric]
    reading: Reading = field(default_factory=Reading)
    state: Written[str] | None = None
    events: bool = False

    def read(self, content: bytes, file: str) -> Export | None:
        """The map of a file; None where something is wrong with it."""
        text, unreadable = decoded(content, file)
        root, problems, _ = compose(text, file)
        for problem in (*unreadable, *problems):
            self.reading.report(problem.code, problem.message, problem.at, *problem.because)
        if root is None or self.reading.findings:
            return None
        found = self.export(root)
        return None if self.reading.findings else found

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong, in the order of the file."""
        return tuple(sorted(self.reading.findings, key=lambda finding: finding.at))

    def export(self, root: Node) -> Export | None:
        """The whole map."""
        self.note_events(root)
        schema: dict[str, Shape] = {
            "columns": self.columns,
            "agreements": self.whose,
            "priorities": map_of(_any_text, scalar(read_priority), "values and priorities"),
            "metrics": self.ends,
            "pauses": map_of(_any_text, self.pauses, "reasons and columns"),
            "events": self.event_columns,
            "time": _one_or_more(scalar(read_format), "time formats"),
            "zone": scalar(read_timezone),
            "repeated": one_of(FIRST, LAST, REFUSE),
            "skipped": one_of(AFTER, REFUSE),
            "empty": _one_or_more(scalar(_text), "texts"),
            "delimiter": scalar(read_delimiter),
            "encoding": scalar(read_encoding),
        }
        read = fields(root, schema, self.reading, "the map of an export")
        if isinstance(read, Bad):
            return None
        columns = read.get("columns") or Fields({}, frozenset())
        self.complete(root, read, columns)
        return None if self.reading.findings else self.joined(read, columns)

    def note_events(self, root: Node) -> None:
        """Which column holds the states, before anything is read that speaks of them."""
        node = root.get("events") if isinstance(root, MappingNode) else None
        self.events = isinstance(node, MappingNode)
        state = node.get("state") if isinstance(node, MappingNode) else None
        if isinstance(state, Scalar) and not state.empty:
            self.state = Written(state.text, state.text, state.span)

    def complete(self, root: Node, read: Fields, columns: Fields) -> None:
        """What has to be there for anything to be measured."""
        whose = read.get("agreements")
        if "agreements" in read.broken or "columns" in read.broken:
            return
        if isinstance(whose, dict) and not columns.get("agreement"):
            self.reading.malformed("values of which column? columns needs 'agreement'", root.span)
        if whose is None and not columns.get("agreement"):
            self.reading.malformed("whose tickets are these? columns needs 'agreement', or list under agreements whose they are", root.span)
        listed = whose if isinstance(whose, tuple) else ()
        without = not listed or any(scope["opened"] is None for scope in listed)
        if without and not columns.get("opened") and not self.events:
            self.reading.malformed("when does the clock start? columns needs 'opened'", root.span)
        if not read.get("metrics") and "metrics" not in read.broken and (not listed or any(not s["metrics"] for s in listed)):
            self.reading.malformed("what stops the clock? metrics needs a column for 'response' or 'resolution'", root.span)

    def joined(self, read: Fields, columns: Fields) -> Export:
        """The map out of its fields."""
        opened: Moment = columns.get("opened") or Arrival(())
        metrics = read.get("metrics", {})
        whose = read.get("agreements")
        listed = whose if isinstance(whose, tuple) else ()
        scopes = tuple(
            Scope(s["agreement"], s["where"], s["opened"] or opened, {**metrics, **s["metrics"]}, s["opened"] is not None) for s in listed
        )
        chosen = {key: read.values[key].value for key in ("zone", "repeated", "skipped", "delimiter", "encoding") if key in read.values}
        return Export(
            ticket=columns.get("ticket"),
            agreement=columns.get("agreement"),
            names=whose if isinstance(whose, dict) else {},
            priority=columns.get("priority"),
            priorities={key: value.value for key, value in read.get("priorities", {}).items()},
            opened=opened,
            metrics=metrics,
            scopes=scopes,
            pauses=read.get("pauses", {}),
            events=read.get("events"),
            times=tuple(w.value for w in read.get("time", ())) or (ISO,),
            empty=frozenset(w.value for w in read.get("empty", ())),
            **chosen,
        )

    # --- parts ------------------------------------------------------------------------------------------------------

    def columns(self, node: Node, reading: Reading) -> Fields | Bad:
        """The columns that every ticket has."""
        schema: dict[str, Shape] = {"ticket": column, "agreement": column, "priority": column, "opened": self.moment}
        required = ("ticket",) if self.events else ()
        return fields(node, schema, reading, "columns", required)

    def event_columns(self, node: Node, reading: Reading) -> Events | Bad:
        """The columns of an event."""
        read = fields(node, {"time": column, "state": column}, reading, "events", ("time",))
        if isinstance(read, Bad) or read.broken:
            return BAD
        return Events(**read.values)

    def whose(self, node: Node, reading: Reading) -> Any:
        """Values of the agreement's column and what they stand for, or a list of agreements with conditions."""
        if isinstance(node, Sequence):
            found = [self.scope(item, reading) for item in node.items]
            return BAD if any(scope is None for scope in found) else tuple(found)
        read = map_of(_any_text, self.agreement, "values and agreements, or a list of agreements,")(node, reading)
        return BAD if isinstance(read, Bad) else {key: value.value for key, value in read.items()}

    def scope(self, node: Node, reading: Reading) -> dict[str, Any] | None:
        """One agreement and its tickets."""
        schema: dict[str, Shape] = {"agreement": self.agreement, "where": where, "opened": self.moment, "metrics": self.ends}
        read = fields(node, schema, reading, "an agreement's tickets", ("agreement",))
        if isinstance(read, Bad) or read.broken:
            return None
        keys: dict[str, Any] = {"where": (), "opened": None, "metrics": {}}
        return {**{key: read.get(key, default) for key, default in keys.items()}, "agreement": read.get("agreement").value}

    def agreement(self, node: Node, reading: Reading) -> Written[str] | Bad:
        """The id of an agreement of the catalogue."""
        found = scalar(_text)(node, reading)
        if isinstance(found, Written) and found.value not in self.agreements:
            hint = reading.nearest(found.value, self.agreements)
            return reading.report("SC104", f"there is no agreement '{found.value}'{hint}", found.at)
        return found  # type: ignore[no-any-return]

    def ends(self, node: Node, reading: Reading) -> dict[str, Moment] | Bad:
        """What stops the clock, by metric."""
        return map_of(self.metric, self.moment, "metrics and columns")(node, reading)  # type: ignore[no-any-return]

    def metric(self, text: str) -> str:
        """A metric of the catalogue that is a time."""
        if text not in self.metrics:
            raise ScalarError(f"there is no metric '{text}'", tuple(self.metrics))
        if self.metrics[text].type != "time":
            raise ScalarError(f"'{text}' is no time: tickets cannot show whether it was kept")
        return text

    def moment(self, node: Node, reading: Reading) -> Moment | Bad:
        """A column with a time, or the event at which a ticket comes into a state."""
        if not isinstance(node, MappingNode):
            return column(node, reading)  # type: ignore[no-any-return]
        schema: dict[str, Shape] = {"state": _one_or_more(scalar(_text), "states"), "where": where, "which": one_of(FIRST, LAST)}
        read = fields(node, schema, reading, "an event")
        conditions = self.conditions(node, read, reading)
        if isinstance(read, Bad) or isinstance(conditions, Bad):
            return BAD
        return Arrival(conditions, read.values["which"].value if "which" in read.values else FIRST)

    def conditions(self, node: Node, read: Fields | Bad, reading: Reading) -> tuple[Condition, ...] | Bad:
        """The states and columns that tell an event."""
        if isinstance(read, Bad) or read.broken:
            return BAD
        if not self.events:
            return reading.malformed("an event needs a log of them: 'events' names the column of their times", node.span)
        states = read.get("state", ())
        if states and self.state is None:
            return reading.malformed("a state of which column? events needs 'state'", node.span)
        told = (Condition(self.state, tuple(w.value for w in states)),) if states and self.state else ()
        found = (*told, *read.get("where", ()))
        return found or reading.malformed("which event? name a 'state', or a column and its value under 'where'", node.span)

    def pauses(self, node: Node, reading: Reading) -> tuple[Pause, ...] | Bad:
        """One reason's stretches: one way to tell them, or a list of several."""
        nodes = node.items if isinstance(node, Sequence) else (node,)
        found = [self.pause(item, reading) for item in nodes]
        return BAD if any(isinstance(pause, Bad) for pause in found) else tuple(found)  # type: ignore[arg-type]

    def pause(self, node: Node, reading: Reading) -> Pause | Bad:
        """`{from, to}`, `{list}` or `{state}`."""
        if not isinstance(node, MappingNode):
            return reading.malformed(f"a pause is {{from, to}}, {{list}} or {{state}}, not {kind_of(node)}", node.span)
        by_event, by_pair = (any(node.entry(key) for key in keys) for keys in (("state", "where"), ("from", "to")))
        if by_event:
            schema: dict[str, Shape] = {"state": _one_or_more(scalar(_text), "states"), "where": where}
            conditions = self.conditions(node, fields(node, schema, reading, "a pause"), reading)
            return BAD if isinstance(conditions, Bad) else During(conditions)
        if by_pair:
            read = fields(node, {"from": column, "to": column}, reading, "a pause", ("from", "to"))
            return BAD if isinstance(read, Bad) or read.broken else Pair(read.get("from"), read.get("to"))
        read = fields(node, {"list": column, "between": scalar(_text), "separator": scalar(_text)}, reading, "a pause", ("list",))
        if isinstance(read, Bad) or read.broken:
            return BAD
        return Listed(
            read.get("list"),
            *(read.values[key].value if key in read.values else was for key, was in (("between", "/"), ("separator", ";"))),
        )


# --- scalars ---------------------------------------------------------------------------------------------------------


def _any_text(text: str) -> str:
    return text


def _text(text: str) -> str:
    return text


column: Shape = scalar(_text)


def _one_or_more(shape: Shape, what: str) -> Shape:
    """One value, or a list of them; as a tuple."""

    def read(node: Node, reading: Reading) -> tuple[Any, ...] | Bad:
        nodes = node.items if isinstance(node, Sequence) else (node,)
        found = tuple(shape(item, reading) for item in nodes)
        if not nodes:
            return reading.malformed(f"this list of {what} is empty", node.span)
        return BAD if any(value is BAD for value in found) else found

    return read


def where(node: Node, reading: Reading) -> tuple[Condition, ...] | Bad:
    """Columns and what they hold."""
    if not isinstance(node, MappingNode):
        return reading.malformed(f"a mapping of columns and their values belongs here, not {kind_of(node)}", node.span)
    found = []
    for entry in node.entries:
        values = _one_or_more(scalar(_text), "values")(entry.value, reading)
        if isinstance(values, Bad):
            return BAD
        found.append(Condition(Written(entry.key.text, entry.key.text, entry.key.span), tuple(w.value for w in values)))
    return tuple(found)
