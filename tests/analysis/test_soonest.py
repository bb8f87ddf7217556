"""What is told of tickets before a curve is made, against the curves."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slachain.analysis.judge import Judge
from slachain.analysis.promises import Horizon
from slachain.analysis.situation import Situation
from slachain.analysis.soonest import Soonest
from slachain.analysis.ticket import ViewTooShort
from slachain.clocks.clock import View
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


CHAIN = """
agreements:
  promise: {{kind: sla, provider: p, customer: c, calendar: 24x7, targets: {{resolution: {{P1: 9999h}}}}, relies_on: [a]}}
  a: {{kind: ola, provider: p, customer: c, calendar: {a}, targets: {{resolution: {{P1: 9000h}}}}, relies_on: [b]}}
  b: {{kind: ola, provider: p, customer: c, calendar: 24x7, targets: {{resolution: {{P1: 9000h}}}}}}
calendars:
  ends: {{timezone: UTC, hours: {{mon-sun: "00:00-24:00"}}, until: {until}}}
"""


@pytest.mark.parametrize(
    ("calendar", "until", "said"), [("24x7", "2027-01-15", True), ("ends", "2027-01-15", False), ("ends", "2999-01-01", True)]
)
def test_nothing_is_said_where_a_calendar_ends_in_the_view(calendar: str, until: str, said: bool) -> None:
    """A ticket that runs past a calendar's end is known to be never done, which is no reason to look further."""
    found = study(CHAIN.format(a=calendar, until=until))
    (promise,) = found.promises
    when = found.horizon(promise)
    assert when is not None
    views = [Situation.of(promise, when, chains, final).surely_past() for chains, final in found.views(when)]
    assert views == [said, False, False, False, False]
