"""Which changes below a promise move what is supported: tried, not guessed.

Each change that may have a part in it is made by itself in the old catalogue, and the promise is judged again. Then, from all of
them together, one after another is taken back as long as the result stays that of the new catalogue: what is left moves it, and
none of it can be left out.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from fractions import Fraction

from slachain.analysis.amounts import AmountPromise, AmountVerdict
from slachain.analysis.verdicts import Verdict
from slachain.decisions.amendment import BROKEN, ClauseChange, Mover
from slachain.decisions.clause import Path
from slachain.decisions.comparing_words import calendars_of
from slachain.decisions.elements import Blend, Chosen, element_of
from slachain.decisions.report import Quantity, quantity
from slachain.decisions.trials import rows_of
from slachain.language.amounts import write_amount
from slachain.language.catalogue import Catalogue
from slachain.language.model import Agreement, Combined, Hours
from slachain.language.scalars import BusinessDays
from slachain.language.values import dataclass, field
from slachain.study import Study

Key = tuple[str, str, str, int]
MOST_TRIED = 24  # changes, or agreements and calendars with all their changes, for one promise
MOST_STUDIES = 48  # kept: each holds the curves of a catalogue
TOO_MANY = "more changes have a part in it than are tried one by one"
NOTHING: Chosen = frozenset()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is supported of a promise, and the share of tickets that is assured; and whether it is a gap."""

    supported: Quantity | None
    assured: Fraction | None
    broken: bool

    @property
    def support(self) -> tuple[Quantity | None, Fraction | None]:
        """What is supported, whatever is promised."""
        return self.supported, self.assured


Aspect = Callable[[Outcome | None], Hashable]
"""What of an outcome is asked about; None where nothing can be said."""


@dataclass(frozen=True, slots=True)
class Element:
    """Changes that are made or taken back together."""

    keys: Chosen
    changes: tuple[ClauseChange, ...]


@dataclass(eq=False)
class Tracer:
    """Two versions of a catalogue, ready to be mixed; `told` has the change of each path."""

    old: Study
    new: Study
    told: dict[Path, ClauseChange]
    _studies: dict[Chosen, Study] = field(default_factory=dict)
    _outcomes: dict[tuple[Key, Chosen], Outcome | None] = field(default_factory=dict)

    def movers(self, key: Key) -> tuple[tuple[Mover, ...], str]:
        """What moved the support of a promise that both versions have; and why nothing is told, where that is so."""
        return self._told(key, support)

    def turners(self, key: Key) -> tuple[Mover, ...]:
        """What made it a gap, or none any more."""
        return tuple(mover for mover in self._told(key, broken)[0] if mover.needed)

    def _told(self, key: Key, aspect: Aspect) -> tuple[tuple[Mover, ...], str]:
        elements = self.elements(key)
        if len(elements) > MOST_TRIED:
            elements = _by_thing(elements)
        if len(elements) > MOST_TRIED:
            return (), TOO_MANY
        before, after = aspect(self.outcome(key, NOTHING)), aspect(self.outcome(key, _all(elements)))
        if before == after:
            return (), ""
        needed = self.least(key, elements, aspect)
        alone = [(element, self.outcome(key, element.keys)) for element in elements]
        told = [(element, found) for element, found in alone if element in needed or aspect(found) not in (before, None)]
        return tuple(_mover(element, found, aspect(found) not in (before, None), element in needed) for element, found in told), ""

    def least(self, key: Key, elements: Sequence[Element], aspect: Aspect) -> list[Element]:
        """So few of the elements that none can be taken back without another result."""
        kept, after = list(elements), aspect(self.outcome(key, _all(elements)))
        for element in elements:
            without = [one for one in kept if one is not element]
            if aspect(self.outcome(key, _all(without))) == after:
                kept = without
        return kept

    # --- what may have a part in it --------------------------------------------------------------------------------

    def elements(self, key: Key) -> list[Element]:
        """The changes that may have a part in a promise, those of one element together."""
        agreement, metric = key[:2]
        ids = {agreement} | self.old.graph.below(agreement) | self.new.graph.below(agreement)
        calendars = set().union(*(_calendars(study.catalogue, ids) for study in (self.old, self.new)))
        groups: dict[Path, list[ClauseChange]] = {}
        for path, change in self.told.items():
            element = self.element(path)
            if element and _concerns(element, ids, calendars, metric):
                groups.setdefault(element, []).append(change)
        return [Element(frozenset({path}), tuple(changes)) for path, changes in groups.items()]

    def element(self, path: Path) -> Path | None:
        """The element of a path that both sides have; a calendar that is not told by hours is one."""
        if path[0] in ("agreements", "calendars", "metrics"):
            both = [getattr(study.catalogue, path[0]).get(path[1]) for study in (self.old, self.new)]
            if None in both:
                return None
            if path[0] == "calendars" and not all(isinstance(calendar.body, Hours) for calendar in both):
                return path[:2]
        return element_of(path)

    # --- what it comes to ------------------------------------------------------------------------------------------

    def outcome(self, key: Key, chosen: Chosen) -> Outcome | None:
        """What becomes of a promise with some elements changed; None where it cannot be judged or there is none."""
        if (key, chosen) not in self._outcomes:
            self._outcomes[key, chosen] = self._outcome(key, self.study(chosen))
        return self._outcomes[key, chosen]

    def _outcome(self, key: Key, study: Study) -> Outcome | None:
        agreement, metric = study.catalogue.agreements[key[0]], study.catalogue.metrics[key[1]]
        promise = next((one for one in rows_of(agreement, metric) if one.key == key), None)
        if promise is None or study.obstacle(agreement.id, metric.id) or study.unlike(agreement.id, metric):
            return None
        return outcome_of(study.amount_verdict(promise) if isinstance(promise, AmountPromise) else study.verdict(promise))

    def study(self, chosen: Chosen) -> Study:
        """The old catalogue with some elements changed; where they are clauses of agreements, what they cannot change is kept."""
        if chosen not in self._studies:
            if len(self._studies) >= MOST_STUDIES:
                del self._studies[next(one for one in self._studies if one)]
            self._studies[chosen] = self._study(chosen)
        return self._studies[chosen]

    def _study(self, chosen: Chosen) -> Study:
        blend = Blend(self.old.catalogue, self.new.catalogue)
        if not chosen or any(path[0] != "agreements" for path in chosen):
            return Study.of(blend.with_only(chosen), self.old.as_of)
        agreements = blend.agreements(chosen)
        return self.study(NOTHING).amended(*(agreements[id] for id in sorted({path[1] for path in chosen})))


def support(outcome: Outcome | None) -> Hashable:
    """What is supported, None where nothing can be said."""
    return outcome.support if outcome else None


def broken(outcome: Outcome | None) -> Hashable:
    """Whether it is a gap, None where nothing can be said."""
    return outcome.broken if outcome else None


def outcome_of(verdict: Verdict | AmountVerdict | None) -> Outcome | None:
    """What a verdict comes to."""
    if verdict is None:
        return None
    gap = verdict.verdict in BROKEN
    if isinstance(verdict, AmountVerdict):
        promise, supported = verdict.promise, verdict.supported
        text = "never" if supported is None else write_amount(supported, promise.metric, promise.target)
        return Outcome(Quantity(text, supported, "value"), None, gap)
    in_days = isinstance(verdict.promise.target.within.value, BusinessDays)
    return Outcome(None if verdict.supported is None else quantity(verdict.supported.bound, in_days), verdict.assured, gap)


def _all(elements: Iterable[Element]) -> Chosen:
    return NOTHING.union(*(element.keys for element in elements))


def _mover(element: Element, alone: Outcome | None, moves: bool, needed: bool) -> Mover:
    supported, assured = alone.support if alone else (None, None)
    return Mover(element.changes, needed, moves, supported, assured)


def _by_thing(elements: Sequence[Element]) -> list[Element]:
    """All elements of one agreement or calendar as one."""
    groups: dict[Path, list[Element]] = {}
    for element in elements:
        groups.setdefault(min(element.keys)[:2], []).append(element)
    return [Element(_all(of), tuple(change for element in of for change in element.changes)) for of in groups.values()]


def _concerns(element: Path, ids: set[str], calendars: set[str], metric: str) -> bool:
    section, id = element[:2]
    if section == "agreements":
        return id in ids and (element[2] != "targets" or element[3] == metric)
    return id in calendars if section == "calendars" else section == "policy" or id == metric


def _calendars(catalogue: Catalogue, ids: set[str]) -> set[str]:
    """Every calendar that some agreements name, and what those are made of."""
    agreements: list[Agreement] = [catalogue.agreements[id] for id in sorted(ids) if id in catalogue.agreements]
    return made_of(catalogue, {name for agreement in agreements for name in calendars_of(agreement)})


def made_of(catalogue: Catalogue, names: set[str]) -> set[str]:
    """Calendars and all those that they are made of."""
    found, todo = set(names), list(names)
    while todo:
        calendar = catalogue.calendars.get(todo.pop())
        body = calendar.body if calendar else None
        fresh = {member.value for member in body.members} - found if isinstance(body, Combined) else set()
        found |= fresh
        todo += fresh
    return found
