"""A fix told as lines to paste mends its promise when they are pasted, and leaves everything else as it was."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice
from typing import Any

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from slachain.analysis.amounts import AmountPromise, AmountVerdict
from slachain.analysis.verdicts import Verdict
from slachain.decisions.mend import Fix, Mender
from slachain.decisions.mend_amounts import AmountMender
from slachain.decisions.paste import change_of, fix_line
from slachain.decisions.report import FixLine
from slachain.language.editing import CannotEdit, edited
from slachain.language.loader import load
from slachain.study import Study
from tests import catalogues, catalogues_amounts
from tests.catalogue import AS_OF
from tests.layouts import laid_out
from tests.transcripts import ROOT

CATALOGUES = [ROOT / "agreements", *sorted((ROOT / "tests" / "published").iterdir())]
Files = Mapping[str, bytes]


def fixes(study: Study) -> Iterator[tuple[Verdict | AmountVerdict, Fix]]:
    """Every fix of every promise."""
    for verdict in study.verdicts:
        yield from ((verdict, fix) for fix in Mender(study, verdict).fixes())
    for amount in study.amount_verdicts:
        yield from ((amount, fix) for fix in AmountMender(study, amount).fixes())


def pasted(files: Files, line: FixLine) -> dict[str, str]:
    """The files with a fix's lines put over those that it names, as somebody would with an editor."""
    assert line.at is not None
    texts = {file: content.decode().replace("\r\n", "\n") for file, content in files.items()}
    lines = texts[line.at.file].split("\n")
    first, last = line.at.line - 1, line.at.end_line
    assert "\n".join(lines[first:last]) == line.was
    return {**texts, line.at.file: "\n".join([*lines[:first], line.yaml, *lines[last:]])}


def mends(files: Files, as_of: date, verdict: Verdict | AmountVerdict, fix: Fix, line: FixLine, study: Study) -> None:
    """Paste it, read everything again, and judge."""
    change = change_of(fix)
    assert change is not None
    done = edited(files, [change], study.catalogue.metrics)
    assert pasted(files, line) == {file: content.decode().replace("\r\n", "\n") for file, content in done.files.items()}
    again = Study.of(load(done.files), as_of)
    assert again.catalogue.findings == study.catalogue.findings == ()
    assert verdict_again(again, verdict) == "holds", (fix, line.was, line.yaml)


def verdict_again(study: Study, before: Verdict | AmountVerdict) -> str | None:
    """The verdict on the same promise in another study."""
    promise = before.promise
    rows = study.promises if isinstance(before, Verdict) else study.amounts
    row = next(row for row in rows if row.key == promise.key)
    found = study.amount_verdict(row) if isinstance(row, AmountPromise) else study.verdict(row)
    return found.verdict if found else None


def files_of(folder: Any) -> dict[str, bytes]:
    return {str(path.relative_to(ROOT)): path.read_bytes() for path in sorted(folder.rglob("*.yaml"))}


@pytest.mark.parametrize("folder", CATALOGUES, ids=lambda folder: folder.name)
def test_every_fix_of_our_catalogues_can_be_pasted(folder: Any) -> None:
    files = files_of(folder)
    study = Study.of(load(files), AS_OF)
    for verdict, fix in fixes(study):
        line = fix_line(study, fix)
        assert (line.field, line.after, line.at is None) == (fix.field, fix.after, False)
        mends(files, AS_OF, verdict, fix, line, study)


@settings(max_examples=settings().max_examples // 3)  # finding fixes is what costs most
@given(st.one_of(catalogues.catalogues(), catalogues_amounts.catalogues_of_amounts()), st.integers(0, 2**32))
def test_a_fix_of_any_catalogue_can_be_pasted(raw: dict[str, Any], seed: int) -> None:
    files = laid_out(raw, seed)
    study = Study.of(load(files), catalogues.AS_OF)
    for verdict, fix in islice(fixes(study), 3):
        line, change = fix_line(study, fix), change_of(fix)
        event(f"{fix.change}: {'pasted' if line.at else 'told alone'}")
        if line.at is not None:
            mends(files, catalogues.AS_OF, verdict, fix, line, study)
        elif change is not None:
            with pytest.raises(CannotEdit, match=r"comments stand inside|repeated elsewhere"):
                study.manuscript(change.agreement).place(change)
        else:
            assert fix.change == "calendar"


ALTERNATIVES = """
calendars:
  office: {timezone: UTC, hours: {mon-fri: "09:00-17:00"}}
agreements:
  promise: {kind: sla, provider: a, customer: b, calendar: 24x7, targets: {resolution: {P1: 4h}}, relies_on: [inner]}
  inner:
    kind: sla
    provider: a
    customer: a
    calendar: 24x7
    targets:
      resolution:
        P1:
          - {within: 3h, opened_in: office, calendar: office}   # by day
          - {within: 1h}                                        # by night
    relies_on: [desk]
  desk: {kind: ola, provider: a, customer: a, calendar: 24x7, targets: {resolution: {P1: 30m}}}
"""


def test_one_of_several_alternatives_is_mended_and_the_others_stay() -> None:
    files = {"a.yaml": ALTERNATIVES.encode()}
    found = Study.of(load(files), AS_OF)
    told = [(verdict, fix, fix_line(found, fix)) for verdict, fix in fixes(found) if fix.change == "calendar"]
    assert [(fix.field, line.yaml.strip()) for _, fix, line in told] == [
        ("targets.resolution.P1.calendar", "- {within: 3h, opened_in: office, calendar: 24x7}   # by day")
    ]
    for verdict, fix, line in told:
        mends(files, AS_OF, verdict, fix, line, found)


def test_a_calendar_that_has_no_id_is_told_alone() -> None:
    inline = 'calendar: {timezone: UTC, hours: {mon-fri: "08:00-18:00"}}'
    text = ALTERNATIVES.replace("provider: a, customer: b, calendar: 24x7", f"provider: a, customer: b, {inline}")
    found = Study.of(load({"a.yaml": text.encode()}), AS_OF)
    told = [fix_line(found, fix) for _, fix in fixes(found) if fix.change == "calendar"]
    assert [(line.after, line.at, line.was, line.yaml) for line in told] == [("Mon-Fri 08:00-18:00 UTC", None, "", "")]
