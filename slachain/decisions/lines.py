"""Lines that are made when somebody looks at them: of a hundred thousand agreements nobody reads every one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any, Generic, TypeVar, overload

from slachain.analysis.rows import Rows
from slachain.language.values import dataclass, replace

S = TypeVar("S")
L = TypeVar("L")
Names = tuple[str | None, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Lines(Sequence[L], Generic[S, L]):
    """What each source is told as, in their order: made anew whenever it is looked at, and not kept. Equal to the tuple of all."""

    sources: Sequence[S]
    tell: Callable[[S], L]

    def __len__(self) -> int:
        return len(self.sources)

    def __iter__(self) -> Iterator[L]:
        return map(self.tell, self.sources)

    @overload
    def __getitem__(self, index: int) -> L: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[L, ...]: ...
    def __getitem__(self, index: int | slice) -> L | tuple[L, ...]:
        if isinstance(index, slice):
            return tuple(map(self.tell, self.sources[index]))
        return self.tell(self.sources[index])

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, (Lines, tuple)):
            return NotImplemented
        return len(self) == len(other) and all(one == another for one, another in zip(self, other, strict=True))

    def __hash__(self) -> int:
        return hash(tuple(self))


def sources(lines: Sequence[Any]) -> Sequence[Any]:
    """What lines are told of, for whoever asks for no more than both know; the lines themselves where they are made already."""
    return lines.sources if isinstance(lines, Lines) else lines


def places(lines: Sequence[Any], named: Collection[Names]) -> dict[Names, list[int]]:
    """Where the lines with these names stand, in order; those with the same names side by side."""
    found: dict[Names, list[int]] = {}
    told = sources(lines)
    for place, one in told.of({names[0] for names in named}) if isinstance(told, Rows) else enumerate(told):
        names = one.named
        if names in named:
            found.setdefault(names, []).append(place)
    return found


def where(lines: Sequence[L], wanted: Callable[[Any], object]) -> tuple[L, ...]:
    """The lines whose sources are wanted, for what is the same of all in one place of one class; no other line is made."""
    told = sources(lines)
    found = told.where(wanted) if isinstance(told, Rows) else tuple([one for one in told if wanted(one)])
    return tuple(map(lines.tell, found)) if isinstance(lines, Lines) else found


def in_order(lines: Sequence[L], key: Callable[[Any], Any]) -> Sequence[L]:
    """The same lines with the greatest key first, as before where keys are equal; what they are told of is ordered, and none is made."""
    found = sorted(sources(lines), key=key, reverse=True)
    return replace(lines, sources=found) if isinstance(lines, Lines) else tuple(found)
