"""Curves that several stops share, held against each worked out along every way by itself."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings

from slachain.analysis.attainment import Asked, Lateness
from slachain.analysis.chains import Chains, Stop
from slachain.analysis.judge import Judge
from slachain.clocks.curves import Curve, latest
from slachain.clocks.intervals import distinct
from slachain.language.loader import load
from slachain.study import Study
from tests import catalogues


@settings(max_examples=15)
@given(catalogues.catalogues())
def test_what_hands_over_alike_is_done_and_arrives_as_along_each_way(raw: catalogues.Raw) -> None:
    study = Study.of(load({"a.yaml": catalogues.to_yaml(raw).encode()}), catalogues.AS_OF)
    for promise in study.promises:
        judge = study.judge_of(promise)
        if judge is not None and promise.metric.chain == "elapsed":
            for root in judge.situation.roots():
                if judge.chains.onward(root).items:
                    along_each_way(judge, root)


def along_each_way(judge: Judge, root: Stop) -> None:
    """Everything below a root, each way by itself."""
    chains, whole = judge.chains, judge.chains.never
    lateness = Lateness(chains, root, Asked(chains, judge.clock, judge.situation.opened, judge.limit, "even"))
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
