"""The grammar of calendars: hours, combinations and on-call rotas."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from slachain.language.findings import Note
from slachain.language.model import Calendar, Combined, Holidays, Hours, OnCall, Written
from slachain.language.nodes import Mapping, Node
from slachain.language.public_holidays import known_countries, public_holidays, subdivisions
from slachain.language.scalars import ScalarError, Window, read_date, read_windows
from slachain.language.shapes import BAD, Bad, Fields, Reading, Shape, fields, list_of, named, read_identifier, scalar
from slachain.language.source import Span
from slachain.language.values import dataclass
from slachain.language.zones import zone_names

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
HOW = ("any_of", "all_of", "not", "ics")
OnFile = Callable[[str, Span, Reading], bytes | Bad]


def read_timezone(text: str) -> str:
    """An IANA time zone."""
    if text not in zone_names():
        raise ScalarError(f"'{text}' is no time zone of the IANA database", zone_names())
    return text


def read_days(text: str) -> tuple[int, ...]:
    """`mon` or a range `sun-thu`, as weekday numbers from Monday 0."""
    ends = [part.strip() for part in text.split("-")]
    if len(ends) > 2 or any(day not in DAYS for day in ends):
        raise ScalarError(f"'{text}' is no day or range of days: mon, tue, wed, thu, fri, sat, sun, mon-fri, sun-thu")
    first, last = DAYS.index(ends[0]), DAYS.index(ends[-1])
    return tuple((first + i) % 7 for i in range((last - first) % 7 + 1))


def read_business_days(text: str) -> frozenset[int]:
    """Days and ranges, separated by commas."""
    return frozenset(day for part in text.split(",") for day in read_days(part.strip()))


def read_opening(text: str) -> tuple[Window, ...]:
    """Windows, or `closed`."""
    return () if text == "closed" else read_windows(text)


def read_country(text: str) -> str:
    """An ISO 3166 code that the `holidays` package knows."""
    if text not in known_countries():
        raise ScalarError(f"'{text}' is no country code with known holidays", known_countries())
    return text


def weekly_hours(node: Node, reading: Reading) -> tuple[tuple[Window, ...], ...] | Bad:
    """Seven days of windows from `{mon-thu: "09:00-17:30", …}`, each day once."""
    if reading.told(node):
        return BAD
    if not isinstance(node, Mapping):
        return reading.malformed('hours are a mapping from days to times, such as {mon-fri: "09:00-17:30"}', node.span)
    week: list[tuple[Window, ...]] = [()] * 7
    told: dict[int, Span] = {}
    shape = scalar(read_windows)
    for entry in node.entries:
        windows = shape(entry.value, reading)
        if windows is BAD or not named(entry, _days_key, reading):
            continue
        for day in read_days(entry.key.text):
            if day in told:
                reading.malformed(f"{DAYS[day]} is written twice", entry.key.span, Note("first here", told[day]))
            else:
                told[day], week[day] = entry.key.span, windows.value
    return tuple(week)


def _days_key(text: str) -> str:
    read_days(text)
    return text


def exceptions(node: Node, reading: Reading) -> tuple[tuple[date, tuple[Window, ...]], ...] | Bad:
    """Dates and what is open on them instead."""
    if reading.told(node):
        return BAD
    if not isinstance(node, Mapping):
        return reading.malformed("exceptions are a mapping from dates to times or closed", node.span)
    shape = scalar(read_opening)
    read = [(e, shape(e.value, reading)) for e in node.entries if named(e, _date_key, reading)]
    return tuple(sorted((read_date(e.key.text), v.value) for e, v in read if v is not BAD))


def _date_key(text: str) -> str:
    read_date(text)
    return text


def holidays(node: Node, reading: Reading) -> Holidays | Bad:
    """Public holidays; `add` alone, without a country, is enough."""
    schema = {
        "country": scalar(read_country),
        "subdivision": scalar(str),
        "add": list_of(scalar(read_date), "dates"),
        "remove": list_of(scalar(read_date), "dates"),
    }
    read = fields(node, schema, reading, "'holidays'")
    if isinstance(read, Bad):
        return BAD
    country, subdivision = read.get("country"), read.get("subdivision")
    if subdivision and not country:
        if "country" not in read.broken:
            reading.malformed("a subdivision needs its country", subdivision.at)
        subdivision = None
    elif subdivision and subdivision.value not in (known := subdivisions(country.value)):
        listed = reading.nearest(subdivision.value, known) or (f": it has {', '.join(sorted(known))}" if known else ": it has none")
        reading.malformed(f"'{subdivision.value}' is no subdivision of {country.value} with holidays of its own{listed}", subdivision.at)
        subdivision = None
    found = Holidays(country, subdivision, read.get("add", ()), read.get("remove", ()))
    _removed_are_holidays(found, reading)
    return found


def _removed_are_holidays(found: Holidays, reading: Reading) -> None:
    added = {day.value for day in found.add}
    for day in found.remove:
        years = frozenset({day.value.year})
        if day.value not in added and day.value not in public_holidays(found, years):
            where = f" in {found.country.value}" if found.country else ""
            reading.malformed(f"{day.text} is no holiday{where}: nothing to remove", day.at)


HOURS_KEYS = ("timezone", "hours", "holidays", "exceptions", "from", "until", "business_days")


@dataclass(frozen=True, slots=True)
class CalendarGrammar:
    """Reads calendar bodies; `on_file` fetches an ics file, and inline bodies are gathered in `found`."""

    on_file: OnFile
    found: dict[str, Calendar]
    broken: set[str]

    def define(self, id: str, at: Span, node: Node, reading: Reading, inline: bool = False) -> None:
        """Read one calendar's body into `found`, or its id into `broken`."""
        before = reading.problems
        body = self.body(id, node, reading)
        if not isinstance(body, Bad):
            self.found[id] = Calendar(id, body, at, inline)
        if isinstance(body, Bad) or reading.problems > before:
            self.broken.add(id)

    def body(self, id: str, node: Node, reading: Reading) -> Hours | Combined | OnCall | Bad:
        """The body by what it is made of."""
        how = [key for key in HOW if isinstance(node, Mapping) and node.entry(key)]
        if not how:
            return self.hours(node, reading)
        schema: dict[str, Shape] = {
            "any_of": list_of(self.reference(id), "calendars"),
            "all_of": list_of(self.reference(id), "calendars"),
            "not": self.reference(id),
            "ics": scalar(str),
            "timezone": scalar(read_timezone),
        }
        read = fields(node, {key: schema[key] for key in (how[0], "timezone")}, reading, f"a calendar with '{how[0]}'")
        if isinstance(read, Bad) or read.get(how[0]) is None:
            return BAD
        zone = read.get("timezone")
        return self.combined(how[0], read, zone.value if zone else None, node, reading)

    def combined(self, how: str, read: Fields, zone: str | None, node: Node, reading: Reading) -> Combined | OnCall | Bad:
        """A calendar made of others, or of a rota."""
        value = read.get(how)
        if how == "ics":
            content = self.on_file(value.value, value.at, reading)
            return BAD if isinstance(content, Bad) else _on_call(value, content, zone, reading)
        members = value if isinstance(value, tuple) else (value,)
        if not members:
            return BAD if how in read.broken else reading.malformed(f"'{how}' names no calendar that can be used", node.span)
        return Combined(how, members, zone)

    def hours(self, node: Node, reading: Reading) -> Hours | Bad:
        """A calendar by hours of the week."""
        schema: dict[str, Shape] = {
            "timezone": scalar(read_timezone),
            "hours": weekly_hours,
            "holidays": holidays,
            "exceptions": exceptions,
            "from": scalar(read_date),
            "until": scalar(read_date),
            "business_days": scalar(read_business_days),
        }
        read = fields(node, schema, reading, "a calendar", ("timezone", "hours"))
        if isinstance(read, Bad) or "timezone" not in read.values or "hours" not in read.values:
            return BAD
        opens, closes = read.get("from"), read.get("until")
        if opens and closes and closes.value < opens.value:
            return reading.malformed("'until' lies before 'from'", closes.at, Note("from", opens.at))
        business = read.get("business_days")
        return Hours(
            read.values["timezone"].value,
            read.values["hours"],
            read.get("holidays"),
            read.get("exceptions", ()),
            opens.value if opens else None,
            closes.value if closes else None,
            business.value if business else None,
        )

    def reference(self, owner: str, field: str = "calendar") -> Shape:
        """A calendar's id, or a body written in place, which is defined under a name of its own."""

        def shape(node: Node, reading: Reading) -> Written[str] | Bad:
            if not isinstance(node, Mapping):
                read: Written[str] | Bad = scalar(read_identifier)(node, reading)
                return read
            span = node.entries[0].key.span if node.entries else node.span
            id = f"{owner}/{field}@{span}"
            self.define(id, span, node, reading, inline=True)
            return Written(id, "", span) if id in self.found else BAD

        return shape


def _on_call(path: Written[str], content: bytes, zone: str | None, reading: Reading) -> OnCall | Bad:
    """The rota of a file, if it is one."""
    from slachain.language.rotas import read_rota

    try:
        read_rota(content)
    except ScalarError as error:
        return reading.malformed(f"'{path.value}' is no rota: {error}", path.at)
    return OnCall(path.value, content, zone)
