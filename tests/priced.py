"""Random catalogues with random priced options, and the best set of options found by trying every one of them.

Nothing is learned or shared here: each subset is put into the catalogue, and everything is judged anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import combinations
from math import ceil
from random import Random
from typing import Any

from slachain.analysis.amounts import AmountVerdict
from slachain.analysis.money import cap_of, monthly, time_at_risk
from slachain.analysis.verdicts import Verdict
from slachain.decisions.mend import Mender
from slachain.decisions.mend_amounts import AmountMender
from slachain.decisions.options import Priced, priced_options, with_options
from slachain.decisions.trials import Key
from slachain.language.catalogue import Catalogue
from slachain.language.loader import load
from slachain.language.model import ANY, Agreement, AmountTarget
from slachain.language.overrides import Path
from slachain.language.values import replace
from slachain.study import Study
from tests import catalogues
from tests.catalogues_amounts import KINDS

Raw = Any
TIMES = [*catalogues.PROMISED, *catalogues.COMMITTED, "15m", "1bd", "2bd", "3bd"]
LONG, SHORT = ["9d", "30d", "90d", "20bd"], ["1m", "5m", "15m", "1bd"]
COSTS = [
    "0 EUR/month",
    "1 EUR/month",
    "1 EUR/month",
    "2 EUR/month",
    "2.50 EUR/month",
    "10 EUR/quarter",
    "12 EUR/year",
    "4 EUR/month",
    "7 EUR/month",
]


OFFICES = {"office": ("UTC", "09:00-17:00"), "long": ("UTC", "08:00-20:00"), "berlin": ("Europe/Berlin", "08:00-18:00")}


def small(rng: Random) -> Raw:
    """One to three promises over one to four agreements, over two weeks: most of them broken, and most can be mended."""
    calendars = {id: {"timezone": zone, "hours": {"mon-fri": hours}} for id, (zone, hours) in OFFICES.items()}
    calendars["either"] = {"any_of": ["office", "berlin"]}
    if rng.random() < 0.1:
        calendars["office"]["until"] = "2026-04-10"
    below = [f"a{n}" for n in range(rng.randint(1, 3))]
    agreements = {id: _committed(below[n + 1 :], rng) for n, id in enumerate(below)}
    for n in range(rng.choice([1, 1, 2])):
        agreements[f"promise{n}"] = _promised(below, rng)
    policy = {"equal": rng.choice(["gap", "kept"]), "arrivals": rng.choice(["even", "even", "any"])}
    return {"policy": policy, "calendars": calendars, "agreements": agreements}


def additive(rng: Random) -> Raw:
    """One promise that is short by a sum of small amounts: times in a row, shares of tickets, availabilities, or numbers."""
    kind, names = rng.choice(["times", "times", "shares", "availability", "availability", "leads"]), ["a", "b", "c"][: rng.randint(2, 3)]
    body: Raw = {
        "kind": "sla",
        "provider": "us",
        "customer": "them",
        "calendar": "24x7",
        "term": {"from": "2026-03-23", "until": "2026-04-12"},
    }
    raw: Raw = {"policy": {"equal": rng.choice(["gap", "kept"]), "failures": rng.choice(["independent", "unknown"])}, "calendars": {}}
    raw["calendars"] = {
        "day": {"timezone": "UTC", "hours": {"mon-sun": "00:00-24:00"}},
        "long": {"timezone": "UTC", "hours": {"mon-sun": "06:00-22:00"}},
    }
    agreements = {name: {"kind": "ola", "provider": "us", "customer": "us", "calendar": "24x7"} for name in names}
    levels: dict[str, list[str]] = {
        "times": ["40m", "30m", "20m"],
        "shares": ["92%", "95%", "99%"],
        "availability": ["99.5%", "99.8%", "99.95%"],
        "leads": ["12", "15", "20"],
    }
    fields = {
        "times": "targets.resolution.*",
        "shares": "targets.resolution.*.attainment",
        "availability": "targets.availability.*",
        "leads": "targets.leads.*",
    }
    for number, name in enumerate(names):
        one: Raw = agreements[name]
        if kind == "times" and rng.random() < 0.2:
            one["calendar"] = rng.choice(["day", "long"])
        one["targets"] = {
            "times": {"resolution": rng.choice(["1h", "50m"])},
            "shares": {"resolution": {"within": "1h", "attainment": rng.choice(["90%", "91.5%"])}},
            "availability": {"availability": rng.choice(["99%", "99.2%"])},
            "leads": {"leads": rng.choice(["10", "7.5"])},
        }[kind]
        onward = names[number + 1 : number + 2]
        field = fields[kind]
        if kind == "times" and onward:
            one["relies_on"] = [{"agreement": onward[0], "after": "45m", "share": "100%"}]
            field = "relies_on[0].after.*"
        if kind == "availability" and onward and rng.random() < 0.3:
            one["relies_on"] = rng.choice([[onward[0]], [{"any_of": [*onward, names[-1]]}]]) if onward[0] != names[-1] else [onward[0]]
        chosen = rng.sample(levels[kind], rng.randint(1, 3))
        one["options"] = [{"id": f"o{n}", "change": {field: level}, "cost": rng.choice(COSTS)} for n, level in enumerate(sorted(chosen))]
    if kind == "times":
        wanted: Raw = {"resolution": rng.choice(["1h", "80m", "95m", "100m", "2h", "125m", "135m"])}
        relied: Raw = [names[0]]
    elif kind == "shares":
        wanted = {"resolution": {"within": "2h", "attainment": rng.choice(["92%", "94%", "95.5%"])}}
        parts = {2: ["40%", "60%"], 3: ["20%", "30%", "50%"]}[len(names)]
        relied = [{"agreement": name, "share": share} for name, share in zip(names, parts, strict=True)]
    elif kind == "availability":
        wanted = {"availability": rng.choice(["97.5%", "98%", "98.6%", "99%"])}
        relied = [{"any_of": names[:2]}, *names[2:]] if rng.random() < 0.2 else list(names)
    else:
        raw["metrics"] = {"leads": {"type": "count", "unit": "leads", "better": "higher", "chain": "supply"}}
        wanted = {"leads": rng.choice(["25", "30", "37.5", "40"])}
        relied = [{rng.choice(["any_of", "all_of"]): names[:2]}, *names[2:]] if rng.random() < 0.4 else list(names)
    if rng.random() < 0.3:
        metric = next(iter(wanted))
        easier = {"times": "130m", "shares": {"within": "3h", "attainment": "91%"}, "availability": "98.3%", "leads": "30"}[kind]
        body["options"] = [{"id": "softer", "change": {f"targets.{metric}.*": easier}, "cost": rng.choice(COSTS)}]
    raw["agreements"] = {"promise": body | {"targets": wanted, "relies_on": relied}, **agreements}
    return raw


def _committed(below: list[str], rng: Random) -> Raw:
    body: Raw = {"kind": "ola", "provider": "us", "customer": "us", "calendar": rng.choice(["24x7", *OFFICES])}
    times = ["30m", "1h", "2h", "3h", "4h", "8h", *(["1bd"] if body["calendar"] != "24x7" else [])]
    body["targets"] = {"response": rng.choice(["10m", "20m", "1h"]), "availability": rng.choice(["99.9%", "99.5%", "99%"])}
    if rng.random() < 0.9:
        one = {"within": rng.choice(times), "attainment": rng.choice(["90%", "95%", "100%"])} if rng.random() < 0.5 else rng.choice(times)
        body["targets"]["resolution"] = one if rng.random() < 0.5 else {"P1": one, rng.choice(["P2", "*"]): rng.choice(times)}
    if below and rng.random() < 0.7:
        body["relies_on"] = [_relied_on(below, rng)]
        if rng.random() < 0.2:
            body["pauses"] = [{"awaiting-vendor": "1h"}]
    return body


def _relied_on(below: list[str], rng: Random) -> Raw:
    if len(below) > 1 and rng.random() < 0.3:
        return {rng.choice(["any_of", "all_of"]): rng.sample(below, 2)}
    body: Raw = {"agreement": rng.choice(below)}
    if rng.random() < 0.6:
        body["after"] = rng.choice(["30m", {"P1": "15m"}, {"P1": "1h", "*": "2h"}])
    if rng.random() < 0.3:
        body["share"] = rng.choice(["20%", "100%"])
    return body


def _promised(below: list[str], rng: Random) -> Raw:
    body: Raw = {"kind": "sla", "provider": "us", "customer": "them", "calendar": rng.choice(["24x7", "24x7", *OFFICES])}
    body["term"] = {"from": "2026-03-23", "until": "2026-04-05"}
    body["relies_on"] = [_relied_on(below, rng)] if rng.random() < 0.8 else rng.sample(below, min(2, len(below)))
    within = rng.choice(["1h", "2h", "4h", "8h", "20h", "3d", "2bd"])
    one = {"within": within, "attainment": rng.choice(["50%", "90%", "95%"])} if rng.random() < 0.5 else within
    body["targets"] = {"resolution": {"P1": one} if rng.random() < 0.6 else {"P1": one, "*": "10h"} if rng.random() < 0.5 else one}
    if rng.random() < 0.3:
        body["targets"]["response"] = rng.choice(["15m", "1h"])
    if rng.random() < 0.2:
        body["targets"]["availability"] = rng.choice(["99%", "99.5%", "99.9%"])
    return body


def with_prices(raw: Raw, rng: Random, most: int, as_of: date) -> Raw:
    """The same catalogue with up to so many options that can be read, and now and then with fees, credits and demand."""
    catalogue = load({"a.yaml": catalogues.to_yaml(raw).encode()})
    for id, body in raw["agreements"].items():
        if catalogue.agreements[id].promises and rng.random() < 0.7:
            body |= _money(catalogue.agreements[id], rng)
    mending = list(_mending(Study.of(catalogue, as_of)))
    for number in range(rng.randint(1, most)):
        id = rng.choice(sorted(catalogue.agreements))
        changes = dict(rng.choice(list(_changes(catalogue.agreements[id], catalogue, rng))) for _ in range(rng.choice([1, 1, 1, 2])))
        if mending and rng.random() < 0.6:
            id, changes = rng.choice(mending)
        option = {"id": f"o{number}", "change": changes, "cost": rng.choice(COSTS)}
        known = [f"{a}/{o['id']}" for a, b in raw["agreements"].items() for o in b.get("options", ())]
        if known and rng.random() < 0.2:
            option["excludes"] = [rng.choice(known)]
        body = raw["agreements"][id]
        before = body.get("options", [])
        body["options"] = [*before, option]
        if load({"a.yaml": catalogues.to_yaml(raw).encode()}).findings:
            body["options"] = before
    return raw


def _mending(study: Study) -> Iterator[tuple[str, Raw]]:
    """For each broken promise the changes of which each would mend it."""
    fixes = [fix for verdict in study.verdicts for fix in Mender(study, verdict).fixes()]
    fixes += [fix for verdict in study.amount_verdicts for fix in AmountMender(study, verdict).fixes()]
    for fix in fixes:
        if fix.path:
            yield fix.agreement, {re.sub(r"\.(\d+)(?=\.|$)", r"[\1]", ".".join(map(str, fix.path))): fix.after}


def _money(agreement: Agreement, rng: Random) -> dict[str, Raw]:
    bands = {
        metric: [{"over": rng.choice(["1m", "1h", "4h", "1d"]), "credit": rng.choice(["2%", "5%", "10%"])}] for metric in agreement.targets
    }
    named = sorted({priority for by_priority in agreement.targets.values() for priority in by_priority} - {ANY}) or ["P1"]
    return {
        "fee": f"{rng.choice([100, 1000, 1200.50])} EUR/{rng.choice(['month', 'year'])}",
        "credits": {**bands, "cap": rng.choice(["10%", "100%"])},
        "demand": {name: f"{rng.choice([1, 3, 20])}/month" for name in named},
    }


def _changes(agreement: Agreement, catalogue: Catalogue, rng: Random) -> Iterator[tuple[str, Raw]]:
    calendars = sorted(id for id, calendar in catalogue.calendars.items() if not calendar.inline)
    times = rng.choice([TIMES, LONG if agreement.promises else SHORT, LONG if agreement.promises else SHORT])
    shares = rng.choice([catalogues.PROMISED_ATTAINMENTS, ["1%"] if agreement.promises else ["100%"]])
    yield "calendar", rng.choice(calendars)
    yield "calendar", "24x7"
    for metric, by_priority in agreement.targets.items():
        for priority in sorted({*by_priority, "P1", "S1"} if ANY in by_priority else by_priority):
            place, target = f"targets.{metric}.{priority}", by_priority.get(priority) or by_priority[ANY]
            if isinstance(target, AmountTarget):
                kind = KINDS[metric]
                worse = kind.promised if agreement.promises else kind.committed
                yield place, rng.choice(["1%" if agreement.promises else "99.99%"] if metric == "availability" else worse) + kind.unit
                yield place, rng.choice([*kind.committed, *kind.promised]) + kind.unit
                yield f"{place}.{target.direction}", rng.choice([*kind.committed, *kind.promised]) + kind.unit
                continue
            numbered = f"{place}[{rng.randrange(len(target.alternatives))}]" if target.listed else place
            yield f"{numbered}.within", rng.choice(times)
            yield f"{numbered}.attainment", rng.choice(shares)
            yield f"{numbered}.calendar", rng.choice(calendars)
            if not target.listed:
                yield place, rng.choice(times)
                yield place, {"within": rng.choice(times), "attainment": rng.choice(shares)}
    for index, item in enumerate(agreement.relies_on):
        yield f"relies_on[{index}].share", rng.choice(["5%", "40%", "100%"])
        for member in item.members():
            yield f"{member.place}.after.{rng.choice(['P1', 'P2', '*'])}", rng.choice(["0m", *catalogues.HANDED_ON])


# --- every subset ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Tried:
    """One subset: what it costs, which promises are not kept after it, and the money at risk of each agreement."""

    names: tuple[tuple[str, str], ...]
    cost: Fraction
    short: frozenset[Key]
    risk: Mapping[str, int]

    @property
    def rank(self) -> tuple[Fraction, int, tuple[tuple[str, str], ...]]:
        """Cheapest, fewest, first by name."""
        return self.cost, len(self.names), self.names


@dataclass
class Enumeration:
    """Every subset of the options of a catalogue that can be bought together."""

    catalogue: Catalogue
    as_of: date

    def __post_init__(self) -> None:
        self.options = priced_options(self.catalogue)
        self.before = verdicts(self.judged(()))
        subsets = [
            s
            for n in range(len(self.options) + 1)
            for s in combinations(self.options, n)
            if not any(map(apart, *zip(*combinations(s, 2), strict=True)) if n > 1 else [])
        ]
        self.tried = [self.attempt(subset) for subset in subsets]

    def judged(self, subset: tuple[Priced, ...]) -> Study:
        agreements = dict(self.catalogue.agreements)
        for priced in subset:
            agreements[priced.agreement] = with_options(agreements[priced.agreement], [priced.option])
        return Study.of(replace(self.catalogue, agreements=agreements), self.as_of)

    def attempt(self, subset: tuple[Priced, ...]) -> Tried:
        study = self.judged(subset)
        found = verdicts(study)
        short = {key for key, verdict in found.items() if not self.kept(key, verdict)}
        unjudged = {(n.agreement, n.metric) for n in study.not_checked}
        short |= {key for key in (*self.before, *found) if key[:2] in unjudged}
        for agreement, metric in unjudged:
            for priority in self.catalogue.agreements[agreement].targets.get(metric, ()):
                short.add((agreement, metric, priority, -1))
        risk = {id: at_risk(study, id) for id in study.catalogue.agreements}
        names = tuple(sorted(priced.key for priced in subset))
        return Tried(names, sum((priced.cost for priced in subset), Fraction(0)), frozenset(short), risk)

    def answering(self, key: Key) -> str | None:
        """Today's verdict on a promise, or on the one for every priority that answers in its place."""
        return self.before.get(key) or self.before.get((*key[:2], ANY, key[3]))

    def kept(self, key: Key, verdict: str) -> bool:
        return verdict == "holds" or (verdict == "tolerated" and self.answering(key) != "holds")

    def ok_today(self, key: Key) -> bool:
        return self.answering(key) in (None, "holds", "tolerated")

    def harmless(self, tried: Tried) -> bool:
        """Whether nothing that is kept today is broken."""
        return not any(self.ok_today(key) for key in tried.short)

    def cheapest(self, only: tuple[str, ...] = ()) -> Tried | None:
        """The cheapest subset after which every promise asked about is kept."""
        good = [t for t in self.tried if self.harmless(t) and not any(not only or key[0] in only for key in t.short)]
        return min(good, key=lambda t: t.rank, default=None)

    def most(self, budget: Fraction, only: tuple[str, ...] = ()) -> Tried:
        """The subset within a budget that leaves least at risk, then fewest broken; of equal ones the cheapest."""
        good = [t for t in self.tried if self.harmless(t) and t.cost <= budget]
        return min(good, key=lambda t: (self.left(t, only), self.broken(t, only), t.rank))

    def left(self, tried: Tried, only: tuple[str, ...]) -> int:
        return sum(risk for id, risk in tried.risk.items() if not only or id in only)

    def broken(self, tried: Tried, only: tuple[str, ...]) -> int:
        """How many of today's broken promises stay so, wholly or for some priority."""
        mine = {key for key in tried.short if not only or key[0] in only}
        return len({key if key in self.before else (*key[:2], ANY, key[3]) for key in mine})


def overlap(one: Path, other: Path) -> bool:
    """Whether two changes set the same clause, or one a part of what the other sets."""
    shorter = min(len(one), len(other))
    return one[:shorter] == other[:shorter]


def apart(one: Priced, other: Priced) -> bool:
    """Whether two options cannot be bought together."""
    named = {name.value if "/" in name.value else f"{one.agreement}/{name.value}" for name in one.option.excludes}
    theirs = {name.value if "/" in name.value else f"{other.agreement}/{name.value}" for name in other.option.excludes}
    same = one.agreement == other.agreement and any(
        overlap(a.field.value, b.field.value) for a in one.option.changes for b in other.option.changes
    )
    return same or other.name in named or one.name in theirs


def verdicts(study: Study) -> dict[Key, str]:
    """All verdicts by promise."""
    found: list[Verdict | AmountVerdict] = [*study.verdicts, *study.amount_verdicts]
    return {verdict.promise.key: verdict.verdict for verdict in found}


def at_risk(study: Study, id: str) -> int:
    """The money of an agreement that is expected to be paid back in a month, in hundredths; all of it where that cannot be judged."""
    agreement = study.catalogue.agreements[id]
    if not agreement.fee or not agreement.demand:
        return 0
    most = monthly(agreement.fee.value) * cap_of(agreement)
    metrics = {
        m for m in agreement.targets if study.catalogue.metrics[m].type == "time" and agreement.credits and agreement.credits.bands.get(m)
    }
    if any(n.agreement == id and n.metric in metrics for n in study.not_checked):
        return ceil(100 * most)
    risks = [time_at_risk(verdict) for verdict in study.verdicts if verdict.promise.agreement.id == id]
    return ceil(100 * min(most, sum((risk.expected for risk in risks if risk and risk.expected), Fraction(0))))
