"""Calendars between two instants: when each is open, its business days, and whether it ever ends (section 2, 3)."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction
from functools import reduce

from slachain.clocks.hours import Windows, windows_of_years
from slachain.clocks.intervals import Intervals
from slachain.clocks.periods import OpenTime, Period, periods
from slachain.clocks.rotas import Rota
from slachain.clocks.wall import FIRST_DAY, LAST_DAY, date_at, day_number, midnight
from slachain.language.model import Calendar, Combined, Hours, OnCall
from slachain.language.values import dataclass, field

ONE_DAY = timedelta(days=1)
DAY = 86400
YEAR = 366 * DAY
MARGIN = timedelta(days=3)  # around instants: covers zones, and windows that run past midnight
FAR_APART = 20  # years between two stretches that are not made one
SEARCHED = (400 * DAY, 10 * 366 * DAY)  # how far past the last date it names a combination is searched for open time
A_SLIP = 200 * 366 * DAY  # by how much a date may be too late, a slip of the pen, and it is still found when it was last open


@dataclass(frozen=True, slots=True, eq=False)
class Stretch:
    """A calendar over some years: when it is open, and if it is one by hours its windows that begin in them."""

    first: int
    last: int
    open: Intervals
    windows: Windows | None = None


@dataclass(slots=True)
class Calendars:
    """The calendars of a catalogue, by id, expanded on demand."""

    definitions: Mapping[str, Calendar]
    _stretches: dict[str, Stretch] = field(default_factory=dict)
    _rotas: dict[tuple[str, str | None], Rota] = field(default_factory=dict)
    _ends: dict[str, int | None] = field(default_factory=dict)
    _horizons: dict[str, tuple[int, bool]] = field(default_factory=dict)
    _measured: dict[tuple[str, ...], OpenTime] = field(default_factory=dict)
    least: dict[Hashable, Fraction] = field(default_factory=dict)  # of open time that is left, by whoever measures it
    seconds: dict[Hashable, tuple[tuple[int, int, int], ...]] = field(default_factory=dict)  # the same of what is open
    _periods: dict[tuple[str, str, int, int], tuple[Period, ...]] = field(default_factory=dict)

    def zone(self, id: str) -> str:
        """The time zone's name: its own, or that of the first member."""
        body = self.definitions[id].body
        while isinstance(body, Combined):
            if body.timezone:
                return body.timezone
            body = self.definitions[body.members[0].value].body
        if isinstance(body, OnCall):
            return body.timezone or self.rota(id, body).zone
        return body.timezone

    def rota(self, id: str, body: OnCall) -> Rota:
        """The parsed iCalendar file of an on-call calendar."""
        key = body.file, body.timezone
        if key not in self._rotas:
            self._rotas[key] = Rota.parse(body.content, body.timezone)
        return self._rotas[key]

    def open(self, id: str, lo: int, hi: int) -> Intervals:
        """Its open time from `lo` to before `hi`, in UTC seconds."""
        return self._stretch(id, lo, hi).open.clipped(lo, hi)

    def _stretch(self, id: str, lo: int, hi: int) -> Stretch:
        """It over whole years that hold these instants and the days around them: expanded once, and longer as more is asked for."""
        first, last = self._years(id, lo, hi)
        known = self._stretches.get(id)
        if known and known.first <= first and last <= known.last:
            return known
        if known and max(first, known.first) - min(last, known.last) > FAR_APART:
            return self._expanded(id, first, last)
        self._stretches[id] = (
            self._expanded(id, min(first, known.first), max(last, known.last), known) if known else self._expanded(id, first, last)
        )
        return self._stretches[id]

    def _years(self, id: str, lo: int, hi: int) -> tuple[int, int]:
        """The years that tell when it is open from `lo` to before `hi`.

        What is made of others is open then as they are then, whatever came before: only hours reach over midnight. So calendars that are made of one
        another ask for the same years, however deep they go.
        """
        if isinstance(self.definitions[id].body, Combined):
            return date_at(lo, "UTC").year, date_at(max(lo, hi - 1), "UTC").year
        return (date_at(lo, "UTC") - MARGIN).year, (date_at(hi, "UTC") + MARGIN).year

    def _expanded(self, id: str, first: int, last: int, known: Stretch | None = None) -> Stretch:
        body = self.definitions[id].body
        if isinstance(body, Hours):
            new = [year for year in range(first, last + 1) if not (known and known.first <= year <= known.last)]
            windows = windows_of_years(body, new)
            if known and known.windows:
                windows = Windows.joined([known.windows, windows])
            return Stretch(first, last, windows.open, windows)
        return Stretch(first, last, self._made_of(id, body, midnight(date(first, 1, 1), "UTC"), midnight(date(last + 1, 1, 1), "UTC")))

    def _made_of(self, id: str, body: Combined | OnCall, lo: int, hi: int) -> Intervals:
        if isinstance(body, OnCall):
            return self.rota(id, body).open(lo, hi)
        parts = [self.open(member.value, lo, hi) for member in body.members]
        if body.how == "not":
            return Intervals.of([(lo, hi)]) - parts[0]
        return reduce(Intervals.__or__ if body.how == "any_of" else Intervals.__and__, parts)

    def measured(self, lo: int, hi: int, *ids: str) -> OpenTime:
        """When calendars are open together, from `lo` to before `hi`, to be measured often; expanded once."""
        key = (*ids, str(lo), str(hi))
        if key not in self._measured:
            self._measured[key] = OpenTime(reduce(Intervals.__and__, (self.open(id, lo, hi) for id in ids)))
        return self._measured[key]

    def periods(self, id: str, kind: str, lo: int, hi: int) -> tuple[Period, ...]:
        """The whole periods (in its zone) from `lo` to before `hi` in which it is ever open; else the one that contains `lo`."""
        key = (id, kind, lo, hi)
        if key not in self._periods:
            found = periods(kind, self.zone(id), lo, hi)
            whole = [p for p in found if lo <= p.start and p.end <= hi]
            open_time = self.measured(lo - YEAR, hi + YEAR, id)
            self._periods[key] = tuple(p for p in (whole or found[:1]) if open_time.within(p))
        return self._periods[key]

    def dated(self, id: str, lo: int, hi: int) -> Windows:
        """Its windows on the dates from `lo` to `hi` and around them, in order, by section 3: cut at local midnight but for hours, which are whole."""
        windows = self._stretch(id, lo, hi).windows
        first, last = _around(lo, hi)
        if windows is not None:
            return windows.within(day_number(first), day_number(last))
        zone, open = self.zone(id), self.open(id, midnight(first, "UTC"), midnight(last, "UTC"))
        return Windows.of(piece for start, end in open.pairs() for piece in _cut_at_midnight(start, end, zone))

    def written_out(self, id: str, lo: int, hi: int) -> Hashable:
        """Its windows with their dates as bytes, or else its zone and its open time, of which they are cut: equal where `dated` is."""
        windows = self._stretch(id, lo, hi).windows
        if windows is not None:
            return self.dated(id, lo, hi).as_bytes()
        open = self.open(id, *(midnight(day, "UTC") for day in _around(lo, hi)))
        return self.zone(id), open.starts.tobytes(), open.ends.tobytes()

    def ends(self, id: str) -> int | None:
        """The instant after which it is never open again, or None while it goes on; the far past if it never is."""
        if id not in self._ends:
            self._ends[id] = self._end(id)
        return self._ends[id]

    def never_open(self, id: str) -> bool:
        """Whether it has no open time at all."""
        end = self.ends(id)
        return end is not None and end < midnight(FIRST_DAY, "UTC")

    def named_until(self, id: str) -> date | None:
        """The last date that it knows of, where it ends: its `until`, or the date of its last open time."""
        body = self.definitions[id].body
        if isinstance(body, Hours) and body.closes_after:
            return body.closes_after
        end = self.ends(id)
        return None if end is None or self.never_open(id) else date_at(end - 1, self.zone(id))

    def _end(self, id: str) -> int | None:
        bound, over = self._horizon(id)
        if not over and (isinstance(self.definitions[id].body, Hours) or self._open_after(id, bound)):
            return None
        beginning = midnight(FIRST_DAY, "UTC")
        for span in (*SEARCHED, A_SLIP):  # before the last thing it names: mostly it was open shortly before
            past = self.open(id, max(bound - span, beginning), bound)
            if len(past.ends):
                return int(past.ends[-1])
        return beginning - 1

    def _open_after(self, id: str, bound: int) -> bool:
        last = midnight(LAST_DAY, "UTC")
        return any(len(self.open(id, bound, min(bound + span, last)).starts) for span in SEARCHED)

    def _horizon(self, id: str) -> tuple[int, bool]:
        """An instant from which on no date that is named, and can be told, matters; and whether what it is made of tells that it is closed then."""
        if id not in self._horizons:
            self._horizons[id] = self._last_and_over(id)
        return self._horizons[id]

    def _last_and_over(self, id: str) -> tuple[int, bool]:
        body = self.definitions[id].body
        if isinstance(body, Hours):
            return max(_last_named(body), midnight(FIRST_DAY, "UTC")), bool(body.closes_after) or not any(body.week)
        if isinstance(body, OnCall):
            rota = self.rota(id, body)
            return (max(midnight(date(2030, 1, 1), "UTC"), rota.begun), False) if rota.ends is None else (rota.ends, True)
        members = [self._horizon(member.value) for member in body.members]
        over = [bound for bound, over in members if over]
        if body.how == "all_of" and over:
            return min(over), True  # closed with the first of them that is
        return max(bound for bound, _ in members), body.how == "any_of" and len(over) == len(members)


def _around(lo: int, hi: int) -> tuple[date, date]:
    """The dates from one instant to another in any zone, and some more."""
    return date_at(lo, "UTC") - MARGIN, date_at(hi, "UTC") + MARGIN


def _last_named(body: Hours) -> int:
    """Two days after the last date that, by being named, tells when a calendar by hours is open; a fixed date where none does."""
    if body.closes_after:  # whatever it names later
        named = [body.closes_after]
    elif any(body.week):
        holidays = [d.value for d in (*body.holidays.add, *body.holidays.remove)] if body.holidays else []
        named = [day for day, _ in body.exceptions] + holidays + ([body.opens_on] if body.opens_on else [])
    else:  # closed on every other date anyhow
        named = [day for day, windows in body.exceptions if windows]
    return midnight(min(max(named, default=date(2026, 1, 1)), LAST_DAY) + 3 * ONE_DAY, body.timezone)


def _cut_at_midnight(start: int, end: int, zone: str) -> Iterator[tuple[int, int, int, bool]]:
    """A stretch by dates, each of which goes on until the next one begins, also where clocks are set back into the day before."""
    following = date_at(start, zone)
    while start < end:
        following += ONE_DAY
        stop = min(end, midnight(following, zone))
        if start < stop:
            yield start, stop, day_number(following) - 1, True
            start = stop
