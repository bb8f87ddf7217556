"""The worst ticket as a witness: what it says of a change before the whole promise is judged again."""

from __future__ import annotations

from slachain.analysis.cases import Case, Step
from slachain.analysis.judge import Judge
from slachain.clocks.curves import BEYOND, NEVER, Curve
from slachain.language.model import Group
from slachain.language.scalars import BusinessDays
from slachain.language.values import dataclass


@dataclass(frozen=True, slots=True)
class Witness:
    """The worst ticket of a promise. Where no `any_of` offers another way, its path bounds from below how late it is."""

    judge: Judge
    case: Case

    @classmethod
    def of(cls, judge: Judge, case: Case) -> Witness | None:
        """The witness; None where a group on the path might take another member."""
        chains = judge.chains
        first = chains.routes.onward(judge.promise.agreement.id, judge.promise.metric.id).items
        items = (*first, *(item for step in case.steps for item in chains.onward(step.stop).items))
        return None if any(isinstance(item.route, Group) for item in items) else cls(judge, case)

    def late_with(self, changed: Step, curves: tuple[Curve, ...]) -> bool:
        """Whether it is late if one step took only so long (no curves: no time at all) and all others what they may."""
        now = self.case.opened
        for step in self.case.steps:
            for curve in curves if step is changed else self._curves(step):
                now = curve(now)
        if now == BEYOND:
            now = 2 * self.judge.chains.view.hi - 1  # it is done later than that
        return now >= NEVER if now >= BEYOND else self._past_limit(now)

    def _past_limit(self, done: int) -> bool:
        opened, clock, limit = self.case.opened, self.judge.clock, self.judge.limit
        if isinstance(limit, BusinessDays):
            return done > clock.due(limit)(opened)
        return clock.elapsed(done) - clock.elapsed(opened) > 2 * limit.seconds

    def _curves(self, step: Step) -> tuple[Curve, ...]:
        chains = self.judge.chains
        if step.member is not None:
            return (chains.hand_over(step.stop, step.member),)
        return (chains.own(step.stop) or chains.never,)
