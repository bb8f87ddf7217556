"""Profiles of the property tests: quick in `make test`, long in `make fuzz`."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
settings.register_profile("quick", max_examples=60, deadline=None, derandomize=True, database=None, suppress_health_check=SLOW)
settings.register_profile("long", max_examples=20_000, deadline=None, database=None, suppress_health_check=SLOW)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


def pytest_report_teststatus(report: pytest.TestReport) -> tuple[str, str, str] | None:
    """What passes says nothing: the README shows exactly what a good run prints."""
    return ("passed", "", "") if report.passed and report.when == "call" else None


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One closing line."""
    count = {kind: len(terminalreporter.stats.get(kind, ())) for kind in ("passed", "failed", "error", "skipped")}
    skipped = f", {count['skipped']} skipped" if count["skipped"] else ""
    terminalreporter.write_line(f"{count['passed']} passed, {count['failed'] + count['error']} failed{skipped}")
