"""Lines of a report as JSON text, the same as `as_data` and `json.dumps` make of them.

Of 700,000 promises each has a ticket of some thousand characters, and thousands of them share its steps. So texts are made of the
values themselves, and those of a step, of open hours, of a week and of what is supplied once for all lines that have them.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from functools import lru_cache
from json.encoder import encode_basestring
from operator import attrgetter
from typing import Any

from slachain.decisions.data import published
from slachain.decisions.report import Instant, PartLine, Quantity, StepLine, WeekLine
from slachain.language.values import dataclass, field, names_of

SHARED = (StepLine, PartLine, WeekLine)
MOST_SHARED = 50_000  # texts that are remembered, of a thousand characters or two


@dataclass(slots=True)
class Texts:
    """Makes texts. `_known` has those of shared values by identity and depth, with
    the value itself, so that no other comes to its identity."""

    _known: dict[tuple[int, int], tuple[object, str]] = field(default_factory=dict)

    def of(self, value: Any, indent: str) -> str:
        """A value as JSON; `indent` is the space before the line that it begins in."""
        write = PLAIN.get(type(value))
        if write is not None:
            return write(value)
        if isinstance(value, tuple):
            return self._list(value, indent)
        if isinstance(value, Quantity):
            return _map([f"{encode_basestring(key)}: {_plain(inner)}" for key, inner in value.data().items()], indent)
        return self._shared(value, indent, self._noun) if isinstance(value, SHARED) else self._noun(value, indent)

    def _list(self, values: tuple[Any, ...], indent: str) -> str:
        inner = f"{indent}  "
        told = f",\n{inner}".join([self.of(value, inner) for value in values])
        return f"[\n{inner}{told}\n{indent}]" if values else "[]"

    def _shared(self, value: Any, indent: str, write: Callable[[Any, str], str]) -> str:
        """A value that others have too; `open` are the hours of a ticket as well as, deeper, those of its steps."""
        key = id(value), len(indent)
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= MOST_SHARED:
                self._known.clear()
            found = self._known[key] = value, write(value, indent)
        return found[1]

    def _noun(self, value: object, indent: str) -> str:
        kind: Any = type(value)
        names, values = _shape(kind)
        inner = f"{indent}  "
        told = []
        for name, one in zip(names, values(value), strict=True):
            write = PLAIN.get(type(one))  # of most fields, so asked here already
            told.append(name + (write(one) if write else self._field(name, one, inner)))
        return _map(told, indent)

    def _field(self, name: str, value: Any, indent: str) -> str:
        if name == HORIZON:
            return _map([f'"from": {_plain(value[0])}', f'"until": {_plain(value[1])}'], indent)
        return self._shared(value, indent, self._list) if name == OPEN else self.of(value, indent)


HORIZON, OPEN = '"horizon": ', '"open": '


@lru_cache(maxsize=64)
def _shape(kind: Any) -> tuple[tuple[str, ...], Callable[[object], tuple[Any, ...]]]:
    """The names of a noun's fields as they are written, and what takes their values; every noun of a line has several."""
    own = list(names_of(kind))
    names = {published(name, own): name for name in own}
    return tuple(f"{encode_basestring(name)}: " for name in names), attrgetter(*names.values())


def _map(entries: list[str], indent: str) -> str:
    told = f",\n{indent}  ".join(entries)
    return f"{{\n{indent}  {told}\n{indent}}}"


def _plain(value: Any) -> str:
    return PLAIN[type(value)](value)


@lru_cache(maxsize=10_000)
def _instant(instant: Instant) -> str:
    return f'"{instant.data()}"'


PLAIN: dict[type, Callable[[Any], str]] = {
    str: encode_basestring,
    int: int.__repr__,
    float: float.__repr__,
    bool: lambda value: "true" if value else "false",
    type(None): lambda value: "null",
    Fraction: lambda value: float.__repr__(float(value)),
    date: lambda value: f'"{value.isoformat()}"',
    Instant: _instant,
}
