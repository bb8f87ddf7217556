"""`extends`: what is merged, what is replaced, what is not inherited; and where a finding points then (section 4)."""

from __future__ import annotations

import time
from fractions import Fraction

import pytest

from slachain.language.model import TimePromise
from slachain.language.scalars import Money
from tests.language.marked import agreement, catalogue, only

ALL = "kind: sla, provider: desk, customer: acme, calendar: 24x7"


def test_maps_merge_at_every_depth() -> None:
    """
    plans:
      gold:
        kind: sla
        calendar: 24x7
        demand: {P1: 3/month, P2: 5/month}
        targets: {response: {P1: 15m, P2: 1h}, resolution: {P1: 4h}, update: 1h}
        review: {every: 6 months}
        credits: {resolution: [{over: 4h, credit: 5%}], cap: 30%}
    agreements:
      x:
        extends: gold
        provider: desk
        customer: acme
        demand: {P2: 9/month}
        targets: {response: {P2: 2h, P3: 4h}, resolution: {P2: 8h}}
        review: {last: 2026-01-01}
        credits: {cap: 20%}
    """
    x = agreement(test_maps_merge_at_every_depth.__doc__ or "")
    assert {p: d.text for p, d in x.demand.items()} == {"P1": "3/month", "P2": "9/month"}
    assert {m: dict.fromkeys(by) for m, by in x.targets.items()} == {
        "response": {"P1": None, "P2": None, "P3": None},
        "resolution": {"P1": None, "P2": None},
        "update": {"*": None},
    }
    p2 = x.targets["response"]["P2"]
    assert isinstance(p2, TimePromise)
    assert p2.alternatives[0].within.text == "2h"
    assert x.review is not None
    assert x.review.every is not None
    assert x.review.last is not None
    assert x.credits is not None
    assert x.credits.cap is not None
    assert (x.credits.cap.text, list(x.credits.bands)) == ("20%", ["resolution"])


def test_a_target_a_calendar_and_lists_are_replaced_whole() -> None:
    """
    plans:
      p:
        calendar: {timezone: UTC, hours: {mon: 09:00-10:00}, until: 2026-12-31}
        targets: {response: {within: 1h, attainment: 90%}, update: {P1: {within: 1h, warn: 50%}}}
        excludes: [a, b]
    agreements:
      x:
        extends: p
        kind: sla
        provider: desk
        customer: acme
        calendar: {timezone: Europe/London, hours: {tue: 09:00-10:00}}
        targets: {response: {within: 2h}, update: {P1: {within: 3h}}}
        excludes: [c]
    """
    text = test_a_target_a_calendar_and_lists_are_replaced_whole.__doc__ or ""
    x = agreement(text)
    response, update = x.targets["response"]["*"], x.targets["update"]["P1"]
    assert isinstance(response, TimePromise)
    assert isinstance(update, TimePromise)
    assert response.alternatives[0].attainment is None
    assert update.alternatives[0].warn is None
    assert [word.value for word in x.excludes] == ["c"]
    assert getattr(catalogue(text).calendars[x.calendar.value].body, "closes_after", 0) is None


def test_what_is_not_inherited() -> None:
    """
    agreements:
      parent:
        kind: ola
        provider: desk
        customer: acme
        calendar: 24x7
        title: Parent
        term: {from: 2026-01-01}
        end_to_end: true
        accept: [{finding: SC207, until: 2026-12-31, because: x}]
        owner: o@example.com
      x: {extends: parent}
    """
    x = agreement(test_what_is_not_inherited.__doc__ or "")
    assert (x.title, x.term.opens, x.end_to_end, x.accept) == (None, None, False, ())
    assert x.owner is not None
    assert x.owner.text == "o@example.com"


def test_a_finding_points_into_the_plan_once_however_many_extend_it() -> None:
    plan = "plans:\n  p: {kind: sla, targets: {response: {P1: «4x»}}}\n"
    heirs = "agreements:\n" + "".join(f"  a{i}: {{extends: p, provider: d, customer: c, calendar: 24x7}}\n" for i in range(20))
    only(plan, "SC102", "is no duration", b=heirs)


@pytest.mark.parametrize(
    ("clause", "code"),
    [
        ("«servise»: x", "SC102"),
        ("relies_on: [«a10x»]", "SC104"),
        ("targets: {«respons»: 1h}", "SC104"),
        ("calendar: «nowhere»", "SC104"),
        ("kind: «slaa»", "SC102"),
    ],
)
def test_a_slip_in_a_plan_is_told_once(clause: str, code: str) -> None:
    plan = f"plans:\n  p: {{{clause}}}\n"
    written = {
        key: value
        for key, value in (("kind", "sla"), ("provider", "d"), ("customer", "c"), ("calendar", "24x7"))
        if not clause.startswith(key)
    }
    heirs = "agreements:\n" + "".join(f"  a{i}: {{extends: p, {', '.join(f'{k}: {v}' for k, v in written.items())}}}\n" for i in range(20))
    only(plan, code, b=heirs)


def test_an_unknown_parent_is_the_only_finding_but_for_what_else_is_wrong() -> None:
    only(
        f"plans: {{gold: {{}}}}\nagreements:\n  x: {{extends: «glod»}}\n  y: {{relies_on: [x], {ALL}}}\n",
        "SC104",
        "there is no plan or agreement 'glod' (did you mean 'gold'?)",
    )
    found = catalogue("agreements:\n  x: {extends: nowhere, kind: slaa}\n").findings
    assert [(f.code, f.at.column) for f in found] == [("SC104", 16), ("SC102", 31)]


@pytest.mark.parametrize(("value", "words"), [("«[p]»", "not a list"), ("«~»", "not nothing"), ("«''»", "is no id"), ("«a b»", "is no id")])
def test_what_cannot_be_extended(value: str, words: str) -> None:
    only(f"agreements:\n  x: {{extends: {value}, {ALL}}}\n", "SC102", words)


def test_a_parent_that_is_broken_is_told_once() -> None:
    only(
        "plans:\n  p: «3»\nagreements:\n  x: {extends: p}\n  y: {extends: x}\n",
        "SC102",
        "'p' is a mapping of its clauses, not a single value",
    )


def test_a_circle_names_all_of_it() -> None:
    """
    agreements:
      a: {extends: b}
      b: {extends: c}
      c: {extends: «a»}
      d: {extends: a}
    """
    found = only(test_a_circle_names_all_of_it.__doc__ or "", "SC105", "a circle of extends: a -> b -> c -> a")
    assert [(note.message, str(note.at)) for note in found.because] == [
        ("a extends it in turn", "a.yaml:3:20"),
        ("b extends it in turn", "a.yaml:4:20"),
    ]


def test_oneself() -> None:
    only(f"agreements:\n  x: {{extends: «x», {ALL}}}\n", "SC105", "x -> x")


# --- size


@pytest.mark.parametrize(("last", "count"), [(f"{{{ALL}}}", 0), ("{extends: a0}", 1), ("{extends: nowhere}", 1), ("3", 1)])
def test_ten_thousand_chained_extends(last: str, count: int) -> None:
    lines = [*(f"  a{i}: {{extends: a{i + 1}}}\n" for i in range(10_000)), f"  a10000: {last}\n"]
    started = time.process_time()
    found = catalogue("agreements:\n" + "".join(reversed(lines) if count else lines))
    assert len(found.findings) == count
    assert len(found.agreements) == (0 if count else 10_001)
    assert time.process_time() - started < 8


def test_plans_that_multiply_are_refused_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("slachain.language.inheritance.MOST_HANDED_DOWN", 100_000)
    plan = f"plans:\n  p: {{relies_on: [{', '.join(['x'] * 20_000)}], {ALL}}}\n"
    found = catalogue(plan + "agreements:\n  x: {extends: p}\n" + "".join(f"  a{i}: {{extends: p, term: {{}}}}\n" for i in range(1000)))
    assert [f.message for f in found.findings] == ["the plans of this catalogue hand down more than 100,000 values: extend less"]
    assert len(found.agreements) == 5


def test_plans_of_ordinary_size_are_handed_down_as_often_as_anybody_likes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("slachain.language.inheritance.MOST_HANDED_DOWN", 0)
    times = ", ".join(f"P{i}: 1h" for i in range(100))
    plan = f"plans:\n  p: {{targets: {{response: {{{times}}}, resolution: {{{times}}}}}, {ALL}}}\n"
    found = catalogue(plan + "agreements:\n" + "".join(f"  a{i}: {{extends: p, term: {{}}}}\n" for i in range(100)))
    assert (found.findings, len(found.agreements)) == ((), 100)
    assert found.agreements["a0"].targets["response"] is found.agreements["a99"].targets["response"]


def test_a_value_that_an_alias_repeats_is_read_for_each_clause() -> None:
    found = catalogue(
        f"plans:\n  p: {{fee: &fee 100 EUR, title: x, service: *fee, {ALL}}}\nagreements:\n  a: {{extends: p}}\n  b: {{extends: p}}\n"
    )
    one, other = found.agreements["a"], found.agreements["b"]
    assert one.fee is not None
    assert one.service is not None
    assert (one.fee.value, one.service.value) == (Money(Fraction(100), "EUR"), "100 EUR")
    assert (one.fee, one.service) == (other.fee, other.service)


def test_a_plan_of_ordinary_size_for_ten_thousand() -> None:
    plan = f"plans:\n  p: {{targets: {{response: {{{', '.join(f'P{i}: 1h' for i in range(20))}}}}}, {ALL}}}\n"
    found = catalogue(plan + "agreements:\n" + "".join(f"  a{i}: {{extends: p}}\n" for i in range(3000)))
    assert (found.findings, len(found.agreements)) == ((), 3000)
