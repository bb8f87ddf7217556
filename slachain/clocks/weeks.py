"""Time by the hours of the week: how much of a set of instants falls on Monday from 00:00 to 01:00 in a zone, and so on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

import numpy as np

from slachain.clocks.intervals import Intervals, Ints
from slachain.clocks.wall import date_at, instant, midnight

DAYS, HOURS = 7, 24
HOUR = 3600


def by_hour(instants: Intervals, zone: str, start: int, end: int) -> Ints:
    """Seconds by weekday (Monday first) and hour of the local day, of the instants that lie from `start` to before `end`.

    An hour that the clocks skip has none; one that they repeat has its seconds twice.
    """
    edges, cells = _hours(zone, start, end)
    found = np.zeros(DAYS * HOURS, dtype=np.int64)
    np.add.at(found, cells, np.diff(instants.before(edges)))
    return found.reshape(DAYS, HOURS)


@lru_cache(maxsize=64)
def _hours(zone: str, start: int, end: int) -> tuple[Ints, Ints]:
    """The instants at which local hours begin, cut to the stretch, and the cell of the week of each but the last."""
    first, last = date_at(start, zone), date_at(end, zone)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    midnights = pairwise(midnight(day, zone) for day in (*days, days[-1] + timedelta(days=1)))
    begins = [begin for day, (at, until) in zip(days, midnights, strict=True) for begin in _begins(day, at, until, zone)]
    cells = [day.weekday() * HOURS + hour for day in days for hour in range(HOURS)]
    edges = np.append(np.array(begins, dtype=np.int64), instant(days[-1], 60 * HOURS, zone))
    return np.clip(edges, start, end), np.array(cells, dtype=np.int64)


def _begins(day: date, at: int, until: int, zone: str) -> Sequence[int]:
    """When each hour of a date begins. On one of 24 hours no clock changes: none changes back before the next midnight."""
    if until - at == HOURS * HOUR:
        return range(at, until, HOUR)
    return [instant(day, 60 * hour, zone) for hour in range(HOURS)]
