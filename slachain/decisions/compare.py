"""Is one agreement at least as strict as another, and where not: metric by metric, priority by priority."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from slachain.analysis.promises import ONE_DAY, Horizon
from slachain.analysis.routes import target_for
from slachain.analysis.terms import Days
from slachain.checks.holidays_unknown import Unknown, not_known
from slachain.clocks.wall import a_year_after, midnight
from slachain.decisions.comparing_amounts import amount_row
from slachain.decisions.comparing_clauses import pause_rows, side_by_side
from slachain.decisions.comparing_credits import credits
from slachain.decisions.comparing_words import calendars_of, open_hours, target_words
from slachain.decisions.comparison import AMOUNT, ONLY_A, ONLY_B, PAUSE, TIME, UNLIKE, Comparison, Pair, Party, Row, Side
from slachain.decisions.matching import Matching
from slachain.decisions.time_rows import time_row
from slachain.language.model import ANY, AmountTarget, Target, TimePromise
from slachain.language.values import replace

STRANGE = "no priority of the two has the same name: --priorities P1=S1,… says which of A's stands for which of B's"


def compare(a: Side, b: Side, as_of: date, priorities: Mapping[str, str]) -> Comparison:
    """A against B for tickets opened from a day on, for a year; `priorities` maps names of A to those of B.

    Raises `NotComparable` for a priority that neither names.
    """
    matching = Matching.of(a, b, priorities)
    days, remarks = days_compared(a, b, as_of)
    when = horizon_of(days)
    a, b = _apart(a, b, when)
    rows = tuple(_rows(a, b, matching, days))
    return Comparison(
        as_of=as_of,
        days=(days.first, days.last),
        a=_party(a),
        b=_party(b),
        rows=rows,
        beside=tuple(side_by_side(a, b, when, any(row.kind == PAUSE for row in rows))),
        credits=tuple(credits(a, b, when)),
        remarks=(*remarks, *holidays_not_known(a, b, when), *([STRANGE] if matching.strange else [])),
    )


def _rows(a: Side, b: Side, matching: Matching, days: Days) -> Iterator[Row]:
    """Metrics in the order in which A and then B write them; then the clocks that stop, where both promise times."""
    metrics = dict.fromkeys([*a.agreement.targets, *b.agreement.targets])
    for metric in metrics:
        for pair in matching.rows(a.agreement, b.agreement, metric):
            yield _row(a, b, metric, pair, days)
    if all(any(isinstance(t, TimePromise) for of in s.agreement.targets.values() for t in of.values()) for s in (a, b)):
        yield from pause_rows(a, b)


def _row(a: Side, b: Side, metric: str, pair: Pair, days: Days) -> Row:
    """One metric and priority; a name that one of the two does not have is answered by what it promises for every priority."""
    one, other = (target_for(side.agreement, metric, name or ANY) for side, name in ((a, pair.a), (b, pair.b)))
    words = _words(a, metric, one), _words(b, metric, other)
    row = Row(TIME if TimePromise in (type(one), type(other)) else AMOUNT, metric, pair, *words, UNLIKE)
    if one is None or other is None:
        return replace(row, verdict=ONLY_A if other is None else ONLY_B)
    if isinstance(one, TimePromise) and isinstance(other, TimePromise):
        return time_row(row, a, b, one, other, horizon_of(days))
    if isinstance(one, AmountTarget) and isinstance(other, AmountTarget):
        return amount_row(row, a, b, one, other, (days.first, days.last + ONE_DAY))
    return replace(row, why="one is a time, the other an amount")


def _words(side: Side, metric: str, target: Target | None) -> tuple[str, ...]:
    return target_words(side, side.study.catalogue.metrics[metric], target) if target else ()


def horizon_of(days: Days) -> Horizon:
    """The days from midnight to midnight in UTC: one stretch for both sides, whatever their zones."""
    return Horizon(midnight(days.first, "UTC"), midnight(days.last + ONE_DAY, "UTC"))


def days_compared(a: Side, b: Side, as_of: date) -> tuple[Days, tuple[str, ...]]:
    """The days on which both are in force, for a year from the day asked for or from when the later one begins.

    Where there is none, a year from that day as though both were, and a remark that says so. Dates are compared as written
    (see `analysis.terms`).
    """
    terms = [side.agreement.term for side in (a, b)]
    first = max([as_of, *(term.opens.value for term in terms if term.opens)])
    last = min([a_year_after(first) - ONE_DAY, *(term.closes.value for term in terms if term.closes)])
    if first <= last:
        return Days(first, last), ()
    over = [f"{s.label} ended on {s.agreement.term.closes.value}" for s in (a, b) if (c := s.agreement.term.closes) and c.value < as_of]
    why = " and ".join(over) or "they are on no day in force together"
    return Days(as_of, a_year_after(as_of) - ONE_DAY), (f"{why}: compared as though both were in force",)


def holidays_not_known(a: Side, b: Side, when: Horizon) -> list[str]:
    """Of which countries, on the calendars of either; those are compared as though they had none."""
    found = [since for side in (a, b) for since in Unknown(side.study).among(calendars_of(side.agreement), when)]
    return list(dict.fromkeys(f"{not_known(since)}: compared without them" for since in found))


def _apart(a: Side, b: Side, when: Horizon) -> tuple[Side, Side]:
    """The two sides, each knowing which of its calendars are others than those of the same name of the other side."""
    shared = set(calendars_of(a.agreement)) & set(calendars_of(b.agreement)) if a.study is not b.study else set()
    own = frozenset(id for id in shared if open_hours(a, id, when) != open_hours(b, id, when))
    return replace(a, own=own), replace(b, own=own)


def _party(side: Side) -> Party:
    agreement = side.agreement
    return Party(
        label=side.label,
        id=agreement.id,
        title=agreement.title_or_id,
        kind=agreement.kind.value,
        provider=agreement.provider.value,
        customer=agreement.customer.value,
        file=agreement.at.file,
    )
