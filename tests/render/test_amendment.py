"""An amendment in each format: whole, bounded, and harmless whatever stands in the agreements."""

from __future__ import annotations

import json
import re
from datetime import date
from functools import cache
from typing import Any

import pytest
from markdown_it import MarkdownIt

from slachain.decisions.amendment import CHANGED, OPENED, Amendment
from slachain.decisions.diff import diff
from slachain.language.values import is_noun, names_of, replace
from slachain.render.amendment.comment import amendment_markdown
from slachain.render.amendment.data import amendment_json
from slachain.render.amendment.page import amendment_html
from slachain.render.amendment.text import amendment_text
from slachain.render.markdown import MOST_BYTES
from tests.amended import version
from tests.browser.reports import ATTACKS, BACKWARDS
from tests.transcripts import ROOT

KEPT = {"change", "turn", "verdict", "cause", "kind", "section", "unit", "severity", "code", "slug", "zone", "field"}
DRAWN = {"text": amendment_text, "json": amendment_json, "html": amendment_html, "markdown": amendment_markdown}


@cache
def example() -> Amendment:
    """What the guide shows."""
    texts = [(ROOT / "docs" / "amendment" / name).read_text() for name in ("before.yaml", "after.yaml")]
    old, new = (version({"a.yaml": text}, name) for text, name in zip(texts, ("v1", "v2"), strict=True))
    return diff(old, new, date(2026, 1, 1))


def rewritten(value: Any, more: str) -> Any:
    """An amendment with something more in each text that comes from outside."""
    if is_noun(value):
        return replace(value, **{name: rewritten(getattr(value, name), more) for name in names_of(value) if name not in KEPT})
    if isinstance(value, tuple):
        return tuple(rewritten(item, more) for item in value)
    return value + more if type(value) is str else value


@pytest.mark.parametrize("form", DRAWN)
def test_the_verdict_is_said_first_and_the_same_each_time(form: str) -> None:
    text = DRAWN[form](example())
    assert text == DRAWN[form](example())
    assert "This amendment opens 1 gap." in text[:12_000] or form == "html"
    assert "opens 1 gap" in re.sub(r"<style>.*?</style>", "", text, flags=re.DOTALL)[:1500]


@pytest.mark.parametrize("form", ["text", "html", "markdown"])
def test_all_that_matters_is_told(form: str) -> None:
    """Names, numbers on both sides, places and what moved it."""
    text = DRAWN[form](example()).replace("&#34;", '"')
    for words in ("acme resolution P1", "6h30m", "engineers", "7h30m possible", "notice", "both ways", "v1", "Fri 2 Jan 2026"):
        assert words in text, words
    assert text.count("only by these together") + text.count("Opened only by these together") >= 1


def test_the_data_says_what_the_page_says() -> None:
    found = json.loads(amendment_json(example()))
    assert found["format"] == "slachain-diff/1"
    assert found["verdict"]["gaps"] == {"opened": 1, "closed": 0}
    opened = next(change for change in found["standings"] if change["turn"] == OPENED)
    assert [mover["moves"] for mover in opened["turned_by"]] == [False, False]
    assert [mover["moves"] for mover in opened["movers"]] == [True, True]
    assert opened["from"]["supported"] == {"text": "6h30m", "seconds": 23400}
    assert found["clauses"][0]["field"] == "targets.response.P1.within"


def test_the_page_is_complete_in_itself() -> None:
    text = amendment_html(example())
    assert not re.findall(r"<script|<link|@import|url\((?!#)|(?:src|href)=", text)
    assert "default-src 'none'" in text


@pytest.mark.parametrize("attack", [*ATTACKS, "a|b", "@team #12", "line\nend", f"turned {BACKWARDS}round", "long" * 200])
def test_no_text_does_any_harm(attack: str) -> None:
    found = rewritten(example(), attack)
    page, comment, text = (draw(found) for draw in (amendment_html, amendment_markdown, amendment_text))
    assert not re.findall(r"<(?:script|img|svg|iframe|textarea|details)\b", page)
    assert page.count("<b>") == amendment_html(example()).count("<b>")
    read = MarkdownIt("commonmark", {"html": True}).enable("table").render(comment)
    assert not re.findall(r"<(?:script|img|svg|iframe|textarea)\b|<a ", read)
    assert read.count("<details>") == read.count("</details>") == amendment_markdown(example()).count("<details>")
    assert len(re.findall("<tr>", read)) == len(found.clauses) + 1
    assert not [told for told in (page, comment, text) if BACKWARDS in told]
    assert not [line for line in text.splitlines() if line.startswith("end")]


@pytest.mark.parametrize("times", [1, 900])
def test_a_comment_fits_whatever_the_amendment_s_size(times: int) -> None:
    """What has no room is counted."""
    found = example()
    large = replace(
        found,
        standings=tuple(replace(change, agreement=f"{change.agreement}-{n}") for n in range(times) for change in found.standings),
        clauses=found.clauses * times,
        targets=found.targets * times,
        findings=found.findings * times,
        renamed=tuple((f"a{n}", f"b{n}") for n in range(times)),
    )
    text = amendment_markdown(large)
    assert len(text.encode()) <= MOST_BYTES
    assert ("see the HTML report" in text) == (times > 1)
    assert f"opens {times} gap" in text


def test_infos_that_changed_are_no_alarm() -> None:
    assert {change.line.code for change in example().told(CHANGED)} == {"SC209", "SC803"}
