"""A log of events against one that is followed by hand: event by event, each ticket for itself."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slachain.analysis.tickets import csv_rows, event_rows
from slachain.analysis.tickets.csv_rows import Refusals, Table
from slachain.analysis.tickets.event_rows import EventLog
from slachain.analysis.tickets.plan import Plan
from slachain.analysis.tickets.sheets import MISSING
from slachain.language.exports import Arrival
from tests.analysis.tickets.logs import OFFICE, history, log_of, mapped
from tests.catalogue import study

MAP = """
columns: {ticket: id, priority: prio}
agreements: [{agreement: desk}]
metrics:
  response: {state: Active}
  resolution: {state: [Resolved, Closed], which: last}
pauses: {customer: {state: "Awaiting *"}, vendor: {where: {state: Active, prio: P2}}}
events: {time: at, state: state}
zone: UTC
"""
Event = tuple[str, int, str, str]
"""A ticket's, at so many minutes past nine; its state and the ticket's priority after it."""
Told = tuple[int, str, list[int], dict[str, list[tuple[int, int]]]]
"""A ticket: the line and the priority of its latest event, when it was opened, active and resolved, and its pauses by reason."""
NINE = 1_770_022_800  # 2 February 2026
EVENTS = st.lists(
    st.tuples(
        st.sampled_from("abcd"),
        st.integers(0, 9),
        st.sampled_from(["New", "Active", "Resolved", "Closed", "Awaiting User", "Awaiting Part"]),
        st.sampled_from(["P1", "P2"]),
    ),
    max_size=20,
)


def text(events: Iterable[Event]) -> str:
    return "id,prio,at,state\n" + "".join(f"{id},{prio},2026-02-02T09:{minute:02}:00,{state}\n" for id, minute, state, prio in events)


def read(events: list[Event]) -> tuple[list[Told], int]:
    """What the sheets of a log tell of each ticket, and how many tickets changed their priority."""
    export, findings = mapped(MAP, study(OFFICE))
    assert export is not None
    assert not findings
    refusals = Refusals()
    table = Table.of(BytesIO(text(events).encode()), ",", "utf-8", refusals)
    log = EventLog(table, Plan(export, table.header))
    told: list[Told] = []
    for sheet in log.sheets():
        moments = [sheet.moments[moment].tolist() for moment in (Arrival(()), *export.metrics.values())]
        for at, (line, (priority,)) in enumerate(zip(sheet.lines.tolist(), sheet.facts, strict=True)):
            pauses = {
                reason: [
                    (start, end)
                    for owner, start, end in zip(found.owners.tolist(), found.starts.tolist(), found.ends.tolist(), strict=True)
                    if owner == at
                ]
                for reason, found in sheet.stops.items()
            }
            told.append((line, priority, [times[at] for times in moments], pauses))
    assert log.last == max((NINE + 60 * minute for _, minute, _, _ in events), default=MISSING)
    assert refusals.rows == []
    return told, len(log.changed)


def followed(events: list[Event]) -> tuple[list[Told], int]:
    """The same, one ticket after another in the order of their first lines, each through its events by time and line."""
    told: list[Told] = []
    for ticket in dict.fromkeys(id for id, _, _, _ in events):
        own = sorted(
            ((NINE + 60 * minute, line, state, prio) for line, (id, minute, state, prio) in enumerate(events, 2) if id == ticket),
            key=lambda event: event[:2],
        )
        active, resolved, waits, works = (
            stretches([(time, holds(state, prio)) for time, _, state, prio in own])
            for holds in (
                lambda state, _: state == "Active",
                lambda state, _: state in ("Resolved", "Closed"),
                lambda state, _: state.startswith("Awaiting"),
                lambda state, prio: (state, prio) == ("Active", "P2"),
            )
        )
        moments = [own[0][0], active[0][0] if active else MISSING, resolved[-1][0] if resolved else MISSING]
        told.append((own[-1][1], own[-1][3], moments, {"customer": waits, "vendor": works}))
    changed = {id for id, _, _, _ in events if len({prio for other, _, _, prio in events if other == id}) > 1}
    return told, len(changed)


def stretches(held: list[tuple[int, bool]]) -> list[tuple[int, int]]:
    """From each event at which something begins to hold to the one at which it no longer does (MISSING: it lasts)."""
    found: list[tuple[int, int]] = []
    begun: int | None = None
    for time, holds in held:
        if holds and begun is None:
            begun = time
        elif begun is not None and not holds:
            found.append((begun, time))
            begun = None
    return [*found, (begun, MISSING)] if begun is not None else found


@settings(max_examples=60)
@given(EVENTS)
def test_every_ticket_is_told_as_if_it_were_followed_alone(events: list[Event]) -> None:
    """In whatever order its events stand in the file; of two at a time the later line is the later."""
    assert read(events) == followed(events)


@settings(max_examples=20)
@given(EVENTS, st.integers(1, 3))
def test_it_does_not_matter_how_many_rows_are_taken_at_a_time(events: list[Event], stretch: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv_rows, "STRETCH", stretch)
        patch.setattr(event_rows, "STRETCH", stretch)
        assert read(events) == followed(events)


def test_many_tickets() -> None:
    """More of them than there are small numbers."""
    events = [(f"t{n % 300}", minute, state, "P1") for minute, state in ((3, "Active"), (9, "Closed"), (0, "New")) for n in range(300)]
    assert read(events) == followed(events)


def test_an_event_that_cannot_be_read_is_told_with_its_reason_and_takes_its_ticket_with_it() -> None:
    """And the events after it are read as before; what is told of a change is told of tickets that are measured."""
    rows = """a,P1,2026-02-02T09:00,New
a,P1,noon,Active
b,P1,2026-02-02T09:00,New
b,P1,,Active
c,P1,2026-02-02T09:00,New
,P1,2026-02-02T09:30,Active
,P1,never,Active
d,P1,2026-02-02T09:00,New
a,P2,2026-02-02T09:40,Active
c,P2,2026-02-02T09:50,Active
"""
    found = log_of("id,prio,at,state\n" + rows, MAP)
    assert [(row.line, row.why) for row in found.refused] == [
        (3, "at: 'noon' is no time in the form iso"),
        (5, "at: an event without a time"),
        (7, "an event without a ticket"),
        (8, "at: 'never' is no time in the form iso"),
    ]
    assert found.left_out == {"one of their events cannot be read": 2}
    assert (found.tickets, found.changed) == (2, 1)


def test_a_map_may_speak_of_any_number_of_states() -> None:
    """Seventy teams, to each of which tickets are handed over at an event of their own; each works on its ticket for so many minutes."""
    teams = range(70)
    catalogue = "agreements:\n" + "".join(
        f"  d{n}: {{kind: ola, provider: p{n}, customer: q, calendar: 24x7, targets: {{resolution: 4h}}}}\n" for n in teams
    )
    map_ = f"""
columns: {{ticket: id}}
agreements: [{", ".join(f"{{agreement: d{n}, opened: {{where: {{group: G{n}}}}}}}" for n in teams)}]
metrics: {{resolution: {{state: Done}}}}
events: {{time: at, state: state}}
zone: UTC
"""
    rows = "".join(f"t{n},2026-02-02T09:00,New,G{n}\nt{n},2026-02-02T{10 + n // 60}:{n % 60:02},Done,G{n}\n" for n in teams)
    found = log_of("id,at,state,group\n" + rows, map_, catalogue)
    assert [history(found, f"d{n}", "resolution", "*").readings.tolist() for n in teams] == [[3600 + 60 * n] for n in teams]
