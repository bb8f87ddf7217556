"""Everything that is promised on a day: in which order, what is left out, and whose promises are looked at together."""

from __future__ import annotations

from slachain.analysis.likeness import Likeness
from slachain.analysis.promised import Promised
from slachain.language.model import Agreement, Metric
from tests.catalogue import AS_OF, study

TEXT = """
calendars: {office: {timezone: Europe/London, hours: {mon-fri: "09:00-17:00"}}}
metrics: {leads: {type: count, unit: leads, better: higher, chain: supply}}
agreements:
  zoe: &gold
    {kind: sla, provider: us, customer: them, calendar: office, relies_on: [desk],
     targets: {resolution: {P2: 2d, P1: 1d}, response: 4h, availability: {at_least: 99%, per: month}, leads: {at_least: 10, per: month}}}
  abe: *gold
  kim: {<<: *gold, targets: {response: 2h}}
  bob: {<<: *gold, relies_on: [team]}
  eve: {<<: *gold, calendar: 24x7}
  old: {<<: *gold, term: {until: 2025-12-31}}
  desk: &own {kind: ola, provider: desk, customer: us, calendar: 24x7, targets: {response: 1h, resolution: 4h, availability: {at_least: 99.9%, per: month}, leads: {at_least: 12, per: month}}}
  team: {<<: *own, targets: {response: 1h, resolution: 4h, availability: {at_least: 99.9%, per: month}, leads: {at_least: 90, per: year}}}
"""
ALL = ["abe", "bob", "eve", "zoe"]


def test_promises_are_told_by_agreement_metric_and_priority_and_what_is_over_or_internal_is_not() -> None:
    found = study(TEXT)
    assert not found.catalogue.findings
    times = [("resolution", "P1"), ("resolution", "P2"), ("response", "*")]
    expected = sorted([(id, *row) for id in ALL for row in times] + [("kim", "response", "*")])
    assert [promise.key[:3] for promise in found.promises] == expected
    amounts = [(id, metric, "*") for id in ALL for metric in ("availability", "leads") if (id, metric) != ("bob", "leads")]
    assert [promise.key[:3] for promise in found.amounts] == sorted(amounts)


def test_what_cannot_be_compared_is_not_judged() -> None:
    """Ten a month are promised, and ninety a year committed to."""
    found = study(TEXT)
    assert [(agreement.id, metric.id) for agreement, metric in found.promised.not_judged] == [("bob", "leads")]
    assert [(one.agreement, one.metric) for one in found.not_checked] == [("bob", "leads")]


def test_agreements_of_one_class_are_counted() -> None:
    promised = study(TEXT).promised
    assert [agreement.id for agreement, _ in promised.promising] == ["abe", "bob", "eve", "kim", "zoe"]
    classes = {agreement.id: alike for agreement, alike in promised.promising}
    assert classes["abe"] is classes["zoe"]
    assert [(promised.sizes[classes[id]], id) for id in ("abe", "bob", "eve", "kim")] == [(2, "abe"), (1, "bob"), (1, "eve"), (1, "kim")]
    assert list(promised.sizes) == [classes[id] for id in ("abe", "bob", "eve", "kim")]


def test_of_those_who_are_alike_the_promises_of_one_are_looked_at() -> None:
    catalogue = study(TEXT).catalogue
    asked: list[str] = []

    def why_not(agreement: Agreement, metric: Metric) -> str | None:
        asked.append(agreement.id)
        return "it is not known" if metric.id == "response" else None

    promised = Promised(catalogue.agreements, catalogue.metrics, AS_OF, Likeness(AS_OF, lambda agreement: False), why_not)
    assert [(agreement.id, metric.id) for agreement, metric in promised.not_judged] == [(id, "response") for id in sorted([*ALL, "kim"])]
    assert sorted(set(asked)) == ["abe", "bob", "eve", "kim"]
    assert {row.metric.id for row in promised.times} == {"resolution"}


def test_those_who_rely_on_the_same_on_the_same_clock_are_judged_together_and_near_them_those_on_others() -> None:
    found = study(TEXT)
    ids = {alike: agreement.id for agreement, alike in reversed(found.promised.promising)}
    assert [[ids[alike] for alike in group] for group in found.promised.groups(found.routes)] == [["eve"], ["abe", "kim"], ["bob"]]
