"""What every section of a contract is written from: the agreement, its catalogue on a day, its clocks and metrics."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from slachain.clocks.wall import LAST_DAY
from slachain.decisions.contract.clocks import Clocks
from slachain.decisions.contract.wording import plain, same, titled
from slachain.language.model import Agreement, AmountTarget, Metric, Target, TimePromise, TimeTarget
from slachain.language.values import dataclass
from slachain.study import Study

PROVIDER, CUSTOMER = "Provider", "Customer"
MOST_YEARS = 5  # of dates that are listed


@dataclass(frozen=True, slots=True)
class Draft:
    """One agreement to be written down."""

    study: Study
    agreement: Agreement
    clocks: Clocks
    below: frozenset[str]

    @classmethod
    def of(cls, study: Study, id: str) -> Draft:
        """The draft of an agreement that was read whole."""
        agreement = study.catalogue.agreements[id]
        return cls(study, agreement, Clocks.of(study, agreement), names_below(study, agreement))

    @property
    def as_of(self) -> date:
        """The day of the contract."""
        return self.study.as_of

    def metrics(self) -> Iterator[tuple[Metric, str, Target]]:
        """Every target with its metric and priority, as they are written."""
        for id, by_priority in self.agreement.targets.items():
            for priority, target in by_priority.items():
                yield self.study.catalogue.metrics[id], priority, target

    def clock(self, target: TimeTarget | AmountTarget) -> str:
        """The calendar that a target runs on, by id."""
        return (target.calendar or self.agreement.calendar).value

    def times(self) -> Iterator[tuple[Metric, str, TimePromise]]:
        """The targets that are times."""
        return ((m, p, t) for m, p, t in self.metrics() if isinstance(t, TimePromise))

    def amounts(self) -> Iterator[tuple[Metric, str, AmountTarget]]:
        """The targets that are not."""
        return ((m, p, t) for m, p, t in self.metrics() if isinstance(t, AmountTarget))

    def days(self) -> tuple[date, date]:
        """The first and the last of the dates that are listed: of the term, from the year of the contract on."""
        term = self.agreement.term
        this_year = date(self.as_of.year, 1, 1)
        first = term.opens.value if term.opens else this_year
        if not term.closes:
            first = max(first, this_year)
        elif not term.opens:
            first = min(first, date(term.closes.value.year, 1, 1))
        last = term.closes.value if term.closes else date(first.year + 1, 12, 31)
        return first, min(last, date(min(first.year + MOST_YEARS - 1, LAST_DAY.year), 12, 31))

    def role(self, who: str) -> str | None:
        """Which side a duty's `who` is, or None for neither."""
        names = {"customer": CUSTOMER, "provider": PROVIDER}
        agreement = self.agreement
        if agreement.provider.value != agreement.customer.value:
            names |= {same(agreement.customer.value): CUSTOMER, same(agreement.provider.value): PROVIDER}
        return names.get(same(who))


def metric_title(metric: Metric) -> str:
    """`First call resolution`."""
    return titled(plain(metric.id))


def names_below(study: Study, agreement: Agreement) -> frozenset[str]:
    """What lies below is called, in one spelling: ids, titles, parties and owners that the agreement does not name itself."""
    found = {name for id in study.graph.below(agreement.id) if (other := study.catalogue.agreements.get(id)) for name in _named(other)}
    return frozenset(map(same, found)) - set(map(same, _named(agreement)))


def _named(agreement: Agreement) -> Iterator[str]:
    yield from (agreement.id, agreement.provider.value, agreement.customer.value)
    yield from (written.value for written in (agreement.title, agreement.owner, agreement.service) if written)
