"""A report put together from parts: what each file brings to it on which no other builds, and what all the others bring.

Most files of a large catalogue are customers' agreements that nobody relies on or extends: *leaves*. What is told of a leaf depends on
itself and on what it rests on, never on another leaf. It rests on the files that define more than agreements (calendars, metrics, plans,
policy, teams), on whatever it extends, relies on or names beside its options, and on what those rest on; where there are teams, whose
load all agreements bring, on every file that is no leaf. What is told of the other files depends on a leaf by its *front* alone: who
relies on what, for how long, for whom. So where leaves change and their fronts stay, the report changes in their parts alone, and those
are told by judging these leaves with the files that they rest on.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any

from slachain.analysis.graph import Graph
from slachain.analysis.money import AtRisk
from slachain.analysis.not_checked import NotChecked
from slachain.decisions.lines import where
from slachain.decisions.money_lines import of_all
from slachain.decisions.part import MOST_TOLD, Basis, Money, Part, Standing
from slachain.decisions.report import FindingLine, PromiseLine, Report
from slachain.decisions.reporting import report
from slachain.language.catalogue import Catalogue
from slachain.language.model import Agreement, Group, Route, Target, Written
from slachain.language.values import dataclass, field, replace
from slachain.study import Study

Leaf = tuple[Agreement, ...]
"""The agreements of one leaf, by id."""


def brought(study: Study, found: Report) -> tuple[Part, Mapping[str, Part]] | None:
    """The whole of a report, and what each file brings to it; None of one that cannot be kept: where a file could not be read, or most of it is broken."""
    told = _told(study, found)
    if told is None or not len(found.promises):
        return None
    ids: dict[str, list[str]] = defaultdict(list)
    for agreement in study.catalogue.agreements.values():
        ids[agreement.at.file].append(agreement.id)
    return told.whole(found), {file: told.part(of) for file, of in ids.items()}


def bases(study: Study) -> Mapping[str, Basis]:
    """All leaves, by their files: no verdict is asked for."""
    ground = Ground(study.catalogue, study.graph)
    return {file: ground.basis(leaf) for file, leaf in ground.leaves.items()}


def changed(were: Mapping[str, Standing], catalogue: Catalogue, as_of: date) -> Mapping[str, Standing] | None:
    """How some leaves stand after they changed, by their files.

    `catalogue` holds them as they are now, and every file that they rest on. None where more than their parts may have changed: then
    everything has to be judged.
    """
    study = Study.of(catalogue, as_of)
    ground = Ground(catalogue, study.graph)
    now = ground.leaves
    if not all(file in now and _same_front(ground, now[file], standing) for file, standing in were.items()):
        return None
    told = _told(study, report(study, for_terminal=True))
    if told is None:
        return None
    return {file: replace(standing, part=told.part(standing.basis.ids)) for file, standing in were.items()}


def _same_front(ground: Ground, leaf: Leaf, before: Standing) -> bool:
    return tuple(agreement.id for agreement in leaf) == before.basis.ids and ground.front(leaf) == before.basis.front


# --- what each agreement brings ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Told:
    """What is told of each agreement, by its id."""

    holding: Mapping[str, int]
    others: Mapping[str, list[PromiseLine]]
    findings: Mapping[str, list[FindingLine]]
    not_checked: Mapping[str, list[NotChecked]]
    money: Mapping[str, AtRisk]
    plain: dict[tuple[int, int], Part] = field(
        default_factory=dict
    )  # of agreements of which no more is told than how many hold, and a risk

    def whole(self, found: Report) -> Part:
        """What all of them bring together, of which the report tells most."""
        agreements = Counter(risk.currency for risk in self.money.values())
        telling = Counter(risk.currency for risk in self.money.values() if risk.expected is not None)
        money = [(currency := line.at_most.currency, Money.told(line, agreements[currency], telling[currency])) for line in found.money]
        others = tuple(line for lines in self.others.values() for line in lines)
        return Part(sum(self.holding.values()), others, found.findings, found.not_checked, tuple(money))

    def part(self, ids: Sequence[str]) -> Part:
        """What some of them bring together; most bring what others do."""
        if len(ids) > 1 or ids[0] in self.others or ids[0] in self.findings or ids[0] in self.not_checked:
            return self._part(ids)
        kind = self.holding.get(ids[0], 0), id(self.money.get(ids[0]))
        return self.plain.get(kind) or self.plain.setdefault(kind, self._part(ids))

    def _part(self, ids: Sequence[str]) -> Part:
        money: dict[str, Money] = {}
        for risk in (self.money[id] for id in ids if id in self.money):
            one = Money(1, risk.at_most, int(risk.expected is not None), risk.expected or Fraction(0))
            money[risk.currency] = money[risk.currency].plus(one) if risk.currency in money else one
        return Part(
            sum([self.holding.get(id, 0) for id in ids]),
            tuple(line for id in ids for line in self.others.get(id, ())),
            tuple(finding for id in ids for finding in self.findings.get(id, ())),
            tuple(one for id in ids for one in self.not_checked.get(id, ())),
            tuple(sorted(money.items())),
        )


def _told(study: Study, found: Report) -> _Told | None:
    """All that a report tells; None of one whose parts are not kept."""
    if found.unreadable or len(found.promises) - found.count("holds") > MOST_TOLD:
        return None
    held = {alike: sum(judged.verdict == "holds" for judged in study.all_verdicts.told(alike)) for alike in study.promised.sizes}
    holding = {agreement.id: held[alike] for agreement, alike in study.promised.promising}
    lines = where(found.promises, lambda judged: judged.verdict != "holds")
    return _Told(holding, _by_agreement(lines), _by_agreement(found.findings), _by_agreement(found.not_checked), study.once(of_all))


def _by_agreement(lines: Iterable[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for line in lines:
        found[line.agreement].append(line)
    return dict(found)


# --- leaves, their fronts, and what they rest on -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Ground:
    """The leaves of a catalogue, what they rest on, and what they show to others."""

    catalogue: Catalogue
    graph: Graph
    reached: dict[frozenset[str], frozenset[str]] = field(default_factory=dict)
    targeted: dict[int, Hashable] = field(default_factory=dict)  # by identity: what is handed down is one object for all who have it

    def named(self, agreement: Agreement) -> tuple[str, ...]:
        """The agreements that one names: those it relies on, and those with whose options its own cannot be bought."""
        relied_on = tuple(self.graph.relied_on[agreement.id])
        if not agreement.options:
            return relied_on
        excluded = (name.value for option in agreement.options for name in option.excludes)
        return (*relied_on, *(name.partition("/")[0] for name in excluded if "/" in name))

    @cached_property
    def leaves(self) -> Mapping[str, Leaf]:
        """The files that hold promising agreements alone, none of which another names, by the names to be shown."""
        agreements = self.catalogue.agreements.values()
        named = set(self.catalogue.lineage.extends.values()).union(*map(self.named, agreements))
        found: dict[str, list[Agreement]] = defaultdict(list)
        for agreement in agreements:
            found[agreement.at.file].append(agreement)
        return {
            file: tuple(written)
            for file, written in found.items()
            if file not in self.catalogue.common and all(a.promises and a.id not in named for a in written)
        }

    @cached_property
    def _of_leaves(self) -> frozenset[str]:
        return frozenset(agreement.id for leaf in self.leaves.values() for agreement in leaf)

    def basis(self, leaf: Leaf) -> Basis:
        """What is known of a leaf before it is judged."""
        return Basis(tuple([agreement.id for agreement in leaf]), self.front(leaf), self.under(leaf))

    def front(self, leaf: Leaf) -> Hashable:
        """All of a leaf that others can be told differently for: of equal fronts they are told the same.

        Demand counts where there are teams, whose load it brings; what it extends, since it rests on that.
        """
        return tuple([self._front(agreement) for agreement in leaf])

    def _front(self, agreement: Agreement) -> Hashable:
        term = agreement.term
        demand = [(priority, _text(tickets)) for priority, tickets in agreement.demand.items()] if self.catalogue.teams else ()
        return (
            self.catalogue.lineage.extends.get(agreement.id),
            agreement.kind.value,
            agreement.provider.value,
            agreement.customer.value,
            (_text(term.opens), _text(term.closes), _text(term.notice)),
            tuple([(_text(item.share), _route(item.route)) for item in agreement.relies_on]),
            self._targeted(agreement.targets),
            tuple(demand),
        )

    def _targeted(self, targets: Mapping[str, Mapping[str, Target]]) -> Hashable:
        """For which metrics and priorities there are targets."""
        if id(targets) not in self.targeted:
            self.targeted[id(targets)] = tuple([(metric, *of) for metric, of in targets.items()])
        return self.targeted[id(targets)]

    def under(self, leaf: Leaf) -> frozenset[str] | None:
        """The files that a leaf rests on, beside those that define more than agreements; None for all that are no leaves."""
        if self.catalogue.teams:
            return None
        extends = self.catalogue.lineage.extends
        start = frozenset([name for a in leaf for name in self.named(a)] + [extends[a.id] for a in leaf if a.id in extends])
        if start not in self.reached:
            self.reached[start] = self._files(start)
        return self.reached[start]

    def _files(self, start: frozenset[str]) -> frozenset[str]:
        written = self.catalogue.lineage.files
        found = set(todo := [*self._always, *start])
        while todo:
            new = self._beside[todo.pop()] - found
            found |= new
            todo += new
        return frozenset(written[id] for id in found if id in written)

    @cached_property
    def _always(self) -> frozenset[str]:
        """The agreements in files that every leaf is judged with."""
        return frozenset(a.id for a in self.catalogue.agreements.values() if a.at.file in self.catalogue.common)

    @cached_property
    def _beside(self) -> Mapping[str, set[str]]:
        """What each plan and agreement that is no leaf names, what it extends, what extends it, and what is written in the same file."""
        found: dict[str, set[str]] = defaultdict(set)
        by_file: dict[str, set[str]] = defaultdict(set)
        for agreement in self.catalogue.agreements.values():
            if agreement.id not in self._of_leaves:
                found[agreement.id].update(self.named(agreement))
                by_file[agreement.at.file].add(agreement.id)
        for id, parent in self.catalogue.lineage.extends.items():
            if id not in self._of_leaves:
                found[id].add(parent)
                found[parent].add(id)
        for ids in by_file.values():
            for id in ids:
                found[id] |= ids
        return found


def _route(route: Route) -> tuple[Any, ...]:
    if isinstance(route, Group):
        return (route.how, *map(_route, route.members))
    after = tuple([(priority, time.text) for priority, time in (route.after or {}).items()])
    mapped = tuple([(ours, theirs.value) for ours, theirs in route.priorities.items()])
    return route.agreement.value, after, mapped, None if route.metrics is None else tuple(sorted(route.metrics))


def _text(written: Written[Any] | None) -> str | None:
    return written.text if written else None
