"""Logs as they should not be: every row that cannot be used is refused with its line and a reason, and the others are measured."""

from __future__ import annotations

from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slachain.analysis.tickets.csv_rows import NoTable
from slachain.analysis.tickets.log import read_log
from slachain.analysis.tickets.ticket_rows import Seen
from tests.analysis.tickets.logs import OFFICE, log_of
from tests.catalogue import study

HEAD = "ticket,agreement,priority,opened,resolved\n"
GOOD = "good,desk,P1,2026-03-23T09:00Z,2026-03-23T10:00Z\n"


def refused(rows: bytes) -> list[tuple[int, str]]:
    """What is refused of rows with a good one before and after them, both of which are measured."""
    read = study(OFFICE)
    text = HEAD.encode() + GOOD.encode() + rows + b"last,desk,P1,2026-03-23T09:00Z,2026-03-23T10:00Z\n"
    found = read_log(read.catalogue, read.calendars, BytesIO(text), None)
    assert sum(h.tickets for h in found.histories) >= 2
    return [(row.line, row.why) for row in found.refused]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (b"a,desk,P1,yesterday,2026-03-23T10:00Z\n", "opened: 'yesterday' is no time in the form iso"),
        (
            b"a,desk,P1,2026-03-23T09:00,2026-03-23T10:00Z\n",
            "opened: a local time, and no zone is named: add 'zone' (--zone), such as Europe/London",
        ),
        (b"a,desk,P1,,2026-03-23T10:00Z\n", "opened: a ticket that was never opened"),
        (
            b"a,desk,P1,2026-03-23T09:00Z,2026-03-23T08:00Z\n",
            "resolution on 2026-03-23T08:00:00Z, before it was opened on 2026-03-23T09:00:00Z",
        ),
        (b"a,desk,P1,0001-01-01T00:00Z,9999-12-31T23:59Z\n", "opened: the time lies outside 1970 to 2500"),
        (b"a,desc,P1,2026-03-23T09:00Z,2026-03-23T10:00Z\n", "agreement: there is no agreement 'desc' (did you mean 'desk'?)"),
        (b"a,,P1,2026-03-23T09:00Z,2026-03-23T10:00Z\n", "agreement: a ticket without an agreement"),
        (b"a,desk,,2026-03-23T09:00Z,2026-03-23T10:00Z\n", "priority: a ticket without a priority"),
        (b"good,desk,P1,2026-03-23T09:00Z,2026-03-23T10:00Z\n", "the ticket 'good' is there already, further up"),
        (b",desk,P1,2026-03-23T09:00Z,2026-03-23T10:00Z\n", "ticket: a ticket without an id"),
        (b"a,desk,P1\n", "it has 3 cells, and the header 5"),
        (b"a,desk,P1,2026-03-23T09:00Z,2026-03-23T10:00Z,more\n", "it has 6 cells, and the header 5"),
        (b"a\0,desk,P1,2026-03-23T09:00Z,2026-03-23T10:00Z\n", "there is a NUL character in it"),
        (
            b"\xfc,desk,P1,2026-03-23T09:00Z,2026-03-23T10:00Z\n",
            "the byte 0xfc is no utf-8: name the export's encoding, such as windows-1252",
        ),
        (b'"a"b,desk,P1,2026-03-23T09:00Z,2026-03-23T10:00Z\n', "something follows a closing quote inside a cell"),
        (
            b"x" * 200_000 + b",desk,P1,2026-03-23T09:00Z,2026-03-23T10:00Z\n",
            "a cell is longer than 131072 characters: was a quote left open?",
        ),
    ],
)
def test_a_bad_row(row: bytes, why: str) -> None:
    assert refused(row) == [(3, why)]


def test_empty_lines_are_no_rows_and_cells_may_hold_line_ends() -> None:
    assert refused(b'\n\r\n"a\nb",desk,P1,2026-03-23T09:00Z,2026-03-23T10:00Z\r\nx,desk,P1,,\n') == [
        (7, "opened: a ticket that was never opened")
    ]


def test_what_a_reason_repeats_is_short_and_printable() -> None:
    ((_, why),) = refused("a,desk,P1,\u202e\x1b[31m{},\n".format("y" * 500).encode())
    assert why.startswith("opened: '\ufffd\ufffd[31myyy")
    assert len(why) < 100
    assert why.isprintable()


def test_a_quote_that_is_never_closed() -> None:
    found = log_of(HEAD + GOOD + '"a,desk,P1,2026-03-23T09:00Z,2026-03-23T10:00Z\nb,desk,P1,,\n')
    assert [(row.line, row.why) for row in found.refused] == [(3, "a quote is left open until the end of the file")]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "it is empty"),
        ("\n\n", "it is empty"),
        ("a,b\n1,2\n", "it has no column 'ticket'"),
        ("ticket,agreement,priority,opened\n", "it has no column 'responded' or 'resolved'"),
        ("ticket,agreement,priority,opened,opened,resolved\n", "the header names 'opened' 2 times: which one is meant?"),
        ("ticket;agreement;priority;opened;resolved\n", "it has no column 'ticket'"),
        ("PK\x03\x04", "this is a spreadsheet or an archive"),
        ("a,b\0\n", "a NUL character"),
        ("a\rb\rc", "lines end with CR alone"),
    ],
)
def test_what_is_no_table_of_tickets(text: str, says: str) -> None:
    with pytest.raises(NoTable, match=says.replace("?", "\\?")):
        log_of(text)


def test_a_column_that_is_not_there() -> None:
    map_ = "columns: {opened: Opened at}\nagreements: [{agreement: desk}]\nmetrics: {resolution: done}\n"
    with pytest.raises(NoTable, match=r"map.yaml:1:19: there is no column 'Opened at' \(did you mean 'opened at'\?\)"):
        log_of("opened at,done\n", map_)
    with pytest.raises(NoTable, match="the header is one cell with ';' in it; is that the delimiter"):
        log_of("Opened at;done\n", map_)


def test_times_that_are_there_twice_or_not_at_all_are_counted_or_refused() -> None:
    map_ = "columns: {opened: a}\nagreements: [{agreement: shop}]\nmetrics: {resolution: b}\nzone: Europe/London\n"
    rows = "a,b\n2026-10-25T01:30,2026-10-25T01:30\n2026-03-29T01:30,2026-03-29T02:00\n"
    found = log_of(rows, map_)
    assert (found.repeated, found.skipped, found.refused) == (2, 1, ())
    assert log_of(rows, map_ + "repeated: last\n").histories[0].readings.tolist() == [0, 0]
    both = log_of(rows, map_ + "repeated: refuse\nskipped: refuse\n")
    assert [row.why for row in both.refused] == [
        "a: this local time is there twice, as the clocks go back",
        "a: this local time does not exist, as the clocks go forward",
    ]


CELLS = [
    "",
    "desk",
    "shop",
    "P1",
    "P9",
    "*",
    "2026-03-23T09:00Z",
    "2026-03-24T09:00+05:30",
    " 2026-03-24T10:00Z ",
    "?",
    "x",
    "é",
    "2026-10-25T01:30",
]


@settings(max_examples=40)
@given(st.lists(st.lists(st.sampled_from(CELLS) | st.text(alphabet="ab1-:TZ ;/", max_size=8), min_size=1, max_size=6), max_size=25))
def test_every_row_is_measured_or_refused(rows: list[list[str]]) -> None:
    """None is dropped: what is no ticket is refused, once; and every ticket is measured, open, or promised nothing."""
    numbered = [[f"T{n}", *row[1:]] for n, row in enumerate(rows)]
    found = log_of(HEAD + "".join(",".join(row) + "\n" for row in numbered))
    assert found.tickets + len(found.refused) == len(rows)
    assert len({row.line for row in found.refused}) == len(found.refused)
    assert sum(h.tickets + h.open for h in found.histories) + sum(found.without_target.values()) == found.tickets


@settings(max_examples=40)
@given(st.lists(st.lists(st.text(alphabet="abc", max_size=3), max_size=12), max_size=12))
def test_what_was_there_before_is_known_again(batches: list[list[str]]) -> None:
    seen, before = Seen(), set[str]()
    for names in batches:
        again = set(seen.again(names))
        for at, name in enumerate(names):
            assert (at in again) == (name in before)
            before.add(name)


@settings(max_examples=40)
@given(st.binary(max_size=300))
def test_any_bytes_are_a_table_or_none(content: bytes) -> None:
    read = study(OFFICE)
    with suppress(NoTable):
        read_log(read.catalogue, read.calendars, BytesIO(HEAD.encode() + content), None)
    with suppress(NoTable):
        read_log(read.catalogue, read.calendars, BytesIO(content), None)
