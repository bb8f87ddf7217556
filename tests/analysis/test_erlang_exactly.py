"""Queues in whole numbers and fractions: tables that others have printed, and the balance of flows without any rounding."""

from __future__ import annotations

from fractions import Fraction
from itertools import accumulate, product
from math import inf, log, sqrt

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from slachain.analysis.erlang import Crowd, Hopeless, Impatient, Patient, Queue, idle, series

ROUNDED = 1e-12  # what a few thousand roundings of floats may come to
CENTURY = 3_155_760_000

LOADS, CREWS = (Fraction(1, 50), Fraction(1, 2), Fraction(3), Fraction(8), Fraction(30)), (1, 2, 4, 10, 25, 80)
PATIENCES = (Fraction(1, 20), Fraction(1), Fraction(2))


# --- published ---------------------------------------------------------------------------------------------------------


def test_what_fifteen_lines_carry_with_one_call_in_a_hundred_blocked() -> None:
    """8.108 erlangs: Westbay Engineers' manual, erlang.com/calculatormanual, "How much traffic?"."""
    assert 1 / (1 + idle(8.108, 15)) == pytest.approx(0.01, rel=0.001)


@pytest.mark.parametrize(
    ("doctors", "nobody", "queue", "wait", "waits", "half", "whole"),
    [(1, "2/3", "4/3", "2/3", 0.667, 0.404, 0.245), (2, "1/3", "1/12", "1/24", 0.167, 0.022, 0.003)],
)
def test_the_emergency_room(doctors: int, nobody: str, queue: str, wait: str, waits: float, half: float, whole: float) -> None:
    """Two patients an hour, twenty minutes each: Hillier and Lieberman, "Introduction to Operations Research", chapter 17, table 17.2."""
    room = Queue(2, 1 / 3, doctors)
    assert room.occupancy == pytest.approx(Fraction(nobody))
    assert [room.answer, room.arrivals * room.answer] == pytest.approx([Fraction(wait), Fraction(queue)])
    assert [1 - room.within(hours) for hours in (0, 0.5, 1)] == pytest.approx([waits, half, whole], abs=0.001)


# --- in fractions ------------------------------------------------------------------------------------------------------


def blocked(load: Fraction, people: int) -> Fraction:
    """Erlang's first formula, from one person to the next."""
    found = Fraction(1)
    for number in range(1, people + 1):
        found = load * found / (number + load * found)
    return found


@pytest.mark.parametrize(("load", "people"), list(product(LOADS, CREWS)))
def test_blocking_and_waiting_are_erlang_s_formulas(load: Fraction, people: int) -> None:
    lost = blocked(load, people)
    assert idle(float(load), people) == pytest.approx(float(1 / lost - 1), rel=ROUNDED)
    if load < people:
        waits = lost / (1 - load / people * (1 - lost))
        queue = Queue(float(load), 1, people)
        assert [queue.waiting, queue.answer] == pytest.approx([float(waits), float(waits / (people - load))], rel=ROUNDED)


class Balanced:
    """A queue with patience whose tickets take one unit of time: how likely so many are there, and what becomes of who comes then."""

    def __init__(self, load: Fraction, people: int, patience: Fraction) -> None:
        self.people, self.leaving = people, 1 / patience
        most = people + 30 + int(2 * load * patience)
        out = [min(n, people) + max(0, n - people) * self.leaving for n in range(1, most)]
        likely = list(accumulate(out, lambda share, rate: share * load / rate, initial=Fraction(1)))
        self.shares = [share / sum(likely) for share in likely]

    def last(self) -> list[tuple[Fraction, Fraction]]:
        """For who finds all busy and none, one, two, ... waiting: the chance to be served, and of that the wait, one event after another."""
        found = [(Fraction(1), Fraction(0))]
        for before in range(len(self.shares) - self.people):
            forward = self.people + before * self.leaving
            rate = forward + self.leaving
            served, waited = found[-1]
            found.append((forward / rate * served, forward / rate * (served / rate + waited)))
        return found[1:]


@pytest.mark.parametrize(("load", "people", "patience"), list(product(LOADS[:4], CREWS[:4], PATIENCES)))
def test_with_patience_all_numbers_follow_from_the_balance_of_flows(load: Fraction, people: int, patience: Fraction) -> None:
    """Who comes sees the shares of time (Poisson), and moves forward as somebody before is served or gives up."""
    known, queue = Balanced(load, people, patience), Queue(float(load), 1, people, float(patience))
    busy = known.shares[people:]
    kept = sum(share * served for share, (served, _) in zip(busy, known.last(), strict=True))
    waited = sum(share * wait for share, (_, wait) in zip(busy, known.last(), strict=True))
    served = sum(known.shares[:people]) + kept
    told = [queue.waiting, queue.abandoned, queue.model.served, queue.answer, queue.occupancy]
    exact = [sum(busy), 1 - served, served, waited / served, load * served / people]
    assert told == pytest.approx([float(each) for each in exact], rel=ROUNDED, abs=1e-15)


# --- laws --------------------------------------------------------------------------------------------------------------

rates = st.floats(-12, 6).map(lambda power: 10**power)


@example(1e6, 1e6)
@example(3e5, 3e5 - 1)
@example(1e6, 1e-3)
@example(0.1, 1e6)
@given(rates, rates)
def test_what_is_left_out_of_a_series_is_less_than_a_float_can_show_and_little_else_is_kept(y: float, x: float) -> None:
    """A sum keeps 53 binary digits: a rest of less than e^-37 of the largest term is none."""
    logs = series(y, x)
    following = y / (x + len(logs))
    assert following < 1
    assert logs[-1] + log(following / (1 - following)) < logs.max() - 37
    needed = int(np.flatnonzero(logs >= logs.max() - 37)[-1])
    assert len(logs) <= (1.25 if y >= x else 2) * needed + 100


@example(Queue(0.75, 60, 20, 1e6))
@example(Queue(0.030458, 60, 20, 7200))
@given(st.builds(Queue, st.floats(0.001, 10), st.sampled_from([1, 60, 3600]), st.integers(1, 40), st.floats(30, 1e9)))
def test_a_share_is_never_more_than_all_nor_less_than_nothing(queue: Queue) -> None:
    """Not by a rounding either."""
    for share in (queue.occupancy, *(queue.within(seconds) for seconds in (0, 10, 1e9))):
        assert 0 <= share <= 1


@pytest.mark.parametrize("passed", [40, 44.9, 45.1, 700, 744, 745, 746, 1e9])
def test_who_waits_many_times_as_long_as_people_are_patient_does_so_alone(passed: float) -> None:
    """In the mean people are patient for a second: after 45 of them one in 10^19 is left, after 745 too few for a float."""
    for queue in (Queue(1, 100, 50, 1), Queue(1, 1, 2, 1), Queue(1, 1, 1000, 1), Queue(900, 1, 1000, 1)):
        assert queue.within(passed) == pytest.approx(queue.model.served, rel=ROUNDED)


def test_nobody_waits_where_nobody_comes() -> None:
    for patience in (None, 60):
        queue = Queue(0, 3600, 2, patience)
        assert [queue.waiting, queue.abandoned, queue.model.served, queue.answer, queue.occupancy, queue.within(0)] == [0, 0, 1, 0, 0, 1]


# --- which formula -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("queue", "model"),
    [
        (Queue(1, 60, 61), Patient),
        (Queue(1, 60, 60), Hopeless),
        (Queue(1, 60, 60, 60), Impatient),
        (Queue(1, 60, 61, 60), Impatient),
        (Queue(1, 60, 0, 60), Hopeless),
        (Queue(2e6, 1, 10**6, 0.9), Impatient),  # 900,000 more come than can leave while one is patient
        (Queue(2e6, 1, 10**6, 1.1), Crowd),
        (Queue(10, 60, 600, CENTURY), Crowd),  # as many come as can be served, 3 * 10^10 within a century
        (Queue(10, 60, 601, CENTURY), Patient),
        (Queue(3, 60, 180, CENTURY), Impatient),  # 9 * 10^9
        (Queue(3, 60, 181, CENTURY), Impatient),
    ],
)
def test_which_formula_tells_a_queue(queue: Queue, model: type) -> None:
    assert type(queue.model) is model


def test_patience_of_a_century_is_endless_for_the_largest_crew_there_can_be() -> None:
    """Of more callers than could be written down one after another."""
    endless, century = Queue(1e7, 60, 600_000_001), Queue(1e7, 60, 600_000_001, CENTURY)
    assert [century.waiting, century.answer, century.within(60)] == [endless.waiting, endless.answer, endless.within(60)]
    assert [century.abandoned, century.model.served] == [0, 1]


def test_of_five_million_callers_two_million_are_served() -> None:
    """People are patient for a minute: after 60 ln 2.5 seconds two fifths of them are left, and that is what can be served."""
    crowd = Queue(5e6, 1, 2_000_000, 60)
    assert isinstance(crowd.model, Crowd)
    assert [crowd.model.served, crowd.abandoned, crowd.waiting, crowd.occupancy] == pytest.approx([0.4, 0.6, 1, 1])
    assert crowd.answer == pytest.approx(60 * log(2.5))
    deviation = 60 / sqrt(2e6 * 60)  # of the wait: one in six of those served waits for more than one of it longer
    for deviations, share in ((-1, 0.158655), (0, 0.5), (1, 0.841345)):
        assert crowd.within(60 * log(2.5) + deviations * deviation) == pytest.approx(share * 0.4, abs=1e-6)


def test_of_somebody_who_is_surely_free_it_is_told_that_nobody_waits() -> None:
    """From 10^300 to one on; below that the odds are told."""
    assert idle(1e-299, 1) == pytest.approx(1e299)
    assert idle(1e-301, 1) == inf
    assert idle(0, 1) == inf
    assert Queue(1e-299, 1, 1).waiting == pytest.approx(1e-299)
    assert Queue(1e-301, 1, 1).waiting == 0
