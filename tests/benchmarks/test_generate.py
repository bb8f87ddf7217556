"""The generated catalogue: of the size that was asked for, always the same, readable, and as varied as it says."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cache
from itertools import islice

import pytest

from benchmarks.generate import FEWEST, IN_A_LINE, LINES, PLANS, ZONES, generate
from slachain.decisions.reporting import findings
from slachain.language.catalogue import Catalogue
from slachain.language.loader import load
from slachain.study import Study


@cache
def files(agreements: int, seed: int = 1) -> dict[str, str]:
    return dict(generate(agreements, seed))


@cache
def catalogue(agreements: int, seed: int = 1) -> Catalogue:
    return load({name: text.encode() for name, text in files(agreements, seed).items()})


@pytest.mark.parametrize("size", [20, 21, 47, 399, 400, 1_000])
def test_as_many_agreements_as_asked_for_each_in_a_file(size: int) -> None:
    written = [text for name, text in files(size).items() if name not in {"calendars.yaml", "plans.yaml"}]
    assert len(written) == size
    assert all(text.count("\n    customer: ") == 1 for text in written)


def test_too_few_are_refused() -> None:
    with pytest.raises(ValueError, match="at least 20"):
        list(generate(FEWEST - 1))


@pytest.mark.parametrize("seed", [1, 7])
@pytest.mark.parametrize("size", [20, 700])
def test_it_is_read_without_findings(size: int, seed: int) -> None:
    read = catalogue(size, seed)
    assert not read.findings
    assert len([a for a in read.agreements.values() if not a.id.startswith("plan-")]) == size


def test_the_same_seed_and_size_give_the_same_bytes() -> None:
    assert list(generate(300)) == list(generate(300)) == list(files(300).items())
    assert files(300) != files(300, seed=2)


def test_a_larger_one_of_full_lines_begins_as_a_smaller_one() -> None:
    larger = dict(islice(generate(5_000), len(files(1_000))))
    assert larger == files(1_000)


def test_the_variety_that_it_promises() -> None:
    read = catalogue(1_500)
    below = [a for a in read.agreements.values() if a.kind.value in {"ola", "uc"}]
    customers = [a for a in read.agreements.values() if a.kind.value == "sla" and a.id.startswith("customer-")]
    assert len(below) == IN_A_LINE * LINES == 200
    assert len({a.id.split("-")[0] for a in below}) == 5
    assert len(read.calendars) == 60 + 1  # and 24x7
    assert len(ZONES) == 20
    assert {a.calendar.value for a in customers} == set(read.calendars)
    bespoke = sum("extends:" not in files(1_500)[a.customer.at.file] for a in customers)
    assert 0.1 < bespoke / len(customers) < 0.2
    assert len({line for text in files(1_500).values() for line in text.splitlines() if line.startswith("    extends: plan-")}) == PLANS
    assert all(set(a.targets["resolution"]) == {"P1", "P2", "P3", "P4"} and a.targets["availability"] and a.credits for a in customers)


def test_there_are_diamonds_in_every_line() -> None:
    read = catalogue(400)
    relied_on = Counter(
        m.agreement.value for a in read.agreements.values() if a.kind.value != "sla" for i in a.relies_on for m in i.members()
    )
    assert Counter(relied_on.values()) == {1: 2 * LINES, 2: 7 * LINES}


def test_what_is_promised_is_kept_but_for_what_was_too_much() -> None:
    """A few gaps among thousands, and no finding that would drown them."""
    found = findings(Study.of(catalogue(40), date(2026, 1, 1)))
    assert not found
