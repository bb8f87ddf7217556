"""What a situation keeps for promises of every length, against the same worked out for each by itself."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from slachain.analysis.judge import Judge
from slachain.analysis.promises import Promise
from slachain.analysis.readings import Reading
from slachain.analysis.situation import Situation
from slachain.analysis.views import ViewTooShort
from slachain.clocks.curves import BEYOND
from slachain.language.loader import load
from slachain.language.model import Written
from slachain.language.scalars import BusinessDays, Duration, Time
from slachain.language.values import replace
from slachain.study import Study
from tests import catalogues

times = st.integers(1, 400).map(lambda n: Duration(900 * n)) | st.integers(1, 9).map(BusinessDays)
shares = st.sampled_from([None, Fraction(1, 2), Fraction(9, 10), Fraction(999, 1000)])


def promising(promise: Promise, within: Time, share: Fraction | None) -> Promise:
    """The promise with another limit and attainment."""
    attainment = None if share is None else Written(share, "", promise.target.at)
    return replace(promise, target=replace(promise.target, within=Written(within, "", promise.target.at), attainment=attainment))


@settings(max_examples=10)
@given(catalogues.catalogues(), st.lists(st.tuples(times, shares), min_size=2, max_size=5))
def test_promises_that_share_a_situation_are_judged_as_if_each_had_its_own(
    raw: catalogues.Raw, drawn: list[tuple[Time, Fraction | None]]
) -> None:
    study = Study.of(load({"a.yaml": catalogues.to_yaml(raw).encode()}), catalogues.AS_OF)
    for promise in study.promises:
        when = study.horizon(promise)
        if when is None or not study.routes.onward(promise.agreement.id, promise.metric.id).items:
            continue
        shared = study.judge_of(promise)
        assert shared is not None
        if not len(shared.situation.opened.starts):
            continue
        own = promise.target.within.value, promise.target.attainment.value if promise.target.attainment else None
        for within, share in [own, *drawn, *((limit, None) for limit in limits_near(shared)), own]:
            mine, situation = promising(promise, within, share), shared.situation
            alone = Situation.of(mine, when, situation.chains, situation.final)
            assert told(replace(shared, promise=mine)) == told(Judge(mine, alone, shared.policy))
            for strand in alone.known()[0]:
                against_every_stretch(Reading(strand.done, alone.clock, strand.opened), within)


@settings(max_examples=15)
@given(catalogues.catalogues())
def test_where_the_last_ticket_is_done_so_is_all_below_but_in_groups(raw: catalogues.Raw) -> None:
    """So nothing that follows a hand-over needs a longer view, and it can wait until somebody asks."""
    study = Study.of(load({"a.yaml": catalogues.to_yaml(raw).encode()}), catalogues.AS_OF)
    for promise in study.promises:
        judge = study.judge_of(promise) if study.routes.onward(promise.agreement.id, promise.metric.id).items else None
        situation = judge.situation if judge else None
        if situation is None or situation.metric.chain != "elapsed" or situation.grouped:
            continue
        for strand in situation.known()[0]:
            if strand.read.settled:
                last = 2 * int(strand.opened.ends[-1]) - 1
                assert all(situation.chains.done(stop)(last) < BEYOND for stop in situation.chains.reached(strand.root))


def told(judge: Judge) -> tuple[object, ...] | None:
    """The verdict and its worst ticket, if the view is long enough for one."""
    try:
        verdict = judge.verdict()
    except ViewTooShort:
        return None
    return None if verdict is None else (replace(verdict, ticket=None), verdict.case, verdict.latest_safe)


def limits_near(judge: Judge) -> list[Time]:
    """Just as much as is possible, and a little more and less."""
    seconds, days = (judge.situation.worst(in_days)[0].bound for in_days in (False, True))
    by_clock = [Duration(max(seconds + more, 0)) for more in (-1, 0, 1)] if seconds is not None else []
    return [*by_clock, *(BusinessDays(max(days + more, 1)) for more in (-1, 0, 1) if days is not None)]


def against_every_stretch(reading: Reading, limit: Time) -> None:
    """A limit held against each stretch of the horizon, as if nothing were known of the longest."""
    _, _, first, last = reading.excess(limit)
    most = int(max(first.max(initial=-BEYOND), last.max(initial=-BEYOND)))
    assert reading.within(limit) == (most < 0 if isinstance(limit, BusinessDays) else (most + 1) // 2 < 0, most <= 0)
    worst = reading.supported(days=isinstance(limit, BusinessDays))
    assert worst is not None
    if worst.bound is not None and not isinstance(limit, BusinessDays):
        elapsed, tick = reading.clock.elapsed, reading.worst_tick(days=False)
        most = elapsed(reading.done(tick)) - elapsed(tick)
        assert most == 2 * worst.bound if worst.attained else 2 * worst.bound - 2 <= most < 2 * worst.bound
    asked, late = reading.seconds(limit)
    total = int((asked[1] - asked[0]).sum())
    assert reading.asked == total
    assert reading.exposure(limit) == (Fraction(int((late[1] - late[0]).sum()), total) if total else None)
