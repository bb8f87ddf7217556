"""The terminal tells what somebody can read: thousands of findings are told in a line each."""

from __future__ import annotations

from datetime import date

from slachain.decisions.reporting import report
from slachain.language.loader import load
from slachain.render.terminal import MOST_NOTES, MOST_WHOLE, plain
from slachain.study import Study


def test_what_nobody_reads_is_told_in_a_line_each() -> None:
    text = "agreements:\n" + "".join(f"  a{n}: x\n" for n in range(MOST_WHOLE + 20))
    catalogue = load({"a.yaml": text.encode()})
    lines = plain(report(Study.of(catalogue, date(2026, 1, 1))), catalogue.sources).splitlines()
    assert sum(line.startswith("a.yaml:") for line in lines) == MOST_WHOLE + 20
    assert sum(line.strip(" |") == "^" for line in lines) == MOST_WHOLE
    assert "20 more, each in a line:" in lines


def test_of_more_places_than_anybody_reads_the_first_are_told() -> None:
    who = "".join(f"  a{n:03}: {{kind: sla, provider: p, customer: c, calendar: 24x7, relies_on: [z]}}\n" for n in range(MOST_NOTES + 7))
    catalogue = load({"a.yaml": f"agreements:\n{who}  z: {{kind: ola, provider: p, customer: c, calendar: 24x7}}\n".encode()})
    found = report(Study.of(catalogue, date(2026, 1, 1))).selecting(("SC809",), None)
    lines = plain(found, catalogue.sources).splitlines()
    assert sum(line.endswith("p is the provider who relies on it") for line in lines) == MOST_NOTES
    assert "  and 7 more (--format json lists them)" in lines
