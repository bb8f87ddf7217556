"""What is said of teams, in the same words on a terminal and on a page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import partial
from math import floor

from slachain.decisions.capacity_lines import (
    ENOUGH,
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
from slachain.language.model import ANY
from slachain.language.scalars import write_number, write_percentage
from slachain.render.words import counted

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


def kept_words(line: CommitmentLine) -> str:
    """`kept`, `not kept`, or until when its owner lives with that."""
    if line.kept:
        return "kept"
    return f"accepted until {line.acceptance.until}" if line.acceptance else "NOT KEPT"


def on_duty(line: CommitmentLine) -> str:
    """How many on duty it takes."""
    return NOTHING if line.on_duty is None else str(line.on_duty)


def change_rows(team: TeamChange) -> Iterator[tuple[str, str, str]]:
    """What there is to compare of a team: its name, before, and after."""
    for name, read in compared(team):
        yield name, read(team.former), read(team.latter)


def compared(team: TeamChange) -> Iterator[tuple[str, Callable[[TeamLine], str]]]:
    """The rows by name, each with what reads it from a team."""
    yield "tickets a month", lambda line: number(line.month)
    yield "load (erlangs)", lambda line: erlangs(line.load)
    yield "people available", lambda line: str(line.people)
    yield "busy (occupancy)", lambda line: share(line.reached.busy) if line.reached else NOTHING
    yield "have to wait", lambda line: share(line.reached.waits) if line.reached else NOTHING
    yield "mean wait", lambda line: line.reached.answer.text if line.reached else NOTHING
    if team.former.patience:
        yield "given up", lambda line: share(line.reached.given_up or 0.0) if line.reached else NOTHING
    for one in {(c.agreement, c.priority, c.at): c for c in (*team.former.commitments, *team.latter.commitments)}.values():
        asked = f"{named(one.agreement, one.priority)}: {write_percentage(one.asked, 6)} within {one.within.text}"
        yield asked, partial(commitment_words, one)
    yield "on duty", lambda line: str(line.on_duty)
    yield "needed on duty", lambda line: NOTHING if line.needed is None else str(line.needed)
    if team.former.needed_price or team.latter.needed_price:
        yield "needed, a month", lambda line: line.needed_price.month.text if line.needed_price else NOTHING


def commitment_words(one: CommitmentLine, team: TeamLine) -> str:
    """What a team reaches of one commitment: `96.5% kept`; nothing where no tickets come for it."""
    found = next((c for c in team.commitments if (c.agreement, c.priority, c.at) == (one.agreement, one.priority, one.at)), None)
    return f"{share(found.reached)} {kept_words(found)}" if found else NOTHING
