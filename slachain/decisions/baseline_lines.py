"""What a ticket history shows, as plain values that text, JSON and page are drawn from."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from slachain.analysis.tickets.csv_rows import Refused
from slachain.decisions.report import FindingLine, Instant, Quantity
from slachain.language.source import Span
from slachain.language.values import dataclass

FORMAT = "slachain-baseline/1"


@dataclass(frozen=True, slots=True)
class ShareLine:
    """The share of tickets that was kept, exact, and where it lies with 95% confidence."""

    value: Fraction
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class QuantileLine:
    """The time within which a share of the tickets was done; never where that is not known, as too many are open."""

    share: Fraction
    within: Quantity


@dataclass(frozen=True, slots=True)
class SupportLine:
    """What history supports for a share of the tickets, with 95% confidence, and the time one would write for it.

    `needed` is how many tickets it would take, where there are too few.
    """

    share: Fraction
    within: Quantity
    write: Quantity | None
    needed: int | None


@dataclass(frozen=True, slots=True)
class MonthLine:
    """The tickets opened in a month such as `2025-03`."""

    month: str
    tickets: int
    kept: int
    share: ShareLine


@dataclass(frozen=True, slots=True)
class SpreadLine:
    """Tickets that took more than one time and at most another; `upto` is None for all that took longer, open ones included."""

    over: Quantity | None
    upto: Quantity | None
    tickets: int
    kept: bool


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One target and what its tickets show. `open` ones are not counted, `overdue` ones are open and late, and counted."""

    agreement: str
    title: str
    kind: str
    promises: bool
    provider: str
    customer: str
    metric: str
    priority: str
    alternative: int | None
    calendar: str
    clock: str
    zone: str
    pauses: tuple[str, ...]
    promised: Quantity
    attainment: Fraction
    verdict: str
    stricter: bool
    tickets: int
    kept: int
    overdue: int
    open: int
    share: ShareLine | None
    quantiles: tuple[QuantileLine, ...]
    supported: SupportLine | None
    supports: tuple[SupportLine, ...]
    months: tuple[MonthLine, ...]
    spread: tuple[SpreadLine, ...]
    written: str
    at: Span


@dataclass(frozen=True, slots=True)
class Remainder:
    """Tickets or targets that were not measured, and why."""

    what: str
    tickets: int | None
    why: str


@dataclass(frozen=True, slots=True)
class Baseline:
    """A ticket log against a catalogue. `opened` are the first and the last month in which tickets were opened."""

    as_of: date
    log: str
    tickets: int
    ends: Instant | None
    lines: tuple[HistoryLine, ...]
    findings: tuple[FindingLine, ...]
    refused: tuple[Refused, ...]
    left_out: tuple[Remainder, ...]
    not_measured: tuple[Remainder, ...]
    notes: tuple[str, ...]
    data_used: tuple[tuple[str, str], ...]

    def count(self, verdict: str) -> int:
        """How many targets have a verdict."""
        return sum(line.verdict == verdict for line in self.lines)
