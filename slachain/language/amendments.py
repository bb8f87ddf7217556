"""Agreements with one clause changed, each a new value; the text they came from is left alone."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from slachain.language.model import ANY, Agreement, AmountTarget, Group, Item, Member, Route, TimePromise, TimeTarget, Written
from slachain.language.scalars import Time, write_percentage, write_time
from slachain.language.source import Span
from slachain.language.values import replace


def written_time(time: Time, at: Span) -> Written[Time]:
    """A time as the language writes it."""
    return Written(time, write_time(time), at)


def with_target(agreement: Agreement, metric: str, priority: str, target: TimeTarget, alternative: int | None = None) -> Agreement:
    """The agreement with one target, or one alternative of it, put in the place of what was there."""
    by_priority = dict(agreement.targets.get(metric, {}))
    before = by_priority.get(priority)
    if alternative is not None and isinstance(before, TimePromise):
        alternatives = (*before.alternatives[:alternative], target, *before.alternatives[alternative + 1 :])
        by_priority[priority] = TimePromise(alternatives, before.listed)
    else:
        by_priority[priority] = TimePromise((target,))
    return replace(agreement, targets={**agreement.targets, metric: by_priority})


def with_amount(agreement: Agreement, metric: str, priority: str, target: AmountTarget) -> Agreement:
    """The agreement with another amount for one metric and priority."""
    return replace(agreement, targets={**agreement.targets, metric: {**agreement.targets.get(metric, {}), priority: target}})


def with_within(agreement: Agreement, metric: str, priority: str, target: TimeTarget, time: Time) -> Agreement:
    """The agreement with another time for a target that it has; a promise's other alternatives stay."""
    changed = replace(target, within=written_time(time, target.within.at))
    return with_target(agreement, metric, priority, changed, alternative_of(agreement, metric, priority, target))


def alternative_of(agreement: Agreement, metric: str, priority: str, target: TimeTarget | None) -> int | None:
    """The number of a target among its alternatives; None where it is none of several."""
    found = agreement.targets.get(metric, {}).get(priority)
    alternatives = found.alternatives if isinstance(found, TimePromise) and found.listed else ()
    return next((index for index, one in enumerate(alternatives) if one == target), None)


def with_after(agreement: Agreement, member: Member, priority: str, time: Time) -> Agreement:
    """The agreement handing over to a member after another time, for one priority."""
    after = {**(member.after or {}), priority: written_time(time, member.agreement.at)}
    return _with_member(agreement, member, replace(member, after=after))


def after_key(member: Member, priority: str) -> str:
    """Under which priority a member's hand-over is written, or would be."""
    after = member.after or {}
    return priority if priority in after or ANY not in after else ANY


def with_share(agreement: Agreement, index: int, share: Fraction) -> Agreement:
    """The agreement with a share at one item of its list."""
    items = list(agreement.relies_on)
    items[index] = replace(items[index], share=Written(share, write_percentage(share), items[index].at))
    return replace(agreement, relies_on=tuple(items))


def with_calendar(agreement: Agreement, calendar: str) -> Agreement:
    """The agreement on another calendar, wherever a target names none of its own."""
    return replace(agreement, calendar=replace(agreement.calendar, value=calendar, text=calendar))


def with_target_calendar(agreement: Agreement, metric: str, priority: str, target: TimeTarget, calendar: str) -> Agreement:
    """The agreement with one target that names a calendar of its own on another; a promise's other alternatives stay."""
    assert target.calendar is not None
    changed = replace(target, calendar=replace(target.calendar, value=calendar, text=calendar))
    return with_target(agreement, metric, priority, changed, alternative_of(agreement, metric, priority, target))


def _with_member(agreement: Agreement, old: Member, new: Member) -> Agreement:
    def swap(route: Route) -> Route:
        if isinstance(route, Member):
            return new if route.place == old.place else route
        return Group(route.how, tuple(swap(inner) for inner in route.members), route.at)

    return replace(agreement, relies_on=_over_items(agreement.relies_on, swap))


def _over_items(items: tuple[Item, ...], swap: Callable[[Route], Route]) -> tuple[Item, ...]:
    return tuple(replace(item, route=swap(item.route)) for item in items)
