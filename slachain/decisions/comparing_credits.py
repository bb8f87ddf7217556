"""What two agreements owe for the same breach: their credit bands, just beyond every edge that either of them has.

What is owed is constant between two edges, so these instances stand for every breach there is.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from fractions import Fraction

from slachain.analysis.money import bands_of, cap_of, worst_credit
from slachain.analysis.promises import Horizon
from slachain.checks.comparing import on_clock
from slachain.decisions.comparing_words import calendar_of, open_hours
from slachain.decisions.comparison import Credit, Side
from slachain.language.model import Band, Target, TimePromise
from slachain.language.scalars import BusinessDays, Duration, write_percentage, write_time

Edge = tuple[str, str, Fraction]
"""On which side of what (a share, a time, business days) a breach begins, and how much of it."""


def credits(a: Side, b: Side, when: Horizon) -> Iterator[Credit]:
    """Both credits for every breach, the lightest first, metric by metric as A and then B write them."""
    metrics = dict.fromkeys(metric for side in (a, b) if side.agreement.credits for metric in side.agreement.credits.bands)
    for metric in metrics:
        ours, theirs = bands_of(a.agreement, metric), bands_of(b.agreement, metric)
        edges = {_edge(band) for band in (*ours, *theirs)}
        alike = not ours or not theirs or (len({edge[:2] for edge in edges}) == 1 and _same_clock(a, b, metric, when))
        for edge in sorted(edges, key=_lightness):
            owed = _owed(a, ours, edge), _owed(b, theirs, edge)
            yield Credit(metric, _words(edge), *owed, _more(*owed) if alike else None)


def _edge(band: Band) -> Edge:
    value = band.edge.value
    if isinstance(value, Duration):
        return band.side, "time", Fraction(value.seconds)
    return (band.side, "days", Fraction(value.days)) if isinstance(value, BusinessDays) else (band.side, "share", value)


def _lightness(edge: Edge) -> tuple[str, str, Fraction]:
    side, kind, size = edge
    return side, kind, -size if side == "below" else size


def _owed(side: Side, bands: tuple[Band, ...], breach: Edge) -> Fraction:
    """The greatest credit of the bands that a breach just beyond an edge reaches, up to the cap."""
    edges = ((band, _edge(band)) for band in bands)
    reached = (band for band, edge in edges if edge[:2] == breach[:2] and _lightness(edge) <= _lightness(breach))
    return min(cap_of(side.agreement), worst_credit(reached))


def _more(a: Fraction, b: Fraction) -> str:
    return "a" if a > b else "b" if b > a else "equal"


def _words(edge: Edge) -> str:
    side, kind, size = edge
    if kind == "share":
        return f"{side} {write_percentage(size, 6)}"
    return f"{side} {write_time(BusinessDays(int(size)) if kind == 'days' else Duration(int(size)))}"


def _same_clock(a: Side, b: Side, metric: str, when: Horizon) -> bool:
    """Whether both measure a metric on one clock each, open at the same instants, and in the same periods."""
    clocks = [_clocks(side, metric, when) for side in (a, b)]
    return clocks[0] == clocks[1] and len(clocks[0]) == 1


def _clocks(side: Side, metric: str, when: Horizon) -> set[tuple[Hashable, str]]:
    """The open hours of the clocks that a metric is measured on, and the periods."""
    targets = side.agreement.targets.get(metric, {}).values()
    measured = {one for target in targets for one in _measured(side, target)}
    return {(open_hours(side, id, when), period) for id, period in measured}


def _measured(side: Side, target: Target) -> set[tuple[str, str]]:
    """The calendars that a target is measured on, and the period of an amount."""
    if isinstance(target, TimePromise):
        return {(on_clock(side.agreement, one)[0], "") for one in target.alternatives}
    return {(calendar_of(side, target), target.period)}
