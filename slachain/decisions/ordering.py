"""Reports in another order."""

from __future__ import annotations

from fractions import Fraction

from slachain.decisions.lines import in_order, sources
from slachain.decisions.money_lines import Judged, at_risk
from slachain.decisions.report import Report
from slachain.language.values import replace

NO_COST = (Fraction(0), Fraction(0))


def by_money(report: Report) -> Report:
    """A report with what costs most first: at most, then expected, then as before."""
    most = {judged.named: _cost(judged) for judged in sorted(sources(report.promises), key=_cost)}
    findings = sorted(report.findings, key=lambda f: most.get((f.agreement, f.metric, f.priority), NO_COST), reverse=True)
    return replace(report, promises=in_order(report.promises, _cost), findings=tuple(findings))


def _cost(judged: Judged) -> tuple[Fraction, Fraction]:
    """What a promise can cost at most, and is expected to."""
    risk = at_risk(judged)
    return NO_COST if risk is None else (risk.at_most, risk.expected or Fraction(0))
