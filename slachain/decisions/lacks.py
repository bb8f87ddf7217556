"""What a promise of a time lacks, as a sum to which every option adds at most its part.

Every ticket is on its way at least as long as all steps of a path take together, on a customer's clock that runs whenever theirs
do. And of the tickets that may be late for want of attainment, an agreement answers for no more than reach it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction

from slachain.analysis.chains import Stop
from slachain.analysis.order import settle
from slachain.analysis.promises import priorities_of, time_promises
from slachain.analysis.routes import hand_over_time, target_for
from slachain.analysis.verdicts import Verdict
from slachain.clocks.covering import covers
from slachain.decisions.conflicts import Stake
from slachain.decisions.options import Priced, with_options
from slachain.decisions.trials import Chosen, Row, Trials
from slachain.language.model import (
    Agreement,
    Alteration,
    Group,
    Member,
    Route,
    TimePromise,
    Written,
    members,
)
from slachain.language.scalars import Duration, Time
from slachain.language.values import dataclass


@dataclass(frozen=True, slots=True)
class Lack:
    """How much is missing, and the most that an option may add to it; it is told only of sets with all options of `given`."""

    missing: Fraction
    part_of: Callable[[int], Fraction]
    given: Chosen = frozenset()


@dataclass(frozen=True, slots=True)
class Leg:
    """A step of a path: handed over to a member (by its place in the list), or finished; of alternatives the one that takes longest."""

    stop: Stop
    place: str | None
    number: int = 0

    def seconds(self, agreement: Agreement) -> int:
        """How long it takes at the latest with its agreement like this; business days and what is not written count nothing."""
        member = next((m for item in agreement.relies_on for m in item.members() if m.place == self.place), None)
        after = hand_over_time(member, self.stop.priority) if member else None
        if after is not None:
            return _seconds(after.value)
        if member and agreement.promises:
            return 0
        target = target_for(agreement, self.stop.metric, self.stop.priority)
        return _seconds(target.alternatives[self.number].within.value) if isinstance(target, TimePromise) else 0


def _seconds(time: Time) -> int:
    return time.seconds if isinstance(time, Duration) else 0


Way = tuple[int, tuple[Leg, ...]]


@dataclass(frozen=True)
class TimeLacks:
    """What one promise lacks with no option bought."""

    trials: Trials
    stake: Stake
    row: Row
    verdict: Verdict

    def sums(self, chosen: Chosen) -> Iterator[Lack]:
        """Those that can be told; `chosen` is a set of options whose longest path is looked at."""
        if self.verdict.promise.metric.chain == "elapsed" and self.verdict.assured is not None and not self._shares_change():
            yield from self.of_path(chosen)
            yield Lack(self.verdict.promise.target.share - self.verdict.assured, self._attains)

    @property
    def agreements(self) -> Mapping[str, Agreement]:
        """As they are today."""
        return self.trials.study.catalogue.agreements

    def _shares_change(self) -> bool:
        """Whether an option changes how many tickets go which way."""
        changes = (change for number in self.stake.effects for change in self.stake.priced[number].option.changes)
        return any(change.field.value[-1] == "share" for change in changes)

    def _beyond(self, stop: Stop) -> list[Stop]:
        return [stop.beyond(member) for member in self.trials.study.routes.onward(stop.agreement, stop.metric).members()]

    # --- the longest path -----------------------------------------------------------------------------------------

    def of_path(self, chosen: Chosen) -> Iterator[Lack]:
        """Seconds by which a path is too long; an option shortens a step, or lengthens the promise."""
        promise, limit = self.verdict.promise, self.verdict.promise.target.within.value
        if not isinstance(limit, Duration) or (self.row.tolerated and not promise.target.share):
            return
        root = Stop(promise.agreement.id, promise.metric.id, self.verdict.priority_below or promise.priority, ())
        legs = self.longest(root, self.trials.study_with(chosen).catalogue.agreements)
        now = {leg: leg.seconds(self.agreements[leg.stop.agreement]) for leg in legs if self._covered(leg.stop.agreement)}
        strict = self.trials.study.catalogue.policy.equal != "kept" and (not self.row.tolerated or self._one_clock(chosen))
        missing = Fraction(sum(now.values()) - limit.seconds + strict)
        clocks = self._clocks() if strict and self.row.tolerated else frozenset()

        def part_of(number: int) -> Fraction:
            return missing if number in clocks else self._shortens(self.stake.priced[number], now, missing)

        yield Lack(missing, part_of, clocks & chosen)

    def _shortens(self, priced: Priced, now: Mapping[Leg, int], missing: Fraction) -> Fraction:
        changed = with_options(self.agreements[priced.agreement], [priced.option])
        mine = ((leg, seconds) for leg, seconds in now.items() if leg.stop.agreement == priced.agreement)
        saved = Fraction(sum(max(0, seconds - leg.seconds(changed)) for leg, seconds in mine))
        if priced.agreement != self.row.key[0]:
            return saved
        promise = next((one for one in time_promises(changed, self.verdict.promise.metric) if one.key == self.row.key), None)
        if promise is None or (self.row.tolerated and promise.target.share < self.verdict.promise.target.share):
            return missing
        return saved + _seconds(promise.target.within.value) - _seconds(self.verdict.promise.target.within.value)

    def longest(self, root: Stop, agreements: Mapping[str, Agreement]) -> tuple[Leg, ...]:
        """The path that takes longest, step by step: some ticket's, or every ticket's where one may be late."""
        memo: dict[Stop, Way] = {}

        def way(stop: Stop) -> Way:
            ways = [(0, ()), *self._ways(stop, agreements, memo, stop == root)]
            return max(ways, key=lambda one: one[0])

        return settle(root, self._beyond, way, memo)[1]

    def _ways(self, stop: Stop, agreements: Mapping[str, Agreement], memo: Mapping[Stop, Way], is_root: bool) -> Iterator[Way]:
        onward, agreement = self.trials.study.routes.onward(stop.agreement, stop.metric), agreements[stop.agreement]
        if not is_root and onward.may_stop and (not self.row.tolerated or onward.rest == 1):
            yield _alone(Leg(stop, None), agreement)
        for item in onward.items:
            everybody = item.share.value == 1 if item.share else onward.rest == 1
            for member in _awaited(item.route) if everybody or not self.row.tolerated else ():
                (first, legs), (after, more) = _alone(Leg(stop, member.place), agreement), memo[stop.beyond(member)]
                yield first + after, (*legs, *more)

    def _covered(self, id: str) -> bool:
        """Whether the customer's clock runs whenever any clock of an agreement does."""
        known, clock = self.trials.study.catalogue.calendars, self.verdict.promise.calendar
        return all(covers(known, clock, name) for name in self.stake.influences[0].calendars(self.agreements[id]))

    def _one_clock(self, chosen: Chosen) -> bool:
        """Whether everything runs on the customer's clock: all tickets take alike, and none longer where one takes exactly the limit."""
        (influence,) = self.stake.influences
        agreements = self.trials.study_with(chosen).catalogue.agreements
        mine = [agreements[id] for id in (self.row.key[0], *influence.priorities)]
        targets = [target for agreement in mine for target in agreement.targets.get(influence.metric.id, {}).values()]
        named = [one.calendar or one.opened_in for target in targets if isinstance(target, TimePromise) for one in target.alternatives]
        return {agreement.calendar.value for agreement in mine} | {name.value for name in named if name} == {self.verdict.promise.calendar}

    def _clocks(self) -> Chosen:
        """The options that change which clock something runs on."""
        changing = (number for number in self.stake.effects if any(map(_names_clock, self.stake.priced[number].option.changes)))
        return frozenset(changing)

    # --- the share that is assured --------------------------------------------------------------------------------

    def _attains(self, number: int) -> Fraction:
        """The share of all tickets that an option may put in time: by an attainment that of those reaching it, else any."""
        priced = self.stake.priced[number]
        found = Fraction(0)
        for change in priced.option.changes:
            if self.stake.influences[0].of_change(priced.agreement, change) is None:
                continue
            if (
                change.field.value[-1] != "attainment"
                or not isinstance(change.value, Written)
                or not isinstance(change.value.value, Fraction)
            ):
                return Fraction(1)
            if priced.agreement == self.row.key[0]:
                found += self.verdict.promise.target.share - change.value.value
            else:
                found += max(weight * (change.value.value - share) for weight, share in self._reaching(priced.agreement))
        return found

    def _reaching(self, id: str) -> Iterator[tuple[Fraction, Fraction]]:
        """For each priority of the promise: what share of its tickets reaches an agreement at most, and its least attainment."""
        promise = self.verdict.promise
        for name in priorities_of(promise.agreement, promise.metric.id, promise.priority, self.trials.study.routes):
            root = Stop(promise.agreement.id, promise.metric.id, name, ())
            weights: dict[Stop, Fraction] = {root: Fraction(1)}
            stops = _parents_first(root, self._beyond)
            for stop in stops:
                onward = self.trials.study.routes.onward(stop.agreement, stop.metric)
                for item in onward.items:
                    for member in members(item.route):
                        below, share = stop.beyond(member), item.share.value if item.share else onward.rest
                        weights[below] = weights.get(below, Fraction(0)) + weights[stop] * share
            mine = [stop for stop in stops if stop.agreement == id]
            yield sum((weights[stop] for stop in mine), Fraction(0)), min((self._attainment(stop) for stop in mine), default=Fraction(0))

    def _attainment(self, stop: Stop) -> Fraction:
        target = target_for(self.agreements[stop.agreement], stop.metric, stop.priority)
        return min(one.share for one in target.alternatives) if isinstance(target, TimePromise) else Fraction(0)


def _alone(leg: Leg, agreement: Agreement) -> Way:
    """One step, of alternatives the longest."""
    target = target_for(agreement, leg.stop.metric, leg.stop.priority)
    numbers = range(len(target.alternatives)) if isinstance(target, TimePromise) else range(1)
    longest = max((Leg(leg.stop, leg.place, number) for number in numbers), key=lambda one: one.seconds(agreement))
    return longest.seconds(agreement), (longest,)


def _awaited(route: Route) -> Iterator[Member]:
    """Those that a ticket waits for whatever happens: not one of several that may be first."""
    if isinstance(route, Member):
        yield route
    elif isinstance(route, Group) and route.how == "all_of":
        for inner in route.members:
            yield from _awaited(inner)


def _parents_first(root: Stop, beyond: Callable[[Stop], list[Stop]]) -> list[Stop]:
    """Everything that is reached, each after all that lead to it."""
    order: dict[Stop, None] = {}
    settle(root, beyond, order.setdefault, {})
    return list(order)[::-1]


def _names_clock(change: Alteration) -> bool:
    """Whether a change may put something on another clock: a whole target may leave its own clock, too."""
    return change.field.value[-1] == "calendar" or isinstance(change.value, TimePromise)
