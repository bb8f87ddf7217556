"""Everything that is promised on a day: the rows that can be judged, and those that cannot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property

from slachain.analysis.amounts import AmountPromise, amount_promises
from slachain.analysis.likeness import Alike, Likeness
from slachain.analysis.promises import Promise, expired, time_promises
from slachain.analysis.routes import Routes
from slachain.analysis.rows import Rows
from slachain.language.model import Agreement, Metric
from slachain.language.values import dataclass


@dataclass(frozen=True, eq=False)  # without slots: each list is made when first asked for
class Promised:
    """The promises of agreements whose term is not over. Which of them can be judged is found once for all that are alike."""

    agreements: Mapping[str, Agreement]
    metrics: Mapping[str, Metric]
    as_of: date
    likeness: Likeness
    why_not: Callable[[Agreement, Metric], str | None]

    @cached_property
    def times(self) -> Rows[Promise]:
        """Every promise of a time that can be judged, sorted."""
        return Rows(self.promising, self.sizes, lambda alike: alike.times)

    @cached_property
    def amounts(self) -> Rows[AmountPromise]:
        """Every promise of an amount that can be judged, sorted."""
        return Rows(self.promising, self.sizes, lambda alike: alike.amounts)

    @cached_property
    def not_judged(self) -> tuple[tuple[Agreement, Metric], ...]:
        """What cannot be judged, sorted."""
        return tuple((agreement, metric) for agreement, alike in self.promising for metric in alike.not_judged)

    @cached_property
    def sizes(self) -> Mapping[Alike, int]:
        """The classes in the order in which they are met, and how many agreements each has."""
        return Counter([alike for _, alike in self.promising])

    @cached_property
    def promising(self) -> list[tuple[Agreement, Alike]]:
        """Who promises something, by id, with those like each."""
        found = [agreement for _, agreement in sorted(self.agreements.items()) if agreement.promises and not expired(agreement, self.as_of)]
        return [(agreement, self._known(agreement)) for agreement in found]

    def groups(self, routes: Routes) -> list[list[Alike]]:
        """The classes that share situations together, and side by side those that rely on the same, and so share what lies below."""
        found: dict[int, list[Alike]] = {}
        names: dict[int, tuple[list[str], str]] = {}
        for agreement, alike in self.promising:
            if alike.way not in names:
                names[alike.way] = [name for name, _ in routes.ways(agreement.id)], agreement.calendar.value
        for alike in self.sizes:
            found.setdefault(alike.way, []).append(alike)
        return [found[way] for way in sorted(found, key=names.__getitem__)]

    def _known(self, agreement: Agreement) -> Alike:
        """Those like an agreement, with the promises of one of them that can be judged."""
        alike = self.likeness.of(agreement)
        if not alike.looked_at:
            metrics = [self.metrics[name] for name in sorted(agreement.targets) if name in self.metrics]
            alike.not_judged = tuple(metric for metric in metrics if self.why_not(agreement, metric))
            left = [metric for metric in metrics if metric not in alike.not_judged]
            times = (promise for metric in left for promise in time_promises(agreement, metric))
            amounts = (promise for metric in left for promise in amount_promises(agreement, metric))
            alike.times, alike.amounts = tuple(sorted(times, key=lambda p: p.key)), tuple(sorted(amounts, key=lambda p: p.key))
            alike.looked_at = True
        return alike
