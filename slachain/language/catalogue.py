"""A catalogue as a whole: policy, teams, and everything that was read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from slachain.language.findings import Finding, Severity
from slachain.language.lineage import Lineage
from slachain.language.model import Agreement, Calendar, Metric, Written
from slachain.language.scalars import Money, Time
from slachain.language.source import Source, Span
from slachain.language.values import dataclass, field


@dataclass(frozen=True, slots=True)
class Team:
    """People on duty at the same time, and what a ticket takes of them."""

    id: str
    at: Span
    calendar: Written[str] | None = None
    staff: Written[int] | None = None
    shrinkage: Written[Fraction] | None = None
    handle_time: Mapping[str, Written[Time]] = field(default_factory=dict)
    patience: Written[Time] | None = None
    cost: Written[Money] | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """How strict the checking is. margin is a share of the promise or a time."""

    margin: Written[Fraction] | Written[Time] | None = None
    equal: str = "gap"
    failures: str = "independent"
    arrivals: str = "even"
    severities: Mapping[str, Written[Severity]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything that was read, what is wrong with it so far, and the sources for excerpts."""

    policy: Policy
    calendars: Mapping[str, Calendar]
    metrics: Mapping[str, Metric]
    teams: Mapping[str, Team]
    agreements: Mapping[str, Agreement]
    findings: tuple[Finding, ...]
    sources: Mapping[str, Source]
    broken: frozenset[str] = frozenset()  # ids of agreements, calendars and metrics that are there but cannot be used
    common: frozenset[str] = frozenset()  # the files that define more than agreements, by the names to be shown
    lineage: Lineage = field(default_factory=Lineage)

    def reported(self, code: str) -> Iterator[Finding]:
        """What reading found wrong under one code."""
        return (finding for finding in self.findings if finding.code == code)

    def line(self, at: Span) -> str:
        """The line of a file in which something stands, without the space around it."""
        source = self.sources.get(at.file)
        return source.line(at) if source else ""
