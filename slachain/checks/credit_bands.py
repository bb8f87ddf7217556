"""The credits have a hole, overlap, or pay less for worse.

## What
Bands begin at the promise, each at another edge, and a worse result is never credited less.

## Why
Between the promise and the first band a breach costs nothing; of two bands with one edge nobody knows which counts; and a
customer whose service was worse would get less.

## Breaks
```yaml
agreements:
  acme:
    kind: sla
    provider: desk
    customer: acme
    calendar: 24x7
    targets: {availability: {at_least: 99.9%}}
    relies_on: [platform]
    fee: 1000 EUR/month
    credits: {availability: [{below: 99.5%, credit: 5%}, {below: 99%, credit: 10%}], cap: 30%}
  platform: {kind: ola, provider: platform, customer: desk, calendar: 24x7, targets: {availability: {at_least: 99.95%}}}
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
    relies_on: [platform]
    fee: 1000 EUR/month
    credits: {availability: [{below: 99.9%, credit: 5%}, {below: 99%, credit: 10%}], cap: 30%}
  platform: {kind: ola, provider: platform, customer: desk, calendar: 24x7, targets: {availability: {at_least: 99.95%}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from slachain.checks.scope import current
from slachain.language.findings import Finding, Note, Severity
from slachain.language.model import Agreement, Band, TimePromise
from slachain.language.scalars import BusinessDays, Duration
from slachain.language.source import Span
from slachain.study import Study

CODE, SLUG, SEVERITY = "SC601", "credit-bands", Severity.WARNING

Size = tuple[str, Fraction | int]
"""How bad something is, in its unit."""


def check(study: Study) -> Iterator[Finding]:
    """Every list of bands of every agreement."""
    sound: set[tuple[int, int]] = set()  # bands and targets that were handed down together are the same objects for all who have them
    for agreement in current(study):
        for metric, bands in (agreement.credits.bands if agreement.credits else {}).items():
            key = (id(bands), id(agreement.targets.get(metric)))
            if key not in sound and metric in study.catalogue.metrics:
                found = list(_bands(agreement, metric, bands))
                if not found:
                    sound.add(key)
                yield from found


def _bands(agreement: Agreement, metric: str, bands: tuple[Band, ...]) -> Iterator[Finding]:
    """A hole before the first band, two bands with one edge, less for worse."""
    promised = list(_promised(agreement, metric))
    told = [(size, band) for band in bands if (size := _size(band)) is not None]
    told.sort(key=lambda pair: pair[0])
    if not told:
        return
    least, first = told[0]
    if promised and not any(size == least for size, _ in promised):
        at = dict(promised)[promised[0][0]]
        message = f"the first band begins at {first.edge.text}, and not where the promise ends"
        yield Finding(CODE, message, first.edge.at, agreement.id, metric, because=(Note("what is promised", at),))
    for (size, better), (worse_size, worse) in pairwise(told):
        note = (Note(f"{better.credit.text} from {better.edge.text} on", better.at),)
        if size == worse_size:
            yield Finding(CODE, f"two bands begin at {worse.edge.text}", worse.edge.at, agreement.id, metric, because=note)
        elif worse.credit.value < better.credit.value:
            message = f"{worse.credit.text} for worse than {worse.edge.text}, less than the {better.credit.text} before it"
            yield Finding(CODE, message, worse.credit.at, agreement.id, metric, because=note)


def _size(band: Band) -> Size | None:
    """How bad an edge is, among edges of its kind."""
    return _measure(band.edge.value, band.side == "over")


def _measure(value: object, over: bool) -> Size | None:
    """How bad a value is, in its unit: over an edge more is worse, below one less is."""
    if isinstance(value, Fraction):
        return "share", value if over else -value
    if isinstance(value, Duration):
        return "time", value.seconds
    return ("days", value.days) if isinstance(value, BusinessDays) else None


def _promised(agreement: Agreement, metric: str) -> Iterator[tuple[Size, Span]]:
    """What is promised of the metric, for any priority."""
    for target in agreement.targets.get(metric, {}).values():
        over = isinstance(target, TimePromise) or target.direction == "at_most"
        bounds = [one.within for one in target.alternatives] if isinstance(target, TimePromise) else [target.bound]
        for bound in bounds:
            if (size := _measure(bound.value, over)) is not None:
                yield size, bound.at
