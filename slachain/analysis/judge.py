"""The judge of a promise: supported, exposure, assured, cause and worst case, over one view of time (sections 7 and 10)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import TypeVar

from slachain.analysis.attainment import NOTHING, WHOLE, Asked, Lateness
from slachain.analysis.cases import Case, Step
from slachain.analysis.chains import Chains
from slachain.analysis.promises import Horizon, Promise
from slachain.analysis.readings import Reading, Worst
from slachain.analysis.situation import Situation, Strand
from slachain.analysis.verdicts import GAP, HOLDS, TOLERATED, UNSUPPORTED, Cut, Verdict
from slachain.analysis.views import ViewTooShort
from slachain.clocks.clock import Clock
from slachain.clocks.curves import BEYOND
from slachain.clocks.intervals import Intervals
from slachain.language.catalogue import Policy
from slachain.language.scalars import BusinessDays, Duration, Time
from slachain.language.values import dataclass

T = TypeVar("T")


@dataclass(frozen=True, slots=True, eq=False)
class Judge:
    """Judges one promise in its situation: whether what it takes is too much, and how often.

    Whatever does not depend on how much is promised is the situation's, and so found once for all promises in it: the worst case in seconds
    and in business days, what follows each hand-over, where calendars end, and the attainments. Where a ticket never takes more than is
    promised nothing is exposed, and no more is asked; the rest is worked out for the limit.
    """

    promise: Promise
    situation: Situation
    policy: Policy

    @property
    def limit(self) -> Time:
        """What is promised."""
        return self.promise.target.within.value

    @property
    def in_days(self) -> bool:
        """Whether that is told in business days."""
        return isinstance(self.limit, BusinessDays)

    @property
    def chains(self) -> Chains:
        """The curves over the view."""
        return self.situation.chains

    @property
    def clock(self) -> Clock:
        """The customer's clock."""
        return self.situation.clock

    @property
    def horizon(self) -> Horizon:
        """The instants for which the promise is checked, and for which an alternative may answer or not."""
        return self.situation.horizon

    def verdict(self) -> Verdict | None:
        """The verdict; None where an alternative answers for no instant of the horizon. Raises ViewTooShort."""
        if not len(self.situation.opened.starts):
            return None
        if not self.situation.supports():
            return Verdict(self.promise, self.horizon, UNSUPPORTED, UNSUPPORTED)
        return self._judged(*self.situation.known())

    def holds(self) -> bool:
        """Whether the verdict would be `holds`, at less cost."""
        if not len(self.situation.opened.starts) or not self.situation.supports():
            return False
        strands, _ = self.situation.known()
        return self.in_time(*self.within(strands)) and self.assured(strands) >= self.promise.target.share

    def over(self) -> int:
        """Nothing where the verdict would be `holds`; otherwise the seconds by which some ticket passes the limit, at least one.

        Seconds of the customer's clock; for business days of time, after the close of business. Who is never done passes it by far.
        """
        if self.holds():
            return 0
        strands = self.situation.known()[0] if self.situation.supports() else []
        return max((strand.read.over(self.limit) for strand in strands), default=1)

    def in_time(self, kept: bool, at_most: bool) -> bool:
        """Whether that is good enough: under the limit, or just at it where policy takes that for kept."""
        return kept or (at_most and self.policy.equal == "kept")

    def within(self, strands: list[Strand]) -> tuple[bool, bool]:
        """Whether every strand is always under the limit, and whether it is always at most the limit."""
        read = [strand.read.within(self.limit) for strand in strands]
        return all(kept for kept, _ in read), all(at_most for _, at_most in read)

    def _judged(self, strands: list[Strand], cuts: tuple[Cut, ...]) -> Verdict:
        """The verdict over the instants that are known."""
        worst, strand = self.situation.worst(self.in_days)
        ticket = self.situation.worst_ticket(self.in_days)
        kept, at_most = self.within(strands)
        assured = self.assured(strands)
        enough = assured >= self.promise.target.share
        in_time = self.in_time(kept, at_most)
        verdict = (HOLDS if enough else GAP) if in_time else TOLERATED if enough and not at_most else GAP
        cause = ("attainment" if not enough else None) if in_time else self.cause(ticket.case, at_most, strand.opened)
        return Verdict(
            promise=self.promise,
            horizon=Horizon(self.horizon.start, min((cut.at for cut in cuts if cut.at is not None), default=self.horizon.end)),
            verdict=verdict,
            cause=cause,
            supported=worst,
            exposure=self.exposure(strands),
            assured=assured,
            ticket=ticket,
            short_even_in_time=not in_time and self.situation.attained(NOTHING) < self.promise.target.share,
            cuts=cuts,
            priority_below=strand.root.priority if strand.root.priority != self.promise.priority else None,
        )

    def worst(self) -> Worst:
        """The most that the customer's clock reads. Raises ViewTooShort."""
        return self.situation.worst(self.in_days)[0]

    def exposure(self, strands: list[Strand]) -> Fraction | None:
        """The worst of the strands' exposures."""
        shares = [strand.read.exposure(self.limit) for strand in strands]
        return max((share for share in shares if share is not None), default=None)

    def late(self) -> tuple[Intervals, Intervals]:
        """The seconds at which tickets are opened, and those at which they may be late, of the strand most exposed. Raises ViewTooShort."""
        strands, _ = self.situation.known()
        return max(strands, key=lambda strand: strand.read.exposure(self.limit) or 0).read.late(self.limit)

    def assured(self, strands: list[Strand]) -> Fraction:
        """The share of tickets that is in time at least.

        Where no path can be late at any instant nothing below has to be exposed, which a group does not tell: one of `any_of` may be late.
        """
        if not self.situation.grouped and self.within(strands)[1]:
            return self.situation.attained(WHOLE)
        if self.promise.metric.chain == "each":
            return min(self._assured_by(strand) for strand in strands)
        return 1 - max(self._late_along(strand) for strand in strands)

    def _late_along(self, strand: Strand) -> Fraction:
        never_late = not self.situation.grouped and strand.read.within(self.limit)[1]
        asked = (
            None if never_late else Asked(self.chains, self.clock, strand.opened, self.limit, self.policy.arrivals, self.situation.final)
        )
        return Lateness(self.chains, strand.root, asked).of_promise()

    def _assured_by(self, strand: Strand) -> Fraction:
        return max(NOTHING, self.situation.share_of(strand) - strand.read.may_be_late(self.limit, self.policy.arrivals))

    def reading_of(self, case: Case) -> tuple[int | None, bool]:
        """What the customer's clock reads at the end of a case, in seconds (rounded up) or business days, and whether that keeps the promise.

        None where it is never done, which keeps nothing.
        """
        if case.done >= BEYOND:
            return None, False
        if isinstance(self.limit, Duration):
            ticks = self.clock.elapsed(case.done) - self.clock.elapsed(case.opened)
            return (ticks + 1) // 2, ticks <= 2 * self.limit.seconds
        days = 1
        while self.clock.due(BusinessDays(days))(case.opened) < case.done:
            days += 1
        return days, days <= self.limit.days

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
        """Whether these steps one after another would be in time or equal, were every clock the customer's.

        On one clock durations add up, also where that clock ends before. Of other steps, where it ends before either, nothing is known.
        """
        seconds = [step.seconds for step in steps]
        if isinstance(self.limit, Duration) and None not in seconds:
            return sum(filter(None, seconds)) <= self.limit.seconds
        curve = self.chains.at_once
        for step in steps:
            parts = step.on(self.clock)
            if not parts:
                return False
            for part in parts:
                curve = curve.then(part)
        read = Reading(curve, self.clock, opened)
        if not self.situation.final and read.unknown():
            raise ViewTooShort
        return not read.surely_late(self.limit)


def first_that_can(judges: Iterable[Judge], ask: Callable[[Judge], T | None]) -> T | None:
    """What the first judge says whose view is long enough; that of the last one always is."""
    short = False
    for judge in judges:
        if short and judge.situation.surely_past():
            continue
        try:
            return ask(judge)
        except ViewTooShort:
            short = True
    raise AssertionError("the last view is final")
