"""Lines that are made when they are looked at are those that are made at once, and what is asked of all is answered without them."""

from __future__ import annotations

from datetime import date
from functools import cache
from random import Random
from typing import NoReturn

from hypothesis import given, settings
from hypothesis import strategies as st

from slachain.decisions.data import as_data
from slachain.decisions.lines import Lines, Names, places, sources
from slachain.decisions.money_lines import of_agreements
from slachain.decisions.ordering import by_money
from slachain.decisions.report import PromiseLine, Report
from slachain.decisions.reporting import report
from slachain.language.loader import load
from slachain.language.values import replace
from slachain.render.json import dump, json_text
from slachain.render.terminal import plain
from slachain.study import Study
from tests import catalogues, catalogues_amounts, priced

ALL_HOLD = """
agreements:
  desk: {kind: ola, provider: desk, customer: us, calendar: 24x7, targets: {resolution: {P1: 2h, P2: 3h}}}
  gold:
    {kind: sla, provider: us, customer: acme, calendar: 24x7, targets: {resolution: {P1: 8h, P2: 9h}}, relies_on: [desk],
    review: {every: 1y, last: 2025-12-01}, owner: me, fee: 100 EUR/month}
"""


def reported(raw: catalogues.Raw, day: date) -> tuple[Study, Report]:
    """The study and the report of a catalogue, some of its promises with a price."""
    text = catalogues.to_yaml(priced.with_prices(raw, Random(1), 4, day))
    study = Study.of(load({"a.yaml": text.encode()}), day)
    return study, report(study)


def of_both() -> st.SearchStrategy[tuple[Study, Report]]:
    """Of times and of amounts."""
    times = st.builds(reported, catalogues.catalogues(), st.just(catalogues.AS_OF))
    return times | st.builds(reported, catalogues_amounts.catalogues_of_amounts(), st.just(catalogues_amounts.AS_OF))


@settings(max_examples=15)
@given(of_both())
def test_what_is_told_when_it_is_looked_at_is_what_is_told_at_once(both: tuple[Study, Report]) -> None:
    study, found = both
    whole = found.in_full()
    assert found == whole
    assert isinstance(whole.promises, tuple)
    assert found.counts() == whole.counts()
    names: set[Names] = {promise.named for promise in whole.promises[::2]}
    assert places(found.promises, names) == places(whole.promises, names)
    assert by_money(found) == by_money(whole)
    assert of_agreements(study, sources(found.promises)) == of_agreements(study, whole.promises)
    assert [promise.agreement for promise in found.promises] == sorted(promise.agreement for promise in whole.promises)
    assert found.promises[1:] == whole.promises[1:]


@settings(max_examples=15)
@given(of_both())
def test_json_written_line_by_line_is_the_data_written_at_once(both: tuple[Study, Report]) -> None:
    _, found = both
    assert json_text(found) == dump(as_data(found.in_full()))


@cache
def all_hold() -> Study:
    """A catalogue in which every promise holds."""
    return Study.of(load({"a.yaml": ALL_HOLD.encode()}), date(2026, 1, 1))


def test_text_makes_no_line_of_what_holds() -> None:
    def refused(source: object) -> NoReturn:
        raise AssertionError(source)

    found = report(all_hold())
    assert found.counts() == {"holds": 2}
    unmade: Lines[object, PromiseLine] = Lines(sources(found.promises), refused)
    assert plain(replace(found, promises=unmade, agreements=Lines(found.agreements, refused)), {}).startswith("All 2 promises hold")


def test_lines_are_equal_to_the_same_lines_alone() -> None:
    lines: Lines[int, str] = Lines((1, 2, 3), str)
    assert lines == ("1", "2", "3")
    assert lines != ("1", "2")
    assert lines != 3
    assert hash(lines) == hash(Lines(["1", "2", "3"], str.strip))
    assert (lines[-1], lines[:2], "2" in lines) == ("3", ("1", "2"), True)
