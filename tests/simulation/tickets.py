"""Tickets on their way through the agreements below one promise, and everyone who may choose what becomes of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from slachain.language.catalogue import Catalogue
from slachain.language.model import ANY, Agreement, Group, Item, Member, Route, TimePromise, TimeTarget
from slachain.language.scalars import BusinessDays, Duration, Time
from tests.simulation.wall import UNSEEN, Beats, Cells, Sight, WallClock

Shares = NDArray[np.float64]  # by ticket: which part of those that are like it
Place = tuple[str, str]  # an agreement, and the priority that the ticket has there


def concerning(route: Route, metric: str) -> Route | None:
    """What of a route is there for a metric."""
    if isinstance(route, Member):
        return route if route.metrics is None or metric in route.metrics else None
    inner = tuple(kept for kept in (concerning(r, metric) for r in route.members) if kept)
    return Group(route.how, inner, route.at) if inner else None


def leaves(route: Route) -> Iterator[Member]:
    if isinstance(route, Member):
        yield route
    else:
        for inner in route.members:
            yield from leaves(inner)


@dataclass(eq=False)
class Ways:
    """What may become of a ticket of one promise, metric and priority."""

    catalogue: Catalogue
    sight: Sight
    promise: Agreement
    metric: str
    priority: str

    @property
    def root(self) -> Place:
        return self.promise.id, self.priority

    def agreement(self, place: Place) -> Agreement:
        return self.catalogue.agreements[place[0]]

    def items(self, place: Place) -> list[Item]:
        """The items of a list that concern the metric."""
        found = [(item, concerning(item.route, self.metric)) for item in self.agreement(place).relies_on]
        return [Item(route, item.at, item.share) for item, route in found if route]

    def shared(self, place: Place) -> Fraction:
        return sum((item.share.value for item in self.items(place) if item.share), Fraction(0))

    def may_stop(self, place: Place) -> bool:
        """What a promise leaves to nobody stops there too, and is never done."""
        if place == self.root:
            return all(item.share for item in self.items(place)) and self.shared(place) < 1
        return self.shared(place) < 1

    def beyond(self, place: Place, member: Member) -> Place:
        named = member.priorities.get(place[1])
        return member.agreement.value, named.value if named else place[1]

    def below(self, place: Place) -> set[Place]:
        """Every place that a ticket may come to."""
        direct = {self.beyond(place, leaf) for item in self.items(place) for leaf in leaves(item.route)}
        return direct.union(*(self.below(one) for one in direct))

    # what is allowed

    def targets(self, place: Place) -> tuple[TimeTarget, ...]:
        written = self.agreement(place).targets.get(self.metric, {})
        found = written.get(place[1]) or written.get(ANY)
        return found.alternatives if isinstance(found, TimePromise) and place != self.root else ()

    def attained(self, place: Place) -> float:
        return float(min(target.share for target in self.targets(place)))

    def pause(self, place: Place) -> int | None:
        """Seconds for which its clock may stop where the promise's does not; None without end."""
        extra = 0
        for reason, longest in self.agreement(place).pauses.items():
            ours = self.promise.pauses.get(reason)
            if ours is not None and ours.value is None:
                continue
            if longest.value is None:
                return None
            extra += max(0, longest.value - ((ours.value or 0) if ours else 0))
        return extra

    def finished(self, place: Place, at: Beats) -> Beats:
        """The last moment at which the agreement may have done its own work."""
        targets, pause = self.targets(place), self.pause(place)
        if not targets or pause is None:
            return np.full_like(at, UNSEEN)
        return np.asarray(np.maximum.reduce([self.within(place, target, pause, at) for target in targets]))

    def within(self, place: Place, target: TimeTarget, pause: int, at: Beats) -> Beats:
        clock = self.sight.clock((target.calendar or self.agreement(place).calendar).value)
        return clock.after(clock.after(at, target.within.value), Duration(pause))

    def explicit(self, place: Place, member: Member) -> Time | None:
        """The hand-over as it is written for this priority, or for every one."""
        written = member.after or {}
        found = written.get(place[1]) or written.get(ANY)
        return found.value if found else None

    def by_default(self, place: Place, member: Member) -> bool:
        """Whether the agreement's own target is the hand-over."""
        return self.explicit(place, member) is None and not self.agreement(place).promises

    def handed_over(self, place: Place, member: Member, at: Beats) -> Beats:
        """The last moment at which the ticket may be handed over."""
        written = self.explicit(place, member)
        if written is not None:
            return self.sight.clock(self.agreement(place).calendar.value).after(at, written)
        return at if self.agreement(place).promises else self.finished(place, at)

    # everyone uses all that is allowed, and every way is taken

    def last(self, place: Place, at: Beats) -> Beats:
        """When all is done, of tickets that reach a place then, if nothing is done a moment before it must be."""
        ends = [self.last_along(place, item.route, at) for item in self.items(place)]
        if self.may_stop(place):
            ends.append(self.finished(place, at))
        return np.asarray(np.maximum.reduce(ends))

    def last_along(self, place: Place, route: Route, at: Beats) -> Beats:
        if isinstance(route, Member):
            return self.last(self.beyond(place, route), self.handed_over(place, route, at))
        ends = [self.last_along(place, inner, at) for inner in route.members]
        return np.asarray((np.minimum if route.how == "any_of" else np.maximum).reduce(ends))

    # everyone chooses

    def travel(self, place: Place, at: Beats, chance: np.random.Generator) -> Beats:
        """When tickets are done, each of which takes a way of its own, every step of it as late as somebody chooses."""
        items = [item for item in self.items(place) if item.share is None or item.share.value]
        ways = len(items) + self.may_stop(place)
        chosen = chance.integers(0, ways, len(at))
        done = np.full_like(at, UNSEEN)
        for i in range(ways):
            mine = chosen == i
            if mine.any():
                done[mine] = (
                    self.travel_along(place, items[i].route, at[mine], chance)
                    if i < len(items)
                    else some_time(at[mine], self.finished(place, at[mine]), chance)
                )
        return done

    def travel_along(self, place: Place, route: Route, at: Beats, chance: np.random.Generator) -> Beats:
        if isinstance(route, Member):
            over = some_time(at, self.handed_over(place, route, at), chance)
            return self.travel(self.beyond(place, route), over, chance)
        ends = [self.travel_along(place, inner, at, chance) for inner in route.members]
        return np.asarray((np.minimum if route.how == "any_of" else np.maximum).reduce(ends))

    # one path, as it is reported

    def replay(self, path: tuple[str, ...], place: Place, at: int) -> Iterator[tuple[int, ...]]:
        """The moments at which a ticket changes hands along a path, each as late as may be; once for every way to read it."""
        if len(path) == 1:
            if place == self.root or self.may_stop(place):
                yield at, int(self.finished(place, np.array([at]))[0])
            elif self.pause(place) is None or not self.targets(place):
                yield at, UNSEEN  # held for good before it could be handed over
            return
        for leaf in (leaf for item in self.items(place) for leaf in leaves(item.route)):
            if leaf.agreement.value == path[1]:
                over = int(self.handed_over(place, leaf, np.array([at]))[0])
                if over >= UNSEEN:
                    yield at, UNSEEN
                    continue
                for rest in self.replay(path[1:], self.beyond(place, leaf), over):
                    yield at, *rest

    # how many may be late: shares, attainments, and who misses which tickets

    def late(self, place: Place, at: Beats, judge: Judge) -> Shares:
        """By ticket the part of those like it that is late: everyone misses as many as the attainments leave, where it hurts."""
        items = self.items(place)
        total = np.zeros(len(at))
        for item in items:
            if item.share:
                total += float(item.share.value) * self.late_along_item(place, item.route, at, judge)
        rest = 1 - self.shared(place)
        ways = [self.late_along_item(place, item.route, at, judge) for item in items if item.share is None]
        if self.may_stop(place):
            ways.append(self.late_here(place, at, judge))
        if rest > 0 and ways:
            total += float(rest) * judge.choose(ways)
        return np.minimum(1.0, total)

    def late_here(self, place: Place, at: Beats, judge: Judge) -> Shares:
        if not self.targets(place):
            return np.ones(len(at))
        return judge.missing(judge.too_late(self.finished(place, at)), 1 - self.attained(place))

    def late_along_item(self, place: Place, route: Route, at: Beats, judge: Judge) -> Shares:
        late = self.late_along(place, route, at, judge)
        if not self.hangs_on_default(place, route):
            return late
        return judge.missing(late, 1 - self.attained(place)) if self.targets(place) else np.ones(len(at))

    def hangs_on_default(self, place: Place, route: Route) -> bool:
        """Whether all is late when the agreement hands over late."""
        if isinstance(route, Member):
            return self.by_default(place, route)
        return (all if route.how == "any_of" else any)(self.hangs_on_default(place, inner) for inner in route.members)

    def late_along(self, place: Place, route: Route, at: Beats, judge: Judge) -> Shares:
        if isinstance(route, Member):
            return self.late(self.beyond(place, route), self.handed_over(place, route, at), judge)
        parts = [self.late_along(place, inner, at, judge) for inner in route.members]
        return np.asarray(np.minimum.reduce(parts) if route.how == "any_of" else np.minimum(1.0, np.sum(parts, axis=0)))


def some_time(start: Beats, end: Beats, chance: np.random.Generator) -> Beats:
    """A moment from start to end: often the last, now and then at once, else any whole second."""
    chosen = chance.random(len(start))
    part = np.where(chosen < 0.55, 1.0, np.where(chosen < 0.7, 0.0, chance.random(len(start))))
    between = start + 2 * (np.minimum(end - start, 1 << 52) * part / 2).astype(np.int64)
    return np.where((end >= UNSEEN) | (part == 1.0), end, np.minimum(between, end))


def late(clock: WallClock, limit: Time, opened: Beats, done: Beats) -> Cells:
    """Which tickets are done too late for a limit on the customer's clock."""
    if isinstance(limit, BusinessDays):
        return np.asarray(done > clock.after(opened, limit))
    return np.asarray((done >= UNSEEN) | (clock.spent(opened, done) > 2 * limit.seconds))


@dataclass(eq=False)
class Judge:
    """Who tells what is late on the customer's clock, and who chooses where tickets go and which are missed."""

    opened: Beats
    clock: WallClock
    limit: Time
    evenly: bool
    greedy: bool
    chance: np.random.Generator

    def too_late(self, done: Beats) -> Shares:
        return late(self.clock, self.limit, self.opened, done).astype(np.float64)

    def choose(self, ways: list[Shares]) -> Shares:
        """One way for all that may go any way: the worst, or any. It does not depend on when a ticket is opened."""
        if self.greedy:
            return max(ways, key=lambda late: float(late.mean() if self.evenly else late.max()))
        return ways[int(self.chance.integers(0, len(ways)))]

    def missing(self, late: Shares, missed: float) -> Shares:
        """The same when so many are missed besides: of those that would be in time, for as long as there are any."""
        left = float((1 - late).mean()) if self.evenly else 1.0
        part = min(1.0, missed / left) if left > 0 else 0.0
        return late + (1 - late) * part
