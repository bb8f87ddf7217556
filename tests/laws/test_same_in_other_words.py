"""Other names, other files, another calendar that is open at the same times: the same verdicts."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.catalogues import CUSTOM_METRICS, Raw, catalogues, to_yaml
from tests.laws.altering import Key, Row, rewritten, rows

FEW = settings(max_examples=max(8, settings().max_examples // 5))


def ids(raw: Raw) -> list[str]:
    return [name for section in ("calendars", "plans", "agreements") for name in raw.get(section, {})] + list(CUSTOM_METRICS)


@FEW
@given(catalogues(), st.randoms(use_true_random=False))
def test_renaming_ids_changes_nothing(raw: Raw, chance: Any) -> None:
    numbers = list(range(100, 100 + len(ids(raw))))
    chance.shuffle(numbers)
    names = {id: f"n{number}" for id, number in zip(ids(raw), numbers, strict=True)}

    def named(text: str) -> str:
        return names.get(text, text)

    def renamed(key: Key, row: Row) -> tuple[Key, Row]:
        return (named(key[0]), named(key[1]), *key[2:]), replace(row, path=tuple(named(id) for id in row.path))

    before, after = rows({"a.yaml": raw}), rows({"a.yaml": rewritten(raw, named)})
    assert dict(renamed(*one) for one in before.items()) == after


@FEW
@given(catalogues(), st.randoms(use_true_random=False))
def test_splitting_a_file_and_reordering_the_files_changes_nothing(raw: Raw, chance: Any) -> None:
    files: dict[str, Raw] = {f"{chance.randint(0, 10**6)}.yaml": {} for _ in range(chance.randint(2, 5))}
    entries = [(section, id) for section in raw for id in raw[section]]
    chance.shuffle(entries)
    for section, id in entries:
        if section != "policy":
            files[chance.choice(list(files))].setdefault(section, {})[id] = raw[section][id]
    if "policy" in raw:
        files[chance.choice(list(files))]["policy"] = raw["policy"]
    assert rows({name: file for name, file in files.items() if file}) == rows({"a.yaml": raw})


WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def day_by_day(body: Raw) -> Raw:
    """Every day by itself, its windows cut in two."""
    hours = {day: ", ".join(cut(one.strip()) for one in text.split(",")) for days, text in body["hours"].items() for day in days_of(days)}
    return body | {"hours": hours}


def days_of(text: str) -> list[str]:
    first, _, last = text.partition("-")
    start, stop = WEEK.index(first), WEEK.index(last or first)
    return [WEEK[(start + i) % 7] for i in range((stop - start) % 7 + 1)]


def cut(window: str) -> str:
    opens, closes = window.split("-")
    middle = f"{int(opens[:2]) + 1:02}:{opens[3:]}"
    return f"{opens}-{middle}, {middle}-{closes}" if opens < middle < closes else window


@FEW
@given(catalogues())
def test_a_calendar_written_in_other_words_changes_nothing(raw: Raw) -> None:
    made = copy.deepcopy(raw)
    for id, body in raw["calendars"].items():
        if "hours" in body and not any(text.endswith(("-06:00", "-03:30")) for text in body["hours"].values()):
            made["calendars"][id] = day_by_day(body)
    assert rows({"a.yaml": made}) == rows({"a.yaml": raw})


@FEW
@given(catalogues())
def test_a_calendar_in_the_place_of_its_id_changes_nothing(raw: Raw) -> None:
    made = copy.deepcopy(raw)
    for name, body in made["agreements"].items():
        written = raw["calendars"].get(body.get("calendar", "")) if isinstance(body.get("calendar"), str) else None
        if written is not None and "hours" in written:
            made["agreements"][name]["calendar"] = copy.deepcopy(written)
    assert rows({"a.yaml": made}) == rows({"a.yaml": raw})


@FEW
@given(catalogues())
def test_a_calendar_made_of_itself_changes_nothing(raw: Raw) -> None:
    """But for business days, which a calendar made of others has of its own."""
    if "bd" in to_yaml(raw):
        return
    made = copy.deepcopy(raw)
    for id, body in raw["calendars"].items():
        made["calendars"][f"{id}-own"] = body
        made["calendars"][f"{id}-never"] = {"not": f"{id}-own"}
        made["calendars"][id] = {"not": f"{id}-never"}
    assert rows({"a.yaml": made}) == rows({"a.yaml": raw})


@FEW
@given(catalogues())
def test_an_agreement_that_nobody_relies_on_changes_nothing(raw: Raw) -> None:
    made = copy.deepcopy(raw)
    body = {"kind": "ola", "provider": "us", "customer": "them", "calendar": "24x7", "relies_on": ["a0"]}
    made["agreements"] = {"aside": body} | made["agreements"]
    assert rows({"a.yaml": made}) == rows({"a.yaml": raw})
