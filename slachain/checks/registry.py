"""Every check there is, found by looking into the folder; nothing is listed by hand."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Protocol, cast

from slachain.language.findings import Finding, Severity
from slachain.language.values import dataclass
from slachain.study import Study

FOLDER = "slachain.checks"
OF_VERDICTS = ("SC102", "SC2", "SC3", "SC402", "SC505")
"""What the codes of those checks begin with that ask for verdicts."""


class Check(Protocol):
    """What a check's module offers."""

    CODE: str
    SLUG: str
    SEVERITY: Severity
    __doc__: str

    def check(self, study: Study) -> Iterator[Finding]:
        """What is found of it in a study."""
        ...


@dataclass(frozen=True, slots=True)
class Page:
    """A check's page: its headings in order, and the text under each."""

    title: str
    parts: dict[str, str]

    def example(self, heading: str) -> str:
        """The YAML under Breaks or Holds."""
        return self.parts[heading].split("```yaml\n", 1)[1].split("```", 1)[0]

    def tickets(self, heading: str) -> str | None:
        """The ticket log under it, for a finding that needs one; None for the others."""
        _, _, after = self.parts[heading].partition("```csv\n")
        return after.split("```", 1)[0] if after else None


@cache
def all_checks() -> tuple[Check, ...]:
    """Every check, by code."""
    package = import_module(FOLDER)
    modules = (import_module(f"{FOLDER}.{found.name}") for found in iter_modules(package.__path__))
    return tuple(sorted((cast(Check, m) for m in modules if hasattr(m, "CODE")), key=lambda check: check.CODE))


@cache
def by_code() -> dict[str, Check]:
    """Checks by their codes."""
    return {check.CODE: check for check in all_checks()}


def page(check: Check) -> Page:
    """The parts of a check's docstring."""
    title, *sections = check.__doc__.strip().split("\n## ")
    parts = {heading: body.strip() + "\n" for heading, _, body in (section.partition("\n") for section in sections)}
    return Page(title.strip(), parts)


def text(check: Check) -> str:
    """A check's page as Markdown."""
    return f"# {check.CODE} {check.SLUG} ({check.SEVERITY})\n\n{check.__doc__.strip()}\n"
