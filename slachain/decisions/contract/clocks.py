"""The clocks of a contract: what each is called, when it runs in words, and the dates on which it departs from its week.

A calendar made of others is told by their hours, never by their ids, and a rota never by its file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import groupby

from slachain.decisions.comparing_words import calendars_of
from slachain.decisions.contract.wording import DAYS, day_ranges, day_words, lettered, plain, titled
from slachain.language.describe import listed
from slachain.language.model import ROUND_THE_CLOCK, Agreement, Combined, Holidays, Hours, OnCall
from slachain.language.public_holidays import closed_dates, holiday_name, public_holidays
from slachain.language.scalars import Window
from slachain.language.values import dataclass
from slachain.study import Study

ONE_DAY = timedelta(days=1)
HOW = {"any_of": "open whenever one of these is", "all_of": "open while all of these are"}


@dataclass(frozen=True, slots=True)
class Special:
    """A date on which the usual week does not hold: what it is called, and the hours of that day; `part` of a calendar made of several."""

    day: date
    name: str
    hours: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class Clocks:
    """The calendars that an agreement names itself, by id, and what the contract calls them."""

    study: Study
    names: dict[str, str]

    @classmethod
    def of(cls, study: Study, agreement: Agreement) -> Clocks:
        """`London hours` for `london`; calendars written in place are service hours, or numbered."""
        ids = calendars_of(agreement)
        inline = [id for id in ids if study.catalogue.calendars[id].inline]
        names = {id: name_of(id) for id in ids if id not in inline}
        clash = [id for id, name in names.items() if list(names.values()).count(name) > 1]
        names |= {id: f"“{id}” hours" for id in clash}
        for n, id in enumerate(inline):
            names[id] = "Service hours" if id == agreement.calendar.value else f"Special hours {lettered(n).upper()}"
        return cls(study, {id: names[id] for id in ids})

    def counted(self, id: str) -> str:
        """How a time of it is counted: `, at any time of any day`, `, counted in London hours`."""
        return ", at any time of any day" if id == ROUND_THE_CLOCK else f", counted in {self.names[id]}"

    def words(self, id: str) -> str:
        """When it is open, in words."""
        if id == ROUND_THE_CLOCK:
            return "open at any time of any day"
        body = self.study.catalogue.calendars[id].body
        if isinstance(body, Hours):
            return f"{week_words(body)} ({body.timezone}){_limits(body)}"
        if isinstance(body, OnCall):
            return f"open at the times of an on-call rota ({self.study.calendars.zone(id)})"
        members = [member.value for member in body.members]
        if body.how == "not":
            return f"open at all times but these: {self.words(members[0])}"
        return f"{HOW[body.how]}: {'; '.join(f'({lettered(n)}) {self._member(m)}' for n, m in enumerate(members))}"

    def _member(self, id: str) -> str:
        inner = isinstance(self.study.catalogue.calendars[id].body, Combined)
        return f"[{self.words(id)}]" if inner else self.words(id)

    def parts(self, id: str, label: str = "") -> Iterator[tuple[str, Hours]]:
        """The calendars by hours that it is made of, each with its letters."""
        body = self.study.catalogue.calendars[id].body
        if isinstance(body, Hours):
            yield label, body
        elif isinstance(body, Combined):
            for n, member in enumerate(body.members):
                letter = f"({lettered(n)})" if body.how != "not" else ""
                yield from self.parts(member.value, label + letter)

    def specials(self, id: str, first: date, last: date) -> tuple[Special, ...]:
        """Every holiday and exception of these days, in order."""
        found: dict[tuple[date, str, str], list[str]] = {}
        for label, body in self.parts(id):
            for special in specials(body, first, last):
                found.setdefault((special.day, special.name, special.hours), []).append(label)
        return tuple(sorted((Special(*key, " ".join(labels)) for key, labels in found.items()), key=lambda s: (s.day, s.part)))


def name_of(id: str) -> str:
    """`London hours`."""
    if id == ROUND_THE_CLOCK:
        return "Around the clock"
    words = titled(plain(id))
    return words if words.split()[-1].casefold() in ("hours", "hour", "time", "times") else f"{words} hours"


def week_words(body: Hours) -> str:
    """`Monday to Friday 09:00–17:30`."""
    told: dict[tuple[Window, ...], list[int]] = {}
    for windows, days in groupby(range(7), key=lambda day: body.week[day]):
        if windows:
            told.setdefault(windows, []).extend(days)
    weekly = "; ".join(f"{day_ranges(days)} {windows_words(windows)}" for windows, days in told.items())
    return weekly or "open on the dates listed alone"


def windows_words(windows: Iterable[Window]) -> str:
    """`09:00–12:00 and 13:00–16:00`; `closed` where there are none."""
    return listed([window_words(window) for window in windows]) or "closed"


def window_words(window: Window) -> str:
    """`22:00–06:00 on the next day`."""
    past = window.closes > 24 * 60
    return f"{_clock(window.opens)}–{_clock(window.closes - (24 * 60 if past else 0))}{' on the next day' if past else ''}"


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _limits(body: Hours) -> str:
    """What bounds its hours: holidays, first and last day, days that do not count."""
    told = [holidays_words(body.holidays)] if body.holidays else []
    told += [f"not before {day_words(body.opens_on)}"] if body.opens_on else []
    told += [f"not after {day_words(body.closes_after)}"] if body.closes_after else []
    counted = f"; of these, {day_ranges(body.business_days)} count as business days" if body.business_days is not None else ""
    return "".join(f", {words}" for words in told) + counted


def holidays_words(rule: Holidays) -> str:
    """`closed on the public holidays of GB (ENG)`."""
    if rule.country is None:
        return "closed on the days listed"
    part = f" ({rule.subdivision.value})" if rule.subdivision else ""
    return f"closed on the public holidays of {rule.country.value}{part}"


def specials(body: Hours, first: date, last: date) -> Iterator[Special]:
    """The dates of one calendar by hours on which its week does not hold, and those on which a holiday is none."""
    lo, hi = max(first, body.opens_on or first), min(last, body.closes_after or last)
    years = range(lo.year, hi.year + 1)
    rule, exceptions = body.holidays, dict(body.exceptions)
    closed = closed_dates(rule, years)
    removed = public_holidays(rule, years) - closed if rule else frozenset()
    for day in sorted({*closed, *removed, *exceptions}):
        if lo <= day <= hi:
            yield Special(day, _name(rule, day, day in closed or day in removed), _hours(body, day, exceptions, closed))


def _name(rule: Holidays | None, day: date, holiday: bool) -> str:
    if not rule or not holiday:
        return "Agreed exception"
    added = day in {written.value for written in rule.add}
    return "Agreed closing day" if added else holiday_name(rule, day)


def _hours(body: Hours, day: date, exceptions: dict[date, tuple[Window, ...]], closed: frozenset[date]) -> str:
    usual = body.week[day.weekday()]
    if day in exceptions:
        return windows_words(exceptions[day])
    if day in closed:
        return "closed" if usual else f"closed (as on every {DAYS[day.weekday()]})"
    return f"as on every {DAYS[day.weekday()]}: {windows_words(usual)}"
