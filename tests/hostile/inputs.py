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
    """A catalogue to be made in a folder, and what is printed of it (nothing in particular where it is only large)."""

    name: str
    make: Make
    finding: str
    heavy: bool = False  # seconds rather than tenths: for `make hostile` alone


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
ENDS = "  c: {timezone: UTC, hours: {mon: 00:00-24:00}, exceptions: {9999-12-31: closed, 0001-01-01: closed}, until: 9999-12-31}\n"
TERM = ", term: {from: 0001-01-01, until: 9999-12-31}, notice: 90d"

INPUTS = (
    Hostile("a hundred megabytes", larger, "agreements/a.yaml:1:1: SC101 unreadable: a.yaml cannot be read: it is larger than 8 MB"),
    Hostile("4 million values", text(b"agreements: [" + b"x," * 3_900_000 + b"]"), "more than 250,000 values in one file", heavy=True),
    Hostile("300,000 lists that never close", text(b"agreements:\n" + b"  a: [\n" * 300_000), "SC101"),
    Hostile("a million tabs", text(b"agreements:\n" + b"\ta: x\n" * 1_000_000), "a tab, where YAML indents with spaces", heavy=True),
    Hostile("8 MB of forbidden characters", text(b'agreements: "' + b"\1" * 7_900_000 + b'"'), "U+0001", heavy=True),
    Hostile("50,000 mistakes", text("agreements:\n" + "  a: x\n" * 2000 + "".join(f"  b{n}: x\n" for n in range(50_000))), "5,000", heavy=True),
    Hostile("durations of 10^30 h", text("agreements:\n" + agreement("a", "1" + "0" * 30 + "h")), "longer than 100 years"),
    Hostile("a number of 100,000 digits", text("agreements:\n" + agreement("a", "9" * 100_000)), "SC102 malformed: '9999"),
    Hostile("NaN", text("agreements:\n" + agreement("a", "{within: 4h, attainment: NaN}")), "'NaN' is no percentage"),
    Hostile("weeks for a greedy pattern", text("agreements:\n" + agreement("a", "1w" * 50_000)), "is no duration"),
    Hostile("20,000 windows a day", text(f"calendars:\n  c: {CLOCK.replace('09:00-10:00', '09:00-10:00,' * 20_000)}\n"), "more than 48"),
    Hostile("calendars that double 40 times", text(f"calendars:\n  c0: {CLOCK}\n{DOUBLED}{ON_DOUBLED}"), "made of more than 500 others"),
    Hostile("5,000 calendars in a chain", text(f"calendars:\n  c0: {CLOCK}\n{CHAINED}{ON_CHAIN}"), "more than 32 deep"),
    Hostile("a calendar of 3,000", text(f"calendars:\n  c0: {CLOCK}\n{WIDE}"), "made of more than 500 others"),
    Hostile("a calendar that never opens", text(f"calendars:\n  c0: {CLOCK}\n  c: {{all_of: [c0, {{not: c0}}]}}\n"), "never open"),
    Hostile("the years 1 and 9999", text(f"calendars:\n{ENDS}agreements:\n{agreement('a', calendar='c', more=TERM, kind='sla')}"), ""),
    Hostile("a thousand calendars, all zones", text(zones(1000)), "", heavy=True),
    Hostile("5,000 calendars, all zones", text(zones(5000)), "", heavy=True),
    Hostile("10,000 that extend in a chain", text("agreements:\n" + agreement("a0") + "".join(f"  a{n}: {{extends: a{n - 1}}}\n" for n in range(1, 10_000))), "", heavy=True),
    Hostile("100,000 that extend in a circle", text("agreements:\n" + "".join(f"  a{n}: {{extends: a{(n + 1) % 100_000}}}\n" for n in range(100_000))), "SC105", heavy=True),
    Hostile("letters of 200 accents", text("agreements:\n" + agreement("a" + "\u0301" * 200)), "is no id"),
    Hostile("right to left", text("agreements:\n" + agreement("\u202eabc")), "is no id"),
    Hostile("no width at all", text("agreements:\n" + agreement("a\u200bb")), "is no id"),
    Hostile("paths that climb out", climbing, "'../../etc/passwd' lies outside the catalogue: copy the file into it"),
    Hostile("devices as files", devices, "zero.yaml cannot be read: it is no regular file"),
    Hostile("a hundred folders deep", folders, "lies more than 64 folders deep"),
    Hostile("a hall of mirrors", mirrors, "leads back to a folder that it lies in", heavy=True),
    Hostile("every second for ever", rota(event("RRULE:FREQ=SECONDLY")), "an event recurs by 'SECONDLY': DAILY, WEEKLY, MONTHLY, YEARLY can be told"),
    Hostile("a thousand million times", rota(event("RRULE:FREQ=DAILY;COUNT=1000000000")), "a COUNT that is not from 1 to 5,000"),
    Hostile("the 32nd of a month", rota(event("RRULE:FREQ=MONTHLY;BYMONTHDAY=32;COUNT=5")), "BYMONTHDAY=32: up to 31 can be told"),
    Hostile("the last day but 400", rota(event("RRULE:FREQ=YEARLY;BYYEARDAY=-400;COUNT=5")), "BYYEARDAY=-400: up to 366 can be told"),
    Hostile("an interval of nothing", rota(event("RRULE:FREQ=DAILY;INTERVAL=0")), "an INTERVAL that is not from 1 to 1,000"),
    Hostile("30 February", rota(event("RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30")), "with 'BYMONTHDAY', which is not told here"),
    Hostile("the year 1", rota(event("RRULE:FREQ=DAILY", "00010101T000000Z")), "SC102"),
    Hostile("20,000 events", rota(*[event("")] * 20_000), "it is larger than 1 MB"),
    Hostile("components without end", rota(*["BEGIN:VEVENT"] * 5_000), "it has more than 3,000 events"),
)  # fmt: skip
