"""Promises of times, each looked at from every side: is what was said of it what the simulation sees?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property
from math import gcd

import numpy as np

from slachain.analysis.cases import Case
from slachain.analysis.verdicts import Verdict
from slachain.language.catalogue import Catalogue
from slachain.language.model import ANY, Agreement, Hours, TimePromise, TimeTarget
from slachain.language.scalars import BusinessDays, Duration, Time
from tests.simulation.priorities import priorities_below
from tests.simulation.tickets import Judge, Place, Shares, Ways, late, leaves
from tests.simulation.wall import DAY, UNSEEN, Beats, Cells, Sight, WallClock, begins

FOLLOWED = 150  # days for which tickets are followed past the horizon
FLEET = 300
LAST = 1 << 60  # from here on the package's ticks stand for never
Done = Callable[[Beats], Beats]


def cell_of(catalogue: Catalogue) -> int:
    """The greatest number of seconds of which every edge and duration is a multiple, at most a quarter of an hour."""
    found = [900]
    for calendar in catalogue.calendars.values():
        if isinstance(calendar.body, Hours):
            windows = [w for day in calendar.body.week for w in day] + [w for _, day in calendar.body.exceptions for w in day]
            found += [60 * edge for w in windows for edge in (w.opens, w.closes)]
    for agreement in catalogue.agreements.values():
        found += [pause.value for pause in agreement.pauses.values() if pause.value]
        found += [time.seconds for time in times_in(agreement) if isinstance(time, Duration)]
    return gcd(*found)


def times_in(agreement: Agreement) -> Iterator[Time]:
    for written in agreement.targets.values():
        for promise in written.values():
            if isinstance(promise, TimePromise):
                yield from (target.within.value for target in promise.alternatives)
    for item in agreement.relies_on:
        for leaf in leaves(item.route):
            yield from (after.value for after in (leaf.after or {}).values())


def year_after(day: date) -> date:
    return date(day.year + 1, 3, 1) if (day.month, day.day) == (2, 29) else day.replace(year=day.year + 1)


def horizon(agreement: Agreement, zone: str, own_zone: str, as_of: date) -> tuple[int, int]:
    """The first second of the horizon, and the one after its last."""
    start, end = begins(as_of, zone), begins(year_after(as_of), zone)
    opens, closes = agreement.term.opens, agreement.term.closes
    if opens and begins(opens.value, own_zone) > start:
        start, end = begins(opens.value, own_zone), begins(year_after(opens.value), own_zone)
    return start, min(end, begins(closes.value + timedelta(1), own_zone)) if closes else end


@dataclass(frozen=True, eq=False)
class Strand:
    """Something that has to be done in time: the whole chain, or one commitment by itself."""

    ways: Ways
    place: Place
    done: Done


@dataclass(eq=False)
class Trial:
    """One verdict on trial."""

    catalogue: Catalogue
    verdict: Verdict
    as_of: date
    sights: dict[tuple[int, int], Sight]
    cell: int
    chance: np.random.Generator
    seen: Counter[str] = field(default_factory=Counter)

    # what is promised, over which instants

    @cached_property
    def target(self) -> TimeTarget:
        return self.verdict.promise.target

    @property
    def limit(self) -> Time:
        return self.target.within.value

    @cached_property
    def agreement(self) -> Agreement:
        return self.catalogue.agreements[self.verdict.promise.agreement.id]

    @property
    def calendar(self) -> str:
        return (self.target.calendar or self.agreement.calendar).value

    @cached_property
    def horizon(self) -> tuple[int, int]:
        zones = Sight(self.catalogue.calendars, 0, 0, 1)
        return horizon(self.agreement, zones.zone(self.calendar), zones.zone(self.agreement.calendar.value), self.as_of)

    @cached_property
    def sight(self) -> Sight:
        first = (self.horizon[0] // DAY - 3) * DAY
        days = (self.horizon[1] - first) // DAY + FOLLOWED
        if (first, days) not in self.sights:
            self.sights[first, days] = Sight(self.catalogue.calendars, first, days * DAY // self.cell, self.cell)
        return self.sights[first, days]

    @cached_property
    def clock(self) -> WallClock:
        return self.sight.clock(self.calendar)

    @cached_property
    def opened(self) -> Cells:
        """The cells in which tickets are opened: in the horizon as it was cut, for this alternative and none before it."""
        found = np.zeros(self.sight.cells, dtype=np.bool_)
        found[(self.horizon[0] - self.sight.first) // self.cell : (self.verdict.horizon.end - self.sight.first) // self.cell] = True
        rivals = self.verdict.promise.alternative or 0
        written = self.agreement.targets[self.verdict.promise.metric.id][self.verdict.promise.priority]
        assert isinstance(written, TimePromise)
        for before in written.alternatives[:rivals]:
            found &= ~self.sight.clock(before.opened_in.value).open if before.opened_in else False
        return found & self.sight.clock(self.target.opened_in.value).open if self.target.opened_in else found

    @cached_property
    def strands(self) -> list[Strand]:
        return [strand for name in self.priorities() for strand in self.strands_of(name)]

    def priorities(self) -> list[str]:
        promise = self.verdict.promise
        if promise.priority != ANY:
            return [promise.priority]
        return priorities_below(self.catalogue, self.agreement.id, promise.metric.id)

    def strands_of(self, name: str) -> Iterator[Strand]:
        metric = self.verdict.promise.metric
        ways = Ways(self.catalogue, self.sight, self.agreement, metric.id, name)
        if metric.chain == "elapsed":
            yield Strand(ways, ways.root, lambda at: ways.last(ways.root, at))
            return
        direct = {ways.beyond(ways.root, leaf) for item in ways.items(ways.root) for leaf in leaves(item.route)}
        for place in sorted(ways.below(ways.root)):
            if ways.targets(place) or place in direct:
                yield Strand(ways, place, lambda at, place=place: ways.finished(place, at))  # type: ignore[misc]

    # readings

    @property
    def in_days(self) -> bool:
        return isinstance(self.limit, BusinessDays)

    @property
    def promised(self) -> int:
        return self.limit.days if isinstance(self.limit, BusinessDays) else self.limit.seconds

    def reading(self, opened: Beats, done: Beats) -> Beats:
        """Seconds of the customer's clock, begun ones counted as whole, or business days; UNSEEN for what is not done in sight."""
        if self.in_days:
            return self.clock.days_spent(opened, done)
        return np.where(done >= UNSEEN, UNSEEN, (self.clock.spent(opened, done) + 1) // 2)

    @cached_property
    def instants(self) -> Beats:
        """Of each cell the first instant, the one just after it and the last: in between nothing else can be seen."""
        firsts = np.flatnonzero(self.opened) * 2 * self.cell
        return np.sort(np.concatenate((firsts, firsts + 1, firsts + 2 * self.cell - 1)))

    @cached_property
    def worst(self) -> int:
        return max(int(self.reading(self.instants, strand.done(self.instants)).max()) for strand in self.strands)

    # the trial

    def breaches(self) -> Iterator[str]:
        """Whatever is not as it was said."""
        verdict = self.verdict
        self.seen[verdict.verdict] += 1
        if verdict.supported is None or any(cut.at is None for cut in verdict.cuts):
            self.seen["not told"] += 1
            return
        yield from self.cut_where_a_calendar_ends()
        if verdict.cuts and len(self.priorities()) > 1:
            self.seen["cut for one priority of several"] += 1  # each has a horizon of its own, and the first end is told
            return
        if self.worst >= UNSEEN and verdict.supported.bound is not None:
            yield from self.out_of_sight()
            return
        yield from self.supported_is_the_worst()
        yield from self.exposed_as_counted()
        yield from self.nobody_breaks_it()
        yield from self.replayed()
        yield from self.as_many_as_assured()

    def cut_where_a_calendar_ends(self) -> Iterator[str]:
        start, end = self.horizon
        if (self.verdict.horizon.start, min(self.verdict.horizon.end, end)) != (start, self.verdict.horizon.end):
            yield f"horizon {self.verdict.horizon} is not within {self.horizon}"
        elif self.verdict.horizon.end < end:
            self.seen["horizons cut"] += 1
            first = self.sight.beat(self.verdict.horizon.end)
            at = np.array([first, first + 1, first + 2 * self.cell - 1])
            if not any((strand.done(at) >= UNSEEN).any() for strand in self.strands):
                yield "the horizon stops, though nothing outlasts a calendar there"

    def out_of_sight(self) -> Iterator[str]:
        """Something is done later than we look: all that can be said is whether the limit has passed by then."""
        self.seen["done out of sight"] += 1
        end = np.full_like(self.instants, self.sight.end)
        if self.verdict.holds and not self.in_days:
            for strand in self.strands:
                waiting = strand.done(self.instants) >= UNSEEN
                if (waiting & (self.clock.spent(self.instants, end) > 2 * self.promised)).any():
                    yield "holds, but the limit passes with the ticket still open"

    def supported_is_the_worst(self) -> Iterator[str]:
        assert self.verdict.supported is not None
        bound = self.verdict.supported.bound
        self.seen["instants looked at"] += len(self.instants)
        if (UNSEEN if bound is None else bound) != self.worst:
            yield f"supported {bound}, but {self.worst} is the worst of all instants"
        kept = self.worst < self.promised or (self.worst == self.promised and self.kept_if_equal())
        if self.verdict.holds and not kept:
            yield f"holds, but {self.worst} is needed for {self.promised}"
        if self.verdict.verdict == "tolerated" and self.worst < self.promised:
            yield "tolerated, though it is in time"

    def kept_if_equal(self) -> bool:
        """Equal is in time under that policy; in business days a ticket may also be done before the close of the last."""
        if self.catalogue.policy.equal == "kept":
            return True
        return self.in_days and all((s.done(self.instants) < self.clock.after(self.instants, self.limit)).all() for s in self.strands)

    def counted(self) -> Beats:
        """An instant inside of each cell at which tickets come: those in which the customer's clock runs."""
        return np.flatnonzero(self.opened & self.clock.open) * 2 * self.cell + 1

    def exposed_as_counted(self) -> Iterator[str]:
        at = self.counted()
        shares = [Fraction(int(late(self.clock, self.limit, at, s.done(at)).sum()), len(at)) for s in self.strands if len(at)]
        if not (len(at) and self.in_days and (self.clock.after(at, self.limit) >= UNSEEN).any()):
            self.seen["exposures counted"] += 1
            if max(shares, default=None) != self.verdict.exposure:
                yield f"exposure {self.verdict.exposure}, counted {max(shares, default=None)}"

    # tickets

    def hostile(self) -> Beats:
        """Moments at which something opens, closes, begins or ends, and the seconds around them; and any others."""
        edges = [np.flatnonzero(np.diff(clock.open)) + 1 for clock in self.sight.known.values()]
        edges.append(np.flatnonzero(np.diff(np.append(np.insert(self.opened, 0, False), False))))
        around = np.concatenate([2 * self.cell * np.concatenate(edges) + shift for shift in (-2, -1, 0, 1, 2)])
        anywhere = np.flatnonzero(self.opened) * 2 * self.cell
        anywhere = self.chance.choice(anywhere, FLEET) + 2 * self.chance.integers(0, self.cell, FLEET)
        chosen = self.chance.choice(around, FLEET)
        chosen = chosen[(chosen >= 0) & (chosen < self.sight.end)]
        return np.concatenate((anywhere, chosen[self.opened[chosen // (2 * self.cell)]]))

    def nobody_breaks_it(self) -> Iterator[str]:
        """Tickets opened at hostile instants and at random go any way, and everyone takes any time that is allowed."""
        assert self.verdict.supported is not None
        opened = self.hostile()
        for strand in self.strands:
            whole = strand.place == strand.ways.root
            done = strand.ways.travel(strand.place, opened, self.chance) if whole else strand.done(opened)
            self.seen["tickets"] += len(opened)
            took = self.reading(opened, done)
            bound = self.verdict.supported.bound
            if bound is not None and (took > bound).any():
                yield f"a ticket opened at beat {int(opened[took > bound][0])} takes {int(took.max())}, more than {bound}"
            if self.verdict.holds and late(self.clock, self.limit, opened, done).any():
                yield "holds, but a ticket is late"

    # the worst case

    def replayed(self) -> Iterator[str]:
        case = self.verdict.case
        if case is None:
            return
        opened = case.opened - 2 * self.sight.first
        names = [self.verdict.priority_below] if self.verdict.priority_below else self.priorities()
        ticks = (case.opened, *(step.to for step in case.steps))
        told = tuple(dict.fromkeys(self.seen_at(tick) for tick in ticks))
        found = [moments for strand in self.strands if strand.ways.priority in names for moments in self.moments(strand, case, opened)]
        if told not in [tuple(dict.fromkeys(moments)) for moments in found]:
            yield f"worst case {told} along {case.path}, replayed {found}"
        self.seen["worst cases replayed"] += 1
        yield from self.reads_as_told(case, opened, told[-1])

    def seen_at(self, tick: int) -> int:
        """The beat of one of the package's ticks; UNSEEN for never and for what comes after the end of sight."""
        beat = tick - 2 * self.sight.first
        return beat if tick < LAST and beat <= self.sight.end else UNSEEN

    def moments(self, strand: Strand, case: Case, opened: int) -> Iterator[tuple[int, ...]]:
        if strand.place == strand.ways.root:
            yield from strand.ways.replay(case.path, strand.place, opened)
        elif strand.place[0] == case.path[-1]:
            yield opened, int(strand.done(np.array([opened]))[0])

    def reads_as_told(self, case: Case, opened: int, done: int) -> Iterator[str]:
        assert self.verdict.supported is not None
        bound = self.verdict.supported.bound
        start, end = np.array([opened]), np.array([done])
        took, spent = int(self.reading(start, end)[0]), int(self.clock.spent(start, end)[0])
        if bound is None or self.in_days or done >= UNSEEN:
            near = took == (UNSEEN if bound is None else bound)
        else:
            near = spent == 2 * bound if case.attained else 2 * bound - 2 <= spent < 2 * bound
        if not near:
            yield f"worst case reads {took} ({spent / 2}s), not {bound}"
        if self.worst > self.promised:
            self.seen["broken as predicted"] += 1
            told = not self.in_days or (self.clock.after(start, self.limit) < UNSEEN).all()
            if told and not late(self.clock, self.limit, start, end).any():
                yield "worst case is in time, though more is supported than promised"

    # attainment

    def as_many_as_assured(self) -> Iterator[str]:
        """Every instant counted, shares as written, and everyone missing as many tickets as the attainments leave."""
        at, assured = self.counted(), self.verdict.assured
        if not len(at) or assured is None:
            return
        evenly = self.catalogue.policy.arrivals == "even"
        for greedy in (True, False, False):
            judge = Judge(at, self.clock, self.limit, evenly, greedy, self.chance)
            for strand in self.strands:
                missed = self.missed(strand, at, judge)
                most = float(missed.mean() if evenly else missed.max())
                self.seen["attainments counted"] += 1
                self.seen["attainments met exactly"] += abs(most - float(1 - assured)) < 1e-9
                if most > float(1 - assured) + 1e-9:
                    yield f"{most} are late, though {assured} is assured"
                if self.verdict.holds and most > float(1 - self.target.share) + 1e-9:
                    yield f"holds for {self.target.share}, but {most} are late"

    def missed(self, strand: Strand, at: Beats, judge: Judge) -> Shares:
        if strand.place == strand.ways.root:
            return strand.ways.late(strand.place, at, judge)
        return strand.ways.late_here(strand.place, at, judge)
