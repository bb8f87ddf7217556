"""Whether an agreement may be written down as a contract: it is there, and was read whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NoReturn

import click

if TYPE_CHECKING:
    from slachain.language.findings import Finding
    from slachain.study import Study

MOST_TOLD = 10


def whole(study: Study, id: str) -> None:
    """Raise a usage error for an agreement that is unknown, or has an error that keeps its terms from being certain."""
    from slachain.decisions.comparing_words import calendars_of
    from slachain.language.shapes import nearest

    catalogue = study.catalogue
    found = catalogue.agreements.get(id)
    errors = [finding for finding in catalogue.findings if finding.code == "SC101" or finding.agreement == id or _twice(finding, id)]
    if errors:
        refuse(id, errors)
    if found is None and id not in catalogue.broken:
        known = nearest(id, catalogue.agreements) or " (a plan is written down by an agreement that extends it)"
        raise click.UsageError(f"there is no agreement {id!r} in the catalogue{known}")
    if found is None or found.broken or not catalogue.broken.isdisjoint({id, *calendars_of(found)}):
        refuse(id, catalogue.findings)
    if errors := list(_judged(study, id)):
        refuse(id, errors)


def _twice(finding: Finding, id: str) -> bool:
    return finding.code == "SC103" and f"'{id}'" in finding.message


def _judged(study: Study, id: str) -> Iterator[Finding]:
    """Errors of its own that show only once everything was read: circles, shares, units."""
    from slachain.checks.registry import all_checks

    for check in all_checks():
        if check.CODE in ("SC105", "SC106", "SC107"):
            yield from (finding for finding in check.check(study) if finding.agreement == id)


def refuse(id: str, findings: Iterable[Finding]) -> NoReturn:
    """A usage error that tells what is to be mended first."""
    told = list(findings)
    lines = [f"  {finding.at}: {finding.code}: {finding.message}" for finding in told[:MOST_TOLD]]
    more = [f"  and {len(told) - MOST_TOLD} more: 'slachain check' lists them"] if len(told) > MOST_TOLD else []
    raise click.UsageError("\n".join([f"{id} could not be read as written, so no contract is made of it:", *lines, *more]))
