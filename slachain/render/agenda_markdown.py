"""The agenda as Markdown, for a wiki or for the minutes: a table for each owner, with columns to fill."""

from __future__ import annotations

from collections.abc import Iterator

from slachain.decisions.agenda import Agenda, Item
from slachain.render import agenda_words as words
from slachain.render.page.nouns import NOTHING
from slachain.render.quoted import code, quoted

COLUMNS = ("When", "What", "Where", "To do", "Decision", "Who", "By when")
MOST = 1000  # characters of what is told in one cell


def agenda_markdown(agenda: Agenda) -> str:
    """The agenda as GitHub Flavored Markdown."""
    return "\n".join(_lines(agenda)) + "\n"


def _lines(agenda: Agenda) -> Iterator[str]:
    yield f"# {quoted(words.headline(agenda))}"
    for money in agenda.money:
        yield from ("", f"At risk from the open gaps: **{quoted(words.money_words(money))}**")
    if told := words.alarm(agenda):
        yield from ("", f"**{quoted(told)}**", "")
        yield from (f"- {code(words.place(f.at))}: {f.code} {quoted(f.message)}" for f in agenda.unreadable)
    for owner in agenda.owners:
        yield from ("", f"## {quoted(words.owner_of(owner))}", "", _row(COLUMNS), _row("---" for _ in COLUMNS))
        yield from (_row(_cells(item)) for item in agenda.owned_by(owner))
    ended = [(words.open_ended(one, agenda.as_of), words.place(one.at)) for one in agenda.open_ended]
    unreviewed = [(words.unreviewed(one), words.place(one.at)) for one in agenda.unreviewed]
    for title, told_of in ((words.NO_END, ended), (words.NO_REVIEWS, unreviewed)):
        if told_of:
            yield from ("", f"## {title}", "")
            yield from (f"- {quoted(says)} ({code(at)})" for says, at in told_of)
    if agenda.not_checked:
        yield ""
        yield from (f"- {quoted(words.not_checked(skipped))}" for skipped in agenda.not_checked)


def _row(cells: Iterator[str] | tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def _cells(item: Item) -> Iterator[str]:
    yield quoted(f"{words.label(item)}: {words.when(item)}")
    told = [quoted(item.says, MOST), *map(quoted, words.all_parties(item))]
    told += [f"worst ticket {quoted(ticket)}" for ticket in [words.worst_ticket(item)] if ticket]
    told += [f"at risk: {quoted(risk)}" for risk in [words.costs(item)] if risk]
    yield f"**{quoted(words.what(item))}**: {'; '.join(told)}"
    yield ", ".join(dict.fromkeys(code(words.place(at)) for at in (item.at, *(note.at for note in item.notes))))
    yield "; or ".join(quoted(action) for action in words.actions(item)) or NOTHING
    yield from ("", "", "")
