"""Why nothing is enough: the promises that no set of options keeps, and the few facts from which that follows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from slachain.decisions.conflicts import Conflict
from slachain.decisions.hitting_set import Master, Measure
from slachain.decisions.purchase import Purchase
from slachain.decisions.trials import Chosen, Row
from slachain.language.values import dataclass, replace


@dataclass(frozen=True, slots=True)
class Stuck:
    """Promises that no set of options keeps together, and what is enough to see it."""

    rows: tuple[Row, ...]
    conflicts: tuple[Conflict, ...]
    groups: tuple[Chosen, ...]


def all_stuck(purchase: Purchase) -> Iterator[Stuck]:
    """Each promise that cannot be kept whatever is bought; if there is none, the fewest that cannot be kept together."""
    broken = [row for row in purchase.needed if not purchase.trials.kept(row, frozenset())]
    alone = [row for row in broken if not _possible(purchase, [row])]
    if not alone:
        yield in_short(purchase, fewest(purchase))
    for row in alone:
        best = purchase.learned.by_sets(row, None, frozenset())
        outright = not best.condition.take and not best.condition.leave
        yield Stuck((row,), (best,), ()) if outright else in_short(purchase, [row])


def fewest(purchase: Purchase) -> list[Row]:
    """Promises that no set keeps together, and of which each is needed for that."""
    told = {conflict.about for conflict in purchase.conflicts()}
    rows = [row for row in purchase.needed if row in told]
    for row in tuple(rows):
        rest = [other for other in rows if other != row]
        if not _possible(purchase, rest):
            rows = rest
    return rows


def in_short(purchase: Purchase, rows: Iterable[Row]) -> Stuck:
    """Promises that are not kept together, with the conflicts and exclusions that are enough to see it, none of them in vain."""
    of_these = replace(purchase, needed=tuple(rows), kept_to=[], fixed={})
    of_these.possible()
    conflicts, groups = list(of_these.conflicts()), list(purchase.groups)
    for conflict in tuple(conflicts):
        rest = [other for other in conflicts if other is not conflict]
        if _impossible(purchase, rest, groups):
            conflicts = rest
    for group in tuple(groups):
        fewer = [other for other in groups if other is not group]
        if _impossible(purchase, conflicts, fewer):
            groups = fewer
    return Stuck(of_these.needed, tuple(conflicts), tuple(groups))


def _possible(purchase: Purchase, rows: Iterable[Row]) -> bool:
    """Whether some set keeps these promises."""
    return replace(purchase, needed=tuple(rows), kept_to=[], fixed={}).possible()


def _impossible(purchase: Purchase, conflicts: Iterable[Conflict], groups: Iterable[Chosen]) -> bool:
    """Whether no set meets these conflicts and exclusions."""
    conditions = [conflict.condition for conflict in conflicts]
    return Master(sorted(purchase.priced), tuple(groups), conditions).least(Measure()) is None
