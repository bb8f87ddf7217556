"""A catalogue with every cause of a gap of an amount, with fees and credits; and what its page is looked at with."""

from __future__ import annotations

from fractions import Fraction

from slachain.decisions.money_at_risk import MoneyLine, Sum
from slachain.decisions.report import PromiseLine, Report
from tests.render.test_html import Page, read

CATALOGUE = """
metrics:
  leads: {type: count, unit: leads, better: higher, chain: supply}
  complaints: {type: count, unit: complaints, better: lower, chain: each}
calendars:
  london: {timezone: Europe/London, hours: {mon-fri: "09:00-17:30"}}
agreements:
  acme-gold:
    kind: sla
    title: Acme, payments platform, Gold
    provider: service-desk
    customer: acme
    calendar: 24x7
    fee: 12000 EUR/month
    credits:
      availability: [{below: 99.9%, credit: 10%}, {below: 99%, credit: 25%}]
      resolution: [{over: 4h, credit: 5%}]
      cap: 30%
    demand: {P1: 3/month}
    targets:
      resolution: {P1: 4h}
      availability: {at_least: 99.9%, per: month}
    relies_on: [web, database]
  web:
    kind: ola
    provider: platform
    customer: service-desk
    calendar: london
    targets: {availability: {at_least: 99.9%, per: year, calendar: 24x7}, resolution: {P1: 3h}}
  database:
    kind: uc
    provider: vendor
    customer: service-desk
    calendar: 24x7
    targets: {availability: {at_least: 99.95%, per: month}, resolution: {P1: 3h}}
  storage: {kind: uc, provider: vendor, customer: service-desk, calendar: london, targets: {availability: {at_least: 99.9%, per: month}}}
  hours: {kind: sla, provider: service-desk, customer: hooli, calendar: 24x7, targets: {availability: 99%}, relies_on: [storage, database]}
  calm: {kind: sla, provider: service-desk, customer: calm, calendar: 24x7, targets: {availability: 98%}, relies_on: [web, database]}
  either:
    {kind: sla, provider: service-desk, customer: either, calendar: 24x7, targets: {availability: 99.99%}, relies_on: [{any_of: [database, web]}, database]}
  exact: {kind: sla, provider: service-desk, customer: exact, calendar: 24x7, targets: {availability: 99.95%}, relies_on: [database]}
  alone:
    kind: sla
    provider: service-desk
    customer: alone
    calendar: 24x7
    fee: 100 USD/month
    credits: {availability: [{below: 99%, credit: 10%}]}
    targets: {availability: 99%}
  nothing:
    kind: sla
    provider: service-desk
    customer: nothing
    calendar: 24x7
    targets: {availability: 99%, complaints: {at_most: 3, per: month}}
    relies_on: [empty, agency]
  empty: {kind: ola, provider: empty, customer: service-desk, calendar: 24x7, targets: {resolution: 3h}}
  sales:
    kind: sla
    provider: marketing
    customer: sales
    calendar: 24x7
    targets: {leads: {at_least: 120, per: month}, complaints: {at_most: 3, per: month}}
    relies_on: [site, agency]
  site:
    kind: ola
    provider: web
    customer: marketing
    calendar: 24x7
    targets: {leads: {at_least: 80, per: month}, complaints: {at_most: 4, per: month}}
  agency:
    kind: uc
    provider: agency
    customer: marketing
    calendar: 24x7
    targets: {leads: {at_least: 30, per: month}, complaints: {at_most: 2, per: month}}
"""


def section(text: str, anchor: str) -> Page:
    """The article of one promise."""
    start = text.index("<article", text.rindex("\n", 0, text.index(f'id="{anchor}"')))
    return read(text[start : text.index("</article>", start) + len("</article>")])


def line(report: Report, agreement: str, metric: str = "availability") -> PromiseLine:
    return next(p for p in report.promises if (p.agreement, p.metric) == (agreement, metric))


def euros(most: int, expected: int | None, currency: str = "EUR") -> MoneyLine:
    told = None if expected is None else Sum(f"{expected} {currency}", Fraction(expected), currency)
    return MoneyLine(Sum(f"{most} {currency}", Fraction(most), currency), told)
