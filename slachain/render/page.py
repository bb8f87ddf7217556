"""What the page of a report shows: frozen values with all words and numbers made, for templates that hold markup only."""

from __future__ import annotations

from dataclasses import dataclass

from slachain.decisions.report import FindingLine, NoteLine, PromiseLine, Report
from slachain.language.findings import Severity
from slachain.language.source import Span
from slachain.render.timeline import Timeline

NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Badge:
    """A verdict or severity: told by a symbol and a word, and only then by a colour."""

    kind: str
    symbol: str
    word: str


@dataclass(frozen=True, slots=True)
class Tile:
    """One number of the summary; `some` where it is something to look at, `wide` for one that takes a line of its own."""

    badge: Badge
    number: str
    detail: str
    some: bool = False
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """A name and its value."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Cost:
    """What a breach can cost in a month; the remark says why what is to be expected is not `known`; `some` where it is anything."""

    some: bool
    at_most: str
    expected: str
    known: bool
    remark: str


@dataclass(frozen=True, slots=True)
class Row:
    """One promise in the table; `link` leads to its `anchor`, which stays the same from report to report."""

    promise: PromiseLine
    badge: Badge
    anchor: str
    link: str
    supported: str
    headroom: str
    asked: str
    assured: str
    exposure: str
    headroom_kind: str
    priority: str
    clock: str
    cost: Cost | None
    down: tuple[str, str] | None  # of an availability: what is promised, and what is supplied


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step in words, its times on its own clock's wall."""

    who: str
    does: str
    start: str
    to: str
    never: bool
    allowed: str
    clock: str
    latest_safe: str
    at: Span


@dataclass(frozen=True, slots=True)
class FixRow:
    """One change that is enough, and where it is to be written."""

    words: str
    agreement: str
    field: str


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding with its link to the promise it concerns (empty for none)."""

    finding: FindingLine
    badge: Badge
    promise: str
    link: str


@dataclass(frozen=True, slots=True)
class Ticket:
    """The worst ticket: where it goes, when, the picture and its steps."""

    path: tuple[str, ...]
    times: tuple[Fact, ...]
    remarks: tuple[str, ...]
    picture: Timeline
    steps: tuple[StepRow, ...]


@dataclass(frozen=True, slots=True)
class PartRow:
    """A commitment to an amount, and what it comes to on the promise's clock."""

    who: str
    commits: str
    clock: str
    comes_to: str
    at: Span


@dataclass(frozen=True, slots=True)
class AmountCase:
    """The commitments to an amount per `period`, who commits to none, and whether single changes were looked for."""

    parts: tuple[PartRow, ...]
    lacking: tuple[NoteLine, ...]
    period: str
    remark: str
    mendable: bool


@dataclass(frozen=True, slots=True)
class Section:
    """A promise that does not simply hold: one of a time has a `ticket`, one of an amount an `amount`."""

    row: Row
    message: str
    cause: str
    facts: tuple[Fact, ...]
    ticket: Ticket | None
    amount: AmountCase | None
    fixes: tuple[FixRow, ...]
    help: str
    more: tuple[FindingRow, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """The whole report, ready to be set."""

    headline: Badge
    widest: str
    widest_link: str
    as_of: str
    unread: str
    tiles: tuple[Tile, ...]
    rows: tuple[Row, ...]
    gaps: tuple[Section, ...]
    tolerated: tuple[Section, ...]
    unsupported: tuple[Section, ...]
    holds: tuple[Row, ...]
    findings: tuple[FindingRow, ...]
    accepted: tuple[FindingRow, ...]
    report: Report
    made_with: str
    has_amounts: bool
    has_money: bool


BADGES = {
    "gap": Badge("gap", "✗", "Gap"),
    "unsupported": Badge("unsupported", "?", "Unsupported"),
    "tolerated": Badge("tolerated", "≈", "Tolerated"),
    "holds": Badge("holds", "✓", "Holds"),
}
SEVERITIES = {
    Severity.ERROR: Badge("gap", "✗", "Error"),
    Severity.WARNING: Badge("tolerated", "!", "Warning"),
    Severity.INFO: Badge("info", "i", "Note"),
}
