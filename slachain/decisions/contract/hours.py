"""Service hours: each clock in words, its week as a picture, its holidays and exceptions by date."""

from __future__ import annotations

from collections.abc import Iterator

from slachain.decisions.contract.clocks import Special
from slachain.decisions.contract.draft import Draft
from slachain.decisions.contract.nouns import Clause, Line, Section, Table
from slachain.decisions.contract.weeks import usual_week
from slachain.decisions.contract.wording import DAYS, day_words, places
from slachain.language.describe import listed
from slachain.language.model import ROUND_THE_CLOCK, Hours, OnCall
from slachain.language.public_holidays import not_listed


def section(draft: Draft) -> Section:
    """Which clock counts where, then each of them."""
    return Section("Service hours", (own(draft), *(clause for id in draft.clocks.names for clause in of_clock(draft, id))))


def own(draft: Draft) -> Clause:
    """The clock of everything that names no other."""
    calendar = draft.agreement.calendar
    at = places(calendar.at)
    if calendar.value == ROUND_THE_CLOCK:
        return Clause("The service is agreed for any time of any day, unless a target names other hours.", at)
    name = draft.clocks.names[calendar.value]
    return Clause(f"The hours of this agreement are the {name}, unless a target names other hours.", at)


def of_clock(draft: Draft, id: str) -> Iterator[Clause]:
    """One clock: its hours, its week, its dates."""
    calendar, name = draft.study.catalogue.calendars[id], draft.clocks.names[id]
    at = places(calendar.at)
    alone = len(draft.clocks.names) == 1
    week = usual_week(draft.study.calendars, id, name, draft.days()[0]) if alone or id != ROUND_THE_CLOCK else None
    wall = "" if id == ROUND_THE_CLOCK else " Times are those on the wall in that place, in summer and in winter."
    yield Clause(f"{name}: {draft.clocks.words(id)}.{wall}", at, week=week)
    if isinstance(calendar.body, OnCall):
        yield Clause(f"The dates of the rota behind {name} are not printed in this document.", at)
    if dated := list(draft.clocks.parts(id)):
        yield from special_days(draft, id, dated)


def special_days(draft: Draft, id: str, parts: list[tuple[str, Hours]]) -> Iterator[Clause]:
    """The dates within the term on which the usual week does not hold."""
    first, last = draft.days()
    if not any(body.holidays or body.exceptions for _, body in parts):
        return
    name, found = draft.clocks.names[id], draft.clocks.specials(id, first, last)
    span = f"from {day_words(first)} to {day_words(last)}"
    at = places(draft.study.catalogue.calendars[id].at)
    unknown = tuple(not_known(parts, range(first.year, last.year + 1)))
    if not found:
        yield from unknown or [Clause(f"{name} know no holiday and no exception {span}.", at)]
        return
    several = len(parts) > 1
    columns = ("Date", "Day", "Holiday or exception", "Hours", *(["Of"] if several else []))
    table = Table(f"Holidays and exceptions, {name}", columns, tuple(line(special, several) for special in found))
    whole = draft.agreement.term.closes is not None and draft.agreement.term.closes.value <= last
    later = "" if whole else " (for later dates the same rules hold)"
    yield Clause(f"{name} have these holidays and exceptions {span}{later}:", at, table=table)
    yield from unknown


def not_known(parts: list[tuple[str, Hours]], years: range) -> Iterator[Clause]:
    """The public holidays that this document cannot tell, since nobody had announced them when it was made."""
    rules = dict.fromkeys(body.holidays for _, body in parts if body.holidays)
    for rule in rules:
        if rule.country and (missing := not_listed(rule, years)):
            told = f"Not all public holidays of {rule.country.value} in {listed([str(year) for year in missing])} were known"
            yield Clause(f"{told} when this document was made. It does not list those that were not.", places(rule.country.at))


def line(special: Special, several: bool) -> Line:
    """`1 January 2026 | Thursday | New Year's Day | closed`."""
    cells = (day_words(special.day), DAYS[special.day.weekday()], special.name, special.hours)
    return Line((*cells, special.part) if several else cells)
