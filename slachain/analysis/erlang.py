"""Waiting for a free pair of hands: the formulas of Erlang C and Erlang A.

Tickets come at random at a steady rate (Poisson), their handling takes an exponential time, whoever gives up does so after an exponential
time, and the first to come is the first to be served. Floats, as exponentials have no exact values: sums of positive terms, so that
nothing cancels, and as logarithms where they may grow, so that nothing overflows. All times are seconds of the hours in which people are there.

Sources. Erlang C (M/M/n): A. K. Erlang, "Solution of some problems in the theory of probabilities of significance in automatic
telephone exchanges", 1917; blocking and waiting as in R. B. Cooper, "Introduction to Queueing Theory", 2nd edition 1981, chapter 3.
Erlang A (M/M/n+M): C. Palm, "Research on telephone traffic carried by full availability groups", 1946, in English 1957; the series A(x, y)
and the offered wait as in A. Mandelbaum and S. Zeltyn, "Service engineering in action: the Palm/Erlang-A queue, with applications to call
centers", 2007. Crowds (many more callers than can ever be served): the fluid limit, and the normal law around it, as in W. Whitt,
"Efficiency-driven heavy-traffic approximations for many-server queues with abandonments", 2004.
"""

from __future__ import annotations

from functools import cached_property
from math import erfc, exp, expm1, inf, log, sqrt
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from slachain.language.values import dataclass

Floats = NDArray[np.float64]

NEGLIGIBLE = 45.0  # e to this power: what is smaller by so much adds nothing to a float
BEYOND_DOUBT = 1e300  # odds from which on nobody ever waits
MOST_WAITING = 1e6  # callers in the mean: from here on a crowd is told by its mean and spread, to better than a thousandth
MOST_COMING = 1e10  # callers while one is patient: from here on patience has no end


class Model(Protocol):
    """What is known of a queue. Shares of all tickets; `answer` in seconds."""

    @property
    def waiting(self) -> float:
        """The probability that a ticket has to wait at all."""

    @property
    def abandoned(self) -> float:
        """The share that gives up before it is served."""

    @property
    def served(self) -> float:
        """The share that is served."""

    @property
    def answer(self) -> float:
        """The mean time until a ticket is taken up, of those that are."""

    def within(self, seconds: float) -> float:
        """The share that is taken up within a time."""


@dataclass(frozen=True)
class Queue:
    """`arrivals` a second, `handle` and `patience` (None: nobody gives up) as means in seconds, and so many `people`."""

    arrivals: float
    handle: float
    people: int
    patience: float | None = None

    @property
    def load(self) -> float:
        """The work offered, in people who would have to be busy all the time (erlangs)."""
        return self.arrivals * self.handle

    @property
    def steady(self) -> bool:
        """Whether the queue does not grow for ever."""
        return self.patience is not None or self.load < self.people

    @property
    def occupancy(self) -> float:
        """The share of their time in which people are busy; 1 where they cannot keep up."""
        return min(1.0, self.load * self.model.served / self.people) if self.people and self.steady else 1.0

    @property
    def waiting(self) -> float:
        """The probability that a ticket has to wait at all."""
        return self.model.waiting

    @property
    def abandoned(self) -> float:
        """The share of callers who give up before they are served."""
        return self.model.abandoned

    @property
    def answer(self) -> float:
        """The mean time until a ticket is taken up (average speed of answer), of those that are; endless where the queue grows."""
        return self.model.answer

    def within(self, seconds: float) -> float:
        """The share of all tickets that is taken up within a time (service level); those who give up are not."""
        return min(1.0, max(0.0, self.model.within(seconds)))

    @cached_property
    def model(self) -> Model:
        """What describes it best."""
        patience, load = self.patience, self.load
        if not self.people or not self.steady:
            return Hopeless(0.0 if patience is None else 1.0)
        if patience is None or not load:
            return Patient(self.handle, load, self.people)
        leave, come = self.people / self.handle * patience, self.arrivals * patience
        if load >= self.people and (come > MOST_COMING or come - leave > MOST_WAITING):
            return Crowd(leave, come, patience)
        return Patient(self.handle, load, self.people) if come > MOST_COMING else Impatient(leave, come, patience, load, self.people)


@dataclass(frozen=True)
class Hopeless:
    """Nobody is there, or the queue grows for ever; `abandoned` is 1 where callers give up."""

    abandoned: float
    waiting: float = 1.0
    served: float = 0.0
    answer: float = inf

    def within(self, seconds: float) -> float:
        """No ticket is."""
        return 0.0


@dataclass(frozen=True)
class Patient:
    """Erlang C: fewer erlangs than people, and nobody gives up."""

    handle: float
    load: float
    people: int
    abandoned: float = 0.0
    served: float = 1.0

    @cached_property
    def waiting(self) -> float:
        """Erlang's second formula: C = B / (1 - load / people (1 - B)), written by the odds 1/B - 1."""
        return 1 / (1 + (self.people - self.load) / self.people * idle(self.load, self.people))

    @property
    def answer(self) -> float:
        """The mean wait."""
        return self.waiting * self.handle / (self.people - self.load)

    def within(self, seconds: float) -> float:
        """Who waits at all does so for an exponential time."""
        return 1 - self.waiting * exp(-(self.people - self.load) * seconds / self.handle)


@dataclass(frozen=True)
class Impatient:
    """Erlang A. While one caller is patient (`patience`, in the mean) so many `come`, and so many can `leave` served."""

    leave: float
    come: float
    patience: float
    load: float
    people: int

    @cached_property
    def logs(self) -> Floats:
        """The likelihood that all are busy and none, one, two, ... wait, as logarithms; none waiting is 1."""
        return series(self.come, self.leave)

    @cached_property
    def whole(self) -> float:
        """The sum of all likelihoods, those with somebody idle among them, in units of the largest that waits."""
        return self.free + float(np.exp(self.logs - self.most).sum())

    @cached_property
    def free(self) -> float:
        """The likelihood that somebody is idle, in the same units; endless where nobody ever waits."""
        return idle(self.load, self.people) * exp(-self.most)

    @cached_property
    def most(self) -> float:
        """The logarithm of the largest."""
        return float(self.logs.max())

    @cached_property
    def behind(self) -> Floats:
        """The probability that an arriving ticket finds everybody busy, and none, one, two, ... before it."""
        return np.exp(self.logs - self.most) / self.whole

    @cached_property
    def places(self) -> Floats:
        """Its own place in the queue then."""
        return np.arange(1, len(self.logs) + 1, dtype=np.float64)

    @property
    def waiting(self) -> float:
        """The probability that a ticket has to wait at all."""
        return float(self.behind.sum())

    @cached_property
    def abandoned(self) -> float:
        """At the n-th place one's own patience ends before n others have left with probability n / (leave + n)."""
        return float((self.behind * self.places / (self.leave + self.places)).sum())

    @property
    def later(self) -> Floats:
        """The probabilities of being served after having waited, by place."""
        return self.behind * self.leave / (self.leave + self.places)

    @cached_property
    def served(self) -> float:
        """Who finds somebody idle, and who waits and stays."""
        return self.free / self.whole + float(self.later.sum()) if self.whole < inf else 1.0

    @property
    def answer(self) -> float:
        """The mean wait of those who are served: one step forward after another, each at its own rate."""
        waits = np.cumsum(self.patience / (self.leave + self.places))
        return float((self.later * waits).sum()) / self.served

    def within(self, seconds: float) -> float:
        """All who are served less those whose offered wait lies beyond the time (Mandelbaum and Zeltyn)."""
        passed = seconds / self.patience
        if passed > NEGLIGIBLE:  # nobody is patient for so long
            return self.served
        scale = -self.come * expm1(-passed) - self.leave * passed - self.most - log(self.whole) + log(self.leave) - log(self.come)
        return self.served - float(np.exp(scale + series(self.come * exp(-passed), self.leave)[1:]).sum())


@dataclass(frozen=True)
class Crowd:
    """Erlang A with so many waiting that the wait is nearly the same for all: until patience has thinned them to what can leave."""

    leave: float
    come: float
    patience: float
    waiting: float = 1.0

    @property
    def served(self) -> float:
        """All are busy all the time."""
        return self.leave / self.come

    @property
    def abandoned(self) -> float:
        """All others."""
        return 1 - self.served

    @property
    def answer(self) -> float:
        """The wait after which as many are left as can be served."""
        return self.patience * log(self.come / self.leave)

    def within(self, seconds: float) -> float:
        """The offered wait is normal around that."""
        spread = self.patience / sqrt(self.leave)
        return self.served * erfc((self.answer - seconds) / spread / sqrt(2)) / 2


def idle(load: float, people: int) -> float:
    """How many times as likely it is that somebody is idle as that all are busy, where nobody waits: 1/B - 1 of Erlang B.

    n/a + n(n - 1)/a^2 + ...: from the largest number of people down, as that is where the large terms are.
    """
    found, term = 0.0, 1.0
    if not load:
        return inf
    for left in range(people, 0, -1):
        term *= left / load
        found += term
        if found > BEYOND_DOUBT:
            return inf
        if term < found * exp(-NEGLIGIBLE):
            break
    return found


def series(y: float, x: float) -> Floats:
    """The logarithms of the terms of A(x, y) = 1 + y / (x + 1) + y^2 / ((x + 1)(x + 2)) + ..., until they no longer count."""
    # They grow up to the place y - x, and from there on fall at least like a law of the variance max(x, y) (Bernstein's inequality).
    fall = NEGLIGIBLE + sqrt(2 * NEGLIGIBLE * max(x, y))
    if y < x:
        fall = min(fall, NEGLIGIBLE / log(x / y))
    places = np.arange(1.0, max(0.0, y - x) + fall)
    found: Floats = np.concatenate(([0.0], np.cumsum(np.log(y / (x + places)))))
    return found
