"""What can be searched and sorted by in the page, in a few characters for each promise and finding.

A token such as `c12` stands for the thirteenth customer; the page's list of choices says which that is.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from slachain.analysis.order import reached
from slachain.decisions.report import AgreementLine, FindingLine, PromiseLine, Report
from slachain.language.values import dataclass, field

VERDICT, CUSTOMER, TEAM, PRIORITY, CODE = "v", "c", "t", "p", "f"
LABELS = {CUSTOMER: "Customer", TEAM: "Team or vendor", VERDICT: "Verdict", PRIORITY: "Priority", CODE: "Finding"}
FIELDS = {CUSTOMER: "customer", TEAM: "team", VERDICT: "verdict", PRIORITY: "priority", CODE: "finding"}  # in the address
WORST = Fraction(-1_000_000_000)


@dataclass(frozen=True, slots=True)
class Choice:
    """One filter: its name in the address, its label, and its values with their tokens."""

    field: str
    label: str
    options: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class Filters:
    """Tokens by what they stand for, in the order in which they were met."""

    report: Report
    met: dict[str, dict[str, str]] = field(default_factory=lambda: {kind: {} for kind in LABELS})
    _agreements: dict[str, AgreementLine] = field(init=False)
    _teams: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._agreements = {agreement.id: agreement for agreement in self.report.agreements}

    def token(self, kind: str, value: str) -> str:
        """The token of a value."""
        return self.met[kind].setdefault(value, f"{kind}{len(self.met[kind])}")

    def tokens(self, kind: str, values: Iterable[str]) -> list[str]:
        """The tokens of several values, each once."""
        return [self.token(kind, value) for value in dict.fromkeys(values)]

    def of_promise(self, promise: PromiseLine, found: Iterable[FindingLine]) -> str:
        """Everything a promise can be found by."""
        parts = [
            self.token(VERDICT, promise.verdict),
            self.token(CUSTOMER, promise.customer),
            self.token(PRIORITY, promise.priority),
            *self.tokens(TEAM, self.teams(promise.agreement, promise.metric)),
            *self.tokens(CODE, (finding.code for finding in found)),
        ]
        return " ".join(parts)

    def of_finding(self, finding: FindingLine) -> str:
        """Everything a finding can be found by: one about a team's own agreement by the team."""
        parts = [self.token(CODE, finding.code)]
        agreement = self._agreements.get(finding.agreement or "")
        if finding.priority:
            parts.append(self.token(PRIORITY, finding.priority))
        if agreement is not None and agreement.promises:
            parts.append(self.token(CUSTOMER, agreement.customer))
        if agreement is not None:
            parts.append(self.token(TEAM, agreement.provider))
        return " ".join(parts)

    def teams(self, agreement: str, metric: str) -> tuple[str, ...]:
        """Who provides what an agreement relies on for a metric, at any distance, and itself."""
        key = (agreement, metric)
        if key not in self._teams:
            below = reached(agreement, lambda id: self._onward(id, metric))
            known = (self._agreements[id].provider for id in (agreement, *below) if id in self._agreements)
            self._teams[key] = tuple(dict.fromkeys(known))
        return self._teams[key]

    def behind(self, agreement: str, metric: str) -> tuple[str, ...]:
        """The ids and providers of what an agreement relies on for a metric, at any distance."""
        below = reached(agreement, lambda id: self._onward(id, metric))
        return (*below, *self.teams(agreement, metric))

    def _onward(self, id: str, metric: str) -> list[str]:
        found = self._agreements.get(id)
        return [line.to for line in found.relies_on if line.metrics is None or metric in line.metrics] if found else []

    def choices(self) -> tuple[Choice, ...]:
        """The filters that have something to choose, their values in order."""
        return tuple(
            Choice(FIELDS[kind], LABELS[kind], tuple(sorted(self.met[kind].items()))) for kind in LABELS if len(self.met[kind]) > 1
        )


def sort_keys(promise: PromiseLine) -> str:
    """Numbers to sort by, the worst first: headroom as a share of the promise, exposure, money at risk."""
    money = promise.money.at_most.value if promise.money else Fraction(0)
    numbers = (headroom_share(promise), -(promise.exposure or Fraction(0)), -money)
    return " ".join(f"{float(number):.6g}" for number in numbers)


def headroom_share(promise: PromiseLine) -> Fraction:
    """The room that is left as a share of what is promised: less than nothing for a gap, far less where nothing is supported."""
    left, promised = promise.headroom, promise.promised.amount
    if left is None or left.amount is None:
        return WORST
    return Fraction(left.amount) / promised if promised else Fraction(left.amount)
