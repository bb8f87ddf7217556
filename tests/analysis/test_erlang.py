"""Waiting for a free pair of hands: published examples, limits, laws, and a simulation that shares no code with the formulas."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise, product
from math import exp, inf, isnan, log, sqrt
from statistics import mean, stdev

import ciw
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from slachain.analysis.erlang import Crowd, Impatient, Patient, Queue, idle

HALF_AN_HOUR = 1800
LITTLE = 1e-9
ROUNDED = 1e-8  # of a million callers who wait, whose likelihoods are added up

loads = st.floats(0.01, 60)
handles = st.floats(1, 100_000)
crews = st.integers(1, 80)
patiences = st.none() | st.floats(1, 1_000_000)
times = st.floats(0, 1_000_000)


@st.composite
def queues(draw: st.DrawFn) -> Queue:
    handle = draw(handles)
    return Queue(draw(loads) / handle, handle, draw(crews), draw(patiences))


# --- published ---------------------------------------------------------------------------------------------------------


def test_call_centre_helper() -> None:
    """100 calls in half an hour, 180 s each, 80% within 20 s: 14 people, 20 on duty with 30% away."""
    found = Queue(100 / HALF_AN_HOUR, 180, 14)
    assert found.load == pytest.approx(10)
    assert round(found.within(20), 3) == 0.888
    assert round(found.occupancy, 3) == 0.714
    assert round(found.waiting, 3) == 0.174
    assert round(found.answer, 2) == 7.84
    assert round(Queue(100 / HALF_AN_HOUR, 180, 13).within(20), 4) == 0.7956


def test_a_larger_call_centre() -> None:
    """360 calls in half an hour, 240 s each, 55 people; 54 are the fewest for 80% within 20 s."""
    found = Queue(360 / HALF_AN_HOUR, 240, 55)
    assert round(found.waiting, 4) == 0.2387
    assert round(found.answer, 3) == 8.184
    assert round(found.within(20), 4) == 0.8668
    assert [Queue(360 / HALF_AN_HOUR, 240, people).within(20) >= 0.8 for people in (53, 54)] == [False, True]


def test_patience_in_a_call_centre_of_fifty() -> None:
    """Mandelbaum and Zeltyn's comparison: 50 people, 48 calls a minute of a minute each; none gives up, patience of 2 minutes, 3.1% fewer calls."""
    none, patience, fewer = Queue(0.8, 60, 50), Queue(0.8, 60, 50, 120), Queue(0.8 * (1 - 0.031), 60, 50)
    assert [round(none.answer, 1), round(none.arrivals * none.answer), round(none.occupancy, 2)] == [20.8, 17, 0.96]
    assert round(log(none.waiting / 0.1) * none.handle / (none.people - none.load), 1) == 58.1  # seconds: nine in ten wait for less
    assert round(patience.abandoned, 3) == 0.031
    wait = patience.abandoned * 120  # of all, those who give up among them: the rate of giving up is the queue's over the patience
    assert [round(wait, 1), round(patience.arrivals * wait), round(patience.occupancy, 2)] == [3.7, 3, 0.93]
    assert [round(fewer.answer, 1), round(fewer.arrivals * fewer.answer), round(fewer.occupancy, 2)] == [8.8, 7, 0.93]


# --- against sums that are slow and obvious ----------------------------------------------------------------------------


def states(queue: Queue) -> list[float]:
    """The probability of so many tickets in the system, by the balance of flows between neighbours."""
    found, number = [1.0], 0
    while number <= queue.people or found[-1] >= found[-2] or found[-1] > 1e-18 * found[queue.people]:
        number += 1
        leaving = min(number, queue.people) / queue.handle + (max(0, number - queue.people) / queue.patience if queue.patience else 0)
        found.append(found[-1] * queue.arrivals / leaving)
        if found[-1] > 1e200:
            found = [each / 1e200 for each in found]
    whole = sum(found)
    return [each / whole for each in found]


@given(st.floats(0.1, 30), st.floats(10, 5000), st.integers(1, 40), st.floats(10, 20_000))
def test_erlang_a_is_the_balance_of_flows(load: float, handle: float, people: int, patience: float) -> None:
    queue = Queue(load / handle, handle, people, patience)
    assume(queue.arrivals * patience < 3000)
    known = states(queue)
    waiting = sum(max(0, number - people) * share for number, share in enumerate(known))
    assert queue.waiting == pytest.approx(sum(known[people:]), abs=LITTLE)
    assert queue.abandoned == pytest.approx(waiting / patience / queue.arrivals, abs=LITTLE)
    assert queue.occupancy == pytest.approx(sum(min(n, people) * share for n, share in enumerate(known)) / people, abs=LITTLE)


@given(st.floats(0.1, 20), st.integers(1, 25), st.floats(0.2, 20), st.floats(0, 20))
def test_erlang_a_within_a_time_is_the_integral_of_the_offered_wait(load: float, people: int, patience: float, seconds: float) -> None:
    """By Simpson's rule over the density of the wait that a caller of endless patience would have."""
    queue = Queue(load, 1, people, patience)
    known = states(queue)
    waited = integral(lambda at: served_at(queue, known, at), seconds)
    assert queue.within(seconds) == pytest.approx(sum(known[:people]) + waited, abs=1e-6)


@given(st.floats(0.1, 20), st.integers(1, 25), st.floats(0.2, 20))
def test_erlang_a_s_mean_wait_is_the_integral_of_the_wait_of_those_who_are_served(load: float, people: int, patience: float) -> None:
    """As far as twelve deviations beyond the wait at which as many are left as can be served."""
    queue = Queue(load, 1, people, patience)
    known = states(queue)
    longest = patience * log(max(1.0, load / people)) + 12 * sqrt(patience / people) + 40 / people
    waited = integral(lambda at: at * served_at(queue, known, at), longest)
    assert queue.answer * (1 - queue.abandoned) == pytest.approx(waited, abs=1e-6)


def served_at(queue: Queue, known: list[float], at: float) -> float:
    """How likely it is to be served after just that wait, per unit of time, where a ticket takes one."""
    assert queue.patience
    gone = exp(queue.load * queue.patience * (1 - exp(-at / queue.patience)) - queue.people * at - at / queue.patience)
    return queue.people * known[queue.people] * gone


def integral(of: Callable[[float], float], end: float, steps: int = 2000) -> float:
    """From 0, by Simpson's rule."""
    step = end / steps
    weights = [1 if n in (0, steps) else 4 if n % 2 else 2 for n in range(steps + 1)]
    return sum(weight * of(n * step) for n, weight in enumerate(weights)) * step / 3


@given(st.floats(0.01, 50), st.integers(1, 60))
def test_blocking_is_the_recursion_of_erlang_b(load: float, people: int) -> None:
    blocked = 1.0
    for number in range(1, people + 1):
        blocked = load * blocked / (number + load * blocked)
    assert 1 / (1 + idle(load, people)) == pytest.approx(blocked, rel=1e-9)


# --- limits and laws ---------------------------------------------------------------------------------------------------


@given(queues(), times, times)
def test_shares_are_shares_and_later_is_more(queue: Queue, one: float, other: float) -> None:
    sooner, later = sorted((one, other))
    for share in (queue.waiting, queue.abandoned, queue.occupancy, queue.within(one)):
        assert 0 <= share <= 1 + ROUNDED
    assert queue.within(sooner) <= queue.within(later) + ROUNDED
    assert queue.answer >= 0


@given(queues(), times)
def test_more_people_are_never_worse(queue: Queue, seconds: float) -> None:
    more = Queue(queue.arrivals, queue.handle, queue.people + 1, queue.patience)
    assert more.within(seconds) >= queue.within(seconds) - ROUNDED
    assert more.waiting <= queue.waiting + ROUNDED
    if queue.patience:
        assert more.abandoned <= queue.abandoned + ROUNDED
    elif queue.steady:
        assert more.answer <= queue.answer + ROUNDED


@given(queues())
def test_at_once_are_those_who_need_not_wait(queue: Queue) -> None:
    assert queue.within(0) == pytest.approx(1 - queue.waiting, abs=ROUNDED)


@given(queues())
def test_in_the_end_all_are_served_who_stay(queue: Queue) -> None:
    served = 1 - queue.abandoned if queue.steady else 0
    assert queue.within(1e15) == pytest.approx(served, abs=ROUNDED)
    if queue.steady:
        assert queue.occupancy == pytest.approx(queue.load * served / queue.people, abs=ROUNDED)


@given(st.floats(0.05, 0.95), st.integers(1, 50), st.floats(0, 20))
def test_endless_patience_is_erlang_c(share: float, people: int, seconds: float) -> None:
    load = share * people
    patient, long = Queue(load, 1, people), Queue(load, 1, people, 1e8)
    assert isinstance(patient.model, Patient)
    assert isinstance(long.model, Impatient)
    assert long.waiting == pytest.approx(patient.waiting, rel=1e-4, abs=LITTLE)
    assert long.answer == pytest.approx(patient.answer, rel=1e-3, abs=LITTLE)
    assert long.within(seconds) == pytest.approx(patient.within(seconds), abs=1e-4)
    assert long.abandoned < 1e-4


@given(st.floats(0.1, 60), st.integers(1, 60))
def test_no_patience_is_erlang_b(load: float, people: int) -> None:
    """Who does not find somebody free is gone."""
    found = Queue(load / 1e6, 1e6, people, 1e-3)
    assert found.abandoned == pytest.approx(1 / (1 + idle(load, people)), rel=1e-3, abs=1e-6)


def test_a_queue_that_grows_is_told_as_one() -> None:
    for queue in (Queue(1, 10, 10), Queue(1, 10, 9), Queue(1, 10, 0)):
        assert [queue.steady, queue.waiting, queue.answer, queue.within(1e9), queue.occupancy] == [False, 1, inf, 0, 1]
        assert [queue.model.served, queue.model.abandoned, queue.model.within(1e9)] == [0, 0, 0]
    nobody = Queue(1, 10, 0, 60)
    assert [nobody.abandoned, nobody.answer, nobody.within(1e9), nobody.model.served] == [1, inf, 0, 0]


def test_crowds_meet_the_formula_that_they_stand_for() -> None:
    """Where a sum can still be made, the law for many callers gives the same to a thousandth."""
    queue = Queue(2000, 1, 1000, 400.0)
    exact, crowd = queue.model, Crowd(400_000, 800_000, 400.0)
    assert isinstance(exact, Impatient)
    assert crowd.answer == pytest.approx(exact.answer, rel=1e-3)
    assert crowd.served == pytest.approx(exact.served, rel=1e-6)
    assert crowd.waiting == pytest.approx(exact.waiting, rel=1e-6)
    for seconds in (0.9 * exact.answer, exact.answer, 1.001 * exact.answer, 1.1 * exact.answer):
        assert crowd.within(seconds) == pytest.approx(exact.within(seconds), abs=1e-3)


def extremes() -> Iterator[Queue]:
    for load, people in product((0, 1e-300, 1e-9, 0.5, 1, 99.99, 1e5, 1e9, 1e30), (0, 1, 100, 100_000, 10**9)):
        for handle, patience in product((1, 3.15e9), (None, 1, 3600, 3.15e9)):
            yield Queue(load / handle, handle, people, patience)


def test_nothing_overflows_and_nothing_takes_long() -> None:
    for queue in extremes():
        begun = time.process_time()
        told = [queue.waiting, queue.abandoned, queue.occupancy, *(queue.within(seconds) for seconds in (0, 600, 1e9))]
        assert all(0 <= share <= 1 + LITTLE for share in told), queue
        assert queue.answer >= 0
        assert not isnan(queue.answer)
        assert time.process_time() - begun < 2, queue
    for queue, more in pairwise(Queue(1000, 3600, people) for people in range(3_600_001, 3_600_004)):
        assert more.within(60) >= queue.within(60)


# --- against a simulation ----------------------------------------------------------------------------------------------

RUNS, TICKETS = 10, 3600
SURE = 4.781  # Student's t for ten runs: one interval in a thousand misses


@dataclass(frozen=True)
class Seen:
    """What one run saw: the shares that waited, gave up, and were served within a time, and the mean wait of those served."""

    waiting: float
    abandoned: float
    within: float
    answer: float


def simulated(queue: Queue, seconds: float, seed: int) -> Seen:
    """One run, ticket by ticket; those at the beginning and at the end do not count."""
    gives_up = {"reneging_time_distributions": [ciw.dists.Exponential(1 / queue.patience)]} if queue.patience else {}
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(queue.arrivals)],
        service_distributions=[ciw.dists.Exponential(1 / queue.handle)],
        number_of_servers=[queue.people],
        **gives_up,
    )
    ciw.seed(seed)
    simulation, end = ciw.Simulation(network), TICKETS / queue.arrivals
    simulation.simulate_until_max_time(end)
    seen = [record for record in simulation.get_all_records() if 0.2 * end < record.arrival_date < 0.9 * end]
    served = [record.waiting_time for record in seen if record.record_type == "service"]
    left = len(seen) - len(served)
    waited = sum(wait > 0 for wait in served) + left
    return Seen(waited / len(seen), left / len(seen), sum(wait <= seconds for wait in served) / len(seen), mean(served))


CASES = [
    (Queue(0.5, 1, 1), 1.0),
    (Queue(0.8, 1, 1), 2.0),
    (Queue(1.5, 1, 2), 0.5),
    (Queue(4, 1, 5), 0.5),
    (Queue(13, 1, 17), 0.1),
    (Queue(0.8, 1, 1, 2), 0.5),
    (Queue(2.5, 1, 2, 1), 0.3),
    (Queue(5, 1, 5, 3), 0.2),
    (Queue(22, 1, 20, 0.5), 0.05),
    (Queue(40, 1, 42, 4), 0.02),
]


@pytest.mark.parametrize(
    ("queue", "seconds"), CASES, ids=lambda of: f"{of.load:g}-{of.people}-{of.patience}" if isinstance(of, Queue) else ""
)
def test_a_simulation_sees_the_same(queue: Queue, seconds: float) -> None:
    runs = [simulated(queue, seconds, seed) for seed in range(RUNS)]
    for name, told in (
        ("waiting", queue.waiting),
        ("abandoned", queue.abandoned),
        ("within", queue.within(seconds)),
        ("answer", queue.answer),
    ):
        seen = [getattr(run, name) for run in runs]
        doubt = SURE * stdev(seen) / sqrt(RUNS)
        assert doubt < max(0.05, 0.35 * told), f"{name}: too few tickets to tell"
        assert told == pytest.approx(mean(seen), abs=doubt + LITTLE), name
