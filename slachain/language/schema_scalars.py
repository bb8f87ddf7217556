"""The language's scalars as JSON Schema: patterns that accept what the readers accept, in sentences that editors show.

A pattern has to mean the same to JavaScript (editors) and to Python: no `\\d` and no `\\w`, which differ in what they take
for a digit or a letter. An editor resolves `4`, `true` and `1.10` to numbers and booleans before a schema sees them, so
whatever is any text or any id here may be one of these too. `patternErrorMessage` and `errorMessage` are the editors' own
keywords; validators pass over them.
"""

from __future__ import annotations

import re
from typing import Any

from slachain.language import alterations, pricing, scalars
from slachain.language.calendars import DAYS
from slachain.language.model import ANY, ROUND_THE_CLOCK
from slachain.language.public_holidays import known_countries
from slachain.language.shapes import LONGEST_ID
from slachain.language.targets import TARGET_KEYS
from slachain.language.zones import zone_names

Schema = dict[str, Any]
SPACE = r"[ \t\n\r\f\v]"
WRITTEN = ["string", "number", "boolean"]  # what an editor may take a text or an id for


def portable(regex: re.Pattern[str]) -> str:
    """The text of one of the readers' expressions (all of them ASCII) as every engine understands it."""
    return regex.pattern.replace(r"\d", "[0-9]").replace(r"\s", SPACE)


def _no_longer(pattern: str) -> str:
    return rf"(?=.{{1,{scalars.MOST_DIGITS}}}$)(?:{pattern})"


# --- times, amounts, dates

_CLOCK = f"(?:{portable(scalars.UNITS)}|{portable(scalars.ISO)})"
_NOT_NONE = "(?=.*[1-9])"  # every digit of a duration belongs to an amount
_DAYS = rf"(?=[0-9]*[1-9])(?:[01]?[0-9]{{1,4}}|2[0-5][0-9]{{3}}|26000){SPACE}?bd"  # at most MOST_DAYS
DURATION = _NOT_NONE + _CLOCK
DURATION_OR_NONE = "(?=.*[0-9])" + _CLOCK
TIME = f"{DURATION}|{_DAYS}"
TIME_OR_NONE = f"{DURATION_OR_NONE}|{_DAYS}"
PERCENTAGE = _no_longer(rf"0*(?:[0-9]{{1,2}}(?:\.[0-9]+)?|100(?:\.0+)?){SPACE}?%")
NUMBER = _no_longer(portable(scalars.NUMBER))
MONEY = _no_longer(portable(scalars.MONEY))
COST = _no_longer(portable(pricing.COST))
_YEAR = "(?:[0-9]{3}[1-9]|[0-9]{2}[1-9][0-9]|[0-9][1-9][0-9]{2}|[1-9][0-9]{3})"  # never 0000
_LEAP = "(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:0[48]|[2468][048]|[13579][26])00)"
_LONG, _SHORT = "(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])", "(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
DATE = f"{_YEAR}-(?:{_LONG}|{_SHORT}|02-(?:0[1-9]|1[0-9]|2[0-8]))|{_LEAP}-02-29"
EVERY = "(?=[0-9]*[1-9])[0-9]{1,4} ?(?:day|week|month|year)s?"
DEMAND = r"[0-9]{1,12}(?:\.[0-9]{1,9})? ?/ ?(?:day|week|month|quarter|year)"

# --- days and hours

_DAY = f"(?:{'|'.join(DAYS)})"
RANGE = rf"\s*{_DAY}\s*(?:-\s*{_DAY}\s*)?"
_CLOSES = "(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00)"
WINDOW = rf"(?!(.....){SPACE}*-{SPACE}*\{{}})(?:[01][0-9]|2[0-3]):[0-5][0-9]{SPACE}*-{SPACE}*{_CLOSES}"  # not from 09:00 to 09:00
WINDOWS = rf"\s*{WINDOW.replace('{}', '1')}\s*(?:,\s*{WINDOW.replace('{}', '2')}\s*)*"

# --- names and texts; what is not ASCII is a letter here, but for signs that nobody would take for one

_SIGNS = r"\s\x80-\xa9\xab-\xb1\xb4\xb6-\xb8\xbb\xbf\xd7\xf7\u2000-\u206f\u20a0-\u20cf\u2190-\u23ff"
_LETTER = rf"[^\x00-/:-@\[-\^`{{-\x7f{_SIGNS}]"
IDENTIFIER = rf"(?=.{{1,{LONGEST_ID}}}$){_LETTER}(?:{_LETTER}|[.\-])*"
PRIORITY = rf"\{ANY}|(?!(?:{'|'.join(TARGET_KEYS)})$){IDENTIFIER}"
_INVISIBLE = r"\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
TEXT = rf"\s*[^\s{_INVISIBLE}][^{_INVISIBLE}]*"


def written(description: str, pattern: str, says: str, examples: tuple[Any, ...] = (), **more: Any) -> Schema:
    """A text by its pattern; `says` is what an editor tells of one that does not match."""
    schema = {"description": description, "type": "string", "pattern": f"^(?:{pattern})$", **more}
    return {**schema, "errorMessage": says, "patternErrorMessage": says, **({"examples": list(examples)} if examples else {})}


def word(description: str, **words: str) -> Schema:
    """One of a few words, each with what it means."""
    return {"description": description, "type": "string", "enum": list(words), "enumDescriptions": list(words.values())}


def listed(description: str, names: frozenset[str], says: str, examples: tuple[str, ...]) -> Schema:
    """One of many names, which an editor completes but does not recite."""
    return {"description": description, "type": "string", "enum": sorted(names), "errorMessage": says, "examples": list(examples)}


def definitions() -> dict[str, Schema]:
    """Every scalar by name."""
    return {**_times(), **_amounts(), **_dates(), **_hours(), **_names()}


def _times() -> dict[str, Schema]:
    clock = "An amount of time on a clock: 90s, 15m, 4h, 1h30m; d is 24 hours and w 168 hours of that clock."
    business = "An amount of time on a clock (90s, 15m, 4h, 1h30m) or whole business days, to close of business (1bd, 5bd)."
    kept = "How long this agreement may keep a ticket before it hands it over; 0m is at once."
    edge, margin = "A share or a time at which a credit begins.", "A share of the promise, or a time."
    say_time = "a time: write 90s, 15m, 4h, 1h30m, 2d, 1w, PT4H or business days 2bd"
    return {
        "duration": written(clock, DURATION, "a duration: write 90s, 15m, 4h, 1h30m, 2d, 1w or PT4H", ("15m", "4h", "90d")),
        "time": written(business, TIME, say_time, ("15m", "4h", "2bd")),
        "hand_over": written(kept, TIME_OR_NONE, "a time: write 0m for at once, 30m, 4h or business days 1bd", ("0m", "30m", "1bd")),
        "edge": written(edge, f"{TIME}|{PERCENTAGE}", "a share or a time: write 99.9%, 4h or 2bd", ("99.9%", "4h")),
        "margin": written(margin, f"{DURATION_OR_NONE}|{PERCENTAGE}", "a share or a time: write 10% or 15m", ("10%", "15m")),
    }


def _amounts() -> dict[str, Schema]:
    share, money = "A share from 0% to 100%, exact, with its sign.", "An amount of money, with its period if it recurs."
    say_share, say_money = "a percentage from 0% to 100%: write 99.95%", "an amount of money: write 1200 EUR or 1200 EUR/month"
    whole: Schema = {"type": ["string", "integer"], "minimum": 0, "maximum": 999_999_999}
    number: Schema = {"type": ["string", "number"], "minimum": 0}
    bound, amount = f"{PERCENTAGE}|{NUMBER}|{MONEY}", f"{TIME}|{PERCENTAGE}|{NUMBER}|{MONEY}"
    instead = "A time, a share, a number or money, as the clause that is changed asks for."
    say_bound = "an amount: write a share 99.9%, a number 120 or money 1200 EUR"
    say_amount = "a target: write a time 4h or 2bd, a share 99.9%, a number 120 or money 1200 EUR"
    return {
        "percentage": written(share, PERCENTAGE, say_share, ("95%", "99.9%")),
        "money": written(money, MONEY, say_money, ("1200 EUR", "12000 EUR/month", "60 EUR/hour")),
        "cost": written("What it costs, told by the month, quarter or year.", COST, "a cost: write 9000 EUR/month", ("9000 EUR/month",)),
        "new_value": written(instead, f"{TIME_OR_NONE}|{bound}", f"{say_amount}; or 0m for at once", ("2h", "99.9%"), **number),
        "whole": written("A whole number.", "[0-9]{1,9}", "a whole number: write 4", (4,), **whole),
        "bound": written("A share, a number or money, as the metric asks for.", bound, say_bound, ("99.9%", 120, "1200 EUR"), **number),
        "amount": written("A time, a share, a number or money, as the metric asks for.", amount, say_amount, ("4h", "99.9%"), **number),
        "demand": written("How many tickets are expected in a period.", DEMAND, "a demand: write 3/month", ("3/month", "1200/year")),
    }


def _dates() -> dict[str, Schema]:
    say_interval = "an interval: write 6 months, 1 year, 4 weeks or 90 days"
    say_changeable = "a finding's code, and none of SC1xx: write SC803"
    return {
        "date": written("A local date.", DATE, "a date: write 2026-12-24", ("2026-12-24",)),
        "interval": written("How often.", EVERY, say_interval, ("6 months", "1 year")),
        "flag": written("true or false.", "true|false", "write true or false", (True, False), type=["boolean", "string"]),
        "code": written("A finding's code.", "SC[0-9]{3}", "a finding's code: write SC207", ("SC207",)),
        "changeable": written("A finding's code; what cannot be read stays an error.", "SC[02-9][0-9]{2}", say_changeable, ("SC803",)),
    }


def _hours() -> dict[str, Schema]:
    windows = "From when to when, in local time; several with commas; 22:00-06:00 runs past midnight."
    say_windows = 'hours: write "09:00-17:30", "09:00-12:00, 13:00-16:00" or "00:00-24:00"'
    say_opening = 'hours or closed: write "09:00-12:00" or closed'
    say_days = "a day or a range of days: mon, tue, wed, thu, fri, sat, sun, mon-fri, sun-thu"
    say_zone = "a time zone of the IANA database: write Europe/London or UTC"
    say_country = "the code of a country with known holidays: write GB or DE"
    several = rf"{RANGE}(?:,{RANGE})*"
    return {
        "windows": written(windows, WINDOWS, say_windows, ("09:00-17:30", "09:00-12:00, 13:00-16:00")),
        "opening": written("From when to when on this date, or closed.", f"closed|{WINDOWS}", say_opening, ("closed", "09:00-12:00")),
        "days": written("A day of the week or a range of them.", RANGE, say_days, ("mon-fri", "sat")),
        "business_days": written("Days of the week, with commas.", several, "days: write mon-fri or mon-thu, sat", ("mon-fri",)),
        "timezone": listed("A time zone of the IANA database.", zone_names(), say_zone, ("Europe/London",)),
        "country": listed("A country's code with known public holidays.", frozenset(known_countries()), say_country, ("GB",)),
    }


def _names() -> dict[str, Schema]:
    letters = "letters, digits, '-', '_' and '.', beginning with a letter, a digit or '_'"
    say_id, built_in = f"an id: {letters}", f"{ROUND_THE_CLOCK} is built in"
    say_priority = f"a priority: {letters}; or *, and none of {', '.join(TARGET_KEYS)}"
    say_text = "a text that is not empty, without invisible characters"
    key: Schema = {"type": WRITTEN, "minimum": 0}  # an editor may take a name, as a key too, for a number
    new = rf"(?!{ROUND_THE_CLOCK}$){IDENTIFIER}"
    field, say_field = portable(alterations.FIELD), f"a clause that an option can change: {alterations.PLACES}"
    other = "An option of this agreement by its id, or another agreement's as AGREEMENT/ID."
    part = IDENTIFIER.replace("$)", "(?:/|$))")  # the first of two ends at the slash
    return {
        "id": written(f"A name: {letters}.", IDENTIFIER, say_id, **key),
        "new_id": written(f"A name of your own: {letters}; {built_in}.", new, f"{say_id}; {built_in}", **key),
        "priority": written("A priority's name, or * for every other one.", PRIORITY, say_priority, ("P1", ANY), **key),
        "field": written("A clause that an option can change.", field, say_field, ("calendar", "targets.resolution.P1")),
        "option_name": written(other, f"{IDENTIFIER}|{part}/{IDENTIFIER}", f"{say_id}; or AGREEMENT/ID", ("tier2/oncall",), **key),
        "text": written("Any text, in quotes if it has ': ' in it.", TEXT, say_text, type=WRITTEN),
        "name_elsewhere": {"description": "A name as others write it.", "type": WRITTEN, "minLength": 1},
    }
