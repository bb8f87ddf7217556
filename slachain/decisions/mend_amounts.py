"""What would mend a promise of an amount: single changes, each judged again before it is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from slachain.analysis.amounts import AmountVerdict, Part, amount_of, amount_promises
from slachain.analysis.routes import target_key
from slachain.decisions.mend import Fix
from slachain.language.amendments import with_amount
from slachain.language.amounts import FINEST, on_grid, written_amount
from slachain.language.model import Agreement, AmountTarget
from slachain.language.values import dataclass, replace
from slachain.study import Study

MOST_STEPS = 1 << 40


@dataclass(frozen=True, slots=True)
class AmountMender:
    """Looks for the changes that make one promise of an amount hold."""

    study: Study
    verdict: AmountVerdict

    @property
    def looser(self) -> int:
        """The sign of a looser promise: less where higher is better."""
        return -1 if self.verdict.promise.metric.better == "higher" else 1

    def fixes(self) -> tuple[Fix, ...]:
        """The tightest promise that would hold, and for each commitment the loosest value that would do."""
        if self.verdict.holds or self.verdict.supported is None:
            return ()
        return (*self.promise(self.verdict.supported), *(fix for part in self.verdict.parts for fix in self.commitment(part)))

    def holds_with(self, agreement: Agreement) -> bool:
        """Whether the promise holds with one agreement changed."""
        study, old = self.study.amended(agreement), self.verdict.promise
        found = next((p for p in amount_promises(study.catalogue.agreements[old.agreement.id], old.metric) if p.key == old.key), None)
        verdict = study.amount_verdict(found) if found else None
        return verdict is not None and verdict.holds

    def promise(self, supported: Fraction) -> Iterator[Fix]:
        """What is supported, on the grid and strictly looser unless equality is kept."""
        promise, step = self.verdict.promise, FINEST[self.verdict.promise.metric.type]
        near = on_grid(supported, promise.metric, upwards=self.looser > 0)
        for value in (near, near + self.looser * step):
            if value >= 0 and self.holds_with(self._changed(promise.agreement, promise.priority, promise.target, value)):
                yield self._fix("promise", promise.agreement, promise.priority, promise.target, value)
                return

    def commitment(self, part: Part) -> Iterator[Fix]:
        """The loosest value of one commitment with which the promise holds."""
        metric = self.verdict.promise.metric
        agreement = self.study.catalogue.agreements[part.stop.agreement]
        key = target_key(agreement, metric.id, part.stop.priority) or part.stop.priority
        now, step = on_grid(amount_of(part.target), metric, upwards=self.looser > 0), FINEST[metric.type]
        steps = self._fewest(lambda n: self._changed(agreement, key, part.target, now - self.looser * n * step), self._most(now, step))
        if steps is not None:
            yield self._fix("commitment", agreement, key, part.target, now - self.looser * steps * step)

    def _most(self, now: Fraction, step: Fraction) -> int:
        """How many steps a commitment can be tightened: a share to just under the whole, a lower bound of nothing."""
        if self.looser > 0:
            return int(now / step)
        return int((1 - step - now) / step) if self.verdict.promise.metric.type == "percent" else MOST_STEPS

    def _fewest(self, amend: Callable[[int], Agreement], most: int) -> int | None:
        """The fewest steps with which it holds; tighter is never worse, so halving finds it."""
        good = 1
        while good < most and not self.holds_with(amend(good)):
            good = min(good * 2, most)
        if most < 1 or not self.holds_with(amend(good)):
            return None
        bad = good // 2
        while good - bad > 1:
            middle = (good + bad) // 2
            bad, good = (bad, middle) if self.holds_with(amend(middle)) else (middle, good)
        return good

    def _changed(self, agreement: Agreement, priority: str, target: AmountTarget, value: Fraction) -> Agreement:
        metric = self.verdict.promise.metric
        return with_amount(agreement, metric.id, priority, replace(target, bound=written_amount(value, metric, target)))

    def _fix(self, change: str, agreement: Agreement, priority: str, target: AmountTarget, value: Fraction) -> Fix:
        metric = self.verdict.promise.metric
        after, path = written_amount(value, metric, target).text, ("targets", metric.id, priority, target.direction)
        return Fix(change, agreement.id, ".".join(path), target.bound.text, after, path)
