"""Calendars, targets and what an agreement relies on, as JSON Schema.

Where one noun has several forms, all its keys stand in one mapping, so that an editor offers them, and rules say which
of them stand together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from slachain.language import schema_scalars
from slachain.language.calendars import HOW
from slachain.language.chains import GROUPS
from slachain.language.schema_scalars import Schema, word
from slachain.language.targets import PERIODS

BESIDE = {
    "within": ("calendar", "attainment", "warn", "opened_in"),
    "at_least": ("per", "calendar"),
    "at_most": ("per", "calendar"),
}


def ref(name: str, description: str | None = None, **more: Any) -> Schema:
    """A reference to a definition, with what it means here."""
    return {"$ref": f"#/$defs/{name}", **({"description": description} if description else {}), **more}


def list_of(name: str, description: str, **more: Any) -> Schema:
    """A list of one kind."""
    return {"description": description, "type": "array", "items": ref(name), **more}


def map_of(key: str, value: str, description: str, **more: Any) -> Schema:
    """Names of one kind, each with a value of another."""
    return {"description": description, "type": "object", "propertyNames": ref(key), "additionalProperties": ref(value), **more}


def fields(description: str, properties: Mapping[str, Schema], required: Iterable[str] = (), *rules: Schema, **more: Any) -> Schema:
    """A mapping with known keys, and rules on which of them stand together."""
    schema: Schema = {"description": description, "type": "object", "properties": dict(properties), "additionalProperties": False}
    needed, ruled = list(required), list(rules)
    return {**schema, **({"required": needed} if needed else {}), **({"allOf": ruled} if ruled else {}), **more}


def alone(name: str, *types: str) -> Schema:
    """A value alone, unless it is of one of these types. It is written out without its description: an editor shows the clause's."""
    told = {key: value for key, value in schema_scalars.definitions()[name].items() if key not in ("description", "examples")}
    return {"if": {"type": list(types)}, "else": told}


def either(name: str, mapping: Schema) -> Schema:
    """A value alone, or a mapping."""
    return {**_untyped(mapping), "allOf": [alone(name, "object"), *mapping.get("allOf", ())]}


def _untyped(mapping: Schema) -> Schema:
    return {key: value for key, value in mapping.items() if key != "type"}


def has(*keys: str) -> Schema:
    """A mapping with at least one of these keys."""
    return {"required": [keys[0]]} if len(keys) == 1 else {"anyOf": [has(key) for key in keys]}


def stands_with(key: str, others: Iterable[str]) -> Schema:
    """Beside a key only some others may stand."""
    beside = [*others]
    says = f"beside '{key}' may stand {', '.join(beside)}"
    return {"if": has(key), "then": {"propertyNames": {"enum": [key, *beside], "errorMessage": says}}}


def definitions() -> dict[str, Schema]:
    """Every noun of these sections by name."""
    return {**_calendars(), **_targets(), **_relies_on(), **_options()}


# --- calendars


def _calendars() -> dict[str, Schema]:
    hours: dict[str, Schema] = {
        "timezone": ref(
            "timezone",
            "The time zone in which the hours are written, such as Europe/London. Beside any_of, all_of, not and ics it is that of the first member if it is not written.",
        ),
        "hours": ref("week", 'The hours of each day of the week, such as {mon-fri: "09:00-17:30"}; a day that is not named is closed.'),
        "holidays": ref("holidays", "The public holidays on which this calendar is closed."),
        "exceptions": map_of(
            "date", "opening", 'Single dates with other hours, holiday or not: {2026-12-31: "09:00-12:00", 2026-05-05: closed}.'
        ),
        "from": ref("date", "The first date on which it is open; closed before."),
        "until": ref("date", "The last date on which it is open; closed after."),
        "business_days": ref("business_days", "The days that count as business days; if not written, the days on which hours begin."),
    }
    how: dict[str, Schema] = {
        "any_of": list_of("calendar", "Open when any of these calendars is.", minItems=1, examples=[["london", "sydney"]]),
        "all_of": list_of("calendar", "Open when all of these calendars are.", minItems=1, examples=[["london", "plant"]]),
        "not": ref("calendar", "Open when this calendar is closed.", examples=["london"]),
        "ics": ref(
            "name_elsewhere",
            "Open during the events of this iCalendar file, an on-call rota: its path from this file, inside the catalogue.",
            examples=["rota/engineering.ics"],
        ),
    }
    rules = [stands_with(key, ["timezone"]) for key in how]
    by_hours: Schema = {"if": {"not": has(*HOW)}, "then": {"required": ["timezone", "hours"]}}
    return {
        "calendar": {
            "description": "When a clock runs: a calendar's id (24x7 is built in), or a calendar written here.",
            **alone("id", "object"),
            "then": ref("calendar_body"),
            "examples": ["24x7"],
        },
        "calendar_body": fields(
            "When a clock runs: by hours of the week, or made of other calendars, or by an on-call rota.",
            {**hours, **how},
            (),
            *rules,
            by_hours,
        ),
        "week": _week(),
        "holidays": _holidays(),
    }


def _week() -> Schema:
    days = {"mon-fri": "Monday to Friday", "mon": "Monday", "tue": "Tuesday", "wed": "Wednesday", "thu": "Thursday", "fri": "Friday"}
    named = {day: ref("windows", f"The hours of {name}.") for day, name in {**days, "sat": "Saturday", "sun": "Sunday"}.items()}
    more = map_of("days", "windows", "Hours by day of the week or by range of days, each day once.", examples=[{"mon-fri": "09:00-17:30"}])
    return {**more, "properties": named}


def _holidays() -> Schema:
    holidays: dict[str, Schema] = {
        "country": ref("country", "The country whose public holidays are closed, by its code: GB, DE."),
        "subdivision": ref("name_elsewhere", "The part of the country, where holidays differ: ENG, BE.", examples=["ENG"]),
        "add": list_of("date", "Closed on these dates too, such as a company's own holidays."),
        "remove": list_of("date", "Public holidays on which it is open all the same."),
    }
    needs_country: Schema = {"if": has("subdivision"), "then": has("country")}
    return fields(
        "Public holidays, observed days included.", holidays, (), needs_country, examples=[{"country": "GB", "subdivision": "ENG"}]
    )


# --- targets


def _targets() -> dict[str, Schema]:
    keys = _target_keys()
    share = {**keys, "at_least": ref("percentage", "The least share, such as 99.95%.", examples=["99.9%"])}
    one = "One value for every priority, or targets by priority: {P1: 4h, P2: 8h}; * is every other one."
    timed = either("time", fields("One of several times, for tickets opened in a calendar.", _pick(keys, ("within",)), ["within"]))
    return {
        "time_targets": _by_priority(one, keys, ("within",), "time", "time_target"),
        "time_target": _target(
            "A time, or alternatives: the first whose calendar is open when the ticket is opened.", keys, ("within",), "time"
        ),
        "time_alternative": timed,
        "share_targets": _by_priority("A share of the time for all, or by priority.", share, ("at_least",), "percentage", "share_target"),
        "share_target": _target("A share of the time.", share, ("at_least",), "percentage"),
        "any_targets": _by_priority(one, keys, (*BESIDE,), "amount", "any_target"),
        "any_target": _target("A time, a share, a number or money, as the metric asks for.", keys, (*BESIDE,), "amount"),
    }


def _target(description: str, keys: Mapping[str, Schema], heads: tuple[str, ...], value: str) -> Schema:
    """One target: a value alone, a mapping around one of the heads, or a list of times."""
    schema = fields(description, _pick(keys, heads), (), _head(heads, value), _rules(heads))
    return {**_untyped(schema), **_listed(heads)}


def _by_priority(description: str, keys: Mapping[str, Schema], heads: tuple[str, ...], value: str, target: str) -> Schema:
    """Targets by priority, or one for every priority: with any key of a target in it, a mapping is one."""
    own = _pick(keys, heads)
    by_priority = {"propertyNames": ref("priority"), "additionalProperties": ref(target)}
    which: Schema = {"if": has(*own), "then": _rules(heads), "else": by_priority}
    return {
        "description": description,
        "properties": own,
        "allOf": [_head(heads, value), which],
        **_listed(heads),
    }


def _pick(keys: Mapping[str, Schema], heads: Iterable[str]) -> dict[str, Schema]:
    """The clauses of targets that say one of these."""
    wanted = {key for head in heads for key in (head, *BESIDE[head])}
    return {key: schema for key, schema in keys.items() if key in wanted}


def _head(heads: tuple[str, ...], value: str) -> Schema:
    return alone(value, "object", *(("array",) if "within" in heads else ()))


def _rules(heads: tuple[str, ...]) -> Schema:
    return {"allOf": [stands_with(head, BESIDE[head]) for head in heads], **has(*heads)}


def _listed(heads: tuple[str, ...]) -> Schema:
    return {"items": ref("time_alternative"), "minItems": 1} if "within" in heads else {}


def _target_keys() -> dict[str, Schema]:
    return {
        "within": ref("time", "The time in which it has to be done: 4h, or in business days 2bd."),
        "calendar": ref("calendar", "The clock of this target, if it is not the agreement's."),
        "attainment": ref("percentage", "For what share of the tickets this is kept; if not written, for all of them.", examples=["95%"]),
        "warn": ref("percentage", "After what share of the time people are warned.", examples=["80%"]),
        "opened_in": ref("calendar", "For tickets opened while this calendar is open. Only in promises (kind: sla, or end_to_end: true)."),
        "at_least": ref("bound", "The least amount, where more is better: 99.95%, 120, 1200 EUR."),
        "at_most": ref("bound", "The greatest amount, where less is better."),
        "per": word("The calendar period over which the amount is taken; if not written, a month.", **{p: f"each {p}" for p in PERIODS}),
    }


# --- what an agreement relies on


def _relies_on() -> dict[str, Schema]:
    share = {"share": ref("percentage", "The share of the tickets that reach this agreement and go this way.", examples=["20%"])}
    times = map_of("priority", "hand_over", "A time for every priority, or times by priority.", examples=["30m", {"P1": "30m", "P2": "1h"}])
    return {
        "item": _way("One way a ticket may go: an agreement's id, or more about it, or a group.", {**_route(), **share}),
        "route": _way("A member of a group: an agreement's id, or more about it, or a group within.", _route()),
        "after": either("hand_over", times),
    }


def _route() -> dict[str, Schema]:
    return {
        "agreement": ref("id", "The agreement relied on, by its id.", examples=["desk"]),
        "any_of": list_of("route", "Whichever is there first; either keeps it up.", minItems=1),
        "all_of": list_of("route", "Every one of them is needed, side by side.", minItems=1),
        "after": ref(
            "after",
            "Handed over at the latest after this time, on this agreement's clock. If not written: at once for a promise, else when this agreement's own target is up.",
        ),
        "priorities": map_of(
            "id",
            "id",
            "This agreement's priorities, each with what they call it: {P1: S1}. One that is not named keeps its name.",
            examples=[{"P1": "S1"}],
        ),
        "metrics": list_of("id", "Relied on for these metrics only; if not written, for all.", examples=[["resolution"]]),
    }


def _way(description: str, properties: Mapping[str, Schema]) -> Schema:
    """An agreement's id alone, or a mapping around `agreement`, `any_of` or `all_of`."""
    beside = [key for key in properties if key not in ("agreement", *GROUPS)]
    needs_agreement: Schema = {"if": {"not": has(*GROUPS)}, "then": has("agreement")}
    return either("id", fields(description, properties, (), *(stands_with(key, beside) for key in GROUPS), needs_agreement))


# --- what can be bought


def _options() -> dict[str, Schema]:
    change: Schema = {
        **map_of("field", "any_target", "Which clauses it sets to what: {calendar: 24x7}, {targets.resolution.P1: 2h}.", minProperties=1),
        "properties": {"calendar": ref("id", "The agreement's clock: a calendar's id.", examples=["24x7"])},
        "patternProperties": {r"^targets\..*\.calendar$": ref("id")},
        "additionalProperties": {**alone("new_value", "object"), "then": ref("any_target")},
        "examples": [{"calendar": "24x7"}, {"targets.resolution.P1": "2h"}],
    }
    keys = {
        "id": ref("id", "Its name, once in this agreement.", examples=["oncall"]),
        "change": change,
        "cost": ref("cost", "What it costs, also one that is a concession to the customer.", examples=["9000 EUR/month"]),
        "excludes": list_of("option_name", "Options that cannot be bought with it; those that change the same clause exclude one another."),
    }
    return {"option": fields("A change to this agreement that can be bought.", keys, ("id", "change", "cost"))}
