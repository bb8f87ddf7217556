"""What every team of a catalogue can carry: its tickets, its load, what it reaches, and what the next stricter targets would cost."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from slachain.analysis.arrivals import handles, metrics_of_tickets
from slachain.analysis.capacity import lacks
from slachain.analysis.promises import expired
from slachain.checks.registry import all_checks
from slachain.decisions.capacity_lines import LeftOut, Plan
from slachain.decisions.capacity_team import Planner
from slachain.decisions.capacity_words import tickets
from slachain.decisions.report import FindingLine
from slachain.decisions.reporting import finding_line
from slachain.language.describe import listed
from slachain.study import Study

CAPACITY, LANGUAGE = "SC7", "SC1"


def plan(study: Study) -> Plan:
    """The plan of a catalogue on a day."""
    found = findings_of(study, CAPACITY)
    return Plan(
        as_of=study.as_of,
        teams=tuple(Planner(capacity, study, found).line() for capacity in study.capacities),
        left_out=tuple(left_out(study)),
        findings=tuple(found),
        notes=tuple(notes(study)),
        assumptions=tuple(assumptions(study)),
    )


def findings_of(study: Study, family: str) -> list[FindingLine]:
    """The findings of one family of checks, in the order of the files."""
    found = (finding_line(study, f) for check in all_checks() if check.CODE.startswith(family) for f in check.check(study))
    return sorted(found, key=lambda f: (f.at, f.code, f.message, f.agreement or "", f.priority or ""))


def left_out(study: Study) -> Iterator[LeftOut]:
    """Teams that lack something to reckon with, and those who get tickets and are no team."""
    catalogue, timed = study.catalogue, metrics_of_tickets(study.catalogue)
    for id, team in sorted(catalogue.teams.items()):
        if why := lacks(team, catalogue):
            yield LeftOut(id, f"it has {why}")
    months: dict[str, Fraction] = {}
    for agreement in catalogue.agreements.values():
        who = agreement.provider.value
        if agreement.kind.value != "uc" and who not in catalogue.teams and handles(catalogue, agreement, timed):
            month = sum(study.arrivals.month.get(agreement.id, {}).values(), Fraction(0))
            months[who] = months.get(who, Fraction(0)) + month
    for who, month in sorted(months.items()):
        if month:
            yield LeftOut(who, f"it gets {tickets(month)} a month, and no team of that name is described")


def notes(study: Study) -> Iterator[str]:
    """What of the demand does not count, and which ways were counted for all tickets."""
    live = [a for a in study.catalogue.agreements.values() if not expired(a, study.as_of)]
    if none := [a.id for a in live if a.promises and not a.demand]:
        yield f"No demand is written for {listed(none)}: their tickets do not count."
    if idle := [a.id for a in live if a.demand and not a.promises]:
        yield f"The demand of {listed(idle)} does not count: only that of promises does."
    ways: dict[str, list[str]] = {}
    for above, below in sorted(study.arrivals.whole):
        ways.setdefault(below, []).append(above)
    for below, many in ways.items():
        yield f"Every ticket of {listed(many)} counts for {below}: no share is written."


def assumptions(study: Study) -> Iterator[str]:
    """What the numbers rest on that no agreement says."""
    yield "Tickets come at random (Poisson), at the same rate in every open hour of the team: busy hours and seasons are evened out."
    yield "All tickets of a team wait in one queue, first come, first served, whatever their priority; handling takes an exponential time around the mean of all."
    yield "Waiting is told in the team's open hours. A ticket that comes while it is closed waits for it to open besides."
    yield "As many people are on duty in every open hour; those available are these less shrinkage, whole people."
    yield "A share counts for all tickets, whatever metric it is for; each member of a group gets every ticket of the group."
    if any(team.patience for team in study.catalogue.teams.values()):
        yield "Callers give up after an exponential time around the patience that is written (Erlang A), count as not answered, and do not call again."
