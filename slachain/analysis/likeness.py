"""Promises that are alike: everything that a verdict depends on is the same but for who made them.

An organisation with thousands of customers has sold a few plans. What is judged of one customer's promise goes for every other
with the same target, clock, pauses, hand-overs and horizon; only the names and places of the agreement itself differ.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from slachain.analysis.amounts import AmountPromise, AmountVerdict
from slachain.analysis.cases import Case, Step
from slachain.analysis.chains import Chains
from slachain.analysis.judge import Judge
from slachain.analysis.promises import Horizon, Promise
from slachain.analysis.routes import hand_over_time
from slachain.analysis.situation import Situation
from slachain.analysis.verdicts import Verdict
from slachain.language.catalogue import Policy
from slachain.language.model import ANY, Agreement, AmountTarget, Group, Route, TimeTarget, Written

Key = tuple[str, str, str, int]
MOST_SITUATIONS = 1_000  # are remembered, each with a curve or a few, so that the memory they take does not grow without end


@dataclass(slots=True)
class Likeness:
    """Verdicts by what promises are told apart by; what an agreement adds to that is put together once."""

    _ways: dict[str, Hashable] = field(default_factory=dict)
    _times: dict[Hashable, Verdict | None] = field(default_factory=dict)
    _firsts: dict[Key, Key] = field(default_factory=dict)
    _amounts: dict[Hashable, AmountVerdict] = field(default_factory=dict)
    _situations: dict[Hashable, Situation] = field(default_factory=dict)

    def time(self, promise: Promise, when: Horizon, judge: Callable[[], Verdict | None]) -> Verdict | None:
        """The verdict on a promise of a time: that on one like it, or else what the judge says."""
        targets = tuple(map(_time_target, (*promise.rivals, promise.target)))
        alike = (*self._of(promise, when), targets)
        if alike not in self._times:
            judged = judge()
            self._times[alike] = judged if judged is None or judged.promise is promise else time_verdict_of(promise, judged)
        found = self._times[alike]
        self._firsts[promise.key] = found.promise.key if found else promise.key
        return found if found is None or found.promise is promise else time_verdict_of(promise, found)

    def judge(self, promise: Promise, when: Horizon, chains: Chains, final: bool, policy: Policy) -> Judge:
        """The judge of a promise in its situation, or else of one like it but for who made it, in the situation that was met before."""
        answers = tuple(_value(target.opened_in) for target in (*promise.rivals, promise.target))
        alike = (*self._of(promise, when), promise.calendar, answers, chains.view)
        if alike not in self._situations:
            while len(self._situations) >= MOST_SITUATIONS:
                del self._situations[next(iter(self._situations))]
            self._situations[alike] = Situation.of(promise, when, chains, final)
        found = self._situations[alike]
        mine = found.agreement is promise.agreement
        return Judge(promise if mine else replace(promise, agreement=found.agreement), found, policy)

    def amount(self, promise: AmountPromise, when: Horizon, judge: Callable[[], AmountVerdict]) -> AmountVerdict:
        """The same of an amount."""
        alike = (*self._of(promise, when), _amount_target(promise.target))
        if alike not in self._amounts:
            self._amounts[alike] = judge()
        return replace(self._amounts[alike], promise=promise)

    def first(self, promise: Promise) -> Key:
        """The key of the first promise that was judged of those like this one; its own where there is none before."""
        return self._firsts.get(promise.key, promise.key)

    # --- what a verdict depends on --------------------------------------------------------------------------------

    def _of(self, promise: Promise | AmountPromise, when: Horizon) -> tuple[Hashable, ...]:
        own = frozenset(promise.agreement.targets[promise.metric.id]) if promise.priority == ANY else None
        return promise.metric.id, promise.priority, own, when, self._way(promise.agreement)

    def _way(self, agreement: Agreement) -> Hashable:
        """Its clock, its pauses, and what it relies on."""
        if agreement.id not in self._ways:
            pauses = tuple((reason, pause.value) for reason, pause in agreement.pauses.items())
            items = tuple((_value(item.share), _route(item.route)) for item in agreement.relies_on)
            self._ways[agreement.id] = agreement.promises, agreement.calendar.value, pauses, items
        return self._ways[agreement.id]


def _route(route: Route) -> Hashable:
    if isinstance(route, Group):
        return route.how, tuple(map(_route, route.members))
    after = None if route.after is None else _values(route.after)
    return route.agreement.value, after, _values(route.priorities), route.metrics


def _values(written: Mapping[str, Written[Any]]) -> Hashable:
    return tuple((name, one.value) for name, one in written.items())


def _value(written: Written[Any] | None) -> Hashable:
    return None if written is None else written.value


def _time_target(target: TimeTarget) -> Hashable:
    return target.within.value, _value(target.calendar), target.share, _value(target.opened_in)


def _amount_target(target: AmountTarget) -> Hashable:
    return target.bound.value, target.direction, target.period, _value(target.calendar)


# --- told of another -------------------------------------------------------------------------------------------------


def time_verdict_of(promise: Promise, like: Verdict) -> Verdict:
    """The verdict on a promise that is like another one's: the same numbers, its own names and places."""
    case = None if like.case is None else _case_of(promise.agreement, like.promise.agreement, like.case)
    return replace(like, promise=promise, case=case)


def _case_of(mine: Agreement, theirs: Agreement, case: Case) -> Case:
    """Its own steps are those at the start of the path: what it hands over itself, and to whom."""
    steps = tuple(_step_of(mine, step) if step.stop.agreement == theirs.id else step for step in case.steps)
    return replace(case, path=(mine.id, *case.path[1:]), steps=steps)


def _step_of(mine: Agreement, step: Step) -> Step:
    stop = replace(step.stop, agreement=mine.id)
    if step.member is None:
        return replace(step, stop=stop)
    place = step.member.place
    member = next(one for item in mine.relies_on for one in item.members() if one.place == place)
    assert step.allowed is not None  # a promise hands over at once where it names no time
    allowed = hand_over_time(member, stop.priority) or replace(step.allowed, at=member.agreement.at)
    return replace(step, stop=stop, member=member, allowed=allowed)
