"""Reports to be drawn: one with everything there is, hostile ones, large ones, empty ones."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any, TypeVar

from slachain.analysis.not_checked import NotChecked
from slachain.decisions.report import AcceptanceLine, FixLine, Report
from slachain.decisions.reporting import report
from slachain.language.loader import load
from slachain.language.values import is_noun, names_of, replace
from slachain.study import Study
from tests.catalogue import AS_OF

T = TypeVar("T")

DATA = (("holidays", "0.0"), ("time zones (tzdata)", "2026a"))
EVERYTHING = """
metrics:
  leads: {type: count, unit: leads, better: higher, chain: supply}
  revenue: {type: money, better: higher, chain: supply}
calendars:
  london: {timezone: Europe/London, hours: {mon-fri: "09:00-17:30"}}
  kathmandu: {timezone: Asia/Kathmandu, hours: {mon-fri: "09:00-17:00"}}
agreements:
  gold:
    kind: sla
    title: Acme, payments
    provider: service-desk
    customer: acme
    calendar: 24x7
    fee: 9000 EUR/month
    demand: {P1: 4/month}
    credits: {resolution: [{over: 4h, credit: 2%}], availability: [{below: 99.9%, credit: 10%}], cap: 20%}
    targets:
      resolution: {P1: {within: 4h, attainment: 95%}, P2: {within: 60h, attainment: 50%}, P3: 5d}
      update: {P1: 1h}
      availability: {at_least: 99.9%, per: month}
    relies_on: [desk]
    accept: [{finding: SC204, until: 2026-06-30, because: the vendor signs in spring}]
  silver:
    kind: sla
    provider: service-desk
    customer: globex
    calendar: kathmandu
    fee: 10 USD/month
    credits: {resolution: [{over: 2h, credit: 5%}]}
    demand: {P1: 1/month}
    targets: {resolution: {P1: 2bd, P2: 1bd}, leads: {at_least: 120, per: month}, revenue: {at_least: 500 EUR, per: month}}
    relies_on: [desk, agency]
  alone: {kind: sla, provider: service-desk, customer: initech, calendar: london, targets: {resolution: 2bd}}
  desk:
    kind: ola
    provider: service-desk
    customer: service-desk
    calendar: 24x7
    targets: {availability: 99.5%}
    relies_on: [{agreement: tier2, after: {P1: 30m, "*": 1h}, share: 100%}]
  tier2: {kind: ola, provider: engineering, customer: service-desk, calendar: london, targets: {resolution: 3h}}
  agency:
    kind: uc
    provider: agency
    customer: service-desk
    calendar: 24x7
    targets: {leads: {at_least: 110, per: month}, revenue: {at_least: 400 EUR, per: month}, resolution: 1h}
"""
# What is no text of anybody's: the renderings branch on it, or look it up.
OURS = {"verdict", "cause", "unit", "change", "chain", "zone", "code", "slug", "does"}


def report_of(text: str) -> Report:
    """The report of a catalogue of one file."""
    return report(Study.of(load({"agreements/a.yaml": text.encode(errors="surrogatepass")}), AS_OF), DATA)


@cache
def everything() -> Report:
    """The report of all that."""
    return replace(report_of(EVERYTHING), not_checked=(NotChecked("gold", "restore", "its calendar was not read"),))


@cache
def little() -> Report:
    """Little, but every kind of text that a report may hold."""
    found = everything()
    at = found.promises[0].at
    fix = FixLine("commitment", "a", "b", "c", "d", at, "e", "f")
    accepted = AcceptanceLine(date(2026, 6, 30), "because", at)
    by_cause = {(promise.verdict, promise.cause): promise for promise in found.promises}
    mains = [finding for finding in found.findings if finding.code in ("SC203", "SC301")]
    others = (replace(found.findings[0], acceptance=accepted), replace(found.findings[0], code="SC101"), found.findings[0])
    promises = tuple(replace(promise, fixes=(fix, fix)) for promise in by_cause.values())
    return replace(found, promises=promises, findings=(*mains, *others), agreements=found.agreements[:4])


def poisoned(value: T, text: str) -> T:
    """The same with another text in place of every text that a catalogue could have brought in."""
    found: Any = value
    if isinstance(value, str):
        found = text
    elif isinstance(value, tuple):
        found = tuple(poisoned(item, text) for item in value)
    elif is_noun(found):
        changed = {name: poisoned(getattr(value, name), text) for name in names_of(value) if name not in OURS | {"severity"}}
        found = replace(found, **changed)
    return found  # type: ignore[no-any-return]


def many(found: Report, times: int) -> Report:
    """A large catalogue: each agreement so many times, each time broken in a way of its own."""
    return replace(
        found,
        promises=tuple(
            replace(p, agreement=f"{p.agreement}-{n}", at=replace(p.at, line=p.at.line + 100 * n))
            for n in range(times)
            for p in found.promises
        ),
        findings=tuple(
            replace(f, agreement=f.agreement and f"{f.agreement}-{n}", at=replace(f.at, line=f.at.line + 100 * n))
            for n in range(times)
            for f in found.findings
        ),
        agreements=tuple(replace(a, id=f"{a.id}-{n}") for n in range(times) for a in found.agreements),
    )
