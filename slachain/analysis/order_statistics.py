"""What a history of tickets shows, and what it does not: exact statements that assume no distribution.

Shares: the interval of Clopper and Pearson (The use of confidence or fiducial limits illustrated in the case of the binomial,
Biometrika, 1934). Times: the one-sided upper tolerance limit by order statistics of Wilks (Determination of sample sizes for
setting tolerance limits, Annals of Mathematical Statistics, 1941; Hahn and Meeker, Statistical Intervals, 1991, section 5.3).
Quantiles: the nearest rank, definition 1 of Hyndman and Fan (Sample quantiles in statistical packages, 1996).
The ranks come from SciPy's distributions in double precision; everything else is exact.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from math import ceil, log

from slachain.language.values import dataclass

CONFIDENCE = Fraction(95, 100)


@dataclass(frozen=True, slots=True)
class Interval:
    """Where a share lies, with 95% confidence; both ends belong to it."""

    low: float
    high: float


@lru_cache(maxsize=4096)
def interval(kept: int, tickets: int) -> Interval:
    """The exact two-sided interval of the share of which `kept` of so many `tickets` are a sample (at least one)."""
    from scipy.stats import beta

    tail = float(1 - CONFIDENCE) / 2
    low = float(beta.ppf(tail, kept, tickets - kept + 1)) if kept else 0.0
    high = float(beta.ppf(1 - tail, kept + 1, tickets - kept)) if kept < tickets else 1.0
    return Interval(low, high)


def supported_rank(tickets: int, share: Fraction) -> int | None:
    """The least k such that the k-th smallest of so many times is, with 95% confidence, long enough for a share of all tickets.

    That is, P(Bin(tickets, share) <= k - 1) >= 95%. None where there are too few tickets; always for a share of 100%.
    """
    from scipy.stats import binom

    if not tickets or share == 1:
        return None
    rank = int(binom.ppf(float(CONFIDENCE), tickets, float(share))) + 1
    return rank if rank <= tickets else None


def tickets_needed(share: Fraction) -> int | None:
    """How many tickets it takes before the longest of them says anything of a share: 1 - share^n >= 95%. None for 100%."""
    if share == 1:
        return None
    return 1 if share <= 1 - CONFIDENCE else ceil(log(1 - CONFIDENCE) / log(share))


def nearest_rank(tickets: int, share: Fraction) -> int:
    """The rank of the least time within which at least a share of the tickets was done, from 1 on."""
    scaled = share * tickets
    return max(1, -(-scaled.numerator // scaled.denominator))
