"""The picture of a worst case: lanes, stretches and marks on one time line, as numbers and words without markup.

Across, places are per cent of the picture's width, so that one drawing fits a phone and a page with text of the same size.
Down, they are px. Instants on the line are UTC seconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from slachain.checks.wording import VERBS
from slachain.clocks.wall import local, write_instant
from slachain.decisions.report import Instant, PromiseLine, StepLine, WorstCase
from slachain.language.values import dataclass
from slachain.render.lettering import BOLD, QUIET, fitted
from slachain.render.page.axis import Axis, GridLine, Stretch, closed, day_label, grid_of, hides, joined, within

MARK_HEIGHT, LANE_HEIGHT, STRIP_HEIGHT, STRIP_DOWN = 20, 76, 22, 42
BAR_HEIGHT, WAITING_HEIGHT = 14, 6
AXIS_HEIGHT = 24
THINNEST_BAR = 0.5
ON_A_PHONE, ON_A_PAGE = 270, 685  # px of the narrowest phone, and of paper
MINUTE = 60
SHORT = 30 * MINUTE  # a picture below this tells seconds
HALF = 50  # per cent: labels of what lies beyond go to the left

KEYS = {
    "promised": "promised time",
    "late": "late",
    "works": "working hours used",
    "waits": "waiting for opening",
    "unbounded": "no time agreed",
    "closed": "closed",
}


@dataclass(frozen=True, slots=True)
class Label:
    """A text, and what of it fits on a phone (the same where all of it does)."""

    full: str
    short: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch that is drawn on a strip, at `y` and as high as `height` px."""

    kind: str
    x: float
    width: float
    y: int
    height: int


@dataclass(frozen=True, slots=True)
class Upright:
    """A piece of an upright line, in px."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mark:
    """An instant that has a name: opened, due, done, or never.

    The label's baseline is at `y`, `dx` px from the line, on the side where there is room. The line is in pieces, one over
    each strip, so that it crosses no title.
    """

    kind: str
    x: float
    y: int
    label: str
    dx: int
    anchor: str
    lines: tuple[Upright, ...]


@dataclass(frozen=True, slots=True)
class Lane:
    """One clock. `y` is the title's baseline, `top` the strip's upper edge, in px."""

    title: Label
    detail: Label
    y: int
    detail_y: int
    top: int
    closed: tuple[Stretch, ...]
    bars: tuple[Bar, ...]
    never_ends: bool


@dataclass(frozen=True, slots=True)
class Key:
    """What a kind of bar stands for."""

    kind: str
    words: str


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
    keys: tuple[Key, ...]
    hides_short_closings: bool


def timeline(promise: PromiseLine, case: WorstCase) -> Timeline:
    """A promise's worst ticket as a picture: the customer's clock on top, each step under it."""
    axis = axis_of(case, promise.zone)
    plot_top = MARK_HEIGHT * (2 + (case.due is not None)) + AXIS_HEIGHT
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
        marks=tuple(marks_of(case, axis, [lane.top for lane in lanes], plot_top)),
        grid=tuple(grid_of(axis)),
        lanes=lanes,
        keys=tuple(keys_of(lanes)),
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


def marks_of(case: WorstCase, axis: Axis, strips: list[int], plot_top: int) -> Iterator[Mark]:
    """Opened, due and done, one under another, in an order in which no line crosses a label."""
    named = (("opened", case.opened), ("due", case.due), ("done", case.done))
    known = [(axis.x(moment.tick // 2), kind, moment) for kind, moment in named if moment]
    leftwards = sorted((found for found in known if found[0] > HALF), key=lambda found: -found[0])
    rightwards = sorted((found for found in known if found[0] <= HALF), key=lambda found: found[0])
    if case.done is None:
        yield mark("never", 100, len(rightwards), "Never done", ())
    for number, (x, kind, moment) in enumerate([*rightwards, *leftwards]):
        row = number + (case.done is None and x > HALF)
        lines = (Upright(_baseline(row) - 11, plot_top - AXIS_HEIGHT + 4), *(Upright(top - 3, top + STRIP_HEIGHT + 3) for top in strips))
        yield mark(kind, x, row, f"{kind.capitalize()} {moment_label(moment, kind == 'opened', case, axis)}", lines)


def moment_label(moment: Instant, with_year: bool, case: WorstCase, axis: Axis) -> str:
    """`Fri 23 Oct, 14:00`; with seconds in a short picture, and with the year where it is not the first one's."""
    then, first = local(moment.tick // 2, axis.zone), local(case.opened.tick // 2, axis.zone)
    year = f" {then.year}" if with_year or then.year != first.year else ""
    clock = f"{then:%H:%M:%S}" if axis.end - axis.start < SHORT else f"{then:%H:%M}"
    return f"{day_label(then.date())}{year}, {clock}"


def mark(kind: str, x: float, row: int, text: str, lines: tuple[Upright, ...]) -> Mark:
    """A mark whose label stands on a row, on the side of its line that has room."""
    return Mark(kind, x, _baseline(row), text, *((-7, "end") if x > HALF else (7, "start")), lines)


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
    works = tuple(within(drawn, start, to, "works", axis, at_least=THINNEST_BAR)) if step.allowed else ()
    kind = "waits" if step.allowed else "unbounded"
    whole = axis.stretch(kind, start, to, THINNEST_BAR)
    bars = works if len(works) == 1 and works[0].width == whole.width else (whole, *works)
    detail = f"{step.allowed} allowed · {step.clock}" if step.allowed else f"no time agreed · {step.clock}"
    title = f"{step.agreement} {deed(step, metric)}"
    return lane(title, detail, top, tuple(closed(drawn, axis)), bars, never_ends=step.to is None)


def lane(title: str, detail: str, top: int, closed: tuple[Stretch, ...], stretches: tuple[Stretch, ...], *, never_ends: bool) -> Lane:
    """A lane whose upper edge is at `top` px; waiting is drawn as a thin bar, so that the closed hours are seen behind it."""
    strip = top + STRIP_DOWN
    heights = [(stretch, WAITING_HEIGHT if stretch.kind == "waits" else BAR_HEIGHT) for stretch in stretches]
    bars = tuple(Bar(s.kind, s.x, s.width, strip + (STRIP_HEIGHT - height) // 2, height) for s, height in heights)
    return Lane(label(title, BOLD), label(detail, QUIET), top + 18, top + 34, strip, closed, bars, never_ends)


def keys_of(lanes: Iterable[Lane]) -> Iterator[Key]:
    """What is to be explained: the kinds that occur."""
    occurring = {bar.kind for lane in lanes for bar in lane.bars} | {stretch.kind for lane in lanes for stretch in lane.closed}
    return (Key(kind, words) for kind, words in KEYS.items() if kind in occurring)


def deed(step: StepLine, metric: str) -> str:
    """What a step does, without its numbers: `hands over to tier2`."""
    if step.to_agreement is not None:
        return f"hands over to {step.to_agreement}"
    if step.does == "finishes":
        return VERBS.get(metric, "finishes") if step.allowed else f"commits to no {metric}"
    return "leaves tickets to nobody"


def label(text: str, kind: str) -> Label:
    """A text cut to what fits."""
    return Label(fitted(text, ON_A_PAGE, kind), fitted(text, ON_A_PHONE, kind))


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
