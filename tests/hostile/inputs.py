"""Hostile catalogues: how each is made, and the beginning of the finding that it is to have."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from slachain.language.zones import zone_names

Make = Callable[[Path], None]


@dataclass(frozen=True, slots=True)
class Hostile:
    """A catalogue to be made in a folder, what is printed of it, as often with its place as there is one, and the exit status."""

    name: str
    make: Make
    finding: str
    heavy: bool = False  # seconds rather than tenths: for `make hostile` alone
    status: int = 2


def agreement(id: str, time: str = "4h", calendar: str = "24x7", more: str = "", kind: str = "ola") -> str:
    return f"  {id}: {{kind: {kind}, provider: p, customer: c, calendar: {calendar}, targets: {{resolution: {{P1: {time}}}}}{more}}}\n"


def text(content: str | bytes) -> Make:
    """A catalogue of one file."""

    def make(folder: Path) -> None:
        (folder / "a.yaml").write_bytes(content.encode() if isinstance(content, str) else content)

    return make


def rota(*events: str) -> Make:
    """A promise on the hours of a rota with these events."""

    def make(folder: Path) -> None:
        (folder / "r.ics").write_text("\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", *events, "END:VCALENDAR", ""]))
        text("calendars:\n  r: {ics: r.ics}\nagreements:\n" + agreement("a", calendar="r", kind="sla"))(folder)

    return make


def event(rule: str, begins: str = "20260101T000000Z") -> str:
    return "\r\n".join(["BEGIN:VEVENT", f"UID:{begins}", f"DTSTART:{begins}", "DURATION:PT1H", *([rule] if rule else []), "END:VEVENT"])


def folders(folder: Path) -> None:
    """A hundred folders, one in the other."""
    here = os.open(folder, os.O_RDONLY)
    for _ in range(100):
        os.mkdir("d", dir_fd=here)
        inner = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = inner
    os.close(here)


def mirrors(folder: Path) -> None:
    """Eight folders, each with a link to each: a hall of mirrors with ten thousands of ways through it."""
    for one in range(8):
        (folder / f"d{one}").mkdir()
        for other in range(8):
            os.symlink(f"../d{other}", folder / f"d{one}" / f"l{other}")


def climbing(folder: Path) -> None:
    """Paths that lead out of the catalogue, or to what is no file."""
    os.symlink("/etc/hostname", folder / "link.ics")
    os.mkfifo(folder / "pipe.ics")
    paths = ["../../etc/passwd", "/etc/passwd", "link.ics", "pipe.ics", "/dev/zero", '"a\\0b"', "x/" * 3000, ".", '""']
    text("calendars:\n" + "".join(f"  c{n}: {{ics: {path}}}\n" for n, path in enumerate(paths)))(folder)


def devices(folder: Path) -> None:
    """Files of the catalogue that never end."""
    os.symlink("/dev/zero", folder / "zero.yaml")
    os.symlink("/dev/stdin", folder / "stdin.yaml")


def larger(folder: Path) -> None:
    """A hundred megabytes that take no room on the disk."""
    with (folder / "a.yaml").open("wb") as file:
        file.truncate(100_000_000)


def zones(number: int) -> str:
    known = sorted(zone_names())
    hours = 'hours: {mon-fri: "09:00-17:00"}'
    return "calendars:\n" + "".join(f"  c{n}: {{timezone: {known[n % len(known)]}, {hours}}}\n" for n in range(number))


CLOCK = '{timezone: UTC, hours: {mon: "09:00-10:00"}}'
DOUBLED = "".join(f"  c{n}: {{any_of: [c{n - 1}, c{n - 1}]}}\n" for n in range(1, 40))
CHAINED = "".join(f"  c{n}: {{any_of: [c{n - 1}]}}\n" for n in range(1, 5000))
WIDE = "  all: {any_of: [" + ",".join(["c0"] * 3000) + "]}\n"
ON_CHAIN, ON_DOUBLED = (f"agreements:\n{agreement('a', calendar=c, kind='sla')}" for c in ("c4999", "c39"))
EDGES = "{0001-01-01: closed, 9999-12-31: closed}, holidays: {add: [0001-01-02, 9999-12-30]}, from: 0001-01-01, until: 9999-12-31"
ENDS = f'calendars:\n  c: {{timezone: Pacific/Kiritimati, hours: {{mon: "00:00-24:00"}}, exceptions: {EDGES}}}\n'
TERM = ", term: {from: 0001-01-01, until: 9999-12-31, notice: 90d}, review: {every: 6 months, last: 0001-01-01}"
FIRST_TO_LAST = f"{ENDS}agreements:\n{agreement('a', '9h', 'c', TERM + ', relies_on: [z]', 'sla')}{agreement('z', '8h', 'c', TERM)}"

INPUTS = (
    Hostile("a hundred megabytes", larger, "agreements/a.yaml:1:1: SC101 unreadable: a.yaml cannot be read: it is larger than 8 MB"),
    Hostile("4 million values", text(b"agreements: [" + b"x," * 3_900_000 + b"]"), "agreements/a.yaml:1:500006: SC101 unreadable: more than 250,000 values in one file", heavy=True),
    Hostile("300,000 lists that never close", text(b"agreements:\n" + b"  a: [\n" * 300_000), "agreements/a.yaml:27:4: SC101 unreadable: not YAML: while parsing a flow sequence"),
    Hostile("a million tabs", text(b"agreements:\n" + b"\ta: x\n" * 1_000_000), "agreements/a.yaml:2:1: SC101 unreadable: not YAML: while scanning for the next token", heavy=True),
    Hostile("8 MB of forbidden characters", text(b'agreements: "' + b"\1" * 7_900_000 + b'"'), "agreements/a.yaml:1:14: SC101 unreadable: the character U+0001 may not stand in a file", heavy=True),
    Hostile("50,000 mistakes", text("agreements:\n" + "  a: x\n" * 2000 + "".join(f"  b{n}: x\n" for n in range(50_000))), "agreements/a.yaml:5002:10: SC102 malformed: more than 5,000 mistakes are written", heavy=True),
    Hostile("durations of 10^30 h", text("agreements:\n" + agreement("a", "1" + "0" * 30 + "h")), "agreements/a.yaml:2:87: SC102 malformed: longer than 100 years"),
    Hostile("a number of 100,000 digits", text("agreements:\n" + agreement("a", "9" * 100_000)), "agreements/a.yaml:2:87: SC102 malformed: '9999"),
    Hostile("NaN", text("agreements:\n" + agreement("a", "{within: 4h, attainment: NaN}")), "agreements/a.yaml:2:112: SC102 malformed: 'NaN' is no percentage"),
    Hostile("weeks for a greedy pattern", text("agreements:\n" + agreement("a", "1w" * 50_000)), "agreements/a.yaml:2:87: SC102 malformed: '1w1w"),
    Hostile("20,000 windows a day", text(f"calendars:\n  c: {CLOCK.replace('09:00-10:00', '09:00-10:00,' * 20_000)}\n"), "agreements/a.yaml:2:35: SC102 malformed: more than 48 stretches"),
    Hostile("calendars that double 40 times", text(f"calendars:\n  c0: {CLOCK}\n{DOUBLED}{ON_DOUBLED}"), "agreements/a.yaml:10:3: SC102 malformed: a calendar made of more than 500 others"),
    Hostile("5,000 calendars in a chain", text(f"calendars:\n  c0: {CLOCK}\n{CHAINED}{ON_CHAIN}"), "agreements/a.yaml:34:3: SC102 malformed: calendars made of one another more than 32 deep"),
    Hostile("a calendar of 3,000", text(f"calendars:\n  c0: {CLOCK}\n{WIDE}"), "agreements/a.yaml:3:3: SC102 malformed: a calendar made of more than 500 others"),
    Hostile("a calendar that never opens", text(f"calendars:\n  c0: {CLOCK}\n  c: {{all_of: [c0, {{not: c0}}]}}\n"), "agreements/a.yaml:3:3: SC102 malformed: the calendar c is never open"),
    Hostile("the years 1 and 9999", text(FIRST_TO_LAST), "agreements/a.yaml:4:180: SC503 review-overdue: a was last reviewed on 0001-01-01, and was due again on 0001-07-01", status=0),
    Hostile("a thousand calendars, all zones", text(zones(1000)), "No promise to judge among 0 agreements", heavy=True, status=0),
    Hostile("5,000 calendars, all zones", text(zones(5000)), "No promise to judge among 0 agreements", heavy=True, status=0),
    Hostile("10,000 that extend in a chain", text("agreements:\n" + agreement("a0") + "".join(f"  a{n}: {{extends: a{n - 1}}}\n" for n in range(1, 10_000))), "No promise to judge among 10000 agreements", heavy=True, status=0),
    Hostile("49,000 that extend in a circle", text("agreements:\n" + "".join(f"  a{n}: {{extends: a{(n + 1) % 49_000}}}\n" for n in range(49_000))), "agreements/a.yaml:49001:21: SC105 cycle: a circle of extends: a0 -> a1 ->", heavy=True),
    Hostile("letters of 200 accents", text("agreements:\n" + agreement("a" + "\u0301" * 200)), "agreements/a.yaml:2:3: SC102 malformed: '"),
    Hostile("right to left", text("agreements:\n" + agreement("\u202eabc")), "agreements/a.yaml:2:3: SC102 malformed: '"),
    Hostile("no width at all", text("agreements:\n" + agreement("a\u200bb")), "agreements/a.yaml:2:3: SC102 malformed: '"),
    Hostile("paths that climb out", climbing, "agreements/a.yaml:2:13: SC102 malformed: '../../etc/passwd' lies outside the catalogue: copy the file into it"),
    Hostile("devices as files", devices, "agreements/zero.yaml:1:1: SC101 unreadable: zero.yaml cannot be read: it is no regular file"),
    Hostile("a hundred folders deep", folders, "lies more than 64 folders deep"),
    Hostile("a hall of mirrors", mirrors, "agreements/d0/l0:1:1: SC101 unreadable: l0 leads back to a folder that it lies in", heavy=True),
    Hostile("every second for ever", rota(event("RRULE:FREQ=SECONDLY")), "agreements/a.yaml:2:12: SC102 malformed: 'r.ics' is no rota: an event recurs by 'SECONDLY': DAILY, WEEKLY, MONTHLY, YEARLY can be told"),
    Hostile("a thousand million times", rota(event("RRULE:FREQ=DAILY;COUNT=1000000000")), "agreements/a.yaml:2:12: SC102 malformed: 'r.ics' is no rota: an event recurs with a COUNT that is not from 1 to 5,000"),
    Hostile("the 32nd of a month", rota(event("RRULE:FREQ=MONTHLY;BYMONTHDAY=32;COUNT=5")), "agreements/a.yaml:2:12: SC102 malformed: 'r.ics' is no rota: an event recurs with BYMONTHDAY=32: up to 31 can be told"),
    Hostile("the last day but 400", rota(event("RRULE:FREQ=YEARLY;BYYEARDAY=-400;COUNT=5")), "agreements/a.yaml:2:12: SC102 malformed: 'r.ics' is no rota: an event recurs with BYYEARDAY=-400: up to 366 can be told"),
    Hostile("50 events for 230 years", rota(*[event("RRULE:FREQ=DAILY;UNTIL=21991231T000000Z", f"19700101T{n % 24:02}{n:02}00Z") for n in range(50)]), "agreements/a.yaml:2:12: SC102 malformed: 'r.ics' is no rota: its events recur more than 100,000 times in all"),
    Hostile("50 events, 5,000 times each", rota(*[event("RRULE:FREQ=DAILY;COUNT=5000", f"20260101T{n % 24:02}{n:02}00Z") for n in range(50)]), "agreements/a.yaml:2:12: SC102 malformed: 'r.ics' is no rota: its events recur more than 100,000 times in all"),
    Hostile("an interval of nothing", rota(event("RRULE:FREQ=DAILY;INTERVAL=0")), "agreements/a.yaml:2:12: SC102 malformed: 'r.ics' is no rota: an event recurs with an INTERVAL that is not from 1 to 1,000"),
    Hostile("30 February", rota(event("RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30")), "agreements/a.yaml:2:12: SC102 malformed: 'r.ics' is no rota: an event recurs DAILY with 'BYMONTHDAY', which is not told here"),
    Hostile("the year 1", rota(event("RRULE:FREQ=DAILY", "00010101T000000Z")), "agreements/a.yaml:2:12: SC102 malformed: 'r.ics' is no rota: an event begins in 1: 1970 to 2199"),
    Hostile("20,000 events", rota(*[event("")] * 20_000), "agreements/a.yaml:2:12: SC102 malformed: 'r.ics' is no rota: it is larger than 1 MB"),
    Hostile("components without end", rota(*["BEGIN:VEVENT"] * 5_000), "agreements/a.yaml:2:12: SC102 malformed: 'r.ics' is no rota: it has more than 3,000 events"),
)  # fmt: skip
