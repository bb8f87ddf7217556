"""The clauses of one agreement, whatever it inherits included."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from slachain.decisions.clause import Clause, Path, texts
from slachain.language.catalogue import Catalogue
from slachain.language.describe import name_calendar
from slachain.language.essence import essence
from slachain.language.model import (
    ANY,
    Agreement,
    Alteration,
    AmountTarget,
    Band,
    Credits,
    Group,
    Item,
    Member,
    Option,
    Target,
    TimeTarget,
    Written,
    members,
)
from slachain.language.scalars import BusinessDays, Duration, write_duration, write_percentage, write_time

BOUNDS = {"at_least": "at least", "at_most": "at most"}


def agreement_clauses(agreement: Agreement, catalogue: Catalogue) -> Iterator[Clause]:
    """Every clause of an agreement."""
    path: Path = ("agreements", agreement.id)
    yield Clause(path, True, f"{agreement.kind.value}, {agreement.provider.value} for {agreement.customer.value}", agreement.at)
    yield from _alone(agreement, path)
    yield _calendar((*path, "calendar"), agreement.calendar, catalogue)
    for metric, by_priority in agreement.targets.items():
        for priority, target in by_priority.items():
            yield from _target((*path, "targets", metric, priority), target, catalogue)
    for key, item in keyed(agreement.relies_on):
        yield from _item((*path, "relies_on", key), item)
    yield from _listed(agreement, path)
    if agreement.credits:
        yield from _credits((*path, "credits"), agreement.credits)
    for option in agreement.options:
        yield _option((*path, "options", option.id.value), option, agreement)


def _alone(agreement: Agreement, path: Path) -> Iterator[Clause]:
    """What is one value each."""
    plain = ("kind", "provider", "customer", "title", "service", "owner", "fee")
    yield from texts(path, {key: getattr(agreement, key) for key in plain})
    if agreement.end_to_end:
        yield Clause((*path, "end_to_end"), True, "true", agreement.at)
    if agreement.priorities:
        told = ", ".join(priority.value for priority in agreement.priorities)
        yield Clause((*path, "priorities"), essence(agreement.priorities), told, agreement.priorities[0].at)
    term, review = agreement.term, agreement.review
    yield from texts((*path, "term"), {"from": term.opens, "until": term.closes, "notice": term.notice})
    if review:
        yield from texts((*path, "review"), {"every": review.every, "last": review.last})


def _calendar(path: Path, name: Written[str], catalogue: Catalogue) -> Clause:
    return Clause(path, name.value, name_calendar(name.value, catalogue.calendars), name.at)


# --- targets ---------------------------------------------------------------------------------------------------------


def _target(path: Path, target: Target, catalogue: Catalogue) -> Iterator[Clause]:
    """A target as a whole, and its parts; of several alternatives, each."""
    if isinstance(target, AmountTarget):
        yield Clause(path, True, f"{BOUNDS[target.direction]} {target.bound.text} a {target.period}", target.at)
        yield from texts(path, {target.direction: target.bound})
        yield Clause((*path, "per"), target.period, target.period, target.per.at if target.per else target.at)
        if target.calendar:
            yield _calendar((*path, "calendar"), target.calendar, catalogue)
        return
    told = [_words(one, catalogue) for one in target.alternatives]
    yield Clause(path, len(told), ", else ".join(told), target.alternatives[0].at)
    for index, (one, words) in enumerate(zip(target.alternatives, told, strict=True)):
        place = path if len(told) == 1 else (*path, f"[{index}]")
        if place != path:
            yield Clause(place, True, words, one.at)
        yield from _alternative(place, one, catalogue)


def _words(one: TimeTarget, catalogue: Catalogue) -> str:
    clock = f" on {name_calendar(one.calendar.value, catalogue.calendars)}" if one.calendar else ""
    share = f" for {one.attainment.text}" if one.attainment else ""
    opened = f" if opened in {name_calendar(one.opened_in.value, catalogue.calendars)}" if one.opened_in else ""
    return f"{one.within.text}{clock}{share}{opened}"


def _alternative(path: Path, one: TimeTarget, catalogue: Catalogue) -> Iterator[Clause]:
    yield from texts(path, {"within": one.within, "attainment": one.attainment, "warn": one.warn})
    for key, name in (("calendar", one.calendar), ("opened_in", one.opened_in)):
        if name:
            yield _calendar((*path, key), name, catalogue)


# --- what it relies on -----------------------------------------------------------------------------------------------


def keyed(items: Sequence[Item]) -> list[tuple[str, Item]]:
    """What is relied on by what it is called, whatever the order: `tier2`, `any_of north, south`; what is named twice is told apart."""
    names = [_name(item) for item in items]
    times, met = Counter(names), Counter[str]()
    found = []
    for name, item in sorted(zip(names, items, strict=True), key=lambda one: (one[0], repr(_metrics(one[1])), repr(essence(one[1])))):
        met[name] += 1
        found.append((name if times[name] == 1 else f"{name} #{met[name]}", item))
    return found


def _metrics(item: Item) -> list[str]:
    return sorted(metric for member in item.members() for metric in member.metrics or ())


def _name(item: Item) -> str:
    if isinstance(item.route, Member):
        return item.route.agreement.value
    return f"{item.route.how} {', '.join(sorted(member.agreement.value for member in item.members()))}"


def _item(path: Path, item: Item) -> Iterator[Clause]:
    share = f", for {item.share.text} of the tickets" if item.share else ""
    yield Clause(path, isinstance(item.route, Group) and _shape(item.route), f"{_route_words(item)}{share}", item.at)
    yield from texts(path, {"share": item.share})
    if isinstance(item.route, Member):
        yield from _member(path, item.route)
        return
    met = Counter[str]()
    for member in sorted(item.members(), key=lambda one: (one.agreement.value, repr(essence(one)))):
        name = member.agreement.value
        met[name] += 1
        yield from _member((*path, name if met[name] == 1 else f"{name} #{met[name]}"), member)


def _shape(group: Group) -> object:
    """Which of its members stand beside which."""
    inner = (_shape(one) if isinstance(one, Group) else one.agreement.value for one in group.members)
    return group.how, tuple(sorted(inner, key=repr))


def _route_words(item: Item) -> str:
    after = [f"{'' if p == ANY else f'{p} '}{t.text}" for m in members(item.route) for p, t in (m.after or {}).items()]
    return f"{_name(item)}, after {', '.join(after)}" if after else _name(item)


def _member(path: Path, member: Member) -> Iterator[Clause]:
    for priority, time in (member.after or {}).items():
        yield Clause((*path, "after", priority), essence(time), time.text, time.at)
    for ours, theirs in member.priorities.items():
        yield Clause((*path, "priorities", ours), theirs.value, theirs.value, theirs.at)
    if member.metrics is not None:
        yield Clause((*path, "metrics"), member.metrics, ", ".join(sorted(member.metrics)), member.agreement.at)


# --- lists, credits, options -----------------------------------------------------------------------------------------


def _listed(agreement: Agreement, path: Path) -> Iterator[Clause]:
    for reason, pause in agreement.pauses.items():
        longest = "without limit" if pause.value is None else f"up to {write_duration(pause.value)}"
        yield Clause((*path, "pauses", reason), pause.value, longest, pause.at)
    for text in agreement.excludes:
        yield Clause((*path, "excludes", text.value), True, text.value, text.at)
    for duty in agreement.duties:
        place = (*path, "duties", f"{duty.who.value}: {duty.what.value}")
        within = f", within {duty.within.text}" if duty.within else ""
        yield Clause(place, essence(duty.within), f"{duty.who.value}: {duty.what.value}{within}", duty.what.at)
    for priority, demand in agreement.demand.items():
        yield Clause((*path, "demand", priority), demand.value, demand.text, demand.at)
    for one in agreement.accept:
        words = f"until {one.until.value}: {one.because.value}"
        yield Clause((*path, "accept", one.finding.value, words), True, words, one.finding.at)


def _credits(path: Path, credits: Credits) -> Iterator[Clause]:
    yield from texts(path, {"cap": credits.cap})
    for metric, bands in credits.bands.items():
        for band in bands:
            yield Clause((*path, metric, _edge(band)), band.credit.value, band.credit.text, band.credit.at)


def _edge(band: Band) -> str:
    value = band.edge.value
    told = write_time(value) if isinstance(value, (Duration, BusinessDays)) else write_percentage(value, 10)
    return f"{band.side} {told}"


def _option(path: Path, option: Option, agreement: Agreement) -> Clause:
    """A priced option; a place in the list of what is relied on is told by what stands there."""
    changes = tuple((_named(change.field.value, agreement), essence(change.value)) for change in option.changes)
    told = ", ".join(f"{change.field.text}: {_value(change)}" for change in option.changes)
    key = (changes, essence(option.cost), essence(option.excludes))
    return Clause(path, key, f"{told} for {option.cost.text}", option.id.at)


def _value(change: Alteration) -> str:
    value = change.value
    if isinstance(value, Written):
        return value.text
    return value.bound.text if isinstance(value, AmountTarget) else ", else ".join(one.within.text for one in value.alternatives)


def _named(field: tuple[str | int, ...], agreement: Agreement) -> tuple[object, ...]:
    if len(field) > 1 and field[0] == "relies_on" and isinstance(field[1], int) and field[1] < len(agreement.relies_on):
        return ("relies_on", _name(agreement.relies_on[field[1]]), *field[2:])
    return field
