"""Promises judged again with options bought: each once for every set of those options that have a part in it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from enum import Enum
from fractions import Fraction
from math import ceil
from typing import TypeVar

from slachain.analysis.amounts import AmountPromise, AmountVerdict, amount_promises
from slachain.analysis.money import bands_of, cap_of, monthly, time_at_risk
from slachain.analysis.promises import Promise, expired, time_promises
from slachain.analysis.verdicts import HOLDS, Verdict
from slachain.decisions.options import Priced, with_options
from slachain.language.model import Agreement, Metric
from slachain.language.values import dataclass, field
from slachain.study import Study

T = TypeVar("T")

Key = tuple[str, str, str, int]  # agreement, metric, priority, number of the alternative or -1
Chosen = frozenset[int]
MOST_STUDIES = 64  # kept: each holds the curves of a catalogue


class Standing(Enum):
    """How a promise stands. What is `SHORT` stays so whatever gets worse; what is `EQUAL` fails only since nothing is left.

    A promise that may be tolerated is kept with more than its limit in some tickets, and not with exactly its limit.
    """

    KEPT = "kept"
    SHORT = "short"
    EQUAL = "equal"


@dataclass(frozen=True, slots=True)
class Row:
    """A promise that there is, or would be with some options, and whether it is kept where it is but tolerated."""

    key: Key
    tolerated: bool


def rows_of(agreement: Agreement, metric: Metric) -> Iterator[Promise | AmountPromise]:
    """The promises of one agreement and metric."""
    return time_promises(agreement, metric) if metric.type == "time" else amount_promises(agreement, metric)


@dataclass(eq=False)
class Trials:
    """A catalogue on a day, and options that may be bought, by number."""

    study: Study
    priced: tuple[Priced, ...]
    parts: dict[Hashable, Chosen] = field(default_factory=dict)  # the options that have a part in a row's or an agreement's result
    _studies: dict[Chosen, Study] = field(default_factory=dict)
    _found: dict[tuple[Hashable, Chosen], object] = field(default_factory=dict)

    def once(self, what: Hashable, chosen: Chosen, find: Callable[[Chosen], T]) -> T:
        """What is found for those of the chosen options that have a part in it."""
        taken = chosen & self.parts[what] if what in self.parts else chosen
        if (what, taken) not in self._found:
            self._found[what, taken] = find(taken)
        return self._found[what, taken]  # type: ignore[return-value]

    def study_with(self, chosen: Chosen) -> Study:
        """The study of the catalogue with these options in it."""
        if chosen not in self._studies:
            if len(self._studies) >= MOST_STUDIES:
                del self._studies[next(iter(self._studies))]
            self._studies[chosen] = self.study.amended(*self.amended(chosen))
        return self._studies[chosen]

    def amended(self, chosen: Chosen) -> list[Agreement]:
        """The agreements that these options change, with all of them in."""
        by_agreement: dict[str, list[Priced]] = {}
        for number in sorted(chosen):
            by_agreement.setdefault(self.priced[number].agreement, []).append(self.priced[number])
        agreements = self.study.catalogue.agreements
        return [with_options(agreements[id], (one.option for one in priced)) for id, priced in by_agreement.items()]

    def promise(self, key: Key, chosen: Chosen) -> tuple[Study, Promise | AmountPromise | None]:
        """A promise of the catalogue with these options in it, None where there is none."""
        study = self.study_with(chosen)
        agreement, metric = study.catalogue.agreements[key[0]], study.catalogue.metrics[key[1]]
        return study, next((promise for promise in rows_of(agreement, metric) if promise.key == key), None)

    # --- one promise ----------------------------------------------------------------------------------------------

    def kept(self, row: Row, chosen: Chosen) -> bool:
        """Whether a promise is kept, or is none."""
        return self.standing(row, chosen) is Standing.KEPT

    def standing(self, row: Row, chosen: Chosen) -> Standing:
        """How a promise stands with these options."""
        return self.once(row, chosen, lambda taken: self._standing(row, taken))

    def _standing(self, row: Row, chosen: Chosen) -> Standing:
        study, promise = self.promise(row.key, chosen)
        if promise is None:
            return Standing.KEPT
        if not comparable(study, promise):
            return Standing.SHORT
        if isinstance(promise, AmountPromise):
            verdict = study.amount_verdict(promise)
            return Standing.KEPT if verdict is None or verdict.holds else Standing.SHORT
        return _standing_of_time(study, promise, row.tolerated)

    def verdict(self, key: Key, chosen: Chosen) -> Verdict | AmountVerdict | None:
        """All that is found of a promise with these options; None where there is none that is judged."""
        return self.once(("verdict", key), chosen, lambda taken: self._verdict(key, taken))

    def _verdict(self, key: Key, chosen: Chosen) -> Verdict | AmountVerdict | None:
        study, promise = self.promise(key, chosen)
        if promise is None or not comparable(study, promise):
            return None
        return study.amount_verdict(promise) if isinstance(promise, AmountPromise) else study.verdict(promise)

    # --- money ----------------------------------------------------------------------------------------------------

    def at_risk(self, agreement: str, chosen: Chosen) -> int:
        """The money that is expected to be paid back in a month, in hundredths, rounded up: less than one is nothing to choose by."""
        return self.once(agreement, chosen, lambda taken: ceil(100 * self._at_risk(agreement, taken)))

    def _at_risk(self, id: str, chosen: Chosen) -> Fraction:
        study = self.study_with(chosen)
        agreement = study.catalogue.agreements[id]
        promises = list(paying(study, agreement))
        if not agreement.fee or not promises:
            return Fraction(0)
        most = monthly(agreement.fee.value) * cap_of(agreement)
        if not all(comparable(study, promise) for promise in promises):
            return most
        risks = [time_at_risk(verdict) for promise in promises if (verdict := study.verdict(promise))]
        return min(most, sum((risk.expected for risk in risks if risk and risk.expected), Fraction(0)))


def paying(study: Study, agreement: Agreement) -> Iterator[Promise]:
    """The promises of an agreement for which money is expected to be paid back: those of times, with credits and a demand."""
    if not agreement.fee or not agreement.demand or not agreement.promises or expired(agreement, study.as_of):
        return
    for metric in (study.catalogue.metrics[id] for id in agreement.targets if id in study.catalogue.metrics):
        if metric.type == "time" and bands_of(agreement, metric.id):
            yield from time_promises(agreement, metric)


def comparable(study: Study, promise: Promise | AmountPromise) -> bool:
    """Whether options have left a promise such that it can be judged: shares up to the whole, amounts in its own unit."""
    agreement, metric = promise.agreement.id, promise.metric
    reached = (agreement, *study.below(agreement, metric.id))
    return not study.unlike(agreement, metric) and not any(study.routes.onward(id, metric.id).excessive for id in reached)


def _standing_of_time(study: Study, promise: Promise, tolerated: bool) -> Standing:
    """The verdict without its numbers, and without the search for a worst ticket."""
    if study.horizon(promise) is None:
        return Standing.KEPT
    if not study.routes.onward(promise.agreement.id, promise.metric.id).items:
        return Standing.SHORT
    judge = study.judge_of(promise)
    assert judge is not None
    if not len(judge.situation.opened.starts):
        return Standing.KEPT
    strands, _ = judge.situation.known()
    always, at_most = judge.within(strands)
    in_time = always or (at_most and judge.policy.equal == "kept")
    if judge.assured(strands) < promise.target.share:
        return Standing.SHORT
    if in_time or (tolerated and not at_most):
        return Standing.KEPT
    return Standing.EQUAL if tolerated else Standing.SHORT


def holds(verdict: Verdict | AmountVerdict) -> bool:
    """Whether a promise is kept without reservation."""
    return verdict.verdict == HOLDS
