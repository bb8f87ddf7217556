"""Catalogues in which nothing is wrong but how much of one thing there is: each is judged, or refused where its bound is passed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.hostile.inputs import Hostile, agreement, event, rota, text, zones

HOURS = '{timezone: UTC, hours: {mon-fri: "09:00-17:00"}}'


def agreements(number: int, each: Callable[[int], str]) -> str:
    return "agreements:\n" + "".join(map(each, range(number)))


def relying(first: int, on: str, kind: str = "ola", time: str = "4h") -> str:
    return agreement(f"a{first}", time, more=f", relies_on: [{on}]", kind=kind)


def chain(number: int) -> str:
    """Each relies on the next, and the last on nobody."""
    return agreements(number, lambda n: relying(n, f"a{n + 1}", "ola" if n else "sla", f"{2 * number - n}h")) + agreement(
        f"a{number}", "4h"
    )


def circle(number: int) -> str:
    return agreements(number, lambda n: relying(n, f"a{(n + 1) % number}"))


def priorities(number: int) -> str:
    """One agreement with so many priorities over another that has as many."""
    times = ", ".join(f"P{n}: {n + 1}h" for n in range(number))
    one = "  {}: {{kind: {}, provider: p, customer: c, calendar: 24x7, priorities: [{}], targets: {{resolution: {{{}}}}}{}}}\n"
    names = ", ".join(f"P{n}" for n in range(number))
    return "agreements:\n" + one.format("a", "sla", names, times, ", relies_on: [b]") + one.format("b", "ola", names, times, "")


def calendars(number: int) -> str:
    """Promises on calendars of which each holds the one before, thirty deep."""
    made = (
        f"  c{n}: {{any_of: [h{n}{f', c{n - 1}' if n % 30 else ''}]}}\n  h{n}: {HOURS.replace('17:00', f'17:{n % 60:02}')}\n"
        for n in range(number)
    )
    return (
        "calendars:\n"
        + "".join(made)
        + agreements(number, lambda n: agreement(f"a{n}", "9h", f"c{n}", ", relies_on: [z]", "sla"))
        + agreement("z", "5h", "c1")
    )


def on_one(number: int) -> str:
    return agreements(number, lambda n: relying(n, "z", "sla", "5h")) + agreement("z", "4h")


def over_many(number: int, broken: bool = False) -> str:
    names = ", ".join(f"v{n}" for n in range(number))
    return (
        "agreements:\n"
        + relying(0, names, "sla", "4h" if broken else "9999h")
        + "".join(agreement(f"v{n}", kind="uc") for n in range(number))
    )


def paths(number: int, long: int) -> str:
    """So many promises that are broken over the same long chain."""
    return chain(long).replace("kind: sla", "kind: ola", 1) + "".join(
        agreement(f"s{n}", "1h", more=", relies_on: [a0]", kind="sla") for n in range(number)
    )


def customers(bytes: int) -> str:
    """One file of customers over a plan."""
    plan = "plans:\n  gold: {kind: sla, provider: p, calendar: 24x7, targets: {response: 1h, resolution: 8h}, relies_on: [z]}\n"
    each = "  a{}: {{extends: gold, customer: c{}, title: A customer whose name is somewhat longer than that of others}}\n"
    number = min(bytes // len(each.format(10000, 10000)), 24_000)  # of as many values as a file may hold
    return plan + agreements(number, lambda n: each.format(n, n)) + agreement("z", "4h")


def gaps(number: int) -> str:
    return agreements(number, lambda n: relying(n, f"z{n}", "sla", "3h") + agreement(f"z{n}", "4h"))


def alike(number: int) -> Callable[[Path], None]:
    """Two files filled in from one form with so many blanks, and comments."""

    def make(folder: Path) -> None:
        for name in "ab":
            lines = "".join(f"      - {name}{n}  # {n}\n" for n in range(number))
            body = f"    kind: ola\n    provider: p\n    customer: c\n    calendar: 24x7\n    excludes:\n{lines}"
            (folder / f"{name}.yaml").write_text(f"agreements:\n  {name}:\n{body}")

    return make


ROTA = rota(*(event("", f"20{26 + n // 360 % 8}{1 + n // 30 % 12:02}{1 + n % 28:02}T{n // 28 % 24:02}0000Z") for n in range(2_999)))
LASTING = rota(*(event("RRULE:FREQ=DAILY;UNTIL=20381231T000000Z", f"20260101T{n:02}0000Z") for n in range(20)))
ZONED = (
    zones(2_000) + agreements(2_000, lambda n: agreement(f"a{n}", "9h", f"c{n}", ", relies_on: [z]", "sla")) + agreement("z", "5h", "c0")
)

LARGE = (
    Hostile("3,000 that rely on one another", text(chain(3_000)), "agreements/a.yaml:2:88: SC202 chain-too-slow: a0 resolution P1: 6000h promised around the clock, never possible", heavy=True, status=1),
    Hostile("10,000 that rely in a circle", text(circle(10_000)), "agreements/a.yaml:2:106: SC105 cycle: a circle: a0 -> a1 ->", heavy=True),
    Hostile("5,000 priorities in one agreement", text(priorities(5_000)), "more than 100 priorities in one agreement"),
    Hostile("1,000 calendars of one another", text(calendars(1_000)), "All 1000 promises hold on 2026-01-01.", heavy=True, status=0),
    Hostile("10,000 that rely on one", text(on_one(10_000)), "All 10000 promises hold on 2026-01-01.", heavy=True, status=0),
    Hostile("a promise over 500 vendors", text(over_many(500)), "The one promise holds on 2026-01-01.", heavy=True, status=0),
    Hostile("a gap over 500 vendors", text(over_many(500, broken=True)), "agreements/a.yaml:2:88: SC209 no-headroom: a0 resolution P1: 4h promised", heavy=True, status=1),
    Hostile("3,000 findings with long paths", text(paths(3_000, 60)), "agreements/a.yaml:63:88: SC201 commitment-looser: s0 resolution P1: 1h promised", heavy=True, status=1),
    Hostile("8 MB of customers over a plan", text(customers(7_900_000)), "agreements/a.yaml:2:70: SC204 no-commitment: a0 response *: 1h promised around the clock, but z commits to no response", heavy=True, status=1),
    Hostile("2,000 gaps", text(gaps(2_000)), "agreements/a.yaml:2:88: SC201 commitment-looser: a0 resolution P1: 3h promised around the clock, 4h possible", heavy=True, status=1),
    Hostile("a rota of 3,000 events", ROTA, "agreements/a.yaml:4:84: SC205 unsupported-promise: a resolution P1: 4h promised on call as in r.ics", heavy=True, status=1),
    Hostile("20 events daily for 13 years", LASTING, "agreements/a.yaml:4:84: SC205 unsupported-promise: a resolution P1: 4h promised on call as in r.ics", heavy=True, status=1),
    Hostile("promises in all time zones", text(ZONED), "All 2000 promises hold on 2026-01-01.", heavy=True, status=0),
    Hostile("two files of 80,000 blanks", alike(40_000), "No promise to judge among 2 agreements", heavy=True, status=0),
)  # fmt: skip
