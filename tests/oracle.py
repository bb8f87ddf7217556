"""The oracle: the time checks of the language guide once more, slow and obvious, sharing no code with the package.

It takes a catalogue as plain strings (what `yaml.load(text, Loader=yaml.BaseLoader)` yields) and answers for every
promise of a time metric, chain `each` or `elapsed`: sections 1 to 7, 9 and 10.

Why sampling is exact here. Every window edge, horizon edge and duration is a multiple of some g seconds. So a clock
turns on or off, and one path overtakes another, at multiples of g only: strictly between two neighbours every instant
computed from t is either fixed or moves with t, and every reading is affine in t. Two inner samples of such a cell give
both one-sided limits at its ends, and one of them says whether the whole cell is late.

Not here: calendars from ics files, time metrics of which more is better; availability and amounts (section 8) have
their place at the end of `Oracle.judge`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from itertools import accumulate, pairwise
from math import gcd
from typing import Any, NamedTuple, TypeVar
from zoneinfo import ZoneInfo

import holidays

DAY = 86_400
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

# Three instants later than any other, so that `max` and `min` treat them as "never" without further ado. They differ in
# the reason: the calendar ended; a pause has no bound; there is no commitment. A reason that would remain if the
# calendars went on is the later one, so that only a ticket that the end alone leaves undone shortens the horizon.
ENDED = 10**15
UNBOUNDED = 10**16
MISSING = 10**17

Instant = int | Fraction  # UTC seconds since 1970
Done = Callable[[Instant], Instant]
Raw = Any  # a node of the catalogue: str, list or dict
T = TypeVar("T")


class TooShort(Exception):
    """The calendars were not expanded far enough; ask again with more."""


# --------------------------------------------------------------------------------------------- scalars (section 1)


class Days(NamedTuple):
    """So many business days."""

    number: int


Amount = int | Days  # seconds, or business days

UNITS = {"w": 7 * DAY, "d": DAY, "h": 3600, "m": 60, "s": 1}


def amount(text: str) -> Amount:
    if match := re.fullmatch(r"(\d+)bd", text):
        return Days(int(match[1]))
    return duration(text)


def duration(text: str) -> int:
    """Seconds of `1h30m`, `2d` or ISO 8601 `P1DT4H`."""
    if text.startswith("P"):
        before, _, after = text[1:].partition("T")
        parts = re.findall(r"(\d+)([WD])", before) + re.findall(r"(\d+)([HMS])", after)
    else:
        assert re.fullmatch(r"(\d+[wdhms])+", text), text
        parts = re.findall(r"(\d+)([wdhms])", text)
    return sum(int(number) * UNITS[unit.lower()] for number, unit in parts)


def percentage(text: str) -> Fraction:
    assert text.endswith("%"), text
    return Fraction(text[:-1]) / 100


def weekdays(text: str | list[str]) -> set[int]:
    """Numbers (Monday 0) of `mon-fri`, `sun-thu`, `mon, wed`."""
    parts = text if isinstance(text, list) else text.split(",")
    named: set[int] = set()
    for part in parts:
        first, _, last = part.strip().partition("-")
        start, stop = WEEKDAYS.index(first), WEEKDAYS.index(last or first)
        named |= {(start + i) % 7 for i in range((stop - start) % 7 + 1)}
    return named


# ------------------------------------------------------------------------------------------- calendars (section 2)


def wall(day: date, minutes: int, zone: ZoneInfo, *, last: bool = False) -> int:
    """The instant of a wall-clock time; a skipped one is the first instant after the gap, of a repeated one the first
    occurrence or the `last`."""
    shown = datetime(day.year, day.month, day.day) + timedelta(minutes=minutes)
    early, late = sorted(int(shown.replace(tzinfo=zone, fold=fold).timestamp()) for fold in (0, 1))
    if local(early, zone) == shown:
        return late if last else early
    while early < late:  # skipped: look for the first instant at which the wall clock shows at least that
        middle = (early + late) // 2
        if local(middle, zone) >= shown:
            late = middle
        else:
            early = middle + 1
    return late


def local(instant: int, zone: ZoneInfo) -> datetime:
    return datetime.fromtimestamp(instant, zone).replace(tzinfo=None)


def midnight(day: date, zone: ZoneInfo) -> int:
    return wall(day, 0, zone)


def minutes_of(text: str) -> int:
    hours, minutes = text.strip().split(":")
    return int(hours) * 60 + int(minutes)


def window(day: date, text: str, zone: ZoneInfo) -> tuple[int, int]:
    """From and to of `09:00-17:30` on that date."""
    opens, closes = (minutes_of(part) for part in text.split("-"))
    if closes == 24 * 60:  # "the first instant of the next date", even where that midnight comes twice
        return wall(day, opens, zone), midnight(day + timedelta(1), zone)
    overnight = 24 * 60 if closes <= opens else 0
    return wall(day, opens, zone), wall(day, closes + overnight, zone, last=True)


Span = tuple[int, int]  # half-open


def merged(spans: Iterable[Span]) -> list[Span]:
    joined: list[Span] = []
    for start, stop in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], stop))
        elif start < stop:
            joined.append((start, stop))
    return joined


def complement(spans: list[Span], start: int, stop: int) -> list[Span]:
    edges = [start, *(edge for span in spans for edge in span), stop]
    return [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b]


@dataclass(eq=False)  # each is itself: hashed by identity
class Clock:
    """One calendar, expanded. `windows` are (from, to, the date it belongs to), in order of their beginning."""

    zone: ZoneInfo
    spans: list[Span]
    windows: list[tuple[int, int, date]]
    business: set[int]  # weekdays that may be business days
    far: int  # nothing is known from here on
    starts: list[int] = field(init=False)
    totals: list[int] = field(init=False)  # open time up to the end of each span
    days: list[date] = field(init=False)
    closings: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.starts = [start for start, _ in self.spans]
        self.totals = []
        for start, stop in self.spans:
            self.totals.append((self.totals[-1] if self.totals else 0) + stop - start)
        closing: dict[date, int] = {}
        for _, stop, day in self.windows:
            if day.weekday() in self.business:
                closing[day] = max(stop, closing.get(day, stop))
        self.days = sorted(closing)
        self.closings = list(accumulate((closing[day] for day in self.days), max))  # none ends before an earlier one

    def is_open(self, t: Instant) -> bool:
        i = bisect_right(self.starts, t) - 1
        return i >= 0 and t < self.spans[i][1]

    def total(self, t: Instant) -> Instant:
        """Open time before t."""
        i = bisect_right(self.starts, t) - 1
        if i < 0:
            return 0
        start, stop = self.spans[i]
        return self.totals[i] - (stop - start) + min(t, stop) - start

    def elapsed(self, a: Instant, b: Instant) -> Instant:
        return self.total(b) - self.total(a)

    def due(self, t: Instant, length: Amount) -> Instant:
        if t >= ENDED:
            return t
        if isinstance(length, Days):
            return self.close_of_business(t, length.number)
        if length == 0:
            return t
        wanted = self.total(t) + length
        i = bisect_left(self.totals, wanted)
        if i == len(self.totals):
            return self.out_of(self.spans[-1][1] if self.spans else None)
        return self.spans[i][1] - (self.totals[i] - wanted)

    def close_of_business(self, t: Instant, count: int) -> Instant:
        first = self.first_open(t)
        if first >= ENDED:
            return first
        i = bisect_right(self.days, self.date_of(first)) + count - 1
        if i >= len(self.days):
            return self.out_of(self.closings[-1] if self.closings else None)
        return self.closings[i]

    def first_open(self, t: Instant) -> Instant:
        if self.is_open(t):
            return t
        i = bisect_right(self.starts, t)
        return self.starts[i] if i < len(self.starts) else self.out_of(self.spans[-1][1] if self.spans else None)

    def date_of(self, t: Instant) -> date:
        """The date of the window that began last, which has t though it may have ended and an older one go on."""
        return self.windows[bisect_right(self.windows, t, key=lambda w: w[0]) - 1][2]

    def out_of(self, last: int | None) -> int:
        """Nothing for the last year of an expansion that outlives every date of the catalogue: nothing ever."""
        if last is None or last < self.far - 370 * DAY:
            return ENDED
        raise TooShort

    def days_needed(self, t: Instant, done: Instant) -> int:
        """The least n with done ≤ due(t, n bd)."""
        if done >= ENDED:
            return int(done)
        n = 1
        while self.due(t, Days(n)) < done:
            n += 1
        return n


class Calendars:
    """The calendars of a catalogue, expanded from a few days before `first` up to `last`."""

    def __init__(self, bodies: dict[str, Raw], first: date, last: date) -> None:
        self.bodies, self.first, self.last = bodies, first - timedelta(4), last
        self.start = midnight(self.first + timedelta(2), ZoneInfo("UTC"))
        self.far = midnight(last - timedelta(2), ZoneInfo("UTC"))
        self.known: dict[str, Clock] = {}

    def clock(self, reference: Raw) -> Clock:
        """Of an id, or of a body written in its place."""
        key = repr(reference)
        if key not in self.known:
            self.known[key] = self.build(reference)
        return self.known[key]

    def build(self, reference: Raw) -> Clock:
        if reference == "24x7":
            return self.from_spans(ZoneInfo("UTC"), [(self.start, self.far)])
        body = self.bodies[reference] if isinstance(reference, str) else reference
        if "hours" in body or "exceptions" in body:
            return self.from_hours(body)
        return self.from_members(body)

    def from_members(self, body: Raw) -> Clock:
        kind = next(key for key in ("any_of", "all_of", "not") if key in body)
        members = [self.clock(m) for m in (body[kind] if kind != "not" else [body[kind]])]
        zone = ZoneInfo(body["timezone"]) if "timezone" in body else members[0].zone
        if kind == "any_of":
            return self.from_spans(zone, merged(span for m in members for span in m.spans))
        closed = merged(span for m in members for span in (m.spans if kind == "not" else self.outside(m.spans)))
        return self.from_spans(zone, self.outside(closed))

    def outside(self, spans: list[Span]) -> list[Span]:
        return complement(spans, self.start, self.far)

    def from_spans(self, zone: ZoneInfo, spans: list[Span]) -> Clock:
        """Its "windows" are its open time cut at local midnights."""
        windows = []
        midnights = [midnight(day, zone) for day in self.dates()]
        for start, stop in spans:
            inner = midnights[bisect_right(midnights, start) : bisect_left(midnights, stop)]
            edges = [start, *inner, stop]
            windows += [(a, b, local(a, zone).date()) for a, b in pairwise(edges)]
        return Clock(zone, spans, windows, set(range(7)), self.far)

    def dates(self) -> list[date]:
        return [self.first + timedelta(i) for i in range((self.last - self.first).days + 1)]

    def from_hours(self, body: Raw) -> Clock:
        zone = ZoneInfo(body["timezone"])
        windows = []
        for day, texts in self.hours_by_date(body).items():
            for text in texts:
                start, stop = window(day, text, zone)
                start, stop = max(start, self.start), min(stop, self.far)
                if start < stop:  # one that a clock change skips altogether does not begin
                    windows.append((start, stop, day))
        windows.sort()
        named = weekdays(body["business_days"]) if "business_days" in body else set(range(7))
        return Clock(zone, merged((a, b) for a, b, _ in windows), windows, named, self.far)

    def hours_by_date(self, body: Raw) -> dict[date, list[str]]:
        weekly: dict[int, list[str]] = {}
        for days, text in (body.get("hours") or {}).items():
            for weekday in weekdays(days):
                weekly[weekday] = windows_of(text)
        off = self.holidays(body.get("holidays") or {})
        exceptions = {date.fromisoformat(d): windows_of(text) for d, text in (body.get("exceptions") or {}).items()}
        opens = date.fromisoformat(body.get("from", "0001-01-01"))
        ends = date.fromisoformat(body.get("until", "9999-12-31"))
        hours = {}
        for day in self.dates():
            usual = [] if day in off else weekly.get(day.weekday(), [])
            if opens <= day <= ends:
                hours[day] = exceptions.get(day, usual)
        return hours

    def holidays(self, body: Raw) -> set[date]:
        days: set[date] = set()
        if "country" in body:
            years = range(self.first.year, self.last.year + 2)
            days = set(holidays.country_holidays(body["country"], subdiv=body.get("subdivision"), years=years))
        days |= {date.fromisoformat(day) for day in body.get("add", [])}
        return days - {date.fromisoformat(day) for day in body.get("remove", [])}


def windows_of(text: str | list[str]) -> list[str]:
    if isinstance(text, list):
        return text
    return [] if text == "closed" else text.split(",")


# ------------------------------------------------------------------------------ agreements and targets (4 and 5)


TARGET_KEYS = {"within", "at_least", "at_most", "attainment", "warn", "calendar", "opened_in", "per"}
NOT_INHERITED = {"accept", "term", "title", "end_to_end", "extends"}
BUILT_IN = {
    "response": ("time", "each"),
    "update": ("time", "each"),
    "acknowledge": ("time", "elapsed"),
    "restore": ("time", "elapsed"),
    "resolution": ("time", "elapsed"),
    "outage": ("time", "each"),
    "availability": ("percent", "product"),
}


def by_priority(target: Raw) -> dict[str, Raw]:
    """A metric's targets; one value stands for every priority."""
    return target if is_by_priority(target) else {"*": target}


def is_by_priority(target: Raw) -> bool:
    return isinstance(target, dict) and not TARGET_KEYS & target.keys()


def merge(old: Raw, new: Raw, path: tuple[str, ...] = ()) -> Raw:
    """Maps at every depth; a single target, an inline calendar and a list are replaced whole."""
    if not (isinstance(old, dict) and isinstance(new, dict)) or path[-1:] == ("calendar",):
        return new
    if path[:1] == ("targets",) and len(path) == 2 and not (is_by_priority(old) and is_by_priority(new)):
        return new
    if path[:1] == ("targets",) and len(path) > 2:
        return new
    both = {key: merge(old[key], new[key], (*path, key)) for key in old.keys() & new.keys()}
    return {**old, **new, **both}


@dataclass(frozen=True)
class Target:
    length: Amount
    calendar: Raw
    attainment: Fraction
    opened_in: Raw


class Leaf(NamedTuple):
    """What is relied on, with everything that its groups say already put in."""

    agreement: str
    after: Raw
    priorities: dict[str, str]


class Group(NamedTuple):
    kind: str
    members: tuple[Any, ...]


Tree = Leaf | Group


class Item(NamedTuple):
    share: Fraction | None
    tree: Tree


def leaves(tree: Tree) -> Iterator[Leaf]:
    if isinstance(tree, Leaf):
        yield tree
    else:
        for member in tree.members:
            yield from leaves(member)


class Catalogue:
    """Questions about what is written, `extends` already resolved."""

    def __init__(self, raw: Raw) -> None:
        self.raw = raw
        self.agreements = {name: self.resolved(name) for name in raw.get("agreements") or {}}
        policy = raw.get("policy") or {}
        self.equal_is_kept = policy.get("equal") == "kept"
        self.arrivals_any = policy.get("arrivals") == "any"

    def resolved(self, name: str) -> Raw:
        body = (self.raw.get("agreements") or {}).get(name) or (self.raw.get("plans") or {})[name]
        if "extends" not in body:
            return body
        inherited = {k: v for k, v in self.resolved(body["extends"]).items() if k not in NOT_INHERITED}
        return merge(inherited, body)

    def is_promise(self, name: str) -> bool:
        body = self.agreements[name]
        return bool(body["kind"] == "sla" or body.get("end_to_end") == "true")

    def metric(self, name: str) -> tuple[str, str]:
        """Its type and chain."""
        written = (self.raw.get("metrics") or {}).get(name)
        if written is None:
            return BUILT_IN[name]
        if "like" in written:
            # Overriding a built-in metric by itself can only mean the built-in one.
            return BUILT_IN[name] if written["like"] == name else self.metric(written["like"])
        return written["type"], written["chain"]

    def targets(self, name: str, metric: str) -> dict[str, Raw]:
        written = (self.agreements[name].get("targets") or {}).get(metric)
        return {} if written is None else by_priority(written)

    def alternatives(self, name: str, metric: str, priority: str | None) -> list[Target] | None:
        """What is written for that priority or else for all of them; None where neither is."""
        written = self.targets(name, metric)
        target = written.get(priority or "*", written.get("*"))
        if target is None:
            return None
        return [self.target(name, one) for one in (target if isinstance(target, list) else [target])]

    def target(self, name: str, written: Raw) -> Target:
        body = written if isinstance(written, dict) else {"within": written}
        return Target(
            amount(body["within"]),
            body.get("calendar", self.agreements[name]["calendar"]),
            percentage(body.get("attainment", "100%")),
            body.get("opened_in"),
        )

    def items(self, name: str, metric: str) -> list[Item]:
        """The items of its list that concern the metric (section 6)."""
        found = []
        for written in self.agreements[name].get("relies_on") or []:
            tree = self.tree(written, metric, None, {}, True)
            if tree is not None:
                share = written.get("share") if isinstance(written, dict) else None
                found.append(Item(percentage(share) if share else None, tree))
        return found

    def tree(self, written: Raw, metric: str, after: Raw, names: dict[str, str], wanted: bool) -> Tree | None:
        body: Raw = {"agreement": written} if isinstance(written, str) else written
        wanted = wanted and metric in body.get("metrics", [metric])
        after = body.get("after", after)
        names = {**names, **body.get("priorities", {})}
        if "agreement" in body:
            return Leaf(body["agreement"], after, names) if wanted else None
        kind = "any_of" if "any_of" in body else "all_of"
        members = [self.tree(member, metric, after, names, wanted) for member in body[kind]]
        kept = tuple(member for member in members if member is not None)
        return Group(kind, kept) if kept else None

    def pauses(self, name: str) -> dict[str, int]:
        """Reason to the longest stop in seconds; UNBOUNDED where none is written."""
        found: dict[str, int] = {}
        for written in self.agreements[name].get("pauses") or []:
            if isinstance(written, str):
                found[written] = UNBOUNDED
            else:
                found |= {reason: duration(longest) for reason, longest in written.items()}
        return found


# ----------------------------------------------------------------------------- the question asked of a promise (7)


@dataclass
class Question:
    """A limit on the customer's clock, over the cells [k, k + g) of its horizon that it answers for."""

    limit: Amount
    clock: Clock
    cells: list[int]
    g: int

    def grade(self, t: Instant, done: Instant) -> Instant:
        """The reading in seconds, or the business days needed."""
        if isinstance(self.limit, Days):
            return self.clock.days_needed(t, done)
        return done if done >= ENDED else self.clock.elapsed(t, done)

    def inner(self, cell: int) -> tuple[Instant, Instant]:
        """Two instants strictly inside."""
        third: Instant = self.g // 3 if self.g % 3 == 0 else Fraction(self.g, 3)
        return cell + third, cell + 2 * third

    def probes(self, cell: int) -> list[Probe]:
        """What counts towards the least upper bound: the instant itself and the limits at both ends of the cell."""
        inner = self.inner(cell)
        if isinstance(self.limit, Days):  # "for every t": instants only, and inside a cell they all fare alike
            return [Probe((cell,), "at"), Probe(inner[:1], "at")]
        return [Probe((cell,), "at"), Probe(inner, "begin"), Probe(inner, "end")]

    def graded(self, probe: Probe, done: Done) -> Instant:
        return probe.value([self.grade(t, done(t)) for t in probe.instants])

    def worst(self, done: Done) -> Instant:
        return max(self.graded(probe, done) for cell in self.cells for probe in self.probes(cell))

    def late(self, t: Instant, done: Instant) -> bool:
        if isinstance(self.limit, Days):
            return done > self.clock.due(t, self.limit)
        return self.grade(t, done) > self.limit

    def instants(self) -> Iterator[Instant]:
        for cell in self.cells:
            yield cell
            yield self.inner(cell)[0]

    def ticks(self) -> Iterator[Instant]:
        """All kinds of instants that there are: what is late at any is late at one of these."""
        for cell in self.cells:
            yield from (cell, *self.inner(cell))

    def surely_late(self, t: Instant, done: Instant) -> bool:
        """Late, and not only unknown, since the clock ended before either."""
        return self.late(t, done) and (done != ENDED or self.clock.due(t, self.limit) < ENDED)

    def outcome(self, done: Done) -> str:
        """`in time`, `equal` or `late`."""
        if not isinstance(self.limit, Days):
            worst = self.worst(done)
            return "in time" if worst < self.limit else "equal" if worst == self.limit else "late"
        pairs = [(done(t), self.clock.due(t, self.limit)) for t in self.instants()]
        if any(d > due for d, due in pairs):
            return "late"
        return "equal" if any(d == due for d, due in pairs) else "in time"

    def exposure(self, done: Done) -> Fraction | None:
        cells = [cell for cell in self.cells if self.clock.is_open(cell)]
        if not cells:
            return None
        late = [cell for cell in cells if self.late(self.inner(cell)[0], done(self.inner(cell)[0]))]
        return Fraction(len(late), len(cells))

    def chance(self, done: Done, arrivals_any: bool) -> Fraction:
        """The exposure as section 10 uses it. Without open time there are no even arrivals: then any may come."""
        share = self.exposure(done)
        if share is None:
            return Fraction(any(self.late(t, done(t)) for t in self.instants()))
        return Fraction(share > 0) if arrivals_any else share


class Probe(NamedTuple):
    """An instant, or two inside one cell from which the limit at its begin or end is extrapolated."""

    instants: tuple[Instant, ...]
    where: str

    def value(self, values: list[Instant]) -> Instant:
        if self.where == "at" or max(values) >= ENDED:
            return max(values)
        first, second = values
        return 2 * first - second if self.where == "begin" else 2 * second - first


# --------------------------------------------------------------------------------------- one ticket's way (6, 7, 9)


class Limit(NamedTuple):
    """A time allowed: so much on a clock, and so much more for pauses."""

    clock: Clock
    length: Amount
    extra: int = 0

    def due(self, t: Instant, clock: Clock | None = None) -> Instant:
        """On its own clock, or on another put in its place."""
        if self.extra == UNBOUNDED:
            return max(t, UNBOUNDED)
        on = clock or self.clock
        if isinstance(self.length, Days):
            return on.due(on.due(t, self.length), self.extra)
        return on.due(t, self.length + self.extra)


Step = tuple[Limit, ...]  # the latest of them


def latest(step: Step | None, t: Instant, clock: Clock | None = None) -> Instant:
    return MISSING if step is None else max(limit.due(t, clock) for limit in step)


Node = tuple[str, str | None]  # an agreement, and the priority that the ticket has there
Path = tuple[tuple[int, ...], tuple[Step, ...]]  # where it turned, for the list order; its steps


class Way:
    """Everything below one promise, for one metric and one priority (None: an unnamed one)."""

    def __init__(self, catalogue: Catalogue, calendars: Calendars, promise: str, metric: str, priority: str | None):
        self.catalogue, self.calendars, self.metric = catalogue, calendars, metric
        self.root: Node = (promise, priority)
        self.allowed = catalogue.pauses(promise)
        self.items: dict[str, list[Item]] = {}
        self.steps: dict[Node, Step | None] = {}
        self.overs: dict[tuple[Node, int], Step | None] = {}
        self.stops: dict[Node, bool] = {}
        self.memo: dict[tuple[Node, Instant], Instant] = {}
        self.arrivals: dict[tuple[Node, Instant], Instant] = {}
        self.nodes = list(dict.fromkeys(self.below(self.root)))
        self.parents = self.incoming()

    def list_of(self, node: Node) -> list[Item]:
        name = node[0]
        if name not in self.items:
            self.items[name] = self.catalogue.items(name, self.metric)
        return self.items[name]

    def leaves_of(self, node: Node) -> list[Leaf]:
        return [leaf for item in self.list_of(node) for leaf in leaves(item.tree)]

    def target_of(self, leaf: Leaf, node: Node) -> Node:
        priority = node[1]
        return leaf.agreement, None if priority is None else leaf.priorities.get(priority, priority)

    def below(self, node: Node) -> Iterator[Node]:
        """Every agreement and priority below, in list order, as often as there are ways."""
        for leaf in self.leaves_of(node):
            yield self.target_of(leaf, node)
            yield from self.below(self.target_of(leaf, node))

    def incoming(self) -> dict[Node, list[tuple[Node, Leaf]]]:
        parents: dict[Node, list[tuple[Node, Leaf]]] = {}
        for node in [self.root, *self.nodes]:
            for leaf in self.leaves_of(node):
                parents.setdefault(self.target_of(leaf, node), []).append((node, leaf))
        return parents

    # what is allowed

    def own(self, node: Node) -> Step | None:
        """Its own target, lengthened by the pauses that the promise does not share; None where there is none."""
        if node not in self.steps:
            written = self.catalogue.alternatives(*self.at(node))
            extra = self.extra(node[0])
            self.steps[node] = (
                None if written is None else tuple(Limit(self.calendars.clock(one.calendar), one.length, extra) for one in written)
            )
        return self.steps[node]

    def at(self, node: Node) -> tuple[str, str, str | None]:
        return node[0], self.metric, node[1]

    def attainment(self, node: Node) -> Fraction:
        return min(one.attainment for one in self.catalogue.alternatives(*self.at(node)) or [])

    def extra(self, name: str) -> int:
        total = 0
        for reason, longest in self.catalogue.pauses(name).items():
            shared = self.allowed.get(reason, 0)
            if longest == UNBOUNDED and shared != UNBOUNDED:
                return UNBOUNDED
            total += max(0, longest - shared)
        return total

    def after(self, node: Node, leaf: Leaf) -> str | None:
        """The hand-over as written for this priority."""
        if isinstance(leaf.after, dict):
            found: str | None = leaf.after.get(node[1] or "*", leaf.after.get("*"))
            return found
        return None if leaf.after is None else str(leaf.after)

    def hands_over(self, node: Node, leaf: Leaf) -> Step | None:
        """The time before this one is asked; None where the agreement's own target would say but there is none."""
        key = (node, id(leaf))
        if key not in self.overs:
            self.overs[key] = self.hand_over_of(node, leaf)
        return self.overs[key]

    def hand_over_of(self, node: Node, leaf: Leaf) -> Step | None:
        written = self.after(node, leaf)
        clock = self.calendars.clock(self.catalogue.agreements[node[0]]["calendar"])
        if written is not None:
            return (Limit(clock, amount(written)),)
        return (Limit(clock, 0),) if self.catalogue.is_promise(node[0]) else self.own(node)

    def by_default(self, node: Node, leaf: Leaf) -> bool:
        """The agreement's own target is the hand-over."""
        return self.after(node, leaf) is None and not self.catalogue.is_promise(node[0])

    def shared(self, node: Node) -> Fraction:
        return sum((item.share for item in self.list_of(node) if item.share is not None), Fraction(0))

    def may_stop(self, node: Node) -> bool:
        if node not in self.stops:
            self.stops[node] = node != self.root and self.shared(node) < 1
        return self.stops[node]

    def leaves_to_nobody(self) -> bool:
        """All items of the promise have shares, and they leave something."""
        items = self.list_of(self.root)
        return all(item.share is not None for item in items) and self.shared(self.root) < 1

    def lacks_a_commitment(self) -> bool:
        """Anywhere below."""
        return self.leaves_to_nobody() or any(
            self.own(node) is None and (self.may_stop(node) or any(self.by_default(node, leaf) for leaf in self.leaves_of(node)))
            for node in self.nodes
        )

    # when it is done

    def done(self, t: Instant) -> Instant:
        return self.done_at(self.root, t)

    def done_at(self, node: Node, t: Instant) -> Instant:
        """When the agreement has finished with a ticket that reaches it at t, at the latest."""
        key = (node, t)
        if key not in self.memo:
            ways = [self.done_tree(node, item.tree, t) for item in self.list_of(node)]
            if self.may_stop(node):
                ways.append(latest(self.own(node), t))
            if node == self.root and self.leaves_to_nobody():
                ways.append(MISSING)
            self.memo[key] = max(ways)
        return self.memo[key]

    def done_tree(self, node: Node, tree: Tree, t: Instant) -> Instant:
        if isinstance(tree, Leaf):
            return self.done_at(self.target_of(tree, node), latest(self.hands_over(node, tree), t))
        members = [self.done_tree(node, member, t) for member in tree.members]
        return min(members) if tree.kind == "any_of" else max(members)

    # the paths that are worst

    def worst_paths(self, question: Question) -> set[Path]:
        """Every path that attains the supported time at some instant or limit, groups resolved: of `any_of` the member
        that is there first."""
        supported = question.worst(self.done)
        found: set[Path] = set()
        for cell in question.cells:
            for probe in question.probes(cell):
                if question.graded(probe, self.done) == supported:
                    found |= set(self.paths(self.root, list(probe.instants), Grading(question, probe)))
        return found

    def paths(self, node: Node, arrivals: list[Instant], grading: Grading) -> Iterator[Path]:
        trees = [item.tree for item in self.list_of(node)]
        worst = grading([self.done_at(node, t) for t in arrivals])
        stop = self.own(node)
        if self.may_stop(node) and stop is not None and grading([latest(stop, t) for t in arrivals]) == worst:
            yield (0,), (stop,)
        for i, tree in enumerate(trees):
            if grading([self.done_tree(node, tree, t) for t in arrivals]) == worst:
                for turns, steps in self.paths_of(node, tree, arrivals, grading):
                    yield (i + 1, *turns), steps

    def paths_of(self, node: Node, tree: Tree, arrivals: list[Instant], grading: Grading) -> Iterator[Path]:
        if isinstance(tree, Leaf):
            step = self.hands_over(node, tree)
            if step is not None:
                arrived = [latest(step, t) for t in arrivals]
                for turns, steps in self.paths(self.target_of(tree, node), arrived, grading):
                    yield turns, (step, *steps)
            return
        values = [[self.done_tree(node, member, t) for t in arrivals] for member in tree.members]
        if tree.kind == "any_of":
            grades = [grading.probe.value(value) for value in values]
            best = min(grades)
        else:
            grades = [grading(value) for value in values]
            best = max(grades)
        for i, member in enumerate(tree.members):
            if grades[i] == best:
                for turns, steps in self.paths_of(node, member, arrivals, grading):
                    yield (i, *turns), steps

    # how late it may be (section 10)

    def arrival(self, node: Node, t: Instant) -> Instant:
        """The latest over all ways there, of a ticket opened at t."""
        if node == self.root:
            return t
        key = (node, t)
        if key not in self.arrivals:
            self.arrivals[key] = max(latest(self.hands_over(parent, leaf), self.arrival(parent, t)) for parent, leaf in self.parents[node])
        return self.arrivals[key]


class Grading(NamedTuple):
    """How bad it is to be done then, seen from the instant or limit probed."""

    question: Question
    probe: Probe

    def __call__(self, dones: list[Instant]) -> Instant:
        pairs = zip(self.probe.instants, dones, strict=True)
        return self.probe.value([self.question.grade(t, done) for t, done in pairs])


@dataclass
class Lateness:
    """Section 10 for an `elapsed` promise: at most this share of tickets is late. `alone`: for want of attainment only,
    as if every exposure were nil."""

    way: Way
    question: Question
    known: dict[tuple[Node, bool], Fraction] = field(default_factory=dict)
    chances: dict[Node, Fraction] = field(default_factory=dict)

    def of(self, node: Node, alone: bool = False) -> Fraction:
        key = (node, alone)
        if key not in self.known:
            self.known[key] = min(Fraction(1), self.of_list(node, alone))
        return self.known[key]

    def of_list(self, node: Node, alone: bool) -> Fraction:
        items = self.way.list_of(node)
        late = sum((i.share * self.of_item(node, i.tree, alone) for i in items if i.share is not None), Fraction(0))
        rest = 1 - self.way.shared(node)
        if rest <= 0:
            return late
        ways = [self.of_item(node, item.tree, alone) for item in items if item.share is None]
        if self.way.may_stop(node):
            ways.append(self.of_stopping(node, alone))
        return late + rest * max(ways, default=Fraction(1))  # left to nobody: late

    def of_stopping(self, node: Node, alone: bool) -> Fraction:
        if self.way.own(node) is None:
            return Fraction(1)
        exposed = Fraction(0) if alone else self.chance_of_stopping(node)
        return min(Fraction(1), exposed + 1 - self.way.attainment(node))

    def chance_of_stopping(self, node: Node) -> Fraction:
        """e(B): the exposure of the latest arrival, finished by its own target."""
        if node not in self.chances:
            self.chances[node] = self.chance(lambda t: latest(self.way.own(node), self.way.arrival(node, t)))
        return self.chances[node]

    def chance(self, done: Done) -> Fraction:
        return self.question.chance(done, self.way.catalogue.arrivals_any)

    def of_item(self, node: Node, tree: Tree, alone: bool) -> Fraction:
        late = self.of_tree(node, tree, alone)
        if any(self.way.by_default(node, leaf) for leaf in leaves(tree)):
            late += 1 if self.way.own(node) is None else 1 - self.way.attainment(node)
        return min(Fraction(1), late)

    def of_tree(self, node: Node, tree: Tree, alone: bool) -> Fraction:
        if isinstance(tree, Leaf):
            return self.of(self.way.target_of(tree, node), alone)
        members = [self.of_tree(node, member, alone) for member in tree.members]
        if tree.kind == "all_of" or alone:  # alone: whichever member is in time may be the one that misses
            return min(Fraction(1), sum(members, Fraction(0)))
        return min(*members, self.of_any(node, tree, alone))

    def of_any(self, node: Node, tree: Group, alone: bool) -> Fraction:
        """The group as a whole, and then each of its members failing for want of attainment."""
        whole = self.chance(lambda t: self.way.done_tree(node, tree, self.way.arrival(node, t)))
        return whole + sum((self.of_tree(node, member, True) for member in tree.members), Fraction(0))


# ------------------------------------------------------------------------------------- the answer for one priority


@dataclass(frozen=True)
class Finding:
    """One promise checked for one priority. `causes`: what a promise that is too slow fails for, one for every path
    that is worst, in list order; empty where a commitment is missing everywhere."""

    supported: Instant
    outcome: str
    exposure: Fraction | None
    assured: Fraction
    missing: bool
    causes: tuple[str, ...]
    until: int


def cause_of(steps: tuple[Step, ...], question: Question) -> str:
    """Of a path, taken as a plain sequence, were every calendar on it the customer's."""
    if on_customers_clock(steps, question) != "late":
        return "hours"
    if any(on_customers_clock((step,), question) == "late" for step in steps):
        return "commitment"
    return "sum"


def on_customers_clock(steps: tuple[Step, ...], question: Question) -> str:
    lengths = [max_seconds(step) for step in steps]
    if not isinstance(question.limit, Days) and all(length is not None for length in lengths):
        # On one clock durations just add up, also where that clock would end before.
        total = sum(length for length in lengths if length is not None)
        return "in time" if total < question.limit else "equal" if total == question.limit else "late"

    def done(t: Instant) -> Instant:
        for step in steps:
            t = latest(step, t, question.clock)
        return t

    return "late" if any(question.surely_late(t, done(t)) for t in question.ticks()) else "in time"


def max_seconds(step: Step) -> int | None:
    if any(isinstance(limit.length, Days) for limit in step):
        return None
    return max(int(limit.length) + limit.extra for limit in step if not isinstance(limit.length, Days))


def check_elapsed(way: Way, question: Question, until: int) -> Finding:
    outcome, supported = question.outcome(way.done), question.worst(way.done)
    paths: list[Path] = []
    if outcome == "late" and supported < MISSING:
        paths = sorted(way.worst_paths(question), key=lambda path: path[0])
    causes = tuple(cause_of(steps, question) for _, steps in paths)
    assured = 1 - Lateness(way, question).of(way.root)
    exposure = question.exposure(way.done)
    return Finding(supported, outcome, exposure, assured, way.lacks_a_commitment(), causes, until)


def commitments(way: Way) -> list[tuple[Node, Step]]:
    """All that stands below, in list order."""
    steps = [(node, way.own(node)) for node in way.nodes]
    return [(node, step) for node, step in steps if step is not None]


def lacks_a_direct_one(way: Way) -> bool:
    return any(way.own(way.target_of(leaf, way.root)) is None for leaf in way.leaves_of(way.root))


def done_each(way: Way) -> Done:
    """The latest of the commitments, each taken alone from t."""
    steps = [step for _, step in commitments(way)]
    if lacks_a_direct_one(way):
        return lambda t: MISSING
    return lambda t: max(latest(step, t) for step in steps)


def check_each(way: Way, question: Question, until: int) -> Finding:
    done = done_each(way)
    supported, outcome = question.worst(done), question.outcome(done)
    if lacks_a_direct_one(way):
        return Finding(supported, outcome, question.exposure(done), Fraction(0), True, (), until)
    exposures, assured, causes = [], [], []
    for node, step in commitments(way):
        alone = alone_on(step)
        exposures.append(question.exposure(alone))
        chance = question.chance(alone, way.catalogue.arrivals_any)
        assured.append(max(Fraction(0), way.attainment(node) - chance))
        if outcome == "late" and question.worst(alone) == supported:
            causes.append(cause_of((step,), question))
    return Finding(supported, outcome, worst_share(exposures), min(assured), False, tuple(causes), until)


def alone_on(step: Step) -> Done:
    return lambda t: latest(step, t)


def worst_share(shares: Iterable[Fraction | None]) -> Fraction | None:
    return max((share for share in shares if share is not None), default=None)


# ----------------------------------------------------------------------------------------------------- the oracle


@dataclass(frozen=True)
class Promise:
    agreement: str
    metric: str
    chain: str
    priority: str
    alternative: int | None


class Oracle:
    """One catalogue, its calendars expanded so many days past every horizon and every date that they name."""

    def __init__(self, raw: Raw, as_of: date, days: int) -> None:
        self.catalogue, self.as_of = Catalogue(raw), as_of
        bodies = raw.get("calendars") or {}
        latest_date = max([year_after(as_of), *self.terms(), *dates_in(bodies), *dates_in(self.inline())])
        self.calendars = Calendars(bodies, as_of, latest_date + timedelta(days))
        self.g = 0

    def terms(self) -> list[date]:
        """The last date of every promise's horizon, more or less."""
        begins = [b.get("term", {}).get("from") for b in self.catalogue.agreements.values()]
        return [year_after(date.fromisoformat(begin)) for begin in begins if begin]

    def inline(self) -> list[Raw]:
        """Calendars written in the place of an id."""
        return [c for c in calendars_in(self.catalogue.agreements) if isinstance(c, dict)]

    # the horizon and its grid

    def horizon(self, promise: Promise) -> tuple[int, int]:
        """From and until before any calendar's end cuts it; empty where the term has ended."""
        body = self.catalogue.agreements[promise.agreement]
        told = self.calendars.clock(body["calendar"]).zone
        zone = self.clock_of(promise).zone
        start, stop = midnight(self.as_of, zone), midnight(year_after(self.as_of), zone)
        term = body.get("term") or {}
        if "from" in term and midnight(begin := date.fromisoformat(term["from"]), told) > start:
            start, stop = midnight(begin, told), midnight(year_after(begin), told)
        if "until" in term:
            stop = min(stop, midnight(date.fromisoformat(term["until"]) + timedelta(1), told))
        return start, stop

    def grid(self) -> int:
        """The greatest g of which every edge and every duration is a multiple."""
        if not self.g:
            for reference in [*self.calendars.bodies, *calendars_in(self.catalogue.agreements)]:
                self.calendars.clock(reference)
            edges = [edge for clock in self.calendars.known.values() for w in clock.windows for edge in w[:2]]
            horizons = [edge for promise in self.promises() for edge in self.horizon(promise)]
            self.g = gcd(*edges, *horizons, *durations_in(self.catalogue.agreements))
        return self.g

    def cells(self, promise: Promise, start: int, stop: int) -> list[int]:
        """Of the horizon, those that an `opened_in` alternative answers for."""
        everything = range(start, stop, self.grid())
        if promise.alternative is None:
            return list(everything)
        calendars = [one.opened_in for one in self.alternatives(promise)[: promise.alternative + 1]]
        *before, mine = [self.calendars.clock("24x7" if c is None else c) for c in calendars]
        return [cell for cell in everything if mine.is_open(cell) and not any(c.is_open(cell) for c in before)]

    # promises

    def promises(self) -> list[Promise]:
        found: list[Promise] = []
        for name in sorted(self.catalogue.agreements):
            if not self.catalogue.is_promise(name):
                continue
            for metric in sorted(self.catalogue.agreements[name].get("targets") or {}):
                kind, chain = self.catalogue.metric(metric)
                if kind == "time" and chain in ("each", "elapsed"):
                    found += self.promises_of(name, metric, chain)
        return found

    def promises_of(self, name: str, metric: str, chain: str) -> Iterator[Promise]:
        for priority, written in sorted(self.catalogue.targets(name, metric).items()):
            for i in range(len(written)) if isinstance(written, list) else [None]:
                yield Promise(name, metric, chain, priority, i)

    def alternatives(self, promise: Promise) -> list[Target]:
        found = self.catalogue.alternatives(promise.agreement, promise.metric, promise.priority)
        assert found is not None
        return found

    def target(self, promise: Promise) -> Target:
        return self.alternatives(promise)[promise.alternative or 0]

    def clock_of(self, promise: Promise) -> Clock:
        return self.calendars.clock(self.target(promise).calendar)

    def ways(self, promise: Promise) -> list[Way]:
        """One for a named priority; of a promise for `*`, one for every priority named below."""
        names: list[str | None] = [promise.priority]
        if promise.priority == "*":
            spoken_for = self.catalogue.targets(promise.agreement, promise.metric).keys()
            named = self.named(promise.agreement, promise.metric)
            names = [*sorted(named - spoken_for)]
            if not names or self.has_others(promise, named | (spoken_for - {"*"})):
                names.append(None)
        return [Way(self.catalogue, self.calendars, promise.agreement, promise.metric, name) for name in names]

    def has_others(self, promise: Promise, names: set[str]) -> bool:
        """Some "*" below stands beside named priorities, and a ticket of none of these names ever asks for it: it is there for others."""
        stars: dict[tuple[str, str, int], bool] = {}
        for name in names:
            way = Way(self.catalogue, self.calendars, promise.agreement, promise.metric, name)
            for node in [way.root, *way.nodes]:
                lists = {("targets", node[0], 0): self.catalogue.targets(node[0], promise.metric)} if node != way.root else {}
                lists |= {("after", node[0], n): leaf.after for n, leaf in enumerate(way.leaves_of(node)) if isinstance(leaf.after, dict)}
                for place, written in lists.items():
                    if "*" in written and len(written) > 1:
                        stars[place] = stars.get(place, False) or node[1] not in written
        return not all(stars.values())

    def named(self, name: str, metric: str) -> set[str]:
        """Priorities named by what the agreement hands over and by what is below it, in the agreement's own names."""
        found: set[str] = set()
        for leaf in (leaf for item in self.catalogue.items(name, metric) for leaf in leaves(item.tree)):
            found |= leaf.priorities.keys()
            found |= leaf.after.keys() if isinstance(leaf.after, dict) else set()
            theirs = self.named(leaf.agreement, metric) | self.catalogue.targets(leaf.agreement, metric).keys()
            for priority in theirs - {"*"}:
                found |= taken_back(priority, leaf.priorities)
        return found - {"*"}

    # the checks

    def judge(self) -> list[dict[str, Any]]:
        rows = [self.row(promise) for promise in self.promises()]
        # Availability and amounts (section 8) would add their rows here.
        return [row for row in rows if row is not None]

    def row(self, promise: Promise) -> dict[str, Any] | None:
        start, stop = self.horizon(promise)
        if stop <= start or not self.cells(promise, start, stop):
            return None  # expired (SC504); an alternative that never applies (SC102)
        row = self.blank(promise, start, stop)
        if not self.catalogue.items(promise.agreement, promise.metric):
            return row | {"verdict": "unsupported", "cause": "unsupported", "causes": {"unsupported"}}
        findings = [self.check(promise, way, start, stop) for way in self.ways(promise)]
        found = [finding for finding in findings if finding is not None]
        if len(found) < len(findings):
            return row | {"horizon": (start, start)}  # a calendar had ended before: nothing is known
        return row | self.verdict(promise, found, start)

    def blank(self, promise: Promise, start: int, stop: int) -> dict[str, Any]:
        target = self.target(promise)
        return {
            "agreement": promise.agreement,
            "metric": promise.metric,
            "priority": promise.priority,
            "alternative": promise.alternative,
            "chain": promise.chain,
            "promised": written(target.length),
            "attainment": target.attainment,
            "verdict": None,
            "cause": None,
            "causes": set(),
            "supported": None,
            "exposure": None,
            "assured": None,
            "horizon": (start, stop),
        }

    def check(self, promise: Promise, way: Way, start: int, stop: int) -> Finding | None:
        question = Question(self.target(promise).length, self.clock_of(promise), [], self.grid())
        done = way.done if promise.chain == "elapsed" else done_each(way)
        until = next((c for c in range(start, stop, self.grid()) if self.ends(question, done, c)), stop)
        question.cells = self.cells(promise, start, until)
        if not question.cells:
            return None
        return (check_elapsed if promise.chain == "elapsed" else check_each)(way, question, until)

    def ends(self, question: Question, done: Done, cell: int) -> bool:
        """A ticket opened in this cell would outlast a calendar."""
        return done(cell) == ENDED or done(question.inner(cell)[0]) == ENDED

    def verdict(self, promise: Promise, found: list[Finding], start: int) -> dict[str, Any]:
        supported = max(finding.supported for finding in found)
        assured = min(finding.assured for finding in found)
        outcome = max((finding.outcome for finding in found), key=("in time", "equal", "late").index)
        if outcome == "equal" and self.catalogue.equal_is_kept:
            outcome = "in time"
        enough = assured >= self.target(promise).attainment
        causes = self.causes(found, outcome, enough)
        return {
            "verdict": ("holds" if outcome == "in time" else "tolerated" if outcome == "late" else "gap") if enough else "gap",
            "cause": causes[0] if causes else None,
            "causes": set(causes),
            "supported": self.supported(promise, supported),
            "exposure": worst_share(finding.exposure for finding in found),
            "assured": assured,
            "horizon": (start, min(finding.until for finding in found)),
        }

    def causes(self, found: list[Finding], outcome: str, enough: bool) -> list[str]:
        """The cause first; after it those that another choice among equally bad paths could name."""
        if outcome == "in time":
            return [] if enough else ["attainment"]
        causes = ["missing"] if any(finding.missing for finding in found) else []
        if outcome == "equal":
            return [*causes, "equal"]
        worst = max(finding.supported for finding in found)
        return causes + [cause for finding in found if finding.supported == worst for cause in finding.causes]

    def supported(self, promise: Promise, value: Instant) -> Any:
        if value >= ENDED:
            return "never"
        assert value == int(value)
        return ("bd", int(value)) if isinstance(self.target(promise).length, Days) else int(value)

    # one ticket

    def done(self, promise: Promise, t: Fraction) -> Instant:
        """Of a promise for `*`, the latest over the priorities."""
        ways = self.ways(promise)
        return max((way.done if promise.chain == "elapsed" else done_each(way))(t) for way in ways)


def written(length: Amount) -> Any:
    return ("bd", length.number) if isinstance(length, Days) else length


def taken_back(priority: str, names: dict[str, str]) -> set[str]:
    """The names above that mean this priority below."""
    mapped = {ours for ours, theirs in names.items() if theirs == priority}
    return mapped or ({priority} - names.keys())


def year_after(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February
        return date(day.year + 1, 3, 1)


def dates_in(node: Raw) -> Iterator[date]:
    """Every date named anywhere in there."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from dates_in(key)
            yield from dates_in(value)
    elif isinstance(node, list):
        for value in node:
            yield from dates_in(value)
    elif re.fullmatch(r"\d{4}-\d\d-\d\d", node):
        yield date.fromisoformat(node)


def calendars_in(node: Raw) -> Iterator[Raw]:
    """Every calendar that agreements and targets name or write."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key in ("calendar", "opened_in"):
                yield value
            else:
                yield from calendars_in(value)
    elif isinstance(node, list):
        for value in node:
            yield from calendars_in(value)


def durations_in(node: Raw) -> Iterator[int]:
    """Every duration anywhere; one too many only makes the grid finer."""
    if isinstance(node, dict):
        for value in node.values():
            yield from durations_in(value)
    elif isinstance(node, list):
        for value in node:
            yield from durations_in(value)
    elif re.fullmatch(r"(\d+[wdhms])+|P(\d+[WD])*(T(\d+[HMS])+)?", node):
        yield duration(node)


def expanded(raw: Raw, as_of: date, question: Callable[[Oracle], T]) -> T:
    """Asks with calendars long enough; the first guess nearly always is."""
    days = 400
    while True:
        try:
            return question(Oracle(raw, as_of, days))
        except TooShort:
            days *= 3


# ------------------------------------------------------------------------------------------------ what tests call


def judge(catalogue: Raw, as_of: date) -> list[dict[str, Any]]:
    """A row for every time promise of chain `each` or `elapsed`, sorted by agreement, metric, priority, alternative.

    `supported` is seconds, ("bd", n), "never", or None (unsupported); `horizon` is UTC seconds. `causes` holds the
    cause and those that another choice among equally bad paths could name. `verdict` is None where a calendar ended
    before the horizon began, so that nothing is known.
    """
    return expanded(catalogue, as_of, Oracle.judge)


def read(catalogue: Raw, as_of: date, agreement: str, metric: str, priority: str, alternative: int | None, t: Fraction) -> Fraction | str:
    """The customer's clock, in seconds, when a ticket opened at UTC second t is done; or "never"."""

    def ask(oracle: Oracle) -> Fraction | str:
        promise = find(oracle, agreement, metric, priority, alternative)
        finished = oracle.done(promise, t)
        return "never" if finished >= ENDED else Fraction(oracle.clock_of(promise).elapsed(t, finished))

    return expanded(catalogue, as_of, ask)


def done(catalogue: Raw, as_of: date, agreement: str, metric: str, priority: str, alternative: int | None, t: Fraction) -> Fraction | str:
    """done(t) as UTC seconds, or "never"."""

    def ask(oracle: Oracle) -> Fraction | str:
        return told(oracle.done(find(oracle, agreement, metric, priority, alternative), t))

    return expanded(catalogue, as_of, ask)


def due_c(
    catalogue: Raw,
    as_of: date,
    agreement: str,
    metric: str,
    priority: str,
    alternative: int | None,
    t: Fraction,
    days: int | None = None,
) -> Fraction | str:
    """When the promise itself is due for a ticket opened at t, or so many business days on its clock."""

    def ask(oracle: Oracle) -> Fraction | str:
        promise = find(oracle, agreement, metric, priority, alternative)
        length = oracle.target(promise).length if days is None else Days(days)
        return told(oracle.clock_of(promise).due(t, length))

    return expanded(catalogue, as_of, ask)


def deadline_missed(catalogue: Raw, as_of: date, agreement: str, metric: str, priority: str, alternative: int | None, t: Fraction) -> bool:
    """A ticket opened at t would be late: its reading is more than X, or done(t) > due_c(t, X) in business days."""

    def ask(oracle: Oracle) -> bool:
        promise = find(oracle, agreement, metric, priority, alternative)
        question = Question(oracle.target(promise).length, oracle.clock_of(promise), [], oracle.grid())
        return question.late(t, oracle.done(promise, t))

    return expanded(catalogue, as_of, ask)


def find(oracle: Oracle, agreement: str, metric: str, priority: str, alternative: int | None) -> Promise:
    chain = oracle.catalogue.metric(metric)[1]
    return Promise(agreement, metric, chain, priority, alternative)


def told(instant: Instant) -> Fraction | str:
    return "never" if instant >= ENDED else Fraction(instant)


def utc(text: str) -> Fraction:
    """UTC seconds of `2026-10-23T13:00:01Z`, for tests that name an instant."""
    return Fraction(int(datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(UTC).timestamp()))
