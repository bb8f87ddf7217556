"""The picture of a worst case: lanes, stretches and marks on one time line, as numbers and words without markup.

Across, places are per cent of the picture's width, so that one drawing fits a phone and a page with text of the same size.
Down, they are px. Instants on the line are UTC seconds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from slachain.checks.wording import VERBS
from slachain.clocks.wall import DAY_NAMES, MONTHS, date_at, instant, local, midnight, write_instant
from slachain.decisions.report import Instant, PromiseLine, StepLine, WorstCase

MARK_HEIGHT, LANE_HEIGHT, STRIP_HEIGHT, STRIP_DOWN = 20, 76, 22, 42
AXIS_HEIGHT = 24
NARROWEST = 0.25  # per cent: closed stretches below this are not drawn
THINNEST_BAR = 0.5
MOST_LINES = 8
ON_A_PHONE, ON_A_PAGE = 42, 110  # characters that fit
MINUTE, DAY = 60, 86400
MINUTE_STEPS = (1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720)

Open = tuple[tuple[Instant, Instant], ...]


@dataclass(frozen=True, slots=True)
class Label:
    """A text, and what of it fits on a phone (the same where all of it does)."""

    full: str
    short: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the line, in per cent from the left; `kind` is closed, promised, late, works or waits."""

    kind: str
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Mark:
    """An instant that has a name: opened, due, done, or never; the label's baseline at `y`, and `leftwards` of the line."""

    kind: str
    x: float
    y: int
    label: str
    leftwards: bool


@dataclass(frozen=True, slots=True)
class GridLine:
    """A line of the calendar; `label` is empty where there is no room for one, `phone` says whether a phone has some."""

    x: float
    label: str
    phone: bool
    day: bool


@dataclass(frozen=True, slots=True)
class Lane:
    """One clock. `y` is the title's baseline, `top` the strip's upper edge, in px."""

    title: Label
    detail: Label
    y: int
    detail_y: int
    top: int
    closed: tuple[Stretch, ...]
    bars: tuple[Stretch, ...]
    never_ends: bool = False


@dataclass(frozen=True, slots=True)
class Timeline:
    """The whole picture; `height`, `axis_y`, `plot_top` and `strip` in px."""

    title: str
    description: str
    zone: str
    height: int
    axis_y: int
    plot_top: int
    strip: int
    marks: tuple[Mark, ...]
    grid: tuple[GridLine, ...]
    lanes: tuple[Lane, ...]
    hides_short_closings: bool


@dataclass(frozen=True, slots=True)
class Axis:
    """The stretch of time that is shown, in UTC seconds, and the zone whose dates stand along it."""

    start: int
    end: int
    zone: str

    def x(self, seconds: int) -> float:
        """Per cent from the left."""
        return round(100 * (min(max(seconds, self.start), self.end) - self.start) / (self.end - self.start), 2)

    def stretch(self, kind: str, start: int, end: int, at_least: float = 0) -> Stretch:
        """A part of the line, wide enough to be seen."""
        width = max(self.x(end) - self.x(start), at_least)
        return Stretch(kind, round(min(self.x(start), 100 - width), 2), round(width, 2))


def timeline(promise: PromiseLine, case: WorstCase) -> Timeline:
    """A promise's worst ticket as a picture: the customer's clock on top, each step under it."""
    axis = axis_of(case, promise.zone)
    marks = tuple(marks_of(case, axis))
    plot_top = MARK_HEIGHT * len(marks) + AXIS_HEIGHT
    steps = [step_lane(step, promise.metric, axis, plot_top + LANE_HEIGHT * (n + 1)) for n, step in enumerate(case.steps)]
    lanes = (customer_lane(promise, case, axis, plot_top), *steps)
    return Timeline(
        title=f"The worst ticket: {promise.title}, {promise.metric} {promise.priority}",
        description=description(promise, case),
        zone=promise.zone,
        height=plot_top + LANE_HEIGHT * len(lanes),
        axis_y=plot_top - 8,
        plot_top=plot_top,
        strip=STRIP_HEIGHT,
        marks=marks,
        grid=tuple(grid_of(axis)),
        lanes=lanes,
        hides_short_closings=any(hides(stretches, axis) for stretches in (case.open, *(step.open for step in case.steps))),
    )


def axis_of(case: WorstCase, zone: str) -> Axis:
    """From a little before the ticket is opened to a little after all is over; farther where it never is."""
    known = (case.opened, case.due, case.done, *(step.start for step in case.steps), *(step.to for step in case.steps))
    seen = [moment.tick // 2 for moment in known if moment is not None]
    first, last = min(seen), max(seen)
    before, beyond = case.shown[0].tick // 2, case.shown[1].tick // 2
    margin = max((last - first) * 8 // 100, MINUTE)
    after = margin if case.done is not None else max((last - first) * 35 // 100, 2 * margin)
    end = min(beyond, last + after) if last > first else beyond
    return Axis(max(before, first - max(margin, (end - first) * 6 // 100)), end, zone)


# --- marks -----------------------------------------------------------------------------------------------------------


def marks_of(case: WorstCase, axis: Axis) -> Iterator[Mark]:
    """Opened, due and done in the order of time, one under another, so that no line crosses an earlier label."""
    named = (("opened", case.opened), ("due", case.due), ("done", case.done))
    known = sorted(((moment.tick, kind) for kind, moment in named if moment), key=lambda mark: mark[0])
    first = local(case.opened.tick // 2, axis.zone)
    for row, (tick, kind) in enumerate(known):
        moment = local(tick // 2, axis.zone)
        year = f" {moment.year}" if kind == "opened" or moment.year != first.year else ""
        clock = f"{moment:%H:%M:%S}" if axis.end - axis.start < 30 * MINUTE else f"{moment:%H:%M}"
        x = axis.x(tick // 2)
        yield Mark(kind, x, _baseline(row), f"{kind.capitalize()} {day_label(moment.date())}{year}, {clock}", x > 50)
    if case.done is None:
        yield Mark("never", 100, _baseline(len(known)), "Never done", True)


def _baseline(row: int) -> int:
    return MARK_HEIGHT * row + 15


# --- lanes -----------------------------------------------------------------------------------------------------------


def customer_lane(promise: PromiseLine, case: WorstCase, axis: Axis, top: int) -> Lane:
    """The promise's clock: what it promises, and what is late."""
    opened, until = case.opened.tick // 2, case.done.tick // 2 if case.done else axis.end
    due = case.due.tick // 2 if case.due else axis.end
    drawn = joined(case.open, axis)
    bars = (*within(drawn, opened, min(due, until), "promised", axis), *within(drawn, due, until, "late", axis))
    detail = f"{promise.promised.text} promised · {promise.clock}"
    return lane(f"The customer's clock ({promise.customer})", detail, top, tuple(closed(drawn, axis)), bars, never_ends=False)


def step_lane(step: StepLine, metric: str, axis: Axis, top: int) -> Lane:
    """Who has the ticket: where it is worked on, and where it waits for somebody to be back."""
    start, to = step.start.tick // 2, step.to.tick // 2 if step.to else axis.end
    drawn = joined(step.open, axis)
    whole = axis.stretch("waits" if step.allowed else "unbounded", start, to, THINNEST_BAR)
    works = tuple(within(drawn, start, to, "works", axis)) if step.allowed else ()
    detail = f"{step.allowed} allowed · {step.clock}" if step.allowed else f"no time agreed · {step.clock}"
    title = f"{step.agreement} {deed(step, metric)}"
    return lane(title, detail, top, tuple(closed(drawn, axis)), (whole, *works), never_ends=step.to is None)


def lane(title: str, detail: str, top: int, closed: tuple[Stretch, ...], bars: tuple[Stretch, ...], never_ends: bool) -> Lane:
    """A lane whose upper edge is at `top` px."""
    return Lane(label(title), label(detail), top + 18, top + 34, top + STRIP_DOWN, closed, bars, never_ends)


def deed(step: StepLine, metric: str) -> str:
    """What a step does, without its numbers: `hands over to tier2`."""
    if step.to_agreement is not None:
        return f"hands over to {step.to_agreement}"
    if step.does == "finishes":
        return VERBS.get(metric, "finishes") if step.allowed else f"commits to no {metric}"
    return "leaves tickets to nobody"


def label(text: str) -> Label:
    """A text cut to what fits."""
    return Label(_cut(text, ON_A_PAGE), _cut(text, ON_A_PHONE))


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def joined(open: Open, axis: Axis) -> list[tuple[int, int]]:
    """Open stretches inside the picture, those apart by less than can be drawn made one."""
    found: list[tuple[int, int]] = []
    for first, last in open:
        start, end = max(first.tick // 2, axis.start), min(last.tick // 2, axis.end)
        if start < end:
            apart = not found or too_long_to_hide(found[-1][1], start, axis)
            found = [*found, (start, end)] if apart else [*found[:-1], (found[-1][0], end)]
    return found


def too_long_to_hide(start: int, end: int, axis: Axis) -> bool:
    """Whether a closed stretch is wide enough to be drawn."""
    return 100 * (end - start) >= NARROWEST * (axis.end - axis.start)


def hides(open: Open, axis: Axis) -> bool:
    """Whether some closed stretch is too short to be drawn."""
    inside = [(a.tick // 2, b.tick // 2) for a, b in open if b.tick // 2 > axis.start and a.tick // 2 < axis.end]
    return len(inside) > len(joined(open, axis))


def closed(drawn: Iterable[tuple[int, int]], axis: Axis) -> Iterator[Stretch]:
    """What lies between the open stretches."""
    at = axis.start
    for start, end in (*drawn, (axis.end, axis.end)):
        if start > at:
            yield axis.stretch("closed", at, start)
        at = end


def within(drawn: Iterable[tuple[int, int]], start: int, end: int, kind: str, axis: Axis) -> Iterator[Stretch]:
    """The open stretches between two instants."""
    for first, last in drawn:
        if max(first, start) < min(last, end):
            yield axis.stretch(kind, max(first, start), min(last, end))


# --- the calendar along it -------------------------------------------------------------------------------------------

# How many days apart, on which dates, and the label's form; the first that gives few enough lines is taken.
DateRule = tuple[int, Callable[[date], bool], Callable[[date], str]]


def day_label(day: date) -> str:
    """`Sat 24 Oct`."""
    return f"{DAY_NAMES[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"


def month_label(day: date) -> str:
    """`Oct 2026`."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def _years(apart: int) -> DateRule:
    return 366 * apart, lambda day: day.month == day.day == 1 and day.year % apart == 0, lambda day: str(day.year)


def _months(apart: int) -> DateRule:
    return 31 * apart, lambda day: day.day == 1 and day.month % apart == 1 % apart, month_label


DATE_RULES: tuple[DateRule, ...] = (
    (1, lambda day: True, day_label),
    (2, lambda day: day.toordinal() % 2 == 0, day_label),
    (7, lambda day: day.weekday() == 0, day_label),
    (14, lambda day: day.toordinal() % 14 == 1, day_label),
    *(_months(apart) for apart in (1, 2, 3, 6)),
    *(_years(apart) for apart in (1, 2, 5, 10, 20, 50)),
)


def grid_of(axis: Axis) -> Iterator[GridLine]:
    """Lines at minutes, hours, days, weeks, months or years of the axis's zone, as its length asks for."""
    found = [(moment, text, day) for moment, text, day in _moments(axis) if axis.start < moment < axis.end]
    for number, (moment, text, day) in enumerate(found):
        x = axis.x(moment)
        spaced = len(found) <= 4 or number % 2 == 0
        yield GridLine(x, text if 5 <= x <= 95 else "", spaced and 11 <= x <= 89, day)


def _moments(axis: Axis) -> Iterator[tuple[int, str, bool]]:
    most = axis.end - axis.start
    days = list(_days(axis))
    for step in MINUTE_STEPS:
        if most <= MOST_LINES * step * MINUTE:
            yield from _times(axis, days, step)
            return
    _, takes, write = next((rule for rule in DATE_RULES if most <= MOST_LINES * rule[0] * DAY), DATE_RULES[-1])
    yield from ((midnight(day, axis.zone), write(day), True) for day in days if takes(day))


def _days(axis: Axis) -> Iterator[date]:
    day, last = date_at(axis.start, axis.zone), date_at(axis.end, axis.zone)
    while day <= last:
        yield day
        day += timedelta(days=1)


def _times(axis: Axis, days: Iterable[date], step: int) -> Iterator[tuple[int, str, bool]]:
    # A wall time that the clocks skip is the instant after the gap, so two of them may be one line.
    at = {instant(day, minutes, axis.zone): (day, minutes) for day in days for minutes in range(0, 24 * 60, step)}
    for moment, (day, minutes) in sorted(at.items()):
        yield moment, f"{minutes // 60:02d}:{minutes % 60:02d}" if minutes else day_label(day), minutes == 0


# --- in words --------------------------------------------------------------------------------------------------------


def description(promise: PromiseLine, case: WorstCase) -> str:
    """The picture in sentences, for those who do not see it; the step table below it says more."""
    due = write_instant(case.due.tick, promise.zone) if case.due else "never"
    done = write_instant(case.done.tick, promise.zone) if case.done else "never"
    told = [f"{step.agreement} {deed(step, promise.metric)}, {_from_to(step)}" for step in case.steps]
    return f"Opened {write_instant(case.opened.tick, promise.zone)}, due {due}, done {done}. {'; '.join(told)}."


def _from_to(step: StepLine) -> str:
    to = write_instant(step.to.tick, step.zone) if step.to else "never"
    return f"from {write_instant(step.start.tick, step.zone)} to {to}"
