"""An amendment as one page for the meeting that votes on it: the verdict first, each gap with what moved it, then every change."""

from __future__ import annotations

from collections.abc import Sequence

import slachain
from slachain.clocks.wall import write_day, write_instant
from slachain.decisions.amendment import (
    CHANGED,
    CLOSED,
    GONE,
    LOOSENED,
    MIXED,
    MOVED,
    NEW,
    OPENED,
    SAME,
    STAYS,
    TIGHTENED,
    Amendment,
    ClauseChange,
    FindingChange,
    StandingChange,
    TargetChange,
)
from slachain.language.source import Span
from slachain.language.values import dataclass, replace
from slachain.render.amendment.clause_words import clause_words
from slachain.render.amendment.words import (
    CHANGES,
    Cause,
    causes,
    counts_sentence,
    money_sentence,
    promise_name,
    shift_lines,
    standing_words,
    target_words,
    verdict_sentence,
)
from slachain.render.page.nouns import BADGES, SEVERITIES, Badge, Tile
from slachain.render.sentences import headline
from slachain.render.templates import fill
from slachain.render.words import changed_lines, counted, fix_words

TONES = {TIGHTENED: ("holds", "▲"), LOOSENED: ("gap", "▼"), MIXED: ("tolerated", "◆")}
NO_VERDICT = Badge("plain", "–", "Not there")
KEPT_FIXES = 3


@dataclass(frozen=True, slots=True)
class Takes:
    """A change that would close a gap again, and the lines to paste."""

    words: str
    lines: tuple[tuple[str, str], ...]
    at: Span | None


@dataclass(frozen=True, slots=True)
class Card:
    """A promise that stands otherwise, with its badge on both sides."""

    name: str
    who: str
    kind: str
    before: tuple[Badge, str, Span | None]
    after: tuple[Badge, str, Span | None]
    accepted: bool
    causes: tuple[Cause, ...]
    ticket: str
    takes: tuple[Takes, ...]


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A promise or commitment that becomes stricter or looser."""

    name: str
    badge: Badge
    before: str
    after: str
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClauseRow:
    """A clause, what it says on both sides, and where."""

    clause: str
    before: str
    after: str
    before_at: Span | None
    after_at: Span | None


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding that is new, gone or says something else."""

    change: str
    badge: Badge
    name: str
    says: str
    before: str
    at: Span


@dataclass(frozen=True, slots=True)
class Page:
    """The whole page, ready to be set."""

    title: str
    kind: str
    symbol: str
    sentences: tuple[str, ...]
    versions: tuple[str, str]
    as_of: str
    tiles: tuple[Tile, ...]
    cards: tuple[tuple[str, str, tuple[Card, ...]], ...]
    targets: tuple[tuple[str, str, tuple[TargetRow, ...]], ...]
    clauses: tuple[ClauseRow, ...]
    findings: tuple[FindingRow, ...]
    moved: str
    renamed: tuple[tuple[str, str], ...]
    made_with: str


def amendment_html(found: Amendment) -> str:
    """The amendment as one HTML page without a script or a request."""
    return fill("amendment.html.j2", page=page(found))


def page(found: Amendment) -> Page:
    """All that the page shows."""
    opened, closed = found.turned(OPENED), found.turned(CLOSED)
    kind, symbol = ("gap", "✗") if found.opens_a_gap else ("holds", "✓") if closed or found.empty else ("info", "→")
    parts = (("Gaps opened", opened), ("Gaps closed", closed), ("Other promises of which something else is found", found.turned(STAYS)))
    targets = [[target for target in found.targets if target.promise is promise] for promise in (True, False)]
    moved = len(found.told(MOVED))
    return Page(
        title=verdict_sentence(found),
        kind=kind,
        symbol=symbol,
        sentences=tuple(sentence for sentence in (money_sentence(found), counts_sentence(found)) if sentence),
        versions=(found.old, found.new),
        as_of=write_day(found.as_of),
        tiles=tuple(tiles(found)),
        cards=tuple((title, f"cards-{n}", tuple(map(card, changes))) for n, (title, changes) in enumerate(parts) if changes),
        targets=tuple(
            (title, f"targets-{title.lower()}", rows(of)) for title, of in zip(("Promises", "Commitments"), targets, strict=True) if of
        ),
        clauses=tuple(map(clause_row, found.clauses)),
        findings=tuple(finding_row(change) for change in found.findings if change.change != MOVED),
        moved=f"{counted(moved, 'finding only stands', 'findings only stand')} on another line." if moved else "",
        renamed=found.renamed,
        made_with=f"slachain {slachain.__version__}",
    )


def tiles(found: Amendment) -> list[Tile]:
    """The numbers of the verdict."""
    opened, closed = len(found.turned(OPENED)), len(found.turned(CLOSED))
    both = found.count(MIXED)
    told = [
        Tile(Badge("gap", "✗", "Gaps opened"), str(opened), "cannot be kept as written, and could before", some=opened > 0),
        Tile(Badge("holds", "✓", "Gaps closed"), str(closed), "could not be kept before", some=closed > 0),
    ]
    for change, name in ((TIGHTENED, "Tightened"), (LOOSENED, "Loosened")):
        number, below = found.count(change), found.count(change, promise=False)
        detail = f"promises; and {counted(below, 'commitment')} below them" + (f"; {both} more both ways" if both else "")
        told.append(Tile(Badge("plain", TONES[change][1], name), str(number), detail))
    news = [found.told(kind) for kind in (NEW, GONE)]
    told.append(Tile(Badge("plain", "", "Clauses"), str(len(found.clauses)), "that say something else"))
    told.append(Tile(Badge("plain", "", "Findings"), f"+{len(news[0])} −{len(news[1])}", "new, and gone"))
    return told


def card(change: StandingChange) -> Card:
    """One promise."""
    at = [(standing.at if standing else None) for standing in (change.before, change.after)]
    badges = [BADGES[standing.verdict] if standing else NO_VERDICT for standing in (change.before, change.after)]
    words = [standing_words(standing).partition(": ")[2] or "not promised on this day" for standing in (change.before, change.after)]
    kind = {OPENED: "gap", CLOSED: "holds"}.get(change.turn, badges[1].kind)
    return Card(
        name=promise_name(change),
        who=f"{change.title}, for {change.customer}",
        kind=kind,
        before=(badges[0], words[0], at[0]),
        after=(badges[1], words[1], at[1]),
        accepted=change.accepted,
        causes=tuple(replace(cause, head=cause.head[0].upper() + cause.head[1:]) for cause in causes(change)),
        ticket=ticket(change),
        takes=tuple(Takes(fix_words(fix), changed_lines(fix), fix.at) for fix in change.fixes[:KEPT_FIXES]),
    )


def ticket(change: StandingChange) -> str:
    """The ticket that shows an opened gap; empty for none."""
    if change.case is None:
        return ""
    done = f"done {write_instant(change.case.done.tick, change.zone)}" if change.case.done else "never done"
    return f"opened {write_instant(change.case.opened.tick, change.zone)}, {done}"


def rows(changes: Sequence[TargetChange]) -> tuple[TargetRow, ...]:
    """The targets of one kind; those that are the same at every instant last."""
    return tuple(target_row(change) for change in sorted(changes, key=lambda change: change.change == SAME))


def target_row(change: TargetChange) -> TargetRow:
    """One target."""
    kind, symbol = TONES.get(change.change, ("plain", "•"))
    before, after = target_words(change)
    told = [f"{direction} {words}" if change.change == MIXED else words for direction, words, _ in shift_lines(change)]
    word = CHANGES.get(change.change, "the same at every instant")
    return TargetRow(
        promise_name(change), Badge(kind, symbol, word), before, after, (*told, *([change.why] if change.why else []), *change.remarks)
    )


def clause_row(change: ClauseChange) -> ClauseRow:
    """One clause."""
    return ClauseRow(*clause_words(change), change.before_at, change.after_at)


def finding_row(change: FindingChange) -> FindingRow:
    """One finding."""
    finding, before = change.line, ""
    if change.change == CHANGED and change.before and headline(change.before) != headline(finding):
        before = headline(change.before)
    name = f"{finding.code} {finding.slug}{' (accepted)' if finding.accepted else ''}"
    return FindingRow(change.change, SEVERITIES[finding.severity], name, headline(finding), before, finding.at)
