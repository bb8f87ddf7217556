"""What the customer is owed the vendors do not pay back.

## What
For a metric, the most that the customer may be owed in a month is more than all vendors on its paths together would credit for
the same metric.

## Why
The vendor's failure becomes the customer's credit, and the difference is paid out of one's own pocket.

## Breaks
```yaml
agreements:
  acme:
    kind: sla
    provider: desk
    customer: acme
    calendar: 24x7
    targets: {availability: {at_least: 99.9%}}
    relies_on: [cloud]
    fee: 1000 EUR/month
    credits: {availability: [{below: 99.9%, credit: 10%}]}
  cloud:
    kind: uc
    provider: cloud
    customer: desk
    calendar: 24x7
    targets: {availability: {at_least: 99.95%}}
    fee: 500 EUR/month
    credits: {availability: [{below: 99.95%, credit: 5%}]}
```

## Holds
```yaml
agreements:
  acme:
    kind: sla
    provider: desk
    customer: acme
    calendar: 24x7
    targets: {availability: {at_least: 99.9%}}
    relies_on: [cloud]
    fee: 1000 EUR/month
    credits: {availability: [{below: 99.9%, credit: 10%}]}
  cloud:
    kind: uc
    provider: cloud
    customer: desk
    calendar: 24x7
    targets: {availability: {at_least: 99.95%}}
    fee: 500 EUR/month
    credits: {availability: [{below: 99.95%, credit: 20%}]}
```
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from slachain.analysis.likeness import Alike
from slachain.analysis.money import bands_of, monthly, owed
from slachain.analysis.routes import Ways
from slachain.language.findings import Finding, Note, Severity
from slachain.language.model import Agreement
from slachain.language.scalars import write_number
from slachain.language.source import Span
from slachain.language.values import dataclass
from slachain.study import Study

CODE, SLUG, SEVERITY = "SC602", "credits-not-covered", Severity.WARNING


@dataclass(frozen=True, slots=True)
class _Vendors:
    """The vendors below a promise, and what they pay back for its metric at most: the same for all promises that rest on them."""

    agreements: tuple[Agreement, ...]
    currencies: frozenset[str | None]
    paid: Fraction

    @classmethod
    def of(cls, below: tuple[Agreement, ...], metric: str) -> _Vendors:
        """Those of some agreements."""
        vendors = tuple(agreement for agreement in below if agreement.kind.value == "uc")
        currencies = frozenset(vendor.fee.value.currency if vendor.fee else None for vendor in vendors)
        return cls(vendors, currencies, sum((monthly(v.fee.value) * owed(v, metric) for v in vendors if v.fee), Fraction(0)))


def check(study: Study) -> Iterator[Finding]:
    """Every promise with credits over vendors, by metric."""
    vendors: dict[tuple[Ways, str], _Vendors] = {}
    known: dict[tuple[Alike, int], list[tuple[str, _Vendors, Fraction]]] = {}  # credits that were handed down are one object
    for agreement, alike in study.promised.promising:
        if agreement.credits:
            key = alike, id(agreement.credits)
            if key not in known:
                known[key] = list(_owed(study, agreement, vendors))
            for metric, below, share in known[key]:
                yield from _uncovered(agreement, metric, below, share)


def _owed(study: Study, agreement: Agreement, known: dict[tuple[Ways, str], _Vendors]) -> Iterator[tuple[str, _Vendors, Fraction]]:
    """Each metric with credits over vendors, these, and the share of the fee that is owed: the same for a class with the same credits."""
    for metric in agreement.credits.bands if agreement.credits else ():
        if metric in agreement.targets and bands_of(agreement, metric) and not study.obstacle(agreement.id, metric):
            key = study.routes.ways(agreement.id), metric
            if key not in known:
                known[key] = _Vendors.of(study.targets_below(agreement.id, metric), metric)
            if known[key].agreements:
                yield metric, known[key], owed(agreement, metric)


def _uncovered(agreement: Agreement, metric: str, vendors: _Vendors, share: Fraction) -> Iterator[Finding]:
    at = bands_of(agreement, metric)[0].credit.at
    if not agreement.fee or vendors.currencies != {agreement.fee.value.currency}:
        yield from _without_fees(agreement, metric, vendors.agreements, at)
        return
    fee = agreement.fee.value
    due = monthly(fee) * share
    if vendors.paid < due:
        told = [f"{write_number(amount)} {fee.currency}" for amount in (due, vendors.paid)]
        message = f"up to {told[0]} a month are owed for {metric}, and the vendors pay back {told[1]} at most"
        yield Finding(CODE, message, at, agreement.id, metric, because=tuple(_notes(metric, vendors.agreements)))


def _without_fees(agreement: Agreement, metric: str, vendors: tuple[Agreement, ...], at: Span) -> Iterator[Finding]:
    """Where fees cannot be compared, it only matters whether anybody pays back at all."""
    if not any(bands_of(vendor, metric) for vendor in vendors):
        message = f"credits are owed for {metric}, and no vendor below pays any back"
        yield Finding(CODE, message, at, agreement.id, metric, because=tuple(_notes(metric, vendors)))


def _notes(metric: str, vendors: tuple[Agreement, ...]) -> Iterator[Note]:
    for vendor in vendors:
        bands = bands_of(vendor, metric)
        yield (
            Note(f"{vendor.id} credits {bands[-1].credit.text} at most", bands[-1].credit.at)
            if bands
            else Note(f"{vendor.id} credits nothing", vendor.at)
        )
