"""What a log shows of each target: readings, pauses, open tickets, months, whose tickets they are."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slachain.analysis.tickets.history import KEPT, NOT_KEPT, UNDECIDED
from slachain.clocks.stopwatch import NEVER
from slachain.clocks.wall import midnight
from tests import catalogues, oracle
from tests.analysis.tickets.logs import history, log_of

HEAD = "ticket,agreement,priority,opened,resolved\n"
PAUSED = """
columns: {ticket: id, priority: prio, opened: opened}
agreements: [{agreement: desk}]
metrics: {resolution: done}
pauses:
  customer: {from: asked, to: answered}
  vendor: [{from: sent, to: back}, {list: stops}]
zone: Europe/London
"""
COLUMNS = "id,prio,opened,done,asked,answered,sent,back,stops\n"


def readings(rows: str, priority: str = "P1") -> list[int]:
    found = log_of(COLUMNS + rows, PAUSED)
    assert found.refused == ()
    told: list[int] = history(found, "desk", "resolution", priority).readings.tolist()
    return told


def test_open_time_on_the_targets_own_clock() -> None:
    """From Friday 16:00 to Monday 10:00 are two office hours, in summer as in winter."""
    assert readings("a,P1,2026-03-27T16:00,2026-03-30T10:00,,,,,\n") == [7200]


@pytest.mark.parametrize(
    ("stops", "left"),
    [
        ("2026-03-23T10:00,2026-03-23T11:00,,,", 6 * 3600),  # the customer's hour is taken out
        ("2026-03-23T10:00,,,,", 3600),  # and all that lasts until the end
        ("2026-03-22T10:00,2026-03-23T10:00,,,", 6 * 3600),  # what was before is not the ticket's
        (",,2026-03-23T10:00,2026-03-23T15:00,", 5 * 3600),  # the vendor for no longer than two hours
        (",,2026-03-23T10:00,2026-03-23T10:30,2026-03-23T11:00/2026-03-23T11:30", 6 * 3600),  # two half hours
        ("2026-03-23T10:00,2026-03-23T12:00,2026-03-23T11:00,2026-03-23T13:00,", 4 * 3600),  # what both share counts once
        (",,,,2026-03-23T10:00/2026-03-23T11:00;2026-03-23T10:30/2026-03-23T11:00", 6 * 3600),
        ("2026-03-23T18:00,2026-03-24T08:00,,,", 7 * 3600),  # the clock stands still anyway
    ],
)
def test_pauses_are_taken_out(stops: str, left: int) -> None:
    """Of a ticket of seven hours, on a Monday."""
    assert readings(f"a,P1,2026-03-23T09:00,2026-03-23T16:00,{stops}\n") == [left]


@pytest.mark.parametrize(
    ("done", "stops", "days"),
    [
        ("2026-03-24T17:00", ",,,,", 1),
        ("2026-03-24T17:00:01", ",,,,", 2),
        ("2026-03-25T10:00", "2026-03-23T12:00,2026-03-23T13:00,,,", 1),  # one hour more after the first close of business
        ("2026-03-25T10:00:01", "2026-03-23T12:00,2026-03-23T13:00,,,", 2),
    ],
)
def test_business_days_to_close_of_business(done: str, stops: str, days: int) -> None:
    assert readings(f"a,P2,2026-03-23T11:00,{done},{stops}\n", "P2") == [days]


@settings(max_examples=20)
@given(
    catalogues.hours_calendars(),
    st.lists(
        st.tuples(
            st.integers(0, 60 * 1440), st.integers(0, 9000), st.lists(st.tuples(st.integers(-500, 9000), st.integers(0, 4000)), max_size=4)
        ),
        min_size=1,
        max_size=6,
    ),
)
def test_readings_are_those_that_are_counted_minute_by_minute(body: object, drawn: list[tuple[int, int, list[tuple[int, int]]]]) -> None:
    """Each ticket's open minutes, but for those in which any of its pauses runs."""
    text = catalogues.to_yaml({"calendars": {"c": body}}) + (
        "agreements: {a: {kind: ola, provider: p, customer: q, calendar: c, pauses: [w], targets: {resolution: 4h}}}\n"
    )
    first = midnight(date(2026, 3, 20), "UTC")
    clock = oracle.Calendars({"c": body}, date(2026, 3, 1), date(2026, 8, 1)).clock("c")
    rows, expected = "opened,done,stops\n", []
    for start, length, pauses in drawn:
        minutes = range(start, start + length)
        stopped = {minute for a, n in pauses for minute in range(start + a, start + a + n)}
        expected.append(sum(clock.elapsed(first + 60 * m, first + 60 * m + 60) for m in minutes if m not in stopped))
        told = ";".join(f"{_told(first, start + a)}/{_told(first, start + a + n)}" for a, n in pauses)
        rows += f"{_told(first, start)},{_told(first, start + length)},{told}\n"
    found = log_of(
        rows, "columns: {opened: opened}\nagreements: [{agreement: a}]\nmetrics: {resolution: done}\npauses: {w: {list: stops}}\n", text
    )
    assert found.refused == ()
    assert history(found, "a", "resolution", "*").readings.tolist() == sorted(expected)


def _told(first: int, minute: int) -> str:
    return f"{np.datetime64(first + 60 * minute, 's')}Z"


def test_a_ticket_that_is_open_is_late_if_its_time_is_over_and_else_not_counted() -> None:
    rows = "a,shop,P9,2026-03-23T00:00Z,\nb,shop,P9,2026-03-23T12:00Z,\nc,shop,P9,2026-03-23T10:00Z,2026-03-23T18:00Z\n"
    found = history(log_of(HEAD + rows), "shop", "resolution", "*")
    assert (found.tickets, found.kept, found.overdue, found.open) == (2, 1, 1, 1)
    assert found.readings.tolist() == [8 * 3600, NEVER]
    later = history(log_of(HEAD + rows, until=midnight(date(2026, 3, 25), "UTC")), "shop", "resolution", "*")
    assert (later.tickets, later.kept, later.overdue, later.open) == (3, 1, 2, 0)


def test_the_alternative_that_answers_is_the_one_open_when_the_ticket_was_opened() -> None:
    rows = "id,p,opened,answered\na,P1,2026-03-23T10:00Z,2026-03-23T10:05Z\nb,P1,2026-03-22T10:00Z,2026-03-22T10:50Z\n"
    map_ = "columns: {priority: p, opened: opened}\nagreements: [{agreement: shop}]\nmetrics: {response: answered}\n"
    found = log_of(rows, map_)
    assert history(found, "shop", "response", "P1", 0).readings.tolist() == [300]
    assert history(found, "shop", "response", "P1", 1).readings.tolist() == [3000]


def test_months_are_those_of_the_agreements_zone() -> None:
    """In London a ticket of 31 March, 23:30 UTC, is one of April."""
    rows = "a,desk,P1,2026-03-31T22:30Z,2026-04-01T12:00Z\nb,desk,P1,2026-03-31T23:30Z,2026-04-01T13:00:01Z\n"
    months = history(log_of(HEAD + rows), "desk", "resolution").months
    assert [(m.first, m.tickets, m.kept) for m in months] == [(date(2026, 3, 1), 1, 1), (date(2026, 4, 1), 1, 0)]


def test_whose_a_ticket_is() -> None:
    """One ticket may be an SLA's and, once handed over, an OLA's; what is nobody's and what nothing is promised for is counted."""
    map_ = """
columns: {ticket: id, priority: prio, opened: opened}
agreements:
  - {agreement: shop, where: {firm: [Shop, "Shop *"]}}
  - {agreement: desk, where: {firm: "*"}, opened: handed}
priorities: {1 - Critical: P1}
metrics: {resolution: done}
zone: UTC
"""
    rows = """id,firm,prio,opened,handed,done
a,Shop,1 - Critical,2026-03-23T08:00,2026-03-23T10:00,2026-03-23T11:00
b,Shop Ltd,P9,2026-03-23T08:00,,2026-03-23T11:00
c,Bank,P9,2026-03-23T08:00,2026-03-23T10:00,2026-03-23T11:00
"""
    found = log_of(rows, map_)
    assert history(found, "shop", "resolution", "*").readings.tolist() == [3 * 3600, 3 * 3600]
    assert history(found, "desk", "resolution").readings.tolist() == [3600]
    assert found.left_out == {"they were never handed over to desk": 1}
    assert found.without_target == {("desk", "resolution", "P9"): 1}


EVENTS = """
columns: {ticket: id, priority: prio}
agreements: [{agreement: desk}]
metrics:
  response: {state: Active}
  resolution: {state: [Resolved, Closed], which: last}
pauses: {customer: {state: "Awaiting *"}}
events: {time: at, state: state}
zone: UTC
"""


def test_events_tell_what_happened_in_whatever_order_they_stand() -> None:
    rows = """a,P1,2026-02-02T09:00,New
b,P2,2026-02-02T09:00,New
a,P1,2026-02-02T15:00,Closed
a,P1,2026-02-02T09:30,Active
a,P1,2026-02-02T10:00,Awaiting User
a,P1,2026-02-02T11:00,Active
a,P1,2026-02-02T12:00,Resolved
a,P1,2026-02-02T13:00,Active
a,P1,2026-02-02T14:00,Resolved
b,P1,2026-02-02T11:00,Awaiting User
c,P1,2026-02-02T09:00,Closed
c,P1,,Closed
"""
    found = log_of("id,prio,at,state\n" + rows, EVENTS)
    assert history(found, "desk", "response").readings.tolist() == [1800, NEVER]  # b never became active
    resolved = history(found, "desk", "resolution")
    assert resolved.readings.tolist() == [4 * 3600]  # five hours less the customer's; closing changes nothing
    assert resolved.open == 1
    assert found.changed == 1
    assert [row.line for row in found.refused] == [13]
    assert found.left_out == {"one of their events cannot be read": 1}


def test_a_log_without_events_or_with_bad_ones_alone() -> None:
    for rows in ("", "a,P1,never,New\n", ",P1,2026-02-02T09:00,New\n"):
        found = log_of("id,prio,at,state\n" + rows, EVENTS)
        assert found.histories == ()
        assert (found.tickets, len(found.refused)) == (0, bool(rows))


def test_verdicts_lie_on_one_side_of_the_attainment_or_are_open() -> None:
    def verdict(kept: int, late: int) -> str:
        rows = [f"{n},desk,P1,2026-03-23T09:00Z,2026-03-23T{'10' if n < kept else '16'}:00Z\n" for n in range(kept + late)]
        return history(log_of(HEAD + "".join(rows)), "desk", "resolution").verdict

    assert verdict(60, 0) == KEPT
    assert verdict(3, 0) == UNDECIDED
    assert verdict(20, 20) == NOT_KEPT
    assert verdict(8, 2) == UNDECIDED


def test_an_ola_is_measured_from_the_event_that_hands_a_ticket_over() -> None:
    """From the first event of its group; what was done before that is no ticket of its, and only its own metrics count."""
    map_ = """
columns: {ticket: id, priority: prio}
agreements:
  - {agreement: shop}
  - {agreement: desk, opened: {where: {group: "Desk *"}}}
metrics: {resolution: {state: Done}, update: {state: New}}
events: {time: at, state: state}
zone: UTC
"""
    rows = """id,prio,at,state,group
a,P1,2026-02-02T09:00,New,Shop
a,P1,2026-02-02T10:00,Active,Desk 1
a,P1,2026-02-02T12:00,Done,Desk 2
b,P1,2026-02-02T09:00,New,Shop
b,P1,2026-02-02T10:00,Done,Shop
c,P1,2026-02-02T09:00,New,Shop
c,P1,2026-02-02T10:00,Done,Shop
c,P1,2026-02-02T11:00,Active,Desk 1
"""
    found = log_of(rows, map_)
    assert history(found, "desk", "resolution").readings.tolist() == [2 * 3600]
    assert history(found, "shop", "resolution", "*").readings.tolist() == [3600, 3600, 3 * 3600]
    assert found.refused == ()
    assert found.left_out == {"they were done before they were handed over to desk": 1, "they were never handed over to desk": 1}
    assert {h.promise.metric.id for h in found.histories} == {"resolution"}
