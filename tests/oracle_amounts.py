"""The oracle for amounts: promises on metrics of type percent, count or money, slow and obvious, no code of the package.

It answers for chain `product` (section 8), and for `each` and `supply` (the table of section 5). Calendars, horizons,
`extends` and priorities are those of tests/oracle.py; every length is a number of real seconds, every share a Fraction.

Where the language guide leaves a choice, the comment at that place says which one is taken here.

Not here: units or periods that differ (SC107; an assertion says so), metrics of type time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from math import prod
from typing import Any, NamedTuple

from tests.oracle import (
    BUILT_IN,
    Calendars,
    Catalogue,
    Clock,
    Group,
    Leaf,
    Node,
    Oracle,
    Promise,
    Raw,
    Span,
    Tree,
    Way,
    leaves,
    local,
    merged,
    midnight,
    percentage,
)

AMOUNTS = ("percent", "count", "money")
MONTHS_IN = {"month": 1, "quarter": 3, "year": 12}
EVERYTHING = Fraction(1)


# ------------------------------------------------------------------------------------------------ what is written


class Written(NamedTuple):
    """One target: an amount, its unit where it has one, its period where one is written, its calendar."""

    amount: Fraction
    unit: str
    per: str | None
    calendar: Raw


def written(catalogue: Catalogue, node: Node, metric: str) -> Written | None:
    """What the agreement commits to for that priority, or else for every one; None where neither is written."""
    name, priority = node
    targets = catalogue.targets(name, metric)
    body = targets.get(priority or "*", targets.get("*"))
    if body is None:
        return None
    value, unit = quantity(body["at_least"] if "at_least" in body else body["at_most"])
    return Written(value, unit, body.get("per"), body.get("calendar", catalogue.agreements[name]["calendar"]))


def quantity(text: str) -> tuple[Fraction, str]:
    """`70%`, `120` or `1200 EUR`."""
    if text.endswith("%"):
        return percentage(text), "%"
    number, _, unit = text.partition(" ")
    return Fraction(number), unit


def more_is_better(catalogue: Catalogue, metric: str) -> bool:
    """Of the built-in metrics only availability is an amount, and more of it is better."""
    body = (catalogue.raw.get("metrics") or {}).get(metric)
    if body is None or body.get("like") == metric:
        return metric in BUILT_IN
    return more_is_better(catalogue, body["like"]) if "like" in body else bool(body["better"] == "higher")


# -------------------------------------------------------------------------------------------- periods (section 8)


def period_around(instant: int, per: str, clock: Clock) -> Span:
    """The calendar month, quarter or year, in that calendar's zone, in which an instant lies."""
    day = local(instant, clock.zone).date()
    months = MONTHS_IN[per]
    first = dt.date(day.year, (day.month - 1) // months * months + 1, 1)
    month = first.month - 1 + months
    following = dt.date(first.year + month // 12, month % 12 + 1, 1)
    return midnight(first, clock.zone), midnight(following, clock.zone)


def periods_touching(start: int, stop: int, per: str, clock: Clock) -> Iterator[Span]:
    """Every period that has an instant in common with [start, stop)."""
    while start < stop:
        period = period_around(start, per, clock)
        yield period
        start = period[1]


def periods_that_count(start: int, stop: int, per: str, clock: Clock) -> list[Span]:
    """The whole ones inside the horizon, else the one that contains its start; none in which the clock never runs.

    The two halves of that sentence are taken in the order in which they stand: whole periods that are all closed leave
    none, they do not bring the first one back.
    """
    whole = [(a, b) for a, b in periods_touching(start, stop, per, clock) if start <= a and b <= stop]
    candidates = whole or [period_around(start, per, clock)]
    return [period for period in candidates if within(clock.spans, period)]


def within(spans: Iterable[Span], period: Span) -> int:
    """How many seconds of the spans lie inside the period."""
    start, stop = period
    return sum(max(0, min(b, stop) - max(a, start)) for a, b in spans)


# ------------------------------------------------------------------------------------ one promise and one priority


class Below:
    """What one promise relies on, for one metric and one priority (None: an unnamed one)."""

    def __init__(self, oracle: Amounts, promise: Promise, priority: str | None) -> None:
        self.oracle, self.catalogue = oracle, oracle.catalogue
        self.way = Way(oracle.catalogue, oracle.calendars, promise.agreement, promise.metric, priority)
        self.promised, self.higher = oracle.written(promise), more_is_better(oracle.catalogue, promise.metric)

    def commitment(self, node: Node) -> Written | None:
        return written(self.catalogue, node, self.way.metric)

    def comparable(self, node: Node) -> Fraction | None:
        """The amount that it commits to, in the promise's own unit and period."""
        found = self.commitment(node)
        if found is None:
            return None
        assert (found.unit, found.per) == (self.promised.unit, self.promised.per), "units differ: SC107"
        return found.amount

    def trees(self, node: Node) -> list[Tree]:
        return [item.tree for item in self.way.list_of(node)]

    def worst(self, amounts: Iterable[Fraction]) -> Fraction:
        return min(amounts) if self.higher else max(amounts)


def each(below: Below) -> Fraction | None:
    """The worst commitment anywhere below, taken by itself; None where an agreement directly relied on has none."""
    way = below.way
    direct = [way.target_of(leaf, way.root) for leaf in way.leaves_of(way.root)]
    if any(below.comparable(node) is None for node in direct):
        return None
    amounts = [below.comparable(node) for node in way.nodes]
    return below.worst(amount for amount in amounts if amount is not None)


def supply(below: Below) -> Fraction | None:
    """The amounts of the list, added up; None where nothing in it has one.

    Of the list itself: "an item without one adds nothing", so its own list is not looked at. Nothing is said of the
    same agreement twice, so it adds twice. Neither is it said what the worst of any_of is where a member has no amount;
    a member that adds nothing counts as nothing, which is the worst where more is better.
    """
    root = below.way.root
    everything = [leaf for tree in below.trees(root) for leaf in leaves(tree)]
    if all(below.comparable(below.way.target_of(leaf, root)) is None for leaf in everything):
        return None
    return sum((supply_of(below, tree) for tree in below.trees(root)), Fraction(0))


def supply_of(below: Below, tree: Tree) -> Fraction:
    if isinstance(tree, Leaf):
        return below.comparable(below.way.target_of(tree, below.way.root)) or Fraction(0)
    amounts = [supply_of(below, member) for member in tree.members]
    return sum(amounts, Fraction(0)) if tree.kind == "all_of" else below.worst(amounts)


# --------------------------------------------------------------------------------------- availability (section 8)


class Product:
    """What everything relied on supplies together, on the promise's clock c and by its period P."""

    def __init__(self, below: Below, clock: Clock, start: int, stop: int) -> None:
        self.below, self.clock, self.known = below, clock, below.oracle.shares_left
        self.periods = periods_that_count(start, stop, below.promised.per or "month", clock)
        self.unknown = (below.catalogue.raw.get("policy") or {}).get("failures") == "unknown"

    def supported(self) -> Fraction | None:
        return self.of_list(self.below.way.root)

    def of_list(self, node: Node) -> Fraction | None:
        """What an agreement's own list supplies; None where nothing there has a commitment."""
        return self.together(self.factors(node, self.below.trees(node), set()))

    def factors(self, node: Node, trees: Iterable[Tree], seen: set[Node]) -> list[Fraction]:
        """What is needed side by side, each once: commitments and any_of groups.

        An agreement without a commitment gives way to its own items, and an all_of inside a list (or another all_of) is
        more of that list: all of it is needed alike, so that the same agreement counts once in the whole of it.
        """
        found: list[Fraction] = []
        for tree in trees:
            if isinstance(tree, Group):
                found += self.factors(node, tree.members, seen) if tree.kind == "all_of" else self.any_of(node, tree)
                continue
            theirs = self.below.way.target_of(tree, node)
            if theirs in seen:
                continue
            seen.add(theirs)
            commitment = self.below.commitment(theirs)
            if commitment is None:
                found += self.factors(theirs, self.below.trees(theirs), seen)
            else:
                found.append(self.supplied(theirs, commitment))
        return found

    def together(self, shares: list[Fraction]) -> Fraction | None:
        if not shares:
            return None
        if self.unknown:
            return max(Fraction(0), 1 - sum((1 - share for share in shares), Fraction(0)))
        return prod(shares, start=EVERYTHING)

    def any_of(self, node: Node, group: Group) -> list[Fraction]:
        """What the group supplies; nothing where none of its members counts."""
        counted = []
        for member in group.members:
            share = self.together(self.factors(node, [member], set()))
            if share is not None:
                counted.append((share, self.needs(node, [member])))
        if not counted:
            return []
        shares = [share for share, _ in counted]
        if self.unknown or any(a & b for i, (_, a) in enumerate(counted) for _, b in counted[:i]):
            return [max(shares)]
        return [1 - prod((1 - share for share in shares), start=EVERYTHING)]

    def needs(self, node: Node, trees: Iterable[Tree]) -> set[str]:
        """The agreements in there and anywhere below, whatever the priority, and whether they commit to anything or not.

        A member that is itself below another is needed by both.
        """
        found = set()
        for leaf in (leaf for tree in trees for leaf in leaves(tree)):
            theirs = self.below.way.target_of(leaf, node)
            found |= {theirs[0], *self.needs(theirs, self.below.trees(theirs))}
        return found

    def supplied(self, node: Node, commitment: Written) -> Fraction:
        """S(B)."""
        # Of no period at all nothing can be lost.
        own = min((self.left(commitment, period) for period in self.periods), default=EVERYTHING)
        theirs = self.of_list(node)
        return own if theirs is None else min(own, theirs)

    def left(self, commitment: Written, period: Span) -> Fraction:
        """left(q); kept, since many ways lead to one commitment."""
        theirs = self.below.oracle.calendars.clock(commitment.calendar)
        key = (self.clock, period, theirs, commitment.per, commitment.amount)
        if key not in self.known:
            self.known[key] = self.left_on(theirs, commitment, period)
        return self.known[key]

    def left_on(self, theirs: Clock, commitment: Written, period: Span) -> Fraction:
        promised = within(self.clock.spans, period)
        both = within(self.below.oracle.both(self.clock, theirs), period)
        budget = sum(
            ((1 - commitment.amount) * within(theirs.spans, q) for q in periods_touching(*period, commitment.per or "month", self.clock)),
            Fraction(0),
        )
        return 1 - (min(Fraction(both), budget) + promised - both) / promised


# ----------------------------------------------------------------------------------------------------- the oracle


class Amounts(Oracle):
    """One catalogue, its calendars expanded over whole years, since a period may reach out of the horizon both ways.

    Horizons are not cut where a calendar ends: there is no ticket that would run past it. What a calendar does not
    cover is closed.
    """

    def __init__(self, raw: Raw, as_of: dt.date) -> None:
        super().__init__(raw, as_of, 400)
        self.calendars = Calendars(self.calendars.bodies, dt.date(as_of.year, 1, 1), self.calendars.last)
        self.shares_left: dict[Any, Fraction] = {}
        self.boths: dict[tuple[Clock, Clock], list[Span]] = {}

    def both(self, one: Clock, other: Clock) -> list[Span]:
        """When both clocks run: whenever neither stands still."""
        if (one, other) not in self.boths:
            closed = merged(self.calendars.outside(one.spans) + self.calendars.outside(other.spans))
            self.boths[one, other] = self.calendars.outside(closed)
        return self.boths[one, other]

    def promises(self) -> list[Promise]:
        found: list[Promise] = []
        for name in sorted(self.catalogue.agreements):
            for metric in sorted(self.catalogue.agreements[name].get("targets") or {}):
                kind, chain = self.catalogue.metric(metric)
                if kind in AMOUNTS and self.catalogue.is_promise(name):
                    names = sorted(self.catalogue.targets(name, metric))
                    found += [Promise(name, metric, chain, priority, None) for priority in names]
        return found

    def written(self, promise: Promise) -> Written:
        found = written(self.catalogue, (promise.agreement, promise.priority), promise.metric)
        assert found is not None
        return found

    def clock_of(self, promise: Promise) -> Clock:
        return self.calendars.clock(self.written(promise).calendar)

    def priorities(self, promise: Promise) -> list[str | None]:
        """The promise's own; for `*` every one named below it that it does not name itself, and an unnamed one if there are others, or no such."""
        if promise.priority != "*":
            return [promise.priority]
        spoken_for = self.catalogue.targets(promise.agreement, promise.metric).keys()
        named = self.named(promise.agreement, promise.metric)
        others = self.has_others(promise, named | (spoken_for - {"*"}))
        found = sorted(named - spoken_for)
        return [*found, None] if others or not found else [*found]

    def row(self, promise: Promise) -> dict[str, Any] | None:
        start, stop = self.horizon(promise)
        if stop <= start:
            return None  # expired (SC504)
        verdict, cause, supported = self.answer(promise, start, stop)
        return {
            "agreement": promise.agreement,
            "metric": promise.metric,
            "priority": promise.priority,
            "alternative": None,
            "verdict": verdict,
            "cause": cause,
            "supported": supported,
            "horizon": (start, stop),
        }

    def answer(self, promise: Promise, start: int, stop: int) -> tuple[str, str | None, Fraction | str | None]:
        """Verdict, cause, supported; of several priorities the worst."""
        if not self.catalogue.items(promise.agreement, promise.metric):
            return "unsupported", "unsupported", None
        belows = [Below(self, promise, priority) for priority in self.priorities(promise)]
        found = [self.supplied(promise, below, start, stop) for below in belows]
        known = [amount for amount in found if amount is not None]
        if len(known) < len(found):
            return "gap", "missing", "never"
        worst, promised = belows[0].worst(known), belows[0].promised.amount
        if worst == promised:
            return ("holds", None, worst) if self.catalogue.equal_is_kept else ("gap", "equal", worst)
        if (worst > promised) == belows[0].higher:
            return "holds", None, worst
        return "gap", "availability" if promise.chain == "product" else "amount", worst

    def supplied(self, promise: Promise, below: Below, start: int, stop: int) -> Fraction | None:
        if promise.chain == "product":
            return Product(below, self.clock_of(promise), start, stop).supported()
        chains: dict[str, Callable[[Below], Fraction | None]] = {"each": each, "supply": supply}
        return chains[promise.chain](below)


# ------------------------------------------------------------------------------------------------ what tests call


def judge_amounts(catalogue: dict[str, Any], as_of: dt.date) -> list[dict[str, Any]]:
    """A row for every promise of an amount, sorted by agreement, metric and priority.

    `verdict` is holds, gap or unsupported; `supported` an exact Fraction (of 1 where percent), "never" where `missing`,
    None where unsupported; `horizon` is UTC seconds.
    """
    return Amounts(catalogue, as_of).judge()
