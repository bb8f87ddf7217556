"""Curves that several stops share, held against each worked out along every way by itself."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slachain.analysis.attainment import Asked, Lateness
from slachain.analysis.chains import Chains, Stop
from slachain.analysis.judge import Judge
from slachain.analysis.readings import Worst
from slachain.clocks.curves import Curve, latest
from slachain.clocks.intervals import distinct
from slachain.language.loader import load
from slachain.study import Study
from tests import catalogues
from tests.catalogue import study, verdict


@settings(max_examples=15)
@given(catalogues.catalogues())
def test_what_hands_over_alike_is_done_and_arrives_as_along_each_way(raw: catalogues.Raw) -> None:
    read = Study.of(load({"a.yaml": catalogues.to_yaml(raw).encode()}), catalogues.AS_OF)
    for promise in read.promises:
        judge = read.judge_of(promise) if read.routes.onward(promise.agreement.id, promise.metric.id).items else None
        if judge is not None and promise.metric.chain == "elapsed":
            for root in judge.situation.roots():
                if judge.chains.onward(root).items:
                    along_each_way(judge, root)


def along_each_way(judge: Judge, root: Stop) -> None:
    """Everything below a root, each way by itself."""
    chains, whole = judge.chains, judge.chains.never
    lateness = Lateness(chains, root, Asked(chains, judge.clock, judge.situation.opened, judge.limit, "even", judge.situation.final))
    left_out = [whole] if chains.onward(root).leaves_out else []
    same(chains.promised(root), latest([*left_out, *each_way(chains, root)]))
    below = chains.reached(root)
    for stop in below:
        stopping = [chains.own(stop) or whole] if chains.onward(stop).may_stop else []
        same(chains.done(stop), latest([*stopping, *each_way(chains, stop)]))
        arriving = [
            lateness.arrival(parent).then(chains.hand_over(parent, member))
            for parent in (root, *below)
            for member in chains.onward(parent).members()
            if parent.beyond(member) == stop
        ]
        same(lateness.arrival(stop), latest(arriving))


def each_way(chains: Chains, stop: Stop) -> list[Curve]:
    """The curve along each item."""
    return [chains.by_route(stop, item.route) for item in chains.onward(stop).items]


def same(one: Curve, other: Curve) -> None:
    """Whether two curves are one, at every tick at which either bends and beside it."""
    bends = distinct(one.starts, other.starts)
    ticks = distinct(bends, bends + 1, np.maximum(bends - 1, one.start))
    assert (one.start, one.end) == (other.start, other.end)
    assert (one.at(ticks) == other.at(ticks)).all()


def test_every_curve_begins_and_ends_with_the_view() -> None:
    """Whatever is looked at within the view is known of all of them alike, also of what is never done and of what nothing bounds."""
    found = study("""
calendars:
  office: {timezone: Europe/London, hours: {mon-fri: "09:00-17:00"}}
agreements:
  promise:
    {kind: sla, provider: us, customer: acme, calendar: 24x7, targets: {resolution: {P1: 8h}},
     relies_on: [{agreement: desk, share: 50%}, {any_of: [vendor, silent], share: 20%}]}
  desk: {kind: ola, provider: us, customer: us, calendar: office, targets: {resolution: 1h}, relies_on: [vendor, {agreement: silent, after: 2h}]}
  vendor: {kind: uc, provider: v, customer: us, calendar: office, targets: {resolution: 4h}, pauses: [parts]}
  silent: {kind: ola, provider: us, customer: us, calendar: office}
""")
    assert found.verdicts[0].cause == "missing"
    ((view, chains),) = found._chains.items()
    own = [curve for curve in chains._own.values() if curve is not None]
    curves = [chains.at_once, chains.never, *own, *chains._done.values(), *chains._passed.values(), *chains._latest.values()]
    assert {(curve.start, curve.end) for curve in curves} == {(2 * view.lo, 2 * view.hi)}


GROUPS = """
agreements:
  promise: {{kind: sla, provider: us, customer: acme, calendar: 24x7, targets: {{resolution: {{P1: 9h}}}}, relies_on: [{relies_on}]}}
  one: {{kind: uc, provider: v, customer: us, calendar: 24x7, targets: {{resolution: 1h}}}}
  three: {{kind: uc, provider: v, customer: us, calendar: 24x7, targets: {{resolution: 3h}}}}
  five: {{kind: uc, provider: v, customer: us, calendar: 24x7, targets: {{resolution: 5h}}}}
"""


@pytest.mark.parametrize(
    ("relies_on", "hours", "last"),
    [
        ("five, one", 5, "five"),
        ("{any_of: [five, one]}", 1, "one"),
        ("{all_of: [one, five, three]}", 5, "five"),
        ("{any_of: [five, {all_of: [one, three]}]}", 3, "three"),
        ("{all_of: [one, {any_of: [five, three]}]}", 3, "three"),
        ("{any_of: [{all_of: [one, five]}, {all_of: [three, one]}]}", 3, "three"),
        ("{all_of: [{any_of: [one, five]}, {any_of: [three, five]}]}, one", 3, "three"),
        ("{any_of: [{agreement: one, after: 3h}, {agreement: three, after: 30m}]}", 3.5, "three"),
    ],
)
def test_a_ticket_that_goes_to_a_group_is_followed_to_whom_it_waits_for(relies_on: str, hours: float, last: str) -> None:
    """Of all to the last one, of any to the first, and of groups in groups likewise: as long as the curve says for that instant."""
    judged = verdict(GROUPS.format(relies_on=relies_on))
    assert judged.case is not None
    assert judged.case.path == ("promise", last)
    assert judged.case.done - judged.case.opened == 2 * 3600 * hours
    assert judged.supported == Worst(int(3600 * hours), True)


@settings(max_examples=5)
@given(catalogues.catalogues(), st.lists(st.fractions(0, 1), min_size=3, max_size=3))
def test_a_ticket_along_a_route_is_done_when_the_curve_of_the_route_says(raw: catalogues.Raw, parts: list[Fraction]) -> None:
    read = Study.of(load({"a.yaml": catalogues.to_yaml(raw).encode()}), catalogues.AS_OF)
    assert all(row.horizon for row in read.verdicts)
    for view, chains in read._chains.items():
        ticks = [2 * view.lo + int(part * (view.hi - view.lo)) for part in parts]
        for stop in list(chains._done):
            for item in chains.onward(stop).items:
                along = chains.by_route(stop, item.route)
                assert [chains.done_along(stop, item.route, tick) for tick in ticks] == [along(tick) for tick in ticks]
