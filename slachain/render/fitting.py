"""A text of parts that fits into so many bytes: what comes last in a part is told in a line, or counted, but nothing is cut in two."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from slachain.language.values import dataclass

T = TypeVar("T")

SHARE_IN_FULL = 2  # where not all fit, one half of the room is for those told in full
KEPT = 1500  # bytes for the first items of each part, however many the parts before it have


@dataclass(frozen=True, slots=True)
class Part(Generic[T]):
    """A heading, one text for each of its items, and what closes it.

    `full` tells an item, `brief` in a line where there is no room for that; `counts` says how many of `what` an item stands for.
    """

    head: str
    items: Sequence[T]
    full: Callable[[T], str]
    what: Callable[[int], str]
    brief: Callable[[T], str] | None = None
    between: str = ""  # before the first item that is told in a line
    foot: str = "\n"
    counts: Callable[[T], int] = lambda item: 1

    def left_out(self, number: int) -> str:
        """The line that says what is missing; apart from a table or a list above it."""
        return f"\n… and {self.what(number)}: see the HTML report\n" if number else ""

    @property
    def least(self) -> int:
        """The room that it takes with no item told."""
        return size(self.head) + size(self.left_out(sum(map(self.counts, self.items)))) + size(self.foot)


def size(text: str) -> int:
    """In bytes, of which no text has fewer than characters."""
    return len(text.encode())


def fitted(top: str, parts: Sequence[Part[Any]], most: int) -> str:
    """The top and the parts that have items, in no more than so many bytes, as long as the top and all headings fit."""
    shown = [part for part in parts if part.items]
    room = most - size(top) - sum(part.least for part in shown)
    kept = [size(_as_many(part.items, part.brief or part.full, KEPT)[0]) for part in shown]
    told = [top]
    for index, part in enumerate(shown):
        text, number = _told(part, room - sum(kept[index + 1 :]))
        room -= size(text)
        told += [part.head, text, part.left_out(sum(map(part.counts, part.items[number:]))), part.foot]
    return "".join(told)


def _told(part: Part[Any], room: int) -> tuple[str, int]:
    """What there is room for of a part, and how many items that is: where not all are told in full, more are told in a line."""
    text, number = _as_many(part.items, part.full, room)
    if part.brief is None or number == len(part.items):
        return text, number
    text, number = _as_many(part.items, part.full, room // SHARE_IN_FULL)
    more, further = _as_many(part.items[number:], part.brief, room - size(text) - size(part.between))
    return (f"{text}{part.between}{more}", number + further) if further else (text, number)


def _as_many(items: Sequence[T], tell: Callable[[T], str], room: int) -> tuple[str, int]:
    told: list[str] = []
    for item in items:
        text = tell(item)
        room -= size(text)
        if room < 0:
            break
        told.append(text)
    return "".join(told), len(told)
