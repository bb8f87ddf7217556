"""How soon a ticket can be done: no clock runs faster than time, so the seconds on its way pass in any case."""

from __future__ import annotations

from slachain.analysis.chains import Chains, Stop
from slachain.analysis.order import settle
from slachain.analysis.routes import hand_over_time
from slachain.clocks.curves import NEVER
from slachain.language.model import Member, Route
from slachain.language.scalars import Duration, Time
from slachain.language.values import dataclass, field


@dataclass(slots=True, eq=False)
class Soonest:
    """The least seconds that may pass between a ticket's arrival and its end; `NEVER` and more where nothing bounds it.

    What is told in business days counts nothing: two of them may be as near to one another as one likes.
    """

    chains: Chains
    _least: dict[Stop, int] = field(default_factory=dict)

    def later_than(self, root: Stop, seconds: int) -> bool:
        """Whether what a promise relies on takes longer than so much in any case, and is done some time."""
        return seconds < self.promised(root) < NEVER

    def promised(self, root: Stop) -> int:
        """Until everything that a promise relies on has finished."""
        for need in self.chains.needs(root):
            self.done(need)
        onward = self.chains.onward(root)
        return max([self._along(root, item.route) for item in onward.items] + ([NEVER] if onward.leaves_out else []), default=NEVER)

    def done(self, stop: Stop) -> int:
        """Until an agreement has finished with it."""
        return settle(stop, self.chains.needs, self._done_at, self._least)

    def _done_at(self, stop: Stop) -> int:
        onward = self.chains.onward(stop)
        parts = [self._along(stop, item.route) for item in onward.items]
        return max([*parts, self._own(stop)] if onward.may_stop else parts, default=NEVER)

    def _along(self, stop: Stop, route: Route) -> int:
        if isinstance(route, Member):
            return self._handed_over(stop, route) + self._least[stop.beyond(route)]
        parts = [self._along(stop, inner) for inner in route.members]
        return min(parts) if route.how == "any_of" else max(parts)

    def _handed_over(self, stop: Stop, member: Member) -> int:
        after = hand_over_time(member, stop.priority)
        if after is not None:
            return _seconds(after.value)
        return 0 if self.chains.agreements[stop.agreement].promises else self._own(stop)

    def _own(self, stop: Stop) -> int:
        targets, extra = self.chains.targets(stop), self.chains.extra(stop)
        if not targets or extra is None:
            return NEVER
        return max(_seconds(target.within.value) for target in targets) + extra


def _seconds(time: Time) -> int:
    return time.seconds if isinstance(time, Duration) else 0
