"""A clock below stops where the promise's does not.

## What
An agreement on the path pauses for a reason that the promise does not share, or for longer. Its target is taken as that much
longer, and as without end where nothing bounds the pause.

## Why
"Not while we wait for the vendor" is kept by the team to the letter, while the customer's clock runs on.

## Breaks
```yaml
agreements:
  acme: {kind: sla, provider: desk, customer: acme, calendar: 24x7, targets: {resolution: {P1: 8h}}, relies_on: [tier2]}
  tier2: {kind: ola, provider: engineering, customer: desk, calendar: 24x7, targets: {resolution: {P1: 3h}}, pauses: [{awaiting-vendor: 4h}]}
```

## Holds
```yaml
agreements:
  acme: {kind: sla, provider: desk, customer: acme, calendar: 24x7, targets: {resolution: {P1: 8h}}, relies_on: [tier2], pauses: [{awaiting-vendor: 4h}]}
  tier2: {kind: ola, provider: engineering, customer: desk, calendar: 24x7, targets: {resolution: {P1: 3h}}, pauses: [{awaiting-vendor: 4h}]}
```
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from slachain.analysis.chains import pauses_of
from slachain.analysis.likeness import Alike
from slachain.analysis.routes import extra_pause
from slachain.language.findings import Finding, Note, Severity
from slachain.language.model import Agreement
from slachain.language.scalars import write_duration
from slachain.study import Study

CODE, SLUG, SEVERITY = "SC401", "pause-mismatch", Severity.ERROR


def check(study: Study) -> Iterator[Finding]:
    """For every promising agreement, each reason for which something on the path of a judged promise stops for longer."""
    of_ways: dict[tuple[int, tuple[str, ...]], tuple[Agreement, ...]] = {}
    longer: dict[Alike, tuple[Agreement, ...]] = {}
    for promise, alike in study.promised.promising:
        if alike not in longer:  # what is below a promise of a metric, and what of it stops for longer, is so for all that rely on the same
            key = alike.way, tuple(dict.fromkeys(judged.metric.id for judged in alike.times))
            if key not in of_ways:
                of_ways[key] = tuple(_longer(study, promise, key[1]))
            longer[alike] = of_ways[key]
        for agreement in longer[alike]:
            yield from _mismatches(promise, dict(pauses_of(promise)), agreement)


def _longer(study: Study, promise: Agreement, metrics: Sequence[str]) -> Iterator[Agreement]:
    """Everything on the path of a judged promise of a time that stops for longer than that, once."""
    ours = dict(pauses_of(promise))
    below = dict.fromkeys(agreement.id for metric in metrics for agreement in study.targets_below(promise.id, metric))
    for agreement in map(study.catalogue.agreements.__getitem__, below):
        if extra_pause(agreement.pauses, ours) != 0:
            yield agreement


def _mismatches(promise: Agreement, ours: Mapping[str, int | None], below: Agreement) -> Iterator[Finding]:
    for reason, pause in below.pauses.items():
        extra = extra_pause({reason: pause}, ours)
        if extra == 0:
            continue
        told = "without limit" if extra is None else f"for {write_duration(extra)} more than {promise.id}"
        shared = promise.pauses.get(reason)
        notes = (Note(f"{promise.id} stops for it for {write_duration(shared.value or 0)} at most", shared.at),) if shared else ()
        notes = notes or (Note(f"{promise.id} does not stop for it", promise.at),)
        message = f"the clock of {below.id} may stop {told} while it is '{reason}'"
        yield Finding(CODE, message, pause.at, promise.id, because=notes, help=f"let {promise.id} pause for it too, or bound it below")
