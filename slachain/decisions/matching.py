"""Which priorities of two agreements are compared with each other."""

from __future__ import annotations

from collections.abc import Mapping

from slachain.decisions.comparison import NotComparable, Pair, Side
from slachain.language.model import ANY, Agreement
from slachain.language.values import dataclass

EVERY = Pair(ANY, ANY)


@dataclass(frozen=True, slots=True)
class Matching:
    """Every priority that either agreement names, in A's order; `closed` where one of them lists all that there are.

    `strange` where both name priorities, and not one is called the same or was matched.
    """

    pairs: tuple[Pair, ...]
    closed: bool
    strange: bool

    @classmethod
    def of(cls, a: Side, b: Side, given: Mapping[str, str]) -> Matching:
        """From A's names to B's, as given or else by the same name. Raises `NotComparable` for a name that is nowhere."""
        ours, theirs = named(a.agreement), named(b.agreement)
        for side, known, names in ((a, ours, given.keys()), (b, theirs, given.values())):
            _known(side, known, list(names))
        pairs = [Pair(name, given.get(name, name)) for name in dict.fromkeys([*ours, *given])]
        matched = {pair.b for pair in pairs}
        strange = bool(ours and theirs) and matched.isdisjoint(theirs)
        pairs += [Pair(None if name in given else name, name) for name in theirs if name not in matched]
        return cls(tuple(pairs), bool(a.agreement.priorities or b.agreement.priorities), strange)

    def rows(self, a: Agreement, b: Agreement, metric: str) -> list[Pair]:
        """The priorities for which either has a target of its own; and `*`, for all others, where either answers for them.

        Where a list says which priorities there are and all have a target of their own, there are no others.
        """
        ours, theirs = a.targets.get(metric, {}), b.targets.get(metric, {})
        own = [pair for pair in self.pairs if pair.a in ours or pair.b in theirs]
        others = not self.closed or len(own) < len(self.pairs)
        return [*own, EVERY] if others and (ANY in ours or ANY in theirs) else own


def named(agreement: Agreement) -> list[str]:
    """The priorities that an agreement names: its list, then those of its targets as written."""
    listed = [priority.value for priority in agreement.priorities]
    written = [name for targets in agreement.targets.values() for name in targets if name != ANY]
    return list(dict.fromkeys([*listed, *written]))


def _known(side: Side, known: list[str], names: list[str]) -> None:
    """A name that an agreement does not have is a slip of the pen, unless it promises something for every priority."""
    if any(ANY in targets for targets in side.agreement.targets.values()):
        return
    for name in names:
        if name not in known:
            raise NotComparable(f"{side.label} has no priority {name}; it has {', '.join(known) or 'none'}")
