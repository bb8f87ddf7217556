"""The capacity plan as plain values that every rendering is drawn from: teams, what comes, what is reached, what more would cost.

The fields are those of the published JSON (`slachain-capacity/1`). Shares that a queue's formulas give are floats, to nine digits.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from slachain.decisions.money_at_risk import Sum
from slachain.decisions.report import AcceptanceLine, FindingLine, Quantity
from slachain.language.findings import Severity
from slachain.language.source import Span
from slachain.language.values import dataclass

FORMAT = "slachain-capacity/1"
OVERLOADED, TOO_SMALL, ENOUGH, NO_WORK = "overloaded", "too small", "enough", "no work"
SHORT = frozenset({OVERLOADED, TOO_SMALL})
PUSHED, STILL, RELIEVED, MORE, LESS, SAME = "pushed over", "still short", "relieved", "more work", "less work", "unchanged"


@dataclass(frozen=True, slots=True)
class StreamLine:
    """Tickets of one priority that reach one agreement, in a month; the mean work on one, or None where nobody says."""

    agreement: str
    priority: str
    month: Fraction
    work: Quantity | None


@dataclass(frozen=True, slots=True)
class Reached:
    """What so many people reach: the shares of their time that they are busy, of tickets that wait, and that are given up (None: nobody
    gives up); the mean time until a ticket is taken up."""

    busy: float
    waits: float
    answer: Quantity
    given_up: float | None


@dataclass(frozen=True, slots=True)
class Price:
    """What so many people on duty cost in a month, and how much more that is than now (less than nothing: less)."""

    month: Sum
    more: Sum


@dataclass(frozen=True, slots=True)
class CommitmentLine:
    """A response commitment: the share of the tickets asked for and reached within a time; the people that reach it, available and on
    duty (None where no number does)."""

    agreement: str
    priority: str
    within: Quantity
    month: Fraction
    asked: Fraction
    reached: float
    kept: bool
    people: int | None
    on_duty: int | None
    price: Price | None
    at: Span
    acceptance: AcceptanceLine | None


@dataclass(frozen=True, slots=True)
class Rung:
    """So many people on duty, what they reach, the share answered within the ladder's time, and what they cost.

    `enough` says whether that is what is committed, `enough_for` are the shares for which they are the fewest.
    """

    on_duty: int
    people: int
    now: bool
    reached: Reached
    within: float
    enough: bool
    enough_for: tuple[Fraction, ...]
    price: Price | None


@dataclass(frozen=True, slots=True)
class Sooner:
    """The same share within a shorter time, and the people on duty that it takes."""

    within: Quantity
    on_duty: int
    more: int
    price: Price | None


@dataclass(frozen=True, slots=True)
class Ladder:
    """People on duty against the share that is answered within the time of the strictest commitment; at once where there is none."""

    agreement: str | None
    priority: str | None
    within: Quantity
    asked: Fraction | None
    rungs: tuple[Rung, ...]
    sooner: tuple[Sooner, ...]


@dataclass(frozen=True, slots=True)
class TeamLine:
    """One team: who is there and when, what comes, what is reached with the people there are, and what more people would reach.

    `needed` is the number on duty with whom nothing is overloaded and every commitment is kept, None where no number does.
    """

    id: str
    at: Span
    verdict: str
    clock: str
    on_duty: int
    away: Fraction
    people: int
    patience: Quantity | None
    open: Quantity  # in a month
    streams: tuple[StreamLine, ...]
    month: Fraction  # tickets whose work is known
    work: Quantity | None  # the mean of all
    load: Fraction
    reached: Reached | None
    price: Price | None
    commitments: tuple[CommitmentLine, ...]
    needed: int | None
    needed_price: Price | None
    ladder: Ladder | None
    notes: tuple[str, ...]

    @property
    def short(self) -> bool:
        """Whether it has too few people."""
        return self.verdict in SHORT


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Somebody who is not reckoned with, and why."""

    who: str
    why: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Every team of a catalogue on a day, who was left out, the findings, and what is assumed."""

    as_of: date
    teams: tuple[TeamLine, ...]
    left_out: tuple[LeftOut, ...]
    findings: tuple[FindingLine, ...]
    notes: tuple[str, ...]
    assumptions: tuple[str, ...]

    def count(self, verdict: str) -> int:
        """How many teams have a verdict."""
        return sum(team.verdict == verdict for team in self.teams)

    @property
    def falls_short(self) -> bool:
        """Whether a team has too few people, the policy takes that for an error, and nobody has accepted it."""
        return any(finding.severity is Severity.ERROR and not finding.accepted for finding in self.findings)


@dataclass(frozen=True, slots=True)
class TeamChange:
    """One team before and after."""

    id: str
    effect: str
    former: TeamLine
    latter: TeamLine


@dataclass(frozen=True, slots=True)
class Change:
    """What is changed, in words; the plan before and after it; and the teams in their order."""

    what: tuple[str, ...]
    former: Plan
    latter: Plan
    teams: tuple[TeamChange, ...]
