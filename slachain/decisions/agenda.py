"""The agenda of an amendment meeting as plain values: what text, pages, calendars and JSON are drawn from."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from slachain.analysis.not_checked import NotChecked
from slachain.decisions.money_at_risk import MoneyLine
from slachain.decisions.report import FindingLine, FixLine, Instant, NoteLine, Quantity
from slachain.language.source import Span
from slachain.language.values import dataclass

FORMAT = "slachain-review/1"
REVIEW, NOTICE, END, ACCEPTANCE, CALENDAR, GAP, MARGIN = "review", "notice", "end", "acceptance", "calendar-end", "gap", "thin-margin"
OVERDUE, PASSED, DUE, OPEN = "overdue", "passed", "due", "open"
STATES = (OVERDUE, PASSED, DUE, OPEN)  # in the order in which a meeting takes them


@dataclass(frozen=True, slots=True)
class Concerned:
    """An agreement that an item is about, and its parties."""

    agreement: str
    title: str
    kind: str
    provider: str
    customer: str


@dataclass(frozen=True, slots=True)
class Broken:
    """The promise of a gap or a thin margin: both numbers, the worst ticket in its customer's zone, what it costs, what would mend it."""

    metric: str
    priority: str
    alternative: int | None
    verdict: str
    cause: str | None
    clock: str
    promised: Quantity
    supported: Quantity | None
    opened: Instant | None
    zone: str
    ticket: str
    money: MoneyLine | None
    fixes: tuple[FixLine, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the agenda.

    `day` is when it is (or was) due; of a gap or a thin margin, the first day of the promise, None where none is written.
    `concerns` are the agreements that it is about: several, where they share the line that says it.
    `days` are counted from the day of the agenda, below zero for what lies behind. `at` is where the date or the promise is
    written, `notes` are the other places that the statement rests on.
    """

    kind: str
    state: str
    day: date | None
    days: int | None
    owner: str | None
    concerns: tuple[Concerned, ...]
    subject: str
    says: str
    at: Span
    notes: tuple[NoteLine, ...]
    todo: str
    zone: str | None = None  # whose day it is
    promise: Broken | None = None

    @property
    def name(self) -> str:
        """The agreement, or the first and how many others."""
        more = f" and {len(self.concerns) - 1} more" if len(self.concerns) > 1 else ""
        return f"{self.concerns[0].agreement}{more}"

    @property
    def matters(self) -> int:
        """How many there are in it: a calendar that ends is one, whoever works on it."""
        return 1 if self.kind == CALENDAR else len(self.concerns)

    @property
    def order(self) -> tuple[object, ...]:
        """Overdue first, then by date; of gaps the oldest first (one without a first day is always in force), then what costs most."""
        money = self.promise.money if self.promise else None
        cost = money.at_most.value if money else Fraction(0)
        return (STATES.index(self.state), self.kind == MARGIN, self.day or date.min, -cost, self.name, self.kind, self.subject, self.at)


@dataclass(frozen=True, slots=True)
class OpenEnded:
    """An agreement that runs until somebody gives notice: how long that is, and its last day if it is given on the day of the agenda."""

    agreement: str
    owner: str | None
    notice: str
    ends: date
    at: Span


@dataclass(frozen=True, slots=True)
class Agenda:
    """What an amendment meeting has to decide on a day, and until which day it looks ahead."""

    as_of: date
    until: date
    within: str
    items: tuple[Item, ...]
    open_ended: tuple[OpenEnded, ...]
    unreviewed: tuple[FindingLine, ...]  # agreements that name no interval of reviews
    unreadable: tuple[FindingLine, ...]
    not_checked: tuple[NotChecked, ...]
    money: tuple[MoneyLine, ...]  # at risk of all that is listed here, by currency
    owner: str | None = None  # whose part of it this is

    def of(self, state: str, kind: str | None = None) -> tuple[Item, ...]:
        """The items in a state, of one kind or of all."""
        return tuple(item for item in self.items if item.state == state and kind in (None, item.kind))

    def count(self, state: str, kind: str | None = None) -> int:
        """How many matters are in a state: those that are told together are counted one by one."""
        return sum(item.matters for item in self.of(state, kind))

    @property
    def owners(self) -> tuple[str | None, ...]:
        """Everybody who owns something here, by name; None, for nobody, comes last."""
        return tuple(sorted(dict.fromkeys(item.owner for item in self.items), key=lambda owner: (owner is None, owner or "")))

    def owned_by(self, owner: str | None) -> tuple[Item, ...]:
        """One owner's items, in order."""
        return tuple(item for item in self.items if item.owner == owner)

    @property
    def pressing(self) -> bool:
        """Whether something is overdue or a gap is open."""
        return bool(self.of(OVERDUE) or self.of(OPEN, GAP))


def counted_from(as_of: date, day: date | None) -> int | None:
    """Days from the agenda's day to another, below zero for one that lies behind."""
    return None if day is None else (day - as_of).days
