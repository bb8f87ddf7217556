"""An agenda as text for a terminal, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import StringIO
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from slachain.decisions.agenda import DUE, FORMAT, GAP, MARGIN, OPEN, OVERDUE, PASSED, Agenda, Item
from slachain.decisions.data import as_data
from slachain.render.agenda_words import (
    NO_END,
    NO_REVIEWS,
    actions,
    alarm,
    all_parties,
    costs,
    headline,
    label,
    line_of,
    money_words,
    not_checked,
    notes,
    open_ended,
    owner_of,
    place,
    unreviewed,
    what,
    when,
    worst_ticket,
)
from slachain.render.terminal import console

if TYPE_CHECKING:
    from rich.console import Console

COLOURS = {"overdue": "bold red", "gap": "bold red", "due": "bold yellow", "thin": "bold yellow", "passed": "bold", "undated": "bold"}
MOST_LISTED = 12  # agreements without an end, or without reviews
INDENT = 11  # of what is told below an item's first line

Line = tuple[str, int, str]  # style, indent of what does not fit into the line, words


def agenda_data(agenda: Agenda) -> dict[str, Any]:
    """`slachain-review/1`."""
    states = {state: agenda.count(state) for state in (OVERDUE, PASSED, DUE)}
    return {
        "format": FORMAT,
        "as_of": agenda.as_of.isoformat(),
        "until": agenda.until.isoformat(),
        "within": agenda.within,
        "owner": agenda.owner,
        "summary": {
            "says": headline(agenda),
            **states,
            "gaps": agenda.count(OPEN, GAP),
            "thin_margins": agenda.count(OPEN, MARGIN),
            "owners": list(agenda.owners),
            "money": as_data(agenda.money),
        },
        "items": [{**as_data(item), "when": when(item), "actions": actions(item)} for item in agenda.items],
        "open_ended": as_data(agenda.open_ended),
        "unreviewed": as_data(agenda.unreviewed),
        "unreadable": as_data(agenda.unreadable),
        "not_checked": as_data(agenda.not_checked),
    }


def plain(agenda: Agenda) -> str:
    """The agenda as text without colour, each sentence in a line."""
    buffer = StringIO()
    show(agenda, console(buffer))
    return buffer.getvalue()


def show(agenda: Agenda, out: Console) -> None:
    """Print an agenda, broken at the width of a terminal."""
    for style, indent, words in lines(agenda):
        for line in wrap(words, out.width, subsequent_indent=" " * indent) if out.is_terminal and words else [words]:
            out.print(line, style=style)


def lines(agenda: Agenda) -> Iterator[Line]:
    """The verdict, each owner's items, and what is no item of its own."""
    yield "bold", 2, headline(agenda)
    for money in agenda.money:
        yield "", 2, f"At risk from the open gaps: {money_words(money)}"
    if told := alarm(agenda):
        yield "bold red", 2, told
        yield from (("red", 4, "  " + line_of(f"{place(f.at)}: {f.code} {f.slug}: {f.message}")) for f in agenda.unreadable)
    for owner in agenda.owners:
        yield "", 0, ""
        yield "bold", 2, owner_of(owner)
        for item in agenda.owned_by(owner):
            yield from _item(item)
    yield from _list(NO_END, [f"{open_ended(one, agenda.as_of)} ({place(one.at)})" for one in agenda.open_ended])
    yield from _list(NO_REVIEWS, [f"{unreviewed(one)} ({place(one.at)})" for one in agenda.unreviewed])
    if agenda.not_checked:
        yield "", 0, ""
        yield from (("", 2, not_checked(skipped)) for skipped in agenda.not_checked)


def _list(title: str, told: Sequence[str]) -> Iterator[Line]:
    """What is no item of its own, the first few."""
    if told:
        yield "", 0, ""
        yield "bold", 2, title
        yield from (("", 4, f"  {words}") for words in told[:MOST_LISTED])
    if len(told) > MOST_LISTED:
        yield "", 4, f"  and {len(told) - MOST_LISTED} more, which --format json and html list"


def _item(item: Item) -> Iterator[Line]:
    """What, when, where, who, and what to do."""
    named, below = label(item), " " * INDENT
    yield COLOURS[named], INDENT, f"  {named:<{INDENT - 2}}{when(item)}: {what(item)}"
    yield "", INDENT + 2, f"{below}{place(item.at)}: {line_of(item.says)}"
    yield from (("", INDENT + 2, f"{below}{place(note.at)}: {line_of(note.message)}") for note in notes(item))
    yield from (("", INDENT + 2, f"{below}{told}") for told in all_parties(item))
    if told := worst_ticket(item):
        yield "", INDENT + 2, f"{below}ticket: {told}"
    if told := costs(item):
        yield "", INDENT + 2, f"{below}at risk: {told}"
    for index, action in enumerate(actions(item)):
        yield "green", INDENT + 7, f"{below}{'or:   ' if index else 'to do:'} {action}"
