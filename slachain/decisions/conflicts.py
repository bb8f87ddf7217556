"""What a failure teaches: the few options of which one must be bought, or left, before a promise can be kept.

A promise that fails with some options fails with all sets that are no better for it. So a failing set is made as good as it can
be while it still fails, option by option; what could not be taken without the promise being kept is the conflict. Of an option
that may do either, both are tried; it is left out of the conflict if the promise fails both ways.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from slachain.decisions.hitting_set import Condition, Goal
from slachain.decisions.influence import Effect, Influence
from slachain.decisions.options import Priced
from slachain.decisions.trials import Chosen, Row
from slachain.language.values import dataclass

MOST_TRIED = 16  # sets at once: each option that may do either doubles them
Fails = Callable[[Chosen], bool]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A condition, the promise or the agreement's money that sets it, and the best of the sets that still fail."""

    condition: Condition
    about: Row | str
    shown: Chosen


@dataclass(frozen=True)
class Stake:
    """A promise, or several that an agreement's money depends on, and what each option may do to all of them."""

    influences: tuple[Influence, ...]
    priced: Mapping[int, Priced]
    effects: Mapping[int, Effect]

    @classmethod
    def of(cls, influences: Iterable[Influence], numbers: Mapping[str, int], priced: Mapping[int, Priced]) -> Stake:
        """The stake of some promises, with the options that have a part in any of them by number."""
        these = tuple(influences)
        effects: dict[int, Effect] = {}
        for influence in these:
            for option in influence.parts():
                number, effect = numbers[option.name], influence.effect(option)
                if effect is not None:
                    effects[number] = _both(effects[number], effect) if number in effects else effect
        return cls(these, priced, effects)

    @property
    def parts(self) -> Chosen:
        """The options that have a part in it."""
        return frozenset(self.effects)

    def blind(self) -> Stake:
        """The same where nothing is taken for granted of any option."""
        return Stake(self.influences, self.priced, dict.fromkeys(self.effects, Effect.EITHER))

    def surpasses(self, one: int, other: int) -> bool:
        """Whether an option does all of them at least as much good as another on the same clause."""
        if {self.effects[one], self.effects[other]} - {Effect.HELPS, Effect.SAME}:
            return False
        return all(influence.surpasses(self.priced[one], self.priced[other]) for influence in self.influences)


def _both(one: Effect, other: Effect) -> Effect:
    found = {one, other} - {Effect.SAME}
    return found.pop() if len(found) == 1 else Effect.EITHER if found else Effect.SAME


@dataclass(frozen=True)
class Lesson:
    """One failing set made as good as it can be; `rivals` are the options on the same clause as another."""

    stake: Stake
    rivals: Mapping[int, Chosen]
    start: Chosen
    fails: Fails

    def learn(self, about: Row | str, goal: Goal | None) -> Conflict:
        """The conflict: all options that are not left out of it, on the side on which they are."""
        sets = [self.start]
        held: set[int] = set()
        for number in self.order():
            better = self.without(number, sets)
            if better is None:
                held.add(number)
            else:
                sets = better
        take, leave = frozenset(held) - self.start, frozenset(held) & self.start
        return Conflict(Condition(goal, take, leave), about, max(sets, key=lambda chosen: (len(chosen), sorted(chosen))))

    def order(self) -> list[int]:
        """First what is bought: of two on the same clause it is settled whether that one may be left before the other is asked about.

        Then those that may do either; then the cheapest first, so that a conflict is left with what is dear.
        """
        effects, priced = self.stake.effects, self.stake.priced
        return sorted(effects, key=lambda n: (n not in self.start, effects[n] is not Effect.EITHER, priced[n].cost, priced[n].key))

    def without(self, number: int, sets: list[Chosen]) -> list[Chosen] | None:
        """Failing sets of which one is at least as good as any set that differs in this option too; None where there are none."""
        effect, taken = self.stake.effects[number], number in self.start
        if effect is Effect.SAME or effect is (Effect.HELPS if taken else Effect.HURTS):
            return sets
        found: dict[Chosen, None] = {}
        for chosen in sets:
            better = self.turned(number, effect, chosen)
            if better is None or len(found) + len(better) > MOST_TRIED:
                return None
            found.update(dict.fromkeys(better))
        return list(found)

    def turned(self, number: int, effect: Effect, chosen: Chosen) -> list[Chosen] | None:
        """One set with the option turned: taken, or left. None where the promise would be kept."""
        if number in chosen:
            turned = chosen - {number}
        else:
            rivals = self.rivals.get(number, frozenset()) & chosen
            if any(self.stake.effects[rival] in (Effect.EITHER, Effect.HURTS) for rival in rivals):
                return [chosen]  # whatever is no better than this very set has the rival, and so not the option
            if any(self.stake.surpasses(rival, number) for rival in rivals):
                return [chosen]
            if not all(self.stake.surpasses(number, rival) for rival in rivals):
                return None
            turned = chosen - rivals | {number}
        if not self.fails(turned):
            return None
        return [chosen, turned] if effect is Effect.EITHER else [turned]
