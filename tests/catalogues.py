"""Random small catalogues, for comparing the package with the oracle.

Well-formed by construction: no cycle (an agreement relies on later ones only), no unknown reference, valid shares. All
scalars are strings, as the oracle takes them and as `to_yaml` writes them. Everything lies on a grid of 30 minutes,
sometimes 15, and every promise has a term of one to three weeks, so that the slow oracle stays quick.
"""

from __future__ import annotations

import copy
import datetime as dt
from dataclasses import dataclass
from typing import Any

import yaml
from hypothesis import strategies as st

Raw = Any  # a node of a catalogue: str, list or dict
Draw = st.DrawFn

AS_OF = dt.date(2026, 3, 23)

TERMS = [
    {"from": "2026-03-16", "until": "2026-04-05"},  # under way; Europe's clocks go forward, Easter
    {"until": "2026-04-06"},
    {"from": "2026-01-01", "until": "2026-03-31"},
    {"from": "2026-10-19", "until": "2026-11-03"},  # Europe's clocks go back, then New York's
    {"from": "2026-10-22", "until": "2026-10-30", "notice": "30d"},
    {"from": "2026-12-21", "until": "2027-01-03"},
    {"from": "2026-07-06", "until": "2026-07-14"},  # nothing special
    {"from": "2027-03-08", "until": "2027-03-16"},  # New York's clocks go forward
    {"from": "2026-02-02", "until": "2026-03-01"},  # expired: no row
]
# Dates inside those terms on which something may be different.
SPECIAL_DATES = [
    "2026-03-27",
    "2026-03-28",
    "2026-03-29",
    "2026-03-30",
    "2026-07-08",
    "2026-10-23",
    "2026-10-25",
    "2026-10-26",
    "2026-11-01",
    "2026-12-24",
    "2026-12-31",
    "2027-03-12",
]
ZONES = ["UTC", "Europe/London", "Europe/Berlin", "America/New_York", "Asia/Kolkata"]
WEEKS = [
    {"mon-fri": "09:00-17:30"},
    {"mon-fri": "09:00-12:00, 13:00-17:00"},
    {"mon-thu": "08:00-18:00", "fri": "08:00-13:30"},
    {"sun-thu": "09:00-17:00"},
    {"mon-sun": "06:00-22:00"},
    {"mon-sun": "00:00-24:00"},
    {"mon-fri": "00:00-24:00"},
    {"mon-fri": "22:00-06:00"},
    {"mon-fri": "08:15-16:45"},
    {"tue": "09:00-11:00", "thu": "13:00-17:00", "sat-mon": "10:00-14:00"},
    {"fri-sun": "18:00-24:00"},
    {"mon-sun": "00:30-02:30"},  # starts or ends in the hour that the clock change skips or repeats
    {"mon-fri": "09:00-17:00", "sat": "21:30-03:30"},
    {"mon-fri": "07:00-19:00, 20:00-08:00"},  # shifts of two dates, one over the other
    {"fri": "22:00-10:00", "sat": "00:30-02:30, 22:00-10:00", "sun": "00:30-02:30"},  # a short one within a long one
]
HOLIDAYS: list[Raw] = [
    {"country": "GB", "subdivision": "ENG"},
    {"country": "GB", "subdivision": "ENG", "remove": ["2026-04-03"]},
    {"country": "GB", "add": ["2026-12-24"], "remove": ["2026-12-25"]},
    {"country": "DE", "subdivision": "BY"},
    {"country": "US"},
    {"country": "IN"},
    {"add": ["2026-03-27", "2026-10-26"]},
]
EXCEPTIONS = ["closed", "10:00-14:00", "00:00-24:00", "09:00-12:00, 20:00-23:00"]

HANDED_ON = ["30m", "1h", "1h30m", "2h", "4h", "PT4H", "8h"]
COMMITTED = [*HANDED_ON, "12h", "1d"]
PROMISED = ["1h", "2h", "4h", "6h", "8h", "10h", "16h", "20h", "1d", "30h", "36h", "2d", "60h", "3d", "4d", "1w", "9d"]
ATTAINMENTS = ["90%", "98%", "95%", "99%", "99.5%", "100%"]
PROMISED_ATTAINMENTS = ["10%", "40%", "60%", "75%", "80%", "90%", "95%", "100%"]
METRICS = ["response", "update", "outage", "acknowledge", "restore", "resolution", "first-touch", "workaround", "fix"]
CUSTOM_METRICS = {
    "first-touch": {"like": "response"},
    "workaround": {"like": "resolution"},
    "fix": {"type": "time", "better": "lower", "chain": "elapsed"},
}
OURS = ["P1", "P2", "P3"]
THEIRS = ["S1", "S2"]
MAPS = [
    {"P1": "S1", "P2": "S2", "P3": "S2"},
    {"P1": "S1", "P2": "S1", "P3": "S2"},
    {"P1": "S2", "P2": "S1", "P3": "S2"},
]
SHIFTS = [{"P1": "P2", "P2": "P3", "P3": "P3"}, {"P1": "P1", "P2": "P1", "P3": "P2"}]
PAUSES: list[Raw] = [
    "awaiting-customer",
    {"awaiting-customer": "4h"},
    {"awaiting-vendor": "2h"},
    {"awaiting-vendor": "8h"},
    {"change-freeze": "1h30m"},
    "awaiting-vendor",
]


def chance(draw: Draw, percent: int) -> bool:
    """Shrinks to no."""
    return draw(st.integers(1, 100)) > 100 - percent


def pick(draw: Draw, options: list[Raw]) -> Raw:
    return copy.deepcopy(draw(st.sampled_from(options)))


def some(draw: Draw, options: list[Raw], least: int, most: int) -> list[Raw]:
    most = min(most, len(options))
    if not most:
        return []
    return draw(st.lists(st.sampled_from(options), unique=True, min_size=min(least, most), max_size=most))


# ------------------------------------------------------------------------------------------------------- calendars


@st.composite
def hours_calendars(draw: Draw) -> Raw:
    week = pick(draw, WEEKS)
    body: Raw = {"timezone": pick(draw, ZONES), "hours": week}
    if chance(draw, 25):
        body["holidays"] = pick(draw, HOLIDAYS)
    if chance(draw, 25):
        body["exceptions"] = {day: pick(draw, EXCEPTIONS) for day in some(draw, SPECIAL_DATES, 1, 3)}
    if chance(draw, 10):
        body["from"] = pick(draw, ["2025-01-01", "2026-03-25", "2026-10-26"])
    if chance(draw, 10):
        body["until"] = pick(draw, ["2026-11-02", "2026-12-31", "2027-03-31", "2027-12-31"])
    if chance(draw, 20):
        body["business_days"] = pick(draw, ["mon-fri", "mon-sun", "tue-thu"])
        if week.keys() == {"fri-sun"}:
            body["business_days"] = "fri-sat"
    return body


@st.composite
def calendar_sections(draw: Draw) -> dict[str, Raw]:
    """One to four calendars with hours, and up to two made of them."""
    found: dict[str, Raw] = {f"c{i}": draw(hours_calendars()) for i in range(draw(st.integers(1, 4)))}
    for i in range(draw(st.integers(0, 2))):
        found[f"made{i}"] = made_of(draw, found)
    return found


def made_of(draw: Draw, known: dict[str, Raw]) -> Raw:
    """Open at times whatever its members: `not` takes none that is always open, `all_of` one with office hours beside
    one with long days, which overlap in every two of our time zones."""
    names = list(known)
    partly = [name for name in names if has_week(known[name], [*WEEKS[:5], *WEEKS[6:]])]
    offices = [name for name in names if has_week(known[name], WEEKS[:3])]
    long = [name for name in names if has_week(known[name], WEEKS[4:6])]
    bodies: list[Raw] = [{"any_of": list(dict.fromkeys([pick(draw, [*names, "24x7"]), pick(draw, names)]))}]
    if partly:
        bodies.append({"not": pick(draw, partly)})
    if offices and long:
        bodies.append({"all_of": [pick(draw, offices), pick(draw, long)]})
    body = pick(draw, bodies)
    if chance(draw, 20):
        body["timezone"] = pick(draw, ZONES)
    return body


def has_week(body: Raw, weeks: list[Raw]) -> bool:
    return body.get("hours") in weeks


def always_applies(body: Raw) -> bool:
    """Open and closed in every term whatever its exceptions and holidays."""
    return has_week(body, WEEKS[:4]) and not {"from", "until"} & body.keys()


# --------------------------------------------------------------------------------------------------------- targets


@dataclass
class World:
    """What the parts of one catalogue have in common."""

    calendars: dict[str, Raw]
    metrics: list[str]

    def any_calendar(self, draw: Draw) -> Raw:
        """Often one and the same, so that equal times are common."""
        if chance(draw, 5):
            return draw(hours_calendars())
        return pick(draw, [*self.calendars, "24x7"]) if chance(draw, 55) else next(iter(self.calendars))


def amount(draw: Draw, durations: list[str], business_days: int) -> str:
    if chance(draw, business_days):
        return f"{draw(st.integers(1, 4))}bd"
    return str(pick(draw, durations))


def single(draw: Draw, world: World, durations: list[str], attained: list[str]) -> Raw:
    """One target: a duration alone, or a map."""
    within = amount(draw, durations, 12)
    body = {"within": within}
    if chance(draw, 60 if durations is PROMISED else 40):
        body["attainment"] = pick(draw, attained)
    if chance(draw, 20):
        body["calendar"] = world.any_calendar(draw)
    if chance(draw, 5):
        body["warn"] = "80%"
    return within if len(body) == 1 else body


def alternatives(draw: Draw, world: World) -> Raw | None:
    """A list by `opened_in`, every one of which applies at times; None where no calendar is regular enough."""
    regular = [name for name, body in world.calendars.items() if always_applies(body)]
    if not regular:
        return None
    first = single_map(draw, world) | {"opened_in": pick(draw, regular)}
    if chance(draw, 15):
        return [first]  # at other instants nothing is promised
    return [first, single_map(draw, world)]


def single_map(draw: Draw, world: World) -> Raw:
    body = single(draw, world, PROMISED, PROMISED_ATTAINMENTS)
    return body if isinstance(body, dict) else {"within": body}


def committed(draw: Draw, world: World, scale: list[str]) -> dict[str, Raw]:
    """The targets of an agreement that others rely on; now and then one is missing."""
    found = {}
    for metric in world.metrics:
        if chance(draw, 97):
            found[metric] = by_priority(draw, scale, lambda: single(draw, world, COMMITTED, ATTAINMENTS))
    return found


def by_priority(draw: Draw, scale: list[str], one: Any) -> Raw:
    if chance(draw, 55):
        return one()
    named = scale if chance(draw, 92) else some(draw, scale, 1, len(scale))
    found = {name: one() for name in named}
    if chance(draw, 30):
        found["*"] = one()
    return found


def promised(draw: Draw, world: World) -> dict[str, Raw]:
    def one() -> Raw:
        listed = alternatives(draw, world) if chance(draw, 20) else None
        return listed or single(draw, world, PROMISED, PROMISED_ATTAINMENTS)

    found = {}
    for metric in some(draw, world.metrics, 1, 2):
        if chance(draw, 45):
            found[metric] = one()
        else:
            names = [*some(draw, OURS, 1, 2), *(["*"] if chance(draw, 20) else [])]
            found[metric] = {name: one() for name in names}
    return found


# ------------------------------------------------------------------------------------------------------- relies_on


@dataclass(eq=False)
class Member:
    """What an agreement may rely on."""

    name: str
    scale: list[str]


def relies_on(draw: Draw, world: World, scale: list[str], below: list[Member], least: int) -> list[Raw]:
    members = some(draw, below, least, 3)
    items: list[Raw] = []
    while members:
        size = 2 if len(members) > 1 and chance(draw, 40) else 1
        taken, members = members[:size], members[size:]
        items.append(item(draw, world, scale, taken, below))
    return with_shares(draw, items)


def item(draw: Draw, world: World, scale: list[str], taken: list[Member], below: list[Member]) -> Raw:
    if len(taken) == 1 and not chance(draw, 10):
        return leaf(draw, world, scale, taken[0])
    others = [member for member in below if member not in taken]
    taken = [*taken, *some(draw, others, 0 if len(taken) > 1 else 1, 1)]
    members: list[Raw] = [leaf(draw, world, scale, member) for member in taken]
    if len(members) > 2:
        members = [{pick(draw, ["any_of", "all_of"]): members[:2]}, *members[2:]]
    return {pick(draw, ["any_of", "all_of"]): members} | details(draw, world, scale, group=True)


def leaf(draw: Draw, world: World, scale: list[str], member: Member) -> Raw:
    body = details(draw, world, scale, group=False)
    if member.scale != scale and scale == OURS and chance(draw, 90):
        body["priorities"] = pick(draw, MAPS)
    elif member.scale == scale == OURS and chance(draw, 8):
        body["priorities"] = pick(draw, SHIFTS)
    return {"agreement": member.name} | body if body or chance(draw, 20) else member.name


def details(draw: Draw, world: World, scale: list[str], *, group: bool) -> dict[str, Raw]:
    body: dict[str, Raw] = {}
    if chance(draw, 15 if group else 50):
        body["after"] = hand_over(draw, scale)
    if chance(draw, 8):
        body["metrics"] = some(draw, world.metrics, 1, 2)
    return body


def hand_over(draw: Draw, scale: list[str]) -> Raw:
    times = ["0m", *HANDED_ON]
    if chance(draw, 65):
        return pick(draw, times)
    return {name: pick(draw, times) for name in some(draw, scale, 1, len(scale))}


def with_shares(draw: Draw, items: list[Raw]) -> list[Raw]:
    """On none; on some, together less than all; or on all, together everything."""
    written = [{"agreement": one} if isinstance(one, str) else one for one in items]
    kind = draw(st.integers(1, 10))
    if kind <= 5 or not items:
        return items
    if kind <= 7:
        for one in written[: draw(st.integers(1, len(items)))]:
            one["share"] = pick(draw, ["5%", "10%", "12.5%", "20%"])
        return written
    parts = {1: ["100%"], 2: ["75%", "25%"], 3: ["50%", "30%", "20%"]}[len(items)]
    return [one | {"share": share} for one, share in zip(written, parts, strict=True)]


# ------------------------------------------------------------------------------------------------------ agreements


def agreement(draw: Draw, world: World, kind: str, calendar: Raw) -> dict[str, Raw]:
    body: dict[str, Raw] = {"kind": kind, "provider": "us", "customer": "them", "calendar": calendar}
    if chance(draw, 30 if kind == "sla" else 12):
        body["pauses"] = distinct(some(draw, range_of(PAUSES), 1, 2))
    return body


def range_of(options: list[Raw]) -> list[Raw]:
    """Their places: maps cannot be drawn without repetition."""
    return list(range(len(options)))


def distinct(places: list[int]) -> list[Raw]:
    """Each reason once."""
    found: dict[str, Raw] = {}
    for place in places:
        written = copy.deepcopy(PAUSES[place])
        found.setdefault(written if isinstance(written, str) else next(iter(written)), written)
    return list(found.values())


def internal(draw: Draw, world: World, below: list[Member], scale: list[str]) -> dict[str, Raw]:
    body = agreement(draw, world, pick(draw, ["ola", "ola", "uc"]), world.any_calendar(draw))
    body["targets"] = committed(draw, world, scale)
    listed = relies_on(draw, world, scale, below, 0) if chance(draw, 70) else []
    if listed:
        body["relies_on"] = listed
    if listed and chance(draw, 12):
        body |= {"end_to_end": "true", "term": pick(draw, TERMS)}
    return body


def promise(draw: Draw, world: World, below: list[Member]) -> dict[str, Raw]:
    body = agreement(draw, world, "sla", world.any_calendar(draw))
    body |= {"targets": promised(draw, world), "term": pick(draw, TERMS)}
    listed = relies_on(draw, world, OURS, below, 0 if chance(draw, 3) else 1)
    if listed:
        body["relies_on"] = listed
    return body


def into_plan(draw: Draw, body: dict[str, Raw]) -> tuple[dict[str, Raw], dict[str, Raw]]:
    """The same agreement, as a plan and what extends it: some keys only above, some only below, and some of both."""
    plan: dict[str, Raw] = {}
    own: dict[str, Raw] = {}
    for key, value in body.items():
        if key in ("term", "end_to_end") or has_alternatives(key, value):
            own[key] = value  # never inherited; `opened_in` in a plan is another question
        elif key == "targets" and chance(draw, 50):
            above, below = parted(draw, value)
            plan |= {key: above} if above else {}
            own |= {key: below} if below else {}
        elif chance(draw, 50):
            plan[key] = value
        else:
            own[key] = value
            if key == "calendar" and chance(draw, 30):
                plan[key] = "24x7"
    return plan, own


def has_alternatives(key: str, value: Raw) -> bool:
    return key == "targets" and "opened_in" in str(value)


def parted(draw: Draw, targets: dict[str, Raw]) -> tuple[dict[str, Raw], dict[str, Raw]]:
    """Targets, some of them inherited, some overridden."""
    above: dict[str, Raw] = {}
    for metric in some(draw, list(targets), 0, len(targets)):
        written = targets[metric]
        named = isinstance(written, dict) and "within" not in written
        above[metric] = dict.fromkeys(written, "3h") if named else "3h"
    mine = dict(targets)
    for metric in list(targets):
        if metric not in above and chance(draw, 50):
            above[metric] = mine.pop(metric)
    return above, mine


# ------------------------------------------------------------------------------------------------------- catalogue


def policies(draw: Draw) -> dict[str, str]:
    found = {}
    if chance(draw, 20):
        found["equal"] = pick(draw, ["gap", "kept", "kept"])
    if chance(draw, 20):
        found["arrivals"] = pick(draw, ["any", "any", "even"])
    if chance(draw, 10):
        found["margin"] = pick(draw, ["10%", "30m"])
    return found


@st.composite
def catalogues(draw: Draw) -> dict[str, Raw]:
    """A catalogue to be checked as of `AS_OF`: one to three promises over one to five agreements."""
    world = World(draw(calendar_sections()), some(draw, METRICS, 1, 2))
    below: list[Member] = []
    agreements: dict[str, Raw] = {}
    for i in reversed(range(draw(st.integers(1, 5)))):
        scale = pick(draw, [OURS, OURS, OURS, THEIRS]) if i else OURS
        agreements[f"a{i}"] = internal(draw, world, [m for m in below if scale in (OURS, m.scale)], scale)
        below.append(Member(f"a{i}", scale))
    for i in range(draw(st.integers(1, 3))):
        agreements[f"promise{i}"] = promise(draw, world, below[::-1])
        if chance(draw, 4):  # what is promised may be relied on in turn
            below.append(Member(f"promise{i}", OURS))
            agreements[f"promise{i}"]["targets"] = committed(draw, world, OURS) | agreements[f"promise{i}"]["targets"]
    return assembled(draw, world, agreements)


def assembled(draw: Draw, world: World, agreements: dict[str, Raw]) -> dict[str, Raw]:
    plans: dict[str, Raw] = {}
    for name, body in list(agreements.items()):
        if chance(draw, 15):
            plans[f"plan-{name}"], own = into_plan(draw, body)
            agreements[name] = {"extends": f"plan-{name}"} | own
    custom = {name: dict(body) for name, body in CUSTOM_METRICS.items() if name in world.metrics}
    sections = {
        "policy": policies(draw),
        "calendars": world.calendars,
        "metrics": custom,
        "plans": plans,
        "agreements": agreements,
    }
    return {name: section for name, section in sections.items() if section}


# ------------------------------------------------------------------------------------------------------------ YAML


class _Plain(yaml.SafeDumper):
    """Writes `12:30`, `NO` and `90%` as a person would, without quotes: our scalars are all text."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012

    def ignore_aliases(self, data: Any) -> bool:
        return True


def to_yaml(catalogue: dict[str, Raw]) -> str:
    """The catalogue as one file; `yaml.load(…, Loader=yaml.BaseLoader)` gives it back."""
    return yaml.dump(catalogue, Dumper=_Plain, sort_keys=False, allow_unicode=True, width=120)
