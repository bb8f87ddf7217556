"""Priced options put into their agreements: as values, as changes of the text, and which of them cannot be bought together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from slachain.analysis.money import monthly
from slachain.language.amendments import with_after, with_calendar, with_share
from slachain.language.catalogue import Catalogue
from slachain.language.editing import Change
from slachain.language.model import ANY, Agreement, Alteration, AmountTarget, Member, Option, Target, TimePromise, TimeTarget, Written
from slachain.language.overrides import Path
from slachain.language.scalars import BusinessDays, Duration
from slachain.language.values import dataclass, replace


@dataclass(frozen=True, slots=True)
class Priced:
    """An option of an agreement, and what it costs a month, exact."""

    agreement: str
    option: Option
    cost: Fraction

    @property
    def name(self) -> str:
        """`AGREEMENT/ID`."""
        return f"{self.agreement}/{self.option.id.value}"

    @property
    def currency(self) -> str:
        """What it is paid in."""
        return self.option.cost.value.currency

    @property
    def key(self) -> tuple[str, str]:
        """What options are sorted by, and told apart."""
        return self.agreement, self.option.id.value


def priced_options(catalogue: Catalogue) -> tuple[Priced, ...]:
    """Every option of a catalogue, by agreement and in the order of its list: the order in which they are put into it."""
    return tuple(
        Priced(id, option, monthly(option.cost.value))
        for id, agreement in sorted(catalogue.agreements.items())
        for option in agreement.options
    )


# --- as values -------------------------------------------------------------------------------------------------------


def with_options(agreement: Agreement, options: Iterable[Option]) -> Agreement:
    """The agreement with options in it, one after the other."""
    for change in (change for option in options for change in option.changes):
        agreement = _altered(agreement, change)
    return agreement


def _altered(agreement: Agreement, change: Alteration) -> Agreement:
    path, value = change.field.value, change.value
    if path[0] == "targets":
        return _with_target(agreement, path, value)
    assert isinstance(value, Written)
    if path == ("calendar",):
        return with_calendar(agreement, str(value.value))
    if path[-1] == "share" and isinstance(value.value, Fraction):
        return with_share(agreement, int(path[1]), value.value)
    assert isinstance(value.value, (Duration, BusinessDays))
    return with_after(agreement, member_at(agreement, path), str(path[-1]), value.value)


def member_at(agreement: Agreement, path: Path) -> Member:
    """The agreement relied on whose hand-over a path leads to."""
    place = re.sub(r"\.(\d+)", r"[\1]", ".".join(map(str, path[:-2])))
    return next(member for item in agreement.relies_on for member in item.members() if member.place == place)


def target_at(agreement: Agreement, path: Path) -> Target | None:
    """The target that answers at a path `("targets", METRIC, PRIORITY, …)`: its own, or the one for every priority."""
    by_priority = agreement.targets.get(str(path[1]), {})
    return by_priority.get(str(path[2])) or by_priority.get(ANY)


def _with_target(agreement: Agreement, path: Path, value: object) -> Agreement:
    metric, priority = str(path[1]), str(path[2])
    target = value if isinstance(value, (TimePromise, AmountTarget)) else _with_part(target_at(agreement, path), path[3:], value)
    return replace(agreement, targets={**agreement.targets, metric: {**agreement.targets.get(metric, {}), priority: target}})


def _with_part(target: Target | None, rest: Path, value: object) -> Target:
    """A target with one part set; where there is none yet, the part is the whole."""
    assert isinstance(value, Written)
    part = str(rest[-1])
    one_part: dict[str, Any] = {"bound" if part in ("at_least", "at_most") else part: value}
    if isinstance(target, TimePromise):
        number = int(rest[0]) if len(rest) > 1 else 0
        changed = replace(target.alternatives[number], **one_part)
        return TimePromise((*target.alternatives[:number], changed, *target.alternatives[number + 1 :]), target.listed)
    if isinstance(target, AmountTarget):
        return replace(target, **one_part)
    return TimePromise((TimeTarget(value, value.at),)) if part == "within" else AmountTarget(value, part, value.at)


# --- as changes of the text ------------------------------------------------------------------------------------------


def changes_of(priced: Priced) -> list[Change]:
    """What to write where: a whole target is its first value alone, and then its other parts."""
    return [change for alteration in priced.option.changes for change in _written(priced.agreement, alteration)]


def _written(agreement: str, alteration: Alteration) -> list[Change]:
    path, value = alteration.field.value, alteration.value
    if isinstance(value, Written):
        return [Change(agreement, path, value.text)]
    if isinstance(value, AmountTarget):
        texts: tuple[Written[Any] | None, ...] = (value.per, value.calendar)
        return _whole(agreement, path, value.bound, ("per", "calendar"), texts)
    (one,) = value.alternatives
    texts = (one.calendar, one.attainment, one.warn, one.opened_in)
    return _whole(agreement, path, one.within, ("calendar", "attainment", "warn", "opened_in"), texts)


def _whole(agreement: str, path: Path, first: Written[Any], parts: tuple[str, ...], texts: tuple[Written[Any] | None, ...]) -> list[Change]:
    more = [Change(agreement, (*path, part), text.text) for part, text in zip(parts, texts, strict=True) if text]
    return [Change(agreement, path, first.text), *more]


# --- which exclude one another ---------------------------------------------------------------------------------------


def same_clause(options: Mapping[int, Priced]) -> list[frozenset[int]]:
    """Sets of options, by number, of which at most one can be bought since they set the same clause, or a part of it."""
    setting: dict[tuple[str, Path], list[int]] = {}
    for number, priced in options.items():
        for change in priced.option.changes:
            setting.setdefault((priced.agreement, change.field.value), []).append(number)
    groups = []
    for agreement, path in setting:
        wholes = (setting.get((agreement, path[:length]), ()) for length in range(1, len(path) + 1))
        groups.append(frozenset(number for whole in wholes for number in whole))
    return sorted({group for group in groups if len(group) > 1}, key=sorted)


def excluded_pairs(options: Mapping[int, Priced]) -> list[frozenset[int]]:
    """Pairs of options, by number, that cannot be bought together since one of them says so."""
    by_name = {priced.name: number for number, priced in options.items()}
    pairs = set()
    for number, priced in options.items():
        for name in (written.value for written in priced.option.excludes):
            other = by_name.get(name if "/" in name else f"{priced.agreement}/{name}")
            if other is not None and other != number:
                pairs.add(frozenset({number, other}))
    return sorted(pairs, key=sorted)
