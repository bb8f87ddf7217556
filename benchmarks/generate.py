"""A catalogue of any size, as an organisation with that many customers might have it: the same bytes for the same size and seed.

    python benchmarks/generate.py FOLDER --agreements 10000

Every agreement is a file of its own. Of the agreements 200 are internal or with vendors (half of them, in a catalogue of fewer than
400), in five tiers: twenty lines, one for each zone's customers, some on long office hours and some around the clock, with diamonds
in each. The others are customers: most extend one of twelve plans and bring their own terms, some were negotiated clause by clause.
They are promised times on one of 60 calendars in 20 zones with their public holidays, or around the clock; there are four priorities,
availability and credits. A few were promised more than anybody can keep.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from random import Random

CITIES = {  # and the countries whose holidays they keep
    "Europe": "London:GB Dublin:IE Berlin:DE Paris:FR Madrid:ES Rome:IT Zurich:CH Vienna:AT Warsaw:PL Stockholm:SE Helsinki:FI",
    "America": "New_York:US Chicago:US Los_Angeles:US Toronto:CA Sao_Paulo:BR",
    "Asia": "Kolkata:IN Singapore:SG Tokyo:JP",
    "Australia": "Sydney:AU",
}
ZONES = {
    city.lower().replace("_", "-"): (f"{area}/{city}", country)
    for area, cities in CITIES.items()
    for city, country in (place.split(":") for place in cities.split())
}
SHIFTS = {"office": "{mon-fri: '09:00-17:30'}", "long": "{mon-fri: '07:00-20:00'}", "shop": "{mon-fri: '08:00-18:00', sat: '09:00-14:00'}"}
PRIORITIES = ("P1", "P2", "P3", "P4")
TIERS = ("desk", "engineering", "specialists", "hosting", "network")
SIDE_BY_SIDE = (1, 2, 2, 2, 3)  # agreements of a line in each tier; each relies on all of the next, which is where the diamonds are
IN_A_LINE = sum(SIDE_BY_SIDE)
LINES = len(ZONES)
AROUND_THE_CLOCK = (0, 3)  # the first and the fourth of each five lines
HAND_OVER = ({"P1": "15m", "P2": "30m"}, {"P1": "30m", "P2": "1h"}, {"P1": "30m", "P2": "2h"}, {"P1": "1h", "P2": "2h"})
OWN = ({"P1": "1h", "P2": "2h"}, {"P1": "1h", "P2": "3h"}, {"P1": "2h", "P2": "4h"}, {"P1": "2h", "P2": "4h"}, {"P1": "2h", "P2": "5h"})
UPTIME = ("99.98%", "99.98%", "99.98%", "99.99%", "99.99%")  # of a tier
VENDORS_CREDITS = "    fee: 9000 EUR/month\n    credits: {availability: [{below: 99.99%, credit: 10%}], cap: 20%}\n"
PLANS = 12
STEPS = PLANS // 2  # how leisurely a plan is
BESPOKE = 0.15
TOO_MUCH = 0.002
FEWEST = 2 * IN_A_LINE
WORDS = ("Atlas", "Birch", "Cedar", "Delta", "Ember", "Fjord", "Grove", "Harbor", "Indigo", "Juniper", "Kestrel", "Lumen", "Meadow", "Nova")
TRADES = ("Foods", "Freight", "Insurance", "Museums", "Outdoor", "Payments", "Pharma", "Rail", "Retail", "Schools", "Water")


@dataclass(frozen=True)
class Line:
    """Who works for the customers of a zone: five tiers, on one clock."""

    number: int
    zone: str
    clock: str

    def ids(self, tier: int) -> tuple[str, ...]:
        """The agreements of a tier."""
        name = f"{TIERS[tier]}-{self.number:02}"
        return (name,) if SIDE_BY_SIDE[tier] == 1 else tuple(f"{name}-{letter}" for letter in "abc"[: SIDE_BY_SIDE[tier]])

    def party(self, tier: int) -> str:
        """Who provides a tier: the service desk is part of the company, the last two are vendors."""
        return "company" if tier == 0 else f"vendor-{TIERS[tier]}-{self.number:02}" if tier >= 3 else f"{TIERS[tier]}-{self.number:02}"

    @property
    def around_the_clock(self) -> bool:
        """Whether it never closes."""
        return self.clock == "24x7"

    def clocks(self) -> tuple[str, ...]:
        """What its customers are promised times on. Shops are open on Saturdays: those of the next zones are left to a line that is, too."""
        office = (f"{self.zone}-office", f"{self.zone}-long")
        return ("24x7", "24x7", "24x7", *office, *(f"{zone}-shop" for zone in self.shops())) if self.around_the_clock else office

    def shops(self) -> Iterator[str]:
        """The zones of a line around the clock and of those after it up to the next that is."""
        yield self.zone
        yield from takewhile(lambda zone: not never_closes(zone), list(ZONES)[self.number + 1 :])


def never_closes(zone: str) -> bool:
    """Whether a zone has a line around the clock."""
    return list(ZONES).index(zone) % 5 in AROUND_THE_CLOCK


def lines(number: int = LINES) -> list[Line]:
    """The first lines, one for each zone."""
    return [Line(n, zone, "24x7" if never_closes(zone) else f"{zone}-long") for n, zone in enumerate(list(ZONES)[:number])]


def generate(agreements: int, seed: int = 1) -> Iterator[tuple[str, str]]:
    """Names of files and what stands in them; `agreements` of them hold one agreement each. Raises ValueError for fewer than 20."""
    if agreements < FEWEST:
        raise ValueError(f"{agreements} agreements are too few for a line and its customers: at least {FEWEST}")
    rng = Random(seed)
    working = lines(min(LINES, agreements // 2 // IN_A_LINE))
    yield "calendars.yaml", calendars()
    yield "plans.yaml", plans()
    yield from internal(working, rng)
    for number in range(agreements - len(working) * IN_A_LINE):
        yield f"customers/{number % 100:02}/customer-{number:06}.yaml", customer(number, working, rng)


def write(folder: Path, agreements: int, seed: int = 1) -> None:
    """Write a catalogue into a folder, which is made where there is none."""
    for name, text in generate(agreements, seed):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def calendars() -> str:
    """Three shifts in each zone, closed on its public holidays."""
    rows = [
        f"  {zone}-{shift}: {{timezone: {tz}, hours: {hours}, holidays: {{country: {country}}}}}\n"
        for zone, (tz, country) in ZONES.items()
        for shift, hours in SHIFTS.items()
    ]
    return f"# When we and our customers work.\ncalendars:\n{''.join(rows)}"


def plans() -> str:
    """Six plans around the clock and six of office hours."""
    return "# What we sell.\nplans:\n" + "".join(plan(number) for number in range(PLANS))


def plan(number: int) -> str:
    """One plan: the further down, the more leisurely."""
    step = number % STEPS
    return f"""\
  plan-{number:02}:
    kind: sla
    provider: company
    owner: service-management@company.example
    priorities: [P1, P2, P3, P4]
    review: {{every: 1 year, last: 2025-11-03}}
    pauses: [awaiting-customer]
    duties: [{{who: customer, what: name a contact who answers questions, within: 4h}}]
    excludes: [force-majeure, planned-maintenance]
{targets(number < STEPS, (step,) * 4)}
{credits(number < STEPS, step)}
"""


def targets(around_the_clock: bool, steps: tuple[int, ...]) -> str:
    """The promises of a customer whom a line can serve, from a step for each priority: longer ones for the later steps."""
    p1, p2, p3, p4 = steps
    if around_the_clock:
        times = (f"{10 + 2 * p1}h", f"{20 + 4 * p2}h", f"{4 + p3}d", f"{6 + p4}d")
    else:
        times = (f"{2 + p1}bd", f"{3 + p2}bd", f"{5 + p3}bd", f"{9 + p4}bd")
    share = 95 - 5 * (p1 % 3)
    resolution = "".join(f"        {p}: {{within: {time}, attainment: {share}%}}\n" for p, time in zip(PRIORITIES, times, strict=True))
    return f"""\
    targets:
      response:
        P1: {{within: {30 + 10 * p1}m, attainment: {share}%}}
        "*": {{within: {4 + p1}h, attainment: {share}%}}
      resolution:
{resolution}\
      availability: {{at_least: {uptime(around_the_clock)}.{p1}%, per: month}}"""


def uptime(around_the_clock: bool) -> int:
    """Whole percents of availability; less in office hours, into which all that goes wrong in a month may fall."""
    return 99 if around_the_clock else 98


def credits(around_the_clock: bool, step: int) -> str:
    """What a breach costs us."""
    whole = uptime(around_the_clock)
    return f"""\
    credits:
      availability: [{{below: {whole}.{step}%, credit: 5%}}, {{below: {whole - 1}.{step}%, credit: 10%}}]
      cap: {10 + step}%"""


def internal(working: list[Line], rng: Random) -> Iterator[tuple[str, str]]:
    """The agreements of all lines, each in its own file; each relies on all of the next tier."""
    for line in working:
        for tier in range(len(TIERS)):
            for index, id in enumerate(line.ids(tier)):
                yield f"internal/{id}.yaml", commitment(line, tier, id, index, rng)


def commitment(line: Line, tier: int, id: str, index: int, rng: Random) -> str:
    """One agreement of a tier."""
    vendor = tier >= 3
    own = OWN[tier]
    later = {"P3": f"{8 + 2 * tier}h", "P4": f"{10 + 4 * tier}h"}
    resolution = "".join(f"        {p}: {{within: {time}, attainment: 99.9%}}\n" for p, time in {**own, **later}.items())
    relies = relies_on(line, tier, rng) if tier + 1 < len(TIERS) else ""
    return f"""\
# {TIERS[tier].capitalize()}, line {line.number}: {"a vendor" if vendor else "our own people"}.
agreements:
  {id}:
    kind: {"uc" if vendor else "ola"}
    title: {TIERS[tier].capitalize()} {line.number}{"abc"[index] if tier else ""}
    provider: {line.party(tier)}
    customer: {line.party(tier - 1) if tier else "company"}
    owner: head-of-{TIERS[tier]}@company.example
    calendar: {line.clock}
    priorities: [P1, P2, P3, P4]
    review: {{every: 2 years, last: 2025-{rng.randint(3, 11):02}-01}}
    pauses: [awaiting-customer]
    excludes: [force-majeure, planned-maintenance]
    targets:
      response: {{P1: {{within: 10m, attainment: 99.9%}}, "*": {{within: 1h, attainment: 99.9%}}}}
      resolution:
{resolution}\
      availability: {{at_least: {UPTIME[tier]}, per: month}}
    term: {{from: 2024-0{rng.randint(1, 9)}-01, notice: {rng.choice((120, 180))}d}}
{VENDORS_CREDITS if vendor else ""}{relies}"""


def relies_on(line: Line, tier: int, rng: Random) -> str:
    """All of the next tier, with their shares: what they rely on they have in common."""
    first = rng.randint(5, 20)
    after = ", ".join(f"{priority}: {time}" for priority, time in {**HAND_OVER[tier], "P3": "4h", "P4": "6h"}.items())
    items = "".join(
        f"      - agreement: {id}\n        after: {{{after}}}\n        share: {first + 5 * index}%\n        metrics: [resolution, availability]\n"
        for index, id in enumerate(line.ids(tier + 1))
    )
    return f"    relies_on:\n{items}"


def customer(number: int, working: list[Line], rng: Random) -> str:
    """One customer's agreement: over a plan with its own terms, or clause by clause."""
    bespoke = rng.random() < BESPOKE
    line = rng.choice(working)
    clock = rng.choice(line.clocks())
    name = f"{rng.choice(WORDS)} {rng.choice(TRADES)} {number}"
    around_the_clock = clock == "24x7"
    until = f", until: 202{rng.randint(7, 9)}-{rng.randint(1, 12):02}-28" if rng.random() < 0.4 else ""
    demand = f"{{P1: {rng.randint(1, 4)}/quarter, P2: {rng.randint(1, 9)}/month, P3: {rng.randint(9, 60)}/month, P4: {rng.randint(9, 40)}/month}}"
    plan = rng.randrange(STEPS) + (0 if around_the_clock else STEPS)
    head = written_out(around_the_clock, rng) if bespoke else f"    extends: plan-{plan:02}\n"
    return f"""\
# {name}: signed after the usual round of questions; the file holds what was agreed, and nothing else.
agreements:
  customer-{number:06}:
{head}\
    title: {name}
    customer: customer-{number:06}
    service: {rng.choice(("web-shop", "payments", "ticket-sales", "archive", "telephony"))}
    calendar: {clock}
    relies_on: [desk-{line.number:02}]
    term: {{from: 202{rng.randint(3, 5)}-{rng.randint(1, 12):02}-01{until}, notice: {rng.choice((30, 60, 90))}d}}
    fee: {rng.randint(8, 300) * 100} EUR/month
    demand: {demand}    # tickets expected
    # The account manager keeps the contacts. The last conversation about the volume of tickets took place at renewal,
    # and nothing was found to be out of the ordinary.
"""


def written_out(around_the_clock: bool, rng: Random) -> str:
    """Clauses negotiated one by one: each as in one of the plans, none stricter for the less urgent; now and then too much was promised."""
    steps = tuple(sorted(rng.randrange(STEPS) for _ in PRIORITIES))
    wanted = targets(around_the_clock, steps)
    if rng.random() < TOO_MUCH / BESPOKE:
        wanted = wanted.replace(f"P1: {{within: {10 + 2 * steps[0]}h", "P1: {within: 45m").replace(
            f"P1: {{within: {2 + steps[0]}bd", "P1: {within: 45m"
        )
    return f"""\
    kind: sla
    provider: company
    owner: key-accounts@company.example
    priorities: [P1, P2, P3, P4]
    review: {{every: 1 year, last: 2025-{rng.randint(3, 11):02}-03}}
    pauses: [awaiting-customer]
    duties:
      - {{who: customer, what: name a contact who answers questions, within: {rng.randint(2, 8)}h}}
      - {{who: customer, what: announce changes two business days before they are made}}
    excludes: [force-majeure, planned-maintenance]
{wanted}
{credits(around_the_clock, steps[0])}
"""


def main() -> None:
    """Write a catalogue into a folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--agreements", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    write(asked.folder, asked.agreements, asked.seed)


if __name__ == "__main__":
    main()
