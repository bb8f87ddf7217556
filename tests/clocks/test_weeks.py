"""The hours of local days: an hour after the other where a date has 24 of them, against asking the zone for each."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from slachain.clocks.intervals import Intervals, Ints
from slachain.clocks.wall import instant, local, midnight
from slachain.clocks.weeks import DAYS, HOURS, _begins, by_hour

YEARS = (2011, 2026)
SELDOM = {"Australia/Lord_Howe", "Africa/Casablanca", "America/Santiago", "Pacific/Apia", "Asia/Beirut", "Antarctica/Troll"}


@pytest.mark.parametrize("year", YEARS)
def test_each_hour_of_a_date_begins_when_the_zone_says(year: int) -> None:
    first = datetime(year, 1, 1, tzinfo=UTC).date()
    for zone in sorted(SELDOM):
        for n in range(365):
            day = first + timedelta(days=n)
            begins = _begins(day, midnight(day, zone), midnight(day + timedelta(days=1), zone), zone)
            if isinstance(begins, range):
                assert list(begins) == [instant(day, 60 * hour, zone) for hour in range(HOURS)], (zone, day)


@pytest.mark.parametrize("zone", ["Europe/London", "Australia/Lord_Howe", "Asia/Beirut"])
@pytest.mark.parametrize("month", [3, 4, 10])
def test_each_minute_is_counted_in_the_hour_that_the_wall_shows(zone: str, month: int) -> None:
    """Ten days at the end of a month, from and to the middle of an hour; what lies before and after does not count."""
    start, end = (int(datetime(2026, *day, tzinfo=UTC).timestamp()) for day in ((month, 22, 10, 20), (month + 1, 1, 23, 50)))
    instants = Intervals.of((start - 7200 + 18_000 * n, start + 18_000 * n) for n in range(60))
    assert (by_hour(instants, zone, start, end) == counted(instants.clipped(start, end), zone)).all()


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25", "2026-12-31"])
@pytest.mark.parametrize("minutes", [0, 10, 60, 600, 1439, 1440, 1500, 2880])
def test_a_stretch_may_be_as_short_as_a_part_of_an_hour(day: str, minutes: int) -> None:
    """From London's midnight, and from three quarters of an hour later."""
    for start in (midnight(date.fromisoformat(day), "Europe/London") + 60 * later for later in (0, 45)):
        whole = Intervals.of([(start, start + 60 * minutes)] if minutes else [])
        around = Intervals.of([(start - 7200, start + 60 * minutes + 7200)])
        found = by_hour(around, "Europe/London", start, start + 60 * minutes)
        assert found.shape == (7, 24)
        assert (found == counted(whole, "Europe/London")).all()


def counted(instants: Intervals, zone: str) -> Ints:
    """Minute by minute, as the wall shows them."""
    found = np.zeros((DAYS, HOURS), dtype=np.int64)
    for begin, stop in instants.pairs():
        for minute in range(begin, stop, 60):
            shown = local(minute, zone)
            found[shown.weekday(), shown.hour] += 60
    return found
