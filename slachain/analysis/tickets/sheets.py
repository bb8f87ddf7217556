"""Tickets in columns: many at a time, each time as int64 UTC seconds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from slachain.clocks.intervals import Ints
from slachain.language.exports import Moment
from slachain.language.values import dataclass

MISSING = np.iinfo(np.int64).min  # in place of an instant that is not known (yet)


@dataclass(frozen=True, slots=True, eq=False)
class Stops:
    """Stretches in which clocks stood still: whose (the ticket's place), from, and to (MISSING while it lasts)."""

    owners: Ints
    starts: Ints
    ends: Ints

    @classmethod
    def joined(cls, parts: Sequence[Stops]) -> Stops:
        """All of them; none of no parts."""
        nothing = np.zeros(0, dtype=np.int64)
        return cls(*(np.concatenate([nothing, *(getattr(part, name) for part in parts)]) for name in ("owners", "starts", "ends")))

    def of(self, places: Ints, tickets: int) -> Stops:
        """Those of the tickets at some places, numbered anew from 0 on; there are so many `tickets`."""
        renumbered = np.full(tickets, -1, dtype=np.int64)
        renumbered[places] = np.arange(len(places))
        owners = renumbered[self.owners]
        kept = owners >= 0
        return Stops(owners[kept], self.starts[kept], self.ends[kept])


Facts = tuple[str, ...]
"""The texts that tell whose a ticket is and how urgent: in the order of the plan's columns."""


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """A stretch of tickets as an export tells them: where each stands, its facts, when what happened, and when clocks stood still."""

    lines: Ints
    facts: Sequence[Facts]
    moments: Mapping[Moment, Ints]
    stops: Mapping[str, Stops]


@dataclass(frozen=True, slots=True, eq=False)
class Lot:
    """Tickets of one agreement and priority: opened, ended by metric (MISSING while open), and when clocks stood still, by reason."""

    agreement: str
    priority: str
    opened: Ints
    ended: Mapping[str, Ints]
    stops: Mapping[str, Stops]

    def metrics(self) -> Iterator[tuple[str, Ints]]:
        """What ends the clock, by metric."""
        yield from self.ended.items()
