"""What a repair comes to, as it is told: what is wrong, what to buy, what each option closes, what proves it, what remains."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction
from typing import Any

from slachain.analysis.amounts import AmountVerdict
from slachain.analysis.routes import hand_over_time
from slachain.analysis.verdicts import TOLERATED, UNSUPPORTED, Verdict
from slachain.checks.wording import possible, promised, when
from slachain.checks.wording_amounts import amount_possible, amount_promised
from slachain.decisions.conflicts import Conflict
from slachain.decisions.impasse import Stuck
from slachain.decisions.money_at_risk import Sum, sum_of
from slachain.decisions.options import Priced, member_at, target_at
from slachain.decisions.purchase import AtRisk
from slachain.decisions.repair import Answer, Repairer
from slachain.decisions.trials import Chosen, Key, Row
from slachain.language.describe import name_calendar
from slachain.language.model import (
    ANY,
    Alteration,
    AmountTarget,
    TimePromise,
    TimeTarget,
    Written,
)
from slachain.language.scalars import write_percentage
from slachain.language.values import dataclass


@dataclass(frozen=True, slots=True)
class PromiseState:
    """A promise and how it stands: in a sentence, and with the ticket that shows it."""

    name: str
    agreement: str
    metric: str
    priority: str
    alternative: int | None
    verdict: str
    cause: str | None
    says: str
    ticket: str


@dataclass(frozen=True, slots=True)
class Changed:
    """One clause, as it is and as it is to be (`before` None: it is not written yet)."""

    field: str
    before: str | None
    after: str


@dataclass(frozen=True, slots=True)
class Bought:
    """An option to buy, the promises that would not be kept without it, and the money that would be at risk again in a month."""

    option: str
    agreement: str
    id: str
    cost: Sum
    changes: tuple[Changed, ...]
    closes: tuple[str, ...]
    saves: Sum | None


@dataclass(frozen=True, slots=True)
class Need:
    """A conflict: what it is about, and of which options one has to be bought, or all together so much, or one left."""

    about: str
    one_of: tuple[str, ...]
    or_without: tuple[str, ...]
    together: bool


@dataclass(frozen=True, slots=True)
class Impasse:
    """Promises that nothing keeps together, each as it stands at best, and what is enough to see it."""

    promises: tuple[PromiseState, ...]
    with_options: tuple[str, ...]
    needs: tuple[Need, ...]
    exclusions: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Repair:
    """The whole answer. `least` names what nothing comes below: the cost, the promises left broken, or the money left at risk.

    `tolerated` are promises that are kept without holding.
    """

    as_of: date
    promises: int
    only: tuple[str, ...]
    broken: tuple[PromiseState, ...]
    budget: Sum | None
    offered: int
    possible: bool
    cost: Sum | None
    options: tuple[Bought, ...]
    risk_before: Sum | None
    risk_after: Sum | None
    least: str | None
    proof: tuple[Need, ...]
    remains: tuple[PromiseState, ...]
    tolerated: tuple[str, ...]
    others: tuple[str, ...]
    impasses: tuple[Impasse, ...]


def repair_line(repairer: Repairer, answer: Answer) -> Repair:
    """An answer in words."""
    return Teller(repairer).repair(answer)


@dataclass(frozen=True)
class Teller:
    """Tells what a repairer has found."""

    repairer: Repairer

    def repair(self, answer: Answer) -> Repair:
        """The whole answer."""
        repairer, chosen = self.repairer, answer.chosen
        bought = sorted(chosen or (), key=lambda number: repairer.priced[number].key)
        remains = [row for row in repairer.broken if chosen is not None and not self._mended(row, chosen)]
        money = repairer.budget is not None and bool(repairer.paying)
        return Repair(
            as_of=repairer.study.as_of,
            promises=sum(repairer.asked(row) for row in repairer.today),
            only=repairer.only,
            broken=tuple(self.state(row.key, frozenset()) for row in repairer.broken),
            budget=self.money(repairer.month) if repairer.budget else None,
            offered=len(repairer.candidates),
            possible=chosen is not None,
            cost=None if chosen is None else self.money(sum((repairer.priced[number].cost for number in chosen), Fraction(0))),
            options=tuple(self.bought(number, chosen or frozenset()) for number in bought),
            risk_before=self.risk(frozenset()) if money else None,
            risk_after=self.risk(chosen) if money and chosen is not None else None,
            least=answer.aim,
            proof=tuple(map(self.need, answer.proof)),
            remains=tuple(self.state(row.key, chosen or frozenset()) for row in remains),
            tolerated=tuple(self.tolerated(chosen or frozenset())),
            others=tuple(name_of(row.key) for row in sorted(repairer.today, key=lambda row: row.key) if self._other(row, chosen)),
            impasses=tuple(map(self.impasse, answer.stuck)),
        )

    def _mended(self, row: Row, chosen: Chosen) -> bool:
        return all(self.repairer.trials.kept(other, chosen) for other in (row, *self.repairer.made_of([row])))

    def _other(self, row: Row, chosen: Chosen | None) -> bool:
        return not self.repairer.asked(row) and not self.repairer.trials.kept(row, chosen or frozenset())

    def tolerated(self, chosen: Chosen) -> Iterator[str]:
        """The promises asked about that are kept without holding: late at some instants, for no more tickets than they allow."""
        for row in sorted(filter(self.repairer.asked, self.repairer.today), key=lambda row: row.key):
            verdict = self.repairer.trials.verdict(row.key, chosen)
            if verdict is not None and verdict.verdict == TOLERATED and self._mended(row, chosen):
                yield name_of(row.key)

    # --- money ----------------------------------------------------------------------------------------------------

    def money(self, amount: Fraction) -> Sum:
        """An amount a month."""
        told = sum_of(amount, self.repairer.currency)
        return Sum(f"{told.text}/month", amount, told.currency) if told.currency else Sum("nothing", amount, "")

    def risk(self, chosen: Chosen) -> Sum:
        """The money expected to be paid back in a month with these options."""
        hundredths = sum(self.repairer.trials.at_risk(id, chosen) for id in self.repairer.paying)
        return sum_of(Fraction(hundredths, 100), self.repairer.fee_currency)

    # --- options --------------------------------------------------------------------------------------------------

    def bought(self, number: int, chosen: Chosen) -> Bought:
        """One option of a set."""
        priced, repairer, without = self.repairer.priced[number], self.repairer, chosen - {number}
        rows = (row for row in repairer.rows.values() if number in repairer.stakes[row].parts and repairer.trials.kept(row, chosen))
        lost = sorted(row.key for row in rows if not repairer.trials.kept(row, without))
        saved = self.risk(without).value - self.risk(chosen).value if repairer.budget and repairer.paying else Fraction(0)
        return Bought(
            option=priced.name,
            agreement=priced.agreement,
            id=priced.option.id.value,
            cost=self.money(priced.cost),
            changes=tuple(change for alteration in priced.option.changes for change in self.changed(priced, alteration)),
            closes=tuple(map(name_of, lost)),
            saves=sum_of(saved, repairer.fee_currency) if saved > 0 else None,
        )

    def changed(self, priced: Priced, alteration: Alteration) -> Iterator[Changed]:
        """What an option changes, clause by clause, beside what stands there today."""
        field, value = alteration.field.text, alteration.value
        before = self.before(priced.agreement, alteration)
        if isinstance(value, Written):
            yield Changed(field, before, value.text)
        else:
            one = value.alternatives[0] if isinstance(value, TimePromise) else value
            yield Changed(field, before, describe_target(one))

    def before(self, agreement: str, alteration: Alteration) -> str | None:
        """What is written today where an option is to change it; None for nothing."""
        found, path = self.repairer.study.catalogue.agreements[agreement], alteration.field.value
        if path == ("calendar",):
            return name_calendar(found.calendar.value, self.repairer.study.catalogue.calendars)
        if path[0] == "targets":
            target = target_at(found, path)
            if target is None:
                return None
            one = target.alternatives[int(path[3]) if len(path) == 5 else 0] if isinstance(target, TimePromise) else target
            if len(path) == 3:
                return describe_target(one)
            part = one.bound if isinstance(one, AmountTarget) and path[-1] != "calendar" else getattr(one, str(path[-1]))
            return part.text if part else None
        if path[-1] == "share":
            share = found.relies_on[int(path[1])].share
            return share.text if share else None
        member, priority = member_at(found, path), str(path[-1])
        after = (member.after or {}).get(ANY) if priority == ANY else hand_over_time(member, priority)
        return after.text if after else None

    # --- promises and conflicts -----------------------------------------------------------------------------------

    def state(self, key: Key, chosen: Chosen) -> PromiseState:
        """A promise with some options bought."""
        verdict = self.repairer.trials.verdict(key, chosen)
        study = self.repairer.trials.study_with(chosen)
        told, cause, says, ticket = "gap", None, "its shares are more than all tickets, or its amounts not alike", ""
        if isinstance(verdict, Verdict):
            told, cause, says, ticket = verdict.verdict, verdict.cause, says_time(verdict, promised(study, verdict)), when(study, verdict)
        elif isinstance(verdict, AmountVerdict):
            told, cause, says = verdict.verdict, verdict.cause, f"{amount_promised(study, verdict)}, {amount_possible(verdict)} possible"
        if told == UNSUPPORTED:
            says = "it relies on nothing"
        number = None if key[3] < 0 else key[3]
        return PromiseState(name_of(key), *key[:3], number, told, cause, says, "" if cause == "attainment" else ticket)

    def need(self, conflict: Conflict) -> Need:
        """A conflict in the names of options."""
        condition, goal = conflict.condition, conflict.condition.goal
        about = "" if isinstance(conflict.about, str) else name_of(conflict.about.key)
        if isinstance(goal, AtRisk):
            level = sum_of(Fraction(goal.level, 100), self.repairer.fee_currency)
            about = f"less than {level.text} at risk for {goal.agreement}"
        return Need(about, self.names(condition.take), self.names(condition.leave), bool(condition.parts))

    def names(self, numbers: Iterable[int]) -> tuple[str, ...]:
        """Options by name."""
        return tuple(sorted(self.repairer.priced[number].name for number in numbers))

    def impasse(self, stuck: Stuck) -> Impasse:
        """Why nothing is enough; each promise at the best that a conflict shows of it."""
        shown = {conflict.about: conflict.shown for conflict in stuck.conflicts}
        states = tuple(self.state(row.key, shown.get(row, frozenset())) for row in stuck.rows)
        alone = stuck.conflicts[0].shown if len(stuck.conflicts) == 1 and not stuck.conflicts[0].condition.take else frozenset()
        return Impasse(states, self.names(alone), tuple(map(self.need, stuck.conflicts)), tuple(map(self.names, stuck.groups)))


def name_of(key: Key) -> str:
    """`acme resolution P1`, with the alternative's number where there are several."""
    return " ".join(key[:3]) + ("" if key[3] < 0 else f" #{key[3] + 1}")


def says_time(verdict: Verdict, promise: str) -> str:
    """What is promised and what is possible, in time or in tickets."""
    if verdict.cause == "attainment" and verdict.assured is not None:
        return f"{write_percentage(verdict.promise.target.share)} of the tickets promised, {write_percentage(verdict.assured)} assured"
    return f"{promise}, {possible(verdict)} possible"


def describe_target(one: TimeTarget | AmountTarget) -> str:
    """A whole target as it is written."""
    first = "within" if isinstance(one, TimeTarget) else one.direction
    bound: Written[Any] = one.within if isinstance(one, TimeTarget) else one.bound
    parts = ((part, getattr(one, part, None)) for part in ("per", "calendar", "attainment", "warn", "opened_in"))
    more = [f"{part}: {written.text or '…'}" for part, written in parts if written]
    return f"{{{', '.join([f'{first}: {bound.text}', *more])}}}" if more else bound.text
