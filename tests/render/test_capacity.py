"""The capacity page: complete in itself, with its numbers behind every picture, and nothing from a catalogue is ever markup."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest

from slachain.decisions.capacity_change import WhatIf, change
from slachain.decisions.capacity_lines import Change, Plan
from slachain.decisions.capacity_plan import plan
from slachain.language.values import replace
from slachain.render.capacity_curve import curve
from slachain.render.capacity_page import capacity_html
from slachain.render.capacity_words import enough_words, share
from tests.catalogue import study
from tests.decisions.test_capacity_plan import TEXT
from tests.render.attacked import ATTACKS
from tests.render.reports import poisoned
from tests.render.test_html import HOSTILE, read


@pytest.fixture(scope="module")
def found() -> Plan:
    return plan(study(TEXT.replace("staff: 2,", "staff: 2, patience: 10m,")))


@pytest.fixture(scope="module")
def both() -> Change:
    return change(study(TEXT), WhatIf(demand={"globex": {"P1": Fraction(40_000)}}))


def test_every_element_is_closed_and_every_link_leads_somewhere(found: Plan, both: Change) -> None:
    for page in (read(capacity_html(found)), read(capacity_html(both))):
        assert not page.wrong
        assert not page.stack
        assert len(set(page.ids)) == len(page.ids)
        assert all(link.startswith("#") and link[1:] in page.ids for link in page.links())


def test_nothing_is_requested_and_nothing_runs(both: Change) -> None:
    text = capacity_html(both)
    page = read(text)
    assert not {tag for tag, _ in page.elements} & {"script", "img", "link", "iframe", "object", "embed", "base", "image", "use"}
    for _, attributes in page.elements:
        assert not {"src", "srcset", "action", "formaction", "data", "style", "xlink:href"} & set(attributes)
        assert not [name for name in attributes if name.startswith("on")]
    assert "http://" not in text
    assert "https://" not in text
    policy = next(a["content"] for tag, a in page.elements if tag == "meta" and a.get("http-equiv") == "Content-Security-Policy") or ""
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'")
    assert "script-src" not in policy


def test_every_picture_has_its_words_and_its_table(found: Plan) -> None:
    page = read(capacity_html(found))
    pictures = [attributes for tag, attributes in page.elements if tag == "svg"]
    assert len(pictures) == page.count("figure") == page.count("table", "c-rungs") == 2
    for attributes in pictures:
        assert attributes["role"] == "img"
        assert attributes["aria-labelledby"] in page.ids
        assert attributes["aria-describedby"] in page.ids
    for team in found.teams:
        for rung in team.ladder.rungs if team.ladder else ():
            assert f"{rung.on_duty} on duty: {share(rung.within)}" in page.text
            assert re.search(
                rf"\b{rung.on_duty} {rung.people} {re.escape(share(rung.reached.busy))} {re.escape(share(rung.within))}", page.text
            )


def test_it_is_told_by_words_and_symbols_and_not_by_colour_alone(found: Plan, both: Change) -> None:
    assert "✓ Enough people" in read(capacity_html(found)).text
    told = read(capacity_html(both)).text
    for words in ("✗ Pushed over", "✗ Too few people", "✗ not kept", "desk is pushed over.", "↑ More work", "= As before"):
        assert words in told


def test_the_same_plan_gives_the_same_bytes(found: Plan) -> None:
    assert capacity_html(found) == capacity_html(plan(study(TEXT.replace("staff: 2,", "staff: 2, patience: 10m,"))))


READABLE = [attack for attack in ATTACKS if "\ud800" not in attack]  # no file can hold half of a character


@pytest.mark.parametrize("attack", [*HOSTILE, *READABLE])
def test_text_from_a_catalogue_never_becomes_markup(both: Change, attack: str) -> None:
    teams = tuple(
        replace(team, id=attack, former=poisoned(team.former, attack), latter=poisoned(team.latter, attack)) for team in both.teams
    )
    hostile = replace(both, what=(attack,), former=poisoned(both.former, attack), latter=poisoned(both.latter, attack), teams=teams)
    for plain, told in ((both, hostile), (both.latter, hostile.latter)):
        usual, page = read(capacity_html(plain)), read(capacity_html(told))
        assert {tag for tag, _ in page.elements} <= {tag for tag, _ in usual.elements}
        assert {name for _, attributes in page.elements for name in attributes} <= {name for _, a in usual.elements for name in a}
        assert not page.wrong
        assert not page.stack


def test_hostile_words_are_shown(both: Change) -> None:
    for attack in HOSTILE:
        text = capacity_html(poisoned(both.latter, attack))
        assert attack not in text or attack.startswith("{{")
        assert "49" not in re.findall(r">([^<]*)<", text)
        assert read(text).text.count(attack) > 20


def test_points_lie_where_their_shares_are(found: Plan) -> None:
    ladder = found.teams[0].ladder
    assert ladder
    drawn = curve("desk", ladder, True)
    assert [point.y for point in drawn.points] == sorted((point.y for point in drawn.points), reverse=True)
    assert [point.x for point in drawn.points] == sorted(point.x for point in drawn.points)
    kinds = ["few" if rung.within < float(ladder.asked or 0) else "ok" for rung in ladder.rungs]
    assert [point.kind for point in drawn.points] == kinds
    assert set(kinds) == {"few", "ok"}
    assert drawn.now == next(point.x for point, rung in zip(drawn.points, ladder.rungs, strict=True) if rung.now)


def test_one_rung_alone_is_in_the_middle(found: Plan) -> None:
    ladder = found.teams[0].ladder
    assert ladder
    alone = replace(ladder, rungs=tuple(rung for rung in ladder.rungs if rung.now))
    assert [point.x for point in curve("desk", alone, False).points] == [50]


def test_the_highest_share_that_is_reached_is_told(found: Plan) -> None:
    ladder = found.teams[0].ladder
    assert ladder
    rung = replace(ladder.rungs[0], now=True, enough_for=(Fraction(4, 5), Fraction(9, 10)))
    assert enough_words(rung, ladder) == "now, enough for 90%"
    assert enough_words(replace(rung, now=False, enough_for=()), ladder) == ""


@pytest.mark.parametrize(("value", "told"), [(0, "0%"), (0.00001, "<0.01%"), (0.1234567, "12.34%"), (0.99999, ">99.99%"), (1, "100%")])
def test_next_to_nothing_is_not_nothing(value: float, told: str) -> None:
    assert share(value) == told


def test_a_catalogue_without_teams_has_a_page_too() -> None:
    page = read(capacity_html(plan(study("agreements: {}\n"))))
    assert "There is no team to reckon with." in page.text
    assert not page.wrong
