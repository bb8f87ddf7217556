"""What was found before a change and still goes after it: looked up where it was found, and never copied."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Overlay(dict[K, V]):
    """A memo over that of before a change: what `stays` is found in either, and what is found anew is kept in this one.

    A trial changes one agreement of thousands, and asks about a few of the others: so it must not cost more where there are more of them.
    """

    __slots__ = ("before", "stays")

    def __init__(self, before: dict[K, V], stays: Callable[[K], bool]) -> None:
        self.before, self.stays = before, stays

    @classmethod
    def of(cls, memo: dict[K, V], stays: Callable[[K], bool]) -> Overlay[K, V]:
        """The memo after a change; after several, still over that of before the first."""
        if not isinstance(memo, Overlay):
            return cls(memo, stays)
        found = cls(memo.before, lambda key: memo.stays(key) and stays(key))
        found.update({key: value for key, value in memo.items() if stays(key)})
        return found

    def __contains__(self, key: object) -> bool:
        return super().__contains__(key) or (key in self.before and self.stays(key))

    def __missing__(self, key: K) -> V:
        return self.before[key]  # only what it contains is asked for
