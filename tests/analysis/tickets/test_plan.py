"""Columns that are not where a map says they are, and what the cells of times may hold."""

from __future__ import annotations

import pytest

from slachain.analysis.tickets.csv_rows import STRETCH, NoTable
from slachain.analysis.tickets.log import Log
from tests.analysis.tickets.logs import history, log_of

HOUR = 3600
SHOP = "columns: {opened: opened}\nagreements: [{agreement: shop}]\nmetrics: {resolution: done}\n"
LONDON = SHOP + "zone: Europe/London\n"


def read(cells: list[str], map_: str = LONDON) -> Log:
    """A log of tickets opened and done: `opened,done`."""
    return log_of("opened,done\n" + "".join(f"{row}\n" for row in cells), map_)


def reasons(found: Log) -> list[tuple[int, str]]:
    return [(row.line, row.why) for row in found.refused]


def no_table(header: str, map_: str = SHOP) -> str:
    with pytest.raises(NoTable) as raised:
        log_of(header + "\n", map_)
    assert raised.value.placed == (map_ != "")
    return str(raised.value)


# --- columns ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("sign", "named"), [(";", ";"), ("\t", "tab"), ("|", "|"), (",", ",")])
def test_a_header_of_one_cell_shows_the_delimiter(sign: str, named: str) -> None:
    map_ = SHOP + ('delimiter: ";"\n' if sign == "," else "")
    says = f"map.yaml:1:19: there is no column 'opened': the header is one cell with '{named}' in it; is that the delimiter?"
    assert no_table(f"opened{sign}done", map_) == says


def test_the_columns_that_there_are_up_to_twelve() -> None:
    twelve = [f"x{n}" for n in range(12)]
    listed = "map.yaml:1:19: there is no column 'opened': there are " + ", ".join(twelve)
    assert no_table(",".join(twelve)) == listed
    assert no_table(",".join([*twelve, "x12"])) == listed + ", …"
    assert no_table(",".join([*twelve, "x12", "x13"])) == listed + ", …"
    assert no_table("x0") == "map.yaml:1:19: there is no column 'opened': there are x0"
    assert no_table("a;b,x") == "map.yaml:1:19: there is no column 'opened': there are a;b, x"


def test_the_nearest_name_is_told_as_the_header_writes_it() -> None:
    assert no_table("Agent,OPENED,openly,done") == "map.yaml:1:19: there is no column 'opened' (did you mean 'OPENED'?)"
    assert no_table("openly,zone,Opene,done") == "map.yaml:1:19: there is no column 'opened' (did you mean 'Opene'?)"


def test_a_column_that_is_there_twice() -> None:
    says = "map.yaml:1:19: the header names 'opened' 2 times: which one is meant?"
    assert no_table("opened,opened,done") == says
    assert no_table("ticket,agreement,priority,opened,opened,resolved", "") == says.removeprefix("map.yaml:1:19: ")


def test_a_column_that_every_agreement_replaces_need_not_be_there() -> None:
    """Where each agreement's clock starts and ends at moments of its own, nobody asks for the common ones."""
    map_ = """
columns: {opened: opened}
agreements:
  - {agreement: shop, opened: came, metrics: {resolution: ready}}
  - {agreement: desk, opened: handed, metrics: {resolution: ready}}
metrics: {resolution: done}
"""
    row = "2026-03-23T09:00Z,2026-03-23T10:00Z,2026-03-23T12:00Z\n"
    found = log_of("came,handed,ready\n" + row, map_)
    assert history(found, "shop", "resolution", "*").readings.tolist() == [3 * HOUR]
    assert no_table("came,ready,x", map_.replace("opened: handed, ", "")).startswith("map.yaml:2:19: there is no column 'opened'")
    assert no_table("came,handed,ready", map_.replace(", metrics: {resolution: ready}}", "}")).startswith("map.yaml:6:23: there is no")


# --- times ------------------------------------------------------------------------------------------------------------


def test_times_from_1970_to_2500_are_taken() -> None:
    """From the second day of the one, as everywhere; a ticket that is refused for it is refused for nothing else."""
    taken = "1970-01-02T00:00:00Z,1970-01-02T00:00:00Z", "2499-12-31T23:59:59Z,2499-12-31T23:59:59Z"
    found = read([*taken, "1970-01-01T23:59:59Z,", "2500-01-01T00:00:00Z,", "2500-01-01T00:00:01Z,", "1970-01-01T12:00,"], SHOP)
    assert found.tickets == 2
    assert reasons(found) == [(line, "opened: the time lies outside 1970 to 2500") for line in (4, 5, 6, 7)]


def test_an_empty_cell_and_what_stands_for_one() -> None:
    """Also a time, which many systems write where there is none; it is no end, and no log goes on until then."""
    map_ = SHOP + 'empty: ["?", "2199-12-31 00:00Z", 9999-12-31T00:00:00Z]\n'
    came = "2026-03-23T09:00Z"
    cells = ["", " ", "?", " ? ", "2199-12-31 00:00Z", "9999-12-31T00:00:00Z", " 2199-12-31 00:00Z", "2026-03-23T10:00Z"]
    found = read([f"{came},{cell}" for cell in cells], map_)
    assert found.refused == ()
    assert (history(found, "shop", "resolution", "*").tickets, history(found, "shop", "resolution", "*").open) == (1, 7)
    assert found.end == 1774260000  # 23 March 2026, 10:00
    assert reasons(read([f"{came}, !"], map_)) == [(2, "done: ' !' is no time in the form iso")]


def test_a_list_of_pauses_may_be_empty_in_the_same_words() -> None:
    map_ = "columns: {opened: opened, priority: p}\nagreements: [{agreement: desk}]\nmetrics: {resolution: done}\n"
    map_ += 'pauses: {customer: {list: stops}}\nempty: ["?"]\n'
    row = "2026-03-23T09:00Z,2026-03-23T12:00Z,P1,"
    found = log_of("opened,done,p,stops\n" + "".join(f"{row}{cell}\n" for cell in ("", " ? ", "2026-03-23T10:00Z/?")), map_)
    assert found.refused == ()
    assert history(found, "desk", "resolution").readings.tolist() == [HOUR, 3 * HOUR, 3 * HOUR]


def test_a_log_of_more_rows_than_are_read_at_a_time() -> None:
    """Each takes a minute longer than the one before, for as long as a day."""
    took = [n % 1440 for n in range(STRETCH + 500)]
    found = read([f"2026-03-23T00:00Z,2026-03-23T{minutes // 60:02}:{minutes % 60:02}Z" for minutes in took], SHOP)
    assert history(found, "shop", "resolution", "*").readings.tolist() == [60 * minutes for minutes in sorted(took)]


def test_a_local_time_needs_a_zone_and_one_with_an_offset_needs_none() -> None:
    cells = ["2026-06-01T10:00Z,2026-06-01T12:30+01:00", "2026-06-01T10:00,2026-06-01T11:00", "2026-06-01T10:00:00Z,"]
    readings = history(read(cells), "shop", "resolution", "*").readings
    assert readings.tolist() == [HOUR, HOUR + HOUR // 2]
    assert reasons(read(cells, SHOP)) == [(3, "opened: a local time, and no zone is named: add 'zone' (--zone), such as Europe/London")]


TWICE, NEVER, PLAIN = "2026-10-25T01:30", "2026-03-29T01:30", "2026-06-01T10:00"  # in London


@pytest.mark.parametrize(
    ("choice", "refused", "counted"),
    [
        ("", [], (3, 2)),
        ("repeated: first\nskipped: after\n", [], (3, 2)),
        ("repeated: last\n", [], (3, 2)),
        ("repeated: refuse\n", [3, 4, 7], (0, 2)),
        ("skipped: refuse\n", [5, 6], (3, 0)),
        ("repeated: refuse\nskipped: refuse\n", [3, 4, 5, 6, 7], (0, 0)),
    ],
)
def test_only_times_there_twice_or_never_are_refused_or_counted(choice: str, refused: list[int], counted: tuple[int, int]) -> None:
    """Three tickets were opened in the hour that autumn repeats and two in the one that spring skips; the others are as they are."""
    found = read([f"{time}," for time in (PLAIN, TWICE, TWICE, NEVER, NEVER, TWICE, PLAIN)], LONDON + choice)
    assert [row.line for row in found.refused] == refused
    assert (found.repeated, found.skipped) == counted
    assert found.tickets == 7 - len(refused)


def test_a_time_counts_once_however_often_the_map_speaks_of_its_column() -> None:
    """Both metrics end with the same column, which a pause ends with as well; the hour is there twice, and one is told."""
    map_ = "columns: {opened: opened}\nagreements:\n  - {agreement: shop, metrics: {resolution: done}}\n"
    map_ += "  - {agreement: desk, metrics: {resolution: done}}\npauses: {customer: {from: opened, to: done}}\nzone: Europe/London\n"
    found = read([f"{PLAIN},{TWICE}", f"{PLAIN},{NEVER}"], map_.replace("agreement: desk, ", "agreement: desk, opened: done, "))
    assert (found.repeated, found.skipped) == (1, 1)
    assert reasons(found) == [(3, "customer: it ends before it begins")]


def test_where_spring_skips_an_hour_the_clock_starts_after_it() -> None:
    """Opened at 1:30, which there is not: at 2:00. Of an hour that autumn repeats it is the first, or else the last."""
    rows = [f"{NEVER},2026-03-29T03:00", f"{TWICE},2026-10-25T02:30"]
    assert history(read(rows), "shop", "resolution", "*").readings.tolist() == [HOUR, 2 * HOUR]
    assert history(read(rows, LONDON + "repeated: last\n"), "shop", "resolution", "*").readings.tolist() == [HOUR, HOUR]
