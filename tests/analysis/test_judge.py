"""What is judged of a promise, in numbers that can be followed by hand; and laws between what one judge says of it."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction

import pytest
from hypothesis import given, settings

from slachain.analysis.judge import Judge
from slachain.analysis.verdicts import Verdict
from slachain.clocks.curves import BEYOND
from slachain.clocks.wall import instant_at
from slachain.language.loader import load
from slachain.language.scalars import Duration
from slachain.study import Study
from tests import catalogues
from tests.catalogue import study, verdict

HOUR = 3600


@settings(max_examples=settings().max_examples // 3)
@given(catalogues.catalogues())
def test_all_that_is_asked_of_a_judge_follows_from_the_verdict(raw: catalogues.Raw) -> None:
    """It holds, or somebody is over the limit; who is late is the share that is exposed; the worst ticket reads what is supported."""
    found = Study.of(load({"a.yaml": catalogues.to_yaml(raw).encode()}), catalogues.AS_OF)
    for promise in found.promises:
        judged = found.judged(promise)
        assert found.holds(promise) == (judged is not None and judged[0].holds)
        assert (found.over(promise) == 0) == found.holds(promise)
        if judged is not None and judged[0].ticket is not None:
            as_told(*judged, found.over(promise))


def as_told(told: Verdict, judge: Judge, over: int) -> None:
    """The judge says what the verdict does: what is over, seconds counted whole and one where there is less; who is late; the worst ticket."""
    supported, case = told.supported, told.case
    assert supported == judge.worst()
    assert supported is not None
    assert case is not None
    if over and supported.bound is not None and isinstance(judge.limit, Duration):
        assert over == max(1, supported.bound - (not supported.attained) - judge.limit.seconds)
    asked, late = judge.late()
    assert (Fraction(late.length, asked.length) if asked.length else None) == told.exposure
    reading, kept = judge.reading_of(case)
    assert (reading is None) == (supported.bound is None) == (case.done >= BEYOND)
    if reading is not None and supported.bound is not None:
        assert 0 <= supported.bound - reading <= (not supported.attained)
    if reading is None:
        assert not kept
    elif isinstance(judge.limit, Duration):
        assert kept == (reading <= judge.limit.seconds)
    else:
        assert kept == (case.done <= judge.clock.due(judge.limit)(case.opened))
    assert kept or told.cause not in (None, "attainment", "equal")


DESK = """
agreements:
  promise: {{kind: sla, provider: us, customer: acme, calendar: 24x7, targets: {{resolution: {promised}}}, relies_on: [desk]}}
  desk: {{kind: ola, provider: us, customer: us, calendar: 24x7, targets: {{resolution: {committed}}}}}
"""


@pytest.mark.parametrize(
    ("committed", "below", "hours"),
    [("{P1: 9h, P2: 3h, P3: 5h}", "P3", 5), ("{P1: 1h, 1st: 6h, P3: 5h}", "1st", 6), ("5h", None, 5)],
)
def test_a_promise_for_all_priorities_tells_which_is_worst(committed: str, below: str | None, hours: int) -> None:
    """Those with a promise of their own, here P1, are not among them; they are told as they are promised."""
    text = DESK.format(promised='{P1: 10h, "*": 4h}', committed=committed)
    everyone, named = verdict(text, priority="*"), verdict(text)
    assert everyone.priority_below == below
    assert everyone.supported is not None
    assert everyone.supported.bound == hours * HOUR
    assert named.priority_below is None


def test_of_several_who_promise_for_the_same_priority_none_tells_of_another() -> None:
    """One gives an hour, one two hours and one three: what is below them is looked at once, for all of them."""
    sold = "".join(
        f"  to-{name}: {{kind: sla, provider: us, customer: {name}, calendar: 24x7, targets: {{resolution: {{P1: {n}h}}}}, relies_on: [desk]}}\n"
        for n, name in enumerate(("acme", "best", "core"), 1)
    )
    found = study(DESK.format(promised="4h", committed="5h") + sold)
    told = {promise.agreement.id: found.verdict(promise) for promise in found.promises}
    assert {id: one.priority_below for id, one in told.items() if one} == {
        "promise": None,
        "to-acme": None,
        "to-best": None,
        "to-core": None,
    }


@pytest.mark.parametrize(
    ("policy", "committed", "expected"),
    [
        ("gap", "4h", ("gap", "equal")),
        ("kept", "4h", ("holds", None)),
        ("kept", "4h1m", ("gap", "commitment")),
        ("kept", "{within: 4h, attainment: 89%}", ("gap", "attainment")),
        ("kept", "{within: 4h, attainment: 90%}", ("holds", None)),
        ("kept", "{within: 4h, attainment: 91%}", ("holds", None)),
    ],
)
def test_as_much_as_is_promised_is_kept_where_policy_says_so(policy: str, committed: str, expected: tuple[str, str | None]) -> None:
    text = f"policy: {{equal: {policy}}}" + DESK.format(promised="{P1: {within: 4h, attainment: 90%}}", committed=committed)
    found = verdict(text)
    assert (found.verdict, found.cause) == expected
    assert study(text).holds(found.promise) == found.holds


@pytest.mark.parametrize(
    ("committed", "share", "short"),
    [("9h", "94%", True), ("9h", "95%", False), ("9h", "96%", False), ("3h", "94%", False)],
)
def test_short_even_in_time_is_who_would_miss_too_many_were_they_not_late(committed: str, share: str, short: bool) -> None:
    """95% are promised within 4 h. In time, it is a cause of its own."""
    found = verdict(DESK.format(promised="{P1: {within: 4h, attainment: 95%}}", committed=f"{{within: {committed}, attainment: {share}}}"))
    assert found.short_even_in_time == short
    assert (found.cause == "attainment") == (committed == "3h")


EACH = """
calendars:
  noon: {timezone: UTC, hours: {mon-sun: "12:00-24:00"}}
metrics: {seen: {type: time, better: lower, chain: each}}
agreements:
  promise:
    {kind: sla, provider: us, customer: acme, calendar: 24x7, targets: {seen: {P1: {within: 1h, attainment: 40%}}}, relies_on: [desk]}
  desk: {kind: ola, provider: us, customer: us, calendar: 24x7, targets: {seen: {within: 2m, attainment: 90%}}, relies_on: [tier2]}
  tier2: {kind: ola, provider: us, customer: us, calendar: noon, targets: {seen: {within: 30m, attainment: 95%}}}
"""


def test_of_what_is_kept_each_by_itself_the_least_is_assured() -> None:
    """The second tier answers at 12:30 what comes in the morning before 11:30, or in the last half hour: half of all, and misses 5%.

    Nobody waits for anybody else, so neither the desk's two minutes nor its misses count with that.
    """
    found = study(EACH)
    (judged,) = found.verdicts
    assert (judged.exposure, judged.assured) == (Fraction(1, 2), Fraction(45, 100))
    assert (judged.verdict, judged.cause, judged.holds) == ("tolerated", "hours", False)
    late = found.late(judged.promise)
    assert late is not None
    assert [one.length for one in late] == [365 * 24 * HOUR, 365 * 12 * HOUR]


@pytest.mark.parametrize(("arrivals", "assured"), [("even", Fraction(45, 100)), ("any", Fraction(0))])
def test_where_tickets_may_come_at_any_time_all_may_come_when_they_are_late(arrivals: str, assured: Fraction) -> None:
    (judged,) = study(f"policy: {{arrivals: {arrivals}}}" + EACH).verdicts
    assert (judged.exposure, judged.assured) == (Fraction(1, 2), assured)


def test_an_alternative_that_never_applies_is_not_judged_and_what_relies_on_nothing_holds_nothing() -> None:
    found = study("""
calendars: {office: {timezone: UTC, hours: {mon-fri: "09:00-17:00"}}}
agreements:
  promise:
    {kind: sla, provider: us, customer: acme, calendar: 24x7, relies_on: [desk],
     targets: {resolution: {P1: [{within: 9h}, {within: 9h, opened_in: office}]}, response: {P1: 1h}}}
  desk: {kind: ola, provider: us, customer: us, calendar: 24x7, targets: {resolution: 4h}}
  alone: {kind: sla, provider: us, customer: acme, calendar: 24x7, targets: {resolution: 4h}}
""")
    told = {promise.key: (found.verdict(promise), found.holds(promise), found.over(promise)) for promise in found.promises}
    alone, always, never, missing = (told[key] for key in sorted(told) if key[1] == "resolution" or key[0] == "promise")
    assert alone[0] is not None
    assert (alone[0].verdict, *alone[1:]) == ("unsupported", False, 1)
    assert not alone[0].short_even_in_time
    assert always[0] is not None
    assert (always[0].verdict, *always[1:]) == ("holds", True, 0)
    assert never == (None, False, 1)
    assert missing[0] is not None
    assert (missing[0].cause, missing[1]) == ("missing", False)


def test_the_horizon_ends_where_the_first_calendar_does() -> None:
    """P1 waits for who stops at the end of June, P2 for who goes on until September; all that is asked is told up to the earlier."""
    found = study("""
calendars:
  june: {timezone: UTC, hours: {mon-sun: "00:00-24:00"}, until: 2026-06-30}
  september: {timezone: UTC, hours: {mon-sun: "00:00-24:00"}, until: 2026-09-30}
agreements:
  promise: {kind: sla, provider: us, customer: acme, calendar: 24x7, targets: {resolution: 4h}, relies_on: [desk]}
  desk:
    {kind: ola, provider: us, customer: us, calendar: 24x7,
     targets: {resolution: {P1: {within: 2h, calendar: june}, P2: {within: 3h, calendar: september}, P3: 1h}}}
""")
    (judged,) = found.verdicts
    ends = [instant_at(datetime.fromisoformat(at), "UTC") for at in ("2026-06-30T22:00", "2026-09-30T21:00")]
    assert [(cut.calendar, cut.at) for cut in judged.cuts] == list(zip(("june", "september"), ends, strict=True))
    assert judged.horizon.end == ends[0]
    assert judged.holds
