"""What a value says, without where and how it was written: equal for two that mean the same."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

from slachain.language.model import Written
from slachain.language.source import Span
from slachain.language.values import is_noun, names_of

SHOWN_ONLY = frozenset({"at", "place", "relies_on_at", "listed"})  # say where a value stands, not what it is


def essence(value: object) -> Hashable:
    """A value to compare with others of its kind, made of tuples: texts as written and places are left out, maps have no order."""
    if isinstance(value, Written):
        return essence(value.value)
    if isinstance(value, Span):
        return None
    if is_noun(value):
        return type(value).__name__, *(essence(getattr(value, name)) for name in names_of(value) if name not in SHOWN_ONLY)
    if isinstance(value, Mapping):
        return frozenset((key, essence(inner)) for key, inner in value.items())
    if isinstance(value, tuple):
        return tuple(essence(inner) for inner in value)
    assert isinstance(value, Hashable)
    return value
