"""The capacity plan as text that can be read aloud, and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from math import floor
from textwrap import wrap
from typing import Any

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
    CommitmentLine,
    Ladder,
    Plan,
    Price,
    Rung,
    TeamChange,
    TeamLine,
)
from slachain.decisions.data import as_data
from slachain.language.amounts import write_number
from slachain.language.model import ANY
from slachain.language.scalars import write_percentage
from slachain.render.words import counted

WIDTH, LONGEST_NAME = 100, 36
NOTHING = "–"
SMALL, LARGE = Fraction(1, 10_000), Fraction(9999, 10_000)
SMALLEST = Fraction(1, 1000)  # erlangs
VERDICTS = {
    OVERLOADED: "has more work than its people can do",
    TOO_SMALL: "has too few people for the response that it commits to",
    ENOUGH: "has enough people for the response that it commits to",
    NO_WORK: "has no work to reckon with",
}
EFFECTS = {
    PUSHED: "is pushed over",
    STILL: "has too few people, before and after",
    RELIEVED: "has enough people again",
    MORE: "has more work, and can do it",
    LESS: "has less work",
    SAME: "is not touched",
}


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


# --- words that the page has in common --------------------------------------------------------------------------------


def headline(found: Plan) -> str:
    """The whole plan in a sentence."""
    total = len(found.teams)
    if not total:
        return "There is no team to reckon with."
    parts = [(found.count(OVERLOADED), "overloaded"), (found.count(TOO_SMALL), "too small for a response that it commits to")]
    told = [f"{number} of them {words}" if total > 1 else words for number, words in parts if number]
    if told:
        return f"{counted(total, 'team')}, {' and '.join(told)}." if total > 1 else f"The one team is {told[0]}."
    return f"{'Both' if total == 2 else f'All {total}'} teams have enough people." if total > 1 else "The one team has enough people."


def change_headline(found: Change) -> str:
    """What a change does, in a sentence."""
    told = [(effect, [team.id for team in found.teams if team.effect == effect]) for effect in (PUSHED, STILL, RELIEVED)]
    parts = [f"{' and '.join(teams)} {are(effect, len(teams))}" for effect, teams in told if teams]
    if parts:
        return f"{'; '.join(parts)}."
    touched = any(team.effect != SAME for team in found.teams)
    return "Every team has enough people for it." if touched else "No team's work changes."


def are(effect: str, number: int) -> str:
    """An effect said of one team or of several."""
    words = EFFECTS[effect]
    return words if number == 1 else {"is": "are", "has": "have"}[words.split()[0]] + words[len(words.split()[0]) :]


def verdict_words(team: TeamLine) -> str:
    """What is found of a team, to be said after its name."""
    return VERDICTS[team.verdict] if team.commitments or team.verdict != ENOUGH else "can do the work that comes"


def share(value: float | Fraction) -> str:
    """A share of time or tickets, to two digits; what is next to nothing or to all is not told as that."""
    exact = Fraction(value)
    if 0 < exact < SMALL:
        return "<0.01%"
    return ">99.99%" if LARGE < exact < 1 else write_percentage(exact)


def number(value: Fraction) -> str:
    """Tickets to two digits; what is next to nothing is not told as that."""
    return "<0.01" if 0 < value < Fraction(1, 100) else write_number(value)


def erlangs(value: Fraction) -> str:
    """A load to two digits, to three where it is less than one."""
    if not 0 < value < 1:
        return write_number(value)
    return f"0.{max(floor(value * 1000), 1):03d}" if value >= SMALLEST else f"<{float(SMALLEST)}"


def named(agreement: str | None, priority: str | None) -> str:
    """`desk P1`, or `desk` for every priority."""
    return " ".join(part for part in (agreement, priority) if part and part != ANY)


def ladder_words(ladder: Ladder) -> str:
    """What the ladder's share is."""
    if ladder.asked is None:
        return "need not wait"
    return f"answered within {ladder.within.text}"


def more_words(price: Price | None) -> str:
    """`23360 EUR more`, `1200 EUR less`, `as now`; nothing where no cost is written."""
    if price is None:
        return ""
    if not price.more.value:
        return "as now"
    return f"{price.more.text} more" if price.more.value > 0 else f"{price.more.text.removeprefix('-')} less"


def enough_words(rung: Rung, ladder: Ladder) -> str:
    """`now, enough for 95%`."""
    level = max(rung.enough_for, default=None)
    parts = ["now" if rung.now else "", f"enough for {write_percentage(level)}" if level else ""]
    return ", ".join(part for part in parts if part)


def people_words(team: TeamLine) -> str:
    """`2 people on duty, 1 of them available (30% of their time goes elsewhere)`."""
    told = f"{counted(team.on_duty, 'person', 'people')} on duty"
    return f"{told}, {team.people} of them available ({write_percentage(team.away)} of their time goes elsewhere)" if team.away else told


def needs_words(team: TeamLine) -> str:
    """What it takes to carry the load and keep every commitment."""
    if team.needed is None:
        return "no number of people on duty is enough"
    more = team.needed - team.on_duty
    apart = "as many as there are" if not more else f"{abs(more)} {'more' if more > 0 else 'fewer'} than there are"
    price = f", {more_words(team.needed_price)} a month" if more and team.needed_price else ""
    return f"{team.needed} on duty {'is' if team.needed == 1 else 'are'} enough: {apart}{price}"


# --- text --------------------------------------------------------------------------------------------------------------


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
        wait = "the queue grows without end" if team.reached.answer.amount is None else f"{team.reached.answer.text} on average until one is taken up"
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


def kept_words(line: CommitmentLine) -> str:
    """`kept`, `not kept`, or until when its owner lives with that."""
    if line.kept:
        return "kept"
    return f"accepted until {line.acceptance.until}" if line.acceptance else "NOT KEPT"


def on_duty(line: CommitmentLine) -> str:
    """How many on duty it takes."""
    return NOTHING if line.on_duty is None else str(line.on_duty)


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
    yield from _table([("", "before", "after"), *change_rows(team)])
    if team.latter.needed is not None or team.latter.short:
        yield from _prose("needed", needs_words(team.latter))
    for note in team.latter.notes:
        yield from _bullet(note)


def change_rows(team: TeamChange) -> Iterator[tuple[str, str, str]]:
    """What there is to compare of a team: its name, before, and after."""
    one, other = team.former, team.latter
    yield "tickets a month", number(one.month), number(other.month)
    yield "load (erlangs)", erlangs(one.load), erlangs(other.load)
    yield "people available", str(one.people), str(other.people)
    for name, read in (
        ("busy (occupancy)", lambda line: share(line.reached.busy)),
        ("have to wait", lambda line: share(line.reached.waits)),
        ("mean wait", lambda line: line.reached.answer.text),
    ):
        yield name, *(read(line) if line.reached else NOTHING for line in (one, other))
    if one.patience:
        yield "given up", *(share(line.reached.given_up or 0.0) if line.reached else NOTHING for line in (one, other))
    lines = {(c.agreement, c.priority, c.at): c for c in (*one.commitments, *other.commitments)}
    for key, line in lines.items():
        pair = (next((c for c in team.commitments if (c.agreement, c.priority, c.at) == key), None) for team in (one, other))
        asked = f"{_name(named(line.agreement, line.priority))}: {write_percentage(line.asked, 6)} within {line.within.text}"
        yield asked, *(f"{share(c.reached)} {kept_words(c)}" if c else NOTHING for c in pair)
    yield "on duty", str(one.on_duty), str(other.on_duty)
    yield "needed on duty", *(NOTHING if line.needed is None else str(line.needed) for line in (one, other))
    if one.needed_price or other.needed_price:
        yield "needed, a month", *(line.needed_price.month.text if line.needed_price else NOTHING for line in (one, other))


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


def _name(text: str) -> str:
    return text if len(text) <= LONGEST_NAME else f"{text[: LONGEST_NAME - 1]}…"


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
