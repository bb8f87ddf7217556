"""Which promises there are, over which horizon each is checked, and for which priorities (sections 6 and 7)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from slachain.analysis.routes import Routes, their_priority
from slachain.clocks.calendars import Calendars
from slachain.clocks.wall import LAST_DAY, a_year_after, midnight
from slachain.language.model import ANY, Agreement, Metric, TimePromise, TimeTarget
from slachain.language.values import dataclass

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Promise:
    """One row: an agreement's target for a metric and priority, or one of its alternatives."""

    agreement: Agreement
    metric: Metric
    priority: str
    alternative: int | None
    target: TimeTarget

    @property
    def key(self) -> tuple[str, str, str, int]:
        """What rows are sorted by and looked up with."""
        return self.agreement.id, self.metric.id, self.priority, -1 if self.alternative is None else self.alternative

    def by(self, agreement: Agreement) -> Promise:
        """The promise in the same place of another agreement that has one there; what was handed down to both is one object."""
        if agreement.targets is self.agreement.targets:
            return Promise(agreement, self.metric, self.priority, self.alternative, self.target)
        promised = agreement.targets[self.metric.id][self.priority]
        assert isinstance(promised, TimePromise)
        return Promise(agreement, self.metric, self.priority, self.alternative, promised.alternatives[self.alternative or 0])

    @property
    def calendar(self) -> str:
        """The customer's clock, by calendar id."""
        return (self.target.calendar or self.agreement.calendar).value

    @property
    def rivals(self) -> tuple[TimeTarget, ...]:
        """The alternatives before this one, which answer first."""
        promised = self.agreement.targets[self.metric.id][self.priority]
        assert isinstance(promised, TimePromise)
        return promised.alternatives[: self.alternative or 0]


@dataclass(frozen=True, slots=True)
class Horizon:
    """The instants at which checked tickets are opened: UTC seconds, half-open."""

    start: int
    end: int


def time_promises(agreement: Agreement, metric: Metric) -> Iterator[Promise]:
    """The rows of one agreement and time metric, in order of priority as written, alternatives in order."""
    for priority, target in agreement.targets.get(metric.id, {}).items():
        if isinstance(target, TimePromise):
            for i, alternative in enumerate(target.alternatives):
                yield Promise(agreement, metric, priority, i if target.listed else None, alternative)


def expired(agreement: Agreement, as_of: date) -> bool:
    """Whether its term has ended before the day of the check."""
    closes = agreement.term.closes
    return bool(closes and closes.value < as_of)


def horizon(agreement: Agreement, calendar: str, as_of: date, calendars: Calendars) -> Horizon | None:
    """From the day of the check in the zone of a promise's clock, for a year, cut to the term; None where that has ended.

    A term that begins later starts a year of its own, in the agreement's zone, as all its dates are.
    """
    zone, term_zone = calendars.zone(calendar), calendars.zone(agreement.calendar.value)
    start, end = midnight(as_of, zone), midnight(a_year_after(as_of), zone)
    opens, closes = agreement.term.opens, agreement.term.closes
    if opens and midnight(opens.value, term_zone) > start:
        start = midnight(opens.value, term_zone)
        end = midnight(a_year_after(opens.value), term_zone)
    if closes and closes.value < LAST_DAY:
        end = min(end, midnight(closes.value + ONE_DAY, term_zone))
    return Horizon(start, end) if start < end else None


def priorities_of(agreement: Agreement, metric: str, priority: str, routes: Routes) -> list[str]:
    """The promise's own names for the priorities it is checked for: its own, or for `*` every one that is named below, and all others if there are any.

    Names below are taken back through the maps; those with a target of their own in the promise, `*` among them, have their own row.
    """
    if priority != ANY:
        return [priority]
    way = _children_first(agreement.id, metric, routes)
    named = _named_below(way, metric, routes)
    found = sorted(named - agreement.targets[metric].keys())
    return found if found and not _others(way, metric, named, routes) else [*found, ANY]


def _others(way: list[str], metric: str, named: set[str], routes: Routes) -> bool:
    """Whether there are priorities that nobody names: where a `*` beside named ones, of targets or hand-overs below, answers for none of these."""
    promise = way[-1]
    reaching = {promise: named}
    for id in reversed(way):
        names, members = reaching[id], routes.onward(id, metric).members()
        written = [member.after.keys() for member in members if member.after]
        if id != promise:
            written.append(routes.agreements[id].targets.get(metric, {}).keys())
        if any(ANY in one and names <= one for one in written):
            return True
        for member in members:
            reaching.setdefault(member.agreement.value, set()).update(their_priority(member, name) for name in names)
    return False


def _named_below(way: list[str], metric: str, routes: Routes) -> set[str]:
    """Every priority named by the last agreement of a way and by what it relies on, before it: by targets, hand-overs and maps, in its own terms.

    What a map leads to is met under the names that it leads from; what it does not speak of has the same name on both sides.
    """
    names: dict[str, set[str]] = {}
    for id in way:
        found = set(routes.agreements[id].targets.get(metric, {}))
        for member in routes.onward(id, metric).members():
            found |= set(member.after or {}) | set(member.priorities)
            found |= names[member.agreement.value] - {theirs.value for theirs in member.priorities.values()}
        names[id] = found
    return names[way[-1]]


def _children_first(agreement: str, metric: str, routes: Routes) -> list[str]:
    """The agreement and everything below it for the metric, each after what it relies on."""
    ordered: dict[str, None] = {}
    stack: list[tuple[str, bool]] = [(agreement, False)]
    while stack:
        id, expanded = stack.pop()
        if expanded:
            ordered[id] = None
        elif id not in ordered:
            stack.append((id, True))
            stack.extend((m.agreement.value, False) for m in routes.onward(id, metric).members() if m.agreement.value not in ordered)
    return list(ordered)
