"""Bytes as choices: a structured input grows from any bytes, and a small change of them is a small change of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

T = TypeVar("T")

VALUES = (
    "4h", "30m", "2bd", "0m", "P1D", "99.9%", "100%", "0%", "1200 EUR/month", "12.5", "2026-01-01", "9999-12-31", "0001-01-01", "true",
    "24x7", "c0", "c1", "c2", "a0", "a1", "a2", "a3", "p0", "m0", "month", "sla", "ola", "uc", "09:00-17:30", "22:00-06:00", "closed",
    "Europe/London", "Pacific/Apia", "Africa/Casablanca", "UTC", "GB", "US", "mon-fri", "sun-thu", "resolution", "response",
    "availability", "P1", "*", "", "~", "\u202e", "\u200b", "a\u0301", "9" * 40, "-1", "NaN", "1e9", "error", "ignore", "30d",
)  # fmt: skip
SECTIONS = ("policy", "calendars", "metrics", "teams", "plans", "agreements")
IDS = {"calendars": "c", "metrics": "m", "teams": "t", "plans": "p", "agreements": "a"}


@dataclass(slots=True)
class Choices:
    """Reads a choice from each byte; when there are none left, the first."""

    data: bytes
    at: int = 0

    def number(self, below: int) -> int:
        """A number from 0 to before `below`."""
        byte = self.data[self.at] if self.at < len(self.data) else 0
        self.at += 1
        return byte % below

    def pick(self, options: Sequence[T]) -> T:
        """One of several."""
        return options[self.number(len(options))]

    @property
    def over(self) -> bool:
        """Whether every byte is used up."""
        return self.at >= len(self.data)


def catalogue_text(data: bytes, schema: dict[str, Any]) -> bytes:
    """A catalogue as the language's own JSON Schema describes it, with slips of the pen."""
    choices = Choices(data)
    whole: dict[str, Any] = {section: {} for section in SECTIONS}
    for section in SECTIONS:
        clauses = words(schema)
        if section == "policy":
            whole[section] = _mapping(choices, clauses, 3)
            continue
        for number in range(choices.number(4)):
            whole[section][f"{IDS[section]}{number}"] = {**_whole(section), **_mapping(choices, clauses, 3)}
    return json.dumps(whole, ensure_ascii=False).encode("utf-8", "surrogateescape")


def _whole(section: str) -> dict[str, Any]:
    """What a definition needs, so that its other clauses are read."""
    if section == "agreements":
        return {"kind": "sla", "provider": "a", "customer": "b", "calendar": "24x7"}
    return {"timezone": "UTC", "hours": {"mon-fri": "09:00-17:00"}} if section == "calendars" else {}


def _mapping(choices: Choices, clauses: Sequence[str], depth: int) -> dict[str, Any]:
    return {choices.pick(clauses): _value(choices, clauses, depth) for _ in range(choices.number(5))}


def _value(choices: Choices, clauses: Sequence[str], depth: int) -> Any:
    kind = choices.number(6) if depth and not choices.over else 0
    if kind == 1:
        return [_value(choices, clauses, depth - 1) for _ in range(choices.number(4))]
    if kind in (2, 3):
        return _mapping(choices, clauses, depth - 1)
    return choices.pick(VALUES)


def words(schema: Any) -> Sequence[str]:
    """Every key that the schema knows, and some that are values elsewhere."""
    found: dict[str, None] = {}
    todo = [schema]
    while todo:
        node = todo.pop()
        if isinstance(node, dict):
            found.update(dict.fromkeys(node.get("properties", {})))
            todo += node.values()
        elif isinstance(node, list):
            todo += node
    return (*sorted(found), "P1", "*", "resolution", "availability", "mon-fri", "2026-01-01", "nonsense")
