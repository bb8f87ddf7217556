"""What is told of tickets before a curve is made, against the curves."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slachain.analysis.judge import Judge
from slachain.analysis.promises import Horizon
from slachain.analysis.situation import Situation
from slachain.analysis.soonest import Soonest
from slachain.analysis.views import ViewTooShort
from slachain.clocks.clock import View
from slachain.clocks.curves import BEYOND, NEVER, UNBOUNDED
from slachain.language.loader import load
from slachain.study import Study
from tests import catalogues
from tests.catalogue import study

DAY = 86400


def judges(raw: catalogues.Raw) -> list[tuple[Study, Judge]]:
    """Of every promise of a time that anything is known of."""
    found = Study.of(load({"a.yaml": catalogues.to_yaml(raw).encode()}), catalogues.AS_OF)
    timed = [p for p in found.promises if p.metric.chain == "elapsed" and found.routes.onward(p.agreement.id, p.metric.id).items]
    return [(found, judge) for judge in map(found.judge_of, timed) if judge]


@settings(max_examples=15)
@given(catalogues.catalogues(), st.integers(0, 364))
def test_no_ticket_is_done_before_the_seconds_on_its_way_have_passed(raw: catalogues.Raw, day: int) -> None:
    for _, judge in judges(raw):
        chains, opened = judge.chains, 2 * (judge.horizon.start + day * DAY)
        for root in judge.situation.roots():
            assert chains.promised(root)(opened) >= opened + 2 * min(Soonest(chains).promised(root), DAY * 366)


@settings(max_examples=12)
@given(catalogues.catalogues(), st.integers(0, 364), st.sampled_from([900, 3600, 8 * 3600, 2 * DAY]))
def test_where_it_says_that_a_view_is_too_short_the_curves_say_so(raw: catalogues.Raw, day: int, long: int) -> None:
    for known, judge in judges(raw):
        start = judge.horizon.start + day * DAY
        chains, whole = known.chains(View(start - 40 * DAY, start + long)), judge.situation
        short = Situation(
            whole.agreement, whole.metric, whole.priority, whole.calendar, (None,), Horizon(start, start + long), chains, final=False
        )
        if short.surely_past():
            with pytest.raises(ViewTooShort):
                short.known()


ALWAYS = {"timezone": "UTC", "hours": {"mon-sun": "00:00-24:00"}}


def around_the_clock(raw: catalogues.Raw) -> catalogues.Raw:
    """The same with every calendar always open, and days of 24 hours for business days."""
    if isinstance(raw, list):
        return [around_the_clock(one) for one in raw]
    if isinstance(raw, dict):
        kept = {key: ALWAYS if key == "calendar" and isinstance(one, dict) else around_the_clock(one) for key, one in raw.items()}
        return kept | ({"calendars": dict.fromkeys(raw["calendars"], ALWAYS)} if "calendars" in raw else {})
    return re.sub(r"^(\d+)bd$", r"\1d", raw)


@settings(max_examples=20)
@given(catalogues.catalogues(), st.integers(0, 6 * DAY))
def test_where_every_clock_always_runs_the_least_is_the_most(raw: catalogues.Raw, later: int) -> None:
    """Nobody waits for an opening then: a ticket takes what is written along its way, whenever it comes, or it is never done."""
    for _, judge in judges(around_the_clock(raw)):
        opened = 2 * (judge.horizon.start + later)
        for root in judge.situation.roots():
            least, done = Soonest(judge.chains).promised(root), judge.chains.promised(root)(opened)
            assert done == opened + 2 * least if least < NEVER else done >= BEYOND


WAY = """
agreements:
  promise:
    {{kind: sla, provider: p, customer: c, calendar: {promise}, targets: {{{metric}: {{P1: 9999h}}}},
     relies_on: [{{agreement: a, after: {after}}}]}}
  a:
    {{kind: ola, provider: p, customer: c, calendar: {a}, pauses: [{pauses}], relies_on: [b],
     targets: {{{metric}: {{P1: {{within: {within}, calendar: {target}}}}}}}}}
  b: {{kind: ola, provider: p, customer: c, calendar: 24x7, targets: {{{metric}: {{P1: {then}}}}}}}
calendars:
  office: {{timezone: UTC, hours: {{mon-fri: "09:00-17:00"}}}}
  ends: {{timezone: UTC, hours: {{mon-sun: "00:00-24:00"}}, until: {until}}}
"""


def situations(then: str, **others: str) -> list[Situation]:
    """What a promise is judged in, view by view: the first four end 476 days after its horizon begins, after 786, 1986, and 6786."""
    written = {
        "promise": "24x7",
        "a": "24x7",
        "target": "24x7",
        "after": "0m",
        "within": "1d",
        "until": "2999-01-01",
        "metric": "resolution",
        "pauses": "",
    } | others
    found = study(WAY.format(then=then, **written))
    assert not found.catalogue.findings
    return view_by_view(found)


def view_by_view(found: Study) -> list[Situation]:
    """What the one promise of a study is judged in."""
    (promise,) = found.promises
    when = found.horizon(promise)
    assert when is not None
    return [Situation.of(promise, when, chains, final) for chains, final in found.views(when)]


@pytest.mark.parametrize(
    ("after", "within", "then", "seconds"),
    [
        ("1h", "2h", "3h", 6 * 3600),
        ("1h", "2bd", "3h", 4 * 3600),  # two business days may be over at once, two minutes of two dates
        ("2bd", "2bd", "1bd", 0),
    ],
)
def test_what_is_told_in_business_days_counts_nothing(after: str, within: str, then: str, seconds: int) -> None:
    situation = situations(then, after=after, within=within, promise="office", a="office", target="office")[0]
    (root,) = situation.roots()
    soonest = Soonest(situation.chains)
    assert soonest.promised(root) == seconds
    assert [soonest.later_than(root, asked) for asked in (seconds - 1, seconds, seconds + 1)] == [True, False, False]


@pytest.mark.parametrize(
    ("pauses", "seconds"), [("", 6 * 3600), ("{awaiting-spares: 4h}", 10 * 3600), ("{awaiting-spares: 4h}, {audit: 30m}", 10.5 * 3600)]
)
def test_pauses_that_the_promise_does_not_share_are_on_the_way(pauses: str, seconds: float) -> None:
    situation = situations("3h", after="1h", within="2h", pauses=pauses)[0]
    (root,) = situation.roots()
    assert Soonest(situation.chains).promised(root) == seconds == situation.worst(days=False)[0].bound


def test_nothing_is_sure_of_what_may_take_any_time() -> None:
    """Such a ticket is known never to be done, however far one looks."""
    endless = situations("9000h", within="9000h", pauses="awaiting-spares")[0]
    (root,) = endless.roots()
    assert Soonest(endless.chains).promised(root) >= NEVER
    assert not endless.surely_past()
    assert endless.known()[0][0].done(2 * endless.horizon.start) == UNBOUNDED


@pytest.mark.parametrize(("relies_on", "targets"), [("{agreement: b, share: 50%}", "resolution"), ("b", "response")])
def test_nor_of_what_is_left_to_nobody_or_committed_to_by_nobody(relies_on: str, targets: str) -> None:
    found = study(f"""
agreements:
  promise: {{kind: sla, provider: p, customer: c, calendar: 24x7, targets: {{resolution: {{P1: 9999h}}}}, relies_on: [{relies_on}]}}
  b: {{kind: ola, provider: p, customer: c, calendar: 24x7, targets: {{{targets}: {{P1: 9000h}}}}}}
""")
    assert [situation.surely_past() for situation in view_by_view(found)] == [False] * 5


@pytest.mark.parametrize(
    ("within", "then", "said"),
    [
        ("1d", "475d", [False, False, False, False, False]),  # whoever comes first is done as the view ends
        ("1d", "475d1s", [True, False, False, False, False]),
        ("1d", "785d1s", [True, True, False, False, False]),
        ("1d", "6785d1s", [True, True, True, True, False]),
        ("20000d", "20000d", [True, True, True, True, False]),  # past every view: of the last one nothing more is asked
    ],
)
def test_a_view_is_too_short_for_what_takes_longer_than_there_is_left_of_it(within: str, then: str, said: list[bool]) -> None:
    assert [one.surely_past() for one in situations(then, within=within)] == said


@pytest.mark.parametrize("whose", ["promise", "a", "target"])
@pytest.mark.parametrize(("until", "said"), [("2027-01-15", False), ("2027-04-21", False), ("2027-04-22", True)])
def test_nothing_is_said_where_a_calendar_ends_in_the_view(whose: str, until: str, said: bool) -> None:
    """A ticket that runs past a calendar's end is known to be never done, which is no reason to look further. The view ends with 21 April."""
    views = situations("9000h", within="9000h", until=until, **{whose: "ends"})
    assert [one.surely_past() for one in views] == [said, False, False, False, False]


def test_nor_where_each_is_kept_by_itself() -> None:
    """Nobody waits for anybody else then: two times 300 days are no 600."""
    assert not any(one.surely_past() for one in situations("300d", within="300d", metric="response"))
    assert [one.surely_past() for one in situations("300d", within="300d")] == [True, False, False, False, False]
