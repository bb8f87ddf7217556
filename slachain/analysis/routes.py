"""What an agreement relies on for one metric: items, shares, and where a ticket may stop (section 6)."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property

from slachain.analysis.order import spread
from slachain.language.model import ANY, Agreement, Group, Item, Member, Route, Target, Written, members
from slachain.language.scalars import Time
from slachain.language.values import dataclass, field

NOTHING = Fraction(0)


@dataclass(frozen=True)  # without slots: what is asked of it for every priority is kept
class Onward:
    """The items of one agreement that concern one metric."""

    items: tuple[Item, ...]

    @cached_property
    def shared(self) -> Fraction:
        """The shares in all, exact."""
        return sum((item.share.value for item in self.items if item.share), NOTHING)

    @cached_property
    def rest(self) -> Fraction:
        """What no share speaks of."""
        return 1 - self.shared

    @cached_property
    def open_items(self) -> tuple[Item, ...]:
        """Those without a share: any ticket may go there."""
        return tuple(item for item in self.items if not item.share)

    @cached_property
    def may_stop(self) -> bool:
        """Whether a ticket may be done by the agreement itself: unless the shares add up to the whole."""
        return self.shared < 1

    @cached_property
    def leaves_out(self) -> bool:
        """Whether a promise's shares leave tickets to nobody."""
        return bool(self.items) and self.shared < 1 and not self.open_items

    @property
    def excessive(self) -> bool:
        """Whether the shares cannot be (SC106)."""
        shared = self.shared
        return shared > 1 or (shared == 1 and bool(self.open_items))

    @cached_property
    def grouped(self) -> bool:
        """Whether any of them is a group."""
        return any(isinstance(item.route, Group) for item in self.items)

    def members(self) -> tuple[Member, ...]:
        """Every agreement named, in order."""
        return self._members

    @cached_property
    def _members(self) -> tuple[Member, ...]:
        return tuple([member for item in self.items for member in members(item.route)])


Ways = tuple[tuple[str, frozenset[str] | None], ...]
"""Names that are relied on, each with the metrics for which it is: None for all."""


@dataclass(slots=True)
class Routes:
    """Items by agreement and metric, each filtered once."""

    agreements: Mapping[str, Agreement]
    _onward: dict[tuple[str, str], Onward] = field(default_factory=dict)
    _below: dict[tuple[tuple[str, ...], str], frozenset[str]] = field(default_factory=dict)
    _named: dict[str, Ways] = field(default_factory=dict)
    _ways: dict[Ways, Ways] = field(default_factory=dict)  # each once: thousands rely on the same
    _sets: dict[frozenset[str], frozenset[str]] = field(default_factory=dict)  # each once: then they are soon compared
    _apart: dict[tuple[frozenset[str], str], frozenset[str]] = field(default_factory=dict)
    _committed: dict[tuple[frozenset[str], str], tuple[Agreement, ...]] = field(default_factory=dict)

    def onward(self, agreement: str, metric: str) -> Onward:
        """What concerns the metric in an agreement's list; a group left without members is no item for it.

        An agreement that could not be read relies on nothing that is known.
        """
        key = (agreement, metric)
        if key not in self._onward:
            found = self.agreements.get(agreement)
            kept = ((item, _concerning(item.route, metric)) for item in (found.relies_on if found else ()))
            self._onward[key] = Onward(tuple(Item(route, item.at, item.share) for item, route in kept if route))
        return self._onward[key]

    def below(self, agreement: str, metric: str) -> frozenset[str]:
        """Everything that an agreement relies on for a metric, at any distance; one set for all that rely on the same directly."""
        key = (self._direct(agreement, metric), metric)
        if key not in self._below:
            found = spread(key[0], lambda id: self._direct(id, metric))
            self._below[key] = self._sets.setdefault(found, found)
        return self._below[key]

    def committed_below(self, agreement: str, metric: str) -> tuple[Agreement, ...]:
        """Those of them that have targets for the metric, by id."""
        key = (self.below(agreement, metric), metric)
        if key not in self._committed:
            found = (self.agreements.get(id) for id in sorted(key[0]))
            self._committed[key] = tuple(one for one in found if one and metric in one.targets)
        return self._committed[key]

    def told_apart(self, agreement: str, metric: str) -> frozenset[str]:
        """The priorities that an agreement's members are handed over by other names, or that something below has targets of their own for."""
        below = self.below(agreement, metric)
        if (below, metric) not in self._apart:
            targets = (name for one in self.committed_below(agreement, metric) for name in one.targets[metric])
            self._apart[below, metric] = frozenset(targets).union(*(self._mapped(id, metric) for id in below))
        return self._apart[below, metric] | self._mapped(agreement, metric)

    def _mapped(self, agreement: str, metric: str) -> frozenset[str]:
        return frozenset(name for member in self.onward(agreement, metric).members() for name in member.priorities)

    def ways(self, agreement: str) -> Ways:
        """Everything that an agreement relies on itself; what lies below is the same for all for whom this is."""
        named = self._named.get(agreement)
        if named is None:
            found = self.agreements.get(agreement)
            ways = tuple([(m.agreement.value, m.metrics) for item in (found.relies_on if found else ()) for m in members(item.route)])
            named = self._named[agreement] = self._ways.setdefault(ways, ways)
        return named

    def _direct(self, agreement: str, metric: str) -> tuple[str, ...]:
        """The names that it relies on for a metric itself."""
        return tuple([name for name, metrics in self.ways(agreement) if metrics is None or metric in metrics])


def _concerning(route: Route, metric: str) -> Route | None:
    if isinstance(route, Member):
        return route if route.metrics is None or metric in route.metrics else None
    kept = tuple(inner for inner in (_concerning(r, metric) for r in route.members) if inner)
    return Group(route.how, kept, route.at) if kept else None


def target_for(agreement: Agreement, metric: str, priority: str) -> Target | None:
    """The target that answers for a priority: its own, or the one written for every priority."""
    targets = agreement.targets.get(metric, {})
    return targets.get(priority) or targets.get(ANY)


def target_key(agreement: Agreement, metric: str, priority: str) -> str | None:
    """Under which priority that target is written."""
    targets = agreement.targets.get(metric, {})
    return priority if priority in targets else ANY if ANY in targets else None


def hand_over_time(member: Member, priority: str) -> Written[Time] | None:
    """The explicit `after` for a priority, or None where the default answers."""
    after = member.after or {}
    return after.get(priority) or after.get(ANY)


def their_priority(member: Member, priority: str) -> str:
    """This agreement's priority in the terms of what it relies on."""
    named = member.priorities.get(priority)
    return named.value if named else priority


def extra_pause(theirs: Mapping[str, Written[int | None]], ours: Mapping[str, int | None]) -> int | None:
    """By how many seconds pauses that the promise does not share lengthen a target; None where nothing bounds it (section 9)."""
    extra = 0
    for reason, pause in theirs.items():
        if reason in ours and ours[reason] is None:
            continue
        if pause.value is None:
            return None
        extra += max(0, pause.value - (ours.get(reason) or 0))
    return extra
