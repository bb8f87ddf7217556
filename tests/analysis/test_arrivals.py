"""How many tickets reach whom: by hand, and by the law that what flows in flows out."""

from __future__ import annotations

import time
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slachain.analysis.arrivals import Stream, of_provider
from tests.catalogue import study

SLA = "kind: sla, provider: company, customer: acme, calendar: 24x7, targets: {resolution: 8h}"
OLA = "kind: ola, customer: company, calendar: 24x7, targets: {resolution: 1h}"


def months(text: str) -> dict[str, dict[str, Fraction]]:
    return study(f"agreements:\n{text}").arrivals.month


def test_shares_are_multiplied_down_each_path_and_added_where_paths_meet() -> None:
    """100 P1: 60 to one and 40 to the other; a quarter and a half of these to the third: 15 and 20."""
    found = months(f"""
  acme: {{{SLA}, demand: {{P1: 100/month}}, relies_on: [{{agreement: one, share: 60%}}, {{agreement: other, share: 40%}}]}}
  one: {{{OLA}, provider: one, relies_on: [{{agreement: third, share: 25%}}]}}
  other: {{{OLA}, provider: other, relies_on: [{{agreement: third, share: 50%}}]}}
  third: {{{OLA}, provider: third}}
""")
    assert found == {"acme": {"P1": 100}, "one": {"P1": 60}, "other": {"P1": 40}, "third": {"P1": 35}}


def test_tickets_come_under_the_name_they_have_there() -> None:
    found = months(f"""
  acme: {{{SLA}, demand: {{P1: 3/month, P2: 1/week}}, relies_on: [{{agreement: desk, priorities: {{P1: S1, P2: S1}}}}]}}
  desk: {{{OLA}, provider: desk}}
""")
    assert found["desk"] == {"S1": 3 + Fraction(365, 84)}


def test_an_item_without_a_share_counts_whole_and_is_told() -> None:
    text = f"""
agreements:
  acme: {{{SLA}, demand: {{P1: 10/month}}, relies_on: [desk, {{agreement: vendor, share: 20%}}]}}
  desk: {{{OLA}, provider: desk}}
  vendor: {{{OLA}, provider: vendor}}
"""
    found = study(text).arrivals
    assert found.month == {"acme": {"P1": 10}, "desk": {"P1": 10}, "vendor": {"P1": 2}}
    assert found.whole == {("acme", "desk")}


def test_each_member_of_a_group_gets_every_ticket_of_the_group() -> None:
    found = months(f"""
  acme: {{{SLA}, demand: {{P1: 10/month}}, relies_on: [{{any_of: [one, {{all_of: [two, three]}}], share: 30%}}]}}
  one: {{{OLA}, provider: one}}
  two: {{{OLA}, provider: two}}
  three: {{{OLA}, provider: three}}
""")
    assert [found[id]["P1"] for id in ("one", "two", "three")] == [3, 3, 3]


def test_a_ticket_is_one_ticket_whatever_is_measured_of_it() -> None:
    """The same desk for the response and for the resolution gets each ticket once; for one metric two ways add up, to all at most."""
    found = months(f"""
  acme: {{{SLA}, demand: {{P1: 100/month}}, relies_on: [{{agreement: desk, metrics: [response]}}, {{agreement: desk, metrics: [resolution]}}]}}
  desk: {{{OLA}, provider: desk, relies_on: [{{agreement: night, after: 1h, share: 20%}}, {{agreement: night, after: 2h, share: 30%}}]}}
  night: {{{OLA}, provider: night, relies_on: [{{agreement: end, share: 80%}}, end]}}
  end: {{{OLA}, provider: end}}
""")
    assert found == {"acme": {"P1": 100}, "desk": {"P1": 100}, "night": {"P1": 50}, "end": {"P1": 50}}


def test_of_several_metrics_the_one_with_most_ways_counts() -> None:
    """Of 100, 30 and 20 come for their response and 40 for their resolution: among these are the others, or 50 are other ones; 50 at least."""
    found = months(f"""
  acme:
    {{{SLA}, demand: {{P1: 100/month}},
     relies_on: [{{agreement: desk, share: 30%, metrics: [response, availability]}}, {{agreement: desk, share: 40%, metrics: [resolution]}},
                 {{agreement: desk, share: 20%, metrics: [response]}}, {{agreement: line, share: 10%, metrics: [availability]}}]}}
  desk: {{{OLA}, provider: desk, relies_on: [{{agreement: team, share: 30%, metrics: [response]}}, {{agreement: team, share: 40%, metrics: [resolution]}}]}}
  team: {{{OLA}, provider: team}}
  line: {{{OLA}, provider: line}}
""")
    assert found == {"acme": {"P1": 100}, "desk": {"P1": 50}, "team": {"P1": 20}}


def test_only_those_that_tickets_go_to_are_told_as_counted_whole() -> None:
    """Not a line that is relied on for its availability, nor what comes to those that nobody asks, nor somebody who is not there."""
    found = study(f"""
agreements:
  acme:
    {{{SLA}, demand: {{P1: 10/month}}, relies_on: [{{any_of: [desk, {{agreement: line, metrics: [availability]}}]}}, {{agreement: vendor, share: 0%}}, nobody]}}
  quiet: {{{SLA}, relies_on: [desk]}}
  desk: {{{OLA}, provider: desk, relies_on: [{{agreement: team, share: 10%}}]}}
  vendor: {{{OLA}, provider: vendor, relies_on: [team]}}
  team: {{{OLA}, provider: team}}
  line: {{{OLA}, provider: line}}
""").arrivals
    assert found.whole == {("acme", "desk")}
    assert found.month == {"acme": {"P1": 10}, "desk": {"P1": 10}, "team": {"P1": 1}}


@pytest.mark.parametrize(("until", "tickets"), [("2025-12-31", {}), ("2026-01-01", {"over": {"P1": 5}, "desk": {"P1": 5}})])
def test_on_the_last_day_of_a_term_tickets_still_come(until: str, tickets: dict[str, dict[str, int]]) -> None:
    found = months(f"""
  over: {{{SLA}, demand: {{P1: 5/month}}, relies_on: [desk], term: {{until: {until}}}}}
  desk: {{{OLA}, provider: desk}}
""")
    assert found == tickets


@pytest.mark.parametrize(
    "metrics", ["", "metrics: {outage: {type: percent, better: lower, chain: each}, fix: {type: count, better: higher, chain: each}}"]
)
def test_availability_and_outages_bring_no_tickets(metrics: str) -> None:
    """However an outage is told: in hours, or by a catalogue of its own mind as a share."""
    found = study(f"""
{metrics}
agreements:
  acme: {{{SLA}, demand: {{P1: 100/month}}, relies_on: [{{agreement: line, metrics: [availability, outage]}}]}}
  line: {{{OLA}, provider: line}}
""")
    assert found.arrivals.month == {"acme": {"P1": 100}}


def test_what_relies_on_itself_is_left_out_and_so_is_what_has_ended() -> None:
    found = months(f"""
  acme: {{{SLA}, demand: {{P1: 100/month}}, relies_on: [one]}}
  one: {{{OLA}, provider: one, relies_on: [two]}}
  two: {{{OLA}, provider: two, relies_on: [one, desk]}}
  over: {{{SLA}, demand: {{P1: 5/month}}, relies_on: [desk], term: {{until: 2025-12-31}}}}
  coming: {{{SLA}, demand: {{P1: 7/month}}, relies_on: [desk], term: {{from: 2026-06-01}}}}
  inside: {{{OLA}, provider: inside, demand: {{P1: 9/month}}, relies_on: [desk]}}
  desk: {{{OLA}, provider: desk}}
""")
    assert found == {"coming": {"P1": 7}, "desk": {"P1": 7}}


def test_a_promise_hands_on_at_once_and_is_work_only_where_it_relies_on_nobody() -> None:
    text = f"""
agreements:
  handed: {{{SLA}, demand: {{P1: 10/month}}, relies_on: [desk]}}
  alone: {{{SLA}, demand: {{P1: 3/month}}}}
  measured: {{{SLA}, demand: {{P2: 4/month}}, relies_on: [{{agreement: desk, metrics: [availability]}}]}}
  desk: {{{OLA}, provider: company}}
"""
    found = study(text)
    assert dict(of_provider(found.arrivals, found.catalogue, "company")) == {
        Stream("alone", "P1"): 3,
        Stream("measured", "P2"): 4,
        Stream("desk", "P1"): 10,
    }


@given(st.lists(st.lists(st.integers(1, 9), min_size=1, max_size=4), min_size=1, max_size=6), st.integers(1, 10**6))
def test_what_flows_in_flows_out(widths: list[list[int]], demand: int) -> None:
    """Layers of agreements, each handing everything on to the next layer in parts: at every layer all of the demand arrives, exactly."""

    def handed(layer: list[int], number: int) -> str:
        shares = [100 * part // sum(layer) for part in layer]
        shares[-1] += 100 - sum(shares)
        return ", ".join(f"{{agreement: a{number}-{n}, share: {share}%}}" for n, share in enumerate(shares))

    lines = [f"  acme: {{{SLA}, demand: {{P1: {demand}/month}}, relies_on: [{handed(widths[0], 0)}]}}"]
    for number, layer in enumerate(widths):
        below = f", relies_on: [{handed(widths[number + 1], number + 1)}]" if number + 1 < len(widths) else ""
        lines += [f"  a{number}-{n}: {{{OLA}, provider: p{number}{below}}}" for n in range(len(layer))]
    found = months("\n".join(lines))
    for number in range(len(widths)):
        assert sum(month["P1"] for id, month in found.items() if id.startswith(f"a{number}-")) == demand


def test_two_to_the_fortieth_paths_are_counted_like_any_other() -> None:
    lines = [f"  acme: {{{SLA}, demand: {{P1: 1/month}}, relies_on: [l0, r0]}}"]
    for n in range(40):
        below = f", relies_on: [l{n + 1}, r{n + 1}]" if n < 39 else ""
        lines += [f"  {side}{n}: {{{OLA}, provider: {side}{below}}}" for side in "lr"]
    text = "agreements:\n" + "\n".join(lines)
    found = study(text)
    begun = time.process_time()
    assert found.arrivals.month["l39"]["P1"] == 2**39
    assert time.process_time() - begun < 2
