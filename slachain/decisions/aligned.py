"""Two versions of a catalogue made ready to be held against each other: one name on both sides for what is the same.

A calendar that is written in place has no name but where it stands; it gets that of the clause it belongs to. An agreement
that is there under another id, between the same parties and with nearly the same clauses, takes its new id on the old side.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from slachain.language.catalogue import Catalogue
from slachain.language.essence import essence
from slachain.language.model import (
    Agreement,
    AmountTarget,
    Calendar,
    Combined,
    Group,
    Item,
    Member,
    Route,
    Target,
    TimeTarget,
    Written,
)
from slachain.language.values import dataclass, replace

ALIKE = Fraction(3, 4)  # of the clauses of two agreements, for one to be the other under a new id


@dataclass(slots=True)
class _Namer:
    """Gives calendars that were written in place the names of their clauses."""

    before: Mapping[str, Calendar]
    after: dict[str, Calendar]

    def reference(self, name: Written[str] | None, place: str) -> Written[str] | None:
        if name is None or name.value not in self.before or not self.before[name.value].inline:
            return name
        self.define(self.before[name.value], place)
        return replace(name, value=place)

    def define(self, calendar: Calendar, id: str) -> None:
        body = calendar.body
        if isinstance(body, Combined):
            members = (self.reference(member, f"{id}.{index}") for index, member in enumerate(body.members))
            body = replace(body, members=tuple(member for member in members if member))
        self.after[id] = replace(calendar, id=id, body=body)

    def agreement(self, agreement: Agreement) -> Agreement:
        calendar = self.reference(agreement.calendar, f"{agreement.id}/calendar")
        targets = {
            metric: {priority: self.target(target, f"{agreement.id}/{metric}.{priority}") for priority, target in of.items()}
            for metric, of in agreement.targets.items()
        }
        return replace(agreement, calendar=calendar or agreement.calendar, targets=targets)

    def target(self, target: Target, place: str) -> Target:
        if isinstance(target, AmountTarget):
            return replace(target, calendar=self.reference(target.calendar, place))
        several = enumerate(target.alternatives)
        return replace(target, alternatives=tuple(self.alternative(one, f"{place}.{i}" if i else place) for i, one in several))

    def alternative(self, one: TimeTarget, place: str) -> TimeTarget:
        opened_in = self.reference(one.opened_in, f"{place}.opened_in")
        return replace(one, calendar=self.reference(one.calendar, place), opened_in=opened_in)


def with_names(catalogue: Catalogue) -> Catalogue:
    """The catalogue with its calendars that were written in place named after the clauses that they stand in."""
    if not any(calendar.inline for calendar in catalogue.calendars.values()):
        return catalogue
    namer = _Namer(catalogue.calendars, {})
    for id, calendar in catalogue.calendars.items():
        if not calendar.inline:
            namer.define(calendar, id)
    agreements = {id: namer.agreement(agreement) for id, agreement in catalogue.agreements.items()}
    teams = {id: replace(team, calendar=namer.reference(team.calendar, f"team {id}/calendar")) for id, team in catalogue.teams.items()}
    return replace(catalogue, calendars=namer.after, agreements=agreements, teams=teams)


# --- agreements under another id -------------------------------------------------------------------------------------


def renamed(old: Catalogue, new: Catalogue) -> dict[str, str]:
    """From old ids to new ones: agreements that are gone and those that look like them, the most alike first."""
    gone = [agreement for id, agreement in old.agreements.items() if id not in new.agreements]
    come = [agreement for id, agreement in new.agreements.items() if id not in old.agreements]
    pairs = [(_alike(one, other), one.id, other.id) for one in gone for other in come if _parties(one) == _parties(other)]
    found: dict[str, str] = {}
    for alike, one, other in sorted(pairs, key=lambda pair: (-pair[0], pair[1:])):
        if alike >= ALIKE and one not in found and other not in found.values():
            found[one] = other
    return found


def _parties(agreement: Agreement) -> tuple[str | None, ...]:
    service = agreement.service.value if agreement.service else None
    return agreement.kind.value, agreement.provider.value, agreement.customer.value, service


def _alike(one: Agreement, other: Agreement) -> Fraction:
    """The share of clauses that two agreements have in common."""
    ours, theirs = _parts(one), _parts(other)
    return Fraction(len(ours & theirs), len(ours | theirs))


def _parts(agreement: Agreement) -> frozenset[object]:
    listed = (agreement.excludes, agreement.duties, agreement.relies_on)
    alone = (agreement.calendar, agreement.term, agreement.review, agreement.fee, agreement.credits, agreement.owner, agreement.priorities)
    mapped = (*agreement.targets.items(), *agreement.pauses.items(), *agreement.demand.items())
    several = [essence(part) for parts in listed for part in parts]
    return frozenset([*several, *map(essence, alone), *map(essence, mapped)])


def under_new_ids(catalogue: Catalogue, ids: Mapping[str, str]) -> Catalogue:
    """The old catalogue with agreements under their new ids, wherever they are named."""
    if not ids:
        return catalogue
    agreements = (_with_id(agreement, ids) for agreement in catalogue.agreements.values())
    broken = frozenset(ids.get(id, id) for id in catalogue.broken)
    by_id = {agreement.id: agreement for agreement in agreements}
    return replace(catalogue, agreements={id: by_id[id] for id in sorted(by_id)}, broken=broken)


def _with_id(agreement: Agreement, ids: Mapping[str, str]) -> Agreement:
    items = tuple(replace(item, route=_route(item.route, ids)) for item in agreement.relies_on)
    relies_on: tuple[Item, ...] = items if items != agreement.relies_on else agreement.relies_on
    return replace(agreement, id=ids.get(agreement.id, agreement.id), relies_on=relies_on)


def _route(route: Route, ids: Mapping[str, str]) -> Route:
    if isinstance(route, Member):
        name = route.agreement
        return replace(route, agreement=replace(name, value=ids[name.value])) if name.value in ids else route
    return Group(route.how, tuple(_route(inner, ids) for inner in route.members), route.at)
