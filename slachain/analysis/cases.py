"""One ticket followed step by step: who has it when, on whose clock (section 7)."""

from __future__ import annotations

from slachain.analysis.chains import Chains, Stop
from slachain.analysis.routes import hand_over_time
from slachain.clocks.clock import Clock
from slachain.clocks.curves import BEYOND, NEVER, Curve
from slachain.language.model import Agreement, Group, Member, Route, TimeTarget, Written
from slachain.language.scalars import BusinessDays, Duration, Time
from slachain.language.values import dataclass, replace

HANDS_OVER, FINISHES, LEAVES_OUT = "hands over", "finishes", "leaves to nobody"


@dataclass(frozen=True, slots=True)
class Step:
    """What one agreement does with the ticket, from and to in ticks (`to` is at least BEYOND for never).

    `allowed` is the commitment or hand-over that bounds it, None where nothing does; `paused` the seconds that unshared
    pauses add, None without limit; `member` is whom it is handed to.
    """

    stop: Stop
    does: str
    start: int
    to: int
    allowed: Written[Time] | None
    calendar: str
    target: TimeTarget | None = None
    paused: int | None = 0
    member: Member | None = None

    @property
    def missing(self) -> bool:
        """Whether a commitment is lacking here."""
        return self.allowed is None

    @property
    def ends(self) -> bool:
        """Whether the step is ever over."""
        return self.to < BEYOND

    def of(self, agreement: Agreement) -> Step:
        """What another agreement hands over itself, and to whom, where it says so."""
        stop = replace(self.stop, agreement=agreement.id)
        if self.member is None:
            return replace(self, stop=stop)
        member = next(one for item in agreement.relies_on for one in item.members() if one.place == self.member.place)
        return replace(self, stop=stop, member=member, allowed=hand_over_time(member, stop.priority))

    @property
    def seconds(self) -> int | None:
        """How long it may take on one clock, pauses included; None where that is told in business days, or nothing bounds it."""
        if self.allowed is None or self.paused is None or isinstance(self.allowed.value, BusinessDays):
            return None
        return self.allowed.value.seconds + self.paused

    def on(self, clock: Clock) -> tuple[Curve, ...]:
        """The curves of what it allows, were they all on this clock; empty where nothing bounds it."""
        if self.allowed is None or self.paused is None:
            return ()
        due = clock.due(self.allowed.value)
        return (due, clock.due(Duration(self.paused))) if self.paused else (due,)


@dataclass(frozen=True, slots=True)
class Case:
    """A ticket: opened and done in ticks, the agreements it passes, and the steps that take time."""

    opened: int
    done: int
    attained: bool
    path: tuple[str, ...]
    steps: tuple[Step, ...]

    def of(self, agreement: Agreement) -> Case:
        """The same ticket of another agreement that promises the same: its own steps are those at the start of the path."""
        if self.path[0] == agreement.id:
            return self
        steps = tuple(step.of(agreement) if step.stop.agreement == self.path[0] else step for step in self.steps)
        return replace(self, path=(agreement.id, *self.path[1:]), steps=steps)


def follow(chains: Chains, root: Stop, opened: int, attained: bool) -> Case:
    """The ticket opened then, along the path on which it is done last (for `any_of`, first).

    Where it is never handed over to somebody behind whom a commitment is missing, that is told instead: it is missing whoever hands over.
    """
    path, steps = [root.agreement], []
    at, now = root, opened
    while True:
        route = _way(chains, at, now, root=at == root)
        if route is None:
            steps.append(_left_out(at, now, chains) if at == root else _finish(chains, at, now))
            return Case(opened, steps[-1].to, attained, tuple(path), tuple(steps))
        step = _hand_over(chains, at, route, now)
        if step is not None and (step.ends or step.missing or chains.done(at.beyond(route)).past < NEVER):
            steps.append(step)
            if not step.ends:
                return Case(opened, step.to, attained, tuple(path), tuple(steps))
            now = step.to
        at = at.beyond(route)
        path.append(at.agreement)


def alone(chains: Chains, root: Stop, stop: Stop, opened: int, attained: bool) -> Case:
    """One commitment by itself, for a metric whose chain is `each`: the first path to it, and its own time."""
    step = _finish(chains, stop, opened)
    return Case(opened, step.to, attained, tuple(_first_path(chains, root, stop)), (step,))


def _first_path(chains: Chains, root: Stop, goal: Stop) -> list[str]:
    """A shortest path, the first in list order."""
    came: dict[Stop, Stop | None] = {root: None}
    queue = [root]
    for stop in queue:
        for need in chains.needs(stop):
            if need not in came:
                came[need] = stop
                queue.append(need)
    path, at = [], goal if goal in came else None
    while at is not None:
        path.append(at.agreement)
        at = came[at]
    return path[::-1]


def _way(chains: Chains, at: Stop, now: int, root: bool) -> Member | None:
    """To whom the ticket goes that is done last; None where it stops, which is the first of equals."""
    onward = chains.onward(at)
    if not onward.items:
        return None
    worst, route = max(((chains.done_along(at, item.route, now), item.route) for item in onward.items), key=lambda way: way[0])
    if root and onward.leaves_out and worst < NEVER:
        return None
    if not root and onward.may_stop:
        own = chains.own(at)
        if (NEVER if own is None else own(now)) >= worst:
            return None
    return _member(chains, at, route, now)


def _member(chains: Chains, at: Stop, route: Route, now: int) -> Member:
    """Of a group whoever is done first, or last, and of equals the one that stands first in it."""
    while isinstance(route, Group):
        whoever = min if route.how == "any_of" else max
        route = whoever(route.members, key=lambda inner: chains.done_along(at, inner, now))
    return route


def _hand_over(chains: Chains, at: Stop, member: Member, now: int) -> Step | None:
    """None where that is at once, as of a promise that names no time."""
    to = chains.hand_over(at, member)(now)
    if to == now:
        return None
    explicit, calendar = hand_over_time(member, at.priority), chains.agreements[at.agreement].calendar.value
    if explicit:
        return Step(at, HANDS_OVER, now, to, explicit, calendar, member=member)
    target = _slowest(chains, at, now)
    if target is None:
        return Step(at, HANDS_OVER, now, to, None, calendar, member=member)
    return Step(at, HANDS_OVER, now, to, target.within, chains.calendar_of(target, at), target, chains.extra(at), member)


def _finish(chains: Chains, at: Stop, now: int) -> Step:
    target = _slowest(chains, at, now)
    if target is None:
        return Step(at, FINISHES, now, NEVER, None, chains.agreements[at.agreement].calendar.value)
    own = chains.own(at)
    assert own is not None
    return Step(at, FINISHES, now, own(now), target.within, chains.calendar_of(target, at), target, chains.extra(at))


def _left_out(at: Stop, now: int, chains: Chains) -> Step:
    return Step(at, LEAVES_OUT, now, NEVER, None, chains.agreements[at.agreement].calendar.value)


def _slowest(chains: Chains, at: Stop, now: int) -> TimeTarget | None:
    """Of a relied-on promise's alternatives the latest, else the one commitment there is."""
    targets = chains.targets(at)
    extra = chains.extra(at) or 0
    return max(targets, key=lambda t: chains.lengthened(t, at, extra)(now), default=None)
