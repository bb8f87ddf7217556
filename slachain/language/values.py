"""Dataclasses made in C: by the hundred they cost little to define, by the hundred thousand little to make.

The standard library writes and compiles the methods of each dataclass when it is imported, which takes half a millisecond a class;
and a frozen one sets its fields one by one through `object.__setattr__`. Here a class that is written as a dataclass becomes a
`msgspec.Struct`, which has the same methods ready. To the type checker it is the dataclass that it is written as.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct

__all__ = ["dataclass", "field", "is_noun", "names_of", "replace"]

if TYPE_CHECKING:
    from dataclasses import dataclass, field, replace
else:
    import msgspec
    from msgspec.structs import replace

    def dataclass(*, frozen: bool = False, slots: bool = False, eq: bool = True, order: bool = False) -> Any:
        """What makes a class a struct; without slots it has a place for what is made on demand and kept."""

        def made(cls: type) -> type:
            said = {name: value for name, value in vars(cls).items() if name not in ("__dict__", "__weakref__")}
            bases = tuple(base for base in cls.__bases__ if base is not object)
            return msgspec.StructMeta(cls.__name__, (Struct, *bases), said, frozen=frozen, eq=eq, order=order, dict=not slots)

        return made

    def field(*, default_factory: Any = None, init: bool = True) -> Any:
        """A field whose value is made anew for each, or that is reckoned after the others were given."""
        return msgspec.field(default_factory=default_factory) if init else msgspec.field(default=None)


def is_noun(value: object) -> bool:
    """Whether a value is one of these."""
    return isinstance(value, Struct)


def names_of(noun: object) -> tuple[str, ...]:
    """The names of the fields of such a value or class, in order."""
    found: tuple[str, ...] = getattr(noun, "__struct_fields__")  # noqa: B009 - no dataclass has it
    return found
