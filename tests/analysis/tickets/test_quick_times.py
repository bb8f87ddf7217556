"""Times with digits in fixed places: many at once they are what the reader of single texts makes of each."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import product

import pytest

from slachain.analysis.tickets.quick_times import quick
from slachain.analysis.tickets.sheets import MISSING
from slachain.language.time_texts import reader

FIXED = (
    "%Y-%m-%d %H:%M",
    "%d.%m.%Y, %H:%M:%S Uhr",
    "%H%M%S%d%m%Y",
    "%Y/%m/%d\t%H.%M%z",
    "%z %d%%%m%%%Y %S:%M:%H",
    "%m-%d-%YT%H:%MZ",
    "vom %d.%m.%Y %H:%M",
)
ISO_FORMS = [f"%Y-%m-%d{between}%H:%M{parts}" for between, parts in product("T ", ("", ":%S", "Z", ":%SZ", "%z", ":%S%z"))]
USUAL = {"Y": "2026", "m": "03", "d": "29", "H": "01", "M": "30", "S": "59", "z": "+01:00"}
EDGES = {
    "Y": ("0000", "0001", "1900", "1969", "1970", "2000", "2023", "2024", "2100", "9999"),
    "m": ("00", "01", "02", "04", "12", "13", "90"),
    "d": ("00", "01", "28", "29", "30", "31", "32", "99"),
    "H": ("00", "09", "10", "23", "24", "99"),
    "M": ("00", "09", "59", "60", "99"),
    "S": ("00", "01", "59", "60", "99"),
    "z": (
        "+00:00",
        "-00:00",
        "-01:00",
        "+05:30",
        "-09:45",
        "+23:59",
        "-23:59",
        "+24:00",
        "+01:60",
        "*01:00",
        ",01:00",
        ".01:00",
        "+01;00",
        "+01900",
    ),
}
NEAR = "".join(chr(code) for code in range(ord("*"), ord("<"))) + "TUSZY[ !%&$\t\n?é٢"  # digits, signs, and what lies beside them


def written(form: str, numbers: dict[str, str]) -> str:
    for letter, text in numbers.items():
        form = form.replace(f"%{letter}", text)
    return form.replace("%%", "%")


def edges_of(form: str) -> list[str]:
    """Every edge of each number, and every one of dates."""
    single = [written(form, USUAL | {letter: text}) for letter, texts in EDGES.items() if f"%{letter}" in form for text in texts]
    return single + [written(form, USUAL | {"Y": y, "m": m, "d": d}) for y, m, d in product(EDGES["Y"], EDGES["m"], EDGES["d"])]


def alone(cell: str, form: str) -> int | None:
    """What the reader of single texts says; None where it refuses."""
    try:
        return reader((form,))(cell)
    except ValueError:
        return None


def together(cells: Iterable[str], form: str) -> list[int | None]:
    """What all of them are, read at once after a time that shows the layout; None where one does not fit it."""
    found, fits = quick([written(form, USUAL), *cells], (form,))
    return [one if fit else None for one, fit in zip(found.tolist(), fits.tolist(), strict=True)][1:]


@pytest.mark.parametrize("form", FIXED)
def test_every_edge_of_a_number(form: str) -> None:
    """Of months, days, hours and offsets those are read that a calendar and a clock have, and no other."""
    cells = edges_of(form)
    assert together(cells, form) == [alone(cell, form) for cell in cells]


@pytest.mark.parametrize("form", FIXED)
def test_one_letter_in_the_place_of_another(form: str) -> None:
    """Nothing else stands where a digit or a sign should, nothing before it and nothing behind."""
    usual = written(form, USUAL)
    cells = [usual[:at] + letter + usual[at + 1 :] for at in range(len(usual)) for letter in NEAR]
    assert together(cells, form) == [alone(cell, form) for cell in cells]


@pytest.mark.parametrize("form", FIXED)
def test_what_is_shorter_or_longer_is_left(form: str) -> None:
    """As `9:05` for `09:05`, which only the reader of single texts takes."""
    usual = written(form, USUAL)
    assert not any(together([usual[:-1], usual[1:], usual + "0", " " + usual, usual + usual, "?"], form))


@pytest.mark.parametrize("form", ISO_FORMS)
def test_iso_8601_in_each_of_its_layouts(form: str) -> None:
    """The first cell that is not empty tells the layout; what is of another is left, and what only some Pythons read."""
    others = [written(other, USUAL) for other in ISO_FORMS if other != form]
    cells = ["", written(form, USUAL), *(cell for cell in edges_of(form) if "24:" not in cell and "+01:60" not in cell), *others, ""]
    found, fits = quick(cells, ("iso",))
    told = [one if fit else None for one, fit in zip(found.tolist(), fits.tolist(), strict=True)]
    assert told == [MISSING if not cell else None if cell in others else alone(cell, "iso") for cell in cells]


@pytest.mark.parametrize("form", ["%d/%b/%Y %H:%M", "%Y-%m-%d %I:%M %p", "%y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S.%f"])
def test_words_and_numbers_of_any_length_have_no_fixed_places(form: str) -> None:
    for shown in ("2026-03-29 01:30", written(form, USUAL), re.sub("%[^YmdHMS]", "%", form).replace("%%", "%")):
        found, fits = quick([shown, ""], (form,))
        assert not fits.any()
        assert len(found) == 2


def test_with_several_formats_each_cell_is_read_by_itself() -> None:
    """29 March is no month's 29th the other way round, but 3 April might be."""
    assert not quick(["29-03-2026 10:00", "03-04-2026 10:00"], ("%d-%m-%Y %H:%M", "%m-%d-%Y %H:%M"))[1].any()
    assert not quick(["?", "2026-03-29 10:00"], ("iso",))[1].any()  # nothing tells the layout
    assert not quick(["", ""], ("iso",))[1].any()
