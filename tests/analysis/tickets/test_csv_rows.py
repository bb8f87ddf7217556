"""Rows of a delimited text: on which line each begins, whatever stands between, and which of them are refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slachain.analysis.tickets import csv_rows
from slachain.analysis.tickets.csv_rows import NoTable, Refusals, Row, Table, cut

PIECES: dict[bytes, tuple[list[str], str]] = {  # what stands in a file, and its cells or why they are refused
    b"1,2\n": (["1", "2"], ""),
    b'"on\ntwo lines",2\n': (["on\ntwo lines", "2"], ""),
    b"\n": ([], ""),
    b"\r\n": ([], ""),
    b"alone\n": ([], "it has 1 cell, and the header 2"),
    b"1,2,3\n": ([], "it has 3 cells, and the header 2"),
    b"1\0,2\n": ([], "there is a NUL character in it"),
    b'"on\ntw\0o\0 lines",\0\n': ([], "there is a NUL character in it"),
    b"\xfc,2\n": ([], "the byte 0xfc is no utf-8: name the export's encoding, such as windows-1252"),
    b'"a\xfc\nb\0",2\n': ([], "the byte 0xfc is no utf-8: name the export's encoding, such as windows-1252"),
    b'"a"b,2\n': ([], "something follows a closing quote inside a cell"),
    b'"on\ntwo"b,2\n': ([], "something follows a closing quote inside a cell"),
}


def read(text: bytes, encoding: str = "utf-8") -> tuple[list[list[Row]], list[tuple[int, str]]]:
    """The rows of a text by stretches, and those that are refused."""
    refusals = Refusals()
    table = Table.of(text.splitlines(keepends=True), ",", encoding, refusals)
    return list(table.stretches()), [(row.line, row.why) for row in refusals.rows]


@given(st.lists(st.sampled_from(sorted(PIECES)), max_size=12))
def test_each_row_is_told_with_the_line_on_which_it_begins(pieces: list[bytes]) -> None:
    """The header stands on line 1; what is refused has the same lines, and says no more of the rows after it."""
    rows, refused, line = [], [], 2
    for piece in pieces:
        cells, why = PIECES[piece]
        rows += [(line, cells)] if cells else []
        refused += [(line, why)] if why else []
        line += piece.count(b"\n")
    stretches, found = read(b"one,two\n" + b"".join(pieces))
    assert ([row for stretch in stretches for row in stretch], found) == (rows, refused)


def test_rows_come_in_stretches_so_that_a_long_log_is_never_in_memory_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_rows, "STRETCH", 300)
    stretches, _ = read(b"n\n" + b"".join(b"%d\n" % n for n in range(700)))
    assert [len(stretch) for stretch in stretches] == [300, 300, 100]
    assert [cells for stretch in stretches for _, cells in stretch] == [[str(n)] for n in range(700)]


def test_a_table_of_many_columns() -> None:
    """As exports of every field of a ticket have them."""
    header, row = (b",".join(b"%s%d" % (of, n) for n in range(400)) + b"\n" for of in (b"column", b"cell"))
    ((((line, cells),),), refused) = read(header + row)
    assert (line, cells[399], refused) == (2, "cell399", [])


def test_a_header_may_follow_empty_lines_and_is_told_without_the_spaces_around_it() -> None:
    refusals = Refusals()
    table = Table.of([b"\xef\xbb\xbf\n", b"\r\n", b" one , two\n", b"1,2\n"], ",", "utf-8", refusals)
    assert table.header == ("one", "two")
    assert list(table.stretches()) == [[(4, ["1", "2"])]]


def test_a_file_that_is_no_table_is_not_told_with_a_place_in_the_map() -> None:
    """The place is for what a map names and the header lacks."""
    for text in (b"\n", b"PK\x03\x04", b"\xfc\n", b'"a"b\n'):
        with pytest.raises(NoTable) as caught:
            read(text)
        assert not caught.value.placed


def test_of_several_things_that_are_wrong_with_a_header_the_first_is_told() -> None:
    with pytest.raises(NoTable, match="the byte 0xfc is no utf-8"):
        read(b"\xfc,\0\n")


def test_a_reason_repeats_forty_characters_of_a_cell() -> None:
    assert cut("x" * 40) == "x" * 40
    assert cut("x" * 41) == "x" * 40 + "…"
