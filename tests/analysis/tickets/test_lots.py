"""Whose tickets are whose, what cannot be, and when a log ends."""

from __future__ import annotations

from datetime import date

import pytest

from slachain.analysis.tickets.log import Log
from slachain.clocks.wall import midnight
from tests.analysis.tickets.logs import history, log_of

HOUR = 3600
HEAD = "id,whose,prio,opened,done,asked,answered\n"
HELD = """
columns: {ticket: id, agreement: whose, priority: prio, opened: opened}
metrics: {resolution: done}
pauses: {customer: {from: asked, to: answered}}
empty: ["?"]
priorities: {1 - Critical: P1}
agreements: {The desk: desk}
zone: UTC
"""
CAME = "desk,P1,2026-03-23T09:00"
TUESDAY = midnight(date(2026, 3, 24), "UTC")


def reasons(found: Log) -> list[tuple[int, str]]:
    return [(row.line, row.why) for row in found.refused]


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ("2026-03-24T00:00:00,,", None),
        ("2026-03-24T00:00:01,,", "done: 2026-03-24T00:00:01Z lies after the day of the check"),
        (",2026-03-24T00:00,", None),
        (",2026-03-24T00:00:01,", "customer: a time after the day of the check"),
        (",2026-03-23T12:00,2026-03-24T00:00", None),
        (",2026-03-23T12:00,2026-03-23T13:00", None),
        (",2026-03-23T12:00,2026-03-24T00:00:01", "customer: a time after the day of the check"),
        ("2026-03-25T10:00,2026-03-25T11:00,", "done: 2026-03-25T10:00:00Z lies after the day of the check"),  # told once
    ],
)
def test_nothing_can_have_happened_after_the_day_of_the_check(cells: str, why: str | None) -> None:
    """Not even a second; the other ticket is measured all the same."""
    found = log_of(HEAD + f"a,{CAME},2026-03-23T10:00,,\nb,{CAME},{cells}\n", HELD, until=TUESDAY)
    assert reasons(found) == ([(3, why)] if why else [])
    assert (found.tickets, found.end) == (2 - bool(why), TUESDAY)


def test_a_ticket_that_is_opened_after_the_day_of_the_check() -> None:
    row = "a,desk,P1,2026-03-24T00:00{},,,\n"
    assert reasons(log_of(HEAD + row.format(""), HELD, until=TUESDAY)) == []
    says = "opened: 2026-03-24T00:00:01Z lies after the day of the check"
    assert reasons(log_of(HEAD + row.format(":01"), HELD, until=TUESDAY)) == [(2, says)]


@pytest.mark.parametrize(
    ("rows", "end"),
    [
        (f"a,{CAME},2026-03-23T11:00,,\nb,{CAME},2026-03-23T10:00,,\n", 11),
        (f"a,{CAME},,,\n", 9),
        (f"a,{CAME},2026-03-23T10:00,2026-03-23T12:00,\n", 12),
        (f"a,{CAME},2026-03-23T10:00,2026-03-23T12:00,2026-03-23T13:00\n", 13),
        (f"a,{CAME},2026-03-23T10:00,,\nb,nobody,P1,2026-03-23T20:00,,,\n", 10),  # refused
        (f"a,{CAME},2026-03-23T10:00,,\nb,nobody,P1,2026-03-23T20:00,,2026-03-23T21:00,\n", 10),
    ],
)
def test_a_log_ends_with_what_happened_last_to_a_ticket_that_is_measured(rows: str, end: int) -> None:
    assert log_of(HEAD + rows, HELD).end == TUESDAY - 24 * HOUR + end * HOUR


def test_what_an_agreement_and_a_priority_are_called_elsewhere() -> None:
    """Names stand for ids, ids for themselves; blanks around them say nothing."""
    rows = [" The desk , 1 - Critical ", "desk,P1", "The Desk,P1", "?,P1", " ,P1", "desk,?", "desk,"]
    found = log_of(HEAD + "".join(f"{n},{row},2026-03-23T09:00,2026-03-23T10:00,,\n" for n, row in enumerate(rows)), HELD)
    assert history(found, "desk", "resolution").readings.tolist() == [HOUR, HOUR]
    assert reasons(found) == [
        (4, "whose: there is no agreement 'The Desk'"),
        (5, "whose: a ticket without an agreement"),
        (6, "whose: a ticket without an agreement"),
        (7, "prio: a ticket without a priority"),
        (8, "prio: a ticket without a priority"),
    ]


def test_a_cell_with_nothing_in_it_names_no_agreement_even_where_the_map_says_so() -> None:
    found = log_of(HEAD + "a,,P1,2026-03-23T09:00,2026-03-23T10:00,,\n", HELD.replace('["?"]', '["", "?"]'))
    assert reasons(found) == [(2, "whose: a ticket without an agreement")]


SCOPES = """
columns: {ticket: id, opened: opened}
agreements:
  - {agreement: shop, where: {firm: [Shop, "Shop *"], kind: incident}}
  - {agreement: desk, where: {firm: "*"}, opened: handed}
metrics: {resolution: done}
zone: UTC
"""


def of_teams(rows: list[str], catalogue_priority: str = "P1") -> Log:
    """Tickets `firm,kind,opened,handed,done` on 23 March, hours of the day, all of one priority."""

    def cells(row: str) -> str:
        firm, kind, *hours = row.split(",")
        return ",".join([firm, kind, *(f"2026-03-23T{hour}" if hour else "" for hour in hours), catalogue_priority])

    map_ = SCOPES.replace("opened: opened}", "opened: opened, priority: prio}")
    return log_of("id,firm,kind,opened,handed,done,prio\n" + "".join(f"{n},{cells(row)}\n" for n, row in enumerate(rows)), map_)


def test_a_ticket_belongs_to_each_agreement_whose_conditions_all_hold() -> None:
    found = of_teams(["Shop,incident,09:00,10:00,12:00", "Shop Ltd,request,09:00,11:00,12:00", "Shopping,incident,09:00,,12:00"])
    assert history(found, "shop", "resolution", "*").readings.tolist() == [3 * HOUR]
    assert history(found, "desk", "resolution").readings.tolist() == [HOUR, 2 * HOUR]
    assert found.left_out == {"they were never handed over to desk": 1}
    assert found.refused == ()


def test_of_tickets_that_were_all_handed_over_none_is_left_out() -> None:
    found = of_teams(["Mill,request,09:00,10:00,12:00"] * 300)
    assert (history(found, "desk", "resolution").tickets, found.left_out) == (300, {})


def test_tickets_that_nobody_lays_claim_to_are_counted() -> None:
    map_ = SCOPES.replace('{firm: "*"}', "{firm: Bank}").replace(", opened: handed", "")
    rows = [f"{n},{firm},incident,2026-03-23T09:00,2026-03-23T10:00\n" for n, firm in enumerate(("Shop", "Mill", "Mill", "Inn"))]
    found = log_of("id,firm,kind,opened,done\n" + "".join(rows), map_)
    assert found.left_out == {"no agreement lays claim to them": 3}
    assert (found.tickets, found.refused) == (4, ())


def test_a_refused_ticket_of_nobody_is_counted_as_refused_alone() -> None:
    found = log_of(
        "id,firm,kind,opened,done\na,Mill,incident,2026-03-25T09:00,\nb,Mill,incident,2026-03-23T09:00,\n",
        SCOPES.replace('{firm: "*"}', "{firm: Bank}").replace(", opened: handed", ""),
        until=TUESDAY,
    )
    assert (found.left_out, [line for line, _ in reasons(found)]) == ({"no agreement lays claim to them": 1}, [2])


@pytest.mark.parametrize(("handed", "measured"), [("", [3 * HOUR, 4 * HOUR]), (", opened: handed", [3 * HOUR, 2 * HOUR, 4 * HOUR, HOUR])])
def test_a_ticket_that_two_entries_of_an_agreement_fit_counts_once_and_once_for_each_hand_over(handed: str, measured: list[int]) -> None:
    """As the first of them says: what ends its clock there."""
    map_ = f"""
columns: {{ticket: id, opened: opened}}
agreements:
  - {{agreement: shop, where: {{firm: "Shop*"}}}}
  - {{agreement: shop, where: {{firm: "*Ltd"}}, metrics: {{resolution: told}}}}
  - {{agreement: shop, where: {{firm: "*"}}{handed}}}
metrics: {{resolution: done}}
zone: UTC
"""
    rows = [("a,Shop Ltd", 9, 10, 12, 20), ("b,Mill Ltd", 9, 12, 13, 13)]
    lines = (",".join([who, *(f"2026-03-23T{hour:02d}:00" for hour in hours)]) for who, *hours in rows)
    found = log_of("id,firm,opened,handed,done,told\n" + "\n".join(lines), map_)
    assert sorted(history(found, "shop", "resolution", "*").readings.tolist()) == sorted(measured)


def test_a_ticket_that_is_handed_over_late_is_no_mistake() -> None:
    """Done in the second in which it is handed over, it took no time; done before, it never came to the desk; open, it is open there."""
    rows = ["Mill,request,09:00,10:00,10:00", "Mill,request,09:00,10:00:01,10:00", "Mill,request,09:00,12:30,09:30"]
    found = of_teams([*rows, "Mill,request,09:00,12:00,", "Mill,request,09:00,12:00,13:00"])
    desk = history(found, "desk", "resolution")
    assert desk.readings.tolist() == [0, HOUR]
    assert (desk.open, desk.overdue) == (1, 0)
    assert found.left_out == {"they were done before they were handed over to desk": 2}
    assert found.refused == ()


def test_a_ticket_that_ends_before_it_is_opened_is_refused() -> None:
    """One that ends in the same second is not, and one that was never opened is told as that."""
    map_ = "columns: {ticket: id, opened: opened}\nagreements: [{agreement: shop}]\nmetrics: {resolution: done, response: answered}\n"
    row = "{},2026-03-23T{}Z,2026-03-23T{}Z,{}\n"
    rows = row.format("a", "09:00", "09:00", "") + row.format("b", "09:00", "08:59:59", "") + "c,,2026-03-23T09:00Z,\n"
    rows += row.format("d", "09:00", "10:00", "2026-03-22T09:00Z") + row.format("e", "09:00", "08:00", "2026-03-22T09:00Z")
    found = log_of("id,opened,done,answered\n" + rows, map_)
    assert reasons(found) == [
        (3, "resolution on 2026-03-23T08:59:59Z, before it was opened on 2026-03-23T09:00:00Z"),
        (4, "opened: a ticket that was never opened"),
        (5, "response on 2026-03-22T09:00:00Z, before it was opened on 2026-03-23T09:00:00Z"),
        (6, "resolution on 2026-03-23T08:00:00Z, before it was opened on 2026-03-23T09:00:00Z"),
    ]
    assert history(found, "shop", "resolution", "*").readings.tolist() == [0]


def test_only_what_is_promised_is_asked() -> None:
    """The desk promises no update, so it does not matter when there was one."""
    map_ = "columns: {ticket: id, opened: opened}\nagreements: [{agreement: shop}]\nmetrics: {resolution: done, update: told}\n"
    found = log_of("id,opened,done,told\na,2026-03-23T09:00Z,2026-03-23T10:00Z,2026-03-22T10:00Z\n", map_)
    assert found.refused == ()
    assert [h.promise.metric.id for h in found.histories] == ["resolution"]
    assert found.without_target == {}
