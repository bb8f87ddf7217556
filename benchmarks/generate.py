"""A catalogue of any size, as an organisation with that many customers might have it: the same bytes for the same size and seed.

    python benchmarks/generate.py FOLDER --agreements 10000

Every agreement is a file of its own. Of the agreements up to 200 are internal or with vendors, in five tiers: lines of a region
on its office hours, lines around the clock, and diamonds in each. The others are customers: most extend one of twelve plans and
bring their own terms, some were negotiated clause by clause. There are 60 calendars in 20 zones with their public holidays,
four priorities, availability and credits. A few were promised more than anybody can keep.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

ZONES = {
    "london": ("Europe/London", "GB"),
    "dublin": ("Europe/Dublin", "IE"),
    "berlin": ("Europe/Berlin", "DE"),
    "paris": ("Europe/Paris", "FR"),
    "madrid": ("Europe/Madrid", "ES"),
    "rome": ("Europe/Rome", "IT"),
    "zurich": ("Europe/Zurich", "CH"),
    "vienna": ("Europe/Vienna", "AT"),
    "warsaw": ("Europe/Warsaw", "PL"),
    "stockholm": ("Europe/Stockholm", "SE"),
    "helsinki": ("Europe/Helsinki", "FI"),
    "new-york": ("America/New_York", "US"),
    "chicago": ("America/Chicago", "US"),
    "los-angeles": ("America/Los_Angeles", "US"),
    "toronto": ("America/Toronto", "CA"),
    "sao-paulo": ("America/Sao_Paulo", "BR"),
    "kolkata": ("Asia/Kolkata", "IN"),
    "singapore": ("Asia/Singapore", "SG"),
    "tokyo": ("Asia/Tokyo", "JP"),
    "sydney": ("Australia/Sydney", "AU"),
}
SHIFTS = {"office": "{mon-fri: '09:00-17:30'}", "long": "{mon-fri: '07:00-20:00'}", "shop": "{mon-fri: '08:00-18:00', sat: '09:00-14:00'}"}
PRIORITIES = ("P1", "P2", "P3", "P4")
TIERS = ("desk", "engineering", "specialists", "hosting", "network")
MOST_INTERNAL = 200
LINES = 20  # of five tiers each; two of each tier side by side, which is where the diamonds are
AROUND_THE_CLOCK = 8  # of the lines
HAND_OVER = ({"P1": "15m", "P2": "30m"}, {"P1": "30m", "P2": "1h"}, {"P1": "30m", "P2": "2h"}, {"P1": "1h", "P2": "2h"})
OWN = ({"P1": "1h", "P2": "2h"}, {"P1": "1h", "P2": "3h"}, {"P1": "2h", "P2": "4h"}, {"P1": "2h", "P2": "4h"}, {"P1": "2h", "P2": "5h"})
PLANS = 12
BESPOKE = 0.15
TOO_MUCH = 0.002
WORDS = ("Atlas", "Birch", "Cedar", "Delta", "Ember", "Fjord", "Grove", "Harbor", "Indigo", "Juniper", "Kestrel", "Lumen", "Meadow", "Nova")
TRADES = ("Foods", "Freight", "Insurance", "Museums", "Outdoor", "Payments", "Pharma", "Rail", "Retail", "Schools", "Water")


@dataclass(frozen=True)
class Line:
    """Who works for a customer: five tiers, on one clock."""

    number: int
    clock: str

    def ids(self, tier: int) -> tuple[str, ...]:
        """The agreements of a tier: two from the second on."""
        name = f"{TIERS[tier]}-{self.number:02}"
        return (name,) if tier == 0 else (f"{name}-a", f"{name}-b")


    def party(self, tier: int) -> str:
        """Who provides a tier: the service desk is part of the company, the last two are vendors."""
        return "company" if tier == 0 else f"vendor-{TIERS[tier]}-{self.number:02}" if tier >= 3 else f"{TIERS[tier]}-{self.number:02}"


def lines() -> list[Line]:
    """Those around the clock first, then one for a zone's office."""
    names = [f"{zone}-long" for zone in ZONES]
    return [Line(n, "24x7" if n < AROUND_THE_CLOCK else names[n - AROUND_THE_CLOCK]) for n in range(LINES)]


def generate(agreements: int, seed: int = 1) -> Iterator[tuple[str, str]]:
    """Names of files and what stands in them; `agreements` of them hold one agreement each."""
    rng = Random(seed)
    yield "calendars.yaml", calendars()
    yield "plans.yaml", plans()
    inside = list(internal(rng))
    inside = inside[: min(MOST_INTERNAL, len(inside))]
    yield from inside
    for number in range(agreements - len(inside)):
        yield f"customers/{number % 100:02}/customer-{number:06}.yaml", customer(number, rng)


# --- calendars and plans ---------------------------------------------------------------------------------------------


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
    round_the_clock = number < PLANS // 2
    step = number % (PLANS // 2)
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
{targets(round_the_clock, step)}
{credits(step)}
"""


def targets(round_the_clock: bool, step: int) -> str:
    """The promises of a customer whom a line can serve: longer ones for the later steps."""
    if round_the_clock:
        times = (f"{10 + 2 * step}h", f"{20 + 4 * step}h", f"{4 + step}d", f"{6 + step}d")
    else:
        times = (f"{2 + step}bd", f"{3 + step}bd", f"{5 + step}bd", f"{9 + step}bd")
    share = 95 - 5 * (step % 3)
    resolution = "".join(f"        {p}: {{within: {time}, attainment: {share}%}}\n" for p, time in zip(PRIORITIES, times, strict=True))
    return f"""\
    targets:
      response:
        P1: {{within: {30 + 10 * step}m, attainment: {share}%}}
        "*": {{within: {4 + step}h, attainment: {share}%}}
      resolution:
{resolution}\
      availability: {{at_least: 99.{step}%, per: month}}"""


def credits(step: int) -> str:
    """What a breach costs us."""
    return f"""\
    credits:
      availability: [{{below: 99.{step}%, credit: 5%}}, {{below: 98.{step}%, credit: 10%}}]
      cap: {10 + step}%"""


# --- who does the work -----------------------------------------------------------------------------------------------


def internal(rng: Random) -> Iterator[tuple[str, str]]:
    """The agreements of all lines, each in its own file; each relies on both of the next tier."""
    for line in lines():
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
    title: {TIERS[tier].capitalize()} {line.number}{"ab"[index] if tier else ""}
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
      availability: {{at_least: 99.{95 + tier % 2}%, per: month}}
    term: {{from: 2024-0{rng.randint(1, 9)}-01, notice: {rng.choice((120, 180))}d}}
{relies}"""


def relies_on(line: Line, tier: int, rng: Random) -> str:
    """Both of the next tier, with their shares: what they rely on they have in common."""
    first = rng.randint(5, 20)
    after = ", ".join(f"{priority}: {time}" for priority, time in {**HAND_OVER[tier], "P3": "4h", "P4": "6h"}.items())
    items = "".join(
        f"      - agreement: {id}\n        after: {{{after}}}\n        share: {share}%\n        metrics: [resolution]\n"
        for id, share in zip(line.ids(tier + 1), (first, first + 5), strict=True)
    )
    return f"    relies_on:\n{items}"


# --- customers -------------------------------------------------------------------------------------------------------


def customer(number: int, rng: Random) -> str:
    """One customer's agreement: over a plan with its own terms, or clause by clause."""
    bespoke = rng.random() < BESPOKE
    line = rng.choice(lines())
    name = f"{rng.choice(WORDS)} {rng.choice(TRADES)} {number}"
    step = rng.randrange(PLANS // 2)
    round_the_clock = line.clock == "24x7"
    until = f", until: 202{rng.randint(7, 9)}-{rng.randint(1, 12):02}-28" if rng.random() < 0.4 else ""
    demand = f"{{P1: {rng.randint(1, 4)}/quarter, P2: {rng.randint(1, 9)}/month, P3: {rng.randint(9, 60)}/month, P4: {rng.randint(9, 40)}/month}}"
    head = f"    extends: plan-{step if round_the_clock else step + PLANS // 2:02}\n" if not bespoke else written_out(line, step, rng)
    return f"""\
# {name}: signed after the usual round of questions; the file holds what was agreed, and nothing else.
agreements:
  customer-{number:06}:
{head}\
    title: {name}
    customer: customer-{number:06}
    service: {rng.choice(("web-shop", "payments", "ticket-sales", "archive", "telephony"))}
    calendar: {line.clock}
    relies_on: [desk-{line.number:02}]
    term: {{from: 202{rng.randint(3, 5)}-{rng.randint(1, 12):02}-01{until}, notice: {rng.choice((30, 60, 90))}d}}
    fee: {rng.randint(8, 300) * 100} EUR/month
    demand: {demand}    # tickets expected
    # The account manager keeps the contacts. The last conversation about the volume of tickets took place at renewal,
    # and nothing was found to be out of the ordinary.
"""


def written_out(line: Line, step: int, rng: Random) -> str:
    """The clauses of a plan, negotiated one by one; now and then too much was promised."""
    wanted = targets(line.clock == "24x7", step)
    if rng.random() < TOO_MUCH / BESPOKE:
        wanted = wanted.replace(f"{10 + 2 * step}h", "3h").replace(f"P1: {{within: {2 + step}bd", "P1: {within: 4h")
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
{credits(step)}
"""


def main() -> None:
    """Write a catalogue into a folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--agreements", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    for name, text in generate(asked.agreements, asked.seed):
        path = asked.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


if __name__ == "__main__":
    main()
