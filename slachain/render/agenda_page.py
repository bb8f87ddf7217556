"""The agenda as one page to print for a meeting: a summary, then each owner's items with room for what is decided.

All that the template shows is made here, as frozen values; it holds markup only.
"""

from __future__ import annotations

import slachain
from slachain.clocks.wall import write_day
from slachain.decisions.agenda import DUE, GAP, MARGIN, OPEN, OVERDUE, PASSED, REVIEW, Agenda, Item
from slachain.language.source import Span
from slachain.language.values import dataclass
from slachain.render import agenda_words as words
from slachain.render.page.nouns import Badge, Tile
from slachain.render.templates import fill
from slachain.render.words import counted

BADGES = {
    "overdue": Badge("gap", "✗", "Overdue"),
    "passed": Badge("plain", "–", "Passed"),
    "due": Badge("info", "→", "Due"),
    "gap": Badge("gap", "✗", "Gap"),
    "thin": Badge("tolerated", "!", "Thin margin"),
    "undated": Badge("plain", "?", "No date"),
}
NAMES = {"review": "Review", "notice": "Notice", "end": "End of term"}


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence, and the line that it rests on."""

    says: str
    at: Span


@dataclass(frozen=True, slots=True)
class Row:
    """One item; `day` is its date, `lead` what it is the date of, `when` how far away that is."""

    badge: Badge
    lead: str
    day: str
    when: str
    name: str
    what: str
    parties: tuple[str, ...]
    places: tuple[Place, ...]
    ticket: str
    costs: str
    actions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """One owner's items."""

    owner: str
    anchor: str
    says: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """What is no item of its own."""

    title: str
    anchor: str
    says: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """The whole agenda, ready to be set."""

    headline: Badge
    as_of: str
    until: str
    owner: str
    alarm: str
    unreadable: tuple[Place, ...]
    tiles: tuple[Tile, ...]
    groups: tuple[Group, ...]
    listed: tuple[Listed, ...]
    not_checked: tuple[str, ...]
    made_with: str


def agenda_html(agenda: Agenda) -> str:
    """The agenda as one HTML page without a script or a request."""
    page = Page(
        headline=_headline(agenda),
        as_of=write_day(agenda.as_of),
        until=write_day(agenda.until),
        owner=agenda.owner or "",
        alarm=words.alarm(agenda),
        unreadable=tuple(Place(f"{f.code} {f.slug}: {f.message}", f.at) for f in agenda.unreadable),
        tiles=tuple(_tiles(agenda)),
        groups=tuple(_group(agenda, owner, f"owner-{number}") for number, owner in enumerate(agenda.owners, start=1)),
        listed=tuple(one for one in _listed(agenda) if one.places),
        not_checked=tuple(words.not_checked(skipped) for skipped in agenda.not_checked),
        made_with=f"slachain {slachain.__version__}",
    )
    return fill("agenda.html.j2", page=page)


def _headline(agenda: Agenda) -> Badge:
    """The verdict: what presses, what is to be decided, or that nothing is."""
    told = ", ".join(told for number, told in words.counts(agenda) if number)
    if agenda.pressing:
        return Badge("gap", "✗", told)
    return Badge("tolerated", "→", told) if agenda.items else Badge("holds", "✓", "Nothing is due, and no gap is open")


def _tiles(agenda: Agenda) -> list[Tile]:
    overdue, passed, due = (agenda.count(state) for state in (OVERDUE, PASSED, DUE))
    gaps, thin, undated = (agenda.count(OPEN, kind) for kind in (GAP, MARGIN, REVIEW))
    tiles = [
        Tile(BADGES["overdue"], str(overdue), "should have been done", bool(overdue)),
        Tile(BADGES["due"], str(due), f"until {write_day(agenda.until)}", bool(due)),
        Tile(Badge("gap", "✗", "Open gaps"), str(gaps), "promised, and not supported", bool(gaps)),
        Tile(Badge("tolerated", "!", "Thin margins"), str(thin), "hold by less than was asked for", bool(thin)),
        Tile(BADGES["passed"], str(passed), "behind, and still worth knowing"),
    ]
    if undated:
        tiles.append(Tile(BADGES["undated"], str(undated), "nobody wrote down when"))
    risks = [
        Tile(
            Badge("gap", "", "At risk from the open gaps"),
            m.at_most.text,
            words.money_words(m).removeprefix(f"{m.at_most.text} "),
            True,
            True,
        )
        for m in agenda.money
    ]
    return [*tiles, *risks]


def _group(agenda: Agenda, owner: str | None, anchor: str) -> Group:
    items = agenda.owned_by(owner)
    overdue = sum(item.matters for item in items if item.state == OVERDUE)
    says = counted(sum(item.matters for item in items), "item") + (f", {overdue} overdue" if overdue else "")
    return Group(words.owner_of(owner), anchor, says, tuple(_row(item) for item in items))


def _row(item: Item) -> Row:
    day, _, distance = words.when(item).partition(", ")
    lead, _, day = day.rpartition(" ") if item.day else ("", "", day)
    return Row(
        badge=BADGES[words.label(item)],
        lead=lead,
        day=day,
        when=distance,
        name=item.name,
        what=NAMES.get(item.kind, item.subject),
        parties=tuple(words.all_parties(item)),
        places=(Place(item.says, item.at), *(Place(note.message, note.at) for note in words.notes(item))),
        ticket=words.worst_ticket(item),
        costs=words.costs(item),
        actions=tuple(words.actions(item)),
    )


def _listed(agenda: Agenda) -> list[Listed]:
    return [
        Listed(
            words.NO_END,
            "no-end",
            "They run until somebody gives notice, so that none of their days is the last for it.",
            tuple(Place(words.open_ended(one, agenda.as_of), one.at) for one in agenda.open_ended),
        ),
        Listed(
            words.NO_REVIEWS,
            "no-reviews",
            "They come into no agenda by themselves: agree on how often they are looked at.",
            tuple(Place(words.unreviewed(one), one.at) for one in agenda.unreviewed),
        ),
    ]
