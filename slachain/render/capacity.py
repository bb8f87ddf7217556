"""The capacity plan as text that can be read aloud, and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from textwrap import wrap
from typing import Any

from slachain.decisions.capacity_lines import FORMAT, SAME, Change, CommitmentLine, Ladder, Plan, TeamChange, TeamLine
from slachain.decisions.data import as_data
from slachain.language.scalars import write_percentage
from slachain.render.capacity_words import (
    EFFECTS,
    NOTHING,
    change_headline,
    change_rows,
    enough_words,
    erlangs,
    headline,
    kept_words,
    ladder_words,
    more_words,
    named,
    needs_words,
    number,
    on_duty,
    people_words,
    share,
    verdict_words,
)

WIDTH, LONGEST_NAME = 100, 36


def capacity_data(found: Plan) -> dict[str, Any]:
    """`slachain-capacity/1`."""
    return {"format": FORMAT, **as_data(found)}


def change_data(found: Change) -> dict[str, Any]:
    """`slachain-capacity/1`, before and after."""
    teams = [{"id": team.id, "effect": team.effect} for team in found.teams]
    return {
        "format": FORMAT,
        "as_of": found.latter.as_of.isoformat(),
        "what": list(found.what),
        "changes": teams,
        "before": as_data(found.former),
        "after": as_data(found.latter),
    }


def capacity_text(found: Plan) -> str:
    """Each team with its tickets, its load, its commitments and what more people would reach; then what is assumed."""
    return "\n".join([f"{headline(found)[:-1]} on {found.as_of}.", *_teams(found.teams), *_foot(found)]) + "\n"


def change_text(found: Change) -> str:
    """What is changed, and every team that it touches, before and after."""
    lines = [change_headline(found), *(line for what in found.what for line in _bullet(what))]
    for team in found.teams:
        if team.effect != SAME:
            lines += ["", *_change(team)]
    return "\n".join([*lines, *_foot(found.latter)]) + "\n"


def _teams(teams: Iterable[TeamLine]) -> Iterator[str]:
    for team in teams:
        yield ""
        yield f"{team.id} {verdict_words(team)}."
        yield from _facts(team)
        if team.streams:
            yield ""
            yield from _table(_streams(team))
        if team.commitments:
            yield ""
            yield from _table(_commitments(team))
        if team.ladder:
            yield ""
            yield "  With other numbers of people:"
            yield from _table(_ladder(team, team.ladder), names=False)
            yield from _sooner(team.ladder)
        for note in team.notes:
            yield from _bullet(note)


def _facts(team: TeamLine) -> Iterator[str]:
    yield from _prose("people", f"{people_words(team)}; {team.clock}, {team.open.text} a month")
    if team.work:
        work = f"{number(team.month)} tickets a month, {team.work.text} of work on each on average"
        yield from _prose("load", f"{erlangs(team.load)} erlangs: {work}")
    if team.reached:
        yield from _prose("busy", f"{share(team.reached.busy)} of the time of those available (occupancy)")
        wait = (
            "the queue grows without end"
            if team.reached.answer.amount is None
            else f"{team.reached.answer.text} on average until one is taken up"
        )
        yield from _prose("waiting", f"{share(team.reached.waits)} of the tickets have to wait; {wait}")
        if team.reached.given_up is not None and team.patience:
            yield from _prose("given up", f"{share(team.reached.given_up)} of the callers, who wait for {team.patience.text} on average")
        yield from _prose("needed", needs_words(team))
    if team.price:
        yield from _prose("cost", f"{team.price.month.text} a month")


def _streams(team: TeamLine) -> Iterator[tuple[str, ...]]:
    yield "tickets of", "a month", "work on each"
    for stream in team.streams:
        yield _name(named(stream.agreement, stream.priority)), number(stream.month), stream.work.text if stream.work else "not written"


def _commitments(team: TeamLine) -> Iterator[tuple[str, ...]]:
    yield "response", "within", "committed", "reached", "", "on duty", *(["a month"] if team.price else [])
    for line in team.commitments:
        price = [line.price.month.text if line.price else NOTHING] if team.price else []
        yield _name(named(line.agreement, line.priority)), line.within.text, *_reached(line), on_duty(line), *price


def _reached(line: CommitmentLine) -> tuple[str, str, str]:
    return write_percentage(line.asked, 6), share(line.reached), kept_words(line)


def _ladder(team: TeamLine, ladder: Ladder) -> Iterator[tuple[str, ...]]:
    gives_up = team.patience is not None
    yield (
        "on duty",
        "available",
        "busy",
        ladder_words(ladder),
        "mean wait",
        *(["given up"] if gives_up else []),
        *(["a month"] if team.price else []),
        "",
    )
    for rung in ladder.rungs:
        yield (
            str(rung.on_duty),
            str(rung.people),
            share(rung.reached.busy),
            share(rung.within),
            rung.reached.answer.text,
            *([share(rung.reached.given_up or 0.0)] if gives_up else []),
            *([rung.price.month.text if rung.price else NOTHING] if team.price else []),
            enough_words(rung, ladder),
        )


def _sooner(ladder: Ladder) -> Iterator[str]:
    if ladder.sooner and ladder.asked is not None:
        yield ""
        yield f"  {write_percentage(ladder.asked, 6)} of {named(ladder.agreement, ladder.priority)} sooner than within {ladder.within.text}:"
        for step in ladder.sooner:
            price = f", {more_words(step.price)} a month" if step.price and step.price.more.value else ""
            yield f"    within {step.within.text}: {step.on_duty} on duty{price or ', as now' if not step.more else price}"


def _change(team: TeamChange) -> Iterator[str]:
    yield f"{team.id} {EFFECTS[team.effect]}."
    yield from _table([("", "before", "after"), *((_name(name, WIDTH // 2), *sides) for name, *sides in change_rows(team))])
    if team.latter.needed is not None or team.latter.short:
        yield from _prose("needed", needs_words(team.latter))
    for note in team.latter.notes:
        yield from _bullet(note)


def _foot(found: Plan) -> Iterator[str]:
    for title, texts in (
        ("Not reckoned with:", [f"{left.who}: {left.why}" for left in found.left_out]),
        ("What counts:", found.notes),
        ("Assumed:", found.assumptions if found.teams else ()),
    ):
        if texts:
            yield ""
            yield title
            yield from (line for text in texts for line in _bullet(text))


def _prose(title: str, text: str) -> Iterator[str]:
    yield from wrap(text, WIDTH, initial_indent=f"  {title:<9} ", subsequent_indent=" " * 12)


def _bullet(text: str) -> Iterator[str]:
    yield from wrap(text, WIDTH, initial_indent="  - ", subsequent_indent="    ")


def _table(rows: Iterable[Sequence[str]], names: bool = True) -> Iterator[str]:
    """Columns as wide as they have to be: names in the first, and what has no heading, to the left, numbers to the right."""
    cells = list(rows)
    widths = [max(len(row[n]) for row in cells) for n in range(len(cells[0]))]
    sides = ["<" if (names and not n) or not heading else ">" for n, heading in enumerate(cells[0])]
    for row in cells:
        yield f"  {'  '.join(f'{cell:{side}{width}}' for cell, side, width in zip(row, sides, widths, strict=True))}".rstrip()


def _name(text: str, most: int = LONGEST_NAME) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
