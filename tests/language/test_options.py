"""Priced options: what they may change, what they cost, and what excludes what."""

from __future__ import annotations

from fractions import Fraction

import pytest

from slachain.language.model import AmountTarget, Option, TimePromise, Written
from slachain.language.scalars import MINUTE, Duration, Money
from tests.language.marked import agreement, catalogue, clauses, only

DESK = """
  desk:
    {kind: ola, provider: desk, customer: acme, calendar: 24x7, options: [{id: q, change: {calendar: 24x7}, cost: 1 EUR/month}]}
  tier2: {kind: uc, provider: v, customer: desk, calendar: 24x7}
"""
TARGETS = "{resolution: {P1: {within: 4h, attainment: 95%}}, response: 1h, availability: 99.9%}"
LIST = "[desk, {any_of: [tier2, desk]}]"


def options(written: str) -> tuple[Option, ...]:
    text = clauses(targets=TARGETS, relies_on=LIST, options=written) + DESK
    found = catalogue(text)
    assert found.findings == ()
    return found.agreements["x"].options


def option(change: str) -> Option:
    (found,) = options(f"[{{id: o, change: {change}, cost: 100 EUR/month}}]")
    return found


def test_every_key() -> None:
    first, second = options(
        "[{id: o, change: {calendar: 24x7}, cost: 0.5 EUR/quarter, excludes: [p, desk/q]}, {id: p, change: {calendar: 24x7}, cost: 1 EUR/year}]"
    )
    assert (first.id.value, second.id.value) == ("o", "p")
    assert first.cost.value == Money(Fraction(1, 2), "EUR", "quarter")
    assert [name.value for name in first.excludes] == ["p", "desk/q"]


@pytest.mark.parametrize(
    ("field", "value", "path"),
    [
        ("calendar", "24x7", ("calendar",)),
        ("targets.resolution.P1", "2h", ("targets", "resolution", "P1", "within")),
        ("targets.resolution.P1.within", "2h", ("targets", "resolution", "P1", "within")),
        ("targets.resolution.P1.attainment", "90%", ("targets", "resolution", "P1", "attainment")),
        ("targets.resolution.P1.calendar", "24x7", ("targets", "resolution", "P1", "calendar")),
        ("targets.resolution.P2", "8h", ("targets", "resolution", "P2", "within")),
        ('"targets.response.*"', "2h", ("targets", "response", "*", "within")),
        ('"targets.availability.*"', "99.99%", ("targets", "availability", "*", "at_least")),
        ('"relies_on[0].after.*"', "10m", ("relies_on", 0, "after", "*")),
        ("relies_on[0].after.P1", "0m", ("relies_on", 0, "after", "P1")),
        ('"relies_on[1].any_of[0].after.P1"', "10m", ("relies_on", 1, "any_of", 0, "after", "P1")),
        ("relies_on[0].share", "20%", ("relies_on", 0, "share")),
    ],
)
def test_what_can_be_changed(field: str, value: str, path: tuple[str | int, ...]) -> None:
    (change,) = option(f"{{{field if field[0] == chr(34) else chr(34) + field + chr(34)}: {value}}}").changes
    assert change.field.value == path
    assert isinstance(change.value, Written)
    assert change.value.text == value


def test_a_target_as_a_whole() -> None:
    (time, amount) = option(
        '{targets.resolution.P1: {within: 30m, attainment: 80%}, "targets.availability.*": {at_least: 99%, per: year}}'
    ).changes
    assert isinstance(time.value, TimePromise)
    assert time.value.alternatives[0].within.value == Duration(30 * MINUTE)
    assert isinstance(amount.value, AmountTarget)
    assert amount.field.value == ("targets", "availability", "*")


@pytest.mark.parametrize(
    ("written", "code", "words"),
    [
        ("«{}»", "SC102", "options are a list of changes with their cost, not a mapping"),
        ("[«oncall»]", "SC102", "an option is a mapping"),
        ("[«{id: o, cost: 1 EUR/month}»]", "SC102", "needs 'change'"),
        ("[{id: «'a b'», change: {calendar: 24x7}, cost: 1 EUR/month}]", "SC102", "is no id"),
        ("[{id: o, change: {calendar: 24x7}, cost: «9000»}]", "SC102", "9000"),
        (
            "[{id: o, change: {calendar: 24x7}, cost: «9000 EUR»}]",
            "SC102",
            "does not say for how long: write what it comes to, such as 9000 EUR/month",
        ),
        ("[{id: o, change: {calendar: 24x7}, cost: «90 EUR/hour»}]", "SC102", "depends on how many hours"),
        ("[{id: o, change: {calendar: 24x7}, cost: «-1 EUR/month»}]", "SC102", "-1 EUR/month"),
        ("[{id: o, «chnge»: {calendar: 24x7}, change: {calendar: 24x7}, cost: 1 EUR/month}]", "SC102", "did you mean 'change'?"),
        ("[{id: o, change: «{}», cost: 1 EUR/month}]", "SC102", "'change' says what is changed to what"),
        ("[{id: o, change: «24x7», cost: 1 EUR/month}]", "SC102", "'change' says what is changed to what"),
        ("[{id: o, change: {«customer»: y}, cost: 1 EUR/month}]", "SC102", "an option cannot change 'customer'"),
        ("[{id: o, change: {«targets»: 1h}, cost: 1 EUR/month}]", "SC102", "an option cannot change 'targets'"),
        ("[{id: o, change: {«targets.resolution»: 1h}, cost: 1 EUR/month}]", "SC102", "an option cannot change 'targets.resolution'"),
        ("[{id: o, change: {«targets.resolutoin.P1»: 1h}, cost: 1 EUR/month}]", "SC104", "did you mean 'resolution'?"),
        ("[{id: o, change: {targets.resolution.P1: «90%»}, cost: 1 EUR/month}]", "SC102", "90%"),
        ("[{id: o, change: {targets.resolution.P1: «soon»}, cost: 1 EUR/month}]", "SC102", "soon"),
        ("[{id: o, change: {«targets.resolution.P1.at_least»: 1%}, cost: 1 EUR/month}]", "SC102", "it is told as 'within'"),
        ("[{id: o, change: {'«targets.availability.*.attainment»': 1%}, cost: 1 EUR/month}]", None, "an amount, and has no attainment"),
        (
            "[{id: o, change: {«targets.resolution.P3.attainment»: 1%}, cost: 1 EUR/month}]",
            "SC102",
            "there is no target of 'resolution' for 'P3'",
        ),
        ("[{id: o, change: {'«targets.resolution.P1[0]»': 1h}, cost: 1 EUR/month}]", None, "has no alternatives: leave out [0]"),
        ("[{id: o, change: {'«relies_on[2].share»': 1%}, cost: 1 EUR/month}]", None, "the list goes from [0] to [1]"),
        ("[{id: o, change: {'«relies_on[1].after.P1»': 1h}, cost: 1 EUR/month}]", None, "is a group: name one in it"),
        ("[{id: o, change: {'«relies_on[1].any_of[0].share»': 1%}, cost: 1 EUR/month}]", None, "not inside a group"),
        ("[{id: o, change: {calendar: «24x8»}, cost: 1 EUR/month}]", "SC104", "24x7"),
        ("[{id: o, change: {calendar: 24x7}, cost: 1 EUR/month, excludes: [«o»]}]", "SC102", "an option cannot exclude itself"),
        ("[{id: o, change: {calendar: 24x7}, cost: 1 EUR/month, excludes: [«p»]}]", "SC104", "there is no option 'p' here"),
        ("[{id: o, change: {calendar: 24x7}, cost: 1 EUR/month, excludes: [«desk/r»]}]", "SC104", "there is no option 'desk/r'"),
        (
            "[{id: o, change: {calendar: 24x7}, cost: 1 EUR/month}, {id: «o», change: {calendar: 24x7}, cost: 1 EUR/month}]",
            "SC102",
            "the option 'o' is written twice",
        ),
        (
            "[{id: o, change: {targets.resolution.P1: 1h, «targets.resolution.P1.within»: 2h}, cost: 1 EUR/month}]",
            "SC102",
            "'targets.resolution.P1.within' is changed twice",
        ),
    ],
)
def test_what_is_wrong_with_an_option(written: str, code: str | None, words: str) -> None:
    text = clauses(targets=TARGETS, relies_on=LIST, options=written) + DESK
    if code is None:  # a quoted key: what is pointed at are the quotes too
        plain = text.replace("«", "").replace("»", "")
        (finding,) = catalogue(plain).findings
        assert finding.code == "SC102"
        assert words in finding.message
    else:
        only(text, code, words)


def test_an_option_that_cannot_be_read_costs_no_other() -> None:
    text = clauses(options="[{id: a, change: {calendar: 24x7}, cost: 1 EUR/month}, {id: b, change: {calendar: 24x7}, cost: 1}]")
    found = catalogue(text)
    assert len(found.findings) == 1
    assert [option.id.value for option in found.agreements["x"].options] == ["a"]


def test_options_change_no_verdict() -> None:
    """They are offers: an agreement with them is as it is without."""
    with_options = agreement(clauses(options="[{id: a, change: {calendar: 24x7}, cost: 1 EUR/month}]", targets="{resolution: 4h}"))
    without = agreement(clauses(targets="{resolution: 4h}"))
    assert with_options.targets.keys() == without.targets.keys()
    assert (with_options.calendar.value, without.options) == ("24x7", ())
