"""Every key of agreements, targets, teams and policy; and the laws that no text breaks."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slachain.language.loader import load
from slachain.language.model import AmountTarget, TimePromise
from slachain.language.scalars import BusinessDays, Duration
from slachain.language.sections import SECTIONS
from tests.language.marked import agreement, all_inside, catalogue, clauses, only

EVERYTHING = """
policy: {margin: 10%, equal: gap, failures: independent, arrivals: even}
calendars:
  london:
    timezone: Europe/London
    hours: {mon-thu: "09:00-17:30", fri: "09:00-12:00, 13:00-16:00"}
    holidays: {country: GB, subdivision: ENG, add: [2026-12-24], remove: [2026-05-04]}
  out: {not: london}
metrics:
  leads: {type: count, unit: leads, better: higher, chain: supply}
  spend: {type: money, better: lower, chain: supply}
  reply: {like: response}
teams:
  engineers: {calendar: london, staff: 4, shrinkage: 30%, handle_time: {P1: 2h, "*": 1h}, patience: 5m, cost: 60 EUR/hour}
plans:
  gold: {kind: sla, provider: desk}
agreements:
  x:
    extends: gold
    customer: acme
    title: Acme, payments platform, Gold
    service: payments
    owner: service-management@example.com
    calendar: 24x7
    end_to_end: false
    priorities: [P1, P2, P3, P4]
    term: {from: 2026-01-01, until: 2026-12-31, notice: 90d}
    review: {every: 6 months, last: 2026-07-01}
    targets:
      response: {P1: 15m, P2: 1h, "*": 4h}
      resolution:
        P1: 4h
        P2: {within: 8h, attainment: 95%, warn: 80%}
        P3: {within: 3bd, calendar: london, attainment: 90%}
        P4: [{within: 20m, opened_in: london}, {within: 40m}]
      update: 1h
      availability: {at_least: 99.95%, per: month}
      leads: {at_least: 120, per: quarter}
      spend: {at_most: 12 EUR}
    relies_on:
      - desk
      - {agreement: tier2, after: {P1: 30m}, share: 20%, priorities: {P1: S1}, metrics: [resolution]}
      - any_of: [desk, tier2]
    pauses: [awaiting-customer, {awaiting-vendor: 8h}]
    excludes: [force-majeure, planned maintenance]
    duties: [{who: customer, what: answer questions, within: 4h}, {who: vendor, what: answer}]
    fee: 12000 EUR/month
    credits: {availability: [{below: 99.9%, credit: 10%}], resolution: [{over: 4h, credit: 5%}, {over: 2bd, credit: 10%}], cap: 30%}
    demand: {P1: 3/month, P2: 240/year}
    accept: [{finding: SC207, until: 2026-12-31, because: the rota starts in January}]
  desk: {kind: ola, provider: desk, customer: desk, calendar: london, targets: {resolution: 2h}}
  tier2: {kind: uc, provider: vendor, customer: desk, calendar: london, end_to_end: true}
"""


def test_every_key_is_read() -> None:
    found = catalogue(EVERYTHING)
    assert found.findings == ()
    assert found.broken == frozenset()
    x = found.agreements["x"]
    assert (x.kind.value, x.provider.value, x.customer.value, x.calendar.value) == ("sla", "desk", "acme", "24x7")
    assert (x.title_or_id, x.service and x.service.value, x.owner and x.owner.value) == (
        "Acme, payments platform, Gold",
        "payments",
        "service-management@example.com",
    )
    assert [p.value for p in x.priorities] == ["P1", "P2", "P3", "P4"]
    assert (x.term.opens and x.term.opens.text, x.term.closes and x.term.closes.text) == ("2026-01-01", "2026-12-31")
    assert x.term.notice is not None
    assert x.term.notice.value == Duration(90 * 86400)
    assert x.review is not None
    assert x.review.every is not None
    assert x.review.every.value == (6, "month")
    assert {reason: pause.value for reason, pause in x.pauses.items()} == {"awaiting-customer": None, "awaiting-vendor": 28800}
    assert [word.value for word in x.excludes] == ["force-majeure", "planned maintenance"]
    assert [(d.who.value, d.what.value, d.within and d.within.text) for d in x.duties] == [
        ("customer", "answer questions", "4h"),
        ("vendor", "answer", None),
    ]
    assert (x.fee and x.fee.text, {p: d.value for p, d in x.demand.items()}) == ("12000 EUR/month", {"P1": Fraction(3), "P2": Fraction(20)})
    assert [(a.finding.value, a.until.text, a.because.value) for a in x.accept] == [("SC207", "2026-12-31", "the rota starts in January")]
    assert x.credits is not None
    assert {m: [(b.edge.text, b.credit.text) for b in bands] for m, bands in x.credits.bands.items()} == {
        "availability": [("99.9%", "10%")],
        "resolution": [("4h", "5%"), ("2bd", "10%")],
    }
    assert found.agreements["tier2"].promises
    assert not found.agreements["desk"].promises


def test_every_form_of_a_target() -> None:
    targets = catalogue(EVERYTHING).agreements["x"].targets
    p2, p3, p4 = (targets["resolution"][p] for p in ("P2", "P3", "P4"))
    assert isinstance(p2, TimePromise)
    assert isinstance(p3, TimePromise)
    assert isinstance(p4, TimePromise)
    assert (p2.alternatives[0].share, p2.alternatives[0].warn and p2.alternatives[0].warn.text) == (Fraction(19, 20), "80%")
    assert (p3.alternatives[0].within.value, p3.alternatives[0].calendar and p3.alternatives[0].calendar.value) == (
        BusinessDays(3),
        "london",
    )
    assert [(a.within.text, a.opened_in and a.opened_in.value) for a in p4.alternatives] == [("20m", "london"), ("40m", None)]
    assert (p4.listed, p2.listed) == (True, False)
    amounts = {m: t for m in ("availability", "leads", "spend") if isinstance(t := targets[m]["*"], AmountTarget)}
    assert {m: (a.direction, a.bound.text, a.per and a.per.value) for m, a in amounts.items()} == {
        "availability": ("at_least", "99.95%", "month"),
        "leads": ("at_least", "120", "quarter"),
        "spend": ("at_most", "12 EUR", None),
    }


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("kind", "«SLA»", "'SLA' is not sla, ola or uc (did you mean 'sla'?)"),
        ("kind", "«[sla]»", "a single value belongs here, not a list"),
        ("provider", "«a b»", "is no id"),
        ("provider", "«{a: b}»", "a single value belongs here, not a mapping"),
        ("customer", "«''»", "is no id"),
        ("title", "«''»", "this is empty"),
        ("title", '«"a\\u202eb"»', "invisible characters"),
        ("title", "«[a]»", "a single value"),
        ("service", "«~»", "not nothing"),
        ("owner", "«[a]»", "a single value"),
        ("calendar", "«[24x7]»", "a single value"),
        ("calendar", "«a/b»", "is no id"),
        ("calendar", "{timezone: UTC, «hour»: {}}", "did you mean 'hours'?"),
        ("end_to_end", "«yes»", "'yes' is neither true nor false"),
        ("end_to_end", "«True»", "neither true nor false"),
        ("priorities", "«P1»", "a list of priorities belongs here, not a single value"),
        ("priorities", "[P1, «[P2]»]", "a single value"),
        ("priorities", "[«P 1»]", "is no id"),
        ("term", "«2026»", "a term is a mapping"),
        ("term", "{from: «2026»}", "is no date"),
        ("term", "{from: 2026-02-01, until: «2026-01-01»}", "the term ends before it begins"),
        ("term", "{notice: «90»}", "which unit?"),
        ("term", "{notice: «5bd»}", "is no duration"),
        ("term", "{«form»: 2026-01-01}", "did you mean 'from'?"),
        ("review", "{every: «half a year»}", "is no interval: write 6 months"),
        ("review", "{last: «yesterday»}", "is no date"),
        ("review", "«6 months»", "a review is a mapping"),
        ("pauses", "«awaiting-customer»", "pauses are a list of reasons, not a single value"),
        ("pauses", "[«awaiting customer»]", "is no id"),
        ("pauses", "[{awaiting-vendor: «8»}]", "is no duration"),
        ("pauses", "[{awaiting-vendor: «1bd»}]", "is no duration"),
        ("pauses", "[{«a b»: 8h}]", "is no id"),
        ("pauses", "[a, «a»]", "'a' is written twice"),
        ("pauses", "[a, {«a: 8h»}]", "'a' is written twice"),
        ("pauses", "[«[a]»]", "a single value"),
        ("excludes", "«force-majeure»", "a list of exclusions belongs here"),
        ("excludes", "[«{a: b}»]", "a single value"),
        ("duties", "«{who: a, what: b}»", "a list of duties belongs here, not a mapping"),
        ("duties", "[«a»]", "a duty is a mapping"),
        ("duties", "[«{who: a}»]", "a duty needs 'what'"),
        ("duties", "[{who: a, what: b, within: «soon»}]", "is no duration"),
        ("duties", "[{who: a, «waht»: b}]", "did you mean 'what'?"),
        ("fee", "«12000»", "is no amount of money: write 1200 EUR"),
        ("fee", "«12,000 EUR»", "is no amount of money"),
        ("credits", "«30%»", "credits are a mapping"),
        ("credits", "{cap: «30»}", "write 30%"),
        ("credits", "{resolution: «{over: 4h, credit: 5%}»}", "a list of credit bands belongs here"),
        ("credits", "{resolution: [«{over: 4h}»]}", "a credit band needs 'credit'"),
        ("credits", "{resolution: [«{credit: 5%}»]}", "a credit band needs 'over'"),
        ("credits", "{resolution: [{over: «4», credit: 5%}]}", "is no duration"),
        ("credits", "{resolution: [{over: 4h, credit: «5 EUR»}]}", "is no percentage"),
        ("credits", "{availability: [{below: 99%, credit: 5%, «over»: 4h}]}", "has no 'over'"),
        ("demand", "«3/month»", "a mapping of priorities and demand belongs here"),
        ("demand", "{P1: «3»}", "is no demand"),
        ("demand", "{«within»: 3/month}", "cannot be a priority"),
        ("accept", "«SC207»", "a list of acceptances belongs here"),
        ("accept", "[{finding: «hours-mismatch», until: 2026-01-01, because: x}]", "write SC207"),
        ("accept", "[«{finding: SC207, until: 2026-01-01}»]", "an acceptance needs 'because'"),
        ("accept", "[{finding: SC207, until: «soon», because: x}]", "is no date"),
        ("targets", "«4h»", "targets are a mapping from metrics, not a single value"),
        ("targets", "«[response]»", "targets are a mapping"),
        ("targets", "{response: «{}»}", "has no priority and no target"),
        ("targets", "{response: «[]»}", "a list of alternatives holds at least one"),
        ("targets", "{response: «~»}", "not nothing"),
        ("targets", "{response: «99%»}", "is no duration"),
        ("targets", "{response: {P1: «0m»}}", "a duration is positive"),
        ("targets", "{response: {«P 1»: 4h}}", "is no id"),
        ("targets", "{response: {within: 4h, «P1»: 4h}}", "a target has no 'P1'"),
        ("targets", "{response: {P1: {within: 4h, «attainmnt»: 95%}}}", "did you mean 'attainment'?"),
        ("targets", "{response: {P1: «{attainment: 95%}»}}", "a target needs 'within'"),
        ("targets", "{response: {P1: {within: 4h, attainment: «95»}}}", "write 95%"),
        ("targets", "{response: {P1: {within: 4h, warn: «120%»}}}", "more than 100%"),
        ("targets", "{response: {P1: {within: «[4h]»}}}", "a single value"),
        ("targets", "{response: [{within: 4h}, {within: «x»}]}", "is no duration"),
        ("targets", "{response: {P1: [{within: 4h, «opend_in»: 24x7}]}}", "did you mean 'opened_in'?"),
        ("targets", "{availability: «99.9»}", "write 99.9%"),
        ("targets", "{availability: {«at_most»: 99.9%}}", "did you mean 'at_least'?"),
        ("targets", "{availability: {at_least: 99.9%, per: «week»}}", "'week' is not month, quarter or year"),
        ("targets", "{availability: «[99.9%]»}", "is an amount: write {at_least: …}"),
        ("targets", "{availability: «{per: month}»}", "needs 'at_least'"),
    ],
)
def test_a_clause_is_refused(key: str, value: str, words: str) -> None:
    only(clauses(**{key: value}), "SC102", words)


@pytest.mark.parametrize("key", ["kind", "provider", "customer", "calendar"])
def test_a_required_clause(key: str) -> None:
    text = re.sub(rf"    {key}: .*\n", "", clauses())
    only(text.replace("  x:", "  «x»:"), "SC102", f"an agreement needs '{key}'")
    only(text + f"    «{key}x»: sla\n", "SC102", f"did you mean '{key}'?")  # a slip of the pen is not a second finding


def test_an_unknown_clause_lists_what_there_is() -> None:
    found = only(clauses(**{"«zzz»": "1"}), "SC102", "an agreement has no 'zzz': it has kind, title,")
    assert all(f" {key}" in found.message for key in ("calendar", "targets", "relies_on", "extends", "credits"))


def test_opened_in_stands_in_promises_alone() -> None:
    only(clauses(kind="ola", targets="{response: [{within: 4h, opened_in: «24x7»}]}"), "SC102", "'opened_in' may stand only in a promise")
    agreement(clauses(kind="ola", end_to_end="true", targets="{response: [{within: 4h, opened_in: 24x7}]}"))


def test_one_bad_clause_hides_no_other() -> None:
    text = clauses(
        kind="x", provider="~", title="[]", fee="1", end_to_end="no", term="{from: x}", targets="{response: x, update: {P1: 1, P2: 2}}"
    )
    found = catalogue(text).findings
    assert sorted((f.at.line, f.at.column) for f in found) == [
        (3, 11),
        (4, 15),
        (7, 12),
        (8, 10),
        (9, 17),
        (10, 18),
        (11, 25),
        (11, 41),
        (11, 48),
    ]
    assert {f.agreement for f in found} == {"x"}


# --- sections, teams, policy


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize(("value", "kind"), [("«[a]»", "a list"), ("«a»", "a single value"), ("«~»", "nothing"), ("\n  «- a»", "a list")])
def test_a_section_is_a_mapping(section: str, value: str, kind: str) -> None:
    only(f"{section}: {value}\n", "SC102", f"'{section}' is a mapping, not {kind}")


def test_an_empty_section_is_pointed_at() -> None:
    only("teams: {}\nplans:«»\n", "SC102", "'plans' is a mapping, not nothing")


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("agreement", "did you mean 'agreements'?"),
        ("Plans", "did you mean 'plans'?"),
        ("x", "it has policy, calendars, metrics, teams, plans, agreements"),
    ],
)
def test_an_unknown_section(key: str, words: str) -> None:
    only(f"metrics: {{}}\n«{key}»: {{}}\n", "SC102", f"a catalogue has no section '{key}'", words)


@pytest.mark.parametrize("section", ["calendars", "metrics", "teams", "plans", "agreements"])
@pytest.mark.parametrize("id", ["a b", "'a/b'", "-a", "''", '"a\\u200bb"', '"\\u202ea"'])
def test_an_id(section: str, id: str) -> None:
    only(f"{section}: {{«{id}»: {{}}}}\n", "SC102", "is no id")


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("{staff: «4.5»}", "is no whole number"),
        ("{staff: «-1»}", "is no whole number"),
        ("{staff: «'９'»}", "is no whole number"),
        ("{shrinkage: «30»}", "write 30%"),
        ("{handle_time: «1h»}", "a mapping of priorities and mean effort"),
        ("{handle_time: {P1: «1»}}", "is no duration"),
        ("{patience: «soon»}", "is no duration"),
        ("{cost: «60»}", "is no amount of money"),
        ("{calendar: «[24x7]»}", "a single value"),
        ("{«staf»: 4}", "did you mean 'staff'?"),
        ("«4»", "the team 't' is a mapping"),
    ],
)
def test_a_team(written: str, words: str) -> None:
    only(f"teams: {{t: {written}}}\n", "SC102", words)


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("{margin: «10»}", "is no duration"),
        ("{margin: «110%»}", "more than 100%"),
        ("{equal: «keep»}", "'keep' is not gap or kept"),
        ("{failures: «dependent»}", "did you mean 'independent'?"),
        ("{arrivals: «odd»}", "is not even or any"),
        ("{«margn»: 10%}", "policy has no 'margn' (did you mean 'margin'?)"),
        ("{«x»: 10%}", "margin, equal, failures, arrivals"),
    ],
)
def test_a_policy(written: str, words: str) -> None:
    only(f"policy: {written}\n", "SC102", words)


def test_a_policy_over_two_files() -> None:
    found = catalogue("policy: {margin: 10%}\n", b="policy: {equal: kept, margin: 5%}\n")
    assert [(f.code, str(f.at)) for f in found.findings] == [("SC103", "b.yaml:1:23")]
    assert (found.policy.margin and found.policy.margin.text, found.policy.equal) == ("10%", "kept")


KEYS = sorted(set(re.findall(r"(\w+):", EVERYTHING)))
IN_BLOCK = sorted(set(re.findall(r"^ +(\w+):", EVERYTHING, flags=re.MULTILINE)))
WRONG = ["", "''", "[]", "{}", "[~]", "[{x: y}]", "{within: ~}", "&a [*a]", "18:00-22:00"]


@pytest.mark.parametrize("key", KEYS)
def test_anything_anywhere(key: str) -> None:
    """Each key of the catalogue above, with values that it may not have, in all of it at once."""
    for value in WRONG:
        text = re.sub(rf"^( *(?:- )?){key}:.*$", rf"\g<1>{key}: {value}", EVERYTHING, flags=re.MULTILINE)
        text = re.sub(rf"\b{key}: ?(\[[^\[\]]*\]|{{[^{{}}]*}}|[\w.%-]+)", f"{key}: {value}", text)
        assert all_inside(catalogue(text))


@pytest.mark.parametrize("key", IN_BLOCK)
@pytest.mark.parametrize("value", ["*nowhere", '"\\0"'])
def test_nothing_follows_from_a_value_that_has_its_finding(key: str, value: str) -> None:
    text = re.sub(rf"^( +){key}:.*(\n\1 .*)*", lambda m: f"{m[1]}{key}: {value}", EVERYTHING, count=1, flags=re.MULTILINE)
    assert [f.code for f in catalogue(text).findings] == ["SC101"]


# --- laws

TOKENS = re.findall(r"\w+|\s+|[^\w\s]", EVERYTHING)
JUNK = [
    "",
    " ",
    "\n",
    "\t",
    ":",
    ": ",
    "- ",
    "{",
    "}",
    "[",
    "]",
    '"',
    "'",
    "#",
    "&a ",
    "*a",
    "<<: ",
    "!x ",
    "|",
    ">",
    "---\n",
    "~",
    "%",
    "@",
    "\0",
    "\ufeff",
    "\u2028",
    "é",
    "🙂",
    "\r",
    "9" * 40,
]


@given(st.text())
def test_no_text_raises(text: str) -> None:
    found = catalogue(text.encode("utf-8", errors="surrogatepass"))
    assert all_inside(found)
    assert found.findings or set(found.agreements) == set()


@given(st.binary())
def test_no_bytes_raise(content: bytes) -> None:
    found = catalogue(content)
    assert all(all_inside(found) for f in found.findings if f.at.file in found.sources)


@given(st.lists(st.sampled_from([*JUNK, *sorted(set(TOKENS))]), max_size=60))
def test_no_sequence_of_tokens_raises(tokens: list[str]) -> None:
    assert all_inside(catalogue("".join(tokens)))


@given(
    st.lists(
        st.tuples(
            st.integers(0, len(TOKENS) - 1),
            st.sampled_from(["delete", "double", "swap", "junk"]),
            st.integers(0, len(TOKENS) - 1),
            st.sampled_from(JUNK),
        ),
        min_size=1,
        max_size=8,
    )
)
def test_no_slip_of_the_pen_raises(slips: list[tuple[int, str, int, str]]) -> None:
    tokens = list(TOKENS)
    for at, how, other, junk in slips:
        tokens[at] = {"delete": "", "double": tokens[at] * 2, "swap": TOKENS[other], "junk": junk}[how]
    found = catalogue("".join(tokens))
    assert all_inside(found)
    assert all(f.message and f.code in ("SC101", "SC102", "SC103", "SC104", "SC105") for f in found.findings)


@given(st.integers(0, len(EVERYTHING)), st.sampled_from(["\n", "\r\n", "\r"]))
def test_no_beginning_of_a_catalogue_raises(end: int, line: str) -> None:
    assert all_inside(catalogue(EVERYTHING[:end].replace("\n", line)))


@given(st.integers(0, len(EVERYTHING.encode()) - 1), st.integers(0, 255))
def test_no_byte_raises(at: int, byte: int) -> None:
    content = bytearray(EVERYTHING.encode())
    content[at] = byte
    assert all_inside(catalogue(bytes(content)))


def test_line_ends_move_no_finding() -> None:
    text = EVERYTHING.replace("4h", "4x").replace("desk", "nobody", 1)
    found = [[(f.code, f.message, f.at) for f in catalogue(text.replace("\n", end)).findings] for end in ("\n", "\r\n", "\r")]
    assert found[0] == found[1] == found[2] != []


def test_the_published_catalogues_are_read_without_a_finding() -> None:
    for path in sorted((Path(__file__).parent.parent / "published").rglob("*.y*ml")):
        found = load({str(path): path.read_bytes()}).findings
        assert not [f for f in found if f.code in ("SC101", "SC102", "SC103")], path
