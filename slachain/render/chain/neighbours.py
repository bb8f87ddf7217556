"""What a picture of one promise shows: the agreements on the way of its worst ticket, and those next to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from slachain.decisions.report import AgreementLine, PromiseLine, RelianceLine
from slachain.language.values import dataclass
from slachain.render.chain.ways import Agreements, Edge, breaking, carries, way

MOST_ON_WAY = 60  # agreements: far more than any chain has that people have agreed on
MOST_AGREEMENTS = 29  # and the customer; where the way has more, only it
MOST_ABREAST = 6  # beside the way, in one layer
MOST_ABOVE = 3  # of those that rely on the same agreements: they are next to the promise, but have no part in it


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The `way`, the agreements on it (`core`), those `beside` them that are drawn, and how many are not, on it and beside it."""

    way: frozenset[Edge]
    core: tuple[AgreementLine, ...]
    beside: tuple[AgreementLine, ...]
    skipped: int
    left_out: int

    @property
    def ids(self) -> frozenset[str]:
        """Every agreement that is drawn."""
        return frozenset(agreement.id for agreement in (*self.core, *self.beside))

    def reliances(self, agreement: AgreementLine) -> dict[tuple[str, str], list[RelianceLine]]:
        """The lines by which an agreement relies on others that are drawn, by their place and whom they name.

        Between two agreements that are both beside the way nothing is drawn.
        """
        core, drawn = {one.id for one in self.core}, self.ids
        found: dict[tuple[str, str], list[RelianceLine]] = {}
        for line in agreement.relies_on:
            if line.to in drawn and line.to != agreement.id and (agreement.id in core or line.to in core):
                found.setdefault((line.place if line.how else "", line.to), []).append(line)
        return found


def surroundings(promise: PromiseLine, agreements: Agreements) -> Surroundings:
    """The agreements on the way, then the nearest others while there is room."""
    edges = way(promise, agreements)
    whole = dict.fromkeys(id for id in _named(promise, edges) if id in agreements)
    core = _ends(whole, breaking(promise)) if len(whole) > MOST_ON_WAY else whole
    below = dict.fromkeys(id for id in _below(core, promise.metric, agreements) if id not in core)
    above = dict.fromkeys(id for id in _above(core, agreements) if id not in core and id not in below)
    drawn = list(_abreast([*below, *list(above)[:MOST_ABOVE]], agreements))[: max(MOST_AGREEMENTS - len(core), 0)]
    return Surroundings(
        way=frozenset(edges),
        core=tuple(agreements[id] for id in core),
        beside=tuple(agreements[id] for id in drawn),
        skipped=len(whole) - len(core),
        left_out=len({*below, *above} - {*whole} - {*drawn}),
    )


def _named(promise: PromiseLine, edges: Iterable[Edge]) -> Iterator[str]:
    yield promise.agreement
    yield from (id for edge in edges for id in edge)
    yield from (step.agreement for step in (promise.worst_case.steps if promise.worst_case else ()))


def _ends(whole: dict[str, None], breaking: frozenset[str]) -> dict[str, None]:
    """A third of what can be drawn from the beginning of the way, a third of what breaks it, a third from its end."""
    ids, third = list(whole), MOST_ON_WAY // 3
    kept = {*ids[:third], *sorted(breaking)[:third], *ids[-third:]}
    return dict.fromkeys(id for id in ids if id in kept)


def _abreast(ids: list[str], agreements: Agreements) -> Iterator[str]:
    """The first few of each layer."""
    times: dict[int, int] = {}
    for id in ids:
        tier = agreements[id].tier
        times[tier] = times.get(tier, 0) + 1
        if times[tier] <= MOST_ABREAST:
            yield id


def _below(core: dict[str, None], metric: str, agreements: Agreements) -> Iterator[str]:
    """What the core relies on, the nearest first: members of the way's own groups, what has the metric, all else."""
    lines = [(agreement, line) for id in core for agreement in [agreements[id]] for line in agreement.relies_on if line.to in agreements]
    ways = {(id, line.place) for id in core for line in agreements[id].relies_on if line.how and line.to in core}
    yield from (line.to for agreement, line in lines if (agreement.id, line.place) in ways)
    yield from (line.to for _, line in lines if carries(line, metric))
    yield from (line.to for _, line in lines)


def _above(core: dict[str, None], agreements: Agreements) -> Iterator[str]:
    """What else relies on the core, in the core's order."""
    relying: dict[str, list[str]] = {id: [] for id in core}
    for agreement in agreements.values():
        for line in agreement.relies_on:
            if line.to in relying:
                relying[line.to].append(agreement.id)
    for found in relying.values():
        yield from found
