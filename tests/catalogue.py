"""Catalogues for tests, out of YAML text."""

from __future__ import annotations

from datetime import date

from slachain.analysis.tickets.log import read_log
from slachain.analysis.verdicts import Verdict
from slachain.decisions.report import FindingLine
from slachain.decisions.reporting import findings
from slachain.language.loader import load
from slachain.study import Study

AS_OF = date(2026, 1, 1)


def study(text: str, as_of: date = AS_OF) -> Study:
    """The study of one file, as of 2026-01-01."""
    return Study.of(load({"a.yaml": text.encode()}), as_of)


def verdict(text: str, agreement: str = "promise", metric: str = "resolution", priority: str = "P1", as_of: date = AS_OF) -> Verdict:
    """The verdict on one promise of a file that has no error in it."""
    found = study(text, as_of)
    assert not found.catalogue.findings
    return next(v for v in found.verdicts if v.promise.key[:3] == (agreement, metric, priority))


def found_in(text: str, as_of: date = AS_OF, tickets: str | None = None) -> list[FindingLine]:
    """Every finding on one file; with a ticket log beside it also those on its history."""
    read = study(text, as_of)
    if tickets is not None:
        read.histories = read_log(read.catalogue, read.calendars, tickets.encode().splitlines(keepends=True), None).histories
    return findings(read)
