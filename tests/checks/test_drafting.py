"""The finer points of wording: days, percentages, both sides' parts, who agreed with whom, what was accepted and until when."""

from __future__ import annotations

import pytest

from slachain.decisions.report import FindingLine
from tests.catalogue import found_in

CALENDARS = """
calendars:
  london: {timezone: Europe/London, hours: {mon-fri: "09:00-17:30"}}
  always: {timezone: Europe/London, hours: {mon-sun: "00:00-24:00"}}
  named: {timezone: Europe/London, hours: {mon-sun: "00:00-24:00"}, business_days: mon-fri}
  ending: {timezone: UTC, hours: {mon-sun: "00:00-24:00"}, until: 2026-06-30}
  once: {timezone: UTC, hours: {}, exceptions: {2026-05-02: "10:00-14:00"}}
  over: {timezone: UTC, hours: {mon-fri: "09:00-17:00"}, until: 2025-06-30}
  outside: {not: london}
  either: {any_of: [london, outside]}
agreements:
"""
TIER2 = (
    "  tier2: {kind: ola, provider: engineering, customer: desk, calendar: 24x7, targets: {resolution: {P1: 3h}, availability: 99.9%}}\n"
)


def of(code: str, text: str) -> list[FindingLine]:
    return [finding for finding in found_in(text) if finding.code == code]


def sla(clauses: str, id: str = "acme") -> str:
    return f"  {id}: {{kind: sla, provider: desk, customer: acme, calendar: 24x7, relies_on: [tier2], {clauses}}}\n"


def acme(clauses: str) -> str:
    """A catalogue with an SLA that has these clauses, over one ola."""
    return "agreements:\n" + sla(clauses) + TIER2


# --- days ------------------------------------------------------------------------------------------------------------


def days(time: str, calendar: str) -> list[str]:
    text = f"  desk: {{kind: ola, provider: desk, customer: company, calendar: {calendar}, targets: {{resolution: {time}}}}}\n"
    return [finding.message for finding in of("SC802", CALENDARS + text)]


@pytest.mark.parametrize(
    ("time", "calendar", "ambiguous"),
    [
        ("2d", "london", True),
        ("1w", "london", True),
        ("1d4h", "london", True),
        ("P2D", "london", True),
        ("48h", "london", False),
        ("PT48H", "london", False),
        ("2bd", "london", False),
        ("2d", "24x7", False),
        ("1bd", "24x7", True),
        ("1bd", "always", True),  # open around the clock without being called so
        ("1bd", "named", False),  # it says which days are business days
        ("2d", "always", False),
        ("1bd", "either", True),  # put together of two that are not
        ("1d", "outside", True),
        ("2d", "ending", False),  # around the clock for as long as it goes on
        ("1d", "once", True),
        ("1bd", "once", False),
        ("2d", "over", False),  # nothing is known of it any more
        ("2d", "nowhere", False),  # SC104 says what is wrong
    ],
)
def test_days_are_ambiguous_on_some_calendars(time: str, calendar: str, ambiguous: bool) -> None:
    assert bool(days(time, calendar)) == ambiguous


def test_the_message_says_what_is_meant() -> None:
    assert days("2d", "london") == ["2d is 48h of open time Mon-Fri 09:00-17:30 Europe/London"]


def test_hand_overs_and_targets_on_another_calendar_are_read_on_their_own_clocks() -> None:
    text = (
        CALENDARS
        + """
  desk:
    kind: ola
    provider: desk
    customer: company
    calendar: 24x7
    targets: {resolution: {P1: 2d, P2: {within: 3d, calendar: london}}}
    relies_on: [{agreement: tier2, after: {P1: 1bd, P2: 1d}}, {any_of: [tier2, tier3], after: 2bd}]
  tier2: {kind: ola, provider: tier2, customer: desk, calendar: 24x7}
  tier3: {kind: ola, provider: tier3, customer: desk, calendar: 24x7}
"""
    )
    assert sorted(finding.message.split()[0] for finding in of("SC802", text)) == ["1bd", "2bd", "3d"]


# --- percentages -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("targets", "found"),
    [
        ("{resolution: {P1: 4h}}", 0),  # not written: SC803
        ("{resolution: {P1: {within: 4h, attainment: 100.0%}}}", 1),
        ("{resolution: {P1: [{within: 4h, opened_in: 24x7, attainment: 100%}, {within: 5h, attainment: 100%}]}}", 2),
        ("{resolution: {P1: {within: 4h, attainment: 99.99%, warn: 100%}}}", 0),
        ("{availability: 100%}", 1),
        ("{availability: {at_least: 100%, per: year}}", 1),
        ("{solved: {at_least: 100%}}", 1),
        ("{failed: {at_most: 100%}}", 0),
        ("{leads: {at_least: 1}}", 0),
    ],
)
def test_an_explicit_hundred_per_cent(targets: str, found: int) -> None:
    metrics = """
metrics:
  solved: {type: percent, better: higher, chain: each}
  failed: {type: percent, better: lower, chain: each}
  leads: {type: count, unit: leads, better: higher, chain: supply}
"""
    assert len(of("SC801", metrics + acme(f"targets: {targets}"))) == found


def test_a_commitment_of_hundred_per_cent_is_its_providers_affair() -> None:
    assert not of("SC801", "agreements:\n" + TIER2.replace("99.9%", "100%"))


def test_every_alternative_needs_its_percentage() -> None:
    text = acme("targets: {resolution: {P1: [{within: 4h, opened_in: 24x7, attainment: 90%}, {within: 5h}], P2: 6h}}")
    assert [(f.priority, f.message.split()[0]) for f in of("SC803", text)] == [("P1", "5h"), ("P2", "6h")]


# --- both sides ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("clauses", "at"),
    [
        ("targets: {resolution: {P1: 4h}}", "acme"),
        ("targets: {resolution: {P1: 4h}}, pauses: [awaiting-vendor]", "acme"),
        ("targets: {availability: 99.9%}", None),  # no clock that could stop
        ("targets: {resolution: {P1: 4h}}, pauses: [awaiting-vendor, awaiting-customer]", "awaiting-customer"),
        ("targets: {resolution: {P1: 4h}}, pauses: [{awaiting-acme: 8h}]", "awaiting-acme: 8h"),
        ("targets: {resolution: {P1: 4h}}, pauses: [awaiting-customer], duties: [{who: provider, what: ask}]", "awaiting-customer"),
        ("targets: {resolution: {P1: 4h}}, pauses: [awaiting-customer], duties: [{who: Customer, what: answer}]", None),
        ("targets: {resolution: {P1: 4h}}, pauses: [awaiting-customer], duties: [{who: acme, what: answer}]", None),
        ("targets: {resolution: {P1: 4h}}, pauses: [awaiting-customer], duties: [{who: customer}]", None),  # SC102
    ],
)
def test_the_customers_part_is_told_on_both_sides(clauses: str, at: str | None) -> None:
    text = acme(clauses)
    found = of("SC808", text)
    lines = text.split("\n")
    assert [lines[f.at.line - 1][f.at.column - 1 : f.at.end_column - 1] for f in found] == ([at] if at else [])


def test_a_misspelt_clause_is_not_told_twice() -> None:
    found = {f.code for f in found_in(acme("targets: {resolution: {P1: 4h}}, ownr: me"))}
    assert "SC102" in found
    assert not [f for f in of("SC805", acme("targets: {resolution: {P1: 4h}}, ownr: me")) if f.agreement == "acme"]
    assert not [f for f in of("SC804", acme("review: {every: soon}")) if f.agreement == "acme"]


def test_a_review_without_an_interval_is_none() -> None:
    assert [f.agreement for f in of("SC804", acme("review: {last: 2025-12-01}, owner: me"))] == ["acme", "tier2"]


# --- parties ---------------------------------------------------------------------------------------------------------


def test_one_finding_for_each_pair_of_parties() -> None:
    stranger = "  shop: {kind: sla, provider: shop, customer: buyers, calendar: 24x7, relies_on: [tier2, tier2]}\n"
    text = acme("owner: me") + stranger + stranger.replace("shop:", "web:")
    found = of("SC809", text)
    assert [(f.agreement, f.message) for f in found] == [("tier2", "tier2 is agreed with desk, not with shop, and shop and web rely on it")]
    assert [note.at.line for note in found[0].because] == [4, 5]


def test_orphans_are_those_below_no_promise() -> None:
    def ola(id: str, more: str = "") -> str:
        return f"  {id}: {{kind: ola, provider: a, customer: a, calendar: 24x7{more}}}\n"

    text = "agreements:\n" + ola("alone") + ola("above", ", relies_on: [under]") + ola("under")
    text += ola("whole", ", end_to_end: true, relies_on: [part]") + ola("part") + ola("ended", ", term: {until: 2025-12-31}")
    assert [f.agreement for f in of("SC806", text)] == ["alone", "above", "under"]


def test_what_only_an_ended_promise_relies_on_is_an_orphan() -> None:
    assert [f.agreement for f in of("SC806", acme("term: {until: 2025-12-31}"))] == ["tier2"]


# --- acceptances -----------------------------------------------------------------------------------------------------


def accepting(*acceptances: tuple[str, str], clauses: str = "targets: {resolution: {P1: 4h}}", tier2: str = TIER2) -> list[str]:
    listed = ", ".join(f"{{finding: {code}, until: {until}, because: so}}" for code, until in acceptances)
    text = "agreements:\n" + sla(f"{clauses}, accept: [{listed}]") + tier2
    return [f.message for f in of("SC810", text) if not f.accepted]


@pytest.mark.parametrize(
    ("code", "until", "message"),
    [
        ("SC803", "2026-01-01", None),  # the last day counts
        ("SC803", "2025-12-31", "SC803 was accepted until 2025-12-31, and acme has it still"),
        ("SC201", "2025-12-31", "SC201 was accepted until 2025-12-31"),
        ("SC201", "2026-12-31", "SC201 is accepted, and acme has no such finding"),
        ("SC806", "2026-12-31", "SC806 is accepted, and acme has no such finding"),
        ("SC104", "2026-12-31", "SC104 cannot be accepted: what cannot be read has to be mended"),
        ("SC999", "2026-12-31", "SC999 is accepted, and there is no such finding"),
    ],
)
def test_an_acceptance_has_a_date_and_a_finding(code: str, until: str, message: str | None) -> None:
    assert accepting((code, until)) == ([message] if message else [])


def test_an_acceptance_may_itself_be_accepted() -> None:
    assert accepting(("SC810", "2026-12-31"), ("SC201", "2026-12-31")) == []


def test_another_agreements_finding_is_not_this_ones() -> None:
    """SC502 is found at the agreement whose notice is too short, and is accepted there."""
    clauses = "targets: {resolution: {P1: 4h}}, term: {notice: 90d}"
    below = TIER2.replace("calendar: 24x7,", "calendar: 24x7, term: {notice: 30d},")
    assert accepting(("SC502", "2026-12-31"), clauses=clauses, tier2=below) == ["SC502 is accepted, and acme has no such finding"]


@pytest.mark.parametrize("broken", ["", TIER2.replace("3h", "3 hours"), TIER2.replace("kind: ola", "kind: olla")])
def test_what_could_not_be_judged_may_be_there_all_the_same(broken: str) -> None:
    assert accepting(("SC201", "2026-12-31"), tier2=broken) == []
    assert accepting(("SC201", "2025-12-31"), tier2=broken) == ["SC201 was accepted until 2025-12-31"]
