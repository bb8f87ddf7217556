"""Calendars expanded a year at a time and kept, against the same ones looked at date by date for each question."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from datetime import date, timedelta
from functools import reduce
from importlib import resources
from itertools import pairwise
from typing import Any
from zoneinfo import _zoneinfo  # type: ignore[attr-defined]  # the one in Python shows when clocks change; the other keeps it to itself

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slachain.clocks.calendars import Calendars
from slachain.clocks.clock import Clock, View
from slachain.clocks.hours import Windows, windows_of_years, windows_on
from slachain.clocks.intervals import Intervals
from slachain.clocks.wall import FIRST_DAY, LAST_DAY, date_at, midnight
from slachain.language.loader import load
from slachain.language.model import Combined, Hours
from slachain.language.public_holidays import closed_dates
from slachain.language.scalars import BusinessDays, Duration
from slachain.language.zones import zone_names
from tests import catalogues
from tests.clocks.written import read

HOUR, DAY = 3600, 86400
ZONES = [
    "Europe/London",
    "America/St_Johns",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Africa/Casablanca",
    "America/Godthab",
    "Asia/Kathmandu",
]
OFFICE = {"timezone": "Europe/London", "hours": {"mon-fri": "09:00-17:00"}}
FROM, TO = (midnight(date(year, 1, 1), "UTC") for year in (2010, 2031))
asked = st.tuples(st.integers(FROM // HOUR, TO // HOUR), st.integers(-5, 24 * 500)).map(lambda of: (HOUR * of[0], HOUR * (of[0] + of[1])))


def rows(body: Hours, lo: int, hi: int) -> Iterator[tuple[int, int, int, bool]]:
    """The windows of the dates around two instants, one after the other."""
    day = max(date_at(lo, "UTC") - timedelta(days=3), body.opens_on or FIRST_DAY)
    while day <= min(date_at(hi, "UTC") + timedelta(days=3), body.closes_after or LAST_DAY):
        closed = () if day in closed_dates(body.holidays, [day.year]) else body.week[day.weekday()]
        yield from windows_on(body, day, dict(body.exceptions).get(day, closed))
        day += timedelta(days=1)


def opened(calendars: Calendars, id: str, lo: int, hi: int) -> Intervals:
    """When it is open, from nothing that is kept."""
    body = calendars.definitions[id].body
    if isinstance(body, Hours):
        return Intervals.of((start, end) for start, end, _, _ in rows(body, lo, hi)) & Intervals.of([(lo, hi)])
    assert isinstance(body, Combined)
    parts = [opened(calendars, member.value, lo, hi) for member in body.members]
    if body.how == "not":
        return Intervals.of([(lo, hi)]) - parts[0]
    return reduce(Intervals.__or__ if body.how == "any_of" else Intervals.__and__, parts)


@st.composite
def sections(draw: st.DrawFn) -> Any:
    """Some calendars, in zones whose clocks change in every way there is."""
    drawn = draw(catalogues.calendar_sections())
    for body in drawn.values():
        if "timezone" in body and draw(st.booleans()):
            body["timezone"] = draw(st.sampled_from(ZONES))
    return drawn


@settings(max_examples=40)
@given(sections(), st.lists(asked, min_size=1, max_size=4))
def test_it_is_open_as_if_nothing_were_kept(drawn: Any, questions: list[tuple[int, int]]) -> None:
    found = load({"a.yaml": catalogues.to_yaml({"calendars": drawn}).encode()})
    calendars = Calendars(found.calendars)
    for lo, hi in questions:
        for id, calendar in found.calendars.items():
            assert calendars.open(id, lo, hi).pairs() == opened(calendars, id, lo, hi).pairs()
            if isinstance(calendar.body, Hours):
                dated = calendars.dated(id, lo, hi)
                told = list(zip(*(column.tolist() for column in (dated.starts, dated.ends, dated.days, dated.business)), strict=True))
                assert told == sorted(rows(calendar.body, lo, hi), key=lambda row: row[:2])


def test_a_century_apart_two_stretches_are_not_made_one() -> None:
    calendars = read(c=OFFICE)
    for year in (2026, 2126, 2027):
        lo, hi = (midnight(date(year, month, 1), "UTC") for month in (1, 3))
        assert calendars.open("c", lo, hi).pairs() == opened(calendars, "c", lo, hi).pairs()


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The years whose windows are found, in order."""
    years: list[int] = []

    def of_years(body: Hours, asked: Sequence[int]) -> Windows:
        years.extend(asked)
        return windows_of_years(body, asked)

    monkeypatch.setattr("slachain.clocks.calendars.windows_of_years", of_years)
    return years


def test_no_year_is_looked_at_twice_and_none_between_two_centuries(looked_at: list[int]) -> None:
    """A view that grows asks for the years it lacks alone, two decades at most; one that is far from it takes no year from between them."""
    calendars = read(c=OFFICE)
    for first, last, new in [
        (2026, 2026, [2026]),
        (2026, 2026, []),
        (2029, 2029, [2027, 2028, 2029]),
        (2028, 2031, [2030, 2031]),
        (2025, 2025, [2025]),
        (2126, 2126, [2126]),
        (2052, 2052, [2052]),
        (2004, 2004, [2004]),
        (2027, 2030, []),
        (2051, 2051, list(range(2032, 2052))),
        (2005, 2005, list(range(2005, 2025))),
    ]:
        looked_at.clear()
        calendars.open("c", midnight(date(first, 2, 1), "UTC"), midnight(date(last, 3, 1), "UTC"))
        assert looked_at == new, (first, last)


def test_calendars_that_are_made_of_one_another_ask_for_no_more_years_the_deeper_they_go(looked_at: list[int]) -> None:
    """Those of the question and of the days around them."""
    calendars = read(a=OFFICE, b={"not": "a"}, c={"any_of": ["b"]}, d={"all_of": ["c"]})
    calendars.open("d", midnight(date(2026, 1, 1), "UTC"), midnight(date(2027, 1, 1), "UTC"))
    assert looked_at == [2025, 2026, 2027]


@pytest.mark.parametrize("year", [2025, 2026, 2027, 2028])
def test_what_is_made_of_others_is_open_from_the_first_second_of_a_year_to_its_last(year: int) -> None:
    calendars = read(c={"any_of": ["24x7"]})
    lo, hi = (midnight(date(year + more, 1, 1), "UTC") for more in (0, 1))
    for first, last in [(lo, hi), (lo, lo + HOUR), (hi - HOUR, hi), (hi - 1, hi + 1)]:
        assert calendars.open("c", first, last).pairs() == [(first, last)]


def test_no_clocks_change_and_change_back_between_two_midnights() -> None:
    for name in sorted(zone_names()):
        with resources.files("tzdata").joinpath("zoneinfo", *name.split("/")).open("rb") as file:
            changes = _zoneinfo.ZoneInfo.from_file(file)._trans_utc
        assert all(after - before > 2 * DAY for before, after in pairwise(changes)), name


@settings(max_examples=25)
@given(sections(), st.integers(FROM // DAY, TO // DAY))
def test_clocks_with_the_same_face_are_the_same_in_everything(drawn: Any, day: int) -> None:
    """Among them calendars that say the same of another zone, or in other words: what is made of the one clock goes for all."""
    london = {id: body for id, body in drawn.items() if "hours" in body and body["timezone"] == "Europe/London"}  # others show their zone
    others = {f"{id}-there": {**body, "timezone": "Europe/Jersey"} for id, body in london.items()}
    again = {f"{id}-again": {"any_of": [id, id]} for id in drawn}
    calendars = Calendars(load({"a.yaml": catalogues.to_yaml({"calendars": {**drawn, **others, **again}}).encode()}).calendars)
    view = View(day * DAY, day * DAY + 90 * DAY)
    firsts: dict[Hashable, Clock] = {}
    for id in calendars.definitions:
        clock = Clock.of(calendars, id, view)
        one = firsts.setdefault(Clock.face(calendars, id, view), clock)
        for time in (Duration(0), Duration(5 * HOUR), Duration(40 * DAY), BusinessDays(1), BusinessDays(30)):
            assert all(map(np.array_equal, *([(c := of.due(time)).starts, c.values, c.slopes] for of in (one, clock))))
    assert all(
        firsts[Clock.face(calendars, id, view)] is firsts[Clock.face(calendars, f"{id}-there", view)]
        for id in drawn
        if f"{id}-there" in others
    )
