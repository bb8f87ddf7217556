"""What bounds a promise, whatever it promises: at which instants, until when, and what takes longest."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction

import pytest

from slachain.analysis.verdicts import LatestSafe, Verdict, margin_left
from slachain.clocks.curves import NEVER
from slachain.clocks.wall import instant_at
from tests.catalogue import study, verdict

HOUR, DAY = 3600, 86_400
WHOLE_DAYS = 'hours: {mon-sun: "00:00-24:00"}'


def test_of_alternatives_the_first_whose_calendar_is_open_answers() -> None:
    """In a week of 168 hours the office is open for 40, the shop for 91, these among them; the last answers for what is left."""
    found = study("""
calendars:
  office: {timezone: UTC, hours: {mon-fri: "09:00-17:00"}}
  shop: {timezone: UTC, hours: {mon-sun: "09:00-22:00"}}
agreements:
  promise:
    {kind: sla, provider: us, customer: acme, calendar: 24x7, term: {from: 2026-03-02, until: 2026-03-08}, relies_on: [desk],
     targets: {resolution: {P1: [{within: 9h, opened_in: office}, {within: 9h, opened_in: shop}, {within: 9h}, {within: 9h, opened_in: shop}]}}}
  desk: {kind: ola, provider: us, customer: us, calendar: 24x7, targets: {resolution: 2h}}
""")
    judges = [found.judge_of(promise) for promise in found.promises]
    assert [judge and judge.situation.opened.length for judge in judges] == [40 * HOUR, 51 * HOUR, 77 * HOUR, 0]
    assert [judge and judge.situation.whole.length for judge in judges] == [168 * HOUR] * 4


ENDING = """
calendars:
  long-ago: {{timezone: UTC, {hours}, until: 2025-12-31}}
  june: {{timezone: UTC, {hours}, until: 2026-06-30}}
  september: {{timezone: UTC, {hours}, until: 2026-09-30}}
agreements:
  promise: {{kind: sla, provider: us, customer: acme, calendar: 24x7, targets: {{{metric}: {{P1: 4h}}}}, relies_on: [{relies_on}]}}
  june: {{kind: uc, provider: v, customer: us, calendar: june, targets: {{{metric}: 2h}}}}
  september: {{kind: uc, provider: v, customer: us, calendar: september, targets: {{{metric}: 3h}}}}
  gone: {{kind: uc, provider: v, customer: us, calendar: long-ago, targets: {{{metric}: 2h}}}}
  mute: {{kind: uc, provider: v, customer: us, calendar: long-ago}}
  slow: {{kind: uc, provider: v, customer: us, calendar: 24x7, targets: {{{metric}: 9h}}}}
  desk: {{kind: ola, provider: us, customer: us, calendar: 24x7, relies_on: [{{agreement: june, after: 1h, share: 100%}}]}}
"""


@pytest.mark.parametrize("metric", ["resolution", "response"])
@pytest.mark.parametrize(
    ("relies_on", "calendar", "until", "expected"),
    [
        ("june", "june", "2026-06-30T22:00", "holds"),  # what is opened after 22:00 has no two hours left
        ("september", "september", "2026-09-30T21:00", "holds"),
        ("september, june", "june", "2026-06-30T22:00", "holds"),
        ("june, slow", "june", "2026-06-30T22:00", "gap"),
        ("june, gone", "long-ago", None, "gap"),  # nothing is known of any ticket: the horizon stays
        ("mute, june", None, None, "gap"),  # never done, and not for want of a calendar
        ("slow", None, None, "gap"),
    ],
)
def test_the_horizon_stops_where_a_calendar_ends(
    metric: str, relies_on: str, calendar: str | None, until: str | None, expected: str
) -> None:
    found = verdict(ENDING.format(hours=WHOLE_DAYS, metric=metric, relies_on=relies_on), metric=metric)
    at = instant_at(datetime.fromisoformat(until), "UTC") if until else None
    assert [(cut.calendar, cut.at) for cut in found.cuts] == ([(calendar, at)] if calendar else [])
    assert found.horizon.end == (at or instant_at(datetime.fromisoformat("2027-01-01T00:00"), "UTC"))
    assert found.verdict == expected


def test_what_is_asked_about_only_after_a_calendar_has_ended_is_never_done() -> None:
    """In autumn there is nobody any more since June; on New Year's Day two hours are left, for whoever comes as they begin."""
    found = study("""
calendars:
  june: {timezone: UTC, hours: {mon-sun: "00:00-24:00"}, until: 2026-06-30}
  autumn: {timezone: UTC, hours: {mon-sun: "00:00-24:00"}, from: 2026-09-01}
  new-year: {timezone: UTC, hours: {mon-sun: "00:00-02:00"}, until: 2026-01-01}
agreements:
  a:
    {kind: sla, provider: us, customer: acme, calendar: 24x7, relies_on: [june],
     targets: {resolution: {P1: [{within: 4h, opened_in: autumn}, {within: 4h}]}}}
  b: {kind: sla, provider: us, customer: acme, calendar: 24x7, relies_on: [new-year], targets: {resolution: {P1: 4h}}}
  june: {kind: uc, provider: v, customer: us, calendar: june, targets: {resolution: 2h}}
  new-year: {kind: uc, provider: v, customer: us, calendar: new-year, targets: {resolution: 2h}}
""")
    autumn, before, new_year = found.verdicts
    assert [(cut.calendar, cut.at) for one in (autumn, new_year) for cut in one.cuts] == [("june", None), ("new-year", None)]
    assert [one.verdict for one in (autumn, before, new_year)] == ["gap", "holds", "gap"]


def test_it_is_the_calendar_of_who_has_the_ticket_then_that_is_told() -> None:
    """The desk works around the clock, and hands over an hour later to whom June's end keeps from being done."""
    found = verdict(ENDING.format(hours=WHOLE_DAYS, metric="resolution", relies_on="desk"))
    assert [(cut.calendar, cut.at) for cut in found.cuts] == [("june", instant_at(datetime.fromisoformat("2026-06-30T21:00"), "UTC"))]


@pytest.mark.parametrize("days", [1, 89, 91, 399, 401, 1599, 1601, 6399, 6401, 36_000])
def test_a_ticket_is_followed_for_as_long_as_it_takes(days: int) -> None:
    """Handed over after a minute: what follows is as long, whenever it begins."""
    text = f"""
agreements:
  promise: {{kind: sla, provider: us, customer: acme, calendar: 24x7, targets: {{resolution: {{P1: {days}d1h}}}}, relies_on: [desk]}}
  desk: {{kind: ola, provider: us, customer: us, calendar: 24x7, relies_on: [{{agreement: vendor, after: 1m, share: 100%}}]}}
  vendor: {{kind: uc, provider: v, customer: us, calendar: 24x7, targets: {{resolution: {days}d}}}}
"""
    assert verdict(text.replace("[desk]", "[vendor]")).holds
    found = verdict(text)
    assert found.holds
    assert found.supported is not None
    assert found.supported.bound == days * DAY + 60
    assert found.latest_safe == (LatestSafe(HOUR), None)


def test_what_follows_a_hand_over_may_take_longer_than_any_ticket() -> None:
    """Until December the vendor is there, and sooner than the other, who comes on Sundays; from then on the other is, around the clock.

    So no ticket takes more than 21 hours. But who is handed one in December, when the vendor is away until August, waits for 243 days.
    """
    found = verdict("""
calendars:
  this-year: {timezone: UTC, hours: {mon-sun: "00:00-24:00"}, until: 2026-11-30}
  next-year: {timezone: UTC, hours: {mon-sun: "00:00-24:00"}, from: 2027-08-01}
  vendor: {any_of: [this-year, next-year]}
  winter: {timezone: UTC, hours: {mon-sun: "00:00-24:00"}, from: 2026-11-29}
  sundays: {timezone: UTC, hours: {sun: "00:00-02:00"}}
  other: {any_of: [winter, sundays]}
agreements:
  promise:
    {kind: sla, provider: us, customer: acme, calendar: 24x7, targets: {resolution: {P1: 6000h}},
     relies_on: [{any_of: [desk, other]}]}
  desk: {kind: ola, provider: us, customer: us, calendar: 24x7, relies_on: [{agreement: vendor, after: 1h, share: 100%}]}
  vendor: {kind: uc, provider: v, customer: us, calendar: vendor, targets: {resolution: 20h}}
  other: {kind: uc, provider: o, customer: us, calendar: other, targets: {resolution: 10h}}
""")
    assert found.supported is not None
    assert found.case is not None
    assert (found.supported.bound, found.case.path) == (21 * HOUR, ("promise", "desk", "vendor"))
    assert found.latest_safe == (LatestSafe((6000 - 243 * 24 - 20) * HOUR), None)  # December to July, and the twenty hours


EACH = """
calendars:
  shift: {{timezone: UTC, hours: {{mon-sun: "08:00-18:00"}}}}
  breaks: {{timezone: UTC, hours: {{mon-sun: "11:00-14:00, 22:00-23:00"}}}}
agreements:
  promise:
    {{kind: sla, provider: us, customer: acme, calendar: shift, targets: {{response: {{P1: {{within: 2h, attainment: 10%}}}}}},
     relies_on: [{relies_on}]}}
  five: {{kind: ola, provider: us, customer: us, calendar: 24x7, targets: {{response: {{within: 5h, attainment: 70%}}}}}}
  too: {{kind: ola, provider: us, customer: us, calendar: 24x7, targets: {{response: {{within: 5h, attainment: 60%}}}}}}
  nearly: {{kind: ola, provider: us, customer: us, calendar: breaks, targets: {{response: {{within: 1h, attainment: 80%}}}}}}
  quick: {{kind: ola, provider: us, customer: us, calendar: 24x7, targets: {{response: {{within: 1h, attainment: 90%}}}}}}
  held: {{kind: ola, provider: us, customer: us, calendar: 24x7, pauses: [awaiting-parts], targets: {{response: 1h}}}}
  mute: {{kind: ola, provider: us, customer: us, calendar: 24x7}}
"""


@pytest.mark.parametrize(
    ("relies_on", "worst", "bound", "attained"),
    [
        ("quick, five, too", "five", 5 * HOUR, True),  # of equals the first
        ("too, five", "too", 5 * HOUR, True),
        ("nearly", "nearly", 5 * HOUR, False),  # opened just after 13:00 it waits for 22:00, long after the shift
        ("nearly, five", "five", 5 * HOUR, True),  # just as much, but some ticket takes it
        ("five, nearly", "five", 5 * HOUR, True),
        ("five, held", "held", None, True),
        ("held, mute", "mute", None, True),  # of what is never done, what nobody commits to
        ("mute, held", "mute", None, True),
    ],
)
def test_of_what_is_kept_each_by_itself_the_slowest_is_told(relies_on: str, worst: str, bound: int | None, attained: bool) -> None:
    found = verdict(EACH.format(relies_on=relies_on), metric="response")
    assert found.supported is not None
    assert found.case is not None
    assert (found.case.path[-1], found.supported.bound, found.supported.attained) == (worst, bound, attained)
    assert (found.case.done >= NEVER) == (worst == "mute")


def test_what_is_kept_each_by_itself_is_assured_as_far_as_it_is_in_time() -> None:
    """`five` is late on its shift for whoever asks before 16:00, eight hours of ten: of 70% nothing is left. `quick` misses one in ten."""
    late, in_time = (verdict(EACH.format(relies_on=relies_on), metric="response") for relies_on in ("quick, five", "quick"))
    assert (late.exposure, late.assured) == (Fraction(8, 10), Fraction(0))
    assert (in_time.exposure, in_time.assured) == (Fraction(0), Fraction(9, 10))
    missing = verdict(EACH.format(relies_on="quick, mute"), metric="response")
    assert (missing.cause, missing.assured) == ("missing", Fraction(0))
    assert not missing.short_even_in_time  # what is missing is not counted as missed as well


@pytest.mark.parametrize(("chain", "hours", "assured"), [("each", 2, Fraction(90, 100)), ("elapsed", 3, Fraction(85, 100))])
def test_a_metric_of_ones_own_is_reckoned_by_its_chain(chain: str, hours: int, assured: Fraction) -> None:
    """By itself each is in time, the desk for 90%; in turn it is three hours, and those that either of them misses."""
    found = verdict(
        f"""
metrics: {{fitted: {{type: time, better: lower, chain: {chain}}}}}
agreements:
  promise:
    {{kind: sla, provider: us, customer: acme, calendar: 24x7, targets: {{fitted: {{P1: {{within: 9h, attainment: 80%}}}}}}, relies_on: [desk]}}
  desk: {{kind: ola, provider: us, customer: us, calendar: 24x7, targets: {{fitted: {{within: 1h, attainment: 90%}}}}, relies_on: [tier2]}}
  tier2: {{kind: ola, provider: us, customer: us, calendar: 24x7, targets: {{fitted: {{within: 2h, attainment: 95%}}}}}}
""",
        metric="fitted",
    )
    assert found.supported is not None
    assert (found.verdict, found.supported.bound, found.assured) == ("holds", hours * HOUR, assured)


HANDED_ON = """
calendars: {{office: {{timezone: UTC, hours: {{mon-fri: "09:00-17:00"}}}}}}
agreements:
  promise: {{kind: sla, provider: us, customer: acme, calendar: {calendar}, targets: {{resolution: {{P1: {promised}}}}}, relies_on: [desk]}}
  desk: {{kind: ola, provider: us, customer: us, calendar: 24x7, relies_on: [{{agreement: vendor, after: 1h, share: 100%}}]}}
  vendor: {{kind: uc, provider: v, customer: us, calendar: {calendar}, targets: {{{metric}: {{P1: {committed}}}}}}}
"""


@pytest.mark.parametrize(
    ("calendar", "promised", "committed", "safe"),
    [
        ("24x7", "8h", "6h", 2 * HOUR),
        ("24x7", "8h", "8h", 0),  # at once, and it is just too late
        ("24x7", "8h", "9h", None),
        ("office", "4bd", "1bd", 3),
        ("office", "3bd", "3bd", 0),
        ("office", "2bd", "3bd", None),
    ],
)
def test_the_latest_safe_hand_over_is_what_is_promised_less_what_follows(
    calendar: str, promised: str, committed: str, safe: int | None
) -> None:
    found = verdict(HANDED_ON.format(calendar=calendar, promised=promised, committed=committed, metric="resolution"))
    assert found.latest_safe == (LatestSafe(safe), None)


def test_before_what_is_never_done_no_hand_over_is_safe() -> None:
    found = verdict(HANDED_ON.format(calendar="24x7", promised="8h", committed="1h", metric="response"))
    assert found.latest_safe == (LatestSafe(None), None)
    alone = next(
        iter(study("agreements: {a: {kind: sla, provider: us, customer: acme, calendar: 24x7, targets: {resolution: 4h}}}").verdicts)
    )
    assert (alone.latest_safe, alone.case) == ((), None)


@pytest.mark.parametrize(
    ("calendar", "promised", "committed", "margin", "left"),
    [
        ("24x7", "10h", "6h", "10%", (3 * HOUR, HOUR)),
        ("24x7", "10h", "6h", "90m", (3 * HOUR, 90 * 60)),
        ("24x7", "10h", "11h", "10%", (-2 * HOUR, HOUR)),
        ("office", "10bd", "4bd", "15%", (5, Fraction(3, 2))),
        ("office", "10bd", "4bd", "2h", None),  # hours of what clock?
        ("24x7", "10h", "1000d", None, None),
    ],
)
def test_headroom_and_the_margin_that_is_asked_for(
    calendar: str, promised: str, committed: str, margin: str | None, left: tuple[int, Fraction | int] | None
) -> None:
    """Handed over after one hour; in business days that may be one more."""
    policy = f"policy: {{margin: {margin}}}" if margin else ""
    text = policy + HANDED_ON.format(calendar=calendar, promised=promised, committed=committed, metric="resolution")
    assert margin_left(one(text), study(text).catalogue.policy) == left


def test_of_what_is_never_done_there_is_no_headroom() -> None:
    text = "policy: {margin: 10%}" + HANDED_ON.format(calendar="24x7", promised="8h", committed="1h", metric="response")
    assert margin_left(one(text), study(text).catalogue.policy) is None


def one(text: str) -> Verdict:
    """The verdict there is."""
    return next(iter(study(text).verdicts))
