"""Agreements with the same targets on the same clock: what depends on nothing else is asked once for all of them.

An organisation with thousands of customers has sold a few plans. Where a plan is in order, none of its customers has to be looked
at; where it is not, each has a finding of its own, at its own places.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping

from slachain.checks.scope import current
from slachain.language.model import Agreement, Target, TimePromise, TimeTarget
from slachain.study import Study


def where(study: Study, wrong: Callable[[Agreement], bool]) -> list[Agreement]:
    """The agreements that are not over, by id, of which something is true that their targets, clock and priorities alone decide."""
    found = [group for group in study.once(groups).values() if wrong(group[0])]
    ids = {agreement.id for group in found for agreement in group}
    return [agreement for agreement in current(study) if agreement.id in ids] if ids else []


def first_of_each(study: Study) -> list[Agreement]:
    """One agreement of each kind."""
    return [group[0] for group in study.once(groups).values()]


def groups(study: Study) -> dict[Hashable, list[Agreement]]:
    """The agreements that are not over, those together that say the same; what could not be read of them is a part of it."""
    found: dict[Hashable, list[Agreement]] = {}
    numbers: dict[Hashable, int] = {}
    known: dict[int, int] = {}  # targets that were handed down are one object for all who have them
    for agreement in current(study):
        number = known.get(id(agreement.targets))
        if number is None:
            number = known[id(agreement.targets)] = numbers.setdefault(_said(agreement.targets), len(numbers))
        unread = (agreement.broken, agreement.id in study.catalogue.broken)
        key = (number, agreement.calendar.value, tuple([priority.value for priority in agreement.priorities]), unread)
        found.setdefault(key, []).append(agreement)
    return found


def _said(targets: Mapping[str, Mapping[str, Target]]) -> Hashable:
    """Everything that targets say, without the places at which they say it."""
    return tuple(
        (metric, tuple([(priority, _target(target)) for priority, target in by_priority.items()]))
        for metric, by_priority in targets.items()
    )


def _target(target: Target) -> Hashable:
    if isinstance(target, TimePromise):
        return tuple([_time(one) for one in target.alternatives])
    return target.bound.value, target.direction, target.per and target.per.value, target.calendar and target.calendar.value


def _time(target: TimeTarget) -> Hashable:
    """With the text of the time: `2d` and `48h` are one time, and only one of them is ambiguous."""
    within, share, calendar, opened_in = target.within, target.attainment, target.calendar, target.opened_in
    asked = share and share.value.as_integer_ratio()
    return within.value, within.text, asked, calendar and calendar.value, opened_in and opened_in.value
