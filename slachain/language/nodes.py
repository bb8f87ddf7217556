"""YAML as a tree of texts with positions: what a file says, before anybody asks what it means."""

from __future__ import annotations

from slachain.language.source import Span
from slachain.language.values import dataclass

REPORTED = "\0"  # begins a text that stands for something already reported


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text as written; `quoted` tells `"no"` from `no`."""

    text: str
    quoted: bool
    span: Span

    @property
    def empty(self) -> bool:
        """True for a key without a value."""
        return not self.quoted and self.text in ("", "~", "null")

    @property
    def reported(self) -> bool:
        """True where what stood here has a finding already, and is not to get a second one."""
        return self.text.startswith(REPORTED)


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: tuple[Node, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Entry:
    """A key and its value."""

    key: Scalar
    value: Node


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and values in the order written, each key once (but for a section that is written twice in a file)."""

    entries: tuple[Entry, ...]
    span: Span

    def entry(self, key: str) -> Entry | None:
        """The entry of a key, or None."""
        return next((e for e in self.entries if e.key.text == key), None)

    def get(self, key: str) -> Node | None:
        """The value of a key, or None."""
        found = self.entry(key)
        return found.value if found else None


Node = Scalar | Sequence | Mapping
