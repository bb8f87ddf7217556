"""The grammar of a change that can be bought: the clause that it names, and its new value, read as that clause reads it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from slachain.language.chains import after
from slachain.language.model import ANY, Alteration, Item, Metric, Target, TimePromise, Written
from slachain.language.nodes import Entry, Node, Scalar
from slachain.language.nodes import Mapping as MappingNode
from slachain.language.scalars import ScalarError, read_percentage, read_time
from slachain.language.shapes import BAD, LONGEST_ID, Bad, Reading, Shape, named, read_identifier, scalar
from slachain.language.targets import AMOUNTS, TargetGrammar, read_priority
from slachain.language.values import dataclass

Path = tuple[str | int, ...]

PARTS = ("within", "attainment", "calendar", "at_least", "at_most")
PLACES = f"calendar, targets.METRIC.PRIORITY (or its {', '.join(PARTS)}), relies_on[0].after.PRIORITY, relies_on[0].share"
FIELD = re.compile(
    r"calendar|targets\.[^ \t\n\r\f\v]+\.[^ \t\n\r\f\v]+"
    r"|relies_on\[\d{1,6}\](?:\.(?:any_of|all_of)\[\d{1,6}\])*\.(?:share|after\.[^ \t\n\r\f\v]+)",
    re.ASCII,
)


def read_field(text: str) -> str:
    """A place that an option can change, as far as can be told without the agreement."""
    if not FIELD.fullmatch(text):
        raise ScalarError(f"an option cannot change '{text[:100]}': it can change {PLACES}", ("calendar",))
    return text


def bound_of(metric: Metric) -> str:
    """The part of a target that one value alone stands for."""
    if metric.type == "time":
        return "within"
    return "at_least" if metric.better == "higher" else "at_most"


@dataclass(frozen=True, slots=True)
class Place:
    """A target, or one of its alternatives by number, and the part of it that is meant (None: the whole)."""

    metric: Metric
    priority: str
    number: int | None
    part: str | None


@dataclass(frozen=True, slots=True)
class AlterationGrammar:
    """Reads changes of one agreement beside its own clauses: of a plan these are unknown, and so are those in `broken`."""

    metrics: Mapping[str, Metric]
    unreadable: frozenset[str]
    promises: bool
    targets: Mapping[str, Mapping[str, Target]]
    relies_on: tuple[Item, ...]
    broken: frozenset[str]
    plan: bool = False

    def alteration(self, entry: Entry, reading: Reading) -> Alteration | Bad:
        """One clause and its new value."""
        if not named(entry, read_field, reading):
            return BAD
        if entry.key.text == "calendar":
            return _set(entry, ("calendar",), scalar(read_identifier), reading)
        read = self.target if entry.key.text.startswith("targets.") else self.route
        return read(entry, reading)

    # --- targets --------------------------------------------------------------------------------------------------

    def target(self, entry: Entry, reading: Reading) -> Alteration | Bad:
        """A target or a part of one."""
        place = self.place(entry, reading)
        if place is None:
            return BAD
        if lacking := self.lacking(place, entry):
            return reading.malformed(lacking, entry.key.span)
        metric, path = place.metric, ("targets", place.metric.id, place.priority)
        if place.part is None and place.number is None and isinstance(entry.value, MappingNode):
            grammar = TargetGrammar(self.metrics, scalar(read_identifier), self.promises)
            return _set(entry, path, lambda node, told: grammar.target(metric, node, told), reading)
        part = place.part or bound_of(metric)
        number = () if place.number is None else (place.number,)
        return _set(entry, (*path, *number, part), scalar(_reader(part, metric)), reading)

    def place(self, entry: Entry, reading: Reading) -> Place | None:
        """What `targets.METRIC.PRIORITY…` means, where ids have dots in them too; None after a finding."""
        rest = entry.key.text.removeprefix("targets.")
        begins = [rest[:dot] for dot in range(LONGEST_ID + 1) if rest[dot : dot + 1] == "."]
        metrics = [self.metrics[id] for id in begins if id in self.metrics]
        found = [place for metric in metrics for place in _places(metric, rest.removeprefix(f"{metric.id}."))]
        written = [p for p in found if p.priority in self.targets.get(p.metric.id, {})]
        meant = written or [p for p in found if not p.priority.endswith(tuple(f".{part}" for part in PARTS))]
        if len(meant) == 1:
            return meant[0]
        if meant:
            ways = " or ".join(f"the priority '{p.priority}' of the metric '{p.metric.id}'" for p in meant)
            reading.malformed(f"'{entry.key.text}' may mean {ways}: an id without dots would tell", entry.key.span)
        elif metrics:
            hint = f"write targets.{metrics[0].id}.P1, or targets.{metrics[0].id}.* for what is written for every priority"
            reading.malformed(f"'{entry.key.text}' names no priority: {hint}", entry.key.span)
        elif self.unreadable.isdisjoint(begins):
            name = rest.partition(".")[0]
            reading.report("SC104", f"there is no metric '{name}'{reading.nearest(name, self.metrics)}", entry.key.span)
        return None

    def lacking(self, place: Place, entry: Entry) -> str | None:
        """Why a target or part of one cannot be set; None if it can."""
        metric, bound = place.metric, bound_of(place.metric)
        if place.part in ("within", "at_least", "at_most") and place.part != bound:
            return f"a target of '{metric.id}' has no '{place.part}': it is told as '{bound}'"
        if place.part == "attainment" and metric.type != "time":
            return f"'{metric.id}' is an amount, and has no attainment"
        if self.plan or self.broken & {"targets", f"targets.{metric.id}"}:
            return None
        by_priority = self.targets.get(metric.id, {})
        target = by_priority.get(place.priority) or by_priority.get(ANY)
        if target is None:
            adds = place.number is None and (place.part or bound) == bound
            return None if adds else f"there is no target of '{metric.id}' for '{place.priority}' of which this could be a part"
        return _numbered(place, len(target.alternatives) if isinstance(target, TimePromise) and target.listed else None)

    # --- what it relies on ----------------------------------------------------------------------------------------

    def route(self, entry: Entry, reading: Reading) -> Alteration | Bad:
        """`relies_on[0].share`, or `relies_on[0].after.P1` of an agreement in the list or in a group."""
        place, _, priority = entry.key.text.partition(".after.")
        place = place if priority else place.removesuffix(".share")
        try:
            lacking = self.no_route(place, read_priority(priority) if priority else "")
        except ScalarError as error:
            lacking = str(error)
        if lacking:
            return reading.malformed(lacking, entry.key.span)
        keys = tuple(int(key) if key.isdigit() else key for key in re.findall(r"\w+", place))
        if not priority:
            return _set(entry, (*keys, "share"), scalar(read_percentage), reading)
        return _set(entry, (*keys, "after", priority), _hand_over, reading)

    def no_route(self, place: str, priority: str) -> str | None:
        """Why there is nothing at a place of the list, or nothing that has a share or a hand-over; None if there is."""
        if not priority and "." in place:
            return "a share stands at an item of the list, not inside a group"
        if self.plan or "relies_on" in self.broken:
            return None
        members = [member.place for item in self.relies_on for member in item.members()]
        items = [f"relies_on[{index}]" for index in range(len(self.relies_on))]
        if place in (members if priority else items):
            return None
        inside = next((member for member in members if member.startswith(f"{place}.")), None)
        if inside:
            return f"{place} is a group: name one in it, such as {inside}.after.{priority}"
        return f"there is no {place}: " + (f"the list goes from [0] to [{len(items) - 1}]" if items else "it relies on nothing")


def _set(entry: Entry, path: Path, shape: Shape, reading: Reading) -> Alteration | Bad:
    value = shape(entry.value, reading)
    return BAD if isinstance(value, Bad) else Alteration(Written(path, entry.key.text, entry.key.span), value)


def _reader(part: str, metric: Metric) -> Callable[[str], object]:
    if part == "calendar":
        return read_identifier
    if part == "attainment":
        return read_percentage
    amount: Callable[[str], object] = read_time if part == "within" else AMOUNTS[metric.type]
    return amount


def _hand_over(node: Node, reading: Reading) -> object:
    """One time, as `after` takes it: `0m` is at once."""
    if not isinstance(node, Scalar):
        return scalar(read_time)(node, reading)
    read = after(node, reading)
    return BAD if isinstance(read, Bad) else read[ANY]


def _places(metric: Metric, tail: str) -> Iterator[Place]:
    """All that what follows a metric may mean: the last word may be a part, or belong to the priority's name."""
    for part in (None, *PARTS):
        if part is None or tail.endswith(f".{part}"):
            numbered = re.fullmatch(r"(.+?)(?:\[(\d{1,4})\])?", tail.removesuffix(f".{part}"), re.ASCII | re.DOTALL)
            try:
                if numbered:
                    yield Place(metric, read_priority(numbered[1]), int(numbered[2]) if numbered[2] else None, part)
            except ScalarError:
                continue


def _numbered(place: Place, alternatives: int | None) -> str | None:
    """What is wrong with the number of an alternative; `alternatives` is how many there are, None for a target that has none."""
    where = f"targets.{place.metric.id}.{place.priority}"
    if alternatives is None:
        return None if place.number is None else f"{where} has no alternatives: leave out [{place.number}]"
    if place.number is None:
        return f"{where} has several alternatives: say which of them, such as {where}[0].within"
    return None if place.number < alternatives else f"{where} has alternatives from [0] to [{alternatives - 1}]"
