"""The hours of local days: an hour after the other where a date has 24 of them, against asking the zone for each."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from slachain.clocks.wall import instant, midnight
from slachain.clocks.weeks import HOURS, _begins

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
