"""The judge of a promise: supported, exposure, assured, cause and worst case, over one view of time (sections 7 and 10)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import reduce

from slachain.analysis.attainment import NOTHING, WHOLE, Lateness
from slachain.analysis.cases import Case, Step, alone, follow
from slachain.analysis.chains import Chains, Stop, pauses_of
from slachain.analysis.promises import Horizon, Promise, priorities_of
from slachain.analysis.readings import Reading, Worst
from slachain.analysis.verdicts import GAP, HOLDS, TOLERATED, UNSUPPORTED, Cut, LatestSafe, Verdict
from slachain.clocks.clock import Clock
from slachain.clocks.curves import BEYOND, ENDED, Curve, latest
from slachain.clocks.intervals import Intervals
from slachain.language.catalogue import Policy
from slachain.language.model import Group
from slachain.language.scalars import BusinessDays, Time


class ViewTooShort(Exception):
    """Some ticket runs past the view: judge again over a longer one."""


@dataclass(frozen=True, slots=True, eq=False)
class Strand:
    """One thing that bounds a promise: the whole chain under one priority, or a single commitment."""

    root: Stop
    done: Curve
    opened: Intervals
    stop: Stop | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Judge:
    """Judges one promise over one view."""

    promise: Promise
    horizon: Horizon
    chains: Chains
    policy: Policy
    final: bool

    @property
    def limit(self) -> Time:
        """What is promised."""
        return self.promise.target.within.value

    @property
    def clock(self) -> Clock:
        """The customer's clock."""
        return self.chains.clock(self.promise.calendar)

    @property
    def whole(self) -> Intervals:
        """The instants of the horizon."""
        return Intervals.of([(self.horizon.start, self.horizon.end)])

    def verdict(self) -> Verdict | None:
        """The verdict; None where an alternative answers for no instant of the horizon. Raises ViewTooShort."""
        opened = self.opened()
        if not len(opened.starts):
            return None
        if not self.supports():
            return Verdict(self.promise, self.horizon, UNSUPPORTED, UNSUPPORTED)
        return self.judged(*self.known(opened))

    def holds(self) -> bool:
        """Whether the verdict would be `holds`, at less cost."""
        opened = self.opened()
        if not len(opened.starts) or not self.supports():
            return False
        strands, _ = self.known(opened)
        kept, at_most = self.within(strands)
        return (kept or (at_most and self.policy.equal == "kept")) and self.assured(strands) >= self.promise.target.share

    def supports(self) -> bool:
        """Whether anything is relied on for the metric."""
        return bool(self.chains.routes.onward(self.promise.agreement.id, self.promise.metric.id).items)

    def known(self, opened: Intervals) -> tuple[list[Strand], tuple[Cut, ...]]:
        """What bounds the promise, each over the instants at which it is known, and the ends of calendars that cut them."""
        strands: list[Strand] = []
        cuts: list[Cut] = []
        for root in self.roots():
            mine = list(self.strands(root, opened))
            cut = self.cut(mine, opened)
            if cut is not None:
                cuts.append(cut)
                left = opened if cut.at is None else opened.clipped(self.horizon.start, cut.at)
                mine = [replace(strand, opened=left) for strand in mine]
            strands += mine
        if not self.final and any(self.read(strand.done, strand.opened).unknown() for strand in strands):
            raise ViewTooShort
        return strands, tuple(dict.fromkeys(cuts))

    def within(self, strands: list[Strand]) -> tuple[bool, bool]:
        """Whether every strand is always under the limit, and whether it is always at most the limit."""
        read = [self.read(strand.done, strand.opened).within(self.limit) for strand in strands]
        return all(kept for kept, _ in read), all(at_most for _, at_most in read)

    def opened(self) -> Intervals:
        """The instants that the promise, or this alternative of it, answers for."""
        own = self.promise.target.opened_in
        mine = self.whole & self.chains.clock(own.value).open if own else self.whole
        return reduce(lambda left, rival: left - self._answers(rival.opened_in), self.promise.rivals, mine)

    def _answers(self, opened_in: object) -> Intervals:
        name = getattr(opened_in, "value", None)
        return self.chains.clock(name).open if name else self.whole

    def read(self, done: Curve, opened: Intervals) -> Reading:
        """A completion curve on the customer's clock."""
        return Reading(done, self.clock, opened)

    def roots(self) -> list[Stop]:
        """Where a ticket starts, for each priority that the promise answers for."""
        agreement, metric = self.promise.agreement, self.promise.metric.id
        names = priorities_of(agreement, metric, self.promise.priority, self.chains.routes)
        return [Stop(agreement.id, metric, name, pauses_of(agreement)) for name in names]

    def strands(self, root: Stop, opened: Intervals) -> Iterator[Strand]:
        """Everything that bounds the promise under one priority, in order."""
        if self.promise.metric.chain == "elapsed":
            yield Strand(root, self.chains.promised(root), opened)
        else:
            yield from self.commitments(root, opened)

    def commitments(self, root: Stop, opened: Intervals) -> Iterator[Strand]:
        """Every commitment below, and every agreement relied on directly that lacks one."""
        direct = set(self.chains.needs(root))
        for stop in self.chains.reached(root):
            own = self.chains.own(stop)
            if own is not None:
                yield Strand(root, own, opened, stop)
            elif stop in direct:
                yield Strand(root, self.chains.never, opened, stop)

    def cut(self, strands: list[Strand], opened: Intervals) -> Cut | None:
        """Where the horizon stops because a calendar ends; None where it goes on, or a ticket is never done all the same."""
        tick = self.read(latest(strand.done for strand in strands), self.whole).first_ended()
        if tick is None:
            return None
        ended = next(strand for strand in strands if strand.done(tick) == ENDED)
        left = opened.clipped(self.horizon.start, tick // 2)
        return Cut(self.case(ended, Worst(None, tick, True)).steps[-1].calendar, tick // 2 if len(left.starts) else None)

    def judged(self, strands: list[Strand], cuts: tuple[Cut, ...]) -> Verdict:
        """The verdict over the instants that are known."""
        worst, strand = self.worst(strands)
        case = self.case(strand, worst)
        kept, at_most = self.within(strands)
        assured, lacking = self.assured(strands), self.assured(strands, timed=False)
        enough = assured >= self.promise.target.share
        in_time = kept or (at_most and self.policy.equal == "kept")
        verdict = (HOLDS if enough else GAP) if in_time else TOLERATED if enough and not at_most else GAP
        cause = ("attainment" if not enough else None) if in_time else self.cause(case, at_most, strand.opened)
        return Verdict(
            promise=self.promise,
            horizon=Horizon(self.horizon.start, min((cut.at for cut in cuts if cut.at is not None), default=self.horizon.end)),
            verdict=verdict,
            cause=cause,
            supported=worst,
            exposure=self.exposure(strands),
            assured=assured,
            case=case,
            latest_safe=tuple(self.latest_safe(step, strand.opened) for step in case.steps),
            short_even_in_time=not in_time and lacking < self.promise.target.share,
            cuts=cuts,
            priority_below=strand.root.priority if strand.root.priority != self.promise.priority else None,
        )

    def worst(self, strands: list[Strand]) -> tuple[Worst, Strand]:
        """The first of the strands that read most."""
        read = [(self.read(s.done, s.opened).supported(isinstance(self.limit, BusinessDays)), s) for s in strands]
        found = [(worst, strand) for worst, strand in read if worst is not None]
        most = max(float("inf") if worst.bound is None else worst.bound for worst, _ in found)
        ties = [(w, s) for w, s in found if (float("inf") if w.bound is None else w.bound) == most]
        return max(ties, key=lambda tie: (tie[1].done(tie[0].tick) if tie[0].bound is None else 0, tie[0].attained))

    def case(self, strand: Strand, worst: Worst) -> Case:
        """The worst ticket, step by step."""
        if strand.stop is not None:
            return alone(self.chains, strand.root, strand.stop, worst.tick, worst.attained)
        return follow(self.chains, strand.root, worst.tick, worst.attained)

    def exposure(self, strands: list[Strand]) -> Fraction | None:
        """The worst of the strands' exposures."""
        shares = [self.read(s.done, s.opened).exposure(self.limit) for s in strands]
        return max((share for share in shares if share is not None), default=None)

    def late(self) -> tuple[Intervals, Intervals]:
        """The seconds at which tickets are opened, and those at which they may be late, of the strand most exposed. Raises ViewTooShort."""
        strands, _ = self.known(self.opened())
        return max((self.read(s.done, s.opened).late(self.limit) for s in strands), key=_share_late)

    def assured(self, strands: list[Strand], timed: bool = True) -> Fraction:
        """The share of tickets that is in time at least; without `timed`, were every target there and in time."""
        if self.promise.metric.chain == "each":
            return min(self._assured_by(strand, timed) for strand in strands)
        return 1 - max(self._lateness(strand, timed).of_promise() for strand in strands)

    def _lateness(self, strand: Strand, timed: bool) -> Lateness:
        absent = WHOLE if timed else NOTHING
        timed = timed and not self.never_late(strand)
        return Lateness(self.chains, strand.root, self.clock, strand.opened, self.limit, self.policy.arrivals, timed, absent)

    def never_late(self, strand: Strand) -> bool:
        """Whether no path can be late at any instant, so that nothing below has to be exposed: not told by `any_of`."""
        stops = [strand.root, *self.chains.reached(strand.root)]
        grouped = any(isinstance(item.route, Group) for stop in stops for item in self.chains.onward(stop).items)
        return not grouped and self.read(strand.done, strand.opened).within(self.limit)[1]

    def _assured_by(self, strand: Strand, timed: bool) -> Fraction:
        assert strand.stop is not None
        targets = self.chains.targets(strand.stop)
        if not targets:
            return NOTHING if timed else WHOLE
        exposed = self.read(strand.done, strand.opened).may_be_late(self.limit, self.policy.arrivals) if timed else NOTHING
        return max(NOTHING, min(target.share for target in targets) - exposed)

    def reading_of(self, case: Case) -> tuple[int, bool]:
        """What the customer's clock reads at the end of a case, in seconds (rounded up) or business days, and whether that keeps the promise."""
        kept = case.done <= self.clock.due(self.limit)(case.opened)
        if case.done >= BEYOND:
            return 0, False
        if isinstance(self.limit, BusinessDays):
            days = 1
            while self.clock.due(BusinessDays(days))(case.opened) < case.done:
                days += 1
            return days, kept
        elapsed = self.clock.elapsed
        return (elapsed(case.done) - elapsed(case.opened) + 1) // 2, kept

    def cause(self, case: Case, at_most: bool, opened: Intervals) -> str:
        """Why it is not in time: one of five causes."""
        if any(step.missing for step in case.steps):
            return "missing"
        if at_most:
            return "equal"
        if self.at_most_on_own_clock(case.steps, opened):
            return "hours"
        single = any(not self.at_most_on_own_clock((step,), opened) for step in case.steps)
        return "commitment" if single else "sum"

    def at_most_on_own_clock(self, steps: tuple[Step, ...], opened: Intervals) -> bool:
        """Whether these steps one after another would be in time or equal, were every clock the customer's."""
        curve = self.chains.at_once
        for step in steps:
            parts = step.on(self.clock)
            if not parts:
                return False
            for part in parts:
                curve = curve.then(part)
        read = self.read(curve, opened)
        if not self.final and read.unknown():
            raise ViewTooShort
        return read.within(self.limit)[1]

    def latest_safe(self, step: Step, opened: Intervals) -> LatestSafe | None:
        """The promise less the supported time of what follows a hand-over; None for steps that hand nothing over."""
        if step.member is None:
            return None
        follows = self.read(self.chains.done(step.stop.beyond(step.member)), opened)
        if not self.final and follows.unknown():
            raise ViewTooShort
        worst = follows.supported(isinstance(self.limit, BusinessDays))
        if worst is None or worst.bound is None:
            return LatestSafe(None)
        promised = self.limit.days if isinstance(self.limit, BusinessDays) else self.limit.seconds
        return LatestSafe(promised - worst.bound if promised >= worst.bound else None)


def _share_late(of: tuple[Intervals, Intervals]) -> Fraction:
    opened, late = of
    return Fraction(late.length, opened.length) if opened.length else Fraction(0)
