"""Filters, search and order: at once, kept in the address, and nothing is lost by them."""

from __future__ import annotations

from functools import cache
from urllib.parse import quote

import pytest

from slachain.decisions.report import Report
from slachain.language.values import replace
from slachain.render.anchors import names
from slachain.render.html import html
from tests.browser.conftest import Read
from tests.browser.reading import Reading
from tests.browser.reports import REPORTS, page_of

MANY = 700  # promises: more than are drawn at first


@cache
def grown() -> Report:
    """The example with its customers again and again."""
    report = REPORTS["example"]()
    times = range(MANY // len(report.promises) + 1)
    promises = tuple(
        replace(
            p,
            agreement=f"{p.agreement}-{n}",
            title=f"{p.title} {n}",
            customer=f"{p.customer}-{n}",
            at=replace(p.at, line=p.at.line + 1000 * n),
        )
        for n in times
        for p in report.promises
    )
    customers = tuple(replace(a, id=f"{a.id}-{n}", customer=f"{a.customer}-{n}") for n in times for a in report.agreements if a.promises)
    return replace(report, promises=promises, agreements=(*customers, *(a for a in report.agreements if not a.promises)))


@cache
def large() -> str:
    return html(grown())


def count(reading: Reading) -> str:
    return reading.page.inner_text("#count")


def shown(reading: Reading, selector: str) -> int:
    return reading.page.locator(f"{selector}:visible").count()


def choose(reading: Reading, field: str, value: str) -> None:
    reading.page.select_option(f"select[name={field}]", label=value)


def test_a_filter_is_kept_in_the_address(read: Read) -> None:
    reading = read(page_of("example"))
    assert count(reading) == "All 27 promises"
    choose(reading, "verdict", "gap")
    choose(reading, "customer", "novapay")
    assert count(reading) == "4 of 27 promises"
    assert reading.page.url.endswith("?customer=novapay&verdict=gap")
    assert shown(reading, "article") == 4
    assert shown(reading, "#list-holds tr") == 0
    assert "Nothing of this is left by the filters." in reading.text()
    reading.go("?customer=novapay&verdict=gap")
    assert count(reading) == "4 of 27 promises"
    reading.page.click("button[type=reset]")
    assert count(reading) == "All 27 promises"
    assert reading.page.url == reading.own


@pytest.mark.parametrize(
    ("field", "value", "left"),
    [("team", "nordhost", 15), ("priority", "P1", 7), ("finding", "SC203", 1), ("verdict", "tolerated", 2)],
)
def test_each_filter_leaves_what_it_says(read: Read, field: str, value: str, left: int) -> None:
    reading = read(page_of("example"))
    choose(reading, field, value)
    assert count(reading) == f"{left} of 27 promises"


def test_search_finds_words_and_ids(read: Read) -> None:
    reading = read(page_of("example"))
    reading.page.fill("#search", "larkspur FIX")
    assert count(reading) == "1 of 27 promises"
    reading.page.fill("#search", "novapay-gold.resolution.p1")
    assert count(reading) == "1 of 27 promises"
    assert reading.page.url.endswith("?search=novapay-gold.resolution.p1")


def test_order_by_each_number(read: Read) -> None:
    reading = read(page_of("example"))

    def first() -> str:
        return reading.page.locator("#list-holds tr >> nth=0").get_attribute("id") or ""

    before = first()
    choose(reading, "sort", "headroom")
    assert first() != before
    keys = reading.page.eval_on_selector_all("#list-holds tr", "rows => rows.map(row => Number(row.dataset.s.split(' ')[0]))")
    assert keys == sorted(keys)
    choose(reading, "sort", "exposure")
    assert reading.page.locator("#list-gaps article >> nth=0").get_attribute("id") in {
        "novapay-gold.update.P3",
        "novapay-gold.fix.*",
        "fenwick-silver.fix.*",
    }
    choose(reading, "sort", "money at risk")
    assert reading.page.locator("#list-gaps article >> nth=0").get_attribute("id") == "novapay-gold.fix.*"


def test_what_is_not_drawn_yet_is_found_and_reached(read: Read) -> None:
    reading, last = read(large()), [name for name in names(grown()).values() if "response.P2" in name][-1]
    assert shown(reading, "#list-holds tr") == 100
    reading.page.click("#list-holds >> xpath=ancestor::section >> button.more")
    assert shown(reading, "#list-holds tr") == 200
    reading.page.fill("#search", last)
    assert count(reading) == f"1 of {len(grown().promises)} promises"
    reading.go(f"#{quote(last)}")
    assert reading.page.evaluate("id => document.getElementById(id).getBoundingClientRect().top < innerHeight", last)
    reading.go(f"?verdict=gap#{quote(last)}")  # an anchor that the filter hides is shown all the same
    assert count(reading) == f"All {len(grown().promises)} promises"


def test_without_scripts_every_promise_of_a_large_report_is_there(read: Read) -> None:
    reading = read(large(), scripts=False)
    there = set(reading.page.eval_on_selector_all("[id]", "all => all.map(one => one.id)"))
    assert set(names(grown()).values()) <= there
    assert not reading.page.locator("#filters:visible").count()


def test_paper_has_what_the_filters_leave_and_all_of_it(read: Read) -> None:
    reading = read(large())
    reading.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert shown(reading, "#list-holds tr") == grown().count("holds")
    reading.page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert shown(reading, "#list-holds tr") == 100


def test_the_chain_is_made_larger_and_smaller(read: Read) -> None:
    reading = read(page_of("example"))
    width = "document.querySelector('.chain svg').getBoundingClientRect().width"
    before = reading.page.evaluate(width)
    bar = reading.page.locator(".zoom >> nth=0")
    bar.get_by_label("Larger").click()
    assert reading.page.evaluate(width) > before
    bar.get_by_label("Smaller").click()
    bar.get_by_label("Smaller").click()
    assert reading.page.evaluate(width) < before
    bar.get_by_label("natural size").click()
    assert reading.page.evaluate(width) == before


def test_yaml_is_copied_or_selected(read: Read) -> None:
    reading = read(page_of("example"))
    button = reading.page.locator("button.copy >> nth=0")
    button.click()
    reading.page.wait_for_function("document.querySelector('button.copy').textContent !== 'Copy'")
    assert button.inner_text() in ("Copied", "Selected")


def test_ten_thousand_promises_are_filtered_at_once(read: Read) -> None:
    """Not a timing: no more is drawn than can be seen, however many there are."""
    reading = read(large())
    reading.page.fill("#search", "gold")
    assert shown(reading, ".item") < 700
    assert reading.page.evaluate("document.querySelectorAll('*').length") < 40_000
