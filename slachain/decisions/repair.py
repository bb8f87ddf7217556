"""The cheapest way to keep the promises: which of the priced options to buy, and why nothing less will do.

A promise is kept when it holds. One that is tolerated, or broken, today may also come to be tolerated; one that holds today has
to hold. Nothing that is kept today may be broken by what is bought, whoever is asked about.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import cached_property

from slachain.analysis.amounts import AmountVerdict
from slachain.analysis.money import monthly
from slachain.analysis.promises import expired
from slachain.analysis.verdicts import Verdict
from slachain.decisions.conflicts import Conflict, Stake
from slachain.decisions.impasse import Stuck, all_stuck
from slachain.decisions.influence import Influence
from slachain.decisions.options import (
    Priced,
    excluded_pairs,
    priced_options,
    same_clause,
    with_options,
)
from slachain.decisions.purchase import Learned, Purchase
from slachain.decisions.trials import Chosen, Key, Row, Trials, holds, paying, rows_of
from slachain.language.model import ANY, Agreement
from slachain.language.scalars import Money
from slachain.language.shapes import nearest
from slachain.language.values import dataclass, field
from slachain.study import Study

MOST_OPTIONS = 1000  # whose exclusions are compared pair by pair


class CannotRepair(Exception):
    """The question cannot be asked as it is; the message is for the user."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What to buy (None: nothing is enough), how far that was asked for by which measure, and what proves it."""

    chosen: Chosen | None
    aim: str | None = None
    proof: tuple[Conflict, ...] = ()
    stuck: tuple[Stuck, ...] = ()


@dataclass()
class Repairer:
    """A catalogue on a day, the promises that are asked about (all of them, or those of `only`), and the options there are."""

    study: Study
    only: tuple[str, ...] = ()
    budget: Money | None = None
    rows: dict[Key, Row] = field(default_factory=dict)  # today's, and those that some option would make
    priced: tuple[Priced, ...] = ()

    def __post_init__(self) -> None:
        self.priced = priced_options(self.study.catalogue)
        verdicts: list[Verdict | AmountVerdict] = [*self.study.verdicts, *self.study.amount_verdicts]
        for verdict in verdicts:
            self.rows[verdict.promise.key] = Row(verdict.promise.key, not holds(verdict))
        self.today = frozenset(self.rows.values())
        for key in self._new_keys():
            answering = self.rows.get(_for_any(key))
            self.rows.setdefault(key, Row(key, answering is None or answering.tolerated))

    def _new_keys(self) -> Iterable[Key]:
        """The promises that an option would add: of a priority that so far has none of its own, or of another metric."""
        for priced in self.priced:
            agreement = self.study.catalogue.agreements[priced.agreement]
            if agreement.promises and not expired(agreement, self.study.as_of):
                changed = with_options(agreement, [priced.option])
                metrics = [self.study.catalogue.metrics[id] for id in changed.targets]
                yield from (promise.key for metric in metrics for promise in rows_of(changed, metric))

    # --- what there is --------------------------------------------------------------------------------------------

    @cached_property
    def trials(self) -> Trials:
        """Who judges."""
        return Trials(self.study, self.priced)

    def asked(self, row: Row) -> bool:
        """Whether a promise is one of those that are asked about."""
        return not self.only or row.key[0] in self.only

    @cached_property
    def broken(self) -> tuple[Row, ...]:
        """The promises asked about that are not kept today."""
        return tuple(row for row in sorted(self.today, key=lambda row: row.key) if self.asked(row) and row in self._failing)

    @cached_property
    def _failing(self) -> frozenset[Row | None]:
        """The promises that are not kept today, whoever asks."""
        return frozenset(row for row in self.today if not self.trials.kept(row, frozenset()))

    @cached_property
    def influences(self) -> dict[Row, Influence]:
        """What options may do, by promise."""
        by_agreement: dict[str, tuple[Priced, ...]] = {}
        for priced in self.priced:
            by_agreement[priced.agreement] = (*by_agreement.get(priced.agreement, ()), priced)
        return {row: Influence(self.study, by_agreement, row.key) for row in self.rows.values()}

    @cached_property
    def stakes(self) -> dict[Row | str, Stake]:
        """The same by number; by agreement for its money."""
        numbers = {priced.name: number for number, priced in enumerate(self.priced)}
        known = dict(enumerate(self.priced))
        found: dict[Row | str, Stake] = {row: Stake.of([influence], numbers, known) for row, influence in self.influences.items()}
        for id in self.paying:
            mine = [self.influences[row] for row in self.rows.values() if row.key[0] == id and self._pays(row)]
            found[id] = Stake.of(mine, numbers, known)
        for about, stake in found.items():
            self.trials.parts[about] = stake.parts
            if isinstance(about, Row):
                self.trials.parts["verdict", about.key] = stake.parts
        return found

    @cached_property
    def paying(self) -> tuple[str, ...]:
        """The agreements asked about of which money is expected to be paid back."""
        agreements = self.study.catalogue.agreements
        return tuple(id for id in sorted({row.key[0] for row in self.today if self.asked(row)}) if any(paying(self.study, agreements[id])))

    def _pays(self, row: Row) -> bool:
        agreement: Agreement = self.study.catalogue.agreements[row.key[0]]
        return bool(agreement.credits and agreement.credits.bands.get(row.key[1]))

    @cached_property
    def candidates(self) -> dict[int, Priced]:
        """The options that may be worth buying: those with a part in what is broken, and in what else these have a part in."""
        money = [id for id in self.paying if self.budget and self.trials.at_risk(id, frozenset())]
        asked: list[Row | str] = [*self.broken, *money]
        found = {number for about in asked for number in self.stakes[about].effects}
        grown = True
        while grown:
            touched = [self.stakes[row].parts for row in self.rows.values() if found & self.stakes[row].parts]
            wider = found.union(*touched)
            grown, found = len(wider) > len(found), wider
        return {number: self.priced[number] for number in sorted(found)}

    @cached_property
    def currency(self) -> str:
        """What everything is paid in. Raises `CannotRepair` where that is more than one currency."""
        first: dict[str, str] = {}
        for priced in self.candidates.values():
            first.setdefault(priced.currency, f"{priced.name} ({priced.option.cost.at}) costs {priced.currency}")
        if self.budget:
            first.setdefault(self.budget.currency, f"the budget is in {self.budget.currency}")
        if len(first) > 1:
            raise CannotRepair(f"costs in several currencies cannot be added up: {', '.join(first.values())}")
        return next(iter(first), "")

    @cached_property
    def fee_currency(self) -> str:
        """What the money at risk is told in. Raises `CannotRepair` where that is more than one currency."""
        fees = {fee.value.currency for id in self.paying if (fee := self.study.catalogue.agreements[id].fee)}
        if len(fees) > 1:
            raise CannotRepair(f"money is at risk in {' and in '.join(sorted(fees))}: name agreements of one currency with --only")
        return next(iter(fees), "")

    @property
    def month(self) -> Fraction:
        """The budget of a month."""
        return monthly(self.budget) if self.budget else Fraction(0)

    # --- the answer -----------------------------------------------------------------------------------------------

    @cached_property
    def clauses(self) -> tuple[Chosen, ...]:
        """Sets of candidates on the same clause."""
        return tuple(same_clause(self.candidates))

    @cached_property
    def learned(self) -> Learned:
        """What every question about this catalogue has taught."""
        rivals: dict[int, Chosen] = {}
        for group in self.clauses:
            rivals.update({number: rivals.get(number, frozenset()) | group - {number} for number in group})
        return Learned(self.trials, self.stakes, rivals)

    def purchase(self, needed: Iterable[Row]) -> Purchase:
        """A purchase among the candidates after which promises are kept."""
        groups = (*self.clauses, *excluded_pairs(self.candidates))
        return Purchase(self.learned, self.candidates, groups, tuple(needed))

    def touched(self, row: Row) -> bool:
        """Whether any candidate has a part in a promise."""
        return not self.stakes[row].parts.isdisjoint(self.candidates)

    def goes_on(self) -> list[Row]:
        """What is kept today, or would be made, and has to be kept whatever is bought."""
        return [
            row for row in self.rows.values() if row not in self.broken and self.touched(row) and self._answering(row) not in self._failing
        ]

    def _answering(self, row: Row) -> Row | None:
        """The promise of today that a row is, or that answers today for the priority that it would be made for."""
        return row if row in self.today else self.rows.get(_for_any(row.key))

    def answer(self) -> Answer:
        """What to buy so that all promises are kept, or as much as the budget allows. Raises `CannotRepair`, `Unproven`."""
        self.check()
        return self.within_budget() if self.budget else self.in_full()

    def check(self) -> None:
        """Refuse a question that has no answer."""
        known = self.study.catalogue.agreements
        for id in self.only:
            if id not in known:
                raise CannotRepair(f"there is no agreement {id}{nearest(id, known)}")
            if not any(row.key[0] == id for row in self.today):
                raise CannotRepair(f"{id} has no promise that is judged on {self.study.as_of}")
        if len(self.candidates) > MOST_OPTIONS:
            raise CannotRepair(f"more than {MOST_OPTIONS} options at once are not compared: name agreements with --only")
        _ = self.currency, self.budget and self.fee_currency

    def in_full(self) -> Answer:
        """The cheapest set after which every promise asked about is kept."""
        needed = [*self.broken, *self.made_of(self.broken), *self.goes_on()]
        purchase = self.purchase(needed)
        chosen = purchase.best(Purchase.cost, Purchase.number)
        if chosen is None:
            return Answer(None, stuck=tuple(all_stuck(purchase)))
        return Answer(chosen, "cost", purchase.proof(0)) if purchase.kept_to[0][1] else Answer(chosen)

    def within_budget(self) -> Answer:
        """The set within the budget that leaves least money at risk, then fewest promises broken, at the least cost."""
        purchase = self.purchase(self.goes_on())
        purchase.wanted = {row: row.key for row in self.broken} | {row: _for_any(row.key) for row in self.made_of(self.broken)}
        purchase.agreements = tuple(id for id in self.paying if not self.stakes[id].parts.isdisjoint(self.candidates))
        purchase.budget = self.month
        chosen = purchase.best(Purchase.at_risk, Purchase.broken, Purchase.cost, Purchase.number)
        assert chosen is not None  # to buy nothing breaks nothing
        aims = ("at risk", "broken", "cost")
        index = next((index for index, (_, value) in enumerate(purchase.kept_to[:3]) if value), None)
        return Answer(chosen, None if index is None else aims[index], () if index is None else purchase.proof(index))

    def made_of(self, rows: Iterable[Row]) -> list[Row]:
        """The promises that options would make in the place of others, for some of their priorities."""
        these = set(rows)
        return [row for row in self.rows.values() if row not in self.today and self._answering(row) in these]


def _for_any(key: Key) -> Key:
    """The promise for every priority that answers where there is none for one."""
    return key[0], key[1], ANY, key[3]
