"""The capacity plan as one page to read, print and pass on: what is found, each team with its curve, what is assumed.

All that the template shows is made here, as frozen values; it holds markup only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

import slachain
from slachain.clocks.wall import write_day
from slachain.decisions.capacity_lines import (
    ENOUGH,
    FORMAT,
    LESS,
    MORE,
    NO_WORK,
    OVERLOADED,
    PUSHED,
    RELIEVED,
    SAME,
    STILL,
    TOO_SMALL,
    Change,
    Ladder,
    Plan,
    TeamLine,
)
from slachain.language.scalars import write_percentage
from slachain.language.values import dataclass
from slachain.render import capacity_words as words
from slachain.render.anchors import link_to
from slachain.render.capacity_curve import Curve, curve
from slachain.render.page.nouns import NOTHING, Badge, Fact, Tile
from slachain.render.templates import fill

VERDICTS = {
    OVERLOADED: Badge("gap", "✗", "Overloaded"),
    TOO_SMALL: Badge("gap", "✗", "Too few people"),
    ENOUGH: Badge("holds", "✓", "Enough people"),
    NO_WORK: Badge("info", "i", "No work"),
}
EFFECTS = {
    PUSHED: Badge("gap", "✗", "Pushed over"),
    STILL: Badge("gap", "✗", "Too few, before and after"),
    RELIEVED: Badge("holds", "✓", "Enough again"),
    MORE: Badge("info", "↑", "More work"),
    LESS: Badge("info", "↓", "Less work"),
    SAME: Badge("plain", "=", "As before"),
}
NUMBER, WHOLE, LACKING = "number", "whole", "number lacking"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table."""

    text: str
    kind: str = NUMBER
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its headings; `caption` is for those who cannot see what it stands beside."""

    kind: str
    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    unnamed: str = "Remark"  # what a column without a heading holds


@dataclass(frozen=True, slots=True)
class TeamPart:
    """One team."""

    name: str
    anchor: str
    link: str
    badge: Badge
    says: str
    who: str
    facts: tuple[Fact, ...]
    commitments: Table | None
    ladder_title: str
    curve: Curve | None
    ladder: Table | None
    sooner_title: str
    sooner: Table | None
    streams: Table | None
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change does to one team."""

    name: str
    link: str
    badge: Badge
    says: str
    table: Table


@dataclass(frozen=True, slots=True)
class Page:
    """The whole page, ready to be set."""

    title: str
    as_of: str
    headline: Badge
    what: tuple[str, ...]
    tiles: tuple[Tile, ...]
    effects: tuple[Effect, ...]
    after: bool
    teams: tuple[TeamPart, ...]
    left_out: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    assumptions: tuple[str, ...]
    made_with: str


def capacity_html(found: Plan | Change) -> str:
    """The plan, or two side by side, as one HTML page without a script or a request; the same plan gives the same text."""
    return fill("capacity.html.j2", page=page(found))


def page(found: Plan | Change) -> Page:
    """Everything there is to show."""
    plan = found if isinstance(found, Plan) else found.latter
    changed = None if isinstance(found, Plan) else found
    says = words.change_headline(changed) if changed else words.headline(plan)
    kind, symbol = ("gap", "✗") if any(team.short for team in plan.teams) else ("holds", "✓") if plan.teams else ("info", "i")
    return Page(
        title="What it does to the teams" if changed else "Capacity",
        as_of=write_day(plan.as_of),
        headline=Badge(kind, symbol, says),
        what=changed.what if changed else (),
        tiles=tuple(tiles(plan)),
        effects=tuple(effects(changed)) if changed else (),
        after=changed is not None,
        teams=tuple(team_part(team) for team in plan.teams),
        left_out=tuple((left.who, left.why) for left in plan.left_out),
        notes=plan.notes,
        assumptions=plan.assumptions,
        made_with=f"slachain {slachain.__version__} ({FORMAT})",
    )


def tiles(plan: Plan) -> Iterator[Tile]:
    """The numbers at the top."""
    yield Tile(Badge("plain", "", "Teams" if len(plan.teams) != 1 else "Team"), str(len(plan.teams)), "with people and hours")
    for verdict, detail in ((OVERLOADED, "more work than they can do"), (TOO_SMALL, "for their response"), (ENOUGH, "for what comes")):
        yield Tile(VERDICTS[verdict], str(plan.count(verdict)), detail, some=plan.count(verdict) > 0)
    yield Tile(Badge("plain", "", "People on duty"), str(sum(team.on_duty for team in plan.teams)), "at the same time, of all teams")
    months: dict[str, Fraction] = {}
    for price in (team.price for team in plan.teams if team.price):
        months[price.month.currency] = months.get(price.month.currency, Fraction(0)) + price.month.value
    money = " + ".join(f"{round(value)} {currency}" for currency, value in sorted(months.items()))
    if money:
        yield Tile(Badge("plain", "", "A month"), money, "what those on duty cost, of all teams that say", wide=True)


def effects(found: Change) -> Iterator[Effect]:
    """Each team before and after, those that are pushed over first."""
    order = list(EFFECTS)
    for team in sorted(found.teams, key=lambda team: order.index(team.effect)):
        rows = tuple(
            (Cell(name, "head"), Cell(one), Cell(other, strong=one != other))
            for name, one, other in (words.change_rows(team) if team.effect != SAME else ())
        )
        says = f"{team.id} {words.EFFECTS[team.effect]}. " + (words.needs_words(team.latter) + "." if team.effect != SAME else "")
        table = Table("c-sides", f"{team.id}, before and after", ("", "Before", "After"), rows, "What")
        yield Effect(team.id, link_to(anchor(team)), EFFECTS[team.effect], says.strip(), table)


def anchor(team: object) -> str:
    """The name of a team's part of the page."""
    return f"team.{getattr(team, 'id', '')}"


def team_part(team: TeamLine) -> TeamPart:
    """One team with its tables and its curve."""
    ladder = team.ladder
    return TeamPart(
        name=team.id,
        anchor=anchor(team),
        link=link_to(anchor(team)),
        badge=VERDICTS[team.verdict],
        says=f"{team.id} {words.verdict_words(team)}.",
        who=f"{words.people_words(team)}; {team.clock}, {team.open.text} a month",
        facts=tuple(facts(team)),
        commitments=commitments(team) if team.commitments else None,
        ladder_title=f"Tickets that {'are ' if ladder.asked is not None else ''}{words.ladder_words(ladder)}, by people on duty"
        if ladder
        else "",
        curve=curve(team.id, ladder, team.price is not None) if ladder and len(ladder.rungs) > 1 else None,
        ladder=rungs(team, ladder) if ladder else None,
        sooner_title=sooner_title(ladder),
        sooner=sooner(team, ladder) if ladder and ladder.sooner else None,
        streams=streams(team) if team.streams else None,
        notes=team.notes,
    )


def facts(team: TeamLine) -> Iterator[Fact]:
    """The numbers of a team."""
    reached = team.reached
    yield Fact("Load, erlangs", words.erlangs(team.load))
    yield Fact("People available", f"{team.people} of {team.on_duty}")
    yield Fact("Needed on duty", NOTHING if team.needed is None else str(team.needed))
    yield Fact("Tickets a month", words.number(team.month))
    if team.work:
        yield Fact("Work on each, on average", team.work.text)
    if reached:
        yield Fact("Busy (occupancy)", words.share(reached.busy))
        yield Fact("Have to wait", words.share(reached.waits))
        yield Fact("Average speed of answer", reached.answer.text)
        if reached.given_up is not None:
            yield Fact("Given up", words.share(reached.given_up))
    if team.price:
        yield Fact("Cost a month", team.price.month.text)


def commitments(team: TeamLine) -> Table:
    """What is committed to, what is reached, and what it takes."""
    heads = ("Response", "Within", "Committed", "Reached", "", "Needed on duty", *(["A month"] if team.price else []))
    rows = []
    for line in team.commitments:
        state = Cell(f"{'✓' if line.kept else '✗'} {words.kept_words(line).lower()}", "holding" if line.kept else "lacking")
        price = [Cell(line.price.month.text if line.price else NOTHING)] if team.price else []
        asked = Cell(write_percentage(line.asked, 6))
        name = Cell(words.named(line.agreement, line.priority), "head")
        reached = Cell(words.share(line.reached), NUMBER if line.kept else LACKING)
        rows.append((name, Cell(line.within.text), asked, reached, state, Cell(words.on_duty(line)), *price))
    return Table("c-keeps", f"The response commitments of {team.id}", heads, tuple(rows))


def rungs(team: TeamLine, ladder: Ladder) -> Table:
    """What other numbers of people would reach: the numbers behind the curve."""
    gives_up = team.patience is not None
    what = words.ladder_words(ladder)
    usual = ("On duty", "Available", "Busy", what[0].upper() + what[1:], "Mean wait")
    heads = (*usual, *(["Given up"] if gives_up else []), *(["A month", "More than now"] if team.price else []), "")
    rows = []
    for rung in ladder.rungs:
        cells = [Cell(str(rung.on_duty), "head", rung.now), Cell(str(rung.people)), Cell(words.share(rung.reached.busy))]
        cells += [Cell(words.share(rung.within), strong=True), Cell(rung.reached.answer.text)]
        cells += [Cell(words.share(rung.reached.given_up or 0.0))] if gives_up else []
        if team.price:
            cells += [Cell(rung.price.month.text if rung.price else NOTHING), Cell(words.more_words(rung.price))]
        rows.append((*cells, Cell(words.enough_words(rung, ladder), "said")))
    return Table("c-rungs", f"People on duty of {team.id}, and what they reach", heads, tuple(rows))


def sooner_title(ladder: Ladder | None) -> str:
    """`95% of desk P1 sooner than within 10m`."""
    if ladder is None or ladder.asked is None:
        return ""
    return (
        f"{write_percentage(ladder.asked, 6)} of {words.named(ladder.agreement, ladder.priority)} sooner than within {ladder.within.text}"
    )


def sooner(team: TeamLine, ladder: Ladder) -> Table:
    """The next stricter times."""
    heads = ("Within", "On duty", *(["A month", "More than now"] if team.price else []))
    rows = []
    for step in ladder.sooner:
        price = [Cell(step.price.month.text), Cell(words.more_words(step.price))] if step.price else []
        rows.append((Cell(step.within.text, "head"), Cell(str(step.on_duty)), *price))
    return Table("c-sooner", f"Stricter times for {team.id}", heads, tuple(rows))


def streams(team: TeamLine) -> Table:
    """Where its tickets come from."""
    rows: Sequence[tuple[Cell, ...]] = [
        (
            Cell(words.named(stream.agreement, stream.priority), "head"),
            Cell(words.number(stream.month)),
            Cell(stream.work.text if stream.work else "not written"),
        )
        for stream in team.streams
    ]
    return Table("c-streams", f"The tickets of {team.id}", ("Tickets of", "A month", "Work on each"), tuple(rows))
