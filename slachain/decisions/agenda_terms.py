"""What an agenda says of terms: when they end, and the last day to give notice before that."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from slachain.analysis.notice import LastDay, last_day
from slachain.analysis.promises import expired
from slachain.decisions.agenda import DUE, END, NOTICE, OVERDUE, PASSED, Item
from slachain.decisions.meeting import Meeting
from slachain.decisions.report import NoteLine
from slachain.language.model import Agreement, Written


def ending(meeting: Meeting, agreement: Agreement, closes: Written[date]) -> Iterator[Item]:
    """The last day of a term, and before it the last day to give notice."""
    bare = tuple(f for f in meeting.found_of("SC501", agreement.id) if f.at == closes.at and not f.accepted)
    notes = tuple(NoteLine(f.message, f.at) for f in bare)
    if expired(agreement, meeting.as_of):
        if bare or meeting.recent(closes.value):
            todo = "renew it or put something in its place" if bare else "write the new last day if it goes on, or take it out"
            state, says = OVERDUE if bare else PASSED, f"ended on {closes.text}"
            yield meeting.item(agreement, END, state, closes.value, closes.at, subject="end of term", says=says, notes=notes, todo=todo)
        return
    near, notice = closes.value <= meeting.until, last_day(agreement.term)
    if notice and (meeting.as_of <= notice.day <= meeting.until or (notice.day < meeting.as_of and (near or meeting.recent(notice.day)))):
        yield _notice(meeting, agreement, closes, notice, notes)
    if near:
        told = _notice_told(agreement, notice, meeting.as_of)
        says = f"ends on {closes.text} unless renewed{told}"
        todo = "renew it and write the new last day, put something in its place, or let it end"
        yield meeting.item(agreement, END, DUE, closes.value, closes.at, subject="end of term", says=says, notes=notes, todo=todo)


def _notice(meeting: Meeting, agreement: Agreement, closes: Written[date], notice: LastDay, bare: tuple[NoteLine, ...]) -> Item:
    """The last day to give notice, ahead or behind."""
    text = agreement.term.notice.text if agreement.term.notice else ""
    at = agreement.term.notice.at if agreement.term.notice else closes.at
    zone = f" {meeting.zone(agreement)}" if meeting.zone(agreement) else ""
    behind, begins = notice.day < meeting.as_of, agreement.term.opens
    lead = "the last day to give notice has passed" if behind else "the last day to give notice"
    says = f"{lead}: until {notice.before}{zone}, {text} before the end on {closes.text}"
    if begins and notice.day < begins.value:
        says = f"the notice of {text} is longer than the term from {begins.text} to {closes.text}: no day of it is early enough"
    notes = (NoteLine(f"the end on {closes.text}", closes.at), *bare)
    todo = (
        "ask the other side what it takes to leave or to renew"
        if behind
        else "decide whether to leave or to renew; to leave, give notice by then"
    )
    state = PASSED if behind else DUE
    return meeting.item(agreement, NOTICE, state, notice.day, at, subject="notice", says=says, notes=notes, todo=todo)


def _notice_told(agreement: Agreement, notice: LastDay | None, as_of: date) -> str:
    """What the end of a term says of notice."""
    if notice is None or agreement.term.notice is None:
        return "; its notice could not be read" if "term" in agreement.broken else "; no notice is written"
    if notice.day < as_of:
        return f"; the last day to give notice was {notice.day}"
    return f"; the last day to give notice is {notice.day}"
