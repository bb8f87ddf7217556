"""One clause: the smallest thing of which two versions of a catalogue can differ."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import Any

from slachain.language.essence import essence
from slachain.language.model import Written
from slachain.language.source import Span
from slachain.language.values import dataclass

Path = tuple[str, ...]
"""A section, an id in it, and keys: `("agreements", "desk", "targets", "response", "P1", "within")`."""


@dataclass(frozen=True, slots=True)
class Clause:
    """What a path says: `essence` is equal where the same is meant, `text` is for people."""

    path: Path
    essence: Hashable
    text: str
    at: Span | None


def texts(path: Path, written: Mapping[str, Written[Any] | None]) -> Iterator[Clause]:
    """Clauses that are one value each, told as they are written."""
    for key, value in written.items():
        if value is not None:
            yield Clause((*path, key), essence(value), value.text, value.at)
