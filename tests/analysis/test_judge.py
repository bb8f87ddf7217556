"""What is judged of a promise, in numbers that can be followed by hand; and laws between what one judge says of it."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction

import pytest
from hypothesis import given, settings

from slachain.analysis.judge import Judge
from slachain.analysis.verdicts import Verdict
from slachain.clocks.curves import BEYOND, NEVER
from slachain.clocks.wall import instant_at
from slachain.decisions.trace import trace
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
    assert kept == (case.done < NEVER and case.done <= judge.clock.due(judge.limit)(case.opened))
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


BUSINESS_DAYS = """
calendars:
  office: {{timezone: UTC, hours: {{mon-fri: "09:00-17:00"}}}}
  long: {{timezone: UTC, hours: {{mon-fri: "09:00-20:00"}}}}
  no-friday: {{timezone: UTC, hours: {{mon-thu: "09:00-17:00"}}}}
agreements:
  promise: {{kind: sla, provider: us, customer: acme, calendar: office, targets: {{resolution: {{P1: {promised}}}}}, relies_on: [desk]}}
  desk:
    {{kind: ola, provider: us, customer: us, calendar: {calendar}, pauses: [{pauses}],
     relies_on: [{{agreement: vendor, after: {after}, share: 100%}}]}}
  vendor: {{kind: uc, provider: v, customer: us, calendar: {calendar}, pauses: [{pauses}], targets: {{resolution: {{P1: {committed}}}}}}}
"""


@pytest.mark.parametrize(
    ("promised", "calendar", "after", "committed", "pauses", "cause"),
    [
        ("4bd", "office", "1bd", "1bd", "", None),
        ("3bd", "office", "1bd", "1bd", "", "equal"),  # handed over at the close of business, it counts from the next one
        ("3bd", "long", "1bd", "1bd", "", "hours"),  # three hours after the close of business, though not on its own clock
        ("4bd", "office", "2bd", "2bd", "", "sum"),
        ("2bd", "office", "1bd", "3bd", "", "commitment"),
        ("2bd", "office", "3bd", "1bd", "", "commitment"),
        ("8h", "office", "0m", "1bd", "", "commitment"),  # from Friday morning to the close of business on Monday
        ("16h", "no-friday", "0m", "1bd", "", "hours"),  # from Thursday morning
        ("3bd", "office", "1bd", "1bd", "awaiting-spares", "commitment"),  # for as long as anybody likes
        ("3bd", "office", "1bd", "1bd", "{awaiting-spares: 8h}", "sum"),
        ("9h", "office", "1h", "1h", "awaiting-spares", "commitment"),
        ("9h", "office", "1h", "1h", "{awaiting-spares: 9h}", "commitment"),
        ("9h", "office", "6h", "1h", "{awaiting-spares: 4h}", "sum"),
        ("9h", "no-friday", "6h", "1h", "{awaiting-spares: 1h}", "hours"),
    ],
)
def test_why_it_is_too_late(promised: str, calendar: str, after: str, committed: str, pauses: str, cause: str | None) -> None:
    """On the customer's clock everything is enough by itself, or together, or not even that; pauses that it does not share count."""
    text = BUSINESS_DAYS.format(promised=promised, calendar=calendar, after=after, committed=committed, pauses=pauses)
    assert verdict(text).cause == cause


@pytest.mark.parametrize(
    ("opened", "after", "done", "days", "kept"),
    [
        ("2026-03-02T10:00", "0m", "2026-03-03T17:00", 1, True),  # Monday morning: by Tuesday's close of business
        ("2026-03-02T10:00", "8h", "2026-03-04T17:00", 2, True),  # handed over on Tuesday at 10
        ("2026-03-02T10:00", "1bd", "2026-03-05T17:00", 3, False),
        ("2026-03-02T17:00", "1bd", "2026-03-06T17:00", 3, False),  # after hours it counts from Tuesday
        ("2026-03-06T16:00", "1h", "2026-03-10T17:00", 2, True),  # handed over on Friday as the office closes
    ],
)
def test_a_ticket_read_in_business_days(opened: str, after: str, done: str, days: int, kept: bool) -> None:
    text = BUSINESS_DAYS.format(promised="2bd", calendar="office", after=after, committed="1bd", pauses="")
    at = instant_at(datetime.fromisoformat(opened), "UTC")
    found = trace(study(text), "promise", "resolution", "P1", at)
    assert found.ticket.done is not None
    assert found.ticket.done.tick == 2 * instant_at(datetime.fromisoformat(done), "UTC")
    assert (found.reading.amount, found.kept) == (days, kept)


def test_what_is_approached_reads_as_the_limit_and_what_is_never_done_as_nothing() -> None:
    """Opened just after 9:30 it is done just after the next morning's opening: 23 h 30 min less as little as one likes."""
    text = """
calendars:
  mornings: {{timezone: UTC, hours: {{mon-sun: "09:00-10:00"}}}}
agreements:
  promise: {{kind: sla, provider: us, customer: acme, calendar: 24x7, targets: {{resolution: {{P1: 4h}}}}, relies_on: [vendor]}}
  vendor: {{kind: uc, provider: v, customer: us, calendar: mornings, {targets}}}
"""
    found = trace(study(text.format(targets="targets: {resolution: {P1: 30m}}")), "promise", "resolution", "P1")
    assert (found.reading.amount, found.kept) == (23.5 * HOUR, False)
    endless = trace(study(text.format(targets="targets: {response: 1h}")), "promise", "resolution", "P1")
    assert (endless.reading.amount, endless.kept) == (None, False)


@pytest.mark.parametrize(("promised", "kept"), [("50h29m1s", True), ("50h29m", False)])
def test_a_ticket_that_comes_within_a_second_and_is_done_at_one_reads_whole_seconds_rounded_up(promised: str, kept: bool) -> None:
    """Early is until 9:31. Who comes just after 9:30:59 is handed over as the next morning begins, and done by noon of the day after it."""
    text = f"""
calendars:
  early: {{timezone: UTC, hours: {{mon-sun: "09:00-09:31"}}}}
  mornings: {{timezone: UTC, hours: {{mon-sun: "09:00-10:00"}}}}
  shop: {{timezone: UTC, hours: {{mon-sun: "08:00-12:00"}}}}
agreements:
  promise:
    {{kind: sla, provider: us, customer: acme, calendar: 24x7, relies_on: [desk],
     targets: {{resolution: {{P1: [{{within: {promised}, opened_in: early}}]}}}}}}
  desk: {{kind: ola, provider: us, customer: us, calendar: mornings, relies_on: [{{agreement: vendor, after: 29m1s, share: 100%}}]}}
  vendor: {{kind: uc, provider: v, customer: us, calendar: shop, targets: {{resolution: {{P1: 1bd}}}}}}
"""
    found = trace(study(text), "promise", "resolution", "P1")
    assert found.ticket.done is not None
    assert [tick % 2 for tick in (found.ticket.opened.tick, found.ticket.done.tick)] == [1, 0]
    assert (found.reading.amount, found.kept) == (50 * HOUR + 29 * 60 + 1, kept)


@pytest.mark.parametrize(
    ("committed", "reading", "kept"),
    [("60d", 60, True), ("36500d", 36_500, True), ("36500d, calendar: weekdays", None, False)],
)
def test_a_ticket_reads_as_much_however_long_it_takes_up_to_a_century(committed: str, reading: int | None, kept: bool) -> None:
    """A hundred years are promised to who comes on New Year's Day. What takes longer is followed no further: it is as if it were never done."""
    text = f"""
calendars: {{weekdays: {{timezone: UTC, hours: {{mon-fri: "00:00-24:00"}}}}}}
agreements:
  promise: {{kind: sla, provider: us, customer: acme, calendar: 24x7, targets: {{resolution: {{P1: 36500d}}}}, relies_on: [vendor]}}
  vendor: {{kind: uc, provider: v, customer: us, calendar: 24x7, targets: {{resolution: {{P1: {{within: {committed}}}}}}}}}
"""
    found = trace(study(text), "promise", "resolution", "P1", instant_at(datetime.fromisoformat("2026-01-01T00:00"), "UTC"))
    assert (found.reading.amount, found.kept) == (reading and reading * 24 * HOUR, kept)


MONDAYS = """
calendars:
  mondays: {{timezone: UTC, hours: {{mon: "09:00-10:00"}}}}
  january: {{timezone: UTC, hours: {{mon-sun: "09:00-10:00"}}, until: 2026-01-31}}
  later: {{timezone: UTC, hours: {{mon-sun: "09:00-10:00"}}, from: 2026-10-01}}
  vendor: {{any_of: [january, later]}}
agreements:
  promise: {{kind: sla, provider: us, customer: acme, calendar: mondays, targets: {{resolution: {{P1: {promised}}}}}, relies_on: [desk]}}
  desk: {{kind: ola, provider: us, customer: us, calendar: mondays, relies_on: [{{agreement: vendor, after: 1m, share: 100%}}]}}
  vendor: {{kind: uc, provider: v, customer: us, calendar: vendor, targets: {{resolution: {{P1: {committed}}}}}}}
"""


@pytest.mark.parametrize(
    ("promised", "committed", "cause"),
    [
        ("20bd", "19bd", "hours"),
        ("19bd", "19bd", "sum"),
        ("18bd", "19bd", "commitment"),
        ("20bd", "6000bd", "commitment"),  # 16 years, and on Mondays more than a century
    ],
)
def test_why_it_is_too_late_is_asked_of_a_clock_that_takes_longer(promised: str, committed: str, cause: str) -> None:
    """Nineteen days from October on are late for who came in January. On the customer's Mondays they are nineteen weeks: into May for who comes last."""
    found = verdict(MONDAYS.format(promised=promised, committed=committed))
    assert (found.verdict, found.cause) == ("gap", cause)


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
