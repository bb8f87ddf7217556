"""Small values that are made by the hundred thousand.

A frozen dataclass sets its fields one by one through `object.__setattr__`, which is most of the time that it takes to make one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = ["often_made"]

if TYPE_CHECKING:
    from dataclasses import dataclass as often_made
else:
    from dataclasses import dataclass

    def often_made(*, frozen: bool, slots: bool, order: bool = False) -> object:
        """A dataclass whose frozenness only the type checker watches over: made in a third of the time, hashed and compared as ever."""
        assert frozen
        return dataclass(slots=slots, order=order, unsafe_hash=True)
