"""The agenda: its dates against walking through the days one by one, and what each item says."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slachain.decisions.agenda import Agenda, Item
from slachain.decisions.reporting import report
from slachain.decisions.review import NoSuchOwner, review
from slachain.language.scalars import read_duration
from tests.catalogue import AS_OF, study

ONE_DAY = timedelta(days=1)
HEAD = "kind: uc, provider: v, customer: c, owner: o, calendar: 24x7"


def agenda(text: str, as_of: date = AS_OF, within: str = "90d", owner: str | None = None) -> Agenda:
    found = study(text, as_of)
    return review(found, report(found), read_duration(within), within, owner)


def of_one(clauses: str, as_of: date = AS_OF, within: str = "90d", head: str = HEAD) -> tuple[Item, ...]:
    return agenda(f"agreements:\n  a: {{{head}, {clauses}}}\n", as_of, within).items


def dates(items: tuple[Item, ...]) -> list[tuple[str, str, str, int | None]]:
    return [(item.kind, item.state, str(item.day), item.days) for item in items]


# --- against an oracle -----------------------------------------------------------------------------------------------


def walked(day: date, days: int) -> list[date]:
    """So many days before or after a day, the nearest first, one by one."""
    found, step = [], ONE_DAY if days > 0 else -ONE_DAY
    for _ in range(abs(days)):
        day += step
        found.append(day)
    return found


def months_on(day: date, months: int) -> date:
    """The same day so many months on; where there is none, the last before it."""
    year, month = day.year, day.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    number = day.day
    while True:
        try:
            return date(year, month, number)
        except ValueError:
            number -= 1


def expected(as_of: date, within: int, until: date, notice: int, last: date, months: int) -> set[tuple[str, str, date]]:
    """What an agenda has to list, by looking at every day of the time around it."""
    ahead, behind = {as_of, *walked(as_of, within)}, set(walked(as_of, -within))
    found = set()
    if until in ahead:
        found.add(("end", "due", until))
    if until in behind:
        found.add(("end", "passed", until))
    last_for_notice = ([until, *walked(until, -notice)])[-1]
    if until >= as_of and last_for_notice in ahead:
        found.add(("notice", "due", last_for_notice))
    if until >= as_of and last_for_notice < as_of and (until in ahead or last_for_notice in behind):
        found.add(("notice", "passed", last_for_notice))
    due = months_on(last, months)
    if until >= as_of and (due < as_of or due in ahead):
        found.add(("review", "overdue" if due < as_of else "due", due))
    return found


@given(
    st.dates(date(2023, 12, 1), date(2028, 3, 31)),
    st.integers(1, 200),
    st.integers(-300, 400),
    st.integers(1, 400),
    st.integers(-800, 0),
    st.integers(1, 30),
)
def test_every_date_and_no_other(as_of: date, within: int, ends: int, notice: int, reviewed: int, months: int) -> None:
    until, last = as_of + timedelta(days=ends), as_of + timedelta(days=reviewed)
    clauses = f"term: {{until: {until}, notice: {notice}d}}, review: {{every: {months} months, last: {last}}}"
    found = of_one(clauses, as_of, f"{within}d")
    assert {(item.kind, item.state, item.day) for item in found} == expected(as_of, within, until, notice, last, months)
    assert all(item.day and item.days == (item.day - as_of).days for item in found)
    order = [("overdue", "passed", "due").index(item.state) for item in found]
    assert order == sorted(order)


# --- terms -----------------------------------------------------------------------------------------------------------


def test_the_last_day_and_the_first_that_is_too_late() -> None:
    clauses = "term: {until: 2026-12-31, notice: 90d}"
    assert dates(of_one(clauses, date(2026, 10, 2), "1d")) == [("notice", "due", "2026-10-02", 0)]
    (late,) = of_one(clauses, date(2026, 10, 3), "1d")
    assert (late.state, late.days) == ("passed", -1)
    assert late.says == "the last day to give notice has passed: until 24:00 UTC, 90d before the end on 2026-12-31"
    assert of_one(clauses, date(2026, 10, 4), "1d") == ()  # told at the meeting before, and again with the end
    assert dates(of_one(clauses, date(2026, 12, 30), "1d")) == [("notice", "passed", "2026-10-02", -89), ("end", "due", "2026-12-31", 1)]


def test_passed_notice_is_nothing_that_somebody_can_still_do() -> None:
    assert not agenda(f"agreements: {{a: {{{HEAD}, term: {{until: 2026-01-10, notice: 90d}}}}}}").pressing


def test_notice_longer_than_the_term() -> None:
    (notice, end) = of_one("term: {from: 2025-12-01, until: 2026-01-31, notice: 90d}")
    assert (notice.state, str(notice.day)) == ("passed", "2025-11-02")
    assert notice.says == "the notice of 90d is longer than the term from 2025-12-01 to 2026-01-31: no day of it is early enough"
    assert end.says == "ends on 2026-01-31 unless renewed; the last day to give notice was 2025-11-02"


def test_an_end_without_notice() -> None:
    (end,) = of_one("term: {until: 2026-01-31}")
    assert end.says == "ends on 2026-01-31 unless renewed; no notice is written"


def test_days_are_told_in_the_agreements_zone() -> None:
    """While it is the 31st in London, it is the 1st in Sydney: the date is the one that is written, and its zone stands beside it."""
    for zone in ("Australia/Sydney", "America/Los_Angeles"):
        head = HEAD.replace("24x7", f'{{timezone: {zone}, hours: {{mon-sun: "00:00-24:00"}}}}')
        notice, end = of_one("term: {until: 2026-03-31, notice: 30d}", head=head)
        assert (str(notice.day), str(end.day), notice.zone, end.zone) == ("2026-03-01", "2026-03-31", zone, zone)
        assert notice.says == f"the last day to give notice: until 24:00 {zone}, 30d before the end on 2026-03-31"


BELOW = """
agreements:
  acme: {kind: sla, provider: desk, customer: acme, owner: o, calendar: 24x7, targets: {resolution: {P1: 4h}}, relies_on: [host]}
  host: {kind: uc, provider: v, customer: desk, owner: o, calendar: 24x7, term: {until: UNTIL}, targets: {resolution: {P1: 3h}}}
"""


def test_an_end_says_who_relies_on_it() -> None:
    (end,) = agenda(BELOW.replace("UNTIL", "2026-02-28")).items
    assert end.notes[0].message == "host is not in force from 2026-03-01 to 2026-12-31, while acme relies on it"


def test_what_ended_and_is_relied_on_is_overdue_however_long_ago() -> None:
    found = agenda(BELOW.replace("UNTIL", "2024-02-28"))
    assert [(item.kind, item.state) for item in found.items] == [("end", "overdue")]
    assert found.pressing
    assert of_one("term: {until: 2024-02-28}") == ()  # nothing relies on this one: it is history


def test_agreements_without_an_end_are_listed_beside() -> None:
    (one,) = agenda(f"agreements: {{a: {{{HEAD}, term: {{notice: 36h}}}}}}").open_ended
    assert (one.agreement, one.notice, one.ends) == ("a", "36h", date(2026, 1, 3))


# --- reviews ---------------------------------------------------------------------------------------------------------


def test_a_review_on_the_day_is_due_and_not_overdue() -> None:
    clauses = "review: {every: 1 year, last: 2024-02-29}"
    assert dates(of_one(clauses, date(2025, 2, 28))) == [("review", "due", "2025-02-28", 0)]
    assert dates(of_one(clauses, date(2025, 3, 1))) == [("review", "overdue", "2025-02-28", -1)]


def test_a_review_of_which_nobody_knows_when() -> None:
    (undated,) = of_one("review: {every: 6 months}")
    assert (undated.state, undated.day) == ("open", None)
    assert [f.agreement for f in agenda(f"agreements: {{a: {{{HEAD}}}}}").unreviewed] == ["a"]


def test_an_overdue_review_that_is_accepted() -> None:
    clauses = "review: {every: 1 year, last: 2024-01-01}, accept: [{finding: SC503, until: 2027-01-01, because: we merge}]"
    assert of_one(clauses) == ()


# --- acceptances -----------------------------------------------------------------------------------------------------

ACCEPTED = """
agreements:
  acme:
    kind: sla
    provider: desk
    customer: acme
    calendar: 24x7
    term: {from: 2025-01-01}
    targets: {resolution: {P1: {within: 4h, attainment: 95%}}}
    relies_on: [tier2]
    accept: [{finding: SC201, until: UNTIL, because: "a, b; c"}]
  tier2: {kind: ola, provider: e, customer: desk, calendar: 24x7, targets: {resolution: {P1: 5h}}}
"""


def test_an_accepted_gap_is_not_open_until_the_acceptance_ends() -> None:
    far, near, over = (agenda(ACCEPTED.replace("UNTIL", day)) for day in ("2026-12-31", "2026-02-01", "2025-12-31"))
    assert (far.items, far.pressing) == ((), False)
    assert [(i.kind, i.state) for i in near.items] == [("acceptance", "due")]
    assert near.items[0].says == "SC201 is accepted until 2026-02-01: a, b; c"
    assert near.items[0].notes[0].message.startswith("resolution P1: 4h promised around the clock, 5h possible")
    assert not near.pressing
    assert [(i.kind, i.state) for i in over.items] == [("acceptance", "overdue"), ("gap", "open")]
    assert over.pressing


def test_an_acceptance_of_what_is_not_found() -> None:
    (one,) = agenda(ACCEPTED.replace("UNTIL", "2026-02-01").replace("5h", "1h")).items
    assert one.says.endswith("; nothing of the kind is found of acme now")
    assert one.todo == "take the acceptance out"


# --- gaps and margins ------------------------------------------------------------------------------------------------

AGES = """
policy: {margin: 50%}
agreements:
  old: {kind: sla, provider: desk, customer: x, owner: o, calendar: 24x7, TERM1 targets: {resolution: {P1: 4h}}, relies_on: [tier2]}
  new: {kind: sla, provider: desk, customer: y, owner: o, calendar: 24x7, TERM2 targets: {resolution: {P1: 4h}}, relies_on: [tier2]}
  ever: {kind: sla, provider: desk, customer: z, owner: o, calendar: 24x7, targets: {resolution: {P1: 4h}}, relies_on: [tier2]}
  thin: {kind: sla, provider: desk, customer: t, owner: p, calendar: 24x7, targets: {resolution: {P1: 6h}}, relies_on: [tier2]}
  none: {kind: sla, provider: desk, customer: u, calendar: 24x7, targets: {resolution: {P1: 6h}}}
  tier2: {kind: ola, provider: e, customer: desk, owner: o, calendar: 24x7, targets: {resolution: {P1: 5h}}}
"""


def ages() -> Agenda:
    return agenda(AGES.replace("TERM1", "term: {from: 2024-01-01},").replace("TERM2", "term: {from: 2026-02-01},"))


def test_the_oldest_promise_comes_first() -> None:
    """One without a first day is always in force; one that is yet to begin comes last."""
    told = [(item.name, item.kind, item.days) for item in ages().owned_by("o")]
    assert told == [("ever", "gap", None), ("old", "gap", -731), ("new", "gap", 31)]


def test_by_owner_with_nobody_last() -> None:
    found = ages()
    assert found.owners == ("o", "p", None)
    assert [(item.name, item.kind) for item in found.owned_by("p")] == [("thin", "thin-margin")]
    assert [(item.name, item.kind) for item in found.owned_by(None)] == [("none", "gap")]


def test_a_gap_says_where_since_when_and_on_which_ticket() -> None:
    gap = next(item for item in ages().items if item.name == "old")
    assert (gap.at.file, gap.at.line) == ("a.yaml", 4)
    assert [note.message for note in gap.notes] == ["in force from 2024-01-01", "tier2 finishes within 5h, around the clock"]
    assert gap.promise
    assert gap.promise.ticket == "opened Thu 1 Jan 2026 00:00:00 UTC, done Thu 1 Jan 2026 05:00:00 UTC: 5h on the customer's clock"
    assert [fix.change for fix in gap.promise.fixes] == ["promise", "commitment"]


def test_of_alternatives_each_has_its_own_finding() -> None:
    text = """
calendars: {office: {timezone: UTC, hours: {mon-fri: "09:00-17:00"}}}
agreements:
  acme:
    kind: sla
    provider: desk
    customer: acme
    calendar: 24x7
    targets:
      resolution:
        P1:
          - {within: 2h, opened_in: office}
          - {within: 3h}
    relies_on: [tier2]
  tier2: {kind: ola, provider: e, customer: desk, calendar: 24x7, targets: {resolution: {P1: 5h}}}
"""
    assert [(item.subject, item.at.line, item.says[:11]) for item in agenda(text).items] == [
        ("resolution P1 #1", 12, "2h promised"),
        ("resolution P1 #2", 13, "3h promised"),
    ]


# --- calendars -------------------------------------------------------------------------------------------------------

ENDING = """
calendars: {rota: {timezone: Pacific/Auckland, hours: {mon-sun: "00:00-24:00"}, until: 2026-03-31}}
agreements:
  a: {kind: sla, provider: desk, customer: x, owner: o, calendar: 24x7, targets: {resolution: {P1: 9h}}, relies_on: [tier2]}
  b: {kind: sla, provider: desk, customer: y, owner: o, calendar: 24x7, targets: {resolution: {P1: 9h}}, relies_on: [tier2]}
  c: {kind: sla, provider: desk, customer: z, owner: p, calendar: 24x7, targets: {resolution: {P1: 9h}}, relies_on: [tier2]}
  tier2: {kind: ola, provider: e, customer: desk, calendar: rota, targets: {resolution: {P1: 5h}}}
"""


def test_a_calendar_that_ends_once_for_each_owner() -> None:
    found = agenda(ENDING)
    assert [(i.owner, i.name, i.kind, str(i.day), i.days) for i in found.items] == [
        ("o", "a and 1 more", "calendar-end", "2026-03-31", 89),
        ("p", "c", "calendar-end", "2026-03-31", 89),
    ]
    assert found.items[0].says == "the calendar rota ends on 2026-03-31 (Pacific/Auckland): of later days nothing is known"
    assert agenda(ENDING, within="88d").items == ()
    assert {i.state for i in agenda(ENDING, date(2026, 4, 1)).items if i.kind == "calendar-end"} == {"overdue"}


# --- the whole -------------------------------------------------------------------------------------------------------


def test_one_owner() -> None:
    found = agenda(ENDING, owner="O")
    assert [item.owner for item in found.items] == ["o"]
    with pytest.raises(NoSuchOwner, match="no agreement is owned by 'q': o; p"):
        agenda(ENDING, owner="q")
    with pytest.raises(NoSuchOwner, match="none names an owner"):
        agenda("agreements: {}", owner="q")


def test_nothing_at_all() -> None:
    found = agenda("agreements: {}")
    assert (found.items, found.owners, found.pressing) == ((), (), False)


def test_what_cannot_be_read_is_told_and_the_rest_is_listed() -> None:
    text = f"agreements:\n  a: {{{HEAD}, term: {{until: 2026-01-31, notice: 5 days}}}}\n  b: {{{HEAD}, term: {{until: 2026-01-31}}}}\n"
    found = agenda(text)
    assert [f.code for f in found.unreadable] == ["SC102"]
    assert [(item.name, item.says.partition("; ")[2]) for item in found.items] == [
        ("a", "its notice could not be read"),
        ("b", "no notice is written"),
    ]


# --- what is told together -------------------------------------------------------------------------------------------

PLAN = """
plans:
  gold:
    kind: sla
    provider: desk
    owner: o
    calendar: 24x7
    review: {every: 1 year, last: 2025-02-01}
    targets: {resolution: {P1: 4h}}
    relies_on: [tier2]
    fee: 100 EUR/month
    credits: {resolution: [{over: 4h, credit: 5%}], cap: 20%}
    demand: {P1: 1/month}
agreements:
  a: {extends: gold, customer: x, term: {from: 2025-06-01}}
  b: {extends: gold, customer: y, term: {from: 2024-06-01}}
  c: {extends: gold, customer: z, owner: p, term: {from: 2023-06-01}}
  d: {extends: gold, customer: z, term: {from: 2023-06-01}, fee: 100 USD/month}
  tier2: {kind: ola, provider: e, customer: desk, owner: o, calendar: 24x7, targets: {resolution: {P1: 5h}}}
"""


def test_one_clause_of_one_owner_is_decided_once() -> None:
    """Since the oldest, at the cost of all; sums in another currency, and what is another owner's, stand by themselves."""
    found = agenda(PLAN)
    gaps = {tuple(one.agreement for one in item.concerns): item for item in found.items if item.kind == "gap"}
    assert list(gaps) == [("c",), ("d",), ("b", "a")]
    both = gaps["b", "a"]
    assert (str(both.day), both.owner) == ("2024-06-01", "o")
    assert both.promise
    assert both.promise.money
    assert both.promise.money.at_most.text == "40 EUR"
    assert [note.message for note in both.notes] == [
        "b: in force from 2024-06-01",
        "tier2 finishes within 5h, around the clock",
        "a: in force from 2025-06-01",
    ]
    assert (found.count("open", "gap"), found.count("due", "review")) == (4, 4)
    assert [[one.agreement for one in item.concerns] for item in found.items if item.kind == "review"] == [["a", "b", "d"], ["c"]]
