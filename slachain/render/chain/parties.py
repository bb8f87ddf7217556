"""The whole catalogue, collapsed: a party for each customer, team and vendor, and one bond between any two of them.

Where that is still too much for a picture, customers and then the smallest teams and vendors are drawn together, and it is said.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping

from slachain.decisions.report import AgreementLine, PromiseLine, Report
from slachain.language.values import dataclass, replace
from slachain.render.chain.ranks import ranks
from slachain.render.chain.sketch import CUSTOMER, TEAM, VENDOR
from slachain.render.chain.ways import GAP, SIGNS, Edge, way
from slachain.render.words import counted, name_of

MOST_CUSTOMERS = 12  # drawn one by one
MOST_GROUPS = 24  # of customers, by whom they rely on; beyond, they are told apart by verdict alone
MOST_PARTIES, MOST_BONDS = 250, 400
MOST_CROSSED = 1200  # layers, by all bonds together: what takes time is not how many bonds there are but how long

Face = tuple[str, str]  # a shape and a name: what an agreement is drawn as

KEPT = {
    GAP: " with gaps",
    "unsupported": ", some unsupported",
    "tolerated": ", late at times",
    "holds": ", all kept",
    "": ", not judged",
}

# The verdicts of the customers who are told apart by whom they rely on, the finest first, and what is said of it.
ALIKE = {
    tuple(KEPT): "Customers who rely on the same parties with the same verdict are drawn as one.",
    (GAP,): "Customers with the same verdict are drawn as one; those with gaps by whom they rely on.",
    (): "Customers with the same verdict are drawn as one.",
}


@dataclass(frozen=True, slots=True)
class Party:
    """One or several customers, teams or vendors: their agreements, the promises in these, and how far below the customers."""

    face: Face
    name: str
    agreements: tuple[AgreementLine, ...]
    promises: tuple[PromiseLine, ...]
    members: tuple[str, ...]
    rank: int = 0

    @property
    def verdict(self) -> str:
        """The worst of its promises' verdicts, empty where there is none."""
        return next((verdict for verdict in SIGNS if any(promise.verdict == verdict for promise in self.promises)), "")


@dataclass(frozen=True, slots=True)
class Bond:
    """One party relies on another: the hand-overs and shares that are written, and the promises that break this way."""

    tail: Face
    head: Face
    after: tuple[str, ...]
    shares: tuple[str, ...]
    breaks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Web:
    """The parties by rank, the bonds between them, and what was drawn together."""

    parties: tuple[Party, ...]
    bonds: tuple[Bond, ...]
    notes: tuple[str, ...] = ()

    def by_face(self) -> dict[Face, Party]:
        """The parties by what they are drawn as."""
        return {party.face: party for party in self.parties}


def web(report: Report) -> Web:
    """The picture of a catalogue, small enough to be drawn."""
    return fewer_parties(ranked(fewer_customers(apart(report))))


# --- each by itself --------------------------------------------------------------------------------------------------


def apart(report: Report) -> Web:
    """Every customer and every provider by itself."""
    faces = faces_of(report)
    agreements: dict[Face, list[AgreementLine]] = {}
    promises: dict[Face, list[PromiseLine]] = {}
    for agreement in report.agreements:
        agreements.setdefault(faces[agreement.id], []).append(agreement)
    for promise in report.promises:
        promises.setdefault(faces[promise.agreement], []).append(promise)
    parties = (Party(face, face[1], tuple(agreements[face]), tuple(promises.get(face, ())), (face[1],)) for face in sorted(agreements))
    return Web(tuple(parties), tuple(together(bonds_of(report, faces), lambda face: face)))


def faces_of(report: Report) -> dict[str, Face]:
    """What each agreement is drawn as: its customer, where it is a promise that nothing else relies on, or else its provider."""
    relied_on = {line.to for agreement in report.agreements for line in agreement.relies_on}
    upper = {agreement.id for agreement in report.agreements if agreement.promises and agreement.id not in relied_on}
    teams = {agreement.provider for agreement in report.agreements if agreement.id not in upper and agreement.kind != "uc"}
    return {
        a.id: (CUSTOMER, a.customer) if a.id in upper else (TEAM if a.provider in teams else VENDOR, a.provider) for a in report.agreements
    }


def bonds_of(report: Report, faces: dict[str, Face]) -> Iterator[Bond]:
    """One for each line by which an agreement relies on one of another party."""
    breaks = broken_ways(report)
    for agreement in report.agreements:
        for line in agreement.relies_on:
            if line.to in faces:
                times, shares = tuple(text for _, text in line.after), (line.share,) if line.share else ()
                yield Bond(faces[agreement.id], faces[line.to], times, shares, tuple(breaks.get((agreement.id, line.to), ())))


def broken_ways(report: Report) -> dict[Edge, list[str]]:
    """The promises that cannot be kept, by the edges on the ways of their worst tickets."""
    agreements = {agreement.id: agreement for agreement in report.agreements}
    found: dict[Edge, list[str]] = {}
    for promise in report.promises:
        if promise.verdict == GAP:
            for edge in way(promise, agreements):
                found.setdefault(edge, []).append(name_of(promise))
    return found


def together(bonds: Iterable[Bond], face: Callable[[Face], Face]) -> Iterator[Bond]:
    """One bond for all between two parties, when these are drawn as others; none from a party to itself."""
    found: dict[tuple[Face, Face], list[Bond]] = {}
    for bond in bonds:
        ends = face(bond.tail), face(bond.head)
        if ends[0] != ends[1]:
            found.setdefault(ends, []).append(bond)
    for (tail, head), same in sorted(found.items()):
        yield Bond(
            tail,
            head,
            after=_each_once(bond.after for bond in same),
            shares=_each_once(bond.shares for bond in same),
            breaks=_each_once(bond.breaks for bond in same),
        )


def _each_once(found: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for texts in found for text in texts))


# --- layers ----------------------------------------------------------------------------------------------------------


def ranked(found: Web) -> Web:
    """Customers on top, then the teams, who relies on others above them, and every vendor below all teams."""
    tiers = {party.face: min(agreement.tier for agreement in party.agreements) for party in found.parties}
    edges = [(bond.tail, bond.head) for bond in found.bonds]
    rank: dict[Face, int] = {}
    for shape in (CUSTOMER, TEAM, VENDOR):
        first = max(rank.values(), default=-1) + 1
        of_shape = {face: tier for face, tier in tiers.items() if face[0] == shape}
        rank |= {face: first + layer for face, layer in ranks(of_shape, edges).items()}
    parties = sorted((replace(party, rank=rank[party.face]) for party in found.parties), key=lambda party: (party.rank, party.face))
    return replace(found, parties=tuple(parties))


# --- drawn together --------------------------------------------------------------------------------------------------


def fewer_customers(found: Web) -> Web:
    """Beyond a dozen, those who rely on the same parties with the same verdict are one; beyond two dozen of those, all of a verdict."""
    customers = [party for party in found.parties if party.face[0] == CUSTOMER]
    if len(customers) <= MOST_CUSTOMERS:
        return found
    relied_on: dict[Face, list[Face]] = {}
    for bond in found.bonds:
        relied_on.setdefault(bond.tail, []).append(bond.head)
    tried = [
        (note, {c.face: (c.verdict, tuple(relied_on.get(c.face, ())) if c.verdict in verdicts else ()) for c in customers})
        for verdicts, note in ALIKE.items()
    ]
    note, alike = next((one for one in tried if len(set(one[1].values())) <= MOST_GROUPS), tried[-1])
    return merged(found, alike, note, lambda some: f"{len(some)} customers{KEPT[some[0].verdict]}")


def fewer_parties(found: Web) -> Web:
    """Beyond what can be drawn, the teams and vendors with the fewest agreements are one in each layer; the ways of gaps last."""
    if fits(found):
        return found
    failing = {face for bond in found.bonds if bond.breaks for face in (bond.tail, bond.head)}
    others = [party for party in found.parties if party.face[0] != CUSTOMER]
    ordered = sorted(others, key=lambda party: (party.face not in failing, -len(party.agreements), party.face))

    def keeping(number: int, layers: bool) -> Web:
        alike: dict[Face, Hashable] = {p.face: (p.face[0], p.rank if layers else 0) for p in ordered[number:]}
        told = f"{counted(len(alike), 'team or vendor', 'teams and vendors')} with the fewest agreements are drawn together"
        return ranked(merged(found, alike, f"{told}, {'layer by layer' if layers else 'in one'}.", _others))

    for layers in (True, False):  # a chain of hundreds of layers has nothing to draw together in any of them
        too_many = bisect_left(range(len(ordered) + 1), 1, key=lambda number: int(not fits(keeping(number, layers))))
        if too_many:
            break
    return keeping(max(too_many - 1, 0), layers)


def fits(found: Web) -> bool:
    """Whether it can be drawn: in a second or two, and on a picture that somebody may want to look at."""
    rank = {party.face: party.rank for party in found.parties}
    crossed = sum(abs(rank[bond.tail] - rank[bond.head]) for bond in found.bonds)
    return len(found.parties) <= MOST_PARTIES and len(found.bonds) <= MOST_BONDS and crossed <= MOST_CROSSED


def merged(found: Web, alike: Mapping[Face, Hashable], note: str, name: Callable[[list[Party]], str]) -> Web:
    """The same with those parties as one that are alike; each keeps the face of its first."""
    groups: dict[Hashable, list[Party]] = {}
    for party in found.parties:
        groups.setdefault(("like", alike[party.face]) if party.face in alike else party.face, []).append(party)
    into = {party.face: some[0].face for some in groups.values() for party in some}
    parties = tuple(some[0] if len(some) == 1 else _one(some, name(some)) for some in groups.values())
    return Web(parties, tuple(together(found.bonds, into.__getitem__)), (*found.notes, note))


def _one(some: list[Party], name: str) -> Party:
    return replace(
        some[0],
        name=name,
        agreements=tuple(agreement for party in some for agreement in party.agreements),
        promises=tuple(promise for party in some for promise in party.promises),
        members=tuple(member for party in some for member in party.members),
        rank=min(party.rank for party in some),
    )


def _others(some: list[Party]) -> str:
    return f"{len(some)} {'teams' if some[0].face[0] == TEAM else 'vendors'}"
