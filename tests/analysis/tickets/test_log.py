"""A whole log: when it ends, what its columns are without a map, and what is counted of it."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.analysis.tickets.logs import history, log_of

HEAD = "ticket,agreement,priority,opened,resolved\n"


def instant(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


def test_a_log_ends_with_what_happened_last_in_a_ticket_that_was_read() -> None:
    """Or with the day that is asked for; a log without tickets ends at no time."""
    rows = "a,shop,P1,2026-03-23T00:00Z,2026-03-23T07:00Z\nb,shop,P1,2026-03-23T06:00Z,\nc,nobody,P1,2026-03-23T08:00Z,\n"
    asked = instant("2026-04-01")
    assert log_of(HEAD + rows).end == instant("2026-03-23T07:00")
    assert log_of(HEAD + rows, until=asked).end == asked
    assert log_of(HEAD).end is None
    assert log_of(HEAD + "c,nobody,P1,2026-03-23T08:00Z,\n").end is None
    assert log_of(HEAD, until=asked).end == asked


def test_rows_of_whole_tickets_tell_of_no_change() -> None:
    assert log_of(HEAD + "a,shop,P1,2026-03-23T00:00Z,2026-03-23T07:00Z\n").changed == 0


def test_columns_of_the_names_of_times_are_read_without_a_map_and_no_others() -> None:
    """`responded` is the end of response, and `update` that of a metric of that name; an availability is no time."""
    catalogue = """
metrics: {update: {type: time, better: lower, chain: elapsed}}
agreements:
  shop: {kind: sla, provider: p, customer: q, calendar: 24x7, targets: {response: 1h, resolution: 8h, update: 4h, availability: {at_least: "99%", per: month}}}
"""
    head = "ticket,agreement,priority,opened,responded,update,availability,note\n"
    found = log_of(head + "a,shop,P1,2026-03-23T00:00Z,2026-03-23T00:30Z,2026-03-23T02:00Z,99.9%,1\n", catalogue=catalogue)
    assert found.refused == ()
    assert [h.promise.metric.id for h in found.histories] == ["response", "update"]
    assert history(found, "shop", "response", "*").readings.tolist() == [1800]
    assert history(found, "shop", "update", "*").readings.tolist() == [7200]
