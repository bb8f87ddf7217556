"""Each promise and commitment of two versions held against each other, for a ticket opened at any instant: by what `compare` stands on."""

from __future__ import annotations

from collections.abc import Iterator

from slachain.analysis.promises import ONE_DAY
from slachain.analysis.routes import target_for
from slachain.checks.comparing import on_clock
from slachain.decisions import comparison
from slachain.decisions.amendment import ADDED, LOOSENED, MIXED, SAME, TIGHTENED, UNLIKE, WITHDRAWN, Downtime, Moment, Shift, TargetChange
from slachain.decisions.attribution import made_of
from slachain.decisions.compare import days_compared, horizon_of
from slachain.decisions.comparing_amounts import amount_row
from slachain.decisions.comparing_clauses import pause_rows
from slachain.decisions.comparing_words import target_words
from slachain.decisions.comparison import AMOUNT, TIME, Pair, Row, Side
from slachain.decisions.matching import Matching
from slachain.decisions.time_rows import time_row
from slachain.language.essence import essence
from slachain.language.model import ANY, Agreement, AmountTarget, Target, TimePromise
from slachain.language.source import Span
from slachain.language.values import dataclass, replace
from slachain.study import Study

CHANGES = {
    comparison.STRICTER: TIGHTENED,
    comparison.LOOSER: LOOSENED,
    comparison.MIXED: MIXED,
    comparison.EQUAL: SAME,
    comparison.ONLY_A: ADDED,
    comparison.ONLY_B: WITHDRAWN,
    comparison.UNLIKE: UNLIKE,
}


def target_changes(old: Study, new: Study, calendars: frozenset[str]) -> Iterator[TargetChange]:
    """What becomes of every target that is written otherwise or runs on a calendar that changed, in the order of the agreements."""
    ours, theirs = old.catalogue.agreements, new.catalogue.agreements
    for id in sorted({*ours, *theirs}):
        if id not in ours or id not in theirs:
            yield from _whole((ours.get(id) or theirs[id]), new if id in theirs else old, added=id in theirs)
        else:
            yield from Versions(Side(old, ours[id], "before"), Side(new, theirs[id], "after"), calendars).changes()


def _whole(agreement: Agreement, study: Study, added: bool) -> Iterator[TargetChange]:
    """Every target of an agreement that only one version has."""
    side = Side(study, agreement, agreement.id)
    for metric, targets in agreement.targets.items():
        for priority, target in targets.items():
            words, at = target_words(side, study.catalogue.metrics[metric], target), place(target)
            row = (), words, None, at
            before, after, before_at, after_at = row if added else (words, (), at, None)
            kind = TIME if isinstance(target, TimePromise) else AMOUNT
            change = ADDED if added else WITHDRAWN
            yield TargetChange(
                agreement.id, agreement.promises, kind, metric, priority, change, before, after, None, None, None, (), before_at, after_at
            )


@dataclass(frozen=True, slots=True)
class Versions:
    """One agreement before and after; `calendars` are those that are open at other times."""

    before: Side
    after: Side
    calendars: frozenset[str]

    def changes(self) -> Iterator[TargetChange]:
        """What becomes of each of its targets, and of its pauses."""
        old, new = self.before.agreement, self.after.agreement
        matching = Matching.of(self.after, self.before, {})
        for metric in dict.fromkeys([*new.targets, *old.targets]):
            for pair in matching.rows(new, old, metric):
                one, other = (target_for(agreement, metric, pair.a or ANY) for agreement in (new, old))
                if self.differ(one, other):
                    yield self.change(metric, pair, one, other)
        if essence(old.pauses) != essence(new.pauses):
            for row in pause_rows(self.after, self.before):
                if row.verdict != comparison.EQUAL:
                    yield self.told(row, None, None, None)

    def differ(self, one: Target | None, other: Target | None) -> bool:
        """Whether two targets may mean something else, by what is written and on which clocks."""
        if (one is None) != (other is None) or essence(one) != essence(other):
            return True
        named = self.clocks(self.after, one) | self.clocks(self.before, other)
        return self.clocks(self.after, one) != self.clocks(self.before, other) or not self.calendars.isdisjoint(named)

    def clocks(self, side: Side, target: Target | None) -> frozenset[str]:
        """The calendars that a target runs on and answers in, and what they are made of."""
        if target is None:
            return frozenset()
        if isinstance(target, AmountTarget):
            names = {(target.calendar or side.agreement.calendar).value}
        else:
            opened = {one.opened_in.value for one in target.alternatives if one.opened_in}
            names = opened | {on_clock(side.agreement, one)[0] for one in target.alternatives}
        return frozenset(made_of(side.study.catalogue, names))

    def change(self, metric: str, pair: Pair, one: Target | None, other: Target | None) -> TargetChange:
        """One metric and priority: the row of a comparison, both ways."""
        words = [
            target_words(side, side.study.catalogue.metrics[metric], t) if t else ()
            for side, t in ((self.after, one), (self.before, other))
        ]
        kind = TIME if TimePromise in (type(one), type(other)) else AMOUNT
        row = Row(kind, metric, pair, words[0], words[1], comparison.UNLIKE)
        if one is None or other is None:
            row = replace(row, verdict=comparison.ONLY_B if one is None else comparison.ONLY_A)
            return self.told(row, None, one, other)
        back = replace(row, a=row.b, b=row.a)
        found, reverse = self.compared(row, self.after, self.before, one, other), self.compared(back, self.before, self.after, other, one)
        return self.told(found, reverse, one, other)

    def compared(self, row: Row, a: Side, b: Side, one: Target, other: Target) -> Row:
        """A row with what comparing two targets comes to, for the tickets of the days on which both are in force."""
        days, remarks = days_compared(a, b, a.study.as_of)
        if isinstance(one, TimePromise) and isinstance(other, TimePromise):
            found = time_row(row, a, b, one, other, horizon_of(days))
            return replace(found, remarks=(*remarks, *found.remarks))
        if isinstance(one, AmountTarget) and isinstance(other, AmountTarget):
            return replace(amount_row(row, a, b, one, other, (days.first, days.last + ONE_DAY)), remarks=remarks)
        return replace(row, why="one is a time, the other an amount")

    def told(self, row: Row, back: Row | None, one: Target | None, other: Target | None) -> TargetChange:
        """A row of a comparison as what becomes of a target."""
        agreement = self.after.agreement
        looser = _shift(row, later_in_a="after") if row.verdict in (comparison.LOOSER, comparison.MIXED) else None
        tighter = _shift(back, later_in_a="before") if back and row.verdict in (comparison.STRICTER, comparison.MIXED) else None
        return TargetChange(
            agreement=agreement.id,
            promise=agreement.promises,
            kind=row.kind,
            metric=row.metric,
            priority=row.priority.name,
            change=CHANGES[row.verdict],
            before=row.b,
            after=row.a,
            tighter=tighter,
            looser=looser,
            why=row.why,
            remarks=row.remarks,
            before_at=place(other),
            after_at=place(one),
        )


def _shift(row: Row, later_in_a: str) -> Shift | None:
    """Where A of a row is the looser: told as before and after, whichever of the two A is."""
    if row.kind == comparison.PAUSE:
        return None
    flip = later_in_a == "before"
    moment = shares = downtime = None
    if row.ticket:
        a, b = row.ticket.a, row.ticket.b
        before, after = (a, b) if flip else (b, a)
        moment = Moment(row.ticket.opened, before, after, row.ticket.later, row.ticket.remarks)
    if row.attainment:
        a_share, b_share = row.attainment.a, row.attainment.b
        shares = (a_share, b_share) if flip else (b_share, a_share)
    if row.downtime:
        a_down, b_down = row.downtime.a, row.downtime.b
        pair = (a_down, b_down) if flip else (b_down, a_down)
        downtime = Downtime(row.downtime.period, *pair, row.downtime.kind, row.downtime.more, row.downtime.periods)
    return Shift(row.share, moment, shares, downtime)


def place(target: Target | None) -> Span | None:
    """Where a target's time or amount is written."""
    if target is None:
        return None
    return target.bound.at if isinstance(target, AmountTarget) else target.alternatives[0].within.at
