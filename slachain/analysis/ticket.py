"""The worst ticket of a promise, followed step by step when somebody looks at it: of a promise that holds hardly anybody does."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from slachain.analysis.cases import Case, Step, alone, follow
from slachain.analysis.chains import Chains, Stop
from slachain.analysis.readings import Worst
from slachain.clocks.clock import Clock
from slachain.clocks.intervals import Intervals


class ViewTooShort(Exception):
    """Some ticket runs past the view: judge again over a longer one."""


@dataclass(frozen=True, eq=False)  # without slots: it is followed when first asked for
class Ticket:
    """A ticket opened at a tick at a root, among all that are opened within some instants; of a commitment by itself, at its stop.

    `final`: whether the view is the last, in which nothing that runs past it is asked for again.
    """

    chains: Chains
    clock: Clock
    root: Stop
    stop: Stop | None
    tick: int
    attained: bool
    opened: Intervals
    days: bool
    final: bool

    @cached_property
    def case(self) -> Case:
        """Step by step."""
        if self.stop is not None:
            return alone(self.chains, self.root, self.stop, self.tick, self.attained)
        return follow(self.chains, self.root, self.tick, self.attained)

    def followed(self) -> Ticket:
        """Itself, once all that can be asked of it is known. Raises ViewTooShort."""
        assert len(self.following) == len(self.case.steps)
        return self

    @cached_property
    def following(self) -> tuple[Worst | None, ...]:
        """For each step what follows its hand-over at the most, whenever that begins; None where it has none. Raises ViewTooShort."""
        return tuple(self._after(step) for step in self.case.steps)

    def _after(self, step: Step) -> Worst | None:
        if step.member is None:
            return None
        follows = self.chains.reading(self.chains.done(step.stop.beyond(step.member)), self.clock, self.opened)
        if not self.final and follows.unknown():
            raise ViewTooShort
        return follows.supported(self.days)
