"""The agenda as text, page, calendar file, Markdown and JSON: they tell the same, and carry whatever a catalogue says."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from functools import cache
from io import StringIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from markdown_it import MarkdownIt
from rich.console import Console

from slachain.decisions.agenda import Agenda, Item
from slachain.decisions.report import NoteLine
from slachain.decisions.reporting import report
from slachain.decisions.review import review
from slachain.language.loader import load
from slachain.language.scalars import read_duration
from slachain.language.values import replace
from slachain.render import agenda_words as words
from slachain.render.agenda import agenda_data, plain, show
from slachain.render.agenda_markdown import agenda_markdown
from slachain.render.agenda_page import agenda_html
from slachain.render.ics import ics
from slachain.render.json import dump
from slachain.study import Study
from tests.render.attacked import ATTACKS
from tests.render.test_html import HOSTILE, read
from tests.transcripts import ROOT, Transcript

DAY = date(2026, 3, 2)
ONE_DAY = timedelta(days=1)


@cache
def found(within: str = "60d", as_of: date = DAY) -> Agenda:
    """The agenda of the transcript, in which everything occurs."""
    files = Transcript.parse((ROOT / "tests" / "cases" / "review.txt").read_text()).files
    study = Study.of(load({name: text.encode() for name, text in files}), as_of)
    return review(study, report(study), read_duration(within), within)


def attacked(text: str) -> Agenda:
    """The same with a text in every place that a catalogue can fill."""
    return replace(found(), items=tuple(_attacked(item, text) for item in found().items), owner=text)


def _attacked(item: Item, text: str) -> Item:
    at = replace(item.at, file=f"agreements/{text}.yaml")
    concerned = tuple(replace(one, agreement=text, title=text, provider=text, customer=text) for one in item.concerns)
    promise = item.promise and replace(item.promise, fixes=tuple(replace(fix, agreement=text, after=text) for fix in item.promise.fixes))
    return replace(
        item, owner=text, subject=text, says=text, at=at, notes=(NoteLine(text, at),), concerns=concerned, todo=text, promise=promise
    )


# --- iCalendar -------------------------------------------------------------------------------------------------------


def events(agenda: Agenda) -> list[Any]:
    """What a reader of iCalendar files finds."""
    return list(Calendar.from_ical(ics(agenda)).walk("VEVENT"))


def dated(agenda: Agenda) -> list[Item]:
    return [item for item in agenda.items if item.day and not item.promise]


def test_each_date_is_an_event_property_by_property() -> None:
    agenda = found()
    calendar = Calendar.from_ical(ics(agenda))
    assert (calendar["version"], calendar["prodid"], calendar["calscale"]) == ("2.0", "-//slachain//slachain review//EN", "GREGORIAN")
    assert "method" not in calendar  # this is a file, and no invitation
    told = events(agenda)
    assert [event.decoded("dtstart") for event in told] == sorted(item.day for item in dated(agenda) if item.day)
    for event in told:
        item = next(i for i in dated(agenda) if i.at.file in event["description"] and _summary_of(i) == event["summary"])
        assert event.decoded("dtstart") == item.day
        assert event.decoded("dtend") - event.decoded("dtstart") == ONE_DAY
        assert event["dtstart"].params["VALUE"] == event["dtend"].params["VALUE"] == "DATE"
        assert event.decoded("dtstamp") == datetime(2026, 3, 2, tzinfo=UTC)
        assert event["transp"] == "TRANSPARENT"
        assert event["categories"].cats == [item.kind]
        assert event.get("contact") == item.owner
        assert event["description"].startswith(f"{item.says} ({item.at.file}:{item.at.line})\n")
        assert f"To do: {words.actions(item)[0]}" in event["description"]


def _summary_of(item: Item) -> str:
    title = {"review": "Review", "notice": "Last day to give notice", "end": "End of term"}.get(item.kind)
    return f"{title or item.subject[0].upper() + item.subject[1:] + ' ends'}: {item.concerns[0].title}"


def test_one_is_reminded_before_a_notice_day_and_not_after_it() -> None:
    alarms = {(e["summary"], str(e.decoded("dtstart"))): [a.decoded("trigger") for a in e.walk("VALARM")] for e in events(found())}
    ahead = [timedelta(hours=9) - n * ONE_DAY for n in (30, 7, 1)]
    reminded = {key: triggers for key, triggers in alarms.items() if triggers}
    assert reminded == {
        ("Last day to give notice: Acme, web shop", "2026-03-06"): ahead,
        ("Last day to give notice: Telnor, line to the office", "2026-04-29"): ahead,
    }
    alarm = events(found())[-2].walk("VALARM")
    assert all(a["action"] == "DISPLAY" and a["description"] for a in alarm)


def test_uids_stay_when_dates_move_and_differ_otherwise() -> None:
    assert len({event["uid"] for event in events(found())}) == len(dated(found()))
    later = {event["uid"]: event["summary"] for event in events(found(as_of=date(2026, 3, 20)))}
    assert later.items() & {event["uid"]: event["summary"] for event in events(found())}.items() == later.items()
    twice = replace(found(), items=found().items * 2)
    assert len({event["uid"] for event in events(twice)}) == 2 * len(events(found()))
    moved = replace(found(), items=tuple(replace(i, day=i.day and i.day + ONE_DAY) for i in found().items))
    assert {event["uid"] for event in events(moved)} == {event["uid"] for event in events(found())}


def test_lines_end_and_are_folded_as_the_standard_asks() -> None:
    text = ics(attacked("Zürich, Ω \N{ROCKET} " * 30))
    lines = text.split("\r\n")
    assert lines[-1] == ""
    assert not [line for line in lines if "\n" in line or "\r" in line]
    assert max(len(line.encode()) for line in lines) <= 75
    assert ics(found()) == ics(found())


def test_nothing_due_is_a_file_all_the_same() -> None:
    (event,) = events(replace(found(), items=()))
    assert event["summary"] == "Agreements: nothing is due until 2026-05-01"
    assert event.decoded("dtstart") == DAY


SPOKEN = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn", "Cf", "Zl", "Zp")), min_size=1, max_size=90)


@given(SPOKEN | st.sampled_from(["a, b; c", "back\\slash\\n", 'quo"te: x', "\N{ROCKET}\N{FLAG IN HOLE}", "BEGIN:VEVENT", "a\nb"]))
def test_texts_survive(text: str) -> None:
    item = dated(found())[0]
    changed = replace(item, concerns=(replace(item.concerns[0], title=text),), owner=text)
    (event,) = events(replace(found(), items=(changed,)))
    assert event["contact"] == text.replace("\r\n", "\n")
    assert event["summary"] == f"Acceptance of SC806 ends: {text}"


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_text_becomes_a_property(attack: str) -> None:
    """Nor a line of its own."""
    plainly = {(type(c).__name__, name) for c in Calendar.from_ical(ics(found())).walk() for name in c}
    calendar = Calendar.from_ical(ics(attacked(attack.encode("utf-8", "replace").decode())))
    assert {(type(c).__name__, name) for c in calendar.walk() for name in c} <= plainly
    assert len(calendar.walk("VEVENT")) == len(events(found()))


# --- text, page, Markdown --------------------------------------------------------------------------------------------


def told(item: Item) -> list[str]:
    """What everybody has to be able to read of an item."""
    sentences = [item.says, words.worst_ticket(item), words.costs(item), *words.actions(item), *map(words.parties, item.concerns)]
    return [*sentences, str(item.day or ""), f"{item.at.file}:{item.at.line}", *(note.message for note in words.notes(item))]


def test_text_and_page_tell_everything() -> None:
    page, text = read(agenda_html(found())), plain(found())
    assert not page.wrong
    assert not {tag for tag, _ in page.elements} & {"script", "img", "link", "iframe", "form"}
    shown = "".join(page.text.split())
    for item in found().items:
        assert [sentence for sentence in told(item) if sentence not in text] == []
        assert [sentence for sentence in told(item) if "".join(sentence.split()) not in shown] == []


def test_json_tells_it_too() -> None:
    data = json.loads(dump(agenda_data(found())))
    assert data["format"] == "slachain-review/1"
    assert data["summary"] | {"money": None, "says": None} == {
        "says": None,
        "overdue": 2,
        "passed": 2,
        "due": 7,
        "gaps": 1,
        "thin_margins": 1,
        "owners": ["purchasing@example.com", "service-management", None],
        "money": None,
    }
    whole = json.dumps(data)
    for item, line in zip(found().items, data["items"], strict=True):
        assert (line["kind"], line["state"], line["day"], line["days"]) == (item.kind, item.state, item.day and str(item.day), item.days)
        assert line["actions"] == words.actions(item)
        assert [
            s for s in (item.says, words.costs(item) and item.promise and item.promise.ticket) if s and json.dumps(s) not in whole
        ] == []


def test_markdown_has_a_table_for_each_owner_with_room() -> None:
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(agenda_markdown(found()))
    assert sum(token.type == "table_open" for token in tokens) == len(found().owners)
    rows = sum(token.type == "tr_open" for token in tokens) - len(found().owners)
    assert rows == len(found().items)
    assert sum(token.type == "td_open" for token in tokens) == 7 * rows


@pytest.mark.parametrize("attack", [*HOSTILE, *ATTACKS])
def test_no_text_does_harm(attack: str) -> None:
    hostile = attacked(attack)
    page = agenda_html(hostile)
    assert {tag for tag, _ in read(page).elements} <= {tag for tag, _ in read(agenda_html(found())).elements}
    lines = plain(hostile)
    assert not {"\x1b", "\r", "\0", "\u202e", "\u2066"} & set(lines)
    assert len(lines.splitlines()) == len(lines.split("\n")) - 1
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(agenda_markdown(hostile))
    assert sum(token.type == "tr_open" for token in tokens) == len(hostile.items) + len(hostile.owners)
    assert not [token for token in tokens if token.type.startswith("html")]


def test_a_terminal_is_as_wide_as_it_is() -> None:
    buffer = StringIO()
    show(found(), Console(file=buffer, force_terminal=True, width=60, color_system=None, highlight=False, soft_wrap=True, markup=False))
    lines = buffer.getvalue().splitlines()
    assert max(map(len, lines)) <= 60
    assert "".join("".join(lines).split()) == "".join(plain(found()).split())
