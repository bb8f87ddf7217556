"""What can be said of a promise before one knows how much is promised: what bounds it, how long that takes, the worst ticket (section 7).

A **situation** is a metric and priority of an agreement, the customer's clock, the instants that are asked about, and one view of
time. Promises of any length and attainment in one situation share all of this: how late a ticket can be depends on what is relied on, and
only whether that is too late on what is promised. What is asked for again is found once.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property, reduce

from slachain.analysis.attainment import WHOLE, Lateness
from slachain.analysis.chains import Chains, Stop, pauses_of
from slachain.analysis.promises import Horizon, Promise, priorities_of
from slachain.analysis.readings import Reading, Worst
from slachain.analysis.soonest import Soonest
from slachain.analysis.ticket import Ticket
from slachain.analysis.verdicts import Cut
from slachain.analysis.views import ViewTooShort
from slachain.clocks.clock import Clock
from slachain.clocks.curves import ENDED, Curve
from slachain.clocks.intervals import Intervals
from slachain.language.model import Agreement, Metric
from slachain.language.values import dataclass, field

NEVER = float("inf")


@dataclass(frozen=True, slots=True, eq=False)
class Strand:
    """One thing that bounds a promise: the whole chain under one priority, or a single commitment."""

    root: Stop
    read: Reading
    stop: Stop | None = None

    @property
    def done(self) -> Curve:
        """When a ticket is done."""
        return self.read.done

    @property
    def opened(self) -> Intervals:
        """The instants that are asked about."""
        return self.read.opened

    def over(self, opened: Intervals) -> Strand:
        """The same at other instants."""
        return Strand(self.root, Reading(self.done, self.read.clock, opened), self.stop)


@dataclass(frozen=True, eq=False)  # without slots: every analysis is made on demand, and kept
class Situation:
    """One metric and priority of an agreement, over one view of time; the instants are those that `answers` leave to it.

    `answers` are the calendars of the alternatives that come first, and at the end of its own; None answers at any time.
    """

    agreement: Agreement
    metric: Metric
    priority: str
    calendar: str
    answers: tuple[str | None, ...]
    horizon: Horizon
    chains: Chains
    final: bool
    _worst: dict[bool, tuple[Worst, Strand]] = field(default_factory=dict)
    _tickets: dict[bool, Ticket] = field(default_factory=dict)
    _attained: dict[Fraction, Fraction] = field(default_factory=dict)

    @classmethod
    def of(cls, promise: Promise, when: Horizon, chains: Chains, final: bool) -> Situation:
        """The one that a promise is in."""
        answers = tuple(target.opened_in.value if target.opened_in else None for target in (*promise.rivals, promise.target))
        return cls(promise.agreement, promise.metric, promise.priority, promise.calendar, answers, when, chains, final)

    @cached_property
    def clock(self) -> Clock:
        """The customer's clock."""
        return self.chains.clock(self.calendar)

    @cached_property
    def opened(self) -> Intervals:
        """The instants that the promise, or this alternative of it, answers for."""
        *rivals, own = self.answers
        mine = self.whole & self.chains.clock(own).open if own else self.whole
        return reduce(lambda left, rival: left - (self.chains.clock(rival).open if rival else self.whole), rivals, mine)

    @property
    def whole(self) -> Intervals:
        """The instants of the horizon."""
        return self.chains.instants(self.horizon.start, self.horizon.end)

    def supports(self) -> bool:
        """Whether anything is relied on for the metric."""
        return bool(self.chains.routes.onward(self.agreement.id, self.metric.id).items)

    # --- what bounds it -------------------------------------------------------------------------------------------

    def known(self) -> tuple[list[Strand], tuple[Cut, ...]]:
        """What bounds the promise, each over the instants at which it is known, and the ends of calendars that cut them. Raises ViewTooShort."""
        strands, cuts, runs_past = self._bounds
        if runs_past:
            raise ViewTooShort
        return strands, cuts

    def surely_past(self) -> bool:
        """Whether every ticket runs past the view, as is seen without making a curve; False where that cannot be told so soon.

        None is done before the seconds on its way have passed. Where none of the calendars on it ends in the view, and nothing is left open
        without limit, that is all there is to know: the view is too short.
        """
        if self.final or self.metric.chain != "elapsed":
            return False
        soonest, left = Soonest(self.chains), self.chains.view.hi - self.horizon.start
        return any(soonest.later_than(root, left) and not self._ends_below(root) for root in self.roots())

    def _ends_below(self, root: Stop) -> bool:
        """Whether a calendar of anything on the way ends in the view."""
        chains, stops = self.chains, [root, *self.chains.reached(root)]
        named = {chains.agreements[stop.agreement].calendar.value for stop in stops}
        named |= {chains.calendar_of(target, stop) for stop in stops for target in chains.targets(stop)}
        return any(end is not None and end <= chains.view.hi for end in map(chains.calendars.ends, named))

    @cached_property
    def _bounds(self) -> tuple[list[Strand], tuple[Cut, ...], bool]:
        strands: list[Strand] = []
        cuts: list[Cut] = []
        for root in self.roots():
            mine = list(self.strands(root))
            cut = self._cut(mine)
            if cut is not None:
                cuts.append(cut)
                left = self.opened if cut.at is None else self.opened.clipped(self.horizon.start, cut.at)
                mine = [strand.over(left) for strand in mine]
            strands += mine
        runs_past = not self.final and any(strand.read.unknown() for strand in strands)
        return strands, tuple(dict.fromkeys(cuts)), runs_past

    def roots(self) -> list[Stop]:
        """Where a ticket starts, for each priority that the promise answers for."""
        names = priorities_of(self.agreement, self.metric.id, self.priority, self.chains.routes)
        return [Stop(self.agreement.id, self.metric.id, name, pauses_of(self.agreement)) for name in names]

    def strands(self, root: Stop) -> Iterator[Strand]:
        """Everything that bounds the promise under one priority, in order."""
        if self.metric.chain == "elapsed":
            yield Strand(root, self._read(self.chains.promised(root)))
        else:
            yield from self._commitments(root)

    def _commitments(self, root: Stop) -> Iterator[Strand]:
        """Every commitment below, and every agreement relied on directly that lacks one."""
        direct = set(self.chains.needs(root))
        for stop in self.chains.reached(root):
            own = self.chains.own(stop)
            if own is not None:
                yield Strand(root, self._read(own), stop)
            elif stop in direct:
                yield Strand(root, self._read(self.chains.never), stop)

    def _cut(self, strands: list[Strand]) -> Cut | None:
        """Where the horizon stops because a calendar ends; None where it goes on, or a ticket is never done all the same."""
        tick = self.chains.reading(self.chains.latest_of(strand.done for strand in strands), self.clock, self.whole).first_ended()
        if tick is None:
            return None
        ended = next(strand for strand in strands if strand.done(tick) == ENDED)
        left = self.opened.clipped(self.horizon.start, tick // 2)
        calendar = self.ticket(ended, True, False, tick).case.steps[-1].calendar
        return Cut(calendar, tick // 2 if len(left.starts) else None)

    def _read(self, done: Curve) -> Reading:
        return self.chains.reading(done, self.clock, self.opened)

    # --- how long that takes --------------------------------------------------------------------------------------

    def worst(self, days: bool) -> tuple[Worst, Strand]:
        """What reads most, in seconds or business days, and the first strand that does. Raises ViewTooShort."""
        if days not in self._worst:
            self._worst[days] = _worst(self.known()[0], days)
        return self._worst[days]

    def worst_ticket(self, days: bool) -> Ticket:
        """The ticket that takes the most. Raises ViewTooShort where it, or what follows one of its hand-overs, runs past the view."""
        if days not in self._tickets:
            worst, strand = self.worst(days)
            ticket = self.ticket(strand, worst.attained, days)
            self._tickets[days] = ticket if self._all_done(strand) else ticket.followed()
        return self._tickets[days]

    def _all_done(self, strand: Strand) -> bool:
        """Whether everything below is done in the view, whoever hands over when: then what follows a hand-over can be told at any time.

        What an agreement hands over to one other is done no sooner than that one would be by itself, handing over takes no time back, and
        later in is later out: if the last ticket is done, so is all of it below. Of a group one member may do for the others.
        """
        return strand.stop is not None or (strand.read.settled and not self.grouped)

    def ticket(self, strand: Strand, attained: bool, days: bool, tick: int | None = None) -> Ticket:
        """A ticket of a strand opened at a tick, else the worst, to be followed step by step."""
        return Ticket(self.chains, lambda: strand.read, strand.root, strand.stop, attained, days, self.final, tick)

    # --- for how many tickets that is assured ---------------------------------------------------------------------

    def attained(self, absent: Fraction) -> Fraction:
        """The share of tickets that is assured were none late for want of time; `absent` is what a missing commitment counts."""
        if absent not in self._attained:
            self._attained[absent] = self._attain(absent)
        return self._attained[absent]

    def _attain(self, absent: Fraction) -> Fraction:
        strands, _ = self.known()
        if self.metric.chain == "each":
            return min(self.share_of(strand) for strand in strands)
        return 1 - max(Lateness(self.chains, strand.root, absent=absent).of_promise() for strand in strands)

    def share_of(self, strand: Strand) -> Fraction:
        """The attainment that a single commitment is for; all where it is lacking, since all are late then."""
        assert strand.stop is not None
        targets = self.chains.targets(strand.stop)
        return min((target.share for target in targets), default=WHOLE)

    @cached_property
    def grouped(self) -> bool:
        """Whether anything below stands in a group."""
        return any(self.chains.grouped(root) for root in self.roots())


def _worst(strands: list[Strand], days: bool) -> tuple[Worst, Strand]:
    """The first of the strands that read most; of those that are never done the one that is done last, so to speak."""
    read = [(strand.read.supported(days), strand) for strand in strands]
    found = [(worst, strand) for worst, strand in read if worst is not None]
    most = max(NEVER if worst.bound is None else worst.bound for worst, _ in found)
    ties = [(w, s) for w, s in found if (NEVER if w.bound is None else w.bound) == most]
    return max(ties, key=lambda tie: (tie[1].done(tie[1].read.worst_tick(days)) if tie[0].bound is None else 0, tie[0].attained))
