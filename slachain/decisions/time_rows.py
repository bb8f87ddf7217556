"""Two targets of times as a row: the verdict, the ticket for which B is better by most, and how often it is better."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from slachain.analysis.promises import Horizon
from slachain.clocks.curves import BEYOND
from slachain.clocks.departures import clock_changes, departures
from slachain.clocks.wall import date_at, write_day
from slachain.decisions.comparing_times import Answer, Cut, Race, race
from slachain.decisions.comparing_words import clock_name, time_words, zone_of
from slachain.decisions.comparison import Due, Row, Shares, Side, Ticket, verdict_of
from slachain.decisions.report import Instant, quantity
from slachain.language.model import TimePromise
from slachain.language.values import replace

LONGEST_TOLD = 400 * 86400  # seconds: of a ticket that is open for longer, not every holiday is told
MOST_REMARKS = 6


def time_row(row: Row, a: Side, b: Side, one: TimePromise, other: TimePromise, when: Horizon) -> Row:
    """A row completed with what comparing its two targets for every ticket of a horizon comes to."""
    found = race(a, b, one, other, when)
    less, more = _shares(found)
    later = found.a_later
    return replace(
        row,
        verdict=verdict_of(later or less is not None, found.b_later or more is not None),
        share=found.share if later else None,
        ticket=_ticket(found, a, b) if later else None,
        attainment=less,
        remarks=tuple(_cut_words(found.cut)) if found.cut else (),
    )


def _shares(found: Race) -> tuple[Shares | None, Shares | None]:
    """Of the shares of tickets that answer together, those that differ most in B's favour, and in A's."""
    pairs = [Shares(leg.a.target.share, leg.b.target.share) for leg in found.legs]
    less = max((pair for pair in pairs if pair.a < pair.b), key=lambda pair: pair.b - pair.a, default=None)
    more = max((pair for pair in pairs if pair.a > pair.b), key=lambda pair: pair.a - pair.b, default=None)
    return less, more


def _ticket(found: Race, a: Side, b: Side) -> Ticket:
    tick, leg = found.worst()
    theirs = leg.b if leg else next(answer for answer in found.theirs if answer.opened.covers_one(tick // 2))
    ours = (
        _due(a, leg.a, tick) if leg else Due(None, zone_of(a, a.agreement.calendar.value), "nothing is promised for a ticket opened then")
    )
    due = _due(b, theirs, tick)
    later = quantity((ours.due.tick - due.due.tick + 1) // 2, days=False) if ours.due and due.due else None
    clocks = [(a, leg.a.calendar), (b, theirs.calendar)] if leg else [(b, theirs.calendar)]
    ends = max((side.due.tick for side in (ours, due) if side.due), default=tick)
    return Ticket(Instant(tick), ours, due, later, tuple(_meanwhile(clocks, tick // 2, ends // 2)))


def _due(side: Side, answer: Answer, tick: int) -> Due:
    due = answer.due(tick)
    return Due(Instant(due) if due < BEYOND else None, zone_of(side, answer.calendar), time_words(side, answer.target))


def _meanwhile(clocks: list[tuple[Side, str]], start: int, end: int) -> Iterator[str]:
    """What is out of the ordinary between two instants: holidays, exceptions and clock changes, the first few."""
    if end - start > LONGEST_TOLD:
        return
    told: set[tuple[date, str]] = set()
    for side, id in clocks:
        calendars, zone = side.study.calendars, side.study.calendars.zone(id)
        name = clock_name(side, id)
        told |= {(d.day, f"{d.what} ({name})") for d in departures(calendars, id, start, end)}
        told |= {(d.day, f"{d.what} ({zone})") for d in clock_changes(zone, start, end)}
    ordered = sorted(told)
    yield from (f"{write_day(day)}: {what}" for day, what in ordered[:MOST_REMARKS])
    if len(ordered) > MOST_REMARKS:
        yield f"and {len(ordered) - MOST_REMARKS} more days that are out of the ordinary"


def _cut_words(cut: Cut) -> Iterator[str]:
    """How far the comparison reaches, where a calendar ends."""
    calendars = cut.side.study.calendars
    name = f"the calendar {clock_name(replace(cut.side, own=frozenset({cut.calendar})), cut.calendar)}"
    until = calendars.named_until(cut.calendar)
    if until is None:
        yield f"{name} is never open: nothing on it is ever due"
    elif cut.at is None:
        yield f"{name} ends on {until}: no ticket is due on it by then"
    else:
        last = date_at(cut.at, calendars.zone(cut.calendar))
        yield f"{name} ends on {until}, after which nothing is known: compared for tickets opened until {last}"
