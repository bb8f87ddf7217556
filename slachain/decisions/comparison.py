"""Two agreements held against each other, as plain values: what is asked, and what text and JSON are drawn from."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from slachain.decisions.report import Instant, Quantity
from slachain.language.model import ANY, Agreement
from slachain.language.values import dataclass
from slachain.study import Study

FORMAT = "slachain-compare/1"
EQUAL, STRICTER, LOOSER, MIXED, ONLY_A, ONLY_B, UNLIKE = "equal", "stricter", "looser", "mixed", "only-a", "only-b", "unlike"
TIME, AMOUNT, PAUSE = "time", "amount", "pause"
BETTER_B = frozenset({LOOSER, MIXED, ONLY_B})


class NotComparable(Exception):
    """The two cannot be compared as asked; the message is for the user."""


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """One agreement, the study in which its names mean something, and what to call it.

    `own` are the calendars whose names mean something else on the other side.
    """

    study: Study
    agreement: Agreement
    label: str
    own: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Pair:
    """A priority of A and the one of B that stands for it; None where one of them has no name for it."""

    a: str | None
    b: str | None

    @property
    def name(self) -> str:
        """`P1`, or `P1=S1` where the two call it differently."""
        return f"{self.a}={self.b}" if self.a and self.b and self.a != self.b else self.a or self.b or ANY


@dataclass(frozen=True, slots=True)
class Due:
    """When a ticket is due in one of the two, in a zone of its own; None for never. `says` is the target that answers."""

    due: Instant | None
    zone: str
    says: str


@dataclass(frozen=True, slots=True)
class Ticket:
    """A ticket for which B is better: due in both, by how much later in A (None for never), and what is unusual meanwhile."""

    opened: Instant
    a: Due
    b: Due
    later: Quantity | None
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shares:
    """The shares of tickets for which each is to be kept, where B's is the greater."""

    a: Fraction
    b: Fraction


@dataclass(frozen=True, slots=True)
class Excess:
    """The period of B in which A allows most downtime beyond what B allows, on B's clock; `outside` is where A's clock does not run.

    `kind` is that of the period, and A allows more in so many of all `periods`.
    """

    period: str
    a: Quantity
    b: Quantity
    outside: Quantity
    kind: str
    more: int
    periods: int


@dataclass(frozen=True, slots=True)
class Row:
    """One metric and priority: both targets in words, a line for each alternative, and which of them is the stricter.

    `kind` is `time`, `amount` or `pause`; of a pause the priority is its reason. `share` is of the time for which B promises anything (or of its periods) the part in which B is better. `why` says what
    kept them from being compared.
    """

    kind: str
    metric: str
    priority: Pair
    a: tuple[str, ...]
    b: tuple[str, ...]
    verdict: str
    share: Fraction | None = None
    ticket: Ticket | None = None
    attainment: Shares | None = None
    downtime: Excess | None = None
    why: str | None = None
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Credit:
    """What each owes, as a share of its fee, for a breach just beyond an edge; who pays more, or None where it is not the same breach."""

    metric: str
    breach: str
    a: Fraction
    b: Fraction
    more: str | None


@dataclass(frozen=True, slots=True)
class Beside:
    """A clause that has no order of strictness: what both say, and what only one of them does."""

    clause: str
    both: tuple[str, ...]
    a: tuple[str, ...]
    b: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Party:
    """One of the two agreements, for whoever reads."""

    label: str
    id: str
    title: str
    kind: str
    provider: str
    customer: str
    file: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Is A at least as strict as B, and where not. `days` are the first and the last of the tickets that were compared."""

    as_of: date
    days: tuple[date, date]
    a: Party
    b: Party
    rows: tuple[Row, ...]
    beside: tuple[Beside, ...]
    credits: tuple[Credit, ...]
    remarks: tuple[str, ...]

    @property
    def points(self) -> tuple[Row, ...]:
        """The rows in which B promises anything, or a clock stops."""
        return tuple(row for row in self.rows if row.verdict != ONLY_A)

    @property
    def better_b(self) -> tuple[Row, ...]:
        """The rows in which B is better, at times or always."""
        return tuple(row for row in self.rows if row.verdict in BETTER_B)

    @property
    def unlike(self) -> tuple[Row, ...]:
        """The rows that could not be compared."""
        return tuple(row for row in self.rows if row.verdict == UNLIKE)

    @property
    def at_least_as_strict(self) -> bool:
        """Whether A is shown to be at least as strict wherever B promises anything."""
        return not self.better_b and not self.unlike


def verdict_of(a_short: bool, b_short: bool) -> str:
    """The verdict where both promise something, from whether each falls short of the other anywhere."""
    return MIXED if a_short and b_short else LOOSER if a_short else STRICTER if b_short else EQUAL
