"""Promises seen as sums: so much is missing, and no option can add more than its part.

That is not all there is to a promise, but what it says is certain, and one such sum does the work of very many conflicts. What an
option may do otherwise than by its part is taken to be everything that is missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import ceil, floor, gcd, lcm, log

from slachain.analysis.amounts import AmountVerdict
from slachain.analysis.order import settle
from slachain.analysis.verdicts import Verdict
from slachain.decisions.conflicts import Stake
from slachain.decisions.hitting_set import Condition, Goal
from slachain.decisions.influence import Effect
from slachain.decisions.lacks import Lack, TimeLacks
from slachain.decisions.trials import Chosen, Row, Trials
from slachain.language.values import dataclass, replace

FINEST = 100_000  # of what is missing: more digits than the solver's tolerance leaves alone are of no use
CAUTION = Fraction(1, 10**12)  # by which a logarithm may be off
NOTHING = Fraction(0)


def sum_broken_by(trials: Trials, stake: Stake, row: Row, chosen: Chosen, goal: Goal | None) -> Condition | None:
    """A sum to which a set of options does not come; None where none can be told, or where each part is all that is missing."""
    (influence,) = stake.influences
    before = trials.verdict(row.key, frozenset())
    if influence.ends or before is None:
        return None
    lacks = TimeLacks(trials, stake, row, before).sums(chosen) if isinstance(before, Verdict) else AmountLacks(trials, row, before).sums()
    for lack in lacks:
        found = {number: _part(lack, number, effect) for number, effect in stake.effects.items() if number not in lack.given}
        parts = {number: part for number, part in found.items() if part}
        condition = replace(_whole(goal, lack.missing, parts), leave=lack.given) if lack.missing > 0 else None
        if condition and any(part < condition.needed for _, part in condition.parts) and not condition.met(chosen):
            return condition
    return None


def _part(lack: Lack, number: int, effect: Effect) -> Fraction:
    """The most that an option can add, up to all that is missing."""
    if effect is Effect.EITHER:
        return lack.missing
    return min(lack.missing, max(NOTHING, lack.part_of(number))) if effect is Effect.HELPS else NOTHING


def _whole(goal: Goal | None, missing: Fraction, parts: Mapping[int, Fraction]) -> Condition:
    """The sum in whole numbers: exact where few digits are enough, else with what is missing rounded down and every part up."""
    values = [missing, *parts.values()]
    below = lcm(*(value.denominator for value in values))
    unit = max(Fraction(gcd(*(int(value * below) for value in values)), below), missing / FINEST)
    whole = tuple((number, ceil(part / unit)) for number, part in sorted(parts.items()))
    return Condition(goal, frozenset(parts), parts=whole, needed=floor(missing / unit))


@dataclass(frozen=True)
class AmountLacks:
    """What one promise of an amount lacks with no option bought.

    What is supplied is never better than it is, times how much better each commitment gets (failures that are independent:
    their logarithms add up), or plus how much better (downtimes and amounts that add up).
    """

    trials: Trials
    row: Row
    verdict: AmountVerdict

    def sums(self) -> Iterator[Lack]:
        """The one that can be told."""
        supported, promised = self.verdict.supported, self.verdict.promise.amount
        if supported is None or self.verdict.promise.metric.chain == "each":
            return
        if not self._multiplies() or (supported and promised):
            missing = -_log(supported / promised) if self._multiplies() else self._better(promised - supported)
            yield Lack(missing, lambda number: missing if (part := self._adds(number)) is None else part)

    def _better(self, difference: Fraction) -> Fraction:
        return difference if self.verdict.promise.metric.better == "higher" else -difference

    def _multiplies(self) -> bool:
        return self.verdict.promise.metric.chain == "product" and self.trials.study.catalogue.policy.failures == "independent"

    def _adds(self, number: int) -> Fraction | None:
        """What an option adds to what is supplied, or takes from what is promised; None where that cannot be told."""
        after = self.trials.verdict(self.row.key, frozenset({number}))
        if not isinstance(after, AmountVerdict) or {part.stop for part in after.parts} != {part.stop for part in self.verdict.parts}:
            return None
        then = {part.stop: part.supplies for part in after.parts}
        changed = [(part.supplies, then[part.stop], self._ways(part.stop.agreement)) for part in self.verdict.parts]
        changed.append((after.promise.amount, self.verdict.promise.amount, 1))  # to promise less is as good as to supply more
        if not self._multiplies():
            return sum((self._better(new - old) * ways for old, new, ways in changed), NOTHING)
        differing = [(old, new, ways) for old, new, ways in changed if old != new]
        return sum((_log(new / old) * ways for old, new, ways in differing), NOTHING) if all(o and n for o, n, _ in differing) else None

    def _ways(self, id: str) -> int:
        """How often an agreement can count in what is supplied: at most once for each path that leads to it."""
        found: dict[str, int] = {}
        metric = self.verdict.promise.metric.id

        def below(here: str) -> list[str]:
            return [member.agreement.value for member in self.trials.study.routes.onward(here, metric).members()]

        return settle(self.row.key[0], below, lambda here: (here == id) + sum(found[other] for other in below(here)), found)


def _log(ratio: Fraction) -> Fraction:
    """A natural logarithm, rounded up by more than it can be off."""
    return Fraction(log(ratio)) + CAUTION
