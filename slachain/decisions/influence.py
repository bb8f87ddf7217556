"""What an option may do to a promise: nothing, only good, only harm, or either, told from the clauses alone.

The verdict on a time is made of completion curves that are only ever added, compared and composed, and of shares of tickets
that are added and weighed. So a clause of which each value is better than another, whatever else is bought, makes the whole no
worse: a shorter time of the same kind, a wider calendar, a greater attainment, a greater amount. Where that is not certain
(shares, business days on another calendar, a calendar that ends, a clause or a name that was not there), it may be either.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum
from functools import cached_property
from typing import Any

from slachain.analysis.chains import Stop
from slachain.analysis.order import reached
from slachain.analysis.routes import hand_over_time
from slachain.clocks.covering import covers
from slachain.decisions.options import Priced, member_at, target_at
from slachain.decisions.trials import Key
from slachain.language.model import ANY, Agreement, Alteration, AmountTarget, Item, Metric, TimePromise, TimeTarget, Written, members
from slachain.language.overrides import Path
from slachain.language.scalars import BusinessDays, Duration, Money, Time
from slachain.language.values import dataclass
from slachain.study import Study


class Effect(Enum):
    """What a change may do to a promise."""

    SAME = "same"
    HELPS = "helps"
    HURTS = "hurts"
    EITHER = "either"

    @property
    def opposite(self) -> Effect:
        """The same change seen from the other side: what helps who relies on a promise hurts who has to keep it."""
        return {Effect.HELPS: Effect.HURTS, Effect.HURTS: Effect.HELPS}.get(self, self)


def together(*effects: Effect) -> Effect:
    """What changes do that are made at once."""
    found = set(effects) - {Effect.SAME}
    return found.pop() if len(found) == 1 else Effect.EITHER if found else Effect.SAME


def by_order(better: bool, worse: bool) -> Effect:
    """What a value does beside another: neither is equal, both cannot be."""
    return Effect.HELPS if better else Effect.HURTS if worse else Effect.SAME


def of_times(new: Time, old: Time) -> Effect:
    """A shorter time helps; hours and business days cannot be compared."""
    if isinstance(new, BusinessDays) and isinstance(old, BusinessDays):
        return by_order(new.days < old.days, new.days > old.days)
    if isinstance(new, Duration) and isinstance(old, Duration):
        return by_order(new.seconds < old.seconds, new.seconds > old.seconds)
    return Effect.EITHER


@dataclass(frozen=True)
class Influence:
    """What the options of a catalogue may do to one promise."""

    study: Study
    by_agreement: Mapping[str, tuple[Priced, ...]]
    key: Key

    @property
    def metric(self) -> Metric:
        """What is promised."""
        return self.study.catalogue.metrics[self.key[1]]

    @cached_property
    def priorities(self) -> dict[str, set[str] | None]:
        """The agreements that are relied on, each with the priorities under which tickets reach it; None for any."""
        root, metric, priority, _ = self.key
        if priority == ANY:
            return dict.fromkeys(self.study.below(root, metric))
        stops = reached(Stop(root, metric, priority, ()), self._beyond)
        found: dict[str, set[str] | None] = {stop.agreement: set() for stop in stops}
        for stop in stops:
            found[stop.agreement] = {*(found[stop.agreement] or ()), stop.priority}
        return found

    def _beyond(self, stop: Stop) -> list[Stop]:
        return [stop.beyond(member) for member in self.study.routes.onward(stop.agreement, stop.metric).members()]

    def parts(self) -> Iterator[Priced]:
        """The options that have a part in it, in the order of their agreements."""
        for id in sorted({self.key[0], *self.priorities}):
            yield from (priced for priced in self.by_agreement.get(id, ()) if self.effect(priced) is not None)

    def effect(self, priced: Priced) -> Effect | None:
        """What an option may do to the promise, whatever else is bought; None if it has no part in it."""
        found = [effect for change in priced.option.changes if (effect := self.of_change(priced.agreement, change)) is not None]
        if not found:
            return None
        return Effect.EITHER if self.ends else together(*found)

    def surpasses(self, one: Priced, other: Priced) -> bool:
        """Whether an option does at least as much good as another of its agreement, clause by clause."""
        mine = {change.field.value: change for change in one.option.changes}
        for change in other.option.changes:
            if self.of_change(other.agreement, change) is None:
                continue
            rival = mine.get(change.field.value)
            if rival is None or self.compared(one.agreement, change.field.value, rival, change) not in (Effect.HELPS, Effect.SAME):
                return False
        return True

    @cached_property
    def ends(self) -> bool:
        """Whether a calendar on the paths comes to an end: with a better clause more tickets may be known of, bad ones too."""
        agreements = [self.study.catalogue.agreements[id] for id in (self.key[0], *self.priorities)]
        named = {name for agreement in agreements for name in self.calendars(agreement)}
        return self.metric.type == "time" and any(self.study.calendars.ends(name) is not None for name in named)

    def calendars(self, agreement: Agreement) -> Iterator[str]:
        """Every calendar on which an agreement's clauses for the metric run, or would with some option."""
        yield agreement.calendar.value
        for target in (*agreement.targets.get(self.metric.id, {}).values(), *self._new_targets(agreement.id)):
            for one in target.alternatives if isinstance(target, TimePromise) else ():
                yield from (name.value for name in (one.calendar, one.opened_in) if name)
        for change in self._changes(agreement.id):
            if change.field.value[-1] == "calendar" and isinstance(change.value, Written):
                yield str(change.value.value)

    def _changes(self, agreement: str) -> Iterator[Alteration]:
        return (change for priced in self.by_agreement.get(agreement, ()) for change in priced.option.changes)

    def _new_targets(self, agreement: str) -> Iterator[TimePromise | AmountTarget]:
        for change in self._changes(agreement):
            if change.field.value[:2] == ("targets", self.metric.id) and isinstance(change.value, (TimePromise, AmountTarget)):
                yield change.value

    # --- one change -----------------------------------------------------------------------------------------------

    def of_change(self, id: str, change: Alteration) -> Effect | None:
        """What one change of an agreement may do to the promise; None if it has no part in it."""
        path = change.field.value
        if id != self.key[0] and id not in self.priorities:
            return None
        if path == ("calendar",):
            return self.of_calendar(id, str(change.value.value)) if isinstance(change.value, Written) else None
        if path[0] == "targets":
            return self.of_own_target(path, change) if id == self.key[0] else self.of_target(id, path, change)
        agreement = self.study.catalogue.agreements[id]
        if path[-1] == "share":
            return Effect.EITHER if self._concerns(agreement.relies_on[int(path[1])]) else None
        return self.of_hand_over(agreement, path, change)

    def compared(self, id: str, path: Path, new: Alteration, old: Alteration) -> Effect:
        """What one change does beside another of the same clause."""
        if isinstance(new.value, Written) and isinstance(old.value, Written):
            effect = self._part(str(path[-1]), new.value, old.value)
        else:
            effect = self._whole(id, new.value, old.value)
        return effect.opposite if id == self.key[0] and path[0] == "targets" else effect

    def of_own_target(self, path: Path, change: Alteration) -> Effect | None:
        """A change of the promise itself: a longer time and a lower attainment are easier to keep; its clock is another question."""
        _, _, priority, number = self.key
        if path[1] != self.metric.id:
            return None
        written = self.study.catalogue.agreements[self.key[0]].targets.get(self.metric.id, {})
        if path[2] != priority:
            named_anew = priority == ANY and path[2] not in written
            return Effect.EITHER if named_anew or (path[2] == ANY and priority not in written) else None
        if priority not in written:
            return Effect.EITHER
        if len(path) == 5 and number != path[3]:
            return None
        if path[-1] == "calendar":
            return Effect.EITHER
        return self._beside(self.key[0], written[priority], path, change).opposite

    def of_target(self, id: str, path: Path, change: Alteration) -> Effect | None:
        """A change of what is committed to below."""
        if path[1] != self.metric.id or not self._reaches(id, str(path[2])):
            return None
        agreement = self.study.catalogue.agreements[id]
        names = {other.field.value[2] for other in self._changes(id) if other.field.value[:2] == path[:2]}
        new_name = self.key[2] == ANY and path[2] not in agreement.targets.get(self.metric.id, {})
        if new_name or (ANY in names and len(names) > 1):
            return Effect.EITHER
        before = target_at(agreement, path)
        if before is None:  # nothing stands for longer than any time; what adds or multiplies would gain a member
            return Effect.HELPS if self.metric.chain == "elapsed" else Effect.EITHER
        return self._beside(id, before, path, change)

    def of_hand_over(self, agreement: Agreement, path: Path, change: Alteration) -> Effect | None:
        """Another time after which tickets are handed over."""
        member, priority = member_at(agreement, path), str(path[-1])
        if not self._reaches(agreement.id, priority) or (member.metrics is not None and self.metric.id not in member.metrics):
            return None
        places = {other.field.value[-1] for other in self._changes(agreement.id) if other.field.value[:-1] == path[:-1]}
        if (self.key[2] == ANY and priority not in (member.after or {})) or (ANY in places and len(places) > 1):
            return Effect.EITHER
        if self.metric.chain != "elapsed":
            return None
        before = (member.after or {}).get(ANY) if priority == ANY else hand_over_time(member, priority)
        if before is None or not isinstance(change.value, Written):
            return Effect.EITHER
        return self._part("after", change.value, before)

    def of_calendar(self, id: str, calendar: str) -> Effect:
        """Another clock: below, a wider one helps where nothing is told in business days."""
        agreement = self.study.catalogue.agreements[id]
        if id == self.key[0] or self.metric.type != "time" or any(isinstance(time, BusinessDays) for time in self._times(agreement)):
            return Effect.EITHER
        return self._clocks(calendar, agreement.calendar.value)

    # --- values ---------------------------------------------------------------------------------------------------

    def _beside(self, id: str, before: TimePromise | AmountTarget, path: Path, change: Alteration) -> Effect:
        """A changed target, or part of one, beside what was written before."""
        if not isinstance(change.value, Written):
            return self._whole(id, change.value, before)
        part = str(path[-1])
        if isinstance(before, AmountTarget):
            return Effect.EITHER if part == "calendar" else self._part(part, change.value, before.bound)
        one = before.alternatives[int(path[3]) if len(path) == 5 else 0]
        if part == "calendar":
            return self._own_clock(id, one, str(change.value.value))
        old = Written(one.share, "", one.at) if part == "attainment" else one.within
        return self._part(part, change.value, old)

    def _part(self, part: str, new: Written[Any], old: Written[Any]) -> Effect:
        if isinstance(new.value, (Duration, BusinessDays)):
            return of_times(new.value, old.value)
        if part == "calendar":
            return self._clocks(str(new.value), str(old.value))
        if isinstance(new.value, Money):
            if (new.value.currency, new.value.per) != (old.value.currency, old.value.per):
                return Effect.EITHER
            new, old = Written(new.value.amount, "", new.at), Written(old.value.amount, "", old.at)
        effect = by_order(new.value > old.value, new.value < old.value)
        return effect.opposite if part == "at_most" else effect

    def _whole(self, id: str, new: object, old: object) -> Effect:
        """A whole target beside another."""
        if isinstance(new, AmountTarget) and isinstance(old, AmountTarget):
            same = new.period == old.period and _name(new.calendar) == _name(old.calendar)
            return self._part(new.direction, new.bound, old.bound) if same else Effect.EITHER
        if not isinstance(new, TimePromise) or not isinstance(old, TimePromise) or len(old.alternatives) > 1:
            return Effect.EITHER
        (one,), (other,) = new.alternatives, old.alternatives
        if one.opened_in or other.opened_in:
            return Effect.EITHER
        clock = Effect.SAME
        if _name(one.calendar) != _name(other.calendar):
            own = self.study.catalogue.agreements[id].calendar.value
            clock = Effect.EITHER if id == self.key[0] else self._own_clock(id, other, _name(one.calendar) or own)
        share = by_order(one.share > other.share, one.share < other.share)
        return together(of_times(one.within.value, other.within.value), share, clock)

    def _own_clock(self, id: str, target: TimeTarget, calendar: str) -> Effect:
        """A clock of a target's own, beside the one that it has, or any that its agreement may have instead."""
        agreement = self.study.catalogue.agreements[id]
        instead = [str(c.value.value) for c in self._changes(id) if c.field.value == ("calendar",) and isinstance(c.value, Written)]
        others = [target.calendar.value] if target.calendar else [agreement.calendar.value, *instead]
        if self.metric.type != "time" or any(isinstance(time, BusinessDays) for time in self._times(agreement)):
            return Effect.EITHER
        found = {self._clocks(calendar, other) for other in others} - {Effect.SAME}
        return found.pop() if len(found) == 1 else Effect.EITHER if found else Effect.SAME

    def _clocks(self, new: str, old: str) -> Effect:
        calendars = self.study.catalogue.calendars
        better, worse = covers(calendars, new, old), covers(calendars, old, new)
        return by_order(better and not worse, worse and not better) if better or worse else Effect.EITHER

    def _times(self, agreement: Agreement) -> Iterator[Time]:
        """Every time that an agreement tells for the metric, or would with some option."""
        for target in (*agreement.targets.get(self.metric.id, {}).values(), *self._new_targets(agreement.id)):
            yield from (one.within.value for one in (target.alternatives if isinstance(target, TimePromise) else ()))
        for member in (member for item in agreement.relies_on for member in item.members()):
            yield from (written.value for written in (member.after or {}).values())
        for change in self._changes(agreement.id):
            if isinstance(change.value, Written) and isinstance(change.value.value, (Duration, BusinessDays)):
                yield change.value.value

    def _reaches(self, id: str, priority: str) -> bool:
        """Whether a clause for a priority may answer for a ticket of the promise there."""
        found = self.priorities[id] if id in self.priorities else {self.key[2]}
        return found is None or priority in (*found, ANY) or ANY in found

    def _concerns(self, item: Item) -> bool:
        return any(member.metrics is None or self.metric.id in member.metrics for member in members(item.route))


def _name(written: Written[str] | None) -> str | None:
    return written.value if written else None
