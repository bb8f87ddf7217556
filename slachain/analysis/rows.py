"""What agreements have by their class, told of each when somebody looks at it: thousands are of few classes."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Generic, Protocol, Self, TypeVar, overload

from slachain.language.values import dataclass

if TYPE_CHECKING:
    from slachain.analysis.likeness import Alike
    from slachain.language.model import Agreement


class Row(Protocol):
    """A promise, or what was found of one."""

    def by(self, agreement: Agreement, /) -> Self:
        """The one in the same place of another agreement of its class."""
        ...


R = TypeVar("R", bound=Row)


@dataclass(frozen=True, eq=False)  # without slots: where each agreement's begin is found once
class Rows(Sequence[R], Generic[R]):
    """As many for each agreement as one of its class has, in the order of the agreements.

    One is made anew whenever it is looked at, and not kept. What is the same for a whole class is asked of the class: how many there are, and
    which of them somebody wants. `told` finds those of a class, the same each time.
    """

    agreements: Sequence[tuple[Agreement, Alike]]
    sizes: Mapping[Alike, int]  # how many of these agreements each class has
    told: Callable[[Alike], Sequence[R]]

    def kinds(self) -> Iterator[tuple[R, int]]:
        """Each that is told of a class, and how many agreements have it."""
        return ((row, size) for alike, size in self.sizes.items() for row in self.told(alike))

    def where(self, wanted: Callable[[R], object]) -> tuple[R, ...]:
        """Those of which something is so. It has to be the same for all in one place of one class, and is asked once for these."""
        chosen = {alike: rows for alike in self.sizes if (rows := [row for row in self.told(alike) if wanted(row)])}
        return tuple(
            [row.by(agreement) for agreement, alike in self.agreements if alike in chosen for row in chosen[alike]] if chosen else ()
        )

    def of(self, ids: Collection[str | None]) -> Iterator[tuple[int, R]]:
        """Those of some agreements, each with its place."""
        for first, (agreement, alike) in zip(self._begins, self.agreements, strict=False) if ids else ():
            if agreement.id in ids:
                yield from enumerate((row.by(agreement) for row in self.told(alike)), first)

    @cached_property
    def _begins(self) -> Sequence[int]:
        """The place of each agreement's first, and at the end how many there are."""
        counts = {alike: len(self.told(alike)) for alike in self.sizes}
        return list(accumulate((counts[alike] for _, alike in self.agreements), initial=0))

    @cached_property
    def _length(self) -> int:
        return sum(size * len(self.told(alike)) for alike, size in self.sizes.items())

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[R]:
        return (row.by(agreement) for agreement, alike in self.agreements for row in self.told(alike))

    @overload
    def __getitem__(self, index: int) -> R: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[R, ...]: ...
    def __getitem__(self, index: int | slice) -> R | tuple[R, ...]:
        if isinstance(index, slice):
            return tuple([self[place] for place in range(len(self))[index]])
        place = range(len(self))[index]
        number = bisect_right(self._begins, place) - 1
        agreement, alike = self.agreements[number]
        return self.told(alike)[place - self._begins[number]].by(agreement)


def kinds(rows: Iterable[Any]) -> Iterator[tuple[Any, int]]:
    """What is told of all, and of how many: by class where they have one, each by itself where they have none."""
    return rows.kinds() if isinstance(rows, Rows) else ((row, 1) for row in rows)


def counted(rows: Iterable[Any], tell: Callable[[Any], str]) -> Counter[str]:
    """How many there are of each kind, which is the same for all in one place of one class."""
    found = Counter[str]()
    for row, size in kinds(rows):
        found[tell(row)] += size
    return found
