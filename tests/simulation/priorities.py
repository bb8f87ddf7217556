"""Which priorities a promise for all of them is tried with."""

from __future__ import annotations

from slachain.language.catalogue import Catalogue
from slachain.language.model import ANY
from tests.simulation.tickets import Ways, leaves
from tests.simulation.wall import Sight


def names_below(catalogue: Catalogue, agreement: str, metric: str) -> set[str]:
    """Priorities that are named below, in the agreement's own terms."""
    found: set[str] = set()
    ways = Ways(catalogue, Sight({}, 0, 0, 1), catalogue.agreements[agreement], metric, ANY)
    for leaf in (leaf for item in ways.items(ways.root) for leaf in leaves(item.route)):
        maps = {ours: theirs.value for ours, theirs in leaf.priorities.items()}
        below = names_below(catalogue, leaf.agreement.value, metric) | set(
            catalogue.agreements[leaf.agreement.value].targets.get(metric, {})
        )
        found |= set(leaf.after or {}) | set(maps)
        for name in below - {ANY}:
            found |= {ours for ours, theirs in maps.items() if theirs == name} or ({name} - set(maps))
    return found - {ANY}


def priorities_below(catalogue: Catalogue, agreement: str, metric: str) -> list[str]:
    """Which priorities a promise for all is tried with: those named below without a row of their own, and `*` for any other that somebody counts with."""
    own = set(catalogue.agreements[agreement].targets[metric]) - {ANY}
    named = names_below(catalogue, agreement, metric)
    tried = sorted(named - own)
    return tried if tried and not _awaited(catalogue, agreement, metric, named | own) else [*tried, ANY]


def _awaited(catalogue: Catalogue, agreement: str, metric: str, names: set[str]) -> bool:
    """Whether somebody below has written something for other priorities, and none of these tickets is one to them."""
    meant: dict[tuple[str, ...], bool] = {}

    def follow(id: str, name: str) -> None:
        ways = Ways(catalogue, Sight({}, 0, 0, 1), catalogue.agreements[id], metric, ANY)
        for n, leaf in enumerate(leaf for item in ways.items(ways.root) for leaf in leaves(item.route)):
            note((id, str(n)), set(leaf.after or {}), name)
            theirs = leaf.priorities[name].value if name in leaf.priorities else name
            below = leaf.agreement.value
            note((below,), set(catalogue.agreements[below].targets.get(metric, {})), theirs)
            follow(below, theirs)

    def note(place: tuple[str, ...], written: set[str], name: str) -> None:
        if {ANY} < written:
            meant[place] = meant.get(place, False) or name not in written

    for name in names:
        follow(agreement, name)
    return False in meant.values()
