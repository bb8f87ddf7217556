"""Completion curves: when an agreement has finished with a ticket that reaches it at any instant (section 7).

A curve belongs to an agreement, a metric, a priority and the promise's pauses, never to a path: all promises above
share it, and however many paths a graph has, each curve is made once.
"""

from __future__ import annotations

from collections.abc import Container, Hashable, Iterable, Iterator, Mapping
from fractions import Fraction

from slachain.analysis.order import reached, settle
from slachain.analysis.overlay import Overlay
from slachain.analysis.readings import Reading
from slachain.analysis.routes import Onward, Routes, extra_pause, hand_over_time, target_for, their_priority
from slachain.clocks.calendars import Calendars
from slachain.clocks.clock import Clock, View
from slachain.clocks.curves import NEVER, UNBOUNDED, Curve, constant, earliest, identity, latest
from slachain.clocks.intervals import Intervals
from slachain.language.model import Agreement, Member, Route, TimePromise, TimeTarget
from slachain.language.scalars import Duration, Time
from slachain.language.values import dataclass, field

Pauses = tuple[tuple[str, int | None], ...]


def pauses_of(agreement: Agreement) -> Pauses:
    """The reasons for which a promise's clock stops, as part of a key."""
    return tuple(sorted((reason, pause.value) for reason, pause in agreement.pauses.items()))


@dataclass(frozen=True, slots=True)
class Stop:
    """A ticket's arrival somewhere: at an agreement, for a metric, under its own priority, below a promise with these pauses."""

    agreement: str
    metric: str
    priority: str
    pauses: Pauses

    def beyond(self, member: Member) -> Stop:
        """Where a hand-over to a member leads."""
        return Stop(member.agreement.value, self.metric, their_priority(member, self.priority), self.pauses)


@dataclass(slots=True, eq=False)
class Chains:
    """The curves of a catalogue over one view of time, each made once."""

    agreements: Mapping[str, Agreement]
    routes: Routes
    calendars: Calendars
    view: View
    clocks: dict[Hashable, Clock] = field(default_factory=dict)  # by calendar, and by what they show
    _done: dict[Stop, Curve] = field(default_factory=dict)
    _own: dict[Stop, Curve | None] = field(default_factory=dict)
    _passed: dict[tuple[Curve, Curve], Curve] = field(default_factory=dict)  # one after the other, whoever's they are
    _latest: dict[tuple[Curve, ...], Curve] = field(default_factory=dict)
    _all: dict[tuple[Stop, ...], Curve] = field(default_factory=dict)  # done at all of them
    _needs: dict[Stop, list[Stop]] = field(default_factory=dict)
    _grouped: dict[Stop, bool] = field(default_factory=dict)
    _readings: dict[tuple[Curve, Clock, Intervals], Reading] = field(default_factory=dict)
    _instants: dict[tuple[int, int], Intervals] = field(default_factory=dict)
    at_once: Curve = field(init=False)  # no time at all
    never: Curve = field(init=False)  # nothing is committed
    lacking: dict[tuple[Fraction, bool], dict[Stop, Fraction]] = field(default_factory=dict)  # by attainments alone: see Lateness

    def __post_init__(self) -> None:
        self.at_once = identity(2 * self.view.lo, 2 * self.view.hi)
        self.never = constant(2 * self.view.lo, 2 * self.view.hi, NEVER)

    def without(self, changed: Container[str], agreements: Mapping[str, Agreement], routes: Routes) -> Chains:
        """The same view of other agreements, with the curves that agreements in `changed` have no part in."""

        def unchanged(stops: Iterable[Stop]) -> bool:
            return not any(stop.agreement in changed for stop in stops)

        found = Chains(agreements, routes, self.calendars, self.view, self.clocks)
        found._done, found._own = (Overlay.of(memo, lambda stop: stop.agreement not in changed) for memo in (self._done, self._own))
        found._all = Overlay.of(self._all, unchanged)
        found._passed, found._latest = Overlay.of(self._passed, _whatever), Overlay.of(self._latest, _whatever)
        found._readings, found._instants = Overlay.of(self._readings, _whatever), self._instants
        found.at_once, found.never = self.at_once, self.never  # the very same: what is made of them is found by them
        return found

    def clock(self, calendar: str) -> Clock:
        """The clock of a calendar; one for all that show the same, and so every curve made of it."""
        if calendar not in self.clocks:
            face = Clock.face(self.calendars, calendar, self.view)
            if face not in self.clocks:
                self.clocks[face] = Clock.of(self.calendars, calendar, self.view)
            self.clocks[calendar] = self.clocks[face]
        return self.clocks[calendar]

    def in_turn(self, first: Curve, after: Curve) -> Curve:
        """One curve and then another; the same for all in whose way both are."""
        if first is self.at_once:
            return after
        if (first, after) not in self._passed:
            self._passed[first, after] = first.then(after)
        return self._passed[first, after]

    def latest_of(self, curves: Iterable[Curve]) -> Curve:
        """The latest of some curves; the same for all who wait for these."""
        key = tuple(dict.fromkeys(curves))
        if key not in self._latest:
            self._latest[key] = latest(key)
        return self._latest[key]

    def instants(self, start: int, end: int) -> Intervals:
        """Those from `start` to before `end`, in UTC seconds; one set for all who look at them."""
        if (start, end) not in self._instants:
            self._instants[start, end] = Intervals.of([(start, end)])
        return self._instants[start, end]

    def reading(self, done: Curve, clock: Clock, opened: Intervals) -> Reading:
        """A curve read on a clock at some instants; the same for all who read this one there."""
        key = (done, clock, opened)
        if key not in self._readings:
            self._readings[key] = Reading(done, clock, opened)
        return self._readings[key]

    def onward(self, stop: Stop) -> Onward:
        """What a ticket may go on to from there."""
        return self.routes.onward(stop.agreement, stop.metric)

    def targets(self, stop: Stop) -> tuple[TimeTarget, ...]:
        """The commitments that answer there: one, or the alternatives of a promise that is relied on."""
        target = target_for(self.agreements[stop.agreement], stop.metric, stop.priority)
        return target.alternatives if isinstance(target, TimePromise) else ()

    def extra(self, stop: Stop) -> int | None:
        """Seconds by which unshared pauses lengthen the target there; None without limit."""
        return extra_pause(self.agreements[stop.agreement].pauses, dict(stop.pauses))

    def own(self, stop: Stop) -> Curve | None:
        """When the agreement's own target is up, pauses included; None where it commits to nothing."""
        if stop not in self._own:
            self._own[stop] = self._own_curve(stop)
        return self._own[stop]

    def _own_curve(self, stop: Stop) -> Curve | None:
        targets, extra = self.targets(stop), self.extra(stop)
        if not targets:
            return None
        if extra is None:
            return constant(2 * self.view.lo, 2 * self.view.hi, UNBOUNDED)
        return self.latest_of(self.lengthened(target, stop, extra) for target in targets)

    def lengthened(self, target: TimeTarget, stop: Stop, extra: int) -> Curve:
        """One target's due, with pauses of so many seconds, on its clock."""
        clock = self.clock(self.calendar_of(target, stop))
        due = clock.due(target.within.value)
        return self.in_turn(due, clock.due(Duration(extra))) if extra else due

    def calendar_of(self, target: TimeTarget, stop: Stop) -> str:
        """Whose clock a target runs on."""
        return (target.calendar or self.agreements[stop.agreement].calendar).value

    def hand_over(self, stop: Stop, member: Member) -> Curve:
        """When a ticket is handed over to a member at the latest."""
        agreement = self.agreements[stop.agreement]
        after = hand_over_time(member, stop.priority)
        if after:
            return self.clock(agreement.calendar.value).due(after.value)
        if agreement.promises:
            return self.at_once
        return self.own(stop) or self.never

    def done(self, stop: Stop) -> Curve:
        """When the agreement has finished with the ticket, at the latest."""
        return settle(stop, self.needs, self._done_curve, self._done)

    def needs(self, stop: Stop) -> Iterable[Stop]:
        """The stops that follow directly."""
        if stop not in self._needs:
            self._needs[stop] = [stop.beyond(member) for member in self.onward(stop).members()]
        return self._needs[stop]

    def _done_curve(self, stop: Stop) -> Curve:
        stopping = [self.own(stop) or self.never] if self.onward(stop).may_stop else []
        return self.latest_of([*stopping, *self._by_items(stop)])

    def promised(self, stop: Stop) -> Curve:
        """When everything that a promise relies on has finished; its own target bounds nothing here."""
        left_out = [self.never] if self.onward(stop).leaves_out else []
        return self.latest_of([*left_out, *self._by_items(stop)])

    def _by_items(self, stop: Stop) -> Iterator[Curve]:
        """Handed over along every item and finished there, each `by_route`; what is handed over after the same time all together.

        The latest of some curves, each after the same hand-over, is the hand-over and then the latest of them.
        """
        together: dict[Time | None, list[Stop]] = {}
        for item in self.onward(stop).items:
            if isinstance(item.route, Member):
                after = hand_over_time(item.route, stop.priority)
                together.setdefault(after.value if after else None, []).append(stop.beyond(item.route))
            else:
                yield self.by_route(stop, item.route)
        for time, stops in together.items():
            yield self._passed_on(stop, time, tuple(stops))

    def _passed_on(self, stop: Stop, after: Time | None, stops: tuple[Stop, ...]) -> Curve:
        """Handed over to all of these after so much time, and finished there: the same for all who hand over to them like that."""
        agreement = self.agreements[stop.agreement]
        if after is not None:
            handed_over = self.clock(agreement.calendar.value).due(after)
        else:
            handed_over = self.at_once if agreement.promises else (self.own(stop) or self.never)
        return self.in_turn(handed_over, self._done_at(stops))

    def _done_at(self, stops: tuple[Stop, ...]) -> Curve:
        """When all of these have finished."""
        if stops not in self._all:
            self._all[stops] = self.latest_of(self.done(stop) for stop in stops)
        return self._all[stops]

    def by_route(self, stop: Stop, route: Route) -> Curve:
        """Handed over along a route and finished there."""
        if isinstance(route, Member):
            return self.in_turn(self.hand_over(stop, route), self.done(stop.beyond(route)))
        parts = [self.by_route(stop, inner) for inner in route.members]
        return earliest(parts) if route.how == "any_of" else self.latest_of(parts)

    def done_along(self, stop: Stop, route: Route, now: int) -> int:
        """When a ticket at a stop at one tick is done, handed over along a route: `by_route`, at that tick alone."""
        if isinstance(route, Member):
            return self.done(stop.beyond(route))(self.hand_over(stop, route)(now))
        parts = [self.done_along(stop, inner, now) for inner in route.members]
        return min(parts) if route.how == "any_of" else max(parts)

    def grouped(self, stop: Stop) -> bool:
        """Whether there is a group in its list, or in that of anything below."""
        return settle(stop, self.needs, self._grouped_at, self._grouped)

    def _grouped_at(self, stop: Stop) -> bool:
        return self.onward(stop).grouped or any(self._grouped[need] for need in self.needs(stop))

    def reached(self, start: Stop) -> list[Stop]:
        """Every stop below, in the order in which lists first lead there, groups opened."""
        return reached(start, self.needs)


def _whatever(key: object) -> bool:
    """What is made of curves goes for them whatever changed."""
    return True
