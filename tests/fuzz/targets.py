"""What is searched for inputs that break it. Each target takes any bytes, and raises where a rule does not hold."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

from slachain.clocks.rotas import Rota
from slachain.clocks.wall import midnight
from slachain.decisions.reporting import report
from slachain.language import calendars, pricing, scalars, shapes
from slachain.language.editing import CannotEdit, Change, edited
from slachain.language.loader import load
from slachain.language.rotas import read_rota
from slachain.language.scalars import ScalarError
from slachain.language.schema import json_schema
from slachain.render.json import json_text
from slachain.render.terminal import plain
from slachain.study import Study
from tests.fuzz.choices import Choices, catalogue_text
from tests.language.marked import all_inside

AS_OF = date(2026, 1, 1)
LARGEST = 20_000  # bytes: what is larger only takes longer here, and has its tests in tests/hostile
READERS: tuple[Callable[[str], Any], ...] = (
    scalars.read_duration,
    scalars.read_time,
    scalars.read_percentage,
    scalars.read_number,
    scalars.read_whole,
    scalars.read_money,
    scalars.read_date,
    scalars.read_flag,
    scalars.read_windows,
    shapes.read_identifier,
    shapes.read_text,
    calendars.read_timezone,
    calendars.read_business_days,
    calendars.read_opening,
    calendars.read_country,
    pricing.read_cost,
)
PATHS: tuple[tuple[str | int, ...], ...] = (
    ("calendar",),
    ("targets", "resolution", "P1"),
    ("targets", "resolution", "P1", "within"),
    ("targets", "resolution", "*"),
    ("targets", "availability", "*", "at_least"),
    ("targets", "response", "P1", 0, "within"),
    ("relies_on", 0, "after"),
    ("relies_on", 0, "after", "P1"),
    ("relies_on", 1, "any_of", 0, "share"),
    ("notice",),
    ("term", "until"),
)
SET = ("1h", "2bd", "99.9%", "24x7", "office", "2026-12-31", "30m")


def text(data: bytes) -> None:
    """Any bytes as a catalogue's file: findings, each at a place in it, and a report."""
    _judged(data[:LARGEST])


def clauses(data: bytes) -> None:
    """A catalogue that is nearly valid."""
    _judged(catalogue_text(data, _schema()))


def rota(data: bytes) -> None:
    """Any bytes as an on-call rota: refused in a sentence, or open when its events are."""
    if refusal := _refusal(data[:LARGEST]):
        assert refusal.isprintable(), refusal
        return
    found = Rota.parse(data[:LARGEST], None)
    lo, hi = midnight(AS_OF, "UTC"), midnight(date(2027, 1, 1), "UTC")
    assert all(lo <= start < end <= hi for start, end in found.open(lo, hi).pairs())


def fields(data: bytes) -> None:
    """Any text as a value: refused in a sentence, or a value that says the same when it is written and read again."""
    written = data[:LARGEST].decode("utf-8", "replace")
    for read in READERS:
        try:
            found = read(written)
        except ScalarError:
            continue
        if read is scalars.read_time:
            assert scalars.read_time(scalars.write_time(found)) == found
        hash(found)


def editing(data: bytes) -> None:
    """A value set in any file: refused, or the file says that value and is read as before."""
    choices = Choices(data[:3])
    change = Change(f"a{choices.number(2)}", choices.pick(PATHS), choices.pick(SET))
    files = {"a.yaml": data[3:LARGEST]}
    try:
        done = edited(files, [change])
    except CannotEdit:
        return
    before, after = load(files), load(done.files)
    assert {f.at.line for f in before.findings if f.code == "SC101"} or not [f for f in after.findings if f.code == "SC101"]
    assert set(before.agreements) - {change.agreement} <= set(after.agreements)


def _refusal(content: bytes) -> str:
    try:
        read_rota(content)
    except ScalarError as error:
        return str(error)
    return ""


def _judged(content: bytes) -> None:
    catalogue = load({"a.yaml": content})
    assert all_inside(catalogue) or not catalogue.sources  # a file in UTF-16 is not shown
    found = report(Study.of(catalogue, AS_OF), ())
    json_text(found)
    plain(found, catalogue.sources, True, True)


@cache
def _schema() -> dict[str, Any]:
    return dict(json_schema())


TARGETS: dict[str, Callable[[bytes], None]] = {f.__name__: f for f in (text, clauses, rota, fields, editing)}
