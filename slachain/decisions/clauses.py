"""A catalogue as a flat list of clauses: each with its path, what it says, and where; what two versions of it are told apart by.

A path begins with the section and the id. A clause whose path begins with another's belongs to that: `relies_on[tier2].share`
goes when `relies_on[tier2]` goes.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from hashlib import sha256

from slachain.decisions.agreement_clauses import agreement_clauses
from slachain.decisions.clause import Clause, Path, texts
from slachain.language.catalogue import Catalogue, Policy, Team
from slachain.language.describe import NAMES, describe_calendar, name_calendar, write_week, write_windows
from slachain.language.essence import essence
from slachain.language.model import Calendar, Combined, Holidays, Hours, Metric, OnCall, Written
from slachain.language.source import Span
from slachain.language.values import dataclass

Clauses = Mapping[Path, Clause]
CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class _Section:
    """Makes clauses of one thing, at whose place they are told to stand until somebody asks more exactly."""

    path: Path
    at: Span | None

    def clause(self, field: str, value: object, text: str) -> Clause:
        return Clause((*self.path, *field.split("\0")) if field else self.path, essence(value), text, self.at)


def clauses_of(catalogue: Catalogue) -> Clauses:
    """Every clause by its path."""
    found = [*_calendars(catalogue), *_metrics(catalogue), *_teams(catalogue), *_policy(catalogue.policy)]
    for agreement in catalogue.agreements.values():
        found += agreement_clauses(agreement, catalogue)
    return {clause.path: clause for clause in found}


# --- calendars -------------------------------------------------------------------------------------------------------


def _calendars(catalogue: Catalogue) -> Iterator[Clause]:
    for id, calendar in catalogue.calendars.items():
        section = _Section(("calendars", id), calendar.at)
        made = getattr(calendar.body, "how", type(calendar.body).__name__)
        yield section.clause("", made, describe_calendar(id, catalogue.calendars))
        yield from _body(section, calendar, catalogue)


def _body(section: _Section, calendar: Calendar, catalogue: Catalogue) -> Iterator[Clause]:
    body = calendar.body
    if body.timezone:
        yield section.clause("timezone", body.timezone, body.timezone)
    if isinstance(body, Combined):
        members = ", ".join(name_calendar(member.value, catalogue.calendars) for member in body.members)
        yield section.clause(body.how, body.members, members)
    elif isinstance(body, OnCall):
        yield section.clause("ics", body.content, f"{body.file} (content {sha256(body.content).hexdigest()[:8]})")
    else:
        yield from _hours(section, body)


def _hours(section: _Section, body: Hours) -> Iterator[Clause]:
    yield section.clause("hours", body.week, write_week(body.week))
    yield from _holidays(section, body.holidays or Holidays())
    for day, windows in body.exceptions:
        yield section.clause(f"exceptions\0{day}", windows, write_windows(windows) or CLOSED)
    for field, written in (("from", body.opens_on), ("until", body.closes_after)):
        if written:
            yield section.clause(field, written, str(written))
    if body.business_days is not None:
        yield section.clause("business_days", body.business_days, ", ".join(NAMES[day] for day in sorted(body.business_days)))


def _holidays(section: _Section, holidays: Holidays) -> Iterator[Clause]:
    public = [part.value for part in (holidays.country, holidays.subdivision) if part]
    if public:
        yield section.clause("holidays", tuple(public), " ".join(public))
    for field, days in (("add", holidays.add), ("remove", holidays.remove)):
        for day in days:
            yield section.clause(f"holidays.{field}\0{day.value}", day.value, str(day.value))


# --- metrics, teams, policy ------------------------------------------------------------------------------------------


def _metrics(catalogue: Catalogue) -> Iterator[Clause]:
    for id, metric in catalogue.metrics.items():
        section = _Section(("metrics", id), None)
        yield section.clause("", True, _measured(metric))
        for field in ("type", "better", "chain", "unit"):
            if value := getattr(metric, field):
                yield section.clause(field, value, value)


def _measured(metric: Metric) -> str:
    unit = f" in {metric.unit}" if metric.unit else ""
    return f"{metric.type}{unit}, {metric.better} is better, chain {metric.chain}"


def _teams(catalogue: Catalogue) -> Iterator[Clause]:
    for id, team in catalogue.teams.items():
        yield _Section(("teams", id), team.at).clause("", True, f"the team {id}")
        for field, written in _of_team(team):
            text = name_calendar(str(written.value), catalogue.calendars) if field == "calendar" else written.text
            yield Clause(("teams", id, *field.split("\0")), essence(written), text, written.at)


def _of_team(team: Team) -> Iterator[tuple[str, Written[Hashable]]]:
    alone: dict[str, Written[Hashable] | None] = {
        "calendar": team.calendar,  # type: ignore[dict-item]
        "staff": team.staff,  # type: ignore[dict-item]
        "shrinkage": team.shrinkage,  # type: ignore[dict-item]
        "patience": team.patience,  # type: ignore[dict-item]
        "cost": team.cost,  # type: ignore[dict-item]
    }
    yield from ((field, written) for field, written in alone.items() if written)
    for priority, written in team.handle_time.items():
        yield f"handle_time\0{priority}", written  # type: ignore[misc]


def _policy(policy: Policy) -> Iterator[Clause]:
    section = _Section(("policy", ""), None)
    for field in ("equal", "failures", "arrivals"):
        yield section.clause(field, getattr(policy, field), getattr(policy, field))
    yield from texts(("policy", ""), {"margin": policy.margin})
    for code, severity in policy.severities.items():
        yield Clause(("policy", "", "severities", code), severity.value, severity.text, severity.at)
