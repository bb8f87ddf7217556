"""Which agreements a check of terms or wording speaks of: those that are not over, and what their promises rest on."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from slachain.analysis.graph import calendars_named
from slachain.analysis.likeness import Alike
from slachain.analysis.promises import expired
from slachain.analysis.routes import Ways
from slachain.language.agreements import KNOWN
from slachain.language.model import Agreement, TimePromise, TimeTarget
from slachain.language.values import dataclass
from slachain.study import Study


def current(study: Study) -> tuple[Agreement, ...]:
    """The agreements whose term is not over, by id; they may be yet to begin."""
    return study.once(_current)


def _current(study: Study) -> tuple[Agreement, ...]:
    return tuple(agreement for agreement in study.catalogue.agreements.values() if not expired(agreement, study.as_of))


def handing_over(study: Study) -> tuple[Agreement, ...]:
    """Those of them that name a time after which they hand over."""
    return study.once(_handing_over)


def _handing_over(study: Study) -> tuple[Agreement, ...]:
    return tuple(a for a in current(study) if any(member.after for item in a.relies_on for member in item.members()))


def mapping(study: Study) -> frozenset[str]:
    """Those of them that name priorities in the terms of what they rely on."""
    return study.once(_mapping)


def _mapping(study: Study) -> frozenset[str]:
    return frozenset(a.id for a in current(study) if any(member.priorities for item in a.relies_on for member in item.members()))


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """What promises rest on, by id: one and the same for all that rest on the same."""

    agreements: tuple[Agreement, ...]


def paths(study: Study) -> tuple[tuple[Agreement, Ground], ...]:
    """Each agreement with a promise that can be judged, and everything on the paths of such promises."""
    return study.once(_paths)


def _paths(study: Study) -> tuple[tuple[Agreement, Ground], ...]:
    grounds: dict[tuple[Ways, tuple[str, ...]], Ground] = {}
    known: dict[Alike, Ground] = {}
    for agreement, alike in study.promised.promising:
        if alike not in known:
            judged = tuple([metric for metric in agreement.targets if not study.obstacle(agreement.id, metric)])
            key = study.routes.ways(agreement.id), judged
            if key not in grounds:
                ids = frozenset[str]().union(*(study.below(agreement.id, metric) for metric in judged))
                grounds[key] = Ground(tuple(study.catalogue.agreements[id] for id in sorted(ids)))
            known[alike] = grounds[key]
    return tuple([(agreement, known[alike]) for agreement, alike in study.promised.promising if known[alike].agreements])


def relied_on(study: Study, concerned: Callable[[Agreement, Ground], bool]) -> list[tuple[Agreement, list[Agreement]]]:
    """The same from below, of the promises that are concerned: everything on their paths, and those that rest on it, by id."""
    above: dict[str, list[Agreement]] = {}
    for promise, ground in paths(study):
        if concerned(promise, ground):
            for agreement in ground.agreements:
                above.setdefault(agreement.id, []).append(promise)
    return [(study.catalogue.agreements[id], above[id]) for id in sorted(above)]


def usable(study: Study, agreement: Agreement, *metrics: str) -> bool:
    """Whether an agreement's own targets of some metrics could be read, with their calendars."""
    if agreement.broken and not agreement.broken.isdisjoint({"targets", "calendar", *(f"targets.{m}" for m in metrics)}):
        return False
    broken = study.catalogue.broken
    return not broken or broken.isdisjoint([agreement.id, *(name for metric in metrics for name in calendars_named(agreement, metric))])


def lacks(agreement: Agreement, field: str) -> bool:
    """Whether a clause is not there, as far as can be told: it was not misread, nor may a misspelt one stand for it."""
    if getattr(agreement, field):
        return False
    return not any(name == field or (name not in KNOWN and not name.startswith("targets.")) for name in agreement.broken)


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
