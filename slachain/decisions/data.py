"""A report and its values as plain lists, maps, texts and numbers: the published JSON (`slachain-report/1`)."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from slachain.decisions.lines import Lines
from slachain.decisions.report import FORMAT, VERDICTS, FindingLine, Instant, Quantity, Report
from slachain.language.findings import Severity
from slachain.language.values import is_noun, names_of

RENAMED = {"start": "from", "before": "from", "after": "to"}


def as_data(value: Any) -> Any:
    """Plain lists, maps, texts and numbers: shares as the nearest double, dates and instants as ISO 8601."""
    if isinstance(value, (Quantity, Instant)):
        return value.data()
    if isinstance(value, Fraction):
        return float(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Report):
        return {name: as_data(part) for name, part in outline(value).items()}
    if isinstance(value, FindingLine):
        return _finding_data(value)
    if isinstance(value, (tuple, Lines)):
        return [as_data(item) for item in value]
    if is_noun(value):
        names = list(names_of(value))
        return {published(name, names): _field(value, name) for name in names}
    return value


def published(name: str, names: list[str]) -> str:
    """What a field is called in the JSON; as in the report where another field has that name."""
    published = RENAMED.get(name, name)
    return name if published in names else published


def _field(value: Any, name: str) -> Any:
    inner = getattr(value, name)
    if name == "horizon":
        return {"from": as_data(inner[0]), "until": as_data(inner[1])}
    return as_data(inner)


def _finding_data(finding: FindingLine) -> dict[str, Any]:
    data = {name: as_data(getattr(finding, name)) for name in names_of(finding)}
    return {**data, "accepted": finding.accepted}


def outline(found: Report) -> dict[str, Any]:
    """What a report's data consists of, in order; the lines are still to be made data of."""
    severities = {str(s): sum(f.severity == s and not f.accepted for f in found.findings) for s in reversed(Severity)}
    accepted, counts = sum(f.accepted for f in found.findings), found.counts()
    return {
        "format": FORMAT,
        "as_of": found.as_of.isoformat(),
        "summary": {
            "agreements": len(found.agreements),
            "promises": len(found.promises),
            **{verdict: counts[verdict] for verdict in VERDICTS},
            "findings": {**severities, "accepted": accepted},
            "money": as_data(found.money),
        },
        "agreements": found.agreements,
        "promises": found.promises,
        "findings": found.findings,
        "not_checked": found.not_checked,
        "assumptions": list(found.assumptions),
        "data_used": dict(found.data_used),
    }
