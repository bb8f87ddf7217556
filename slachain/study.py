"""One catalogue on one day: every analysis computed once, on demand."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from slachain.analysis.chains import Chains
from slachain.analysis.graph import Graph
from slachain.analysis.promises import Horizon, Promise, expired, horizon, time_promises
from slachain.analysis.routes import Routes
from slachain.analysis.verdicts import Judge, Verdict, ViewTooShort
from slachain.clocks.calendars import Calendars
from slachain.clocks.clock import View
from slachain.clocks.wall import LAST_DAY, midnight
from slachain.language.model import Agreement, Catalogue, Metric

DAY = 86400
LENGTHS = (20 * DAY, 70 * DAY, 370 * DAY)  # of a view, before what follows it
TAILS = (90 * DAY, 400 * DAY, 1600 * DAY, 6400 * DAY, 36_600 * DAY)  # how far tickets are followed, step by step


@dataclass(frozen=True, slots=True)
class NotChecked:
    """A target that was read but not judged, and why."""

    agreement: str
    metric: str
    why: str


@dataclass(eq=False)
class Study:
    """Everything that is known of a catalogue on a day."""

    catalogue: Catalogue
    as_of: date
    calendars: Calendars = field(init=False)
    _chains: dict[View, Chains] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.calendars = Calendars(self.catalogue.calendars)

    @cached_property
    def routes(self) -> Routes:
        """What every agreement relies on, by metric."""
        return Routes(self.catalogue.agreements)

    @cached_property
    def graph(self) -> Graph:
        """The dependency graph."""
        return Graph(self.catalogue)

    def chains(self, view: View) -> Chains:
        """The curves over one view, shared by every promise that is looked at over it."""
        if view not in self._chains:
            self._chains[view] = Chains(self.catalogue.agreements, self.routes, self.calendars, view)
        return self._chains[view]

    @cached_property
    def promises(self) -> tuple[Promise, ...]:
        """Every promise of a time that can be judged, sorted."""
        found = [promise for agreement, metric in self._metrics() if self._judged(agreement, metric) for promise in time_promises(agreement, metric)]
        return tuple(sorted(found, key=lambda promise: promise.key))

    @cached_property
    def not_checked(self) -> tuple[NotChecked, ...]:
        """Promised targets that are not judged, and why."""
        found = []
        for agreement, metric in self._metrics():
            if expired(agreement, self.as_of):
                continue
            if metric.type != "time":
                found.append(NotChecked(agreement.id, metric.id, f"{metric.type} targets are read, and not judged yet"))
            elif why := self.graph.obstacle(agreement.id, metric.id):
                found.append(NotChecked(agreement.id, metric.id, why))
        return tuple(sorted(found, key=lambda n: (n.agreement, n.metric)))

    def _metrics(self) -> list[tuple[Agreement, Metric]]:
        promising = [a for a in self.catalogue.agreements.values() if a.promises]
        return [(a, self.catalogue.metrics[name]) for a in promising for name in a.targets if name in self.catalogue.metrics]

    def _judged(self, agreement: Agreement, metric: Metric) -> bool:
        return metric.type == "time" and not expired(agreement, self.as_of) and not self.graph.obstacle(agreement.id, metric.id)

    @cached_property
    def verdicts(self) -> tuple[Verdict, ...]:
        """The verdict on every promise, in their order; those whose term is over have none."""
        return tuple(verdict for promise in self.promises if (verdict := self.verdict(promise)))

    def verdict(self, promise: Promise) -> Verdict | None:
        """One promise judged, over views as long as it takes; None where its term is over or it answers for no instant."""
        when = horizon(promise, self.as_of, self.calendars)
        if when is None:
            return None
        for tail in TAILS:
            judge = Judge(promise, when, self.chains(_view(when, tail)), self.catalogue.policy, final=tail == TAILS[-1])
            try:
                return judge.verdict()
            except ViewTooShort:
                continue
        raise AssertionError("the last view is final")

    def judge(self, promise: Promise, when: Horizon, tail: int) -> Judge:
        """The judge of a promise over one view."""
        return Judge(promise, when, self.chains(_view(when, tail)), self.catalogue.policy, final=tail == TAILS[-1])


def _view(when: Horizon, tail: int) -> View:
    """A view that holds a horizon, rounded so that many promises share it."""
    start = (when.start // DAY - 2) * DAY
    length = next((n for n in LENGTHS if start + n >= when.end + 2 * DAY), when.end - start + 2 * DAY)
    return View(start, min(start + length + tail, midnight(LAST_DAY - timedelta(days=30), "UTC")))
