"""The cheapest choice that meets every condition known so far: a mixed-integer programme, solved to proven optimality.

A condition is a conflict: a set of options of which one must be taken, or one left. Which conflicts there are is learned one by
one from whoever judges a choice exactly: implicit hitting sets (Moreno-Centeno and Karp, "The implicit hitting set approach to
solve combinatorial optimization problems", Operations Research 61, 2013), which are logic-based Benders cuts (Hooker and
Ottosson, "Logic-based Benders decomposition", Mathematical Programming 96, 2003). All numbers here are integers, and whatever
the solver answers in floating point is added up again.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from math import inf
from typing import Any

from slachain.language.values import dataclass, field

Goal = Hashable  # anything but a whole number: those are the options
Row = tuple[dict[int, int], float, float]  # coefficients by column, and the bounds of their sum
LARGEST = 1 << 40  # of a sum: up to here the solver's arithmetic tells neighbouring integers apart
INFEASIBLE = 2  # the solver's status


class Unproven(Exception):
    """The solver could not prove its answer; the message is for the user."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One of some options is to be taken, or one of some left; else a goal is not reached (None: the choice is none).

    Where not one is enough by itself, each has a part in what is needed, and the parts of those taken add up.
    """

    goal: Goal | None
    take: frozenset[int]
    leave: frozenset[int] = frozenset()
    parts: tuple[tuple[int, int], ...] = ()
    needed: int = 1

    @property
    def weights(self) -> dict[int, int]:
        """The part of each option to be taken."""
        return dict(self.parts) or dict.fromkeys(self.take, 1)

    def met(self, chosen: frozenset[int]) -> bool:
        """Whether a choice meets it."""
        taken = sum(part for option, part in self.weights.items() if option in chosen)
        return taken >= self.needed or not self.leave <= chosen


@dataclass(frozen=True, slots=True)
class Measure:
    """What a choice costs: so much for each option that is taken, and for each goal that is not reached."""

    options: Mapping[int, int] = field(default_factory=dict)
    goals: Mapping[Goal, int] = field(default_factory=dict)

    def of(self, choice: Choice) -> int:
        """The sum, exact."""
        taken = sum(self.options.get(option, 0) for option in choice.options)
        return taken + sum(weight for goal, weight in self.goals.items() if goal not in choice.reached)


@dataclass(frozen=True, slots=True)
class Choice:
    """The options that are taken, and the goals that they reach as far as the conditions tell."""

    options: frozenset[int]
    reached: frozenset[Goal] = frozenset()


@dataclass()
class Master:
    """Options that exclude one another in groups, conditions on them, and what is asked of measures: at most so much."""

    options: Sequence[int]
    groups: Sequence[frozenset[int]] = ()
    conditions: list[Condition] = field(default_factory=list)
    goals: dict[Goal, Goal | None] = field(default_factory=dict)  # each with another that it needs
    limits: list[tuple[Measure, int]] = field(default_factory=list)
    fixed: dict[int, bool] = field(default_factory=dict)

    def least(self, measure: Measure) -> Choice | None:
        """A choice that measures least; None where there is no choice at all. Raises `Unproven`."""
        if not self.options:
            choice = self.choice(frozenset())
            return choice if self.allows(choice) else None
        found = self._solved(measure)
        if found.status == INFEASIBLE:
            return None
        if found.status != 0:
            raise Unproven(f"the optimiser gave up: {found.message}")
        choice = self.choice(frozenset(option for option, value in zip(self.options, found.x, strict=False) if value > 0.5))
        proven = found.mip_dual_bound + sum(measure.goals.values())
        if not self.allows(choice) or measure.of(choice) - proven >= 0.5:
            raise Unproven("the optimiser's arithmetic is not exact enough for these numbers: round the costs")
        return choice

    def choice(self, options: frozenset[int]) -> Choice:
        """A choice with every goal that no condition denies it."""
        denied = {condition.goal for condition in self.conditions if condition.goal is not None and not condition.met(options)}
        reached: set[Goal] = set()
        for goal in self.goals:
            chain = self._needs(goal)
            if denied.isdisjoint(chain):
                reached.add(goal)
        return Choice(options, frozenset(reached))

    def _needs(self, goal: Goal) -> list[Goal]:
        chain: list[Goal] = [goal]
        while (needed := self.goals[chain[-1]]) is not None:
            chain.append(needed)
        return chain

    def allows(self, choice: Choice) -> bool:
        """Whether a choice breaks nothing, added up exactly."""
        return (
            all(len(group & choice.options) <= 1 for group in self.groups)
            and all(condition.met(choice.options) for condition in self.conditions if condition.goal is None)
            and all(measure.of(choice) <= most for measure, most in self.limits)
            and all((option in choice.options) == taken for option, taken in self.fixed.items())
        )

    # --- as a programme -------------------------------------------------------------------------------------------

    def _solved(self, measure: Measure) -> Any:
        """What the solver says: one binary for each option, and one for each goal."""
        optimize = import_module("scipy.optimize")  # half a second, and needed by nobody else
        columns = self._columns()
        rows = [*self._rows(columns)]
        weights = self._weights(columns, measure)
        if sum(map(abs, weights)) > LARGEST:
            raise Unproven("the amounts are told too finely beside their size to be compared exactly: round them")
        lower = [1.0 if self.fixed.get(option) else 0.0 for option in self.options] + [0.0] * len(self.goals)
        upper = [1.0 if self.fixed.get(option, True) else 0.0 for option in self.options] + [1.0] * len(self.goals)
        return optimize.milp(
            weights,
            integrality=[1] * len(columns),
            bounds=optimize.Bounds(lower, upper),
            constraints=[optimize.LinearConstraint(*_matrix(rows, len(columns)))] if rows else [],
            options={"mip_rel_gap": 0.0},
        )

    def _columns(self) -> dict[Goal, int]:
        named: Iterable[Goal] = (*self.options, *self.goals)
        return {name: column for column, name in enumerate(named)}

    def _weights(self, columns: Mapping[Goal, int], measure: Measure) -> list[int]:
        weights = [0] * len(columns)
        for option, weight in measure.options.items():
            weights[columns[option]] += weight
        for goal, weight in measure.goals.items():
            weights[columns[goal]] -= weight
        return weights

    def _rows(self, columns: Mapping[Goal, int]) -> Iterator[Row]:
        for group in self.groups:
            yield {columns[option]: 1 for option in group}, -inf, 1
        for condition in self.conditions:
            needed = condition.needed
            signs = {columns[option]: part for option, part in condition.weights.items() if part}
            signs |= {columns[option]: -needed for option in condition.leave}
            if condition.goal is None:
                yield signs, needed - needed * len(condition.leave), inf
            else:
                yield signs | {columns[condition.goal]: -needed}, -needed * len(condition.leave), inf
        for goal, other in self.goals.items():
            if other is not None:
                yield {columns[goal]: 1, columns[other]: -1}, -inf, 0
        for measure, most in self.limits:
            weights = self._weights(columns, measure)
            yield {column: weight for column, weight in enumerate(weights) if weight}, -inf, most - sum(measure.goals.values())


def _matrix(rows: Sequence[Row], width: int) -> tuple[Any, list[float], list[float]]:
    """Rows as a sparse matrix with their bounds."""
    sparse = import_module("scipy.sparse")
    entries = [(number, column, sign) for number, (signs, _, _) in enumerate(rows) for column, sign in sorted(signs.items())]
    numbers, places, signs = zip(*entries, strict=True) if entries else ((), (), ())
    shape = (len(rows), width)
    return sparse.csr_array((signs, (numbers, places)), shape=shape), [lower for _, lower, _ in rows], [upper for _, _, upper in rows]
