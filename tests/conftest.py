"""Profiles of the property tests: quick in `make test`, long in `make fuzz`, brief in `make mutants`."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, settings
from xdist.remote import Producer  # type: ignore[import-untyped]
from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
settings.register_profile("quick", max_examples=60, deadline=None, derandomize=True, database=None, suppress_health_check=SLOW)
settings.register_profile("long", max_examples=1_000, deadline=None, database=None, suppress_health_check=SLOW)
settings.register_profile(
    "brief",  # whether it fails is all that is asked: the least example is not sought
    max_examples=15,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=SLOW,
    phases=(Phase.explicit, Phase.generate),
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


@pytest.fixture(scope="session", autouse=True)
def an_empty_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Nothing that the user's own checks left is read by a test, and nothing is left for them."""
    with pytest.MonkeyPatch().context() as patched:
        patched.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


class Scheduling(LoadScopeScheduling):  # type: ignore[misc]
    """Each test goes to whichever process is free; those with the browser stay together, so that one process starts it."""

    def _split_scope(self, nodeid: str) -> str:
        return "browser" if nodeid.startswith("tests/browser/") else nodeid


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadScopeScheduling:
    """How tests are dealt out to processes."""
    return Scheduling(config, log)


def pytest_report_teststatus(report: pytest.TestReport) -> tuple[str, str, str] | None:
    """What passes says nothing: the README shows exactly what a good run prints. What is skipped is told at the end."""
    if report.skipped:
        return "skipped", "", ""
    return ("passed", "", "") if report.passed and report.when == "call" else None


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Each reason for which tests were skipped, and one closing line."""
    reasons = Counter(reason(report) for report in terminalreporter.stats.get("skipped", ()))
    for why, number in sorted(reasons.items()):
        terminalreporter.write_line(f"{number} skipped: {why}")
    count = {kind: len(terminalreporter.stats.get(kind, ())) for kind in ("passed", "failed", "error", "skipped")}
    skipped = f", {count['skipped']} skipped" if count["skipped"] else ""
    terminalreporter.write_line(f"{count['passed']} passed, {count['failed'] + count['error']} failed{skipped}")


def reason(report: pytest.TestReport) -> str:
    """Why a test was skipped."""
    told = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return told.removeprefix("Skipped: ")
