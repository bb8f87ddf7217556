"""What a breach costs in a month: credits that can be reached, what is expected, what vendors pay back (section 11)."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from slachain.analysis.amounts import AmountVerdict
from slachain.analysis.verdicts import Verdict
from slachain.language.model import ANY, Agreement, Band
from slachain.language.scalars import BusinessDays, Duration, Money
from slachain.language.values import dataclass

MONTHS = {"hour": Fraction(12, 365 * 24), "month": Fraction(1), "quarter": Fraction(3), "year": Fraction(12), None: Fraction(1)}
WHOLE, NOTHING = Fraction(1), Fraction(0)


@dataclass(frozen=True, slots=True)
class AtRisk:
    """Money in a month, exact, in one currency: the most, and what is to be expected (None where nothing tells)."""

    at_most: Fraction
    expected: Fraction | None
    currency: str


def monthly(fee: Money) -> Fraction:
    """A fee in a month; one without a period is a month's."""
    return fee.amount if fee.per in ("month", None) else fee.amount / MONTHS[fee.per]


def bands_of(agreement: Agreement, metric: str) -> tuple[Band, ...]:
    """The credit bands of a metric."""
    return agreement.credits.bands.get(metric, ()) if agreement.credits else ()


def cap_of(agreement: Agreement) -> Fraction:
    """The most of the fee that all credits together take."""
    return agreement.credits.cap.value if agreement.credits and agreement.credits.cap else WHOLE


def worst_credit(bands: Iterable[Band]) -> Fraction:
    """The largest credit there is."""
    return max((band.credit.value for band in bands), default=NOTHING)


def time_at_risk(verdict: Verdict) -> AtRisk | None:
    """What a promise of a time can cost: its bands are per ticket; None without a fee or bands for it."""
    agreement, worst = verdict.promise.agreement, verdict.supported
    bands = bands_of(agreement, verdict.promise.metric.id)
    if not agreement.fee or not bands:
        return None
    days = isinstance(verdict.promise.target.within.value, BusinessDays)
    reached = [band for band in bands if _reaches(band, worst.bound if worst else None, days)]
    tickets = demand_of(agreement, verdict.promise.metric.id, verdict.promise.priority)
    credit, cap = worst_credit(reached), cap_of(agreement)
    if not credit:
        return AtRisk(NOTHING, None if tickets is None else NOTHING, agreement.fee.value.currency)
    capped = agreement.credits is not None and agreement.credits.cap is not None
    most = cap if capped else min(cap, credit * max(tickets or WHOLE, WHOLE))
    expected = None if tickets is None or verdict.assured is None else min(cap, credit * tickets * (1 - verdict.assured))
    fee = monthly(agreement.fee.value)
    return AtRisk(fee * most, None if expected is None else fee * expected, agreement.fee.value.currency)


def amount_at_risk(verdict: AmountVerdict) -> AtRisk | None:
    """What a promise of an amount can cost; how often it is missed nothing tells."""
    agreement = verdict.promise.agreement
    bands = bands_of(agreement, verdict.promise.metric.id)
    if not agreement.fee or not bands:
        return None
    reached = [band for band in bands if _falls_short(band, verdict.supported)]
    most = min(cap_of(agreement), worst_credit(reached))
    if not most:
        return AtRisk(NOTHING, NOTHING, agreement.fee.value.currency)
    fee = monthly(agreement.fee.value)
    return AtRisk(fee * most, None, agreement.fee.value.currency)


def _reaches(band: Band, bound: int | None, days: bool) -> bool:
    """Whether the worst ticket is over a band's edge of its own unit; one that is never done is over every edge."""
    edge = band.edge.value
    if isinstance(edge, Fraction):
        return False
    if bound is None:
        return True
    if isinstance(edge, BusinessDays):
        return days and bound > edge.days
    return not days and isinstance(edge, Duration) and bound > edge.seconds


def _falls_short(band: Band, supported: Fraction | None) -> bool:
    """Whether what is supplied lies beyond a band's edge; what nobody commits to lies beyond every edge."""
    edge = band.edge.value
    if not isinstance(edge, Fraction):
        return False
    return supported is None or (supported < edge if band.side == "below" else supported > edge)


def demand_of(agreement: Agreement, metric: str, priority: str) -> Fraction | None:
    """Tickets a month of a row: its own, or for `*` those of the priorities without a target of their own."""
    if priority != ANY:
        found = agreement.demand.get(priority)
        return found.value if found else None
    named = set(agreement.targets.get(metric, {})) - {ANY}
    tickets = [written.value for name, written in agreement.demand.items() if name not in named]
    return sum(tickets, Fraction(0)) if tickets else None


def owed(agreement: Agreement, metric: str) -> Fraction:
    """The most that a customer may be owed in a month for a metric, as a share of the fee."""
    return min(cap_of(agreement), worst_credit(bands_of(agreement, metric)))
