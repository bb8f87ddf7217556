"""Views of a horizon: how much time is looked at, before it and after, rounded so that many promises share one."""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache

from slachain.analysis.promises import Horizon
from slachain.clocks.clock import View
from slachain.clocks.wall import LAST_DAY, midnight

DAY = 86400
BLOCK = 28 * DAY  # what views begin at multiples of: so midnights of all zones, and terms that begin soon after one another, share them
LENGTHS = (50 * DAY, 100 * DAY, 400 * DAY)  # of a view, before what follows it: the last holds a year, wherever that begins in a block
TAILS = (90 * DAY, 400 * DAY, 1600 * DAY, 6400 * DAY, 36_600 * DAY)  # how far tickets are followed, step by step


class ViewTooShort(Exception):
    """Some ticket runs past the view: judge again over a longer one."""


@lru_cache(maxsize=4096)
def views_of(when: Horizon) -> tuple[tuple[View, bool], ...]:
    """Longer and longer views of a horizon, and whether one is the last."""
    start = (when.start - 2 * DAY) // BLOCK * BLOCK
    length = next((n for n in LENGTHS if start + n >= when.end + 2 * DAY), when.end - start + 2 * DAY)
    last = midnight(LAST_DAY - timedelta(days=30), "UTC")
    return tuple([(View(start, min(start + length + tail, last)), tail == TAILS[-1]) for tail in TAILS])
