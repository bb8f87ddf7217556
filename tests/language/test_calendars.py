"""Calendars: every key, what it is read to, and what is refused where."""

from __future__ import annotations

import time
from datetime import date

import pytest

from slachain.language.attachments import AttachmentError
from slachain.language.loader import load
from slachain.language.model import Combined, Hours, OnCall
from slachain.language.scalars import Window
from tests.language.marked import REQUIRED, catalogue, only


def body(**written: str) -> str:
    """A calendar `x` with these keys, each on a line of its own, beside a time zone and hours."""
    lines = {"timezone": "Europe/London", "hours": "{mon-fri: 09:00-17:30}", **written}
    return "calendars:\n  x:\n" + "".join(f"    {key}: {value}\n" for key, value in lines.items())


def test_every_key() -> None:
    """
    calendars:
      london:
        timezone: Europe/London
        hours: {mon-thu: "09:00-17:30", fri: "09:00-12:00, 13:00-16:00"}
        holidays: {country: GB, subdivision: ENG, add: [2026-12-24], remove: [2026-05-04]}
        exceptions: {2026-12-31: "09:00-12:00", 2026-05-02: "10:00-14:00", 2026-05-05: closed}
        from: 2026-01-01
        until: 2027-12-31
        business_days: mon-wed, fri
      follow-the-sun: {any_of: [london, both]}
      both: {all_of: [london, 24x7], timezone: UTC}
      out-of-hours: {not: london}
    """
    found = catalogue(test_every_key.__doc__ or "")
    assert found.findings == ()
    london = found.calendars["london"].body
    assert isinstance(london, Hours)
    assert london.timezone == "Europe/London"
    assert london.week == (*(((Window(540, 1050),),) * 4), (Window(540, 720), Window(780, 960)), (), ())
    assert london.exceptions == ((date(2026, 5, 2), (Window(600, 840),)), (date(2026, 5, 5), ()), (date(2026, 12, 31), (Window(540, 720),)))
    assert (london.opens_on, london.closes_after, london.business_days) == (date(2026, 1, 1), date(2027, 12, 31), frozenset({0, 1, 2, 4}))
    assert london.holidays is not None
    assert [day.text for day in london.holidays.add] == ["2026-12-24"]
    bodies = [found.calendars[id].body for id in ("follow-the-sun", "both", "out-of-hours")]
    assert [(b.how, [m.value for m in b.members], b.timezone) for b in bodies if isinstance(b, Combined)] == [
        ("any_of", ["london", "both"], None),
        ("all_of", ["london", "24x7"], "UTC"),
        ("not", ["london"], None),
    ]


def test_round_the_clock_is_built_in() -> None:
    always = catalogue("metrics: {}").calendars["24x7"].body
    assert isinstance(always, Hours)
    assert (always.timezone, always.week) == ("UTC", ((Window(0, 1440),),) * 7)
    only("calendars:\n  «24x7»: {timezone: UTC, hours: {mon: 09:00-10:00}}\n", "SC102", "'24x7' is built in")


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("timezone", "«London»", "no time zone of the IANA database"),
        ("timezone", "«europe/london»", "did you mean 'Europe/London'?"),
        ("timezone", "«[UTC]»", "a single value belongs here, not a list"),
        ("timezone", "«~»", "not nothing"),
        ("hours", "«09:00-17:30»", "hours are a mapping from days to times"),
        ("hours", "«[mon]»", "hours are a mapping"),
        ("hours", "{«Mon»: 09:00-17:30}", "'Mon' is no day or range of days"),
        ("hours", "{«mon-fri-sun»: 09:00-17:30}", "no day or range of days"),
        ("hours", "{mon: «9-17»}", "no stretch of hours"),
        ("hours", "{mon: «09:00-25:00»}", "no such time of day: 00:00 to 24:00"),
        ("hours", "{mon: «09:00-09:00»}", "is empty: for the whole day write 00:00-24:00"),
        ("hours", "{mon: «24:00-06:00»}", "no such time of day"),
        ("hours", "{mon: «[09:00-17:30]»}", "a single value belongs here, not a list"),
        ("hours", "{mon: «~»}", "not nothing"),
        ("hours", "{mon-fri: 09:00-10:00, «fri»: 09:00-10:00}", "fri is written twice"),
        ("holidays", "«GB»", "'holidays' is a mapping"),
        ("holidays", "{«contry»: GB}", "did you mean 'country'?"),
        ("holidays", "{country: «ZZ»}", "no country code"),
        ("holidays", "{country: «gb»}", "did you mean 'GB'?"),
        ("holidays", "{country: GB, subdivision: «eng»}", "did you mean 'ENG'?"),
        ("holidays", "{country: SE, subdivision: «XX»}", "no subdivision of SE"),
        ("holidays", "{subdivision: «ENG»}", "a subdivision needs its country"),
        ("holidays", "{add: «2026-01-01»}", "a list of dates belongs here"),
        ("holidays", "{add: [«2026-02-30»]}", "is no date"),
        ("holidays", "{country: GB, remove: [«2026-05-05»]}", "is no holiday in GB"),
        ("holidays", "{country: GB, remove: [«9999-12-31»]}", "is no holiday in GB"),
        ("holidays", "{remove: [«0001-01-01»]}", "is no holiday"),
        ("exceptions", "«closed»", "exceptions are a mapping"),
        ("exceptions", "{«tomorrow»: closed}", "is no date"),
        ("exceptions", "{«2026-02-29»: closed}", "is no date"),
        ("exceptions", "{2026-01-01: «close»}", "no stretch of hours"),
        ("exceptions", "{2026-01-01: «~»}", "not nothing"),
        ("from", "«01.01.2026»", "is no date"),
        ("until", "«2026-02-30»", "is no date"),
        ("business_days", "«weekdays»", "no day or range of days"),
        ("business_days", "«[mon]»", "a single value belongs here"),
        ("«holyday»", "x", "a calendar has no 'holyday'"),
        ("«busness_days»", "mon", "did you mean 'business_days'?"),
    ],
)
def test_what_is_refused(key: str, value: str, words: str) -> None:
    only(body(**{key: value}), "SC102", words)


def test_a_day_written_twice_names_both() -> None:
    found = only(body(hours="{mon-fri: 09:00-10:00, «wed-thu»: 09:00-10:00}").replace("wed-thu", "wed"), "SC102", "wed is written twice")
    assert [str(note.at) for note in found.because] == ["a.yaml:4:13"]


def test_from_after_until() -> None:
    found = only(body(**{"from": "2027-01-01", "until": "«2026-01-01»"}), "SC102", "'until' lies before 'from'")
    assert [str(note.at) for note in found.because] == ["a.yaml:5:11"]


@pytest.mark.parametrize("missing", ["timezone", "hours"])
def test_a_calendar_needs_a_time_zone_and_hours(missing: str) -> None:
    present = {"timezone": "timezone: UTC", "hours": "hours: {mon: 09:00-10:00}"}
    del present[missing]
    only(f"calendars:\n  x: «{{{next(iter(present.values()))}}}»\n", "SC102", f"a calendar needs '{missing}'")


@pytest.mark.parametrize("dates", ["{from: 0001-01-01, until: 9999-12-31}", "{exceptions: {0001-01-01: closed, 9999-12-31: closed}}"])
def test_the_first_and_last_dates_there_are(dates: str) -> None:
    text = body()[:-1].replace("    timezone", f"    <<: {dates}\n    timezone")
    assert catalogue(text).findings == ()


# --- calendars made of others


@pytest.mark.parametrize(
    ("written", "code", "words"),
    [
        ("{any_of: «24x7»}", "SC102", "a list of calendars belongs here"),
        ("«{any_of: []}»", "SC102", "'any_of' names no calendar"),
        ("{any_of: [«[24x7]»]}", "SC102", "a single value belongs here"),
        ("{any_of: [«~», 24x7]}", "SC102", "not nothing"),
        ("{not: «[24x7]»}", "SC102", "a single value belongs here"),
        ("{any_of: [24x7], «all_of»: [24x7]}", "SC102", "a calendar with 'any_of' has no 'all_of'"),
        ("{any_of: [24x7], «hours»: {}}", "SC102", "a calendar with 'any_of' has no 'hours'"),
        ("{not: 24x7, timezone: «Mars»}", "SC102", "no time zone"),
        ("{any_of: [«londn»]}", "SC104", "there is no calendar 'londn' (did you mean 'london'?)"),
        ("{not: «24x8»}", "SC104", "did you mean '24x7'?"),
        ("{not: «x»}", "SC105", "x -> x"),
        ("{any_of: [{timezone: UTC, hours: {«mo»: 09:00-10:00}}]}", "SC102", "no day"),
        ("«london»", "SC102", "a calendar is a mapping, not a single value"),
        ("«[london]»", "SC102", "a calendar is a mapping, not a list"),
        ("{ics: «[a.ics]»}", "SC102", "a single value belongs here"),
        ("{ics: «a.ics»}", "SC102", "'a.ics' cannot be read from here"),
    ],
)
def test_calendars_made_of_others(written: str, code: str, words: str) -> None:
    only(f"calendars:\n  london: {{timezone: UTC, hours: {{mon: 09:00-10:00}}}}\n  x: {written}\n", code, words)


def test_every_unknown_member_is_told() -> None:
    found = catalogue("calendars:\n  x: {any_of: [aaa, bbb, ccc]}\n").findings
    assert [(f.code, f.at.column) for f in found] == [("SC104", 16), ("SC104", 21), ("SC104", 26)]


def test_a_circle_is_told_once_and_whole() -> None:
    """
    calendars:
      a: {any_of: [b, 24x7]}
      b: {all_of: [24x7, c]}
      c: {not: «a»}
      user: {not: a}
    """
    text = test_a_circle_is_told_once_and_whole.__doc__ or ""
    only(text, "SC105", "calendars made of one another: a -> b -> c -> a")
    assert catalogue(text.replace("«", "").replace("»", "")).broken == {"a", "b", "c", "user"}


def test_two_circles_are_two_findings() -> None:
    text = "calendars:\n" + "".join(f"  {a}: {{not: {b}}}\n" for a, b in ("ab", "ba", "cd", "dc"))
    assert [f.message.split(": ")[1] for f in catalogue(text).findings] == ["a -> b -> a", "c -> d -> c"]


def test_what_leads_to_a_broken_calendar_is_broken_without_a_finding() -> None:
    text = "calendars:\n  a: {not: b}\n  b: {any_of: [c, 24x7]}\n  c: {timezone: «Mars», hours: {}}\n"
    only(text, "SC102", "no time zone")
    assert catalogue(text.replace("«", "").replace("»", "")).broken == {"a", "b", "c"}


EVENT = ["UID:1", "DTSTAMP:20260101T000000Z", "DTSTART:20260101T090000Z", "DTEND:20260101T170000Z"]
LINES = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", "BEGIN:VEVENT", *EVENT, "END:VEVENT", "END:VCALENDAR", ""]
ROTA = "\r\n".join(LINES).encode()


def test_a_file_on_call() -> None:
    asked = []

    def attach(file: str, path: str) -> bytes:
        asked.append((file, path))
        return ROTA

    found = load({"rotas/a.yaml": b"calendars: {x: {ics: on-call.ics, timezone: UTC}}"}, attach)
    assert (found.findings, asked) == ((), [("rotas/a.yaml", "on-call.ics")])
    assert found.calendars["x"].body == OnCall("on-call.ics", ROTA, "UTC")


def test_a_file_that_cannot_be_had() -> None:
    def attach(file: str, path: str) -> bytes:
        raise AttachmentError(f"{path} is not there")

    found = load({"a.yaml": b"calendars: {x: {ics: on-call.ics}}"}, attach).findings
    assert [(f.code, f.message, str(f.at)) for f in found] == [("SC102", "on-call.ics is not there", "a.yaml:1:22")]


# --- calendars written in place


def test_a_calendar_written_in_place() -> None:
    required = ", ".join(f"{key}: {value}" for key, value in REQUIRED.items() if key != "calendar")
    found = catalogue(f"agreements:\n  x: {{{required}, calendar: {{timezone: UTC, hours: {{mon: 18:00-22:00}}}}}}\n")
    assert found.findings == ()
    calendar = found.calendars[found.agreements["x"].calendar.value]
    assert calendar.inline
    assert isinstance(calendar.body, Hours)


def test_calendars_in_place_at_the_same_place_of_two_files() -> None:
    """A target inherited from one file and one of its own in another stay apart, though line and column are the same."""
    plan = "plans:\n  p: {targets: {update: {within: 1h, calendar: {timezone: UTC, hours: {mon: 09:00-10:00}}}}, extra: }\n".replace(
        ", extra: ", ""
    )
    own = "teams:\n  t: {staff: 1}\nagreements:\n  x:\n    extends: p\n" + "".join(f"    {k}: {v}\n" for k, v in REQUIRED.items())
    child = "agreements:\n  x: {targets: {restor: {within: 1h, calendar: {timezone: UTC, hours: {tue: 09:00-10:00}}}}".replace(
        "restor:", "outage:"
    )
    found = catalogue(child + f", extends: p, {', '.join(f'{k}: {v}' for k, v in REQUIRED.items())}}}\n", b=plan)
    assert found.findings == ()
    assert own
    inline = [c.body.week for c in found.calendars.values() if c.inline and isinstance(c.body, Hours)]
    monday, tuesday = ((Window(540, 600),), *((),) * 6), ((), (Window(540, 600),), *((),) * 5)
    targets = found.agreements["x"].targets
    used = [getattr(getattr(targets[m]["*"], "alternatives", [None])[0], "calendar", None) for m in ("update", "outage")]
    assert [found.calendars[name.value].body for name in used if name] == [Hours("UTC", monday), Hours("UTC", tuesday)]
    assert len(inline) >= 2


# --- size


def chain(length: int, last: str) -> str:
    return "calendars:\n" + "".join(f"  c{i}: {{any_of: [c{i + 1}]}}\n" for i in range(length)) + f"  c{length}: {last}\n"


@pytest.mark.parametrize(
    ("last", "code", "usable"),
    [
        ("{timezone: UTC, hours: {mon: 09:00-10:00}}", "SC102", 32),
        ("{not: nowhere}", "SC104", 0),
        ("{not: c0}", "SC105", 0),
        ("{timezone: Mars, hours: {}}", "SC102", 0),
    ],
)
def test_ten_thousand_chained_calendars(last: str, code: str, usable: int) -> None:
    """One finding, whatever is wrong at their end; a whole chain is too deep from its 33rd calendar on."""
    head, *lines = chain(10_000, last).splitlines(keepends=True)
    started = time.process_time()
    found = catalogue(head + "".join(reversed(lines)))
    assert [f.code for f in found.findings] == [code]
    assert len(found.broken) == 10_001 - usable
    assert time.process_time() - started < 8


@pytest.mark.parametrize("back", ["c0", "c{half}", "c{i}"])
def test_thousands_of_circles_within_one_another(back: str) -> None:
    text = "calendars:\n" + "".join(f"  c{i}: {{any_of: [{back.format(i=i, half=i // 2)}, c{(i + 1) % 5000}]}}\n" for i in range(5000))
    started = time.process_time()
    found = catalogue(text)
    assert {f.code for f in found.findings} == {"SC105"}
    assert len(found.broken) == 5000
    assert time.process_time() - started < 6
