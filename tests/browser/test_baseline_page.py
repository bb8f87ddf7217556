"""The page of a ticket history in a browser: nothing is cut off at any width, nothing keeps people out, nothing is asked for."""

from __future__ import annotations

from datetime import date
from functools import cache
from io import BytesIO
from typing import Literal

import pytest

from slachain.decisions.baseline import baseline
from slachain.language.loader import load
from slachain.render.baseline_page import baseline_html
from slachain.study import Study
from tests.browser.conftest import Read
from tests.browser.reading import DESKTOP, NARROWEST, PHONE
from tests.browser.test_accessibility import keeps_nobody_out

LONG = "_unbreakably_long" * 4
CATALOGUE = f"""
agreements:
  desk{LONG}:
    kind: ola
    title: Desk{LONG}
    provider: desk{LONG}
    customer: company
    calendar: 24x7
    pauses: [customer{LONG}]
    targets:
      resolution: {{P1: {{within: 4h, attainment: 95%}}, P2: {{within: 40h, attainment: 50%}}, P3{LONG}: 1bd}}
      availability: 99%
    accept: [{{finding: SC902, until: 2026-12-31, because: it is known}}]
"""


@cache
def page() -> str:
    """Targets of every verdict, over more months than a phone has room for, and rows that are refused."""
    rows = "ticket,agreement,priority,opened,resolved\n"
    for n in range(200):
        month, day, name = n % 20, n % 27 + 1, f"desk{LONG}"
        priority = ("P1", "P2", f"P3{LONG}", "P1")[n % 4]
        opened = f"{2024 + month // 12}-{month % 12 + 1:02d}-{day:02d}"
        rows += f"T{n},{name},{priority},{opened}T08:00Z,{opened}T{9 + n % 7:02d}:00Z\n"
    rows += "".join(f"R{n},{LONG}{LONG},P1,{LONG},\n" for n in range(3))
    study = Study.of(load({"a.yaml": CATALOGUE.encode()}), date(2026, 1, 1))
    return baseline_html(baseline(study, BytesIO(rows.encode()), f"tickets{LONG}.csv", None, to_the_day=False))


@pytest.mark.parametrize("width", [NARROWEST, PHONE, DESKTOP])
def test_nothing_is_cut_off_and_every_link_leads_somewhere(read: Read, width: int) -> None:
    reading = read(page(), width=width)
    assert reading.ask("cut_off", False) == []
    assert reading.ask("dead_links", True) == []


def test_nothing_is_cut_off_on_paper(read: Read) -> None:
    reading = read(page())
    reading.on_paper()
    assert reading.ask("cut_off", False) == []


@pytest.mark.parametrize(("width", "scheme"), [(PHONE, "light"), (DESKTOP, "dark"), (DESKTOP, "light")])
def test_nobody_is_kept_out(read: Read, axe: str, width: int, scheme: Literal["light", "dark"]) -> None:
    keeps_nobody_out(read(page(), width=width, scheme=scheme, first=axe))
