"""Outages put into real months, where they hurt most, as long as the commitments allow; and what is then left of the service.

Under `failures: unknown` an adversary places every outage, and the promise has to be kept each time. Under `independent` outages
come at random, and it has to be kept on the average of many such months.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property
from math import sqrt

import numpy as np

from slachain.analysis.amounts import AmountVerdict
from slachain.language.catalogue import Catalogue
from slachain.language.model import ANY, Agreement, AmountTarget, Item, Member, Route
from tests.simulation.priorities import priorities_below
from tests.simulation.tickets import Place, concerning, leaves
from tests.simulation.times import horizon
from tests.simulation.wall import DAY, EPOCH, Cells, Sight, begins

MINUTE = 60
MONTHS = {"month": 1, "quarter": 3, "year": 12}
DRAWN, MANY = 16, 800  # months at random, to be averaged; and before anything is said, since what is rare may be in none of a few
PLACEMENTS = ("all at once", "by turns", "anywhere")


@dataclass(frozen=True)
class Stretch:
    """A calendar month, quarter or year in a zone: first second, and the one after its last."""

    start: int
    end: int


def stretches(kind: str, zone: str, start: int, end: int) -> Iterator[Stretch]:
    """Every one that has a second from start to before end."""
    day = EPOCH + timedelta(days=start // DAY - 400)
    first = date(day.year, 1, 1)
    while begins(first, zone) < end:
        later = first.year * 12 + first.month - 1 + MONTHS[kind]
        following = date(later // 12, later % 12 + 1, 1)
        if begins(following, zone) > start:
            yield Stretch(begins(first, zone), begins(following, zone))
        first = following


@dataclass(eq=False)
class Outages:
    """One availability promise on trial."""

    catalogue: Catalogue
    verdict: AmountVerdict
    as_of: date
    chance: np.random.Generator
    seen: Counter[str] = field(default_factory=Counter)
    sights: dict[tuple[int, int], Sight] = field(default_factory=dict)

    @cached_property
    def agreement(self) -> Agreement:
        return self.catalogue.agreements[self.verdict.promise.agreement.id]

    @property
    def calendar(self) -> str:
        return (self.verdict.promise.target.calendar or self.agreement.calendar).value

    @property
    def metric(self) -> str:
        return self.verdict.promise.metric.id

    @cached_property
    def zone(self) -> str:
        return Sight(self.catalogue.calendars, 0, 0, 1).zone(self.calendar)

    @cached_property
    def counted(self) -> list[Stretch]:
        """The whole periods within the horizon in which the customer's clock runs, or else the one that holds its start."""
        zones = Sight(self.catalogue.calendars, 0, 0, 1)
        start, end = horizon(self.agreement, self.zone, zones.zone(self.agreement.calendar.value), self.as_of)
        found = list(stretches(self.verdict.promise.target.period, self.zone, start, end))
        whole = [one for one in found if start <= one.start and one.end <= end]
        return [one for one in whole or found[:1] if self.minutes(one, self.calendar).any()]

    def minutes(self, of: Stretch, calendar: str) -> Cells:
        """When a calendar is open, minute by minute."""
        first = (of.start // DAY - 1) * DAY
        cells = ((of.end - first) // DAY + 2) * DAY // MINUTE
        key = (first, cells)
        if key not in self.sights:
            self.sights[key] = Sight(self.catalogue.calendars, first, cells, MINUTE)
        return self.sights[key].clock(calendar).open[(of.start - first) // MINUTE : (of.end - first) // MINUTE]

    def items(self, place: Place) -> list[Item]:
        found = [(item, concerning(item.route, self.metric)) for item in self.catalogue.agreements[place[0]].relies_on]
        return [Item(route, item.at, item.share) for item, route in found if route]

    def committed(self, place: Place) -> AmountTarget | None:
        written = self.catalogue.agreements[place[0]].targets.get(self.metric, {})
        found = written.get(place[1]) or written.get(ANY)
        return found if isinstance(found, AmountTarget) else None

    def breaches(self) -> Iterator[str]:
        if self.verdict.supported is None or not self.counted:
            return
        names = [self.verdict.promise.priority]
        if names == [ANY]:
            names = priorities_below(self.catalogue, self.agreement.id, self.metric)
        adversary = self.catalogue.policy.failures == "unknown"
        for name in names:
            for number in sorted(set(self.chance.integers(0, len(self.counted), 2).tolist())):
                month = Month(self, self.counted[number], name)
                yield from self.at_its_worst(month) if adversary else self.on_average(month)

    def at_its_worst(self, month: Month) -> Iterator[str]:
        supported = float(self.verdict.supported or 0)
        for placed in PLACEMENTS:
            up = month.up(placed)
            self.seen["months of outages"] += 1
            if up is not None and up < supported - 1e-9:
                yield f"up for {up}, {supported} is supported ({placed}, {month.of})"
            if self.verdict.holds and up is not None and up < float(self.verdict.promise.amount) - 1e-9:
                yield f"holds, but is up for {up} ({placed}, {month.of})"

    def on_average(self, month: Month) -> Iterator[str]:
        """Hours that no vendor covers are no random failures: where several stand in for each other, they are left out."""
        if month.uncovered_among_several():
            self.seen["alternatives with hours that nobody covers"] += 1
            return
        supported = float(self.verdict.supported or 0)
        for drawn in (DRAWN, MANY):
            found = [up for _ in range(drawn) if (up := month.up("anywhere")) is not None]
            self.seen["months of outages"] += len(found)
            if not found or np.mean(found) >= supported - 6 * float(np.std(found)) / sqrt(drawn) - 1e-6:
                return
        yield f"up for {np.mean(found)} on average, {supported} is supported ({month.of})"


@dataclass(eq=False)
class Month:
    """One period, and everything that may be down in it."""

    trial: Outages
    of: Stretch
    priority: str
    down: dict[Place, Cells] = field(default_factory=dict)
    spent: int = 0

    @cached_property
    def customer(self) -> Cells:
        return self.trial.minutes(self.of, self.trial.calendar)

    def up(self, placed: str) -> float | None:
        """The share of the customer's minutes in which the service is up, with outages placed anew; None where nothing is promised."""
        self.down, self.spent = {}, int(self.trial.chance.integers(0, len(self.customer)))
        down = self.of_list((self.trial.agreement.id, self.priority), placed)
        return None if down is None else float(1 - (down & self.customer).sum() / self.customer.sum())

    def of_list(self, place: Place, placed: str) -> Cells | None:
        """Down when anything that is relied on is."""
        parts = [self.of_route(place, item.route, placed) for item in self.trial.items(place)]
        known = [part for part in parts if part is not None]
        return np.asarray(np.logical_or.reduce(known)) if known else None

    def of_route(self, place: Place, route: Route, placed: str) -> Cells | None:
        if isinstance(route, Member):
            named = route.priorities.get(place[1])
            return self.of_agreement((route.agreement.value, named.value if named else place[1]), placed)
        parts, start, furthest = [], self.spent, self.spent
        for inner in route.members:  # what stands in for each other fails at the same time, what is needed together by turns
            self.spent = start if route.how == "any_of" else self.spent
            parts.append(self.of_route(place, inner, placed))
            furthest = max(furthest, self.spent)
        self.spent = furthest
        known = [part for part in parts if part is not None]
        if not known:
            return None
        return np.asarray((np.logical_and if route.how == "any_of" else np.logical_or).reduce(known))

    def of_agreement(self, place: Place, placed: str) -> Cells | None:
        """Its own outages, or those of what it relies on, whichever are more; the same for everyone who needs it."""
        if place not in self.down:
            target, below = self.trial.committed(place), self.of_list(place, placed)
            own = self.outages(place[0], target, placed) if target else None
            found = [one for one in (own, below) if one is not None]
            if not found:
                return None
            self.down[place] = max(found, key=lambda one: int((one & self.customer).sum()))
        return self.down[place]

    def outages(self, agreement: str, target: AmountTarget, placed: str) -> Cells:
        """Closed hours, and as many open minutes as the commitment leaves in all its periods that reach into this one."""
        calendar = (target.calendar or self.trial.catalogue.agreements[agreement].calendar).value
        open = self.trial.minutes(self.of, calendar)
        places = np.flatnonzero(open & self.customer)
        chosen = self.placed(places, min(len(places), int(self.allowance(target, calendar))), placed)
        down = ~open
        down[chosen] = True
        return down

    def allowance(self, target: AmountTarget, calendar: str) -> Fraction:
        share = target.bound.value
        assert isinstance(share, Fraction)
        theirs = stretches(target.period, self.trial.zone, self.of.start, self.of.end)
        return sum(((1 - share) * int(self.trial.minutes(one, calendar).sum()) for one in theirs), Fraction(0))

    def placed(
        self, places: np.ndarray[tuple[int], np.dtype[np.int64]], count: int, how: str
    ) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        if how == "anywhere":
            return self.trial.chance.choice(places, count, replace=False)
        start = int(np.searchsorted(places, self.spent % len(self.customer)))
        chosen = np.roll(places, -start)[:count]
        if how == "by turns" and count:
            self.spent += (int(chosen[-1]) + 1 - self.spent) % len(self.customer)
        return chosen

    def uncovered_among_several(self) -> bool:
        """Whether some group of alternatives has a member whose hours leave out some of the customer's."""
        return any(self.uncovered(place) for place in self.below((self.trial.agreement.id, self.priority)))

    def uncovered(self, place: Place) -> bool:
        target = self.trial.committed(place)
        if target is None:
            return False
        calendar = (target.calendar or self.trial.catalogue.agreements[place[0]].calendar).value
        return bool((self.customer & ~self.trial.minutes(self.of, calendar)).any())

    def below(self, place: Place) -> set[Place]:
        direct = set()
        for leaf in (leaf for item in self.trial.items(place) for leaf in leaves(item.route)):
            named = leaf.priorities.get(place[1])
            direct.add((leaf.agreement.value, named.value if named else place[1]))
        return direct.union(*(self.below(one) for one in direct))
