"""What everything relied on supplies together of an availability, exactly (section 8)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import prod

from slachain.analysis.chains import Stop
from slachain.analysis.order import settle
from slachain.analysis.promises import Horizon
from slachain.analysis.routes import Routes, target_for
from slachain.clocks.calendars import YEAR, Calendars
from slachain.clocks.periods import OpenTime, Period, periods
from slachain.language.model import Agreement, AmountTarget, Member, Route, members
from slachain.language.values import dataclass, field

WHOLE = Fraction(1)


@dataclass(slots=True, eq=False)
class Downtime:
    """Open hours of calendars around one horizon, in the promise's own zone and on its clock."""

    calendars: Calendars
    calendar: str
    kind: str
    horizon: Horizon

    def open(self, *calendars: str) -> OpenTime:
        """When calendars are open together, a year and more on both sides of the horizon."""
        return self.calendars.measured(self.horizon.start - YEAR, self.horizon.end + YEAR, *calendars)

    def shared(self, calendar: str) -> OpenTime:
        """When both that calendar and the promise's are open."""
        return self.open(self.calendar, calendar)

    @property
    def zone(self) -> str:
        """The promise's time zone, in which all periods are told."""
        return self.calendars.zone(self.calendar)

    def counted(self) -> tuple[Period, ...]:
        """The whole periods inside the horizon in which the promise's clock runs; else the one that contains its start."""
        return self.calendars.periods(self.calendar, self.kind, self.horizon.start, self.horizon.end)

    def least(self, share: Fraction, calendar: str, kind: str) -> Fraction:
        """The least that a commitment to so great a share, on its calendar and per its kind of period, leaves in any counted period.

        Of many agreements it is the same question.
        """
        key = (self.calendar, self.kind, self.horizon, share, calendar, kind)
        if key not in self.calendars.least:
            found = (left(share, *seconds) for seconds in self.seconds(calendar, kind))
            self.calendars.least[key] = min(found, default=WHOLE)
        return self.calendars.least[key]

    def seconds(self, calendar: str, kind: str) -> tuple[tuple[int, int, int], ...]:
        """Of each counted period: how long the promise's clock runs, how long the other then runs too, and that one in its own periods.

        No share has a part in that.
        """
        key = (self.calendar, self.kind, self.horizon, calendar, kind)
        if key not in self.calendars.seconds:
            promised, both, theirs = self.open(self.calendar), self.shared(calendar), self.open(calendar)
            own = ((p, (p,) if kind == self.kind else periods(kind, self.zone, p.start, p.end)) for p in self.counted())
            found = ((promised.within(p), both.within(p), sum(map(theirs.within, of_theirs))) for p, of_theirs in own)
            self.calendars.seconds[key] = tuple(found)
        return self.calendars.seconds[key]


def left(share: Fraction, promised: int, both: int, theirs: int) -> Fraction:
    """What is left of the promised seconds of a period: all but the outage that `1 - share` of theirs allows, as long as both clocks run.

    And all but when only the promise's runs: `1 - (min(both, (1 - share) * theirs) + promised - both) / promised`.
    """
    whole = share.denominator
    return Fraction(max(0, whole * both - (whole - share.numerator) * theirs), whole * promised)


@dataclass(slots=True, eq=False)
class Supply:
    """What agreements supply of one metric to one promise's clock and period; None where nothing is committed."""

    agreements: Mapping[str, Agreement]
    routes: Routes
    downtime: Downtime
    failures: str
    _memo: dict[Stop, Fraction | None] = field(default_factory=dict)
    _own: dict[Stop, Fraction | None] = field(default_factory=dict)

    def of_list(self, stop: Stop) -> Fraction | None:
        """What an agreement's list supplies."""
        for need in self._needs(stop):
            settle(need, self._needs, self._of_agreement, self._memo)
        return self._side_by_side(self._components(stop))

    def _needs(self, stop: Stop) -> Iterable[Stop]:
        return [stop.beyond(member) for member in self.routes.onward(stop.agreement, stop.metric).members()]

    def own(self, stop: Stop) -> Fraction | None:
        """The least that an agreement's own commitment leaves in any counted period."""
        if stop not in self._own:
            self._own[stop] = self._least(stop)
        return self._own[stop]

    def _least(self, stop: Stop) -> Fraction | None:
        target = target_for(self.agreements[stop.agreement], stop.metric, stop.priority)
        if not isinstance(target, AmountTarget) or not isinstance(target.bound.value, Fraction):
            return None
        calendar = (target.calendar or self.agreements[stop.agreement].calendar).value
        return self.downtime.least(target.bound.value, calendar, target.period)

    def _of_agreement(self, stop: Stop) -> Fraction | None:
        """Its own commitment, and no more than what its list supplies on the same clock."""
        own, below = self.own(stop), self._side_by_side(self._components(stop))
        return below if own is None else own if below is None else min(own, below)

    def _components(self, stop: Stop) -> dict[object, Fraction]:
        """Everything that a list needs, the same agreement and priority once; who has no commitment stands for its own list."""
        found: dict[object, Fraction] = {}
        for item in self.routes.onward(stop.agreement, stop.metric).items:
            self._add(stop, item.route, found)
        return found

    def _add(self, stop: Stop, route: Route, found: dict[object, Fraction]) -> None:
        if isinstance(route, Member):
            below = stop.beyond(route)
            if self.own(below) is None:
                found.update(self._components(below))
            elif (supplied := self._memo[below]) is not None:
                found[below] = supplied
        elif route.how == "all_of":
            for inner in route.members:
                self._add(stop, inner, found)
        elif (supplied := self._any_of(stop, route.members)) is not None:
            found[stop, route.at] = supplied

    def _side_by_side(self, components: Mapping[object, Fraction]) -> Fraction | None:
        """All are needed: shares multiply where failures are independent, else downtimes add up."""
        if not components:
            return None
        if self.failures == "independent":
            return prod(components.values(), start=WHOLE)
        return max(Fraction(0), 1 - sum((1 - s for s in components.values()), Fraction(0)))

    def _any_of(self, stop: Stop, routes: tuple[Route, ...]) -> Fraction | None:
        """Down only when all are; as good as the best where failures may have a cause in common."""
        counted = [(route, self._one_way(stop, route)) for route in routes]
        supplied = [(route, share) for route, share in counted if share is not None]
        if not supplied:
            return None
        best = max(share for _, share in supplied)
        if self.failures != "independent" or self._share_something(stop, [route for route, _ in supplied]):
            return best
        return 1 - prod((1 - share for _, share in supplied), start=WHOLE)

    def _one_way(self, stop: Stop, route: Route) -> Fraction | None:
        found: dict[object, Fraction] = {}
        self._add(stop, route, found)
        return self._side_by_side(found)

    def _share_something(self, stop: Stop, routes: list[Route]) -> bool:
        """Whether two of the members need the same agreement, anywhere below them."""
        seen: set[str] = set()
        for route in routes:
            needed = self._needed(stop, route)
            if seen & needed:
                return True
            seen |= needed
        return False

    def _needed(self, stop: Stop, route: Route) -> set[str]:
        named = {member.agreement.value for member in members(route)}
        return named.union(*(self.routes.below(id, stop.metric) for id in named))
