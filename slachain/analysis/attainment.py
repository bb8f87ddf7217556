"""What share of tickets is assured in time, at least (section 10), exact.

Taken per stop, not per path: lateness of what follows is added by shares, and the arrival at a stop is the latest
over all paths that lead there.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from slachain.analysis.chains import Chains, Stop
from slachain.analysis.order import settle
from slachain.analysis.routes import hand_over_time
from slachain.analysis.views import ViewTooShort
from slachain.clocks.clock import Clock
from slachain.clocks.curves import Curve
from slachain.clocks.intervals import Intervals
from slachain.language.model import Member, Route, members
from slachain.language.scalars import Time
from slachain.language.values import dataclass, field

NOTHING, WHOLE = Fraction(0), Fraction(1)


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """What is late: tickets opened within some instants that take longer than so much on a clock; in the last view there is, or an earlier one."""

    chains: Chains
    clock: Clock
    opened: Intervals
    limit: Time
    arrivals: str
    final: bool

    def late(self, done: Curve) -> Fraction:
        """The share of tickets that may be, when they are done. Raises ViewTooShort where that cannot be told of some."""
        read = self.chains.reading(done, self.clock, self.opened)
        if not self.final and read.undecided(self.limit):
            raise ViewTooShort
        return read.may_be_late(self.limit, self.arrivals)


@dataclass(slots=True, eq=False)
class Lateness:
    """How many tickets may be late below one promise.

    `asked` counts exposure too, without it attainments alone; `absent` is what a commitment that is missing counts.
    `anyone`: of what stands in for each other, it may be anyone who is in time, and whose misses count.
    """

    chains: Chains
    root: Stop
    asked: Asked | None = None
    absent: Fraction = WHOLE
    anyone: bool = False
    _arrival: dict[Stop, Curve] = field(default_factory=dict)
    _handing: dict[tuple[tuple[object, ...], tuple[Stop, ...]], Curve] = field(default_factory=dict)
    _late: dict[Stop, Fraction] = field(default_factory=dict)
    _parents: dict[Stop, list[tuple[Stop, Member]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.asked is None:
            self._late = self.chains.lacking.setdefault((self.absent, self.anyone), self._late)
        else:
            for stop in [self.root, *self.chains.reached(self.root)]:
                for member in self.chains.onward(stop).members():
                    self._parents.setdefault(stop.beyond(member), []).append((stop, member))

    def of_promise(self) -> Fraction:
        """The share that may be late at the promise: it hands on at once, and stops nowhere itself."""
        return self._by_shares(self.root, [self.absent] if self.chains.onward(self.root).leaves_out else [])

    def late(self, stop: Stop) -> Fraction:
        """The share of tickets reaching a stop that may be late."""
        return settle(stop, self.chains.needs, self._late_at, self._late)

    def _late_at(self, stop: Stop) -> Fraction:
        stopping = [self._stopping(stop)] if self.chains.onward(stop).may_stop else []
        return self._by_shares(stop, stopping)

    def _by_shares(self, stop: Stop, rest: list[Fraction]) -> Fraction:
        """Items with a share count that much; what remains counts with the worst of stopping and the other items."""
        onward = self.chains.onward(stop)
        rest = rest + [self._along_item(stop, item.route) for item in onward.open_items]
        if not onward.shared:
            return min(WHOLE, max(rest, default=NOTHING))
        shared = sum((i.share.value * self._along_item(stop, i.route) for i in onward.items if i.share), NOTHING)
        return min(WHOLE, shared + max(onward.rest, NOTHING) * max(rest, default=NOTHING))

    def _stopping(self, stop: Stop) -> Fraction:
        own = self.chains.own(stop)
        if own is None:
            return self.absent
        exposed = self.asked.late(self.chains.in_turn(self.arrival(stop), own)) if self.asked else NOTHING
        return min(WHOLE, exposed + self._lacking(stop))

    def _lacking(self, stop: Stop) -> Fraction:
        """1 - attainment of the stop's own target; of alternatives the least attainment counts."""
        targets = self.chains.targets(stop)
        return 1 - min(target.share for target in targets) if targets else self.absent

    def _along_item(self, stop: Stop, route: Route) -> Fraction:
        """What follows an item, and once more what its hand-over lacks where that is the agreement's own target."""
        by_default = any(hand_over_time(member, stop.priority) is None for member in members(route))
        lacking = self._lacking(stop) if by_default and not self.chains.agreements[stop.agreement].promises else NOTHING
        return min(WHOLE, self._along(stop, route) + lacking)

    def _along(self, stop: Stop, route: Route) -> Fraction:
        """The share that may be late of what is handed over along a route."""
        if isinstance(route, Member):
            return self.late(stop.beyond(route))
        parts = [self._along(stop, inner) for inner in route.members]
        if route.how == "all_of" or self.anyone:
            return min(WHOLE, sum(parts, NOTHING))
        return min(WHOLE, *parts, self._group(stop, route, self.asked) if self.asked else WHOLE)

    def _group(self, stop: Stop, route: Route, asked: Asked) -> Fraction:
        """The exposure of the group as a whole, and what its members lack in attainment alone, groups among them opened."""
        bare = Lateness(self.chains, self.root, anyone=True)
        lacking = sum((bare._along(stop, inner) for inner in getattr(route, "members", ())), NOTHING)
        return asked.late(self.chains.in_turn(self.arrival(stop), self.chains.by_route(stop, route))) + lacking

    def arrival(self, stop: Stop) -> Curve:
        """The latest arrival at a stop over all paths."""
        if stop == self.root:
            return self.chains.at_once
        return settle(stop, self._before, self._latest_arrival, self._arrival)

    def _before(self, stop: Stop) -> Iterable[Stop]:
        return [parent for parent, _ in self._parents[stop] if parent != self.root]

    def _latest_arrival(self, stop: Stop) -> Curve:
        """The latest over all who hand over to it; those who do so after the same time together, since later in is later out."""
        together: dict[tuple[object, ...], list[tuple[Stop, Member]]] = {}
        for parent, member in self._parents[stop]:
            after = hand_over_time(member, parent.priority)
            key = (self.chains.agreements[parent.agreement].calendar.value, after.value) if after else (parent,)
            together.setdefault(key, []).append((parent, member))
        return self.chains.latest_of(self._handed_over(key, ways) for key, ways in together.items())

    def _handed_over(self, how: tuple[object, ...], ways: list[tuple[Stop, Member]]) -> Curve:
        """When all of some have handed over who do so alike: the same for all to whom these hand over like that."""
        parents = tuple(dict.fromkeys(parent for parent, _ in ways))
        if (how, parents) not in self._handing:
            reached = self.chains.latest_of(self.chains.at_once if parent == self.root else self._arrival[parent] for parent in parents)
            self._handing[how, parents] = self.chains.in_turn(reached, self.chains.hand_over(*ways[0]))
        return self._handing[how, parents]
