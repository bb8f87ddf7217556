"""Names that refer to something: looked up over all files, nearest suggested, and no finding follows from another."""

from __future__ import annotations

import time

import pytest

from slachain.language.model import Group, Member
from tests.language.marked import agreement, catalogue, clauses, only

DESK = """
  desk: {kind: ola, provider: desk, customer: acme, calendar: 24x7}
  tier2: {kind: uc, provider: v, customer: desk, calendar: 24x7}
"""


# --- relies_on (section 6)


def test_every_key_of_what_is_relied_on() -> None:
    written = """
    - desk
    - agreement: tier2
      after: {P1: 30m, P2: 1bd, "*": 0m}
      share: 20%
      priorities: {P1: S1, P2: S2}
      metrics: [resolution]
    - any_of: [desk, {all_of: [tier2, desk], after: 1h}]
      after: 0m
      metrics: [resolution, response]
      share: 80%"""
    first, second, third = agreement(clauses(relies_on=written) + DESK).relies_on
    assert isinstance(first.route, Member)
    assert (first.route.after, first.share, first.route.metrics) == (None, None, None)
    assert isinstance(second.route, Member)
    assert second.route.after is not None
    assert {p: a.text for p, a in second.route.after.items()} == {"P1": "30m", "P2": "1bd", "*": "0m"}
    assert {p: theirs.value for p, theirs in second.route.priorities.items()} == {"P1": "S1", "P2": "S2"}
    assert (second.share and second.share.text, second.route.metrics) == ("20%", frozenset({"resolution"}))
    assert isinstance(third.route, Group)
    assert (third.route.how, third.share and third.share.text) == ("any_of", "80%")
    afters = {m.place: m.after["*"].text for m in third.members() if m.after}
    assert afters == {"relies_on[2].any_of[0]": "0m", "relies_on[2].any_of[1].all_of[0]": "1h", "relies_on[2].any_of[1].all_of[1]": "1h"}


@pytest.mark.parametrize(
    ("written", "code", "words"),
    [
        ("«desk»", "SC102", "'relies_on' is a list of agreements, not a single value"),
        ("«{agreement: desk}»", "SC102", "'relies_on' is a list of agreements, not a mapping"),
        ("[«~»]", "SC102", "not nothing"),
        ("[«[desk]»]", "SC102", "what is relied on is a mapping, not a list"),
        ("[«'a b'»]", "SC102", "is no id"),
        ("[«{after: 1h}»]", "SC102", "needs 'agreement'"),
        ("[{«agreemnt»: desk}]", "SC102", "did you mean 'agreement'?"),
        ("[{agreement: desk, «aftr»: 1h}]", "SC102", "did you mean 'after'?"),
        ("[{agreement: desk, after: «30»}]", "SC102", "which unit? 30m, 30h"),
        ("[{agreement: desk, after: {P1: «soon»}}]", "SC102", "no duration"),
        ("[{agreement: desk, after: {«within»: 1h}}]", "SC102", "cannot be a priority"),
        ("[{agreement: desk, after: «[1h]»}]", "SC102", "a mapping of priorities and hand-over times belongs here"),
        ("[{agreement: desk, after: «0bd»}]", "SC102", "or 0m for at once"),
        ("[{agreement: desk, share: «0.2»}]", "SC102", "write 0.2%"),
        ("[{agreement: desk, share: «120%»}]", "SC102", "more than 100%"),
        ("[{any_of: [{agreement: desk, «share»: 20%}]}]", "SC102", "has no 'share'"),
        ("[{agreement: desk, priorities: «[P1]»}]", "SC102", "a mapping of priorities"),
        ("[{agreement: desk, priorities: {P1: «[S1]»}}]", "SC102", "a single value belongs here"),
        ("[{agreement: desk, metrics: «resolution»}]", "SC102", "a list of metrics belongs here"),
        ("[{agreement: desk, metrics: [«resolutoin»]}]", "SC104", "did you mean 'resolution'?"),
        ("[{any_of: «[]»}]", "SC102", "a list of at least one agreement"),
        ("[{any_of: «desk»}]", "SC102", "a list of at least one agreement, not a single value"),
        ("[{any_of: [desk], «all_of»: [tier2]}]", "SC102", "has no 'all_of'"),
        ("[{any_of: [desk], «agreement»: tier2}]", "SC102", "has no 'agreement'"),
        ("[{any_of: [desk, {all_of: [«teir2»]}]}]", "SC104", "there is no agreement 'teir2' (did you mean 'tier2'?)"),
        ("[desk, «nobody»]", "SC104", "there is no agreement 'nobody'"),
        ("[{agreement: «Desk»}]", "SC104", "did you mean 'desk'?"),
    ],
)
def test_what_is_relied_on_is_refused(written: str, code: str, words: str) -> None:
    only(clauses(relies_on=written) + DESK, code, words)


def test_an_agreement_is_not_told_to_rely_on_itself() -> None:
    assert "did you mean" not in only(clauses(relies_on="[«xx»]"), "SC104", "there is no agreement 'xx'").message


# --- metrics (section 5)


@pytest.mark.parametrize(
    ("written", "code", "words"),
    [
        ("{type: «tim», better: lower, chain: each}", "SC102", "did you mean 'time'?"),
        ("{type: time, better: «less», chain: each}", "SC102", "'less' is not lower or higher"),
        ("{type: time, better: lower, chain: «eahc»}", "SC102", "did you mean 'each'?"),
        ("{type: percent, better: higher, chain: «elapsed»}", "SC102", "chain 'elapsed' is for type time, not percent"),
        ("{type: percent, better: lower, chain: «product»}", "SC102", "chain 'product' is for type percent where higher is better"),
        ("{type: time, better: lower, chain: «supply»}", "SC102", "a time is judged where lower is better"),
        ("{like: «respons»}", "SC104", "there is no metric 'respons' (did you mean 'response'?)"),
        ("{like: «m»}", "SC105", "m -> m"),
        ("{like: «[response]»}", "SC102", "a single value belongs here"),
        ("{like: response, «type»: time}", "SC102", "the metric 'm' with 'like' has no 'type'"),
        ("{type: time, better: lower, chain: each, «unti»: x}", "SC102", "did you mean 'unit'?"),
        ("«response»", "SC102", "the metric 'm' is a mapping, not a single value"),
    ],
)
def test_a_metric_is_refused_and_its_targets_are_not(written: str, code: str, words: str) -> None:
    only(f"metrics:\n  m: {written}\n" + clauses(targets="{m: 3}"), code, words)


@pytest.mark.parametrize("missing", ["type", "better", "chain", "unit"])
def test_a_metric_needs_four_keys(missing: str) -> None:
    keys = {"type": "count", "better": "higher", "chain": "supply", "unit": "leads"}
    del keys[missing]
    only("metrics:\n  «m»: {" + ", ".join(f"{k}: {v}" for k, v in keys.items()) + "}\n", "SC102", f"'{missing}'")


def test_metrics_like_others() -> None:
    """
    metrics:
      a: {like: b}
      b: {like: leads}
      leads: {type: count, unit: leads, better: higher, chain: supply}
      response: {like: restore}
      restore: {like: restore}
      availability: {like: availability}
    """
    found = catalogue(test_metrics_like_others.__doc__ or "")
    assert found.findings == ()
    assert {(m.type, m.unit) for id, m in found.metrics.items() if id in ("a", "b", "leads")} == {("count", "leads")}
    assert (found.metrics["response"].id, found.metrics["response"].chain) == ("response", "elapsed")


def test_a_circle_of_metrics_is_told_once() -> None:
    only("metrics:\n  a: {like: b}\n  b: {like: c}\n  c: {like: «a»}\n  d: {like: a}\n", "SC105", "a -> b -> c -> a")


@pytest.mark.parametrize(("last", "codes"), [("response", []), ("m0", ["SC105"]), ("nothing", ["SC104"]), ("m5000", ["SC105"])])
@pytest.mark.parametrize("turned", [False, True])
def test_five_thousand_metrics_like_one_another(last: str, codes: list[str], turned: bool) -> None:
    lines = [*(f"  m{i}: {{like: m{i + 1}}}\n" for i in range(5000)), f"  m5000: {{like: {last}}}\n"]
    started = time.process_time()
    found = catalogue("metrics:\n" + "".join(reversed(lines) if turned else lines))
    assert [f.code for f in found.findings] == codes
    assert len(found.metrics) == 7 + (0 if codes else 5001)
    assert time.process_time() - started < 4


# --- everything else that is named


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (clauses(calendar="«24x8»"), "there is no calendar '24x8' (did you mean '24x7'?)"),
        (clauses(targets="{response: {within: 1h, calendar: «londn»}}"), "there is no calendar 'londn'"),
        (clauses(targets="{response: [{within: 1h, opened_in: «londn»}]}"), "there is no calendar 'londn'"),
        (clauses(targets="{availability: {at_least: 99%, calendar: «londn»}}"), "there is no calendar 'londn'"),
        (clauses(targets="{«respons»: 1h}"), "there is no metric 'respons' (did you mean 'response'?)"),
        (clauses(credits="{«avalability»: [{below: 99%, credit: 5%}]}"), "did you mean 'availability'?"),
        (clauses(credits="{«avalability»: []}"), "did you mean 'availability'?"),
        ("teams: {t: {calendar: «24/7»}}".replace("24/7", "24-7"), "did you mean '24x7'?"),
    ],
)
def test_an_unknown_name(text: str, words: str) -> None:
    only(text, "SC104", words)


def test_names_are_looked_up_over_all_files() -> None:
    found = catalogue(
        clauses(extends="p", relies_on="[desk]", targets="{m: 1h}", calendar="london"),
        b="agreements:\n" + DESK,
        c="plans: {p: {}}\ncalendars: {london: {timezone: UTC, hours: {mon: 09:00-10:00}}}\nmetrics: {m: {like: response}}\n",
    )
    assert found.findings == ()


def test_what_is_defined_but_broken_is_not_unknown() -> None:
    """
    calendars: {c: {timezone: «Mars», hours: {}}}
    teams: {t: {calendar: c}}
    agreements:
      x: {kind: sla, provider: d, customer: a, calendar: c, relies_on: [y], targets: {response: {within: 1h, calendar: c}}}
      y: {kind: sla, provider: d, customer: a, calendar: c}
    """
    text = test_what_is_defined_but_broken_is_not_unknown.__doc__ or ""
    only(text, "SC102", "no time zone")
    assert {"c", "x", "y"} <= catalogue(text.replace("«", "").replace("»", "")).broken


def test_a_file_that_cannot_be_read_to_its_end_is_named() -> None:
    found = catalogue(clauses(relies_on="[desk]"), b="agreements: {}\n---\nagreements: {desk: {}}\n").findings
    assert [(f.code, f.at.file) for f in found] == [("SC101", "b.yaml"), ("SC104", "a.yaml")]
    assert "(b.yaml could not be read to its end)" in found[1].message


@pytest.mark.parametrize("section", ["calendars", "metrics", "teams", "plans", "agreements"])
def test_an_id_defined_in_two_files(section: str) -> None:
    written = {"calendars": "{timezone: UTC, hours: {}}", "metrics": "{like: response}", "teams": "{}", "plans": "{}"}.get(section, "")
    body = written or "{kind: sla, provider: d, customer: a, calendar: 24x7}"
    found = catalogue(f"{section}:\n  x: {body}\n", b=f"\n{section}: {{x: {body}}}\n").findings
    assert [(f.code, str(f.at), f.message) for f in found] == [
        ("SC103", f"b.yaml:2:{len(section) + 4}", "'x' is defined twice: only the first is read")
    ]
    assert [(note.message, str(note.at)) for note in found[0].because] == [("first defined here", "a.yaml:2:3")]


def test_plans_and_agreements_share_their_ids() -> None:
    found = only("plans:\n  x: {}\n" + clauses().replace("  x:", "  «x»:"), "SC103", "'x' is defined twice")
    assert [str(note.at) for note in found.because] == ["a.yaml:2:3"]


@pytest.mark.parametrize("kind", ["agreements", "calendars", "metrics", "relies_on", "zones"])
def test_thousands_of_unknown_names(kind: str) -> None:
    """No more than a second is spent on what they may have meant."""
    required = "kind: sla, provider: p, customer: c"
    lines = {
        "agreements": "agreements:\n" + "".join(f"  a{i}: {{extends: b{i}}}\n" for i in range(5000)),
        "calendars": "agreements:\n" + "".join(f"  a{i}: {{{required}, calendar: b{i}}}\n" for i in range(5000)),
        "metrics": "metrics:\n" + "".join(f"  a{i}: {{like: b{i}}}\n" for i in range(5000)),
        "relies_on": "agreements:\n" + "".join(f"  a{i}: {{{required}, calendar: 24x7, relies_on: [b{i}]}}\n" for i in range(5000)),
        "zones": "calendars:\n" + "".join(f"  a{i}: {{timezone: Europe/Lond{i}, hours: {{}}}}\n" for i in range(5000)),
    }
    started = time.process_time()
    found = catalogue(lines[kind])
    assert len(found.findings) == 5000
    assert time.process_time() - started < 8
