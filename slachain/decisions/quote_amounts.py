"""What can be promised of amounts: the strictest availability, count or sum that holds on each clock."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from slachain.analysis.amounts import AmountPromise, AmountVerdict, amount_promises
from slachain.decisions.mend import Fix
from slachain.decisions.mend_amounts import AmountMender
from slachain.decisions.quote import NOWHERE, Quoter
from slachain.language.amounts import FINEST, on_grid, written_amount
from slachain.language.model import ANY, AmountTarget, Metric, Written
from slachain.language.scalars import Money
from slachain.language.values import dataclass, replace
from slachain.study import Study

# What people write, the strictest first; below them whole percentages.
PERCENTAGES = tuple(
    Fraction(text) / 100
    for text in ["99.999", "99.995", "99.99", "99.95", "99.9", "99.8", "99.7", "99.5", "99.25", "99", "98.5", "98", "97", "96", "95", "90"]
)


@dataclass(frozen=True, slots=True)
class AmountQuote:
    """What can be promised of an amount a month on a clock.

    `supplied` is None where somebody below commits to none. `promise` is the strictest that one would write and that holds, `next` the next
    stricter one, with the single changes that would make it hold.
    """

    metric: Metric
    priority: str
    calendar: str
    verdict: AmountVerdict
    promise: AmountTarget | None
    next: AmountTarget | None
    takes: tuple[Fix, ...]


@dataclass(frozen=True, slots=True)
class AmountQuoter:
    """Quotes amounts for the same agreement as another quoter."""

    quoter: Quoter

    def quotes(self, calendars: tuple[str, ...], metrics: tuple[str, ...]) -> Iterator[AmountQuote]:
        """Every metric of an amount that something below commits to."""
        base = self.quoter.base()
        for name, metric in sorted(base.catalogue.metrics.items()):
            asked = metric.type != "time" and (not metrics or name in metrics)
            if asked and base.targets_below(self.quoter.agreement.id, name) and not base.obstacle(self.quoter.agreement.id, name):
                for calendar in calendars or self.quoter.clocks(name):
                    if quote := self.quote(metric, calendar):
                        yield quote

    def quote(self, metric: Metric, calendar: str) -> AmountQuote | None:
        """One metric on one clock; None where units below differ, or the term leaves nothing to judge."""
        like = self.like(metric, calendar)
        study, promise = self.promised(metric, like)
        verdict = study.amount_verdict(promise) if not study.unlike(promise.agreement.id, metric) else None
        if verdict is None:
            return None
        if verdict.supported is None:
            return AmountQuote(metric, ANY, calendar, verdict, None, None, ())
        steps = list(self.steps(metric, verdict.supported, like))
        held = next((n for n, step in enumerate(steps) if self.judged(metric, step).holds), None)
        following = steps[held - 1] if held else None
        return AmountQuote(
            metric=metric,
            priority=ANY,
            calendar=calendar,
            verdict=verdict,
            promise=None if held is None else steps[held],
            next=following,
            takes=self.takes(metric, following) if following else (),
        )

    def like(self, metric: Metric, calendar: str) -> AmountTarget:
        """A target of the unit and period that is committed to below, on a clock."""
        below = self.quoter.base().targets_below(self.quoter.agreement.id, metric.id)
        found = next(t for agreement in below for t in agreement.targets[metric.id].values() if isinstance(t, AmountTarget))
        period = Written("month", "month", NOWHERE) if metric.chain == "product" else found.per
        return replace(found, at=NOWHERE, per=period, calendar=Written(calendar, calendar, NOWHERE))

    def promised(self, metric: Metric, target: AmountTarget) -> tuple[Study, AmountPromise]:
        """The study in which the agreement promises this alone, and the promise."""
        study = self.quoter.base({metric.id: {ANY: target}})
        return study, next(amount_promises(study.catalogue.agreements[self.quoter.agreement.id], metric))

    def judged(self, metric: Metric, target: AmountTarget) -> AmountVerdict:
        """The verdict on a promise of this."""
        study, promise = self.promised(metric, target)
        verdict = study.amount_verdict(promise)
        assert verdict is not None
        return verdict

    def steps(self, metric: Metric, supplied: Fraction, like: AmountTarget) -> Iterator[AmountTarget]:
        """The amounts to try, the strictest first, from the next one beyond what is supplied."""
        stricter = 1 if metric.better == "higher" else -1
        if metric.type == "percent" and stricter > 0 and not self.quoter.exact:
            beyond = [value for value in PERCENTAGES if value > supplied][-1:]
            values = [*beyond, *(value for value in PERCENTAGES if value <= supplied), *(Fraction(n, 100) for n in range(89, 0, -1))]
        else:
            near, step = on_grid(supplied, metric, upwards=stricter < 0), FINEST[metric.type]
            values = [near + stricter * step, near, near - stricter * step]
        for value in values:
            if value >= 0:
                yield replace(like, bound=written_amount(value, metric, like))

    def takes(self, metric: Metric, target: AmountTarget) -> tuple[Fix, ...]:
        """The single changes below that would make a stricter promise hold."""
        study, promise = self.promised(metric, target)
        verdict = study.amount_verdict(promise)
        fixes = AmountMender(study, verdict).fixes() if verdict else ()
        return tuple(fix for fix in fixes if fix.change != "promise" and fix.agreement != self.quoter.agreement.id)


def amount_of(target: AmountTarget) -> Fraction:
    """A bound as a number."""
    value = target.bound.value
    return value.amount if isinstance(value, Money) else value
