"""Promises of amounts and money on the page: the numbers, who commits to what, why it is too little, and what it can cost."""

from __future__ import annotations

from fractions import Fraction

import pytest

from slachain.decisions.report import PromiseLine, Quantity, Report
from slachain.language.values import replace
from slachain.render.anchors import names
from slachain.render.html import html
from slachain.render.page import amounts
from tests.render.catalogue_of_amounts import CATALOGUE, euros, line, section
from tests.render.test_html import HOSTILE, Page, of, read


@pytest.fixture(scope="module")
def found() -> Report:
    return of(CATALOGUE)


@pytest.fixture(scope="module")
def text(found: Report) -> str:
    return html(found)


@pytest.fixture(scope="module")
def page(text: str) -> Page:
    return read(text)


# --- the page as a whole ---------------------------------------------------------------------------------------------


def test_the_fixture_has_every_cause_of_an_amount_and_one_that_holds(found: Report) -> None:
    causes = {p.cause for p in found.promises if amounts.is_amount(p)}
    assert causes == {"availability", "amount", "equal", "missing", "unsupported", None}
    assert len(found.money) == 2


def test_the_page_is_whole_and_asks_for_nothing(found: Report, text: str, page: Page) -> None:
    assert not page.wrong
    assert not page.stack
    assert len(set(page.ids)) == len(page.ids)
    assert set(names(found).values()) <= set(page.ids)
    assert not {tag for tag, _ in page.elements} & {"img", "link", "iframe"}
    assert not [name for _, attributes in page.elements for name in attributes if name == "style" or name.startswith("on")]
    assert text == html(of(CATALOGUE))


@pytest.mark.parametrize("attack", HOSTILE)
def test_text_of_amounts_and_money_never_becomes_markup(found: Report, text: str, attack: str) -> None:
    def poisoned(promise: PromiseLine) -> PromiseLine:
        money = euros(1, 1, attack) if promise.money else None
        parts = tuple(
            replace(s, agreement=attack, commits=attack, clock=attack, supplies=replace(s.supplies, text=attack)) for s in promise.supplies
        )
        wrong = replace(promise.promised, text=attack)
        return replace(promise, clock=attack, promised=wrong, supplies=parts, money=money, downtime=(attack, f"{attack} to {attack}"))

    findings = tuple(replace(f, because=tuple(replace(n, message=attack) for n in f.because)) for f in found.findings)
    money = (euros(1, 1, attack),)
    hostile = html(replace(found, promises=tuple(map(poisoned, found.promises)), findings=findings, money=money))
    plain, page = read(text), read(hostile)
    assert attack not in hostile or attack.startswith("{{")
    assert {tag for tag, _ in page.elements} <= {tag for tag, _ in plain.elements}
    assert {name for _, attributes in page.elements for name in attributes} <= {name for _, a in plain.elements for name in a}
    assert not page.wrong
    assert page.text.count(attack) > 60


# --- a gap of an amount ----------------------------------------------------------------------------------------------


def test_amounts_have_no_picture_of_time(found: Report, text: str, page: Page) -> None:
    assert sum("The worst ticket:" in said for said in page.said) == sum(p.worst_case is not None for p in found.promises) == 1
    told = section(text, "acme-gold.availability.*").text
    assert "The worst ticket" not in told
    assert "Exposure" not in told
    assert "In time" not in told


def test_a_gap_of_availability_tells_its_whole_story(text: str) -> None:
    told = section(text, "acme-gold.availability.*").text
    for words in (
        "Acme, payments platform, Gold: availability",
        "promised by service-desk to acme, measured per month, around the clock",
        "99.9% a month promised around the clock, 98.647% supplied",
        "What it relies on may be down for longer than the promise allows.",
        "so their shares multiply: 98.6964% × 99.95% make 98.647%.",
        "What may be down in a whole year may be down in one month, all at once.",
        "Promised 99.9% Supplied 98.647% Headroom -1.253%",
        "How long it may be down in a month As promised 40m19s to 44m38s As supplied 9h5m29s to 10h3m56s",
        "Allowed downtime differs from month to month",
        "web 99.9% a year around the clock 98.6964% agreements/a.yaml:",
        "database 99.95% a month around the clock 99.95% agreements/a.yaml:",
        "Promise 98.647% instead of 99.9%",
        "web commits to 99.997% instead of 99.9%",
        "In general: commit to more below, add redundancy, or promise less.",
    ):
        assert words in told
    assert "another clock" not in told
    assert "availability *" not in told.partition("The same as a table")[0]


def test_other_hours_are_explained(text: str) -> None:
    told = section(text, "hours.availability.*").text
    assert "A commitment on another clock counts for what it leaves of the promised hours" in told
    assert "storage 99.9% a month Mon-Fri 09:00-17:30 Europe/London 23.9679%" in told
    assert "in a whole year" not in told


def test_one_that_stands_in_for_another_is_not_told_as_multiplying(text: str) -> None:
    told = section(text, "either.availability.*").text
    assert "of those that stand in for one another, one that is up is enough" in told
    assert " × " not in told


def test_downtimes_add_up_where_failures_may_have_a_cause_in_common() -> None:
    unknown = of(CATALOGUE + "policy: {failures: unknown}\n")
    told = section(html(unknown), "acme-gold.availability.*").text
    assert "so their downtimes add up." in told
    assert "shares multiply" not in told


def test_leads_are_added_up(text: str) -> None:
    told = section(text, "sales.leads.*").text
    assert "What it relies on supplies less than is promised." in told
    assert "What these bring in is added up: 80 leads + 30 leads make 110 leads." in told
    assert "Promised 120 Supplied 110 leads Headroom -10 leads" in told
    assert "site 80 a month around the clock 80 leads" in told
    assert "agency commits to 41 instead of 30" in told
    assert "may be down" not in told
    assert "breach can cost" not in told


def test_where_less_is_better_the_weakest_counts(text: str) -> None:
    told = section(text, "sales.complaints.*").text
    assert "What it relies on allows more than is promised." in told
    assert "the weakest counts: site." in told


def test_equality_leaves_nothing(text: str) -> None:
    told = section(text, "exact.availability.*").text
    assert "What it relies on supplies exactly what is promised. Nothing is left over" in told
    assert "Headroom 0%" in told
    assert "As promised 20m9s to 22m19s As supplied 20m9s to 22m19s" in told


def test_who_commits_to_nothing_is_named(text: str) -> None:
    told = section(text, "nothing.complaints.*").text
    assert "Somebody whom it relies on has agreed to no amount of this" in told
    assert "Who commits to nothing empty commits to no complaints ( agreements/a.yaml:" in told
    assert "agency 2 a month around the clock 2 complaints" in told
    assert "Supplied nothing agreed" in told
    assert "never" not in told
    assert "No single change is enough" not in told
    silent = section(text, "nothing.availability.*").text
    assert "none of them has agreed to an amount of this" in silent
    assert "The commitments that count" not in silent


def test_nobody_behind_an_amount(text: str) -> None:
    told = section(text, "alone.availability.*").text
    assert "The agreement names nobody who has committed to do this." in told
    assert "In a month, at most 10 USD" in told
    assert "Supplied" not in told
    assert "No single change is enough" not in told


def test_what_holds_shows_the_downtime_beside_the_percentage(text: str) -> None:
    row = text[text.index('<tr class="item" id="calm.availability.*"') :]
    told = read(row[: row.index("</tr>") + 5]).text
    assert "98% measured per month, around the clock 13h26m24s to 14h52m48s down 98.647% 9h5m29s to 10h3m56s down 0.647%" in told


def test_the_fewest_and_the_most_are_one_where_all_periods_are_alike(found: Report) -> None:
    promise = replace(line(found, "exact"), downtime=("1h", "1h"))
    assert amounts.ranges(promise) == ""


def test_a_long_calculation_is_left_out(found: Report) -> None:
    promise = line(found, "sales", "leads")
    many = replace(promise, supplies=promise.supplies * 4, supported=Quantity("440 leads", Fraction(440), "value"))
    assert amounts.added_up(many) == "What these bring in is added up."


# --- the top ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("agreement", "metric", "times"),
    [
        ("sales", "leads", (False, Fraction(120, 110))),
        ("sales", "complaints", (False, Fraction(4, 3))),
        ("exact", "availability", (False, Fraction(1))),
        ("nothing", "availability", (True, Fraction(0))),
        ("alone", "availability", (False, Fraction(0))),
    ],
)
def test_how_far_an_amount_is_from_its_promise(found: Report, agreement: str, metric: str, times: tuple[bool, Fraction]) -> None:
    assert amounts.multiple(line(found, agreement, metric)) == times


def test_availabilities_are_compared_by_their_downtime(found: Report) -> None:
    promise = replace(
        line(found, "exact"),
        promised=Quantity("99.9%", Fraction(999, 1000), "value"),
        supported=Quantity("99%", Fraction(99, 100), "value"),
    )
    assert amounts.multiple(promise) == (False, Fraction(10))
    assert amounts.multiple(replace(promise, promised=Quantity("100%", Fraction(1), "value"))) == (True, Fraction(0))


def test_the_costliest_gaps_are_named(page: Page) -> None:
    assert "What weighs most Acme, payments platform, Gold: resolution, P1 4h promised" in page.text


# --- the method ------------------------------------------------------------------------------------------------------


def test_the_method_tells_of_amounts_money_and_failures(found: Report, page: Page) -> None:
    assert any("Failures" in assumption for assumption in found.assumptions)
    assert all(assumption in page.text for assumption in found.assumptions)
    assert "A promise of an amount is compared with what the commitments below supply on its clock and in its period." in page.text
    assert "Money at risk is what the credits written in the agreements come to in a month, up to their caps." in page.text
