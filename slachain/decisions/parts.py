"""A report put together from parts: what each file brings to it on which no other builds, and what all the others bring.

Most files of a large catalogue are customers' agreements that nobody relies on or extends: *leaves*. What is told of a leaf depends on
itself and on the files that are none, never on another leaf. What is told of these others depends on a leaf by its *front* alone: who
relies on what, for how long, for whom. So where leaves change and their fronts stay, the report changes in their parts alone.
"""

from __future__ import annotations

import pickle
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from slachain.analysis.money import AtRisk
from slachain.decisions.lines import Lines, sources
from slachain.decisions.money_lines import of_agreements, total_line
from slachain.decisions.report import FindingLine, Named, PromiseLine, Report
from slachain.decisions.reporting import in_order, report
from slachain.language.catalogue import Catalogue
from slachain.language.model import Agreement, Group, Route, Written
from slachain.study import NotChecked, Study

MOST_TOLD = 500  # promises that do not hold: of more no parts are kept, since each of their lines would have to be made
Leaf = tuple[Agreement, ...]
"""The agreements of one leaf, by id."""


@dataclass(frozen=True, slots=True)
class Money:
    """At risk of some agreements in one currency: how many there are, at most, how many of them tell what is to be expected, and what."""

    agreements: int = 0
    at_most: Fraction = Fraction(0)
    telling: int = 0
    expected: Fraction = Fraction(0)

    def plus(self, other: Money, sign: int = 1) -> Money:
        """Further agreements; with a sign of -1 fewer."""
        return Money(
            self.agreements + sign * other.agreements,
            self.at_most + sign * other.at_most,
            self.telling + sign * other.telling,
            self.expected + sign * other.expected,
        )


@dataclass(frozen=True, slots=True)
class Part:
    """What some agreements bring to a report: how many promises hold, the lines of those that do not, findings, money by currency."""

    holding: int
    others: tuple[PromiseLine, ...] = ()
    findings: tuple[FindingLine, ...] = ()
    not_checked: tuple[NotChecked, ...] = ()
    money: tuple[tuple[str, Money], ...] = ()

    def with_in_place(self, ids: Collection[str], old: Part, new: Part) -> Part:
        """The whole, with what some of its agreements bring now in place of what they brought."""
        money = dict(self.money)
        for currency, risk in old.money:
            money[currency] = money[currency].plus(risk, -1)
        for currency, risk in new.money:
            money[currency] = money.get(currency, Money()).plus(risk)
        return Part(
            self.holding - old.holding + new.holding,
            tuple(sorted((*_apart(self.others, ids), *new.others), key=lambda p: (p.agreement, p.metric, p.priority, p.alternative or 0))),
            tuple(in_order([*_apart(self.findings, ids), *new.findings])),
            tuple(sorted((*_apart(self.not_checked, ids), *new.not_checked), key=lambda n: (n.agreement, n.metric))),
            tuple((currency, risk) for currency, risk in sorted(money.items()) if risk.agreements),
        )

    def report(self, as_of: date) -> Report:
        """As a terminal tells it: with the lines of the promises that do not hold, and the number of all others."""
        told: Lines[PromiseLine | _Holding, PromiseLine] = Lines((*self.others, *([_HOLDING] * self.holding)), _line)
        money = [AtRisk(risk.at_most, risk.expected if risk.telling else None, currency) for currency, risk in self.money]
        return Report(as_of, (), told, self.findings, self.not_checked, (), (), tuple(map(total_line, money)), unreadable=False)


@dataclass(frozen=True, slots=True)
class _Holding:
    """A promise that holds, of which no more is known."""

    verdict: str = "holds"
    named: Named = ("", "", "")


_HOLDING = _Holding()


def _line(told: PromiseLine | _Holding) -> PromiseLine:
    if isinstance(told, _Holding):
        raise LookupError("of a promise that holds no line was kept")
    return told


def _apart(lines: Iterable[Any], ids: Collection[str]) -> Iterator[Any]:
    return (line for line in lines if line.agreement not in ids)


@dataclass(frozen=True, slots=True)
class Standing:
    """One leaf as it was judged: its agreements' ids, its front, its part."""

    ids: tuple[str, ...]
    front: str
    part: Part


@dataclass(frozen=True, slots=True)
class Parts:
    """A report by parts: the whole, and each leaf's standing by its file, as bytes: few of thousands are ever looked at."""

    whole: Part
    leaves: Mapping[str, bytes]

    @classmethod
    def of(cls, study: Study, found: Report) -> Parts | None:
        """Those of a report; None of one that cannot be kept: where a file could not be read, or most of it is broken."""
        others = [place for place, judged in enumerate(sources(found.promises)) if judged.verdict != "holds"]
        if found.unreadable or not len(found.promises) or len(others) > MOST_TOLD:
            return None
        told = _told(study, found, [found.promises[place] for place in others])
        everything = told.part(list(study.catalogue.agreements))
        whole = replace(everything, findings=found.findings, not_checked=found.not_checked)
        standing = {file: _standing(study, leaf, told) for file, leaf in leaves(study.catalogue).items()}
        return cls(whole, {file: pickle.dumps(one, pickle.HIGHEST_PROTOCOL) for file, one in standing.items()})

    def changed(self, catalogue: Catalogue, files: Collection[str], as_of: date) -> Parts | None:
        """After some leaves changed; `catalogue` holds them as they are now, and every file that is none.

        None where more than their parts may have changed: then everything has to be judged.
        """
        now = leaves(catalogue)
        study = Study.of(catalogue, as_of)
        before = {file: _loaded(self.leaves[file]) for file in files}
        if not all(file in now and _same_front(study, now[file], before[file]) for file in files) or self._named_in(files):
            return None
        found = report(study)
        broken = [place for place, judged in enumerate(sources(found.promises)) if judged.verdict != "holds"]
        if found.unreadable or len(broken) > MOST_TOLD:
            return None
        told = _told(study, found, [found.promises[place] for place in broken])
        whole, standing = self.whole, dict(self.leaves)
        for file in files:
            new = _standing(study, now[file], told)
            whole = whole.with_in_place(new.ids, before[file].part, new.part)
            standing[file] = pickle.dumps(new, pickle.HIGHEST_PROTOCOL)
        return Parts(whole, standing) if len(whole.others) <= MOST_TOLD else None

    def _named_in(self, files: Collection[str]) -> bool:
        """Whether what is told of others points into any of these files, where the place may have moved."""
        ids = {id for file in files for id in _loaded(self.leaves[file]).ids}
        of_others = _apart(self.whole.findings, ids)
        return any(at.file in files for finding in of_others for at in (finding.at, *(note.at for note in finding.because)))


def _loaded(content: bytes) -> Standing:
    found = pickle.loads(content)
    assert isinstance(found, Standing)
    return found


def _same_front(study: Study, leaf: Leaf, before: Standing) -> bool:
    return tuple(agreement.id for agreement in leaf) == before.ids and front(study.catalogue, leaf) == before.front


# --- what each agreement brings ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Told:
    """What is told of each agreement, by its id."""

    holding: Counter[str]
    others: Mapping[str, list[PromiseLine]]
    findings: Mapping[str, list[FindingLine]]
    not_checked: Mapping[str, list[NotChecked]]
    money: Mapping[str, AtRisk]

    def part(self, ids: Sequence[str]) -> Part:
        """What some of them bring together."""
        money: dict[str, Money] = {}
        for risk in (self.money[id] for id in ids if id in self.money):
            one = Money(1, risk.at_most, int(risk.expected is not None), risk.expected or Fraction(0))
            money[risk.currency] = money.get(risk.currency, Money()).plus(one)
        return Part(
            sum(self.holding[id] for id in ids),
            tuple(line for id in ids for line in self.others.get(id, ())),
            tuple(finding for id in ids for finding in self.findings.get(id, ())),
            tuple(one for id in ids for one in self.not_checked.get(id, ())),
            tuple(sorted(money.items())),
        )


def _told(study: Study, found: Report, others: Iterable[PromiseLine]) -> _Told:
    holding = Counter(judged.named[0] for judged in sources(found.promises) if judged.verdict == "holds")
    money = of_agreements(study, (*study.verdicts, *study.amount_verdicts))
    return _Told(holding, _by_agreement(others), _by_agreement(found.findings), _by_agreement(found.not_checked), money)


def _by_agreement(lines: Iterable[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for line in lines:
        found[line.agreement].append(line)
    return dict(found)


def _standing(study: Study, leaf: Leaf, told: _Told) -> Standing:
    ids = tuple(agreement.id for agreement in leaf)
    return Standing(ids, front(study.catalogue, leaf), told.part(ids))


# --- leaves and their fronts ---------------------------------------------------------------------------------------------


def leaves(catalogue: Catalogue) -> dict[str, Leaf]:
    """The files that hold promising agreements alone, none of which another names, by the names to be shown."""
    named = set(catalogue.lineage.extends.values())
    for agreement in catalogue.agreements.values():
        named |= {member.agreement.value for item in agreement.relies_on for member in item.members()}
        named |= {name.value.partition("/")[0] for option in agreement.options for name in option.excludes if "/" in name.value}
    found: dict[str, list[Agreement]] = defaultdict(list)
    for agreement in catalogue.agreements.values():
        found[agreement.at.file].append(agreement)
    return {
        file: tuple(agreements)
        for file, agreements in found.items()
        if file not in catalogue.common and all(a.promises and a.id not in named for a in agreements)
    }


def front(catalogue: Catalogue, leaf: Leaf) -> str:
    """All of a leaf that others can be told differently for, as one text: of equal fronts they are told the same.

    Demand counts where there are teams, whose load it brings.
    """
    return repr([_front(agreement, bool(catalogue.teams)) for agreement in leaf])


def _front(agreement: Agreement, demand: bool) -> tuple[Any, ...]:
    term = agreement.term
    return (
        agreement.id,
        agreement.kind.value,
        agreement.provider.value,
        agreement.customer.value,
        [_text(one) for one in (term.opens, term.closes, term.notice)],
        [(_text(item.share), _route(item.route)) for item in agreement.relies_on],
        [(metric, *targets) for metric, targets in agreement.targets.items()],
        [(priority, _text(tickets)) for priority, tickets in agreement.demand.items()] if demand else (),
    )


def _route(route: Route) -> tuple[Any, ...]:
    if isinstance(route, Group):
        return (route.how, *map(_route, route.members))
    after = [(priority, time.text) for priority, time in (route.after or {}).items()]
    mapped = [(ours, theirs.value) for ours, theirs in route.priorities.items()]
    return route.agreement.value, after, mapped, None if route.metrics is None else sorted(route.metrics)


def _text(written: Written[Any] | None) -> str | None:
    return written.text if written else None
