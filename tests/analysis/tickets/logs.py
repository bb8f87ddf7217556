"""Ticket logs for tests, out of texts."""

from __future__ import annotations

from io import BytesIO

from slachain.analysis.tickets.history import History
from slachain.analysis.tickets.log import Log, read_log
from slachain.language.export_grammar import ExportGrammar
from slachain.language.exports import Export
from slachain.language.findings import Finding
from slachain.study import Study
from tests.catalogue import study

OFFICE = """
calendars:
  office: {timezone: Europe/London, hours: {mon-fri: "09:00-17:00"}}
agreements:
  desk:
    kind: ola
    provider: desk
    customer: company
    calendar: office
    pauses: [customer, {vendor: 2h}]
    targets:
      response: {P1: {within: 1h, attainment: 90%}}
      resolution: {P1: {within: 4h, attainment: 90%}, P2: {within: 2bd, attainment: 90%}}
  shop:
    kind: sla
    provider: company
    customer: shop
    calendar: 24x7
    targets:
      resolution: {"*": 8h}
      response: {P1: [{within: 10m, opened_in: office}, {within: 1h}]}
"""


def mapped(text: str, read: Study) -> tuple[Export | None, tuple[Finding, ...]]:
    """A map, and what is wrong with it."""
    grammar = ExportGrammar(read.catalogue.agreements, read.catalogue.metrics)
    return grammar.read(text.encode(), "map.yaml"), grammar.findings


def log_of(rows: str, map_: str | None = None, catalogue: str = OFFICE, until: int | None = None) -> Log:
    """A log read against a catalogue, by a map that has nothing wrong with it."""
    read = study(catalogue)
    export, findings = mapped(map_, read) if map_ else (None, ())
    assert not findings, findings
    return read_log(read.catalogue, read.calendars, BytesIO(rows.encode("utf-8", "surrogatepass")), export, until)


def history(log: Log, agreement: str, metric: str, priority: str = "P1", alternative: int = -1) -> History:
    """One of its histories."""
    return next(h for h in log.histories if h.promise.key == (agreement, metric, priority, alternative))
