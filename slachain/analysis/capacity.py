"""Whether teams can carry what they have committed to: load, waiting and the people it takes.

All tickets of a team wait in one queue, the first to come first, whatever their priority; each takes the mean of all handling times.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from functools import cached_property
from math import ceil, floor

from slachain.analysis.arrivals import Arrivals, Stream, of_provider
from slachain.analysis.erlang import Queue
from slachain.analysis.promises import ONE_DAY, expired
from slachain.analysis.routes import target_for, target_key
from slachain.clocks.calendars import Calendars
from slachain.clocks.wall import LAST_DAY, a_year_after, midnight
from slachain.language.catalogue import Catalogue, Team
from slachain.language.model import ANY, Hours, TimePromise
from slachain.language.scalars import BusinessDays, Money, Time
from slachain.language.source import Span
from slachain.language.values import dataclass

RESPONSE = "response"
MONTHS_IN_A_YEAR = 12
MONTHS = {"month": 1, None: 1, "quarter": 3, "year": MONTHS_IN_A_YEAR}
MOST_PEOPLE = 100_000
EVERY_TICKET = Fraction(9999, 10_000)  # no queue answers all of a random stream in time: so many count as all


@dataclass(frozen=True, slots=True)
class Answer:
    """A response commitment of a team, once for each place where one is written: within so many seconds of its open time, for a share of
    the tickets; and the share that is reached."""

    agreement: str
    priority: str
    month: Fraction  # tickets it is for
    at: Span
    within: Time
    seconds: Fraction
    share: Fraction
    reached: float
    people: int | None  # the fewest with whom it is reached; None where even MOST_PEOPLE are too few

    @property
    def kept(self) -> bool:
        """Whether it is reached."""
        return self.reached >= asked(self.share)


@dataclass(frozen=True, slots=True)
class Year:
    """The time that is reckoned with: a year from a day on, or less where the team's calendar begins later or ends before."""

    first: date
    last: date
    months: Fraction
    open_seconds: int
    days: int  # business days of the calendar
    ends: bool  # whether the calendar does


@dataclass(frozen=True)
class Capacity:
    """One team over a year: what comes, and what its people can do with it."""

    team: Team
    streams: dict[Stream, Fraction]  # tickets a month
    year: Year
    catalogue: Catalogue
    as_of: date

    @property
    def staff(self) -> int:
        """People on duty at the same time."""
        return self.team.staff.value if self.team.staff else 0

    @property
    def away(self) -> Fraction:
        """The share of their time in which people are not available."""
        return self.team.shrinkage.value if self.team.shrinkage else Fraction(0)

    @property
    def people(self) -> int:
        """People available, whole ones."""
        return self.available(self.staff)

    def available(self, staff: int) -> int:
        """How many are available of so many on duty, whole ones."""
        return floor(staff * (1 - self.away))

    def scheduled(self, people: int) -> int | None:
        """How many have to be on duty for so many to be available; None where all are always away."""
        return ceil(people / (1 - self.away)) if self.away < 1 else None

    def handle(self, priority: str) -> Fraction | None:
        """Mean effort of a ticket in seconds; None where none is written."""
        found = self.team.handle_time.get(priority) or self.team.handle_time.get(ANY)
        return None if found is None else self.seconds(found.value)

    def seconds(self, time: Time) -> Fraction:
        """A time in seconds of the team's open hours: a business day is what it is open on one in the mean."""
        if isinstance(time, BusinessDays):
            return Fraction(time.days * self.year.open_seconds, self.year.days) if self.year.days else Fraction(0)
        return Fraction(time.seconds)

    @property
    def untold(self) -> tuple[Stream, ...]:
        """Tickets of which nobody says what they take."""
        return tuple(stream for stream in self.streams if self.handle(stream.priority) is None)

    @property
    def unanswered(self) -> tuple[Stream, ...]:
        """Tickets of agreements that commit to a response, but to none for their priority."""
        agreements = self.catalogue.agreements
        return tuple(s for s in self.told if RESPONSE in agreements[s.agreement].targets and self._promise(s) is None)

    @cached_property
    def told(self) -> dict[Stream, tuple[Fraction, Fraction]]:
        """Tickets a month, and the effort of each in seconds, where it is known."""
        pairs = ((stream, month, self.handle(stream.priority)) for stream, month in self.streams.items())
        return {stream: (month, handle) for stream, month, handle in pairs if handle is not None}

    @cached_property
    def month(self) -> Fraction:
        """Tickets a month whose effort is known."""
        return sum((month for month, _ in self.told.values()), Fraction(0))

    @cached_property
    def effort(self) -> Fraction:
        """The mean effort of one of them in seconds; 0 where there are none."""
        return sum((month * handle for month, handle in self.told.values()), Fraction(0)) / self.month if self.month else Fraction(0)

    @cached_property
    def rate(self) -> Fraction:
        """Tickets a second of the team's open time, exact."""
        return self.month * self.year.months / self.year.open_seconds if self.year.open_seconds else Fraction(0)

    @property
    def load(self) -> Fraction:
        """The work that comes, in people who would be busy all their open time (erlangs), exact."""
        return self.rate * self.effort

    @property
    def overloaded(self) -> bool:
        """Whether the load reaches the people available; work that comes to a team that is never open does."""
        return 0 < self.load >= self.people if self.year.open_seconds else bool(self.told)

    def queue(self, people: int) -> Queue | None:
        """The team as a queue with so many people; None where nothing comes or it is never open."""
        if not self.load:
            return None
        patience = float(self.seconds(self.team.patience.value)) if self.team.patience else None
        return Queue(float(self.rate), float(self.effort), people, patience)

    @cached_property
    def now(self) -> Queue | None:
        """The queue with the people there are."""
        return self.queue(self.people)

    def reached(self, people: int, seconds: Fraction) -> float:
        """The share of the tickets that so many people answer within a time: all where none come."""
        queue = self.queue(people)
        return queue.within(float(seconds)) if queue else float(bool(self.year.open_seconds))

    @cached_property
    def answers(self) -> tuple[Answer, ...]:
        """The response commitments of what it handles, each once, in order; those of agreements that have ended do not count."""
        return tuple(self._answers())

    def _answers(self) -> Iterator[Answer]:
        months: dict[tuple[str, str], Fraction] = {}
        for stream, (month, _) in self.told.items():
            agreement = self.catalogue.agreements[stream.agreement]
            key = target_key(agreement, RESPONSE, stream.priority)
            if key is not None and not expired(agreement, self.as_of):
                months[stream.agreement, key] = months.get((stream.agreement, key), Fraction(0)) + month
        for (agreement_id, priority), month in months.items():
            target = self._promise(Stream(agreement_id, priority))
            for one in target.alternatives if target else ():
                seconds = self.seconds(one.within.value)
                reached, needed = self.reached(self.people, seconds), self.needed(seconds, one.share)
                yield Answer(agreement_id, priority, month, one.within.at, one.within.value, seconds, one.share, reached, needed)

    def _promise(self, stream: Stream) -> TimePromise | None:
        target = target_for(self.catalogue.agreements[stream.agreement], RESPONSE, stream.priority)
        return target if isinstance(target, TimePromise) else None

    def needed(self, seconds: Fraction, share: Fraction) -> int | None:
        """The fewest people with whom a share is answered within a time; more people never answer fewer, so halving finds it.

        None where even MOST_PEOPLE are too few.
        """
        few, most = 0, 1
        while self.reached(most, seconds) < asked(share):
            if most == MOST_PEOPLE:
                return None
            few, most = most, min(2 * most, MOST_PEOPLE)
        while most - few > 1:
            middle = (few + most) // 2
            few, most = (middle, most) if self.reached(middle, seconds) < asked(share) else (few, middle)
        return most

    def cost(self, scheduled: int) -> Money | None:
        """What so many people on duty cost in a month of the team's open hours; None where no cost is written."""
        money = self.team.cost.value if self.team.cost else None
        if money is None:
            return None
        if money.per != "hour":
            return Money(money.amount * scheduled / MONTHS[money.per], money.currency, "month")
        hours = Fraction(self.year.open_seconds, 3600) / self.year.months
        return Money(money.amount * hours * scheduled, money.currency, "month")


def asked(share: Fraction) -> Fraction:
    """What has to be reached for a promised share."""
    return min(share, EVERY_TICKET)


def lacks(team: Team, catalogue: Catalogue) -> str | None:
    """What is missing to reckon with a team, or None."""
    if team.calendar is None or team.staff is None:
        return "no calendar" if team.staff else "no staff" if team.calendar else "no calendar and no staff"
    usable = team.calendar.value in catalogue.calendars and team.calendar.value not in catalogue.broken
    return None if usable else "a calendar that could not be read"


def capacity(team: Team, found: Arrivals, catalogue: Catalogue, calendars: Calendars, as_of: date) -> Capacity | None:
    """A team's capacity in the year from a day on; None where it has no calendar or no staff to reckon with."""
    if lacks(team, catalogue) or team.calendar is None:
        return None
    return Capacity(team, dict(of_provider(found, catalogue, team.id)), year_of(team.calendar.value, calendars, as_of), catalogue, as_of)


def year_of(calendar: str, calendars: Calendars, as_of: date) -> Year:
    """The year from a day on; one that begins when the calendar does, and less than one where the calendar ends."""
    zone, body = calendars.zone(calendar), calendars.definitions[calendar].body
    first = max(as_of, body.opens_on or as_of) if isinstance(body, Hours) else as_of
    until, after = calendars.named_until(calendar), a_year_after(first)
    ends = until is not None and first <= until < min(after - ONE_DAY, LAST_DAY)
    last = until if ends and until is not None else after - ONE_DAY
    start, end = midnight(first, zone), midnight(last + ONE_DAY, zone)
    windows = calendars.dated(calendar, start, end)
    days = set(windows.days[windows.business & (start <= windows.starts) & (windows.starts < end)].tolist())
    months = Fraction(MONTHS_IN_A_YEAR * (end - start), midnight(after, zone) - start)
    return Year(first, last, months, calendars.open(calendar, start, end).length, len(days), ends)
