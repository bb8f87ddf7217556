"""What an agenda finds by date: reviews, ends of terms, acceptances and calendars."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from slachain.analysis.terms import next_review
from slachain.checks.scope import current
from slachain.decisions.agenda import ACCEPTANCE, CALENDAR, DUE, OPEN, OVERDUE, REVIEW, Item, counted_from
from slachain.decisions.agenda_terms import ending
from slachain.decisions.meeting import MOST_NOTES, Meeting, concerned
from slachain.decisions.report import FindingLine, NoteLine
from slachain.language.describe import name_calendar
from slachain.language.model import Acceptance, Agreement, Review

HISTORY = "SC9"  # findings that only a ticket history can show
HOLD_REVIEW = "review it, and write down the day as review.last"


def dated(meeting: Meeting) -> Iterator[Item]:
    """Everything that has a date."""
    for agreement in current(meeting.study):
        if agreement.review:
            yield from _review(meeting, agreement, agreement.review)
        for acceptance in agreement.accept:
            yield from _acceptance(meeting, agreement, acceptance)
    for agreement in meeting.study.catalogue.agreements.values():
        if agreement.term.closes:
            yield from ending(meeting, agreement, agreement.term.closes)
    yield from _calendars(meeting)


# --- reviews ---------------------------------------------------------------------------------------------------------


def _review(meeting: Meeting, agreement: Agreement, review: Review) -> Iterator[Item]:
    """The next review, or that nobody can tell when it is, since the last is not written."""
    due = next_review(review)
    if review.every and due is None:
        says = f"to be reviewed every {review.every.text}, and nobody wrote down when it last was"
        yield meeting.item(agreement, REVIEW, OPEN, None, review.every.at, subject="review", says=says, todo=HOLD_REVIEW)
    if not review.every or not review.last or due is None or not (state := meeting.state(due)):
        return
    if state == DUE or not meeting.accepted("SC503", agreement.id):
        says = f"every {review.every.text}, last on {review.last.text}"
        notes = (NoteLine(f"every {review.every.text}", review.every.at),)
        yield meeting.item(agreement, REVIEW, state, due, review.last.at, subject="review", says=says, notes=notes, todo=HOLD_REVIEW)


# --- acceptances -----------------------------------------------------------------------------------------------------


def _acceptance(meeting: Meeting, agreement: Agreement, acceptance: Acceptance) -> Iterator[Item]:
    """An acceptance that is over or will be, and what it covers."""
    day, code = acceptance.until.value, acceptance.finding.value
    state = meeting.state(day)
    if state is None or (state == OVERDUE and meeting.accepted("SC810", agreement.id)):
        return
    covered = meeting.found_of(code, agreement.id)
    verb = "was" if state == OVERDUE else "is"
    gone = not covered and not code.startswith(HISTORY)
    says = f"{code} {verb} accepted until {acceptance.until.text}: {acceptance.because.value}"
    says += f"; nothing of the kind is found of {agreement.id} now" if gone else ""
    todo = "take the acceptance out" if gone else "mend what it accepts, or decide anew and write the date"
    yield meeting.item(
        agreement,
        ACCEPTANCE,
        state,
        day,
        acceptance.until.at,
        subject=f"acceptance of {code}",
        says=says,
        notes=tuple(_covered(covered)),
        todo=todo,
    )


def _covered(found: Iterable[FindingLine]) -> Iterator[NoteLine]:
    told = [NoteLine(" ".join(filter(None, (f.metric, f.priority))) + (": " if f.metric else "") + f.message, f.at) for f in found]
    return iter(told[:MOST_NOTES])


# --- calendars -------------------------------------------------------------------------------------------------------


def _calendars(meeting: Meeting) -> Iterator[Item]:
    """Calendars that end, once for each owner of agreements whose promises they cut."""
    catalogue = meeting.study.catalogue
    ids = {calendar.at: id for id, calendar in catalogue.calendars.items()}
    groups: dict[tuple[str, str | None], list[FindingLine]] = {}
    for finding in meeting.found:
        if finding.code == "SC505" and finding.agreement and not finding.accepted and finding.at in ids:
            owner = catalogue.agreements[finding.agreement].owner
            groups.setdefault((ids[finding.at], owner.value if owner else None), []).append(finding)
    for (id, _), found in groups.items():
        day = meeting.study.calendars.named_until(id)
        if day and (state := meeting.state(day)):
            yield _calendar(meeting, id, state, day, found)


def _calendar(meeting: Meeting, id: str, state: str, day: date, found: list[FindingLine]) -> Item:
    agreements = [meeting.study.catalogue.agreements[f.agreement or ""] for f in found]
    zone, name = meeting.study.calendars.zone(id), name_calendar(id, meeting.study.catalogue.calendars)
    notes = tuple(NoteLine(f"{f.agreement}: {note.message}", note.at) for f in found for note in f.because)[:MOST_NOTES]
    return Item(
        kind=CALENDAR,
        state=state,
        day=day,
        days=counted_from(meeting.as_of, day),
        owner=agreements[0].owner.value if agreements[0].owner else None,
        concerns=tuple(concerned(agreement) for agreement in agreements),
        subject=f"calendar {name}",
        says=f"the calendar {name} {'ended' if state == OVERDUE else 'ends'} on {day} ({zone}): of later days nothing is known",
        at=found[0].at,
        notes=notes,
        todo="write down its hours for the time that follows, or a later last day",
        zone=zone,
    )
