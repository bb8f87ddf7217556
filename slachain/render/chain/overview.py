"""The picture of the whole catalogue: customers on top, the teams they rely on, vendors at the bottom."""

from __future__ import annotations

from collections.abc import Mapping

from slachain.decisions.report import Report
from slachain.render.anchors import Key as PromiseKey
from slachain.render.anchors import key_of
from slachain.render.chain.parties import Bond, Party, Web, web
from slachain.render.chain.sketch import CUSTOMER, FAILS, JUDGED, TEAM, VENDOR, Node, Row, Sketch, Tie, Words, keys_of
from slachain.render.chain.ways import GAP, SIGNS, write_hand_over, write_shares
from slachain.render.lettering import BOLD, QUIET
from slachain.render.words import counted

MOST_LABELLED = 40  # arrows; beyond, hand-overs are written on the ways of gaps alone
MOST_FREE = 30  # arrows; beyond, they are drawn upright
WIDEST = 232  # px of text in a node
MOST_NAMED = 3  # promises in a row of the table
LAYERS = {CUSTOMER: "Customers", TEAM: "Teams", VENDOR: "Vendors"}
PULL_OF_FAILING = 4
UNLABELLED = "Hand-overs and shares are written on the ways that break promises; the table has them all."


def sketch(report: Report, links: Mapping[str, str], promises: Mapping[PromiseKey, str], parties: Mapping[str, str]) -> Sketch:
    """The catalogue by parties. Links are by agreement, by promise, and by the name of a customer or provider."""
    found = web(report)
    failing = {face for bond in found.bonds if bond.breaks for face in (bond.tail, bond.head)}
    nodes = tuple(_node(party, _link(party, links, promises, parties), party.face in failing) for party in found.parties)
    place = {party.face: n for n, party in enumerate(found.parties)}
    labelled = len(found.bonds) <= MOST_LABELLED
    ties = tuple(_tie(bond, place[bond.tail], place[bond.head], labelled) for bond in found.bonds)
    return Sketch(
        tone="",
        title="Who relies on whom",
        description=describe(found),
        nodes=nodes,
        ties=ties,
        rows=tuple(row(bond, found) for bond in found.bonds),
        keys=(*keys_of(nodes, ties, labelled=any(bond.after or bond.shares for bond in found.bonds)), JUDGED),
        notes=(*found.notes, *(() if labelled else (UNLABELLED,))),
        layers=tuple(_layers(found)),
        upright=len(ties) > MOST_FREE,
    )


def _node(party: Party, link: str, failing: bool) -> Node:
    marks = party.verdict or (FAILS if failing else "")
    return Node(party.face[0], party.rank, tuple(words(party)), marks, link, WIDEST)


def words(party: Party) -> list[Words]:
    """A party's name, how many agreements or promises it has, and how these are judged."""
    agreements, promises = counted(len(party.agreements), "agreement"), counted(len(party.promises), "promise")
    counts = {verdict: sum(promise.verdict == verdict for promise in party.promises) for verdict in SIGNS}
    judged = " · ".join(f"{SIGNS[verdict]} {number}" for verdict, number in counts.items() if number)
    lines = [Words(party.name, BOLD)]
    if party.face[0] != CUSTOMER or not party.promises:
        lines.append(Words(agreements, QUIET))
    if party.promises:
        lines += [Words(promises, QUIET), Words(judged)]
    return lines


def _link(party: Party, links: Mapping[str, str], promises: Mapping[PromiseKey, str], parties: Mapping[str, str]) -> str:
    """To the party itself, where it is one and told anywhere, or else to the worst of its promises."""
    if len(party.members) == 1 and party.members[0] in parties:
        return parties[party.members[0]]
    worst = sorted(party.promises, key=lambda promise: list(SIGNS).index(promise.verdict))
    told = (promises.get(key_of(promise)) or links.get(promise.agreement) for promise in worst)
    return next((link for link in told if link), "") or next((links[a.id] for a in party.agreements if a.id in links), "")


def _tie(bond: Bond, tail: int, head: int, labelled: bool) -> Tie:
    written = " · ".join(text for text in (write_hand_over(bond.after), write_shares(bond.shares)) if text)
    if not bond.breaks:
        return Tie(tail, head, written if labelled else "")
    return Tie(tail, head, f"{SIGNS[GAP]} {written}".rstrip(), FAILS, PULL_OF_FAILING)


def _layers(found: Web) -> list[tuple[int, str]]:
    """The uppermost rank of each kind of party."""
    first: dict[str, int] = {}
    for party in found.parties:
        first.setdefault(party.face[0], party.rank)
    return [(rank, LAYERS[shape]) for shape, rank in first.items()]


# --- in words --------------------------------------------------------------------------------------------------------


def row(bond: Bond, found: Web) -> Row:
    """A bond in the table."""
    parties = found.by_face()
    named = ", ".join(bond.breaks[:MOST_NAMED])
    more = len(bond.breaks) - MOST_NAMED
    return Row(
        start=parties[bond.tail].name,
        to=parties[bond.head].name,
        hand_over=write_hand_over(bond.after),
        share=write_shares(bond.shares),
        breaks=f"{named} and {more} more" if more > 0 else named,
    )


def describe(found: Web) -> str:
    """The picture in sentences; the table behind it says more."""
    parties = found.by_face()
    counts = {shape: sum(len(party.members) for party in found.parties if party.face[0] == shape) for shape in LAYERS}
    told = [counted(number, LAYERS[shape].lower()[:-1]) for shape, number in counts.items() if number]
    broken = [f"{parties[bond.tail].name} on {parties[bond.head].name}" for bond in found.bonds if bond.breaks]
    ways = (
        f" Promises break where these rely on others: {'; '.join(broken[:12])}{' and more' if len(broken) > 12 else ''}." if broken else ""
    )
    return f"From above to below: {', '.join(told)}.{ways}"
