"""Money on the page: the tile, the column, what a breach of each gap can cost; unknown is never told as nothing."""

from __future__ import annotations

import pytest

from slachain.decisions.money_at_risk import MoneyLine
from slachain.decisions.report import Report
from slachain.language.values import replace
from slachain.render.html import html
from slachain.render.page import amounts
from tests.render.catalogue_of_amounts import CATALOGUE, euros, line, section
from tests.render.test_html import GAP, Page, of, read


@pytest.fixture(scope="module")
def found() -> Report:
    return of(CATALOGUE)


@pytest.fixture(scope="module")
def text(found: Report) -> str:
    return html(found)


@pytest.fixture(scope="module")
def page(text: str) -> Page:
    return read(text)


def test_money_at_risk_is_a_tile(page: Page) -> None:
    told = "3600 EUR + 10 USD Money at risk a month at most; 1451.40 EUR expected, without 2 promises of which nothing tells how often"
    assert told in page.text
    tile = next(a["class"] for tag, a in page.elements if tag == "li" and "wide" in (a.get("class") or ""))
    assert tile == "tile gap some wide"


@pytest.mark.parametrize(
    ("money", "detail"),
    [
        (euros(100, 40), "at most; 40 EUR expected"),
        (euros(100, None), "at most; expected: not known"),
    ],
)
def test_the_tile_never_tells_nothing_for_unknown(found: Report, money: MoneyLine, detail: str) -> None:
    only = replace(found, promises=(replace(found.promises[0], money=money),), money=(euros(100, 40 if money.expected else 0),))
    assert amounts.money_tile(only).detail == detail


def test_no_money_no_tile_no_column() -> None:
    page = read(html(of(GAP)).partition('id="glossary"')[0])
    for words in ("Money at risk", "A breach costs", "What a breach can cost", "credits written", "amount"):
        assert words not in page.text


def test_money_not_at_risk_is_no_alarm(found: Report) -> None:
    tile = amounts.money_tile(replace(found, money=(euros(0, 0),)))
    assert (tile.badge.kind, tile.some, tile.number) == ("plain", False, "0 EUR")


def test_the_table_and_each_gap_tell_what_a_breach_can_cost(text: str, page: Page) -> None:
    assert "3600 EUR at most 1451.40 EUR expected" in page.text
    assert "3000 EUR at most Gap" not in page.text
    late = section(text, "acme-gold.resolution.P1").text
    assert (
        "What a breach can cost Fee 12000 EUR/month; credit of it over 4h: 5%; at most 30% in all. In a month, at most 3600 EUR In a month, expected 1451.40 EUR"
        in late
    )
    down = section(text, "acme-gold.availability.*").text
    assert "In a month, at most 3000 EUR In a month, expected not known Nothing written tells how often it is missed." in down
    assert "What a breach can cost" not in section(text, "hours.availability.*").text


def test_a_time_without_demand_says_so(found: Report) -> None:
    promise = replace(line(found, "acme-gold", "resolution"), money=euros(100, None))
    told = amounts.cost(promise)
    assert told is not None
    assert (told.expected, told.remark) == ("not known", "No demand is written for these tickets.")
