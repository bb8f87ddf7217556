"""What definitions tell of two calendars: never more than their instants do, and as much as people see at a glance."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings

from slachain.clocks.calendars import Calendars
from slachain.clocks.covering import covers
from slachain.clocks.wall import midnight
from slachain.language.loader import load
from tests import catalogues

FROM, TO = (midnight(date(2026, month, 1), "UTC") for month in (3, 6))


def calendars(bodies: dict[str, Any]) -> Calendars:
    return Calendars(load({"a.yaml": catalogues.to_yaml({"calendars": bodies}).encode()}).calendars)


@settings(max_examples=30)
@given(catalogues.calendar_sections())
def test_what_covers_is_open_whenever_the_other_is(drawn: Any) -> None:
    made = calendars(drawn)
    for wide in made.definitions:
        for narrow in made.definitions:
            if covers(made.definitions, wide, narrow):
                assert not (made.open(narrow, FROM, TO) - made.open(wide, FROM, TO)).length, (wide, narrow)


def hours(times: str, **others: Any) -> dict[str, Any]:
    return {"timezone": "Europe/London", "hours": {"mon-fri": times}} | others


OFFICE, LONG, NIGHT = hours("09:00-17:00"), hours("08:00-18:00"), hours("22:00-06:00")
CLOSED = {"2026-04-01": "closed"}
ALIKE: list[tuple[str, dict[str, Any], dict[str, Any], bool]] = [
    ("the same hours", OFFICE, OFFICE, True),
    ("longer on both sides", LONG, OFFICE, True),
    ("shorter on both sides", OFFICE, LONG, False),
    ("begins as early", hours("09:00-18:00"), OFFICE, True),
    ("begins later", hours("10:00-18:00"), OFFICE, False),
    ("ends as late", hours("08:00-17:00"), OFFICE, True),
    ("ends earlier", hours("08:00-16:00"), OFFICE, False),
    ("two windows in one", LONG, hours("08:00-12:00, 13:00-18:00"), True),
    ("one window in two", hours("08:00-12:00, 13:00-18:00"), OFFICE, False),
    ("another zone", LONG | {"timezone": "UTC"}, OFFICE, False),
    ("an exception that only the wider has", hours("08:00-18:00", exceptions=CLOSED), OFFICE, False),
    ("an exception that only the narrower has", LONG, hours("09:00-17:00", exceptions={"2026-04-04": "09:00-12:00"}), False),
    ("the same exception", hours("08:00-18:00", exceptions=CLOSED), hours("09:00-17:00", exceptions=CLOSED), True),
    ("holidays of the narrower alone", LONG, hours("09:00-17:00", holidays={"country": "GB"}), True),
    ("holidays of the wider alone", hours("08:00-18:00", holidays={"country": "GB"}), OFFICE, False),
    ("the narrower begins one day", LONG, hours("09:00-17:00", **{"from": "2026-04-01"}), True),
    ("the wider begins one day", hours("08:00-18:00", **{"from": "2026-04-01"}), OFFICE, False),
    ("the narrower ends one day", LONG, hours("09:00-17:00", until="2026-04-01"), True),
    ("the wider ends one day", hours("08:00-18:00", until="2026-04-01"), OFFICE, False),
]


@pytest.mark.parametrize(("wide", "narrow", "told"), [row[1:] for row in ALIKE], ids=[row[0] for row in ALIKE])
def test_of_hours_of_the_week(wide: dict[str, Any], narrow: dict[str, Any], told: bool) -> None:
    assert covers(calendars({"w": wide, "n": narrow}).definitions, "w", "n") == told


@pytest.mark.parametrize(
    ("wide", "narrow", "told"),
    [
        ({"any_of": ["night", "long"]}, "office", True),
        ({"all_of": ["night", "long"]}, "office", False),
        ({"all_of": ["office", "long"]}, "office", True),
        ({"not": "office"}, "night", False),
        ("long", {"any_of": ["office", "night"]}, False),
        ("long", {"any_of": ["office", "long"]}, True),
        ("long", {"all_of": ["office", "night"]}, True),
        ("night", {"all_of": ["office", "long"]}, False),
        ("24x7", {"not": "office"}, True),
        ("office", "24x7", False),
        ({"not": "office"}, {"not": "office"}, False),
    ],
)
def test_of_calendars_made_of_others(wide: Any, narrow: Any, told: bool) -> None:
    bodies = {"office": OFFICE, "long": LONG, "night": NIGHT, "w": {"any_of": [wide]}, "n": {"any_of": [narrow]}}
    for id, body in (("w", wide), ("n", narrow)):
        if isinstance(body, dict):
            bodies[id] = body
    ids = ["w" if isinstance(wide, dict) else wide, "n" if isinstance(narrow, dict) else narrow]
    assert covers(calendars(bodies).definitions, ids[0], ids[1]) == told


@pytest.mark.parametrize(("layers", "told"), [(8, True), (9, False)])
def test_of_calendars_within_calendars_eight_layers_are_looked_into(layers: int, told: bool) -> None:
    bodies = {"c0": LONG, "office": OFFICE} | {f"c{n}": {"any_of": [f"c{n - 1}"]} for n in range(1, layers + 1)}
    assert covers(calendars(bodies).definitions, f"c{layers}", "office") == told
    bodies["c0"] = hours("10:00-16:00")
    assert covers(calendars(bodies).definitions, "office", f"c{layers}") == told
