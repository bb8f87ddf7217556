"""What would mend a promise: single changes, each applied to the catalogue and judged again before it is told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import cached_property

from slachain.analysis.cases import FINISHES, HANDS_OVER, LEAVES_OUT, Case, Step
from slachain.analysis.promises import Promise
from slachain.analysis.routes import hand_over_time, target_key
from slachain.analysis.verdicts import Verdict
from slachain.clocks.curves import Curve
from slachain.decisions.longest import Longest
from slachain.decisions.report import FixLine
from slachain.decisions.witness import Witness
from slachain.language.amendments import (
    after_key,
    alternative_of,
    with_after,
    with_calendar,
    with_share,
    with_target,
    with_target_calendar,
    with_within,
    written_time,
)
from slachain.language.describe import name_calendar
from slachain.language.model import Agreement, Member, OnCall, TimeTarget, Written
from slachain.language.overrides import Path
from slachain.language.scalars import DAY, MINUTE, BusinessDays, Duration, Time, write_percentage, write_time
from slachain.language.values import dataclass, replace
from slachain.study import Study

LONGEST_TRIED = 366 * DAY


@dataclass(frozen=True, slots=True)
class Fix:
    """One change that is by itself enough: of a promise, commitment, hand-over, calendar or share; `before` None for nothing.

    `path` leads to where `after` is to be written in the agreement's definition; empty where that has no words for it: a
    calendar written in place has no id.
    """

    change: str
    agreement: str
    field: str
    before: str | None
    after: str
    path: Path

    def in_words(self) -> FixLine:
        """As it is told, without the lines concerned."""
        return FixLine(self.change, self.agreement, self.field, self.before, self.after)


@dataclass(frozen=True)
class Mender:
    """Looks for the changes that make one promise hold."""

    study: Study
    verdict: Verdict

    def fixes(self) -> tuple[Fix, ...]:
        """Each single change that is enough, in the order of the path; nothing for a promise that holds."""
        if self.verdict.holds or self.case is None:
            return ()
        found = [*self.promise(), *self.steps(self.case.steps), *self.calendars(self.case.steps)]
        return tuple(dict.fromkeys(found))

    @cached_property
    def witness(self) -> Witness | None:
        """The worst ticket, where it can tell that a change to one step could not mend the promise."""
        judge = self.study.judge_of(self.verdict.promise)
        return Witness.of(judge, self.case) if judge and self.case else None

    @cached_property
    def case(self) -> Case | None:
        """The worst ticket, told once: the witness knows a step by its identity."""
        return self.verdict.case

    @cached_property
    def endless(self) -> bool:
        """Whether no calendar ends, as far as can be told without reading a rota, of a catalogue with which nothing is wrong."""
        known, told = self.study.catalogue.calendars, self.study.catalogue.findings
        if told or any(isinstance(calendar.body, OnCall) for calendar in known.values()):
            return False
        return all(self.study.calendars.ends(id) is None for id in known)

    def hopeless(self, step: Step, *curves: Curve) -> bool:
        """Whether the worst ticket would be late even if the step took only so long: no time at all, or these curves."""
        return self.witness is not None and self.witness.late_with(step, curves)

    def holds_with(self, agreement: Agreement) -> bool:
        """Whether the promise holds with one agreement changed."""
        study, promise = self._with(agreement)
        return promise is not None and study.holds(promise)

    def over_with(self, agreement: Agreement) -> int:
        """Nothing where the promise holds with one agreement changed; otherwise by how many seconds some ticket passes it, at least one."""
        study, promise = self._with(agreement)
        return 1 if promise is None else study.over(promise)

    def _with(self, agreement: Agreement) -> tuple[Study, Promise | None]:
        study, old = self.study.amended(agreement), self.verdict.promise
        return study, study.promise(old.agreement.id, old.metric.id, old.priority, old.alternative)

    # --- the promise itself ---------------------------------------------------------------------------------------

    def promise(self) -> Iterator[Fix]:
        """The tightest promise that would hold: a longer time, or a lower attainment where that alone is short."""
        promise, supported = self.verdict.promise, self.verdict.supported
        field = f"targets.{promise.metric.id}.{promise.priority}" + ("" if promise.alternative is None else f"[{promise.alternative}]")
        path = target_path(promise.agreement, promise.metric.id, promise.priority, promise.target)
        if self.verdict.cause == "attainment":
            yield from self._attainment(field, path)
        elif supported is not None and supported.bound is not None:
            for time in _just_above(promise.target.within.value, supported.bound):
                if self.holds_with(with_within(promise.agreement, promise.metric.id, promise.priority, promise.target, time)):
                    yield Fix("promise", promise.agreement.id, field, promise.target.within.text, write_time(time), (*path, "within"))
                    return

    def _attainment(self, field: str, path: Path) -> Iterator[Fix]:
        promise, assured = self.verdict.promise, self.verdict.assured
        if not assured:
            return
        text = write_percentage(assured)
        share = Fraction(text.removesuffix("%")) / 100
        target = replace(promise.target, attainment=Written(share, text, promise.target.at))
        agreement = with_target(promise.agreement, promise.metric.id, promise.priority, target, promise.alternative)
        if share and self.holds_with(agreement):
            before = promise.target.attainment.text if promise.target.attainment else "100%"
            yield Fix("promise", promise.agreement.id, f"{field}.attainment", before, text, (*path, "attainment"))

    # --- what it relies on ----------------------------------------------------------------------------------------

    def steps(self, steps: tuple[Step, ...]) -> Iterator[Fix]:
        """For each commitment and hand-over on the path the largest value that would do; for what is missing, one to add."""
        for step in steps:
            if step.does == HANDS_OVER:
                yield from self._hand_over(step)
            elif step.does == FINISHES:
                yield from self._commitment(step)
                if step.missing:
                    yield from self._share(step.stop.agreement)
            elif step.does == LEAVES_OUT:
                yield from self._share(step.stop.agreement)

    def _commitment(self, step: Step) -> Iterator[Fix]:
        agreement, metric, priority = self._agreement(step), step.stop.metric, step.stop.priority
        if self.hopeless(step):
            return
        if step.target is None:
            key, now = priority, None
            blank = TimeTarget(written_time(Duration(MINUTE), agreement.at), agreement.at)

            def amend(time: Time) -> Agreement:
                return with_target(agreement, metric, key, replace(blank, within=written_time(time, agreement.at)))
        else:
            target = step.target
            key, now = target_key(agreement, metric, priority) or priority, target.within

            def amend(time: Time) -> Agreement:
                return with_within(agreement, metric, key, target, time)

        late = self.late_from(step, step.calendar if step.target else agreement.calendar.value)
        best = self.largest(amend, late, now.value if now else None)
        if best is not None:
            path = (*target_path(agreement, metric, key, step.target), "within")
            yield Fix("commitment", agreement.id, f"targets.{metric}.{key}", now.text if now else None, write_time(best), path)

    def _hand_over(self, step: Step) -> Iterator[Fix]:
        agreement, member = self._agreement(step), step.member
        at_once = step.start == step.to and member is not None and hand_over_time(member, step.stop.priority) is None
        if member is None or at_once or self.hopeless(step):
            return
        now = hand_over_time(member, step.stop.priority)
        key = after_key(member, step.stop.priority)
        late = self.late_from(step, agreement.calendar.value)
        best = self.largest(lambda time: with_after(agreement, member, key, time), late, now.value if now else None, least=0)
        if best is not None:
            path = (*member_path(member), "after", key)
            yield Fix("hand-over", agreement.id, f"{member.place}.after.{key}", now.text if now else None, write_time(best), path)

    def _share(self, id: str) -> Iterator[Fix]:
        """A coordinator with one way on may only lack `share: 100%`."""
        agreement = self.study.catalogue.agreements[id]
        if len(agreement.relies_on) == 1:
            share = agreement.relies_on[0].share
            if (share is None or share.value < 1) and self.holds_with(with_share(agreement, 0, Fraction(1))):
                yield Fix("share", id, "relies_on[0].share", share.text if share else None, "100%", ("relies_on", 0, "share"))

    def _agreement(self, step: Step) -> Agreement:
        return self.study.catalogue.agreements[step.stop.agreement]

    def late_from(self, step: Step, calendar: str) -> Callable[[Time], bool]:
        """Whether the worst ticket would be late if the step took a time on a calendar; pauses and other targets only add to that."""
        if self.witness is None:
            return lambda time: False
        clock = self.witness.judge.chains.clock(calendar)
        return lambda time: self.hopeless(step, clock.due(time))

    def largest(self, amend: Callable[[Time], Agreement], late: Callable[[Time], bool], now: Time | None, least: int = 1) -> Time | None:
        """The largest time for which the promise holds: whole business days where it is in such, else whole minutes."""
        # where the present time is cut off by no calendar's end a shorter one is not, and where none ends no time is
        steady = self.endless or (now is not None and not self.verdict.cuts)
        if isinstance(now, BusinessDays):
            days = self._search(BusinessDays, amend, late, 1, now.days, steady)
            if days is not None:
                return BusinessDays(days)
            steady, now = self.endless, None
        below = now.seconds // MINUTE + 1 if isinstance(now, Duration) else LONGEST_TRIED // MINUTE
        minutes = self._search(_minutes, amend, late, least, below, steady)
        return None if minutes is None else _minutes(minutes)

    def _search(
        self,
        time: Callable[[int], Time],
        amend: Callable[[Time], Agreement],
        late: Callable[[Time], bool],
        least: int,
        below: int,
        steady: bool,
    ) -> int | None:
        """The largest n from `least` to under `below` for which it holds."""
        unit = MINUTE if time is _minutes else DAY
        longest = Longest(lambda n: over // unit + 1 if (over := self.over_with(amend(time(n)))) else 0, lambda n: late(time(n)))
        return longest.descending(least, below) if steady else longest.climbing(least, below)

    # --- calendars ------------------------------------------------------------------------------------------------

    def calendars(self, steps: tuple[Step, ...]) -> Iterator[Fix]:
        """A calendar on the path replaced by the promise's."""
        ours, known = self.verdict.promise.calendar, self.study.catalogue.calendars
        for step in steps:
            if step.missing or step.calendar == ours:
                continue
            if self.witness is not None and self.hopeless(step, *step.on(self.witness.judge.clock)):
                continue
            agreement, target = self._agreement(step), step.target
            if target is not None and target.calendar is not None:
                key = target_key(agreement, step.stop.metric, step.stop.priority) or step.stop.priority
                field, path = f"targets.{step.stop.metric}.{key}.calendar", target_path(agreement, step.stop.metric, key, target)
                changed = with_target_calendar(agreement, step.stop.metric, key, target, ours)
            else:
                field, path, changed = "calendar", (), with_calendar(agreement, ours)
            if self.holds_with(changed):
                named = () if known[ours].inline else (*path, "calendar")
                yield Fix("calendar", agreement.id, field, name_calendar(step.calendar, known), name_calendar(ours, known), named)


def _minutes(number: int) -> Duration:
    return Duration(number * MINUTE)


def _just_above(promised: Time, supported: int) -> Iterator[Time]:
    """What to try, tightest first: what is supported, where equality is kept, and the next whole minute or day."""
    if isinstance(promised, BusinessDays):
        yield from (BusinessDays(supported), BusinessDays(supported + 1))
    else:
        if supported % MINUTE == 0 and supported:
            yield Duration(supported)
        yield Duration((supported // MINUTE + 1) * MINUTE)


def target_path(agreement: Agreement, metric: str, priority: str, target: TimeTarget | None) -> Path:
    """Where a target stands in an agreement, or would stand; one of several alternatives with its number."""
    number = alternative_of(agreement, metric, priority, target)
    return ("targets", metric, priority) if number is None else ("targets", metric, priority, number)


def member_path(member: Member) -> Path:
    """Where an agreement relied on stands in the list."""
    return tuple(int(key) if key.isdigit() else key for key in re.findall(r"\w+", member.place))
