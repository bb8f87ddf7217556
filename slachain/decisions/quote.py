"""What can be promised: the strictest times that hold on each clock, with what limits them, and what the next step takes.

Every promise quoted is judged as it would be written: no time and no share is reckoned in a way of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from slachain.analysis.judge import Judge
from slachain.analysis.promises import Promise, expired
from slachain.analysis.situation import Strand
from slachain.analysis.verdicts import Verdict, margin_left
from slachain.decisions.ladder import ladder
from slachain.decisions.mend import Fix, Mender
from slachain.language.model import ANY, ROUND_THE_CLOCK, Agreement, Item, Member, Target, TimePromise, TimeTarget, Written
from slachain.language.scalars import MINUTE, Duration, Time, write_time
from slachain.language.source import Span
from slachain.language.values import dataclass, replace
from slachain.study import Study

DRAFT = "quote"
NOWHERE = Span("quote", 1, 1, 1, 2)
LONGEST = Duration(366 * 24 * 3600)
LEVELS = tuple(Fraction(n, 100) for n in (100, 99, 95, 90, 80, 50))


class CannotQuote(Exception):
    """There is nothing to quote for; the message is for the user."""


@dataclass(frozen=True, slots=True)
class Step:
    """A time that one would write, and the share of tickets that is assured within it, exact."""

    within: Time
    assured: Fraction


@dataclass(frozen=True, slots=True)
class Quote:
    """What can be promised of a metric and priority on a clock.

    `exact` is what is supported (None: never done for certain), `promise` the strictest step that holds with the margin, for `assured` of
    the tickets. `curve` are stricter steps and what is assured within each, the strictest first; `next` is the next stricter one that
    does not hold, with the single changes that would make it.
    """

    metric: str
    priority: str
    calendar: str
    exact: int | None
    attained: bool
    promise: Step | None
    verdict: Verdict
    curve: tuple[Step, ...]
    next: Time | None
    takes: tuple[Fix, ...]

    def for_share(self, share: Fraction) -> Step | None:
        """The strictest step within which at least so many tickets are assured; None where no time is enough."""
        steps = (*self.curve, *((self.promise,) if self.promise else ()))
        return next((step for step in steps if step.assured >= share), None)


@dataclass(frozen=True)
class Quoter:
    """Quotes for one agreement of a study, real or drafted; `exact` quotes whole minutes instead of the steps one would write."""

    study: Study
    agreement: Agreement
    exact: bool = False

    @classmethod
    def relying_on(cls, study: Study, names: Sequence[str], exact: bool = False) -> Quoter:
        """For something new that relies on these agreements. Raises `CannotQuote`."""
        known = study.catalogue.agreements
        if unknown := [name for name in names if name not in known or name in study.catalogue.broken]:
            raise CannotQuote(f"there is no agreement '{unknown[0]}' to rely on")
        items = tuple(Item(Member(_word(name), f"relies_on[{n}]"), NOWHERE) for n, name in enumerate(names))
        draft = Agreement(
            id=_free(DRAFT, known),
            at=NOWHERE,
            kind=_word("sla"),
            provider=_word(DRAFT),
            customer=_word(DRAFT),
            calendar=_word(ROUND_THE_CLOCK),
            relies_on=items,
            pauses=pauses_below(study, names),
        )
        return cls(study, draft, exact)

    @classmethod
    def of(cls, study: Study, id: str, exact: bool = False) -> Quoter:
        """For an agreement that is there, whatever it promises now. Raises `CannotQuote`."""
        found = study.catalogue.agreements.get(id)
        if found is None or id in study.catalogue.broken:
            raise CannotQuote(f"there is no agreement '{id}'")
        if not found.promises:
            raise CannotQuote(f"{id} commits to its own work alone: name it with --relies-on to quote what can be promised with it behind")
        if expired(found, study.as_of):
            raise CannotQuote(f"the term of {id} is over")
        return cls(study, found, exact)

    def quotes(self, calendars: Sequence[str] = (), metrics: Sequence[str] = (), priorities: Sequence[str] = ()) -> tuple[Quote, ...]:
        """Every metric of a time and priority that is committed to below, or these, on each of these clocks.

        Without clocks: around the clock, and every calendar on the paths. Raises `CannotQuote` where nothing can be judged.
        """
        known = self.study.catalogue.calendars
        if unknown := [id for id in calendars if id not in known or id in self.study.catalogue.broken]:
            raise CannotQuote(f"there is no calendar '{unknown[0]}'")
        found = []
        for metric in self.metrics():
            if not metrics or metric in metrics:
                asked = [name for name in self.priorities(metric) if not priorities or name in priorities]
                clocks = calendars or self.clocks(metric)
                found += [quote for priority in asked for id in clocks if (quote := self.quote(metric, priority, id))]
        return tuple(found)

    # --- what there is to quote -------------------------------------------------------------------------------------

    def metrics(self) -> list[str]:
        """The metrics of a time that something below commits to, in the order of the catalogue's names."""
        base = self.base()
        named = [m for m in sorted(base.catalogue.metrics) if base.catalogue.metrics[m].type == "time"]
        found = [metric for metric in named if base.targets_below(self.agreement.id, metric)]
        for metric in found:
            if obstacle := base.obstacle(self.agreement.id, metric):
                raise CannotQuote(f"{metric} cannot be judged: {obstacle}")
        return found

    def priorities(self, metric: str) -> list[str]:
        """The priorities that are told apart below; `*` where none is."""
        from slachain.analysis.promises import priorities_of

        base = self.base({metric: {ANY: _placeholder()}})
        own = [name.value for name in self.agreement.priorities]
        return own or priorities_of(base.catalogue.agreements[self.agreement.id], metric, ANY, base.routes)

    def clocks(self, metric: str) -> list[str]:
        """Around the clock, and every calendar on the paths, by id."""
        base = self.base()
        below = [self.study.catalogue.agreements[id] for id in sorted(base.below(self.agreement.id, metric))]
        named = {agreement.calendar.value for agreement in below}
        for agreement in below:
            targets = agreement.targets.get(metric, {}).values()
            alternatives = (one for target in targets if isinstance(target, TimePromise) for one in target.alternatives)
            named |= {one.calendar.value for one in alternatives if one.calendar}
        usable = sorted(id for id in named - {ROUND_THE_CLOCK} if not self.study.calendars.never_open(id))
        return [ROUND_THE_CLOCK, *usable]

    def base(self, targets: Mapping[str, Mapping[str, Target]] | None = None) -> Study:
        """The study with the agreement promising just this."""
        changed = replace(self.agreement, targets=targets or {}, end_to_end=False)
        agreements = {**self.study.catalogue.agreements, self.agreement.id: changed}
        return Study(replace(self.study.catalogue, agreements=agreements), self.study.as_of, self.study.calendars)

    # --- one quote --------------------------------------------------------------------------------------------------

    def quote(self, metric: str, priority: str, calendar: str) -> Quote | None:
        """One metric and priority on one clock; None where the agreement's term leaves nothing to judge."""
        study, promise = self.promised(metric, priority, calendar, LONGEST)
        judged = study.judged(promise)
        if judged is None:
            return None
        verdict, judge = judged
        rungs = list(self.rungs(calendar, judge, verdict))
        first = next((n for n, rung in enumerate(rungs) if self.holds(study, promise, rung)), None)
        strictest = None if first is None else Step(rungs[first], self.assured(study, promise, rungs[first]))
        stricter = [Step(rung, self.assured(study, promise, rung)) for rung in rungs[:first] if self.sometimes_late(study, promise, rung)]
        late = [rung for rung in rungs[:first] if not self.in_time(study, promise, rung)]
        following = late[-1] if late else None
        return Quote(
            metric=metric,
            priority=priority,
            calendar=calendar,
            exact=verdict.supported.bound if verdict.supported else None,
            attained=bool(verdict.supported and verdict.supported.attained),
            promise=strictest,
            verdict=verdict,
            curve=tuple(thinned(stricter)),
            next=following,
            takes=self.takes(metric, priority, calendar, following, strictest) if following and strictest else (),
        )

    def promised(self, metric: str, priority: str, calendar: str, within: Time, share: Fraction | None = None) -> tuple[Study, Promise]:
        """The study in which the agreement promises this alone, and the promise."""
        attainment = None if share is None else Written(share, "", NOWHERE)
        target = TimeTarget(Written(within, write_time(within), NOWHERE), NOWHERE, _word(calendar), attainment)
        study = self.base({metric: {priority: TimePromise((target,))}})
        promise = study.promise(self.agreement.id, metric, priority)
        assert promise is not None
        return study, promise

    def judge(self, study: Study, promise: Promise, within: Time) -> tuple[Judge, list[Strand]]:
        """Who judges another time in a promise's place, and what bounds it."""
        target = replace(promise.target, within=Written(within, write_time(within), NOWHERE))
        judge = study.judge_of(replace(promise, target=target))
        assert judge is not None
        return judge, judge.situation.known()[0]

    def assured(self, study: Study, promise: Promise, within: Time) -> Fraction:
        """The share of tickets that would be assured."""
        judge, strands = self.judge(study, promise, within)
        return judge.assured(strands)

    def sometimes_late(self, study: Study, promise: Promise, within: Time) -> bool:
        """Whether some ticket takes longer: a time that is kept, if only just, is no step for fewer tickets."""
        judge, strands = self.judge(study, promise, within)
        return not judge.within(strands)[1]

    def in_time(self, study: Study, promise: Promise, within: Time) -> bool:
        """Whether no ticket takes longer, nor exactly as long unless policy takes that for kept."""
        judge, strands = self.judge(study, promise, within)
        kept, at_most = judge.within(strands)
        return kept or (at_most and self.study.catalogue.policy.equal == "kept")

    def holds(self, study: Study, promise: Promise, within: Time) -> bool:
        """Whether another time would be kept with the margin, for as many tickets as are assured."""
        judge, strands = self.judge(study, promise, within)
        if not self.in_time(study, promise, within) or not judge.assured(strands):
            return False
        left = margin_left(Verdict(judge.promise, judge.horizon, "", supported=judge.worst()), self.study.catalogue.policy)
        return left is None or left[0] >= left[1]

    def rungs(self, calendar: str, judge: Judge, verdict: Verdict) -> Iterator[Time]:
        """The times to try, the strictest first, up to one that leaves room for the margin."""
        bound = verdict.supported.bound if verdict.supported else None
        if bound is None:
            return
        in_days = bool(len(judge.clock.days.closes)) and calendar != ROUND_THE_CLOCK
        if self.exact:
            yield from self.minutes(bound)
        else:
            yield from ladder(bound, in_days)

    def minutes(self, bound: int) -> Iterator[Time]:
        """Whole minutes: what is supported, the next one, and what leaves the margin."""
        margin = self.study.catalogue.policy.margin
        near = -(-bound // MINUTE)
        room = [near, near + 1]
        if margin is not None and isinstance(margin.value, Fraction) and margin.value < 1:
            room.append(-(-Fraction(bound) // (MINUTE * (1 - margin.value))))
        if margin is not None and isinstance(margin.value, Duration):
            room.append(-(-(bound + margin.value.seconds) // MINUTE))
        yield from (Duration(int(n) * MINUTE) for n in sorted({max(n, 1) for n in room}))

    def takes(self, metric: str, priority: str, calendar: str, within: Time, now: Step) -> tuple[Fix, ...]:
        """The single changes below that would make a stricter promise hold for as many tickets as the one that holds now."""
        study, promise = self.promised(metric, priority, calendar, within, now.assured)
        verdict = study.verdict(promise)
        if verdict is None:
            return ()
        return tuple(fix for fix in Mender(study, verdict).fixes() if fix.change != "promise" and fix.agreement != self.agreement.id)


def thinned(steps: Sequence[Step]) -> Iterator[Step]:
    """Steps at which more is assured than at every stricter one, and anything at all."""
    most = Fraction(0)
    for step in steps:
        if step.assured > most:
            most = step.assured
            yield step


def pauses_below(study: Study, names: Sequence[str]) -> dict[str, Written[int | None]]:
    """Every pause of what is relied on: a customer's clock that did not stop with theirs would run on without end."""
    agreements = study.catalogue.agreements
    below = sorted({*names, *(id for name in names for id in study.graph.below(name) if id in agreements)})
    return {pause: Written(None, "", NOWHERE) for id in below for pause in agreements[id].pauses}


def _word(text: str) -> Written[str]:
    return Written(text, text, NOWHERE)


def _placeholder() -> TimePromise:
    return TimePromise((TimeTarget(Written(LONGEST, "", NOWHERE), NOWHERE),))


def _free(name: str, taken: object) -> str:
    while name in taken:  # type: ignore[operator]
        name += "-"
    return name
