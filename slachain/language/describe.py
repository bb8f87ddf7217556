"""Calendars and lists of names in words, for people who read a finding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import groupby

from slachain.language.calendars import DAYS
from slachain.language.model import ROUND_THE_CLOCK, Calendar, Hours, OnCall
from slachain.language.scalars import Window

NAMES = tuple(day.capitalize() for day in DAYS)


def describe_calendar(id: str, calendars: Mapping[str, Calendar]) -> str:
    """`around the clock`, `Mon-Fri 09:00-17:30 Europe/London`, `london or sydney`, `outside london`."""
    if id == ROUND_THE_CLOCK:
        return "around the clock"
    body = calendars[id].body
    if isinstance(body, Hours):
        return f"{write_week(body.week)} {body.timezone}"
    if isinstance(body, OnCall):
        return f"on call as in {body.file}"
    members = [name_calendar(member.value, calendars) for member in body.members]
    return {"any_of": " or ", "all_of": " and "}.get(body.how, "").join(members) if body.how != "not" else f"outside {members[0]}"


def name_calendar(id: str, calendars: Mapping[str, Calendar]) -> str:
    """A calendar's id, or its description where it was written in place and has none."""
    return describe_calendar(id, calendars) if id in calendars and calendars[id].inline else id


@lru_cache(maxsize=4096)
def write_week(week: tuple[tuple[Window, ...], ...]) -> str:
    """`Mon-Thu 09:00-17:30; Fri 09:00-12:00`."""
    stretches = []
    for windows, days in groupby(range(7), key=lambda day: week[day]):
        if windows:
            told = list(days)
            name = NAMES[told[0]] if len(told) == 1 else f"{NAMES[told[0]]}-{NAMES[told[-1]]}"
            stretches.append(f"{name} {write_windows(windows)}")
    return "; ".join(stretches) or "closed but for exceptions,"


def write_windows(windows: tuple[Window, ...]) -> str:
    """`09:00-12:00, 13:00-17:00`."""
    return ", ".join(_window(window) for window in windows)


def _window(window: Window) -> str:
    return f"{_time(window.opens)}-{_time(window.closes if window.closes <= 1440 else window.closes - 1440)}"


def _time(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def listed(names: Sequence[str], last: str = "and") -> str:
    """`a, b and c`; nothing where there is none."""
    return f"{', '.join(names[:-1])} {last} {names[-1]}" if len(names) > 1 else "".join(names)
