"""The report: everything that is known of a catalogue, as plain values that every rendering is drawn from.

The fields are those of the published JSON (`slachain-report/1`); `as_data` turns a report into it.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from slachain.clocks.wall import local
from slachain.language.findings import Severity
from slachain.language.scalars import write_duration
from slachain.language.source import Span
from slachain.study import NotChecked

VERDICTS = ("holds", "tolerated", "gap", "unsupported")
FORMAT = "slachain-report/1"


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
        text = local(self.tick // 2, "UTC").strftime("%Y-%m-%dT%H:%M:%S")
        return text + (".5Z" if self.tick % 2 else "Z")


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
class Sum:
    """An amount of money in words, exact, and its currency."""

    text: str
    value: Fraction
    currency: str


@dataclass(frozen=True, slots=True)
class MoneyLine:
    """Money at risk in a month: at most, and as is to be expected (None where no demand is written)."""

    at_most: Sum
    expected: Sum | None


@dataclass(frozen=True, slots=True)
class PartLine:
    """A commitment to an amount, and what it supplies to the promise's clock and period."""

    agreement: str
    says: str
    supplies: Quantity
    at: Span


@dataclass(frozen=True, slots=True)
class FixLine:
    """One change that is enough by itself."""

    change: str
    agreement: str
    field: str
    before: str | None
    after: str


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """One promise and what was found of it."""

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
    at: Span
    supplies: tuple[PartLine, ...] = ()
    money: MoneyLine | None = None
    downtime: tuple[str, str] | None = None  # of an availability: what the promise allows, and what is to be expected


@dataclass(frozen=True, slots=True)
class NoteLine:
    """The other side of a finding."""

    message: str
    at: Span


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A finding as it counts: its severity, and whether it is accepted."""

    code: str
    slug: str
    severity: Severity
    accepted: bool
    agreement: str | None
    metric: str | None
    priority: str | None
    message: str
    at: Span
    because: tuple[NoteLine, ...]
    when: str
    help: str


@dataclass(frozen=True, slots=True)
class Report:
    """A catalogue on a day: promises, findings, what was not checked, and the data that was used."""

    as_of: date
    agreements: int
    promises: tuple[PromiseLine, ...]
    findings: tuple[FindingLine, ...]
    not_checked: tuple[NotChecked, ...]
    assumptions: tuple[str, ...]
    data_used: tuple[tuple[str, str], ...]
    money: tuple[MoneyLine, ...]  # of all promises together, by currency
    unreadable: bool  # whether the catalogue could not be read as written

    def count(self, verdict: str) -> int:
        """How many promises have a verdict."""
        return sum(promise.verdict == verdict for promise in self.promises)

    def selecting(self, select: tuple[str, ...] | None, ignore: tuple[str, ...] | None) -> Report:
        """The same with only the selected findings, by code or the beginning of one."""
        kept = tuple(f for f in self.findings if f.code.startswith(select or ("",)) and not f.code.startswith(ignore or ("-",)))
        return replace(self, findings=kept)

    def by_money(self) -> Report:
        """The same with what costs most first: at most, then expected, then as before."""
        most = {(p.agreement, p.metric, p.priority): _cost(p) for p in sorted(self.promises, key=_cost)}
        promises = sorted(self.promises, key=_cost, reverse=True)
        findings = sorted(
            self.findings, key=lambda f: most.get((f.agreement or "", f.metric or "", f.priority or ""), NO_COST), reverse=True
        )
        return replace(self, promises=tuple(promises), findings=tuple(findings))


NO_COST = (Fraction(0), Fraction(0))


def _cost(promise: PromiseLine) -> tuple[Fraction, Fraction]:
    """What a promise can cost at most, and is expected to."""
    if promise.money is None:
        return NO_COST
    return promise.money.at_most.value, promise.money.expected.value if promise.money.expected else Fraction(0)


def quantity(amount: int | None, days: bool, never: str = "never") -> Quantity:
    """A number of seconds or business days in words."""
    unit = "business_days" if days else "seconds"
    if amount is None:
        return Quantity(never, None, unit)
    return Quantity(f"{amount}bd" if days else write_duration(amount), amount, unit)


# --- as data ---------------------------------------------------------------------------------------------------------

RENAMED = {"start": "from", "before": "from", "after": "to"}


def as_data(value: Any) -> Any:
    """Plain lists, maps, texts and numbers: shares as the nearest double, dates and instants as ISO 8601."""
    if isinstance(value, (Quantity, Instant)):
        return value.data()
    if isinstance(value, Fraction):
        return float(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Report):
        return _report_data(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {RENAMED.get(f.name, f.name): _field(value, f.name) for f in fields(value)}
    if isinstance(value, tuple):
        return [as_data(item) for item in value]
    return value


def _field(value: Any, name: str) -> Any:
    inner = getattr(value, name)
    if name == "horizon":
        return {"from": as_data(inner[0]), "until": as_data(inner[1])}
    return as_data(inner)


def _report_data(found: Report) -> dict[str, Any]:
    severities = {str(s): sum(f.severity == s and not f.accepted for f in found.findings) for s in reversed(Severity)}
    counts = {"accepted": sum(f.accepted for f in found.findings)}
    return {
        "format": FORMAT,
        "as_of": found.as_of.isoformat(),
        "summary": {
            "agreements": found.agreements,
            "promises": len(found.promises),
            **{verdict: found.count(verdict) for verdict in VERDICTS},
            "findings": {**severities, **counts},
            "money": as_data(found.money),
        },
        "promises": as_data(found.promises),
        "findings": as_data(found.findings),
        "not_checked": as_data(found.not_checked),
        "assumptions": list(found.assumptions),
        "data_used": dict(found.data_used),
    }
