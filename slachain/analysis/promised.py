"""Everything that is promised on a day: the rows that can be judged, and those that cannot."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TypeVar

from slachain.analysis.amounts import AmountPromise, amount_promises
from slachain.analysis.likeness import Alike, Likeness
from slachain.analysis.promises import Promise, expired, time_promises
from slachain.language.model import Agreement, Metric
from slachain.language.values import dataclass

T = TypeVar("T")


@dataclass(frozen=True, eq=False)  # without slots: each list is made when first asked for
class Promised:
    """The promises of agreements whose term is not over. Which of them can be judged is found once for all that are alike."""

    agreements: Mapping[str, Agreement]
    metrics: Mapping[str, Metric]
    as_of: date
    likeness: Likeness
    why_not: Callable[[Agreement, Metric], str | None]

    @cached_property
    def times(self) -> tuple[Promise, ...]:
        """Every promise of a time that can be judged, sorted."""
        return tuple(promise.by(agreement) for agreement, alike in self.promising for promise in alike.times)

    @cached_property
    def amounts(self) -> tuple[AmountPromise, ...]:
        """Every promise of an amount that can be judged, sorted."""
        return tuple(promise.by(agreement) for agreement, alike in self.promising for promise in alike.amounts)

    def by_agreement(self, rows: Sequence[T], those_of: Callable[[Alike], Sequence[object]]) -> Iterator[tuple[Alike, Sequence[T]]]:
        """Rows of all agreements in their order, cut up by agreement, with those like each: as many as there are `those_of` its class."""
        first = 0
        for _, alike in self.promising:
            last = first + len(those_of(alike))
            yield alike, rows[first:last]
            first = last

    @cached_property
    def not_judged(self) -> tuple[tuple[Agreement, Metric], ...]:
        """What cannot be judged, sorted."""
        return tuple((agreement, metric) for agreement, alike in self.promising for metric in alike.not_judged)

    @cached_property
    def promising(self) -> list[tuple[Agreement, Alike]]:
        """Who promises something, by id, with those like each."""
        found = [agreement for _, agreement in sorted(self.agreements.items()) if agreement.promises and not expired(agreement, self.as_of)]
        return [(agreement, self._known(agreement)) for agreement in found]

    def _known(self, agreement: Agreement) -> Alike:
        """Those like an agreement, with the promises of one of them that can be judged."""
        alike = self.likeness.of(agreement)
        if not alike.looked_at:
            metrics = [self.metrics[name] for name in sorted(agreement.targets) if name in self.metrics]
            alike.not_judged = tuple(metric for metric in metrics if self.why_not(agreement, metric))
            left = [metric for metric in metrics if metric not in alike.not_judged]
            times = (promise for metric in left if metric.type == "time" for promise in time_promises(agreement, metric))
            amounts = (promise for metric in left if metric.type != "time" for promise in amount_promises(agreement, metric))
            alike.times, alike.amounts = tuple(sorted(times, key=lambda p: p.key)), tuple(sorted(amounts, key=lambda p: p.key))
            alike.looked_at = True
        return alike
