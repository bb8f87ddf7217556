"""Promises of amounts judged: shares, numbers and money (sections 5 and 8)."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from slachain.analysis.availability import Downtime, Supply
from slachain.analysis.chains import Stop
from slachain.analysis.order import reached
from slachain.analysis.promises import Horizon
from slachain.analysis.routes import Routes, target_for
from slachain.analysis.verdicts import GAP, HOLDS, UNSUPPORTED
from slachain.clocks.calendars import Calendars
from slachain.language.catalogue import Catalogue
from slachain.language.model import Agreement, AmountTarget, Member, Metric, Route
from slachain.language.scalars import Money
from slachain.language.values import dataclass, field


@dataclass(frozen=True, slots=True)
class AmountPromise:
    """One row: an agreement's amount for a metric and priority."""

    agreement: Agreement
    metric: Metric
    priority: str
    target: AmountTarget

    @property
    def key(self) -> tuple[str, str, str, int]:
        """What rows are sorted by and looked up with."""
        return self.agreement.id, self.metric.id, self.priority, -1

    def by(self, agreement: Agreement) -> AmountPromise:
        """The promise in the same place of another agreement that has one there; what was handed down to both is one object."""
        if agreement.targets is self.agreement.targets:
            return AmountPromise(agreement, self.metric, self.priority, self.target)
        target = agreement.targets[self.metric.id][self.priority]
        assert isinstance(target, AmountTarget)
        return AmountPromise(agreement, self.metric, self.priority, target)

    @property
    def calendar(self) -> str:
        """The clock it is measured on, by calendar id."""
        return (self.target.calendar or self.agreement.calendar).value

    @property
    def amount(self) -> Fraction:
        """The bound as a number: a share, a count, or an amount in its currency."""
        return amount_of(self.target)


@dataclass(frozen=True, slots=True)
class Part:
    """One commitment that counts, and what it supplies to the promise's clock and period."""

    stop: Stop
    target: AmountTarget
    supplies: Fraction


@dataclass(frozen=True, slots=True)
class AmountVerdict:
    """What was found of it. `supported` is None where a commitment is missing (cause `missing`) or nothing is relied on."""

    promise: AmountPromise
    horizon: Horizon
    verdict: str
    cause: str | None = None
    supported: Fraction | None = None
    parts: tuple[Part, ...] = ()
    missing: tuple[Stop, ...] = ()

    @property
    def named(self) -> tuple[str, str, str]:
        """Its promise's agreement, metric and priority; alternatives share them."""
        return self.promise.agreement.id, self.promise.metric.id, self.promise.priority

    @property
    def holds(self) -> bool:
        """Whether it is kept."""
        return self.verdict == HOLDS

    def by(self, agreement: Agreement) -> AmountVerdict:
        """The one on the promise in the same place of another agreement of its class."""
        return self.of(self.promise.by(agreement))

    def of(self, promise: AmountPromise) -> AmountVerdict:
        """The verdict on a promise that is like this one's."""
        return AmountVerdict(promise, self.horizon, self.verdict, self.cause, self.supported, self.parts, self.missing)


@dataclass(frozen=True, slots=True)
class Supplied:
    """What is supplied of a promise, whatever the bound: None where a commitment is missing."""

    amount: Fraction | None = None
    parts: tuple[Part, ...] = ()
    missing: tuple[Stop, ...] = ()
    relied_on: bool = True  # whether anything is

    def verdict(self, promise: AmountPromise, when: Horizon, equal: str) -> AmountVerdict:
        """The verdict on a promise of so much; `equal` is the policy for what is just as much."""
        if not self.relied_on:
            return AmountVerdict(promise, when, UNSUPPORTED, UNSUPPORTED)
        if self.amount is None:
            return AmountVerdict(promise, when, GAP, "missing", None, self.parts, self.missing)
        left = goodness(promise.metric, self.amount) - goodness(promise.metric, promise.amount)
        kept = left > 0 or (left == 0 and equal == "kept")
        short = "availability" if promise.metric.chain == "product" else "amount"
        cause = None if kept else "equal" if left == 0 else short
        return AmountVerdict(promise, when, HOLDS if kept else GAP, cause, self.amount, self.parts)


def goodness(metric: Metric, amount: Fraction) -> Fraction:
    """Greater is better, whichever way the metric goes."""
    return amount if metric.better == "higher" else -amount


def amount_of(target: AmountTarget) -> Fraction:
    """A bound as a plain number."""
    value = target.bound.value
    return value.amount if isinstance(value, Money) else value


def unit_of(target: AmountTarget) -> tuple[str | None, ...]:
    """What has to be the same for two amounts to be compared: currency and period."""
    money = target.bound.value
    per = target.period
    return (money.currency, money.per, per) if isinstance(money, Money) else (per,)


@dataclass(slots=True, eq=False)
class AmountJudge:
    """Finds what is supplied of a promise of an amount. How much is promised has no part in it."""

    promise: AmountPromise
    horizon: Horizon
    names: tuple[str, ...]
    catalogue: Catalogue
    routes: Routes
    calendars: Calendars
    supply: Supply = field(init=False)

    def __post_init__(self) -> None:
        downtime = Downtime(self.calendars, self.promise.calendar, self.promise.target.period, self.horizon)
        self.supply = Supply(self.catalogue.agreements, self.routes, downtime, self.catalogue.policy.failures)

    def supplied(self) -> Supplied:
        """What is supplied; of a promise for every priority, the worst."""
        if not self.routes.onward(self.promise.agreement.id, self.promise.metric.id).items:
            return Supplied(relied_on=False)
        found = [self._of(Stop(self.promise.agreement.id, self.promise.metric.id, name, ())) for name in self.told_apart()]
        return min(found, key=lambda of: (of.amount is not None, Fraction(0) if of.amount is None else self._goodness(of.amount)))

    def told_apart(self) -> list[str]:
        """The priorities but for all except the first of those that nothing below tells apart: the same commitments answer for them."""
        apart = self.routes.told_apart(self.promise.agreement.id, self.promise.metric.id)
        rest = next((name for name in self.names if name not in apart), None)
        return [name for name in self.names if name in apart or name == rest]

    def _goodness(self, amount: Fraction) -> Fraction:
        return goodness(self.promise.metric, amount)

    def _of(self, root: Stop) -> Supplied:
        parts, missing = tuple(self._parts(root)), tuple(self._missing(root))
        return Supplied(None if missing else self._supported(root, parts), parts, missing)

    def _supported(self, root: Stop, parts: tuple[Part, ...]) -> Fraction | None:
        if self.promise.metric.chain == "product":
            return self.supply.of_list(root)
        if self.promise.metric.chain == "each":
            return min((part.supplies for part in parts), key=self._goodness, default=None)
        amounts = [amount for item in self._items(root) if (amount := self._sum(root, item)) is not None]
        return sum(amounts, Fraction(0)) if amounts else None

    def _items(self, root: Stop) -> list[Route]:
        return [item.route for item in self.routes.onward(root.agreement, root.metric).items]

    def _sum(self, root: Stop, route: Route) -> Fraction | None:
        """Lists and `all_of` add, `any_of` counts its worst member; who commits to nothing adds nothing."""
        if isinstance(route, Member):
            target = self._target(root.beyond(route))
            return None if target is None else amount_of(target)
        amounts = [self._sum(root, inner) for inner in route.members]
        if all(amount is None for amount in amounts):
            return None
        counted = [amount or Fraction(0) for amount in amounts]
        return min(counted, key=self._goodness) if route.how == "any_of" else sum(counted, Fraction(0))

    def _target(self, stop: Stop) -> AmountTarget | None:
        target = target_for(self.catalogue.agreements[stop.agreement], stop.metric, stop.priority)
        return target if isinstance(target, AmountTarget) else None

    def _parts(self, root: Stop) -> Iterator[Part]:
        """Every commitment that counts: all below, for `supply` the direct ones."""
        for stop in self._reached(root):
            target = self._target(stop)
            if target is not None:
                own = self.supply.own(stop) if self.promise.metric.chain == "product" else None
                yield Part(stop, target, amount_of(target) if own is None else own)

    def _missing(self, root: Stop) -> Iterator[Stop]:
        """For `each`, the agreements relied on directly that commit to nothing."""
        if self.promise.metric.chain == "each":
            yield from (stop for stop in self._direct(root) if self._target(stop) is None)

    def _direct(self, root: Stop) -> list[Stop]:
        onward = self.routes.onward(root.agreement, root.metric)
        return list(dict.fromkeys(root.beyond(member) for member in onward.members()))

    def _reached(self, root: Stop) -> list[Stop]:
        return self._direct(root) if self.promise.metric.chain == "supply" else reached(root, self._direct)


def amount_promises(agreement: Agreement, metric: Metric) -> Iterator[AmountPromise]:
    """The rows of one agreement and metric of amounts, in order of priority as written."""
    for priority, target in agreement.targets.get(metric.id, {}).items():
        if isinstance(target, AmountTarget):
            yield AmountPromise(agreement, metric, priority, target)
