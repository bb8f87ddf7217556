"""The week of a promise tells the same as its exposure, hour by hour."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from slachain.clocks.weeks import by_hour
from slachain.decisions.promise_lines import week_line
from slachain.decisions.reporting import report
from slachain.language.loader import load
from slachain.study import Study

OFFICE = """
calendars: {london: {timezone: Europe/London, hours: {mon-fri: "09:00-17:30"}}}
agreements:
  acme: {kind: sla, provider: desk, customer: acme, calendar: CLOCK, targets: {resolution: {P1: 4h, P2: 30h, P3: 1bd}}, relies_on: [team]}
  team: {kind: ola, provider: team, customer: desk, calendar: london, targets: {resolution: 3h}}
"""


@pytest.mark.parametrize("clock", ["24x7", "london"])
@pytest.mark.parametrize("term", ["", "term: {from: 2025-01-01, until: 2026-02-27}, "])
def test_the_hours_add_up_to_the_exposure(clock: str, term: str) -> None:
    text = OFFICE.replace("CLOCK", clock).replace("provider: desk, customer: acme", f"{term}provider: desk, customer: acme")
    study = Study.of(load({"a.yaml": text.encode()}), date(2026, 1, 1))
    for verdict in study.verdicts:
        found = study.late(verdict.promise)
        assert found is not None
        opened, late = found
        assert verdict.exposure == (Fraction(late.length, opened.length) if opened.length else None)
        week = by_hour(late, "UTC", verdict.horizon.start, verdict.horizon.end)
        assert int(week.sum()) == late.length


def test_a_ticket_is_late_when_it_is_opened_after_the_last_safe_hour() -> None:
    """4h around the clock over 3h of London's hours: opened until 14:30 it is in time on the same day, and from 08:00 on."""
    study = Study.of(load({"a.yaml": OFFICE.replace("CLOCK", "24x7").encode()}), date(2026, 6, 1))
    verdict = next(v for v in study.verdicts if v.promise.priority == "P1")
    line = week_line(study, verdict)
    assert line is not None
    assert line.zone == "UTC"
    monday, friday, saturday = line.late[0], line.late[4], line.late[5]
    assert all(share == 1 for share in saturday)
    assert all(share == 1 for share in friday[17:])
    assert all(share == 0 for share in monday[9:13])
    assert 0 < (monday[14] or 0) < 1  # an hour earlier in summer: half of the year it is 13:30 UTC


def test_what_holds_has_no_week() -> None:
    text = OFFICE.replace("CLOCK", "london").replace("P1: 4h", "P1: 5h")
    found = report(Study.of(load({"a.yaml": text.encode()}), date(2026, 1, 1)))
    assert {promise.priority: promise.week is not None for promise in found.promises if promise.verdict == "holds"}["P1"] is False
