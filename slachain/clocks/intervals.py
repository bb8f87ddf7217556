"""Sets of half-open intervals of whole UTC seconds, sorted, apart from one another."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from slachain.language.values import dataclass

Ints = NDArray[np.int64]


def distinct(*arrays: Ints) -> Ints:
    """All their values, sorted, each once. (numpy's own `unique` hashes, and was measured slower here.)"""
    values = np.concatenate(arrays)
    values.sort()
    first = np.ones(len(values), dtype=bool)
    np.not_equal(values[1:], values[:-1], out=first[1:])
    return values[first]


@dataclass(frozen=True, slots=True, eq=False)
class Intervals:
    """`starts[i] <= t < ends[i]`; `|`, `&` and `-` are union, intersection and difference."""

    starts: Ints
    ends: Ints

    @classmethod
    def of(cls, pairs: Iterable[tuple[int, int]]) -> Intervals:
        """From pairs in any order, overlapping or touching; empty ones are dropped."""
        array = np.array(list(pairs), dtype=np.int64).reshape(-1, 2)
        return cls.together(array[:, 0], array[:, 1])

    @classmethod
    def together(cls, starts: Ints, ends: Ints) -> Intervals:
        """From stretches in any order, overlapping or touching; empty ones are dropped."""
        kept = starts < ends
        starts, ends = starts[kept], ends[kept]
        if not len(starts):
            return cls(starts, ends)
        order = np.argsort(starts, kind="stable")  # which soon puts together what is in order by itself
        starts, reach = starts[order], np.maximum.accumulate(ends[order])
        begins = np.append(True, starts[1:] > reach[:-1])
        return cls(starts[begins], reach[np.append(begins[1:], True)])

    @classmethod
    def joining(cls, starts: Ints, ends: Ints) -> Intervals:
        """From stretches in order that do not overlap; empty ones are dropped, touching ones made one."""
        kept = starts < ends
        starts, ends = starts[kept], ends[kept]
        apart = starts[1:] > ends[:-1]
        return cls(starts[np.append(True, apart)], ends[np.append(apart, True)]) if len(starts) else cls(starts, ends)

    def pairs(self) -> list[tuple[int, int]]:
        """As pairs of plain integers."""
        return list(zip(self.starts.tolist(), self.ends.tolist(), strict=True))

    def __or__(self, other: Intervals) -> Intervals:
        return Intervals.together(np.concatenate((self.starts, other.starts)), np.concatenate((self.ends, other.ends)))

    def __and__(self, other: Intervals) -> Intervals:
        edges = distinct(self.starts, self.ends, other.starts, other.ends)
        return _cells(edges, self.covers(edges[:-1]) & other.covers(edges[:-1])) if len(edges) else self

    def __sub__(self, other: Intervals) -> Intervals:
        edges = distinct(self.starts, self.ends, other.starts, other.ends)
        return _cells(edges, self.covers(edges[:-1]) & ~other.covers(edges[:-1])) if len(edges) else self

    def covers(self, instants: Ints) -> NDArray[np.bool_]:
        """Which of these instants lie inside."""
        at = np.searchsorted(self.starts, instants, side="right") - 1
        inside = at >= 0
        inside[inside] = instants[inside] < self.ends[at[inside]]
        return inside

    def covers_one(self, instant: int) -> bool:
        """Whether one instant lies inside."""
        return bool(self.covers(np.array([instant], dtype=np.int64))[0])

    def clipped(self, lo: int, hi: int) -> Intervals:
        """The part from `lo` to before `hi`."""
        first, last = np.searchsorted(self.ends, lo, side="right"), np.searchsorted(self.starts, max(lo, hi), side="left")
        starts, ends = np.maximum(self.starts[first:last], lo), np.minimum(self.ends[first:last], hi)
        kept = starts < ends
        return Intervals(starts, ends) if kept.all() else Intervals(starts[kept], ends[kept])

    def before(self, instants: Ints) -> Ints:
        """How many of its seconds lie before each of these instants."""
        if not len(self.starts):
            return np.zeros(len(instants), dtype=np.int64)
        sums = np.append(0, np.cumsum(self.ends - self.starts))
        index = self.starts.searchsorted(instants, side="right")
        over = np.maximum(self.ends[np.maximum(index - 1, 0)] - instants, 0)
        return np.where(index > 0, sums[index] - over, 0)

    @property
    def length(self) -> int:
        """How many seconds in all."""
        return int((self.ends - self.starts).sum())


def _cells(edges: Ints, inside: NDArray[np.bool_]) -> Intervals:
    """The union of the cells between neighbouring edges that are inside."""
    padded = np.concatenate(([False], inside, [False]))
    starts = np.flatnonzero(padded[1:] & ~padded[:-1])
    ends = np.flatnonzero(padded[:-1] & ~padded[1:])
    return Intervals(edges[starts], edges[ends])
