"""Random small catalogues of amounts: availability on both sides, percentages, counts and money, for the oracle of amounts.

Built as tests/catalogues.py builds its own, and out of its parts: well-formed by construction, all scalars strings, written by
the same `to_yaml`. Units and periods of an amount are the same all over one catalogue, so that they always compare; only
availability has a period of its own on every target.

No promise is made on a clock that stands still in every period that would count for it: what holds then is not said.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from tests import catalogues
from tests.catalogues import HOLIDAYS, OURS, THEIRS, WEEKS, ZONES, Draw, Member, Raw, chance, leaf, pick, some, to_yaml, with_shares

__all__ = ["AS_OF", "catalogues_of_amounts", "to_yaml"]

AS_OF = dt.date(2026, 2, 10)

# Under way for the whole year after `AS_OF`, which holds eleven months, three quarters, and no year.
WIDE: list[Raw] = [None, None, {"from": "2026-01-01"}, {"from": "2025-07-01", "until": "2027-06-30"}]
NARROW: list[Raw] = [
    {"until": "2026-03-10"},  # no whole month: February, which began before it
    {"until": "2026-03-31"},  # clocks go forward in its last days
    {"from": "2026-03-01", "until": "2026-03-31"},  # a month to the second, where both calendars share a zone
    {"from": "2026-04-01", "until": "2026-06-30", "notice": "30d"},
    {"from": "2026-10-01", "until": "2027-03-31"},
    {"from": "2026-10-15", "until": "2026-11-14"},  # a month's length, but no month
    {"from": "2026-11-30", "until": "2027-01-04"},
    {"from": "2027-01-01"},  # a year to the second
    {"from": "2027-01-01", "until": "2027-12-31"},
    {"from": "2026-06-15", "until": "2027-09-30"},
    {"from": "2025-01-01", "until": "2026-01-31"},  # expired: no row
]
EDGES = ["2026-02-28", "2026-03-01", "2026-03-29", "2026-03-31", "2026-04-01", "2026-10-25", "2026-10-31", "2026-12-31", "2027-01-01"]
EXCEPTIONS = ["closed", "10:00-14:00", "00:00-24:00", "22:00-06:00"]
PERIODS = ["month", "quarter", "year"]
MAPS = [*catalogues.MAPS, *catalogues.MAPS, {"P1": "S1"}]


@dataclass(frozen=True)
class Kind:
    """A metric: how it is defined (None: built in), and what is written of it. `unit` is appended to the numbers."""

    definition: Raw
    key: str
    committed: list[str]
    promised: list[str]
    unit: str = ""

    @property
    def supplies_together(self) -> bool:
        return self.definition is None or "like" in self.definition or self.definition["chain"] == "product"


def defined(kind: str, better: str, chain: str, **more: str) -> Raw:
    return {"type": kind, **more, "better": better, "chain": chain}


UP = ["99%", "99.5%", "99.9%", "99.95%", "99.99%", "98.7654321%", "90%", "100%"]
UP_PROMISED = ["0.5%", "5%", "20%", "40%", "70%", "90%", "95%", "98%", "98.5%", "99%", "99.4%", "99.5%", "99.8%", "99.9%", "99.99%"]
SOLVED = ["60%", "70%", "75%", "80%", "90%"]
FEW = ["1", "2", "3", "4", "5"]
MANY = ["10", "12.5", "20", "25", "30", "40"]
MANY_PROMISED = ["10", "20", "25", "30", "40", "50", "52.5", "60", "70", "80", "100"]
SUMS = ["500", "750.50", "1000", "1200", "2000"]
SUMS_PROMISED = ["500", "1000", "1250.50", "1500", "2000", "2200", "3000", "4000", "5000"]

KINDS = {
    "availability": Kind(None, "at_least", UP, UP_PROMISED),
    "uptime": Kind({"like": "availability"}, "at_least", UP, UP_PROMISED),
    "reachability": Kind(defined("percent", "higher", "product"), "at_least", UP, UP_PROMISED),
    "first-call-resolution": Kind(defined("percent", "higher", "each"), "at_least", SOLVED, SOLVED),
    "abandoned": Kind(defined("percent", "lower", "each"), "at_most", SOLVED, SOLVED),
    "restores-tested": Kind(defined("count", "higher", "each", unit="tests"), "at_least", FEW, FEW),
    "incidents": Kind(defined("count", "lower", "each", unit="incidents"), "at_most", FEW, FEW),
    "leads": Kind(defined("count", "higher", "supply", unit="leads"), "at_least", MANY, MANY_PROMISED),
    "defects": Kind(defined("count", "lower", "supply", unit="defects"), "at_most", MANY, MANY_PROMISED),
    "savings": Kind(defined("money", "higher", "supply"), "at_least", SUMS, SUMS_PROMISED, " EUR"),
    "spend": Kind(defined("money", "lower", "supply"), "at_most", SUMS, SUMS_PROMISED, " EUR"),
}
PRODUCTS = [name for name, kind in KINDS.items() if kind.supplies_together]
OTHERS = [name for name in KINDS if name not in PRODUCTS]


# ------------------------------------------------------------------------------------------------------- calendars


@st.composite
def hours_calendars(draw: Draw) -> Raw:
    """Open at times in every month."""
    body: Raw = {"timezone": pick(draw, ZONES), "hours": pick(draw, WEEKS)}
    if chance(draw, 25):
        body["holidays"] = pick(draw, HOLIDAYS)
    if chance(draw, 25):
        body["exceptions"] = {day: pick(draw, EXCEPTIONS) for day in some(draw, EDGES, 1, 3)}
    return body


def with_dates(draw: Draw, body: Raw) -> Raw:
    """The same, closed before or after some date: for months, perhaps for whole quarters."""
    key, day = pick(draw, [("from", "2026-05-11"), ("until", "2026-11-02"), ("until", "2026-09-30"), ("from", "2026-04-01")])
    return body | {key: day}


@dataclass
class World(catalogues.World):
    """`dated` calendars are closed for long. `per` is the period of every amount but availability, `periods` are those
    of availability. Of any calendar, so many per cent are `usual`: the first of them."""

    dated: list[str]
    per: dict[str, str | None]
    periods: list[str]
    usual: int

    def any_calendar(self, draw: Draw) -> Raw:
        """Often one and the same, since availability on two clocks that hardly meet is always nearly nothing."""
        if chance(draw, self.usual):
            return next(iter(self.calendars))
        if chance(draw, 5):
            return draw(hours_calendars())
        return pick(draw, [*self.calendars, "24x7"])

    def undated(self, draw: Draw) -> Raw:
        if chance(draw, self.usual):
            return next(iter(self.calendars))
        return pick(draw, ["24x7", *(name for name in self.calendars if name not in self.dated)])

    def promised_on(self, draw: Draw, term: Raw) -> Raw:
        """A calendar for a promise of that term: what is closed for long is for those alone that last longer."""
        if term in WIDE and self.dated and chance(draw, 60):
            return pick(draw, self.dated)
        return self.any_calendar(draw) if term in WIDE else self.undated(draw)


@st.composite
def worlds(draw: Draw) -> World:
    found: dict[str, Raw] = {f"c{i}": draw(hours_calendars()) for i in range(draw(st.integers(1, 3)))}
    if chance(draw, 30):
        found["made"] = catalogues.made_of(draw, found)
    dated = []
    if chance(draw, 40):
        found["dated"] = with_dates(draw, draw(hours_calendars()))
        dated.append("dated")
    metrics = [*some(draw, PRODUCTS, 0, 2), *some(draw, OTHERS, 0, 2)] or ["availability"]
    per = {name: pick(draw, [None, *PERIODS]) for name in metrics if name not in PRODUCTS}
    return World(found, metrics, dated, per, pick(draw, [PERIODS, PERIODS, ["month"], ["year"]]), pick(draw, [100, 90, 60, 30]))


# --------------------------------------------------------------------------------------------------------- targets


def target(draw: Draw, world: World, metric: str, amounts: list[str], on: Raw) -> Raw:
    """One amount; `on` is the calendar it may name."""
    kind = KINDS[metric]
    body = {kind.key: pick(draw, amounts) + kind.unit}
    if kind.supplies_together and chance(draw, 60):
        body["per"] = pick(draw, world.periods)
    elif world.per.get(metric):
        body["per"] = world.per[metric]
    if chance(draw, 20 if kind.supplies_together else 4):
        body["calendar"] = on
    return body


def committed(draw: Draw, world: World, scale: list[str]) -> dict[str, Raw]:
    """Of what others rely on: often without, so that its own list stands for it."""

    def one(metric: str) -> Raw:
        return target(draw, world, metric, KINDS[metric].committed, world.any_calendar(draw))

    wanted = [metric for metric in world.metrics if chance(draw, 72 if KINDS[metric].supplies_together else 88)]
    return {metric: catalogues.by_priority(draw, scale, lambda metric=metric: one(metric)) for metric in wanted}


def promised(draw: Draw, world: World, term: Raw) -> dict[str, Raw]:
    def one(metric: str) -> Raw:
        return target(draw, world, metric, KINDS[metric].promised, world.promised_on(draw, term))

    found = {}
    for metric in some(draw, world.metrics, 1, 3):
        names = [*some(draw, OURS, 1, 2), *(["*"] if chance(draw, 25) else [])]
        found[metric] = one(metric) if chance(draw, 45) else {name: one(metric) for name in names}
    return found


# ------------------------------------------------------------------------------------------------------- relies_on


def relies_on(draw: Draw, world: World, scale: list[str], below: list[Member], least: int) -> list[Raw]:
    """As in tests/catalogues.py, every agreement once or so; or trees in which the same ones come again and again."""
    if not below or (least == 0 and chance(draw, 15)):
        return []
    if chance(draw, 50):
        return catalogues.relies_on(draw, world, scale, below, least)
    return with_shares(draw, [tree(draw, world, scale, below, 2) for _ in range(draw(st.integers(1, 3)))])


def tree(draw: Draw, world: World, scale: list[str], below: list[Member], depth: int) -> Raw:
    if depth == 0 or chance(draw, 45):
        return way_to(draw, world, scale, pick(draw, below))
    members = [tree(draw, world, scale, below, depth - 1) for _ in range(draw(st.integers(1, 3)))]
    return {pick(draw, ["any_of", "any_of", "all_of"]): members} | catalogues.details(draw, world, scale, group=True)


def way_to(draw: Draw, world: World, scale: list[str], member: Member) -> Raw:
    """Now and then to one priority for several, or with a map that leaves some out."""
    written = leaf(draw, world, scale, member)
    if isinstance(written, dict) and "priorities" in written and member.scale == THEIRS:
        written["priorities"] = pick(draw, MAPS)
    return written


# ------------------------------------------------------------------------------------------------------ agreements


def internal(draw: Draw, world: World, below: list[Member], scale: list[str]) -> dict[str, Raw]:
    body = catalogues.agreement(draw, world, pick(draw, ["ola", "uc"]), world.any_calendar(draw))
    targets = committed(draw, world, scale)
    if targets:
        body["targets"] = targets
    listed = relies_on(draw, world, scale, below, 0)
    if listed:
        body["relies_on"] = listed
    if targets and listed and chance(draw, 15):
        body["end_to_end"] = "true"
        term = pick(draw, WIDE)
        body |= {"term": term} if term else {}
    return body


def promise(draw: Draw, world: World, below: list[Member]) -> dict[str, Raw]:
    term = pick(draw, WIDE + NARROW)
    body = catalogues.agreement(draw, world, "sla", world.promised_on(draw, term))
    body["targets"] = promised(draw, world, term)
    if term:
        body["term"] = term
    listed = relies_on(draw, world, OURS, below, 0 if chance(draw, 4) else 1)
    if listed:
        body["relies_on"] = listed
    return body


def into_plan(draw: Draw, body: dict[str, Raw]) -> tuple[dict[str, Raw], dict[str, Raw]]:
    """The same agreement as a plan and what extends it: some targets above, some below, some above and replaced."""
    plan: dict[str, Raw] = {}
    own: dict[str, Raw] = {}
    for key, value in body.items():
        if key == "targets":
            above = some(draw, list(value), 0, len(value))
            below = [metric for metric in value if metric not in above or chance(draw, 30)]
            parts = {metric: value[metric] for metric in above}, {metric: value[metric] for metric in below}
            plan |= {key: softened(parts[0], parts[1])} if above else {}
            own |= {key: parts[1]} if below else {}
        elif key not in ("term", "end_to_end") and chance(draw, 50):
            plan[key] = value
        else:
            own[key] = value
    return plan, own


def softened(above: dict[str, Raw], below: dict[str, Raw]) -> dict[str, Raw]:
    """Where both write a target, the plan's is another; the one below counts."""
    return {metric: other(metric, written) if metric in below else written for metric, written in above.items()}


def other(metric: str, written: Raw) -> Raw:
    kind = KINDS[metric]
    if kind.key in written:
        return written | {kind.key: kind.committed[0] + kind.unit}
    return {name: other(metric, one) for name, one in written.items()}


# ------------------------------------------------------------------------------------------------------- catalogue


def policies(draw: Draw) -> dict[str, str]:
    found = {}
    if chance(draw, 50):
        found["failures"] = pick(draw, ["unknown", "unknown", "independent"])
    if chance(draw, 20):
        found["equal"] = pick(draw, ["gap", "kept", "kept"])
    if chance(draw, 8):
        found["margin"] = "10%"
    return found


@st.composite
def catalogues_of_amounts(draw: Draw) -> dict[str, Raw]:
    """A catalogue to be checked as of `AS_OF`: one to three promises over one to six agreements."""
    world = draw(worlds())
    below: list[Member] = []
    agreements: dict[str, Raw] = {}
    for i in reversed(range(draw(st.integers(1, 6)))):
        scale = pick(draw, [OURS, OURS, OURS, THEIRS]) if i else OURS
        agreements[f"a{i}"] = internal(draw, world, [m for m in below if scale in (OURS, m.scale)], scale)
        below.append(Member(f"a{i}", scale))
    for i in range(draw(st.integers(1, 3))):
        agreements[f"promise{i}"] = promise(draw, world, below[::-1])
        if chance(draw, 6):  # what is promised may be relied on in turn
            below.append(Member(f"promise{i}", OURS))
    return assembled(draw, world, agreements)


def assembled(draw: Draw, world: World, agreements: dict[str, Raw]) -> dict[str, Any]:
    plans: dict[str, Raw] = {}
    for name, body in list(agreements.items()):
        if chance(draw, 15):
            plan, own = into_plan(draw, body)
            if plan:
                plans[f"plan-{name}"] = plan
                agreements[name] = {"extends": f"plan-{name}"} | own
    wanted = {name for name in world.metrics if KINDS[name].definition is not None}
    sections = {
        "policy": policies(draw),
        "calendars": world.calendars,
        "metrics": {name: dict(KINDS[name].definition) for name in sorted(wanted)},
        "plans": plans,
        "agreements": agreements,
    }
    return {name: section for name, section in sections.items() if section}
