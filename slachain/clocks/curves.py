"""Curves: non-decreasing maps from instants to instants, exact, with composition, maximum and minimum.

Time is a lattice of *ticks*, two to a second: tick 2t is the instant t, tick 2t + 1 the open second after it. Every
curve here bends only at whole seconds and rises by nothing or by one for one, so inside an open second it is either
constant or moves along; in ticks it is therefore an ordinary function of integers, its one-sided limits are values
like any other, and composing, comparing and maximising need no case for "just after". A difference of two ticks,
2n or 2n - 1, stands for n seconds attained or n seconds approached.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property, reduce

import numpy as np
from numpy.typing import NDArray

from slachain.clocks.intervals import Ints, distinct
from slachain.language.values import dataclass

BEYOND = 1 << 60  # later than anything that was expanded: ask again with a longer view
ENDED = 1 << 61  # never, because a calendar ends
UNBOUNDED = 3 << 60  # never, because a pause may last without limit
NEVER = 1 << 62  # never, because nothing is committed
Bools = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)  # without slots: what is asked of it again and again is kept
class Curve:
    """Pieces from `starts[i]` to before the next (the last to before `end`): `values[i] + slopes[i] * (x - starts[i])`.

    All in ticks; slopes are 0 or 1; values that are never, or beyond what was expanded, stand in flat pieces.
    """

    starts: Ints
    values: Ints
    slopes: Ints
    end: int

    def __call__(self, x: int) -> int:
        """The value at one tick."""
        if x >= self.end:
            return max(x, self.past)
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
            slopes[past], values[past] = 0, np.maximum(xs[past], self.past)
        return values, slopes

    @cached_property
    def past(self) -> int:
        """The value from the curve's end on: nothing is known there, but where nobody has committed to anything."""
        return NEVER if self.values[0] == NEVER else BEYOND

    @property
    def start(self) -> int:
        """The first tick of its domain."""
        return int(self.starts[0])

    @cached_property
    def nexts(self) -> Ints:
        """Where each piece is followed by the next, the last by the end."""
        return _followed_by(self.starts[1:], self.end)

    @cached_property
    def lowest(self) -> Ints:
        """Of each piece the tick at which it is least ahead of anything that does not fall: the first if it rises, else the last."""
        return np.where(self.slopes == 1, self.starts, self.nexts - 1)

    @cached_property
    def _beyond(self) -> tuple[Ints, Ints, Ints]:
        """Its pieces, and one that follows them: beyond what was expanded."""
        return _followed_by(self.starts, self.end), _followed_by(self.values, BEYOND), _followed_by(self.slopes, 0)

    def then(self, after: Curve) -> Curve:
        """This curve first, the other from where it arrives: `x -> after(self(x))`.

        It bends where this one does, and where this one, rising, passes a bend of the other: of no more than one piece, since it never falls.
        Nothing follows what is beyond from its first tick on; and what is beyond wherever this one arrives is so from the start. So is
        what nobody has committed to, whether anybody arrives there or not.
        """
        nobody = after.past == NEVER
        if self.values[0] >= after.past:
            return self
        if nobody or (len(after.values) == 1 and after.values[0] == BEYOND and self.values[-1] <= BEYOND):
            return after if (after.start, after.end) == (self.start, self.end) else constant(self.start, self.end, int(after.values[0]))
        others, values, rises = after._beyond
        edges = others[1:]
        passing = self.values.searchsorted(edges) - 1  # the last piece that begins below each edge, where there is one
        cuts = self.starts[passing] + (edges - self.values[passing])
        inside = (passing >= 0) & (self.slopes[passing] == 1) & (cuts < self.nexts[passing])
        which = others.searchsorted(self.values, side="right") - 1
        arrived = values[which] + rises[which] * (self.values - others[which])
        never = int(self.values.searchsorted(BEYOND))
        arrived[never:] = self.values[never:]
        slopes = self.slopes * rises[which]
        if not inside.any():
            return _tidy(self.starts, arrived, slopes, self.end)
        passed = np.flatnonzero(inside)
        at = passing[passed] + np.arange(1, len(passed) + 1)
        added = cuts[passed], values[passed + 1], rises[passed + 1]
        starts, arrived, slopes = _inserted(at, (self.starts, arrived, slopes), added)
        return _tidy(starts, arrived, slopes, self.end)

    def never_before(self, other: Curve) -> bool:
        """Whether it is nowhere earlier than another one with the same end.

        Neither falls, and each rises by nothing or one for one: so it is enough to look at where the other bends, and in each piece of this
        one where it is least ahead.
        """
        return bool((self.at(other.starts) >= other.values).all()) and bool((self.values >= other.at(self.lowest)).all())

    def __or__(self, other: Curve) -> Curve:
        """The later of two over the same ticks, everywhere."""
        return _extreme(self, other, later=True)

    def __and__(self, other: Curve) -> Curve:
        """The earlier of two over the same ticks, everywhere."""
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


def _followed_by(values: Ints, last: int) -> Ints:
    """(numpy's own `append` does more, and was measured slower here.)"""
    found = np.empty(len(values) + 1, dtype=np.int64)
    found[:-1], found[-1] = values, last
    return found


def _inserted(at: Ints, into: tuple[Ints, ...], new: tuple[Ints, ...]) -> Iterator[Ints]:
    """Each array with new values put in, at these places of the longer one."""
    old = np.ones(len(into[0]) + len(at), dtype=bool)
    old[at] = False
    for present, added in zip(into, new, strict=True):
        found = np.empty(len(old), dtype=np.int64)
        found[old], found[at] = present, added
        yield found


def _tidy(starts: Ints, values: Ints, slopes: Ints, end: int) -> Curve:
    """Drop the pieces that only go on with the one before; a piece of one tick takes the slope that lets it."""
    if len(starts) > 1:
        lengths = _followed_by(starts[1:], end) - starts
        reach, single = values[:-1] + slopes[:-1] * lengths[:-1], lengths[1:] == 1
        while single.any() and (bent := single & (values[1:] == reach) & (slopes[1:] != slopes[:-1])).any():
            slopes = np.append(slopes[0], np.where(bent, slopes[:-1], slopes[1:]))
            reach = values[:-1] + slopes[:-1] * lengths[:-1]
        kept = np.empty(len(starts), dtype=bool)
        kept[0] = True
        kept[1:] = (values[1:] != reach) | (slopes[1:] != slopes[:-1])
        if not kept.all():
            starts, values, slopes = starts[kept], values[kept], slopes[kept]
    return Curve(starts, values, slopes, end)


def _extreme(a: Curve, b: Curve, later: bool) -> Curve:
    """Of two over the same ticks. Most often one is never before the other: then that is all there is to it."""
    if b.never_before(a):
        return b if later else a
    if a.never_before(b):
        return a if later else b
    return _cut_where_they_cross(a, b, later)


def _cut_where_they_cross(a: Curve, b: Curve, later: bool) -> Curve:
    starts = distinct(a.starts, b.starts)
    (va, sa), (vb, sb) = a.with_slopes(starts), b.with_slopes(starts)
    cuts = starts + (vb - va) * (sa - sb)  # where the one that rises meets the one that does not
    inside = (starts < cuts) & (cuts < _followed_by(starts[1:], a.end))
    if inside.any():
        starts = distinct(starts, cuts[inside])
        (va, sa), (vb, sb) = a.with_slopes(starts), b.with_slopes(starts)
    ahead = np.where(va == vb, sa > sb, va > vb)
    chosen = ahead if later else ~ahead
    return _tidy(starts, np.where(chosen, va, vb), np.where(chosen, sa, sb), a.end)
