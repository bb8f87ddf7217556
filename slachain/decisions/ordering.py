"""Reports in another order."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from slachain.decisions.report import PromiseLine, Report

NO_COST = (Fraction(0), Fraction(0))


def by_money(report: Report) -> Report:
    """A report with what costs most first: at most, then expected, then as before."""
    most = {(p.agreement, p.metric, p.priority): _cost(p) for p in sorted(report.promises, key=_cost)}
    promises = sorted(report.promises, key=_cost, reverse=True)
    findings = sorted(report.findings, key=lambda f: most.get((f.agreement or "", f.metric or "", f.priority or ""), NO_COST), reverse=True)
    return replace(report, promises=tuple(promises), findings=tuple(findings))


def _cost(promise: PromiseLine) -> tuple[Fraction, Fraction]:
    """What a promise can cost at most, and is expected to."""
    if promise.money is None:
        return NO_COST
    return promise.money.at_most.value, promise.money.expected.value if promise.money.expected else Fraction(0)
