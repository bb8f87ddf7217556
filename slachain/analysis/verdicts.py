"""What is found of a promise: its verdict, its numbers, its worst case (sections 7 and 10)."""

from __future__ import annotations

from fractions import Fraction

from slachain.analysis.cases import Case
from slachain.analysis.promises import Horizon, Promise
from slachain.analysis.readings import Worst
from slachain.language.catalogue import Policy
from slachain.language.scalars import BusinessDays, Duration
from slachain.language.values import dataclass

HOLDS, TOLERATED, GAP, UNSUPPORTED = "holds", "tolerated", "gap", "unsupported"


@dataclass(frozen=True, slots=True)
class LatestSafe:
    """How late a hand-over may be (seconds or business days on the customer's clock); None for never."""

    bound: int | None


@dataclass(frozen=True, slots=True)
class Cut:
    """The calendar that ends, and the instant (UTC seconds) from which tickets run past its end; None where all do."""

    calendar: str
    at: int | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found of one promise. Shares are exact; None stands for what does not apply."""

    promise: Promise
    horizon: Horizon
    verdict: str
    cause: str | None = None
    supported: Worst | None = None
    exposure: Fraction | None = None
    assured: Fraction | None = None
    told: Case | None = None  # the worst ticket, by the names and places of whoever has promised the same first
    latest_safe: tuple[LatestSafe | None, ...] = ()
    short_even_in_time: bool = False
    cuts: tuple[Cut, ...] = ()  # where calendars end and leave nothing known
    priority_below: str | None = None  # of a promise for `*`, the priority that the worst case has

    @property
    def named(self) -> tuple[str, str, str]:
        """Its promise's agreement, metric and priority; alternatives share them."""
        return self.promise.agreement.id, self.promise.metric.id, self.promise.priority

    @property
    def case(self) -> Case | None:
        """The worst ticket; None where nothing is relied on."""
        return None if self.told is None else self.told.of(self.promise.agreement)

    @property
    def holds(self) -> bool:
        """Whether it is kept, without reservation."""
        return self.verdict == HOLDS

    def of(self, promise: Promise) -> Verdict:
        """The verdict on a promise that is like this one's: the same numbers, its own names and places where somebody looks at them."""
        return Verdict(
            promise,
            self.horizon,
            self.verdict,
            self.cause,
            self.supported,
            self.exposure,
            self.assured,
            self.told,
            self.latest_safe,
            self.short_even_in_time,
            self.cuts,
            self.priority_below,
        )


def margin_left(verdict: Verdict, policy: Policy) -> tuple[int, Fraction] | None:
    """Headroom and the margin asked for, in seconds or business days; None where no margin can be told."""
    if policy.margin is None or verdict.supported is None or verdict.supported.bound is None:
        return None
    limit, margin = verdict.promise.target.within.value, policy.margin.value
    promised = limit.days if isinstance(limit, BusinessDays) else limit.seconds
    if isinstance(margin, Fraction):
        asked = margin * promised
    elif isinstance(margin, Duration) and isinstance(limit, Duration):
        asked = Fraction(margin.seconds)
    else:
        return None
    return promised - verdict.supported.bound, asked
