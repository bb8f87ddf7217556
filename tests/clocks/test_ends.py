"""When a calendar is open for the last time, which decides whether a promise is kept to its end: worked dates, and what an end is."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings

from slachain.clocks.calendars import Calendars
from slachain.clocks.wall import midnight
from slachain.language.loader import load
from tests import catalogues
from tests.clocks.written import seconds

ALWAYS = {"timezone": "UTC", "hours": {"mon-sun": "00:00-24:00"}}
OFFICE = {"timezone": "UTC", "hours": {"mon-fri": "09:00-17:00"}}
UNTIL = OFFICE | {"until": "2026-04-30"}  # a Thursday
NIGHTS = {"timezone": "UTC", "hours": {"mon-fri": "22:00-06:00"}, "until": "2026-04-30"}
WEEKEND = {"timezone": "UTC", "hours": {"sat-sun": "09:00-17:00"}}
SOME_DAYS: dict[str, Any] = {
    "timezone": "UTC",
    "hours": {},
    "exceptions": {"2026-03-04": "09:00-12:00, 13:00-17:00", "2026-06-01": "closed"},
}
SUNDAYS = {"timezone": "UTC", "hours": {"sun": "09:00-17:00"}}  # Boxing Day is one in 2027, and no holiday before
NO_DAYS = {"timezone": "UTC", "hours": {}, "exceptions": {"2026-03-04": "closed"}}
SLIP: dict[str, Any] = {"exceptions": {"2126-12-24": "closed"}}  # of the pen: a century late
MISTYPED: dict[str, Any] = {"exceptions": {"2326-12-24": "closed"}}  # three centuries
LATEST: dict[str, Any] = {"exceptions": {"9989-12-30": "closed"}}  # two days before the last date that can be told
BEFORE = OFFICE | {"until": "2025-12-31"}
NEVER = "never open"
ENDS: list[tuple[str, dict[str, Any], str | None]] = [
    ("hours of the week go on", OFFICE, None),
    ("from a day on too", OFFICE | {"from": "2026-04-30"}, None),
    ("round the clock too", ALWAYS, None),
    ("until a day", UNTIL, "2026-04-30 17:00"),
    ("until a day without hours", OFFICE | {"until": "2026-05-03"}, "2026-05-01 17:00"),
    ("until a night's end", NIGHTS, "2026-05-01 06:00"),
    ("until a holiday", UNTIL | {"holidays": {"add": ["2026-04-30"]}}, "2026-04-29 17:00"),
    ("until a day before any that can be told", OFFICE | {"until": "0001-01-01"}, NEVER),
    ("until the first of them", OFFICE | {"until": "1900-01-01"}, "1900-01-01 17:00"),
    ("some days alone", SOME_DAYS, "2026-03-04 17:00"),
    ("no day at all", NO_DAYS, NEVER),
    ("until a day, with a slip", UNTIL | SLIP, "2026-04-30 17:00"),
    ("some days, with a slip", SOME_DAYS | {"exceptions": SOME_DAYS["exceptions"] | SLIP["exceptions"]}, "2026-03-04 17:00"),
    *((f"until a day, with {of}", UNTIL | late, "2026-04-30 17:00") for of, late in [("a mistyped one", MISTYPED), ("the latest", LATEST)]),
    ("some days, with a mistyped one", SOME_DAYS | {"exceptions": SOME_DAYS["exceptions"] | MISTYPED["exceptions"]}, "2026-03-04 17:00"),
    ("some days, with a mistyped holiday", SOME_DAYS | {"holidays": {"add": ["2326-12-24"]}}, "2026-03-04 17:00"),
    ("some days, from a day between them", SOME_DAYS | {"from": "2026-03-05"}, NEVER),
    ("both go on", {"all_of": [OFFICE, ALWAYS]}, None),
    ("one of both ends", {"all_of": [OFFICE, UNTIL]}, "2026-04-30 17:00"),
    ("one of both ends, the other has a slip", {"all_of": [OFFICE | SLIP, UNTIL]}, "2026-04-30 17:00"),
    ("one of both ends, the other has a mistyped day", {"all_of": [OFFICE | MISTYPED, UNTIL]}, "2026-04-30 17:00"),
    (
        "one of both ends, of which one is itself of both",
        {"all_of": [{"all_of": [OFFICE, UNTIL]}, OFFICE | MISTYPED]},
        "2026-04-30 17:00",
    ),
    (
        "one of both ends, of which one is either of two that end",
        {"all_of": [{"any_of": [UNTIL, BEFORE]}, OFFICE | MISTYPED]},
        "2026-04-30 17:00",
    ),
    ("both end, the later one after three centuries", {"all_of": [OFFICE | {"until": "2326-04-30"}, UNTIL]}, "2026-04-30 17:00"),
    ("one of both ends at once", {"all_of": [ALWAYS, NIGHTS]}, "2026-05-01 06:00"),
    ("both never meet", {"all_of": [OFFICE, WEEKEND]}, NEVER),
    ("both never meet, and dates go on to the last there is", {"all_of": [OFFICE | LATEST, WEEKEND]}, NEVER),
    ("one ends before the other begins", {"all_of": [OFFICE | {"from": "2026-01-01"}, BEFORE]}, NEVER),
    ("either goes on", {"any_of": [UNTIL, WEEKEND]}, None),
    ("either ends", {"any_of": [UNTIL, NIGHTS, BEFORE]}, "2026-05-01 06:00"),
    ("either ends or is never open", {"any_of": [NO_DAYS, BEFORE]}, "2025-12-31 17:00"),
    ("neither is ever open", {"any_of": [NO_DAYS, NO_DAYS]}, NEVER),
    ("out of hours", {"not": OFFICE}, None),
    ("out of round the clock", {"not": ALWAYS}, NEVER),
    ("out of round the clock that begins", {"not": ALWAYS | {"from": "2026-03-01"}}, "2026-03-01 00:00"),
    (
        "out of round the clock that begins, with a slip",
        {"not": ALWAYS | {"from": "2026-03-01", "exceptions": {"2126-12-24": "00:00-24:00"}}},
        "2026-03-01 00:00",
    ),
    ("out of round the clock that ends", {"not": ALWAYS | {"until": "2026-04-30"}}, None),
    ("out of round the clock but for an evening", {"not": ALWAYS | {"exceptions": {"2026-04-30": "00:00-20:00"}}}, "2026-05-01 00:00"),
    ("out of round the clock but for one holiday", {"not": ALWAYS | {"holidays": {"add": ["2026-04-30"]}}}, "2026-05-01 00:00"),
    ("out of round the clock but for every holiday", {"not": ALWAYS | {"holidays": {"country": "GB"}}}, None),
    ("on holidays that fall on a Sunday", {"all_of": [{"not": ALWAYS | {"holidays": {"country": "GB"}}}, SUNDAYS]}, None),
    (
        "the same after the last Sunday for years",  # until Boxing Day of 2032
        {"all_of": [{"not": ALWAYS | {"holidays": {"country": "GB"}}}, SUNDAYS | {"from": "2028-01-03"}]},
        None,
    ),
    ("out of all but some minutes", {"not": ALWAYS | {"hours": {"mon-sun": "00:00-23:59"}}}, None),
    ("out of all but Sundays", {"not": ALWAYS | {"hours": {"mon-sat": "00:00-24:00"}}}, None),
    ("out of what begins late", {"not": ALWAYS | {"hours": {"mon-sun": "00:15-24:00"}}}, None),
    ("out of a day in two", {"not": ALWAYS | {"hours": {"mon-sun": "00:00-24:00, 10:00-12:00"}}}, NEVER),
    ("out of what ends", {"not": UNTIL}, None),
    ("out of what is never open", {"not": NO_DAYS}, None),
    ("out of hours after a day", {"all_of": [OFFICE, {"not": UNTIL}]}, None),
    ("out of either", {"not": {"any_of": [OFFICE, UNTIL]}}, None),
    ("out of either, of which one is round the clock", {"not": {"any_of": [ALWAYS, UNTIL]}}, NEVER),
    ("out of both, of which one ends", {"not": {"all_of": [ALWAYS, UNTIL]}}, None),
    ("out of what is out of what ends", {"not": {"not": UNTIL}}, "2026-04-30 17:00"),
]


def flat(id: str, body: dict[str, Any]) -> dict[str, Any]:
    """A calendar made of others, and those by names of their own."""
    key = next((key for key in ("any_of", "all_of", "not") if key in body), None)
    if key is None:
        return {id: body}
    members = body[key] if key != "not" else [body[key]]
    found = {name: one for n, member in enumerate(members) for name, one in flat(f"{id}-{n}", member).items()}
    names = [f"{id}-{n}" for n in range(len(members))]
    return found | {id: {key: names if key != "not" else names[0]} | {k: v for k, v in body.items() if k != key}}


def calendar(body: dict[str, Any]) -> Calendars:
    """The calendar `x`."""
    found = load({"a.yaml": catalogues.to_yaml({"calendars": flat("x", body)}).encode()})
    assert not found.findings
    return Calendars(found.calendars)


@pytest.mark.parametrize(("body", "end"), [row[1:] for row in ENDS], ids=[row[0] for row in ENDS])
def test_the_last_second_of_a_calendar(body: dict[str, Any], end: str | None) -> None:
    made = calendar(body)
    assert made.never_open("x") == (end == NEVER)
    if end != NEVER:
        assert made.ends("x") == (None if end is None else seconds(end))
        assert calendar({"any_of": [body]}).ends("x") == calendar({"all_of": [body]}).ends("x") == made.ends("x")


@settings(max_examples=25)
@given(catalogues.calendar_sections())
def test_after_its_end_it_is_never_open_and_just_before_it_is(drawn: Any) -> None:
    """And what has no end is open in the years to come."""
    made = Calendars(load({"a.yaml": catalogues.to_yaml({"calendars": drawn}).encode()}).calendars)
    beginning, later, far = (midnight(date(year, 1, 1), "UTC") for year in (2015, 2029, 2031))
    for id in made.definitions:
        end = made.ends(id)
        if end is None:
            assert made.open(id, later, far).length
        elif made.never_open(id):
            assert not made.open(id, beginning, far).length
        else:
            assert made.open(id, end - 1, far).pairs() == [(end - 1, end)]


@pytest.mark.parametrize(
    ("body", "until"),
    [
        (OFFICE, None),
        (ALWAYS, None),
        (UNTIL, "2026-04-30"),
        (OFFICE | {"until": "2026-05-03"}, "2026-05-03"),  # as it is written, though it is a Sunday
        (NIGHTS, "2026-04-30"),
        (SOME_DAYS, "2026-03-04"),
        (NO_DAYS, None),
        ({"any_of": [UNTIL, BEFORE]}, "2026-04-30"),
        ({"any_of": [UNTIL, BEFORE], "timezone": "Pacific/Kiritimati"}, "2026-05-01"),  # where it is that day at 17:00 in London
        ({"any_of": [NIGHTS]}, "2026-05-01"),
        ({"not": ALWAYS | {"from": "2026-03-01"}}, "2026-02-28"),
    ],
)
def test_the_last_date_of_which_something_is_known(body: dict[str, Any], until: str | None) -> None:
    assert calendar(body).named_until("x") == (date.fromisoformat(until) if until else None)


@pytest.mark.parametrize(
    ("body", "zone"),
    [
        (OFFICE | {"timezone": "Asia/Kolkata"}, "Asia/Kolkata"),
        ({"any_of": [OFFICE | {"timezone": "Asia/Kolkata"}, OFFICE]}, "Asia/Kolkata"),
        ({"any_of": [OFFICE, OFFICE | {"timezone": "Asia/Kolkata"}]}, "UTC"),
        ({"not": {"all_of": [{"not": OFFICE | {"timezone": "Asia/Kolkata"}}]}}, "Asia/Kolkata"),
        ({"not": {"all_of": [OFFICE], "timezone": "Europe/Paris"}}, "Europe/Paris"),
        ({"not": {"all_of": [OFFICE], "timezone": "Europe/Paris"}, "timezone": "Europe/Berlin"}, "Europe/Berlin"),
    ],
)
def test_the_zone_is_its_own_or_else_that_of_its_first_member(body: dict[str, Any], zone: str) -> None:
    assert calendar(body).zone("x") == zone


def test_dates_go_from_1900_to_9990() -> None:
    """The first is a Monday, the last one too: before and after them nothing is open."""
    made = calendar(OFFICE)
    for around, expected in (("1900-01-01", "1900-01-01 09:00"), ("9990-01-01", "9990-01-01 09:00")):
        lo, hi = seconds(around) - 2 * 86400, seconds(around) + 20 * 3600
        assert (seconds(expected), seconds(expected) + 8 * 3600) in made.open("x", lo, hi).pairs()
    assert made.open("x", seconds("1899-01-01"), seconds("1900-01-02")).length == 8 * 3600
    assert made.open("x", seconds("9990-01-01"), seconds("9991-01-01")).length == 8 * 3600


def test_whole_periods_in_which_it_is_ever_open_or_else_the_one_that_is_begun() -> None:
    """Open on one February morning: the months of spring are none of its own, the year that is begun in June is."""
    made = calendar({"timezone": "UTC", "hours": {}, "exceptions": {"2026-02-27": "09:00-12:00"}})
    months, year = (["2026-02-01", "2026-03-01"], ["2026-01-01", "2027-01-01"])
    for kind, lo, hi, expected in [
        ("month", "2026-01-01", "2026-06-01", months),
        ("month", "2026-02-01", "2026-03-01", months),
        ("month", "2026-02-02", "2026-03-01", months),
        ("month", "2026-02-02", "2026-04-01", []),
        ("month", "2026-03-01", "2026-06-01", []),
        ("month", "2026-01-15", "2026-02-28", []),  # none is whole, and January, which is begun, has nothing
        ("year", "2026-06-15", "2026-09-15", year),
        ("year", "2026-12-31", "2027-01-01", year),
        ("year", "2026-01-01", "2026-01-02", year),
        ("year", "2025-12-31", "2027-01-01", year),
    ]:
        found = [seconds(text) for text in expected]
        assert [edge for period in made.periods("x", kind, seconds(lo), seconds(hi)) for edge in (period.start, period.end)] == found


@pytest.mark.parametrize(("only", "now"), [("2024-01-01", "2024-12-31"), ("2024-12-31", "2024-01-01")])
def test_a_leap_year_is_looked_at_from_its_first_minute_to_its_last(only: str, now: str) -> None:
    """Open in one of these alone, and asked about at the year's other end."""
    made = calendar({"timezone": "UTC", "hours": {}, "exceptions": {only: "00:00-00:01" if only < now else "23:59-24:00"}})
    lo = seconds(now) + (86399 if only < now else 0)
    assert [(year.start, year.end) for year in made.periods("x", "year", lo, lo + 1)] == [(seconds("2024-01-01"), seconds("2025-01-01"))]
