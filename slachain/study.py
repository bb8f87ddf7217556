"""One catalogue on one day: every analysis computed once, on demand."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Iterator, MutableMapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar, cast

from slachain.analysis.amounts import AmountJudge, AmountPromise, AmountVerdict, Supplied, unit_of
from slachain.analysis.chains import Chains
from slachain.analysis.graph import Graph
from slachain.analysis.judge import Judge, first_that_can
from slachain.analysis.likeness import Likeness
from slachain.analysis.not_checked import NotChecked
from slachain.analysis.promised import Promised
from slachain.analysis.promises import Horizon, Promise, horizon, priorities_of, time_promises
from slachain.analysis.routes import Routes
from slachain.analysis.rows import Rows
from slachain.analysis.situation import Situation
from slachain.analysis.verdicts import Verdict
from slachain.analysis.views import views_of
from slachain.clocks.calendars import Calendars
from slachain.clocks.clock import View
from slachain.clocks.curves import BEYOND
from slachain.clocks.intervals import Intervals
from slachain.language.catalogue import Catalogue
from slachain.language.model import Agreement, AmountTarget, Metric
from slachain.language.values import dataclass, field, replace

if TYPE_CHECKING:
    from slachain.analysis.arrivals import Arrivals
    from slachain.analysis.capacity import Capacity
    from slachain.analysis.tickets.history import History
    from slachain.language.editing import Manuscript, Page

T = TypeVar("T")
MOST_MANUSCRIPTS = 8  # are remembered, by their files: each holds what all in them say with what they inherit


@dataclass(eq=False)
class Study:
    """Everything that is known of a catalogue on a day."""

    catalogue: Catalogue
    as_of: date
    calendars: Calendars
    histories: tuple[History, ...] = ()  # of its targets, where a ticket log was read
    _chains: dict[View, Chains] = field(default_factory=dict)
    _made: dict[object, Any] = field(default_factory=dict)
    _pages: dict[str, Page] = field(default_factory=dict)  # by file, each cut into its lines once
    _manuscripts: dict[tuple[str, ...], Manuscript] = field(default_factory=dict)  # by files

    @classmethod
    def of(cls, catalogue: Catalogue, as_of: date) -> Study:
        """The study of a catalogue on a day."""
        return cls(catalogue, as_of, Calendars(catalogue.calendars))

    def once(self, make: Callable[[Study], T]) -> T:
        """What a function makes of this study, made when it is first asked for: what several of those above look at."""
        if make not in self._made:
            self._made[make] = make(self)
        found: T = self._made[make]
        return found

    @cached_property
    def routes(self) -> Routes:
        """What every agreement relies on, by metric."""
        return Routes(self.catalogue.agreements)

    def manuscript(self, agreement: str) -> Manuscript:
        """The text of an agreement, of what it inherits from and of who inherits from it, for showing what to write where."""
        from slachain.language.editing import Manuscript, Page

        files = tuple(sorted(self.catalogue.lineage.around(agreement), key=self._order.__getitem__))
        if files not in self._manuscripts:
            for file in files:
                if file not in self._pages:
                    self._pages[file] = Page(file, "\n".join(self.catalogue.sources[file].lines))
            if len(self._manuscripts) >= MOST_MANUSCRIPTS:
                del self._manuscripts[next(iter(self._manuscripts))]
            self._manuscripts[files] = Manuscript({file: self._pages[file] for file in files}, self.catalogue.metrics)
        return self._manuscripts[files]

    @cached_property
    def _order(self) -> dict[str, int]:
        return {file: number for number, file in enumerate(self.catalogue.sources)}

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
    def promised(self) -> Promised:
        """Everything that is promised on the day, by agreement."""
        return Promised(self.catalogue.agreements, self.catalogue.metrics, self.as_of, self._likeness, self._why_not)

    @cached_property
    def _likeness(self) -> Likeness:
        return Likeness(self.as_of, self._apart)

    def _apart(self, agreement: Agreement) -> bool:
        """Whether an agreement is broken, or in a circle: why it cannot be judged is told by its name."""
        return bool(agreement.broken) or agreement.id in self.catalogue.broken or agreement.id in self.graph.circular

    @property
    def promises(self) -> Rows[Promise]:
        """Every promise of a time that can be judged, sorted."""
        return self.promised.times

    @property
    def amounts(self) -> Rows[AmountPromise]:
        """Every promise of an amount that can be judged, sorted."""
        return self.promised.amounts

    @cached_property
    def not_checked(self) -> tuple[NotChecked, ...]:
        """Promised targets that are not judged, and why."""
        return tuple(NotChecked(a.id, metric.id, self._why_not(a, metric) or "") for a, metric in self.promised.not_judged)

    def obstacle(self, agreement: str, metric: str) -> str | None:
        """Why promises of an agreement cannot be judged on a metric, or None."""
        return self.graph.obstacle(agreement, metric, self.routes)

    def _why_not(self, agreement: Agreement, metric: Metric) -> str | None:
        return self.obstacle(agreement.id, metric.id) or self.unlike(agreement.id, metric)

    @cached_property
    def verdicts(self) -> Rows[Verdict]:
        """The verdict on every promise, in their order; those whose term is over have none."""
        return Rows(self.promised.promising, self.promised.sizes, lambda alike: alike.verdicts(self.verdict))

    @cached_property
    def all_verdicts(self) -> Rows[Verdict | AmountVerdict]:
        """The verdicts on promises of times and of amounts together, in the order of all promises."""
        return Rows(self.promised.promising, self.promised.sizes, lambda alike: alike.everything(self.verdict, self.amount_verdict))

    def like(self, promise: Promise) -> tuple[str, str, str, int]:
        """The key of the first promise that was judged of those like this one; its own where there is none before."""
        return self._likeness.first(promise)

    def due(self, promise: Promise, opened: int) -> int:
        """The tick at which a promise is due for a ticket opened at a tick of its horizon; BEYOND or later for never."""
        when = self.horizon(promise)
        if when is None:
            return BEYOND
        found = BEYOND
        for chains, _ in self.views(when):
            found = chains.clock(promise.calendar).due(promise.target.within.value)(opened)
            if found != BEYOND:
                break
        return found

    def below(self, agreement: str, metric: str) -> frozenset[str]:
        """Everything that an agreement relies on for a metric, at any distance."""
        return self.routes.below(agreement, metric)

    def targets_below(self, agreement: str, metric: str) -> tuple[Agreement, ...]:
        """Those of them that have targets for the metric, by id."""
        return self.routes.committed_below(agreement, metric)

    def verdict(self, promise: Promise) -> Verdict | None:
        """One promise judged; None where its term is over or it answers for no instant."""
        when = self.horizon(promise)
        return None if when is None else self._likeness.time(promise, when, lambda: self._judged_alike(promise, when))

    def _judged_alike(self, promise: Promise, when: Horizon) -> Verdict | None:
        policy = self.catalogue.policy
        return first_that_can(
            (self._likeness.judge(promise, when, chains, final, policy) for chains, final in self.views(when)), Judge.verdict
        )

    def judged(self, promise: Promise) -> tuple[Verdict, Judge] | None:
        """One promise's verdict together with the judge that found it, for whoever asks on."""

        def ask(judge: Judge) -> tuple[Verdict, Judge] | None:
            verdict = judge.verdict()
            return (verdict, judge) if verdict else None

        return self._judged_over_views(promise, ask)

    def judge_of(self, promise: Promise) -> Judge | None:
        """The judge of a promise over a view that is long enough for it."""

        def ask(judge: Judge) -> Judge:
            judge.situation.known()
            return judge

        return self._judged_over_views(promise, ask)

    def late(self, promise: Promise) -> tuple[Intervals, Intervals] | None:
        """The seconds of its horizon at which tickets of a promise are opened, and those at which they may be late."""
        return self._judged_over_views(promise, Judge.late)

    def _judged_over_views(self, promise: Promise, ask: Callable[[Judge], T | None]) -> T | None:
        """What a judge says of a promise, over views as long as it takes."""
        when = self.horizon(promise)
        if when is None:
            return None
        policy = self.catalogue.policy
        return first_that_can(
            (Judge(promise, Situation.of(promise, when, chains, final), policy) for chains, final in self.views(when)), ask
        )

    def views(self, when: Horizon) -> Iterator[tuple[Chains, bool]]:
        """The curves over longer and longer views of a horizon, and whether one is the last."""
        return ((self.chains(view), final) for view, final in views_of(when))

    def amended(self, *agreements: Agreement) -> Study:
        """The study of a catalogue in which agreements are put in place of their namesakes; what they cannot change is kept."""
        before = cast("MutableMapping[str, Agreement]", self.catalogue.agreements)  # laid over, not copied: there may be a hundred thousand
        mine = {agreement.id: agreement for agreement in agreements}
        changed = replace(self.catalogue, agreements=ChainMap(mine, *(before.maps if isinstance(before, ChainMap) else (before,))))
        study = Study(changed, self.as_of, self.calendars)
        if all(agreement.relies_on is self.catalogue.agreements[agreement.id].relies_on for agreement in agreements):
            study.__dict__["graph"] = self.graph.amended(changed)
        above = frozenset().union(*(self.graph.above(agreement.id) for agreement in agreements))
        study._chains = {view: chains.without(above, study.catalogue.agreements, study.routes) for view, chains in self._chains.items()}
        return study

    def horizon(self, promise: Promise | AmountPromise) -> Horizon | None:
        """The instants for which a promise is checked; None where its term is over."""
        alike, calendar = self._likeness.of(promise.agreement), promise.calendar
        if calendar not in alike.horizons:
            alike.horizons[calendar] = horizon(promise.agreement, calendar, self.as_of, self.calendars)
        return alike.horizons[calendar]

    @cached_property
    def amount_verdicts(self) -> Rows[AmountVerdict]:
        """The verdict on every promise of an amount, in their order."""
        return Rows(self.promised.promising, self.promised.sizes, lambda alike: alike.amount_verdicts(self.amount_verdict))

    def amount_verdict(self, promise: AmountPromise) -> AmountVerdict | None:
        """One promise of an amount judged; None where its term is over."""
        when = self.horizon(promise)
        if when is None:
            return None
        return self._likeness.amount(promise, when, lambda: self._supplied(promise, when), self.catalogue.policy.equal)

    def _supplied(self, promise: AmountPromise, when: Horizon) -> Supplied:
        names = tuple(priorities_of(promise.agreement, promise.metric.id, promise.priority, self.routes))
        return AmountJudge(promise, when, names, self.catalogue, self.routes, self.calendars).supplied()

    @cached_property
    def arrivals(self) -> Arrivals:
        """Tickets a month by agreement and priority."""
        from slachain.analysis.arrivals import arrivals

        return arrivals(self.catalogue, self.graph, self.as_of)

    @cached_property
    def capacities(self) -> tuple[Capacity, ...]:
        """What each team has to do, for those that say when they work and how many they are; by id."""
        if not self.catalogue.teams:
            return ()
        from slachain.analysis.capacity import capacity

        teams = (team for _, team in sorted(self.catalogue.teams.items()))
        found = (capacity(team, self.arrivals, self.catalogue, self.calendars, self.as_of) for team in teams)
        return tuple(one for one in found if one is not None)

    def unlike(self, agreement: str, metric: Metric) -> str | None:
        """Why amounts on the paths of a promise cannot be compared with it, or None."""
        if metric.type == "time" or metric.chain == "product":
            return None
        found = self.catalogue.agreements[agreement]
        own = {unit_of(target) for target in found.targets[metric.id].values() if isinstance(target, AmountTarget)}
        targets = [t for a in self.targets_below(agreement, metric.id) for t in a.targets[metric.id].values()]
        below = {unit_of(target) for target in targets if isinstance(target, AmountTarget)}
        return "it is told in other units or periods below" if below - own else None

    def promise(self, agreement: str, metric: str, priority: str, alternative: int | None = None) -> Promise | None:
        """One promise by its names, or None."""
        found = self.catalogue.agreements.get(agreement)
        rows = time_promises(found, self.catalogue.metrics[metric]) if found and metric in self.catalogue.metrics else iter(())
        return next((p for p in rows if p.priority == priority and p.alternative in (alternative, None)), None)

    def holds(self, promise: Promise) -> bool:
        """Whether one promise holds, without the rest of its verdict."""
        return self._judged_over_views(promise, Judge.holds) or False

    def over(self, promise: Promise) -> int:
        """Nothing where one promise holds; otherwise by how many seconds some ticket passes it, at least one."""
        found = self._judged_over_views(promise, Judge.over)
        return 1 if found is None else found
