"""The elements of an amendment: what can be changed by itself and may move what is supported, and a catalogue with only some of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TypeVar

from slachain.decisions.agreement_clauses import keyed
from slachain.decisions.clause import Path
from slachain.language.catalogue import Catalogue
from slachain.language.model import Agreement, Calendar, Holidays, Hours, Item, Member, Target, Written
from slachain.language.values import dataclass, replace

T = TypeVar("T")
Chosen = frozenset[Path]

OF_AGREEMENT = {"targets": 5, "pauses": 4, "calendar": 3, "kind": 3, "end_to_end": 3, "priorities": 3, "term": 3}
OF_RELIANCE = {"after": 6, "share": 5, "priorities": 5, "metrics": 5}
OF_CALENDAR = {"holidays.add": 4, "holidays.remove": 4, "exceptions": 4}
OF_POLICY = ("failures", "arrivals", "equal")


def element_of(path: Path) -> Path | None:
    """The element that a clause belongs to, by the beginning of its path; None for what supports nothing."""
    section, *rest = path
    if section == "agreements" and len(path) > 2:
        if path[2] != "relies_on":
            return path[: OF_AGREEMENT[path[2]]] if path[2] in OF_AGREEMENT else None
        grouped = len(path) == 4 or path[3].startswith(("any_of ", "all_of "))
        return path[:4] if grouped else path[: OF_RELIANCE[path[4]]]
    if section == "calendars":
        combined = len(path) == 2 or path[2] in ("any_of", "all_of", "not", "ics")
        return path[:2] if combined else path[: OF_CALENDAR.get(path[2], 3)]
    if section == "metrics":
        return path[:2]
    return path if section == "policy" and rest[-1] in OF_POLICY else None


@dataclass(frozen=True, slots=True)
class Blend:
    """Two versions of a catalogue. What only one of them has is always there: by itself it is not relied on."""

    old: Catalogue
    new: Catalogue

    def with_only(self, chosen: Chosen) -> Catalogue:
        """The old catalogue with some elements as they are in the new one."""
        metrics = {id[1] for id in chosen if id[0] == "metrics"}
        return replace(
            self.old,
            calendars=_merged(self.old.calendars, self.new.calendars, lambda id, a, b: _calendar(a, b, _under(chosen, "calendars", id))),
            metrics=_merged(self.old.metrics, self.new.metrics, lambda id, a, b: b if id in metrics else a),
            agreements=self.agreements(chosen),
            policy=replace(self.old.policy, **{p[2]: getattr(self.new.policy, p[2]) for p in chosen if p[0] == "policy"}),
        )

    def agreements(self, chosen: Chosen) -> dict[str, Agreement]:
        """The agreements by id, those without a chosen element as they were."""
        blended = _merged(self.old.agreements, self.new.agreements, lambda id, a, b: _agreement(a, b, _under(chosen, "agreements", id)))
        return {id: blended[id] for id in sorted(blended)}


def _under(chosen: Chosen, section: str, id: str) -> frozenset[Path]:
    return frozenset(path[2:] for path in chosen if path[:2] == (section, id))


def _merged(old: Mapping[str, T], new: Mapping[str, T], blend: Callable[[str, T, T], T]) -> dict[str, T]:
    """The values of both by id; those that both have, blended."""
    return {**new, **{id: blend(id, value, new[id]) if id in new else value for id, value in old.items()}}


def _either(old: Mapping[str, T], new: Mapping[str, T], chosen: frozenset[str]) -> dict[str, T]:
    """The old values, but those chosen as they are in the new ones: other, there, or gone."""
    kept = {key: value for key, value in old.items() if key not in chosen}
    return {**kept, **{key: new[key] for key in new if key in chosen}}


# --- agreements ------------------------------------------------------------------------------------------------------


def _agreement(old: Agreement, new: Agreement, chosen: frozenset[Path]) -> Agreement:
    if not chosen:
        return old
    alone = {path[0]: getattr(new, path[0]) for path in chosen if len(path) == 1}
    targets = {(p[1], p[2]) for p in chosen if p[0] == "targets"}
    pauses = _either(old.pauses, new.pauses, frozenset(p[1] for p in chosen if p[0] == "pauses"))
    below = frozenset(p[1:] for p in chosen if p[0] == "relies_on")
    relies_on = _items(old.relies_on, new.relies_on, below) if below else old.relies_on
    return replace(old, targets=_targets(old, new, targets) if targets else old.targets, pauses=pauses, relies_on=relies_on, **alone)


def _targets(old: Agreement, new: Agreement, chosen: Iterable[tuple[str, str]]) -> dict[str, dict[str, Target]]:
    wanted = set(chosen)
    found = {}
    for metric in {**old.targets, **new.targets}:
        own = frozenset(priority for name, priority in wanted if name == metric)
        targets = _either(old.targets.get(metric, {}), new.targets.get(metric, {}), own)
        if targets:
            found[metric] = targets
    return found


def _items(old: tuple[Item, ...], new: tuple[Item, ...], chosen: frozenset[Path]) -> tuple[Item, ...]:
    ours, theirs = dict(keyed(old)), dict(keyed(new))
    whole = _either(ours, theirs, frozenset(path[0] for path in chosen if len(path) == 1))
    parts = {name: frozenset(path[1:] for path in chosen if path[0] == name and len(path) > 1) for name in whole}
    return tuple(_item(item, theirs[name], parts[name]) if parts[name] and name in theirs else item for name, item in whole.items())


def _item(old: Item, new: Item, chosen: frozenset[Path]) -> Item:
    one, other = old.route, new.route
    if not isinstance(one, Member) or not isinstance(other, Member):
        return new
    after = _either(one.after or {}, other.after or {}, frozenset(path[1] for path in chosen if path[0] == "after"))
    route = replace(
        one,
        after=after or None,
        priorities=other.priorities if ("priorities",) in chosen else one.priorities,
        metrics=other.metrics if ("metrics",) in chosen else one.metrics,
    )
    return replace(old, route=route, share=new.share if ("share",) in chosen else old.share)


# --- calendars -------------------------------------------------------------------------------------------------------


def _calendar(old: Calendar, new: Calendar, chosen: frozenset[Path]) -> Calendar:
    one, other = old.body, new.body
    if not chosen:
        return old
    if () in chosen or not isinstance(one, Hours) or not isinstance(other, Hours):
        return new
    fields = {"timezone": "timezone", "hours": "week", "from": "opens_on", "until": "closes_after", "business_days": "business_days"}
    alone = {fields[path[0]]: getattr(other, fields[path[0]]) for path in chosen if path[0] in fields}
    days = frozenset(path[1] for path in chosen if path[0] == "exceptions")
    exceptions = _either({str(day): (day, w) for day, w in one.exceptions}, {str(day): (day, w) for day, w in other.exceptions}, days)
    holidays = _holidays(one.holidays or Holidays(), other.holidays or Holidays(), chosen)
    found = None if holidays == Holidays() else holidays
    return replace(old, body=replace(one, exceptions=tuple(sorted(exceptions.values())), holidays=found, **alone))


def _holidays(old: Holidays, new: Holidays, chosen: frozenset[Path]) -> Holidays:
    public = new if ("holidays",) in chosen else old
    add, remove = (frozenset(path[1] for path in chosen if path[0] == field) for field in ("holidays.add", "holidays.remove"))
    return Holidays(public.country, public.subdivision, _dates(old.add, new.add, add), _dates(old.remove, new.remove, remove))


def _dates(old: tuple[Written[date], ...], new: tuple[Written[date], ...], chosen: frozenset[str]) -> tuple[Written[date], ...]:
    return tuple(_either({str(day.value): day for day in old}, {str(day.value): day for day in new}, chosen).values())
