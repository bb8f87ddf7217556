"""The grammar of `options`: changes to an agreement that can be bought, each with its cost."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from slachain.language.alterations import AlterationGrammar, Path
from slachain.language.findings import Note
from slachain.language.model import Alteration, AmountTarget, Option, TimePromise, Written
from slachain.language.nodes import Mapping as MappingNode
from slachain.language.nodes import Node, Scalar, Sequence
from slachain.language.scalars import Money, ScalarError, read_money
from slachain.language.shapes import BAD, Bad, Reading, Shape, fields, kind_of, list_of, read_identifier, scalar
from slachain.language.values import dataclass

COST = re.compile(r"\d+(?:\.\d+)? [A-Z]{3}/(?:month|quarter|year)", re.ASCII)


def read_cost(text: str) -> Money:
    """An exact amount per month, quarter or year: `9000 EUR/month`."""
    cost = read_money(text)
    if cost.per is None:
        raise ScalarError(f"'{text}' does not say for how long: write what it comes to, such as {text}/month")
    if cost.per == "hour":
        raise ScalarError(f"'{text}' depends on how many hours: write what they come to, such as 9000 {cost.currency}/month")
    return cost


def read_option_name(text: str) -> str:
    """An option of the same agreement by its id, or another agreement's as `AGREEMENT/ID`."""
    for part in text.split("/", 1):
        read_identifier(part)
    return text


@dataclass(frozen=True, slots=True)
class OptionGrammar:
    """Reads the options of one agreement."""

    changes: AlterationGrammar

    def options(self, node: Node, reading: Reading) -> tuple[Option, ...]:
        """Those that can be read; what is wrong with the others is reported."""
        if reading.told(node):
            return ()
        if not isinstance(node, Sequence):
            reading.malformed(f"options are a list of changes with their cost, not {kind_of(node)}", node.span)
            return ()
        found: dict[str, Option] = {}
        for option in (self.option(item, reading) for item in node.items):
            if isinstance(option, Bad):
                continue
            if option.id.value in found:
                first = Note("first here", found[option.id.value].id.at)
                reading.malformed(f"the option '{option.id.value}' is written twice", option.id.at, first)
            found.setdefault(option.id.value, option)
        self._excluded(found.values(), {id for item in node.items if (id := _id_in(item))}, reading)
        return tuple(found.values())

    def option(self, node: Node, reading: Reading) -> Option | Bad:
        """`{id, change, cost, excludes}`."""
        schema: dict[str, Shape] = {
            "id": scalar(read_identifier),
            "change": self.change,
            "cost": scalar(read_cost),
            "excludes": list_of(scalar(read_option_name), "options"),
        }
        read = fields(node, schema, reading, "an option", ("id", "change", "cost"))
        if isinstance(read, Bad) or read.broken:
            return BAD
        return Option(read.values["id"], read.values["change"], read.values["cost"], read.get("excludes", ()))

    def change(self, node: Node, reading: Reading) -> tuple[Alteration, ...] | Bad:
        """The clauses that it sets, by place; BAD where any of them cannot be read."""
        if reading.told(node):
            return BAD
        if not isinstance(node, MappingNode) or not node.entries:
            return reading.malformed(f"'change' says what is changed to what, such as {{calendar: 24x7}}, not {kind_of(node)}", node.span)
        read = [self.changes.alteration(entry, reading) for entry in node.entries]
        found = tuple(alteration for alteration in read if not isinstance(alteration, Bad))
        if twice := _set_twice(found):
            first, again = (alteration.field for alteration in twice)
            return reading.malformed(f"'{again.text}' is changed twice", again.at, Note("first here", first.at))
        return found if len(found) == len(read) else BAD

    def _excluded(self, options: Iterable[Option], known: set[str], reading: Reading) -> None:
        for option in options:
            for name in option.excludes:
                if name.value == option.id.value:
                    reading.malformed("an option cannot exclude itself", name.at)
                elif "/" not in name.value and name.value not in known:
                    near = reading.nearest(name.value, known, but=option.id.value)
                    hint = near or ": another agreement's is written AGREEMENT/ID"
                    reading.report("SC104", f"there is no option '{name.value}' here{hint}", name.at)


def _id_in(node: Node) -> str | None:
    found = node.get("id") if isinstance(node, MappingNode) else None
    return found.text if isinstance(found, Scalar) else None


def _set_twice(changes: Iterable[Alteration]) -> tuple[Alteration, Alteration] | None:
    """Two changes of which one sets what the other does, or a part of it."""
    whole: dict[Path, Alteration] = {}
    within: dict[Path, Alteration] = {}
    for change in changes:
        path = change.field.value
        prefixes = [path[:length] for length in range(1, len(path) + 1)]
        other = next((whole[prefix] for prefix in prefixes if prefix in whole), within.get(path))
        if other:
            return other, change
        whole[path] = change
        within.update(dict.fromkeys(prefixes, change))
    return None


# --- options that have been read -------------------------------------------------------------------------------------


def calendars_named(options: Iterable[Option]) -> Iterator[Written[str]]:
    """Every calendar that the options name."""
    for change in (change for option in options for change in option.changes):
        value = change.value
        timed = value.alternatives if isinstance(value, TimePromise) else (value,) if isinstance(value, AmountTarget) else ()
        yield from (name for one in timed for name in (one.calendar, getattr(one, "opened_in", None)) if name)
        if change.field.value[-1] == "calendar" and isinstance(value, Written) and isinstance(value.value, str):
            yield Written(value.value, value.text, value.at)
