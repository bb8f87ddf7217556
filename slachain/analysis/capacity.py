"""Whether teams can carry what they have committed to: load, waiting and the people it takes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from math import ceil, floor

from slachain.analysis.arrivals import Arrivals, Stream, of_provider
from slachain.analysis.erlang import Queue
from slachain.analysis.routes import target_for
from slachain.clocks.calendars import Calendars
from slachain.clocks.wall import a_year_after, date_at, midnight
from slachain.language.catalogue import Catalogue, Team
from slachain.language.model import ANY, TimePromise
from slachain.language.scalars import BusinessDays, Money, Time
from slachain.language.source import Span

RESPONSE = "response"
MONTHS_IN_A_YEAR = 12
MOST_PEOPLE = 100_000
EVERY_TICKET = Fraction(9999, 10_000)  # no queue answers all of a random stream in time: so many count as all


@dataclass(frozen=True, slots=True)
class Answer:
    """A response commitment of a team: within so many seconds of its open time, for a share of the tickets; and what is reached."""

    stream: Stream
    at: Span
    within: Time
    seconds: Fraction
    share: Fraction
    reached: float
    people: int | None  # the fewest with whom it is reached; None where no number does

    @property
    def kept(self) -> bool:
        """Whether it is reached."""
        return self.reached >= asked(self.share)


@dataclass(frozen=True)
class Capacity:
    """One team over a year from a day on: what comes, and what its people can do with it."""

    team: Team
    streams: dict[Stream, Fraction]  # tickets a month
    open_seconds: int  # of the year
    days: int  # of the year on which it is open
    catalogue: Catalogue

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
        return floor(self.staff * (1 - self.away))

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
            return Fraction(time.days * self.open_seconds, self.days) if self.days else Fraction(0)
        return Fraction(time.seconds)

    @property
    def untold(self) -> tuple[Stream, ...]:
        """Tickets of which nobody says what they take."""
        return tuple(stream for stream in self.streams if self.handle(stream.priority) is None)

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
    def load(self) -> Fraction:
        """The work that comes, in people who would be busy all their open time (erlangs), exact."""
        effort = sum((month * handle for month, handle in self.told.values()), Fraction(0))
        return effort * MONTHS_IN_A_YEAR / self.open_seconds if self.open_seconds else Fraction(0)

    @property
    def overloaded(self) -> bool:
        """Whether the load reaches the people available; work that comes to a team that is never open does."""
        return self.load >= self.people and self.load > 0 if self.open_seconds else bool(self.told)

    def queue(self, people: int) -> Queue | None:
        """The team as a queue with so many people; None where nothing comes or it is never open."""
        if not self.load:
            return None
        patience = float(self.seconds(self.team.patience.value)) if self.team.patience else None
        rate = self.month * MONTHS_IN_A_YEAR / self.open_seconds
        return Queue(float(rate), float(self.load / rate), people, patience)

    @cached_property
    def now(self) -> Queue | None:
        """The queue with the people there are."""
        return self.queue(self.people)

    @cached_property
    def answers(self) -> tuple[Answer, ...]:
        """The response commitments of what it handles, in order."""
        return tuple(self._answers())

    def _answers(self) -> Iterator[Answer]:
        for stream in self.told:
            target = target_for(self.catalogue.agreements[stream.agreement], RESPONSE, stream.priority)
            for one in target.alternatives if isinstance(target, TimePromise) else ():
                seconds = self.seconds(one.within.value)
                reached = self.now.within(float(seconds)) if self.now else 1.0
                yield Answer(stream, one.within.at, one.within.value, seconds, one.share, reached, self.needed(seconds, one.share))

    def needed(self, seconds: Fraction, share: Fraction) -> int | None:
        """The fewest people with whom a share is answered within a time; more people never answer fewer, so halving finds it.

        None where no number of people reaches it, such as a caller's patience that is shorter than the time.
        """

        def reached(people: int) -> bool:
            queue = self.queue(people)
            return queue is None or queue.within(float(seconds)) >= asked(share)

        most = 1
        while not reached(most):
            most *= 2
            if most > MOST_PEOPLE:
                return None
        few = most // 2
        while most - few > 1:
            middle = (few + most) // 2
            few, most = (few, middle) if reached(middle) else (middle, most)
        return most

    def cost(self, scheduled: int) -> Money | None:
        """What so many people on duty cost in a month; None where no hourly cost is written."""
        money = self.team.cost.value if self.team.cost else None
        if money is None:
            return None
        if money.per != "hour":
            months = {"month": 1, None: 1, "quarter": 3, "year": MONTHS_IN_A_YEAR}[money.per]
            return Money(money.amount * scheduled / months, money.currency, "month")
        hours = Fraction(self.open_seconds, 3600 * MONTHS_IN_A_YEAR)
        return Money(money.amount * hours * scheduled, money.currency, "month")


def asked(share: Fraction) -> Fraction:
    """What has to be reached for a promised share."""
    return min(share, EVERY_TICKET)


def capacity(team: Team, found: Arrivals, catalogue: Catalogue, calendars: Calendars, as_of: date) -> Capacity | None:
    """A team's capacity in the year from a day on; None where it has no calendar or no staff to reckon with."""
    if team.calendar is None or team.staff is None or team.calendar.value in catalogue.broken:
        return None
    zone = calendars.zone(team.calendar.value)
    start, end = midnight(as_of, zone), midnight(a_year_after(as_of), zone)
    opened = calendars.open(team.calendar.value, start, end)
    days = {date_at(second, zone) for second in opened.starts.tolist()}
    streams = dict(of_provider(found, catalogue, team.id))
    return Capacity(team, streams, opened.length, len(days), catalogue)
