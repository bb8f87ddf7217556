"""Pairs of agreements for tests of `compare`: out of YAML, at random, and judged minute by minute with slow and obvious clocks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from slachain.decisions.compare import compare
from slachain.decisions.comparison import Comparison, Row, Side
from slachain.language.loader import load
from slachain.study import Study
from tests import catalogues, oracle
from tests.catalogues import World, chance, pick
from tests.oracle import ENDED

Raw = Any
AS_OF = dt.date(2026, 1, 1)
TIMES = ["response", "resolution"]
MINUTE, CELL = 60, 900
TERMS = [
    ("2026-03-26", "2026-03-29"),  # Europe's clocks go forward
    ("2026-04-01", "2026-04-04"),  # Easter
    ("2026-10-22", "2026-10-25"),  # Europe's clocks go back
    ("2026-10-30", "2026-11-02"),  # New York's, and a calendar ends
    ("2026-12-30", "2027-01-02"),  # calendars end
    ("2026-07-08", "2026-07-11"),
]


# ------------------------------------------------------------------------------------------------ out of YAML


def sides(text: str, *names: str) -> list[Side]:
    """Agreements of one file that has no error in it."""
    read = load({"a.yaml": text.encode()})
    assert not read.findings, read.findings
    study = Study.of(read, AS_OF)
    return [Side(study, study.catalogue.agreements[name], name) for name in names]


def compared(text: str, a: str = "a", b: str = "b", **names: str) -> Comparison:
    """One held against the other, as of 2026-01-01; `names` are A's priorities and what B calls them."""
    ours, theirs = sides(text, a, b)
    return compare(ours, theirs, AS_OF, names)


def compared_all(text: str, names: str) -> dict[tuple[str, str], Comparison]:
    """Each held against each other one."""
    return {(a.label, b.label): compare(a, b, AS_OF, {}) for a, b in permutations(sides(text, *names), 2)}


def verdicts(found: Comparison) -> dict[tuple[str, str], str]:
    """The verdicts by metric and priority."""
    return {(row.metric, row.priority.name): row.verdict for row in found.rows}


def only(found: Comparison, metric: str = "resolution", priority: str = "P1") -> Row:
    """One row."""
    return next(row for row in found.rows if (row.metric, row.priority.name) == (metric, priority))


# --------------------------------------------------------------------------------------------------- at random


def targets(draw: st.DrawFn, world: World, available: bool) -> dict[str, Raw]:
    """Targets of times, often for the same few names; and of an availability."""
    found = catalogues.promised(draw, world)
    if available or chance(draw, 40):
        found["availability"] = {
            "at_least": pick(draw, ["99%", "99.5%", "99.9%", "100%", "90%"]),
            "per": pick(draw, ["month", "quarter", "year"]),
            "calendar": pick(draw, [*world.calendars, "24x7"]),
        }
    return found


def agreement(draw: st.DrawFn, world: World, available: bool) -> dict[str, Raw]:
    """An agreement that relies on nothing: what is compared is what is written."""
    body = catalogues.agreement(draw, world, "sla", world.any_calendar(draw))
    return body | {"targets": targets(draw, world, available)}


@st.composite
def several(draw: st.DrawFn, number: int, lasting: bool = False, zone: str | None = None, available: bool = False) -> Raw:
    """A catalogue with so many agreements a, b, c; `lasting` calendars do not end; one zone for all where one is named.

    Every one has an availability where asked for.
    """
    found = draw(catalogues.calendar_sections())
    for body in found.values():
        if lasting:
            body.pop("until", None)
        if zone and "timezone" in body:
            body["timezone"] = zone
    world = World(found, TIMES)
    if lasting or zone:  # no calendar written in place, which would be of any kind
        world.any_calendar = lambda draw: pick(draw, [*found, "24x7"])  # type: ignore[method-assign]
    return {"calendars": found, "agreements": {name: agreement(draw, world, available) for name in "abcd"[:number]}}


@st.composite
def in_force(draw: st.DrawFn) -> Raw:
    """Two agreements with terms of a few days in common."""
    catalogue = draw(several(2))
    opens, closes = pick(draw, TERMS)
    later = dt.date.fromisoformat(opens) + dt.timedelta(1)
    catalogue["agreements"]["a"]["term"] = {"from": opens, "until": closes}
    catalogue["agreements"]["b"]["term"] = pick(draw, [{"from": str(later)}, {"until": closes}, {}])
    return catalogue


def tightened(draw: st.DrawFn, body: Raw) -> Raw:
    """The same agreement with some clauses made stricter, none looser."""
    stricter = {metric: _each(draw, written) for metric, written in body["targets"].items()}
    return {**{key: value for key, value in body.items() if key != "pauses" or chance(draw, 50)}, "targets": stricter}


def _each(draw: st.DrawFn, written: Raw) -> Raw:
    """Every target in what is written for a metric."""
    if isinstance(written, list):
        return [_stricter(draw, one) for one in written]
    if isinstance(written, dict) and not oracle.TARGET_KEYS & written.keys():
        return {priority: _each(draw, one) for priority, one in written.items()}
    return _stricter(draw, written)


def _stricter(draw: st.DrawFn, written: Raw) -> Raw:
    body = {"within": written} if isinstance(written, str) else dict(written)
    if "at_least" in body:
        return body | ({"at_least": "100%"} if chance(draw, 30) else {"per": "month"} if chance(draw, 50) else {})
    length = oracle.amount(body["within"])
    if isinstance(length, int) and chance(draw, 30):
        body["calendar"] = "24x7"
    if chance(draw, 60):
        body["within"] = f"{max(length // 2, 60)}s" if isinstance(length, int) else f"{max(length.number - 1, 1)}bd"
    if chance(draw, 40):
        body.pop("attainment", None)
    return body


# ------------------------------------------------------------------------------------------ slow and obvious


@dataclass
class Expected:
    """What minute by minute comes to: who is ever later, for which share of the time A is, and by how much at most."""

    a_later: bool
    b_later: bool
    share: Fraction
    most: int | Fraction


class Alternative(NamedTuple):
    """One alternative of a target."""

    opened_in: oracle.Clock | None
    clock: oracle.Clock
    within: oracle.Amount
    share: Fraction


def answer(alternatives: list[Alternative], t: oracle.Instant) -> tuple[oracle.Instant, Fraction] | None:
    """When a ticket opened then is due, and for which share of tickets; None where nothing is promised."""
    for one in alternatives:
        if one.opened_in is None or one.opened_in.is_open(t):
            return min(one.clock.due(t, one.within), ENDED), one.share
    return None


class Naive:
    """Two agreements of a catalogue, compared with the oracle's clocks, which share no code with the package."""

    def __init__(self, catalogue: Raw) -> None:
        self.catalogue = catalogue
        self.calendars = oracle.Calendars(catalogue["calendars"], dt.date(2025, 1, 1), dt.date(2034, 1, 1))

    def body(self, name: str) -> Raw:
        return self.catalogue["agreements"][name]

    def alternatives(self, name: str, metric: str, priority: str) -> list[Alternative]:
        written = oracle.by_priority(self.body(name)["targets"].get(metric, {}))
        target = written.get(priority, written.get("*"))
        alone = target if isinstance(target, list) else [] if target is None else [target]
        return [self.alternative(name, one if isinstance(one, dict) else {"within": one}) for one in alone]

    def alternative(self, name: str, written: Raw) -> Alternative:
        clock = self.calendars.clock
        return Alternative(
            clock(written["opened_in"]) if "opened_in" in written else None,
            clock(written.get("calendar", self.body(name)["calendar"])),
            oracle.amount(written["within"]),
            oracle.percentage(written.get("attainment", "100%")),
        )

    def days(self) -> tuple[dt.date, dt.date]:
        """The days on which both are in force."""
        terms = [self.body(name).get("term", {}) for name in "ab"]
        opens = max(dt.date.fromisoformat(term["from"]) for term in terms if "from" in term)
        return opens, min(dt.date.fromisoformat(term["until"]) for term in terms if "until" in term)

    def expected(self, metric: str, priority: str) -> Expected:
        """Every minute; between two quarters of an hour nothing bends, so that one minute inside stands for the quarter."""
        ours, theirs = (self.alternatives(name, metric, priority) for name in "ab")
        found = Expected(False, False, Fraction(0), 0)
        late = asked = 0
        for t in self.minutes(ours, theirs):
            a, b = answer(ours, t), answer(theirs, t)
            later = _later(a, b)
            found.a_later |= later > 0 or (a is not None and b is not None and a[1] < b[1])
            found.b_later |= later < 0 or (a is not None and b is not None and a[1] > b[1])
            found.most = max(found.most, later)
            if t % CELL == MINUTE:
                asked += b is not None
                late += later > 0
        found.share = Fraction(late, asked) if asked else Fraction(0)
        return found

    def minutes(self, ours: list[Alternative], theirs: list[Alternative]) -> range:
        """Of those days in UTC, up to the first at which a ticket would run past the end of a calendar, if that is not the first of all."""
        first, last = self.days()
        start, end = (oracle.midnight(day, ZoneInfo("UTC")) for day in (first, last + dt.timedelta(1)))
        for t in range(start, end, CELL):
            answers = [answer(of, x) for x in (t, t + MINUTE) for of in (ours, theirs)]
            if any(one and one[0] >= ENDED for one in answers):
                return range(start, t if t > start else end, MINUTE)
        return range(start, end, MINUTE)


def _later(a: tuple[oracle.Instant, Fraction] | None, b: tuple[oracle.Instant, Fraction] | None) -> oracle.Instant:
    """By how much A is due later; ENDED for never against some time, and for nothing against anything."""
    if a is None or b is None:
        return 0 if a is b else ENDED if a is None else -ENDED
    if ENDED in (a[0], b[0]):
        return ENDED * ((a[0] == ENDED) - (b[0] == ENDED))
    return a[0] - b[0]


def downtimes(catalogue: Raw, one: str, other: str) -> Iterator[tuple[Fraction, Fraction]]:
    """What two availabilities allow in each period of the second in 2026: every period is made of whole months."""
    calendars = oracle.Calendars(catalogue["calendars"], dt.date(2024, 12, 1), dt.date(2028, 2, 1))
    wanted = [catalogue["agreements"][name]["targets"]["availability"] for name in (one, other)]
    ours, theirs = (calendars.clock(target["calendar"]) for target in wanted)
    shared = calendars.clock({"all_of": [target["calendar"] for target in wanted]})
    less, their_less = (1 - oracle.percentage(target["at_least"]) for target in wanted)
    for period in _periods(wanted[1]["per"]):
        open_time = sum(_within(theirs, month, theirs.zone) for month in period)
        both = {month: _within(shared, month, theirs.zone) for month in period}
        parts = [[month for month in period if month in whole] for whole in _periods(wanted[0]["per"])]
        budgets = [less * sum(_within(ours, month, theirs.zone) for month in whole) for whole in _periods(wanted[0]["per"])]
        down = sum(min(Fraction(sum(both[m] for m in part)), budget) for part, budget in zip(parts, budgets, strict=True))
        if open_time:
            yield Fraction(down + open_time - sum(both.values())), their_less * open_time


def _periods(kind: str) -> list[list[int]]:
    """The months of 2026, period by period."""
    length = {"month": 1, "quarter": 3, "year": 12}[kind]
    return [list(range(month, month + length)) for month in range(1, 13, length)]


def _within(clock: oracle.Clock, month: int, zone: ZoneInfo) -> int:
    days = (dt.date(2026 + month // 13, (month - 1) % 12 + 1, 1) for month in (month, month + 1))
    start, end = (oracle.midnight(day, zone) for day in days)
    return int(clock.elapsed(start, end))
