"""What the columns of a ticket export mean: the nouns of its map, each with its place in the file."""

from __future__ import annotations

import re
from collections.abc import Mapping

from slachain.language.model import Written
from slachain.language.source import Span
from slachain.language.values import dataclass, field

NOWHERE = Span("", 0, 0, 0, 0)
ISO = "iso"
FIRST, LAST, AFTER, REFUSE = "first", "last", "after", "refuse"


@dataclass(frozen=True, slots=True)
class Condition:
    """A column that holds one of some texts; `*` in one stands for any text."""

    column: Written[str]
    values: tuple[str, ...]

    def holds(self, text: str) -> bool:
        """Whether a cell's text is one of them."""
        return any(_pattern(value).fullmatch(text) if "*" in value else value == text for value in self.values)


def _pattern(value: str) -> re.Pattern[str]:
    return re.compile(".*".join(re.escape(part) for part in value.split("*")), re.DOTALL)


@dataclass(frozen=True, slots=True)
class Arrival:
    """The event at which a ticket comes into some states: the `first` or the `last` time. All conditions hold after it."""

    conditions: tuple[Condition, ...]
    which: str = FIRST


Moment = Written[str] | Arrival
"""When something happened to a ticket: a column that holds the time, or an event of its log."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A clock stands still from the time in one column to the time in another."""

    start: Written[str]
    end: Written[str]


@dataclass(frozen=True, slots=True)
class Listed:
    """A column that lists stretches of time: `start/end; start/end`."""

    column: Written[str]
    between: str = "/"
    separator: str = ";"


@dataclass(frozen=True, slots=True)
class During:
    """A clock stands still from the event at which the conditions begin to hold to the one at which they no longer do."""

    conditions: tuple[Condition, ...]


Pause = Pair | Listed | During


@dataclass(frozen=True, slots=True, eq=False)
class Scope:
    """The tickets of one agreement: those for which every condition holds; when its clock starts, and what ends it by metric."""

    agreement: str
    conditions: tuple[Condition, ...]
    opened: Moment
    metrics: Mapping[str, Moment]
    handed_over: bool = False  # its clock starts at a moment of its own: a ticket without it never came here


@dataclass(frozen=True, slots=True)
class Events:
    """One row for each event: when it happened, and the state that it brought about."""

    time: Written[str]
    state: Written[str] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Export:
    """How to read a ticket export. `names` are values of the `agreement` column and the ids that they stand for."""

    ticket: Written[str] | None = None
    agreement: Written[str] | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    priority: Written[str] | None = None
    priorities: Mapping[str, str] = field(default_factory=dict)
    opened: Moment = Arrival(())
    metrics: Mapping[str, Moment] = field(default_factory=dict)
    scopes: tuple[Scope, ...] = ()
    pauses: Mapping[str, tuple[Pause, ...]] = field(default_factory=dict)
    events: Events | None = None
    times: tuple[str, ...] = (ISO,)
    zone: str | None = None
    repeated: str = FIRST
    skipped: str = AFTER
    empty: frozenset[str] = frozenset()
    delimiter: str = ","
    encoding: str = "utf-8"
