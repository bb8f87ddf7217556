"""Histories held against a count of tickets one by one, and worked numbers for what they say."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime
from fractions import Fraction
from math import ceil
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slachain.analysis.tickets.history import KEPT, NO_TICKETS, NOT_KEPT, UNDECIDED, Histories, History
from slachain.analysis.tickets.sheets import MISSING, Lot
from slachain.clocks.stopwatch import NEVER
from slachain.clocks.wall import midnight
from tests.analysis.tickets.logs import OFFICE
from tests.catalogue import study

HOUR, DAY = 3600, 86400
ZONE = "America/New_York"
DESKS = f"""
calendars:
  always: {{timezone: {ZONE}, hours: {{mon-sun: "00:00-24:00"}}}}
agreements:
  desk:
    kind: ola
    provider: desk
    customer: company
    calendar: always
    end_to_end: true
    targets:
      resolution: {{P1: {{within: 4h, attainment: 90%}}, P2: 4h}}
      response: {{P1: [{{within: 10m, opened_in: always}}, {{within: 1h}}]}}
"""
READ, OFFICES = study(DESKS), study(OFFICE)
FIRST = midnight(date(2025, 10, 20), "UTC")
MONDAY = midnight(date(2026, 3, 23), "UTC")  # in London as well

Ticket = tuple[int, int | None]
"""When it was opened, in minutes from the first day on, and how many it took; None while it is open."""

tickets = st.tuples(st.integers(0, 200 * 1440) | st.integers(0, 600), st.none() | st.integers(230, 250) | st.integers(0, 5000))


def lot(drawn: list[Ticket], priority: str = "P1") -> Lot:
    opened = np.array([FIRST + 60 * start for start, _ in drawn], dtype=np.int64)
    ended = np.array([MISSING if took is None else FIRST + 60 * (start + took) for start, took in drawn], dtype=np.int64)
    return Lot("desk", priority, opened, {"resolution": ended}, {})


def measured(lots: list[Lot], end: int) -> History:
    found = Histories(READ.catalogue, READ.calendars)
    for one in lots:
        found.add(one)
    (history,) = found.histories(end)
    return history


def history(readings: list[int], priority: str = "P1", waiting: int = 0) -> History:
    """Of tickets that took so many minutes each, and of others that have just come in."""
    drawn: list[Ticket] = [*enumerate(readings), *[(10_000, None)] * waiting]
    return measured([lot(drawn, priority)], FIRST + 60 * 10_000)


@settings(max_examples=60)
@given(st.lists(st.lists(tickets, min_size=1, max_size=5), min_size=1, max_size=6), st.integers(1, 205 * 1440))
def test_tickets_are_counted_one_by_one_however_they_come_in(drawn: list[list[Ticket]], end: int) -> None:
    """Done within four hours or not, or open and late when the log ends; by the month in New York in which they were opened."""
    found = measured([lot(part) for part in drawn], FIRST + 60 * end)
    every = [ticket for part in drawn for ticket in part]
    late = [start for start, took in every if took is None and end - start > 240]
    took = sorted([60 * minutes for _, minutes in every if minutes is not None] + [NEVER] * len(late))
    assert found.readings.tolist() == took
    assert (found.tickets, found.overdue, found.open) == (len(took), len(late), len(every) - len(took))
    assert found.kept == sum(reading <= 4 * HOUR for reading in took)
    assert found.share == (Fraction(found.kept, len(took)) if took else None)
    counted, kept = Counter[date](), Counter[date]()
    for start, minutes in every:
        if minutes is not None or start in late:
            month = datetime.fromtimestamp(FIRST + 60 * start, UTC).astimezone(ZoneInfo(ZONE)).date().replace(day=1)
            counted[month] += 1
            kept[month] += minutes is not None and minutes <= 240
    assert [(m.first, m.tickets, m.kept) for m in found.months] == [(month, counted[month], kept[month]) for month in sorted(counted)]
    for share in (Fraction(1, 2), Fraction(9, 10), Fraction(1)):
        nth = took[ceil(share * len(took)) - 1] if took else NEVER
        assert found.quantile(share) == (None if nth == NEVER else nth)


def test_a_month_begins_with_its_first_second_there() -> None:
    first = np.array([midnight(date(2025, 11, 1), ZONE)], dtype=np.int64)
    lots = [Lot("desk", "P1", opened, {"resolution": opened + 5 * HOUR}, {}) for opened in (first - 1, first, first + 1)]
    months = measured(lots, FIRST + 30 * DAY).months
    assert [(m.first, m.tickets, m.kept) for m in months] == [(date(2025, 10, 1), 1, 0), (date(2025, 11, 1), 2, 0)]


def test_a_log_of_open_tickets_alone_shows_nothing() -> None:
    found = history([], waiting=3)
    assert (found.tickets, found.kept, found.open, found.overdue, found.months) == (0, 0, 3, 0, ())
    assert (found.verdict, found.share, found.interval) == (NO_TICKETS, None, None)
    assert (found.quantile(Fraction(1, 2)), found.supported(Fraction(9, 10))) == (None, None)
    assert found.needed(Fraction(9, 10)) == 29
    assert not found.could_be_stricter


def test_every_ticket_is_promised_or_nine_in_ten() -> None:
    """Of a target without an attainment one late ticket is a contradiction, and none is all that can be asked."""
    assert history([60] * 300, "P2").verdict == KEPT
    assert history([60] * 299 + [241], "P2").verdict == NOT_KEPT
    assert history([60] * 300).verdict == KEPT
    assert history([60] * 28).verdict == UNDECIDED  # all of them, but that says no more than 87% with such a number
    assert history([60] * 300 + [241] * 20).verdict == KEPT
    assert history([60] * 300 + [241] * 33).verdict == UNDECIDED
    assert history([60] * 300 + [241] * 60).verdict == NOT_KEPT


def test_a_share_of_nothing_is_always_kept() -> None:
    """An attainment of 0% promises nothing, which no ticket contradicts."""
    read = study(DESKS.replace("attainment: 90%", "attainment: 0%"))
    assert not read.catalogue.findings
    found = Histories(read.catalogue, read.calendars)
    found.add(lot([(0, 500)] * 3))
    (late,) = found.histories(FIRST + DAY)
    assert (late.kept, late.verdict) == (0, KEPT)


def test_what_history_supports() -> None:
    """Of 29 tickets the longest is enough for 90% of all such, with 95% confidence; of 46 the second longest (Hahn and Meeker)."""
    assert [history([60] * n).needed(Fraction(9, 10)) for n in (28, 29, 30)] == [29, None, None]
    assert history([60] * 300).needed(Fraction(1)) is None
    assert history(list(range(1, 29))).supported(Fraction(9, 10)) is None
    assert history(list(range(1, 30))).supported(Fraction(9, 10)) == 29 * 60
    assert history(list(range(1, 46))).supported(Fraction(9, 10)) == 45 * 60
    assert history(list(range(1, 47))).supported(Fraction(9, 10)) == 45 * 60


def test_a_promise_of_twice_what_is_supported_could_be_stricter() -> None:
    """Four hours are promised for 90%: two are, where that is enough."""
    assert history([1] * 28 + [120]).could_be_stricter
    assert history([1] * 29).could_be_stricter
    assert not history([1] * 28 + [121]).could_be_stricter
    assert not history([1] * 28).could_be_stricter
    assert not history([1] * 300, "P2").could_be_stricter  # nothing is ever enough for every ticket


def test_what_a_late_open_ticket_took_is_not_known() -> None:
    """With one in thirty still open, three quarters are known to be done within the hour, and nothing of all of them."""
    found = measured([lot([(0, 60)] * 29 + [(0, None)])], FIRST + 5 * HOUR)
    assert (found.quantile(Fraction(3, 4)), found.quantile(Fraction(1))) == (HOUR, None)
    assert found.supported(Fraction(9, 10)) is None
    assert found.needed(Fraction(9, 10)) is None
    assert not found.could_be_stricter


@pytest.mark.parametrize(("end", "late"), [(2 * DAY + 17 * HOUR, 0), (2 * DAY + 17 * HOUR + 1, 1)])
def test_a_promise_in_business_days_is_late_after_the_close_of_business(end: int, late: int) -> None:
    """Opened on Monday at eleven, due by Wednesday's close of business; another one is done on Wednesday, and one on Thursday."""
    found = Histories(OFFICES.catalogue, OFFICES.calendars)
    opened = np.full(3, MONDAY + 11 * HOUR, dtype=np.int64)
    ended = np.array([MISSING, MONDAY + 2 * DAY + 17 * HOUR, MONDAY + 3 * DAY + 10 * HOUR], dtype=np.int64)
    found.add(Lot("desk", "P2", opened, {"resolution": ended}, {}))
    (history,) = found.histories(MONDAY + end)
    assert (history.limit, history.in_days) == (2, True)
    assert history.readings.tolist() == [2, 3] + [NEVER] * late
    assert (history.kept, history.overdue, history.open) == (1, late, 1 - late)
    assert [(m.first, m.tickets, m.kept) for m in history.months] == [(date(2026, 3, 1), 2 + late, 1)]


@pytest.mark.parametrize("later", [40 * DAY - 1, 40 * DAY, 40 * DAY + 1, 40 * DAY + 2, 400 * DAY])
@pytest.mark.parametrize("way", [1, -1])
def test_which_alternative_answers_does_not_depend_on_other_tickets(later: int, way: int) -> None:
    """A calendar that is always open is open then, however long before or after the others."""
    found = Histories(READ.catalogue, READ.calendars)
    for opened in (MONDAY, MONDAY + way * later):
        only = np.array([opened], dtype=np.int64)
        found.add(Lot("desk", "P1", only, {"response": only + 60}, {}))
    assert [(h.promise.alternative, h.tickets) for h in found.histories(MONDAY + 500 * DAY)] == [(0, 2)]


def test_each_priority_has_its_own_target_in_whatever_order_they_are_written() -> None:
    read = study(DESKS.replace("P1: {within: 4h, attainment: 90%}, P2: 4h", '"*": 1d, P2: 4h, P1: 2h'))
    found = Histories(read.catalogue, read.calendars)
    for number, priority in enumerate(("P1", "P2", "P3", "P0"), 1):
        found.add(lot([(0, number)], priority))
    told = {h.promise.priority: h.readings.tolist() for h in found.histories(FIRST + DAY)}
    assert told == {"P1": [60], "P2": [120], "*": [180, 240]}


def test_tickets_that_no_alternative_is_for_are_counted_apart() -> None:
    text = OFFICE.replace(", {within: 1h}", "")
    read = study(text)
    found = Histories(read.catalogue, read.calendars)
    opened = MONDAY + HOUR * np.array([8, 9, 16, 17, 20, 33], dtype=np.int64)
    found.add(Lot("shop", "P1", opened, {"response": opened + 60, "resolution": opened + 60}, {}))
    assert [(h.promise.metric.id, h.tickets) for h in found.histories(MONDAY + 9 * DAY)] == [("resolution", 6), ("response", 3)]
    assert found.without_target == {("shop", "response", "P1"): 3}
