"""The words of an agenda that all its renderings share."""

from __future__ import annotations

from datetime import date

from slachain.analysis.not_checked import NotChecked
from slachain.clocks.wall import write_instant
from slachain.decisions.agenda import DUE, GAP, MARGIN, OPEN, OVERDUE, PASSED, REVIEW, Agenda, Concerned, Item, OpenEnded
from slachain.decisions.money_at_risk import MoneyLine
from slachain.decisions.report import FindingLine, NoteLine
from slachain.language.source import Span
from slachain.render.quoted import seen
from slachain.render.sentences import fix_sentence, one_line
from slachain.render.words import counted

MOST_TOLD = 8  # agreements and lines of one item
NOBODY = "Nobody (no owner is written)"
NO_END = "Without an end: only a notice ends them"
NO_REVIEWS = "Without reviews"
ACCEPT = "accept it until a day, and write down why (accept)"


def line_of(text: str) -> str:
    """A text in one line, with marks in place of what cannot be seen."""
    return seen(one_line(text))


def owner_of(owner: str | None) -> str:
    """Whose items they are."""
    return line_of(owner) if owner else NOBODY


def label(item: Item) -> str:
    """`overdue`, `passed`, `due`, `gap`, `thin` or `undated`."""
    if item.state != OPEN:
        return item.state
    return {GAP: "gap", MARGIN: "thin"}.get(item.kind, "undated")


def what(item: Item) -> str:
    """`development: review`, `novapay-gold: resolution P1`."""
    return line_of(f"{item.name}: {item.subject}")


def when(item: Item) -> str:
    """`2025-10-01, 92 days ago`, `2026-03-31, in 89 days`; of a promise, `promised since 2025-04-01, for 275 days`."""
    if item.day is None or item.days is None:
        return "promised, and no first day is written" if item.promise else "no date is written"
    if item.promise is None:
        return f"{item.day}, {distance(item.days)}"
    if item.days > 0:
        return f"promised from {item.day}, {distance(item.days)}"
    return f"promised since {item.day}, " + (f"for {counted(-item.days, 'day')}" if item.days else "today")


def distance(days: int) -> str:
    """`in 3 days`, `today`, `1 day ago`."""
    if days == 0:
        return "today"
    return f"in {counted(days, 'day')}" if days > 0 else f"{counted(-days, 'day')} ago"


def parties(one: Concerned) -> str:
    """`Software development, Berlin (ola, development for engineering)`."""
    title = "" if one.title == one.agreement else f"{one.title} "
    return line_of(f"{title}({one.kind}, {one.provider} for {one.customer})")


def all_parties(item: Item) -> list[str]:
    """The parties of each agreement, named where there are several; the first few."""
    if len(item.concerns) == 1:
        return [parties(item.concerns[0])]
    told = [line_of(f"{one.agreement}: {parties(one)}") for one in item.concerns[:MOST_TOLD]]
    more = len(item.concerns) - MOST_TOLD
    return [*told, *([f"and {counted(more, 'more agreement')}"] if more > 0 else [])]


def worst_ticket(item: Item) -> str:
    """The ticket that shows a gap, or the first instant of it; empty for none."""
    if item.promise is None:
        return ""
    if item.promise.ticket or item.promise.opened is None:
        return item.promise.ticket
    never = ", and never done" if item.promise.supported and item.promise.supported.amount is None else ""
    return f"opened {write_instant(item.promise.opened.tick, item.promise.zone)}{never}"


def costs(item: Item) -> str:
    """`2100 EUR a month at most, 2100 EUR to be expected`; empty for what is no gap."""
    if item.promise is None or item.kind != GAP:
        return ""
    return money_words(item.promise.money) if item.promise.money else "no credit is agreed"


def money_words(money: MoneyLine) -> str:
    """Money at risk in a month."""
    expected = f", {money.expected.text} to be expected" if money.expected else ""
    return f"{money.at_most.text} a month at most{expected}"


def actions(item: Item) -> list[str]:
    """What to do: for a gap each change that is enough by itself, and to accept it; else the one thing."""
    others = ", and so for the others" if len(item.concerns) > 1 else ""
    fixes = [fix_sentence(fix) + (others if fix.change == "promise" else "") for fix in item.promise.fixes] if item.promise else []
    told = fixes or ([item.todo] if item.todo else [])
    return [line_of(words) for words in ([*told, ACCEPT] if item.kind == GAP else told)]


def place(at: Span) -> str:
    """`agreements/acme.yaml:12`."""
    return line_of(f"{at.file}:{at.line}")


def notes(item: Item) -> list[NoteLine]:
    """The other lines that it rests on, and what stands there; the first few, without what is told already of its own line."""
    here = (item.at.file, item.at.line)
    return [note for note in item.notes if (note.at.file, note.at.line) != here or note.message not in item.says][: 2 * MOST_TOLD]


def counts(agenda: Agenda) -> list[tuple[int, str]]:
    """How many items there are of each label, in order, with their words."""
    gaps, thin, undated = agenda.count(OPEN, GAP), agenda.count(OPEN, MARGIN), agenda.count(OPEN, REVIEW)
    states = [(agenda.count(state), f"{agenda.count(state)} {state}") for state in (OVERDUE, PASSED, DUE)]
    return [*states, (gaps, counted(gaps, "open gap")), (thin, counted(thin, "thin margin")), (undated, f"{undated} undated")]


def headline(agenda: Agenda) -> str:
    """`Agenda of 2026-01-01, until 2026-04-01: 1 overdue, 5 open gaps.`"""
    told = ", ".join(words for number, words in counts(agenda) if number) or "nothing is due, and no gap is open"
    whose = f" for {line_of(agenda.owner)}" if agenda.owner else ""
    return f"Agenda of {agenda.as_of}{whose}, until {agenda.until}: {told}."


def open_ended(one: OpenEnded, as_of: date) -> str:
    """`acme: 90d of notice; given on 2026-01-01, its last day is 2026-04-01`."""
    return line_of(f"{one.agreement}: {one.notice} of notice; given on {as_of}, its last day is {one.ends}")


def unreviewed(finding: FindingLine) -> str:
    """An agreement without reviews."""
    return line_of(finding.message)


def not_checked(skipped: NotChecked) -> str:
    """A promise that was not judged, so that nothing is known of its gaps."""
    return line_of(f"not checked: {skipped.agreement} {skipped.metric}: {skipped.why}")


def alarm(agenda: Agenda) -> str:
    """That the agenda may lack something; empty for a catalogue that could be read as written."""
    if not agenda.unreadable:
        return ""
    errors = counted(len(agenda.unreadable), "error")
    return f"{errors}: the catalogue could not be read as written, and what is missing may be due too"
