"""A more urgent ticket may be due later than a less urgent one.

## What
At some instant the target of a more urgent priority (earlier in `priorities`) is due later than that of a less urgent one, each on
its own clock; or a `priorities` map turns their order round.

## Why
Four hours of office time can end after twelve hours around the clock: on Friday evening P2 is served before P1.

## Breaks
```yaml
agreements:
  desk: {kind: ola, provider: desk, customer: company, calendar: 24x7, priorities: [P1, P2], targets: {resolution: {P1: 8h, P2: 4h}}}
```

## Holds
```yaml
agreements:
  desk: {kind: ola, provider: desk, customer: company, calendar: 24x7, priorities: [P1, P2], targets: {resolution: {P1: 4h, P2: 8h}}}
```
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise, product

from slachain.analysis.routes import target_for, their_priority
from slachain.checks.alike import where
from slachain.checks.comparing import Comparisons, alternatives
from slachain.checks.scope import current, mapping, usable
from slachain.language.findings import Finding, Note, Severity
from slachain.language.model import Agreement, Member, TimePromise, TimeTarget
from slachain.study import Study

CODE, SLUG, SEVERITY = "SC812", "priority-inversion", Severity.WARNING

Pair = tuple[TimeTarget, TimeTarget]


def check(study: Study) -> Iterator[Finding]:
    """Neighbours in an agreement's list of priorities, for every metric of a time; and every map."""
    turned = {agreement.id for agreement in where(study, lambda agreement: any(_targets(study, agreement)))}
    orders, mapped = _orders(study), mapping(study)
    known: dict[tuple[int, Sequence[str]], bool] = {}  # by an order, and who is relied on: whether any of them has another
    for agreement in current(study):
        if agreement.id in turned:
            yield from _targets(study, agreement)
        ours = orders[agreement.id]
        below = study.graph.relied_on[agreement.id]
        key = id(ours), below
        if key not in known:
            known[key] = any(orders.get(name, ours) != ours for name in below)
        if agreement.id in mapped or known[key]:
            for item in agreement.relies_on:
                for member in item.members():
                    yield from _map(agreement, member, ours, orders.get(member.agreement.value, []))


def _orders(study: Study) -> Mapping[str, list[str]]:
    """Every agreement's priorities in order; those that were handed down are one list for all who have them."""
    found: dict[int, list[str]] = {}
    agreements = study.catalogue.agreements.values()
    for agreement in agreements:
        if id(agreement.priorities) not in found:
            found[id(agreement.priorities)] = [priority.value for priority in agreement.priorities]
    return {agreement.id: found[id(agreement.priorities)] for agreement in agreements}


def _targets(study: Study, agreement: Agreement) -> Iterator[Finding]:
    order = [priority.value for priority in agreement.priorities]
    for metric in agreement.targets:
        if study.catalogue.metrics[metric].type == "time" and usable(study, agreement, metric):
            told = [(name, target) for name in order if isinstance(target := target_for(agreement, metric, name), TimePromise)]
            for (urgent, first), (less, second) in pairwise(told):
                yield from _inverted(study, agreement, metric, urgent, less, product(first.alternatives, second.alternatives))


def _inverted(study: Study, agreement: Agreement, metric: str, urgent: str, less: str, pairs: Iterable[Pair]) -> Iterator[Finding]:
    comparisons = study.once(Comparisons)
    for one, other in pairs:
        if one is not other and comparisons.answer(alternatives(agreement, one, other)):
            message = f"{urgent} within {one.within.text} may be due later than {less} within {other.within.text}"
            note = (Note(f"{metric} of {less}", other.within.at),)
            yield Finding(CODE, message, one.within.at, agreement.id, metric, urgent, note)


def _map(agreement: Agreement, member: Member, order: list[str], theirs: list[str]) -> Iterator[Finding]:
    for urgent, less in pairwise(name for name in order if their_priority(member, name) in theirs):
        ranks = [theirs.index(their_priority(member, name)) for name in (urgent, less)]
        if ranks[0] > ranks[1]:
            at = (member.priorities.get(urgent) or member.priorities.get(less) or member.agreement).at
            message = f"{urgent} becomes {theirs[ranks[0]]} and {less} becomes {theirs[ranks[1]]} at {member.agreement.value}: the order is turned round"
            yield Finding(CODE, message, at, agreement.id)
