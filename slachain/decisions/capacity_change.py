"""What further agreements, or another demand, do to the teams: the plan before and after, side by side."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from fractions import Fraction

from slachain.analysis.promises import expired
from slachain.decisions.capacity_lines import LESS, MORE, PUSHED, RELIEVED, SAME, STILL, Change, Plan, TeamChange, TeamLine
from slachain.decisions.capacity_plan import plan
from slachain.decisions.capacity_words import tickets
from slachain.language.catalogue import Catalogue
from slachain.language.describe import listed
from slachain.language.model import ANY, Agreement, Written
from slachain.language.shapes import nearest
from slachain.language.values import dataclass, field, replace
from slachain.study import Study

Demand = Mapping[str, Fraction]


class NotReckoned(Exception):
    """What is asked for cannot be reckoned; the message is for the user."""


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Agreements of a catalogue that are new, and another demand for some, tickets a month by priority."""

    add: tuple[str, ...] = ()
    demand: Mapping[str, Demand] = field(default_factory=dict)


def change(study: Study, asked: WhatIf) -> Change:
    """The plan without what is new, and with all of it. Raises `NotReckoned`."""
    catalogue = study.catalogue
    for id, demand in asked.demand.items():
        _can_have(catalogue, id, demand)
        if expired(catalogue.agreements[id], study.as_of):
            raise NotReckoned(f"the term of {id} is over: it has no demand any more")
    for id in asked.add:
        known(catalogue, id)
    former = plan(Study(without(catalogue, asked.add), study.as_of, study.calendars))
    latter = plan(Study(with_demand(catalogue, asked.demand), study.as_of, study.calendars))
    return Change(tuple(_told(catalogue, asked)), former, latter, tuple(_teams(former, latter)))


def known(catalogue: Catalogue, id: str) -> Agreement:
    """An agreement by its id. Raises `NotReckoned`."""
    if id not in catalogue.agreements:
        raise NotReckoned(f"there is no agreement '{id}' in the catalogue{nearest(id, catalogue.agreements)}")
    return catalogue.agreements[id]


def without(catalogue: Catalogue, ids: Collection[str]) -> Catalogue:
    """A catalogue in which some agreements have not been signed yet."""
    return replace(catalogue, agreements={id: a for id, a in catalogue.agreements.items() if id not in ids})


def with_demand(catalogue: Catalogue, demand: Mapping[str, Demand]) -> Catalogue:
    """A catalogue in which some agreements have another demand than is written."""

    def of(agreement: Agreement) -> Agreement:
        if agreement.id not in demand:
            return agreement
        months = {name: Written(month, f"{month}/month", agreement.at) for name, month in demand[agreement.id].items()}
        return replace(agreement, demand=months)

    return replace(catalogue, agreements={id: of(agreement) for id, agreement in catalogue.agreements.items()})


def _can_have(catalogue: Catalogue, id: str, demand: Demand) -> None:
    """Only a promise has a demand, and only for its priorities: another name is a slip of the pen."""
    agreement = known(catalogue, id)
    if not agreement.promises:
        raise NotReckoned(f"{id} is no promise: its tickets come from the promises that rely on it, so name one of those")
    priorities = (
        {p.value for p in agreement.priorities} | {p for of in agreement.targets.values() for p in of} | set(agreement.demand) | {ANY}
    )
    for name in demand:
        if name not in priorities and len(priorities) > 1:
            raise NotReckoned(
                f"{id} has no priority '{name}'{nearest(name, priorities) or f': it has {listed(sorted(priorities - {ANY}))}'}"
            )


def _told(catalogue: Catalogue, asked: WhatIf) -> Iterator[str]:
    for id in asked.add:
        agreement = catalogue.agreements[id]
        new = asked.demand.get(id, _written(agreement))
        lacking = "" if agreement.promises else ": it is no promise, and has no tickets of its own"
        yield f"{id} is new: {_demand(new)}" if new else f"{id} is new, and no demand is written for it{lacking}"
    for id, new in asked.demand.items():
        if id not in asked.add:
            former = _written(catalogue.agreements[id])
            yield f"{id} has {_demand(new)}, instead of {_demand(former)}" if former else f"{id} has {_demand(new)}, instead of none"


def _written(agreement: Agreement) -> Demand:
    return {name: month.value for name, month in agreement.demand.items()}


def _demand(demand: Demand) -> str:
    """`24 tickets a month (P1 4, P2 20)`."""
    named = ", ".join(f"{name} {tickets(month).split()[0]}" for name, month in demand.items() if name != ANY)
    return f"{tickets(sum(demand.values(), Fraction(0)))} a month" + (f" ({named})" if named else "")


def _teams(former: Plan, latter: Plan) -> Iterator[TeamChange]:
    for one, other in zip(former.teams, latter.teams, strict=True):
        yield TeamChange(one.id, effect(one, other), one, other)


def effect(former: TeamLine, latter: TeamLine) -> str:
    """What a change does to a team."""
    if former.short != latter.short:
        return RELIEVED if former.short else PUSHED
    if former.month == latter.month and former.load == latter.load:
        return SAME
    if latter.short:
        return STILL
    return MORE if latter.load > former.load else LESS
