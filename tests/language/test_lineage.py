"""Where plans and agreements are written, and in which files a change to one of them can be seen."""

from __future__ import annotations

from slachain.language.lineage import Lineage
from slachain.language.loader import load

FILES = {
    "plans.yaml": "plans:\n  base: {provider: us}\n  gold: {extends: base, kind: sla}\n  silver: {extends: base, kind: sla}\n",
    "a.yaml": "agreements:\n  a: {extends: gold, customer: a, calendar: 24x7}\n",
    "b.yaml": "agreements:\n  b: {extends: a, customer: b}\n",
    "c.yaml": "agreements:\n  c: {extends: silver, customer: c, calendar: 24x7}\n",
}
LINEAGE = load({file: text.encode() for file, text in FILES.items()}).lineage


def test_each_is_known_by_its_file_and_by_what_it_extends() -> None:
    assert LINEAGE.files == {
        "base": "plans.yaml",
        "gold": "plans.yaml",
        "silver": "plans.yaml",
        "a": "a.yaml",
        "b": "b.yaml",
        "c": "c.yaml",
    }
    assert LINEAGE.extends == {"gold": "base", "silver": "base", "a": "gold", "b": "a", "c": "silver"}


def test_around_an_agreement_are_those_that_it_inherits_from_and_its_heirs_but_no_cousins() -> None:
    assert LINEAGE.around("b") == {"b.yaml", "a.yaml", "plans.yaml"}
    assert LINEAGE.around("a") == {"b.yaml", "a.yaml", "plans.yaml"}
    assert LINEAGE.around("base") == set(FILES)


def test_a_circle_ends_where_it_began() -> None:
    circle = Lineage({"x": "x.yaml", "y": "y.yaml"}, {"x": "y", "y": "x"})
    assert circle.around("x") == {"x.yaml", "y.yaml"}


def test_what_is_nowhere_is_in_no_file() -> None:
    assert Lineage({"x": "x.yaml"}, {"x": "gone"}).around("x") == {"x.yaml"}
    assert Lineage().around("x") == set()
