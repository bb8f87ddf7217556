"""What an agenda finds by date: reviews, last days to give notice, ends of terms, acceptances and calendars."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from slachain.analysis.notice import LastDay, last_day
from slachain.analysis.promises import expired
from slachain.analysis.terms import next_review
from slachain.checks.scope import current
from slachain.decisions.agenda import ACCEPTANCE, CALENDAR, DUE, END, NOTICE, OPEN, OVERDUE, PASSED, REVIEW, Concerned, Item, counted_from
from slachain.decisions.report import FindingLine, NoteLine
from slachain.language.describe import name_calendar
from slachain.language.model import Acceptance, Agreement, Review, Written
from slachain.language.source import Span
from slachain.study import Study

HISTORY = "SC9"  # findings that only a ticket history can show
MOST_NOTES = 6  # of one item


@dataclass(frozen=True, slots=True, eq=False)
class Meeting:
    """A study, everything that was found of it, and the last day that is looked at."""

    study: Study
    found: tuple[FindingLine, ...]
    until: date

    @property
    def as_of(self) -> date:
        """The day of the agenda."""
        return self.study.as_of

    def state(self, day: date) -> str | None:
        """`overdue`, `due`, or None for what is not due yet."""
        return OVERDUE if day < self.as_of else DUE if day <= self.until else None

    def recent(self, day: date) -> bool:
        """Whether a day lies behind by no more than the agenda looks ahead."""
        return self.as_of - day <= self.until - self.as_of

    def found_of(self, code: str, agreement: str) -> tuple[FindingLine, ...]:
        """The findings of one code about an agreement."""
        return tuple(f for f in self.found if f.code == code and f.agreement == agreement)

    def accepted(self, code: str, agreement: str) -> bool:
        """Whether an agreement's owner accepts what is found of it under a code."""
        return any(f.accepted for f in self.found_of(code, agreement))

    def zone(self, agreement: Agreement) -> str | None:
        """The zone that an agreement's dates are told in; None where its calendar could not be read."""
        known = agreement.id not in self.study.catalogue.broken and agreement.calendar.value in self.study.catalogue.calendars
        return self.study.calendars.zone(agreement.calendar.value) if known else None

    def item(self, agreement: Agreement, kind: str, state: str, day: date | None, at: Span, **told: str | tuple[NoteLine, ...]) -> Item:
        """An item about one agreement; `told` are its `subject`, `says`, `todo` and `notes`."""
        return Item(
            kind=kind,
            state=state,
            day=day,
            days=counted_from(self.as_of, day),
            owner=agreement.owner.value if agreement.owner else None,
            concerns=(concerned(agreement),),
            at=at,
            zone=self.zone(agreement),
            **{"notes": (), "todo": "", **told},  # type: ignore[arg-type]
        )


def concerned(agreement: Agreement) -> Concerned:
    """An agreement as an agenda names it."""
    return Concerned(agreement.id, agreement.title_or_id, agreement.kind.value, agreement.provider.value, agreement.customer.value)


def dated(meeting: Meeting) -> Iterator[Item]:
    """Everything that has a date."""
    for agreement in current(meeting.study):
        if agreement.review:
            yield from _review(meeting, agreement, agreement.review)
        for acceptance in agreement.accept:
            yield from _acceptance(meeting, agreement, acceptance)
    for agreement in meeting.study.catalogue.agreements.values():
        if agreement.term.closes:
            yield from _end(meeting, agreement, agreement.term.closes)
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


HOLD_REVIEW = "review it, and write down the day as review.last"


# --- terms -----------------------------------------------------------------------------------------------------------


def _end(meeting: Meeting, agreement: Agreement, closes: Written[date]) -> Iterator[Item]:
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
