"""The best set of options, by a programme that proposes and a judge that refuses until a proposal stands.

Each proposal is the best that all conflicts known so far allow; each is judged exactly; what it breaks teaches new conflicts.
What stands at last is therefore no worse than any other set. Several measures are asked for one after the other, each without
giving up anything of those before: the money left at risk, the promises left broken, the cost, how many options, their names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from math import gcd, lcm

from slachain.decisions.conflicts import Conflict, Lesson, Stake
from slachain.decisions.hitting_set import Choice, Condition, Goal, Master, Measure
from slachain.decisions.options import Priced
from slachain.decisions.sums import sum_broken_by
from slachain.decisions.trials import Chosen, Key, Row, Standing, Trials
from slachain.language.values import dataclass, field, replace

FEW = 6  # options: so many are tried one by one


@dataclass(frozen=True, slots=True)
class Broken:
    """The goal that a promise is kept, of one that need not be."""

    key: Key


@dataclass(frozen=True, slots=True)
class AtRisk:
    """The goal that less than so much of an agreement's money is at risk, in hundredths."""

    agreement: str
    level: int


@dataclass()
class Learned:
    """Every conflict learned so far, whoever asked, and the promises and agreements that they are about."""

    trials: Trials
    stakes: Mapping[Row | str, Stake]
    rivals: Mapping[int, Chosen]
    conflicts: dict[tuple[Row | str, Condition], Conflict] = field(default_factory=dict)

    def of_promise(self, row: Row, goal: Goal | None, chosen: Chosen) -> Conflict:
        """Why a promise is not kept: by a sum, where many options add up and conflicts would be legion, else by a conflict."""
        stake, start = self.stakes[row], chosen & self.stakes[row].parts
        total = sum_broken_by(self.trials, stake, row, start, goal) if len(stake.parts) > FEW else None
        return self.keep(Conflict(total, row, start)) if total else self.by_sets(row, goal, start)

    def by_sets(self, row: Row, goal: Goal | None, start: Chosen) -> Conflict:
        """Why a promise is not kept, by trying what may be bought besides."""
        stake = self.stakes[row]
        if self.trials.standing(row, start) is Standing.EQUAL:
            lesson = Lesson(stake.blind(), self.rivals, start, lambda options: not self.trials.kept(row, options))
        else:
            lesson = Lesson(stake, self.rivals, start, lambda options: self.trials.standing(row, options) is Standing.SHORT)
        return self.keep(lesson.learn(row, goal))

    def of_money(self, agreement: str, chosen: Chosen) -> Conflict:
        """Why so much of an agreement's money is at risk."""
        start = chosen & self.stakes[agreement].parts
        level = self.trials.at_risk(agreement, start)
        lesson = Lesson(self.stakes[agreement], self.rivals, start, lambda options: self.trials.at_risk(agreement, options) >= level)
        return self.keep(lesson.learn(agreement, AtRisk(agreement, level)))

    def keep(self, conflict: Conflict) -> Conflict:
        """The conflict, which is new: otherwise no proposal would have broken it."""
        self.conflicts.setdefault((conflict.about, conflict.condition), conflict)
        return conflict


@dataclass()
class Purchase:
    """What is to be bought of these options, so that some promises are kept (`needed`), and others if possible (`wanted`)."""

    learned: Learned
    priced: Mapping[int, Priced]
    groups: tuple[Chosen, ...]  # of each at most one
    needed: tuple[Row, ...]
    wanted: Mapping[Row, Key] = field(default_factory=dict)  # each with the promise that is mended with it
    agreements: tuple[str, ...] = ()  # whose money counts
    budget: Fraction | None = None
    kept_to: list[tuple[Aim, int]] = field(default_factory=list)
    fixed: dict[int, bool] = field(default_factory=dict)

    @property
    def trials(self) -> Trials:
        """Who judges."""
        return self.learned.trials

    # --- what is measured -----------------------------------------------------------------------------------------

    def cost(self) -> Measure:
        """The cost of a set."""
        return Measure({number: int(one.cost / self.unit) for number, one in self.priced.items()})

    @property
    def unit(self) -> Fraction:
        """The greatest amount of which every cost is a multiple."""
        costs = [one.cost for one in self.priced.values()]
        below = lcm(*(cost.denominator for cost in costs))
        return Fraction(gcd(*(int(cost * below) for cost in costs)) or 1, below)

    def number(self) -> Measure:
        """How many options a set has."""
        return Measure(dict.fromkeys(self.priced, 1))

    def broken(self) -> Measure:
        """How many of the promises that are wanted stay broken."""
        return Measure({}, {Broken(key): 1 for key in sorted(set(self.wanted.values()))})

    def at_risk(self) -> Measure:
        """The money left at risk, as far as the conflicts tell: for each level that is not come below, what lies under it."""
        steps: dict[Goal, int] = {}
        for agreement in self.agreements:
            below = 0
            for level in self.levels(agreement):
                steps[AtRisk(agreement, level)], below = level - below, level
        return Measure({}, steps)

    def levels(self, agreement: str) -> list[int]:
        """The levels that conflicts tell of, from below."""
        goals = (conflict.condition.goal for conflict in self.conflicts() if conflict.about == agreement)
        return sorted({goal.level for goal in goals if isinstance(goal, AtRisk)})

    def believed(self, agreement: str, choice: Choice) -> int:
        """The money of an agreement that is left at risk, as far as the conflicts tell."""
        return max((level for level in self.levels(agreement) if AtRisk(agreement, level) not in choice.reached), default=0)

    # --- the programme --------------------------------------------------------------------------------------------

    def conflicts(self) -> Iterator[Conflict]:
        """Those that concern this purchase."""
        concerned = {*self.needed, *self.wanted, *self.agreements}
        return (conflict for conflict in self.learned.conflicts.values() if conflict.about in concerned)

    def master(self) -> Master:
        """The programme with all that is known."""
        goals: dict[Goal, Goal | None] = {Broken(key): None for key in sorted(set(self.wanted.values()))}
        for agreement in self.agreements:
            above: Goal | None = None
            for level in reversed(self.levels(agreement)):
                goals[AtRisk(agreement, level)] = above
                above = AtRisk(agreement, level)
        limits = [(aim(self), most) for aim, most in self.kept_to]
        if self.budget is not None:
            limits.append((self.cost(), self.budget // self.unit))
        conditions = [conflict.condition for conflict in self.conflicts()]
        return Master(sorted(self.priced), self.groups, conditions, goals, limits, self.fixed)

    def refused(self, choice: Choice) -> bool:
        """Judge a proposal, and learn from all that it breaks. True if it breaks anything."""
        before = len(self.learned.conflicts)
        for row in self.needed:
            if not self.trials.kept(row, choice.options):
                self.learned.of_promise(row, None, choice.options)
        for row, key in self.wanted.items():
            if Broken(key) in choice.reached and not self.trials.kept(row, choice.options):
                self.learned.of_promise(row, Broken(key), choice.options)
        believed = {agreement: self.believed(agreement, choice) for agreement in self.agreements}
        for agreement, most in believed.items():
            if self.trials.at_risk(agreement, choice.options) > most:
                self.learned.of_money(agreement, choice.options)
        return len(self.learned.conflicts) > before

    def first_conflicts(self) -> None:
        """Learn from each promise and each agreement's money by itself, with more and more bought, before anything is proposed."""
        goals: dict[Row, Goal | None] = {**dict.fromkeys(self.needed), **{row: Broken(key) for row, key in self.wanted.items()}}
        for row, goal in goals.items():
            chosen: Chosen | None = frozenset()
            while chosen is not None and not self.trials.kept(row, chosen):
                chosen = self.more(self.learned.of_promise(row, goal, chosen), chosen)
        for agreement in self.agreements:
            chosen = frozenset()
            while chosen is not None and self.trials.at_risk(agreement, chosen):
                chosen = self.more(self.learned.of_money(agreement, chosen), chosen)

    def more(self, conflict: Conflict, chosen: Chosen) -> Chosen | None:
        """A set with as many options of a conflict as can be added, the cheapest first; None if it is the same."""
        found = set(chosen)
        for number in sorted(conflict.condition.take, key=lambda number: (self.priced[number].cost, number)):
            if not self.learned.rivals.get(number, frozenset()) & found:
                found.add(number)
        return frozenset(found) if len(found) > len(chosen) else None

    def least(self, aim: Aim) -> Choice | None:
        """A set that measures least of all that are judged good; None where there is none. Raises `Unproven`."""
        while (choice := self.master().least(aim(self))) is not None:
            if not self.refused(choice):
                return choice
        return None

    def possible(self) -> bool:
        """Whether any set keeps all that is needed."""
        return self.least(lambda _: Measure()) is not None

    def best(self, *aims: Aim) -> Chosen | None:
        """The set that measures least by the first aim, then by the second, and so on; of equal ones the first by name."""
        self.first_conflicts()
        found = Choice(frozenset())
        for aim in aims:
            least = self.least(aim)
            if least is None:
                return None
            found = least
            self.kept_to.append((aim, aim(self).of(found)))
        return self.first_by_name(found)

    def first_by_name(self, found: Choice) -> Chosen:
        """Of all sets that measure alike the one whose names come first."""
        for number in sorted(self.priced, key=lambda number: self.priced[number].key):
            if number not in found.options and any(number in conflict.condition.take for conflict in self.conflicts()):
                self.fixed[number] = True
                found = self.least(lambda _: Measure()) or found
            self.fixed[number] = number in found.options
        return found.options

    # --- the proof ------------------------------------------------------------------------------------------------

    def proof(self, index: int) -> tuple[Conflict, ...]:
        """Conflicts that are enough to prove that nothing measures less by an aim, none of them in vain."""
        aim, value = self.kept_to[index]
        pool = sorted(self.conflicts(), key=self._simplest_first)
        enough: list[Conflict] = []
        while (choice := self._known_only(enough, index).least_known(aim, value)) is not None:
            enough.append(next(c for c in pool if c not in enough and not c.condition.met(choice.options)))
        for conflict in tuple(enough):
            rest = [other for other in enough if other is not conflict]
            if self._known_only(rest, index).least_known(aim, value) is None:
                enough = rest
        return tuple(enough)

    def least_known(self, aim: Aim, value: int) -> Choice | None:
        """A set that measures less than so much by what is known, without a judge; None where there is none."""
        measure = aim(self)
        choice = self.master().least(measure)
        return choice if choice is not None and measure.of(choice) < value else None

    def _known_only(self, conflicts: Sequence[Conflict], index: int) -> Purchase:
        known = {(conflict.about, conflict.condition): conflict for conflict in conflicts}
        return replace(self, learned=replace(self.learned, conflicts=known), kept_to=self.kept_to[:index], fixed={})

    def _simplest_first(self, conflict: Conflict) -> tuple[int, str, list[int], list[int]]:
        take, leave = sorted(conflict.condition.take), sorted(conflict.condition.leave)
        about = conflict.about if isinstance(conflict.about, str) else " ".join(map(str, conflict.about.key))
        return len(take) + len(leave), about, take, leave


Aim = Callable[[Purchase], Measure]
