"""What a check keeps of a report: the part that some agreements bring to it, and that of all together.

These are nouns alone. Who makes them has judged a catalogue; who only tells them again imports nothing of that.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from slachain.analysis.not_checked import NotChecked
from slachain.decisions.money_at_risk import MoneyLine, sum_of
from slachain.decisions.report import FindingLine, PromiseLine, Report
from slachain.language.values import dataclass

MOST_TOLD = 500  # promises that do not hold: of more no parts are kept, since each of their lines would have to be made


@dataclass(frozen=True, slots=True)
class Money:
    """At risk of some agreements in one currency: how many there are, at most, how many of them tell what is to be expected, and what."""

    agreements: int = 0
    at_most: Fraction = Fraction(0)
    telling: int = 0
    expected: Fraction = Fraction(0)

    @classmethod
    def told(cls, line: MoneyLine, agreements: int, telling: int) -> Money:
        """That of so many agreements, as it was told."""
        return cls(agreements, line.at_most.value, telling, line.expected.value if line.expected else Fraction(0))

    def plus(self, other: Money, sign: int = 1) -> Money:
        """Further agreements; with a sign of -1 fewer."""
        return Money(
            self.agreements + sign * other.agreements,
            self.at_most + sign * other.at_most,
            self.telling + sign * other.telling,
            self.expected + sign * other.expected,
        )

    def line(self, currency: str) -> MoneyLine:
        """As the report tells it."""
        return MoneyLine(sum_of(self.at_most, currency), sum_of(self.expected, currency) if self.telling else None)


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
            tuple(sorted((*apart(self.others, ids), *new.others), key=lambda p: (p.agreement, p.metric, p.priority, p.alternative or 0))),
            tuple(in_order([*apart(self.findings, ids), *new.findings])),
            tuple(sorted((*apart(self.not_checked, ids), *new.not_checked), key=lambda n: (n.agreement, n.metric))),
            tuple((currency, risk) for currency, risk in sorted(money.items()) if risk.agreements),
        )

    def report(self, as_of: date) -> Report:
        """As a terminal tells it: with the lines of the promises that do not hold, and the number of all others."""
        money = tuple(risk.line(currency) for currency, risk in self.money)
        return Report(as_of, (), self.others, self.findings, self.not_checked, (), (), money, unreadable=False, untold=self.holding)


def apart(lines: Iterable[Any], ids: Collection[str]) -> Iterator[Any]:
    """The lines that are of none of these agreements."""
    return (line for line in lines if line.agreement not in ids)


@dataclass(frozen=True, slots=True)
class Basis:
    """One leaf before it is judged: its agreements' ids, its front, and the files that it rests on (None: all that are no leaves)."""

    ids: tuple[str, ...]
    front: Hashable
    rests_on: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Standing:
    """One leaf as it was judged."""

    basis: Basis
    part: Part


@dataclass(frozen=True, slots=True)
class Parts:
    """A report by parts: the whole, and how some leaves stand, by their files."""

    whole: Part
    standing: Mapping[str, Standing]

    @property
    def alone(self) -> bool:
        """Whether nothing that is told of others points into any of these leaves, where the place may move."""
        ids = {id for standing in self.standing.values() for id in standing.basis.ids}
        others = apart(self.whole.findings, ids)
        return not any(at.file in self.standing for finding in others for at in (finding.at, *(note.at for note in finding.because)))

    def amended(self, now: Mapping[str, Standing]) -> Parts | None:
        """With these leaves as they stand now; None where more is wrong than is kept."""
        whole = self.whole
        for file, standing in now.items():
            whole = whole.with_in_place(standing.basis.ids, self.standing[file].part, standing.part)
        return Parts(whole, now) if len(whole.others) <= MOST_TOLD else None


def in_order(findings: Iterable[FindingLine]) -> list[FindingLine]:
    """By their places, as they are told."""
    return sorted(findings, key=lambda f: (f.at, f.code, f.message, f.agreement or "", f.priority or ""))
