"""Wall-clock times of many tickets as instants, with a named choice for the hour that autumn repeats and the one that spring skips."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from slachain.clocks.intervals import Ints
from slachain.clocks.wall import EPOCH, SECOND, instant
from slachain.language.values import dataclass, field
from slachain.language.zones import zone

DAY = 86400
FIRST, LAST = "first", "last"
USUAL, REPEATED, SKIPPED = 0, 1, 2


@dataclass(slots=True)
class LocalTimes:
    """Turns wall-clock times of one zone into instants. `repeated` is `first` or `last`: which of the two an ambiguous time is.

    A time that does not exist is the first instant after the gap.
    """

    name: str
    repeated: str = FIRST
    _offsets: dict[int, int | None] = field(default_factory=dict)  # by day since 1970; None where it changes on that day

    def instants(self, walls: Ints) -> tuple[Ints, NDArray[np.int8]]:
        """UTC seconds of wall-clock seconds, and for each whether its time is USUAL, REPEATED or SKIPPED."""
        days, places = np.unique(walls // DAY, return_inverse=True)
        offsets = [self.offset(int(day)) for day in days]
        found = walls - np.array([offset or 0 for offset in offsets], dtype=np.int64)[places]
        kinds = np.zeros(len(walls), dtype=np.int8)
        for at in np.flatnonzero(np.array([offset is None for offset in offsets], dtype=bool)[places]).tolist():
            found[at], kinds[at] = self.one(int(walls[at]))
        return found, kinds

    def offset(self, day: int) -> int | None:
        """The zone's offset in seconds all day long; None on a day on which it changes."""
        if day not in self._offsets:
            ends = {self._offset(second, fold) for second in (day * DAY, (day + 1) * DAY) for fold in (0, 1)}
            self._offsets[day] = ends.pop() if len(ends) == 1 else None
        return self._offsets[day]

    def one(self, wall: int) -> tuple[int, int]:
        """One wall-clock time."""
        first, second = self._offset(wall, 0), self._offset(wall, 1)
        if second > first:
            return instant(date(1970, 1, 1) + timedelta(days=wall // DAY), wall % DAY // 60, self.name), SKIPPED
        if first == second:
            return wall - first, USUAL
        return wall - (second if self.repeated == LAST else first), REPEATED

    def _offset(self, wall: int, fold: int) -> int:
        moment = (EPOCH + timedelta(seconds=wall)).replace(tzinfo=zone(self.name), fold=fold)
        return (moment.utcoffset() or timedelta()) // SECOND
