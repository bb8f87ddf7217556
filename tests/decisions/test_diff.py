"""What an amendment changes, case by case: who moved what, what is told once, and what is no change."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from slachain.decisions.amendment import (
    ADDED,
    CLOSED,
    GONE,
    LOOSENED,
    MIXED,
    NEW,
    OPENED,
    SAME,
    STAYS,
    TIGHTENED,
    WITHDRAWN,
    Amendment,
    StandingChange,
)
from slachain.decisions.attribution import TOO_MANY
from slachain.decisions.diff import Unreadable, diff
from slachain.render.amendment.clause_words import clause_words, mover_words
from slachain.render.amendment.words import causes
from tests.amended import version

AS_OF = date(2026, 1, 1)
BASE = """
calendars:
  office: {timezone: Europe/London, hours: {mon-fri: "09:00-17:00"}}
  late: {any_of: [office, night]}
  night: {timezone: UTC, hours: {mon-sun: "20:00-23:00"}}
plans:
  gold:
    kind: sla
    provider: desk
    calendar: 24x7
    targets: {resolution: {P1: 9h, P2: 30h}}
    relies_on: [{agreement: tier2, after: 1h, share: 100%}]
agreements:
  acme: {extends: gold, customer: acme, service: shop, owner: jo, fee: 100 EUR/month, pauses: [waiting]}
  beta: {extends: gold, customer: beta}
  tier2: {kind: ola, provider: eng, customer: desk, calendar: 24x7, targets: {resolution: {P1: 2h, P2: 8h}}, relies_on: [{agreement: host, after: 1h}]}
  host: {kind: uc, provider: host, customer: eng, calendar: 24x7, targets: {resolution: {P1: 3h, P2: 4h}}}
"""


def changed(*replacements: tuple[str, str], base: str = BASE) -> Amendment:
    """The amendment that replaces these texts, each of which is there."""
    text = base
    for before, after in replacements:
        assert before in text
        text = text.replace(before, after)
    return diff(version({"a.yaml": base}), version({"a.yaml": text}), AS_OF)


def standing(found: Amendment, agreement: str = "acme", priority: str = "P1") -> StandingChange:
    """How one promise stands."""
    return next(change for change in found.standings if (change.agreement, change.priority) == (agreement, priority))


def told(change: StandingChange) -> list[tuple[str, list[str]]]:
    """Its causes in words."""
    return [(cause.head, [f"{words}{f' ({alone})' if alone else ''}" for words, alone, _ in cause.lines]) for cause in causes(change)]


@pytest.mark.parametrize(
    ("replacement", "moved"),
    [
        (("resolution: {P1: 2h", "resolution: {P1: 6h"), "tier2: resolution P1 within 6h instead of 2h"),
        (("after: 1h, share", "after: 3h, share"), "acme, beta hands over to tier2 within 3h instead of 1h"),
        (("{agreement: host, after: 1h}", "{agreement: host, after: 20m}"), "tier2 hands over to host within 20m instead of 1h"),
        (("customer: eng, calendar: 24x7", "customer: eng, calendar: office"), "host works on office instead of 24x7"),
        (("pauses: [waiting]", "pauses: [paying]"), None),
        (("relies_on: [{agreement: host, after: 1h}]", "relies_on: []"), "tier2 relies on host, after 1h no longer"),
        (("targets: {resolution: {P1: 3h,", "targets: {resolution: {"), "host: no resolution P1 any more (3h)"),
    ],
)
def test_each_kind_of_change_is_named(replacement: tuple[str, str], moved: str | None) -> None:
    found = changed(replacement)
    if moved is None:
        assert not found.standings
        return
    assert [mover_words(change) for mover in standing(found).movers for change in mover.changes if mover.needed] == [moved]


def test_a_pause_below_moves_by_the_difference() -> None:
    found = changed(("provider: host, customer: eng", "pauses: [{vendor: 2h}], provider: host, customer: eng"))
    assert told(standing(found)) == [("moved by", ["host pauses while vendor up to 2h"])]


def test_a_holiday_is_named() -> None:
    base = BASE.replace("customer: eng, calendar: 24x7", "customer: eng, calendar: office")
    closed = ('hours: {mon-fri: "09:00-17:00"}', 'hours: {mon-fri: "09:00-17:00"}, holidays: {add: [2026-05-29, 2026-07-03]}')
    found = changed(closed, base=base)
    lines = told(standing(found))[-1][1]
    assert any(line.startswith("office is closed on 2026-05-29") for line in lines)
    exception = ('hours: {mon-fri: "09:00-17:00"}', 'hours: {mon-fri: "09:00-17:00"}, exceptions: {2026-05-29: closed}')
    assert told(standing(changed(exception, base=base))) == [
        ("moved by", ["office on 2026-05-29: closed instead of as usual"]),
    ]


def test_a_part_of_a_calendar_that_others_are_made_of() -> None:
    base = BASE.replace("customer: eng, calendar: 24x7", "customer: eng, calendar: late")
    found = changed(('mon-sun: "20:00-23:00"', 'mon-sun: "21:00-23:00"'), base=base)
    assert told(standing(found))[-1][1] == ["night is open Mon-Sun 21:00-23:00 instead of Mon-Sun 20:00-23:00"]


TOGETHER = """
agreements:
  acme: {kind: sla, provider: p, customer: acme, calendar: 24x7, targets: {resolution: 5h}, relies_on: [{any_of: [north, south]}]}
  north: {kind: uc, provider: n, customer: p, calendar: 24x7, targets: {resolution: 2h}}
  south: {kind: uc, provider: s, customer: p, calendar: 24x7, targets: {resolution: 2h}}
"""


def test_what_moves_only_together_is_said_to() -> None:
    """Either of two that stand in for one another is enough, until both are slower."""
    change = standing(changed(("resolution: 2h", "resolution: 6h"), base=TOGETHER), priority="*")
    assert change.turn == OPENED
    assert told(change) == [
        (
            "opened only by these together",
            [
                "north: resolution within 6h instead of 2h (by itself: nothing)",
                "south: resolution within 6h instead of 2h (by itself: nothing)",
            ],
        )
    ]


def test_what_would_do_so_by_itself_is_told_beside_what_is_needed() -> None:
    """Of two changes that each move as far, taking back either changes nothing: one is named, and the other beside it."""
    base = TOGETHER.replace("any_of", "all_of")
    change = standing(changed(("resolution: 2h", "resolution: 4h"), base=base), priority="*")
    assert told(change) == [
        (
            "moved by",
            [
                "north: resolution within 4h instead of 2h (would by itself do so too: 4h possible, 100% assured)",
                "south: resolution within 4h instead of 2h",
            ],
        )
    ]


def test_too_many_changes_are_tried_by_agreement_and_then_not_at_all() -> None:
    def catalogue(many: int, time: str) -> str:
        names = [f"t{number}" for number in range(many)]
        sla = f"acme: {{kind: sla, provider: p, customer: acme, calendar: 24x7, targets: {{resolution: 9h}}, relies_on: [{', '.join(names)}]}}"
        body = f"{{kind: ola, provider: p, customer: p, calendar: 24x7, targets: {{resolution: {{P1: {time}, P2: {time}}}}}}}"
        return "\n  ".join(["agreements:", sla, *(f"{name}: {body}" for name in names)])

    for many, moved in ((13, True), (25, False)):
        old, new = (version({"a.yaml": catalogue(many, time)}) for time in ("1h", "2h"))
        found = diff(old, new, AS_OF)
        change = standing(found, priority="*")
        assert bool(change.movers) == moved
        assert change.why_not == ("" if moved else TOO_MANY)


# --- gaps ------------------------------------------------------------------------------------------------------------


def test_gaps_opened_closed_and_what_stays() -> None:
    slower = changed(("resolution: {P1: 2h, P2: 8h}", "resolution: {P1: 9h, P2: 9h}"))
    assert {(c.agreement, c.priority): c.turn for c in slower.standings} == {
        ("acme", "P1"): OPENED, ("beta", "P1"): OPENED, ("acme", "P2"): STAYS, ("beta", "P2"): STAYS,
    }  # fmt: skip
    assert slower.opens_a_gap
    opened = standing(slower)
    assert opened.fixes
    assert opened.case


def test_a_gap_of_a_new_promise_is_opened_and_of_one_withdrawn_closed() -> None:
    found = changed(("resolution: {P1: 9h, P2: 30h}", "resolution: {P1: 9h, P2: 30h, P3: 1h}"))
    assert {c.turn for c in found.standings} == {OPENED}
    base = BASE.replace("P2: 30h}", "P2: 30h, P3: 1h}")
    assert {c.turn for c in changed((", P3: 1h", ""), base=base).standings} == {CLOSED}


def test_the_same_gap_under_another_priority_is_neither() -> None:
    """One target for every priority, written out for each."""
    base = BASE.replace("resolution: {P1: 9h, P2: 30h}", "resolution: 3h")
    found = changed(("resolution: 3h", "resolution: {P1: 3h, P2: 3h}"), base=base)
    assert not [change for change in found.standings if change.turn != STAYS]
    assert not found.opens_a_gap


# --- targets ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("replacements", "expected"),
    [
        ([("P1: 9h, P2: 30h", "P1: 8h, P2: 30h")], {("acme", "P1"): TIGHTENED, ("beta", "P1"): TIGHTENED}),
        ([("P1: 9h, P2: 30h", "P1: 10h, P2: 30h")], {("acme", "P1"): LOOSENED, ("beta", "P1"): LOOSENED}),
        ([("P1: 9h, P2: 30h", "P1: 9h, P2: 30h, P3: 40h")], {("acme", "P3"): ADDED, ("beta", "P3"): ADDED}),
        ([("P1: 9h, P2: 30h", "P1: 9h")], {("acme", "P2"): WITHDRAWN, ("beta", "P2"): WITHDRAWN}),
        ([("P1: 9h,", "P1: {within: 8h, attainment: 90%},")], {("acme", "P1"): MIXED, ("beta", "P1"): MIXED}),
        ([("P1: 9h,", "P1: 540m,")], {}),
        ([("P1: 9h,", "P1: {within: 9h, calendar: 24x7},")], {("acme", "P1"): SAME, ("beta", "P1"): SAME}),
        ([("pauses: [waiting]", "pauses: [{waiting: 4h}]")], {("acme", "waiting"): TIGHTENED}),
        ([("  beta: {extends: gold, customer: beta}\n", "")], {("beta", "P1"): WITHDRAWN, ("beta", "P2"): WITHDRAWN}),
    ],
)
def test_what_becomes_of_targets(replacements: list[tuple[str, str]], expected: dict[Any, str]) -> None:
    found = changed(*replacements)
    assert {(t.agreement, t.priority): t.change for t in found.targets} == expected


# --- clauses ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("replacement", "clause"),
    [
        (("P1: 9h", "P1: 8h"), ("acme, beta: targets.resolution.P1.within", "9h", "8h", 11, 11)),
        (("fee: 100 EUR/month", "fee: 90 EUR/month"), ("acme: fee", "100 EUR/month", "90 EUR/month", 14, 14)),
        (("owner: jo", "owner: al"), ("acme: owner", "jo", "al", 14, 14)),
        (("share: 100%", "share: 50%"), ("acme, beta: relies_on[tier2].share", "100%", "50%", 12, 12)),
        (("20:00-23:00", "20:30-23:00"), ("calendar night: hours", "Mon-Sun 20:00-23:00", "Mon-Sun 20:30-23:00", 5, 5)),
        (("[office, night]", "[office]"), ("calendar late: any_of", "office, night", "office", 4, 4)),
        (("plans:", "policy: {failures: unknown}\nplans:"), ("policy: failures", "independent", "unknown", None, 6)),
        (("plans:", "metrics: {fix: {like: resolution}}\nplans:"), ("metric fix", "–", "time, lower is better, chain elapsed", None, 6)),
        (("service: shop", "service: shop, excludes: [war]"), ("acme: excludes[war]", "–", "war", None, 14)),
    ],
)
def test_every_clause_is_told_with_both_places(replacement: tuple[str, str], clause: tuple[Any, ...]) -> None:
    found = changed(replacement)
    (change,) = found.clauses
    lines = [at.line if at else None for at in (change.before_at, change.after_at)]
    assert (*clause_words(change), *lines) == clause


def test_what_is_new_as_a_whole_is_told_once() -> None:
    found = changed(("  host: {", "  third: {kind: ola, provider: x, customer: y, calendar: office, targets: {resolution: 2h}}\n  host: {"))
    assert [clause_words(change) for change in found.clauses] == [("third", "–", "ola, x for y")]


def test_an_agreement_under_another_id_looks_renamed() -> None:
    """Whatever relies on it: nothing else is told, and no finding is news."""
    found = changed(("tier2", "platform"))
    assert found.renamed == (("tier2", "platform"),)
    assert (found.clauses, found.targets, found.standings) == ((), (), ())
    assert not found.told(NEW)
    assert not found.told(GONE)
    assert not found.empty


def test_another_customer_on_the_same_terms_is_another_agreement() -> None:
    found = changed(("  beta: {extends: gold, customer: beta}", "  gamma: {extends: gold, customer: gamma}"))
    assert not found.renamed
    assert {t.change for t in found.targets} == {ADDED, WITHDRAWN}


def test_a_calendar_written_in_place_is_known_by_its_clause() -> None:
    """It may stand on another line; what it says is compared."""
    base = BASE.replace("customer: eng, calendar: 24x7", 'customer: eng, calendar: {timezone: UTC, hours: {mon-fri: "09:00-17:00"}}')
    assert changed(("plans:", "# a comment\n\nplans:"), base=base).empty
    found = changed(('timezone: UTC, hours: {mon-fri: "09:00-17:00"}', 'timezone: UTC, hours: {mon-fri: "09:00-16:00"}'), base=base)
    assert [clause_words(change) for change in found.clauses] == [
        ("the calendar of host: hours", "Mon-Fri 09:00-17:00", "Mon-Fri 09:00-16:00")
    ]
    assert {t.change for t in found.targets} == {LOOSENED}


def test_either_side_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(Unreadable) as refused:
        changed(
            ("calendar: office", "calendar: offices"),
            ("customer: eng, calendar: 24x7", "customer: eng, calendar: of"),
            base=BASE + "#calendar: office",
        )
    assert refused.value.findings[0].code == "SC104"
