"""Curves: non-decreasing maps from instants to instants, exact, with composition, maximum and minimum.

Time is a lattice of *ticks*, two to a second: tick 2t is the instant t, tick 2t + 1 the open second after it. Every
curve here bends only at whole seconds and rises by nothing or by one for one, so inside an open second it is either
constant or moves along; in ticks it is therefore an ordinary function of integers, its one-sided limits are values
like any other, and composing, comparing and maximising need no case for "just after". A difference of two ticks,
2n or 2n - 1, stands for n seconds attained or n seconds approached.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from slachain.clocks.intervals import Ints, distinct
from slachain.language.values import dataclass

BEYOND = 1 << 60  # later than anything that was expanded: ask again with a longer view
ENDED = 1 << 61  # never, because a calendar ends
UNBOUNDED = 3 << 60  # never, because a pause may last without limit
NEVER = 1 << 62  # never, because nothing is committed
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """Pieces from `starts[i]` to before the next (the last to before `end`): `values[i] + slopes[i] * (x - starts[i])`.

    All in ticks; slopes are 0 or 1; values that are never, or beyond what was expanded, stand in flat pieces.
    """

    starts: Ints
    values: Ints
    slopes: Ints
    end: int

    def __call__(self, x: int) -> int:
        """The value at one tick; beyond the curve's end nothing is known."""
        if x >= self.end:
            return x if x >= BEYOND else BEYOND
        i = int(np.searchsorted(self.starts, x, side="right")) - 1
        return int(self.values[i] + self.slopes[i] * (x - self.starts[i]))

    def at(self, xs: Ints) -> Ints:
        """The values at many ticks."""
        return self.with_slopes(xs)[0]

    def with_slopes(self, xs: Ints) -> tuple[Ints, Ints]:
        """The values at many ticks, and the slopes of the pieces in which they lie; flat beyond the curve's end."""
        i = self.starts.searchsorted(xs, side="right") - 1
        slopes = self.slopes[i]
        values = self.values[i] + slopes * (xs - self.starts[i])
        past = xs >= self.end
        if past.any():
            slopes[past], values[past] = 0, np.maximum(xs[past], BEYOND)
        return values, slopes

    @property
    def start(self) -> int:
        """The first tick of its domain."""
        return int(self.starts[0])

    def then(self, after: Curve) -> Curve:
        """This curve first, the other from where it arrives: `x -> after(self(x))`."""
        lengths = np.diff(np.append(self.starts, self.end))
        rising = self.slopes == 1
        edges = np.append(after.starts, after.end)
        first = np.searchsorted(edges, self.values, side="right")
        last = np.where(rising, np.searchsorted(edges, self.values + lengths, side="left"), first)
        counts = np.maximum(last - first, 0)
        which = np.repeat(np.arange(len(self.starts)), counts)
        nth = np.arange(len(which)) - np.repeat(np.cumsum(counts) - counts, counts)
        cuts = self.starts[which] + edges[first[which] + nth] - self.values[which]
        starts = distinct(self.starts, cuts)
        arrivals, slopes = self.with_slopes(starts)
        values, rises = after.with_slopes(arrivals)
        return _tidy(starts, values, slopes * rises, self.end)

    def __or__(self, other: Curve) -> Curve:
        """The later of two, everywhere."""
        return _extreme(self, other, later=True)

    def __and__(self, other: Curve) -> Curve:
        """The earlier of two, everywhere."""
        return _extreme(self, other, later=False)


def identity(start: int, end: int) -> Curve:
    """`x -> x`: at once."""
    return pieces([start], [start], [1], end)


def constant(start: int, end: int, value: int) -> Curve:
    """`x -> value`, such as `NEVER`."""
    return pieces([start], [value], [0], end)


def latest(curves: Iterable[Curve]) -> Curve:
    """The latest of some curves."""
    return reduce(Curve.__or__, curves)


def earliest(curves: Iterable[Curve]) -> Curve:
    """The earliest of some curves."""
    return reduce(Curve.__and__, curves)


def pieces(starts: Iterable[int], values: Iterable[int], slopes: Iterable[int], end: int) -> Curve:
    """A curve of these pieces, with as few of them as say the same."""
    return _tidy(_ints(starts), _ints(values), _ints(slopes), end)


def _ints(values: Iterable[int]) -> Ints:
    return np.array(list(values), dtype=np.int64)


def _tidy(starts: Ints, values: Ints, slopes: Ints, end: int) -> Curve:
    """Drop the pieces that only go on with the one before; a piece of one tick takes the slope that lets it."""
    if len(starts) > 1:
        step = starts[1:] - starts[:-1]
        single = np.append(step[1:] == 1, end - starts[-1] == 1)
        if single.any():
            goes_on = values[1:] == values[:-1] + slopes[:-1] * step
            slopes = slopes.copy()
            slopes[1:] = np.where(goes_on & single, slopes[:-1], slopes[1:])
        kept = np.empty(len(starts), dtype=bool)
        kept[0] = True
        kept[1:] = (values[1:] != values[:-1] + slopes[:-1] * step) | (slopes[1:] != slopes[:-1])
        if not kept.all():
            starts, values, slopes = starts[kept], values[kept], slopes[kept]
    return Curve(starts, values, slopes, end)


def _extreme(a: Curve, b: Curve, later: bool) -> Curve:
    end = min(a.end, b.end)
    starts = distinct(a.starts, b.starts)
    starts = starts[starts < end]
    (va, sa), (vb, sb) = a.with_slopes(starts), b.with_slopes(starts)
    lengths = np.diff(np.append(starts, end))
    flat, rising = np.where(sa == 0, va, vb), np.where(sa == 0, vb, va)
    crossing = (sa != sb) & (rising < flat) & (flat - rising < lengths)
    if crossing.any():
        starts = distinct(starts, starts[crossing] + (flat - rising)[crossing])
        (va, sa), (vb, sb) = a.with_slopes(starts), b.with_slopes(starts)
    ahead = (va > vb) | ((va == vb) & (sa >= sb))
    chosen = ahead if later else ~ahead
    return _tidy(starts, np.where(chosen, va, vb), np.where(chosen, sa, sb), end)
