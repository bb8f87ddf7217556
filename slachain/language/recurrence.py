"""What an on-call rota may hold, so that its events can be told in bounded time.

The bounds leave room for a year of daily shifts of several people, each an event of its own, and for any rota by days,
weeks, months or years.
"""

from __future__ import annotations

from typing import Any

from slachain.language.scalars import ScalarError

LARGEST = 1_000_000  # bytes
MOST_EVENTS = 3_000  # and other components, time zones' included
MOST_RECURRING = 50
MOST_DATES = 3_000  # in lists of dates, RDATE and EXDATE
MOST_TIMES = 5_000  # COUNT
LONGEST_INTERVAL = 1_000
MOST_IN_ALL = 100_000  # times that all events together recur, those without an end until 2036
SOON = 2036
YEARS = range(1970, 2200)
UNITS = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
ANYWHERE = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", "BYMONTH"}
BY_DATE = {"BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS"}  # in rules by months and years: they may match no day at all

GREATEST = {
    "BYMONTH": 12,
    "BYMONTHDAY": 31,
    "BYYEARDAY": 366,
    "BYWEEKNO": 53,
    "BYSETPOS": 366,
}  # RFC 5545, 3.3.10; counted from the end with a -


def refuse_large(content: bytes) -> None:
    """Raise `ScalarError` for a file that is too large to be read, before it is."""
    if len(content) > LARGEST:
        raise ScalarError(f"it is larger than {LARGEST // 1_000_000} MB")
    if content.upper().count(b"BEGIN:") > MOST_EVENTS:
        raise ScalarError(f"it has more than {MOST_EVENTS:,} events")


def refuse_boundless(calendar: Any) -> None:
    """Raise `ScalarError` for events whose times cannot be told in bounded time."""
    components = calendar.walk()
    rules = [(component, rule) for component in components for rule in _each(component, "RRULE")]
    if sum(component.name == "VEVENT" for component, _ in rules) > MOST_RECURRING:
        raise ScalarError(f"it has more than {MOST_RECURRING} events that recur")
    dates = sum(len(getattr(found, "dts", ())) for component in components for found in _each(component, "RDATE", "EXDATE"))
    if dates > MOST_DATES:
        raise ScalarError(f"it lists more than {MOST_DATES:,} dates")
    for component in components:
        begins = getattr(component.get("DTSTART"), "dt", None)
        if component.name == "VEVENT" and begins is not None and begins.year not in YEARS:
            raise ScalarError(f"an event begins in {begins.year}: {YEARS[0]} to {YEARS[-1]} can be told")
    for _, rule in rules:
        _refuse(rule)
    if sum(_times(component, rule) for component, rule in rules) > MOST_IN_ALL:
        raise ScalarError(f"its events recur more than {MOST_IN_ALL:,} times in all")


def _times(component: Any, rule: Any) -> int:
    """How often an event recurs, at the most."""
    begins, until = getattr(component.get("DTSTART"), "dt", None), _first(rule, "UNTIL", None)
    unit, chosen = str(_first(rule, "FREQ", "")).upper(), any(key.startswith("BY") for key in map(str, rule))
    a_year = {"DAILY": 366, "WEEKLY": 53 * max(1, len(_each(rule, "BYDAY"))), "MONTHLY": 366 if chosen else 12}.get(
        unit, 366 if chosen else 1
    )
    count = _first(rule, "COUNT", None)
    years = (until.year if until else SOON) - (begins.year if begins else YEARS[0]) + 1
    times = a_year * max(1, years) // _first(rule, "INTERVAL", 1)
    return int(times if count is None else min(count, MOST_TIMES) if until is None else min(count, times))


def _refuse(rule: Any) -> None:
    unit = str(_first(rule, "FREQ", "")).upper()
    if unit not in UNITS:
        raise ScalarError(f"an event recurs by {unit[:40]!r}: {', '.join(UNITS)} can be told")
    allowed = ANYWHERE | BY_DATE if unit in ("MONTHLY", "YEARLY") else ANYWHERE
    if unknown := sorted({str(key).upper() for key in rule} - allowed):
        raise ScalarError(f"an event recurs {unit} with {unknown[0][:40]!r}, which is not told here")
    for key, greatest in GREATEST.items():
        for number in _each(rule, key):
            if not 1 <= abs(int(number)) <= greatest:
                raise ScalarError(f"an event recurs with {key}={int(number)}: up to {greatest} can be told")
    if not 1 <= _first(rule, "INTERVAL", 1) <= LONGEST_INTERVAL:
        raise ScalarError(f"an event recurs with an INTERVAL that is not from 1 to {LONGEST_INTERVAL:,}")
    if not 1 <= _first(rule, "COUNT", 1) <= MOST_TIMES:
        raise ScalarError(f"an event recurs with a COUNT that is not from 1 to {MOST_TIMES:,}")
    until = _first(rule, "UNTIL", None)
    if until is not None and until.year not in YEARS:
        raise ScalarError(f"an event recurs until {until.year}: {YEARS[0]} to {YEARS[-1]} can be told")


def _first(rule: Any, key: str, default: Any) -> Any:
    found = rule.get(key, default)
    return found[0] if isinstance(found, list) and found else found


def _each(component: Any, *keys: str) -> list[Any]:
    found = [component.get(key) for key in keys]
    return [one for value in found if value is not None for one in (value if isinstance(value, list) else [value])]
