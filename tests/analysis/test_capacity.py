"""Teams: what reaches them in their hours, who is available, and how many it takes."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slachain.analysis.capacity import MOST_PEOPLE, Capacity, asked, lacks
from slachain.language.scalars import BusinessDays
from tests.catalogue import AS_OF, found_in, study

CALENDARS = """
calendars:
  office: {timezone: Europe/London, hours: {mon-fri: "09:00-17:00"}}
  pilot: {timezone: UTC, hours: {mon-sun: "00:00-24:00"}, until: 2026-03-31}
  later: {timezone: UTC, hours: {mon-sun: "00:00-24:00"}, from: 2026-07-01}
  long: {timezone: UTC, hours: {mon-sun: "00:00-24:00"}, until: 2027-06-30}
"""


def text_of(team: str, demand: str = "P1: 100/month", response: str = "P1: {within: 20s, attainment: 80%}", more: str = "") -> str:
    return f"""{CALENDARS}
teams:
  desk: {{{team}}}
agreements:
  acme: {{kind: sla, provider: company, customer: acme, calendar: 24x7, targets: {{response: 8h}}, relies_on: [desk], demand: {{{demand}}}}}
  desk: {{kind: ola, provider: desk, customer: company, calendar: 24x7, targets: {{response: {{{response}}}}}{more}}}
"""


def desk(team: str, demand: str = "P1: 100/month", response: str = "P1: {within: 20s, attainment: 80%}", as_of: date = AS_OF) -> Capacity:
    (found,) = study(text_of(team, demand, response), as_of).capacities
    return found


def test_the_call_centre_of_the_textbook() -> None:
    """100 calls in half an hour all day round: 14 people available, 20 on duty with 30% away."""
    found = desk("calendar: 24x7, staff: 20, shrinkage: 30%, handle_time: {P1: 180s}", "P1: 4800/day")
    assert [found.load, found.people, found.overloaded] == [10, 14, False]
    (answer,) = found.answers
    assert [answer.kept, answer.people, found.scheduled(14)] == [True, 14, 20]
    assert round(answer.reached, 3) == 0.888


def test_tickets_come_in_the_hours_of_the_team() -> None:
    """A month's 176 tickets of an hour come in the eight hours of its working days: 261 days of a year."""
    found = desk('calendar: office, staff: 2, handle_time: {"*": 1h}', "P1: 174/month")
    assert found.year.days == 261
    assert found.load == 1


def test_people_are_whole_and_the_fewest_that_are_enough() -> None:
    found = desk("calendar: 24x7, staff: 7, shrinkage: 30%, handle_time: {P1: 1h}")
    assert [found.people, found.available(6), found.available(0)] == [4, 4, 0]
    assert [found.scheduled(people) for people in (0, 1, 4, 5)] == [0, 2, 6, 8]
    assert desk("calendar: 24x7, staff: 7, shrinkage: 100%, handle_time: {P1: 1h}").scheduled(1) is None


def test_priorities_share_one_queue_with_the_mean_of_their_work() -> None:
    found = desk("calendar: 24x7, staff: 2, handle_time: {P1: 2h, '*': 30m}", "P1: 10/month, P2: 21/month")
    assert found.effort == Fraction(10 * 7200 + 21 * 1800, 31)


def test_where_nothing_comes_there_is_no_work_and_all_of_it_is_in_time() -> None:
    found = desk("calendar: 24x7, staff: 2, handle_time: {P1: 2h}", "P2: 20/month")
    assert [found.month, found.effort, found.rate, found.load, found.overloaded, found.now] == [0, 0, 0, 0, False, None]
    assert [found.reached(people, Fraction(0)) for people in (0, 1)] == [1, 1]
    assert found.needed(Fraction(0), Fraction(1)) == 1


def test_as_much_as_is_asked_is_enough() -> None:
    """Of 365 tickets of an hour in a month of 730, every other finds the one person free."""
    found = desk("calendar: 24x7, staff: 1, handle_time: {P1: 1h}", "P1: 365/month")
    assert [found.load, found.reached(1, Fraction(0))] == [Fraction(1, 2), 0.5]
    assert [found.needed(Fraction(0), share) for share in (Fraction(1, 2), Fraction(5001, 10_000))] == [1, 2]


def test_of_a_hundred_people_somebody_is_free_for_the_one_ticket_of_the_year() -> None:
    now = desk("calendar: 24x7, staff: 100, patience: 1m, handle_time: {P1: 1s}", "P1: 1/year").now
    assert now
    assert [now.waiting, now.abandoned, now.model.served, now.answer, now.model.within(0)] == [0, 0, 1, 0, 1]


def test_who_promises_none_of_the_tickets_keeps_it_even_overloaded() -> None:
    found = desk("calendar: 24x7, staff: 1, handle_time: {P1: 1h}", "P1: 731/month", "P1: {within: 1m, attainment: 0%}")
    assert found.overloaded
    assert [(answer.reached, answer.kept, answer.people) for answer in found.answers] == [(0, True, 1)]


def test_tickets_of_which_nobody_says_what_they_take_are_told_and_not_guessed() -> None:
    found = desk("calendar: 24x7, staff: 2, handle_time: {P1: 2h}", "P1: 10/month, P2: 20/month")
    assert [stream.priority for stream in found.untold] == ["P2"]
    assert found.month == 10


def test_tickets_without_a_response_for_their_priority_are_told() -> None:
    found = desk('calendar: 24x7, staff: 2, handle_time: {"*": 2h}', '"*": 10/month')
    assert [stream.priority for stream in found.unanswered] == ["*"]
    assert found.answers == ()
    some = desk('calendar: 24x7, staff: 2, handle_time: {"*": 2h}', "P1: 10/month, P2: 10/month")
    assert [stream.priority for stream in some.unanswered] == ["P2"]
    (other,) = study(text_of("calendar: 24x7, staff: 2, handle_time: {P1: 2h}").replace("response: {P1", "resolution: {P1")).capacities
    assert [other.month, other.unanswered, other.answers] == [100, (), ()]


def test_one_target_for_every_priority_is_one_commitment() -> None:
    found = desk('calendar: 24x7, staff: 1, handle_time: {"*": 2h}', "P1: 10/month, P2: 20/month", '"*": {within: 1h, attainment: 99%}')
    (answer,) = found.answers
    assert [answer.priority, answer.month, answer.kept] == ["*", 30, False]


def test_a_commitment_that_has_ended_is_not_compared() -> None:
    text = text_of('calendar: 24x7, staff: 1, handle_time: {"*": 2h}', more=", term: {until: 2025-06-30}")
    (found,) = study(text).capacities
    assert found.month == 100
    assert found.answers == ()


@pytest.mark.parametrize(
    ("team", "why"), [("staff: 2", "no calendar"), ("calendar: 24x7", "no staff"), ("cost: 1 EUR", "no calendar and no staff")]
)
def test_a_team_without_hours_or_people_is_left_out(team: str, why: str) -> None:
    found = study(text_of(team))
    assert found.capacities == ()
    assert lacks(found.catalogue.teams["desk"], found.catalogue) == why


@pytest.mark.parametrize("calendar", ["nowhere", "wrong"])
def test_a_team_whose_calendar_cannot_be_read_is_left_out(calendar: str) -> None:
    wrong = "calendars:\n  wrong: {timezone: Europe/London, hours: {mon-fri: 9 to 5}}"
    found = study(text_of(f"calendar: {calendar}, staff: 2, handle_time: {{P1: 1h}}").replace("calendars:", wrong, 1))
    assert found.capacities == ()
    assert lacks(found.catalogue.teams["desk"], found.catalogue) == "a calendar that could not be read"


def test_a_calendar_that_ends_is_reckoned_with_until_then() -> None:
    """Three months of it are open for a quarter of the year's tickets: the load is that of a whole year's."""
    whole = desk('calendar: 24x7, staff: 2, handle_time: {"*": 1h}')
    pilot = desk('calendar: pilot, staff: 2, handle_time: {"*": 1h}')
    assert pilot.year.ends
    assert pilot.year.last == date(2026, 3, 31)
    assert pilot.load == whole.load
    assert desk('calendar: pilot, staff: 2, handle_time: {"*": 1h}', as_of=date(2026, 4, 1)).overloaded


@pytest.mark.parametrize(
    ("calendar", "as_of", "first", "last", "ends"),
    [
        ("24x7", "2026-01-01", "2026-01-01", "2026-12-31", False),
        ("24x7", "2028-02-29", "2028-02-29", "2029-02-28", False),
        ("pilot", "2026-03-30", "2026-03-30", "2026-03-31", True),
        ("pilot", "2026-03-31", "2026-03-31", "2026-03-31", True),
        ("pilot", "2026-04-01", "2026-04-01", "2027-03-31", False),  # it has ended: a year in which nobody is there
        ("long", "2026-01-01", "2026-01-01", "2026-12-31", False),
        ("long", "2026-07-01", "2026-07-01", "2027-06-30", False),
        ("long", "2026-07-02", "2026-07-02", "2027-06-30", True),
        ("later", "2026-06-30", "2026-07-01", "2027-06-30", False),
        ("later", "2026-07-01", "2026-07-01", "2027-06-30", False),
        ("later", "2026-07-02", "2026-07-02", "2027-07-01", False),
    ],
)
def test_a_team_is_reckoned_with_for_a_year_while_it_works(calendar: str, as_of: str, first: str, last: str, ends: bool) -> None:
    found = desk(f"calendar: {calendar}, staff: 2, handle_time: {{P1: 1h}}", as_of=date.fromisoformat(as_of)).year
    assert [str(found.first), str(found.last), found.ends] == [first, last, ends]
    days = (found.last - found.first).days + 1
    whole = 366 if as_of.startswith("2028") else 365
    assert found.months == Fraction(12 * days, whole)
    assert [found.open_seconds, found.days] == ([0, 0] if as_of == "2026-04-01" and calendar == "pilot" else [86400 * days, days])


@pytest.mark.parametrize("as_of", ["1969-07-20", "1970-01-01", "1971-01-01", "2100-01-01"])
def test_a_year_has_twelve_months_whichever_it_is(as_of: str) -> None:
    found = desk("calendar: 24x7, staff: 2, handle_time: {P1: 1h}", "P1: 730/month", as_of=date.fromisoformat(as_of))
    assert [found.year.months, found.year.days, found.load] == [12, 365, 1]


def test_a_calendar_that_begins_later_has_its_year_then() -> None:
    found = desk('calendar: later, staff: 2, handle_time: {"*": 1h}')
    assert [found.year.first, found.year.last, found.year.months] == [date(2026, 7, 1), date(2027, 6, 30), 12]


def test_a_business_day_is_what_the_team_is_open_on_one() -> None:
    office = desk('calendar: office, staff: 2, handle_time: {"*": 1h}')
    assert office.seconds(BusinessDays(2)) == 16 * 3600
    assert desk('calendar: 24x7, staff: 2, handle_time: {"*": 1h}').seconds(BusinessDays(1)) == 86400


def test_a_team_that_is_never_open_has_no_time_on_a_business_day() -> None:
    ended = desk('calendar: pilot, staff: 2, handle_time: {"*": 1h}', as_of=date(2026, 4, 1))
    assert ended.year.days == 0
    assert ended.seconds(BusinessDays(2)) == 0
    assert [ended.month, ended.rate, ended.load, ended.now, ended.reached(9, Fraction(60))] == [100, 0, 0, None, 0]


@pytest.mark.parametrize(
    ("cost", "month"),
    [
        ("10 EUR/hour", 2 * 7300),
        ("900 EUR/month", 1800),
        ("900 EUR", 1800),
        ("1000 EUR/quarter", Fraction(2000, 3)),
        ("12000 EUR/year", 2000),
    ],
)
def test_what_people_on_duty_cost(cost: str, month: Fraction) -> None:
    found = desk(f"calendar: 24x7, staff: 2, handle_time: {{P1: 1h}}, cost: {cost}").cost(2)
    assert found
    assert [found.amount, found.currency, found.per] == [month, "EUR", "month"]
    assert desk("calendar: 24x7, staff: 2, handle_time: {P1: 1h}").cost(2) is None


def test_hours_are_paid_while_the_team_is_there() -> None:
    """In 2028 the office is open on 260 days, 2080 hours: a twelfth of them in a month. A calendar of three months costs as much in each."""
    office, pilot = (f"calendar: {calendar}, staff: 3, handle_time: {{P1: 1h}}, cost: 12 EUR/hour" for calendar in ("office", "pilot"))
    found, short = desk(office, as_of=date(2028, 1, 1)).cost(3), desk(pilot).cost(3)
    assert found
    assert short
    assert [found.amount, short.amount] == [3 * 12 * Fraction(2080, 12), 3 * 12 * 730]


def test_a_load_equal_to_the_people_is_too_much() -> None:
    """730 hours of work a month are one person's whole time around the clock."""
    assert desk("calendar: 24x7, staff: 1, handle_time: {P1: 1h}", "P1: 730/month").overloaded
    assert not desk("calendar: 24x7, staff: 1, handle_time: {P1: 1h}", "P1: 729/month").overloaded


@pytest.mark.parametrize("demand", ["P1: 0/month", "P1: 1/year", "P1: 999999999999/day"])
@pytest.mark.parametrize(
    "team", ["staff: 0", "staff: 999999999", "staff: 5, shrinkage: 100%", "staff: 5, shrinkage: 0%", "staff: 5, patience: 1s"]
)
def test_extremes_are_told(demand: str, team: str) -> None:
    """Work of a hundred years on each ticket: too much for anybody but those who are a thousand million."""
    found = found_in(text_of(f"calendar: 24x7, {team}, handle_time: {{P1: 36500d}}", demand))
    enough = "0/month" in demand or (team == "staff: 999999999" and "1/year" in demand)
    assert {finding.code for finding in found if finding.code.startswith("SC7")} == (set() if enough else {"SC701"})


@given(st.integers(1, 100_000), st.integers(1, 20_000), st.integers(0, 20_000), st.integers(1, 999), st.none() | st.integers(1, 50_000))
def test_halving_finds_the_fewest(tickets: int, work: int, within: int, promille: int, patience: int | None) -> None:
    gives_up = f", patience: {patience}s" if patience else ""
    found = desk(f"calendar: 24x7, staff: 1, handle_time: {{P1: {work}s}}{gives_up}", f"P1: {tickets}/month")
    share = Fraction(promille, 1000)
    people = found.needed(Fraction(within), share)
    assert people
    assert found.reached(people, Fraction(within)) >= share
    assert people == 1 or found.reached(people - 1, Fraction(within)) < share


def test_as_many_as_reach_a_share_are_the_fewest_for_just_that_share() -> None:
    found = desk("calendar: 24x7, staff: 1, handle_time: {P1: 1h}", "P1: 1825/month")
    for people in range(3, 11):
        assert found.needed(Fraction(60), Fraction(found.reached(people, Fraction(60)))) == people


def test_no_number_of_people_is_endless() -> None:
    found = desk("calendar: 24x7, staff: 1, handle_time: {P1: 30d}", f"P1: {MOST_PEOPLE}/month")
    assert found.needed(Fraction(60), Fraction(1, 2)) is not None
    assert desk("calendar: 24x7, staff: 1, handle_time: {P1: 31d}", f"P1: {MOST_PEOPLE}/month").needed(Fraction(60), Fraction(1, 2)) is None
    assert asked(Fraction(1)) == Fraction(9999, 10_000)
