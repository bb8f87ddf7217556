"""What a judge says of one ticket: what the customer's clock reads when it is done, and why that is too late."""

from __future__ import annotations

from datetime import datetime

import pytest

from slachain.clocks.wall import instant_at
from slachain.decisions.trace import trace
from tests.catalogue import study, verdict

HOUR = 3600


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
    ("opened", "after", "committed", "done", "days", "kept"),
    [
        ("2026-03-02T10:00", "0m", "1bd", "2026-03-03T17:00", 1, True),  # Monday morning: by Tuesday's close of business
        ("2026-03-02T10:00", "8h", "1bd", "2026-03-04T17:00", 2, True),  # handed over on Tuesday at 10
        ("2026-03-02T10:00", "1bd", "1bd", "2026-03-05T17:00", 3, False),
        ("2026-03-02T17:00", "1bd", "1bd", "2026-03-06T17:00", 3, False),  # after hours it counts from Tuesday
        ("2026-03-06T16:00", "1h", "1bd", "2026-03-10T17:00", 2, True),  # handed over on Friday as the office closes
        ("2026-03-02T10:00", "1h", "3h", "2026-03-02T14:00", 1, True),  # before any close of business: less than a day is one
    ],
)
def test_a_ticket_read_in_business_days(opened: str, after: str, committed: str, done: str, days: int, kept: bool) -> None:
    text = BUSINESS_DAYS.format(promised="2bd", calendar="office", after=after, committed=committed, pauses="")
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


HALF_DAYS = """
calendars:
  whole: {{timezone: UTC, hours: {{mon-sun: "09:00-17:00"}}, until: {until}}}
  half: {{timezone: UTC, hours: {{mon-sun: "09:00-13:00"}}}}
  office: {{any_of: [whole, half]}}
  from-may: {{timezone: UTC, hours: {{mon-sun: "00:00-24:00"}}, from: 2026-05-01}}
agreements:
  promise: {{kind: sla, provider: us, customer: acme, calendar: office, targets: {{resolution: {{P1: 150bd}}}}, relies_on: [vendor]}}
  vendor: {{kind: uc, provider: v, customer: us, calendar: from-may, targets: {{resolution: {{P1: 1000h}}}}}}
"""


@pytest.mark.parametrize(("until", "cause"), [("2027-03-31", "commitment"), ("2027-05-31", "hours")])
def test_why_it_is_too_late_is_asked_of_every_ticket_until_that_is_known(until: str, cause: str) -> None:
    """A thousand hours from May on are late for who came in January. At the customer's office they are 125 whole days; with half days only
    from April 2027 on they take until June for who comes last in December, more than 150 days, long after the vendor was done."""
    found = verdict(HALF_DAYS.format(until=until))
    assert (found.verdict, found.cause) == ("gap", cause)
