"""What an amendment changes, as plain values: what text, JSON, HTML and Markdown are drawn from."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from slachain.decisions.comparison import Due
from slachain.decisions.money_at_risk import MoneyLine, Sum
from slachain.decisions.report import Attainment, FindingLine, FixLine, Instant, Quantity, WorstCase
from slachain.language.source import Span
from slachain.language.values import dataclass

FORMAT = "slachain-diff/1"
TIGHTENED, LOOSENED, MIXED, SAME, ADDED, WITHDRAWN, UNLIKE = "tightened", "loosened", "mixed", "same", "added", "withdrawn", "unlike"
OPENED, CLOSED, STAYS = "opened", "closed", "stays"
NEW, GONE, CHANGED, MOVED = "new", "gone", "changed", "moved"
BROKEN = frozenset({"gap", "unsupported"})


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """One clause of some agreements, of a calendar, a metric, a team or the policy; None where one side has no such clause.

    `field` is empty where the whole thing is new or gone. Agreements that inherit the clause are named together.
    """

    section: str
    subjects: tuple[str, ...]
    field: tuple[str, ...]
    before: str | None
    after: str | None
    before_at: Span | None
    after_at: Span | None


@dataclass(frozen=True, slots=True)
class Moment:
    """A ticket due earlier on one side than on the other, by so much (None for never)."""

    opened: Instant
    before: Due
    after: Due
    apart: Quantity | None
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Downtime:
    """The period in which what is allowed differs most, in so many of all `periods` of a `kind`."""

    period: str
    before: Quantity
    after: Quantity
    kind: str
    some: int
    periods: int


@dataclass(frozen=True, slots=True)
class Shift:
    """In what a target is stricter, or looser: for a share of the time (of the periods), most at a ticket or in a period."""

    share: Fraction | None
    moment: Moment | None
    attainment: tuple[Fraction, Fraction] | None  # before and after
    downtime: Downtime | None


@dataclass(frozen=True, slots=True)
class TargetChange:
    """A promise or commitment of one metric and priority, or the reason of a pause, and what becomes of it."""

    agreement: str
    promise: bool
    kind: str
    metric: str
    priority: str
    change: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    tighter: Shift | None
    looser: Shift | None
    why: str | None
    remarks: tuple[str, ...]
    before_at: Span | None
    after_at: Span | None


@dataclass(frozen=True, slots=True)
class Standing:
    """How a promise stands on one side."""

    verdict: str
    cause: str | None
    promised: Quantity
    clock: str
    supported: Quantity | None
    attainment: Attainment | None
    money: MoneyLine | None
    at: Span

    @property
    def broken(self) -> bool:
        """Whether it cannot be kept as written."""
        return self.verdict in BROKEN


@dataclass(frozen=True, slots=True)
class Mover:
    """Changes below a promise that go together, and what they come to without all others.

    `needed` where the result would be another without them; `moves` where they have a part in it by themselves.
    """

    changes: tuple[ClauseChange, ...]
    needed: bool
    moves: bool
    supported: Quantity | None
    assured: Fraction | None


@dataclass(frozen=True, slots=True)
class StandingChange:
    """A promise whose verdict, support or assurance is another; `before` or `after` is None where there is no such promise.

    `turn` is `opened`, `closed` or `stays`. `turned_by` made it so, `movers` moved what is supported, and `why_not` says why nothing is told of what moved it.
    """

    agreement: str
    title: str
    customer: str
    metric: str
    priority: str
    alternative: int | None
    turn: str
    before: Standing | None
    after: Standing | None
    turned_by: tuple[Mover, ...] = ()
    movers: tuple[Mover, ...] = ()
    why_not: str = ""
    accepted: bool = False
    case: WorstCase | None = None
    zone: str = "UTC"
    fixes: tuple[FixLine, ...] = ()


@dataclass(frozen=True, slots=True)
class FindingChange:
    """A finding that is `new`, `gone`, says something else (`changed`) or stands elsewhere (`moved`)."""

    change: str
    before: FindingLine | None
    after: FindingLine | None

    @property
    def line(self) -> FindingLine:
        """The newer of the two."""
        found = self.after or self.before
        assert found is not None
        return found


@dataclass(frozen=True, slots=True)
class MoneyChange:
    """Money at risk in a month, in one currency: at most, and as is to be expected."""

    currency: str
    before: MoneyLine
    after: MoneyLine


@dataclass(frozen=True, slots=True)
class Amendment:
    """All that is different between two versions of a catalogue, judged on the same day."""

    as_of: date
    old: str
    new: str
    renamed: tuple[tuple[str, str], ...]
    clauses: tuple[ClauseChange, ...]
    targets: tuple[TargetChange, ...]
    standings: tuple[StandingChange, ...]
    findings: tuple[FindingChange, ...]
    money: tuple[MoneyChange, ...]
    promises: tuple[int, int]  # how many there are on either side

    def turned(self, turn: str) -> tuple[StandingChange, ...]:
        """The gaps that are opened, or closed."""
        return tuple(change for change in self.standings if change.turn == turn)

    @property
    def opens_a_gap(self) -> bool:
        """Whether it opens a gap that its owner does not accept."""
        return any(not change.accepted for change in self.turned(OPENED))

    @property
    def empty(self) -> bool:
        """Whether both sides say the same, however they are written."""
        return not (self.clauses or self.renamed or self.standings)

    def count(self, change: str, promise: bool = True) -> int:
        """How many promises (or commitments) are tightened, loosened and so on."""
        return sum(target.change == change and target.promise is promise for target in self.targets)

    def told(self, change: str) -> tuple[FindingChange, ...]:
        """The findings that are new, gone, changed or moved."""
        return tuple(finding for finding in self.findings if finding.change == change)


def total(money: Iterable[Sum]) -> str:
    """`2100 EUR`, `2100 EUR + 50 USD`; `0` for nothing."""
    return " + ".join(one.text for one in money) or "0"
