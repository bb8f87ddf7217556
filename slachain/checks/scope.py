"""Which agreements a check of terms or wording speaks of: those that are not over, and what their promises rest on."""

from __future__ import annotations

from collections.abc import Iterator

from slachain.analysis.promises import expired
from slachain.language.agreements import KNOWN
from slachain.language.model import Agreement, TimePromise, TimeTarget
from slachain.study import Study


def current(study: Study) -> Iterator[Agreement]:
    """The agreements whose term is not over, by id; they may be yet to begin."""
    return (agreement for agreement in study.catalogue.agreements.values() if not expired(agreement, study.as_of))


def paths(study: Study) -> Iterator[tuple[Agreement, tuple[Agreement, ...]]]:
    """Each agreement with a promise that can be judged, and everything on the paths of such promises, by id."""
    for agreement in current(study):
        judged = [m for m in agreement.targets if agreement.promises and not study.obstacle(agreement.id, m)]
        below = set().union(*(study.below(agreement.id, metric) for metric in judged))
        if below:
            yield agreement, tuple(study.catalogue.agreements[id] for id in sorted(below))


def relied_on(study: Study) -> list[tuple[Agreement, list[Agreement]]]:
    """The same from below: everything on such a path, and the agreements whose promises rest on it, by id."""
    above: dict[str, list[Agreement]] = {}
    for promise, below in paths(study):
        for agreement in below:
            above.setdefault(agreement.id, []).append(promise)
    return [(study.catalogue.agreements[id], above[id]) for id in sorted(above)]


def lacks(agreement: Agreement, field: str) -> bool:
    """Whether a clause is not there, as far as can be told: it was not misread, nor may a misspelt one stand for it."""
    misread = {name for name in agreement.broken if name == field or (name not in KNOWN and not name.startswith("targets."))}
    return not misread and not getattr(agreement, field)


def told(names: list[str]) -> str:
    """`acme relies on it`, `acme and fenwick rely on it`, `acme and 4 others rely on it`."""
    if len(names) == 1:
        return f"{names[0]} relies on it"
    others = names[1] if len(names) == 2 else f"{len(names) - 1} others"
    return f"{names[0]} and {others} rely on it"


def time_targets(agreement: Agreement) -> Iterator[tuple[str, str, TimeTarget]]:
    """Its metrics, priorities and targets of times, every alternative by itself, as written."""
    for metric, by_priority in agreement.targets.items():
        for priority, target in by_priority.items():
            for one in target.alternatives if isinstance(target, TimePromise) else ():
                yield metric, priority, one
