"""What may be wrong with a map, and where it is told."""

from __future__ import annotations

import pytest

from slachain.language.exports import Arrival, During, Listed, Pair
from tests.analysis.tickets.logs import OFFICE, mapped
from tests.catalogue import study

READ = study(OFFICE)
WHOLE = """columns: {ticket: id, agreement: firm, priority: prio, opened: at}
agreements: {Shop Ltd: shop}
priorities: {1 - High: P1}
metrics: {resolution: done, response: {where: {group: Desk}, which: last}}
pauses:
  customer: [{from: a, to: b}, {list: c, between: " - "}, {state: [Waiting, Asked]}]
events: {time: at, state: state}
time: ["%d.%m.%Y %H:%M", iso]
zone: Europe/Berlin
repeated: last
skipped: refuse
empty: ["?", "-"]
delimiter: tab
encoding: latin1
"""


def test_everything_that_a_map_can_say() -> None:
    found, findings = mapped(WHOLE, READ)
    assert findings == ()
    assert found is not None
    assert found.names == {"Shop Ltd": "shop"}
    assert found.priorities == {"1 - High": "P1"}
    assert isinstance(found.metrics["response"], Arrival)
    assert found.metrics["response"].which == "last"
    assert [type(pause) for pause in found.pauses["customer"]] == [Pair, Listed, During]
    assert (found.zone, found.repeated, found.skipped, found.delimiter) == ("Europe/Berlin", "last", "refuse", "\t")
    assert found.empty == {"?", "-"}
    assert found.encoding == "iso8859-1"
    assert found.times == ("%d.%m.%Y %H:%M", "iso")


@pytest.mark.parametrize(
    ("was", "now", "says"),
    [
        ("ticket: id", "tiket: id", "map.yaml:1:11: SC102 columns has no 'tiket' (did you mean 'ticket'?)"),
        ("Shop Ltd: shop", "Shop Ltd: shp", "map.yaml:2:24: SC104 there is no agreement 'shp' (did you mean 'shop'?)"),
        ("resolution: done", "resolutoin: done", "map.yaml:4:11: SC102 there is no metric 'resolutoin' (did you mean 'resolution'?)"),
        (
            "resolution: done",
            "availability: done",
            "map.yaml:4:11: SC102 'availability' is no time: tickets cannot show whether it was kept",
        ),
        ("which: last", "which: latest", "map.yaml:4:69: SC102 'latest' is not first or last (did you mean 'last'?)"),
        ("{from: a, to: b}", "{from: a}", "map.yaml:6:14: SC102 a pause needs 'to'"),
        ('{list: c, between: " - "}', "c", "map.yaml:6:32: SC102 a pause is {from, to}, {list} or {state}, not a single value"),
        (
            "%d.%m.%Y %H:%M",
            "%d.%m.%Y",
            "map.yaml:8:8: SC102 '%d.%m.%Y' lacks the hour (%H, or %I with %p): write iso, or a pattern such as %d-%m-%Y %H:%M",
        ),
        ("Europe/Berlin", "Berlin", "map.yaml:9:7: SC102 'Berlin' is no time zone of the IANA database"),
        ("repeated: last", "repeated: both", "map.yaml:10:11: SC102 'both' is not first, last or refuse"),
        ("delimiter: tab", "delimiter: ';;'", "map.yaml:13:12: SC102 ';;' is no delimiter: write one character such as ';', or tab"),
        (
            "encoding: latin1",
            "encoding: utf-16",
            "map.yaml:14:11: SC102 'utf-16' is no encoding that can be read: write utf-8, windows-1252 or iso-8859-1 (save UTF-16 as UTF-8)",
        ),
        (
            "events: {time: at, state: state}\n",
            "",
            "map.yaml:4:39: SC102 an event needs a log of them: 'events' names the column of their times",
        ),
        (", state: state}", "}", "map.yaml:6:59: SC102 a state of which column? events needs 'state'"),
        ("agreement: firm, ", "", "map.yaml:1:1: SC102 values of which column? columns needs 'agreement'"),
        ("columns: {", "columns: [", "map.yaml:1:"),
        ("zone:", "zone", "map.yaml:"),
    ],
)
def test_what_is_wrong_is_told_where_it_stands(was: str, now: str, says: str) -> None:
    assert was in WHOLE
    export, findings = mapped(WHOLE.replace(was, now, 1), READ)
    assert export is None
    assert any(f"{finding.at}: {finding.code} {finding.message}".startswith(says) for finding in findings), findings


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("metrics: {resolution: b}\nagreements: [{agreement: desk}]\n", "when does the clock start? columns needs 'opened'"),
        ("columns: {opened: a}\nagreements: [{agreement: desk}]\n", "what stops the clock?"),
        ("columns: {opened: a}\nmetrics: {resolution: b}\n", "whose tickets are these?"),
        ("columns: {opened: a}\nevents: {time: b}\nmetrics: {resolution: c}\nagreements: [{agreement: desk}]\n", "columns needs 'ticket'"),
        ("columns: {opened: a}\nmetrics: {resolution: b}\nagreements: [{where: {x: y}}]\n", "an agreement's tickets needs 'agreement'"),
        ("", "the file is empty"),
        ("- a\n", "the map of an export is a mapping, not a list"),
    ],
)
def test_a_map_that_does_not_say_enough(text: str, says: str) -> None:
    export, findings = mapped(text, READ)
    assert export is None
    assert any(says in finding.message for finding in findings), findings
