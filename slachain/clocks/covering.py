"""Whether one calendar is open whenever another is, as their definitions tell without a look at any date."""

from __future__ import annotations

from collections.abc import Mapping

from slachain.language.model import ROUND_THE_CLOCK, Calendar, Combined, Hours
from slachain.language.scalars import Window

DEEPEST = 8  # calendars made of calendars made of calendars: beyond this nothing is told


def covers(calendars: Mapping[str, Calendar], wide: str, narrow: str, depth: int = 0) -> bool:
    """Whether the first is open whenever the second is; False where the definitions do not tell."""
    if wide in (narrow, ROUND_THE_CLOCK):
        return True
    if depth > DEEPEST:
        return False
    outer, inner = calendars[wide].body, calendars[narrow].body
    if isinstance(outer, Combined) and outer.how in ("any_of", "all_of"):
        parts = (covers(calendars, member.value, narrow, depth + 1) for member in outer.members)
        if any(parts) if outer.how == "any_of" else all(parts):
            return True
    if isinstance(inner, Combined) and inner.how in ("any_of", "all_of"):
        parts = (covers(calendars, wide, member.value, depth + 1) for member in inner.members)
        return all(parts) if inner.how == "any_of" else any(parts)
    return isinstance(outer, Hours) and isinstance(inner, Hours) and _hours_cover(outer, inner)


def _hours_cover(wide: Hours, narrow: Hours) -> bool:
    """By the week, in one time zone, with the same exceptions; the wider one may close on fewer holidays and end later."""
    return (
        wide.timezone == narrow.timezone
        and wide.exceptions == narrow.exceptions
        and wide.holidays in (None, narrow.holidays)
        and wide.opens_on in (None, narrow.opens_on)
        and wide.closes_after in (None, narrow.closes_after)
        and all(_windows_cover(*days) for days in zip(wide.week, narrow.week, strict=True))
    )


def _windows_cover(wide: tuple[Window, ...], narrow: tuple[Window, ...]) -> bool:
    """Each window within one of the others: wall clocks never run so that it would not be in real time, too."""
    return all(any(outer.opens <= inner.opens and inner.closes <= outer.closes for outer in wide) for inner in narrow)
