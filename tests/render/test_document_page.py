"""The contract's page tells what the Markdown tells, and no text in it is ever markup."""

from __future__ import annotations

import re
from typing import Any

import pytest
from markdown_it import MarkdownIt

from slachain.decisions.contract.document import document
from slachain.decisions.contract.nouns import Document
from slachain.language.values import replace
from slachain.render.document import document_markdown
from slachain.render.document_page import document_html
from slachain.study import Study
from tests.decisions.test_document import clauses, of_folder
from tests.render.attacked import ATTACKS
from tests.render.test_html import HOSTILE, read
from tests.transcripts import ROOT


@pytest.fixture(scope="module")
def whole() -> Study:
    return of_folder(ROOT / "agreements")


@pytest.mark.parametrize("house", [False, True])
@pytest.mark.parametrize("id", ["novapay-gold", "fenwick-silver", "hosting", "desk"])
def test_page_and_markdown_tell_every_clause(whole: Study, id: str, house: bool) -> None:
    found = document(whole, id, house)
    page = read(document_html(found))
    assert not page.wrong
    assert not {tag for tag, _ in page.elements} & {"script", "img", "link", "iframe", "form"}
    plain = re.sub(r"[\\`]", "", document_markdown(found)).replace("&#124;", "|").replace("&amp;", "&")
    on_page = " ".join(page.text.split())
    for clause in clauses(found):
        lines = clause.table.lines if clause.table else ()
        for text in (clause.number, clause.text, *clause.items, *(cell for line in lines for cell in line.cells)):
            assert text in on_page
            assert text in plain


def attacked(value: Any, text: str) -> Any:
    """A contract with a text in place of each of its own."""
    if isinstance(value, str):
        return text
    if isinstance(value, tuple):
        return tuple(attacked(one, text) for one in value)
    if hasattr(value, "__dataclass_fields__"):
        kept = {"at", "kind", "number", "days", "as_of", "role"}
        return replace(value, **{name: attacked(getattr(value, name), text) for name in value.__dataclass_fields__ if name not in kept})
    return value


@pytest.fixture(scope="module")
def found(whole: Study) -> Document:
    return document(whole, "novapay-gold", for_the_house=True)


@pytest.mark.parametrize("attack", HOSTILE)
def test_no_text_becomes_markup(found: Document, attack: str) -> None:
    page = document_html(attacked(found, attack))
    assert attack not in page or attack.startswith("{{")
    assert {tag for tag, _ in read(page).elements} <= {tag for tag, _ in read(document_html(found)).elements}


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_text_becomes_markdown(found: Document, attack: str) -> None:
    """The same headings, tables, rows and cells as without it, and no HTML or link."""

    def shape(text: str) -> list[str]:
        tokens = MarkdownIt("commonmark").enable("table").parse(text)
        inner = [child.type for token in tokens for child in token.children or ()]
        assert not {"html_inline", "link_open", "image"} & set(inner)
        return [token.type for token in tokens if not token.type.startswith("html")]

    assert shape(document_markdown(attacked(found, attack))) == shape(document_markdown(attacked(found, "a text")))
