"""Promises that are alike: everything that a verdict depends on is the same but for who made them.

An organisation with thousands of customers has sold a few plans. What is judged of one customer's promise goes for every other
with the same target, clock, pauses, hand-overs and horizon; only the names and places of the agreement itself differ. So agreements are sorted
into classes first, by all that any of their verdicts depends on: a promise has its verdict by its place in the class. Promises of different
classes may be alike for all that, and share a situation where no more than their limit and attainment differ.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from slachain.analysis.amounts import AmountPromise, AmountVerdict, Supplied
from slachain.analysis.chains import Chains
from slachain.analysis.judge import Judge
from slachain.analysis.promises import Horizon, Promise
from slachain.analysis.situation import Situation
from slachain.analysis.verdicts import Verdict
from slachain.clocks.wall import a_year_after
from slachain.language.catalogue import Policy
from slachain.language.model import ANY, Agreement, AmountTarget, Group, Metric, Route, Target, TimePromise, TimeTarget, Written
from slachain.language.values import dataclass, field, replace

Key = tuple[str, str, str, int]
Place = tuple[str, str, int]  # of a promise in its agreement: the rest of its key
MOST_SITUATIONS = 1_000  # are remembered, each with a curve or a few, so that the memory they take does not grow without end
A_FEW_DAYS = timedelta(days=3)  # more than zones can be apart


@dataclass(slots=True, eq=False)
class Alike:
    """Agreements of one class: where their promises can be judged, and what was found of them.

    What is `told` are the verdicts on all that one of them promises, in order; None before they are asked for. Those on what another
    one promises are the same, in the same order.
    """

    way: int  # the number of how they promise and what they rely on
    looked_at: bool = False  # whether these are known, the promises being those of one of them:
    times: tuple[Promise, ...] = ()
    amounts: tuple[AmountPromise, ...] = ()
    not_judged: tuple[Metric, ...] = ()
    horizons: dict[str, Horizon | None] = field(default_factory=dict)  # by the promise's calendar
    of_times: dict[Place, Verdict | None] = field(default_factory=dict)
    of_amounts: dict[Place, AmountVerdict] = field(default_factory=dict)
    told: Sequence[Verdict] | None = None
    told_of_amounts: Sequence[AmountVerdict] | None = None
    told_of_all: Sequence[Verdict | AmountVerdict] | None = None

    def verdicts(self, judge: Callable[[Promise], Verdict | None]) -> Sequence[Verdict]:
        """The verdicts on all that one of them promises; one whose term is over has none."""
        if self.told is None:
            self.told = [verdict for promise in self.times if (verdict := judge(promise))]
        return self.told

    def amount_verdicts(self, judge: Callable[[AmountPromise], AmountVerdict | None]) -> Sequence[AmountVerdict]:
        """The same of amounts."""
        if self.told_of_amounts is None:
            self.told_of_amounts = [verdict for promise in self.amounts if (verdict := judge(promise))]
        return self.told_of_amounts

    def tell(self, told: Sequence[Verdict], told_of_amounts: Sequence[AmountVerdict]) -> None:
        """Take over what somebody else has found."""
        self.told, self.told_of_amounts = told, told_of_amounts
        self.of_times.update({verdict.promise.key[1:]: verdict for verdict in told})
        self.of_amounts.update({verdict.promise.key[1:]: verdict for verdict in told_of_amounts})

    def everything(
        self, judge: Callable[[Promise], Verdict | None], judge_amount: Callable[[AmountPromise], AmountVerdict | None]
    ) -> Sequence[Verdict | AmountVerdict]:
        """Both, in the order of the promises."""
        if self.told_of_all is None:
            both: list[Verdict | AmountVerdict] = [*self.verdicts(judge), *self.amount_verdicts(judge_amount)]
            self.told_of_all = sorted(both, key=lambda verdict: verdict.promise.key)
        return self.told_of_all


@dataclass(slots=True)
class Likeness:
    """Classes of agreements on a day, and verdicts by what promises are told apart by."""

    as_of: date
    apart: Callable[[Agreement], bool]  # whether an agreement is like no other, whatever it says
    _alike: dict[str, tuple[Agreement, Alike]] = field(default_factory=dict)
    _classes: dict[Hashable, Alike] = field(default_factory=dict)
    _targets: dict[int, tuple[object, int]] = field(
        default_factory=dict
    )  # by identity: what is handed down is one object for all who have it
    _numbers: dict[Hashable, int] = field(default_factory=dict)  # of what says the same, which is soon told apart by a number
    _times: dict[Hashable, Verdict | None] = field(default_factory=dict)
    _amounts: dict[Hashable, AmountVerdict] = field(default_factory=dict)
    _situations: dict[Hashable, Situation] = field(default_factory=dict)
    _supplied: dict[Hashable, Supplied] = field(default_factory=dict)

    def of(self, agreement: Agreement) -> Alike:
        """The class of an agreement."""
        known = self._alike.get(agreement.id)
        if known is not None and known[0] is agreement:
            return known[1]
        way = self._number(_way(agreement))
        key = (way, self._targets_of(agreement), self._term(agreement), agreement.id if self.apart(agreement) else None)
        found = self._classes.get(key)
        if found is None:
            found = self._classes[key] = Alike(way)
        self._alike[agreement.id] = agreement, found
        return found

    def time(self, promise: Promise, when: Horizon, judge: Callable[[], Verdict | None]) -> Verdict | None:
        """The verdict on a promise of a time: that on one like it, or else what the judge says."""
        times, place = self.of(promise.agreement).of_times, promise.key[1:]
        if place not in times:
            alike = (*self._of(promise, when), tuple(map(_time_target, (*promise.rivals, promise.target))))
            if alike not in self._times:
                judged = judge()
                self._times[alike] = None if judged is None else judged.of(promise)
            times[place] = self._times[alike]
        found = times[place]
        return found if found is None or found.promise is promise else found.of(promise)

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

    def amount(self, promise: AmountPromise, when: Horizon, supply: Callable[[], Supplied], equal: str) -> AmountVerdict:
        """The same of an amount: what is supplied has nothing to do with how much is promised."""
        amounts, place = self.of(promise.agreement).of_amounts, promise.key[1:]
        if place not in amounts:
            alike = (*self._of(promise, when), promise.calendar, promise.target.period)
            if alike not in self._supplied:
                self._supplied[alike] = supply()
            amounts[place] = self._supplied[alike].verdict(promise, when, equal)
        return amounts[place].of(promise)

    def first(self, promise: Promise) -> Key:
        """The key of the first promise that was judged of those like this one; its own where there is none before."""
        found = self.of(promise.agreement).of_times.get(promise.key[1:])
        return promise.key if found is None else found.promise.key

    # --- what verdicts depend on ----------------------------------------------------------------------------------

    def _of(self, promise: Promise | AmountPromise, when: Horizon) -> tuple[Hashable, ...]:
        own = frozenset(promise.agreement.targets[promise.metric.id]) if promise.priority == ANY else None
        return promise.metric.id, promise.priority, own, when, self.of(promise.agreement).way

    def _number(self, said: Hashable) -> int:
        return self._numbers.setdefault(said, len(self._numbers))

    def _targets_of(self, agreement: Agreement) -> int:
        written = agreement.targets
        known = self._targets.get(id(written))
        if known is None:  # what is kept beside the number keeps its identity
            key = tuple([(metric, tuple([(name, _target(of)) for name, of in targets.items()])) for metric, targets in written.items()])
            known = self._targets[id(written)] = written, self._number(key)
        return known[1]

    def _term(self, agreement: Agreement) -> Hashable:
        """The dates of its term that may cut a horizon: not a beginning in the past, nor an end after the year."""
        opens, closes = _value(agreement.term.opens), _value(agreement.term.closes)
        begins = None if opens is None or opens < self.as_of - A_FEW_DAYS else opens
        if closes is None:
            return begins, None
        last = a_year_after(max(begins or self.as_of, self.as_of)) + A_FEW_DAYS
        return begins, None if closes > last else closes


def _way(agreement: Agreement) -> Hashable:
    """Its clock, its pauses, and what it relies on."""
    pauses = tuple([(reason, pause.value) for reason, pause in agreement.pauses.items()])
    items = tuple([(_value(item.share), _route(item.route)) for item in agreement.relies_on])
    return agreement.promises, agreement.calendar.value, pauses, items


def _route(route: Route) -> Hashable:
    if isinstance(route, Group):
        return route.how, tuple(map(_route, route.members))
    after = None if route.after is None else _values(route.after)
    return route.agreement.value, after, _values(route.priorities), route.metrics


def _values(written: Mapping[str, Written[Any]]) -> Hashable:
    return tuple([(name, one.value) for name, one in written.items()]) if written else ()


def _value(written: Written[Any] | None) -> Any:
    return None if written is None else written.value


def _target(target: Target) -> Hashable:
    return (target.listed, *map(_time_target, target.alternatives)) if isinstance(target, TimePromise) else _amount_target(target)


def _time_target(target: TimeTarget) -> Hashable:
    return (
        target.within.value,
        _value(target.calendar),
        target.share.as_integer_ratio(),
        _value(target.opened_in),
    )  # a fraction's hash is slow


def _amount_target(target: AmountTarget) -> Hashable:
    return target.bound.value, target.direction, target.period, _value(target.calendar)
