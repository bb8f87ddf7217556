"""The dates of an agenda as an iCalendar file (RFC 5545), to import into anybody's calendar.

What has a date is an all-day event, which has no time zone: the date is the same wherever it is read. Its UID is made from
what it is about and not from its date, so that a date that has moved moves the event that was imported before. Gaps and
margins have no date, and no event.
"""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from slachain.decisions.agenda import CALENDAR, END, NOTICE, REVIEW, Agenda, Item
from slachain.render.agenda_words import actions, all_parties, line_of, notes, owner_of, place
from slachain.render.sentences import legible
from slachain.render.templates import TURNING
from slachain.render.words import counted

if TYPE_CHECKING:
    from icalendar import Alarm, Event

NAMESPACE = UUID("5e0e7c5c-5d1b-5d0a-9a70-2d5a1c4d1a11")  # of the events of slachain
ONE_DAY = timedelta(days=1)
NINE = timedelta(hours=9)  # of the morning
WARNED = (30, 7, 1)  # days before the last day to give notice on which one is reminded, at nine
TITLES = {REVIEW: "Review", NOTICE: "Last day to give notice", END: "End of term"}


def ics(agenda: Agenda) -> str:
    """The file, its lines folded and ended as the standard asks for; the same agenda gives the same text."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//slachain//slachain review//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", "Reviews and dates of agreements")
    dated = [item for item in agenda.items if item.day and not item.promise]
    met: Counter[str] = Counter()
    for item in sorted(dated, key=lambda item: (item.day or date.min, *item.order)):
        about = _about(item)
        calendar.add_component(_event(item, agenda.as_of, str(uuid5(NAMESPACE, f"{about}{met[about] or ''}"))))
        met[about] += 1
    if not dated:
        calendar.add_component(_nothing(agenda))
    return str(calendar.to_ical(sorted=True), "utf-8")


def _event(item: Item, as_of: date, uid: str) -> Event:
    assert item.day is not None
    event = _all_day(uid, item.day, as_of)
    event.add("summary", _text(_summary(item)))
    event.add("description", _text(_description(item)))
    event.add("categories", [item.kind])
    if item.owner:
        event.add("contact", _text(item.owner))
    if item.kind == NOTICE and item.day >= as_of:
        for days in WARNED:
            event.add_component(_alarm(days, f"In {counted(days, 'day')}: {_summary(item)}"))
    return event


def _all_day(uid: str, day: date, as_of: date) -> Event:
    """An event of one date; it ends, by the standard, before the next, and takes nobody's time."""
    from icalendar import Event

    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC))
    event.add("dtstart", day)
    event.add("dtend", day + ONE_DAY)
    event.add("transp", "TRANSPARENT")
    return event


def _alarm(days: int, words: str) -> Alarm:
    """A reminder at nine in the morning, so many days before."""
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _text(words))
    alarm.add("trigger", NINE - days * ONE_DAY)
    return alarm


def _nothing(agenda: Agenda) -> Event:
    """The standard asks for at least one component: an event on the agenda's day says that nothing is due."""
    event = _all_day(str(uuid5(NAMESPACE, "nothing")), agenda.as_of, agenda.as_of)
    event.add("summary", f"Agreements: nothing is due until {agenda.until}")
    return event


def _summary(item: Item) -> str:
    """`Last day to give notice: Nordhost, servers and storage in Frankfurt`; `Calendar rota ends: acme and 2 more`."""
    whose = item.concerns[0].title if len(item.concerns) == 1 else item.name
    title = TITLES.get(item.kind) or f"{item.subject[0].upper()}{item.subject[1:]} ends"
    return f"{title}: {whose}"


def _about(item: Item) -> str:
    """The same for the same matter of the same parties, whatever its date and wherever it is written."""
    first = item.concerns[0]
    owner = item.owner if item.kind == CALENDAR or len(item.concerns) > 1 else None
    return json.dumps([item.kind, item.subject, owner, first.agreement, first.provider, first.customer])


def _description(item: Item) -> str:
    """What the agenda says of it, a line each."""
    told = [f"{line_of(item.says)} ({place(item.at)})"]
    told += [f"{line_of(note.message)} ({place(note.at)})" for note in notes(item)]
    told += all_parties(item)
    told.append(f"Owner: {owner_of(item.owner)}")
    return "\n".join([*told, *(f"To do: {action}" for action in actions(item))])


def _text(value: str) -> str:
    """A text that a calendar can carry: a mark for what cannot be seen or would turn the line around."""
    return legible(value).translate(TURNING)
