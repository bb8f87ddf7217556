"""The report: everything that is known of a catalogue, as plain values that every rendering is drawn from.

The fields are those of the published JSON (`slachain-report/1`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from slachain.analysis.not_checked import NotChecked
from slachain.decisions.lines import sources
from slachain.decisions.money_at_risk import MoneyLine
from slachain.language.findings import Severity
from slachain.language.scalars import write_duration
from slachain.language.source import Span

VERDICTS = ("holds", "tolerated", "gap", "unsupported")
FORMAT = "slachain-report/1"
Named = tuple[str, str, str]  # the agreement, metric and priority of a promise


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount in words and in its unit: `seconds`, `business_days` or `value` (a share, a count, money); None for never."""

    text: str
    amount: int | Fraction | None
    unit: str = "seconds"

    @property
    def in_days(self) -> bool:
        """Whether it is told in business days."""
        return self.unit == "business_days"

    def data(self) -> dict[str, Any]:
        """As the JSON has it."""
        return {"text": self.text, self.unit: float(self.amount) if isinstance(self.amount, Fraction) else self.amount}


@dataclass(frozen=True, slots=True)
class Attainment:
    """The shares of tickets promised and assured, exact."""

    promised: Fraction
    assured: Fraction


@dataclass(frozen=True, slots=True)
class Instant:
    """A tick, told in UTC; None in its place stands for never."""

    tick: int

    def data(self) -> str:
        """ISO 8601 in UTC, half a second where the instant lies inside one."""
        from slachain.clocks.wall import local  # and with it numpy: a terminal tells no instant in this form

        return local(self.tick // 2, "UTC").strftime("%Y-%m-%dT%H:%M:%S") + (".5Z" if self.tick % 2 else "Z")


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step of a ticket. `zone` is the calendar's, the promise's for one around the clock; `open` its open stretches around the case, in UTC."""

    agreement: str
    does: str
    start: Instant
    to: Instant | None
    allowed: str | None
    calendar: str
    clock: str
    zone: str
    to_agreement: str | None
    paused: Quantity | None
    latest_safe: Quantity | None
    says: str
    written: str  # the line it is written in
    at: Span
    open: tuple[tuple[Instant, Instant], ...]


@dataclass(frozen=True, slots=True)
class WorstCase:
    """A ticket: opened, due by the promise, done (None for never), the path, the steps."""

    opened: Instant
    due: Instant | None
    done: Instant | None
    attained: bool
    path: tuple[str, ...]
    steps: tuple[StepLine, ...]
    remarks: tuple[str, ...]
    open: tuple[tuple[Instant, Instant], ...]
    shown: tuple[Instant, Instant]


@dataclass(frozen=True, slots=True)
class PartLine:
    """A commitment to an amount per period, and what it supplies to the promise's clock and period."""

    agreement: str
    commits: str
    period: str
    clock: str
    supplies: Quantity
    written: str
    at: Span


@dataclass(frozen=True, slots=True)
class FixLine:
    """One change that is enough by itself: where it is to be written, the lines as they are, and as they are to be (empty where they cannot be told)."""

    change: str
    agreement: str
    field: str
    before: str | None
    after: str
    at: Span | None = None
    was: str = ""
    yaml: str = ""


@dataclass(frozen=True, slots=True)
class WeekLine:
    """Of the tickets opened in an hour of the week, the share that may be late: Monday first, None where none is opened."""

    zone: str
    late: tuple[tuple[Fraction | None, ...], ...]


@dataclass(frozen=True, slots=True)
class TicketsLine:
    """Tickets expected in a month, and how many of them may be late."""

    month: Fraction
    late: Fraction


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """One promise and what was found of it. `period` is that of an amount; `written` is the line it is written in."""

    agreement: str
    title: str
    customer: str
    provider: str
    metric: str
    priority: str
    alternative: int | None
    chain: str
    calendar: str
    clock: str
    zone: str
    verdict: str
    cause: str | None
    promised: Quantity
    supported: Quantity | None
    headroom: Quantity | None
    attainment: Attainment | None
    exposure: Fraction | None
    horizon: tuple[Instant, Instant]
    worst_case: WorstCase | None
    fixes: tuple[FixLine, ...]
    written: str
    at: Span
    week: WeekLine | None = None
    tickets: TicketsLine | None = None
    period: str | None = None
    supplies: tuple[PartLine, ...] = ()
    money: MoneyLine | None = None
    downtime: tuple[str, str] | None = None  # of an availability: what the promise allows, and what is to be expected

    @property
    def named(self) -> Named:
        """Its agreement, metric and priority; alternatives share them."""
        return self.agreement, self.metric, self.priority


@dataclass(frozen=True, slots=True)
class NoteLine:
    """The other side of a finding."""

    message: str
    at: Span


@dataclass(frozen=True, slots=True)
class AcceptanceLine:
    """Until when its owner accepts a finding, and why."""

    until: date
    because: str
    at: Span


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A finding as it counts: its severity, and whether it is accepted. `alternative` is that of the promise it is about."""

    code: str
    slug: str
    severity: Severity
    agreement: str | None
    metric: str | None
    priority: str | None
    message: str
    at: Span
    because: tuple[NoteLine, ...]
    when: str
    help: str
    acceptance: AcceptanceLine | None = None

    @property
    def accepted(self) -> bool:
        """Whether its owner accepts it on this day."""
        return self.acceptance is not None


@dataclass(frozen=True, slots=True)
class RelianceLine:
    """One agreement that another relies on: handed over after (by priority), for a share, for some metrics (None: all).

    `how` is `any_of` or `all_of` inside a group, whose `place` its members share.
    """

    to: str
    after: tuple[tuple[str, str], ...]
    share: str | None
    metrics: tuple[str, ...] | None
    how: str | None
    place: str
    at: Span


@dataclass(frozen=True, slots=True)
class AgreementLine:
    """An agreement: who, for whom, on which clock, how far below the customers (`tier` 0), and what it relies on."""

    id: str
    title: str
    kind: str
    provider: str
    customer: str
    service: str | None
    owner: str | None
    clock: str
    tier: int
    promises: bool
    at: Span
    relies_on: tuple[RelianceLine, ...]
    money: MoneyLine | None  # at risk: of its promises together, up to its cap


@dataclass(frozen=True, slots=True)
class Report:
    """A catalogue on a day. The lines of agreements and promises may be made when they are looked at (`Lines`)."""

    as_of: date
    agreements: Sequence[AgreementLine]
    promises: Sequence[PromiseLine]
    findings: tuple[FindingLine, ...]
    not_checked: tuple[NotChecked, ...]
    assumptions: tuple[str, ...]
    data_used: tuple[tuple[str, str], ...]
    money: tuple[MoneyLine, ...]  # of all promises together, by currency
    unreadable: bool  # whether the catalogue could not be read as written
    untold: int = 0  # promises that hold and of which no line was kept

    def counts(self) -> Counter[str]:
        """How many promises have each verdict; no line is made for it."""
        return Counter({"holds": self.untold}) + Counter(judged.verdict for judged in sources(self.promises))

    def count(self, verdict: str) -> int:
        """How many promises have a verdict."""
        return self.counts()[verdict]

    def in_full(self) -> Report:
        """The same with every line made, for whoever looks at each more than once."""
        return replace(self, agreements=tuple(self.agreements), promises=tuple(self.promises))

    def selecting(self, select: tuple[str, ...] | None, ignore: tuple[str, ...] | None) -> Report:
        """The same with only the selected findings, by code or the beginning of one."""
        kept = tuple(f for f in self.findings if f.code.startswith(select or ("",)) and not f.code.startswith(ignore or ("-",)))
        return replace(self, findings=kept)


def quantity(amount: int | None, days: bool, never: str = "never") -> Quantity:
    """A number of seconds or business days in words."""
    unit = "business_days" if days else "seconds"
    if amount is None:
        return Quantity(never, None, unit)
    return Quantity(f"{amount}bd" if days else write_duration(amount), amount, unit)
