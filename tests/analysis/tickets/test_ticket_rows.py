"""Rows that each tell a whole ticket: their stretches in which clocks stood still, and ids that were there before."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slachain.analysis.tickets import csv_rows
from slachain.analysis.tickets.ticket_rows import Seen
from tests.analysis.tickets.logs import history, log_of

MAP = """
columns: {ticket: id, opened: opened}
agreements: [{agreement: shop}]
metrics: {resolution: done}
pauses: {customer: {from: asked, to: answered}, vendor: {list: stops}}
empty: ["-"]
zone: UTC
"""
SHOP = """
agreements:
  shop: {kind: sla, provider: company, customer: shop, calendar: 24x7, pauses: [customer, vendor], targets: {resolution: 8h}}
"""
HEAD = "id,opened,done,asked,answered,stops\n"
A_DAY = "2026-03-23T00:00,2026-03-24T00:00"


def read(*stops: str) -> tuple[list[int], list[tuple[int, str]]]:
    """Tickets of a whole day, each with its stretches: what the clocks read in minutes, and which lines are refused and why."""
    rows = "".join(f"t{n},{A_DAY},{stop}\n" for n, stop in enumerate(stops))
    found = log_of(HEAD + rows, MAP, SHOP)
    readings = [reading // 60 for history in found.histories for reading in history.readings.tolist()]
    return readings, [(row.line, row.why) for row in found.refused]


@pytest.mark.parametrize(
    ("stops", "why"),
    [
        (",2026-03-23T10:00,", "customer: an end in answered without a beginning in asked"),
        ("2026-03-23T10:00,2026-03-23T09:59:59,", "customer: it ends before it begins"),
        (
            ",,2026-03-23T09:00/2026-03-23T10:00;2026-03-23T12:00/2026-03-23T13:00;2026-03-23T11:00/2026-03-23T10:00",
            "vendor: it ends before it begins",
        ),
        (",,2026-03-23T09:00/2026-03-23T10:00; /2026-03-23T10:00", "stops: a stretch without a beginning"),
        (",,2026-03-23T09:00/2026-03-23T10:00;2026-03-23T11:00", "stops: '2026-03-23T11:00' is no stretch such as start/end"),
        (",,2026-03-23T09:00/noon", "stops: 'noon' is no time in the form iso"),
        (
            ",,2026-03-23T09:00/2026-03-23T10:00;2026-03-23T11:00/2026-03-23T12:00;noon/2026-03-23T13:00",
            "stops: 'noon' is no time in the form iso",
        ),
    ],
)
def test_a_stretch_that_cannot_be_takes_its_ticket_with_it_and_no_other(stops: str, why: str) -> None:
    """Beside it a ticket without a stretch, and some of which an hour is taken out, half of it for each reason."""
    whole, less = ",,", "2026-03-23T10:00,2026-03-23T10:30,2026-03-23T11:00/2026-03-23T11:30"
    assert read(whole, less, less, stops, less) == ([1380, 1380, 1380, 1440], [(5, why)])


def test_stretches_may_be_of_no_length_or_last() -> None:
    at = "2026-03-23T18:00"
    assert read(f"{at},{at},{at}/{at}", f"{at},,", f",,{at}/;;", "-,-,-", ",, - ") == ([1080, 1080, 1440, 1440, 1440], [])


@pytest.mark.parametrize("priority", ["", ", priority: prio"])
@pytest.mark.parametrize("firm", ["", ", where: {firm: Shop}"])
def test_whose_a_ticket_is_may_stand_in_no_column_in_one_or_in_several(priority: str, firm: str) -> None:
    """Nothing need tell it where all tickets are one agreement's and of no priority."""
    map_ = f"columns: {{opened: opened{priority}}}\nagreements: [{{agreement: shop{firm}}}]\nmetrics: {{resolution: done}}\nzone: UTC\n"
    rows = f"firm,opened,done,prio\nShop,{A_DAY},P1\nBank,{A_DAY},P2\nShop,{A_DAY},\n"
    found = log_of(rows, map_, SHOP)
    assert history(found, "shop", "resolution", "*").tickets == 3 - bool(priority) - bool(firm)
    assert found.left_out == ({"no agreement lays claim to them": 1} if firm else {})
    assert [row.why for row in found.refused] == (["prio: a ticket without a priority"] if priority else [])


@given(st.lists(st.tuples(st.sampled_from(["t", "u", "v", "w"]), st.sampled_from(["", ",", "x"])), max_size=9), st.integers(1, 3))
def test_what_is_refused_is_the_same_however_many_rows_are_taken_at_a_time(drawn: list[tuple[str, str]], stretch: int) -> None:
    """Ids that come again, and rows with a cell too many or a time that is none."""
    rows = HEAD + "".join(f"{id},{A_DAY}{bad},,,\n" for id, bad in drawn)
    at_once = log_of(rows, MAP, SHOP)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv_rows, "STRETCH", stretch)
        by_and_by = log_of(rows, MAP, SHOP)
    assert by_and_by.refused == at_once.refused
    assert [h.readings.tolist() for h in by_and_by.histories] == [h.readings.tolist() for h in at_once.histories]


def test_texts_that_were_there_are_kept_in_few_runs() -> None:
    """So that a text is sought in few places: new ones take in the run before them if that has at most twice as many."""

    def runs(*batches: int) -> list[int]:
        seen, number = Seen(), 0
        for batch in batches:
            seen.again([str(n) for n in range(number, number + batch)])
            number += batch
        return [len(run) for run in seen.runs]

    assert runs(5, 2) == [5, 2]
    assert runs(4, 2) == [6]
    assert runs(3, 2) == [5]
    assert runs(9, 4, 1) == [9, 4, 1]
    assert runs(9, 4, 2) == [15]
    assert runs(50, 9, 4, 2) == [50, 15]
    assert runs(50, 0, 9, 0) == [50, 9]
    many = runs(*[1] * 200)
    assert sum(many) == 200
    assert all(longer > 2 * shorter for longer, shorter in pairwise(many))
