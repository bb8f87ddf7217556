"""Agreements that are alike are judged together, and each of their promises is still told apart from the others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import combinations

import pytest

from slachain.analysis import likeness
from slachain.analysis.likeness import Alike, Likeness
from slachain.analysis.promises import Promise, horizon, time_promises
from slachain.analysis.situation import Situation
from slachain.analysis.verdicts import HOLDS, Verdict
from slachain.clocks.clock import View
from slachain.study import Study
from tests.catalogue import AS_OF, study

TEXT = """
metrics:
  leads: {type: count, unit: leads, better: higher, chain: supply}
  visits: {type: count, unit: visits, better: higher, chain: supply}
agreements:
  one: &sold
    {kind: sla, provider: us, customer: them, calendar: 24x7, relies_on: [below],
     targets: {leads: {at_least: 10, per: month}, visits: {at_least: 500, per: month}, response: 4h, resolution: 2d}}
  two: *sold
  below:
    {kind: ola, provider: others, customer: us, calendar: 24x7,
     targets: {leads: {at_least: 20, per: month}, visits: {at_least: 400, per: month}, response: 1h, resolution: 3d}}
"""


def test_each_promise_of_agreements_that_are_alike_has_its_own_verdict() -> None:
    found = study(TEXT)
    assert not found.catalogue.findings
    told = [(v.promise.agreement.id, v.promise.metric.id, v.verdict) for v in found.amount_verdicts]
    told += [(v.promise.agreement.id, v.promise.metric.id, v.verdict) for v in found.verdicts]
    each = [("leads", "holds"), ("visits", "gap"), ("resolution", "gap"), ("response", "holds")]
    assert sorted(told) == sorted((id, *one) for id in ("one", "two") for one in each)
    assert [(v.promise.agreement.id, v.promise.metric.id) for v in found.all_verdicts] == sorted(one[:2] for one in told)


# --- which agreements are alike ------------------------------------------------------------------------------------------

SOLD = """
calendars:
  office: {{timezone: Europe/London, hours: {{mon-fri: "09:00-17:00"}}}}
  shop: {{timezone: Europe/London, hours: {{mon-sat: "10:00-20:00"}}}}
agreements:
  former: {{{former}}}
  latter: {{{latter}}}
  desk: &own {{kind: ola, provider: desk, customer: us, calendar: office, targets: {{response: 1h, availability: {{at_least: 99%, per: month}}}}}}
  team: *own
"""
SAID = """kind: sla, provider: us, customer: them, calendar: office, owner: Ada, pauses: [{awaiting-customer: 4h}], term: {from: 2026-03-01, until: 2026-09-30},
    targets: {response: {P1: {within: 4h, attainment: 90%, calendar: office}, P2: [{within: 8h, opened_in: shop}, {within: 9h}]}, availability: {at_least: 98%, per: month}},
    relies_on: [{agreement: desk, after: {P1: 30m}, priorities: {P1: S1}, metrics: [response], share: 20%}, {any_of: [desk, team]}]"""


def of_two(former: str, latter: str) -> tuple[Study, Likeness, Alike, Alike]:
    """A study of two agreements, and their classes."""
    found = study(SOLD.format(former=former, latter=latter))
    assert not found.catalogue.findings
    classes = Likeness(AS_OF, lambda agreement: False)
    return found, classes, classes.of(found.catalogue.agreements["former"]), classes.of(found.catalogue.agreements["latter"])


@pytest.mark.parametrize(("word", "other"), [("customer: them", "customer: others"), ("owner: Ada", "owner: Bob"), ("until: 2026-09-30", "until: 2026-09-30, notice: 30d"), ("4h", "240m"), ("98%", "98.0%"), ("4h", "PT4H"), ("kind: sla", "kind: ola, end_to_end: true")])  # fmt: skip
def test_who_made_a_promise_and_how_it_is_written_set_nothing_apart(word: str, other: str) -> None:
    assert word in SAID
    _, _, former, latter = of_two(SAID, SAID.replace(word, other, 1))
    assert former is latter


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("calendar: office, owner", "calendar: shop, owner"),
        ("awaiting-customer: 4h", "awaiting-customer: 5h"),
        ("awaiting-customer: 4h", "awaiting-vendor: 4h"),
        ("from: 2026-03-01", "from: 2026-03-02"),
        ("until: 2026-09-30", "until: 2026-10-01"),
        ("within: 4h", "within: 5h"),
        ("attainment: 90%", "attainment: 91%"),
        ("calendar: office}", "calendar: shop}"),
        ("opened_in: shop", "opened_in: office"),
        ("P2: [{within: 8h, opened_in: shop}, {within: 9h}]", "P2: {within: 8h}"),
        ("P2:", "P3:"),
        ("at_least: 98%", "at_least: 98.1%"),
        ("per: month", "per: quarter"),
        ("agreement: desk", "agreement: team"),
        ("P1: 30m", "P1: 31m"),
        ("P1: 30m", "P2: 30m"),
        ("after: {P1: 30m}, ", ""),
        ("P1: S1", "P1: S2"),
        ("metrics: [response]", "metrics: [resolution]"),
        ("share: 20%", "share: 21%"),
        (", share: 20%", ""),
        ("any_of", "all_of"),
        ("[desk, team]", "[team, desk]"),
    ],
)
def test_what_a_verdict_depends_on_sets_agreements_apart(word: str, other: str) -> None:
    assert word in SAID
    found, _, former, latter = of_two(SAID, SAID.replace(word, other, 1))
    assert former is not latter
    ways = "relies_on" in SAID[: SAID.index(word)] or word.startswith(("calendar: office, owner", "awaiting"))
    assert (former.way != latter.way) is ways
    alone = Study.of(found.catalogue, AS_OF)
    for verdict in found.all_verdicts:
        mine = Study.of(found.catalogue, AS_OF) if verdict.promise.agreement.id == "latter" else alone
        assert verdict.verdict == next(one.verdict for one in mine.all_verdicts if one.promise.key == verdict.promise.key)


def test_what_is_promised_is_not_like_what_is_committed_to() -> None:
    said = SAID.replace("[{within: 8h, opened_in: shop}, {within: 9h}]", "9h")
    _, _, former, latter = of_two(said, said.replace("kind: sla", "kind: ola"))
    assert former.way != latter.way


def test_one_that_is_apart_is_like_no_other_and_one_that_has_changed_is_looked_at_anew() -> None:
    found, classes, former, _ = of_two(SAID, SAID)
    agreements = found.catalogue.agreements
    apart = Likeness(AS_OF, lambda agreement: agreement.id == "latter")
    assert apart.of(agreements["former"]) is not apart.of(agreements["latter"])
    assert apart.of(agreements["latter"]) is apart.of(agreements["latter"])
    changed = study(SOLD.format(former=SAID.replace("8h", "7h"), latter=SAID)).catalogue.agreements["former"]
    assert classes.of(changed) is not former
    assert classes.of(agreements["former"]) is former


DATES = [
    AS_OF + timedelta(days=days)
    for days in (-400, -5, -4, -3, -2, -1, 0, 1, 200, 364, 365, 366, 367, 368, 369, 370, *range(395, 402), 800, 900)
]
FAR_APART = ("Pacific/Kiritimati", "Pacific/Niue")  # 25 hours


@pytest.mark.parametrize(("theirs", "ours"), [FAR_APART, FAR_APART[::-1], ("UTC", "UTC")])
@pytest.mark.parametrize("term", ["until: {}", "from: {}", "from: 2026-02-01, until: {}", "from: {}, until: 2029-01-01"])
def test_agreements_that_are_alike_have_the_same_horizon_wherever_it_is_told(theirs: str, ours: str, term: str) -> None:
    """Every two terms that begin or end on different days: a day that cuts the year sets apart, one long past or far off does not."""
    zones = f'calendars: {{theirs: {{timezone: {theirs}, hours: {{mon: "00:00-24:00"}}}}, ours: {{timezone: {ours}, hours: {{mon: "00:00-24:00"}}}}}}'
    sold = "  a{}: {{kind: sla, provider: us, customer: them, calendar: theirs, targets: {{response: 4h}}, term: {{{}}}}}"
    days = [day for day in DATES if term.startswith(("until", "from: {}")) or day > date(2026, 2, 1)]
    found = study("\n".join([zones, "agreements:", *(sold.format(n, term.format(day)) for n, day in enumerate(days))]))
    classes = Likeness(AS_OF, lambda agreement: False)
    told = [(classes.of(one), horizon(one, "ours", AS_OF, found.calendars)) for one in found.catalogue.agreements.values()]
    assert len(told) == len(days)
    for (former, mine), (latter, other) in combinations(told, 2):
        assert former is not latter or mine == other
    assert len({former for former, _ in told}) < len(told)


# --- what is found once ----------------------------------------------------------------------------------------------------


def counting(found: Study) -> tuple[list[str], Callable[[Promise], Callable[[], Verdict | None]]]:
    """A judge of whom one is told whose promises were judged; those for P2 have no verdict."""
    judged: list[str] = []

    def judge(promise: Promise) -> Callable[[], Verdict | None]:
        def verdict() -> Verdict | None:
            judged.append(promise.agreement.id)
            when = found.horizon(promise)
            assert when is not None
            return None if promise.priority == "P2" else Verdict(promise, when, HOLDS)

        return verdict

    return judged, judge


@pytest.mark.parametrize(
    ("other", "once"), [("owner: Bob", True), ("term: {from: 2026-03-01, until: 2026-10-31}", False), ("kind: sla", True)]
)
@pytest.mark.parametrize("priority", ["P1", "P2"])
def test_what_is_alike_is_judged_once_and_told_of_each(priority: str, other: str, once: bool) -> None:
    """Alike in all or in what they say of this priority: they are asked about one after the other, and then once more."""
    word = next(word for word in ("owner: Ada", "term: {from: 2026-03-01, until: 2026-09-30}", "kind: sla") if word[:4] == other[:4])
    found, classes, _, _ = of_two(SAID, SAID.replace(word, other).replace("98%", "98.5%"))
    judged, judge = counting(found)
    promises = [row for name in ("former", "latter") for row in time_promises(found.catalogue.agreements[name], found.catalogue.metrics["response"]) if row.priority == priority]  # fmt: skip
    for _ in range(2):
        for promise in promises:
            when = found.horizon(promise)
            assert when is not None
            told = classes.time(promise, when, judge(promise))
            assert (told is None) == (priority == "P2")
            assert told is None or told.promise is promise
    assert judged == [row.agreement.id for row in promises[: len(promises) // 2 if once else None]]
    firsts = [classes.first(promise) for promise in promises]
    assert firsts[0] == promises[0].key
    assert (firsts[-1] == promises[-1].key) is (priority == "P2" or not once)


@pytest.mark.parametrize(("most", "kept"), [(302, True), (301, False)])
def test_promises_of_one_situation_share_it_until_too_many_others_are_met(most: int, kept: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(likeness, "MOST_SITUATIONS", most)
    found, classes, _, _ = of_two(SAID, SAID.replace("within: 4h", "within: 5h"))
    rows = {(name, row.priority, row.alternative): row for name in ("former", "latter") for row in time_promises(found.catalogue.agreements[name], found.catalogue.metrics["response"])}  # fmt: skip
    views = [found.chains(View(0, 86400 * days)) for days in range(1, 301)]

    def judge(name: str, priority: str, alternative: int | None = None, view: int = 0) -> Situation:
        promise = rows[name, priority, alternative]
        when = found.horizon(promise)
        assert when is not None
        made = classes.judge(promise, when, views[view], True, found.catalogue.policy)
        assert made.promise.target is promise.target
        assert made.situation.agreement is made.promise.agreement
        assert made.situation.chains is views[view]
        return made.situation

    first = judge("former", "P1")
    assert judge("latter", "P1") is first  # only the limit differs
    others = [judge("former", "P2", 0), judge("former", "P2", 1), *(judge("latter", "P1", view=view) for view in range(1, 300))]
    assert len({id(one) for one in (first, *others)}) == 302
    assert judge("latter", "P2", 1) is others[1]
    assert (judge("former", "P1") is first) is kept
    assert (judge("latter", "P2", 0) is others[0]) is kept


@pytest.mark.parametrize("first", ["a", "b"])
def test_all_others_are_those_whom_no_promise_of_the_same_agreement_names(first: str) -> None:
    """Whichever is asked about first: a P2 may take ten hours. Who promises it apart promises nine for fewer tickets than who does not."""
    others, named = first, "b" if first == "a" else "a"
    found = study(f"""
agreements:
  {others}: {{kind: sla, provider: us, customer: them, calendar: 24x7, relies_on: [desk], targets: {{response: {{P1: 4h, "*": 9h}}}}}}
  {named}: {{kind: sla, provider: us, customer: them, calendar: 24x7, relies_on: [desk], targets: {{response: {{P1: 4h, P2: 11h, "*": 9h}}}}}}
  desk: {{kind: ola, provider: desk, customer: us, calendar: 24x7, targets: {{response: {{P1: 1h, P2: 10h, "*": 1h}}}}}}
""")
    told = {verdict.promise.key[::2]: verdict.verdict for verdict in found.verdicts}
    assert told == {(others, "P1"): "holds", (others, "*"): "gap", (named, "P1"): "holds", (named, "P2"): "holds", (named, "*"): "holds"}
