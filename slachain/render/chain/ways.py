"""Which way a ticket of a promise goes when it is latest, and what is written along it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from itertools import pairwise

from slachain.analysis.order import reached
from slachain.decisions.report import AgreementLine, PromiseLine, RelianceLine, StepLine
from slachain.language.model import ANY
from slachain.language.scalars import BusinessDays, ScalarError, read_percentage, read_time

Edge = tuple[str, str]  # the ids of an agreement and of one that it relies on
Agreements = Mapping[str, AgreementLine]

GAP = "gap"
SIGNS = {GAP: "✗", "unsupported": "?", "tolerated": "≈", "holds": "✓"}  # by verdict, the worst first
DAY = 86_400


def is_amount(promise: PromiseLine) -> bool:
    """Whether an amount is promised: then there is no ticket, and nothing is handed over."""
    return promise.promised.unit == "value"


def carries(line: RelianceLine, metric: str) -> bool:
    """Whether something is relied on for a metric."""
    return line.metrics is None or metric in line.metrics


def way(promise: PromiseLine, agreements: Agreements) -> tuple[Edge, ...]:
    """The edges of the worst ticket's path; of an amount, all that lead from the promise to what supplies it."""
    if promise.worst_case is not None:
        return tuple(pairwise(promise.worst_case.path))

    def below(id: str) -> list[str]:
        found = agreements.get(id)
        return list(dict.fromkeys(line.to for line in found.relies_on if carries(line, promise.metric))) if found else []

    edges = [(id, to) for id in dict.fromkeys((promise.agreement, *reached(promise.agreement, below))) for to in below(id)]
    return tuple(_leading({part.agreement for part in promise.supplies}, edges))


def _leading(goals: set[str], edges: list[Edge]) -> list[Edge]:
    """Those edges from whose end a goal is reached."""
    above: dict[str, list[str]] = {}
    for id, to in edges:
        above.setdefault(to, []).append(id)
    leading = goals.union(*(reached(goal, lambda id: above.get(id, [])) for goal in sorted(goals)))
    return [edge for edge in edges if edge[1] in leading]


# --- what is written along it ----------------------------------------------------------------------------------------


def hand_over(lines: Iterable[RelianceLine], priority: str) -> tuple[str, ...]:
    """The hand-over times that may hold for a priority: its own, else the one for all, else any (it may be mapped to another name)."""
    found: dict[str, None] = {}
    for line in lines:
        after = dict(line.after)
        known = after.get(priority, after.get(ANY))
        found |= dict.fromkeys([known] if known is not None else after.values())
    return tuple(found)


def step_at(promise: PromiseLine, agreement: str) -> StepLine | None:
    """What an agreement does with the worst ticket, where that takes time."""
    case = promise.worst_case
    return next((step for step in case.steps if step.agreement == agreement), None) if case else None


def breaking(promise: PromiseLine) -> frozenset[str]:
    """The agreements that break a promise by themselves: they commit to nothing, or to more than is promised."""
    case = promise.worst_case
    if case is None or promise.verdict != GAP or promise.cause not in ("missing", "commitment"):
        return frozenset()
    if promise.cause == "missing":
        return frozenset(step.agreement for step in case.steps if step.allowed is None)
    too_long = frozenset(step.agreement for step in case.steps if _exceeds(step.allowed, promise.promised.text))
    lasts_longest = max(case.steps, key=lambda step: step.to.tick - step.start.tick if step.to else float("inf"))
    return too_long or frozenset({lasts_longest.agreement})


def _exceeds(allowed: str | None, promised: str) -> bool:
    """Whether a time is longer than another, where both are told in the same unit."""
    one, other = _seconds(allowed or ""), _seconds(promised)
    return one is not None and other is not None and one[0] == other[0] and one[1] > other[1]


def _seconds(text: str) -> tuple[bool, int] | None:
    """Whether a time is in business days, and how long it is (of whole days, if so); None for what is no time."""
    try:
        time = read_time(text, zero=True)
    except ScalarError:
        return None
    return (True, time.days * DAY) if isinstance(time, BusinessDays) else (False, time.seconds)


def write_hand_over(times: Iterable[str]) -> str:
    """`30m`, or `30m–4h` where there are several."""
    return _range(times, lambda text: (_seconds(text) or (False, 0))[1])


def write_shares(shares: Iterable[str]) -> str:
    """`15%`, or `15%–20%` where there are several."""
    return _range(shares, _share)


def _share(text: str) -> Fraction:
    try:
        return read_percentage(text)
    except ScalarError:
        return Fraction(0)


def _range(texts: Iterable[str], size: Callable[[str], int | Fraction]) -> str:
    ordered = sorted(set(texts), key=lambda text: (size(text), text))
    return "–".join(dict.fromkeys([ordered[0], ordered[-1]])) if ordered else ""
