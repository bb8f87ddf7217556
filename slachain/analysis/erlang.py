"""Waiting for a free pair of hands: the formulas of Erlang C and Erlang A.

Tickets come at random at a steady rate (Poisson), their handling takes an exponential time, and the first to come is the first to be
served. Floats, as exponentials have no exact values; sums of positive terms only, so that nothing cancels, and as logarithms, so that nothing overflows.

Sources. Erlang C (M/M/n): A. K. Erlang, "Solution of some problems in the theory of probabilities of significance in automatic
telephone exchanges", 1917; the recursion of the blocking probability and the waiting times as in R. B. Cooper, "Introduction to Queueing
Theory", 1981, section 3.5. Erlang A (M/M/n+M): C. Palm, "Research on telephone traffic carried by full availability groups", 1957;
the function A(x, y) and the offered wait as in A. Mandelbaum and S. Zeltyn, "Service engineering in action: the Palm/Erlang-A queue", 2007.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import exp, inf, log

NEGLIGIBLE = 45.0  # e to this power: what is smaller by so much adds nothing to a float


@dataclass(frozen=True)
class Queue:
    """`arrivals` a second, `handle` and `patience` (None: nobody gives up) as means in seconds, and so many `people`.

    All times of waiting are in seconds of the hours in which the people are there.
    """

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
        if not self.steady:
            return 1.0
        return self.load * (1 - self.abandoned) / self.people if self.people else 1.0

    @cached_property
    def waiting(self) -> float:
        """The probability that a ticket has to wait at all."""
        if not self.steady or not self.people:
            return 1.0
        if self.patience is not None:
            return sum(self._queued)
        blocked = blocking(self.load, self.people)
        return blocked / (1 - self.load / self.people * (1 - blocked))

    @cached_property
    def abandoned(self) -> float:
        """The share of callers who give up before they are served."""
        if self.patience is None:
            return 0.0
        return sum(share * self._gives_up(behind) for behind, share in enumerate(self._queued)) if self.people else 1.0

    @property
    def answer(self) -> float:
        """The mean time until a ticket is taken up (average speed of answer), of those that are; in seconds, endless where the queue grows."""
        if not self.steady or not self.people:
            return inf
        if self.patience is None:
            return self.waiting * self.handle / (self.people - self.load)
        waited = wait = 0.0
        for behind, share in enumerate(self._queued):
            wait += 1 / (self._serves + (behind + 1) / self.patience)  # each departure or giving up comes at its own rate
            waited += share * (1 - self._gives_up(behind)) * wait
        return waited / (1 - self.abandoned)

    def within(self, seconds: float) -> float:
        """The share of all tickets that is taken up within a time (service level); those who give up are not."""
        if not self.steady or not self.people:
            return 0.0
        if self.patience is None:
            return 1 - self.waiting * exp(-(self.people - self.load) * seconds / self.handle)
        return max(0.0, 1 - self.abandoned - self._served_later(seconds))

    # --- Erlang A ---------------------------------------------------------------------------------------------------

    @property
    def _serves(self) -> float:
        """Tickets finished a second when everybody is busy."""
        return self.people / self.handle

    @cached_property
    def _queued(self) -> list[float]:
        """The probability that an arriving ticket finds everybody busy, and none, one, two, ... before it in the queue."""
        assert self.patience is not None
        # With everybody busy and nobody waiting as 1, somebody is idle 1/B - 1 times as likely, and each one more waits as below.
        idle = 1 / blocking(self.load, self.people) - 1
        logs = falling(self.arrivals * self.patience, self._serves * self.patience)
        most = max(logs)
        terms = [exp(each - most) for each in logs]
        whole = idle * exp(-most) + sum(terms)
        return [term / whole for term in terms]

    def _gives_up(self, behind: int) -> float:
        """The probability that a caller with so many before it gives up: patience against `behind` + 1 departures."""
        assert self.patience is not None
        return (behind + 1) / (self._serves * self.patience + behind + 1)

    def _served_later(self, seconds: float) -> float:
        """The share that is served after more than a time: what of the offered wait lies beyond it (Mandelbaum and Zeltyn)."""
        assert self.patience is not None
        x, y, elapsed = self._serves * self.patience, self.arrivals * self.patience, seconds / self.patience
        faded = exp(-elapsed)
        growth = y * (1 - faded) - x * elapsed + log(self._queued[0] * x / y) if y and self._queued[0] else -inf
        return sum(exp(growth + each) for each in falling(y * faded, x)[1:])


def blocking(load: float, people: int) -> float:
    """Erlang B: the probability that all are busy where nobody waits, by its recursion."""
    found = 1.0
    for number in range(1, people + 1):
        found = load * found / (number + load * found)
    return found


def falling(y: float, x: float) -> list[float]:
    """The logarithms of the terms of A(x, y) = 1 + y / (x + 1) + y^2 / ((x + 1)(x + 2)) + ..., until they no longer count."""
    found, term, most, place = [0.0], 0.0, 0.0, 0
    while y and (term > most - NEGLIGIBLE or y > x + place):
        place += 1
        term += log(y / (x + place))
        found.append(term)
        most = max(most, term)
    return found
