"""Laws of comparing two agreements, on random ones; and cases worked by hand."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import permutations
from typing import Any

import pytest
from holidays import country_holidays
from hypothesis import event, given, settings
from hypothesis import strategies as st

from slachain.clocks.wall import instant
from slachain.decisions.comparison import EQUAL, LOOSER, MIXED, ONLY_A, ONLY_B, STRICTER, UNLIKE, Comparison, NotComparable, Row
from tests.catalogues import to_yaml
from tests.compared import AS_OF, compared, compared_all, only, several, tightened, verdicts

HOURS = """
calendars:
  office: {timezone: Europe/London, hours: {mon-fri: "09:00-17:00"}}
  halves: {any_of: [morning, afternoon]}
  morning: {timezone: Europe/London, hours: {mon-fri: "09:00-12:30"}}
  afternoon: {timezone: Europe/London, hours: {mon: "12:30-17:00", tue-fri: "12:30-17:00"}}
  berlin: {timezone: Europe/Berlin, hours: {mon-fri: "09:00-17:00"}}
  summer: {timezone: Europe/London, hours: {mon-fri: "09:00-17:00"}, until: 2026-06-30}
  past: {timezone: Europe/London, hours: {mon-fri: "09:00-17:00"}, until: 2025-06-30}
  never: {all_of: [office, {not: office}]}
"""


def pair(a: str, b: str, head: str = HOURS) -> str:
    """Two agreements with clauses of their own."""
    parties = "kind: sla, provider: p, customer: c"
    return f"{head}\nagreements:\n  a: {{{parties}, {a}}}\n  b: {{{parties}, {b}}}\n"


def timed(calendar: str, time: str) -> str:
    return f"calendar: {calendar}, targets: {{resolution: {{P1: {time}}}}}"


def row(a: str, b: str, metric: str = "resolution", priority: str = "P1") -> Row:
    return only(compared(pair(a, b)), metric, priority)


# --- laws ------------------------------------------------------------------------------------------------------------

MIRRORED = {EQUAL: EQUAL, STRICTER: LOOSER, LOOSER: STRICTER, MIXED: MIXED, ONLY_A: ONLY_B, ONLY_B: ONLY_A, UNLIKE: UNLIKE}


FEWER = settings().max_examples // 2


def same_but(catalogue: dict[str, Any], name: str, body: Any) -> str:
    return to_yaml({**catalogue, "agreements": {**catalogue["agreements"], name: body}})


@settings(max_examples=FEWER)
@given(several(1))
def test_an_agreement_is_at_least_as_strict_as_itself(catalogue: dict[str, Any]) -> None:
    found = compared(to_yaml(catalogue), "a", "a")
    assert found.at_least_as_strict
    assert {row.verdict for row in found.rows} == {EQUAL}
    assert not [beside for beside in found.beside if beside.a or beside.b]


@settings(max_examples=FEWER)
@given(several(1, lasting=True), st.data())
def test_a_stricter_clause_keeps_it_at_least_as_strict(catalogue: dict[str, Any], data: st.DataObject) -> None:
    body = data.draw(st.composite(tightened)(catalogue["agreements"]["a"]))
    found = compared(same_but(catalogue, "b", body), "b", "a")
    assert found.at_least_as_strict, found.better_b


@settings(max_examples=FEWER)
@given(several(2))
def test_turned_round_every_verdict_is_mirrored(catalogue: dict[str, Any]) -> None:
    """So that two that are at least as strict as each other are equal."""
    found, turned = (compared(to_yaml(catalogue), *names) for names in ("ab", "ba"))
    assert {key: MIRRORED[verdict] for key, verdict in verdicts(found).items()} == verdicts(turned)
    if found.at_least_as_strict and turned.at_least_as_strict:
        assert set(verdicts(found).values()) <= {EQUAL}


@settings(max_examples=FEWER)
@given(several(1, lasting=True, zone="Europe/Berlin"), st.data())
def test_at_least_as_strict_as_what_is_at_least_as_strict(catalogue: dict[str, Any], data: st.DataObject) -> None:
    """Point by point, of three in whatever order, each the one before it with some clauses made stricter."""
    for name, model in ("ba", "cb"):
        catalogue["agreements"][name] = data.draw(st.composite(tightened)(catalogue["agreements"][model]))
    assert transitive(catalogue)


@settings(max_examples=FEWER)
@given(several(3, lasting=True, zone="Europe/London", available=True))
def test_the_same_of_three_that_have_nothing_to_do_with_one_another(catalogue: dict[str, Any]) -> None:
    event(f"{transitive(catalogue) > 0}")


def transitive(catalogue: dict[str, Any]) -> int:
    """For how many points a chain of two was found; what it implies is asserted."""
    found = compared_all(to_yaml(catalogue), "abc")
    chains = 0
    for x, y, z in permutations("abc"):
        direct = verdicts(found[x, z])
        for metric, priority in kept(found[x, y]) & kept(found[y, z]):
            chains += 1
            assert direct.get((metric, priority), direct.get((metric, "*"))) in (EQUAL, STRICTER)
    return chains


def kept(found: Comparison) -> set[tuple[str, str]]:
    """The metrics and priorities for which both promise something, and in which the first is at least as strict."""
    return {key for key, verdict in verdicts(found).items() if verdict in (EQUAL, STRICTER)}


# --- times -----------------------------------------------------------------------------------------------------------


def test_eight_office_hours_against_twelve_around_the_clock() -> None:
    """A is in time for tickets opened from 05:00 to 09:00 London time of a working day, as it is then due at 17:00."""
    found = row(timed("office", "8h"), timed("24x7", "12h"))
    assert found.verdict == MIXED
    assert found.ticket is not None
    assert found.ticket.later is not None
    assert found.ticket.later.text == "61h"  # Friday 09:00:01 to Monday 09:00:01, an hour longer as the clocks go back
    opened = instant(date(2026, 10, 23), 9 * 60, "Europe/London") + 1
    assert found.ticket.opened.tick == 2 * opened
    assert found.ticket.b.due
    assert found.ticket.b.due.tick == 2 * (opened + 12 * 3600)
    assert found.ticket.remarks == ("Sun 25 Oct 2026: the clocks go back (Europe/London)",)
    working_days = 261  # of 2026, holidays included: the calendar has none
    assert found.share == 1 - Fraction(working_days * 4, 365 * 24)


@pytest.mark.parametrize(
    ("a", "b", "verdict"),
    [
        (("24x7", "8h"), ("office", "8h"), STRICTER),
        (("office", "4h"), ("office", "1bd"), STRICTER),  # 1bd is the close of business of the next day
        (("office", "1bd"), ("office", "4h"), LOOSER),
        (("office", "8h"), ("office", "1bd"), STRICTER),  # the same hour of the next day, at the latest its close
        (("office", "9h"), ("office", "1bd"), MIXED),
        (("office", "16h"), ("office", "1bd"), LOOSER),  # equal only for what is opened before 09:00
        (("24x7", "1bd"), ("24x7", "48h"), STRICTER),  # midnight of the next day
        (("24x7", "24h"), ("24x7", "1bd"), STRICTER),
        (("halves", "8h"), ("office", "8h"), EQUAL),
        (("halves", "2bd"), ("office", "2bd"), EQUAL),
        (("office", "8h"), ("berlin", "8h"), MIXED),
        (("24x7", "PT4H"), ("24x7", "240m"), EQUAL),
        (("24x7", "{within: 4h, attainment: 90%}"), ("24x7", "4h"), LOOSER),
        (("24x7", "{within: 4h, attainment: 90%}"), ("24x7", "{within: 5h, attainment: 90%}"), STRICTER),
        (("24x7", "{within: 4h, attainment: 90%}"), ("24x7", "{within: 5h, attainment: 95%}"), MIXED),
        (("24x7", "[{within: 1h, opened_in: office}, {within: 4h}]"), ("24x7", "4h"), STRICTER),
        (("24x7", "[{within: 1h, opened_in: office}]"), ("24x7", "4h"), MIXED),  # at night nothing is promised
        (("24x7", "[{within: 1h, opened_in: office}]"), ("office", "1h"), MIXED),
        (("24x7", "4h"), ("24x7", "[{within: 4h, opened_in: office}]"), STRICTER),
        (("24x7", "[{within: 4h, opened_in: office}]"), ("24x7", "[{within: 4h, opened_in: halves}]"), EQUAL),
    ],
)
def test_times_across_clocks_and_units(a: tuple[str, str], b: tuple[str, str], verdict: str) -> None:
    assert row(timed(*a), timed(*b)).verdict == verdict


def test_across_the_change_of_clocks() -> None:
    """From Saturday 12:00 to Sunday 12:00 London time are 25 hours when the clocks go back, and 23 when they go forward."""
    hours = 'calendars: {noon: {timezone: Europe/London, hours: {mon-sun: "12:00-12:01"}}}'
    found = only(compared(pair(timed("noon", "1m"), timed("24x7", "24h"), hours)))
    assert found.verdict == MIXED
    assert found.ticket is not None
    assert found.ticket.opened.tick == 2 * instant(date(2026, 10, 24), 12 * 60, "Europe/London") + 2
    assert found.ticket.later is not None
    assert found.ticket.later.text == "1h"
    # later for the second minute's worth of tickets each day, by up to a minute; and for that one hour in autumn
    assert found.share is not None
    assert found.share < Fraction(1, 300)


@pytest.mark.parametrize("hours", [1, 8])
def test_a_time_at_which_nothing_is_promised_is_later_than_any(hours: int) -> None:
    found = row(timed("24x7", f"[{{within: {hours}h, opened_in: office}}]"), timed("24x7", "4h"))
    assert found.ticket is not None
    assert found.ticket.opened.tick == 2 * instant(AS_OF, 0, "UTC")
    assert found.ticket.a.due is None
    assert found.ticket.later is None
    assert found.share == (1 - Fraction(261 * 8, 365 * 24) if hours == 1 else 1)


def test_the_share_is_of_the_time_for_which_b_promises_anything() -> None:
    found = row(timed("office", "2h"), timed("24x7", "[{within: 1h, opened_in: office}]"))
    assert found.verdict == MIXED  # A also answers at night
    assert found.share == 1


@pytest.mark.parametrize(
    ("calendar", "verdict", "remark"),
    [
        ("summer", EQUAL, "the calendar summer of a ends on 2026-06-30, after which nothing is known: compared for tickets opened until 2026-06-30"),
        ("past", LOOSER, "the calendar past of a ends on 2025-06-30: no ticket is due on it by then"),
        ("never", LOOSER, "the calendar never of a is never open: nothing on it is ever due"),
    ],
)  # fmt: skip
def test_calendars_that_end(calendar: str, verdict: str, remark: str) -> None:
    found = row(timed(calendar, "8h"), timed("office", "8h"))
    assert found.verdict == verdict
    assert found.remarks == (remark,)


def test_a_time_of_a_hundred_years() -> None:
    assert row(timed("24x7", "26000bd"), timed("24x7", "36500d")).verdict == STRICTER


# --- amounts ---------------------------------------------------------------------------------------------------------


def available(share: str, per: str, calendar: str = "24x7") -> str:
    return f"calendar: {calendar}, targets: {{availability: {{at_least: {share}, per: {per}}}}}"


@pytest.mark.parametrize(
    ("a", "b", "verdict"),
    [
        (("99.9%", "month"), ("99.9%", "year"), STRICTER),
        (("99.9%", "year"), ("99.9%", "month"), LOOSER),  # all 8.76 h may fall into one month
        (("99.99%", "year"), ("99.9%", "month"), MIXED),  # 52m33s against 40m19s in February
        (("99.993%", "year"), ("99.9%", "month"), STRICTER),  # 36m47s
        (("99.9%", "month", "office"), ("99.9%", "month"), MIXED),  # nothing is promised at night, and less is allowed by day
        (("99.9%", "month"), ("99.9%", "month", "office"), MIXED),  # all of 43 minutes may fall into office hours
        (("99.9%", "month", "office"), ("99.9%", "month", "halves"), EQUAL),
        (("100%", "year"), ("100%", "month", "office"), STRICTER),
    ],
)
def test_availability(a: tuple[str, ...], b: tuple[str, ...], verdict: str) -> None:
    assert row(available(*a), available(*b), "availability", "*").verdict == verdict


def test_the_month_that_is_worst() -> None:
    found = row(available("99.9%", "year"), available("99.9%", "month"), "availability", "*")
    assert found.downtime is not None
    assert found.downtime.period == "Feb 2026"
    assert (found.downtime.a.text, found.downtime.b.text) == ("8h45m36s", "40m19s")
    assert (found.downtime.more, found.downtime.periods) == (12, 12)
    assert found.share == 1


def test_in_how_many_months_b_is_better() -> None:
    found = row(available("99.992%", "year"), available("99.9%", "month"), "availability", "*")  # 42m3s: more than in February only
    assert found.downtime is not None
    assert (found.downtime.more, found.downtime.periods) == (1, 12)
    assert found.share == Fraction(1, 12)


AMOUNTS = """
metrics:
  leads: {type: count, unit: leads, better: higher, chain: supply}
  open: {type: count, unit: tickets, better: lower, chain: each}
  solved: {type: percent, better: higher, chain: each}
  price: {type: money, better: lower, chain: supply}
"""


@pytest.mark.parametrize(
    ("metric", "a", "b", "verdict"),
    [
        ("leads", "120", "100", STRICTER),
        ("leads", "{at_least: 120, per: quarter}", "{at_least: 120, per: quarter}", EQUAL),
        ("leads", "{at_least: 1200, per: quarter}", "100", UNLIKE),
        ("open", "5", "4", LOOSER),
        ("solved", "70%", "{at_least: 70%, per: year}", STRICTER),  # the share of a year lies between those of its months
        ("solved", "{at_least: 80%, per: year}", "70%", MIXED),
        ("solved", "{at_least: 100%, per: year}", "70%", STRICTER),
        ("price", "1200 EUR", "1200.00 EUR", EQUAL),
        ("price", "1200 EUR", "1300 USD", UNLIKE),
    ],
)
def test_other_amounts(metric: str, a: str, b: str, verdict: str) -> None:
    ours, theirs = (f"calendar: 24x7, targets: {{{metric}: {target}}}" for target in (a, b))
    text = pair(ours, theirs, AMOUNTS)
    found = compared(text)
    assert verdicts(found) == {(metric, "*"): verdict}
    assert found.at_least_as_strict == (verdict in (EQUAL, STRICTER))
    assert bool(only(found, metric, "*").why) == (verdict == UNLIKE)


# --- priorities ------------------------------------------------------------------------------------------------------


def promised(targets: str, priorities: str = "") -> str:
    return f"calendar: 24x7, {f'priorities: [{priorities}], ' if priorities else ''}targets: {{resolution: {targets}}}"


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (promised("{P1: 1h, P2: 2h}"), promised("{P1: 1h}"), {"P1": EQUAL, "P2": ONLY_A}),
        (promised("{P1: 1h}"), promised("{P1: 1h, P2: 2h}"), {"P1": EQUAL, "P2": ONLY_B}),
        (promised('{P1: 1h, "*": 3h}'), promised("{P1: 1h, P2: 2h}"), {"P1": EQUAL, "P2": LOOSER, "*": ONLY_A}),
        (promised("{P1: 1h}"), promised("2h"), {"P1": STRICTER, "*": ONLY_B}),
        (promised("{P1: 1h}", "P1"), promised("2h"), {"P1": STRICTER}),  # there are no others
        (promised("{P1: 1h}", "P1, P2"), promised("2h"), {"P1": STRICTER, "*": ONLY_B}),
        (promised("1h"), promised("2h", "P1, P2"), {"*": STRICTER}),
    ],
)
def test_every_priority_is_answered_for_once(a: str, b: str, expected: dict[str, str]) -> None:
    assert {priority: verdict for (_, priority), verdict in verdicts(compared(pair(a, b))).items()} == expected


def test_names_of_the_other() -> None:
    text = pair(promised("{P1: 1h, P2: 2h, P3: 3h}"), promised("{S1: 1h, S2: 1h, P3: 1h}"))
    assert verdicts(compared(text)) == {
        ("resolution", "P1"): ONLY_A,
        ("resolution", "P2"): ONLY_A,
        ("resolution", "P3"): LOOSER,
        ("resolution", "S1"): ONLY_B,
        ("resolution", "S2"): ONLY_B,
    }
    assert verdicts(compared(text, P1="S1", P2="S2", P3="S2")) == {
        ("resolution", "P1=S1"): EQUAL,
        ("resolution", "P2=S2"): LOOSER,
        ("resolution", "P3=S2"): LOOSER,
        ("resolution", "P3"): ONLY_B,  # what B calls P3 nobody stands for
    }


def test_a_name_that_nobody_has() -> None:
    text = pair(promised("{P1: 1h}"), promised("{S1: 1h}"))
    with pytest.raises(NotComparable, match="a has no priority P2; it has P1"):
        compared(text, P2="S1")
    with pytest.raises(NotComparable, match="b has no priority P1; it has S1"):
        compared(text, P1="P1")
    assert compared(text).remarks[0].startswith("no priority of the two has the same name")
    assert compared(text, P1="S1").remarks == ()


# --- clauses ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("a", "b", "verdict"),
    [
        ("[x]", "[x]", EQUAL),
        ("[x]", "[]", LOOSER),
        ("[]", "[x]", STRICTER),
        ("[{x: 4h}]", "[{x: 240m}]", EQUAL),
        ("[{x: 4h}]", "[{x: 8h}]", STRICTER),
        ("[{x: 4h}]", "[x]", STRICTER),
        ("[x]", "[{x: 4h}]", LOOSER),
    ],
)
def test_a_clock_that_stops_is_less_strict(a: str, b: str, verdict: str) -> None:
    found = compared(pair(*(f"{timed('24x7', '4h')}, pauses: {pauses}" for pauses in (a, b))))
    assert verdicts(found) == {("resolution", "P1"): EQUAL, ("clock stops", "x"): verdict}
    assert found.at_least_as_strict == (verdict != LOOSER)


def test_pauses_without_times_in_common_are_told_side_by_side() -> None:
    found = compared(pair("calendar: 24x7, pauses: [x], targets: {availability: 99%}", f"{timed('24x7', '4h')}"))
    assert [row.kind for row in found.rows] == ["amount", "time"]
    assert [beside.a for beside in found.beside if beside.clause == "pauses"] == [("x, without limit",)]


def test_clauses_without_an_order_are_told_side_by_side() -> None:
    ours = "excludes: [Force majeure, strikes], duties: [{who: customer, what: answer, within: 4h}], fee: 100 EUR/month"
    theirs = "excludes: [force-majeure], duties: [{who: customer, what: answer, within: 2h}], term: {from: 2025-01-01, notice: 90d}"
    found = {
        beside.clause: beside for beside in compared(pair(f"{timed('halves', '4h')}, {ours}", f"{timed('office', '4h')}, {theirs}")).beside
    }
    assert (found["excludes"].both, found["excludes"].a, found["excludes"].b) == (("Force majeure",), ("strikes",), ())
    assert (found["duties"].a, found["duties"].b) == (("customer: answer, within 4h",), ("customer: answer, within 2h",))
    assert (found["fee"].a, found["notice"].b, found["term"].b) == (("100 EUR/month",), ("90d",), ("from 2025-01-01 with no end",))
    assert found["service hours"].a == ("halves: morning or afternoon",)


def test_calendars_that_are_told_alike_and_are_not() -> None:
    head = 'calendars: {x: {timezone: UTC, hours: {mon: "09:00-17:00"}}}'
    inline = "{timezone: UTC, hours: {mon: '09:00-17:00'}, exceptions: {2026-03-02: closed}}"
    text = pair(timed("{timezone: UTC, hours: {mon: '09:00-17:00'}}", "4h"), timed(inline, "4h"), head)
    assert compared(text).beside[0].both == ()
    weekend = "{timezone: UTC, hours: {mon: '09:00-17:00'}, business_days: tue-fri}"
    assert compared(text.replace(inline, weekend)).beside[0].both == ()
    assert only(compared(text)).verdict == STRICTER


def credited(target: str, bands: str, calendar: str = "24x7") -> str:
    return f"calendar: {calendar}, targets: {{{target}}}, credits: {bands}"


def owed(a: str, b: str) -> list[tuple[str, Fraction, Fraction, str | None]]:
    return [(credit.breach, credit.a, credit.b, credit.more) for credit in compared(pair(a, b)).credits]


def test_credits_at_every_edge() -> None:
    ours = credited("availability: 99.9%", "{availability: [{below: 99.9%, credit: 5%}, {below: 99%, credit: 20%}], cap: 15%}")
    theirs = credited("availability: 99.5%", "{availability: [{below: 99.5%, credit: 10%}]}")
    assert owed(ours, theirs) == [
        ("below 99.9%", Fraction(5, 100), Fraction(0), "a"),
        ("below 99.5%", Fraction(5, 100), Fraction(10, 100), "b"),
        ("below 99%", Fraction(15, 100), Fraction(10, 100), "a"),
    ]


def test_credits_for_what_is_not_the_same_breach() -> None:
    ours = credited("resolution: 8h", "{resolution: [{over: 8h, credit: 5%}]}")
    assert [more for *_, more in owed(ours, credited("resolution: 8h", "{resolution: [{over: 8h, credit: 5%}]}", "office"))] == [None]
    assert [more for *_, more in owed(ours, credited("resolution: 1bd", "{resolution: [{over: 1bd, credit: 5%}]}"))] == [None, None]
    two = credited("resolution: {P1: 8h, P2: {within: 8h, calendar: office}}", "{resolution: [{over: 8h, credit: 5%}]}")
    assert [more for *_, more in owed(two, two)] == [None]  # over 8h of which clock?
    assert [more for *_, more in owed(ours, timed("office", "8h"))] == ["a"]  # who owes nothing owes less, whatever the clock


# --- terms -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("a", "b", "days", "remark"),
    [
        ("{}", "{}", ("2026-01-01", "2026-12-31"), ""),
        ("{from: 2026-03-01}", "{until: 2026-05-31}", ("2026-03-01", "2026-05-31"), ""),
        ("{from: 2026-03-01}", "{from: 2027-01-01}", ("2027-01-01", "2027-12-31"), ""),
        ("{until: 2025-12-31}", "{}", ("2026-01-01", "2026-12-31"), "a ended on 2025-12-31: compared as though both were in force"),
        (
            "{until: 2026-06-30}",
            "{from: 2026-07-01}",
            ("2026-01-01", "2026-12-31"),
            "they are on no day in force together: compared as though both were in force",
        ),
    ],
)
def test_the_days_that_are_compared(a: str, b: str, days: tuple[str, str], remark: str) -> None:
    found = compared(pair(*(f"{timed('24x7', '4h')}, term: {term}" for term in (a, b))))
    assert tuple(day.isoformat() for day in found.days) == days
    assert found.remarks == ((remark,) if remark else ())


@pytest.mark.parametrize("calendar", ["here", "{not: here}"])
def test_public_holidays_that_nobody_knows_are_told(calendar: str) -> None:
    """Of the last year of which the package lists any nothing is said, nor of a calendar that neither of the two names."""
    last = country_holidays("GB").end_year
    text = HOURS + "  here: {timezone: Europe/London, hours: {mon-fri: '09:00-17:00'}, holidays: {country: GB, subdivision: ENG}}\n"
    for year, named, told in [(last, calendar, []), (last + 1, calendar, [last + 1]), (last + 1, "office", [])]:
        term = f"term: {{from: {year}-02-01, until: {year}-06-30}}"
        found = compared(pair(f"{timed('24x7', '4h')}, {term}", timed(named, "4h"), text))
        assert found.remarks == tuple(
            f"the public holidays of GB are not known from {y}-01-01 on, or not all: compared without them" for y in told
        )


def test_a_difference_after_the_term_is_none() -> None:
    """The clocks go back in October; until then London and UTC plus one hour are the same office."""
    text = HOURS + '  fixed: {timezone: Etc/GMT-1, hours: {mon-fri: "09:00-17:00"}}\n'
    term = "term: {from: 2026-04-01, until: 2026-10-20}"
    a, b = f"{timed('office', '2h')}, {term}", timed("fixed", "2h")
    assert only(compared(pair(a, b, text))).verdict == EQUAL
    assert only(compared(pair(a.replace(", term: {from: 2026-04-01, until: 2026-10-20}", ""), b, text))).verdict == MIXED


def test_the_same_input_gives_the_same_values() -> None:
    text = pair(timed("office", "8h"), timed("24x7", "12h"))
    assert compared(text) == compared(text)
