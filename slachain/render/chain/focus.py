"""The picture of one promise: the way of its worst ticket from the customer down, and what lies next to that way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from slachain.decisions.report import AgreementLine, PromiseLine, RelianceLine
from slachain.language.model import ANY
from slachain.language.values import dataclass, field, replace
from slachain.render.chain.neighbours import Surroundings
from slachain.render.chain.sketch import (
    ASIDE,
    BREAKS,
    CUSTOMER,
    FAILS,
    GROUP,
    ON_THE_WAY,
    OTHER_METRIC,
    TEAM,
    VENDOR,
    Node,
    Row,
    Sketch,
    Tie,
    Words,
    keys_of,
)
from slachain.render.chain.ways import GAP, SIGNS, breaking, carries, hand_over, is_amount, step_at, write_hand_over, write_shares
from slachain.render.lettering import BOLD, QUIET, width
from slachain.render.page.timeline import deed
from slachain.render.words import counted, name_of

PULL_OF_THE_WAY = 12
MOST_TOLD = 12  # agreements or steps in a sentence
WIDEST = 224  # px of text in a node on the way
WIDEST_BESIDE = 160
TOLD = {"gap": "Gap", "unsupported": "Unsupported", "tolerated": "Tolerated", "holds": "Holds"}

Level = tuple[int, int]  # how far below the customers, and how deep in a group
Stand = tuple[str, str]  # what a node stands for: an agreement, and the place of a group in it (empty: itself)
THE_CUSTOMER: Stand = ("", "customer")


def sketch(promise: PromiseLine, around: Surroundings, links: Mapping[str, str]) -> Sketch:
    """The picture of a promise; links are by agreement."""
    return Composer(promise, around, links).sketch()


@dataclass(slots=True)
class Composer:
    """Makes the sketch, node by node; `places` are those of the nodes by what they stand for."""

    promise: PromiseLine
    around: Surroundings
    links: Mapping[str, str]
    breaking: frozenset[str] = field(init=False)
    on_way: str = field(init=False)
    nodes: list[tuple[Level, Node]] = field(default_factory=list)
    places: dict[Stand, int] = field(default_factory=dict)
    ties: dict[tuple[int, int], Tie] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.breaking = breaking(self.promise)
        self.on_way = FAILS if self.promise.verdict == GAP else ON_THE_WAY

    def sketch(self) -> Sketch:
        """The whole picture."""
        promise, around = self.promise, self.around
        self.add(THE_CUSTOMER, (-1, 0), Node(CUSTOMER, 0, tuple(_promised(promise)), promise.verdict, widest=WIDEST, leads=True))
        for agreement in (*around.core, *around.beside):
            self.agreement(agreement, core=agreement in around.core)
        self.tie(THE_CUSTOMER, (promise.agreement, ""), "", on_way=True)
        for agreement in (*around.core, *around.beside):
            found = around.reliances(agreement).items()
            for (place, to), lines in sorted(found, key=lambda item: (agreement.id, item[0][1]) not in around.way):
                self.reliance(agreement, place, to, lines)
        nodes, ties = tuple(self.ranked()), tuple(self.ties.values())
        return Sketch(
            tone=promise.verdict,
            title=f"The chain behind {promise.title}: {_asked(promise)}",
            description=describe(promise, around),
            nodes=nodes,
            ties=ties,
            rows=tuple(self.rows),
            keys=keys_of(nodes, ties, labelled=any(row.hand_over or row.share for row in self.rows)),
            notes=tuple(_left_out(around)),
        )

    def ranked(self) -> Iterator[Node]:
        """The nodes with their levels counted from above, without gaps."""
        rank = {level: n for n, level in enumerate(sorted({level for level, _ in self.nodes}))}
        return (replace(node, rank=rank[level]) for level, node in self.nodes)

    # --- nodes -------------------------------------------------------------------------------------------------------

    def add(self, stand: Stand, level: Level, node: Node) -> None:
        """A node, under what it stands for."""
        self.places[stand] = len(self.nodes)
        self.nodes.append((level, node))

    def agreement(self, agreement: AgreementLine, *, core: bool) -> None:
        """An agreement on the way, or a pale one beside it."""
        words = self.words(agreement) if core else _beside(agreement)
        marks = self.on_way + (f" {BREAKS}" if agreement.id in self.breaking else "") if core else ASIDE
        shape, link = VENDOR if agreement.kind == "uc" else TEAM, self.links.get(agreement.id, "")
        widest = WIDEST if core else WIDEST_BESIDE
        self.add((agreement.id, ""), (agreement.tier, 0), Node(shape, 0, tuple(words), marks, link, widest, leads=core))

    def words(self, agreement: AgreementLine) -> Iterator[Words]:
        """What an agreement on the way is, what it does with the ticket, and when it works."""
        yield Words(agreement.id, BOLD)
        if agreement.title != agreement.id:
            yield Words(agreement.title, QUIET, lines=2)
        deed = _deed(self.promise, agreement.id)
        if deed:
            yield Words(f"{SIGNS[GAP]} {deed}", BOLD) if agreement.id in self.breaking else Words(deed)
        step = step_at(self.promise, agreement.id)
        clock = step.clock if step else self.promise.clock if agreement.id == self.promise.agreement else agreement.clock
        yield from (Words(text, QUIET) for text in in_lines(agreement.provider, short_clock(clock)))

    # --- ties --------------------------------------------------------------------------------------------------------

    def reliance(self, agreement: AgreementLine, place: str, to: str, lines: list[RelianceLine]) -> None:
        """The lines that name one agreement in one place: an arrow, through the groups that they stand in."""
        carried = any(carries(line, self.promise.metric) for line in lines)
        on_way = carried and (agreement.id, to) in self.around.way
        after, share = self.written(agreement, to, lines)
        only = "" if carried else f"only {', '.join(sorted({metric for line in lines for metric in line.metrics or ()}))}"
        drawn = self.through_groups(agreement, place, only, on_way)
        how = " in ".join(_how(group) for group in _prefixes(place)[::-1])
        label = "" if drawn != (agreement.id, "") and only else only or " · ".join(text for text in (after, share) if text)
        untold = f"{how}: " if how and drawn == (agreement.id, "") else ""
        self.tie(drawn, (to, ""), f"{untold}{label}", on_way, OTHER_METRIC if only else "")
        breaks = name_of(self.promise) if on_way and self.on_way == FAILS else ""
        self.rows.append(Row(agreement.id, to, after, share, breaks, "; ".join(text for text in (how, only) if text)))

    def through_groups(self, agreement: AgreementLine, place: str, only: str, on_way: bool) -> Stand:
        """The innermost group of a place, drawn with those around it; groups of agreements beside the way are told, not drawn."""
        at = (agreement.id, "")
        for group in _prefixes(place) if agreement in self.around.core else ():
            stand = (agreement.id, group)
            if stand not in self.places:
                marks = self.on_way if on_way else ASIDE
                self.add(stand, (agreement.tier, group.count(".")), Node(GROUP, 0, (Words(_how(group), QUIET),), marks, leads=on_way))
            self.tie(at, stand, only if at[1] == "" else "", on_way, OTHER_METRIC if only else "")
            at = stand
        return at

    def tie(self, tail: Stand, head: Stand, label: str, on_way: bool, other: str = "") -> None:
        """One arrow, once; the way's are marked, and by a sign as well."""
        ends = self.places[tail], self.places[head]
        if ends not in self.ties or on_way:
            sign = SIGNS[GAP] if on_way and self.on_way == FAILS else ""
            pull, (_, above) = PULL_OF_THE_WAY if on_way else 1, self.nodes[ends[0]]
            free = above.marks == ASIDE and above.shape != GROUP
            self.ties[ends] = Tie(*ends, f"{sign} {label}".strip(), self.on_way if on_way else other, pull, free)

    def written(self, agreement: AgreementLine, to: str, lines: list[RelianceLine]) -> tuple[str, str]:
        """The hand-over and the share on an arrow: on the way those of the worst ticket; none of an amount, which has no tickets."""
        if is_amount(self.promise):
            return "", ""
        share = write_shares(line.share for line in lines if line.share)
        step = step_at(self.promise, agreement.id)
        if step and step.to_agreement == to and step.allowed:
            return step.allowed, share
        return write_hand_over(hand_over(lines, self.promise.priority)), share


# --- words -----------------------------------------------------------------------------------------------------------


def _promised(promise: PromiseLine) -> Iterator[Words]:
    yield Words(promise.customer, BOLD)
    yield Words(f"{_asked(promise)} {'' if is_amount(promise) else 'within '}{promise.promised.text}")
    yield Words(f"{SIGNS[promise.verdict]} {TOLD[promise.verdict]}", BOLD)


def _left_out(around: Surroundings) -> Iterator[str]:
    if around.skipped:
        yield f"{counted(around.skipped, 'agreement')} in the middle of the way not drawn."
    if around.left_out:
        yield f"{counted(around.left_out, 'agreement')} next to these not drawn."


def _asked(promise: PromiseLine) -> str:
    return promise.metric if promise.priority == ANY else f"{promise.metric} {promise.priority}"


def _deed(promise: PromiseLine, id: str) -> str:
    """What an agreement commits to for a promise; empty where it only passes the ticket on."""
    step = step_at(promise, id)
    if step is None:
        parts = [f"{part.commits} a {part.period}" for part in promise.supplies if part.agreement == id]
        return f"commits to {', '.join(dict.fromkeys(parts))}" if parts else ""
    if step.allowed is None:
        return deed(step, promise.metric)
    return f"{'hands over' if step.to_agreement else deed(step, promise.metric)} within {step.allowed}"


def in_lines(one: str, other: str) -> tuple[str, ...]:
    """Two texts in one line, where they fit into it."""
    both = f"{one} · {other}"
    return (both,) if width(both, QUIET) <= WIDEST else (one, other)


def _beside(agreement: AgreementLine) -> Iterator[Words]:
    yield Words(agreement.id, BOLD)
    party = f"for {agreement.customer}" if agreement.promises else agreement.provider
    yield Words(agreement.title, QUIET, lines=3) if agreement.title != agreement.id else Words(party, QUIET)


def _prefixes(place: str) -> list[str]:
    """The groups around a place, the outermost first: `relies_on[2].any_of`, then `relies_on[2].any_of[0].all_of`."""
    parts = place.split(".")
    return [".".join(parts[:n]).rpartition("[")[0] if parts[n - 1].endswith("]") else ".".join(parts[:n]) for n in range(2, len(parts) + 1)]


def _how(group: str) -> str:
    """`any of` out of `relies_on[2].any_of`."""
    return group.rpartition(".")[2].replace("_", " ")


def short_clock(clock: str) -> str:
    """A clock without its continent: `Mon-Fri 09:00-17:30 London`."""
    hours, _, zone = clock.rpartition(" ")
    return f"{hours} {zone.rpartition('/')[2].replace('_', ' ')}".strip()


# --- in words --------------------------------------------------------------------------------------------------------


def describe(promise: PromiseLine, around: Surroundings) -> str:
    """The picture in sentences; the table behind it says more."""
    case = promise.worst_case
    told = [f"{promise.customer} is promised {_asked(promise)} of {promise.promised.text}: {TOLD[promise.verdict].lower()}."]
    if case is not None:
        told.append(f"The worst ticket goes from {_list(case.path, ' to ')}.")
        told += [f"{step.says}." for step in case.steps[:MOST_TOLD]]
    elif promise.supplies:
        told.append(f"It is supplied by {_list(part.agreement for part in promise.supplies)}.")
    else:
        told.append("Nobody has committed to it.")
    if around.beside:
        told.append(f"Beside: {_list(agreement.id for agreement in around.beside)}.")
    return " ".join(told)


def _list(names: Iterable[str], between: str = ", ") -> str:
    each = list(dict.fromkeys(names))
    more = f" and {len(each) - MOST_TOLD} more" if len(each) > MOST_TOLD else ""
    return between.join(each[:MOST_TOLD]) + more
