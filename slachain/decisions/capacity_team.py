"""One team of the capacity plan: what it has to do, what it reaches, and the price of stricter targets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from math import floor, inf

from slachain.analysis.arrivals import Stream
from slachain.analysis.capacity import Answer, Capacity, asked
from slachain.decisions.capacity_lines import (
    ENOUGH,
    NO_WORK,
    OVERLOADED,
    TOO_SMALL,
    CommitmentLine,
    Ladder,
    Price,
    Reached,
    Rung,
    Sooner,
    StreamLine,
    TeamLine,
)
from slachain.decisions.capacity_words import exact, mean, money, named, quantity_of, tickets, within
from slachain.decisions.report import AcceptanceLine, FindingLine, Quantity
from slachain.language.describe import describe_calendar
from slachain.language.scalars import DAY, HOUR, MINUTE
from slachain.study import Study

LEVELS = tuple(Fraction(n, 100) for n in (80, 90, 95, 99))
USUAL = (10, 20, 30, *(n * MINUTE for n in (1, 2, 5, 10, 15, 20, 30, 45)), *(n * HOUR for n in (1, 2, 4, 8, 12)), DAY)  # response times
MOST_SOONER, MOST_RUNGS, DIGITS = 3, 12, 9
BUSY = 0.95  # of their time: what is left is too little for the queue to shorten again soon


class Planner:
    """One team's line."""

    def __init__(self, capacity: Capacity, study: Study, found: Iterable[FindingLine]) -> None:
        self.capacity, self.study = capacity, study
        self.accepted = {(f.agreement, f.priority, f.at): f.acceptance for f in found if f.acceptance}

    def line(self) -> TeamLine:
        """All of it."""
        capacity, team = self.capacity, self.capacity.team
        needed = self.needed()
        return TeamLine(
            id=team.id,
            at=team.at,
            verdict=self.verdict(),
            clock=describe_calendar(team.calendar.value, self.study.catalogue.calendars) if team.calendar else "",
            on_duty=capacity.staff,
            away=capacity.away,
            people=capacity.people,
            patience=None if team.patience is None else exact(capacity.seconds(team.patience.value)),
            open=exact(capacity.year.open_seconds / capacity.year.months),
            streams=tuple(self.stream(stream, month) for stream, month in capacity.streams.items()),
            month=capacity.month,
            work=exact(capacity.effort) if capacity.month else None,
            load=capacity.load,
            reached=self.reached(capacity.people),
            price=self.price(capacity.staff),
            commitments=tuple(self.commitment(answer) for answer in capacity.answers),
            needed=needed,
            needed_price=None if needed is None else self.price(needed),
            ladder=self.ladder() if capacity.load and capacity.away < 1 else None,
            notes=tuple(self.notes()),
        )

    def verdict(self) -> str:
        """Overloaded, too small for a commitment, enough, or without work."""
        if self.capacity.overloaded:
            return OVERLOADED
        if not all(answer.kept for answer in self.capacity.answers):
            return TOO_SMALL
        return ENOUGH if self.capacity.month else NO_WORK

    def stream(self, stream: Stream, month: Fraction) -> StreamLine:
        """One kind of ticket."""
        work = self.capacity.handle(stream.priority)
        return StreamLine(stream.agreement, stream.priority, month, None if work is None else exact(work))

    def reached(self, available: int) -> Reached | None:
        """What so many available people reach; None where there is nothing to do."""
        queue = self.capacity.queue(available)
        if queue is None:
            return None
        given_up = None if queue.patience is None else round(queue.abandoned, DIGITS)
        return Reached(round(queue.occupancy, DIGITS), round(queue.waiting, DIGITS), mean(queue.answer), given_up)

    def price(self, staff: int) -> Price | None:
        """What so many on duty cost."""
        cost, now = self.capacity.cost(staff), self.capacity.cost(self.capacity.staff)
        if cost is None or now is None:
            return None
        return Price(money(cost.amount, cost.currency), money(cost.amount - now.amount, cost.currency))

    def commitment(self, answer: Answer) -> CommitmentLine:
        """One commitment and what it takes."""
        staff = None if answer.people is None else self.capacity.scheduled(answer.people)
        return CommitmentLine(
            agreement=answer.agreement,
            priority=answer.priority,
            within=within(answer),
            month=answer.month,
            asked=answer.share,
            reached=round(answer.reached, DIGITS),
            kept=answer.kept,
            people=answer.people,
            on_duty=staff,
            price=None if staff is None else self.price(staff),
            at=answer.at,
            acceptance=self.acceptance(answer),
        )

    def acceptance(self, answer: Answer) -> AcceptanceLine | None:
        """Under which its owner lives with what is not reached."""
        return self.accepted.get((answer.agreement, answer.priority, answer.at))

    def needed(self) -> int | None:
        """The fewest on duty with whom the load is carried and every commitment kept."""
        capacity = self.capacity
        if not capacity.load:
            return 0 if capacity.year.open_seconds or not capacity.told else None
        known = [answer.people for answer in capacity.answers]
        if None in known:
            return None
        return capacity.scheduled(max(floor(capacity.load) + 1, *(people for people in known if people is not None), 1))

    def notes(self) -> Iterator[str]:
        """What could not be told of it, or is out of the ordinary."""
        capacity = self.capacity
        for stream in capacity.untold:
            yield f"{tickets(capacity.streams[stream])} a month of {named(stream)} do not count: no handling time is written for them."
        for stream in capacity.unanswered:
            yield f"{tickets(capacity.streams[stream])} a month of {named(stream)} are compared with no commitment: {stream.agreement} writes its response for other priorities."
        if capacity.month and not capacity.answers:
            yield "No response commitment is compared: what is shown is the share of tickets that need not wait."
        if not capacity.overloaded and capacity.now and capacity.now.occupancy >= BUSY:
            yield "Its people have hardly a free minute: a few more tickets, or a busy week, and the wait grows out of hand."
        if not capacity.streams:
            provides = any(a.provider.value == capacity.team.id for a in capacity.catalogue.agreements.values())
            yield "No tickets reach it." if provides else "No agreement names it as its provider, so no tickets reach it."
        if not capacity.year.open_seconds:
            yield f"Its calendar is never open from {capacity.year.first} to {capacity.year.last}."
        elif capacity.year.ends:
            yield f"Its calendar ends on {capacity.year.last}: what comes until then is reckoned with."
        if capacity.year.first > capacity.as_of:
            yield f"Its calendar begins on {capacity.year.first}: the year from then on is reckoned with."

    # --- the price of stricter targets --------------------------------------------------------------------------------

    def ladder(self) -> Ladder:
        """From fewer people than now to enough for 99% within the time of the strictest commitment."""
        first = min(self.capacity.answers, key=strictness, default=None)
        seconds = first.seconds if first else Fraction(0)
        levels = sorted({*LEVELS, *([asked(first.share)] if first else [])})
        fewest = {level: self.staff_for(seconds, level) for level in levels}
        return Ladder(
            agreement=first.agreement if first else None,
            priority=first.priority if first else None,
            within=within(first) if first else Quantity("at once", 0),
            asked=first.share if first else None,
            rungs=tuple(
                self.rung(staff, seconds, asked(first.share) if first else Fraction(0), fewest)
                for staff in self.steps([n for n in fewest.values() if n is not None])
            ),
            sooner=tuple(self.sooner(first)) if first else (),
        )

    def staff_for(self, seconds: Fraction, share: Fraction) -> int | None:
        """The fewest on duty who answer a share within a time."""
        people = self.capacity.needed(seconds, share)
        return None if people is None else self.capacity.scheduled(people)

    def steps(self, fewest: list[int]) -> list[int]:
        """So many on duty as are worth showing: one fewer than can keep up, or than now, to those enough for the most, thinned out."""
        now, keep_up = self.capacity.staff, self.capacity.scheduled(floor(self.capacity.load) + 1) or 0
        first, last = max(0, min(now, keep_up) - 1), max(keep_up, *fewest)
        few = last - first <= MOST_RUNGS
        between = range(first, last + 1) if few else (first + (last - first) * n // MOST_RUNGS for n in range(MOST_RUNGS))
        return sorted({first, now, last, *fewest, *between})

    def rung(self, staff: int, seconds: Fraction, share: Fraction, fewest: dict[Fraction, int | None]) -> Rung:
        """What so many on duty reach."""
        available = self.capacity.available(staff)
        reached, within = self.reached(available), self.capacity.reached(available, seconds)
        assert reached is not None  # there is a load
        return Rung(
            on_duty=staff,
            people=available,
            now=staff == self.capacity.staff,
            reached=reached,
            within=round(within, DIGITS),
            enough=within >= share,
            enough_for=tuple(level for level, enough in fewest.items() if enough == staff),
            price=self.price(staff),
        )

    def sooner(self, answer: Answer) -> Iterator[Sooner]:
        """The next stricter times that people promise, for the same share."""
        for seconds in sorted((usual for usual in USUAL if usual < answer.seconds), reverse=True)[:MOST_SOONER]:
            staff = self.staff_for(Fraction(seconds), answer.share)
            if staff is not None:
                yield Sooner(quantity_of(seconds), staff, staff - self.capacity.staff, self.price(staff))


def strictness(answer: Answer) -> tuple[float, Fraction, Fraction]:
    """What needs the most people comes first, then the shortest time, then the largest share."""
    return -(inf if answer.people is None else answer.people), answer.seconds, -answer.share
