"""Promises of amounts worked out by hand: shares, counts and money, side by side, in the place of each other, and below one another."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest

from slachain.analysis.amounts import AmountVerdict
from slachain.study import Study
from tests.catalogue import study

METRICS = """
metrics:
  leads: {type: count, unit: leads, better: higher, chain: supply}
  defects: {type: count, unit: defects, better: lower, chain: supply}
  solved: {type: percent, better: higher, chain: each}
  abandoned: {type: percent, better: lower, chain: each}
  spend: {type: money, better: lower, chain: each}
"""
HEAD = "promise: {{kind: sla, provider: us, customer: acme, calendar: 24x7, targets: {{{promised}}}, relies_on: [{relies_on}]}}"


def catalogue(promised: str, relies_on: str, below: dict[str, str], policy: str = "") -> Study:
    """A promise over that list, and what stands below, by name."""
    lines = [HEAD.format(promised=promised, relies_on=relies_on)]
    lines += [f"{id}: {{kind: ola, provider: us, customer: us, calendar: 24x7, {rest}}}" for id, rest in below.items()]
    found = study(f"policy: {{{policy}}}\n{METRICS}agreements:\n" + "".join(f"  {line}\n" for line in lines))
    assert not found.catalogue.findings
    assert not found.not_checked
    return found


def judged(promised: str, relies_on: str, below: dict[str, str], policy: str = "") -> AmountVerdict:
    """The verdict on the one promise."""
    (found,) = catalogue(promised, relies_on, below, policy).amount_verdicts
    return found


def up(share: str, relies_on: str = "") -> str:
    """An agreement that is available for so much of the time, and relies on others."""
    return f"targets: {{availability: {{at_least: {share}}}}}, relies_on: [{relies_on}]"


def of(metric: str, bound: str, relies_on: str = "") -> str:
    """An agreement of so much; fewer are better of what is lost, more of the rest."""
    word = "at_most" if metric in ("defects", "abandoned", "spend") else "at_least"
    return f"targets: {{{metric}: {{{word}: {bound}}}}}, relies_on: [{relies_on}]"


@pytest.mark.parametrize(
    ("promised", "committed", "strict", "kept"),
    [
        ("availability: {at_least: 99%}", up("99%"), "equal", None),
        ("availability: {at_least: 99.1%}", up("99%"), "availability", "availability"),
        ("availability: {at_least: 98.9%}", up("99%"), None, None),
        ("leads: {at_least: 40}", of("leads", "40"), "equal", None),
        ("leads: {at_least: 41}", of("leads", "40"), "amount", "amount"),
        ("abandoned: {at_most: 5%}", of("abandoned", "5%"), "equal", None),
        ("abandoned: {at_most: 4.9%}", of("abandoned", "5%"), "amount", "amount"),
        ("abandoned: {at_most: 5.1%}", of("abandoned", "5%"), None, None),
        ("spend: {at_most: 100 EUR}", of("spend", "100 EUR"), "equal", None),
        ("spend: {at_most: 100.01 EUR}", of("spend", "100 EUR"), None, None),
    ],
)
def test_just_as_much_is_enough_where_the_policy_says_so(promised: str, committed: str, strict: str | None, kept: str | None) -> None:
    """What is not stricter below leaves nothing for the promise's own work; by the policy `equal: kept` it is kept nevertheless."""
    for policy, cause in (("", strict), ("equal: gap", strict), ("equal: kept", kept)):
        found = judged(promised, "desk", {"desk": committed}, policy)
        assert (found.verdict, found.cause, found.holds) == ("gap" if cause else "holds", cause, cause is None)


def test_what_relies_on_nothing_is_supported_by_nothing_and_does_not_hold() -> None:
    found = judged("availability: {at_least: 1%}", "{agreement: desk, metrics: [resolution]}", {"desk": up("99%")})
    assert (found.verdict, found.cause, found.supported, found.holds) == ("unsupported", "unsupported", None, False)


@pytest.mark.parametrize(
    ("relies_on", "supported"),
    [
        ("a, b, c", 60),
        ("a, a", 20),  # what is written twice is supplied twice
        ("a, {all_of: [b, c]}", 60),
        ("a, {any_of: [b, c]}", 30),  # whoever of the two it is: at least the 20 of b
        ("{any_of: [b, c, {all_of: [a, b]}]}", 20),
        ("{any_of: [{all_of: [a, b]}, c]}", 30),
        ("a, nothing", 10),
        ("{any_of: [a, nothing]}", 0),  # it may be the one that supplies nothing
        ("{all_of: [a, nothing]}, b", 30),
        ("b, {any_of: [nothing, {all_of: [nothing, nothing]}]}", 20),
        ("through", 15),  # its own word counts, whatever stands below it
    ],
)
def test_what_a_list_supplies_adds_up(relies_on: str, supported: int) -> None:
    """Leads from three sources: 10, 20 and 30 a month, added where all of them supply, the fewest where it may be any one."""
    below = {id: of("leads", str(number)) for id, number in (("a", 10), ("b", 20), ("c", 30))}
    below |= {"nothing": "targets: {solved: {at_least: 50%}}", "through": of("leads", "15", "a")}
    found = judged("leads: {at_least: 5}", relies_on, below)
    assert found.supported == supported
    assert (found.verdict, found.cause) == (("holds", None) if supported > 5 else ("gap", "amount"))
    assert {part.stop.agreement for part in found.parts} == set(re.findall(r"\w+", relies_on)) - {"nothing", "any_of", "all_of"}  # as named


def test_of_what_is_lost_the_most_counts_of_whoever_it_may_be() -> None:
    """Defects of three suppliers: they add up, and of two of which either may deliver it is the worse that counts."""
    below = {id: of("defects", str(number)) for id, number in (("a", 1), ("b", 2), ("c", 3))}
    assert judged("defects: {at_most: 10}", "a, {any_of: [b, c]}", below).supported == 4
    assert judged("defects: {at_most: 10}", "{any_of: [{all_of: [a, b, c]}, c]}", below).supported == 6


def test_what_is_no_availability_is_as_much_as_is_committed_whenever_who_does_it_works() -> None:
    """Calls and leads are counted, not timed: the clock on which they are counted takes nothing away."""
    for metric, bound in (("leads", "40"), ("solved", "80%")):
        office = "calendar: {timezone: UTC, hours: {mon-fri: '09:00-17:00'}}"
        found = judged(
            f"{metric}: {{at_least: {bound[0]}{bound[2:]}}}", "desk", {"desk": f"targets: {{{metric}: {{at_least: {bound}, {office}}}}}"}
        )
        assert [part.supplies for part in found.parts] == [found.supported] == [found.parts[0].target.bound.value]


def test_where_nobody_in_the_list_commits_to_anything_something_is_missing() -> None:
    silent = {"desk": "targets: {solved: {at_least: 50%}}, relies_on: [below]", "below": of("leads", "90")}
    found = judged("leads: {at_least: 5}", "desk, {any_of: [desk, desk]}", silent)
    assert (found.verdict, found.supported) == ("gap", None)


@pytest.mark.parametrize(
    ("relies_on", "supported", "parts"),
    [
        ("a, b", 80, ["a", "b"]),
        ("{any_of: [a, b]}", 80, ["a", "b"]),
        ("b", 90, ["b"]),
        ("c", 70, ["c", "silent", "d"]),
        ("c, b", 70, ["c", "silent", "d", "b"]),
        ("c, b, a", 70, ["c", "silent", "d", "b", "a"]),
    ],
)
def test_each_has_to_be_as_good_as_promised_however_far_below(relies_on: str, supported: int, parts: list[str]) -> None:
    """Calls solved at once: the worst commitment anywhere below is what can be promised; further down one may be without."""
    below = {"a": of("solved", "80%"), "b": of("solved", "90%"), "c": of("solved", "95%", "silent"), "silent": "relies_on: [d]"}
    below |= {"d": of("solved", "70%")}
    found = judged("solved: {at_least: 60%}", relies_on, below)
    assert found.supported == Fraction(supported, 100)
    assert [part.stop.agreement for part in found.parts] == [id for id in parts if id != "silent"]
    assert [part.supplies for part in found.parts] == [part.target.bound.value for part in found.parts]


def test_of_each_that_is_relied_on_directly_a_commitment_is_asked() -> None:
    """The ones that have none are named, each once; what stands below them does not stand for them."""
    below = {"a": of("solved", "80%"), "silent": "relies_on: [a]", "still": "title: nothing at all"}
    found = judged("solved: {at_least: 60%}", "silent, a, {all_of: [still, silent]}", below)
    assert (found.verdict, found.cause, found.supported) == ("gap", "missing", None)
    assert [stop.agreement for stop in found.missing] == ["silent", "still"]


def test_a_promise_for_every_priority_is_as_good_as_the_worst_of_them() -> None:
    """P1 and P3 have words of their own below, and P2, which the map names, what is written for all; who has a row of its own is not in it."""
    each, desk = (
        'targets: {solved: {P1: {at_least: 90%}, P3: {at_least: 70%}, "*": {at_least: 80%}}}',
        "{agreement: desk, priorities: {P2: P2}}",
    )
    rows = catalogue('solved: {P3: {at_least: 75%}, "*": {at_least: 75%}}', desk, {"desk": each}).amount_verdicts
    found = {row.promise.priority: (row.supported, row.holds) for row in rows}
    assert found == {"*": (Fraction(8, 10), True), "P3": (Fraction(7, 10), False)}
    assert judged("solved: {at_least: 60%}", desk, {"desk": each}).supported == Fraction(7, 10)


def test_a_promise_for_every_priority_has_a_gap_where_one_of_them_has_no_commitment() -> None:
    """However good the others are: for P2 nobody has said anything."""
    found = judged(
        "solved: {at_least: 60%}",
        "{agreement: desk, priorities: {P2: P2}}",
        {"desk": "targets: {solved: {P1: {at_least: 90%}, P3: {at_least: 70%}}}"},
    )
    assert (found.verdict, found.cause, [stop.priority for stop in found.missing]) == ("gap", "missing", ["P2"])


def test_who_promises_the_same_is_told_by_the_words_of_its_own() -> None:
    """The three are judged once; each row shows the target where its own agreement has it, or inherited it."""
    promise = (
        "{kind: sla, provider: us, customer: acme, calendar: 24x7, targets: {availability: {at_least: 90%, per: year}}, relies_on: [desk]}"
    )
    rows = study(f"""
plans:
  plan: {promise}
agreements:
  one: {promise}
  two: {promise}
  three: {{extends: plan}}
  four: {{extends: plan}}
  other: {promise.replace("year", "month")}
  desk: {{kind: ola, provider: us, customer: us, calendar: 24x7, targets: {{availability: {{at_least: 95%, per: year}}}}}}
""").amount_verdicts
    assert [row.promise.agreement.id for row in rows] == ["four", "one", "other", "three", "two"]
    for row in rows:
        assert row.promise.target is row.promise.agreement.targets["availability"]["*"]
        assert row.promise.target.at == row.promise.agreement.targets["availability"]["*"].at
    assert len({row.promise.target.at for row in rows}) == 4
    assert {row.supported for row in rows if row.promise.agreement.id != "other"} == {Fraction(95, 100)}
