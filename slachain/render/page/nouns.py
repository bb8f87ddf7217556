"""What the page of a report shows: frozen values with all words and numbers made, for templates that hold markup only."""

from __future__ import annotations

from slachain.decisions.report import FindingLine, NoteLine, PromiseLine
from slachain.language.findings import Severity
from slachain.language.source import Span
from slachain.language.values import dataclass
from slachain.render.chain.graph import Graph
from slachain.render.page.heat import Heat
from slachain.render.page.timeline import Timeline

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
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One promise in a table; `link` leads to its `anchor`; `words`, `tokens` and `keys` are what it is
    searched, filtered and sorted by."""

    promise: PromiseLine
    name: str
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
    tickets: str
    words: str
    tokens: str
    keys: str


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step in words, its times on its own clock's wall; `takes` is on the customer's clock, `longest` where it takes most."""

    who: str
    party: str
    does: str
    start: str
    to: str
    never: bool
    allowed: str
    clock: str
    takes: str
    longest: bool
    latest_safe: str
    written: str
    at: Span


@dataclass(frozen=True, slots=True)
class FixRow:
    """One change that is enough, where it is to be written, and the lines to paste."""

    words: str
    agreement: str
    field: str
    at: Span | None
    yaml: str
    lines: tuple[tuple[str, str], ...]  # the same beside what it replaces: `same`, `minus` or `plus`, and a line
    remark: str


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding with its anchor, and its link to the promise it concerns (empty for none)."""

    finding: FindingLine
    badge: Badge
    anchor: str
    promise: str
    link: str
    tokens: str


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """The findings about one agreement, or in one file where they are about none."""

    name: str
    rows: tuple[FindingRow, ...]


@dataclass(frozen=True, slots=True)
class Ticket:
    """The worst ticket: where it goes, when, the picture and its steps."""

    path: tuple[str, ...]
    times: tuple[Fact, ...]
    remarks: tuple[str, ...]
    picture: Timeline | None
    steps: tuple[StepRow, ...]


@dataclass(frozen=True, slots=True)
class PartRow:
    """A commitment to an amount, and what it comes to on the promise's clock."""

    who: str
    commits: str
    clock: str
    comes_to: str
    written: str
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
    """What does not simply hold, for all promises of one clause that break in the same way.

    One of a time has a `ticket`, one of an amount an `amount`.
    """

    rows: tuple[Row, ...]
    drawn: bool  # whether it has pictures
    code: str
    message: str
    cause: str
    facts: tuple[Fact, ...]
    ticket: Ticket | None
    week: Heat | None
    graph: Graph | None
    amount: AmountCase | None
    fixes: tuple[FixRow, ...]
    help: str
    more: tuple[FindingRow, ...]

    @property
    def row(self) -> Row:
        """The first of its promises."""
        return self.rows[0]

    @property
    def customers(self) -> tuple[str, ...]:
        """Whom it concerns."""
        return tuple(dict.fromkeys(row.promise.customer for row in self.rows))


@dataclass(frozen=True, slots=True)
class Top:
    """What is read in ten seconds."""

    headline: Badge
    costliest_title: str
    costliest: tuple[tuple[str, str, str], ...]  # link, name, and what it comes to
    as_of: str
    unread: str
    tiles: tuple[Tile, ...]


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
