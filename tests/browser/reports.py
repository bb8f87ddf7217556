"""The reports that are read: the example, one with every verdict, and the same with names that nobody foresaw."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from unicodedata import normalize

from slachain.decisions.report import PromiseLine, Report
from slachain.decisions.reporting import report
from slachain.language.loader import load
from slachain.language.values import is_noun, names_of, replace
from slachain.render.html import html
from slachain.study import Study
from tests.transcripts import ROOT

AS_OF = date(2026, 1, 1)
# Words of ours that decide what is drawn, and no text from a catalogue.
OURS = {"verdict", "cause", "unit", "change", "kind", "how", "chain", "code", "slug", "zone", "period", "currency", "place"}

# None of these may do what it says.
ATTACKS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(2)>',
    "'><svg/onload=alert(3)>",
    "</style><iframe src=javascript:alert(4)>",
    "</script><script>alert(5)</script>",
    "--></title></textarea><details open ontoggle=alert(6)>",
    "javascript:alert(7)",
    "{{7*7}}{%raw%}${7*7}",
    "&lt;b&gt;&#60;script&#62;alert(8)&#60;/script&#62;",
    "\\u003cscript\\u003ealert(9)\\u003c/script\\u003e\\",
)
LONG = "_unbreakably_long" * 4
LONG_NAMES = """
calendars:
  officeLONG: {timezone: Europe/London, hours: {mon-fri: "09:00-17:30"}}
metrics: {mendingLONG: {like: resolution}}
agreements:
  acmeLONG:
    kind: sla
    title: AcmeLONG
    provider: deskLONG
    customer: customerLONG
    service: paymentsLONG
    owner: ownerLONG
    calendar: 24x7
    priorities: [P1LONG, P2LONG, P3LONG]
    targets:
      mendingLONG: {P1LONG: 4h, P2LONG: {within: 60h, attainment: 60%}, P3LONG: 500h}
      response: {P1LONG: 1h}
      availability: {at_least: 99.9%, per: month}
    relies_on: [{agreement: deskLONG, after: {P1LONG: 30m, P2LONG: 1h, P3LONG: 1h}}]
    fee: 9000 EUR/month
    demand: {P1LONG: 4/month}
    credits: {mendingLONG: [{over: 4h, credit: 2%}], availability: [{below: 99.9%, credit: 10%}]}
  deskLONG:
    kind: ola
    title: DeskLONG
    provider: deskLONG
    customer: deskLONG
    calendar: officeLONG
    targets: {mendingLONG: 3h, availability: {at_least: 99%, per: month}}
  other:
    kind: sla
    title: OtherLONG
    provider: deskLONG
    customer: otherLONG
    calendar: officeLONG
    targets: {mendingLONG: 2bd}
"""
BACKWARDS = "\u202e"  # what follows is written from right to left


def of(files: dict[str, str]) -> Report:
    """The report of some files by their names."""
    return report(Study.of(load({name: text.encode() for name, text in files.items()}), AS_OF), (("holidays", "0.0"), ("tzdata", "2026a")))


def _folder(path: Path) -> dict[str, str]:
    return {f"agreements/{file.name}": file.read_text() for file in sorted(path.glob("*.yaml"))}


@cache
def example() -> Report:
    """What the README judges."""
    return of(_folder(ROOT / "agreements"))


@cache
def every_verdict() -> Report:
    """A small catalogue that has one of each."""
    return of(_folder(ROOT / "tests" / "golden" / "agreements"))


@cache
def long_names() -> Report:
    """Names that no line can be broken at."""
    return of({f"agreements/names{LONG}.yaml": LONG_NAMES.replace("LONG", LONG)})


@cache
def hostile() -> Report:
    """The same with an attack in every text that comes from a catalogue, another one each time."""
    numbers: dict[str, int] = {}
    return rewritten(every_verdict(), lambda text: text + ATTACKS[numbers.setdefault(text, len(numbers)) % len(ATTACKS)])


@cache
def empty() -> Report:
    """No promise at all."""
    return of({"agreements/none.yaml": "agreements: {}\n"})


REPORTS = {"example": example, "every-verdict": every_verdict, "long-names": long_names, "empty": empty}


@cache
def page_of(name: str) -> str:
    """The page of one of them."""
    return html((REPORTS | {"hostile": hostile})[name]())


def rewritten(report: Report, write: Callable[[str], str]) -> Report:
    """A report with each text from a catalogue written anew."""
    written: Report = _rewritten(report, write)
    return written


def _rewritten(value: Any, write: Callable[[str], str]) -> Any:
    if is_noun(value):
        return replace(value, **{name: _rewritten(getattr(value, name), write) for name in names_of(value) if name not in OURS})
    if isinstance(value, tuple):
        return tuple(_rewritten(item, write) for item in value)
    return write(value) if type(value) is str else value


def anchor(promise: PromiseLine) -> str:
    """The id of a promise, as one may have linked to it from elsewhere."""
    parts = (promise.agreement, promise.metric, promise.priority, promise.alternative)
    return ".".join(str(part) for part in parts if part is not None)


def broken(report: Report) -> list[PromiseLine]:
    """The gaps."""
    return [promise for promise in report.promises if promise.verdict == "gap"]


def told(report: Report) -> Iterator[str]:
    """What everybody who has the page must be able to read in it, on whatever, with whatever."""
    for promise in report.promises:
        yield from (promise.title, promise.customer, promise.metric, promise.promised.text)
        if promise.verdict == "holds":
            continue
        yield from (promise.provider, promise.clock, f"{promise.at.file}:{promise.at.line}")
        if promise.supported:
            yield promise.supported.text if promise.supported.amount is not None else ""
        for fix in promise.fixes:
            yield from (fix.agreement, fix.field, fix.after)
        if promise.worst_case:
            yield from (*promise.worst_case.path, *promise.worst_case.remarks)
            yield from (step.clock for step in promise.worst_case.steps)
        yield from (f"{part.at.file}:{part.at.line}" for part in promise.supplies)
    for finding in report.findings:
        yield finding.message
    for skipped in report.not_checked:
        yield from (skipped.agreement, skipped.metric, skipped.why)
    yield from report.assumptions
    yield from (version for _, version in report.data_used)


def untold(report: Report, text: str) -> list[str]:
    """What of it a text does not say; where its lines break, and how its letters are cased, does not matter."""
    said = plain(text)
    return sorted({words for words in told(report) if plain(words) not in said})


def plain(text: str) -> str:
    """A text without spaces, in small letters, its ligatures apart."""
    return "".join(normalize("NFKC", text).casefold().split())
