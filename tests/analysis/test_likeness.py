"""Agreements that are alike are judged together, and each of their promises is still told apart from the others."""

from __future__ import annotations

from tests.catalogue import study

TEXT = """
metrics:
  leads: {type: count, unit: leads, better: higher, chain: supply}
  visits: {type: count, unit: visits, better: higher, chain: supply}
agreements:
  one: &sold
    {kind: sla, provider: us, customer: them, calendar: 24x7, relies_on: [below],
     targets: {leads: {at_least: 10, per: month}, visits: {at_least: 500, per: month}, response: 4h, resolution: 2d}}
  two: *sold
  below:
    {kind: ola, provider: others, customer: us, calendar: 24x7,
     targets: {leads: {at_least: 20, per: month}, visits: {at_least: 400, per: month}, response: 1h, resolution: 3d}}
"""


def test_each_promise_of_agreements_that_are_alike_has_its_own_verdict() -> None:
    found = study(TEXT)
    assert not found.catalogue.findings
    told = [(v.promise.agreement.id, v.promise.metric.id, v.verdict) for v in found.amount_verdicts]
    told += [(v.promise.agreement.id, v.promise.metric.id, v.verdict) for v in found.verdicts]
    each = [("leads", "holds"), ("visits", "gap"), ("resolution", "gap"), ("response", "holds")]
    assert sorted(told) == sorted((id, *one) for id in ("one", "two") for one in each)
