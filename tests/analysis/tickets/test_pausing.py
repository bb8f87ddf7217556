"""For how long a clock stood still, held against a count quarter by quarter."""

from __future__ import annotations

from datetime import date

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from slachain.analysis.tickets.pausing import paused
from slachain.analysis.tickets.sheets import MISSING, Stops
from slachain.clocks.stopwatch import Stopwatch
from slachain.clocks.wall import midnight
from tests.analysis.tickets.logs import OFFICE
from tests.catalogue import study

QUARTER = 900
CALENDARS = study(OFFICE.replace("Europe/London", "UTC")).calendars
WEEKS = date(1970, 1, 5), date(2026, 1, 5), date(2038, 1, 18)  # the first, one of ours, and that in which 32 bits run out

Ticket = tuple[int, int]
"""The quarters of an hour, from Monday on, in which a ticket is opened and done."""

Stretch = tuple[int, int, int | None]
"""Whose it is, and its first quarter and its last; None while it lasts."""

tickets = st.tuples(st.integers(0, 300), st.integers(0, 300)).map(lambda ends: (min(ends), max(ends)))
stretches = st.tuples(st.integers(0, 3), st.integers(-50, 350), st.none() | st.integers(0, 200)).map(
    lambda drawn: (drawn[0], drawn[1], None if drawn[2] is None else drawn[1] + drawn[2])
)
EVERY = [(0, 300)] * 4
reasons = st.tuples(st.none() | st.integers(0, 40), st.lists(stretches, max_size=6))


def is_open(quarter: int) -> bool:
    """From Monday to Friday, nine to five."""
    return quarter // 96 % 7 < 5 and 36 <= quarter % 96 < 68


def counted(ticket: Ticket, number: int, told: list[tuple[int | None, list[Stretch]]]) -> int:
    """Open quarters taken out of a ticket: each by the first reason that has it, those without a bound before the others."""
    gone, taken = set[int](), 0
    for most, of in sorted(told, key=lambda reason: reason[0] is not None):
        runs = {q for whose, a, b in of if whose == number for q in range(a, ticket[1] if b is None else b)}
        new = {q for q in runs - gone if ticket[0] <= q < ticket[1] and is_open(q)}
        taken += len(new) if most is None else min(len(new), most)
        gone |= new
    return taken


def stops_of(of: list[Stretch], monday: int) -> Stops:
    at = [(whose, monday + QUARTER * a, MISSING if b is None else monday + QUARTER * b) for whose, a, b in of]
    return Stops(*(np.array([row[n] for row in at], dtype=np.int64) for n in range(3)))


@settings(max_examples=80)
@given(st.sampled_from(WEEKS), st.lists(tickets, min_size=4, max_size=4), st.lists(reasons, max_size=4))
@example(WEEKS[0], [(0, 600)] * 4, [(None, [(0, 140, 590), (1, 39, 41), (1, 50, 60)])])
@example(WEEKS[1], EVERY, [(None, [(0, 40, 50), (1, 40, 44)]), (None, [(0, 45, 60), (1, 50, 60), (2, 40, 41)])])
@example(WEEKS[1], EVERY, [(None, [(1, 40, 60), (2, 40, 44), (1, 42, 44), (2, 50, 52), (1, 62, 64)])])
@example(WEEKS[1], EVERY, [(4, [(0, 40, 50)]), (None, [(0, 44, None)]), (2, [(0, 36, 60)])])
@example(WEEKS[2], EVERY, [(None, [(0, 50, 160), (1, 40, 44), (1, 50, 60)])])
def test_time_is_taken_out_as_it_is_counted(week: date, drawn: list[Ticket], told: list[tuple[int | None, list[Stretch]]]) -> None:
    """Within the ticket's time and open hours, once, for no longer than each reason may."""
    monday = midnight(week, "UTC")
    opened, ended = (np.array([monday + QUARTER * ticket[n] for ticket in drawn], dtype=np.int64) for n in (0, 1))
    stops = {str(n): stops_of(of, monday) for n, (_, of) in enumerate(told)}
    longest = {str(n): None if most is None else QUARTER * most for n, (most, _) in enumerate(told)}
    found = paused(Stopwatch(CALENDARS, "office"), opened, ended, stops, longest)
    assert found.tolist() == [QUARTER * counted(ticket, number, told) for number, ticket in enumerate(drawn)]
