"""`due` and `elapsed` for many instants, against other libraries; and where their answers are wrong.

Every answer of ours, and of the others those that are asked for, is held against the slow clock of `minutes`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np

from benchmarks.instants import CALENDARS, FIRST, LAST, Hours, Ticket, tickets
from benchmarks.minutes import MARGIN, Minutes
from benchmarks.rivals import Answer, Rival, rivals
from benchmarks.table import Line, unmeasured
from benchmarks.timing import Cost, seconds, timed
from slachain.clocks.calendars import Calendars
from slachain.clocks.clock import Clock, View
from slachain.clocks.stopwatch import Stopwatch
from slachain.language.catalogue import Catalogue
from slachain.language.loader import load
from slachain.language.scalars import Duration

FULL, QUICK = 100_000, 2_000
ASKED = 1_000  # of the tickets, of a library that takes one at a time; so many at most
TIMES = 3
BAR = "exact, and faster"
Asked = tuple[Hours, list[Ticket], Minutes]


def measure(instants: int) -> Iterator[Line]:
    """For each question a line of ours, and one for each library that answers it."""
    half = instants // len(CALENDARS)
    asked = [(calendar, tickets(calendar, half), Minutes.of(calendar)) for calendar in CALENDARS]
    ours = {"elapsed": best(asked, _elapsed), "due": best(asked, _due)}
    for question, (cost, found) in ours.items():
        right = [_right(question, ticket, minutes) for _, many, minutes in asked for ticket in many]
        wrong = sum(a != b for a, b in zip(found, right, strict=True))
        measured = f"{seconds(cost.cpu)} for {len(right):,} instants, {wrong:,} wrong"
        yield Line(f"{question}: slachain", measured, "exact", "missed" if wrong else "met")
        for rival in rivals():
            if rival.question == question:
                yield _against(rival, asked, cost, instants)


def best(asked: list[Asked], answer: Callable[[Catalogue, list[Ticket]], list[int]]) -> tuple[Cost, list[int]]:
    """Our answers, calendars expanded anew each time, and the best cost of several times."""
    runs = [timed(lambda: [one for calendar, many, _ in asked for one in answer(_catalogue(calendar), many)]) for _ in range(TIMES)]
    return min(cost for cost, _ in runs), runs[0][1]


def _catalogue(calendar: Hours) -> Catalogue:
    return load({"a.yaml": f"calendars:\n  it: {calendar.yaml()}\n".encode()})


def _elapsed(catalogue: Catalogue, many: list[Ticket]) -> list[int]:
    spans = np.array([ticket.span for ticket in many], dtype=np.int64)
    return [int(one) for one in Stopwatch(Calendars(catalogue.calendars), "it").elapsed(spans[:, 0], spans[:, 1]).tolist()]


def _due(catalogue: Catalogue, many: list[Ticket]) -> list[int]:
    view = View(int((FIRST - MARGIN).timestamp()), int((LAST + MARGIN).timestamp()))
    clock = Clock.of(Calendars(catalogue.calendars), "it", view)
    opened, hours = (np.array(values, dtype=np.int64) for values in ([t.opened for t in many], [t.hours for t in many]))
    found = np.zeros(len(many), dtype=np.int64)
    for number in set(hours.tolist()):
        found[hours == number] = clock.due(Duration(3600 * number)).at(2 * opened[hours == number]) // 2
    return [int(one) for one in found.tolist()]


def _right(question: str, ticket: Ticket, minutes: Minutes) -> int:
    return minutes.elapsed(*ticket.span) if question == "elapsed" else minutes.due(ticket.opened, 3600 * ticket.hours)


def _against(rival: Rival, asked: list[Asked], ours: Cost, instants: int) -> Line:
    """What a library takes, from some of the tickets, and how many of its answers are wrong, with an example of each kind."""
    what = f"{rival.question}: {rival.name}"
    if not rival.installed:
        return unmeasured(what, "not installed", BAR)
    cpu, number, wrong, later, notes = 0.0, 0, 0, 0, []
    for calendar, many, minutes in asked:
        some = many[: min(ASKED, len(many)) // len(asked)]
        answer = rival.prepared(calendar)
        cost, found = timed(lambda answer=answer, some=some: [_ask(answer, ticket) for ticket in some])  # type: ignore[misc]
        pairs = [(ticket, told, _right(rival.question, ticket, minutes)) for ticket, told in zip(some, found, strict=True)]
        off = [pair for pair in pairs if pair[1] != pair[2]]
        same = [pair for pair in off if rival.question == "due" and _same_reading(minutes, pair[1], pair[2])]
        off = [pair for pair in off if pair not in same]
        cpu, number, wrong, later = cpu + cost.cpu, number + len(some), wrong + len(off), later + len(same)
        notes += [*_places(what, calendar, some, off), *_nearly(what, calendar, same)]
    whole = cpu * instants / number
    measured = f"{seconds(whole)} for as many (from {number:,}), {whole / ours.cpu:,.0f} times ours; {wrong / number:.1%} wrong"
    measured += f", {later / number:.1%} at the next opening" if later else ""
    return Line(what, measured, BAR, "met" if whole > ours.cpu else "missed", tuple(notes))


def _ask(answer: Answer, ticket: Ticket) -> int | None:
    """An answer; None where it gives up."""
    try:
        return answer(ticket)
    except Exception:  # whatever another library raises is its answer
        return None


def _places(what: str, calendar: Hours, asked: list[Ticket], off: list[tuple[Ticket, int | None, int]]) -> Iterator[str]:
    """For each kind of ticket how many answers are wrong, and one of them."""
    kinds, counted = Counter(ticket.kind for ticket in asked), Counter(ticket.kind for ticket, _, _ in off)
    for kind, number in sorted(counted.items()):
        ticket, told, right = next(pair for pair in off if pair[0].kind == kind)
        yield f"{what}, {calendar.name} hours, {kind}: {number} of {kinds[kind]} wrong; {_example(what, calendar, ticket, told, right)}"


def _nearly(what: str, calendar: Hours, same: list[tuple[Ticket, int | None, int]]) -> Iterator[str]:
    """What is due at closing time and told as the next opening: not a second more on the clock, and yet another day."""
    if same:
        ticket, told, right = same[0]
        yield f"{what}, {calendar.name} hours, due at closing time: told as the next opening; {_example(what, calendar, ticket, told, right)}"


def _same_reading(minutes: Minutes, told: int | None, right: int) -> bool:
    return told is not None and minutes.reading(told) == minutes.reading(right)


def _example(what: str, calendar: Hours, ticket: Ticket, told: int | None, right: int) -> str:
    if what.startswith("elapsed"):
        said = "an error" if told is None else f"{told} s"
        return f"{_shown(calendar, ticket.opened)} to {_shown(calendar, ticket.closed)}: {said}, not {right} s"
    said = "an error" if told is None else _shown(calendar, told)
    return f"{ticket.hours}h from {_shown(calendar, ticket.opened)}: {said}, not {_shown(calendar, right)}"


def _shown(calendar: Hours, instant: int) -> str:
    return f"{datetime.fromtimestamp(instant, ZoneInfo(calendar.zone)):%a %d %b %H:%M:%S %Z}"
