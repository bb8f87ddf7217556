"""The worst ticket of a promise, followed step by step when somebody looks at it: of a promise that holds hardly anybody does."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from slachain.analysis.cases import Case, Step, alone, follow
from slachain.analysis.chains import Chains, Stop
from slachain.analysis.readings import Reading, Worst
from slachain.analysis.views import ViewTooShort
from slachain.clocks.intervals import Intervals
from slachain.language.values import dataclass, replace


@dataclass(frozen=True, eq=False)  # without slots: it is followed when first asked for
class Ticket:
    """A ticket of a root, or of a commitment by itself at its stop: opened at a tick, or at the worst of those at which it is read.

    `final`: whether the view is the last, in which nothing that runs past it is asked for again.
    """

    chains: Chains
    reading: Callable[[], Reading]
    root: Stop
    stop: Stop | None
    attained: bool
    days: bool
    final: bool
    tick: int | None = None

    @cached_property
    def read(self) -> Reading:
        """When it is done, on the customer's clock, among all that are opened within some instants."""
        return self.reading()

    @cached_property
    def opened(self) -> int:
        """The tick at which it is opened."""
        return self.read.worst_tick(self.days) if self.tick is None else self.tick

    def among(self, opened: Intervals) -> Ticket:
        """The same ticket among all that are opened within some instants."""
        return replace(self, reading=lambda: self.chains.reading(self.read.done, self.read.clock, opened), tick=self.opened)

    @cached_property
    def case(self) -> Case:
        """Step by step."""
        if self.stop is not None:
            return alone(self.chains, self.root, self.stop, self.opened, self.attained)
        return follow(self.chains, self.root, self.opened, self.attained)

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
        follows = self.chains.reading(self.chains.done(step.stop.beyond(step.member)), self.read.clock, self.read.opened)
        if not self.final and follows.unknown():
            raise ViewTooShort
        return follows.supported(self.days)
